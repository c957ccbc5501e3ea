"""Keeps what steps gave on the device, and reads all of it at once when somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch

from studio.train.recipe import Outcome

_MOST_NUMBERS = 1 << 22
"""Outputs of more numbers than this are turned into figures at once instead of being kept."""

Together = Callable[[Mapping[str, Sequence[float]], Sequence[int]], tuple[dict[str, list[float]], list[int]]]
"""Gives the figures of steps, and the sizes of those, over all processes."""

Samples = Callable[[torch.Tensor, torch.Tensor], Mapping[str, torch.Tensor]]


class Meter:
    """The figures of the steps since the last look, and the sums of the epoch.

    Attributes:
        sums: key to the sum over the epoch's samples, for the epoch's mean.
        seen: samples of the epoch up to now.
    """

    def __init__(self, samples: Samples, together: Together | None = None) -> None:
        """Make a meter.

        Args:
            samples: the recipe's figures of each sample.
            together: brings the figures of several processes together.
        """
        self._together = together
        self._samples = samples
        self._losses: list[Mapping[str, torch.Tensor]] = []
        self._sizes: list[int] = []
        self._lasts: list[bool] = []
        self._outputs: list[torch.Tensor] = []
        self._targets: list[torch.Tensor] = []
        self._held = 0
        self._parts: dict[str, list[torch.Tensor]] = {}
        self.sums: dict[str, float] = {}
        self.seen = 0

    def __len__(self) -> int:
        """Give how many steps wait to be read."""
        return sum(self._lasts)

    def add(self, outcome: Outcome, size: int, last: bool = True) -> None:
        """Keep what one step gave, or one part of a step.

        Args:
            outcome: what it gave.
            size: its samples.
            last: whether the step ends with it.
        """
        self._lasts.append(last)
        self._losses.append({name: loss.detach() for name, loss in outcome.losses.items()})
        self._sizes.append(size)
        if outcome.output is not None and outcome.target is not None and size:
            output = outcome.output.detach()
            self._outputs.append(output)
            self._targets.append(outcome.target)
            self._held += output.numel() + outcome.target.numel()
            if self._held > _MOST_NUMBERS:
                self._fold()

    def read(self) -> dict[str, list[float]]:
        """Give each figure of each waiting step, and forget them."""
        if not self._sizes:
            return {}
        self._fold()
        figures: dict[str, list[float]] = {
            name: torch.stack([losses[name] for losses in self._losses]).double().tolist()
            if self._losses[0][name].device.type != "mps"
            else torch.stack([losses[name] for losses in self._losses]).tolist()
            for name in self._losses[0]
        }
        ends = np.cumsum(self._sizes)
        for name, parts in self._parts.items():
            each = torch.cat(parts).to("cpu").double().numpy()
            totals = np.concatenate([[0.0], np.cumsum(each)])[np.concatenate([[0], ends])]
            with np.errstate(invalid="ignore"):  # one of several processes may have no share of a step
                figures[name] = (np.diff(totals) / self._sizes).tolist()
        if self._together is not None:
            figures, self._sizes = self._together(figures, self._sizes)
            ends = np.cumsum(self._sizes)
        for name, values in figures.items():
            self.sums[name] = self.sums.get(name, 0.0) + float(np.dot(values, self._sizes))
        self.seen += int(ends[-1])
        if not all(self._lasts):
            figures = self._of_steps(figures)
        self._losses, self._sizes, self._lasts, self._parts = [], [], [], {}
        return figures

    def _of_steps(self, figures: Mapping[str, list[float]]) -> dict[str, list[float]]:
        """Give the figures of whole steps: the means over their parts."""
        sizes = np.asarray(self._sizes, dtype=np.float64)
        starts = np.flatnonzero(np.concatenate([[True], self._lasts[:-1]]))
        totals = np.add.reduceat(sizes, starts)
        return {
            name: (np.add.reduceat(np.asarray(values) * sizes, starts) / totals).tolist()
            for name, values in figures.items()
        }

    def means(self) -> dict[str, float]:
        """Give the mean of each figure over the samples of the epoch."""
        return {name: total / self.seen for name, total in self.sums.items()} if self.seen else {}

    def next_epoch(self) -> None:
        """Begin new sums."""
        self.sums, self.seen = {}, 0

    def _fold(self) -> None:
        """Turn kept outputs into one figure a sample."""
        if self._outputs:
            for name, values in self._samples(torch.cat(self._outputs), torch.cat(self._targets)).items():
                self._parts.setdefault(name, []).append(values)
        self._outputs, self._targets, self._held = [], [], 0
