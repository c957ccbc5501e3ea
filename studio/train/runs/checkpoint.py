"""Everything that a training needs to go on as if it had never stopped, in one file written at once.

`state.pt` holds tensors and plain types only and is read with `weights_only=True`. It holds the weights too,
so that weights, optimizer, random states and position are always of the same instant: two files cannot be
replaced together. `best.safetensors` and `last.safetensors` are the weights for everyone else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, TypedDict

import torch

from studio.graph import Message
from studio.project.atomic import backup_of, write_atomically
from studio.train.loop.random_stream import States
from studio.train.recipe import DamagedError, TrainError
from studio.train.runs.plain_types import NotPlainError, read_plain_types
from studio.train.runs.weights import Tensors, packed

STATE = "state.pt"
BEST = "best.safetensors"
LAST = "last.safetensors"

FORMAT = 1


class Position(TypedDict):
    """Where the training stands."""

    epoch: int
    """Counted from 0."""
    seen: int
    """Samples of this epoch's order that were learned from."""
    step: int
    """Steps since the very start."""


class _Always(TypedDict):
    """What every `state.pt` holds."""

    format: int
    seed: int
    batch_size: int
    samples: int
    threads: int
    channels_last: bool
    position: Position
    weights: Tensors
    learners: dict[str, Any]
    random: States
    sums: dict[str, float]
    seconds: float
    """Of the running epoch, rests excluded."""
    best: dict[str, Any] | None
    """`epoch`, `step`, `value` and `metrics` of the best epoch."""
    stale: int
    """Epochs since the best."""


class State(_Always, total=False):
    """What `state.pt` holds."""

    recipe: dict[str, Any]
    """What the recipe keeps of its own; files of before it kept anything have none."""
    compiled: bool
    """Whether networks were compiled; files of before they could be have none."""
    everyone: list[States]
    """The random numbers of each of several processes, where there were some."""
    averages: dict[str, Any]
    """`count` and `tensors` of the moving average of weights, where there is one."""
    checked: dict[str, float]
    """The newest figures of the validation samples in the running epoch, and under no name their step."""


def judged_weights(state: State) -> Tensors:
    """Give the weights of a state that are judged and exported: their average, where there is one."""
    averages = state.get("averages")
    found: Tensors = state["weights"] if averages is None else averages["tensors"]
    return found


class Keeper(Protocol):
    """Where a training keeps itself."""

    def save(self, state: State, best: Tensors | None) -> Path:
        """Keep a state, and the best weights first if there are new ones.

        Raises:
            NetwrightError: it could not be kept; what was kept before is.
        """
        ...

    def keep_best(self, best: Tensors, facts: Mapping[str, Any]) -> None:
        """Keep the best weights alone.

        Raises:
            NetwrightError: they could not be kept.
        """
        ...

    def finish(self, state: State) -> None:
        """Keep the last weights for everyone to read.

        Raises:
            NetwrightError: they could not be kept.
        """
        ...


def write_state(folder: Path, state: State) -> Path:
    """Write a state; the one before is kept as `state.pt~`.

    Raises:
        AtomicWriteError: it could not be written; the one before is untouched.
    """
    held = {**state, "checksum": _checksum(state)}
    path = folder / STATE
    # Straight to the disk: a copy in memory would be several times the network.
    write_atomically(path, lambda file: torch.save(held, file))
    return path


def write_weights(path: Path, tensors: Tensors, facts: Mapping[str, str]) -> None:
    """Write weights as safetensors.

    Raises:
        AtomicWriteError: they could not be written; what was there is untouched.
    """
    write_atomically(path, packed(tensors, facts), backup=False)


def read_state(folder: Path) -> tuple[State | None, Message | None]:
    """Read the state of a run, or the one before it where it is damaged.

    Returns:
        The state, None when none was ever kept; and a sentence if the one before had to be taken.

    Raises:
        TrainError: both are damaged.
    """
    path = folder / STATE
    if not path.exists() and not backup_of(path).exists():
        return None, None
    try:
        return _read(path), None
    except TrainError:
        if not backup_of(path).exists():
            raise
    return _read(backup_of(path)), Message(
        "The last checkpoint is damaged. The run goes on from the one before it."
    )


def _read(path: Path) -> State:
    try:
        found: Any = read_plain_types(path)
    except NotPlainError as error:
        raise _damaged(path, str(error)) from None
    if not isinstance(found, dict) or not _Always.__required_keys__ <= found.keys():
        raise _damaged(path, "not a state")
    if found["format"] != FORMAT:
        raise TrainError(
            Message(
                "{file} was written by a newer version of Netwright. Open it with that version.",
                file=str(path),
            )
        )
    checksum = found.pop("checksum", None)
    if checksum != _checksum(found):
        raise _damaged(path, "checksum")
    state: State = found  # type: ignore[assignment]  # has the keys, and was written as such
    return state


def _damaged(path: Path, details: str) -> DamagedError:
    return DamagedError(
        Message(
            "The checkpoint {file} is damaged, so the run cannot be resumed. Start it anew.", file=str(path)
        ),
        details=details,
    )


def _checksum(state: Mapping[str, Any]) -> str:
    """Give the checksum of everything in a state: torch reads a flipped bit without a word."""
    digest = hashlib.sha256()
    for part in _parts(state):
        digest.update(part)
    return digest.hexdigest()


def _parts(value: object) -> Iterator[bytes | memoryview]:
    if isinstance(value, torch.Tensor):
        yield f"{value.dtype}{tuple(value.shape)}".encode()
        if value.numel():
            yield value.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().data.cast("B")
    elif isinstance(value, Mapping):
        for key in value:
            yield repr(key).encode()
            yield from _parts(value[key])
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _parts(part)
    else:
        yield repr(value).encode()
