"""What the compiler says of a graph: a row a node, all problems, and totals that are never false."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.compiler.kept import Kept
from studio.compiler.measure import Weight
from studio.compiler.problems import Problem
from studio.compiler.tensors import Tensor
from studio.graph import Value
from studio.project import GraphRef

if TYPE_CHECKING:
    from studio.compiler.dimensions import Labels
    from studio.compiler.walk import Walk


@dataclass(frozen=True)
class NodeReport:
    """What is known of one node.

    Attributes:
        id: the node's id.
        name: its label.
        type: its block.
        inputs: what arrives at each connected port; a port is missing while unknown.
        outputs: what leaves each port; a port is missing while unknown.
        parameters: learnable numbers, 0 where another node's weights are used; None while unknown.
        trainable: those of them that training changes.
        multiply_adds: multiplications with addition for one sample.
        resolved: every parameter as the block is made with it.
        weights: its learnable tensors; none where another node's weights are used, and none of a composite.
        buffers: bytes of what it carries besides, such as running means.
        kept: what training keeps of it between forward and backward, where that is known.
    """

    id: str
    name: str
    type: str
    inputs: Mapping[str, tuple[Tensor, ...]]
    outputs: Mapping[str, Tensor]
    parameters: int | None
    trainable: int | None
    multiply_adds: int | None
    resolved: Mapping[str, Value]
    weights: tuple[Weight, ...] = ()
    buffers: int = 0
    kept: Kept | None = None

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Report:
    """What is known of one graph.

    Attributes:
        ref: which graph.
        nodes: id to row, in the order in which they run (those on a cycle last).
        problems: everything that is wrong, in that order.
        parameters: learnable numbers in all; None while an error makes the sum false.
        trainable: those that training changes; None likewise.
        multiply_adds: of one sample; None likewise.
        inputs: identifier of each input to what it takes.
        outputs: identifier of each output to what it gives, as far as known.
        walk: the look through the graph that it was made from.
    """

    ref: GraphRef
    nodes: Mapping[str, NodeReport]
    problems: tuple[Problem, ...]
    parameters: int | None
    trainable: int | None
    multiply_adds: int | None
    inputs: Mapping[str, Tensor]
    outputs: Mapping[str, Tensor]
    walk: Walk | None = field(default=None, repr=False, compare=False)

    __hash__ = None  # type: ignore[assignment]

    @functools.cached_property
    def labels(self) -> Mapping[tuple[str, str], Labels]:
        """What each dimension of each output means: (node id, port) to labels. Found when first asked."""
        from studio.compiler.dimensions import labels  # it looks at walks, which hold rows of this module

        return labels(self.walk) if self.walk is not None else {}

    @property
    def lengths(self) -> dict[str, int]:
        """Give the lengths that the inputs leave open, with the examples that costs are counted for."""
        return {name: at for tensor in self.inputs.values() for name, at in tensor.lengths.items()}

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems of the drawing that keep the graph from running; those of plan and runs do not."""
        return tuple(
            problem for problem in self.problems if problem.severity == "error" and problem.about == "drawing"
        )

    @property
    def ok(self) -> bool:
        """Whether the graph can be built."""
        return not self.errors
