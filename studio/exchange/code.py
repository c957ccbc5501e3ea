"""The networks of a project as Python that an engineer would commit: one module for each network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from studio.compiler import Analyser, distinct, source
from studio.graph import Message
from studio.project import Project
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.write_error import reason_of


def code_of(project: Project) -> Mapping[str, str]:
    """Give file name to source for every network.

    Raises:
        CompileError: a network has errors.
    """
    analyser = Analyser()
    names = distinct((name, name, "network") for name in project.networks)
    return {f"{names[name].lower()}.py": source(project, name, analyser) for name in project.networks}


def write_code(sources: Mapping[str, str], folder: Path) -> list[Path]:
    """Write sources into a folder, which is made where it is missing.

    Raises:
        AtomicWriteError: one cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AtomicWriteError(
            "other",
            Message(
                "The folder {folder} cannot be made: {reason}.",
                folder=str(folder),
                reason=reason_of(error),
            ),
        ) from error
    written: list[Path] = []
    for name, text in sources.items():
        write_atomically(folder / name, text.encode())
        written.append(folder / name)
    return written
