"""Texts that a trained network goes on with, and what networks make of a seed: each as often as one likes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.jobs import Job
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY, colour, themes
from studio.ui.panels.bars import Bars
from studio.ui.panels.judging_view import View
from studio.ui.panels.made import MadeView
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.making import Written
    from studio.train.made import Made

MOST_SEED = 999_999

BEGIN = "Type how a text begins, and let the network go on with it."

TRANSLATE = "Type a text, and let the network translate it."

EMPTY = "Type here; with nothing, the network begins by itself"

ASK = "Let the network go on with the text"

FIELD = 84
"""Pixels that a number to be set takes at most."""

_DRAW_MS = 40
"""Milliseconds between two looks at what a network has written."""

_PATIENCE = 200
"""Milliseconds between the last key and the question what may come next."""

_ROOMY = 640
"""In a narrower view there is no room for what may come next."""


class WriteView(View):
    """A text that a person begins and the network goes on with, or that it translates."""

    ID: ClassVar[str] = "write"
    TITLE: ClassVar[str] = "Try it"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("loss",))

    def __init__(self, judge: Judge) -> None:
        """Make an empty sheet."""
        super().__init__(judge, BEGIN)
        self._translates = False
        self._options: list[QWidget] = []
        self.prompt, self.written = QPlainTextEdit(), QPlainTextEdit()
        self.prompt.setTabChangesFocus(True)
        self.prompt.setMinimumHeight(32)
        self.written.setMinimumHeight(48)
        live(self.prompt.setPlaceholderText, EMPTY)
        live(self.prompt.setAccessibleName, "How the text begins")
        self.written.setReadOnly(True)
        live(self.written.setAccessibleName, "What the network writes")
        self.temperature, self.top_k, self.length, self.seed = (
            QDoubleSpinBox(),
            QSpinBox(),
            QSpinBox(),
            QSpinBox(),
        )
        self.dice = QToolButton()
        self.go_button, self.stop_button = QPushButton(), QPushButton()
        self.next = Bars()
        self.next_said = label("What may come next:", "muted", wrap=True)
        self._beside = QWidget()
        self._job: Job | None = None
        self._heard: list[Written] = []
        self._drawn: Written | None = None
        self._look = QTimer(self)
        self._look.setInterval(_DRAW_MS)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_PATIENCE)
        self._lay_out()
        self.go_button.clicked.connect(self.write)
        self.stop_button.clicked.connect(self.stop)
        self.dice.clicked.connect(self._throw)
        self._look.timeout.connect(self._draw)
        self._typed.timeout.connect(self._ask_next)
        self.prompt.textChanged.connect(self._typed.start)
        judge.answered.connect(self._answered)
        judge.changed.connect(self._changed)
        themes.changed.connect(self._redraw)
        self._opened: Opened | None = None
        self._show_state()

    # -- how it looks ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.temperature.setRange(0.0, 5.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setDecimals(2)
        self.temperature.setValue(0.8)
        self.top_k.setRange(0, 1000)
        self.length.setRange(1, 5000)
        self.length.setSingleStep(50)
        self.length.setValue(200)
        self.seed.setRange(0, MOST_SEED)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_SMALL)
        grid.setVerticalSpacing(SPACE_TINY)
        options: tuple[tuple[str, QAbstractSpinBox, str], ...] = (
            (
                "Temperature",
                self.temperature,
                "0 takes the likeliest token each time, 1 draws as the network expects, more is wilder",
            ),
            ("Likeliest only", self.top_k, "Draw only from so many of the likeliest tokens"),
            ("Length", self.length, "How many tokens are added"),
            ("Seed", self.seed, "The same seed writes the same text"),
        )
        for line, (name, field, said) in enumerate(options):
            titled = label(name, "muted")
            for part in (titled, field):
                live(part.setToolTip, said)
            live(field.setAccessibleName, name)
            field.setMaximumWidth(FIELD)
            self._options += [titled, field]
            grid.addWidget(titled, line, 0)
            grid.addWidget(field, line, 1)
        live(self.go_button.setText, "Write on")
        live_icon(self.go_button, "train")
        live(self.go_button.setToolTip, ASK)
        live(self.stop_button.setText, "Stop")
        live_icon(self.stop_button, "stop")
        live_icon(self.dice, "refresh")
        live(self.dice.setToolTip, "Write another one: with a new seed")
        live(self.dice.setAccessibleName, "Write another one: with a new seed")
        under = QHBoxLayout()
        under.setSpacing(SPACE_SMALL)
        for button in (self.go_button, self.stop_button):
            under.addWidget(button, 1)
        under.addWidget(self.dice)
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_SMALL)
        texts.addWidget(self.prompt, 1)
        texts.addWidget(self.written, 3)
        options_column = QVBoxLayout()
        options_column.setSpacing(SPACE_SMALL)
        options_column.addLayout(grid)
        options_column.addLayout(under)
        options_column.addStretch(1)
        beside = QVBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE_TINY)
        self.next_said.setSizePolicy(narrowing())
        beside.addWidget(self.next_said)
        beside.addWidget(self.next, 1)
        self._beside.setFixedWidth(180)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(texts, 1)
        row.addLayout(options_column)
        row.addWidget(self._beside)
        self.body.addLayout(row, 1)
        self._speak()
        languages.changed.connect(self._speak)

    def _speak(self) -> None:
        self.top_k.setSpecialValueText(tr("All"))

    def resizeEvent(self, event: Any) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._fit()

    # -- what it shows ---------------------------------------------------------------------------------

    def fits(self, opened: Opened) -> bool:
        """Offer it where a network goes on with texts."""
        from studio.train.judging.making import translates, writes

        return writes(opened.plan, opened.data) or translates(opened.plan, opened.data)

    def renew(self, opened: Opened) -> None:
        """Begin with the text that the training continued, where another run is open."""
        self.pages.setCurrentIndex(0)
        if opened is not self._opened:
            self._opened = opened
            self._heard, self._drawn = [], None
            self.written.clear()
            self._be_for(opened)
            prompt = opened.plan.recipe.resolved("recipe").get("prompt") if opened.plan is not None else ""
            self.prompt.setPlainText(str(prompt or ""))
        self._ask_next()

    def _be_for(self, opened: Opened) -> None:
        """Offer what suits a network: one that goes on with a text, or one that translates it."""
        from studio.train.judging.making import translates

        self._translates = translates(opened.plan, opened.data)
        live(self.go_button.setText, "Translate" if self._translates else "Write on")
        said = "Let the network translate the text" if self._translates else ASK
        live(self.go_button.setToolTip, said)
        live(self.prompt.setPlaceholderText, "Type here" if self._translates else EMPTY)
        for part in (*self._options, self.dice):
            part.setVisible(not self._translates)
        self._hint()
        self._fit()

    def _hint(self) -> None:
        live(self.says.setText, TRANSLATE if self._translates else BEGIN)

    def _fit(self) -> None:
        self._beside.setVisible(self.width() >= _ROOMY and not self._translates)

    def go(self) -> None:
        """Be behind another view: write no further."""
        super().go()
        self.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: write no further."""
        self.stop()
        super().hideEvent(event)

    def _changed(self) -> None:
        if self.judge.opened is not self._opened:
            self.stop()

    # -- what may come next ----------------------------------------------------------------------------

    def _ask_next(self) -> None:
        if self.front and self.judge.opened is not None and not self._translates:
            if self.prompt.toPlainText():
                self.judge.try_text(self.prompt.toPlainText())
            else:
                self.next.show_chances(())

    def _answered(self) -> None:
        tried, answer = self.judge.tried, self.judge.answer
        if self.front and tried is not None and tried.index is None and answer is not None:
            self.next.show_chances(answer.chances)

    # -- writing ---------------------------------------------------------------------------------------

    @property
    def writing(self) -> bool:
        """Whether the network writes."""
        return self._job is not None

    def write(self) -> None:
        """Let the network go on with the text."""
        self.stop()
        heard: list[Written] = []
        self._heard, self._drawn = heard, None

        def told(written: Written) -> None:
            heard[:] = [written]

        self._job = self.judge.write(
            told,
            self._done,
            self._failed,
            self.prompt.toPlainText(),
            length=self.length.value(),
            temperature=self.temperature.value(),
            top_k=self.top_k.value(),
            seed=self.seed.value(),
        )
        self.written.clear()
        live(self.says.setText, "The network writes.")
        self._look.start()
        self._show_state()

    def stop(self) -> None:
        """End it; what is written stays."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _throw(self) -> None:
        self.seed.setValue(random.randrange(MOST_SEED))
        self.write()

    def _end(self) -> None:
        self._draw()
        self._job = None
        self._look.stop()
        self._hint()
        if self._drawn is not None and self._drawn.unknown:
            live(
                self.says.setText,
                "{count} {count:token of your text is|tokens of your text are} unknown to the network.",
                count=self._drawn.unknown,
            )
        self._show_state()

    def _done(self, _written: object) -> None:
        self._end()
        if self._translates:  # so that it can be seen what was looked at for it
            self.judge.try_text(self.prompt.toPlainText())

    def _failed(self, message: Message, _details: str) -> None:
        self._end()
        fixed(self.says.setText, say(message))

    def _show_state(self) -> None:
        self.go_button.setVisible(not self.writing)
        self.stop_button.setVisible(self.writing)

    def _draw(self) -> None:
        """Show what is new, below what is read."""
        if not self._heard or self._heard[0] is self._drawn:
            return
        now, before = self._heard[0], self._drawn
        bar = self.written.verticalScrollBar()
        follow = bar.value() >= bar.maximum() - 2
        if before is None or not now.added.startswith(before.added):
            self.written.clear()
            self._insert(now.begun, "muted")
            self._insert(now.added, "text")
        else:
            self._insert(now.added[len(before.added) :], "text")
        self._drawn = now
        if follow:
            bar.setValue(bar.maximum())

    def _redraw(self) -> None:
        self._drawn = None
        self._draw()

    def _insert(self, text: str, ink: str) -> None:
        cursor = QTextCursor(self.written.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        form = QTextCharFormat()
        form.setForeground(colour(ink))
        cursor.insertText(text, form)


class MakeView(View):
    """What networks make of a seed: samples out of noise, an episode, a way from one sample to another."""

    ID: ClassVar[str] = "make"
    TITLE: ClassVar[str] = "Make new ones"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("loss",))

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(judge, "The same seed makes the same")
        self.says.hide()  # the room is the pictures'
        self.seed = QSpinBox()
        self.seed.setRange(0, MOST_SEED)
        self.seed.setKeyboardTracking(False)
        self.seed.setMaximumWidth(90)
        live(self.seed.setAccessibleName, "Seed")
        live(self.seed.setToolTip, "The same seed makes the same")
        self.button = QPushButton()
        live(self.button.setText, "Make another")
        live(self.button.setToolTip, "Have something else made: with the next seed")
        live_icon(self.button, "refresh")
        for part in (label("Seed", "muted"), self.seed, self.button):
            self.head.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self.head.addStretch(1)
        self.made = MadeView(
            lambda seed: tr("Seed {seed}", seed=seed), "Go back to what was made of an earlier seed"
        )
        self.body.addWidget(self.made, 1)
        self._opened: Opened | None = None
        self._shown: list[int] = []
        self.seed.valueChanged.connect(self._ask)
        self.button.clicked.connect(lambda: self.seed.setValue(self.seed.value() + 1))

    def fits(self, opened: Opened) -> bool:
        """Offer it where another seed makes something else."""
        from studio.train.judging.making import makes

        return makes(opened.plan)

    def _ask(self, _seed: int = 0) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Have something made of the seed."""
        if opened is not self._opened:
            self._opened, self._shown = opened, []
            self.made.restart()
            with QSignalBlocker(self.seed):
                self.seed.setValue(1)
        seed = self.seed.value()

        def work(told: Told) -> object:
            from studio.train.judging.making import made

            def wanted() -> bool:
                told(0.0)
                return True

            assert opened.plan is not None  # it is offered only with one
            return seed, made(opened.model, opened.data, opened.plan, seed, wanted)

        self.want(seed, work, network=True)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Show it, and keep what was made before to go back to."""
        from studio.train.events import SampleMade

        seed: int = found[0]
        some: tuple[Made, ...] = found[1]
        if self._shown[-1:] == [seed]:
            return
        self._shown.append(seed)
        for each in some:
            self.made.add(SampleMade(seed, 0, each))
