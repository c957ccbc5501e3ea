"""The table of the analysis: what each column says of a block, how it is sorted, and how it is taken away."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.graph import Message
from studio.ui.widgets.plain import tip
from studio.ui.words.dimensions import named, sized
from studio.ui.words.figures import count, short, size
from studio.ui.words.text import say, tr

if TYPE_CHECKING:
    from studio.compiler.costs import Given, Row
    from studio.compiler.receptive import Field

Index = QModelIndex | QPersistentModelIndex
Text = Callable[["Row", str], str]
"""A row and the title of its block to a text."""

SORT_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1

_LARGEST = 2**62
"""Qt sorts by whole numbers of 64 bits."""

_SHOWN, _NAMED = 3, 30
"""How many learnable tensors are named in a cell and in its tool tip."""


def described(given: Given) -> str:
    """Write what leaves a port in full, for a tool tip."""
    return f"{given.port}: {sized(given.tensor, given.labels)} · {given.tensor.dtype}"


def seen(field: Field | None) -> str:
    """Write a receptive field: `10 × 10, step 4`."""
    if field is None:
        return "–"
    if field.whole:
        return tr("whole input")
    sizes = " × ".join(map(str, field.sizes))
    steps = _steps(field)
    return tr("{size}, step {step}", size=sizes, step=steps) if steps not in ("", "1") else sizes


def _steps(field: Field) -> str:
    known = [_fraction(jump) for jump in field.jumps if jump is not None]
    return known[0] if len(set(known)) == 1 else " × ".join(known)


def _fraction(number: Fraction) -> str:
    return str(number)


def _field_tip(row: Row, title: str) -> str:
    field = row.field
    if field is None:
        return tr("It has no meaning here, or is not known.")
    if field.whole:
        return tr("Each number sees the whole of “{input}”.", input=field.source)
    return tr(
        "Each place sees {size} of “{input}”; neighbours look {step} apart.",
        size=" × ".join(map(str, field.sizes)),
        input=field.source,
        step=_steps(field) or "–",
    )


def _weights(row: Row, title: str) -> str:
    named = ", ".join(map(str, row.weights[:_SHOWN]))
    if len(row.weights) > _SHOWN:
        return tr("{names} … {count} in all", names=named, count=len(row.weights))
    return named or "–"


def _outputs(row: Row, write: Callable[[Given], str]) -> str:
    return "   ".join(write(given) for given in row.outputs) or "–"


def _natural(text: str) -> str:
    """Give a key by which conv2 comes before conv10."""
    return re.sub(r"\d+", lambda found: found.group().zfill(8), text.casefold())


def _amount(number: int | None) -> int:
    return -1 if number is None else min(number, _LARGEST)


def _reach(row: Row) -> int:
    if row.field is None:
        return -1
    total = 1
    for each in row.field.sizes:
        total *= each
    return _LARGEST if row.field.whole else min(total, _LARGEST - 1)


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        title: its heading.
        doc: what it says, for a tool tip.
        text: what a cell shows.
        key: what rows are sorted by.
        raw: what a cell is in a file; a number in full.
        hint: the tool tip of a cell.
        number: its cells stand at the right.
        bytes: in a file they are counted in bytes.
    """

    title: Message
    doc: Message
    text: Text
    key: Callable[[Row, str], str | int]
    raw: Callable[[Row, str], str | int | None]
    hint: Text | None = None
    number: bool = False
    bytes: bool = False


def _counted(
    title: Message, doc: Message, of: Callable[[Row], int | None], write: Callable[..., str]
) -> Column:
    return Column(
        title,
        doc,
        lambda row, _: write(of(row)),
        lambda row, _: _amount(of(row)),
        lambda row, _: of(row),
        lambda row, _: count(of(row)),
        number=True,
        bytes=write is size,
    )


def _said(title: Message, doc: Message, text: Text, hint: Text | None = None) -> Column:
    return Column(title, doc, text, lambda row, name: _natural(text(row, name)), text, hint or text)


