"""What data a training script learns from: read anew by a piece of its own, or saved beside it as it is."""

from __future__ import annotations

import contextlib
import importlib.util
import io
from collections.abc import Mapping
from typing import cast

import numpy as np

from studio.compiler.source import literal
from studio.data import Dataset, load
from studio.data.arrays import is_plain
from studio.data.dataset import Streaming
from studio.data.environments import EnvironmentSource
from studio.data.image_folder import has_parts
from studio.data.loading import source_of
from studio.data.memory import fits_memory, in_units
from studio.graph import Message, NetwrightError, Value
from studio.project import Choice, Plan

PIECES = "studio.exchange.scripts"
"""Where the pieces stand that load data; each is named like its source in the catalogue."""

SAVED = "saved"
"""The piece for sources that have none of their own."""

WORLDS: Mapping[str, tuple[str, str]] = {
    "gridworld": ("studio.data.gridworld", "GridWorld"),
    "cartpole": (f"{PIECES}.worlds", "CartPole"),
}
"""Environment in the catalogue to the class that a script takes along: where it stands, and its name."""

ACTING = frozenset({"dqn", "ppo"})
"""Recipes that learn from what they meet in an environment, and not from its samples."""

VARIED = ("flip", "crop", "rotate", "zoom", "jitter", "erase")
"""The parameters of `studio.blocks.splits.Varied`."""

VARIATION = "studio.data.variation"
"""The module that varies pictures."""

_MOST = 1 << 30
_QUICK = 64 << 20


def reads_anew(choice: Choice) -> bool:
    """Tell whether a script reads the data of a plan as Netwright does."""
    values = choice.resolved("data")
    if values.get("learn", "labels") != "labels":
        return False
    if choice.type == "arrays" and not is_plain(str(values["folder"])):
        return False
    if choice.type == "series" and values["folder"]:
        return False
    if choice.type == "image_folder" and has_parts(str(values["folder"])):
        return False
    return importlib.util.find_spec(f"{PIECES}.{choice.type}") is not None


def is_left(plan: Plan) -> bool:
    """Tell whether the samples of a plan are saved beside its script."""
    return plan.recipe.type not in ACTING and not reads_anew(plan.data)


def world(choice: Choice) -> str:
    """Write how the environment of a plan is made."""
    values = choice.resolved("data")
    given = ", ".join(f"{name}={literal(values[name])}" for name in ("size", "limit") if name in values)
    return f"{WORLDS[choice.type][1]}({given})"


def unwritable_world(choice: Choice) -> Message | None:
    """Say that a script does not have the environment of a plan; None where it has."""
    if choice.type in WORLDS:
        return None
    declared = choice.declared("data")
    title = Message("{type}", type=choice.type) if declared is None else Message(declared.title)
    if not isinstance(source_of(choice), EnvironmentSource):
        return Message(
            "This recipe learns by acting in an environment, and “{data}” gives samples. "
            "Choose an environment as the data, such as the grid world.",
            data=title,
        )
    return Message("Scripts are not written for the environment “{data}”.", data=title)


def varied(choice: Choice) -> dict[str, Value]:
    """Give how the pictures of a plan are varied while they are learned from; nothing where they are not."""
    values = choice.resolved("data")
    return {name: values[name] for name in VARIED if values.get(name, 0) not in ("none", 0)}


def said(choice: Choice) -> dict[str, Value]:
    """Give what a piece is told of the data of a plan."""
    values = choice.resolved("data")
    for name in VARIED:
        values.pop(name, None)
    for name in ("download", "learn"):  # what leaves is always of labels, and lies on the machine
        values.pop(name, None)
    return values


def unheld(plan: Plan) -> Message | None:
    """Say why a script cannot hold the samples of a plan; None where it can, as far as is known."""
    if plan.recipe.type in ACTING:
        return None
    if not reads_anew(plan.data):
        return _unsaved(plan.data)
    source = source_of(plan.data)
    needed = 0
    if hasattr(source, "stream"):
        with contextlib.suppress(NetwrightError):  # what is not there now may be there for the script
            needed = cast(Streaming, source).needed()
    if fits_memory(needed):
        return None
    return Message(
        "A script reads all samples into the memory, and these take {size}. Train in Netwright, which leaves "
        "them on the disk.",
        size=in_units(needed),
    )


def _unsaved(choice: Choice) -> Message | None:
    try:
        data = load(choice)
    except NetwrightError as error:
        return Message("Its samples cannot be saved beside it: {reason}", reason=error.message)
    size = sum(split.bytes for split in (data.train, data.validation, data.test))
    if size <= _MOST:
        return None
    return Message(
        "Its samples would be saved beside it, and they take {size}. Use fewer of them, or train in "
        "Netwright.",
        size=in_units(size),
    )


def saved(choice: Choice) -> bytes:
    """Give the samples of a plan as a file of NumPy.

    Raises:
        DataError: the data cannot be read.
    """
    data = load(choice)
    size = sum(split.bytes for split in (data.train, data.validation, data.test))
    packed = io.BytesIO()
    pack = np.savez_compressed if size < _QUICK else np.savez  # packing much takes minutes
    pack(packed, **_arrays(data))  # type: ignore[arg-type]  # arrays by name
    return packed.getvalue()


def _arrays(data: Dataset) -> dict[str, object]:
    return {
        f"{part}/{side}/{name}": values.contiguous().numpy()
        for part, split in (("train", data.train), ("validation", data.validation), ("test", data.test))
        for side, fields in (("inputs", split.inputs), ("targets", split.targets))
        for name, values in fields.items()
    }
