"""How well each class, or label, is told: a table, curves, and how true the probabilities are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSlider, QTableWidget, QTableWidgetItem

from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.theme import colour
from studio.ui.panels.judging_chart import Chart, Columns, Dots, Line
from studio.ui.panels.judging_view import View
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import count, measure, share
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import ClassFigures, Kind
    from studio.train.judging.curves import Calibration, Curves, Points

HEADS = ("Class", "Samples", "Precision %", "Recall %", "F1 %", "IoU %", "ROC area", "PR area")
_MOST_LINES = 8

NONE = (math.nan, math.nan)


class _Number(QTableWidgetItem):
    """A cell that is sorted by its number."""

    def __init__(self, text: str, value: float) -> None:
        super().__init__(text)
        self.value = -1.0 if math.isnan(value) else value
        self.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return self.value < other.value if isinstance(other, _Number) else super().__lt__(other)


class ClassesView(View):
    """The figures of each class."""

    ID: ClassVar[str] = "classes"
    TITLE: ClassVar[str] = "By class"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "labels", "sequence", "regions"))

    def __init__(self, judge: Judge) -> None:
        """Make an empty table."""
        super().__init__(
            judge,
            "Precision: of those taken for the class, how many are. Recall: of those that are, how many are "
            "found. Click a heading to sort.",
        )
        self.table = QTableWidget(0, len(HEADS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setSortingEnabled(True)
        self.table.sortItems(0, Qt.SortOrder.AscendingOrder)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(48)
        live(self.table.setAccessibleName, "Figures of each class")
        self.threshold = QSlider(Qt.Orientation.Horizontal)
        self.threshold.setRange(1, 99)
        self.threshold.setValue(50)
        live(self.threshold.setAccessibleName, "Threshold")
        self.at = label(role="muted")
        self.threshold.valueChanged.connect(self._moved)
        self.mean = label(role="muted", wrap=True)
        self.mean.setSizePolicy(narrowing())
        self.head.addWidget(self.mean, 2)
        self.head.addWidget(self.at)
        self.head.addWidget(self.threshold, 1)
        self.body.addWidget(self.table)
        languages.changed.connect(self._speak)
        self._speak()

    def _speak(self) -> None:
        self.table.setHorizontalHeaderLabels([tr(head) for head in HEADS])
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def _moved(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Work out the curves too: their areas stand in the table."""
        found = opened.evaluation
        labels = found.kind == "labels"
        self.threshold.setVisible(labels)
        self.at.setVisible(labels)
        threshold = self.threshold.value() / 100
        live(self.at.setText, "Yes from a probability of {threshold}", threshold=f"{threshold:.2f}")

        def work(_told: Told) -> object:
            from studio.train.judging import curves as judging_curves

            drawn = judging_curves.curves(found) if found.kind in ("classes", "labels") else None
            return drawn, judging_curves.labels(found, threshold) if labels else None

        self.want(threshold if labels else 0, work)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Fill the table."""
        drawn, labels = found
        each: list[ClassFigures] = list(labels.each if labels is not None else opened.evaluation.per_class)
        table = self.table
        table.setSortingEnabled(False)
        table.setRowCount(len(each))
        for row, one in enumerate(each):
            areas = (drawn.each[row].roc_area, drawn.each[row].pr_area) if drawn is not None else NONE
            self._fill(row, one.name, one, areas)
        present = [one for one in each if one.count] or each
        size = max(len(present), 1)
        names = ("precision", "recall", "f1")
        means = {name: sum(getattr(one, name) for one in present) / size for name in names}
        live(
            self.mean.setText,
            "Mean of all classes: precision {precision}, recall {recall}, F1 {f1}",
            **{name: f"{100 * value:.1f} %" for name, value in means.items()},
        )
        dense = opened.evaluation.kind in ("regions", "sequence")
        table.setColumnHidden(5, opened.evaluation.kind != "regions")
        for column in (6, 7):
            table.setColumnHidden(column, dense)
        table.setSortingEnabled(True)

    def _fill(self, row: int, name: str, one: ClassFigures, areas: tuple[float, float]) -> None:
        table = self.table
        first = _Number(name, row)  # in the order of the data
        first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setItem(row, 0, first)
        table.setItem(row, 1, _Number(count(one.count), one.count))
        for column, value in enumerate((one.precision, one.recall, one.f1, one.overlap), 2):
            item = _Number(f"{100 * value:.1f}", value)
            if one.count and value < 0.5:
                item.setForeground(QBrush(colour("error")))
            table.setItem(row, column, item)
        for column, value in enumerate(areas, 6):
            table.setItem(row, column, _Number("–" if math.isnan(value) else f"{value:.3f}", value))


def _percent(points: Points) -> list[tuple[float, float]]:
    return [(100 * x, 100 * y) for x, y in points]


class CurvesView(View):
    """ROC and precision-recall curves of each class, and their mean."""

    ID: ClassVar[str] = "curves"
    TITLE: ClassVar[str] = "ROC and PR"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "labels"))

    def __init__(self, judge: Judge) -> None:
        """Make empty charts."""
        super().__init__(
            judge,
            "Every threshold is a point. Left: the further to the upper left, the better; the dashed line "
            "is guessing. Right: the further to the upper right, the better.",
        )
        from PySide6.QtWidgets import QComboBox, QHBoxLayout

        self.which = QComboBox()
        live(self.which.setAccessibleName, "Which class")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.activated.connect(self._choose)
        self.areas = label(role="muted", wrap=True)
        self.areas.setSizePolicy(narrowing())
        self.head.addWidget(self.which)
        self.head.addWidget(self.areas, 1)
        self.roc = Chart("False positive rate", "True positive rate")
        self.pr = Chart("Recall %", "Precision %")
        live(self.roc.setAccessibleName, "ROC curve")
        live(self.pr.setAccessibleName, "Precision-recall curve")
        row = QHBoxLayout()
        row.addWidget(self.roc, 1)
        row.addWidget(self.pr, 1)
        self.body.addLayout(row, 1)
        self._names: tuple[str, ...] = ()
        languages.changed.connect(self._again_named)

    def _again_named(self) -> None:
        self._names = ()
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def _choose(self) -> None:
        if self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Work the curves out."""
        found = opened.evaluation
        if self._names != found.classes:
            self._names = found.classes
            self.which.clear()
            self.which.addItems([tr("All classes"), *found.classes])

        def work(_told: Told) -> object:
            from studio.train.judging.curves import curves

            return curves(found)

        self.want(0, work)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw them."""
        drawn: Curves = found
        chosen = self.which.currentIndex() - 1
        roc: list[Line] = [Line([(0, 0), (1, 1)], "muted", dashed=True)]
        pr: list[Line] = []
        if chosen < 0:
            for number, one in enumerate(drawn.each[: 4 * _MOST_LINES]):
                name = one.name if len(drawn.each) <= _MOST_LINES else ""
                role = f"series{(number + 1) % 8}"
                roc.append(Line(one.roc, role, name))
                pr.append(Line(_percent(one.pr), role, name))
            roc.append(Line(drawn.roc_mean, "series0", tr("Mean"), strong=True))
            pr.append(Line(_percent(drawn.pr_mean), "series0", tr("Mean"), strong=True))
            areas, guess = (drawn.roc_area, drawn.pr_area), drawn.share
        else:
            one = drawn.each[min(chosen, len(drawn.each) - 1)]
            roc.append(Line(one.roc, "series0", one.name, strong=True))
            pr.append(Line(_percent(one.pr), "series0", one.name, strong=True))
            areas, guess = (one.roc_area, one.pr_area), one.count / max(opened.evaluation.count, 1)
        pr.insert(0, Line([(0, 100 * guess), (100, 100 * guess)], "muted", dashed=True))
        self.roc.show_items(roc, (0, 1), (0, 1))
        self.pr.show_items(pr, (0, 100), (0, 100))
        written = ["–" if math.isnan(area) else f"{area:.4f}" for area in areas]
        live(self.areas.setText, "Area under ROC {roc}, under PR {pr}", roc=written[0], pr=written[1])


class CalibrationView(View):
    """Whether what the network is sure of is right as often as it says."""

    ID: ClassVar[str] = "calibration"
    TITLE: ClassVar[str] = "Calibration"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "labels", "sequence", "regions"))

    def __init__(self, judge: Judge) -> None:
        """Make empty charts."""
        super().__init__(
            judge,
            "On the dashed line, a network that is 80 % sure is right 8 times of 10. Below it, it is too "
            "sure of itself; above it, not sure enough.",
        )
        from PySide6.QtWidgets import QHBoxLayout

        self.told = label(role="muted", wrap=True)
        self.told.setSizePolicy(narrowing())
        self.head.addWidget(self.told, 1)
        self.diagram = Chart("How sure", "How often right")
        self.sizes = Chart("How sure", "Samples")
        live(self.diagram.setAccessibleName, "Reliability diagram")
        live(self.sizes.setAccessibleName, "How sure the network is, as a histogram")
        row = QHBoxLayout()
        row.addWidget(self.diagram, 1)
        row.addWidget(self.sizes, 1)
        self.body.addLayout(row, 1)
        languages.changed.connect(self._speak)

    def _speak(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Work it out."""
        found = opened.evaluation

        def work(_told: Told) -> object:
            from studio.train.judging.curves import calibration

            return calibration(found)

        self.want(0, work)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Draw it."""
        told: Calibration = found
        edges = [told.bins[0].low, *(one.high for one in told.bins)]
        said = [
            tr(
                "{sure} sure, {right} right, {count} {count:sample|samples}",
                sure=share(one.confidence),
                right=share(one.accuracy),
                count=one.count,
            )
            for one in told.bins
        ]
        full = [one for one in told.bins if one.count]
        heights = [one.accuracy if one.count else 0.0 for one in told.bins]
        self.diagram.show_items(
            [
                Columns(edges, heights, "accent_soft", said=said),
                Line([(0, 0), (1, 1)], "muted", dashed=True),
                Line([(one.confidence, one.accuracy) for one in full], "series0", strong=True),
                Dots(
                    [(one.confidence, one.accuracy) for one in full],
                    said=[text for text, one in zip(said, told.bins, strict=True) if one.count],
                ),
            ],
            (0, 1),
            (0, 1),
        )
        self.sizes.show_items(
            [Columns(edges, [one.count for one in told.bins], "series2", said=said)], (0, 1)
        )
        live(
            self.told.setText,
            "Expected calibration error {error}, largest gap {largest}; in mean {sure} sure, {right} right",
            error=measure(told.error),
            largest=measure(told.largest),
            sure=share(round(told.confidence, 4)),
            right=share(round(told.accuracy, 4)),
        )
