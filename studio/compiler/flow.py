"""Carries anything along the wires of a graph that was looked through: labels, receptive fields, memory.

One pass from the inputs to the outputs, through composites and their repetitions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from studio.compiler.walk import Outcome, Walk

T = TypeVar("T")

Flow = dict[tuple[str, str], T]
"""What was found for each output: (node id, port) to the value; outputs without one are missing."""

Enter = Callable[[Outcome], T | None]
"""Gives the value of an Input of the graph."""

Through = Callable[[Outcome, Mapping[str, tuple[T | None, ...]]], Mapping[str, T]]
"""Gives the values that leave a block from those that arrive at each port, in order of the wires."""


def flow(
    walk: Walk,
    enter: Enter[T],
    through: Through[T],
    *,
    given: Mapping[str, T] | None = None,
    used_only: bool = False,
) -> Flow[T]:
    """Carry values through a graph.

    Args:
        walk: the graph, looked through.
        enter: gives the value of an Input; not asked inside composites.
        through: gives what leaves a block; not asked for composites, nor for bypassed blocks.
        given: what arrives at the Inputs by name, inside a composite.
        used_only: leave out what leads to no Output.
    """
    known: Flow[T] = {}
    for key, outcome in walk.outcomes.items():
        node = outcome.node
        if used_only and key not in walk.used and node.type != "input":
            continue
        if node.type == "input":
            value = enter(outcome) if given is None else given.get(node.name)
            leaving = {} if value is None else {"y": value}
        else:
            arriving = {
                port.name: tuple(known.get(source) for source in _sources(walk, key, port.name))
                for port in outcome.block.inputs
            }
            if node.bypassed:
                leaving = _past(outcome, arriving)
            elif outcome.inner:
                leaving = _inside(outcome, arriving, enter, through, used_only)
            else:
                leaving = dict(through(outcome, arriving))
        known.update(((key, port), value) for port, value in leaving.items())
    return known


def _sources(walk: Walk, key: str, port: str) -> list[tuple[str, str]]:
    return [
        (wire.source.node, wire.source.port)
        for wire in walk.graph.into(key)
        if wire.enabled and wire.target.port == port
    ]


def _past(outcome: Outcome, arriving: Mapping[str, tuple[T | None, ...]]) -> dict[str, T]:
    """Give what a bypassed block passes on: its first input."""
    first = next(iter(arriving.values()), ())
    known = first[0] if first else None
    return {port.name: known for port in outcome.block.outputs[:1]} if known is not None else {}


def _inside(
    outcome: Outcome,
    arriving: Mapping[str, tuple[T | None, ...]],
    enter: Enter[T],
    through: Through[T],
    used_only: bool,
) -> dict[str, T]:
    """Carry values through a composite, as often as it repeats."""
    given = {port: found[0] for port, found in arriving.items() if found and found[0] is not None}
    for walk in outcome.inner:
        known = flow(walk, enter, through, given=given, used_only=used_only)
        leaving: dict[str, T] = {}
        for node in walk.outputs():
            for source in _sources(walk, node.id, "x"):
                if source in known:
                    leaving[node.name] = known[source]
        # What leaves a round enters the next one: repeating composites have one input and one output.
        given = {node.name: value for node in walk.inputs() for value in leaving.values()}
    return leaving
