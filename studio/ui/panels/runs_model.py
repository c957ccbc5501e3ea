"""The columns of the table of runs, its rows as Qt asks for them, and what of them is shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from studio.graph import Message
from studio.ui.panels.curves import ASIDE, group_of, measure_title
from studio.ui.panels.runs_found import Entry, Found
from studio.ui.widgets.plain import tip
from studio.ui.words.figures import duration, measure, moment
from studio.ui.words.text import say, tr

Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = Qt.ItemDataRole.UserRole
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1

MOST_CHANGES = 3
"""How many differences a cell names."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        id: by which it is remembered.
        title: its heading.
        text: what a cell shows.
        key: what it is sorted by.
        raw: what a table file holds; a number in full.
        number: whether it stands at the right.
        hidden: whether it is shown only when it was asked for.
        hint: a longer text for a cell.
        editable: whether a person writes into it.
    """

    id: str
    title: Callable[[], str]
    text: Callable[[Entry], str]
    key: Callable[[Entry], float | str]
    raw: Callable[[Entry], object]
    number: bool = False
    hidden: bool = False
    hint: Callable[[Entry], str] | None = None
    editable: bool = False


def state_of(entry: Entry) -> str:
    """Write how a run stands."""
    from studio.train import state_of  # torch is there: the record came from it

    return say(state_of(entry.record.status))


def figures_of(entry: Entry) -> dict[str, float]:
    """Give what the best epoch reached."""
    best = entry.record.best or {}
    return {
        key: float(value)
        for key, value in best.items()
        if key not in ("epoch", "step") and isinstance(value, (int, float))
    }


def telling(entry: Entry) -> list[tuple[str, float]]:
    """Give what the best epoch reached on the validation samples, losses at the end.

    Where none were kept for that, what it reached on those that it learned from.
    """
    figures = figures_of(entry)
    checked = [pair for pair in figures.items() if pair[0].startswith("val_")]
    checked = checked or [pair for pair in figures.items() if group_of(pair[0]) not in ASIDE]
    return sorted(checked, key=lambda pair: (pair[0].endswith("loss"), pair[0]))


def best_text(entry: Entry) -> str:
    """Write what the best epoch reached."""
    return "   ".join(f"{measure_title(key)} {measure(value)}" for key, value in telling(entry)) or "–"


def _best_in_short(entry: Entry) -> str:
    """Write what the best epoch reached; the tool tip says of which samples."""
    said = [f"{measure_title(key.removeprefix('val_'))} {measure(value)}" for key, value in telling(entry)]
    return "   ".join(said) or "–"


def changes_text(entry: Entry) -> str:
    """Write in short what differs."""
    if entry.differences is None:
        return "–"
    if not entry.differences:
        return tr("the same")
    said = [say(one.words()) for one in entry.differences[:MOST_CHANGES]]
    more = len(entry.differences) - len(said)
    return "; ".join([*said, *([tr("and {count} more", count=more)] if more else [])])


def _all_changes(entry: Entry) -> str:
    return "\n".join(say(one.words()) for one in (entry.differences or ())[:40])


def _begun(entry: Entry) -> str:
    return moment(datetime.fromtimestamp(entry.record.started, UTC))


def _titled(template: str) -> Callable[[], str]:
    return lambda: tr(template)


def _first_figure(entry: Entry) -> float | str:
    found = telling(entry)
    return found[0][1] if found else math.nan


FIXED: tuple[Column, ...] = (
    Column(
        "begun",
        _titled("Begun"),
        _begun,
        lambda entry: entry.record.started,
        lambda entry: datetime.fromtimestamp(entry.record.started, UTC).isoformat(timespec="seconds"),
        hint=lambda entry: str(entry.record.folder),
    ),
    Column(
        "state",
        _titled("State"),
        state_of,
        state_of,
        lambda entry: entry.record.status,
        hint=lambda entry: "" if entry.record.reason is None else say(entry.record.reason),
    ),
    Column(
        "changes",
        _titled("Changes"),
        changes_text,
        lambda entry: len(entry.differences or ()),
        lambda entry: "; ".join(say(one.words()) for one in entry.differences or ()),
        hint=_all_changes,
    ),
    Column(
        "device",
        _titled("Device"),
        lambda entry: entry.record.device,
        lambda entry: entry.record.device,
        lambda entry: entry.record.device,
        hint=lambda entry: str(entry.record.environment.get("device", "")),
    ),
    Column(
        "epochs",
        _titled("Epochs"),
        lambda entry: str(entry.record.epochs),
        lambda entry: entry.record.epochs,
        lambda entry: entry.record.epochs,
        number=True,
    ),
    Column(
        "time",
        _titled("Time"),
        lambda entry: duration(entry.record.seconds),
        lambda entry: entry.record.seconds,
        lambda entry: round(entry.record.seconds, 3),
        number=True,
    ),
    Column("best", _titled("Best"), _best_in_short, _first_figure, best_text, hint=best_text),
    Column(
        "tags",
        _titled("Tags"),
        lambda entry: ", ".join(entry.tags),
        lambda entry: ", ".join(entry.tags),
        lambda entry: ", ".join(entry.tags),
        editable=True,
    ),
    Column(
        "notes",
        _titled("Notes"),
        lambda entry: " ".join(entry.notes.split()),
        lambda entry: entry.notes,
        lambda entry: entry.notes,
        hint=lambda entry: entry.notes,
        editable=True,
    ),
    Column(
        "run",
        _titled("Folder"),
        lambda entry: entry.record.name,
        lambda entry: entry.record.name,
        lambda entry: str(entry.record.folder),
        hidden=True,
        hint=lambda entry: str(entry.record.folder),
    ),
)
"""The columns of every table."""


def columns_of(found: Found) -> tuple[Column, ...]:
    """Give the columns for some runs: their figures, and settings that are not the same in all."""
    keys = dict.fromkeys(key for entry in found.entries for key in figures_of(entry))
    ordered = sorted(keys, key=lambda key: (not key.startswith("val_"), key))
    return (
        *FIXED,
        *(_figure(key) for key in ordered),
        *(_varying(key, what) for key, what in found.varying.items()),
    )


def _figure(key: str) -> Column:
    def value(entry: Entry) -> float:
        return figures_of(entry).get(key, math.nan)

    def text(entry: Entry) -> str:
        number = value(entry)
        return "–" if math.isnan(number) else measure(number)

    def raw(entry: Entry) -> object:
        number = value(entry)
        return "" if math.isnan(number) else number

    return Column(f"figure:{key}", lambda: measure_title(key), text, value, raw, number=True, hidden=True)


def _varying(key: tuple[str, ...], what: Message) -> Column:
    def text(entry: Entry) -> str:
        return say(entry.cells[key]) if key in entry.cells else "–"

    def order(entry: Entry) -> float | str:
        said = str(entry.cells.get(key, ""))
        try:
            return float(said)
        except ValueError:
            return said

    name = "setting:" + "\x1f".join(key)
    return Column(name, lambda: say(what), text, order, lambda entry: text(entry), hidden=True)


class RunsModel(QAbstractTableModel):
    """The runs of one project."""

    written = Signal(object, str, str)
    """A person wrote into a cell: the run's folder, the column, and the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without rows."""
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self.columns: tuple[Column, ...] = FIXED

    def show(self, entries: Sequence[Entry], columns: Sequence[Column]) -> None:
        """Show runs."""
        self.beginResetModel()
        self.entries, self.columns = tuple(entries), tuple(columns)
        self.endResetModel()

    def speak(self) -> None:
        """Say everything in the language in use."""
        if self.entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.entries) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def place(self, column: str) -> int:
        """Give where a column stands; -1 where there is none."""
        return next((place for place, one in enumerate(self.columns) if one.id == column), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  an index is a value
        """Give how many runs there are."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  an index is a value
        """Give how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let tags and notes be written."""
        found = super().flags(index)
        if index.isValid() and self.columns[index.column()].editable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give what a cell shows, what it is sorted by, or its tool tip."""
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry, column = self.entries[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(entry)
            case Qt.ItemDataRole.EditRole:
                return column.raw(entry)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(column.hint(entry)) if column.hint is not None else ""
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
        if role == SORT_ROLE:
            return column.key(entry)
        return entry if role == ENTRY_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what a person wrote."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        entry, column = self.entries[index.row()], self.columns[index.column()]
        if str(value) != column.raw(entry):
            self.written.emit(entry.record.folder, column.id, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Give a heading."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title()
            case Qt.ItemDataRole.ToolTipRole:
                how = tr(
                    "Click to sort, or press Alt+Up or Alt+Down in the column; Alt+Home for the first order."
                )
                return tip(f"{column.title()}\n{how}")
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
        return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class RunsFilter(QSortFilterProxyModel):
    """The runs that are looked for, in the order that was chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Show all."""
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.states: frozenset[str] = frozenset()
        self.tags: frozenset[str] = frozenset()
        self.setSortRole(SORT_ROLE)

    def look_for(self, text: str) -> None:
        """Show only runs in which every word of a text stands."""
        self._words = tuple(text.lower().split())
        self.invalidate()

    def only(self, states: Mapping[str, bool] | None = None, tags: Mapping[str, bool] | None = None) -> None:
        """Show only runs of some states, and with one of some tags; all where none is chosen."""
        if states is not None:
            self.states = frozenset(state for state, on in states.items() if on)
        if tags is not None:
            self.tags = frozenset(tag for tag, on in tags.items() if on)
        self.invalidate()

    @property
    def narrowed(self) -> bool:
        """Whether some runs may be hidden."""
        return bool(self._words or self.states or self.tags)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Tell whether a run is shown."""
        model = self.sourceModel()
        assert isinstance(model, RunsModel)
        entry = model.entries[row]
        if self.states and entry.record.status not in self.states:
            return False
        if self.tags and not self.tags.intersection(entry.tags):
            return False
        if not self._words:
            return True
        said = " ".join([*(column.text(entry) for column in FIXED), _all_changes(entry), entry.notes]).lower()
        return all(word in said for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Put numbers before texts, and what is not there at the end."""
        return _order(left.data(SORT_ROLE)) < _order(right.data(SORT_ROLE))


def _order(key: object) -> tuple[int, float, str]:
    if isinstance(key, (int, float)):
        return (2, 0.0, "") if math.isnan(key) else (0, float(key), "")
    return (1, 0.0, str(key).lower())
