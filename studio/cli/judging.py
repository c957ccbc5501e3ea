"""Commands that look at what was trained: evaluate, runs."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio import api
from studio.cli.command import Command, Parser
from studio.cli.progress import figures
from studio.cli.table import columns
from studio.cli.voice import DONE, UsageError, Voice, plain
from studio.graph import Message, NetwrightError

if TYPE_CHECKING:
    from studio.project import Project
    from studio.project.comparing import Difference
    from studio.train import RunRecord
    from studio.train.runs.store import Said


def existing_run(path: str) -> RunRecord:
    """Give the run of a folder.

    Raises:
        UsageError: there is none.
    """
    from studio.train import TrainError, load_run

    try:
        return load_run(Path(path))
    except TrainError as error:
        raise UsageError(error.message) from error


def resumable(path: str) -> RunRecord:
    """Give the run of a folder that can go on.

    Raises:
        UsageError: there is none, or it is still going on.
    """
    from studio.train import RunFolderError, require_ended

    record = existing_run(path)
    try:
        require_ended(record)
    except RunFolderError as going_on:
        raise UsageError(going_on.message) from going_on
    return record


# -- evaluate ------------------------------------------------------------------------------------------


def _run_argument(parser: Parser) -> None:
    parser.argument("run", help=Message("the folder of a run"))


def _evaluate(arguments: argparse.Namespace, voice: Voice) -> int:
    from studio.train import evaluate
    from studio.train.judging.figures import further

    found = evaluate(existing_run(arguments.run).folder)
    if found.part != "test":
        voice.note(Message("No samples were set aside for the test, so those of the validation are judged."))
    if voice.json:
        told = {**further(found), **found.metrics}  # what the plan asks for counts, where both have a name
        numbers = {name: value if math.isfinite(value) else None for name, value in told.items()}
        voice.give({"metrics": numbers})
    else:
        voice.line(figures(found.metrics))
    return DONE


EVALUATE = Command(
    "evaluate", Message("Judge a run's best weights by the test samples."), _run_argument, _evaluate
)


# -- runs ----------------------------------------------------------------------------------------------


def _file_argument(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))


def _runs(arguments: argparse.Namespace, voice: Voice) -> int:
    from studio.train import runs_of, state_of

    api.load(arguments.file)  # a file that is none is told as such, not as one without runs
    found = runs_of(Path(arguments.file))
    said = {run.folder: _said(run) for run in found}
    if voice.json:
        changes = _changes(found)
        voice.give(
            [
                {
                    "run": str(run.folder),
                    **run.json(),
                    "notes": said[run.folder].notes,
                    "tags": list(said[run.folder].tags),
                    "changes": None if change is None else [voice.text(one.words()) for one in change],
                }
                for run, change in zip(found, changes, strict=True)
            ]
        )
        return DONE
    if not found:
        voice.say(Message("No runs yet. Train with: netwright train {file}", file=arguments.file))
        return DONE
    heads = (
        Message("Run"),
        Message("Begun"),
        Message("State"),
        Message("Epochs"),
        Message("Best"),
        Message("Tags"),
    )
    rows = [
        (
            plain(_shown(run.folder)),
            f"{datetime.datetime.fromtimestamp(run.started).astimezone():%Y-%m-%d %H:%M}",
            voice.text(state_of(run.status)),
            str(run.epochs),
            figures({k: v for k, v in (run.best or {}).items() if k not in ("epoch", "step")}) or "–",
            plain(", ".join(said[run.folder].tags)),
        )
        for run in found
    ]
    for line in columns([tuple(map(voice.text, heads)), *rows], right=(3,)):
        voice.line(line)
    return DONE


def _said(run: RunRecord) -> Said:
    """Give what a person said of a run."""
    from studio.train import RunStore, TrainError
    from studio.train.runs.store import Said

    with contextlib.suppress(TrainError):
        return RunStore.of(run.folder).said().get(run.folder.name, Said())
    return Said()


def _changes(runs: Sequence[RunRecord]) -> list[tuple[Difference, ...] | None]:
    """Give how what each run trained differs from the run before it; None where that cannot be told."""
    from studio.project.comparing import compare

    projects: list[Project | None] = []
    for run in runs:
        projects.append(None)
        with contextlib.suppress(NetwrightError):
            projects[-1] = run.project()
    found: list[tuple[Difference, ...] | None] = []
    for place, own in enumerate(projects):
        before = next((project for project in projects[place + 1 :] if project is not None), None)
        found.append(None if own is None or before is None else compare(before, own))
    return found


def _shown(folder: Path) -> str:
    """Give a folder as it can be typed from here."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


RUNS = Command("runs", Message("List the runs of a project."), _file_argument, _runs)
"""Each with its folder, its state and its best figures, the newest first."""
