"""The random numbers of one training, kept apart from everyone else's.

torch's layers (dropout) draw from the global generators, so while the training computes they hold its
stream; whenever it hands control back they hold what they held before. So a consumer of events may draw
without changing the training, and the training changes nothing for the consumer.

The order of all draws of a run with seed `s`:

1. the weights: the network is made with a generator seeded `s`;
2. each epoch `e` (from 0): `torch.randperm(n, generator=torch.Generator().manual_seed(order_seed(s, e)))`;
3. everything else (dropout, noise): the global stream, seeded once by `torch.manual_seed(s + 1)` before the
   first step. Checks and measurements before it draw from it and put it back.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
import torch

from studio.graph import Message, NetwrightError


class States(TypedDict):
    """The state of every generator, as plain types that `weights_only` loading takes."""

    torch: torch.Tensor
    device: torch.Tensor | None
    numpy: tuple[str, torch.Tensor, int, int, float]
    python: tuple[int, tuple[int, ...], float | None]


def order_seed(seed: int, epoch: int) -> int:
    """Give the seed of the order of samples in an epoch, counted from 0."""
    return seed * 1_000_003 + epoch


@dataclass(frozen=True, slots=True)
class _Generators:
    """The states as the libraries give them: quick to take and to put back."""

    main: torch.Tensor
    device: torch.Tensor | None
    numpy: Any
    python: Any


class RandomStream:
    """One stream over the global generators of torch, of a device, of numpy and of Python."""

    def __init__(self, seed: int, device: torch.device) -> None:
        """Make a stream that starts at a seed; nothing global changes before `enter`."""
        self._device = device
        outside = self._read()
        torch.manual_seed(seed)
        np.random.seed(seed % 2**32)
        random.seed(seed)
        self._own = self._read()
        self._outside: _Generators | None = None
        self._write(outside)

    @property
    def device(self) -> torch.device:
        """The device whose numbers it holds, besides those of the processor."""
        return self._device

    def enter(self) -> None:
        """Let the global generators hold this stream."""
        if self._outside is None:
            self._outside = self._read()
            self._write(self._own)

    def leave(self) -> None:
        """Let the global generators hold what they held before."""
        if self._outside is not None:
            self._own = self._read()
            self._write(self._outside)
            self._outside = None

    def state(self) -> States:
        """Give where the stream stands."""
        now = self._own if self._outside is None else self._read()
        name, keys, position, has_gauss, gauss = now.numpy
        numpy = (str(name), torch.from_numpy(keys.astype(np.int64)), position, has_gauss, gauss)
        return States(torch=now.main, device=now.device, numpy=numpy, python=now.python)

    def restore(self, state: States) -> None:
        """Set the stream to where another one stood.

        Raises:
            NetwrightError: this is no state of a stream.
        """
        entered = self._outside is not None
        self.enter()
        before = self._read()
        try:
            name, keys, position, has_gauss, gauss = state["numpy"]
            numpy = (name, keys.numpy().astype(np.uint32), position, has_gauss, gauss)
            self._write(_Generators(state["torch"], state["device"], numpy, state["python"]))
        except (RuntimeError, ValueError, TypeError, KeyError) as error:
            self._write(before)
            raise NetwrightError(
                Message("The random state in the checkpoint cannot be used on this machine.")
            ) from error
        finally:
            if not entered:
                self.leave()

    def _read(self) -> _Generators:
        device = None if self._device.type == "cpu" else _module(self._device).get_rng_state()
        # Of numpy the legacy generator: that is the global one that a plug-in may draw from.
        return _Generators(torch.get_rng_state(), device, np.random.get_state(), random.getstate())

    def _write(self, states: _Generators) -> None:
        torch.set_rng_state(states.main)
        if self._device.type != "cpu" and states.device is not None:
            _module(self._device).set_rng_state(states.device)
        np.random.set_state(states.numpy)
        random.setstate(states.python)


def _module(device: torch.device) -> Any:
    return torch.get_device_module(device)
