"""Hands out batches of samples that stay on the disk: read ahead by processes, in the order of the epoch.

Which samples a batch holds follows from seed and epoch, and how they are varied from seed, epoch and sample
alone. So 0, 2 or 4 workers give the same bits, and so does a run that goes on in the middle of an epoch.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.utils.data import DataLoader

from studio.data import DataError, Split
from studio.data.augmentation import Augmentation
from studio.data.dataset import Sample, Stream, is_elsewhere, stacked, standing_for
from studio.graph import Message
from studio.train.loop.feed import Feed
from studio.train.loop.random_stream import order_seed
from studio.train.recipe import Batch, TrainError

Names = Mapping[str, tuple[str, torch.dtype]]
"""Name of an input as a network takes it, to the field of the data and the kind of numbers."""

Fits = Mapping[str, tuple[str, Callable[[torch.Tensor], torch.Tensor]]]
"""Name of a target as a loss takes it, to the target of the data and what brings it into form."""

_LOOK = 0.5
"""Seconds after which a batch that does not come is asked for anew, and whether its worker is still there."""


def changed(values: torch.Tensor, change: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    """Change all values of a field; of one that only stands for values elsewhere, its sizes and kind."""
    if not is_elsewhere(values):
        return change(values)
    one = change(values[:1])
    return standing_for(len(values), one.shape[1:], one.dtype)


def as_they_are(values: torch.Tensor) -> torch.Tensor:
    """Bring a target into no other form."""
    return values


@dataclass(frozen=True)
class Renamed:
    """A stream whose inputs are called as a network calls them.

    Attributes:
        base: the stream.
        names: name to the field of the data, and its kind of numbers.
        targets: the targets that are wanted; None for all.
    """

    base: Stream
    names: Names
    targets: frozenset[str] | None = None

    __hash__ = None  # type: ignore[assignment]

    def read(self, place: int) -> Sample:
        """Read one sample."""
        return self._renamed(self.base.read(place))

    def read_all(self, places: Sequence[int]) -> Sample:
        """Read several samples."""
        return self._renamed(self.base.read_all(places))

    def _renamed(self, read: Sample) -> Sample:
        inputs, targets = read
        found = {
            name: inputs[field].to(kind) for name, (field, kind) in self.names.items() if field in inputs
        }
        if self.targets is not None:
            targets = {name: values for name, values in targets.items() if name in self.targets}
        return Sample(found, targets)

    def take(self, places: Sequence[int]) -> Renamed:
        """Give a stream of some of the samples."""
        return Renamed(self.base.take(places), self.names, self.targets)


@dataclass(frozen=True)
class Fitted:
    """A stream whose targets are brought into form once they have been read, in the training itself.

    Attributes:
        base: the stream.
        fits: how.
    """

    base: Stream
    fits: Fits

    __hash__ = None  # type: ignore[assignment]

    def read(self, place: int) -> Sample:
        """Read one sample, its targets as the data has them."""
        return self.base.read(place)

    def read_all(self, places: Sequence[int]) -> Sample:
        """Read several samples, their targets as the data has them."""
        return self.base.read_all(places)

    def take(self, places: Sequence[int]) -> Fitted:
        """Give a stream of some of the samples."""
        return Fitted(self.base.take(places), self.fits)

    def finished(self, targets: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Give the targets of a batch in form."""
        return {name: fit(targets[of]) for name, (of, fit) in self.fits.items() if of in targets}


def refitted(split: Split, names: Names, fits: Fits | None = None) -> Split:
    """Give samples as a network and its losses take them, those on the disk, too.

    Args:
        split: the samples.
        names: what each input is made of.
        fits: what each target is made of; None leaves them as they are.
    """
    inputs = {
        name: changed(split.inputs[field], functools.partial(torch.Tensor.to, dtype=kind))
        for name, (field, kind) in names.items()
    }
    stream = split.stream
    if fits is None:
        return Split(inputs, split.targets, None if stream is None else Renamed(stream, names))
    targets = {name: changed(split.targets[of], fit) for name, (of, fit) in fits.items()}
    if stream is not None:
        stream = Fitted(Renamed(stream, names, frozenset(of for of, _ in fits.values())), fits)
    return Split(inputs, targets, stream)


RAW = "as the data has it"
"""A target under which a batch holds another one as it was read."""


