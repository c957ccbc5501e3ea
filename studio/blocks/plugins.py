"""Blocks that installed packages bring: each package names, by an entry point, the module that declares them.

A package that fails brings none of its blocks; why is told once, and everything else goes on.
"""

from __future__ import annotations

import dataclasses
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from studio.blocks.declare import registered, restore
from studio.graph import Message
from studio.graph.text import bring, brought

GROUP = "netwright.blocks"
"""The group of the entry points, as `[project.entry-points."netwright.blocks"]` has it."""


@dataclass(frozen=True)
class Trouble:
    """A package whose blocks are not there.

    Attributes:
        name: of its entry point.
        message: what went wrong.
        details: the traceback.
    """

    name: str
    message: Message
    details: str


def load() -> tuple[Trouble, ...]:
    """Import the modules that installed packages name; gives what went wrong.

    Nothing of torch is imported here: a declaration names its layer by a dotted name.
    """
    packages = _packages()
    if not packages:
        return ()
    from importlib import metadata  # 30 ms, and most people have no such package

    troubles: list[Trouble] = []
    points: list[metadata.EntryPoint] = []
    for package in packages:
        try:
            points += metadata.Distribution.at(package).entry_points.select(group=GROUP)
        except Exception as error:  # noqa: BLE001  a damaged package is no reason not to start
            troubles.append(_trouble(package.stem, error))
    points.sort(key=lambda point: (point.name, point.value))
    seen: set[str] = set()
    for point in points:
        if point.value in seen:
            continue  # one package on two places of the path
        seen.add(point.value)
        before, said = registered(), brought()
        try:
            point.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001  it is not our code
            restore(before)
            bring(said)
            troubles.append(_trouble(point.name, error))
            continue
        after = registered()
        for key in after.keys() - before.keys():
            after[key] = dataclasses.replace(after[key], plugin=point.name)
        restore(after)
    return tuple(troubles)


def _packages() -> list[Path]:
    """Give the records of installed packages whose list of entry points has our group.

    The folder that a person happens to stand in is left out: what lies there was not installed.
    """
    try:
        here = Path.cwd()
    except OSError:
        here = None
    found: list[Path] = []
    for folder in dict.fromkeys(sys.path):
        if not folder or Path(folder) == here:
            continue
        try:
            records = [one for one in Path(folder).iterdir() if one.suffix in (".dist-info", ".egg-info")]
        except OSError:
            continue
        for record in sorted(records):
            try:
                if GROUP.encode() in (record / "entry_points.txt").read_bytes():
                    found.append(record)
            except OSError:
                continue
    return found


def _trouble(name: str, error: BaseException) -> Trouble:
    return Trouble(
        name,
        Message(
            "The blocks of the package “{name}” could not be loaded: {reason}",
            name=name,
            reason=" ".join(f"{type(error).__name__}: {error}".split())[:300],
        ),
        "".join(traceback.format_exception(error)),
    )
