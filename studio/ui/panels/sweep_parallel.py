"""Parallel coordinates: an axis for each setting and for the figure, a line for each trial."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from studio.project.sweeps import SweepPlan, Variable
from studio.ui.looks.theme import FONT_SMALL, colour, font, themes
from studio.ui.panels.curves import measure_title
from studio.ui.widgets.plain import tip
from studio.ui.words.figures import measure
from studio.ui.words.text import languages, live, say, tr

if TYPE_CHECKING:
    from studio.train.sweeps.state import Trial

SIDE, TOP, BOTTOM = 44.0, 36.0, 22.0
REACH = 8.0
"""Pixels round a line in which the pointer is on it."""


@dataclass(frozen=True)
class Axis:
    """One axis: its title, its ends as written, and where each trial stands on it: 0 below, 1 above."""

    title: str
    low: str
    high: str
    places: tuple[float | None, ...]
    marks: tuple[tuple[float, str], ...] = ()


def axes_of(plan: SweepPlan, trials: Sequence[Trial]) -> list[Axis]:
    """Give the axes of a sweep: of its settings, and of its figure at the end."""
    axes = [_axis(one, [trial.values[one.path] for trial in trials]) for one in plan.variables]
    values = [trial.value for trial in trials]
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    spread = high - low or 1.0
    places = tuple(None if value is None else (value - low) / spread for value in values)
    title = measure_title(plan.metric)
    return [*axes, Axis(title, measure(low), measure(high), places)]


def _axis(variable: Variable, texts: Sequence[str]) -> Axis:
    title = say(variable.said)
    if variable.values:
        order = list(variable.values)
        step = 1 / max(len(order) - 1, 1)
        marks = tuple((place * step if len(order) > 1 else 0.5, text) for place, text in enumerate(order))
        stand = dict(zip(order, (place for place, _ in marks), strict=True))
        return Axis(title, "", "", tuple(stand.get(text) for text in texts), marks)
    scale = math.log if variable.log else float
    low, high = scale(variable.low), scale(variable.high)
    places = tuple((scale(float(text)) - low) / (high - low) for text in texts)
    return Axis(title, variable.number(variable.low), variable.number(variable.high), places)


class Parallel(QWidget):
    """Draws a sweep; the trial under the pointer is named, and opened by a double click."""

    opened = Signal(int)
    """A trial was opened: its number."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._plan: SweepPlan | None = None
        self._trials: tuple[Trial, ...] = ()
        self._axes: list[Axis] = []
        self.hovered = -1
        self.setMouseTracking(True)
        live(self.setAccessibleName, "Parallel coordinates")
        themes.changed.connect(self.update)
        languages.changed.connect(self._speak)

    def show_trials(self, plan: SweepPlan, trials: Sequence[Trial]) -> None:
        """Show the trials that have a figure."""
        self._plan = plan
        self._trials = tuple(trial for trial in trials if trial.value is not None)
        self._axes = axes_of(plan, self._trials)
        self.hovered = -1
        self.update()

    def _speak(self) -> None:
        if self._plan is not None:
            self._axes = axes_of(self._plan, self._trials)
            self.update()

    def sizeHint(self) -> QSize:
        """Take room for some axes."""
        return QSize(480, 220)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(96 * max(len(self._axes), 2), 120)

    # -- where things are -----------------------------------------------------------------------------

    def across(self, axis: int) -> float:
        """Give where an axis stands."""
        room = self.width() - 2 * SIDE
        return SIDE + room * axis / max(len(self._axes) - 1, 1)

    def up(self, place: float) -> float:
        """Give where a place of an axis is."""
        return self.height() - BOTTOM - place * (self.height() - TOP - BOTTOM)

    def points(self, trial: int) -> list[QPointF]:
        """Give the line of a trial."""
        found = []
        for number, axis in enumerate(self._axes):
            place = axis.places[trial]
            if place is not None:
                found.append(QPointF(self.across(number), self.up(place)))
        return found

    def _order(self) -> list[int]:
        """Give the trials from the worst to the best."""
        plan = self._plan
        sign = -1 if plan is not None and plan.direction == "min" else 1
        return sorted(range(len(self._trials)), key=lambda number: sign * (self._trials[number].value or 0.0))

    # -- drawing --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw lines from the worst to the best, then the axes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_SMALL))
        if not self._trials:
            painter.setPen(colour("muted"))
            said = tr("Trials appear here as they come to their end.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, said)
            return
        order = self._order()
        for rank, number in enumerate(order):
            best, under = rank == len(order) - 1, number == self.hovered
            strong = (rank + 1) / len(order)
            pen = QPen(_mixed(strong**2), 2.5 if best or under else 1.2)
            if self._trials[number].state != "done":
                pen.setStyle(Qt.PenStyle.DashLine)
            if under:
                pen.setColor(colour("text"))
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_path(self.points(number)))
        for number, axis in enumerate(self._axes):
            self._draw_axis(painter, number, axis)

    def _draw_axis(self, painter: QPainter, number: int, axis: Axis) -> None:
        x, middle = self.across(number), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QPen(colour("border_strong"), 1.2))
        painter.drawLine(QPointF(x, self.up(0.0)), QPointF(x, self.up(1.0)))
        wide = min((self.width() - 2 * SIDE) / max(len(self._axes) - 1, 1) - 8, 200.0)
        metrics = painter.fontMetrics()
        painter.setPen(colour("text"))
        # Names of the two outer axes stay inside.
        left = min(max(x - wide / 2, 2.0), self.width() - wide - 2.0)
        shown = metrics.elidedText(axis.title, Qt.TextElideMode.ElideMiddle, int(wide))
        painter.drawText(QRectF(left, 2, wide, 16), middle, shown)
        painter.setPen(colour("muted"))
        ends = axis.marks or ((0.0, axis.low), (1.0, axis.high))
        for place, text in ends:
            width = min(metrics.horizontalAdvance(text) + 6, wide)
            y = self.up(place)
            top = y + 3 if place == 0.0 else y - 17 if place == 1.0 else y - 8
            start = x - width / 2 if place in (0.0, 1.0) else x + 5
            box = QRectF(min(max(start, 2.0), self.width() - width - 2.0), top, width, 16)
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(box, middle, said)

    # -- the pointer ----------------------------------------------------------------------------------

    def at(self, point: QPointF) -> int:
        """Give the trial whose line is nearest to a point; -1 where none is near."""
        best, found = REACH, -1
        for number in range(len(self._trials)):
            # As it is drawn: its bends are led along many short lines.
            lines = _path(self.points(number)).toSubpathPolygons()
            drawn = [line.at(place) for line in lines for place in range(line.count())]
            for start, end in itertools.pairwise(drawn):
                away = _distance(point, start, end)
                if away < best:
                    best, found = away, number
        return found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the trial under the pointer."""
        found = self.at(event.position())
        if found != self.hovered:
            self.hovered = found
            self.update()
        if found >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), tip(self._said(found)), self)
        else:
            QToolTip.hideText()

    def _said(self, number: int) -> str:
        trial, plan = self._trials[number], self._plan
        assert plan is not None  # there is a trial
        lines = [tr("Trial {number}", number=trial.number)]
        lines += [f"{say(one.said)}: {trial.values[one.path]}" for one in plan.variables]
        lines.append(f"{measure_title(plan.metric)}: {measure(trial.value)}")
        return "\n".join(lines)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the trial under the pointer."""
        found = self.at(event.position())
        if found >= 0:
            self.opened.emit(self._trials[found].number)

    def leaveEvent(self, event: QEvent) -> None:
        """Name no trial any more."""
        self.hovered = -1
        self.update()
        super().leaveEvent(event)


def _path(points: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath()
    if points:
        path.moveTo(points[0])
        for before, after in itertools.pairwise(points):
            half = (after.x() - before.x()) / 2
            path.cubicTo(before + QPointF(half, 0), after - QPointF(half, 0), after)
    return path


def _mixed(strong: float) -> QColor:
    """Give a colour between that of what matters little and the accent."""
    weak, full = colour("border_strong"), colour("accent")

    def part(low: float, high: float) -> float:
        return low + strong * (high - low)

    return QColor.fromRgbF(
        part(weak.redF(), full.redF()),
        part(weak.greenF(), full.greenF()),
        part(weak.blueF(), full.blueF()),
    )


def _distance(point: QPointF, start: QPointF, end: QPointF) -> float:
    along = end - start
    length = along.x() ** 2 + along.y() ** 2
    if not length:
        return math.hypot(point.x() - start.x(), point.y() - start.y())
    share = ((point.x() - start.x()) * along.x() + (point.y() - start.y()) * along.y()) / length
    near = start + along * min(max(share, 0.0), 1.0)
    return math.hypot(point.x() - near.x(), point.y() - near.y())
