"""Every key of the canvas and what it does, as one table: menus, help and the canvas read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from studio.ui.canvas import composing
from studio.ui.canvas.aligning import align, distribute
from studio.ui.canvas.arranging import turn
from studio.ui.canvas.by_keys import choose_wire
from studio.ui.canvas.locking import LOOKING, refused, toggle_lock
from studio.ui.canvas.minimap import minimaps
from studio.ui.canvas.pinning import pin
from studio.ui.canvas.trimming import trim
from studio.ui.keys.keymap import CANVAS, keymap, native, portable

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


@dataclass(frozen=True)
class Key:
    """One command and its keys.

    Attributes:
        id: its permanent name.
        text: what menus show, in English.
        keys: its keys, the first is the one shown.
        run: does it.
        icon: a name of `icons.NAMES`, or empty.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[CanvasView], object]
    icon: str = ""


KEYS: tuple[Key, ...] = (
    Key("search", "Add block…", ("Tab",), lambda view: view.ask_at_pointer(), "add"),
    Key("connect", "Connect by keys", ("C",), lambda view: view.connect_by_keys(), "link"),
    Key("next_wire", "Choose its next wire", ("W",), lambda view: choose_wire(view, 1)),
    Key("last_wire", "Choose its last wire", ("Shift+W",), lambda view: choose_wire(view, -1)),
    Key("rename", "Rename", ("F2",), lambda view: view.rename(), "rename"),
    Key("open", "Open composite", ("Return", "Enter"), lambda view: view.open_current(), "composite"),
    Key("group", "Make a composite", ("Ctrl+Shift+E",), composing.group, "composite"),
    Key("ungroup", "Take the composite apart", ("Ctrl+Shift+U",), composing.ungroup, "unlink"),
    Key("unique", "Give it its own copy", ("Ctrl+Shift+D",), composing.unique, "duplicate"),
    Key("keep", "Save to my blocks", ("Ctrl+Alt+S",), composing.keep, "palette"),
    Key("cut", "Cut", ("Ctrl+X",), lambda view: view.cut(), "cut"),
    Key("copy", "Copy", ("Ctrl+C",), lambda view: view.copy(), "copy"),
    Key("paste", "Paste", ("Ctrl+V",), lambda view: view.paste(), "paste"),
    Key(
        "paste_wired",
        "Paste with incoming wires",
        ("Ctrl+Shift+V",),
        lambda view: view.commands.paste(wired=True),
    ),
    Key("duplicate", "Duplicate", ("Ctrl+D",), lambda view: view.duplicate(), "duplicate"),
    Key("delete", "Delete", ("Del", "Backspace"), lambda view: view.delete_selected(), "delete"),
    Key(
        "delete_rejoin",
        "Delete and rejoin",
        ("Ctrl+Del", "Ctrl+Backspace"),
        lambda view: view.commands.delete_and_rejoin(),
    ),
    Key("select_all", "Select all", ("Ctrl+A",), lambda view: view.select_all(), "select_all"),
    Key("invert", "Invert selection", ("Ctrl+I",), lambda view: view.commands.invert()),
    Key("upstream", "Select what feeds it", ("Ctrl+Left",), lambda view: view.commands.select_upstream()),
    Key(
        "downstream", "Select what it feeds", ("Ctrl+Right",), lambda view: view.commands.select_downstream()
    ),
    Key("bypass", "Bypass", ("Ctrl+B",), lambda view: view.commands.bypass(), "hide"),
    Key("freeze", "Freeze", ("Ctrl+Shift+F",), lambda view: view.commands.freeze(), "lock"),
    Key("collapse", "Collapse", ("Alt+C",), lambda view: view.commands.collapse(), "collapse"),
    Key("trim", "Hide unused ports", ("Alt+H",), trim, "trim"),
    Key("pin", "Pin in place", ("P",), pin, "pin"),
    Key("wire", "Enable or disable wire", ("Ctrl+Shift+B",), lambda view: view.commands.enable_wires()),
    Key("frame", "Frame around selection", ("Ctrl+G",), lambda view: view.commands.frame(), "frame"),
    Key("note", "Note", ("Shift+N",), lambda view: view.commands.note(), "note"),
    Key("arrange", "Arrange blocks", ("L",), lambda view: view.arrange(), "layout"),
    Key("turn", "Flow downwards or to the right", ("Shift+L",), turn, "turn"),
    Key("align_left", "Align left edges", ("Alt+Shift+Left",), lambda view: align(view, "left")),
    Key("align_right", "Align right edges", ("Alt+Shift+Right",), lambda view: align(view, "right")),
    Key("align_top", "Align upper edges", ("Alt+Shift+Up",), lambda view: align(view, "top")),
    Key("align_bottom", "Align lower edges", ("Alt+Shift+Down",), lambda view: align(view, "bottom")),
    Key("align_column", "Centre in a column", ("Alt+Shift+C",), lambda view: align(view, "column")),
    Key("align_row", "Centre in a row", ("Alt+Shift+R",), lambda view: align(view, "row")),
    Key(
        "distribute_across",
        "Distribute side by side",
        ("Alt+Shift+H",),
        lambda view: distribute(view, "across"),
    ),
    Key("distribute_down", "Distribute downwards", ("Alt+Shift+V",), lambda view: distribute(view, "down")),
    Key("frame_selection", "Show selection", ("F",), lambda view: view.frame_selection()),
    Key("frame_all", "Show everything", ("Home",), lambda view: view.frame_all(), "fit"),
    Key("zoom_100", "Zoom to 100 %", ("Ctrl+1",), lambda view: view.zoom_100(), "zoom_in"),
    Key("zoom_in", "Zoom in", ("Ctrl+=", "Ctrl++", "+", "="), lambda view: view.zoom_by(1), "zoom_in"),
    Key("zoom_out", "Zoom out", ("Ctrl+-", "-"), lambda view: view.zoom_by(-1), "zoom_out"),
    Key("minimap", "Show or hide the minimap", ("Alt+M",), lambda view: minimaps.toggle(), "minimap"),
    Key("minimap_corner", "Move the minimap on", ("Alt+Shift+M",), lambda view: minimaps.next_corner()),
    Key("lock", "Lock or unlock the canvas", ("Ctrl+Shift+L",), toggle_lock, "lock"),
    Key("picture", "Save as a picture…", (), lambda view: view.take_picture(), "image"),
    Key("menu", "Menu", ("Shift+F10", "Menu"), lambda view: view.menu_at_current()),
    Key("left", "Move left", ("Left",), lambda view: view.arrow(-1, 0)),
    Key("right", "Move right", ("Right",), lambda view: view.arrow(1, 0)),
    Key("up", "Move up", ("Up",), lambda view: view.arrow(0, -1)),
    Key("down", "Move down", ("Down",), lambda view: view.arrow(0, 1)),
    Key("left_far", "Move far left", ("Shift+Left",), lambda view: view.arrow(-1, 0, fast=True)),
    Key("right_far", "Move far right", ("Shift+Right",), lambda view: view.arrow(1, 0, fast=True)),
    Key("up_far", "Move far up", ("Shift+Up",), lambda view: view.arrow(0, -1, fast=True)),
    Key("down_far", "Move far down", ("Shift+Down",), lambda view: view.arrow(0, 1, fast=True)),
    Key("walk_left", "Go to what feeds it", ("Alt+Left",), lambda view: view.commands.walk("left")),
    Key("walk_right", "Go to what it feeds", ("Alt+Right",), lambda view: view.commands.walk("right")),
    Key("walk_up", "Go to the block above", ("Alt+Up",), lambda view: view.commands.walk("up")),
    Key("walk_down", "Go to the block below", ("Alt+Down",), lambda view: view.commands.walk("down")),
)
"""All commands with keys, in the order of the help."""


