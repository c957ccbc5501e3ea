"""What the columns of the data hold: found, correctable, with what is missing and how values are spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.ui.looking.data_look import DataLook
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, colour, themes
from studio.ui.panels.data_page_drawing import BARS, BarsDelegate
from studio.ui.widgets.plain import allow, label, tip
from studio.ui.words.figures import count
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.data.columns import Kind
    from studio.data.look_columns import ColumnLook

PART_SAID = {"input": Message("input"), "target": Message("to predict"), "left": Message("left out")}
"""What becomes of a column."""

_HISTOGRAM, _WIDEST, _HISTOGRAM_WIDTH = 2, 200, 132
_TITLES = (
    Message("Column"),
    Message("Holds"),
    Message("Distribution"),
    Message("Missing"),
    Message("Different"),
    Message("Mean"),
    Message("Spread"),
    Message("Least"),
    Message("Middle"),
    Message("Greatest"),
)


class Cell(QTableWidgetItem):
    """A cell that is sorted by a number where it has one."""

    def __init__(self, text: str, value: float | None = None) -> None:
        """Make a cell.

        Args:
            text: what stands in it.
            value: what it is sorted by; its text when not given.
        """
        super().__init__(text)
        self.value = value

    def __lt__(self, other: QTableWidgetItem) -> bool:
        """Tell which of two stands first."""
        if isinstance(other, Cell) and self.value is not None and other.value is not None:
            return self.value < other.value
        return self.text().casefold() < other.text().casefold()


class ColumnsView(QWidget):
    """A row for each column; above them what can be said of the chosen one."""

    def __init__(self, data: DataLook) -> None:
        """Make it empty.

        Args:
            data: has the columns.
        """
        super().__init__()
        self._data = data
        self._columns: tuple[ColumnLook, ...] = ()
        self.kind, self.aim = QComboBox(), QPushButton()
        self._name = label(role="muted")
        self._more = label(role="muted")
        self.table = table = QTableWidget()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._delegate = BarsDelegate(self)
        table.setItemDelegateForColumn(_HISTOGRAM, self._delegate)
        live(table.setAccessibleName, "Columns")
        live(self.kind.setAccessibleName, "What the column holds")
        live(self.aim.setText, "Predict this column")
        live_icon(self.aim, "evaluation")
        bar = QHBoxLayout()
        bar.setSpacing(SPACE_SMALL)
        bar.addWidget(self._name)
        bar.addWidget(self.kind)
        bar.addWidget(self.aim)
        bar.addWidget(self._more)
        bar.addStretch(1)
        self._bar = QWidget()
        self._bar.setLayout(bar)
        bar.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_SMALL, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self._bar)
        column.addWidget(table, 1)
        table.itemSelectionChanged.connect(self._show_chosen)
        table.activated.connect(lambda _index: self.kind.setFocus())
        self.kind.activated.connect(self._correct)
        self.aim.clicked.connect(self._aim)
        languages.changed.connect(self._fill)
        themes.changed.connect(self._fill)

    # -- showing --------------------------------------------------------------------------------------

    def renew(self, *, goals: bool = False) -> None:
        """Show the columns of what is looked at now.

        Args:
            goals: show the numbers to predict instead.
        """
        look = self._data.look
        if look is None:
            return
        self._columns = look.goals if goals else look.columns
        self._bar.setVisible(not goals)
        if look.in_all > len(self._columns) and not goals:
            said = "The first {shown} of {count} columns."
            live(self._more.setText, said, shown=len(self._columns), count=count(look.in_all))
        else:
            fixed(self._more.setText, "")
        self._fill()

    def column(self) -> ColumnLook | None:
        """Give the chosen column."""
        chosen = self.table.selectedItems()
        name = chosen[0].data(Qt.ItemDataRole.UserRole) if chosen else None
        return next((one for one in self._columns if one.name == name), None)

    def choose(self, name: str) -> None:
        """Choose a column by its name."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == name:
                self.table.setCurrentCell(row, 0)

    def _fill(self) -> None:
        if not self._columns:
            return
        from studio.data.look_columns import said  # with torch: only once there is data

        table, before = self.table, self.column()
        table.setSortingEnabled(False)
        with QSignalBlocker(table):
            table.clear()
            table.setColumnCount(len(_TITLES))
            table.setRowCount(len(self._columns))
            table.setHorizontalHeaderLabels([say(title) for title in _TITLES])
            for row, one in enumerate(self._columns):
                self._fill_row(row, one, said)
        table.resizeColumnsToContents()
        table.setColumnWidth(0, min(table.columnWidth(0) + SPACE_SMALL, _WIDEST))
        head = table.horizontalHeader()
        head.setMinimumSectionSize(48)
        table.setColumnWidth(_HISTOGRAM, _HISTOGRAM_WIDTH)
        table.verticalHeader().setDefaultSectionSize(34)
        table.setSortingEnabled(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.choose(before.name if before is not None else self._columns[0].name)
        self._show_chosen()

    def _fill_row(self, row: int, one: ColumnLook, said: object) -> None:
        assert callable(said)
        words = one.kind == "category"
        name = Cell(one.name or tr("To predict"))
        name.setToolTip(tip(one.name))
        name.setData(Qt.ItemDataRole.UserRole, one.name)
        held = Cell(_held(one))
        gone = Cell(f"{count(one.missing)} ({100 * one.missing / one.count:.0f} %)" if one.missing else "0")
        gone.value = one.missing
        different = Cell(count(one.different), one.different if one.different is not None else -1)
        figures = [
            Cell("" if words else _figure(one, value, said, spread=place == 1), value)
            for place, value in enumerate((one.mean, one.std, one.low, one.median, one.high))
        ]
        spread = Cell("")
        spread.setData(BARS, one.bars)
        spread.setToolTip(tip(_bars_said(one, said)))
        spread.setData(Qt.ItemDataRole.AccessibleTextRole, _bars_said(one, said))
        if one.missing > 0.3 * one.count:
            gone.setForeground(colour("warning"))
        for place, cell in enumerate((name, held, spread, gone, different, *figures)):
            if place > _HISTOGRAM:
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if one.part == "left":
                cell.setForeground(colour("muted"))
            self.table.setItem(row, place, cell)

    def _show_chosen(self) -> None:
        from studio.data.columns import KIND_TITLES, KINDS
        from studio.data.look_columns import can_correct

        one, choice = self.column(), self._data.choice
        able = one is not None and choice is not None and can_correct(choice)
        for part in (self._name, self.kind, self.aim):
            part.setVisible(able)
        if one is None or not able:
            return
        live(self._name.setText, "“{name}” holds", name=one.name[:40])
        with QSignalBlocker(self.kind):
            self.kind.clear()
            for kind in KINDS:
                self.kind.addItem(say(KIND_TITLES[kind]), kind)
            self.kind.setCurrentIndex(self.kind.findData(one.kind))
        self.kind.setEnabled(one.correctable)
        why = Message("This column is predicted already.") if one.part == "target" else None
        allow(self.aim, why)

    # -- edits ----------------------------------------------------------------------------------------

    def _correct(self, index: int) -> None:
        from studio.data.columns import KIND_TITLES
        from studio.data.look_columns import corrected

        one, choice = self.column(), self._data.choice
        kind: Kind = self.kind.itemData(index)
        if one is None or choice is None or kind == one.kind:
            return
        what = Message("Read “{name}” as {kind}", name=one.name[:60], kind=KIND_TITLES[kind])
        try:
            self._data.choose(corrected(choice, one.name, kind), what)
        except NetwrightError:
            self._show_chosen()  # what stands in the parameter is told where it is typed

    def _aim(self) -> None:
        from studio.data.look_columns import aimed

        one, choice = self.column(), self._data.choice
        if one is not None and choice is not None:
            self._data.choose(aimed(choice, one.name), Message("Predict “{name}”", name=one.name[:60]))


def _figure(one: ColumnLook, value: float | None, said: object, *, spread: bool) -> str:
    """Write a figure of a column; of dates the day is enough, and their spread is a number of days."""
    assert callable(said)
    if one.kind != "date" or value is None:
        return str(said("number", value))
    return tr("{n} {n:day|days}", n=round(value)) if spread else str(said("date", float(round(value))))


def _held(one: ColumnLook) -> str:
    from studio.data.columns import KIND_TITLES

    kind = say(KIND_TITLES[one.kind])
    if one.part == "input" or one.kind == "ignore" or not one.name:
        return kind
    return f"{kind} · {say(PART_SAID[one.part])}"


def _bars_said(one: ColumnLook, said: object) -> str:
    """Say in words what the bars show."""
    assert callable(said)
    if one.words:
        pairs = zip(one.words, one.bars, strict=True)
        return "\n".join(f"{word}: {count(bar)}" for word, bar in list(pairs)[:12])
    if not one.bars:
        return ""
    low, high = said(one.kind, one.low), said(one.kind, one.high)
    most = max(range(len(one.bars)), key=one.bars.__getitem__)
    assert one.low is not None
    assert one.high is not None
    step = (one.high - one.low) / len(one.bars)
    at = said(one.kind, one.low + step * (most + 0.5))
    return tr("From {low} to {high}, most often around {most}", low=low, high=high, most=at)
