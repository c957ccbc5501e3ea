"""What recipes give to networks: the field of an input, the class of a sample, and results to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import torch
from torch.nn import functional

from studio.data import Dataset, Preprocessing, Split
from studio.graph import Message
from studio.train.loop.streaming import Fits, refitted
from studio.train.plans.bound import field_for
from studio.train.plans.entries import Entry
from studio.train.recipe import TrainError

CLASS = "class"
"""The target under which recipes find the number of a sample's class."""

MANY = 500
"""How many points are made to be looked at: a cloud says more than a few of them."""

_WATCHED = 1 << 28
"""So many bytes are kept at most of samples that lie on the disk, to be looked at after each epoch."""

_ROWS = 4096
"""So many samples that lie on the disk are read at a time where all of them are looked at."""


def field_of(entry: Entry, split: Split) -> str:
    """Give the field of the data for an input.

    Raises:
        TrainError: there is none for it.
    """
    found = field_for(entry.name, split.inputs)
    if found is None:
        raise TrainError(
            Message(
                "The data has nothing for the input “{name}”. It gives: {fields}. "
                "Name the Input blocks like the fields of the data.",
                name=entry.name,
                fields=", ".join(split.inputs),
            )
        )
    return found


def prepared(data: Dataset, entry: Entry, *, classes: bool) -> Dataset:
    """Give the data with one input, called `x`, and the classes of its samples where they are wanted.

    Args:
        data: as its source gives it.
        entry: the input that takes the samples.
        classes: whether the numbers of the classes come along, as the target `CLASS`.

    Raises:
        TrainError: the data has no such input, or no classes.
    """

    def ready(split: Split) -> Split:
        field = field_of(entry, split)
        names = {"x": (field, kind_of(entry, split.inputs[field]))}
        return refitted(split, names, labelled(split, data, classes))

    return replace(data, train=ready(data.train), validation=ready(data.validation), test=ready(data.test))


def kind_of(entry: Entry, values: torch.Tensor) -> torch.dtype:
    """Give the kind of numbers that an input takes; of a network that does not say so, that of the data."""
    return values.dtype if entry.tensor is None else entry.dtype


def labelled(split: Split, data: Dataset, wanted: bool = True) -> Fits:
    """Give how the target `CLASS` is made of the targets of the data; where it is not wanted, nothing is.

    Raises:
        TrainError: it is wanted, and the data has no class for each sample.
    """
    return {CLASS: (_label_in(split, data), torch.Tensor.long)} if wanted else {}


def labels_of(split: Split, data: Dataset) -> torch.Tensor:
    """Give the number of each sample's class.

    Raises:
        TrainError: the data has no class for each sample.
    """
    return split.targets[_label_in(split, data)].long()


