"""What the views of the inside of a network share: a sample is chosen, and its way through it shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from studio.graph import Message
from studio.project import Project
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.panels.judging_view import View
from studio.ui.panels.judging_why import SampleChoice, WhyView
from studio.ui.words.text import languages

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.trying import Tried


class InsideView(View):
    """A view of what happens inside the network for one sample; who inherits says what is looked at."""

    KINDS: ClassVar[frozenset[Kind]] = WhyView.KINDS

    def __init__(self, judge: Judge, says: str, *controls: QWidget) -> None:
        """Put the choice of a sample and further controls above what will be shown.

        Args:
            judge: has the judgement.
            says: how to read it, a text of ours.
            controls: what stands beside the choice of the sample.
        """
        super().__init__(judge, says)
        self.sample = SampleChoice(judge)
        for part in (self.sample, *controls):
            self.head.addWidget(part)
        self.head.addStretch(1)
        judge.answered.connect(self._ask)
        languages.changed.connect(self._ask)

    def inside(self, opened: Opened, project: Project, tried: Tried) -> object:
        """Look inside, on another thread, and give what `show_found` takes: here the sample alone."""
        return tried

    def _ask(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def renew(self, opened: Opened) -> None:
        """Look at the chosen sample."""
        self.sample.renew()
        tried, project = self.judge.tried, opened.project
        if tried is None or project is None:
            self.tell(Message("Choose a sample first."))
            return

        def work(_told: Told) -> object:
            return self.inside(opened, project, tried)

        self.want((tried.part, tried.index) if tried.index is not None else tried, work, network=True)
