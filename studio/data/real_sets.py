"""More real tables of scikit-learn, one of them with several targets; nothing is downloaded."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import torch

from studio.data.dataset import INPUT, LABEL, TARGET, Dataset, Facts, Field, Progress, Split
from studio.data.splitting import split
from studio.data.tables import measured, standardised
from studio.graph import Message


@dataclass(frozen=True)
class _Set:
    """A table with classes.

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

    def _classes(self, found: Any) -> tuple[tuple[Split, Split, Split], Any, tuple[str, ...]]:
        labels = torch.from_numpy(found.target).long()
        whole = Split({INPUT: torch.from_numpy(found.data)}, {TARGET: labels})
        alike = labels if self.stratify else None
        chosen = split(whole, self.validation, self.test, alike, seed=self.split_seed)
        parts, facts = standardised(chosen, found.feature_names)
        return parts, facts, tuple(str(name) for name in found.target_names)


class Iris(_Set):
    """150 flowers: which of three kinds of iris is each?"""

    def facts(self) -> Facts:
        """Give the number of measurements and of kinds."""
        return Facts({INPUT: Field((4,))}, {TARGET: LABEL}, "classification", 3)

    def load(self, progress: Progress) -> Dataset:
        """Read and standardise the table."""
        from sklearn.datasets import load_iris  # only where it is needed: it takes a while to import

        progress(Message("Reading the table"), 0.0)
        parts, facts, classes = self._classes(load_iris())
        return Dataset(*parts, "classification", classes, facts, Message("Irises of three kinds"))


class BreastCancer(_Set):
    """569 tumours: is each malignant or benign?"""

    def facts(self) -> Facts:
        """Give the number of measurements."""
        return Facts({INPUT: Field((30,))}, {TARGET: LABEL}, "binary", 2)

    def load(self, progress: Progress) -> Dataset:
        """Read and standardise the table."""
        from sklearn.datasets import load_breast_cancer  # only where it is needed

        progress(Message("Reading the table"), 0.0)
        parts, facts, classes = self._classes(load_breast_cancer())
        return Dataset(*parts, "binary", classes, facts, Message("Tumours of the breast"))


@dataclass(frozen=True)
class Linnerud:
    """20 men: how do three exercises tell weight, waist and pulse? Three numbers are predicted at once.

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
        """Give the number of exercises and of numbers to predict."""
        return Facts({INPUT: Field((3,))}, {TARGET: Field((3,))}, "regression", 0)

    def load(self, progress: Progress) -> Dataset:
        """Read and standardise the table."""
        from sklearn.datasets import load_linnerud  # only where it is needed

        progress(Message("Reading the table"), 0.0)
        found: Any = load_linnerud()
        whole = Split(
            {INPUT: torch.from_numpy(found.data).double()}, {TARGET: torch.from_numpy(found.target).double()}
        )
        chosen = split(whole, self.validation, self.test, seed=self.split_seed)
        parts, facts = standardised(chosen, found.feature_names)
        mean, std = measured(parts[0].targets[TARGET])
        facts = dataclasses.replace(
            facts,
            targets=tuple(map(str, found.target_names)),
            target_means=tuple(mean.tolist()),
            target_stds=tuple(std.tolist()),
        )

        def ready(part: Split) -> Split:
            return Split(part.inputs, {TARGET: ((part.targets[TARGET] - mean) / std).float()})

        train, validation, test = map(ready, parts)
        return Dataset(train, validation, test, "regression", (), facts, Message("Exercise of twenty men"))
