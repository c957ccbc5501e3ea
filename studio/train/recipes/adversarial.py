"""The adversarial recipe: a generator learns to make samples that a discriminator cannot tell from real ones.

Goodfellow et al. 2014, arXiv:1406.2661. With a seed `s`, labels of 1 - smoothing for real samples, and one
step of the discriminator for each of the generator, the whole training is this loop (DCGAN, 1511.06434):

    generator, discriminator = Generator(), Discriminator()
    torch.manual_seed(s + 1)                            # what the noise is drawn from
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):
            real = x[places]
            fake = generator(torch.randn(len(real), *noise_sizes))
            on_real, on_fake = discriminator(real), discriminator(fake.detach())
            loss = bce(on_real, 1 - smoothing) + bce(on_fake, 0)
            optimizer_d.zero_grad(); loss.backward(); optimizer_d.step()
            loss = bce(discriminator(fake), 1)          # "non-saturating": it wants to be taken for real
            optimizer_g.zero_grad(); loss.backward(); optimizer_g.step()

Other losses: least squares (Mao et al. 2016, 1611.04076), hinge (Lim and Ye 2017, 1705.02894), Wasserstein
with gradient penalty (Gulrajani et al. 2017, 1704.00028), where the discriminator is a critic. With several
steps of the discriminator, each has a batch of its own and the generator learns in the last of them. Where
both networks have a second input, it takes the class of a sample (Mirza and Osindero 2014, 1411.1784).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

import torch
from torch import nn
from torch.nn import functional

from studio.compiler import Problem
from studio.data import Dataset
from studio.graph import Message
from studio.project import Plan
from studio.train.made import Made
from studio.train.plans.before_loss import CHANCES
from studio.train.plans.bound import Bound
from studio.train.plans.entries import called, device_of, entries
from studio.train.recipe import LATEST, Batch, Outcome, Recipe, Tools
from studio.train.recipes.given import Seen, condition, even_classes, names, prepared, target_in, with_classes
from studio.train.recipes.walking import WALKERS, between

GENERATOR, DISCRIMINATOR = "generator", "discriminator"

Contest = Literal["bce", "least_squares", "hinge", "wasserstein"]
"""What the two networks play for."""


class Adversarial(Recipe):
    """Two networks in contest."""

    goal = LATEST
    makes_anew = True
    streams = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        loss: Contest,
        noise: Literal["normal", "uniform"],
        critic_steps: int,
        smoothing: float,
        penalty: float,
        samples: int,
    ) -> None:
        """Bind the networks; see the declaration for the parameters."""
        self.models = models
        self._contest, self._noise, self._count = loss, noise, samples
        self._critic_steps, self._smoothing, self._penalty = critic_steps, smoothing, penalty
        self._takes, self._judges = entries(models[GENERATOR]), entries(models[DISCRIMINATOR])
        self._told = condition(self._takes, 1, data)
        self._judged_by = condition(self._judges, 1, data)
        self._classes = data.classes
        self._seen = Seen.of(data)
        self._turn = 0
        self._fooled: torch.Tensor | None = None

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        counts = [
            *bound.count_misfits(GENERATOR, 1, 2),
            *bound.count_misfits(DISCRIMINATOR, 1, 2),
        ]
        yield from counts
        if counts:
            return
        takes, judges = bound.inputs(GENERATOR), bound.inputs(DISCRIMINATOR)
        if takes[0].whole:
            yield bound.problem(
                takes[0],
                "noise_kind",
                Message(
                    "The generator takes noise at “{name}”: numbers with a point. "
                    "Set the kind of numbers of the Input block to float32.",
                    name=takes[0].node.name,
                ),
                expected=Message("{dtype}", dtype="float32"),
                received=Message("{dtype}", dtype=takes[0].tensor.dtype),
                parameter="dtype",
            )
        yield from bound.data_misfits(judges[0])
        yield from bound.alike(bound.outputs(GENERATOR)[0], judges[0])
        if len(takes) != len(judges):
            one, other = (GENERATOR, DISCRIMINATOR) if len(takes) > 1 else (DISCRIMINATOR, GENERATOR)
            yield bound.problem(
                bound.inputs(one)[1],
                "one_sided_condition",
                Message(
                    "Only one of the two networks takes a class, at “{name}”. Give the other one an input "
                    "for it, too, or take this one out.",
                    name=bound.inputs(one)[1].node.name,
                ),
                expected=Message("{count} {count:input|inputs}", count=len(bound.inputs(other))),
                received=Message("{count} {count:input|inputs}", count=2),
            )
        else:
            for place in (*takes[1:], *judges[1:]):
                yield from bound.condition_misfits(place, bound.facts.classes)
        yield from cls._unmeant(bound)

    @classmethod
    def _unmeant(cls, bound: Bound) -> Iterator[Problem]:
        """Tell of what trains and is surely not meant."""
        walk = bound.reports[DISCRIMINATOR].walk
        score = bound.outputs(DISCRIMINATOR)[0]
        assert walk is not None  # the network has no errors
        last = [walk.outcomes[wire.source.node] for wire in walk.graph.into(score.node.id) if wire.enabled]
        if last and last[0].block.type in CHANCES and bound.values.get("loss") != "least_squares":
            yield bound.problem(
                score,
                "squeezed_score",
                Message(
                    "The discriminator ends in “{name}”, and this loss takes raw scores. Take “{name}” out.",
                    name=last[0].node.name,
                ),
                expected=Message("raw scores"),
                received=Message("chances"),
                warning=True,
            )
        norms = [outcome for outcome in walk.outcomes.values() if outcome.block.type.startswith("batch_norm")]
        if norms and bound.values.get("loss") == "wasserstein":
            yield bound.problem(
                DISCRIMINATOR,
                "penalty_over_batch",
                Message(
                    "The gradient penalty looks at each sample by itself, and “{name}” mixes the samples of "
                    "a batch. Take a LayerNorm or InstanceNorm in the discriminator.",
                    name=norms[0].node.name,
                ),
                expected=Message("a LayerNorm or InstanceNorm"),
                received=Message(norms[0].block.title),
                warning=True,
            )

    def prepare(self, data: Dataset) -> Dataset:
        """Give the samples, with their classes where the networks take them."""
        return prepared(data, self._judges[0], classes=self._told is not None)

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Let the discriminator learn from real and made samples, and the generator from its judgement."""
        real, labels = batch.inputs["x"], target_in(batch.targets)
        noise = self._drawn(batch.size)
        learns = (self._turn + 1) % self._critic_steps == 0
        with torch.set_grad_enabled(learns):
            fake = self._made(noise, labels, tools)
        shares = self._shares(batch.size)
        critic, scores = self._critics(real, fake.detach(), labels, shares, tools)
        tools.learn(
            DISCRIMINATOR,
            critic,
            lambda: self._critics(real, fake.detach(), labels, shares, tools)[0],
        )
        self._turn += 1
        if learns:
            with held(self.models[DISCRIMINATOR]):
                fooled = self._fooling(fake, labels, tools)
                tools.learn(
                    GENERATOR, fooled, lambda: self._fooling(self._made(noise, labels, tools), labels, tools)
                )
            self._fooled = fooled.detach()
        elif self._fooled is None:
            with torch.no_grad():
                self._fooled = self._fooling(fake, labels, tools)
        assert self._fooled is not None  # it was computed above
        return self._outcome(critic.detach(), self._fooled, scores)

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Let the two play without learning."""
        real, labels = batch.inputs["x"], target_in(batch.targets)
        fake = self._made(self._drawn(batch.size), labels, tools)
        critic, scores = self._critics(real, fake, labels, None, tools)
        return self._outcome(critic, self._fooling(fake, labels, tools), scores)

    def _outcome(
        self, critic: torch.Tensor, fooled: torch.Tensor, scores: tuple[torch.Tensor, torch.Tensor]
    ) -> Outcome:
        return Outcome(
            {
                "loss": critic + fooled,
                "generator_loss": fooled,
                "discriminator_loss": critic,
                "real_score": scores[0],
                "fake_score": scores[1],
            }
        )

    def _drawn(self, count: int, generator: torch.Generator | None = None) -> torch.Tensor:
        """Draw noise of the generator's sizes."""
        where = device_of(self.models[GENERATOR])
        at = torch.device("cpu") if generator is not None else where
        sizes = (count, *self._takes[0].sample)
        if self._noise == "normal":
            return torch.randn(sizes, device=at, generator=generator).to(where)
        return (2 * torch.rand(sizes, device=at, generator=generator) - 1).to(where)

    def _shares(self, count: int) -> torch.Tensor | None:
        """Draw where between real and made samples the gradient of the critic is looked at."""
        if self._contest != "wasserstein" or not self._penalty:
            return None
        return torch.rand(count, device=device_of(self.models[GENERATOR]))

    def _made(self, noise: torch.Tensor, labels: torch.Tensor | None, tools: Tools) -> torch.Tensor:
        told = () if self._told is None or labels is None else (self._told.of(labels),)
        with tools.precision():
            return called(self.models[GENERATOR], noise, *told)

    def _score(self, samples: torch.Tensor, labels: torch.Tensor | None, tools: Tools) -> torch.Tensor:
        told = () if self._judged_by is None or labels is None else (self._judged_by.of(labels),)
        with tools.precision():
            return called(self.models[DISCRIMINATOR], samples, *told).float()

    # -- what they play for -----------------------------------------------------------------------------

    def _critics(
        self,
        real: torch.Tensor,
        fake: torch.Tensor,
        labels: torch.Tensor | None,
        shares: torch.Tensor | None,
        tools: Tools,
    ) -> tuple[torch.Tensor, tuple[torch.Tensor, torch.Tensor]]:
        """Give the discriminator's loss, and how it scores real and made samples on average."""
        on_real, on_fake = self._score(real, labels, tools), self._score(fake, labels, tools)
        scores = on_real.detach().mean(), on_fake.detach().mean()
        high = 1.0 - self._smoothing
        if self._contest == "bce":
            loss = _bce(on_real, high) + _bce(on_fake, 0.0)
            scores = on_real.detach().sigmoid().mean(), on_fake.detach().sigmoid().mean()
        elif self._contest == "least_squares":
            loss = ((on_real - high).square().mean() + on_fake.square().mean()) / 2
        elif self._contest == "hinge":
            loss = functional.relu(1 - on_real).mean() + functional.relu(1 + on_fake).mean()
        else:
            loss = on_fake.mean() - on_real.mean()
            if shares is not None:
                loss = loss + self._penalty * self._steepness(real, fake, labels, shares, tools)
        return loss, scores

    def _fooling(self, fake: torch.Tensor, labels: torch.Tensor | None, tools: Tools) -> torch.Tensor:
        """Give the generator's loss."""
        score = self._score(fake, labels, tools)
        if self._contest == "bce":
            return _bce(score, 1.0)
        if self._contest == "least_squares":
            return (score - 1).square().mean() / 2
        return -score.mean()

    def _steepness(
        self,
        real: torch.Tensor,
        fake: torch.Tensor,
        labels: torch.Tensor | None,
        shares: torch.Tensor,
        tools: Tools,
    ) -> torch.Tensor:
        """Give how far the length of the critic's gradient is from 1, between real and made samples."""
        share = shares.view(-1, *(1,) * (real.dim() - 1))
        between = (share * real + (1 - share) * fake.float()).requires_grad_(True)
        score = self._score(between, labels, tools)
        (gradient,) = torch.autograd.grad(score.sum(), between, create_graph=True)
        steepness: torch.Tensor = gradient.flatten(1).norm(dim=1)
        return (steepness - 1).square().mean()

    # -- to look at -------------------------------------------------------------------------------------

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Make samples from the same noise each time."""
        if self._seen is None or not self._count:
            return None
        count = max(self._count, self._seen.count) if self._seen.look == "points" else self._count
        labels = even_classes(count, len(self._classes)) if self._told is not None else None
        noise = self._drawn(count, generator)
        made = self._seen.shown(self._made(noise, None if labels is None else labels.to(noise.device), tools))
        if self._seen.look == "points":
            return Made("points", Message("Made from noise"), with_classes(made, labels))
        return Made("pictures", Message("Made from noise"), made, names(labels, self._classes))

    def walk(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Go from noise to noise, and make something of all that lies between."""
        if self._seen is None or self._seen.look == "points" or not self._count:
            return None
        count = min(self._count, WALKERS)
        labels = even_classes(count, len(self._classes)) if self._told is not None else None
        begin, end = self._drawn(count, generator), self._drawn(count, generator)
        normal = self._noise == "normal"
        told = None if labels is None else labels.to(begin.device)
        frames = [
            self._seen.shown(self._made(noise, told, tools)) for noise in between(begin, end, round_=normal)
        ]
        title = Message("On the way from noise to noise")
        return Made("strips", title, torch.stack(frames, 1), names(labels, self._classes))

    # -- what is kept -----------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Give whose turn it is."""
        return {"turn": self._turn, "fooled": self._fooled}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from there."""
        self._turn = state["turn"]
        fooled = state["fooled"]
        self._fooled = None if fooled is None else fooled.to(device_of(self.models[GENERATOR]))


def _bce(scores: torch.Tensor, wanted: float) -> torch.Tensor:
    return functional.binary_cross_entropy_with_logits(scores, torch.full_like(scores, wanted))


@contextmanager
def held(model: nn.Module) -> Iterator[None]:
    """Have a network pass gradients on without computing those of its own weights."""
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    for parameter in learning:
        parameter.requires_grad_(False)
    try:
        yield
    finally:
        for parameter in learning:
            parameter.requires_grad_(True)
