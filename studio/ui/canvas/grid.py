"""The dotted ground of the canvas."""

from __future__ import annotations

import math
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from shiboken6 import Shiboken

from studio.ui.canvas.look import Look

DOT = 24.0
"""Distance between dots at 100 %, in canvas units: three steps of the grid that nodes snap to."""

CLOSEST = 14.0
"""Pixels that dots stay apart; farther out, every second one is left out."""


def draw_ground(painter: QPainter, rect: QRectF, zoom: float, look: Look) -> None:
    """Draw the ground of a part of the canvas."""
    painter.fillRect(rect, look.canvas)
    step = DOT
    while step * zoom < CLOSEST:
        step *= 2
    xs = np.arange(math.floor(rect.left() / step), math.ceil(rect.right() / step) + 1) * step
    ys = np.arange(math.floor(rect.top() / step), math.ceil(rect.bottom() / step) + 1) * step
    if xs.size * ys.size > 60_000:
        return
    points = np.empty((ys.size, xs.size, 2))
    points[:, :, 0] = xs[None, :]
    points[:, :, 1] = ys[:, None]
    pen = QPen(look.grid_strong, 2.0 if zoom < 2 else 3.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    # Whole pixels: smoothed, a dot of two pixels becomes a smudge of another form at every place.
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    first = cast(QPointF, Shiboken.wrapInstance(points.ctypes.data, QPointF))
    painter.drawPoints(first, xs.size * ys.size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
