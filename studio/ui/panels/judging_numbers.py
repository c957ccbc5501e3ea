"""Predicted numbers beside true ones, and what is left between them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout

from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.panels.fields import Combo
from studio.ui.panels.judging_chart import Chart, Columns, Dots, Line
from studio.ui.panels.judging_view import View
from studio.ui.panels.scatter import Scatter
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import count, measure
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.numbers import Residuals


class NumberChoice(Combo):
    """Which of several predicted numbers is looked at; away where there is only one."""

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._opened: Opened | None = None
        self.setMaximumWidth(160)
        self.hide()
        live(self.setAccessibleName, "Which number")
        live(self.setToolTip, "Which of the predicted numbers is looked at")

    def renew(self, opened: Opened) -> None:
        """Offer the numbers of a judgement, the first one chosen."""
        names = opened.evaluation.numbers
        together = tr("All together")
        if opened is not self._opened or (names and self.itemText(self.count() - 1) != together):
            kept = self.currentIndex() if opened is self._opened else 0
            with QSignalBlocker(self):
                self.clear()
                for number, name in enumerate(names):
                    self.addItem(name, number)
                if names:
                    self.addItem(together, None)
                self.setCurrentIndex(kept if names else -1)
            self._opened = opened
        self.setVisible(bool(names))

    @property
    def number(self) -> int | None:
        """The chosen number; None for all of them."""
        found = self.currentData()
        return int(found) if found is not None else None


class AnswersView(View):
    """Answers over true values."""

    ID: ClassVar[str] = "answers"
    TITLE: ClassVar[str] = "Answers"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("numbers",))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make an empty chart."""
        super().__init__(
            judge,
            "Each point is a sample. On the dashed line the answer is right; click a point to look at it.",
        )
        self.number = NumberChoice()
        self.head.addWidget(self.number)
        self.head.addStretch(1)
        self.scatter = Scatter()
        self.body.addWidget(self.scatter, 1)
        self.scatter.chosen.connect(self._choose)
        self.number.activated.connect(self._speak)
        languages.changed.connect(self._speak)

    def _speak(self, _row: int = 0) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Draw the points."""
        self.pages.setCurrentIndex(0)
        self.number.renew(opened)
        pairs = opened.evaluation.pairs(self.number.number)
        self.scatter.show_points(pairs.true, pairs.predicted)

    def _choose(self, place: int) -> None:
        opened = self.judge.opened
        if opened is not None:
            self.sample.emit(opened.evaluation.pairs(self.number.number).samples[place])


class ResidualsView(View):
    """What is left between answers and true values."""

    ID: ClassVar[str] = "residuals"
    TITLE: ClassVar[str] = "Residuals"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("numbers",))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make empty charts."""
        super().__init__(
            judge,
            "A residual is the answer minus the true value. Good ones lie evenly around 0; a slope or a "
            "funnel on the right says where the network errs.",
        )
        self.told = label(role="muted", wrap=True)
        self.told.setSizePolicy(narrowing())
        self.number = NumberChoice()
        self.head.addWidget(self.number)
        self.head.addWidget(self.told, 1)
        self.histogram = Chart("Residual", "Samples")
        self.over = Chart("Answer", "Residual")
        live(self.histogram.setAccessibleName, "Residuals as a histogram")
        live(self.over.setAccessibleName, "Residuals over answers")
        row = QHBoxLayout()
        row.addWidget(self.histogram, 1)
        row.addWidget(self.over, 1)
        self.body.addLayout(row, 1)
        self.over.chosen.connect(self.sample)
        self.number.activated.connect(self._speak)
        languages.changed.connect(self._speak)

    def _speak(self, _row: int = 0) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Work them out."""
        found = opened.evaluation
        self.number.renew(opened)
        number = self.number.number

        def work(_told: Told) -> object:
            from studio.train.judging.numbers import residuals

            return residuals(found, number)

        self.want(number, work)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw them."""
        left: Residuals = found
        said = [
            tr(
                "{low} to {high}: {count} {count:sample|samples}",
                low=measure(low),
                high=measure(high),
                count=count(number) if number > 999 else number,
            )
            for low, high, number in zip(left.edges, left.edges[1:], left.counts, strict=False)
        ]
        self.histogram.show_items([Columns(left.edges, left.counts, "series0", said=said)])
        xs = [x for x, _ in left.points]
        guide = [Line([(min(xs), 0), (max(xs), 0)], "muted", dashed=True)] if xs else []
        points = [
            tr(
                "Sample {number}: answer {answer}, true {true}",
                number=sample,
                answer=measure(point[0]),
                true=measure(true),
            )
            for sample, point, true in zip(left.samples, left.points, left.true, strict=True)
        ]
        self.over.show_items([*guide, Dots(left.points, keys=left.samples, said=points)])
        live(
            self.told.setText,
            "Mean {mean}, deviation {deviation}; half of the answers are within {within}; R² {r2}",
            mean=measure(left.mean),
            deviation=measure(left.deviation),
            within=measure(left.within),
            r2="–" if math.isnan(left.r2) else f"{left.r2:.3f}",
        )
