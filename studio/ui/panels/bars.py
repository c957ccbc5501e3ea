"""How sure a network is of each class, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.looks.theme import RADIUS_SMALL, SPACE_SMALL, SPACE_TINY, colour, font, themes
from studio.ui.words.text import live

Chances = Sequence[tuple[str, float]]
"""Classes with their probabilities."""

MOST = 10
"""How many bars there are at most: the likeliest classes."""

ROW = 22
"""Pixels that a bar takes where there is room."""

NARROWEST = 132
"""Pixels in which a name, a bar and its share can be read."""


class Bars(QWidget):
    """A bar for each class, the likeliest in the accent colour."""

    def __init__(self) -> None:
        """Make it without bars."""
        super().__init__()
        self._chances: list[tuple[str, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setMinimumWidth(NARROWEST)
        live(self.setAccessibleName, "Probabilities")
        themes.changed.connect(self.update)

    @property
    def chances(self) -> list[tuple[str, float]]:
        """What is shown, in order."""
        return self._chances

    def show_chances(self, chances: Chances) -> None:
        """Show classes in the order that they come in, as many as there is room for."""
        self._chances = list(chances)[:MOST]
        likeliest = max(self._chances, key=lambda pair: pair[1], default=("", 0.0))
        self.setAccessibleDescription(f"{likeliest[0]}: {100 * likeliest[1]:.0f} %")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Take a row for each bar."""
        return QSize(200, ROW * max(len(self._chances), 1) + SPACE_SMALL)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(NARROWEST, ROW * 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font())
        if not self._chances:
            return
        best = max(chance for _, chance in self._chances)
        metrics = painter.fontMetrics()
        names = min(max(metrics.horizontalAdvance(name) for name, _ in self._chances), self.width() // 3)
        shares = metrics.horizontalAdvance("100 %")
        left = names + SPACE_SMALL
        room = max(self.width() - left - shares - 2 * SPACE_SMALL, 20)
        row = min(ROW, self.height() / len(self._chances))
        middle = Qt.AlignmentFlag.AlignVCenter
        for index, (name, chance) in enumerate(self._chances):
            top = index * row
            first = chance == best
            painter.setPen(colour("text" if first else "muted"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRectF(0, top, names, row), Qt.AlignmentFlag.AlignRight | middle, shown)
            share = QRectF(self.width() - shares, top, shares, row)
            painter.drawText(share, Qt.AlignmentFlag.AlignRight | middle, f"{100 * chance:.0f} %")
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(left, top + SPACE_TINY + 1, room, row - 2 * SPACE_TINY - 2)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(track, RADIUS_SMALL, RADIUS_SMALL)
            if chance > 0.004:
                painter.setBrush(colour("accent" if first else "border_strong"))
                track.setWidth(max(room * chance, 2.0 * RADIUS_SMALL))
                painter.drawRoundedRect(track, RADIUS_SMALL, RADIUS_SMALL)
