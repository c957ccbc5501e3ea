"""How large a node is and where its ports stand, in canvas units; one unit is one pixel at 100 %."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from studio.blocks import Port
from studio.graph.arranging import Box

WIDTH = 152.0
"""How wide every node is."""

HEAD = 64.0
"""How high every node is above its rows of ports: all alike, so that nodes that stand in one row, by their
tops or by their middles, have straight wires between them."""

SMALL = 32.0
"""How high a collapsed node is."""

PORT_ROW = 16.0
"""Height of one row of named ports."""

PORT = 5.0
"""Radius of a port."""

SLOT = 10.0
"""Distance between the wires of a port that takes several."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PortPlace:
    """One port as it is drawn.

    Attributes:
        name: the port's name.
        output: whether data leaves here.
        y: its centre below the top of the node.
        many: whether it takes several wires.
        optional: whether it may stay unconnected.
        taken: how many wires end here.
        named: whether its name stands beside it.
        slot: distance between the wires of a port that takes several.
    """

    name: str
    output: bool
    y: float
    many: bool = False
    optional: bool = False
    taken: int = 0
    named: bool = False
    slot: float = SLOT

    @property
    def x(self) -> float:
        """How far right of the node's left side it stands."""
        return WIDTH if self.output else 0.0

    @property
    def reach(self) -> float:
        """How far the port extends above and below its centre, without its radius."""
        return self.slot * (self.taken - 1) / 2 if self.many and self.taken > 1 else 0.0

    def at(self, index: int = 0) -> Point:
        """Give where a wire ends, by its place among the wires of this port."""
        return self.x, self.y - self.reach + self.slot * index if self.reach else self.y


@dataclass(frozen=True, slots=True)
class Shape:
    """Size and ports of one node.

    Attributes:
        height: how high it is.
        ports: inputs first, each side from top to bottom.
        head: how high its part above the rows of ports is.
        small: whether it is collapsed.
    """

    height: float
    ports: tuple[PortPlace, ...]
    head: float = HEAD
    small: bool = False

    def port(self, name: str, output: bool) -> PortPlace | None:
        """Give a port by name and side."""
        return next((port for port in self.ports if port.output == output and port.name == name), None)

    def end(self, name: str, output: bool, index: int = 0) -> Point:
        """Give where a wire ends; a port that is gone ends at the middle of the side."""
        port = self.port(name, output)
        return port.at(index) if port is not None else (WIDTH if output else 0.0, self.height / 2)


def box_of(shape: Shape) -> Box:
    """Give a node's size and where its wires end, for the automatic layout."""
    return Box(WIDTH, shape.height, shape.end)


@functools.lru_cache(maxsize=4096)
def shape_of(
    inputs: tuple[Port, ...],
    outputs: tuple[Port, ...],
    taken: tuple[int, ...],
    *,
    small: bool = False,
) -> Shape:
    """Give the shape of a node.

    Args:
        inputs: its input ports.
        outputs: its output ports.
        taken: how many wires each port has, inputs first.
        small: whether the node is collapsed.
    """
    rows = max(len(inputs), len(outputs))
    head = HEAD
    if small:
        head = height = SMALL if rows <= 3 else SMALL + PORT_ROW * ((rows - 2) // 2)
    else:
        height = head + (PORT_ROW * rows if rows > 1 else 0.0)
    ports: list[PortPlace] = []
    for side, output, counts in (
        (inputs, False, taken[: len(inputs)]),
        (outputs, True, taken[len(inputs) :]),
    ):
        for place, (port, count) in enumerate(zip(side, counts, strict=True)):
            if len(side) == 1:
                y = height / 2
            elif small:
                y = height * (place + 1) / (len(side) + 1)
            else:
                y = height - PORT_ROW * (rows - place) + PORT_ROW / 2 - 5
            slot = min(SLOT, (height - 20) / (count - 1)) if port.many and count > 1 else SLOT
            ports.append(
                PortPlace(
                    port.name,
                    output,
                    y,
                    many=port.many,
                    optional=port.optional,
                    taken=count,
                    named=len(side) > 1 and not small,
                    slot=slot,
                )
            )
    return Shape(height, tuple(ports), head, small)
