"""The diffusion recipe: a network learns what noise lies over a sample, and makes samples by taking it away.

Ho et al. 2020 (DDPM), arXiv:2006.11239. With a seed `s` the whole training is this loop; `noising` tells the
schedules, the other targets (`x0`, `v`), and the way back (DDPM, and DDIM of Song et al. 2020):

    model = UNet()                                      # takes noised samples and their times
    torch.manual_seed(s + 1)
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):
            clean = x[places]
            t = torch.randint(times, (len(clean),))
            noise = torch.randn(clean.shape)
            noised = kept[t].sqrt() * clean + (1 - kept[t]).sqrt() * noise
            loss = mse(model(noised, t), noise)
            optimizer.zero_grad(); loss.backward(); optimizer.step()
            for average, weight in zip(averages, weights): average.lerp_(weight, 1 - decay)

Samples are made, and the best weights kept, with the averages of the weights. The network's second input
takes the time: as a whole number, or from 0 to 1 where it takes numbers with a point. Where there is a
third one, it takes the class; a share of the classes is hidden, so that samples can be guided towards
theirs (Ho and Salimans 2022, arXiv:2207.12598): `said + guidance * (said - said without class)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import torch
from torch import nn
from torch.nn import functional

from studio.compiler import Problem
from studio.data import Dataset
from studio.graph import Message
from studio.project import MODEL, Plan
from studio.train.made import Made
from studio.train.plans.bound import Bound, Place
from studio.train.plans.entries import Entry, called, device_of, entries
from studio.train.plans.mending import setting
from studio.train.recipe import Batch, Outcome, Recipe, Tools
from studio.train.recipes.given import (
    Seen,
    condition,
    even_classes,
    field_of,
    names,
    prepared,
    target_in,
    with_classes,
)
from studio.train.recipes.noising import Noising, Schedule, Target, even_times, way_back

INSTANTS = 8
"""How many pictures of the way back are shown."""

_JUDGED_SEED = 1_234
"""What the noise and the times of a check are drawn from: the same each time, so that epochs compare."""


class Diffusion(Recipe):
    """One network that takes noise away."""

    streams = True
    makes_anew = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        schedule: Schedule,
        times: int,
        target: Target,
        loss: Literal["mse", "l1"],
        hidden: float,
        guidance: float,
        sampler: Literal["ddim", "ddpm"],
        steps: int,
        eta: float,
        averaging: float | None,
        samples: int,
    ) -> None:
        """Bind the network; see the declaration for the parameters."""
        self.models = models
        self.averaging = averaging
        self._model = models[MODEL]
        self._takes = entries(self._model)
        self._noising = Noising.of(schedule, times).to(device_of(self._model))
        self._target, self._loss = target, loss
        self._told = condition(self._takes, 2, data)
        self._hidden, self._guidance = hidden, guidance
        self._steps = list(range(times - 1, -1, -1)) if sampler == "ddpm" else even_times(times, steps)
        self._eta = 1.0 if sampler == "ddpm" else eta
        self._count = samples
        self._classes = data.classes
        self._seen = Seen.of(data)
        field = field_of(self._takes[0], data.train)
        self._limits = None if self._seen is None else self._seen.limits(data.train, field)

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        counts = list(bound.count_misfits(MODEL, 2, 3))
        yield from counts
        if counts:
            return
        samples, time, *classes = bound.inputs(MODEL)
        yield from bound.data_misfits(samples)
        (said,) = bound.outputs(MODEL)
        yield from bound.gives(
            said,
            samples.tensor,
            Message(
                "The network gives {received}, and it must say something of each number of a sample: "
                "{expected}. Give the output the sizes of the input “{input}”.",
                received=str(said.tensor),
                expected=str(samples.tensor),
                input=samples.node.name,
            ),
        )
        if samples.whole:
            yield _of_whole_numbers(bound, samples)
        if time.numbers != 1:
            yield bound.problem(
                time,
                "time_sizes",
                Message(
                    "The second input, “{name}”, takes the time: one number a sample. It takes {received}. "
                    "Leave its shape empty.",
                    name=time.node.name,
                    received=str(time.tensor),
                ),
                parameter="shape",
                expected=Message("{sizes}", sizes="B"),
                received=Message("{sizes}", sizes=str(time.tensor)),
                fixes=(setting(time.node, "shape", (), "–"),),
            )
        for place in classes:
            yield from bound.condition_misfits(place, bound.facts.classes + bool(bound.values["hidden"]))

    def prepare(self, data: Dataset) -> Dataset:
        """Give the samples, with their classes where the network takes them."""
        return prepared(data, self._takes[0], classes=self._told is not None)

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Lay noise over samples and learn to tell it."""
        x, labels = batch.inputs["x"], target_in(batch.targets)
        t = torch.randint(self._noising.times, (batch.size,), device=x.device)
        noise = torch.randn(x.shape, device=x.device)
        if labels is not None and self._hidden:
            labels = labels.where(torch.rand(batch.size, device=x.device) >= self._hidden, len(self._classes))
        loss = self._computed(x, t, noise, labels, tools)
        tools.learn(MODEL, loss, lambda: self._computed(x, t, noise, labels, tools))
        return Outcome({"loss": loss.detach()})

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at a batch with noise that is the same each time."""
        x, labels = batch.inputs["x"], target_in(batch.targets)
        generator = torch.Generator().manual_seed(_JUDGED_SEED)
        t = torch.randint(self._noising.times, (batch.size,), generator=generator).to(x.device)
        noise = torch.randn(x.shape, generator=generator).to(x.device)
        return Outcome({"loss": self._computed(x, t, noise, labels, tools)})

    def _computed(
        self,
        x: torch.Tensor,
        t: torch.Tensor,
        noise: torch.Tensor,
        labels: torch.Tensor | None,
        tools: Tools,
    ) -> torch.Tensor:
        said = self._says(self._noising.noised(x, t, noise), t, labels, tools)
        wanted = self._noising.target(self._target, x, t, noise)
        return functional.mse_loss(said, wanted) if self._loss == "mse" else functional.l1_loss(said, wanted)

    def _says(
        self, noised: torch.Tensor, t: torch.Tensor, labels: torch.Tensor | None, tools: Tools
    ) -> torch.Tensor:
        told = () if self._told is None or labels is None else (self._told.of(labels),)
        with tools.precision():
            return called(self._model, noised, self._time(t, self._takes[1]), *told).float()

    def _time(self, t: torch.Tensor, entry: Entry) -> torch.Tensor:
        if entry.tensor is None:
            return t
        given = t if entry.whole else t.to(entry.dtype) / self._noising.times
        return given.reshape(len(t), *entry.sample)

    # -- to look at -------------------------------------------------------------------------------------

    def sampled(
        self,
        count: int,
        tools: Tools,
        generator: torch.Generator,
        labels: torch.Tensor | None = None,
        instants: int = 2,
    ) -> torch.Tensor:
        """Make samples out of noise, as the network is now.

        Args:
            count: how many.
            tools: the numbers to compute with.
            generator: what noise is drawn from.
            labels: their classes, where the network takes them.
            instants: how many pictures of the way back are given, the noise first.

        Returns:
            (instants, count, ...): what the network takes, the finished samples last.
        """
        where = device_of(self._model)
        x = torch.randn((count, *self._takes[0].sample), generator=generator).to(where)
        nobody = None if labels is None else torch.full((count,), len(self._classes), device=where)

        def says(noised: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
            said = self._says(noised, t, labels, tools)
            if nobody is None or not (self._hidden and self._guidance):
                return said
            return said + self._guidance * (said - self._says(noised, t, nobody, tools))

        return way_back(
            self._noising,
            self._target,
            says,
            x,
            self._steps,
            eta=self._eta,
            generator=generator,
            limits=self._limits,
            instants=instants,
        )

    def make(self, tools: Tools, generator: torch.Generator) -> tuple[Made, ...] | None:
        """Make samples from the same noise each time; how they come about, and what they are."""
        if self._seen is None or not self._count:
            return None
        points = self._seen.look == "points"
        count = max(self._count, self._seen.count) if points else self._count
        labels = even_classes(count, len(self._classes)) if self._told is not None else None
        where = device_of(self._model)
        told = None if labels is None else labels.to(where)
        frames = self._seen.shown(self.sampled(count, tools, generator, told, INSTANTS))
        way, out = Message("From noise to samples"), Message("Made from noise")
        if points:
            return Made("strips", way, frames), Made("points", out, with_classes(frames[-1], labels))
        few = frames[:, : min(count, INSTANTS)].transpose(0, 1).contiguous()
        called_by = names(labels, self._classes)
        return (
            Made("strips", way, few, called_by[: len(few)]),
            Made("pictures", out, frames[-1], called_by),
        )


def _of_whole_numbers(bound: Bound, place: Place) -> Problem:
    return bound.problem(
        place,
        "noise_kind",
        Message(
            "Noise is laid over numbers with a point, and the input “{name}” takes whole numbers. "
            "Set the kind of numbers of the Input block to float32.",
            name=place.node.name,
        ),
        expected=Message("{dtype}", dtype="float32"),
        received=Message("{dtype}", dtype=place.tensor.dtype),
        fixes=(setting(place.node, "dtype", "float32", "float32"),),
        parameter="dtype",
    )
