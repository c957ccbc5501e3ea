"""Takes a model away as files: made in memory, checked by a stranger's process, only then put in place."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from studio.exchange import process, worker
from studio.exchange.calibrating import with_samples
from studio.exchange.declare import ExchangeError, Files, Format, Progress, find_format
from studio.exchange.landing import land, land_folder, require_free
from studio.exchange.origin import find_subject
from studio.exchange.parity import Check, ParityError, compare, outputs_of_stranger
from studio.exchange.probes import Probe, longer, probes, sampled
from studio.exchange.subject import Subject
from studio.exchange.workplace import workplace
from studio.graph import Message
from studio.project import Project
from studio.project.atomic import AtomicWriteError, backup_of


@dataclass(frozen=True)
class ExportReport:
    """What was exported, and how it was checked.

    Attributes:
        files: where it is.
        bytes: how large all files are together.
        max_difference: the largest difference of any output from the live model's.
        checked: each batch that was run through both.
        sha256: file to the checksum of its content.
        notes: what a person should know of it.
    """

    files: tuple[Path, ...]
    bytes: int
    max_difference: float
    checked: tuple[Check, ...]
    sha256: Mapping[Path, str]
    notes: tuple[Message, ...] = ()

    __hash__ = None  # type: ignore[assignment]

    def json(self) -> dict[str, object]:
        """Give what the command line prints."""
        return {
            "files": [str(path) for path in self.files],
            "bytes": self.bytes,
            "max_difference": self.max_difference,
            "checked": [check.json() for check in self.checked],
        }


def export(
    project: Project,
    format: str,
    path: str | os.PathLike[str],
    *,
    model: nn.Module | None = None,
    run: str | os.PathLike[str] | None = None,
    network: str | None = None,
    progress: Progress = lambda _doing, _share: None,
) -> ExportReport:
    """Export a network, and check the files against the live model before they are put in place.

    Args:
        project: a snapshot; that of the run, where a run is given.
        format: id of a format, such as `onnx`.
        path: the file or folder to make.
        model: a live model of the project; it may go on training meanwhile.
        run: folder of a run, whose best weights are taken.
        network: its name; the one that the plan trains first when not given.
        progress: told how far it is; whatever it raises stops the export and is passed on.

    Raises:
        CompileError: the network has errors.
        ExchangeError: the format cannot hold the network, or the files do not compute the same.
        AtomicWriteError: the files cannot be written there.
    """
    made = find_format(format)
    _require(made)
    target = Path(path)
    if target.name in ("", ".."):  # a folder that is named by where it is
        target = target.resolve()
    _require_place(made, target)
    progress(Message("Preparing the network"), 0.0)
    subject, notes = find_subject(project, network, model, run)
    if made.calibrated:
        subject, told = with_samples(subject)
        notes = (*notes, *told)
    chosen = sampled(subject.samples) if made.calibrated else probes(subject.program)
    expected = [subject.run(probe.inputs) for probe in chosen]
    making = Message("Making {format}", format=made.title)
    progress(making, 0.2)
    if made.apart:
        files = worker.make_apart(made, subject, target.name, lambda: progress(making, 0.2))
    else:
        files = made.make(subject, target.name)
    received = outputs_of(made, subject, files, chosen, progress)
    checked = compare(chosen, expected, received, made.tolerance)
    closed = _closed(made, subject, files, progress)
    progress(Message("Writing"), 0.9)
    as_folder = made.folder and target.suffix != made.suffix
    kept = () if as_folder else _kept(files, target)
    landed = land_folder(files, target) if as_folder else land(files, target)
    progress(Message("Done"), 1.0)
    sums = {
        each: hashlib.sha256(content).hexdigest()
        for each, content in zip(landed, files.values(), strict=True)
    }
    return ExportReport(
        landed,
        sum(map(len, files.values())),
        max(row.max_difference for row in checked),
        checked,
        sums,
        (*notes, *_alone(made, subject), *made.notes(subject), *closed, *kept),
    )


def _alone(made: Format, subject: Subject) -> tuple[Message, ...]:
    """Tell where one of several networks leaves, and how the others do."""
    if made.together or not subject.companions:
        return ()
    return (
        Message(
            "This is the network “{network}” alone. The plan also trains {others}: choose the network to "
            "export, or take all of them as Python source.",
            network=subject.network,
            others=", ".join(f"“{each.network}”" for each in subject.companions.values()),
        ),
    )


def _closed(made: Format, subject: Subject, files: Files, progress: Progress) -> tuple[Message, ...]:
    """Tell where files take one length only, though the network takes any: not every maker leaves it open."""
    chosen = longer(subject.program)
    if not chosen:
        return ()
    try:
        expected = [subject.run(probe.inputs) for probe in chosen]
    except (RuntimeError, ValueError, IndexError):
        return ()  # the network itself takes no more, such as positions up to a longest one
    try:
        received = outputs_of(made, subject, files, chosen, progress)
        compare(chosen, expected, received, made.tolerance)
    except (ParityError, process.ProcessFailedError):
        sizes = ", ".join(str(tensor.settled(tensor.lengths)) for _, _, tensor in subject.program.inputs)
        return (
            Message(
                "These files take {sizes} alone: {format} could not leave the length open in this network. "
                "The Python source and the weights take any.",
                sizes=sizes,
                format=made.title,
            ),
        )
    return ()


def _kept(files: Files, target: Path) -> tuple[Message, ...]:
    """Tell what is there already and is about to be replaced, beside the target that a person named."""
    others = [target.with_name(name) for name in files if name != target.name]
    return tuple(
        Message(
            "“{file}” was there already: what it held is kept as “{backup}”.",
            file=path.name,
            backup=backup_of(path).name,
        )
        for path in others
        if path.exists()
    )


def outputs_of(
    made: Format, subject: Subject, files: Files, chosen: Sequence[Probe], progress: Progress
) -> list[dict[str, torch.Tensor]]:
    """Give what the files compute, opened by a stranger before anything stands at the target.

    Raises:
        ExchangeError: they cannot be opened or run.
    """
    checking = Message("Checking the files in a fresh process")
    progress(checking, 0.6)
    with workplace("export") as place:
        for name, content in files.items():
            (place / name).write_bytes(content)
        return outputs_of_stranger(
            made, place, next(iter(files)), subject, chosen, lambda: progress(checking, 0.6)
        )


def missing_modules(made: Format) -> list[str]:
    """Give the libraries that a format takes and that are not installed."""
    return [name for name in made.modules if importlib.util.find_spec(name) is None]


def _require(made: Format) -> None:
    missing = missing_modules(made)
    if missing:
        raise ExchangeError(
            Message(
                "{format} needs {libraries}. Install them with: pip install netwright[{extra}]",
                format=made.title,
                libraries=", ".join(missing),
                extra=made.needs,
            )
        )


def _require_place(made: Format, target: Path) -> None:
    """Refuse a place that cannot be written before the work begins, not after it."""
    folder = target.parent
    if made.folder and target.suffix != made.suffix:
        require_free(target)
    elif target.exists() and not target.is_file():
        raise AtomicWriteError(
            "name", Message("“{name}” is a folder or a device. Choose another name.", name=target.name)
        )
    if not folder.is_dir():
        raise AtomicWriteError(
            "gone", Message("The folder {folder} is not there. Save somewhere else.", folder=str(folder))
        )
    if not os.access(folder, os.W_OK):
        raise AtomicWriteError(
            "read_only",
            Message(
                "“{name}” cannot be written in {folder}: it is read-only. Save somewhere else.",
                name=target.name,
                folder=str(folder),
            ),
        )
