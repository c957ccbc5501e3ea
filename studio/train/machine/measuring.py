"""Measures threads, layout and compiled code on copies of a training, before its first step."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace

import torch
from torch import nn

from studio.data import Dataset, Split
from studio.project import Plan
from studio.train.loop.feed import Feed, batches
from studio.train.loop.streaming import StreamFeed
from studio.train.machine.choices import Told, Way, decide, key_of
from studio.train.machine.compiling import compile_in_place
from studio.train.recipe import Recipe, Tools
from studio.train.settings import Settings

_TRIED = 8
"""Batches that measuring goes through again and again."""

Making = Callable[[Mapping[str, nn.Module], Dataset], tuple[Recipe, Tools]]
"""Makes a recipe and its tools for copies of the networks, and some of the data."""


class CompilerError(RuntimeError):
    """The copy could not be compiled."""


def measured(
    plan: Plan,
    models: Mapping[str, nn.Module],
    data: Dataset,
    settings: Settings,
    device: torch.device,
    short: torch.dtype | None,
    wanted: Callable[[], bool],
    make: Making,
) -> Told:
    """Choose what is fastest.

    Args:
        plan: how to train.
        models: the networks by role.
        data: what to learn from.
        settings: the loop's parameters.
        device: where to compute.
        short: the numbers of half as many bits that networks compute with, if they do.
        wanted: whether to go on measuring.
        make: makes the training of a copy.
    """
    count = min(len(data.train), settings.batch_size * _TRIED)
    checked = data.validation.take(torch.arange(min(len(data.validation), count)))
    part = replace(data, train=data.train.take(torch.arange(count)), validation=checked)

    def trial(way: Way) -> Callable[[], None]:
        copies = {role: copy.deepcopy(model) for role, model in models.items()}
        if way.channels_last:
            for model in copies.values():
                model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # not in the types
        recipe, tools = make(copies, part)
        if way.compiled:
            compile_in_place(copies, _give_up)
        ready = recipe.prepare(part)
        feed = Feed(
            here(ready.train),
            device,
            channels_last=way.channels_last,
            keep=True,
            varied=ready.augmentation,
        )
        feed.shuffle(settings.seed, 0)
        full = count - count % settings.batch_size
        spans = batches(full, settings.batch_size, False) or [(0, count)]
        for model in copies.values():
            model.train()
        turn = 0

        def step() -> None:
            nonlocal turn
            recipe.step(feed.shuffled(*spans[turn % len(spans)]), tools)
            turn += 1

        return step

    shapes = [tuple(values.shape[1:]) for values in data.train.inputs.values()]
    pictures = any(isinstance(m, nn.Conv2d) for model in models.values() for m in model.modules())
    sizes = [settings.batch_size, shapes, sorted(plan.optimizers.items(), key=repr), short]
    return decide(
        trial,
        key=key_of(models, sizes, device),
        device=device,
        threads=settings.threads,
        pictures=pictures and any(len(shape) == 3 for shape in shapes),
        compiled=settings.compile,
        wanted=wanted,
    )


def here(split: Split) -> Split:
    """Give samples that stay on the disk as others are: all in the memory."""
    if split.stream is None or not len(split):
        return split
    whole = StreamFeed(split, torch.device("cpu"), channels_last=False, workers=0)
    (batch,) = whole.straight(len(split))
    return Split(batch.inputs, batch.targets)


def _give_up(reason: str) -> None:
    raise CompilerError(reason)
