"""Data whose samples are read one by one, as those are that no memory can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import torch

from studio.data import Dataset, Split
from studio.data.dataset import Sample, stacked

Fields = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class Kept:
    """Samples that stand for files; each is handed out by itself, and only when it is asked for."""

    inputs: Fields
    targets: Fields

    __hash__ = None  # type: ignore[assignment]

    def read(self, place: int) -> Sample:
        return Sample(_each(self.inputs, place), _each(self.targets, place))

    def read_all(self, places: Sequence[int]) -> Sample:
        return stacked([self.read(place) for place in places])

    def take(self, places: Sequence[int]) -> Kept:
        rows = torch.tensor(places, dtype=torch.int64)
        return Kept(_each(self.inputs, rows), _each(self.targets, rows))


def _each(fields: Fields, place: int | torch.Tensor) -> dict[str, torch.Tensor]:
    return {name: values[place] for name, values in fields.items()}


def left_on_disk(data: Dataset) -> Dataset:
    """Give data of which nothing is in the memory but its sizes."""

    def left(split: Split) -> Split:
        if not len(split):
            return split
        stands = [
            {
                name: torch.zeros((), dtype=values.dtype).expand(values.shape)
                for name, values in fields.items()
            }
            for fields in (split.inputs, split.targets)
        ]
        return Split(stands[0], stands[1], Kept(split.inputs, split.targets))

    return replace(data, train=left(data.train), validation=left(data.validation), test=left(data.test))
