"""What a network answers everywhere on a plane, as plain bytes to be drawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Surface:
    """The answers of a network over two numbers that it takes.

    Attributes:
        box: the least and the greatest number to the right, and upwards, in the unit of the data.
        names: what the two numbers are.
        side: places along each side.
        tints: a byte for each place, by rows, the highest first: see `tint`. Of numbers, 0 for the least of
            `range` and 255 for the greatest.
        classes: their names; none where a number is answered.
        range: the numbers that 0 and 255 stand for.
        points: samples: where each lies, and the number of its class, or its tint.
        every: of how many samples one is among the points.
    """

    box: tuple[float, float, float, float]
    names: tuple[str, str]
    side: int
    tints: bytes
    classes: tuple[str, ...]
    range: tuple[float, float]
    points: tuple[tuple[float, float, int], ...]
    every: int = 1

    @property
    def levels(self) -> int:
        """How many tints a class has, from unsure to sure."""
        return levels_of(len(self.classes))

    def at(self, x: float, y: float) -> tuple[int, float]:
        """Give what is answered at a place: the class and its probability; or 0 and the number."""
        left, right, low, high = self.box
        column = min(max(int((x - left) / (right - left) * self.side), 0), self.side - 1)
        row = min(max(int((high - y) / (high - low) * self.side), 0), self.side - 1)
        tint = self.tints[row * self.side + column]
        if self.classes:
            number, level = divmod(tint, self.levels)
            least = 1 / len(self.classes)
            return number, least + (1 - least) * level / (self.levels - 1)
        least, most = self.range
        return 0, least + (most - least) * tint / 255


def levels_of(classes: int) -> int:
    """Give how many of 256 tints each class has."""
    return 256 // max(classes, 1)
