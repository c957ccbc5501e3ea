"""The names of a chart's lines: each shows its colour and its latest value, and switches its line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimerEvent
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from studio.ui.looks.theme import FONT_SMALL, RADIUS_SMALL, SPACE_SMALL, SPACE_TINY, font, theme, themes
from studio.ui.widgets.plain import tip

_SWATCH = 10
_VALUE = "−8.888e-88"
"""The longest value: an entry keeps its width while its value changes."""

_READABLE = 250
"""Milliseconds that a value stays: digits that change faster are no use to anyone."""


class LegendEntry(QAbstractButton):
    """One name, as a button that is down while its line is shown; paints plain text itself."""

    def __init__(self, label: str, role: str, parent: QWidget | None = None) -> None:
        """Make an entry.

        Args:
            label: the name; shown as it is, whatever it holds.
            role: the colour, by a name that `Theme.colour` knows.
            parent: the legend.
        """
        super().__init__(parent)
        self._role = role
        self._label = ""
        self._brief = False
        self._value = self._coming = ""
        self._resting = 0
        self.setCheckable(True)
        self.setChecked(True)
        self.setFont(font(FONT_SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_label(label, role)
        themes.changed.connect(self.update)

    def set_label(self, label: str, role: str) -> None:
        """Change the name and the colour."""
        self._label, self._role = label, role
        self.setAccessibleName(label)
        self.setToolTip(tip(label) if self._brief else "")
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Show the colour and the value alone; the name is in the tool tip then."""
        if brief != self._brief:
            self._brief = brief
            self.setToolTip(tip(self._label) if brief else "")
            self.updateGeometry()
            self.update()

    def set_value(self, value: str) -> None:
        """Change the latest value; shown at once, or as soon as the one before could be read."""
        self._coming = value
        if not value or not self._resting:
            self._show_value()

    def _show_value(self) -> None:
        """Show the value that came last, and let it stay for a while."""
        if self._value != self._coming:
            self._value = self._coming
            self.update()
            if not self._resting:
                self._resting = self.startTimer(_READABLE)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Show what came meanwhile."""
        if event.timerId() != self._resting:
            super().timerEvent(event)
            return
        self.killTimer(self._resting)
        self._resting = 0
        self._show_value()

    @property
    def value(self) -> str:
        """The value that is shown."""
        return self._value

    def sizeHint(self) -> QSize:
        """Give the room for the name and any value."""
        return QSize(self.width_for(self._shown_label()), self.fontMetrics().height() + SPACE_TINY)

    @property
    def full_width(self) -> int:
        """The width with the name."""
        return self.width_for(self._full_label())

    def width_for(self, name: str) -> int:
        """Give the width with a name, or with none."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(name) + SPACE_SMALL if name else 0
        return _SWATCH + words + metrics.horizontalAdvance(_VALUE) + 3 * SPACE_SMALL

    def _shown_label(self) -> str:
        return "" if self._brief else self._full_label()

    def _full_label(self) -> str:
        """Give the name on one line, shortened where it is very long."""
        return self.fontMetrics().elidedText(" ".join(self._label.split()), Qt.TextElideMode.ElideRight, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint colour, name and value; hollow and grey while switched off."""
        tokens = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(tokens.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_SMALL, RADIUS_SMALL)
        colour = QColor(tokens.colour(self._role))
        painter.setPen(QPen(colour if self.isChecked() else QColor(tokens.disabled), 1.5))
        painter.setBrush(colour if self.isChecked() else Qt.BrushStyle.NoBrush)
        radius = (_SWATCH - 2) / 2
        painter.drawEllipse(QPointF(SPACE_SMALL + _SWATCH / 2, self.height() / 2), radius, radius)
        area = self.rect().adjusted(2 * SPACE_SMALL + _SWATCH - 2, 0, -SPACE_SMALL, 0)
        label = self._shown_label()
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text if self.isChecked() else tokens.disabled))
        painter.drawText(area, centre, label)
        painter.setPen(QColor(tokens.muted if self.isChecked() else tokens.disabled))
        if label:
            area.adjust(self.fontMetrics().horizontalAdvance(label) + SPACE_SMALL, 0, 0, 0)
        painter.drawText(area, centre, self._value)
        painter.end()


class FlowLayout(QLayout):
    """Puts its items side by side, and goes on below where a line is full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(SPACE_TINY)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._items.append(item)

    def put_behind(self, widget: QWidget, leader: QWidget) -> None:
        """Move a widget that is here directly behind another one."""
        own = next(item for item in self._items if item.widget() is widget)
        self._items.remove(own)
        places = [item.widget() for item in self._items]
        self._items.insert(places.index(leader) + 1, own)
        self.invalidate()

    def widgets(self) -> list[QWidget]:
        """Give the widgets in their order."""
        return [widget for item in self._items if (widget := item.widget()) is not None]

    def count(self) -> int:
        """Give the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item; None where there is none, which ends Qt's walks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of all lines at a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        """Give the size of the largest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Give the size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, move: bool) -> int:
        """Walk along the lines; give the height that they take."""
        at, line = QPoint(area.topLeft()), 0
        for item in self._items:
            size = item.sizeHint()
            if at.x() > area.left() and at.x() + size.width() > area.right() + 1:
                at, line = QPoint(area.left(), at.y() + line + self.spacing()), 0
            if move:
                item.setGeometry(QRect(at, size))
            at.setX(at.x() + size.width() + self.spacing())
            line = max(line, size.height())
        return at.y() + line - area.top()
