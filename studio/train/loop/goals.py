"""What decides which weights are the best, and when a training stops early: a figure and its direction."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from studio.graph import Message
from studio.train.recipe import LATEST, TrainError

Better = Literal["auto", "lower", "higher"]

CHECKED = "val_"
"""Begins the keys of what was measured on the validation samples."""

_HIGHER = (
    "accuracy",
    "f1",
    "precision",
    "recall",
    "specificity",
    "auroc",
    "iou",
    "dice",
    "kappa",
    "matthews",
    "mcc",
    "top_k",
    "r2",
    "explained_variance",
    "pearson",
    "spearman",
    "return",
    "reward",
    "psnr",
    "ssim",
    "bleu",
    "score",
)
"""Parts of names of figures that are better when they are higher."""


@dataclass(frozen=True)
class Goal:
    """What shall become good.

    Attributes:
        key: the figure; empty for the loss, on the validation samples where there are any; or `LATEST`.
        higher: whether it is better when it is higher.
    """

    key: str = ""
    higher: bool = False

    @classmethod
    def of(cls, key: str, better: Better, recipe: str = "") -> Goal:
        """Make the goal of a plan.

        Args:
            key: the figure that the plan names; empty where it names none.
            better: its direction.
            recipe: the figure that the recipe goes by where the plan names none, or `LATEST`.
        """
        key = key.strip() or recipe
        higher = better == "higher" or (better == "auto" and _is_higher(key))
        return cls(key, higher)

    def cost(self, metrics: Mapping[str, float], step: int) -> float:
        """Give a number that is lower the better the figures are.

        Args:
            metrics: the figures.
            step: steps done since the very start.

        Raises:
            TrainError: the figure of the plan is not among them.
        """
        if self.key == LATEST:
            return float(-step)
        if not self.key:
            return loss_of(metrics)
        value = self._found(metrics)
        if not math.isfinite(value):
            return math.inf
        return -value if self.higher else value

    def plateau(self, metrics: Mapping[str, float], step: int) -> float:
        """Give the number that schedules wait for to fall: the loss, or the goal where a check has no loss.

        Args:
            metrics: the figures.
            step: steps done since the very start.

        Raises:
            TrainError: see `cost`.
        """
        played = f"{CHECKED}loss" not in metrics and any(key.startswith(CHECKED) for key in metrics)
        return self.cost(metrics, step) if played else loss_of(metrics)

    def _found(self, metrics: Mapping[str, float]) -> float:
        for key in (self.key, CHECKED + self.key):
            if key in metrics:
                return metrics[key]
        raise TrainError(
            Message(
                "The plan goes by “{name}” to find the best weights, and this training measures {known}. "
                "Name one of these, or leave it empty.",
                name=self.key,
                known=", ".join(metrics) or "–",
            )
        )


def loss_of(metrics: Mapping[str, float]) -> float:
    """Give the loss by which schedules go: that on the validation samples, where there are any."""
    return metrics.get(f"{CHECKED}loss", metrics.get("loss", math.inf))


def _is_higher(key: str) -> bool:
    plain = key.removeprefix(CHECKED).lower()
    return any(part in plain for part in _HIGHER)