COLUMNS = (
    _said(Message("Block"), Message("The name of the block on the canvas."), lambda row, _: row.name),
    _said(Message("Type"), Message("What kind of block it is."), lambda _, title: title),
    Column(
        Message("Output"),
        Message("The sizes of what leaves the block; B is the batch size."),
        lambda row, _: _outputs(row, lambda given: str(given.tensor)),
        lambda row, _: _amount(
            sum(given.tensor.elements() for given in row.outputs) if row.outputs else None
        ),
        lambda row, _: _outputs(row, lambda given: str(given.tensor)),
        lambda row, _: "\n".join(map(described, row.outputs)),
    ),
    _said(
        Message("Dimensions"),
        Message("What each size of the output means, where that is known."),
        lambda row, _: _outputs(row, lambda given: named(given.labels)),
        lambda row, _: "\n".join(map(described, row.outputs)),
    ),
    Column(
        Message("Receptive field"),
        Message(
            "How much of an input each place of the output is made from, and how far apart neighbours look."
        ),
        lambda row, _: seen(row.field),
        lambda row, _: _reach(row),
        lambda row, _: seen(row.field),
        _field_tip,
    ),
    _counted(
        Message("Parameters"), Message("Learnable numbers of the block."), lambda row: row.parameters, count
    ),
    Column(
        Message("Learnable tensors"),
        Message("The learnable numbers by name and sizes."),
        _weights,
        lambda row, _: len(row.weights),
        lambda row, _: "; ".join(map(str, row.weights)),
        lambda row, _: "\n".join([*map(str, row.weights[:_NAMED]), *["…"] * (len(row.weights) > _NAMED)]),
    ),
    _counted(
        Message("Multiply-adds"),
        Message("Multiplications with an addition, for one sample."),
        lambda row: row.multiply_adds,
        short,
    ),
    _counted(
        Message("Memory of a sample"),
        Message("Memory of what leaves the block, for one sample."),
        lambda row: row.activation_bytes,
        size,
    ),
    _counted(
        Message("Memory of weights"),
        Message("Memory of the learnable numbers."),
        lambda row: row.parameter_bytes,
        size,
    ),
)
"""Every column, in order."""

NUMBERS = tuple(index for index, column in enumerate(COLUMNS) if column.number)


class AnalysisModel(QAbstractTableModel):
    """The rows of one graph."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without rows."""
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._titles: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order in which the blocks run."""
        return self._rows

    @property
    def titles(self) -> tuple[str, ...]:
        """What kind of block each row is, in the language in use."""
        return self._titles

    def place(self, id: str) -> int:
        """Give the row of a node; -1 where it has none."""
        return next((index for index, row in enumerate(self._rows) if row.id == id), -1)

    def show(self, rows: Sequence[Row], titles: Sequence[str]) -> None:
        """Show rows; where they are of the same blocks, what is chosen stays chosen."""
        same = [row.id for row in rows] == [row.id for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._titles = tuple(rows), tuple(titles)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  an index is a value
        """Give how many blocks there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  an index is a value
        """Give how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a cell shows, what it is sorted by, or its tool tip."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, title, column = self._rows[index.row()], self._titles[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row, title)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(column.hint(row, title)) if column.hint is not None else ""
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.UserRole:
                return column.key(row, title)
        return row.id if role == ID_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a heading or its tool tip."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return say(COLUMNS[section].title)
            case Qt.ItemDataRole.ToolTipRole:
                how = tr(
                    "Click to sort, or press Alt+Up or Alt+Down in the column; Alt+Home for the first order."
                )
                return tip(f"{say(COLUMNS[section].doc)}\n{how}")
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(COLUMNS[section])
        return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


# -- taking it away ----------------------------------------------------------------------------------------


def as_csv(rows: Iterable[tuple[Row, str]]) -> str:
    """Write the table as CSV, numbers in full, so that no spreadsheet reads a name as a formula."""
    return _written(rows, ",")


def as_clipboard(rows: Sequence[tuple[Row, str]]) -> QMimeData:
    """Give the table as spreadsheets and documents take it: text with tabs, and a table of HTML."""
    made = QMimeData()
    made.setText(_written(rows, "\t"))
    head = "".join(f"<th>{html.escape(say(column.title))}</th>" for column in COLUMNS)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(column.text(row, title))}</td>" for column in COLUMNS) + "</tr>"
        for row, title in rows
    )
    made.setHtml(f"<table><tr>{head}</tr>{body}</table>")
    return made


def _written(rows: Iterable[tuple[Row, str]], separator: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow([_heading(column) for column in COLUMNS])
    for row, title in rows:
        cells = [column.raw(row, title) for column in COLUMNS]
        writer.writerow([_tame(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()


def _heading(column: Column) -> str:
    return tr("{what} (bytes)", what=column.title) if column.bytes else say(column.title)


def _tame(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula, also behind blanks that it drops."""
    return f"'{text}" if text[:1] in tuple("\t\r\n") or text.lstrip()[:1] in tuple("=+-@") else text
