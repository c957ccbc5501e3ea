"""What was made of an older snapshot, put into the current one: what nobody else touched is taken over."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from studio.graph.layout import Layout
from studio.project import decode, encode
from studio.project.document import GraphRef, Project, inside


def merged(now: Project, base: Project, made: Project, network: str) -> Project:
    """Put a network, with the composites inside it, into the current project.

    A graph that was made differs from its base: it takes the place of the current one. One that was left
    alone stays as it is now, and so does everything that does not belong to the network.

    Args:
        now: the project as it is.
        base: the project that it was made of.
        made: what was made.
        network: the network that was made anew.

    Raises:
        NetwrightError: together they make no project, such as composites that hold each other.
    """
    if now is base:
        return made
    own = made.networks[network]
    known = [GraphRef("composite", name) for name in made.composites if name in inside(made, own)]
    for ref in [GraphRef("network", network), *known]:
        if ref not in base.refs() or not _alike(ref, base, made) or ref not in now.refs():
            if ref.place == "composite":
                there = MappingProxyType({**now.composites, ref.name: made.composites[ref.name]})
                now = dataclasses.replace(now, composites=there)
            else:
                now = now.with_graph(ref, own)
            if ref in made.layout:
                now = now.with_layout(ref, _look(now, base, made, ref))
    decode.project(encode.project(now))
    return now


def _alike(ref: GraphRef, one: Project, other: Project) -> bool:
    if ref.place == "network":
        return one.networks[ref.name] == other.networks[ref.name]
    return one.composites[ref.name] == other.composites[ref.name]


def _look(now: Project, base: Project, made: Project, ref: GraphRef) -> Layout:
    """Keep what was moved meanwhile where it is now."""
    old, current, new = base.layout_of(ref), now.layout_of(ref), made.layout_of(ref)
    positions = {
        key: current.positions[key] if key in current.positions and old.positions.get(key) == at else at
        for key, at in new.positions.items()
    }
    kept = current if current != old else new
    nodes, wires = set(new.positions), now.graph(ref).wires
    return dataclasses.replace(
        kept,
        positions=MappingProxyType(positions),
        reroutes=MappingProxyType({wire: at for wire, at in kept.reroutes.items() if wire in wires}),
    ).marking(nodes)
