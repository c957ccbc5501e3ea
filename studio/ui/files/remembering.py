"""How each project was looked at when it was left: its tab, the way into composites, zoom and place.

This stands in a file of this person for each project, never in the project itself. A file that is damaged, or
speaks of what is gone, is passed over as far as it does not fit, and never a failure.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.project import COMPOSITE, GraphRef, Project
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.disk import state_folder
from studio.ui.document import Document
from studio.ui.editing.networks import Networks

if TYPE_CHECKING:
    from studio.ui.canvas.camera import Seen

KEPT = 300
"""Of how many projects the look is remembered; those longest not opened are forgotten."""

_TOO_LARGE = 1 << 20
"""Bytes from which on a file is not ours."""


class Remembered(QObject):
    """Keeps and brings back how the open project is looked at."""

    def __init__(self, document: Document, networks: Networks) -> None:
        """Serve the canvases of a window.

        Args:
            document: the open project.
            networks: its tabs.
        """
        super().__init__(networks)
        self._document, self._networks = document, networks
        self._shown: object = None
        document.replaced.connect(self.bring_back)

    def keep(self) -> bool:
        """Write down how the project is looked at; one without a file has nowhere to be found again.

        Returns:
            Whether it was written.
        """
        path, networks = self._document.path, self._networks
        if path is None or self._shown is not self._document.history or networks.page is None:
            return False
        told = {
            "path": str(path.absolute()),
            "tab": networks.page.network,
            "ways": {name: [ref.name for ref in way[1:]] for name, way in networks.ways().items()},
            "seen": {f"{ref.place}:{ref.name}": list(seen) for ref, seen in networks.seen().items()},
        }
        file = _file(path)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, (json.dumps(told, indent=1) + "\n").encode("ascii"), backup=False)
            _forget_oldest(file.parent)
        except (OSError, AtomicWriteError):
            return False
        return True

    def bring_back(self) -> None:
        """Show the project as it was left; called again for the same project it does nothing."""
        if self._shown is self._document.history or not self._networks.count():
            return
        self._shown = self._document.history
        path = self._document.path
        told = _read(_file(path)) if path is not None else {}
        if not told:
            return
        project, ways, seen = self._document.project, told.get("ways"), told.get("seen")
        self._networks.bring_back(
            _way_into(project, ways if isinstance(ways, dict) else {}),
            _places(project, seen if isinstance(seen, dict) else {}),
            told.get("tab"),
        )


def _file(path: Path) -> Path:
    digest = hashlib.sha256(str(path.absolute()).encode("utf-8", "surrogatepass")).hexdigest()
    return state_folder() / "looks" / f"{digest[:32]}.json"


def _read(file: Path) -> Mapping[str, object]:
    try:
        if file.stat().st_size > _TOO_LARGE:
            return {}
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _forget_oldest(folder: Path) -> None:
    files = list(folder.glob("*.json"))
    if len(files) > KEPT:
        for file in sorted(files, key=lambda one: one.stat().st_mtime)[: len(files) - KEPT]:
            file.unlink(missing_ok=True)


def _way_into(project: Project, told: Mapping[object, object]) -> dict[str, list[GraphRef]]:
    """Give the ways into composites, each as far as it still leads from one graph into the next."""
    ways = {}
    for name in project.networks:
        way, names = [GraphRef("network", name)], told.get(name)
        for composite in names if isinstance(names, list) else ():
            used = {node.composite for node in project.graph(way[-1]).of_type(COMPOSITE)}
            if not isinstance(composite, str) or composite not in used or composite not in project.composites:
                break
            way.append(GraphRef("composite", composite))
        ways[name] = way
    return ways


def _places(project: Project, told: Mapping[object, object]) -> dict[GraphRef, Seen]:
    """Give what was seen of the graphs that are there."""
    places = {}
    for ref in project.refs():
        seen = told.get(f"{ref.place}:{ref.name}")
        if isinstance(seen, list) and len(seen) == 3 and all(_is_number(value) for value in seen):
            places[ref] = (float(seen[0]), float(seen[1]), float(seen[2]))
    return places


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
