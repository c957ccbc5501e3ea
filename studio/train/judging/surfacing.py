"""Asks a network about every place of a plane, where its samples are two numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from studio.data import Dataset, Split
from studio.project import Plan
from studio.train.judging.answers import Part, part_of
from studio.train.judging.trying import judged_of, outputs_of, reading_of
from studio.train.loop import measures
from studio.train.plans.forms import Judged
from studio.train.surface import Surface, levels_of

SIDE = 48
"""Places along each side of the plane while a network learns."""

FINE = 128
"""Places along each side where there is time for more."""

MOST_POINTS = 600
"""Samples that are drawn on it: evenly spread ones of more."""

MOST_CLASSES = 64
"""With more of them their colours could not be told apart."""

_MARGIN = 0.08


@dataclass(frozen=True)
class Plane:
    """A plane of two numbers with samples on it.

    Attributes:
        box: see `Surface`.
        names: see `Surface`.
        places: the input of the network for every place, by rows, the highest first.
        side: places along each side.
        classes: where samples lie, with the number of the class of each.
        numbers: likewise with the tint of its number.
        range: the numbers that the first and the last tint stand for.
        every: of how many samples one is among them.
    """

    box: tuple[float, float, float, float]
    names: tuple[str, str]
    places: torch.Tensor
    side: int
    classes: tuple[tuple[float, float, int], ...]
    numbers: tuple[tuple[float, float, int], ...]
    range: tuple[float, float]
    every: int

    __hash__ = None  # type: ignore[assignment]


def plane_of(data: Dataset, split: Split, side: int = SIDE) -> Plane | None:
    """Give the plane that samples lie on; None where they are not two numbers with one answer each.

    Args:
        data: what is learned from.
        split: the samples to be drawn.
        side: places along each side.
    """
    facts = data.preprocessing
    numbers = not facts.features or all(one.kind == "number" for one in facts.features)
    if facts.kind != "vector" or tuple(facts.shape) != (2,) or not numbers or len(split.inputs) != 1:
        return None
    (inputs,), targets = split.inputs.values(), next(iter(split.targets.values()), None)
    if split.stream is not None or targets is None or not len(split) or inputs.shape[1:] != (2,):
        return None
    if targets.dim() != 1 or len(data.classes) > MOST_CLASSES:
        return None
    mean, std = (
        torch.tensor([getattr(one, name) for one in facts.features] or getattr(facts, name) or [other] * 2)
        for name, other in (("mean", 0.0), ("std", 1.0))
    )
    # The box stays where it is whatever samples are drawn: it is that of all that is learned from.
    known = next(iter(data.train.inputs.values())).double() * std + mean
    low, high = known.amin(0), known.amax(0)
    room = (high - low).clamp(min=1e-6)
    low, high = low - _MARGIN * room, high + _MARGIN * room
    steps = (torch.arange(side, dtype=torch.float64) + 0.5) / side
    across, up = low[0] + (high[0] - low[0]) * steps, high[1] - (high[1] - low[1]) * steps
    raw = torch.stack([across.repeat(side), up.repeat_interleave(side)], 1)
    every = -(-len(split) // MOST_POINTS)
    chosen = torch.arange(0, len(split), every)
    names = [one.name for one in facts.features] or list(facts.columns) or ["x1", "x2"]
    wanted = facts.in_unit(next(iter(data.train.targets.values())).double())
    span = (float(wanted.min()), float(wanted.max()))
    points = (inputs[chosen].double() * std + mean).tolist()

    def with_each(numbers: torch.Tensor) -> tuple[tuple[float, float, int], ...]:
        return tuple((x, y, int(one)) for (x, y), one in zip(points, numbers.tolist(), strict=True))

    return Plane(
        (float(low[0]), float(high[0]), float(low[1]), float(high[1])),
        (names[0], names[1]),
        ((raw - mean) / std).to(inputs.dtype),
        side,
        with_each(targets[chosen]),
        with_each(_tints(facts.in_unit(targets[chosen]), span)),
        span,
        every,
    )


def _tints(values: torch.Tensor, span: tuple[float, float]) -> torch.Tensor:
    low, high = span
    found = (values.nan_to_num(low) - low) / max(high - low, 1e-9) * 255
    return found.round().clamp(0, 255)


def surface_of(
    plane: Plane, data: Dataset, judged: Callable[[torch.Tensor], tuple[Judged, torch.Tensor]]
) -> Surface | None:
    """Ask a network about every place of a plane.

    Args:
        plane: the plane.
        data: what was learned from.
        judged: gives what is judged of the network's answers to some inputs, and what it means.

    Returns:
        None where it does not answer with a class or a number for each place.
    """
    form, output = judged(plane.places)
    output, count = output.detach().float().cpu(), len(data.classes)
    if count and form != "numbers":
        chances = measures.probabilities(form, output)
        if chances.shape != (len(plane.places), count):
            return None
        sure, number = chances.nan_to_num().max(1)
        levels, least = levels_of(count), 1 / count
        tints = number * levels + ((sure - least) / (1 - least) * (levels - 1)).round().clamp(0, levels - 1)
        names, points = data.classes, plane.classes
    elif output.numel() == len(plane.places):
        tints = _tints(data.preprocessing.in_unit(output.flatten()), plane.range)
        names, points = (), plane.numbers
    else:
        return None
    found = bytes(tints.to(torch.uint8).tolist())
    return Surface(plane.box, plane.names, plane.side, found, names, plane.range, points, plane.every)


def asked(model: nn.Module, data: Dataset, plan: Plan | None, part: Part, *, numbers: bool) -> Surface | None:
    """Ask a trained network about every place of the plane that its samples lie on.

    Args:
        model: the network.
        data: what it was trained on.
        plan: how it was trained.
        part: the samples to be drawn.
        numbers: whether it is judged by numbers, whatever they stand for.
    """
    plane = plane_of(data, part_of(data, part), FINE)
    if plane is None:
        return None
    (field,) = data.train.inputs

    def judged(places: torch.Tensor) -> tuple[Judged, torch.Tensor]:
        outputs = outputs_of(model, {field: places})
        reading = reading_of(outputs, data, plan)
        return "numbers" if numbers else reading.form, judged_of(outputs, reading, data)

    was_training = model.training
    try:
        model.eval()
        with torch.no_grad():
            return surface_of(plane, data, judged)
    finally:
        model.train(was_training)
