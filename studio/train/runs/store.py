"""All runs of a folder and their curves, in one SQLite database beside them that many may read at once.

A run is a folder that explains itself (`record`); the database is what tables and charts read quickly. A
folder that the database does not know (moved here, or the database lost) is taken in when it is seen.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from studio.graph import Message, NetwrightError
from studio.project.disk import unsaved_runs
from studio.train.metrics import MetricLog
from studio.train.recipe import TrainError
from studio.train.runs.record import RECORD, RunRecord, plain_path, read_record, runs_folder, store_folder

DATABASE = "runs.db"

SCHEMA = 1
"""The form of the tables, as `PRAGMA user_version` holds it."""

_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT ''
);
CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    step INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (run, key, step)
) WITHOUT ROWID;
"""

_WAIT_SECONDS = 10.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Said:
    """What a person said of a run."""

    notes: str = ""
    tags: tuple[str, ...] = ()


def parted(text: str) -> tuple[str, ...]:
    """Give the tags of a line: parted by commas, each once."""
    return tuple(dict.fromkeys(tag for part in text.split(",") if (tag := " ".join(part.split()))))


class RunStore:
    """The runs of one folder. Every call opens the database anew, so any thread may call."""

    def __init__(self, folder: Path) -> None:
        """Look at a folder of runs; nothing is made until something is kept.

        Args:
            folder: where run folders lie, and the database beside them.
        """
        self.folder = folder

    @classmethod
    def of(cls, run: Path) -> RunStore:
        """Give the store that a run belongs to."""
        return cls(store_folder(run))

    @property
    def path(self) -> Path:
        """The database."""
        return self.folder / DATABASE

    # -- reading --------------------------------------------------------------------------------------

    def runs(self) -> tuple[RunRecord, ...]:
        """Give every run whose folder is there, the newest first; damaged ones are left out."""
        try:
            folders = [path.parent for path in (*self.folder.glob(f"*/{RECORD}"), *self.folder.glob(RECORD))]
        except OSError:
            return ()
        found: list[RunRecord] = []
        for folder in folders:
            with contextlib.suppress(TrainError):
                found.append(read_record(folder))
        return tuple(sorted(found, key=lambda run: (run.started, run.folder.name), reverse=True))

    def elsewhere(self) -> tuple[RunRecord, ...]:
        """Give the runs that lie in other places than this folder; those that are gone are left out."""
        if not self.path.is_file():
            return ()
        try:
            with self._told(), self._opened() as db:
                folders = [Path(folder) for (folder,) in db.execute("SELECT folder FROM runs")]
        except TrainError:
            return ()
        found: list[RunRecord] = []
        for folder in folders:
            if folder.is_absolute():
                with contextlib.suppress(TrainError):
                    found.append(read_record(folder))
        return tuple(found)

    def metrics(self, run: Path) -> MetricLog:
        """Give the curves of a run."""
        log = MetricLog()
        for key, steps, values in self.curves(run):
            log.extend(key, steps, values)
        return log

    def curves(self, run: Path) -> Iterator[tuple[str, Sequence[float], Sequence[float]]]:
        """Give each curve of a run: its key, steps and values.

        Raises:
            TrainError: the database is damaged.
        """
        if not self.path.is_file():
            return
        with self._told(), self._opened() as db:
            number = self._number(db, run)
            if number is None:
                return
            for (key,) in db.execute(
                "SELECT DISTINCT key FROM metrics WHERE run = ? ORDER BY key", (number,)
            ):
                rows = db.execute(
                    "SELECT step, value FROM metrics WHERE run = ? AND key = ? ORDER BY step", (number, key)
                ).fetchall()
                yield (
                    str(key),
                    [float(step) for step, _ in rows],
                    [float("nan") if value is None else float(value) for _, value in rows],
                )

    def said(self) -> dict[str, Said]:
        """Give what a person said of runs, by their folders' names."""
        if not self.path.is_file():
            return {}
        with self._told(), self._opened() as db:
            rows = db.execute("SELECT folder, notes, tags FROM runs WHERE notes <> '' OR tags <> ''")
            return {str(folder): Said(str(notes), parted(str(tags))) for folder, notes, tags in rows}

    # -- keeping --------------------------------------------------------------------------------------

    def say(self, run: Path, notes: str | None = None, tags: Sequence[str] | None = None) -> None:
        """Keep what a person says of a run.

        Args:
            run: its folder.
            notes: any text; as they are where not given.
            tags: words to find it by; as they are where not given.

        Raises:
            TrainError: the database cannot be written, or there is no run.
        """
        with self._written() as db:
            number = self._known(db, run)
            if notes is not None:
                db.execute("UPDATE runs SET notes = ? WHERE id = ?", (notes, number))
            if tags is not None:
                joined = ", ".join(parted(", ".join(tags)))
                db.execute("UPDATE runs SET tags = ? WHERE id = ?", (joined, number))

    def forget(self, run: Path) -> None:
        """Take a run out of the database, with its curves and what was said of it.

        Raises:
            TrainError: the database cannot be written.
        """
        if self.path.is_file():
            with self._written() as db:
                whole = str(plain_path(run))
                db.execute("DELETE FROM runs WHERE folder IN (?, ?)", (whole, run.name))

    def keep(self, record: RunRecord) -> None:
        """Keep what is known of a run.

        Raises:
            TrainError: the database cannot be written.
        """
        with self._written() as db:
            db.execute(
                "INSERT INTO runs (folder, record) VALUES (?, ?) "
                "ON CONFLICT (folder) DO UPDATE SET record = excluded.record",
                (record.folder.name, json.dumps(record.json())),
            )

    def mention(self, record: RunRecord) -> None:
        """Keep where a run of this project lies that is not in this folder.

        Raises:
            TrainError: the database cannot be written.
        """
        with self._written() as db:
            db.execute(
                "INSERT INTO runs (folder, record) VALUES (?, ?) "
                "ON CONFLICT (folder) DO UPDATE SET record = excluded.record",
                (str(plain_path(record.folder)), json.dumps(record.json())),
            )

    def add(self, run: Path, points: Mapping[str, tuple[Floats, Floats]]) -> None:
        """Add points to the curves of a run; a step that is there already is replaced.

        Raises:
            TrainError: the database cannot be written.
        """
        with self._written() as db:
            number = self._known(db, run)
            for key, (steps, values) in points.items():
                db.executemany(
                    "INSERT OR REPLACE INTO metrics (run, key, step, value) VALUES (?, ?, ?, ?)",
                    (
                        (number, key, int(step), float(value))
                        for step, value in zip(steps.tolist(), values.tolist(), strict=True)
                    ),
                )

    def forget_after(self, run: Path, step: int) -> None:
        """Take away points of later steps than a checkpoint's: they are computed again.

        Raises:
            TrainError: the database cannot be written.
        """
        with self._written() as db:
            number = self._known(db, run)
            db.execute("DELETE FROM metrics WHERE run = ? AND step > ?", (number, step))

    # -- the database ---------------------------------------------------------------------------------

    def _known(self, db: sqlite3.Connection, run: Path) -> int:
        number = self._number(db, run)
        if number is None:
            record = read_record(run)
            db.execute(
                "INSERT INTO runs (folder, record) VALUES (?, ?)", (run.name, json.dumps(record.json()))
            )
            number = self._number(db, run)
        assert number is not None  # it was put in just now
        return number

    def _number(self, db: sqlite3.Connection, run: Path) -> int | None:
        row = db.execute("SELECT id FROM runs WHERE folder = ?", (run.name,)).fetchone()
        return None if row is None else int(row[0])

    @contextlib.contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        with self._told(), self._opened() as db, db:
            yield db

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise TrainError(
                Message(
                    "The record of runs {file} cannot be used: {reason}.",
                    file=str(self.path),
                    reason=str(error),
                )
            ) from error

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
        try:
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > SCHEMA:
                raise TrainError(
                    Message(
                        "{file} was written by a newer version of Netwright. Open it with that version.",
                        file=str(self.path),
                    )
                )
            # Readers and one writer do not wait for each other, and a power cut leaves it whole.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            if version < SCHEMA:
                self._make(db)
            yield db
        finally:
            db.close()

    def _make(self, db: sqlite3.Connection) -> None:
        with contextlib.suppress(sqlite3.OperationalError):
            # Another process may make the tables at the same instant.
            db.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")


