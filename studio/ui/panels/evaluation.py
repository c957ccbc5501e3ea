"""How good a trained network is, and why: one view at a time, chosen on the left, a sample beside it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.panels.judging_attention import AttentionView
from studio.ui.panels.judging_classes import CalibrationView, ClassesView, CurvesView
from studio.ui.panels.judging_confusion import PARTS, ConfusionView, Figures, FiguresView, MistakesView
from studio.ui.panels.judging_forecast import ForecastView
from studio.ui.panels.judging_gates import GatesView
from studio.ui.panels.judging_making import MakeView, WriteView
from studio.ui.panels.judging_map import MapView
from studio.ui.panels.judging_numbers import AnswersView, ResidualsView
from studio.ui.panels.judging_pairs import PairsView
from studio.ui.panels.judging_places import PlacesView
from studio.ui.panels.judging_sample import SampleCard
from studio.ui.panels.judging_surface import SurfaceView
from studio.ui.panels.judging_view import Pages, View
from studio.ui.panels.judging_why import WhyView
from studio.ui.panels.scatter import Scatter
from studio.ui.panels.tryout import Tryout, gives_back, mode_of
from studio.ui.panels.wrong import WrongSamples
from studio.ui.widgets.confusion import ConfusionMatrix
from studio.ui.widgets.plain import allow, label
from studio.ui.words.text import fixed, languages, live, say, tr

__all__ = ["PARTS", "EvaluationPanel"]

LIST = 132
"""Pixels that the list of views takes."""

CARD = (188, 250)
"""The least and the greatest width of the sample beside a view."""

ROOMY = 620
"""Beside a narrower view no figures are shown: they would take its room."""

TRY = "Try it"


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
    flow_wanted = Signal()
    """The sample that the judge has is to be seen flowing through the canvas."""

    def __init__(self, judge: Judge) -> None:
        """Make the panel.

        Args:
            judge: has the judgement.
        """
        super().__init__()
        self._judge = judge
        self._opened: Opened | None = None
        self.judge_button = QPushButton()
        self.progress = QProgressBar()
        self._hint = label(role="muted", wrap=True)
        self.older = label(
            "This run trained the network as it was then; the canvas has changed since.",
            "warning",
            wrap=True,
        )
        self.older.setContentsMargins(SPACE, SPACE_TINY, SPACE, 0)
        self.older.hide()
        self._left = Figures(judge)
        self._matrix = ConfusionView(judge)
        self._answers = AnswersView(judge)
        mistakes, residuals, places, map_, surface = (
            MistakesView(judge),
            ResidualsView(judge),
            PlacesView(judge),
            MapView(judge),
            SurfaceView(judge),
        )
        self.views: tuple[View, ...] = (
            FiguresView(judge),
            self._matrix,
            PairsView(judge),
            ForecastView(judge),
            self._answers,
            surface,
            places,
            ClassesView(judge),
            CurvesView(judge),
            CalibrationView(judge),
            mistakes,
            residuals,
            map_,
            WhyView(judge),
            AttentionView(judge),
            GatesView(judge),
            MakeView(judge),
            WriteView(judge),
        )
        self.tryout = Tryout(judge)
        self.card = SampleCard(judge)
        self._wants_card = False
        self._pages = QStackedWidget()
        self._pages.addWidget(self._waiting())
        self._pages.addWidget(self._results())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.older)
        column.addWidget(self._pages, 1)
        for view in (self._matrix, self._answers, mistakes, residuals, map_, surface):
            view.sample.connect(self._try_sample)
        places.sample.connect(judge.try_sample)  # it shows the sample itself
        self.card.why.connect(self.ask_why)
        self.card.flow.connect(self.flow_wanted)
        self.card.closed.connect(self._close_card)
        self.tryout.why.connect(self.ask_why)
        self.tryout.flow.connect(self.flow_wanted)
        judge.changed.connect(self._show)
        judge.answered.connect(self._answered)
        judge.progressed.connect(self._progressed)
        languages.changed.connect(self._speak)
        self._show()

    @property
    def confusion(self) -> ConfusionMatrix:
        """The matrix."""
        return self._matrix.confusion

    @property
    def wrong(self) -> WrongSamples:
        """The samples beside the matrix."""
        return self._matrix.wrong

    @property
    def scatter(self) -> Scatter:
        """Answers over true values."""
        return self._answers.scatter

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
        row.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        row.setSpacing(SPACE_SMALL)
        self.list = QListWidget()
        self.list.setFixedWidth(LIST)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self.list.setAccessibleName, "Views")
        self.list.currentRowChanged.connect(self._choose)
        self.stack = Pages()
        for view in self.views:
            self.stack.addWidget(view)
        self.stack.addWidget(self.tryout)
        self.card.setMinimumWidth(CARD[0])
        self.card.setMaximumWidth(CARD[1])
        row.addWidget(self.list)
        row.addWidget(self._left)
        row.addWidget(self.stack, 1)
        row.addWidget(self.card)
        # A narrow window scrolls sideways instead of being kept wide.
        outer = QScrollArea()
        outer.setWidget(page)
        outer.setWidgetResizable(True)
        outer.setFrameShape(QFrame.Shape.NoFrame)
        live(outer.setAccessibleName, "Evaluation")
        return outer

    # -- choosing a view --------------------------------------------------------------------------------

    def _fill_list(self, opened: Opened) -> None:
        """Offer the views that have something to show."""
        kept = self._now()
        offered = [view for view in self.views if view.fits(opened)]
        self.list.blockSignals(True)
        self.list.clear()
        parts: list[tuple[str, QWidget]] = [(view.TITLE, view) for view in offered]
        self.card.why_button.setVisible(any(isinstance(view, WhyView) for view in offered))
        tried = opened.evaluation.kind != "loss" or gives_back(opened)
        if tried and mode_of(opened) != "none":  # what cannot be brought is chosen in the views
            parts.append((TRY, self.tryout))
        for title, part in parts:
            item = QListWidgetItem(tr(title))
            item.setToolTip(tr(title))
            item.setData(Qt.ItemDataRole.UserRole, self.stack.indexOf(part))
            item.setSizeHint(QSize(LIST - 8, 24))
            self.list.addItem(item)
        places = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        self.list.setCurrentRow(places.index(kept) if kept in places else 0)
        self.list.blockSignals(False)
        self._choose()

    def _now(self) -> int:
        item = self.list.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item is not None else -1

    def choose(self, id: str) -> None:
        """Bring a view to the front; `tryout` is the last one.

        Args:
            id: of the view.
        """
        parts: dict[str, QWidget] = {view.ID: view for view in self.views}
        wanted = self.stack.indexOf(parts.get(id, self.tryout))
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == wanted:
                self.list.setCurrentRow(row)

    def _choose(self, _row: int = 0) -> None:
        place = self._now()
        if place < 0:
            return
        self.stack.setCurrentIndex(place)
        self.stack.updateGeometry()
        front = self.stack.currentWidget()
        for view in self.views:
            if view is not front:
                view.go()
        if isinstance(front, View) and self.isVisible():
            front.come()
        self._arrange()

    def ask_why(self) -> None:
        """Ask why of the sample that the judge has."""
        self.choose("why")

    def _arrange(self) -> None:
        """Show beside the view what there is room for."""
        front = self.stack.currentWidget()
        alone = isinstance(
            front, Tryout | WhyView | AttentionView | GatesView | PlacesView | MakeView | WriteView
        )
        card = self._wants_card and not alone and self._judge.tried is not None
        self.card.setVisible(card)
        first = isinstance(front, ConfusionView | AnswersView)
        room = self.width() - LIST - (CARD[0] if card else 0)
        self._left.setVisible((first and room >= ROOMY) or isinstance(front, FiguresView))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what changed while nobody looked."""
        super().showEvent(event)
        self._choose()
        self._left.renew()

    # -- showing ----------------------------------------------------------------------------------------

    def allow(self, runs: bool) -> None:
        """Offer to judge the newest run, where there is one."""
        allow(self.judge_button, None if runs else Message("There is no run yet. Train the network first."))

    def _speak(self) -> None:
        self._opened = None
        self._show()

    def _show(self) -> None:
        judge = self._judge
        opened = judge.opened
        self._pages.setCurrentIndex(1 if opened is not None else 0)
        self.progress.setVisible(judge.busy)
        self.judge_button.setVisible(not judge.busy)
        if opened is not None:
            if opened is not self._opened:
                self._opened = opened
                self._left.renew()
                self._fill_list(opened)
            return
        self._opened = None
        self._close_card()
        if judge.busy:
            live(self._hint.setText, "Opening the run")
        elif judge.error is not None:
            fixed(self._hint.setText, say(judge.error))
        else:
            live(self._hint.setText, "Train the network, or choose a run, to see how good it is.")

    def _progressed(self, share: float, doing: Message) -> None:
        self.progress.setValue(round(100 * share))
        fixed(self._hint.setText, say(doing))

    def _try_sample(self, index: int) -> None:
        self._wants_card = True
        self._judge.try_sample(index)

    def _answered(self) -> None:
        self.card.renew()
        self._arrange()

    def _close_card(self) -> None:
        self._wants_card = False
        self.card.hide()
        self._arrange()
