"""Which keys do what: as the program has it, and as the person at it has changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from studio.ui.settings import Json, Settings

SETTING = "keys"
"""Under which the settings remember the changed keys."""

CANVAS = "canvas."
"""Begins the names of the commands that the canvas brings along."""

MOST = 4
"""Keys that one command can have."""

_PLAIN = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_TAKEN = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


def portable(keys: str) -> str:
    """Give keys as they are compared and saved, such as `Ctrl+Shift+P`; empty for none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def native(keys: str) -> str:
    """Give keys as this computer writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def writes(keys: str) -> bool:
    """Tell whether keys write a letter, so that a command of the whole window would keep one from typing."""
    pressed = _pressed(keys)
    if pressed is None:
        return False
    letter = Qt.Key.Key_Space <= pressed.key() <= Qt.Key.Key_AsciiTilde
    moves = pressed.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)
    return pressed.keyboardModifiers() in _PLAIN and (letter or moves)


def usable(keys: str) -> bool:
    """Tell whether a command can have these keys: one press, and not Esc, which always cancels."""
    pressed = _pressed(keys)
    return pressed is not None and pressed.key() not in _TAKEN


def _pressed(keys: str) -> QKeyCombination | None:
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return None
    found = sequence[0]  # type: ignore[index]  # not in its stubs
    return found if found.key() != Qt.Key.Key_unknown else None


class Keymap(QObject):
    """The keys of every command: those it was made with, unless the person has changed them."""

    changed = Signal()
    """Some command has other keys now."""

    def __init__(self) -> None:
        """Begin with the keys that the program has."""
        super().__init__()
        self._own: dict[str, tuple[str, ...]] = {}
        self._settings: Settings | None = None

    def follow(self, settings: Settings) -> None:
        """Take the changed keys from the settings, and keep them there from now on."""
        self._settings = settings
        self._own = _read(settings.get(SETTING))
        self.changed.emit()

    def of(self, id: str, first: Sequence[str]) -> tuple[str, ...]:
        """Give the keys of a command; what a person gave to another one it has no more.

        Args:
            id: its permanent name.
            first: the keys that it was made with.
        """
        if id in self._own:
            return self._own[id]
        given = {one for keys in self._own.values() for one in keys}
        return tuple(keys for keys in first if portable(keys) not in given)

    def is_changed(self, id: str) -> bool:
        """Tell whether a command has other keys than it was made with."""
        return id in self._own

    def any_changed(self) -> bool:
        """Tell whether any command has other keys."""
        return bool(self._own)

    def set(self, id: str, keys: Sequence[str]) -> None:
        """Give a command other keys; whatever had them before loses them."""
        taken = tuple(dict.fromkeys(map(portable, keys)))
        own = {
            other: tuple(one for one in its if one not in taken)
            for other, its in self._own.items()
            if other != id
        }
        self._keep({**own, id: taken})

    def reset(self, id: str = "") -> None:
        """Give a command, or every one, the keys that it was made with."""
        self._keep({other: keys for other, keys in self._own.items() if id and other != id})

    def _keep(self, own: dict[str, tuple[str, ...]]) -> None:
        self._own = own
        if self._settings is not None:
            self._settings.set(SETTING, {id: list(keys) for id, keys in own.items()})
        self.changed.emit()


def _read(kept: Json) -> dict[str, tuple[str, ...]]:
    """Read what the settings hold; what are no keys is left out, and keys given twice are given once."""
    found: dict[str, tuple[str, ...]] = {}
    given: set[str] = set()
    for id, keys in kept.items() if isinstance(kept, Mapping) else ():
        if not isinstance(keys, list) or not all(isinstance(one, str) for one in keys):
            continue
        sound = [one for one in dict.fromkeys(portable(str(one)) for one in keys[:MOST]) if usable(one)]
        if sound or not keys:
            found[id] = tuple(one for one in sound if one not in given)
            given.update(sound)
    return found


keymap = Keymap()
"""The keys of the person at this program."""
