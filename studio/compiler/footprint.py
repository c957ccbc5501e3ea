"""How much memory one step of training takes: weights, gradients, the optimizer's state, activations.

What is counted lives from the forward pass to the end of the backward pass. What comes and goes within
one operation, and what the device's libraries take for themselves, comes on top.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import torch

from studio.blocks import Block, find
from studio.compiler.costs import NUMBER_BYTES, weights_in
from studio.compiler.flow import flow
from studio.compiler.kept import Kept
from studio.compiler.measure import target_of
from studio.compiler.report import Report
from studio.compiler.tensors import Tensor
from studio.compiler.walk import Outcome, Walk
from studio.graph import NetwrightError, Value
from studio.project import MODEL, Choice, Project

_PRIMES = (2, 3, 5, 7, 11, 13)
"""The sizes of a small stand-in for a weight, told apart in the optimizer's state."""


@dataclass(frozen=True)
class Footprint:
    """Bytes that a step of training takes.

    Attributes:
        batch: samples in the step.
        weights: weights, and what blocks carry besides.
        gradients: one number for each weight that is trained.
        optimizer: what the optimizer remembers; None where that is not known.
        activations: what is kept from the forward pass for the backward pass.
    """

    batch: int
    weights: int
    gradients: int
    optimizer: int | None
    activations: int

    @property
    def total(self) -> int | None:
        """All together; None while a part is not known."""
        if self.optimizer is None:
            return None
        return self.weights + self.gradients + self.optimizer + self.activations


def footprint(project: Project, report: Report) -> Footprint | None:
    """Give what a step of the project's plan takes.

    Args:
        project: the snapshot that the report is of.
        report: the report of one of its networks.

    Returns:
        None where the graph is no network that the plan trains, or has errors.
    """
    plan, walk = project.plan, report.walk
    roles = [role for role, name in plan.networks.items() if name == report.ref.name]
    if walk is None or report.ref.place != "network" or not roles or report.parameters is None:
        return None
    try:
        loop = plan.loop.resolved("loop")
    except NetwrightError:
        return None  # the plan has a mistake, which is told where it stands
    batch, half = loop.get("batch_size"), loop.get("precision") == "bfloat16"
    assert isinstance(batch, int)
    trained = Counter(weight.shape for weight, is_trained in weights_in(walk) if is_trained)
    optimizer = plan.optimizers.get(roles[0], plan.optimizers.get(MODEL))
    gradients = NUMBER_BYTES * sum(math.prod(shape) * count for shape, count in trained.items())
    weights = NUMBER_BYTES * report.parameters + _buffers(walk)
    return Footprint(
        batch,
        weights,
        gradients,
        state_bytes(optimizer, trained) if optimizer is not None else None,
        activations(walk, batch, half=half),
    )


def most_bytes(outcome: Outcome, batch: int) -> int:
    """Give what no block exceeds in the activations and in what it carries besides, looking at it alone.

    Whatever is kept is an output of some block, or what a block keeps besides. Several blocks often keep the
    same: `activations` counts it once, and must follow the whole graph for it.

    Args:
        outcome: the block; of a composite all blocks in it count.
        batch: samples at once.
    """
    report, kept = outcome.report, outcome.report.kept
    inside = (inner for walk in outcome.inner for key, inner in walk.outcomes.items() if key in walk.used)
    own = sum(tensor.bytes(batch) for tensor in report.outputs.values()) + report.buffers
    if kept is not None:
        own += batch * kept.per_sample + kept.fixed
    return own + sum(most_bytes(inner, batch) for inner in inside)


def most_for_weight(optimizer: Choice) -> int | None:
    """Give the bytes that no number of a weight exceeds: itself, as it is computed with, gradient and state.

    Args:
        optimizer: which one, with its parameters.

    Returns:
        None where it is unknown what the optimizer remembers.
    """
    # What is remembered once a tensor, such as the number of steps, counts most where it is a single number.
    states = [state_bytes(optimizer, {shape: 1}) for shape in ((1,), (1, 1))]
    known = [state for state in states if state is not None]
    return NUMBER_BYTES + NUMBER_BYTES // 2 + NUMBER_BYTES + max(known) if known else None


# -- the optimizer ---------------------------------------------------------------------------------------


