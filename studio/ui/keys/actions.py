"""Everything the window can do, as one list: menus, tool bars, shortcuts and the command palette read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from studio.graph import Message
from studio.ui.keys.keymap import keymap, native
from studio.ui.looks.icons import live_icon
from studio.ui.words.text import fixed, languages, live, say, tr

Menu = Literal["file", "edit", "view", "network", "train", "help"]

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
"""Stands in `LAYOUT` for a line between groups of a menu."""


@dataclass(frozen=True)
class Spec:
    """One thing that can be done.

    Attributes:
        id: its permanent name; settings and tests use it.
        text: what the menu shows, in English.
        keys: its shortcuts, the first is the one shown.
        icon: a name of `icons.NAMES`.
        elsewhere: its keys are heard by somebody else, who calls it: they are shown, and nothing more.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    elsewhere: bool = False


SPECS: tuple[Spec, ...] = (
    Spec("new", "New project", ("Ctrl+N",), "new"),
    Spec("templates", "New from template…", ("Ctrl+Shift+N",), "template"),
    Spec("open", "Open…", ("Ctrl+O",), "open"),
    Spec("welcome", "Welcome page", (), "home"),
    Spec("save", "Save", ("Ctrl+S",), "save"),
    Spec("save_as", "Save as…", ("Ctrl+Shift+S",), "save_as"),
    Spec("save_template", "Save as template…", (), "lesson"),
    Spec("export", "Export…", ("Ctrl+E",), "export"),
    Spec("lighter", "Make it lighter…", (), "lighter"),
    Spec("close", "Close project", ("Ctrl+W",), "close"),
    Spec("quit", "Quit", ("Ctrl+Q",), "quit"),
    Spec("undo", "Undo", ("Ctrl+Z",), "undo"),
    Spec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Spec("find", "Find in the network", ("Ctrl+F",), "search"),
    Spec("commands", "All commands…", ("Ctrl+Shift+P",), "search"),
    Spec("next_problem", "Next problem", ("F8",), "problems"),
    Spec("zen", "Only the canvas", ("Ctrl+F11",), "fit"),
    Spec("full_screen", "Full screen", ("F11",)),
    Spec("reset_docks", "Put the panels back", (), "dock"),
    Spec("new_code", "New Python block…", (), "code"),
    Spec("add_network", "Add a network…", (), "add"),
    Spec("rename_network", "Rename the network…", (), "rename"),
    Spec("remove_network", "Remove the network", (), "delete"),
    Spec("leave", "Leave the composite", (), "back"),
    Spec("remove_unused", "Remove unused composites", (), "delete"),
    Spec("plan", "Training plan", ("Ctrl+L",), "settings"),
    Spec("copy_code", "Copy the Python code", (), "code"),
    Spec("train", "Train", ("Ctrl+Return", "Ctrl+Enter"), "train"),
    Spec("pause", "Pause or go on", ("Ctrl+P",), "pause"),
    Spec("stop", "Stop", ("Ctrl+Alt+Return", "Ctrl+Alt+Enter"), "stop"),
    Spec("trials", "Try before training…", (), "recipe"),
    Spec("sweep", "Sweep over settings…", (), "recipe"),
    Spec("see_data", "Look at the data", (), "data"),
    Spec("evaluate", "Evaluate", (), "evaluation"),
    Spec("flow", "Show what flows", ("Ctrl+Shift+A",), "show"),
    Spec("walk", "Walk through the data flow", ("F7",), "step"),
    Spec("lesson", "Lesson of the template", ("Shift+F1",), "lesson"),
    Spec("block_help", "Help for the chosen block", ("F1",), "help"),
    Spec("shortcuts", "Keyboard shortcuts…", ("Ctrl+Shift+K",), "keyboard"),
    Spec("show_log", "Show the log file", (), "log"),
    Spec("tour", "Tour of the window", (), "help"),
    Spec("about", "About Netwright", (), "about"),
)
"""What the window itself can do; `Actions.adopt` adds what the canvas can do."""

