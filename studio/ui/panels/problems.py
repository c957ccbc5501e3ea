"""The list of everything that is wrong, each with its place and its mends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.document import Document
from studio.ui.looks.icons import icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, themes
from studio.ui.panels.problem import ProblemCard
from studio.ui.widgets.plain import is_seen, label
from studio.ui.words.text import languages, live, say

if TYPE_CHECKING:
    from studio.compiler import Problem

MOST = 100
"""How many problems are shown with their buttons; mending them brings up the rest."""


class ProblemsPanel(QWidget):
    """Lists the problems of every graph of the project."""

    chosen = Signal(object, str)
    """A problem was chosen: its graph and the node that it is on."""
    plan_wanted = Signal()
    """A problem of the training plan was chosen, which stands on no block."""
    counted = Signal(int, int)
    """How many errors and warnings there are."""

    def __init__(self, document: Document) -> None:
        """List the problems of the open project."""
        super().__init__()
        self._document = document
        self._problems: tuple[Problem, ...] | None = None
        self._next = -1
        self._stale = True
        self.list = QListWidget()
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setSpacing(SPACE_SMALL // 4)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("kind", "cards")
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        live(self.list.setAccessibleName, "Problems")
        self._fine = _Fine()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._fine)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, 0, SPACE_SMALL, 0)
        column.addWidget(self._pages)
        document.analysed.connect(lambda _ref: self.refresh())
        document.changed.connect(lambda change, _project: self.refresh() if change.graphs else None)
        document.replaced.connect(self.refresh)
        languages.changed.connect(self._rebuild)
        themes.changed.connect(self._rebuild)
        self.list.viewport().installEventFilter(self)
        self._rebuild()

    def problems(self) -> tuple[Problem, ...]:
        """Give what is listed, errors first."""
        return self._problems or ()

    def cards(self) -> list[ProblemCard]:
        """Give the cards in order."""
        widgets = (self.list.itemWidget(self.list.item(row)) for row in range(self.list.count()))
        return [widget for widget in widgets if isinstance(widget, ProblemCard)]

    def refresh(self) -> None:
        """List the problems as they are now."""
        found = sorted(self._document.problems(), key=lambda problem: problem.severity != "error")
        if tuple(found) != self._problems:
            self._problems = tuple(found)
            self._next = min(self._next, len(found) - 1)
            self._rebuild()
            errors = sum(problem.severity == "error" for problem in found)
            self.counted.emit(errors, len(found) - errors)
        else:
            self._tell_fine()

    def go_to_next(self) -> None:
        """Choose the next problem, and after the last the first."""
        if self.problems():
            self._next = (self._next + 1) % len(self.problems())
            if self._next < self.list.count():
                self.list.setCurrentRow(self._next)
            self._go_to(self.problems()[self._next])

    def _go_to(self, problem: Problem) -> None:
        if problem.about == "plan" and not problem.node:
            self.plan_wanted.emit()
        else:
            self.chosen.emit(problem.graph, problem.node)

    def seen(self) -> None:
        """Make the cards that were put off while nobody looked."""
        if self._stale:
            self._rebuild()

    def _rebuild(self) -> None:
        self._stale = not is_seen(self)
        if self._stale:
            return  # a card has several widgets: they are made to be seen
        row = self.list.currentRow()
        self.list.clear()
        problems = self.problems()
        for problem in problems[:MOST]:
            card = ProblemCard(problem, self._document)
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, say(problem.message))
            self.list.addItem(item)
            self.list.setItemWidget(item, card)
            # Its height is asked for now, and depends on fonts and paddings that it gets when it is shown.
            for part in card.findChildren(QWidget):
                part.ensurePolished()
        if len(problems) > MOST:
            more = QListWidgetItem()
            told = label(role="muted")
            live(told.setText, "… and {count} more", count=len(problems) - MOST)
            self.list.addItem(more)
            self.list.setItemWidget(more, told)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._measure()
        self._tell_fine()

    def _tell_fine(self) -> None:
        self._pages.setCurrentWidget(self.list if self.problems() else self._fine)
        known = all(self._document.report(ref) is not None for ref in self._document.project.refs())
        empty = not any(len(graph) for graph in self._document.project.networks.values())
        self._fine.say(known=known, empty=empty)

    def _choose(self, item: QListWidgetItem) -> None:
        card = self.list.itemWidget(item)
        if isinstance(card, ProblemCard):
            self._next = self.list.row(item)
            self._go_to(card.problem)

    def _measure(self) -> None:
        """Make every row as high as its text needs at this width."""
        width = self.list.viewport().width() - SPACE_SMALL
        for row in range(self.list.count()):
            item = self.list.item(row)
            card = self.list.itemWidget(item)
            if card is not None and width > 0:
                height = card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
                item.setSizeHint(QSize(width, height + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the texts anew."""
        super().resizeEvent(event)
        self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the list itself, which a scroll bar changes."""
        if event.type() == QEvent.Type.Resize:
            self._measure()
        return super().eventFilter(watched, event)


class _Fine(QWidget):
    """Stands in place of the list when nothing is wrong."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(SPACE_SMALL)
        self._mark = label()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label(role="muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        column.addWidget(self._mark)
        column.addWidget(self._text)
        column.addStretch(1)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)

    def say(self, *, known: bool, empty: bool) -> None:
        """Tell that nothing is wrong, or that it is not known yet."""
        name = "busy" if not known else "info" if empty else "good"
        self._mark.setPixmap(icon(name).pixmap(QSize(28, 28)))
        if not known:
            live(self._text.setText, "Checking the network…")
        elif empty:
            live(self._text.setText, "The canvas is empty: drag a block onto it to begin.")
        else:
            live(self._text.setText, "No problems in the drawing.")