def state_bytes(optimizer: Choice, shapes: Mapping[tuple[int, ...], int]) -> int | None:
    """Give what an optimizer remembers, found by letting it step once with small stand-ins.

    Args:
        optimizer: which one, with its parameters.
        shapes: sizes of the weights that are trained, and how many there are of each.

    Returns:
        None where it is unknown or refuses such weights.
    """
    block = optimizer.declared("optimizer")
    try:
        values = optimizer.resolved("optimizer")
        if block is None or not block.target:
            return None
        if block.target.endswith(".LBFGS"):
            history = values.get("history_size", 100)
            numbers = sum(math.prod(shape) * count for shape, count in shapes.items())
            # Two vectors for each step that it looks back, and four of its own.
            return (2 * (history if isinstance(history, int) else 100) + 4) * numbers * NUMBER_BYTES
        if block.target.endswith(".SparseAdam"):
            # It remembers as much of tables as Adam, which moves the other weights, does of those.
            block, values = _adam(), {}
        return sum(_state_of(block, values, shape) * count for shape, count in shapes.items())
    except (NetwrightError, RuntimeError, ValueError, TypeError):
        return None


def _adam() -> Block:
    found = find("adam", "optimizer")
    assert found is not None  # the catalogue has it
    return found


def _state_of(block: Block, values: Mapping[str, Value], shape: tuple[int, ...]) -> int:
    """Give what is remembered of one weight: sizes of the stand-in's state, put back to the weight's."""
    sizes = dict(zip(_PRIMES, shape, strict=False))
    stand_in = torch.nn.Parameter(torch.ones(tuple(sizes)))
    stand_in.grad = torch.ones_like(stand_in)
    made = target_of(block)([stand_in], **values)
    made.step()
    total = 0
    for kept in made.state[stand_in].values():
        if isinstance(kept, torch.Tensor):
            total += kept.element_size() * math.prod(sizes.get(size, size) for size in kept.shape)
    return total


# -- activations -----------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Held:
    """Numbers in memory: one tensor, however many outputs show it."""

    tensor: Tensor
    gradient: bool


@dataclass
class _Tally:
    """What has been found to be kept."""

    held: dict[int, _Held] = field(default_factory=dict)
    per_sample: int = 0
    shrinks: int = 0
    fixed: int = 0

    def add(self, held: _Held | None) -> None:
        """Keep a tensor, once."""
        if held is not None:
            self.held[id(held)] = held


def activations(walk: Walk, batch: int, *, half: bool = False) -> int:
    """Give the bytes that the forward pass keeps for the backward pass.

    Args:
        walk: a sound network.
        batch: samples at once.
        half: whether the network computes with bfloat16.
    """
    tally, frozen = _Tally(), _frozen(walk)

    def enter(outcome: Outcome) -> _Held | None:
        tensor = outcome.report.outputs.get("y")
        return _Held(tensor, False) if tensor is not None else None

    def through(outcome: Outcome, arriving: Mapping[str, tuple[_Held | None, ...]]) -> Mapping[str, _Held]:
        report = outcome.report
        learns = bool(report.trainable) or (bool(outcome.node.shares) and not outcome.node.frozen)
        within_frozen = next(frozen)
        learns = learns and not within_frozen
        gradient = learns or any(
            held is not None and held.gradient for port in arriving.values() for held in port
        )
        kept = report.kept if report.kept is not None else Kept(results=frozenset(report.outputs))
        leaving: dict[str, _Held] = {}
        for name, tensor in report.outputs.items():
            shown = kept.views.get(name)
            source = arriving[shown[0]][shown[1]] if shown is not None else None
            if source is not None and source.gradient == gradient:
                leaving[name] = source
            else:
                leaving[name] = _Held(tensor, gradient)
        if gradient:
            for port, index in kept.arrivals:
                tally.add(arriving[port][index])
            for name in kept.results:
                tally.add(leaving.get(name))
            tally.per_sample += kept.per_sample
            tally.shrinks += kept.shrinks
            tally.fixed += kept.fixed
        return leaving

    flow(walk, enter, through, used_only=True)
    total = tally.fixed + batch * (tally.per_sample - (tally.shrinks // 2 if half else 0))
    for held in tally.held.values():
        is_float = held.tensor.dtype == "float32"
        total += held.tensor.bytes(batch) // (2 if half and is_float else 1)
    if half:
        # The weights as the operations take them are kept too.
        total += sum(weight.count for weight, _ in weights_in(walk)) * NUMBER_BYTES // 2
    return total


def _frozen(walk: Walk, inside: bool = False) -> Iterator[bool]:
    """Tell of each block, in the order in which values flow, whether it or a composite around it is frozen.

    Uses of one composite can share what was found inside, so that a block is known by its turn alone.
    """
    for key, outcome in walk.outcomes.items():
        node = outcome.node
        if key not in walk.used or node.type == "input" or node.bypassed:
            continue
        for inner in outcome.inner:
            yield from _frozen(inner, inside or node.frozen)
        if not outcome.inner:
            yield inside or node.frozen


def _buffers(walk: Walk) -> int:
    total = 0
    for key, outcome in walk.outcomes.items():
        if key in walk.used and not outcome.node.shares:
            total += outcome.report.buffers + sum(_buffers(inner) for inner in outcome.inner)
    return total
