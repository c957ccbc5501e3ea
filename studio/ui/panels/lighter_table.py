"""The table of a network before and after it was made lighter: a column a version, a row a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from studio.ui.panels.curves import measure_title
from studio.ui.words.figures import count, measure, share, short, size
from studio.ui.words.text import live, say, tr

if TYPE_CHECKING:
    from studio.exchange.lighter.measuring import Figures


class FiguresTable(QTableWidget):
    """Shows each figure of each version beside its share of what it was; as high as it has rows."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        live(self.setAccessibleName, "Before and after")

    def show_versions(self, found: Sequence[Figures]) -> None:
        """Show versions of one network, the first of which is what it was."""
        rows = _rows(found)
        self.setRowCount(len(rows))
        self.setColumnCount(len(found))
        self.setHorizontalHeaderLabels([say(row.name) for row in found])
        self.setVerticalHeaderLabels([title for title, _ in rows])
        for place, (_, cells) in enumerate(rows):
            for number, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(place, number, item)
        self.resizeRowsToContents()
        high = self.horizontalHeader().sizeHint().height() + 2
        self.setFixedHeight(high + sum(self.rowHeight(row) for row in range(len(rows))))
        self.show()


def _rows(found: Sequence[Figures]) -> list[tuple[str, list[str]]]:
    """Give each figure: its title, and what each version has, beside its share of the first."""
    first = found[0]

    def held(value: float | None, against: float | None, text: str) -> str:
        if value is None or not against or value is against:
            return text
        return f"{text}   × {value / against:.2f}"

    def row(title: str, of: str, write: object) -> tuple[str, list[str]]:
        cells = []
        for each in found:
            value, against = getattr(each, of), getattr(first, of)
            text = write(value)  # type: ignore[operator]  # each writes a number
            cells.append(text if each is first else held(value, against, text))
        return title, cells

    rows = [
        row(tr("File"), "bytes", size),
        row(tr("Zipped"), "packed", size),
        row(tr("Parameters"), "parameters", count),
        row(tr("Not zero"), "nonzero", count),
        row(tr("Multiply-adds"), "multiply_adds", short),
        row(tr("Time in PyTorch"), "torch", _milliseconds),
        row(tr("Time in ONNX Runtime"), "runtime", _milliseconds),
    ]
    if not any(each.runtime for each in found):
        del rows[-1]
    judged = [
        (measure_title(key), [_metric(key, each.metrics.get(key)) for each in found]) for key in first.metrics
    ]
    return [*rows, *judged]


def _milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:.3g} ms"


def _metric(key: str, value: float | None) -> str:
    return share(value) if "accuracy" in key else measure(value)
