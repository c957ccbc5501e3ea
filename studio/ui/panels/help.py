"""What one block is for: its inputs, outputs and parameters, and the block at work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.blocks import Block, Parameter
from studio.blocks.declare import Port
from studio.ui.editing.composites import definition_of, told
from studio.ui.jobs import Job, Jobs
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY, themes
from studio.ui.panels.code_editor import CodeEditor
from studio.ui.panels.fields import text_of
from studio.ui.panels.palette import family_icon, family_role, group_title, title_of
from studio.ui.widgets.plain import is_seen, label, line
from studio.ui.words.text import fixed, language, languages, live, say, tr

if TYPE_CHECKING:
    from studio.compiler.example import Example


WIDEST_NAME = 120
"""The most room that a name takes from what is said of it, in pixels."""


class HelpPanel(QWidget):
    """The page of the block that was chosen last, on the canvas or in the list of blocks."""

    def __init__(self, jobs: Jobs) -> None:
        """Begin without a block.

        Args:
            jobs: where the examples are computed.
        """
        super().__init__()
        self._jobs = jobs
        self._job: Job | None = None
        self.block: Block | None = None
        self._examples: dict[str, Example | None] = {}
        self._ready = False
        self._stale = True
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self._scroll.setAccessibleName, "Help")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, SPACE_TINY, 0, 0)
        whole.addWidget(self._scroll)
        self.code: CodeEditor | None = None
        self._example_place: QVBoxLayout | None = None
        languages.changed.connect(self._renew)
        themes.changed.connect(self._renew)
        self._renew()

    def show_block(self, block: Block | None) -> None:
        """Show the page of a block; None leaves the page that is shown."""
        if block is not None and block != self.block:
            self.block = block
            self._renew()

    def make_ready(self) -> None:
        """Examples can be computed from now on: the compiler is loaded."""
        self._ready = True
        self._ask()

    def seen(self) -> None:
        """Make the page that nobody looked at."""
        if self._stale:
            self._fill()

    def texts(self) -> list[str]:
        """Give everything that the page says."""
        page = self._scroll.widget()
        return [part.text() for part in page.findChildren(QLabel) if part.text()] if page is not None else []

    def _renew(self) -> None:
        self._stale = True
        if is_seen(self):
            self._fill()

    def _fill(self) -> None:
        self._stale = False
        self.code, self._example_place = None, None
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        if self.block is None:
            hint = label(
                "Choose a block on the canvas or in the list to read what it does.", "muted", wrap=True
            )
            column.addWidget(hint)
        else:
            self._write(column, self.block)
        column.addStretch(1)
        self._scroll.setWidget(page)
        self._ask()

    def _write(self, column: QVBoxLayout, block: Block) -> None:
        column.addLayout(_head(block))
        doc = label(wrap=True)
        fixed(doc.setText, told(block) if definition_of(block) else tr(block.doc))
        column.addWidget(doc)
        if block.inputs:
            column.addWidget(label("Inputs", "heading"))
            column.addLayout(
                _table([(port.name, _of_port(port, tr("A tensor of any shape."))) for port in block.inputs])
            )
        if block.outputs:
            column.addWidget(label("Outputs", "heading"))
            column.addLayout(
                _table([(port.name, _of_port(port, tr("The result."))) for port in block.outputs])
            )
        parameters = [one for one in block.parameters.values() if not one.fixed]
        if parameters:
            column.addWidget(label("Parameters", "heading"))
            rows = [(say(one.said), _of_parameter(one)) for one in parameters]
            column.addLayout(_table(rows))
        self._example_place = QVBoxLayout()
        self._example_place.setSpacing(SPACE_SMALL)
        column.addLayout(self._example_place)
        if block.keywords:
            found = label(role="caption", wrap=True)
            live(found.setText, "Also found as: {words}", words=", ".join(map(tr, block.keywords)))
            column.addWidget(found)

    def _ask(self) -> None:
        """Show the example, computed once for each block on a thread of its own."""
        block = self.block
        if block is None or definition_of(block) or not self._ready or self._stale:
            return
        if block.type in self._examples:
            self._show_example(block)
        elif self._job is None:

            def work(_job: Job) -> object:
                from studio.compiler.example import example_of  # torch is there: the compiler is loaded

                return example_of(block)

            self._job = self._jobs.start(
                work, partial(self._computed, block), lambda *_: self._computed(block, None), "example"
            )

    def _computed(self, block: Block, found: object) -> None:
        self._job = None
        self._examples[block.type] = found  # type: ignore[assignment]  # what the work gave
        self._ask()

    def _show_example(self, block: Block) -> None:
        example, place = self._examples[block.type], self._example_place
        if example is None or place is None or self.code is not None:
            return
        place.addWidget(line())
        place.addWidget(label("Example", "heading"))
        shapes = [(name, shape) for name, shape in (*example.arrives, *example.gives)]
        arrows = [tr("in")] * len(example.arrives) + [tr("out")] * len(example.gives)
        rows = [(f"{arrow} {name}", shape) for arrow, (name, shape) in zip(arrows, shapes, strict=True)]
        place.addLayout(_table(rows))
        self.code = CodeEditor()
        self.code.setReadOnly(True)
        self.code.show_text(example.code)
        self.code.setLineWrapMode(CodeEditor.LineWrapMode.NoWrap)
        self.code.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = example.code.count("\n") + 1
        bar = self.code.horizontalScrollBar().sizeHint().height()
        self.code.setFixedHeight(lines * self.code.fontMetrics().lineSpacing() + bar + 2 * SPACE_SMALL)
        place.addWidget(self.code)


def _head(block: Block) -> QVBoxLayout:
    """Make the picture, the name and the way to the library's own page."""
    whole = QVBoxLayout()
    whole.setSpacing(SPACE_TINY)
    row = QHBoxLayout()
    row.setSpacing(SPACE_SMALL)
    picture = QLabel()
    picture.setPixmap(icon(family_icon(block), family_role(block)).pixmap(QSize(22, 22)))
    title = label(role="heading")
    fixed(title.setText, title_of(block))
    title.setWordWrap(True)
    row.addWidget(picture)
    row.addWidget(title, 1)
    if block.link:
        link = QPushButton()
        link.setProperty("kind", "flat")
        live(link.setText, "Documentation")
        live_icon(link, "help", "accent")
        link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(block.link)))
        row.addWidget(link)
    whole.addLayout(row)
    family = label(role="caption", wrap=True)
    said = group_title(block.group)
    fixed(family.setText, f"{said} · {block.target}" if block.target else said)
    whole.addWidget(family)
    return whole


