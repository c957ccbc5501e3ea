"""How large a node is and where its ports stand, in canvas units; one unit is one pixel at 100 %."""

from __future__ import annotations

import functools
import math
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
        x: its centre, right of the left side of the node.
        y: its centre, below the top of the node.
        down: whether it stands on the upper or lower side, and not on the left or right one.
        many: whether it takes several wires.
        optional: whether it may stay unconnected.
        taken: how many wires end here.
        named: whether its name stands beside it.
        slot: distance between the wires of a port that takes several.
        room: how wide its name can be.
    """

    name: str
    output: bool
    x: float
    y: float
    down: bool = False
    many: bool = False
    optional: bool = False
    taken: int = 0
    named: bool = False
    slot: float = SLOT
    room: float = WIDTH / 2 - 16.0

    @property
    def reach(self) -> float:
        """How far the port extends along its side to both sides of its centre, without its radius."""
        return self.slot * (self.taken - 1) / 2 if self.many and self.taken > 1 else 0.0

    @property
    def reach_x(self) -> float:
        """How far it extends to the left and right of its centre, without its radius."""
        return self.reach if self.down else 0.0

    @property
    def reach_y(self) -> float:
        """How far it extends above and below its centre, without its radius."""
        return 0.0 if self.down else self.reach

    def at(self, index: int = 0) -> Point:
        """Give where a wire ends, by its place among the wires of this port."""
        along = self.slot * index - self.reach if self.reach else 0.0
        return (self.x + along, self.y) if self.down else (self.x, self.y + along)

    def away(self, at: Point) -> float:
        """Give how far a point of the node's coordinates is from the port."""
        dx = max(0.0, abs(at[0] - self.x) - self.reach_x)
        dy = max(0.0, abs(at[1] - self.y) - self.reach_y)
        return math.hypot(dx, dy)


@dataclass(frozen=True, slots=True)
class Shape:
    """Size and ports of one node.

    Attributes:
        height: how high it is.
        ports: inputs first, each side from top to bottom or from left to right.
        head: how high its part with icon and name is.
        top: where that part begins, below the top: names of ports stand above it.
        small: whether it is collapsed.
        down: whether data enters at the top and leaves at the bottom.
    """

    height: float
    ports: tuple[PortPlace, ...]
    head: float = HEAD
    top: float = 0.0
    small: bool = False
    down: bool = False

    def port(self, name: str, output: bool) -> PortPlace | None:
        """Give a port by name and side."""
        return next((port for port in self.ports if port.output == output and port.name == name), None)

    def end(self, name: str, output: bool, index: int = 0) -> Point:
        """Give where a wire ends; a port that is gone ends at the middle of the side."""
        port = self.port(name, output)
        if port is not None:
            return port.at(index)
        if self.down:
            return WIDTH / 2, self.height if output else 0.0
        return WIDTH if output else 0.0, self.height / 2


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
    down: bool = False,
) -> Shape:
    """Give the shape of a node.

    Args:
        inputs: its input ports.
        outputs: its output ports.
        taken: how many wires each port has, inputs first.
        small: whether the node is collapsed.
        down: whether data enters at the top and leaves at the bottom.
    """
    if down:
        return _shape_down(inputs, outputs, taken, small=small)
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
                    WIDTH if output else 0.0,
                    y,
                    many=port.many,
                    optional=port.optional,
                    taken=count,
                    named=len(side) > 1 and not small,
                    slot=slot,
                )
            )
    return Shape(height, tuple(ports), head, small=small)


def _shape_down(
    inputs: tuple[Port, ...], outputs: tuple[Port, ...], taken: tuple[int, ...], *, small: bool
) -> Shape:
    """Give the shape of a node whose ports stand side by side, with a row of names where they are several."""
    head = SMALL if small else HEAD
    above, below = (PORT_ROW if len(side) > 1 and not small else 0.0 for side in (inputs, outputs))
    height = above + head + below
    ports: list[PortPlace] = []
    for side, output, counts in (
        (inputs, False, taken[: len(inputs)]),
        (outputs, True, taken[len(inputs) :]),
    ):
        share = WIDTH / max(len(side), 1)
        for place, (port, count) in enumerate(zip(side, counts, strict=True)):
            slot = min(SLOT, (share - 20) / (count - 1)) if port.many and count > 1 else SLOT
            ports.append(
                PortPlace(
                    port.name,
                    output,
                    share * (place + 0.5),
                    height if output else 0.0,
                    down=True,
                    many=port.many,
                    optional=port.optional,
                    taken=count,
                    named=len(side) > 1 and not small,
                    slot=max(slot, 1.0),
                    room=share - 6.0,
                )
            )
    return Shape(height, tuple(ports), head, above, small, down=True)