def runs_of(project: Path | None, document: str = "") -> tuple[RunRecord, ...]:
    """Give every run of a project, wherever it lies, the newest first.

    Args:
        project: its file; None while it was never saved.
        document: what a project that was never saved is known by; without it, runs of no project are given.
    """
    if project is None and document:
        return RunStore(plain_path(unsaved_runs(document))).runs()
    users = RunStore(runs_folder(None))
    if project is None:
        return tuple(run for run in users.runs() if not run.file)
    file = plain_path(project)
    beside = RunStore(runs_folder(file))
    found = {run.folder: run for run in beside.runs() if not _of_another(run, file)}
    found |= {run.folder: run for run in beside.elsewhere() if not _of_another(run, file)}
    # Where the project's folder cannot be written, they are kept with those of the user.
    found |= {run.folder: run for run in (*users.runs(), *users.elsewhere()) if run.file == str(file)}
    return tuple(sorted(found.values(), key=lambda run: (run.started, run.folder.name), reverse=True))


def refer(record: RunRecord) -> None:
    """Have a run that lies elsewhere listed with the others of its project, as far as that can be written."""
    if not record.file:
        return
    places = [runs_folder(Path(record.file)), runs_folder(None)]
    if plain_path(record.folder).parent in places:
        return
    for place in places:
        with contextlib.suppress(OSError, TrainError):
            place.mkdir(parents=True, exist_ok=True)
            RunStore(place).mention(record)
            return


def adopt(folder: Path, project: Path) -> None:
    """Have runs from before a project was saved listed with its others; they stay where they lie.

    Args:
        folder: of the runs.
        project: the file that it has now.
    """
    for run in RunStore(folder).runs():
        if not run.file:
            own = replace(run, file=str(plain_path(project)))
            refer(own)
            if run.status != "running":  # else the one that trains it writes it, without the file
                with contextlib.suppress(OSError, NetwrightError):
                    own.write()


def _of_another(run: RunRecord, file: Path) -> bool:
    """Say whether a run was made for another project that lies in the same folder as this one."""
    other = Path(run.file).name
    # Where that one is gone it was renamed, and the run is as good as of this one.
    return bool(other) and other != file.name and (file.parent / other).is_file()