def with_raw(split: Split, name: str, values: torch.Tensor) -> Split:
    """Give samples on the disk with a target as the data has it, beside what was made of it.

    Args:
        split: the samples.
        name: the target, as the data calls it.
        values: what stands for it.
    """
    stream = split.stream
    assert isinstance(stream, Fitted)  # a target that is read is brought into form after that
    fits = {**stream.fits, RAW: (name, as_they_are)}
    return Split(split.inputs, {**split.targets, RAW: values}, Fitted(stream.base, fits))


@dataclass(frozen=True)
class _Gone:
    """What a worker gives in place of a sample that it could not read: the sentence, in plain types."""

    template: str
    values: dict[str, Any]

    @classmethod
    def of(cls, message: Message) -> _Gone:
        """Take a sentence apart."""
        values = {
            key: cls.of(one) if isinstance(one, Message) else one for key, one in message.values.items()
        }
        return cls(message.template, values)

    @property
    def message(self) -> Message:
        """The sentence."""
        values = {key: one.message if isinstance(one, _Gone) else one for key, one in self.values.items()}
        return Message(self.template, **values)


Turn = tuple[int, int]
"""The epoch, or -1 for samples as they are, and the place of a sample."""


class _Reading(torch.utils.data.Dataset[Any]):
    """What a worker does: reads one sample, and varies it."""

    def __init__(self, stream: Stream, varied: Augmentation | None, seed: int) -> None:
        self._stream, self._varied, self._seed = stream, varied, seed

    def __getitems__(self, turns: list[Turn]) -> Sample | _Gone:
        """Read a batch at once; a loader asks so where it can."""
        try:
            if self._varied is None or turns[0][0] < 0:
                return self._stream.read_all([place for _, place in turns])
            return stacked([self._one(*turn, self._varied) for turn in turns])
        except DataError as error:
            return _Gone.of(error.message)

    def _one(self, epoch: int, place: int, varied: Augmentation) -> Sample:
        """Read one sample, and vary it."""
        inputs, targets = (
            {name: values[None] for name, values in part.items()} for part in self._stream.read(place)
        )
        places = torch.tensor([place])
        inputs, targets = varied.samples(inputs, targets, seed=self._seed, epoch=epoch, places=places)
        return Sample(
            {name: values[0] for name, values in inputs.items()},
            {name: values[0] for name, values in targets.items()},
        )


def _together(batch: Any) -> Any:
    """Give a batch as it was read: it is one already."""
    return batch


class _Turns:
    """The batches that workers read next; a loader asks for them anew in each epoch."""

    def __init__(self) -> None:
        self.batches: list[list[Turn]] = []

    def __iter__(self) -> Iterator[list[Turn]]:
        return iter(self.batches)

    def __len__(self) -> int:
        return len(self.batches)