def run(view: CanvasView, key: Key) -> None:
    """Do what a key does; on a locked canvas only what changes nothing."""
    if key.id in LOOKING or not refused(view):
        key.run(view)


BY_ID = {key.id: key for key in KEYS}


def keys_of(key: Key) -> tuple[str, ...]:
    """Give the keys of a command as the person has them."""
    return keymap.of(CANVAS + key.id, key.keys)


class _ByKey:
    """The commands by their keys; found anew when the person has changed some."""

    def __init__(self) -> None:
        self._known: dict[str, Key] = {}
        keymap.changed.connect(lambda: self._known.clear())

    def get(self, text: str) -> Key | None:
        """Give the command of keys."""
        if not self._known:
            self._known.update((portable(keys), key) for key in KEYS for keys in keys_of(key))
        return self._known.get(text)


_BY_KEY = _ByKey()


def find(event: QKeyEvent) -> Key | None:
    """Give the command of a key press, or None."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    text = QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)
    found = _BY_KEY.get(text)
    if found is None and modifiers == Qt.KeyboardModifier.ShiftModifier:
        # + needs Shift on many keyboards.
        found = _BY_KEY.get(event.text()) if event.text() in ("+", "=", "-") else None
    return found


def shown(key: Key) -> str:
    """Give the first key as this computer writes it."""
    return native(keys[0]) if (keys := keys_of(key)) else ""