def _table(rows: list[tuple[str, str]]) -> QGridLayout:
    """Lay names beside what they mean."""
    table = QGridLayout()
    table.setHorizontalSpacing(SPACE)
    table.setVerticalSpacing(SPACE_TINY)
    table.setColumnStretch(1, 1)
    for row, (name, said) in enumerate(rows):
        left, right = label(role="muted", wrap=True), label(wrap=True)
        fixed(left.setText, name)
        left.ensurePolished()
        left.setFixedWidth(min(WIDEST_NAME, left.fontMetrics().horizontalAdvance(name) + 2))
        fixed(right.setText, said)
        right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        table.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
        table.addWidget(right, row, 1)
    return table


def _of_port(port: Port, otherwise: str) -> str:
    """Say what goes through a port, and what it takes; something else where nothing is known."""
    said = [tr(port.doc)] if port.doc else []
    if port.many:
        said.append(tr("Takes several wires, in their order."))
    if port.optional:
        said.append(tr("May stay unconnected."))
    if port.rank:
        ranks = tr(" or ").join(str(rank) for rank in port.rank)
        said.append(tr("Dimensions, the batch counted: {ranks}.", ranks=ranks))
    if port.dtype == "int":
        said.append(tr("Whole numbers."))
    return _joined(said) or otherwise


def _of_parameter(parameter: Parameter) -> str:
    """Say what a parameter does, what it is at first and what it may be."""
    said = [tr(parameter.doc)]
    first, low, high = parameter.default, parameter.low, parameter.high
    if parameter.source is not None:
        said.append(tr("Read off what arrives."))
    elif parameter.reads is not None:
        said.append(tr("Read off what arrives, unless it is set."))
    else:
        said.append(tr("At first: {value}.", value=tr("empty") if first is None else text_of(first)))
        if parameter.choices:
            said.append(tr("One of: {values}.", values=", ".join(text_of(one) for one in parameter.choices)))
        if low is not None and high is not None:
            said.append(tr("From {low} to {high}.", low=f"{low:g}", high=f"{high:g}"))
        elif low is not None:
            said.append(tr("At least {low}.", low=f"{low:g}"))
        elif high is not None:
            said.append(tr("At most {high}.", high=f"{high:g}"))
    return _joined(said)


def _joined(sentences: list[str]) -> str:
    """Put sentences behind each other as the language in use does."""
    return ("" if language().startswith("zh") else " ").join(sentences)
