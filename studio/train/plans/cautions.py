"""What a plan does to a network that fits it and is surely not meant: told before anything is trained.

Most of it trains without complaint and learns badly or not at all: scores that are squeezed before a loss
that squeezes them itself, an output that nothing judges, weights that no gradient reaches, a step that the
memory cannot hold.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping

from studio.compiler import Problem, Report
from studio.compiler.followed import Followed
from studio.compiler.footprint import footprint, most_bytes, most_for_weight
from studio.compiler.walk import Outcome, Walk
from studio.graph import Graph, Message, freeze
from studio.project import MODEL, Choice, Fix, LossTerm, Project
from studio.train.machine.devices import DeviceError, choose
from studio.train.plans.before_loss import before_loss, told
from studio.train.plans.mending import smaller_batches
from studio.train.settings import Settings

WORTH_A_LOOK = 2**30
"""Steps that surely stay below so many bytes are not weighed."""

_BATCH_NORMS = frozenset({"batch_norm1d", "batch_norm2d", "batch_norm3d"})


class Sums:
    """Sums over a network that tell whether a closer look is due, followed from edit to edit."""

    def __init__(self) -> None:
        """Begin without memory."""
        self.cutting = Followed(lambda outcome: int(_cuts(outcome)))
        self.lonely = Followed(lambda outcome: int(_is_lonely(outcome)))
        self._batch, self._bytes = 0, Followed(lambda outcome: most_bytes(outcome, 0))
        self._optimizer: tuple[Choice, int | None] | None = None

    def most_of_step(self, walk: Walk, batch: int, parameters: int, optimizer: Choice) -> int | None:
        """Give bytes that a step does not exceed; None where it is unknown what the optimizer remembers."""
        if batch != self._batch:
            self._batch, self._bytes = batch, Followed(lambda outcome: most_bytes(outcome, batch))
        if self._optimizer is None or self._optimizer[0] is not optimizer:
            self._optimizer = optimizer, most_for_weight(optimizer)
        each = self._optimizer[1]
        return self._bytes.over(walk) + parameters * each if each is not None else None


def cautions(
    project: Project, report: Report, judged: Mapping[str, LossTerm], sums: Sums
) -> Iterator[Problem]:
    """Give what is surely not meant.

    Args:
        project: the project; its plan fits the network.
        report: what the compiler says of the network; it has no errors.
        judged: id of each Output that a loss judges to that loss.
        sums: what was found of the network before its last edit.
    """
    graph, walk = project.graph(report.ref), report.walk
    if walk is None:
        return
    for output, term in judged.items():
        index = next(place for place, one in enumerate(project.plan.losses) if one is term)
        yield from before_loss(report, output, term, index)
    for node in walk.outputs():
        if node.id not in judged:
            yield told(
                report,
                "output_without_loss",
                node,
                Message(
                    "No loss judges the output “{name}”, so nothing learns to make it better."
                    " Choose a loss for it, or keep it to look at.",
                    name=node.name,
                ),
                expected=Message("a loss"),
                received=Message("none"),
            )
    if not report.trainable:
        yield told(
            report,
            "nothing_to_train",
            None,
            Message("The network has no weights that can be trained. Add a layer or unfreeze one."),
            *_thawed(graph, report),
            severity="error",
            expected=Message("at least one block with weights that are not frozen"),
            received=Message("none"),
        )
    elif sums.cutting.over(walk):
        yield from _cut_off(graph, report, walk)
    settings = Settings.of(project.plan)
    if settings.batch_size == 1 and sums.lonely.over(walk):
        yield from _alone(report, walk)
    yield from _too_much(project, report, walk, settings, sums)


def _thawed(graph: Graph, report: Report) -> Iterator[Fix]:
    """Offer to train the last frozen block with weights."""
    for node in reversed(list(graph.nodes.values())):
        if node.frozen and report.nodes[node.id].parameters:
            label = Message("Unfreeze “{name}”", name=node.name)
            yield Fix(label, "change", node.id, parameters=freeze({"frozen": False}))
            return


# -- the way of the gradient -----------------------------------------------------------------------------


def _cut_off(graph: Graph, report: Report, walk: Walk) -> Iterator[Problem]:
    """Tell of blocks that let no gradient through to weights which have no other way to a result."""
    cutting = [key for key, outcome in walk.outcomes.items() if key in walk.used and _cuts(outcome)]
    reached: set[str] = set()
    stack = [node.id for node in walk.outputs()]
    while stack:
        key = stack.pop()
        if key in reached or key in cutting:
            continue
        reached.add(key)
        stack.extend(wire.source.node for wire in graph.into(key) if wire.enabled)
    for key in cutting:
        behind = [
            graph.nodes[other].name
            for other in walk.outcomes
            if other in graph.upstream([key])
            and other not in reached
            and walk.outcomes[other].report.trainable
        ]
        if behind:
            node = graph.nodes[key]
            yield told(
                report,
                "no_gradient",
                node,
                Message(
                    "“{name}” gives whole numbers, which nothing can be learned through:"
                    " {count} {count:block|blocks} before it, such as “{first}”, will stay as they are.",
                    name=node.name,
                    count=len(behind),
                    first=behind[-1],
                ),
                expected=Message("real numbers (float32)"),
                received=Message(
                    "{dtype}", dtype=next(iter(walk.outcomes[key].report.outputs.values())).dtype
                ),
            )


def _cuts(outcome: Outcome) -> bool:
    """Tell whether nothing that a block gives can be learned through."""
    given = outcome.report.outputs.values()
    passes = any(tensor.dtype.startswith(("float", "bfloat")) for tensor in given)
    return bool(given) and not passes and outcome.node.type != "input"


# -- the size of a step ----------------------------------------------------------------------------------


def _alone(report: Report, walk: Walk) -> Iterator[Problem]:
    """Tell of blocks that normalise over the batch, where a batch is a single sample."""
    for outcome in walk.outcomes.values():
        if outcome.node.id in walk.used and _is_lonely(outcome):
            yield told(
                report,
                "batch_of_one",
                outcome.node,
                Message(
                    "“{name}” compares the samples of a batch with each other, and a batch has one sample:"
                    " it cannot be trained like this. Take larger batches, or a LayerNorm.",
                    name=outcome.node.name,
                ),
                smaller_batches(32),
                severity="error",
                expected=Message("batches of at least 2"),
                received=Message("{value}", value=1),
            )


def _is_lonely(outcome: Outcome) -> bool:
    return any(_needs_company(inner) for inner in _unfolded(outcome))


def _unfolded(outcome: Outcome) -> Iterator[Outcome]:
    yield outcome
    for walk in outcome.inner:
        for key, inner in walk.outcomes.items():
            if key in walk.used:
                yield from _unfolded(inner)


def _needs_company(outcome: Outcome) -> bool:
    arriving = outcome.report.inputs.get("x", ())
    return (
        outcome.block.type in _BATCH_NORMS
        and not outcome.node.bypassed
        and bool(arriving)
        and math.prod(size for size in arriving[0].at(1)[2:]) == 1
    )


def _too_much(
    project: Project, report: Report, walk: Walk, settings: Settings, sums: Sums
) -> Iterator[Problem]:
    """Tell that a step takes more memory than there is where it is trained."""
    batch, plan = settings.batch_size, project.plan
    optimizer = next(
        (plan.optimizers[role] for role in (*plan.networks, MODEL) if role in plan.optimizers), None
    )
    if optimizer is None:
        return
    most = sums.most_of_step(walk, batch, report.parameters or 0, optimizer)
    if most is None or most < WORTH_A_LOOK:
        return
    here = _memory(settings.device)
    if here is None or most <= here:
        return
    weighed = footprint(project, report)
    if weighed is None or weighed.total is None or weighed.total <= here:
        return
    fixed = weighed.total - weighed.activations
    fitting = max((here - fixed) * batch // max(weighed.activations, 1), 0)
    smaller = 2 ** (fitting.bit_length() - 1) if fitting else 0
    yield told(
        report,
        "step_too_large",
        None,
        Message(
            "A step of {batch} {batch:sample|samples} takes about {needed} GiB of memory, and there are"
            " {here} GiB. Take smaller batches, or make the network smaller.",
            batch=batch,
            needed=f"{weighed.total / 2**30:,.1f}",
            here=f"{here / 2**30:,.1f}",
        ),
        *((smaller_batches(smaller),) if 0 < smaller < batch else ()),
        parameter="batch_size",
        expected=Message("at most {memory} GiB", memory=f"{here / 2**30:,.1f}"),
        received=Message("{memory} GiB", memory=f"{weighed.total / 2**30:,.1f}"),
    )


@functools.cache
def _memory(device: str) -> int | None:
    """Give the bytes of the device that a plan trains on; None where it is not there or does not tell."""
    try:
        return choose(device).memory_total
    except DeviceError:
        return None  # told when the run begins
