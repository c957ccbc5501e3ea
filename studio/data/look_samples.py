"""Samples as a person looks at them: pictures, texts, curves or rows of a table, each with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from studio.data.dataset import Dataset, Split
from studio.data.look_columns import Plain, plain_columns, said
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import SPLIT_SEED
from studio.data.tokens import PADDING

Bytes = tuple[int, int, int, bytes]
"""Width, height, channels (1 or 3), and bytes by rows."""

_MOST_CURVES, _MOST_STEPS, _MOST_COLUMNS = 8, 500, 60
_MOST_TOKENS = 400
_SHADES = 12
"""Colours of classes in a mask; more classes share them."""


@dataclass(frozen=True)
class Sample:
    """One sample.

    Attributes:
        place: where it stands in its split.
        answer: what is right, in words; empty where that is more than a few words.
        pictures: its pictures, one for each input.
        mask: the class of each pixel as a picture of classes, where that is to be learned.
        text: its words.
        curves: its numbers over time, one for each channel.
        cells: its columns, each as it is written in the table.
    """

    place: int
    answer: str
    pictures: tuple[Bytes, ...] = ()
    mask: Bytes | None = None
    text: str = ""
    curves: tuple[tuple[float, ...], ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handful:
    """Some samples of a split.

    Attributes:
        samples: they.
        start: how many stand before them.
        total: how many there are to be had.
        columns: names of the cells.
    """

    samples: tuple[Sample, ...]
    start: int
    total: int
    columns: tuple[str, ...] = ()


def samples_of(dataset: Dataset, split: Split, label: int | None, start: int, count: int) -> Handful:
    """Give some samples in an order by chance that is always the same.

    Args:
        dataset: the data.
        split: which samples.
        label: only those of this class; None for all.
        start: how many to pass over; one that is too large begins anew.
        count: how many at most.
    """
    places = torch.arange(len(split))
    if label is not None:
        places = _of_class(dataset, split, label)
    order = places[torch.randperm(len(places), generator=torch.Generator().manual_seed(SPLIT_SEED))]
    start = start if start < len(order) else 0
    chosen = order[start : start + count]
    part = split.take(chosen).here()
    columns: tuple[Plain, ...] = ()
    if len(part) and _is_rows(dataset.preprocessing, part):
        columns = tuple(plain_columns(dataset, part))[:_MOST_COLUMNS]
    made = tuple(_sample(dataset, part, columns, index, place) for index, place in enumerate(chosen.tolist()))
    return Handful(made, start, len(order), tuple(column.name for column in columns))


def answer_of(dataset: Dataset, targets: Sequence[torch.Tensor]) -> str:
    """Say what is right for a sample; nothing where that is a mask, a text or a picture."""
    if len(targets) != 1:
        return ""
    target = targets[0]
    if dataset.task == "multilabel" and target.dim() == 1:
        names = zip(dataset.classes, target.tolist(), strict=False)
        return ", ".join(name for name, held in names if held > 0) or "–"
    if dataset.task == "regression":
        if target.dim() > 1 or target.numel() > 4:
            return ""
        return ", ".join(f"{value:.4g}" for value in dataset.preprocessing.in_unit(target).flatten().tolist())
    if target.dim():
        return ""
    number = int(target)
    return dataset.classes[number] if 0 <= number < len(dataset.classes) else str(number)


def _of_class(dataset: Dataset, split: Split, label: int) -> torch.Tensor:
    """Give the places of the samples that hold a class anywhere."""
    target = next(iter(split.targets.values()))
    if dataset.task == "multilabel":
        return (target[:, label] > 0).nonzero().squeeze(1)
    return (target.reshape(len(target), -1) == label).any(1).nonzero().squeeze(1)


def _is_rows(facts: Preprocessing, split: Split) -> bool:
    return bool(facts.features) or all(
        values.is_floating_point() and values.dim() == 2 for values in split.inputs.values()
    )


def _sample(dataset: Dataset, part: Split, columns: Sequence[Plain], index: int, place: int) -> Sample:
    facts = dataset.preprocessing
    inputs = [values[index] for values in part.inputs.values()]
    targets = [values[index] for values in part.targets.values()]
    answer = answer_of(dataset, targets)
    if columns:
        cells = tuple(_cell(column, index) for column in columns)
        return Sample(place, answer, cells=cells)
    if all(_is_picture(facts, values) for values in inputs):
        mask = _mask(targets[0], inputs[0]) if dataset.classes and len(targets) == 1 else None
        return Sample(place, answer, tuple(_picture(facts, values) for values in inputs), mask)
    if facts.kind == "tokens" and facts.vocabulary:
        rows = [values[values != PADDING][:_MOST_TOKENS] for values in inputs]
        return Sample(place, answer, text="\n".join(facts.words(row) for row in rows))
    if all(values.is_floating_point() for values in inputs):
        return Sample(place, answer, curves=_curves(inputs))
    numbers = " ".join(
        str(number) for values in inputs for number in values.flatten()[:_MOST_TOKENS].tolist()
    )
    return Sample(place, answer, text=numbers)


def _cell(column: Plain, index: int) -> str:
    value = float(column.numbers[index])
    return column.words[int(value)] if column.words else said(column.kind, value)


def _is_picture(facts: Preprocessing, values: torch.Tensor) -> bool:
    if values.dim() != 3 or values.shape[0] not in (1, 3, 4) or min(values.shape[1:]) < 2:
        return False
    return facts.kind == "image" or values.is_floating_point()


def _picture(facts: Preprocessing, values: torch.Tensor) -> Bytes:
    if facts.kind == "image" and len(facts.mean) in (0, 1, len(values)):
        return facts.pixels(values)
    low, high = float(values.min()), float(values.max())
    return Preprocessing("image", tuple(values.shape)).pixels((values - low) / max(high - low, 1e-12))


def _mask(target: torch.Tensor, picture: torch.Tensor) -> Bytes | None:
    if target.dim() != 2 or target.shape != picture.shape[1:]:
        return None
    shades = target.clamp(min=0) % (_SHADES + 1)
    return target.shape[1], target.shape[0], 1, shades.to(torch.uint8).contiguous().numpy().tobytes()


def _curves(inputs: Sequence[torch.Tensor]) -> tuple[tuple[float, ...], ...]:
    """Give the numbers over time: steps stand first, channels last."""
    found: list[tuple[float, ...]] = []
    for values in inputs:
        rows = values.reshape(values.shape[0], -1).T if values.dim() > 1 else values.reshape(1, -1)
        found += [tuple(row[:_MOST_STEPS].nan_to_num().tolist()) for row in rows]
    return tuple(found[:_MOST_CURVES])
