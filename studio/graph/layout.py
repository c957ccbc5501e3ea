"""Where things stand on the canvas: positions, frames, notes and reroute points; never what they mean."""

from __future__ import annotations

import dataclasses
import itertools
import operator
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from studio.graph.model import Wire

Position = tuple[float, float]
"""Left and top of a node, in canvas units (one unit is one pixel at 100 %)."""

Direction = Literal["right", "down"]
"""Which way data flows on the canvas."""

Mark = Literal["collapsed", "trimmed", "pinned"]
"""What sets a node apart in how it is drawn; see `Layout`."""

GRID = 8.0
"""The grid that positions snap to."""

COLUMN, ROW = 256.0, 96.0
"""The pitch of a drawing that flows to the right: a node's width and height with the gaps that wires need."""

BESIDE, LAYER = 192.0, 136.0
"""The pitch of a drawing that flows down."""


def placed_anew(before: Mapping[str, Position], now: Mapping[str, Position]) -> list[str]:
    """Give the nodes that stand elsewhere than before, or had no place.

    After most edits the places of nearly all are the very same objects: these are passed over quickly.
    """
    if len(before) == len(now) and all(map(operator.eq, before, now)):
        others: Iterator[str] = itertools.compress(now, map(operator.is_not, before.values(), now.values()))
    else:
        others = iter(now)
    return [node for node in others if before.get(node) != now[node]]


def pitch(down: bool, ahead: float = 0.0, aside: float = 0.0) -> Position:
    """Give the way to a place some nodes further on: along the data, and across it.

    Args:
        down: whether data flows from top to bottom; from left to right where not.
        ahead: how many nodes further along the data.
        aside: how many nodes further down, or to the right where data flows down.
    """
    return (aside * BESIDE, ahead * LAYER) if down else (ahead * COLUMN, aside * ROW)


@dataclass(frozen=True, slots=True)
class Frame:
    """A titled rectangle behind some nodes."""

    id: str
    title: str
    x: float
    y: float
    width: float
    height: float
    color: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A text stuck to the canvas."""

    id: str
    text: str
    x: float
    y: float
    width: float = 200.0
    height: float = 120.0


@dataclass(frozen=True)
class Layout:
    """The look of one graph.

    Attributes:
        positions: node id to the left top corner of the node.
        frames: titled rectangles.
        notes: texts on the canvas.
        reroutes: the points that a wire is led through.
        collapsed: ids of nodes drawn small.
        trimmed: ids of nodes that show only the ports in use.
        pinned: ids of nodes that automatic layout leaves in place.
        down: whether data flows from top to bottom; from left to right where not.
        locked: whether the drawing is to be looked at only.
    """

    positions: Mapping[str, Position] = field(default_factory=lambda: MappingProxyType({}))
    frames: tuple[Frame, ...] = ()
    notes: tuple[Note, ...] = ()
    reroutes: Mapping[Wire, tuple[Position, ...]] = field(default_factory=lambda: MappingProxyType({}))
    collapsed: frozenset[str] = frozenset()
    trimmed: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    down: bool = False
    locked: bool = False

    __hash__ = None  # type: ignore[assignment]  # holds mappings: compare it, do not hash it

    @property
    def direction(self) -> Direction:
        """Which way data flows, by its name."""
        return "down" if self.down else "right"

    def toggled(self, mark: Mark, nodes: Set[str]) -> Layout:
        """Give nodes a mark, or take it off where all of them bear it."""
        marks = self.marks()
        marks[mark] = marks[mark] - nodes if nodes <= marks[mark] else marks[mark] | nodes
        return dataclasses.replace(
            self, collapsed=marks["collapsed"], trimmed=marks["trimmed"], pinned=marks["pinned"]
        )

    def marks(self) -> dict[str, frozenset[str]]:
        """Give the sets of nodes that are drawn in some way of their own, by the name of the field."""
        return {"collapsed": self.collapsed, "trimmed": self.trimmed, "pinned": self.pinned}

    def marking(self, nodes: Set[str]) -> Layout:
        """Give the look with no marks but those of some nodes."""
        return dataclasses.replace(
            self,
            collapsed=self.collapsed & nodes,
            trimmed=self.trimmed & nodes,
            pinned=self.pinned & nodes,
        )

    def without(self, nodes: Set[str]) -> Layout:
        """Give the look without the places and marks of some nodes."""
        return dataclasses.replace(
            self,
            positions=MappingProxyType({key: at for key, at in self.positions.items() if key not in nodes}),
            collapsed=self.collapsed - nodes,
            trimmed=self.trimmed - nodes,
            pinned=self.pinned - nodes,
        )
