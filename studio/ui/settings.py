"""What the window remembers between starts, as one JSON file of plain text.

A damaged or foreign file gives the defaults and never an error; writing replaces the file as a
whole, so a crash leaves the old one. Only text, numbers, lists and tables are kept, never objects.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from studio.project.atomic import AtomicWriteError, write_atomically

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
"""What JSON can hold."""

MAX_RECENT = 12
"""How many files the list of recent files keeps."""

_TOO_LARGE = 4 << 20
"""Bytes from which on a settings file is not ours: it would only slow the start."""


@dataclass(frozen=True)
class Recent:
    """A file that was open before, and whether it is still there."""

    path: Path
    missing: bool


def default_path() -> Path:
    """Give the place of the settings on this computer."""
    return Path(platformdirs.user_config_dir("netwright", appauthor=False)) / "settings.json"


class Settings:
    """The remembered choices of one person; every change is written at once."""

    def __init__(self, path: Path | None = None) -> None:
        """Read the settings.

        Args:
            path: another file than this computer's usual one.
        """
        self.path = path or default_path()
        self._values = _read(self.path)
        self._unwritten: dict[str, Json] = {}

    # ------------------------------------------------------------------ any value

    def get(self, key: str, default: Json = None) -> Json:
        """Give a remembered value, or the default where there is none."""
        return self._values.get(key, default)

    def set(self, key: str, value: Json) -> bool:
        """Remember a value.

        Returns:
            False when it could not be written (a full disk, a read-only folder): it then holds
            until the window is closed.
        """
        if key in self._values and self._values[key] == value and not self._unwritten:
            return True
        # Another window may have written meanwhile: change only what changed.
        self._unwritten[key] = value
        self._values = {**self._values, **_read(self.path), **self._unwritten}
        written = _write(self.path, self._values)
        if written:
            self._unwritten.clear()
        return written

    def _text(self, key: str, default: str = "") -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else default

    def _bytes(self, key: str) -> bytes:
        try:
            return base64.b64decode(self._text(key), validate=True)
        except (binascii.Error, ValueError):
            return b""

    # ------------------------------------------------------------------ named values

    @property
    def language(self) -> str:
        """The code of the chosen language; empty means as the computer."""
        return self._text("language")

    @language.setter
    def language(self, code: str) -> None:
        self.set("language", code)

    @property
    def theme(self) -> str:
        """The chosen theme: `light`, `dark` or `system`."""
        chosen = self._text("theme")
        return chosen if chosen in ("light", "dark") else "system"

    @theme.setter
    def theme(self, mode: str) -> None:
        self.set("theme", mode)

    @property
    def geometry(self) -> bytes:
        """Where the window stood, as `QWidget.saveGeometry` gave it; empty at first."""
        return self._bytes("geometry")

    @geometry.setter
    def geometry(self, state: bytes) -> None:
        self.set("geometry", base64.b64encode(state).decode("ascii"))

    @property
    def window_state(self) -> bytes:
        """Where the docks stood, as `QMainWindow.saveState` gave it; empty at first."""
        return self._bytes("window_state")

    @window_state.setter
    def window_state(self, state: bytes) -> None:
        self.set("window_state", base64.b64encode(state).decode("ascii"))

    # ------------------------------------------------------------------ recent files

    def recent(self) -> list[Recent]:
        """Give the files that were open before, the latest first; missing ones are flagged."""
        return [Recent(path, not _exists(path)) for path in map(Path, self._recent())]

    def add_recent(self, path: Path | str) -> None:
        """Put a file at the top of the recent files."""
        latest = str(Path(path).absolute())
        same = os.path.normcase(latest)
        rest = [old for old in self._recent() if os.path.normcase(old) != same]
        self.set("recent", [latest, *rest][:MAX_RECENT])

    def remove_recent(self, path: Path | str) -> None:
        """Take one file out of the recent files."""
        same = os.path.normcase(Path(path).absolute())
        self.set("recent", [old for old in self._recent() if os.path.normcase(old) != same])

    def clear_recent(self) -> None:
        """Forget every recent file."""
        self.set("recent", [])

    def _recent(self) -> list[str]:
        kept = self._values.get("recent")
        paths = [path for path in kept if isinstance(path, str) and path] if isinstance(kept, list) else []
        return paths[:MAX_RECENT]


def _exists(path: Path) -> bool:
    """Tell whether a file is there; one that cannot be asked about is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _read(path: Path) -> dict[str, Json]:
    """Read a settings file; a missing or damaged one has no values."""
    try:
        if path.stat().st_size > _TOO_LARGE:
            return {}
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: Mapping[str, Json]) -> bool:
    """Replace a settings file as a whole."""
    text = json.dumps(values, indent=1, sort_keys=True) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode("ascii"), backup=False)
    except (OSError, AtomicWriteError):
        return False
    return True
