"""The forecasts of a series over what came, and the naive forecast that they must beat."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QSlider, QSpinBox

from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.panels.judging_chart import Chart, Line
from studio.ui.panels.judging_view import View
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.forecasting import Forecast

WINDOW = 240
"""Steps that are drawn at once: more would run into each other."""


class ForecastView(View):
    """Forecasts over the truth."""

    ID: ClassVar[str] = "forecast"
    TITLE: ClassVar[str] = "Forecast"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("numbers",))

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(
            judge,
            "What came, and what was forecast for it. The naive forecast repeats what was some steps before; "
            "a network is worth its training where it errs less.",
        )
        self.which = QComboBox()
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        live(self.which.setAccessibleName, "What is forecast")
        live(self.which.setToolTip, "What is forecast")
        self.ahead = QSpinBox()
        self.ahead.setMinimum(1)
        live(self.ahead.setAccessibleName, "Steps ahead")
        live(self.ahead.setToolTip, "Steps ahead")
        self.told = label(role="muted", wrap=True)
        self.told.setSizePolicy(narrowing())
        self.head.addWidget(self.which)
        self.head.addWidget(self.ahead)
        self.head.addWidget(self.told, 1)
        self.chart = Chart("Step", "Value")
        live(self.chart.setAccessibleName, "Forecasts over what came")
        self.body.addWidget(self.chart, 1)
        self.place = QSlider()
        self.place.setOrientation(self.place.orientation().Horizontal)
        live(self.place.setAccessibleName, "Go through the time")
        live(self.place.setToolTip, "Go through the time")
        self.body.addWidget(self.place)
        self._found: Forecast | None = None
        self.which.activated.connect(self._ask)
        self.ahead.valueChanged.connect(self._ask)
        self.place.valueChanged.connect(self._draw)
        languages.changed.connect(self._ask)

    def fits(self, opened: Opened) -> bool:
        """Offer it where the data is a series."""
        if not super().fits(opened) or opened.data is None:
            return False
        from studio.train.judging.forecasting import is_series

        return is_series(opened.data)

    def _ask(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Work them out."""
        found = opened.evaluation
        names = list(opened.data.preprocessing.targets)
        if [self.which.itemText(row) for row in range(self.which.count())] != names:
            with QSignalBlocker(self.which):
                self.which.clear()
                self.which.addItems(names)
        self.which.setVisible(len(names) > 1)
        target, ahead = max(self.which.currentIndex(), 0), self.ahead.value()

        def work(_told: Told) -> object:
            from studio.train.judging.forecasting import forecast

            return forecast(found, target, ahead)

        self.want((target, ahead), work)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Say how good they are, and draw them."""
        made: Forecast = found
        self._found = made
        with QSignalBlocker(self.ahead), QSignalBlocker(self.place):
            self.ahead.setMaximum(made.horizon)
            self.place.setRange(0, max(len(made.truth) - WINDOW, 0))
        self.ahead.setVisible(made.horizon > 1)
        self.place.setVisible(len(made.truth) > WINDOW)
        live(
            self.told.setText,
            "Mean error {error}; naive (the value {back} {back:step|steps} before) {naive}. "
            "The network’s is {share} times that.",
            error=measure(made.error),
            back=made.back,
            naive=measure(made.naive_error),
            share="–" if math.isnan(made.share) else f"{made.share:.2f}",
        )
        self._draw()

    def _draw(self) -> None:
        made = self._found
        if made is None:
            return
        begin = self.place.value()
        end = begin + WINDOW

        def points(values: tuple[float, ...]) -> list[tuple[float, float]]:
            return [
                (float(begin + place) * made.every, value) for place, value in enumerate(values[begin:end])
            ]

        self.chart.show_items(
            [
                Line(points(made.naive), "muted", tr("Naive")),
                Line(points(made.truth), "series0", tr("What came")),
                Line(points(made.forecast), "series1", tr("Forecast")),
            ]
        )
