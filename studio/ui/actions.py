"""Everything the window can do, as one list: menus, tool bars, shortcuts and the command palette read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.graph import Message
from studio.ui.icons import live_icon
from studio.ui.text import fixed, languages, live, say, tr

Menu = Literal["file", "edit", "view", "network", "train", "help", ""]

MENUS: Mapping[Menu, str] = {
    "file": "&File",
    "edit": "&Edit",
    "view": "&View",
    "network": "&Network",
    "train": "&Train",
    "help": "&Help",
}
"""The menus in their order; the letter behind & opens one with Alt."""

LINE = "-"
"""Stands in `SPECS` for a line between groups of a menu."""


@dataclass(frozen=True)
class Spec:
    """One thing that can be done.

    Attributes:
        id: its permanent name; settings and tests use it.
        text: what the menu shows, in English.
        menu: where it stands; empty for the command palette alone.
        keys: its shortcuts, the first is the one shown.
        icon: a name of `icons.NAMES`.
        checkable: it is on or off.
        canvas: its keys count only while a canvas has the focus, so that they stay free in texts.
    """

    id: str
    text: str
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False
    canvas: bool = False


_FILE: tuple[Spec | str, ...] = (
    Spec("new", "New project", "file", ("Ctrl+N",), "new"),
    Spec("open", "Open…", "file", ("Ctrl+O",), "open"),
    Spec("welcome", "Welcome page", "file", (), "home"),
    LINE,
    Spec("save", "Save", "file", ("Ctrl+S",), "save"),
    Spec("save_as", "Save as…", "file", ("Ctrl+Shift+S",), "save_as"),
    Spec("export", "Export…", "file", ("Ctrl+E",), "export"),
    LINE,
    Spec("close", "Close project", "file", ("Ctrl+W",), "close"),
    Spec("quit", "Quit", "file", ("Ctrl+Q",), "quit"),
)
_EDIT: tuple[Spec | str, ...] = (
    Spec("undo", "Undo", "edit", ("Ctrl+Z",), "undo"),
    Spec("redo", "Redo", "edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    LINE,
    Spec("cut", "Cut", "edit", ("Ctrl+X",), "cut", canvas=True),
    Spec("copy", "Copy", "edit", ("Ctrl+C",), "copy", canvas=True),
    Spec("paste", "Paste", "edit", ("Ctrl+V",), "paste", canvas=True),
    Spec("duplicate", "Duplicate", "edit", ("Ctrl+D",), "duplicate", canvas=True),
    Spec("delete", "Delete", "edit", ("Del", "Backspace"), "delete", canvas=True),
    LINE,
    Spec("select_all", "Select all", "edit", ("Ctrl+A",), "select_all", canvas=True),
    Spec("rename", "Rename", "edit", ("F2",), "rename", canvas=True),
)
_VIEW: tuple[Spec | str, ...] = (
    Spec("frame_all", "Show everything", "view", ("Home",), "fit", canvas=True),
    Spec("frame_selection", "Show selection", "view", ("F",), canvas=True),
    Spec("zoom_100", "Zoom to 100 %", "view", ("Ctrl+1",), "zoom_in", canvas=True),
    Spec("arrange", "Arrange blocks", "view", ("L",), "layout", canvas=True),
    LINE,
    Spec("next_problem", "Next problem", "view", ("F8",), "problems"),
    Spec("commands", "All commands…", "view", ("Ctrl+Shift+P",), "search"),
    LINE,
)
_NETWORK: tuple[Spec | str, ...] = (
    Spec("add_block", "Add block…", "network", ("Tab", "Space"), "add", canvas=True),
    Spec("add_network", "Add network…", "network", (), "new"),
    LINE,
    Spec("plan", "Training plan", "network", ("Ctrl+L",), "settings"),
    Spec("copy_code", "Copy Python code", "network", (), "code"),
)
_TRAIN: tuple[Spec | str, ...] = (
    Spec("train", "Train", "train", ("Ctrl+Return", "Ctrl+Enter"), "train"),
    Spec("pause", "Pause", "train", ("Ctrl+P",), "pause"),
    Spec("stop", "Stop", "train", ("Ctrl+Alt+Return", "Ctrl+Alt+Enter"), "stop"),
)
_HELP: tuple[Spec | str, ...] = (
    Spec("block_help", "Help for the selected block", "help", ("F1",), "help"),
    Spec("shortcuts", "Keyboard shortcuts", "help", ("Ctrl+Shift+K",), "keyboard"),
    LINE,
    Spec("show_log", "Show the log file", "help", (), "log"),
    Spec("about", "About Netwright", "help", (), "about"),
)

SPECS: tuple[Spec | str, ...] = (*_FILE, *_EDIT, *_VIEW, *_NETWORK, *_TRAIN, *_HELP)
"""Every action in the order of the menus, with `LINE` between groups."""


class Actions:
    """The actions of one window, by id; made once, with texts and icons that follow language and theme."""

    def __init__(self, window: QWidget) -> None:
        """Make every action of `SPECS`.

        Args:
            window: where their shortcuts work.
        """
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._specs: dict[str, Spec] = {}
        self._reasons: dict[str, Message] = {}
        for spec in SPECS:
            if isinstance(spec, Spec):
                self._make(spec)
        languages.changed.connect(self._tell)

    def __getitem__(self, id: str) -> QAction:
        """Give an action by its id."""
        return self._actions[id]

    def __iter__(self) -> Iterator[tuple[Spec, QAction]]:
        """Give all actions in the order of the menus."""
        return ((self._specs[id], action) for id, action in self._actions.items())

    def connect(self, id: str, slot: Callable[[], object]) -> None:
        """Have a function called when the action is triggered."""
        self._actions[id].triggered.connect(lambda *_: slot())

    def enable(self, id: str, enabled: bool, reason: Message | None = None) -> None:
        """Switch an action on or off; an action that is off says why where it is shown."""
        self._actions[id].setEnabled(enabled)
        if enabled or reason is None:
            self._reasons.pop(id, None)
        else:
            self._reasons[id] = reason
        self._tell_one(id)

    def reason(self, id: str) -> Message | None:
        """Give why an action is off, where that was said."""
        return self._reasons.get(id)

    def scope_to_canvas(self, canvas: QWidget) -> None:
        """Let the keys of canvas actions work inside a widget, and nowhere else."""
        for spec, action in self:
            if spec.canvas:
                self._window.removeAction(action)
                canvas.addAction(action)

    def _make(self, spec: Spec) -> None:
        action = QAction(self._window)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        live(action.setText, spec.text)
        if spec.icon:
            live_icon(action, spec.icon)
        if spec.keys:
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        if spec.canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._window.addAction(action)
        self._actions[spec.id] = action
        self._specs[spec.id] = spec
        self._tell_one(spec.id)

    def _tell(self) -> None:
        for id in self._actions:
            self._tell_one(id)

    def _tell_one(self, id: str) -> None:
        """Write the tool tip: what it does, its keys, and why it is off."""
        spec = self._specs[id]
        tip = tr(spec.text).removesuffix("…")
        if spec.keys:
            shown = QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            tip = f"{tip} ({shown})"
        if id in self._reasons:
            tip = f"{tip}\n{say(self._reasons[id])}"
        fixed(self._actions[id].setToolTip, tip)
