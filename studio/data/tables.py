"""Real tables of scikit-learn, standardised by what the training rows are like; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import split
from studio.graph import Message


@dataclass(frozen=True)
class Wine:
    """178 wines: which of three growers made each?

    Attributes:
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give a constant: the set is part of scikit-learn."""
        return None

    def facts(self) -> Facts:
        """Give the number of measurements and of growers."""
        return Facts({INPUT: Field((13,))}, {TARGET: LABEL}, "classification", 3)

    def load(self, progress: Progress) -> Dataset:
        """Read and standardise the table."""
        from sklearn.datasets import load_wine  # only where it is needed: it takes a while to import

        progress(Message("Reading the table"), 0.0)
        found: Any = load_wine()
        labels = torch.from_numpy(found.target).long()
        whole = Split({INPUT: torch.from_numpy(found.data)}, {TARGET: labels})
        alike = labels if self.stratify else None
        chosen = split(whole, self.validation, self.test, alike, seed=self.split_seed)
        parts, facts = standardised(chosen, found.feature_names)
        classes = tuple(str(name).replace("_", " ") for name in found.target_names)
        return Dataset(*parts, "classification", classes, facts, Message("Wines of three growers"))


@dataclass(frozen=True)
class Diabetes:
    """442 patients: how far has the illness gone after a year?

    The number to predict is standardised too; `Preprocessing.target_mean` and `target_std` lead back.

    Attributes:
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
    """

    validation: float
    test: float
    split_seed: int = 0

    def fingerprint(self) -> Hashable:
        """Give a constant: the set is part of scikit-learn."""
        return None

    def facts(self) -> Facts:
        """Give the number of measurements."""
        return Facts({INPUT: Field((10,))}, {TARGET: Field(())}, "regression", 0)

    def load(self, progress: Progress) -> Dataset:
        """Read and standardise the table."""
        from sklearn.datasets import load_diabetes  # only where it is needed: it takes a while to import

        progress(Message("Reading the table"), 0.0)
        found: Any = load_diabetes(scaled=False)
        whole = Split(
            {INPUT: torch.from_numpy(found.data)}, {TARGET: torch.from_numpy(found.target).double()}
        )
        chosen = split(whole, self.validation, self.test, seed=self.split_seed)
        parts, facts = standardised(chosen, found.feature_names, targets=True)
        return Dataset(*parts, "regression", (), facts, Message("Diabetes after a year"))


def standardised(
    parts: tuple[Split, Split, Split], columns: Sequence[object], targets: bool = False
) -> tuple[tuple[Split, Split, Split], Preprocessing]:
    """Bring every column to mean 0 and spread 1, measured on the training rows only."""
    train = parts[0]
    mean, std = measured(train.inputs[INPUT])
    centre, spread = measured(train.targets[TARGET]) if targets else (torch.zeros(()), torch.ones(()))
    facts = Preprocessing(
        "vector",
        (len(columns),),
        mean=tuple(mean.tolist()),
        std=tuple(std.tolist()),
        columns=tuple(str(name) for name in columns),
        target_mean=float(centre),
        target_std=float(spread),
    )

    def ready(part: Split) -> Split:
        target = part.targets[TARGET]
        return Split(
            {INPUT: ((part.inputs[INPUT] - mean) / std).float()},
            {TARGET: ((target - centre) / spread).float() if targets else target},
        )

    return (ready(parts[0]), ready(parts[1]), ready(parts[2])), facts


def measured(values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Give the mean and the spread of each column; a column that never changes has spread 1."""
    std = values.std(0, correction=0)
    return values.mean(0), torch.where(std > 0, std, torch.ones_like(std))
