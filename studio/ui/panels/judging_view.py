"""What every view of a judgement has: how to read it, its picture, and work that can be ended."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from studio.graph import Message
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.widgets.plain import label, narrowing
from studio.ui.words.text import fixed, live, say

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind


class Pages(QStackedWidget):
    """Pages that only ask for the room of the one in front."""

    def sizeHint(self) -> QSize:
        """Take what the page in front wishes for."""
        front = self.currentWidget()
        return front.sizeHint() if front is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Take what the page in front needs."""
        front = self.currentWidget()
        return front.minimumSizeHint() if front is not None else super().minimumSizeHint()


class View(QWidget):
    """One way to look at a judgement; it works only while it is in front."""

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    KINDS: ClassVar[frozenset[Kind]]
    """What is judged in the judgements that it can show."""

    def __init__(self, judge: Judge, says: str) -> None:
        """Make an empty view.

        Args:
            judge: has the judgement.
            says: how to read it, a text of ours.
        """
        super().__init__()
        self.judge = judge
        self.front = False
        self.says = label(says, "muted", wrap=True)
        self.says.setSizePolicy(narrowing())
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE_SMALL)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE_TINY)
        inner = QWidget()
        inner.setLayout(self.body)
        self.pages = Pages()
        self.pages.addWidget(inner)
        self.pages.addWidget(self._waiting())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self.says)
        column.addLayout(self.head)
        column.addWidget(self.pages, 1)
        judge.work.told.connect(self._told)

    def _waiting(self) -> QWidget:
        page = QWidget()
        self.hint = label(role="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(240)
        self.cancel_button, self.again_button = QPushButton(), QPushButton()
        live(self.cancel_button.setText, "Cancel")
        live(self.again_button.setText, "Try again")
        self.cancel_button.clicked.connect(self._cancel)
        self.again_button.clicked.connect(self._again)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.hint)
        for part in (self.progress, self.cancel_button, self.again_button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    # -- what a view does ------------------------------------------------------------------------------

    def renew(self, opened: Opened) -> None:
        """Show the judgement, or have worked out what is needed for that."""

    def show_found(self, opened: Opened, found: object) -> None:
        """Show what was worked out."""

    def fits(self, opened: Opened) -> bool:
        """Tell whether there is anything to see of a judgement."""
        return opened.evaluation.kind in self.KINDS

    # -- coming to the front ---------------------------------------------------------------------------

    def come(self) -> None:
        """Be in front: show what there is."""
        self.front = True
        if self.judge.opened is not None:
            self.renew(self.judge.opened)

    def go(self) -> None:
        """Be behind another one: begin nothing any more."""
        self.front = False

    # -- work ------------------------------------------------------------------------------------------

    def want(self, key: Hashable, work: Callable[[Told], object], *, network: bool = False) -> None:
        """Have something worked out; `show_found` gets it."""
        self.judge.work.want(self.ID, key, work, network=network)
        self._show()

    def tell(self, message: Message) -> None:
        """Say why there is nothing to see."""
        fixed(self.hint.setText, say(message))
        for part in (self.progress, self.cancel_button, self.again_button):
            part.hide()
        self.pages.setCurrentIndex(1)

    def _told(self, place: str) -> None:
        if place == self.ID and self.front:
            self._show()

    def _show(self) -> None:
        now, opened = self.judge.work.at(self.ID), self.judge.opened
        if opened is None:
            return
        working = now.job is not None
        self.progress.setVisible(working)
        self.cancel_button.setVisible(working)
        self.again_button.setVisible(now.ended and now.result is None)
        if now.result is not None:
            self.pages.setCurrentIndex(0)
            self.show_found(opened, now.result)
            return
        self.pages.setCurrentIndex(1)
        if working:
            self.progress.setValue(round(100 * now.share))
            live(self.hint.setText, "Working it out")
        elif now.error is not None:
            fixed(self.hint.setText, say(now.error))
        else:
            live(self.hint.setText, "Cancelled")

    def _cancel(self) -> None:
        self.judge.work.cancel(self.ID)

    def _again(self) -> None:
        self.judge.work.again(self.ID)
        self.come()
