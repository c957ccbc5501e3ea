"""Weights as safetensors: plain numbers by name, whole or refused, tied weights kept once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from studio.graph import Message
from studio.train.machine.sharding import like, whole
from studio.train.recipe import DamagedError, TrainError

Tensors = dict[str, torch.Tensor]

_TIED = "tied:"
"""Begins the name of a note that says under which other name a tied tensor stands."""


@dataclass(frozen=True)
class Given:
    """Weights that a run begins with, in place of fresh ones.

    Attributes:
        tensors: by the names that the network trained first has.
        origin: what they come from, for people.
    """

    tensors: Mapping[str, torch.Tensor]
    origin: str

    def without(self, modules: Sequence[str]) -> Given:
        """Leave the weights of some modules out, so that these stay fresh.

        Args:
            modules: their dotted names.
        """
        left = tuple(f"{name}." for name in modules)
        kept = {name: value for name, value in self.tensors.items() if not name.startswith(left)}
        return Given(kept, self.origin) if left else self

    def into(self, model: nn.Module) -> Message:
        """Put in what the network has a place for; the rest of it stays fresh.

        Returns:
            What was done.
        """
        expected = model.state_dict()
        fitting = {
            name: value
            for name, value in self.tensors.items()
            if name in expected and expected[name].shape == value.shape
        }
        model.load_state_dict(fitting, strict=False)
        return Message(
            "The run begins with weights of “{file}”: {fitting} of {count}.",
            file=self.origin,
            fitting=len(fitting),
            count=len(expected),
        )


def tensors_of(models: Mapping[str, nn.Module]) -> Tensors:
    """Give copies of all weights and buffers on the processor; several networks have their role before."""
    single = len(models) == 1
    found: Tensors = {}
    copies: dict[tuple[int, torch.Size, tuple[int, ...]], torch.Tensor] = {}
    for role, model in models.items():
        for name, value in model.state_dict().items():
            # What shares memory still shares it afterwards, so that it is saved once.
            key = value.data_ptr(), value.shape, value.stride()
            if key not in copies or value.numel() == 0:
                copies[key] = whole(value.detach()).to("cpu", copy=True).contiguous()
            found[name if single else f"{role}.{name}"] = copies[key]
    return found


def load_tensors(models: Mapping[str, nn.Module], tensors: Mapping[str, torch.Tensor], file: str) -> None:
    """Put weights into networks.

    Raises:
        TrainError: names or sizes differ; nothing was changed.
    """
    single = len(models) == 1
    expected = {
        name if single else f"{role}.{name}": value
        for role, model in models.items()
        for name, value in model.state_dict().items()
    }
    wrong = [
        *(f"{name}: –" for name in expected if name not in tensors),
        *(f"+ {name}" for name in tensors if name not in expected),
        *(
            f"{name}: {tuple(value.shape)} / {tuple(tensors[name].shape)}"
            for name, value in expected.items()
            if name in tensors and value.shape != tensors[name].shape
        ),
    ]
    if wrong:
        raise TrainError(
            Message(
                "The weights in {file} are of another network: {count} differ, first {first}. "
                "Open the project as it was when the run was made.",
                file=file,
                count=len(wrong),
                first="; ".join(wrong[:3]),
            ),
            details="\n".join(wrong),
        )
    with torch.no_grad():
        for name, value in expected.items():
            value.copy_(like(tensors[name], value))


def packed(tensors: Mapping[str, torch.Tensor], facts: Mapping[str, str]) -> bytes:
    """Give weights as the content of a safetensors file.

    Args:
        tensors: weights by name; tied ones are the same tensor.
        facts: notes to keep with them.
    """
    first: dict[int, str] = {}
    kept: Tensors = {}
    notes = {"format": "pt", **facts}
    for name, value in tensors.items():
        other = first.setdefault(value.data_ptr(), name) if value.numel() else name
        if other == name:
            kept[name] = value
        else:
            notes[_TIED + name] = other
    return save(kept, metadata=notes)


def read_weights(path: Path) -> Tensors:
    """Read a safetensors file; nothing in it can run.

    Raises:
        TrainError: it is missing or damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no dict
            notes = file.metadata() or {}
    except FileNotFoundError as error:
        raise TrainError(Message("There are no weights at {file}.", file=str(path))) from error
    except (SafetensorError, OSError, ValueError) as error:
        raise DamagedError(
            Message("{file} is damaged or holds no weights.", file=str(path)), details=str(error)
        ) from error
    for note, other in notes.items():
        if note.startswith(_TIED) and other in found:
            found[note.removeprefix(_TIED)] = found[other]
    return found
