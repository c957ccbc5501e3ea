"""Whose code may run: custom blocks are trusted by the content of all code of a project, never by its file.

What is trusted is kept as hashes in this person's own state folder, or for this process alone. Code that
changed elsewhere has another hash, so it is asked for again.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from studio.blocks import Block
from studio.blocks.custom import PREFIX, block_of_code
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.disk import state_folder

MOST = 10_000
"""How many hashes are kept; the oldest go first."""


def digest(custom: Mapping[str, str]) -> str:
    """Give the hash of all code of a project."""
    return _digest(tuple(sorted(custom.items())))


@functools.lru_cache(maxsize=256)
def _digest(custom: tuple[tuple[str, str], ...]) -> str:
    text = json.dumps(custom, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Trust:
    """The hashes of code that may run.

    Attributes:
        refused: whether some code was asked for that may not.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Make it without looking at the disk.

        Args:
            file: where the hashes are kept; in this person's own state folder when not given.
        """
        self._file = file
        self._known: dict[str, None] | None = None
        self._here: set[str] = set()
        self._all = False
        self.refused = False

    @property
    def file(self) -> Path:
        """Where the hashes are kept."""
        return self._file or state_folder() / "trusted-code.txt"

    def trusts(self, custom: Mapping[str, str]) -> bool:
        """Tell whether all code of a project may run; without code there is nothing to trust."""
        if not custom or self._all:
            return True
        found = digest(custom)
        trusted = found in self._here or found in self._read()
        self.refused |= not trusted
        return trusted

    def trust_all(self) -> None:
        """Let all code run in this process: a person said so of every file that they name."""
        self._all = True

    def trust(self, custom: Mapping[str, str], *, remember: bool = True) -> None:
        """Let the code of a project run.

        Args:
            custom: all of its code.
            remember: also after this process; where that cannot be written it is asked for again.
        """
        if not custom:
            return
        found = digest(custom)
        self._here.add(found)
        if not remember or found in self._read():
            return
        self._known = None  # another window may have added some
        known = [*self._read(), found][-MOST:]
        self._known = dict.fromkeys(known)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.file, "".join(f"{one}\n" for one in known).encode())
        except (OSError, AtomicWriteError):
            return  # it is trusted until the program ends

    def forget(self) -> None:
        """Look at the disk anew, and trust nothing for this process alone."""
        self._known, self._all, self.refused = None, False, False
        self._here.clear()

    def _read(self) -> dict[str, None]:
        if self._known is None:
            try:
                text = self.file.read_bytes()[: MOST * 80].decode("ascii", "replace")
            except OSError:
                text = ""
            self._known = dict.fromkeys(line for line in text.split(os.linesep) if len(line) == 64)
            self._known.update(dict.fromkeys(line for line in text.split("\n") if len(line) == 64))
        return self._known


trust = Trust()
"""What this person trusts."""


def declared(custom: Mapping[str, str], type: str) -> Block | None:
    """Give the declaration of a custom block; None where the project has none that can be read."""
    if not type.startswith(PREFIX):
        return None
    name = type.removeprefix(PREFIX)
    text = custom.get(name)
    return None if text is None else block_of_code(name, text, trust.trusts(custom))
