"""One problem as a person sees it: its place, what is wrong, what was expected, and its mends as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studio.graph import Message
from studio.project import Fix, GraphRef, Project, edits
from studio.ui.document import Document
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.widgets.plain import label
from studio.ui.words.text import fixed, live, say, tr

if TYPE_CHECKING:
    from studio.compiler import Problem


def place_of(problem: Problem, project: Project) -> str:
    """Name the block that a problem is on, and its graph where there are several."""
    refs = project.refs()
    graph = project.graph(problem.graph) if problem.graph in refs else None
    node = graph.nodes.get(problem.node) if graph is not None else None
    where = problem.graph.name
    if node is None and problem.about == "plan":
        return tr("Training plan")
    if node is None:
        return where
    return node.name if len(refs) == 1 else f"{where} › {node.name}"


def told(problem: Problem) -> str:
    """Give everything that is said of a problem as lines of text."""
    lines = [say(problem.message)]
    if problem.expected is not None:
        lines.append(tr("Expected: {expected}", expected=problem.expected))
    if problem.received is not None:
        lines.append(tr("Received: {received}", received=problem.received))
    return "\n".join(lines)


class ProblemCard(QFrame):
    """A problem on a coloured ground, with a button for each mend."""

    chosen = Signal(object, str)
    """A person wants to see the place: the graph and the node."""

    def __init__(self, problem: Problem, document: Document, *, place: bool = True) -> None:
        """Make the card.

        Args:
            problem: what is wrong.
            document: where mends are applied.
            place: whether to name the place; not needed beside the place itself.
        """
        super().__init__()
        self.problem = problem
        self._document = document
        self.setProperty("kind", problem.severity)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        row.setSpacing(SPACE_SMALL)
        mark = QLabel()
        mark.setPixmap(icon(problem.severity).pixmap(QSize(18, 18)))
        mark.setAccessibleName(tr("Error") if problem.severity == "error" else tr("Warning"))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(SPACE_TINY)
        if place:
            where = label(role="heading")
            fixed(where.setText, place_of(problem, document.project))
            column.addWidget(where)
        for role, text in self._texts():
            said = label(role=role, wrap=True)
            fixed(said.setText, text)
            said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            column.addWidget(said)
        if problem.fixes or self._has_details():
            column.addWidget(self._buttons(problem.fixes))
        row.addLayout(column, 1)
        self.setToolTip("")

    def buttons(self) -> list[QPushButton]:
        """Give the buttons of the mends."""
        return self.findChildren(QPushButton)

    def said(self) -> list[QLabel]:
        """Give the labels with words on them."""
        return [part for part in self.findChildren(QLabel) if part.text()]

    def _texts(self) -> list[tuple[str, str]]:
        message = say(self.problem.message)
        expected, received = self.problem.expected, self.problem.received
        more = []
        # What the sentence says already is not said again.
        if expected is None or say(expected) not in message:
            if expected is not None:
                more.append(tr("Expected: {expected}", expected=expected))
            if received is not None:
                more.append(tr("Received: {received}", received=received))
        return [("", message), *([("caption", "   ".join(more))] if more else [])]

    def _has_details(self) -> bool:
        """Tell whether there is more to copy: what a run failed with cannot be looked up again."""
        return self.problem.about == "run" and bool(self.problem.details)

    def _buttons(self, fixes: tuple[Fix, ...]) -> QWidget:
        holder = QWidget()
        holder.setAutoFillBackground(False)
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, SPACE_TINY, 0, 0)
        row.setSpacing(SPACE_TINY)
        for fix in fixes[:4]:
            button = QPushButton()
            live(button.setText, "{mend}", mend=fix.label)
            live_icon(button, "fix")
            button.clicked.connect(lambda _=False, fix=fix: apply(self._document, self.problem.graph, fix))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            row.addLayout(line)
        if self._has_details():
            copy = QPushButton()
            live(copy.setText, "Copy details")
            live_icon(copy, "copy")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.problem.details))
            line = QHBoxLayout()
            line.addWidget(copy)
            line.addStretch(1)
            row.addLayout(line)
        return holder


def apply(document: Document, ref: GraphRef, fix: Fix) -> bool:
    """Mend a problem as one step that can be undone; code is trusted only after a look at it."""
    if fix.action == "trust":
        document.trust_wanted.emit()
        return True
    return document.attempt(
        Message("Mend: {what}", what=fix.label), lambda project: edits.apply_fix(project, ref, fix)
    )
