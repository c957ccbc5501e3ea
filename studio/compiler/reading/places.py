"""Where blocks stand after the source was edited: those that were there stay, new ones follow others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.graph.layout import Layout, Position, pitch
from studio.project import GraphRef, Project


def placed(project: Project, ref: GraphRef, new: Iterable[str], instead: Mapping[str, str]) -> Project:
    """Give a graph the look that it had, with places for new blocks.

    Args:
        project: the project with the edited graph and the layout as it was before.
        ref: which graph.
        new: ids of blocks without a place.
        instead: new id to that of a block whose place it takes.
    """
    layout = project.layout_of(ref)
    if not layout.positions:
        return project  # it is arranged when it is shown
    graph = project.graph(ref)
    positions = {key: at for key, at in layout.positions.items() if key in graph.nodes}
    down, waiting = layout.down, set(new)
    ahead, aside = pitch(down, ahead=1), pitch(down, aside=1)
    room = (ahead[0] + aside[0], ahead[1] + aside[1])
    for key in (*graph.order(), *graph.nodes):
        if key not in waiting:
            continue
        waiting.discard(key)
        if key in instead and instead[key] in layout.positions:
            positions[key] = layout.positions[instead[key]]
            continue
        feeding = [positions[wire.source.node] for wire in graph.into(key) if wire.source.node in positions]
        last = max(feeding, key=lambda at: at[::-1] if down else at, default=None)
        at = _further(last, ahead) if last is not None else (0.0, 0.0)
        if _taken(at, positions.values(), room):
            for other in graph.downstream([key]) - {key}:
                if other in positions:
                    positions[other] = _further(positions[other], ahead)
        while _taken(at, positions.values(), room):
            at = _further(at, aside)
        positions[key] = at
    return project.with_layout(ref, _with_positions(layout, positions, set(graph.nodes), graph.wires))


def _with_positions(
    layout: Layout, positions: Mapping[str, Position], nodes: set[str], wires: frozenset[object]
) -> Layout:
    return dataclasses.replace(
        layout,
        positions=MappingProxyType(dict(positions)),
        reroutes=MappingProxyType({wire: at for wire, at in layout.reroutes.items() if wire in wires}),
    ).marking(nodes)


def _further(at: Position, way: Position) -> Position:
    return at[0] + way[0], at[1] + way[1]


def _taken(at: Position, places: Iterable[Position], room: Position) -> bool:
    return any(abs(at[0] - x) < room[0] / 2 and abs(at[1] - y) < room[1] / 2 for x, y in places)
