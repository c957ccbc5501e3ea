"""What every block gives and costs, as rows of a table: shapes with labels, weights, memory, fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from studio.compiler.dimensions import Labels
from studio.compiler.measure import Weight
from studio.compiler.receptive import Field, field_of, fields
from studio.compiler.report import Report
from studio.compiler.tensors import Tensor
from studio.compiler.walk import Outcome, Walk

NUMBER_BYTES = 4
"""Weights are kept as float32, whatever the network computes with."""


@dataclass(frozen=True)
class Given:
    """What leaves one port.

    Attributes:
        port: its name.
        tensor: sizes and dtype.
        labels: what each dimension means, where that is known.
        field: how much of an input each place sees, where that has a meaning.
    """

    port: str
    tensor: Tensor
    labels: Labels
    field: Field | None


@dataclass(frozen=True)
class Row:
    """One block.

    Attributes:
        id: the node's id.
        name: its label.
        type: its block.
        outputs: what leaves it; empty while unknown.
        parameters: learnable numbers, 0 where another node's weights are used; None while unknown.
        trainable: those of them that training changes.
        weights: the learnable tensors; those of a composite by the names of the blocks in it.
        multiply_adds: multiplications with addition, for one sample.
        activation_bytes: memory of what leaves it, of a composite of what leaves each block in it, for one
            sample.
        parameter_bytes: memory of its weights.
    """

    id: str
    name: str
    type: str
    outputs: tuple[Given, ...]
    parameters: int | None
    trainable: int | None
    weights: tuple[Weight, ...]
    multiply_adds: int | None
    activation_bytes: int | None
    parameter_bytes: int | None

    @property
    def field(self) -> Field | None:
        """How much of an input the first output sees, where that has a meaning."""
        return self.outputs[0].field if self.outputs else None


def rows(report: Report) -> tuple[Row, ...]:
    """Give a row for each block of a graph, in the order in which they run."""
    walk = report.walk
    if walk is None:
        return ()
    known = report.labels
    seen = fields(walk, known)
    made: list[Row] = []
    for key, outcome in walk.outcomes.items():
        found = outcome.report
        outputs = tuple(
            Given(
                port,
                tensor,
                known.get((key, port), (None,) * len(tensor.shape)),
                field_of(seen[key, port]) if (key, port) in seen else None,
            )
            for port, tensor in found.outputs.items()
        )
        made.append(
            Row(
                key,
                found.name,
                found.type,
                outputs,
                found.parameters,
                found.trainable,
                tuple(weight for weight, _ in weights_of(outcome)),
                found.multiply_adds,
                _activations(outcome) if outputs else None,
                None if found.parameters is None else found.parameters * NUMBER_BYTES,
            )
        )
    return tuple(made)


def _activations(outcome: Outcome) -> int:
    if not outcome.inner:
        return sum(tensor.bytes() for tensor in outcome.report.outputs.values())
    return sum(
        _activations(inside)
        for walk in outcome.inner
        for key, inside in walk.outcomes.items()
        if key in walk.used and inside.node.type != "input"
    )


def weights_of(outcome: Outcome) -> Iterator[tuple[Weight, bool]]:
    """Give every learnable tensor of a node, and whether training changes it; none that it only shares."""
    if outcome.node.shares:
        return
    trained = not outcome.node.frozen
    for weight in outcome.report.weights:
        yield weight, trained
    for turn, walk in enumerate(outcome.inner):
        # The names are those of the module's state: repetitions are counted.
        lead = f"{turn}." if len(outcome.inner) > 1 else ""
        for weight, inside in weights_in(walk):
            yield dataclasses.replace(weight, name=lead + weight.name), trained and inside


def weights_in(walk: Walk) -> Iterator[tuple[Weight, bool]]:
    """Give every learnable tensor of a graph that leads to an output, by the names that the module uses."""
    for key, outcome in walk.outcomes.items():
        if key in walk.used:
            for weight, trained in weights_of(outcome):
                yield dataclasses.replace(weight, name=f"{walk.names[key]}.{weight.name}"), trained
