"""What tests look at of a live chart on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from studio.ui.charts import LivePlot
from studio.ui.looks import theme


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def picture(plot: LivePlot) -> QImage:
    """What is on the screen, as it was painted (a new painting of everything would hide what is stale)."""
    view = plot._view.viewport()
    screen = plot.screen().grabWindow(plot.winId())
    image = screen.toImage().convertToFormat(QImage.Format.Format_RGB32)
    corner = view.mapTo(plot, view.rect().topLeft())
    return image.copy(corner.x(), corner.y(), view.width(), view.height())


def inside(plot: LivePlot) -> QRectF:
    area: QRectF = plot._box.sceneBoundingRect()
    return area


def shown(plot: LivePlot) -> tuple[tuple[float, float], tuple[float, float]]:
    along, up = plot._box.viewRange()
    return (along[0], along[1]), (up[0], up[1])


def distance(one: QColor, other: QColor) -> int:
    """How far two colours are apart, of 255."""
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return max(abs(part - same) for part, same in parts)


def coloured(plot: LivePlot, role: str) -> int:
    """How many columns of the chart show the colour of a role, or nearly."""
    image = plot._view.grab().toImage()
    wanted = QColor(theme.theme().colour(role))

    rows = range(image.height())
    return sum(any(distance(image.pixelColor(x, y), wanted) < 40 for y in rows) for x in range(image.width()))
