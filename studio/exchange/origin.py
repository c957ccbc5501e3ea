"""Finds the weights that leave: the best of a run, those of a live model, or fresh ones."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

from torch import nn

from studio.compiler import Analyser, build
from studio.data import load
from studio.exchange.declare import ExchangeError
from studio.exchange.subject import Subject, subject_of
from studio.exchange.weights import load_weights
from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.train.flowing.places import rates
from studio.train.machine.choices import Choices
from studio.train.runs.checkpoint import BEST, LAST
from studio.train.runs.record import RunRecord, read_record
from studio.train.runs.session import NETWORK_SEED_STEP

Found = tuple[Subject, tuple[Message, ...]]
"""What is exported, and what a person should know of it."""


def find_subject(
    project: Project,
    network: str | None,
    model: nn.Module | None,
    run: str | os.PathLike[str] | None,
) -> Found:
    """Find what is exported.

    Args:
        project: a snapshot; that of the run, where a run is given.
        network: its name; the one that the plan trains first when not given.
        model: a live model of the project.
        run: folder of a run, whose best weights are taken.

    Raises:
        CompileError: the network has errors.
        NetwrightError: the run is not there or is damaged.
    """
    if run is not None:
        if model is not None:
            raise ExchangeError(Message("Weights come from a run or from a model, not from both."))
        return _of_run(read_record(Path(run)), network)
    name = network or project.main()
    analyser = Analyser()
    seed = project.plan.loop.resolved("loop")["seed"]
    assert isinstance(seed, int)
    if model is not None:
        # Of the other networks of a plan nobody has told the weights.
        return _with_data(subject_of(project, name, model, rates=rates(project, name), analyser=analyser))

    def fresh(network: str) -> Subject:
        places = list(project.plan.networks.values())
        own = seed + NETWORK_SEED_STEP * (places.index(network) if network in places else 0)
        made = build(project, network, seed=own, analyser=analyser)
        return subject_of(project, network, made, rates=rates(project, network), analyser=analyser)

    return _with_data(_accompanied(fresh(name), fresh))


def _accompanied(subject: Subject, made: Callable[[str], Subject]) -> Subject:
    """Add the networks that the plan trains together with one."""
    trained = subject.project.plan.networks
    if subject.network not in trained.values():
        return subject
    others = {role: made(name) for role, name in trained.items() if name != subject.network}
    return dataclasses.replace(subject, companions=others)


def _of_run(record: RunRecord, network: str | None) -> Found:
    project = record.project()
    analyser = Analyser()
    notes: dict[str, Message] = {}

    def best(name: str) -> Subject:
        model, told = _best(record, project, name, analyser)
        notes.update({str(note): note for note in told})
        return subject_of(
            project,
            name,
            model,
            record.classes,
            dict(record.preprocessing) or None,
            _choices(record),
            rates(project, name),
            analyser,
        )

    subject = _accompanied(best(network or project.main()), best)
    return subject, tuple(notes.values())


def model_of_run(run: str | os.PathLike[str], network: str | None = None) -> nn.Module:
    """Give a network with the best weights of a run.

    Args:
        run: the run's folder.
        network: its name; the one that the plan trains first when not given.

    Raises:
        NetwrightError: the run is not there or is damaged.
    """
    record = read_record(Path(run))
    project = record.project()
    return _best(record, project, network or project.main(), Analyser())[0]


def _best(
    record: RunRecord, project: Project, network: str, analyser: Analyser
) -> tuple[nn.Module, tuple[Message, ...]]:
    """Give the network with the best weights of a run, or the last ones before its first epoch was done."""
    roles = [role for role, name in project.plan.networks.items() if name == network]
    if not roles:
        raise ExchangeError(
            Message(
                "The run did not train the network “{network}”. It trained: {known}.",
                network=network,
                known=", ".join(project.plan.networks.values()),
            )
        )
    model = build(project, network, seed=record.seed, analyser=analyser)
    prefix = f"{roles[0]}." if len(project.plan.networks) > 1 else ""
    best, last = record.folder / BEST, record.folder / LAST
    if best.is_file():
        load_weights(model, best, prefix)
        return model, ()
    if last.is_file():
        load_weights(model, last, prefix)
        return model, (
            Message("The run ended before its first epoch was done, so its last weights are taken."),
        )
    raise ExchangeError(
        Message("The run in {folder} has kept no weights yet. Train it longer.", folder=str(record.folder))
    )


def _choices(record: RunRecord) -> Choices | None:
    threads, channels_last = record.choices.get("threads"), record.choices.get("channels_last")
    compiled = bool(record.choices.get("compiled", False))
    return Choices(int(threads), bool(channels_last), compiled) if isinstance(threads, int) else None


def _with_data(subject: Subject) -> Found:
    """Add the facts of the data that the network learns from; the weights are worth exporting without."""
    if subject.network not in subject.project.plan.networks.values():
        return subject, ()
    try:
        data = load(subject.project.plan.data)
    except NetwrightError as missing:
        note = Message(
            "Class names and preprocessing are left out, because the data cannot be read: {reason}",
            reason=missing.message,
        )
        return subject, (note,)
    facts = data.preprocessing.json()
    return dataclasses.replace(subject, classes=data.classes, preprocessing=facts), ()
