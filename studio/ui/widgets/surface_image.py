"""Colours what a network answers everywhere on a plane: a colour for each class, pale where it is unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

from studio.ui.looks.theme import colour
from studio.ui.widgets.flow_pictures import colour_table

if TYPE_CHECKING:
    from studio.train.surface import Surface

PALE, STRONG = 0.08, 0.62
"""How much of its colour a class has where it is unsure, and where it is sure."""


def image_of(surface: Surface) -> QImage:
    """Give a surface as an image in the colours of the theme, the highest row first."""
    side = surface.side
    image = QImage(surface.tints, side, side, side, QImage.Format.Format_Indexed8)
    image.setColorTable(_classes(surface) if surface.classes else colour_table())
    # A copy, as the bytes belong to Python.
    return image.convertToFormat(QImage.Format.Format_RGB32)


def point_colour(surface: Surface, kind: int) -> QColor:
    """Give the colour of a sample: that of its class, or of its number."""
    return QColor(colour(f"series{kind}")) if surface.classes else QColor.fromRgb(colour_table()[kind])


def _classes(surface: Surface) -> list[int]:
    ground = QColor(colour("field"))
    found = []
    for number in range(len(surface.classes)):
        tint = QColor(colour(f"series{number}"))
        for level in range(surface.levels):
            share = PALE + (STRONG - PALE) * level / max(surface.levels - 1, 1)
            parts = zip(
                (ground.red(), ground.green(), ground.blue()),
                (tint.red(), tint.green(), tint.blue()),
                strict=True,
            )
            found.append(QColor(*(round(a + (b - a) * share) for a, b in parts)).rgb())
    return found + [ground.rgb()] * (256 - len(found))
