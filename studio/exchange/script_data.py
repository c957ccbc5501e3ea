"""What data a training script learns from: read anew by a piece of its own, or saved beside it as it is."""

from __future__ import annotations

import importlib.util
import io

import numpy as np

from studio.data import Dataset, load
from studio.data.arrays import is_plain
from studio.data.memory import in_units
from studio.exchange.declare import ExchangeError
from studio.graph import Message
from studio.project import Choice

PIECES = "studio.exchange.scripts"
"""Where the pieces stand that load data; each is named like its source in the catalogue."""

SAVED = "saved"
"""The piece for sources that have none of their own."""

_MOST = 1 << 30


def reads_anew(choice: Choice) -> bool:
    """Tell whether a script reads the data of a plan as Netwright does."""
    values = choice.resolved("data")
    if choice.type == "arrays" and not is_plain(str(values["folder"]), str(values["learn"])):
        return False
    return importlib.util.find_spec(f"{PIECES}.{choice.type}") is not None


def file_beside(module: str) -> str:
    """Give the name of the file that samples are saved in.

    Args:
        module: the module that holds the network's class.
    """
    return "data.npz" if module == "model" else f"{module}_data.npz"


def saved(choice: Choice) -> bytes:
    """Give the samples of a plan as a file of NumPy.

    Raises:
        ExchangeError: there are too many.
        DataError: the data cannot be read.
    """
    data = load(choice)
    size = sum(split.bytes for split in (data.train, data.validation, data.test))
    if size > _MOST:
        raise ExchangeError(
            Message(
                "There is no training script for the data “{data}”: its samples would be saved beside it, "
                "and they take {size}.",
                data=choice.type,
                size=in_units(size),
            )
        )
    packed = io.BytesIO()
    np.savez_compressed(packed, **_arrays(data))  # type: ignore[arg-type]  # arrays by name
    return packed.getvalue()


def _arrays(data: Dataset) -> dict[str, object]:
    return {
        f"{part}/{side}/{name}": values.contiguous().numpy()
        for part, split in (("train", data.train), ("validation", data.validation), ("test", data.test))
        for side, fields in (("inputs", split.inputs), ("targets", split.targets))
        for name, values in fields.items()
    }
