"""Brings files of older versions to the current one, step by step, on plain values.

A step changes what it knows and leaves alone what it does not: the strict reading that follows says in
words what is wrong with a damaged file of any version. `tests/project/files` keeps one file a version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.project.encode import VERSION
from studio.project.json_text import Plain

Step = Callable[[dict[str, Plain]], dict[str, Plain]]
"""Takes the fields of a file of one version and gives those of the next."""


def _wires_as_objects(data: dict[str, Plain]) -> dict[str, Plain]:
    """0 -> 1: a wire was a text, `conv2d_1.y -> relu_1.x`; the order at an input was that of the list."""
    changed = dict(data)
    for place in ("networks", "composites"):
        graphs = data.get(place)
        if isinstance(graphs, list):
            changed[place] = [_graph_with_wire_objects(entry) for entry in graphs]
    return changed


def _graph_with_wire_objects(entry: Plain) -> Plain:
    if not isinstance(entry, dict) or not isinstance(wires := entry.get("wires"), list):
        return entry
    arrived: dict[str, int] = {}
    made: list[Plain] = []
    for wire in wires:
        source, arrow, target = wire.partition(" -> ") if isinstance(wire, str) else ("", "", "")
        if not arrow:
            made.append(wire)
            continue
        drawn: dict[str, Plain] = {"from": [*source.split(".", 1)], "to": [*target.split(".", 1)]}
        if arrived.get(target):
            drawn["index"] = arrived[target]
        arrived[target] = arrived.get(target, 0) + 1
        made.append(drawn)
    return {**entry, "wires": made}


def _custom_blocks(data: dict[str, Plain]) -> dict[str, Plain]:
    """1 -> 2: the code of custom blocks came; older files have none."""
    return data


def _sizes_read(data: dict[str, Plain]) -> dict[str, Plain]:
    """2 -> 3: parameters of composites came that are read off what arrives; older files have none."""
    return data


def _looks(data: dict[str, Plain]) -> dict[str, Plain]:
    """3 -> 4: the direction of a drawing, its lock and hidden ports came; older files have none."""
    return data


STEPS: Mapping[int, Step] = MappingProxyType(
    {0: _wires_as_objects, 1: _custom_blocks, 2: _sizes_read, 3: _looks}
)
"""The step that leads away from each older version."""


def migrate(data: dict[str, Plain], version: int) -> dict[str, Plain]:
    """Bring the fields of a file from its version to the current one; they are not checked yet."""
    while version < VERSION:
        data = STEPS[version](data)
        version += 1
    return {**data, "version": VERSION}