class StreamFeed(Feed):
    """The samples of one split, some of whose fields are read while they are needed."""

    streams = True

    def __init__(
        self,
        split: Split,
        device: torch.device,
        *,
        channels_last: bool,
        workers: int,
        varied: Augmentation | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            split: the samples.
            device: where the networks compute.
            channels_last: lay pictures out with their channels last.
            workers: processes that read ahead; 0 reads in this one.
            varied: how samples are varied when they are handed out in a drawn order.
        """
        stream = split.stream
        assert stream is not None  # else all samples are in the memory
        here = {name: values for name, values in split.inputs.items() if not is_elsewhere(values)}
        targets = {name: values for name, values in split.targets.items() if not is_elsewhere(values)}
        super().__init__(Split(here, targets), device, channels_last=channels_last, keep=device.type == "cpu")
        self.count = len(split)
        self._fitted = stream if isinstance(stream, Fitted) else None
        self._seed, self._epoch = 0, -1
        self._workers = workers
        base = stream.base if isinstance(stream, Fitted) else stream
        self._base, self._varied = base, varied
        self._turns = _Turns()
        self._loader: DataLoader[Any] | None = None
        self._coming: Iterator[Any] | None = None
        self._expected: list[tuple[int, int]] = []

    def shuffle(self, seed: int, epoch: int) -> None:
        """Draw the order of an epoch, counted from 0."""
        generator = torch.Generator().manual_seed(order_seed(seed, epoch))
        self._order = torch.randperm(self.count, generator=generator)
        self._seed, self._epoch = seed, epoch
        self._coming, self._expected = None, []

    def expect(self, spans: Sequence[tuple[int, int]]) -> None:
        """Have workers read the batches that will be asked for, in this order."""
        self._expected = list(spans)
        self._turns.batches = [self._asked(*span) for span in spans]
        self._coming = self._reading() if spans else None

    def shuffled(self, start: int, end: int) -> Batch:
        """Give the samples that stand from `start` to `end` in the order.

        Raises:
            DataError: one of them cannot be read any more.
            TrainError: a worker was ended.
        """
        if self._coming is not None and self._expected and self._expected[0] == (start, end):
            sample = self._next()
            self._expected.pop(0)
        else:
            sample = self._now(self._asked(start, end))
        places = self._order[start:end]
        return self._batch_of(sample, places)

    def one(self, index: int) -> Batch:
        """Give a single sample by its place."""
        return self._batch_of(self._now([(-1, index)]), torch.tensor([index]))

    def straight(self, size: int) -> Iterator[Batch]:
        """Give all samples as they lie, in batches."""
        spans = [(start, min(start + size, self.count)) for start in range(0, self.count, size)]
        self._turns.batches = [[(-1, place) for place in range(*span)] for span in spans]
        self._coming, self._expected = self._reading(), []
        for start, end in spans:
            yield self._batch_of(self._next(), torch.arange(start, end))
        self._coming = None

    def close(self) -> None:
        """End the workers, and wait for them."""
        running = self._loader
        self._coming = self._loader = None
        end = getattr(getattr(running, "_iterator", None), "_shutdown_workers", None)
        if end is not None:
            end()

    @property
    def workers(self) -> int:
        """How many processes read ahead."""
        return self._workers

    # -- reading ----------------------------------------------------------------------------------------

    def _asked(self, start: int, end: int) -> list[Turn]:
        return [(self._epoch, place) for place in self._order[start:end].tolist()]

    def _reading(self) -> Iterator[Any]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there are more processes than cores, as was asked for
            if self._loader is None:
                self._loader = self._made()
            found: Any = iter(self._loader)
        ask = getattr(found, "_try_get_data", None)
        if self._workers and ask is not None and not isinstance(ask, functools.partial):
            # By itself it looks every five seconds only whether its workers are still there. On the main
            # thread it also has a signal raise an error wherever that stands, in the middle of a checkpoint.
            found._try_get_data = functools.partial(ask, _LOOK)
            torch._C._remove_worker_pids(id(found))
            found._worker_pids_set = False
        return found  # type: ignore[no-any-return]

    def _made(self) -> DataLoader[Any]:
        ahead: dict[str, Any] = {"persistent_workers": True} if self._workers else {}
        return DataLoader(
            _Reading(self._base, self._varied, self._seed),
            batch_sampler=self._turns,
            num_workers=self._workers,
            collate_fn=_together,
            pin_memory=self._device.type == "cuda",
            generator=torch.Generator(),
            **ahead,
        )

    def _next(self) -> Sample:
        assert self._coming is not None  # batches were expected
        try:
            return self._sound(next(self._coming))
        except RuntimeError as error:
            if "worker" not in str(error):
                raise
            self.close()
            raise TrainError(
                Message(
                    "A process that reads the data was ended, by the system or by someone else. The run can "
                    "be resumed; with fewer such processes it takes less memory."
                ),
                details=str(error),
            ) from error

    def _now(self, turns: list[Turn]) -> Sample:
        return self._sound(_Reading(self._base, self._varied, self._seed).__getitems__(turns))

    def _sound(self, sample: Sample | _Gone) -> Sample:
        if isinstance(sample, _Gone):
            self._coming = None
            raise DataError(sample.message)
        return sample

    def _batch_of(self, sample: Sample, places: torch.Tensor) -> Batch:
        inputs = {name: values[places] for name, values in self._inputs.items()}
        targets = {name: values[places] for name, values in self._targets.items()}
        read = sample.targets if self._fitted is None else self._fitted.finished(sample.targets)
        inputs = {name: self._laid(values) for name, values in (inputs | dict(sample.inputs)).items()}
        return self._batch(inputs, targets | dict(read), len(places))


def feed_of(
    split: Split,
    device: torch.device,
    *,
    channels_last: bool = False,
    keep: bool = True,
    workers: int = 0,
    varied: Augmentation | None = None,
) -> Feed:
    """Give what hands out samples: from the memory, or from the disk where they lie there.

    Args:
        split: the samples.
        device: where the networks compute.
        channels_last: lay pictures out with their channels last.
        keep: whether samples in the memory stay on the device.
        workers: processes that read ahead from the disk; 0 reads in this one.
        varied: how samples are varied when they are handed out in a drawn order.
    """
    if split.stream is None or not len(split):
        return Feed(split, device, channels_last=channels_last, keep=keep, varied=varied)
    return StreamFeed(split, device, channels_last=channels_last, workers=workers, varied=varied)
