"""Trying a trained network: draw, bring a picture, type a text or fill a row; it answers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.panels.bars import MOST, Bars
from studio.ui.panels.judging_places import class_image, ground_of
from studio.ui.panels.judging_sample import SampleLook
from studio.ui.panels.judging_view import Pages
from studio.ui.panels.row_form import RowForm
from studio.ui.widgets.colour_sheet import ColourSheet
from studio.ui.widgets.drawing_pad import DrawingPad
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.figures import measure
from studio.ui.words.text import fixed, live, say, tr

if TYPE_CHECKING:
    from studio.train.judging.trying import Answer, Tried

Mode = Literal["draw", "picture", "text", "row", "none"]
"""What a person brings."""

MODES: tuple[Mode, ...] = ("draw", "picture", "text", "row", "none")

PAD = (136, 224)
"""The least and the greatest side of the sheet."""

BARS = 124
"""Pixels that the bars of ten classes take at least."""

_PATIENCE = 200
"""Milliseconds between the last key and the question."""

HINTS: dict[Mode, str] = {
    "draw": "Draw something: the network says at once what it takes it for.",
    "picture": "Open, drop or paste a picture: the network says at once what it takes it for.",
    "text": "Type a text: the network says at once what it takes it for.",
    "row": "Fill in the row: the network answers at once.",
    "none": "Choose a wrong sample to see how sure the network is of each class.",
}


BACK = "Draw something: beside it stands how the networks give it back."
"""How networks are tried that give pictures back."""


def mode_of(opened: Opened) -> Mode:
    """Tell what a network can be tried with."""
    data = opened.data
    if data is None:
        return "draw"
    facts = data.preprocessing
    if len(data.train.inputs) != 1:
        return "none"
    if facts.kind == "image":
        return "draw" if facts.box or facts.grid else "picture"
    if facts.kind == "tokens":
        return "text" if facts.vocabulary else "none"
    return "row"


def gives_back(opened: Opened) -> bool:
    """Tell whether networks give pictures back that a person brings."""
    plan, data = opened.plan, opened.data
    return (
        plan is not None
        and data is not None
        and plan.recipe.type == "autoencoder"
        and data.preprocessing.kind == "image"
    )


class Tryout(QWidget):
    """Something to bring a sample with, and what the network says of it."""

    flow = Signal()
    """What was tried is to be seen flowing through the canvas."""
    why = Signal()
    """It is to be asked why."""

    def __init__(self, judge: Judge) -> None:
        """Make an empty sheet.

        Args:
            judge: answers what a drawing is.
        """
        super().__init__()
        self._judge = judge
        self._opened: Opened | None = None
        self._mode: Mode = "draw"
        self._back = False
        self.said = label(HINTS["draw"], "muted", wrap=True)
        self.said.setSizePolicy(narrowing())
        self.pad = DrawingPad()
        self.pad.setMinimumSize(PAD[0], PAD[0])
        policy = self.pad.sizePolicy()
        policy.setHeightForWidth(False)  # `_fit` keeps it a square without asking for more height
        self.pad.setSizePolicy(policy)
        self.sheet = ColourSheet()
        self.text = QPlainTextEdit()
        self.text.setMinimumHeight(56)
        self.text.setTabChangesFocus(True)
        live(self.text.setPlaceholderText, "Type here")
        live(self.text.setAccessibleName, "The text to try")
        self.tokens = SampleLook()
        self.row = RowForm()
        self.bars = Bars()
        self.bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bars.setMinimumHeight(BARS)
        self.number = label(role="title", wrap=True)
        self.look = SampleLook()
        self.bring = Pages()
        self.open_button, self.clear_button = QPushButton(), QToolButton()
        self.why_button, self.flow_button = QPushButton(), QPushButton()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_PATIENCE)
        self._lay_out()
        self.open_button.clicked.connect(self._open)
        self.clear_button.clicked.connect(self.clear)
        self.flow_button.clicked.connect(self.flow)
        self.why_button.clicked.connect(self.why)
        self.pad.changed.connect(self._drawn)
        self.pad.refused.connect(self._refused)
        self.sheet.changed.connect(self._brought)
        self.sheet.refused.connect(self._refused)
        self.text.textChanged.connect(self._typed.start)
        self._typed.timeout.connect(self._written)
        self.row.changed.connect(self._filled)
        judge.answered.connect(self._answered)
        judge.refused.connect(self._refused)
        judge.changed.connect(self._renew)
        self._renew()

    # -- how it looks ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        live(self.open_button.setText, "Picture…")
        live_icon(self.open_button, "image")
        live_icon(self.clear_button, "eraser")
        live(self.clear_button.setToolTip, "Clear")
        live(self.clear_button.setAccessibleName, "Clear")
        live(self.why_button.setText, "Why?")
        live(self.why_button.setToolTip, "See what in this sample speaks for the answer")
        live(self.flow_button.setText, "On the canvas")
        live(self.flow_button.setToolTip, "See this sample flow through the canvas")
        written = QWidget()
        lines = QVBoxLayout(written)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.text, 1)
        lines.addWidget(self.tokens, 1)
        drawn = QWidget()
        square = QVBoxLayout(drawn)
        square.setContentsMargins(0, 0, 0, 0)
        square.addWidget(self.pad)
        square.addStretch(1)
        for page in (drawn, self.sheet, written, self.row, QWidget()):
            self.bring.addWidget(page)
        under = QHBoxLayout()
        under.setSpacing(SPACE_SMALL)
        under.addWidget(self.open_button)
        under.addWidget(self.clear_button)
        under.addWidget(self.why_button)
        under.addWidget(self.flow_button)
        under.addStretch(1)
        answers = QVBoxLayout()
        answers.setSpacing(SPACE_TINY)
        answers.addWidget(self.number)
        answers.addWidget(self.look, 2)
        answers.addWidget(self.bars, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.bring, 1)
        row.addLayout(answers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.said)
        column.addLayout(row, 1)
        column.addLayout(under)
        self.look.hide()
        self.number.hide()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sheet as large as there is room beside the bars and above the buttons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least, greatest = PAD
        words = self.said.heightForWidth(self.width())
        beside = min(self.width() - self.bars.minimumWidth() - SPACE, self.width() * 11 // 20)
        above = self.height() - words - self.open_button.sizeHint().height() - 2 * SPACE_SMALL
        side = max(least, min(greatest, beside, above))
        # Not its least size: what is asked for would keep the panel from being made smaller again.
        self.pad.setMaximumSize(side, side)
        wide = self._mode == "draw"
        self.bring.setMaximumWidth(side if wide else 16_777_215)

    @property
    def mode(self) -> Mode:
        """What can be brought."""
        return self._mode

    # -- the sample ------------------------------------------------------------------------------------

    def clear(self) -> None:
        """Take away what was brought."""
        self.pad.clear()
        self.sheet.clear()
        self.text.clear()
        self.row.reset()

    def _renew(self) -> None:
        opened = self._judge.opened
        if opened is not self._opened:
            self._opened = opened
            self._show(None, None)
            if opened is not None:
                self._change(mode_of(opened), opened)
        if opened is not None and self._mode == "draw" and not self.pad.is_empty():
            self._drawn()

    def _change(self, mode: Mode, opened: Opened) -> None:
        """Offer what suits the network."""
        self._mode = mode
        self.bring.setCurrentIndex(MODES.index(mode))
        self.bring.setVisible(mode != "none")
        self.open_button.setVisible(mode in ("draw", "picture"))
        self.clear_button.setVisible(mode != "none")
        self._back = gives_back(opened)
        for button in (self.why_button, self.flow_button):
            button.setVisible(not self._back)
        live(self.said.setText, BACK if self._back else HINTS[mode])
        if mode == "row":
            from studio.train.judging.trying import columns_of

            self.row.set_columns(columns_of(opened.data), opened.evaluation)
        self._fit()

    def _drawn(self) -> None:
        if self.pad.is_empty():
            self._nothing()
        else:
            if not self._back:
                live(self.said.setText, "What the network takes your drawing for:")
            self._judge.try_pixels(self.pad.pixels())

    def _brought(self) -> None:
        found = self.sheet.picture()
        if found is None:
            self._nothing()
        else:
            if not self._back:
                live(self.said.setText, "What the network takes your picture for:")
            self._judge.try_picture(*found)

    def _written(self) -> None:
        text = self.text.toPlainText()
        if text.strip():
            live(self.said.setText, "What the network takes your text for:")
            self._judge.try_text(text)
        else:
            self._nothing()

    def _filled(self) -> None:
        live(self.said.setText, "What the network says of this row:")
        self._judge.try_row(self.row.cells())

    def _nothing(self) -> None:
        self._judge.ask_nothing()
        self._show(None, None)
        live(self.said.setText, BACK if self._back else HINTS[self._mode])

    # -- the answer ------------------------------------------------------------------------------------

    def _answered(self) -> None:
        tried = self._judge.tried
        if tried is not None and tried.index is None:  # one of the data is shown beside its view
            self._show(tried, self._judge.answer)

    def _show(self, tried: Tried | None, answer: Answer | None) -> None:
        for button in (self.why_button, self.flow_button):
            button.setEnabled(tried is not None)
        if tried is None or answer is None:
            self.bars.show_chances(())
            self.number.hide()
            self.look.hide()
            self.bars.setVisible(not self._back)
            self.tokens.show_sample(None)
            return
        names = answer.classes
        # Few classes keep their places, so that bars grow and shrink while one draws.
        self.bars.show_chances(answer.chances if len(names) <= MOST else answer.likeliest)
        self.bars.setVisible(bool(answer.chances))
        self.number.setVisible(bool(answer.numbers))
        shown = list(map(measure, answer.numbers[:8]))
        titles = self._opened.evaluation.numbers if self._opened is not None and answer.numbers else ()
        if len(titles) == len(answer.numbers) and len(titles) <= len(shown):
            shown = [f"{title}: {number}" for title, number in zip(titles, shown, strict=True)]
        fixed(self.number.setText, "\n".join(shown) if titles else ", ".join(shown))
        self.look.setVisible(bool(answer.places) or answer.back is not None)
        if answer.back is not None:
            self.look.show_sample(answer.back)
        elif len(answer.sizes) == 2:
            self.look.show_sample(tried.shown)
            height, width = answer.sizes
            self.look.lay_over(class_image(height, width, answer.places, ground_of(names)))
        elif answer.places:
            self.look.show_sample(tried.shown, under=[names[place] for place in answer.places])
        if self._mode == "text":
            marks = [False if unknown else None for unknown in tried.unknown]
            self.tokens.show_sample(tried.shown, marks=marks)
            count = sum(tried.unknown)
            if count:
                live(
                    self.said.setText,
                    "{count} {count:word is|words are} unknown to the network, underlined below.",
                    count=count,
                )

    def _refused(self, why: Message) -> None:
        fixed(self.said.setText, say(why))
        self._show(None, None)

    def _open(self) -> None:
        kinds = tr("Pictures") + " (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff)"
        path, _ = QFileDialog.getOpenFileName(self, tr("Open a picture"), "", kinds)
        if path:
            sheet = self.pad if self._mode == "draw" else self.sheet
            try:
                sheet.load(path)
                sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            except NetwrightError as refused:
                self._refused(refused.message)
