"""The inputs that an exported model is checked with: empty, ordinary and extreme ones, in several batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import torch

from studio.compiler.program import Program, Source
from studio.project import COMPOSITE

Kind = Literal["zeros", "random", "extreme", "samples"]
"""Nothing at all; normally distributed; as large and as small as it can be; as the data has them."""

BATCHES = (1, 2, 5)
"""The batch sizes: one sample alone, and two that no exporter can have baked in."""

LARGE = 10.0
"""How large extreme numbers are: data made ready for training stays well below."""

FEW = 2
"""Different whole numbers that an input gets where nothing says how many there can be."""


@dataclass(frozen=True)
class Probe:
    """One batch to run through both models.

    Attributes:
        kind: what the numbers are like.
        batch: how many samples.
        inputs: identifier of each input to its tensor.
    """

    kind: Kind
    batch: int
    inputs: Mapping[str, torch.Tensor]

    __hash__ = None  # type: ignore[assignment]


def probes(program: Program) -> list[Probe]:
    """Make the probes of a network, always the same ones, without touching the global random state."""
    generator = torch.Generator().manual_seed(0)
    kinds: tuple[Kind, ...] = ("zeros", "random", "extreme")
    return [
        Probe(
            kind,
            batch,
            {
                name: _numbers(kind, tensor.at(batch), generator)
                if tensor.dtype == "float32"
                else _indices(kind, tensor.at(batch), _count(program, {(key, "y")}) or FEW, generator)
                for key, name, tensor in program.inputs
            },
        )
        for kind in kinds
        for batch in BATCHES
    ]


def sampled(samples: Mapping[str, torch.Tensor]) -> list[Probe]:
    """Make probes of samples of the data, for what was rounded to fit such numbers and no others."""
    return [
        Probe("samples", batch, {name: values[:batch].clone() for name, values in samples.items()})
        for batch in BATCHES
    ]


def longer(program: Program) -> list[Probe]:
    """Make a probe of other lengths than the examples; none where no Input leaves a length open."""
    lengths = {name: at for _, _, tensor in program.inputs for name, at in tensor.lengths.items()}
    if not lengths:
        return []
    generator = torch.Generator().manual_seed(0)
    # More, as fewer might not be enough for a window, and by an odd number, as halves hide much.
    others = {name: at + 3 for name, at in lengths.items()}
    given = {
        name: _numbers("random", tensor.at(2, others), generator)
        if tensor.dtype == "float32"
        else _indices("random", tensor.at(2, others), _count(program, {(key, "y")}) or FEW, generator)
        for key, name, tensor in program.inputs
    }
    return [Probe("random", 2, given)]


def _numbers(kind: Kind, shape: tuple[int, ...], generator: torch.Generator) -> torch.Tensor:
    if kind == "zeros":
        return torch.zeros(shape)
    values = torch.randn(shape, generator=generator)
    return values if kind == "random" else values.sign() * LARGE


def _indices(kind: Kind, shape: tuple[int, ...], count: int, generator: torch.Generator) -> torch.Tensor:
    if kind == "zeros":
        return torch.zeros(shape, dtype=torch.int64)
    if kind == "extreme":
        return torch.full(shape, count - 1, dtype=torch.int64)
    return torch.randint(0, count, shape, generator=generator)


def _count(program: Program, values: set[Source]) -> int | None:
    """Give how many different whole numbers the embeddings behind some values all take; None without one."""
    reached = set(values)
    counts: list[int] = []
    for step in program.steps:
        arriving = {port: set(sources) & reached for port, sources in step.inputs.items()}
        if not any(arriving.values()):
            continue
        if step.node.type == COMPOSITE:
            inner = step.inner[0]
            # A composite's ports are its Input blocks, in the same order.
            entering: set[Source] = {
                (key, "y")
                for port, (key, _, _) in zip(step.block.inputs, inner.inputs, strict=True)
                if arriving.get(port.name)
            }
            found = _count(inner, entering)
            counts += [found] if found is not None else []
        size = step.values.get("num_embeddings")
        if isinstance(size, int):
            counts.append(size)
        else:
            reached |= {(step.node.id, port.name) for port in step.block.outputs}
    return min(counts, default=None)