def watched(data: Dataset, look: Callable[[Dataset], Dataset]) -> tuple[Split, torch.Tensor | None]:
    """Give samples that are looked at after each epoch, all of them in the memory, and their classes.

    Args:
        data: as its source gives it.
        look: makes them ready.
    """
    part = data.validation if len(data.validation) else data.train
    size = max(part.bytes // max(len(part), 1), 1)
    few = part.take(torch.arange(min(MANY, len(part))))
    if part.stream is not None:
        few = few.take(torch.arange(min(len(few), max(_WATCHED // size, 1)))).here()
    ready = look(replace(data, train=few, validation=few, test=few))
    return ready.train, labels_if_any(few, data)


def _label_in(split: Split, data: Dataset) -> str:
    for name, values in split.targets.items():
        if data.classes and values.dim() == 1 and not values.is_floating_point():
            return name
    raise TrainError(
        Message(
            "A network takes the class of a sample, and this data has no classes. "
            "Take that input out, or choose data with classes."
        )
    )


@dataclass(frozen=True)
class Condition:
    """How the class of a sample is told to a network: by its number, or by numbers of which one is 1.

    Attributes:
        entry: the input for it.
        classes: how many classes there are; the number `classes` stands for none of them.
    """

    entry: Entry
    classes: int

    def of(self, labels: torch.Tensor) -> torch.Tensor:
        """Give what the network takes for these classes."""
        if self.entry.tensor is None or self.entry.whole:
            shape = () if self.entry.tensor is None else self.entry.sample
            return labels.reshape(len(labels), *shape)
        rows = functional.one_hot(labels, self.classes + 1)[:, : self.classes]
        return rows.to(self.entry.dtype)


def condition(entries: tuple[Entry, ...], place: int, data: Dataset) -> Condition | None:
    """Give how a network is told the class of a sample; None where it has no such input."""
    return Condition(entries[place], len(data.classes)) if len(entries) > place else None


# -- to look at ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """How samples are looked at.

    Attributes:
        look: as pictures, or as points in the plane.
        preprocessing: how they became inputs.
    """

    look: Literal["pictures", "points"]
    preprocessing: Preprocessing

    @classmethod
    def of(cls, data: Dataset) -> Seen | None:
        """Tell how the samples of data are looked at; None where there is nothing to see."""
        kind, shape = data.preprocessing.kind, data.preprocessing.shape
        if kind == "image" and len(shape) == 3:
            return cls("pictures", data.preprocessing)
        return cls("points", data.preprocessing) if tuple(shape) == (2,) else None

    @property
    def count(self) -> int:
        """How many are looked at where nobody says how many."""
        return MANY if self.look == "points" else 20

    def shown(self, values: torch.Tensor) -> torch.Tensor:
        """Give samples as `Made` holds them: brightness from 0 to 1, or the numbers that people know."""
        values = values.detach().to("cpu", torch.float32)
        facts = self.preprocessing
        if facts.mean:
            sizes = (-1, 1, 1) if self.look == "pictures" else (-1,)
            values = values * torch.tensor(facts.std).view(sizes) + torch.tensor(facts.mean).view(sizes)
        return values.nan_to_num().clamp(0, 1) if self.look == "pictures" else values.nan_to_num()

    def limits(self, split: Split, field: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the least and the greatest number that an input can be.

        Args:
            split: real samples; points lie no farther out than these, and a tenth of their spread.
            field: the input.
        """
        if self.look == "points":
            ends = [(part.amin(0), part.amax(0)) for part in _in_pieces(split, field)]
            low = torch.stack([one for one, _ in ends]).amin(0)
            high = torch.stack([one for _, one in ends]).amax(0)
            return low - 0.1 * (high - low), high + 0.1 * (high - low)
        return self.brightness()

    def brightness(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Give what black and white are as inputs."""
        facts = self.preprocessing
        mean, std = (torch.tensor(values or (0.0,)) for values in (facts.mean, facts.std))
        std = std if facts.std else torch.ones(1)
        return ((0 - mean) / std).view(-1, 1, 1), ((1 - mean) / std).view(-1, 1, 1)


def _in_pieces(split: Split, field: str) -> Iterator[torch.Tensor]:
    """Give all values of an input: at once, or from the disk piece by piece."""
    if split.stream is None:
        yield split.inputs[field]
        return
    for places in torch.arange(len(split)).split(_ROWS):
        yield split.take(places).here().inputs[field]


def even_classes(count: int, classes: int) -> torch.Tensor:
    """Give the numbers of classes for samples to make: each in turn."""
    return torch.arange(count) % max(classes, 1)


def with_classes(points: torch.Tensor, labels: torch.Tensor | None) -> torch.Tensor:
    """Give points with the numbers of their classes behind, where they have any."""
    return points if labels is None else torch.cat([points, labels.cpu().float()[:, None]], 1)


def names(labels: torch.Tensor | None, data_classes: tuple[str, ...]) -> tuple[str, ...]:
    """Give the name of each sample's class, to stand under it."""
    return () if labels is None else tuple(data_classes[number] for number in labels.tolist())


def flat(codes: torch.Tensor) -> torch.Tensor:
    """Give codes as points in the plane: as they are, or along the two directions in which they differ most.

    Args:
        codes: one row a sample.
    """
    codes = codes.detach().flatten(1).to("cpu", torch.float32).nan_to_num()
    if codes.shape[1] == 1:
        return functional.pad(codes, (0, 1))
    if codes.shape[1] == 2:
        return codes
    centred = codes - codes.mean(0)
    _, _, directions = torch.linalg.svd(centred, full_matrices=False)
    # A direction and its opposite are as good: the one is taken whose largest part is positive.
    two = directions[:2]
    signs = two.gather(1, two.abs().argmax(1, keepdim=True)).sign()
    found: torch.Tensor = centred @ (two * signs).T
    return found


def labels_if_any(split: Split, data: Dataset) -> torch.Tensor | None:
    """Give the number of each sample's class, where samples have one."""
    try:
        return labels_of(split, data)
    except TrainError:
        return None


def target_in(targets: Mapping[str, torch.Tensor]) -> torch.Tensor | None:
    """Give the numbers of the classes of a batch, where they came along."""
    return targets.get(CLASS)
