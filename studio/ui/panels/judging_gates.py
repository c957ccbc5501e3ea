"""What recurrent layers do over time for a sample: their gates, their memory and their state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from studio.project import Project
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looks.theme import FONT_SMALL, SPACE_SMALL, colour, font, themes
from studio.ui.panels.judging_chart import Chart, Item, Line
from studio.ui.panels.judging_inside import InsideView
from studio.ui.widgets.flow_pictures import colour_table
from studio.ui.words.figures import measure
from studio.ui.words.text import live, tr

if TYPE_CHECKING:
    from studio.train.judging.gating import Course, Quantity, Recurrence, Recurring
    from studio.train.judging.trying import Tried

NAMES: dict[Quantity, str] = {
    "input": "Input gate",
    "forget": "Forget gate",
    "output": "Output gate",
    "reset": "Reset gate",
    "update": "Update gate",
    "candidate": "Candidate",
    "memory": "Memory cell",
    "state": "State",
}
"""What is shown of a layer, in the words of its equations."""


class UnitMap(QWidget):
    """One row for each unit, one column for each step."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self._values: Sequence[Sequence[float]] = ()
        self._words: Sequence[str] = ()
        self._range = (0.0, 1.0)
        self._image = QImage()
        self._area = QRectF()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "Every unit over time")
        themes.changed.connect(self.update)

    def show_course(self, course: Course, words: Sequence[str]) -> None:
        """Show one quantity of a layer."""
        self._values, self._words = course.values, words
        numbers = [value for row in course.values for value in row]
        most = max((abs(value) for value in numbers), default=1.0) or 1.0
        low, high = (0.0, 1.0) if course.gate else (-max(most, 1.0), max(most, 1.0))
        self._range = (low, high)
        tints = bytes(round(255 * min(max((value - low) / (high - low), 0.0), 1.0)) for value in numbers)
        steps = len(course.mean)
        image = QImage(tints, steps, len(course.values), steps, QImage.Format.Format_Indexed8)
        image.setColorTable(colour_table())
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self.update()

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(240, 200)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(140, 100)

    def reading(self, x: float, y: float) -> str:
        """Say what is at a place of the widget; empty beside the map."""
        area = self._area
        if not self._values or not area.contains(x, y):
            return ""
        unit = min(int((y - area.top()) / area.height() * len(self._values)), len(self._values) - 1)
        step = min(int((x - area.left()) / area.width() * len(self._values[0])), len(self._values[0]) - 1)
        value = measure(self._values[unit][step])
        if step < len(self._words):
            return tr("Unit {unit} at “{word}”: {value}", unit=unit + 1, word=self._words[step], value=value)
        return tr("Unit {unit} at step {step}: {value}", unit=unit + 1, step=step + 1, value=value)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read a cell."""
        self.setToolTip(self.reading(event.position().x(), event.position().y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, what their colours stand for, and the words below them."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setFont(font(FONT_SMALL))
        line = QFontMetricsF(painter.font()).height()
        painter.setPen(colour("muted"))
        whole = QRectF(self.rect())
        top = QRectF(0, 0, whole.width(), line)
        how = Qt.AlignmentFlag.AlignVCenter
        low, high = self._range
        painter.drawText(
            top, how, tr("Units, from dark ({low}) to bright ({high})", low=measure(low), high=measure(high))
        )
        area = QRectF(0, line + 2, whole.width() - 1, max(whole.height() - 2 * line - 5, 10))
        self._area = area
        painter.drawImage(area, self._image)
        painter.setPen(QPen(colour("border"), 1))
        painter.drawRect(area)
        painter.setPen(colour("muted"))
        under = QRectF(0, area.bottom() + 2, whole.width(), line)
        if not self._words:
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, tr("Step"))
            return
        wide = area.width() / len(self._words)
        for place, word in enumerate(self._words):
            box = QRectF(place * wide, under.top(), wide, line)
            told = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(wide))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, told)


class GatesView(InsideView):
    """Gates, memory and state of every recurrent layer."""

    ID: ClassVar[str] = "gates"
    TITLE: ClassVar[str] = "Gates over time"

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        self.layer, self.quantity = QComboBox(), QComboBox()
        super().__init__(
            judge,
            "On the left the mean of all units at each step, on the right every unit. A gate near 0 lets "
            "nothing through, one near 1 everything.",
            self.layer,
            self.quantity,
        )
        for combo, name in ((self.layer, "Which layer"), (self.quantity, "What is shown of every unit")):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            live(combo.setAccessibleName, name)
            live(combo.setToolTip, name)
        self.chart, self.map = Chart("Step", "Mean of all units"), UnitMap()
        live(self.chart.setAccessibleName, "Gates over time")
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.chart, 1)
        row.addWidget(self.map, 1)
        self.body.addLayout(row, 1)
        self._found: Recurrence | None = None
        self.layer.activated.connect(self._choose_layer)
        self.quantity.activated.connect(self._draw)

    def fits(self, opened: Opened) -> bool:
        """Offer it where a layer reads a sequence step by step."""
        if not super().fits(opened) or opened.model is None or opened.project is None:
            return False
        from studio.train.judging.gating import recurs

        return recurs(opened.model)

    def inside(self, opened: Opened, project: Project, tried: Tried) -> object:
        """Follow the sample through the layers."""
        from studio.train.judging import gating, inside

        return gating.recurrence(inside.main_in(opened.model, project), project, project.main(), tried)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Offer the layers, and draw the chosen one."""
        seen: Recurrence = found
        self._found = seen
        titles = [_title(layer) for layer in seen.layers]
        if [self.layer.itemText(row) for row in range(self.layer.count())] != titles:
            with QSignalBlocker(self.layer):
                self.layer.clear()
                self.layer.addItems(titles)
        self.layer.setVisible(len(titles) > 1)
        self._choose_layer()

    def _choose_layer(self) -> None:
        layer = self._layer()
        if layer is None:
            return
        kept = self.quantity.currentData()
        with QSignalBlocker(self.quantity):
            self.quantity.clear()
            for course in layer.courses:
                self.quantity.addItem(tr(NAMES[course.quantity]), course.quantity)
            self.quantity.setCurrentIndex(max(self.quantity.findData(kept), 0))
        self.quantity.setVisible(len(layer.courses) > 1)
        self._draw()

    def _layer(self) -> Recurring | None:
        seen, place = self._found, self.layer.currentIndex()
        return seen.layers[place] if seen is not None and 0 <= place < len(seen.layers) else None

    def _draw(self) -> None:
        seen, layer = self._found, self._layer()
        if seen is None or layer is None:
            return
        chosen = max(self.quantity.currentIndex(), 0)
        gates = [course for course in layer.courses if course.gate]
        shown = gates or [layer.courses[chosen]]
        items: list[Item] = []
        if seen.seen:
            items.append(
                Line(_over(_squeezed(seen.seen)), "muted", tr("What came in, in scale"), dashed=True)
            )
        items += [
            Line(_over(course.mean), f"series{place}", tr(NAMES[course.quantity]))
            for place, course in enumerate(shown)
        ]
        self.chart.show_items(items, None, (0.0, 1.0) if gates else None)
        self.map.show_course(layer.courses[chosen], seen.words)


def _over(values: Sequence[float]) -> list[tuple[float, float]]:
    return [(float(step + 1), value) for step, value in enumerate(values)]


def _squeezed(values: Sequence[float]) -> list[float]:
    """Bring values between 0 and 1, to be seen behind the gates."""
    low, high = min(values), max(values)
    return [(value - low) / ((high - low) or 1.0) for value in values]


def _title(layer: Recurring) -> str:
    parts = [layer.title]
    if layer.layer:
        parts.append(tr("layer {number}", number=layer.layer))
    if layer.backwards:
        parts.append(tr("backwards"))
    return ", ".join(parts)
