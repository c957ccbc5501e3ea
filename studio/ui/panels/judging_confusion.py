"""Which classes are taken for which: figures, the matrix with the samples of a cell, and mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.curves import measure_title
from studio.ui.panels.judging_view import View
from studio.ui.panels.wrong import WrongSamples
from studio.ui.widgets.confusion import ConfusionMatrix
from studio.ui.widgets.plain import label, line, tip
from studio.ui.words.figures import count, measure
from studio.ui.words.text import fixed, languages, live, say

if TYPE_CHECKING:
    from studio.train import Evaluation, WrongSample
    from studio.train.judging.answers import Kind

PARTS = {"test": "Test samples", "validation": "Validation samples", "train": "Training samples"}
"""What a network is judged by."""

FIGURES = (152, 264)
"""The least and the greatest width of the figures."""

NAME = 132
"""Pixels that the name of a measure may take beside its figure."""

LARGE = 96
"""How large the pictures of mistakes are."""


EPISODES = {
    "test": "Episodes of the test",
    "validation": "Episodes of the check",
    "train": "Episodes of the training",
}
"""What networks that act are judged by."""


def _played(opened: Opened) -> bool:
    """Tell whether it was judged by what it does, and not by samples."""
    declared = opened.plan.data.declared("data") if opened.plan is not None else None
    return declared is not None and "control" in declared.fits


class Figures(QScrollArea):
    """What the judgement comes to, as plain numbers: those of the plan, then further ones."""

    def __init__(self, judge: Judge) -> None:
        """Make it empty.

        Args:
            judge: has the judgement.
        """
        super().__init__()
        self._judge = judge
        self.inside = QWidget()
        self._title, self._run = label(role="heading"), label(role="caption")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_SMALL)
        self._grid.setVerticalSpacing(2)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, SPACE_SMALL, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self._title)
        column.addWidget(self._run)
        column.addWidget(line())
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self.setAccessibleName, "Figures")
        judge.work.told.connect(self._told)
        languages.changed.connect(self.renew)

    def renew(self) -> None:
        """Show the judgement that there is, and have the further figures worked out."""
        opened = self._judge.opened
        if opened is None:
            return
        found = opened.evaluation
        if _played(opened):
            live(self._title.setText, EPISODES[found.part])
            live(self._run.setText, "{count} {count:episode|episodes}", count=count(found.count))
        else:
            live(self._title.setText, PARTS[found.part])
            live(self._run.setText, "{count} {count:sample|samples}", count=count(found.count))
        self._run.setToolTip(tip(opened.run.name))
        if opened.data is not None:

            def work(_told: Told) -> object:
                from studio.train.judging.figures import further

                return further(found)

            self._judge.work.want("figures", 0, work)
        self._show(found)

    def _told(self, place: str) -> None:
        if place == "figures" and self._judge.opened is not None:
            self._show(self._judge.opened.evaluation)

    def _show(self, found: Evaluation) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        row = 0
        for key, value in found.metrics.items():
            self._put(row, measure_title(key), measure(value))
            row += 1
        more: Any = self._judge.work.at("figures").result
        if more:
            from studio.train.judging.answers import TITLES

            self._grid.addWidget(line(), row, 0, 1, 2)
            scaled = found.kind == "numbers" and found.scaled
            if scaled:
                row += 1
                self._grid.addWidget(label("In the unit of the data", "caption"), row, 0, 1, 2)
            for key, value in more.items():
                if key not in found.metrics or (scaled and key != "r2"):
                    row += 1
                    self._put(row, say(TITLES[key]), measure(value))
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(FIGURES[0], min(self.inside.sizeHint().width() + bar, FIGURES[1])))

    def _put(self, row: int, name: str, value: str) -> None:
        for column, text in enumerate((name, value)):
            cell = label(role="" if column else "muted")
            shown = cell.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, NAME)
            fixed(cell.setText, shown)
            if shown != text:
                cell.setToolTip(tip(text))
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(cell, row, column, side)
            cell.show()  # what was never shown takes no room yet


class FiguresView(View):
    """Nothing but the figures, which stand beside it."""

    ID: ClassVar[str] = "overview"
    TITLE: ClassVar[str] = "Figures"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("loss",))

    def __init__(self, judge: Judge) -> None:
        """Make it."""
        super().__init__(
            judge,
            "What this recipe makes has no right answer for each sample, so it is judged by these figures. "
            "What it made while it learned is seen in the training panel.",
        )
        self.body.addStretch(1)

    def renew(self, opened: Opened) -> None:
        """Show that."""
        self.pages.setCurrentIndex(0)


class ConfusionView(View):
    """The matrix, and the samples of a cell."""

    ID: ClassVar[str] = "confusion"
    TITLE: ClassVar[str] = "Confusion matrix"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes", "sequence", "regions"))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(
            judge, "Rows: what it is. Columns: what it is taken for. Click a cell to see its samples."
        )
        self.confusion = ConfusionMatrix()
        self.wrong = WrongSamples()
        self.title = label(role="muted", wrap=True)
        self.all_button = QPushButton()
        live(self.all_button.setText, "Show all")
        self.all_button.setProperty("kind", "flat")
        self.middle = QWidget()
        middle = QVBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(SPACE_TINY)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.all_button)
        middle.addLayout(head)
        middle.addWidget(self.wrong, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.confusion, 5)
        row.addWidget(self.middle, 3)
        self.body.addLayout(row, 1)
        self._opened: Opened | None = None
        self.confusion.cell_clicked.connect(self._choose_cell)
        self.all_button.clicked.connect(self._show_all)
        self.wrong.chosen.connect(lambda one: self.sample.emit(one.index))

    def fits(self, opened: Opened) -> bool:
        """Tell whether there is a matrix."""
        return bool(opened.evaluation.confusion)

    def renew(self, opened: Opened) -> None:
        """Show the matrix."""
        if self._opened is opened:
            return
        self._opened = opened
        self.pages.setCurrentIndex(0)
        found = opened.evaluation
        self.confusion.set_matrix(found.confusion, found.classes)
        self.middle.setVisible(found.kind == "classes")
        self._show_all()

    def _show_all(self) -> None:
        opened = self.judge.opened
        if opened is not None:
            found = opened.evaluation
            self.wrong.show_samples(found, list(found.wrong))
            if found.wrong:
                number = len(found.wrong)
                live(self.title.setText, "{count} wrong{count:|, the surest first}", count=number)
            else:
                live(self.title.setText, "Nothing wrong here")
            self.all_button.hide()

    def _choose_cell(self, true: int, predicted: int) -> None:
        opened = self.judge.opened
        if opened is None or opened.evaluation.kind != "classes":
            return
        found = opened.evaluation
        samples: list[WrongSample] = list(found.cell(true, predicted))
        self.wrong.show_samples(found, samples)
        total = found.confusion[true][predicted]
        live(
            self.title.setText,
            "{true} taken for {predicted}: {count} {count:sample|samples}",
            true=found.classes[true],
            predicted=found.classes[predicted],
            count=total,
        )
        self.all_button.show()


class MistakesView(View):
    """The samples that the network is surest of and wrong about."""

    ID: ClassVar[str] = "mistakes"
    TITLE: ClassVar[str] = "Mistakes"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("classes",))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(
            judge,
            "What the network is surest of and wrong about. Look for wrong labels in the data, and for what "
            "these samples have in common.",
        )
        self.wrong = WrongSamples(LARGE)
        self.body.addWidget(self.wrong, 1)
        self._opened: Opened | None = None
        self.wrong.chosen.connect(lambda one: self.sample.emit(one.index))

    def renew(self, opened: Opened) -> None:
        """Show them."""
        if self._opened is opened:
            return
        self._opened = opened
        self.pages.setCurrentIndex(0)
        if opened.evaluation.wrong:
            self.wrong.show_samples(opened.evaluation, list(opened.evaluation.wrong))
        else:
            self.tell(Message("Every sample is told right."))
