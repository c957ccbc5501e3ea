"""The table of runs as a file that spreadsheets open: columns as they are shown, numbers in full."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from studio.ui.panels.runs_found import Entry
from studio.ui.panels.runs_model import Column


def as_csv(entries: Iterable[Entry], columns: Sequence[Column]) -> str:
    """Write runs as CSV, so that no spreadsheet reads a name as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_tame(column.title()) for column in columns])
    for entry in entries:
        writer.writerow([_tame(cell) for cell in (column.raw(entry) for column in columns)])
    return text.getvalue()


def _tame(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if cell[:1] in tuple("\t\r\n") or cell.lstrip()[:1] in tuple("=+-@") else cell
