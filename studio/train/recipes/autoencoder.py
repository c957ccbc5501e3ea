"""The autoencoder recipe: an encoder writes a sample down in few numbers, a decoder reads it from them.

Hinton and Salakhutdinov 2006; denoising of Vincent et al. 2008; variational of Kingma and Welling 2013,
arXiv:1312.6114, with the weight beta of Higgins et al. 2017. With a seed `s` the whole training is this loop:

    encoder, decoder = Encoder(), Decoder()
    torch.manual_seed(s + 1)
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):
            clean = x[places]
            shown = clean + noise * torch.randn(clean.shape)                 # denoising
            shown = shown * (torch.rand(clean.shape) >= masked)              # denoising
            code = encoder(shown)                                            # plain, denoising
            mean, log_variance = encoder(clean)                              # variational
            code = mean + (log_variance / 2).exp() * torch.randn(mean.shape) # variational
            loss = mse(decoder(code), clean)
            # variational: the squares summed over each sample, and the distance of its code from the normal
            divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean() / 2
            loss = ((decoder(code) - clean)**2).sum(1).mean() + beta * divergence
            both optimizers: zero_grad(); loss.backward(); step()
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
from studio.project import Plan
from studio.train.made import Made
from studio.train.plans.bound import Bound
from studio.train.plans.entries import called, device_of, entries, named_call
from studio.train.recipe import Batch, Outcome, Recipe, Tools, TrainError
from studio.train.recipes.given import MANY, Seen, flat, prepared, watched, with_classes
from studio.train.recipes.walking import WALKERS, between

ENCODER, DECODER = "encoder", "decoder"

Kind = Literal["plain", "denoising", "variational"]

_JUDGED_SEED = 4_321
"""What a check spoils samples with: the same each time, so that epochs compare."""


class Autoencoder(Recipe):
    """Two networks that learn to give back what they are shown."""

    streams = True
    makes_anew = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        kind: Kind,
        loss: Literal["mse", "l1", "bce"],
        noise: float,
        masked: float,
        beta: float,
        samples: int,
    ) -> None:
        """Bind the networks; see the declaration for the parameters."""
        self.models = models
        self._kind, self._loss, self._beta = kind, loss, beta
        self._noise, self._masked = (noise, masked) if kind == "denoising" else (0.0, 0.0)
        self._entry, self._code = entries(models[ENCODER])[0], entries(models[DECODER])[0]
        self._seen, self._count = Seen.of(data), samples
        self._watched = torch.zeros(0)
        self._labels: torch.Tensor | None = None

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        variational = bound.values.get("kind") == "variational"
        counts = [
            *bound.count_misfits(ENCODER, 1, 1, outputs=2 if variational else 1),
            *bound.count_misfits(DECODER, 1, 1),
        ]
        yield from counts
        if counts:
            return
        (samples,), (code,) = bound.inputs(ENCODER), bound.inputs(DECODER)
        yield from bound.data_misfits(samples)
        for output in bound.outputs(ENCODER):
            yield from bound.alike(output, code)
        yield from bound.alike(bound.outputs(DECODER)[0], samples)

    def prepare(self, data: Dataset) -> Dataset:
        """Give the samples alone.

        Raises:
            TrainError: the loss is for brightness, and the data is no pictures.
        """
        if self._loss == "bce" and (self._seen is None or self._seen.look != "pictures"):
            raise TrainError(
                Message(
                    "The loss “bce” compares brightness from 0 to 1, and this data is no pictures. "
                    "Choose the loss “mse”."
                ),
                expected=Message("pictures"),
                received=Message("numbers"),
            )
        few, self._labels = watched(data, self._ready)
        self._watched = few.inputs["x"]
        return self._ready(data)

    def _ready(self, data: Dataset) -> Dataset:
        return prepared(data, self._entry, classes=False)

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn to give one batch back."""
        x = batch.inputs["x"]
        noise = torch.randn(x.shape, device=x.device) if self._noise else None
        kept = torch.rand(x.shape, device=x.device) >= self._masked if self._masked else None
        found = self._computed(x, self._spoiled(x, noise, kept), tools, None)
        tools.learn((ENCODER, DECODER), found["loss"])
        return Outcome({name: value.detach() for name, value in found.items()})

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at one batch; codes are not blurred."""
        x = batch.inputs["x"]
        return Outcome(self._computed(x, self._spoiled_alike(x), tools, 0.0))

    def _spoiled(
        self, x: torch.Tensor, noise: torch.Tensor | None, kept: torch.Tensor | None
    ) -> torch.Tensor:
        shown = x if noise is None else x + self._noise * noise
        return shown if kept is None else shown * kept

    def _spoiled_alike(self, x: torch.Tensor) -> torch.Tensor:
        """Spoil samples the same way each time."""
        generator = torch.Generator().manual_seed(_JUDGED_SEED)
        noise = torch.randn(x.shape, generator=generator).to(x.device)
        kept = (torch.rand(x.shape, generator=generator) >= self._masked).to(x.device)
        return self._spoiled(x, noise if self._noise else None, kept if self._masked else None)

    def _computed(
        self, x: torch.Tensor, shown: torch.Tensor, tools: Tools, blur: float | None
    ) -> dict[str, torch.Tensor]:
        """Give the losses.

        Args:
            x: the samples.
            shown: what the encoder sees of them.
            tools: the numbers to compute with.
            blur: how far variational codes are drawn apart; drawn from the training's stream when None.
        """
        mean, log_variance = self._coded(shown, tools)
        code = mean
        if log_variance is not None and blur is None:
            code = mean + (log_variance / 2).exp() * torch.randn(mean.shape, device=mean.device)
        back = self._decoded(code, tools)
        each = self._differences(back, x)
        if log_variance is None:
            return {"loss": each.mean()}
        away = (mean.square() + log_variance.exp() - 1 - log_variance).flatten(1).sum(1).mean() / 2
        reconstruction = each.flatten(1).sum(1).mean()
        return {
            "loss": reconstruction + self._beta * away,
            "reconstruction": reconstruction,
            "divergence": away,
        }

    def _differences(self, back: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
        if self._loss == "bce":
            assert self._seen is not None  # it was asked for before the first step
            wanted = self._brightness(x)
            return functional.binary_cross_entropy_with_logits(back, wanted, reduction="none")
        return (back - x).square() if self._loss == "mse" else (back - x).abs()

    def _brightness(self, x: torch.Tensor) -> torch.Tensor:
        assert self._seen is not None  # only pictures have a brightness
        low, high = self._seen.brightness()
        low, high = low.to(x), high.to(x)
        return ((x - low) / (high - low)).clamp(0, 1)

    def _coded(self, x: torch.Tensor, tools: Tools) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Give the code, or its mean and the logarithm of its variance."""
        with tools.precision():
            output = named_call(self.models[ENCODER], x)
        if self._kind != "variational":
            if isinstance(output, torch.Tensor):
                return output.float(), None
        elif isinstance(output, Mapping) and len(output) == 2:
            first, second = output.values()
            return output.get("mean", first).float(), output.get("log_variance", second).float()
        raise TrainError(
            Message(
                "A variational encoder gives two outputs, a mean and a log_variance; any other one a single "
                "code."
            )
        )

    def _decoded(self, code: torch.Tensor, tools: Tools) -> torch.Tensor:
        with tools.precision():
            return called(self.models[DECODER], code).float()

    # -- to look at -------------------------------------------------------------------------------------

    def make(self, tools: Tools, generator: torch.Generator) -> tuple[Made, ...]:
        """Give samples back, make new ones where that means something, and show where codes lie."""
        made: list[Made] = []
        where = device_of(self.models[ENCODER])
        if self._seen is not None and self._count:
            count = len(self._watched) if self._seen.look == "points" else self._count
            x = self._watched[:count].to(where)
            shown = self._spoiled_alike(x)
            rows = [x, shown] if shown is not x else [x]
            back = self._decoded(self._coded(shown, tools)[0], tools)
            frames = [*map(self._seen.shown, rows), self._shown(back)]
            if self._seen.look == "points":
                made.append(Made("strips", Message("Given back"), torch.stack(frames)))
            else:
                made.append(Made("strips", Message("Given back"), torch.stack(frames, 1)))
            if self._kind == "variational":
                made.append(self._dreamed(tools, generator))
        codes = self._coded(self._watched.to(where), tools)[0]
        made.append(Made("points", Message("Where codes lie"), with_classes(flat(codes), self._labels)))
        return tuple(made)

    def walk(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Go from the codes of some samples to those of others, and decode all that lies between."""
        if self._seen is None or self._seen.look == "points" or len(self._watched) < 2:
            return None
        count = min(WALKERS, len(self._watched) // 2)
        drawn = torch.randperm(len(self._watched), generator=generator)[: 2 * count]
        where = device_of(self.models[ENCODER])
        begin, end = self._coded(self._watched[drawn].to(where), tools)[0].split(count)
        frames = [self._shown(self._decoded(codes, tools)) for codes in between(begin, end, round_=False)]
        return Made("strips", Message("On the way from sample to sample"), torch.stack(frames, 1))

    def give_back(self, x: torch.Tensor, tools: Tools) -> torch.Tensor | None:
        """Give samples back, where they can be seen."""
        if self._seen is None or self._seen.look == "points":
            return None
        code = self._coded(x.to(device_of(self.models[ENCODER])), tools)[0]
        return self._shown(self._decoded(code, tools))

    def _shown(self, values: torch.Tensor) -> torch.Tensor:
        assert self._seen is not None  # only what can be seen is shown
        return values.sigmoid().cpu() if self._loss == "bce" else self._seen.shown(values)

    def _dreamed(self, tools: Tools, generator: torch.Generator) -> Made:
        """Decode codes that no sample has: of two numbers a grid of them, else drawn ones."""
        assert self._seen is not None  # only what can be seen is made
        where = device_of(self.models[DECODER])
        if self._code.numbers == 2:
            side = max(int(self._count**0.5), 2)
            even = (torch.arange(side) + 0.5) / side
            line = torch.distributions.Normal(0.0, 1.0).icdf(even)
            codes = torch.cartesian_prod(line, line)
        else:
            count = MANY if self._seen.look == "points" else self._count
            codes = torch.randn((count, *self._code.sample), generator=generator)
        made = self._shown(self._decoded(codes.reshape(-1, *self._code.sample).to(where), tools))
        title = (
            Message("Made from a grid of codes") if self._code.numbers == 2 else Message("Made from noise")
        )
        return Made("points" if self._seen.look == "points" else "pictures", title, made)
