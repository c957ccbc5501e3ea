"""Deletes a run for good: its folder, or what Netwright wrote in it, and what the database knows of it."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from studio.graph import Message
from studio.project.atomic import backup_of
from studio.project.write_error import reason_of
from studio.train.recipe import TrainError
from studio.train.runs.checkpoint import BEST, LAST, STATE
from studio.train.runs.record import (
    PROJECT,
    RECORD,
    RUNS,
    RunRecord,
    plain_path,
    require_ended,
    runs_folder,
    store_folder,
)
from studio.train.runs.store import DATABASE, RunStore

TENSORBOARD = "tensorboard"
"""The folder of a run that holds its log for TensorBoard."""


def delete(record: RunRecord) -> None:
    """Delete a run. Where its folder is one that somebody chose, other files in it stay.

    Raises:
        RunFolderError: it is still going on.
        TrainError: it cannot be deleted; it is then still there.
    """
    require_ended(record)
    if record.status == "running":
        raise TrainError(Message("The run is still going on. Stop it first."))
    folder = plain_path(record.folder)
    places = _known_at(record)
    try:
        # The record first: without it there is no run, whatever else could not be deleted.
        (folder / RECORD).unlink(missing_ok=True)
        if folder.parent.name == RUNS:
            shutil.rmtree(folder)
        else:
            _clear(folder)
    except OSError as error:
        raise TrainError(
            Message(
                "The run in {folder} cannot be deleted: {reason}.",
                folder=str(folder),
                reason=reason_of(error),
            )
        ) from error
    for place in places:
        with contextlib.suppress(TrainError):  # what is known of a run that is gone harms nobody
            RunStore(place).forget(folder)


def _known_at(record: RunRecord) -> set[Path]:
    """Give the folders whose databases can know of a run."""
    places = {store_folder(record.folder), runs_folder(None)}
    if record.file:
        places.add(runs_folder(Path(record.file)))
    return places


def _clear(folder: Path) -> None:
    for name in (RECORD, PROJECT, STATE, BEST, LAST):
        for path in (folder / name, backup_of(folder / name)):
            path.unlink(missing_ok=True)
    for database in folder.glob(f"{DATABASE}*"):
        database.unlink(missing_ok=True)
    if (folder / TENSORBOARD).is_dir():
        shutil.rmtree(folder / TENSORBOARD)
    with contextlib.suppress(OSError):  # other files are in it
        folder.rmdir()