LAYOUT: Mapping[Menu, tuple[str, ...]] = {
    "file": (
        "new",
        "templates",
        "open",
        "welcome",
        LINE,
        "save",
        "save_as",
        "save_template",
        "export",
        "lighter",
        "canvas.picture",
        LINE,
        "close",
        "quit",
    ),
    "edit": (
        "undo",
        "redo",
        LINE,
        "canvas.cut",
        "canvas.copy",
        "canvas.paste",
        "canvas.duplicate",
        "canvas.delete",
        "canvas.delete_rejoin",
        LINE,
        "canvas.select_all",
        "canvas.invert",
        "canvas.upstream",
        "canvas.downstream",
        LINE,
        "canvas.rename",
        "find",
    ),
    "view": (
        "canvas.frame_all",
        "canvas.frame_selection",
        "canvas.zoom_100",
        "canvas.zoom_in",
        "canvas.zoom_out",
        "canvas.minimap",
        LINE,
        "next_part",
        "last_part",
        "next_problem",
        "commands",
        LINE,
        "zen",
        "full_screen",
        LINE,
    ),
    "network": (
        "canvas.search",
        "canvas.connect",
        "canvas.next_wire",
        "canvas.arrange",
        "canvas.turn",
        LINE,
        "canvas.bypass",
        "canvas.freeze",
        "canvas.collapse",
        "canvas.trim",
        "canvas.pin",
        "canvas.wire",
        LINE,
        "canvas.frame",
        "canvas.note",
        LINE,
        "add_network",
        "rename_network",
        "remove_network",
        LINE,
        "canvas.group",
        "canvas.ungroup",
        "canvas.unique",
        "canvas.keep",
        "canvas.open",
        "leave",
        "remove_unused",
        LINE,
        "new_code",
        "plan",
        "copy_code",
    ),
    "train": (
        "train",
        "pause",
        "stop",
        LINE,
        "see_data",
        "trials",
        "sweep",
        LINE,
        "flow",
        "walk",
        LINE,
        "evaluate",
    ),
    "help": ("lesson", "block_help", "shortcuts", "tour", LINE, "show_log", "about"),
}
"""What stands in each menu, with `LINE` between groups; an id that is not there yet is left out."""


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter alone; with Ctrl or Alt it belongs to a command of the window."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier


