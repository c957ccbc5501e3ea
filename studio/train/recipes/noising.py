"""How noise is laid over samples and taken away again: schedules, targets, and the ways back.

A sample `x` at the time `t` (from 0, the least noise) is `sqrt(kept[t]) * x + sqrt(1 - kept[t]) * noise`.

The way back goes from the last time to the first, over all times or over some (Song et al. 2020, DDIM,
arXiv:2010.02502): `x` is computed from what the network gives, and noise is laid over it again for the next
time, partly the noise that was found, partly fresh; `eta` says how fresh. With `eta` 1 and all times it is
the way of Ho et al. 2020 (DDPM, arXiv:2006.11239).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

Schedule = Literal["linear", "cosine"]
Target = Literal["noise", "x0", "v"]

_MOST = 0.999
"""The greatest share that one time takes away."""


@dataclass(frozen=True)
class Noising:
    """A schedule of noise.

    Attributes:
        kept: for each time, the share of the sample's variance that is left.
    """

    kept: torch.Tensor

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, schedule: Schedule, times: int) -> Noising:
        """Make a schedule.

        Args:
            schedule: `linear` as of Ho et al. 2020, its ends scaled so that any number of times ends in the
                same noise; or `cosine` as of Nichol and Dhariwal 2021, arXiv:2102.09672.
            times: how many times there are.
        """
        if schedule == "linear":
            scale = 1000 / times
            taken = torch.linspace(scale * 1e-4, scale * 0.02, times, dtype=torch.float64)
        else:
            at = torch.arange(times + 1, dtype=torch.float64) / times
            curve = ((at + 0.008) / 1.008 * math.pi / 2).cos().square()
            taken = 1 - curve[1:] / curve[:-1]
        return cls((1 - taken.clamp(max=_MOST)).cumprod(0).float())

    @property
    def times(self) -> int:
        """How many times there are."""
        return len(self.kept)

    def to(self, device: torch.device) -> Noising:
        """Give the schedule on a device."""
        return self if self.kept.device == device else Noising(self.kept.to(device))

    def shares(self, t: torch.Tensor, like: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Give by how much samples and noise are scaled at times, shaped to be multiplied."""
        kept = self.kept[t].view(-1, *(1,) * (like.dim() - 1))
        return kept.sqrt(), (1 - kept).sqrt()

    def noised(self, x: torch.Tensor, t: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Lay noise over samples.

        Args:
            x: the samples.
            t: the time of each.
            noise: of their sizes, normal.
        """
        sample, share = self.shares(t, x)
        return sample * x + share * noise

    def target(self, kind: Target, x: torch.Tensor, t: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """Give what a network shall say of noised samples.

        `v` is `sqrt(kept) * noise - sqrt(1 - kept) * x` (Salimans and Ho 2022, arXiv:2202.00512).
        """
        if kind == "noise":
            return noise
        if kind == "x0":
            return x
        sample, share = self.shares(t, x)
        return sample * noise - share * x

    def parted(
        self, kind: Target, said: torch.Tensor, noised: torch.Tensor, t: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Part noised samples into the samples and the noise, by what a network said of them."""
        sample, share = self.shares(t, noised)
        if kind == "noise":
            return (noised - share * said) / sample, said
        if kind == "x0":
            return said, (noised - sample * said) / share
        return sample * noised - share * said, sample * said + share * noised


def forward_strip(
    noising: Noising, x: torch.Tensor, instants: int, generator: torch.Generator | None = None
) -> torch.Tensor:
    """Give samples as more and more noise is laid over them: (instants, count, ...), the samples first.

    Args:
        noising: the schedule.
        x: the samples.
        instants: how many instants there are, the samples themselves counted.
        generator: what the noise is drawn from; the same noise is used all along.
    """
    noise = torch.randn(x.shape, generator=generator, device="cpu").to(x)
    times = torch.linspace(0, noising.times - 1, max(instants - 1, 1)).round().long().to(x.device)
    rows = [noising.noised(x, time.expand(len(x)), noise) for time in times[: instants - 1]]
    return torch.stack([x, *rows])


def even_times(times: int, steps: int) -> list[int]:
    """Give times for a way back, the last one first, evenly spaced; 0 is always among them."""
    spaced = torch.linspace(times - 1, 0, min(steps, times)).round().long().tolist()
    return [int(time) for time in spaced] if steps > 1 else [times - 1]


Says = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""What a network says of noised samples at their times."""


@torch.no_grad()
def way_back(
    noising: Noising,
    kind: Target,
    says: Says,
    x: torch.Tensor,
    steps: Sequence[int],
    *,
    eta: float = 0.0,
    generator: torch.Generator | None = None,
    limits: tuple[torch.Tensor, torch.Tensor] | None = None,
    instants: int = 2,
) -> torch.Tensor:
    """Take noise away, step by step.

    Args:
        noising: the schedule.
        kind: what the network says.
        says: the network.
        x: pure noise.
        steps: the times, falling; see `even_times`.
        eta: how fresh the noise is that is laid over again: 0 takes the noise found, 1 is the way of DDPM.
        generator: what fresh noise is drawn from.
        limits: the least and greatest number that a sample can have.
        instants: how many pictures of the way are kept, evenly spaced, first and last among them.

    Returns:
        (instants, count, ...): the noise first, the finished samples last.
    """
    if limits is not None:
        limits = limits[0].to(x), limits[1].to(x)
    kept = {round(place) for place in torch.linspace(0, len(steps), max(instants, 2)).tolist()}
    frames = [x]
    for place, time in enumerate(steps, 1):
        t = torch.full((len(x),), time, device=x.device)
        clean, noise = noising.parted(kind, says(x, t), x, t)
        if limits is not None:
            clean = clean.clamp(*limits)
            sample, share = noising.shares(t, x)
            noise = (x - sample * clean) / share
        if place == len(steps):
            x = clean
        else:
            now, then = noising.kept[time], noising.kept[steps[place]]
            fresh = eta * ((1 - then) / (1 - now) * (1 - now / then)).clamp(min=0).sqrt()
            x = then.sqrt() * clean + (1 - then - fresh.square()).clamp(min=0).sqrt() * noise
            if eta:
                x = x + fresh * torch.randn(x.shape, generator=generator, device="cpu").to(x)
        if place in kept:
            frames.append(x)
    return torch.stack(frames)
