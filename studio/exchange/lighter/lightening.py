"""Makes a trained network lighter as a person wishes, trains it on, and measures before and after."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import nn

from studio.compiler import Analyser, build
from studio.compiler.program import program
from studio.data import Dataset, load
from studio.exchange.calibrating import with_samples
from studio.exchange.declare import ExchangeError, Progress
from studio.exchange.lighter.cutting import cut
from studio.exchange.lighter.measuring import Measured, Version, can_round, measure
from studio.exchange.lighter.zeroing import zeroed, zeros
from studio.exchange.origin import find_subject
from studio.exchange.subject import Subject, call
from studio.exchange.workplace import workplace
from studio.graph import Message, NetwrightError
from studio.project import GraphRef, Project, edits
from studio.project.lighter import Wish
from studio.train import Control, EpochDone, Failed, Finished, StepDone, load_run, run
from studio.train.plans.checking import SUPERVISED
from studio.train.plans.matching import matched
from studio.train.runs.preparing import recipe_class
from studio.train.runs.weights import Given


@dataclass(frozen=True)
class Lighter:
    """A lighter network.

    Attributes:
        project: with the network as it is now.
        networks: name to weights, of all networks that the plan trains.
        epochs: how long it was trained on.
        steps: likewise.
        figures: what was measured, before and after.
        subject: the network with its weights, as it can be exported.
        notes: what a person should know of it.
    """

    project: Project
    networks: Mapping[str, Mapping[str, torch.Tensor]]
    epochs: int
    steps: int
    figures: Measured
    subject: Subject
    notes: tuple[Message, ...]

    __hash__ = None  # type: ignore[assignment]

    @property
    def int8(self) -> bytes | None:
        """The file in whole numbers of eight bits, where one was wished for."""
        return self.figures.files[-1] if self.figures.rows[-1].format == "onnx-int8" else None


def lighten(
    project: Project,
    wish: Wish,
    *,
    run: str | os.PathLike[str] | None = None,
    model: nn.Module | None = None,
    network: str | None = None,
    progress: Progress = lambda _doing, _share: None,
) -> Lighter:
    """Make a network lighter.

    Args:
        project: a snapshot; that of the run, where a run is given.
        wish: how.
        run: folder of a run, whose best weights are taken.
        model: a live model of the project.
        network: its name; the one that the plan trains first when not given.
        progress: told how far it is; whatever it raises ends it and is passed on.

    Raises:
        NetwrightError: it cannot be done, or the training afterwards failed.
    """
    if wish.int8 and not can_round():
        raise ExchangeError(
            Message("Whole numbers of 8 bits need ONNX Runtime. Install it with: pip install netwright[onnx]")
        )
    if wish.method == "none" and not wish.int8:
        raise ExchangeError(Message("Choose what is taken away, or have it held in 8 bits."))
    progress(Message("Preparing the network"), 0.0)
    subject, told = find_subject(project, network, model, run)
    subject, more = with_samples(subject)
    notes = [*told, *more]
    data = _data(subject)
    lighter, epochs, steps = subject, 0, 0
    if wish.method != "none":
        lighter = _settled(_taken(subject, wish), not more)
        if wish.epochs:
            lighter, epochs, steps = _trained_on(lighter, wish, _part(progress, 0.0, 0.6))
    versions = [Version(Message("Before"), subject)]
    if wish.method != "none":
        versions.append(Version(_said(wish), lighter))
    if wish.int8:
        name = Message("In 8 bits") if wish.method == "none" else Message("That, in 8 bits")
        versions.append(Version(name, lighter, whole=True))
    begun = 0.6 if epochs else 0.05
    figures = measure(versions, data, _part(progress, begun, 1.0))
    progress(Message("Done"), 1.0)
    networks = {subject.network: lighter.state()}
    networks |= {each.network: each.state() for each in subject.companions.values()}
    told_all = tuple(dict.fromkeys((*notes, *figures.notes)))
    return Lighter(lighter.project, networks, epochs, steps, figures, lighter, told_all)


def _said(wish: Wish) -> Message:
    if wish.method == "channels":
        said = Message("{share} % fewer channels", share=round(100 * wish.share))
    else:
        said = Message("{share} % of the weights zero", share=round(100 * wish.share))
    if not wish.epochs:
        return said
    return Message("{done}, trained on", done=said)


def _part(progress: Progress, start: float, end: float) -> Progress:
    return lambda doing, share: progress(doing, start + (end - start) * share)


def _data(subject: Subject) -> Dataset | None:
    """Give the data as the network takes it; None where there is none to judge by."""
    project = subject.project
    try:
        data = load(project.plan.data, may_stream=recipe_class(project.plan).streams)
        if project.plan.recipe.type == SUPERVISED:
            report = Analyser().analyse(project, GraphRef("network", subject.network))
            data = matched(data, project, report)
    except NetwrightError:
        return None
    return data


def _taken(subject: Subject, wish: Wish) -> Subject:
    """Take channels or weights away."""
    if wish.method == "channels":
        made = cut(subject.project, subject.network, subject.state(), wish.share, wish.scope)
        return _with(subject, made.project, made.state)
    state = zeroed(subject.model, wish.share, wish.scope)
    # What is trained on keeps its zeros, now and whenever somebody goes on with it.
    return _with(subject, edits.set_loop(subject.project, "keep_zeros", True), state)


def _with(subject: Subject, project: Project, state: Mapping[str, torch.Tensor]) -> Subject:
    model = build(project, subject.network, seed=0)
    model.load_state_dict(dict(state))
    return dataclasses.replace(
        subject, project=project, program=program(project, subject.network), model=model.eval()
    )


def _settled(subject: Subject, seen: bool) -> Subject:
    """Have normalisations measure anew what passes, which is something else now; samples tell it."""
    norms = [
        module
        for module in subject.model.modules()
        if isinstance(module, nn.modules.batchnorm._BatchNorm) and module.track_running_stats
    ]
    if not norms or not seen or len(next(iter(subject.samples.values()))) < 2:
        return subject
    kept = [module.momentum for module in norms]
    for module in norms:
        module.reset_running_stats()
        module.momentum = None  # the plain mean over all batches
        module.train()
    count = len(next(iter(subject.samples.values())))
    for first in range(0, count - 1, 64):
        call(subject.model, {name: values[first : first + 64] for name, values in subject.samples.items()})
    for module, momentum in zip(norms, kept, strict=True):
        module.momentum = momentum
    subject.model.eval()
    return subject


def _trained_on(subject: Subject, wish: Wish, progress: Progress) -> tuple[Subject, int, int]:
    """Train it on as the plan says, from the weights that are left.

    Returns:
        It with its best weights, and how many epochs and steps were done.

    Raises:
        ExchangeError: the plan trains several networks, or another one; or the training failed.
    """
    plan = subject.project.plan
    if list(plan.networks.values()) != [subject.network]:
        raise ExchangeError(
            Message(
                "Only a network that the plan trains alone can be trained on here. "
                "Set the epochs to 0, save it, and train it with the others."
            )
        )
    doing = Message("Training on what is left")
    progress(doing, 0.0)
    control = Control()
    with workplace("lighter") as work:
        events = run(
            subject.project,
            epochs=wish.epochs,
            run_dir=work / "run",
            weights=Given(subject.state(), "lighter"),
            control=control,
        )
        step, epochs = 0, 0
        for event in events:
            match event:
                case StepDone():
                    step = event.step
                    progress(doing, epochs / wish.epochs)
                case EpochDone():
                    epochs = event.epoch
                    progress(doing, epochs / wish.epochs)
                case Failed():
                    raise ExchangeError(event.message)
                case Finished():
                    step = event.step
        best = load_run(work / "run").weights()
    subject.model.load_state_dict(best)
    return subject, epochs, step


def thinned(lighter: Lighter) -> float:
    """Give which share of the weights is zero now."""
    return zeros(lighter.subject.model, lighter.subject.state())
