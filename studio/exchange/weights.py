"""Reads weights that someone hands us: plain numbers by name; what could run is refused unread."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import nn

from studio.compiler import build
from studio.exchange.declare import ExchangeError
from studio.graph import Message
from studio.project import Project
from studio.train.runs.plain_types import NotPlainError, read_plain_types
from studio.train.runs.weights import Given

CHECKSUM = "netwright.sha256"
"""Under which our own files keep the checksum of their weights: neither format notices a flipped bit."""

_SHOWN = 3
"""How many differences an error names; the others are only counted."""


class WeightsError(ExchangeError):
    """The file holds no weights, or those of another network.

    Attributes:
        details: every difference, or the text of the library.
    """

    unreadable = True

    def __init__(self, message: Message, details: str = "") -> None:
        """Keep the sentence and what there is to know beyond it."""
        super().__init__(message)
        self.details = details


def load_weights(model: nn.Module, path: str | os.PathLike[str], prefix: str = "") -> None:
    """Put the weights of a file into a model, all of them or none.

    Args:
        model: the model.
        path: a `.safetensors` file, or a `.pt` file of plain types.
        prefix: take only the weights whose names begin with it, without it.

    Raises:
        WeightsError: the file is damaged or unsafe, or its names or sizes are others.
    """
    expected = model.state_dict()
    read = read_weights(path)
    own = {name.removeprefix(prefix): value for name, value in read.items() if name.startswith(prefix)}
    found = renamed(own, expected)
    differing = list(differences(expected, found))
    if differing:
        raise WeightsError(
            Message(
                "The weights in “{file}” are of another network (received ≠ expected): {differences}.",
                file=Path(path).name,
                differences="; ".join(differing[:_SHOWN])
                + (f"; … {len(differing)}" if len(differing) > _SHOWN else ""),
            ),
            "\n".join(differing),
        )
    model.load_state_dict(dict(found))


@dataclass(frozen=True)
class Fit:
    """How weights of a file fit a network.

    Attributes:
        file: its name.
        given: what fits, by the names of the network; a run can begin with it.
        missing: names that the network has and the file has not.
        unexpected: names that the file has and the network has not.
        differing: names that both have, with the sizes received and expected.
        count: how many weights the network has.
    """

    file: str
    given: Given
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    differing: tuple[str, ...]
    count: int

    @property
    def whole(self) -> bool:
        """Whether the file is exactly that of the network."""
        return not self.missing and not self.unexpected and not self.differing

    def lines(self) -> str:
        """Give everything that does not fit, one a line."""
        return "\n".join(
            (*self.differing, *(f"{name}: –" for name in self.missing), *(f"+ {n}" for n in self.unexpected))
        )


WRAPPED = ("", "module.", "_orig_mod.", "model.", "net.", "network.")
"""What stands before all names of a network that was saved inside another one, as for several devices."""


def fit(project: Project, path: str | os.PathLike[str]) -> Fit:
    """Compare the weights of a file with the network that a project trains first.

    Raises:
        NetwrightError: the file is damaged, unsafe or holds no weights, or the network has errors.
    """
    found, expected = read_weights(path), build(project).state_dict()
    named = {
        before: {name.removeprefix(before): value for name, value in found.items() if name.startswith(before)}
        for before in WRAPPED
    }
    best = max(WRAPPED, key=lambda before: len(named[before].keys() & expected.keys()))
    given = named[best] if named[best].keys() & expected.keys() else found
    own = renamed(given, expected)
    same = [name for name in expected if name in own]
    fitting = {name: own[name] for name in same if own[name].shape == expected[name].shape}
    name = Path(path).name
    return Fit(
        name,
        Given(fitting, name),
        tuple(name for name in expected if name not in own),
        tuple(name for name in (found if own is given else own) if name.removeprefix(best) not in expected),
        tuple(f"{n}: {_sizes(own[n])} ≠ {_sizes(expected[n])}" for n in same if n not in fitting),
        len(expected),
    )


HEAD = 2
"""So many tensors may be of other sizes where weights are taken in their order: a weight and a bias."""


def renamed(
    found: Mapping[str, torch.Tensor], expected: Mapping[str, torch.Tensor]
) -> Mapping[str, torch.Tensor]:
    """Give weights of the same network under the names that ours has, where their own are others.

    Names are the same but for points: `layer2.0.conv1.weight` is `layer2_0.conv1.weight`. Where that says
    nothing, the order does: of networks that are made alike, the tensors follow each other with the same
    last names and, but for a head of its own, the same sizes. Otherwise the weights come back as they are.
    """
    if len(found.keys() & expected.keys()) * 2 > len(expected):
        return found
    spelled = {name.replace(".", "_"): name for name in expected}
    other = {name: spelled.get(name.replace(".", "_"), name) for name in found}
    names = set(other.values())
    if len(names) == len(found) and len(names & expected.keys()) * 2 > len(expected):
        return {other[name]: value for name, value in found.items()}
    pairs = list(zip(found, expected, strict=False))
    if len(found) != len(expected) or any(_last(name) != _last(ours) for name, ours in pairs):
        return found
    differing = sum(found[name].shape != expected[ours].shape for name, ours in pairs)
    return {ours: found[name] for name, ours in pairs} if differing <= HEAD < len(pairs) / 2 else found


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def differences(expected: Mapping[str, torch.Tensor], found: Mapping[str, torch.Tensor]) -> list[str]:
    """Name everything in which weights are not those that a network takes."""
    return [
        *(f"{name}: – ≠ {_sizes(value)}" for name, value in expected.items() if name not in found),
        *(f"{name}: {_sizes(value)} ≠ –" for name, value in found.items() if name not in expected),
        *(
            f"{name}: {_sizes(found[name])} ≠ {_sizes(value)}"
            for name, value in expected.items()
            if name in found and found[name].shape != value.shape
        ),
    ]


def _sizes(tensor: torch.Tensor) -> str:
    return " × ".join(map(str, tensor.shape)) or "1"


def read_weights(path: str | os.PathLike[str]) -> dict[str, torch.Tensor]:
    """Read weights by name.

    Raises:
        WeightsError: there is no such file, it is damaged, or it holds more than plain numbers.
    """
    place = Path(path)
    if not place.is_file():
        raise WeightsError(Message("There is no file “{file}”.", file=place.name))
    return _safetensors(place) if place.suffix == ".safetensors" else _plain_types(place)


def checksum(state: Mapping[str, torch.Tensor]) -> str:
    """Give the checksum of weights: of their names, types, sizes and numbers."""
    digest = hashlib.sha256()
    for name in sorted(state):
        tensor = state[name].detach().cpu().contiguous()
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        if tensor.numel():
            digest.update(tensor.reshape(-1).view(torch.uint8).numpy().data)
    return digest.hexdigest()


def _require_whole(found: Mapping[str, torch.Tensor], promised: object, path: Path) -> None:
    if promised is not None and promised != checksum(found):
        raise WeightsError(
            Message(
                "“{file}” was damaged since it was written: its checksum is another one. "
                "Get it again; nothing of it was used.",
                file=path.name,
            )
        )


def _safetensors(path: Path) -> dict[str, torch.Tensor]:
    try:
        with safe_open(path, framework="pt") as file:
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no dict
            notes = file.metadata() or {}
    except (SafetensorError, OSError, ValueError) as error:
        raise WeightsError(
            Message("“{file}” is damaged or holds no weights; nothing of it was used.", file=path.name),
            str(error),
        ) from error
    # Tied weights stand there once; the notes say under which other name, in a run's own files with a mark.
    tied = {note.removeprefix("tied:"): found[kept] for note, kept in notes.items() if kept in found}
    whole = {**found, **tied}
    _require_whole(whole, notes.get(CHECKSUM), path)
    return whole


def _plain_types(path: Path) -> dict[str, torch.Tensor]:
    try:
        held: Any = read_plain_types(path)
    except NotPlainError as error:
        raise WeightsError(
            Message(
                "“{file}” is damaged, or holds more than plain numbers and could run a program; "
                "nothing of it was used. Ask for a .safetensors file.",
                file=path.name,
            ),
            str(error),
        ) from None
    state = held.get("state_dict", held) if isinstance(held, dict) else held
    if not isinstance(state, dict) or not all(
        isinstance(name, str) and isinstance(value, torch.Tensor) for name, value in state.items()
    ):
        raise WeightsError(Message("“{file}” holds no weights by name.", file=path.name))
    _require_whole(state, held.get(CHECKSUM), path)
    return dict(state)
