"""Hands out batches: tensors that stay on the device, picked by an order that is drawn anew each epoch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import torch
from torch import nn

from studio.data import Split
from studio.data.augmentation import Augmentation
from studio.train.loop.random_stream import order_seed
from studio.train.machine.devices import used_memory
from studio.train.recipe import Batch


def batches(count: int, size: int, normalises: bool, start: int = 0, times: int = 1) -> list[tuple[int, int]]:
    """Give where the samples of each step of an epoch start and end.

    A last batch of one sample is left out when the network normalises over the batch: of one sample there
    is no spread, and torch refuses it.

    Args:
        count: samples in all.
        size: samples in a batch.
        normalises: whether the network normalises over the batch.
        start: samples that an interrupted epoch has already shown.
        times: batches in one step.
    """
    if normalises and size > 1 and count > size and count % size == 1:
        count -= 1
    size *= times
    return [(begin, min(begin + size, count)) for begin in range(start, count, size)]


def normalises(models: Mapping[str, nn.Module]) -> bool:
    """Tell whether any network normalises over the batch."""
    return any(
        isinstance(module, nn.modules.batchnorm._BatchNorm)  # there is no public base class
        for model in models.values()
        for module in model.modules()
    )


class Feed:
    """The samples of one split.

    Attributes:
        streams: whether samples are read while they are needed, and so may be gone.
    """

    streams = False

    def __init__(
        self,
        split: Split,
        device: torch.device,
        *,
        channels_last: bool,
        keep: bool,
        varied: Augmentation | None = None,
    ) -> None:
        """Bring the samples to the device, or leave them where they are and bring each batch.

        Args:
            split: the samples.
            device: where the networks compute.
            channels_last: lay pictures out with their channels last.
            keep: whether all of them stay on the device.
            varied: how samples are varied when they are handed out in a drawn order.
        """
        self._device = device
        self._varied = varied
        self._drawn = (0, 0)
        self._at = device if keep else torch.device("cpu")
        self._channels_last = channels_last
        self._inputs = {name: self._laid(values.to(self._at)) for name, values in split.inputs.items()}
        self._targets = {name: values.to(self._at) for name, values in split.targets.items()}
        self.count = len(split) if split.inputs else 0
        self._order = torch.empty(0, dtype=torch.int64)

    def shuffle(self, seed: int, epoch: int) -> None:
        """Draw the order of an epoch, counted from 0."""
        self._drawn = (seed, epoch)
        generator = torch.Generator().manual_seed(order_seed(seed, epoch))
        self._order = torch.randperm(self.count, generator=generator).to(self._at)

    def expect(self, spans: Sequence[tuple[int, int]]) -> None:
        """Be told which batches will be asked for, in their order: here all samples are at hand."""

    def shuffled(self, start: int, end: int) -> Batch:
        """Give the samples that stand from `start` to `end` in the order."""
        places = self._order[start:end]
        inputs = {name: values[places] for name, values in self._inputs.items()}
        targets = {name: values[places] for name, values in self._targets.items()}
        if self._varied is not None:
            seed, epoch = self._drawn
            inputs, targets = self._varied.samples(inputs, targets, seed=seed, epoch=epoch, places=places)
            inputs = {name: self._laid(values) for name, values in inputs.items()}
        return self._batch(inputs, targets, end - start)

    def close(self) -> None:
        """Let go of whatever reads samples."""

    def one(self, index: int) -> Batch:
        """Give a single sample by its place."""
        return self._batch(
            {name: values[index : index + 1] for name, values in self._inputs.items()},
            {name: values[index : index + 1] for name, values in self._targets.items()},
            1,
        )

    def straight(self, size: int) -> Iterator[Batch]:
        """Give all samples as they lie, in batches."""
        for start in range(0, self.count, size):
            end = min(start + size, self.count)
            yield self._batch(
                {name: values[start:end] for name, values in self._inputs.items()},
                {name: values[start:end] for name, values in self._targets.items()},
                end - start,
            )

    def _batch(self, inputs: dict[str, torch.Tensor], targets: dict[str, torch.Tensor], size: int) -> Batch:
        if self._at != self._device:
            inputs = {name: self._laid(self._moved(values)) for name, values in inputs.items()}
            targets = {name: self._moved(values) for name, values in targets.items()}
        return Batch(inputs, targets, size)

    def _moved(self, values: torch.Tensor) -> torch.Tensor:
        """Bring values to the device; from pinned memory nobody waits for it."""
        if self._device.type == "cuda" and not values.is_pinned():
            values = values.pin_memory()
        return values.to(self._device, non_blocking=self._device.type == "cuda")

    def _laid(self, values: torch.Tensor) -> torch.Tensor:
        if self._channels_last and values.dim() == 4 and values.is_floating_point():
            return values.contiguous(memory_format=torch.channels_last)
        return values


def fits(size: int, device: torch.device, free: int | None) -> bool:
    """Tell whether data can stay on an accelerator: it may take half of what is free there.

    Args:
        size: bytes of the data.
        device: the accelerator.
        free: bytes that are free there, where it says so.
    """
    if device.type == "cpu":
        return True
    if free is None:
        return used_memory(device) is None or size < 1 << 30
    return size < free // 2
