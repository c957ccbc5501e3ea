"""How good a trained network is: figures, the confusion matrix, the samples it gets wrong, and a try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.confusion import ConfusionMatrix
from studio.ui.figures import count, measure
from studio.ui.icons import live_icon
from studio.ui.judging import Judge
from studio.ui.panels.curves import measure_title
from studio.ui.panels.scatter import Scatter
from studio.ui.panels.tryout import Tryout
from studio.ui.panels.wrong import WrongSamples, picture
from studio.ui.plain import allow, label, line, tip
from studio.ui.text import fixed, languages, live, say, tr
from studio.ui.theme import SPACE, SPACE_SMALL, SPACE_TINY

if TYPE_CHECKING:
    from studio.train import Evaluation, WrongSample

PARTS = {"test": "Test samples", "validation": "Validation samples", "train": "Training samples"}
"""What a network is judged by."""

FIGURES = (152, 264)
"""The least and the greatest width of the figures."""

NAME = 112
"""Pixels that the name of a class or a measure may take beside its figures."""


class _Row(QHBoxLayout):
    """Parts beside each other that share the height there is.

    A scroll area gives a page whose height follows its width the height that its parts wish for, not the
    one they can do with: then it would always scroll.
    """

    def hasHeightForWidth(self) -> bool:
        """Let wrapping texts of the parts be a matter of the parts."""
        return False


class EvaluationPanel(QWidget):
    """Shows the judgement of one run."""

    wanted = Signal()
    """The newest run is to be judged."""

    def __init__(self, judge: Judge) -> None:
        """Make the panel.

        Args:
            judge: has the judgement.
        """
        super().__init__()
        self._judge = judge
        self.judge_button = QPushButton()
        self.progress = QProgressBar()
        self._hint = label(role="muted", wrap=True)
        self._figures = QGridLayout()
        self._title, self._run = label(role="heading"), label(role="caption")
        self.older = label(
            "This run trained the network as it was then; the canvas has changed since.",
            "warning",
            wrap=True,
        )
        self.older.setContentsMargins(SPACE, SPACE_TINY, SPACE, 0)
        self.older.hide()
        self.confusion = ConfusionMatrix()
        self.scatter = Scatter()
        self.wrong = WrongSamples()
        self._wrong_title = label(role="muted", wrap=True)
        self.all_button = QPushButton()
        self.tryout = Tryout(judge)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._waiting())
        self._pages.addWidget(self._results())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.older)
        column.addWidget(self._pages, 1)
        self.confusion.cell_clicked.connect(self._choose_cell)
        self.all_button.clicked.connect(self._show_all)
        self.wrong.chosen.connect(self._try_sample)
        judge.changed.connect(self._show)
        judge.progressed.connect(self._progressed)
        languages.changed.connect(self._show)
        self._show()

    # -- parts ----------------------------------------------------------------------------------------

    def _waiting(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(SPACE_SMALL)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        live(self.judge_button.setText, "Evaluate the newest run")
        live_icon(self.judge_button, "evaluation")
        self.allow(False)
        self.judge_button.clicked.connect(self.wanted)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(240)
        column.addStretch(1)
        column.addWidget(self._hint)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.judge_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _results(self) -> QWidget:
        page = QWidget()
        row = _Row(page)
        row.setContentsMargins(SPACE, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        row.setSpacing(SPACE_SMALL + SPACE_TINY)
        self.figures = QWidget()
        column = QVBoxLayout(self.figures)
        column.setContentsMargins(0, 0, SPACE_SMALL, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self._title)
        column.addWidget(self._run)
        column.addWidget(line())
        self._figures.setHorizontalSpacing(SPACE_SMALL)
        self._figures.setVerticalSpacing(2)
        column.addLayout(self._figures)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(self.figures)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(scroll.setAccessibleName, "Figures")
        self._left = scroll
        row.addWidget(scroll)
        row.addWidget(self.confusion, 8)
        row.addWidget(self.scatter, 8)
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(SPACE_TINY)
        head = QHBoxLayout()
        live(self.all_button.setText, "Show all")
        self.all_button.setProperty("kind", "flat")
        head.addWidget(self._wrong_title, 1)
        head.addWidget(self.all_button)
        middle.addLayout(head)
        middle.addWidget(self.wrong, 1)
        row.addWidget(self._middle, 4)
        self.tryout.setMaximumWidth(480)
        row.addWidget(self.tryout, 4)
        # A narrow window scrolls sideways instead of being kept wide.
        outer = QScrollArea()
        outer.setWidget(page)
        outer.setWidgetResizable(True)
        outer.setFrameShape(QFrame.Shape.NoFrame)
        live(outer.setAccessibleName, "Evaluation")
        return outer

    # -- showing ----------------------------------------------------------------------------------------

    def allow(self, runs: bool) -> None:
        """Offer to judge the newest run, where there is one."""
        allow(self.judge_button, None if runs else Message("There is no run yet. Train the network first."))

    def _show(self) -> None:
        judge = self._judge
        opened = judge.opened
        self._pages.setCurrentIndex(1 if opened is not None else 0)
        self.progress.setVisible(judge.busy)
        self.judge_button.setVisible(not judge.busy)
        if opened is not None:
            self._show_results(opened.evaluation, opened.run.name)
        elif judge.busy:
            live(self._hint.setText, "Opening the run")
        elif judge.error is not None:
            fixed(self._hint.setText, say(judge.error))
        else:
            live(self._hint.setText, "Train the network, or choose a run, to see how good it is.")

    def _progressed(self, share: float, doing: Message) -> None:
        self.progress.setValue(round(100 * share))
        fixed(self._hint.setText, say(doing))

    def _show_results(self, found: Evaluation, run: str) -> None:
        live(self._title.setText, PARTS[found.part])
        live(self._run.setText, "{count} {count:sample|samples}", count=count(found.count))
        self._run.setToolTip(tip(run))
        self._show_figures(found)
        classes = bool(found.confusion)
        pictures = classes and picture(found, 0) is not None
        self.confusion.setVisible(classes)
        self._middle.setVisible(classes)
        self.scatter.setVisible(not classes)
        self.tryout.setVisible(classes)
        self.tryout.set_drawable(pictures)
        if classes:
            self.confusion.set_matrix(found.confusion, found.classes)
            self._show_all()
        else:
            self.confusion.clear()
            self.scatter.show_points(found.true, found.predicted)

    def _show_figures(self, found: Evaluation) -> None:
        while self._figures.count():
            item = self._figures.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        rows = [(measure_title(key), measure(value), "") for key, value in found.metrics.items()]
        for row, (name, value, _) in enumerate(rows):
            self._put(row, 0, name, "muted")
            self._put(row, 2, value, "")
        first = len(rows) + 1
        titles = (tr("Class"), tr("Precision %"), tr("Recall %")) if found.per_class else ()
        for column, title in enumerate(titles):
            self._put(first, column, title, "caption")
        for row, each in enumerate(found.per_class, first + 1):
            self._put(row, 0, each.name, "")
            self._put(row, 1, f"{100 * each.precision:.1f}", "muted")
            self._put(row, 2, f"{100 * each.recall:.1f}", "muted")
        self._fit_figures()

    def _fit_figures(self) -> None:
        """Give the figures the width they take, and no more."""
        bar = self._left.verticalScrollBar().sizeHint().width()
        self._left.setFixedWidth(max(FIGURES[0], min(self.figures.sizeHint().width() + bar, FIGURES[1])))

    def _put(self, row: int, column: int, text: str, role: str) -> None:
        cell = label(role=role)
        shown = cell.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, NAME)
        fixed(cell.setText, shown)
        if shown != text:
            cell.setToolTip(tip(text))
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        self._figures.addWidget(cell, row, column, side)
        cell.show()  # what was never shown takes no room yet

    def _show_all(self) -> None:
        opened = self._judge.opened
        if opened is not None:
            self._show_wrong(opened.evaluation, list(opened.evaluation.wrong))
            self.all_button.hide()

    def _choose_cell(self, true: int, predicted: int) -> None:
        opened = self._judge.opened
        if opened is None or true == predicted:
            return
        found = [one for one in opened.evaluation.wrong if (one.true, one.predicted) == (true, predicted)]
        self._show_wrong(opened.evaluation, found)
        self.all_button.show()

    def _show_wrong(self, evaluation: Evaluation, samples: list[WrongSample]) -> None:
        self.wrong.show_samples(evaluation, samples)
        if samples:
            live(self._wrong_title.setText, "{count} wrong{count:|, the surest first}", count=len(samples))
        else:
            live(self._wrong_title.setText, "Nothing wrong here")

    def _try_sample(self, sample: WrongSample) -> None:
        opened = self._judge.opened
        if opened is None:
            return
        names = opened.evaluation.classes
        told = Message(
            "Sample {number}: it is {true}, taken for {predicted}.",
            number=sample.index,
            true=names[sample.true],
            predicted=names[sample.predicted],
        )
        self.tryout.try_sample(sample.index, told)