class Actions(QObject):
    """The actions of one window, by id; made once, with texts and icons that follow language and theme."""

    refused = Signal(object)
    """The keys of an action that is off were pressed: a `Message` that says why it is off."""

    def __init__(self, window: QWidget) -> None:
        """Make every action of `SPECS`.

        Args:
            window: where their shortcuts work.
        """
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._specs: dict[str, Spec] = {}
        self._reasons: dict[str, Message] = {}
        self._caught: dict[str, list[QShortcut]] = {}
        self._told: dict[str, tuple[bool, Message | None]] = {}
        for spec in SPECS:
            self._make(spec)
        languages.changed.connect(self._tell)
        keymap.changed.connect(self._rebind)

    def __getitem__(self, id: str) -> QAction:
        """Give an action by its id."""
        return self._actions[id]

    def __contains__(self, id: str) -> bool:
        """Tell whether there is an action of this id."""
        return id in self._actions

    def __iter__(self) -> Iterator[tuple[Spec, QAction]]:
        """Give all actions in the order they were made."""
        return ((self._specs[id], action) for id, action in self._actions.items())

    def adopt(self, specs: Iterable[Spec]) -> None:
        """Add the actions of another part of the window, such as the canvas."""
        for spec in specs:
            if spec.id not in self._actions:
                self._make(spec)

    def when(self, id: str, slot: Callable[[], object]) -> None:
        """Have a function called when the action is triggered."""
        self._actions[id].triggered.connect(lambda *_: slot())

    def enable(self, id: str, enabled: bool, reason: Message | None = None) -> None:
        """Switch an action on or off; an action that is off says why where it is shown."""
        action = self._actions.get(id)
        if action is None or (id in self._told and self._told[id] == (enabled, reason)):
            return  # all are asked for after every edit, and few of them change
        self._told[id] = enabled, reason
        self._catch(id, enabled)
        before = self._reasons.pop(id, None)
        if not enabled and reason is not None:
            self._reasons[id] = reason
        if before != self._reasons.get(id):
            self._tell_one(id)

    def _catch(self, id: str, enabled: bool) -> None:
        """Switch an action, and keep its keys while it is off: else Qt gives them to what has the focus.

        A list would take Ctrl+Enter for Enter and do what that does to its row.
        """
        spec, action = self._specs[id], self._actions[id]
        if not enabled and not spec.elsewhere and id not in self._caught:
            self._caught[id] = [QShortcut(QKeySequence(keys), self._window) for keys in self.keys(id)]
            for shortcut in self._caught[id]:
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(lambda: self._refuse(id))
        if enabled:  # never both at once: Qt would call the keys ambiguous
            for shortcut in self._caught.get(id, ()):
                shortcut.setEnabled(False)
            action.setEnabled(True)
        else:
            action.setEnabled(False)
            for shortcut in self._caught.get(id, ()):
                shortcut.setEnabled(True)

    def _refuse(self, id: str) -> None:
        reason = self._reasons.get(id)
        if reason is not None:
            self.refused.emit(reason)

    def reason(self, id: str) -> Message | None:
        """Give why an action is off, where that was said."""
        return self._reasons.get(id)

    def rename(self, id: str, template: str, **values: object) -> None:
        """Give an action another text, such as one that says what is undone."""
        live(self._actions[id].setText, template, **values)

    def keys(self, id: str) -> tuple[str, ...]:
        """Give the keys of an action."""
        return keymap.of(id, self._specs[id].keys)

    def keys_text(self, id: str) -> str:
        """Give the first keys of an action as this computer writes them."""
        keys = self.keys(id)
        return native(keys[0]) if keys else ""

    def _rebind(self) -> None:
        """Hear the keys that the person has chosen."""
        for id, action in self._actions.items():
            for shortcut in self._caught.pop(id, ()):
                shortcut.setEnabled(False)
                shortcut.deleteLater()
            self._bind(id)
            self._catch(id, action.isEnabled())
            self._tell_one(id)

    def _bind(self, id: str) -> None:
        spec, action = self._specs[id], self._actions[id]
        if not spec.elsewhere:
            action.setShortcuts([QKeySequence(keys) for keys in self.keys(id)])
        elif self.keys(id):
            # After a tab a menu shows keys without listening to them.
            live(action.setText, "{text}\t{keys}", text=Message(spec.text), keys=self.keys_text(id))
        else:
            live(action.setText, spec.text)

    def fill(self, menu: QMenu, name: Menu) -> None:
        """Put the actions of a menu into it, in place of what was there."""
        menu.clear()
        for id in LAYOUT[name]:
            if id == LINE:
                menu.addSeparator()
            elif id in self._actions:
                menu.addAction(self._actions[id])

    def _make(self, spec: Spec) -> None:
        action = QAction(self._window)
        action.setObjectName(spec.id)
        live(action.setText, spec.text)
        live(action.setIconText, spec.text)
        if spec.icon:
            live_icon(action, spec.icon)
        self._window.addAction(action)
        self._actions[spec.id] = action
        self._specs[spec.id] = spec
        self._bind(spec.id)
        self._tell_one(spec.id)

    def _tell(self) -> None:
        for id in self._actions:
            self._tell_one(id)

    def _tell_one(self, id: str) -> None:
        """Write the tool tip: what it does, its keys, and why it is off."""
        tip = tr(self._specs[id].text).removesuffix("…")
        if self.keys(id):
            tip = f"{tip} ({self.keys_text(id)})"
        if id in self._reasons:
            tip = f"{tip}\n{say(self._reasons[id])}"
        fixed(self._actions[id].setToolTip, tip)
        # Where the pointer is on it in a menu, the line at the bottom says it too.
        fixed(self._actions[id].setStatusTip, say(self._reasons[id]) if id in self._reasons else "")
