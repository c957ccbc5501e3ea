"""Shows a network samples of the data that it learns from, so that rounding fits the numbers it will meet."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import torch

from studio.compiler import Analyser
from studio.data import load
from studio.exchange.probes import probes
from studio.exchange.subject import Subject
from studio.graph import Message, NetwrightError
from studio.project import GraphRef
from studio.train.plans.matching import matched

COUNT = 256
"""So many samples: enough that the ranges of all wires settle."""


def with_samples(subject: Subject) -> tuple[Subject, tuple[Message, ...]]:
    """Add samples that it learns from, or numbers of its own choice where the data has none for its inputs.

    Returns:
        The subject with samples, and what a person should know of them.
    """
    if subject.samples:
        return subject, ()
    try:
        found = _learned_from(subject)
    except NetwrightError as unread:
        found, why = {}, unread.message
    else:
        why = Message("the data has nothing for the inputs of this network")
    if found:
        return dataclasses.replace(subject, samples=found), ()
    note = Message(
        "Rounded by random numbers instead of samples ({reason}): judge it before you rely on it.", reason=why
    )
    return dataclasses.replace(subject, samples=invented(subject)), (note,)


def invented(subject: Subject) -> dict[str, torch.Tensor]:
    """Give what stands in for samples: numbers of every size that networks are usually fed with."""
    chosen = probes(subject.program)
    return {name: torch.cat([probe.inputs[name] for probe in chosen]) for name in subject.inputs}


def _learned_from(subject: Subject) -> Mapping[str, torch.Tensor]:
    project, name = subject.project, subject.network
    if name not in project.plan.networks.values():
        return {}
    report = Analyser().analyse(project, GraphRef("network", name))
    data = matched(load(project.plan.data), project, report)
    if not set(subject.inputs) <= set(data.train.inputs) or not len(data.train):
        return {}
    # Evenly from all of them: samples often lie in the order of their classes.
    places = torch.linspace(0, len(data.train) - 1, min(COUNT, len(data.train))).long()
    samples = data.train.take(places).here()
    return {name: samples.inputs[name].clone() for name in subject.inputs}
