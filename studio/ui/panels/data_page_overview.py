"""What stands beside the data: what it is, how it is split, what will hurt, and whether the network fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.looking.data_look import DataLook
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY, themes
from studio.ui.panels.data_page_drawing import PartsBar, dot
from studio.ui.panels.data_page_samples import PART_TITLES
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import count, size
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.data.look import Look
    from studio.data.look_dangers import Danger, Mend

WIDTHS = 268, 304
"""The least and the greatest width of the column."""

_MOST_SAID = 12


class Note(QFrame):
    """A sentence on a coloured ground, with buttons for what can be done about it."""

    def __init__(self, kind: str, sentences: list[tuple[str, str]]) -> None:
        """Make it.

        Args:
            kind: `good`, `info`, `warning` or `error`.
            sentences: what it says, each with the role of its label.
        """
        super().__init__()
        self.setProperty("kind", kind)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        self._whole.setSpacing(SPACE_TINY)
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        self._whole.addLayout(row)
        mark = QLabel()
        mark.setPixmap(icon(kind).pixmap(QSize(18, 18)))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(SPACE_TINY)
        row.addLayout(column, 1)
        for said, role in sentences:
            line = label(role=role, wrap=True)
            fixed(line.setText, said)
            line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            column.addWidget(line)

    def offer(self, text: Message, name: str) -> QPushButton:
        """Add a button; where its text is longer than the note is wide, the tool tip has it whole."""
        button = QPushButton()
        live(button.setText, "{text}", text=text)
        button.setToolTip(tip(say(text)))
        button.setMinimumWidth(SPACE)
        live_icon(button, name)
        line = QHBoxLayout()
        line.setContentsMargins(0, SPACE_TINY, 0, 0)
        line.addWidget(button)
        line.addStretch(1)
        self._whole.addLayout(line)
        return button


class Overview(QWidget):
    """The column beside the data."""

    column_wanted = Signal(str)
    """A person wants to see the column that a warning is about."""

    def __init__(self, data: DataLook) -> None:
        """Make it empty.

        Args:
            data: what is looked at.
        """
        super().__init__()
        self._data = data
        self.setFixedWidth(WIDTHS[0])
        self._title, self._said = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self.again = QToolButton()
        live_icon(self.again, "refresh")
        live(self.again.setToolTip, "Look at the data again")
        live(self.again.setAccessibleName, "Look at the data again")
        self.again.clicked.connect(data.again)
        self.bar = PartsBar()
        self._legend = QGridLayout()
        self._legend.setHorizontalSpacing(SPACE_TINY + 2)
        self._legend.setVerticalSpacing(0)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(SPACE_SMALL)
        self.fits, self.good = QVBoxLayout(), QVBoxLayout()
        self.fits.setSpacing(SPACE_SMALL)
        self._lay_out()
        data.fitted.connect(self._show_fit)
        languages.changed.connect(self.renew)
        themes.changed.connect(self.renew)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_SMALL)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(self.bar)
        column.addLayout(self._legend)
        column.addLayout(self.fits)
        column.addLayout(self.notes)
        column.addLayout(self.good)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self.area.setAccessibleName, "About the data")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    # -- showing --------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Show what is looked at now."""
        look = self._data.look
        if look is None:
            return
        fixed(self._title.setText, say(look.dataset.title))
        fixed(self._said.setText, f"{_task(look)} · {size(look.bytes)}")
        self.bar.show_counts([part.count for part in look.parts])
        self._show_legend(look)
        self._show_notes(look)
        self._show_fit()

    def _show_legend(self, look: Look) -> None:
        _empty(self._legend)
        for place, part in enumerate(look.parts):
            mark, name, number = QLabel(), label(role="caption"), label()
            mark.setPixmap(dot(place, 10, self.devicePixelRatioF()))
            fixed(name.setText, say(PART_TITLES[part.name]))
            fixed(number.setText, count(part.count))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for at, widget in enumerate((mark, name, number)):
                self._legend.addWidget(widget, place, at)
                widget.show()
        self._legend.setColumnStretch(1, 1)

    def _show_notes(self, look: Look) -> None:
        _empty(self.notes)
        for danger in look.dangers:
            self.notes.addWidget(self._warning(danger))
        if not look.dangers:
            self.notes.addWidget(Note("good", [(tr("Nothing was found here that would hurt."), "")]))
        if look.dataset.skipped_in_all:
            found = [say(one) for one in look.dataset.skipped[:_MOST_SAID]]
            more = look.dataset.skipped_in_all - len(found)
            if more > 0:
                found.append(tr("… and {count} more.", count=more))
            self.notes.addWidget(Note("info", [(one, "") for one in found]))

    def _warning(self, danger: Danger) -> Note:
        note = Note("error" if danger.grave else "warning", [(say(danger.message), "")])
        for mend in danger.mends:
            button = note.offer(mend.label, "fix")
            button.clicked.connect(lambda _=False, mend=mend: self._mend(mend))
        if danger.column:
            show = note.offer(Message("Show the column"), "show")
            show.setProperty("kind", "flat")
            show.clicked.connect(lambda: self.column_wanted.emit(danger.column))
        return note

    def _mend(self, mend: Mend) -> None:
        choice = self._data.choice
        if choice is not None:
            chosen = choice.with_parameter(mend.parameter, mend.value)
            self._data.choose(chosen, Message("Data: {what}", what=mend.label))

    def _show_fit(self) -> None:
        _empty(self.fits)
        _empty(self.good)
        found = self._data.suited
        if self._data.look is None:
            return
        if found is None:
            self.good.addWidget(Note("info", [(tr("Looking whether the network fits"), "")]))
            return
        if not found.before.networks or not any(len(graph) for graph in found.before.networks.values()):
            said = tr("Nothing is drawn yet. Draw a network, and it can be fitted to this data.")
            self.fits.addWidget(Note("info", [(said, "")]))
            return
        left = list(dict.fromkeys(say(problem.message) for problem in found.left))[:3]
        if not found.steps and not left:
            self.good.addWidget(Note("good", [(tr("The network fits this data."), "")]))
            return
        if not found.steps:
            self.fits.addWidget(Note("warning", [(said, "") for said in left]))
            return
        steps = [(f"• {say(step)}", "") for step in found.steps]
        rest = [(tr("Then there is still: {what}", what=said), "muted") for said in left]
        note = Note("info", [(tr("The network does not fit this data yet."), ""), *steps, *rest])
        button = note.offer(Message("Fit the network to this data"), "fix")
        button.setProperty("kind", "primary")
        live_icon(button, "fix", "accent_text")
        button.clicked.connect(lambda: self._data.fit())
        self.fits.addWidget(note)


def _task(look: Look) -> str:
    """Say what there is to learn."""
    classes = count(len(look.dataset.classes))
    match look.dataset.task:
        case "classification":
            return tr("Classes to tell apart: {count}", count=classes)
        case "binary":
            return tr("A yes or no to tell")
        case "multilabel":
            return tr("Labels, each yes or no: {count}", count=classes)
    return tr("Numbers to predict")


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
