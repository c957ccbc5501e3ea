"""The runs of a project as the table shows them: with what differs and what was said of them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.project.comparing import Difference, compare, side_by_side

if TYPE_CHECKING:
    from studio.train import RunRecord

Base = Literal["previous", "canvas", "chosen"]
"""What each run is held against: the run before it, what is drawn now, or one run that was chosen."""

Known = Mapping[Path, Project]
"""What some runs trained, by their folder."""


@dataclass(frozen=True)
class Entry:
    """One run of the table.

    Attributes:
        record: what is known of it.
        notes: what a person noted of it.
        tags: words to find it by.
        differences: what differs from what it is held against; None where there is none.
        cells: what is not the same in all runs, by its key.
    """

    record: RunRecord
    notes: str = ""
    tags: tuple[str, ...] = ()
    differences: tuple[Difference, ...] | None = None
    cells: Mapping[tuple[str, ...], Message] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Question:
    """What is looked for.

    Attributes:
        file: of the project.
        document: what the project is known by.
        known: what runs trained, as far as it was read before.
        base: what each run is held against.
        canvas: what is drawn now.
        chosen: the run that others are held against.
    """

    file: Path | None
    document: str
    known: Known
    base: Base
    canvas: Project
    chosen: Path | None = None

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Found:
    """The runs of a project.

    Attributes:
        document: what the project is known by.
        entries: the runs, the newest first.
        trained: what each trained, as far as that can be read.
        varying: what is not the same in all of them, by its key: its name for a person.
    """

    document: str
    entries: tuple[Entry, ...]
    trained: Known
    varying: Mapping[tuple[str, ...], Message]

    __hash__ = None  # type: ignore[assignment]


def look(question: Question) -> Found:
    """Give the runs of a project, and what each of them trained as far as it can be read."""
    from studio.train import RunStore, runs_of  # imports torch
    from studio.train.runs.record import store_folder
    from studio.train.runs.store import Said

    records = runs_of(question.file, question.document)
    trained: dict[Path, Project] = {}
    said: dict[Path, Mapping[str, Said]] = {}
    for record in records:
        with contextlib.suppress(NetwrightError):
            trained[record.folder] = question.known.get(record.folder) or record.project()
        place = store_folder(record.folder)
        if place not in said:
            said[place] = {}
            with contextlib.suppress(NetwrightError):
                said[place] = RunStore(place).said()
    there = [record.folder for record in records if record.folder in trained]
    rows = side_by_side([trained[folder] for folder in there])
    entries = []
    for number, record in enumerate(records):
        own = said[store_folder(record.folder)].get(record.folder.name, Said())
        place_of = there.index(record.folder) if record.folder in trained else -1
        entries.append(
            Entry(
                record,
                own.notes,
                own.tags,
                _differences(question, records, number, trained),
                {row.key: row.cells[place_of] for row in rows} if place_of >= 0 else {},
            )
        )
    return Found(question.document, tuple(entries), trained, {row.key: row.what for row in rows})


def _differences(
    question: Question, records: tuple[RunRecord, ...], number: int, trained: Known
) -> tuple[Difference, ...] | None:
    own = trained.get(records[number].folder)
    if own is None:
        return None
    base: Project | None
    match question.base:
        case "canvas":
            base = question.canvas
        case "chosen":
            base = trained.get(question.chosen) if question.chosen is not None else None
        case "previous":
            before = (trained.get(record.folder) for record in records[number + 1 :])
            base = next((project for project in before if project is not None), None)
    return None if base is None else compare(base, own)
