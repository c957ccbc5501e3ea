"""What stands before a loss and is surely not meant there: scores squeezed twice, cut off or not squeezed.

The way is followed back from the output through all that leaves the meaning of the numbers as it is, also
into composites and out of them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studio.blocks import Block
from studio.compiler import Problem, Report
from studio.compiler.walk import Outcome, Walk
from studio.graph import Message, Node, freeze
from studio.project import COMPOSITE, Fix, LossTerm
from studio.train.plans.mending import other_loss

SHAPES = frozenset({"identity", "flatten", "reshape", "squeeze", "unsqueeze"})
"""Blocks that leave every number as it is."""

SHARES = frozenset({"softmax", "softmin", "softmax2d", "gumbel_softmax"})
"""Activations that turn scores into shares of one."""

CHANCES = frozenset({"sigmoid", "hardsigmoid"})
"""Activations that turn a score into a chance."""

CLIPPING = frozenset({"relu", "relu6", "hardtanh", "tanh", "softsign"})
"""Activations after which a score cannot say everything any more."""

OWN_SOFTMAX = frozenset({"cross_entropy", "focal", "dice"})
"""Losses that take raw scores of classes."""

OWN_SIGMOID = frozenset({"bce_with_logits", "soft_margin", "multilabel_soft_margin"})
"""Losses that take raw scores of yes or no."""

LOGARITHMS = frozenset({"nll", "kl_div"})
"""Losses that take logarithms of chances."""

GIVE_SCORES = frozenset({"linear", "convolution"})
"""Families of layers that give numbers of any size."""

KEEPING = frozenset({"scale", "clamp", "abs", "sqrt"})
"""Blocks that change numbers and leave chances and shares what they were for: squeezed."""

Way = tuple[Outcome, ...]
"""A block as it is reached: the composites around it, the outermost first, and the block itself."""


@dataclass(frozen=True)
class _Found:
    """What stands before an output.

    Attributes:
        last: the last block that computes; empty where the way parts, or leads to an Input.
        passed: the blocks on the way to it that do not leave every number as it is, the last one first.
        entry: the name of the Input that the way leads to.
    """

    last: Way = ()
    passed: tuple[Way, ...] = ()
    entry: str = ""

    __hash__ = None  # type: ignore[assignment]

    def within(self, outcome: Outcome) -> _Found:
        """Give the same as it is seen from around a composite."""
        last = (outcome, *self.last) if self.last else ()
        return _Found(last, tuple((outcome, *way) for way in self.passed), self.entry)


@dataclass
class _Back:
    """Goes back from outputs; what was found in a walk through a composite is looked for once."""

    _known: dict[tuple[int, str], _Found] = field(default_factory=dict)

    def before(self, walk: Walk, output: str) -> _Found:
        """Give what stands before an Output."""
        key = id(walk), output
        if key not in self._known:
            self._known[key] = self._look(walk, output)
        return self._known[key]

    def _look(self, walk: Walk, output: str) -> _Found:
        key, port, passed = output, "", list[Way]()
        for _ in range(len(walk.graph)):
            wires = [w for w in walk.graph.into(key) if w.enabled and port in ("", w.target.port)]
            if len(wires) != 1 or wires[0].source.node not in walk.outcomes:
                break
            key, port = wires[0].source.node, ""
            outcome = walk.outcomes[key]
            node, block = outcome.node, outcome.block
            if node.type == "input":
                return _Found((), tuple(passed), node.name)
            if node.bypassed or node.type in SHAPES:
                continue
            if node.type == COMPOSITE and outcome.inner:
                found = self._inside(outcome, wires[0].source.port).within(outcome)
                passed += found.passed
                if not found.entry:
                    return _Found(found.last, tuple(passed))
                port = found.entry
            elif _drops(block) or node.type in KEEPING or node.type == "log":
                passed.append((outcome,))
            else:
                return _Found((outcome,), tuple(passed))
        return _Found((), tuple(passed))

    def _inside(self, outcome: Outcome, port: str) -> _Found:
        walk = outcome.inner[-1]
        ends = [node.id for node in walk.outputs() if node.name == port]
        return self.before(walk, ends[0]) if ends else _Found()


def before_loss(report: Report, output: str, term: LossTerm, index: int) -> Iterator[Problem]:
    """Look at what stands before an output that a loss judges.

    Args:
        report: what the compiler says of the network; it has no errors.
        output: the Output.
        term: the loss.
        index: which loss of the plan it is, counted from 0.
    """
    if report.walk is None:
        return
    found = _Back().before(report.walk, output)
    for way in found.passed:
        if _drops(way[-1].block):
            yield _at(
                report,
                way,
                "dropout_last",
                Message(
                    "“{name}” drops numbers of the result itself: while training, right answers are turned"
                    " into wrong ones by chance. Put it before the last layer, or take it out.",
                    name=way[-1].node.name,
                ),
                *_without(way),
                expected=Message("a block that computes"),
                received=Message(way[-1].block.title),
            )
    if found.last:
        yield from _judged(report, output, found, term, index)


def _judged(report: Report, output: str, found: _Found, term: LossTerm, index: int) -> Iterator[Problem]:
    """Look at the last block that computes, beside the loss that judges what it gives."""
    way = found.last
    node, block = way[-1].node, way[-1].block
    kinds = {passed[-1].node.type for passed in found.passed}
    logarithm, touched = "log" in kinds, not kinds.isdisjoint({*KEEPING, "log"})
    loss, title = term.choice.type, Message(block.title)
    declared = term.choice.declared("loss")
    called = Message(declared.title) if declared is not None else Message("{type}", type=loss)
    raw = Message("raw scores")
    scores = block.group in GIVE_SCORES and not touched
    if logarithm:
        if loss in OWN_SOFTMAX and node.type in SHARES:
            yield _at(
                report,
                way,
                "softmax_twice",
                Message(
                    "{loss} applies a softmax and its logarithm itself, and “{name}” and a logarithm stand"
                    " before it: a chance that is rounded to 0 becomes infinite there. Take both out, or"
                    " choose the negative log-likelihood.",
                    loss=called,
                    name=node.name,
                ),
                *((other_loss("nll", index),) if loss == "cross_entropy" else ()),
                expected=raw,
                received=Message("logarithms of chances"),
            )
    elif loss in OWN_SOFTMAX and node.type in SHARES:
        yield _at(
            report,
            way,
            "softmax_twice",
            Message(
                "{loss} applies a softmax itself, and “{name}” is one before it: with both, the"
                " network learns slowly and never grows sure. Take “{name}” out.",
                loss=called,
                name=node.name,
            ),
            *_without(way),
            expected=raw,
            received=title,
        )
    elif loss in OWN_SIGMOID and node.type in SHARES | CHANCES:
        yield _at(
            report,
            way,
            "sigmoid_twice",
            Message(
                "{loss} applies a sigmoid itself, and “{name}” squeezes the scores before it: with both,"
                " the network learns slowly and never says no. Take “{name}” out.",
                loss=called,
                name=node.name,
            ),
            *_without(way),
            expected=raw,
            received=title,
        )
    elif loss in OWN_SOFTMAX | OWN_SIGMOID and node.type in CLIPPING | CHANCES and "scale" not in kinds:
        yield _at(
            report,
            way,
            "scores_clipped",
            Message(
                "“{name}” stands between the last layer and the loss and cuts the scores off, so the network"
                " cannot say what it has learned. Take it out.",
                name=node.name,
            ),
            *_without(way),
            expected=raw,
            received=title,
        )
    elif loss in LOGARITHMS and (scores or node.type in SHARES | CHANCES | CLIPPING):
        insert = Fix(Message("Insert LogSoftmax"), "insert", output, "x", "log_softmax", freeze({"dim": 1}))
        mends = (insert,) if scores else ()
        yield _at(
            report,
            way,
            "no_log_chances",
            Message(
                "{loss} takes logarithms of chances, as a LogSoftmax gives them, and “{name}” gives others.",
                loss=called,
                name=node.name,
            ),
            *mends,
            *((other_loss("cross_entropy", index),) if loss == "nll" and mends else ()),
            expected=Message("logarithms of chances"),
            received=title,
        )
    elif loss == "bce" and (scores or (node.type in CLIPPING and not touched)):
        yield _at(
            report,
            way,
            "no_chances",
            Message(
                "{loss} takes chances from 0 to 1, as a Sigmoid gives them, and “{name}” gives any numbers.",
                loss=called,
                name=node.name,
            ),
            Fix(Message("Insert Sigmoid"), "insert", output, "x", "sigmoid"),
            *((other_loss("bce_with_logits", index),) if scores else ()),
            expected=Message("chances from 0 to 1"),
            received=title,
        )


def _drops(block: Block) -> bool:
    return block.group == "regularization" and "dropout" in block.type


def _without(way: Way) -> Iterator[Fix]:
    """Offer to take a block out, where that is done in this network."""
    if len(way) == 1:
        label = Message("Remove “{name}”", name=way[0].node.name)
        yield Fix(label, "remove", way[0].node.id, parameters=freeze({"rejoin": True}))


def _at(
    report: Report,
    way: Way,
    code: str,
    message: Message,
    *fixes: Fix,
    expected: Message | None = None,
    received: Message | None = None,
) -> Problem:
    """Tell something of a block; of one in a composite, at the node that stands for that."""
    if len(way) > 1:
        message = Message(
            "Inside “{composite}”, at “{node}”: {message}",
            composite=way[-2].node.composite,
            node=way[-1].node.name,
            message=message,
        )
    return told(report, code, way[0].node, message, *fixes, expected=expected, received=received)


def told(
    report: Report,
    code: str,
    node: Node | None,
    message: Message,
    *fixes: Fix,
    severity: str = "warning",
    expected: Message | None = None,
    received: Message | None = None,
    parameter: str = "",
) -> Problem:
    """Give a problem of the plan, at a block where it is one's."""
    return Problem(
        "error" if severity == "error" else "warning",
        code,
        report.ref,
        node.id if node is not None else "",
        message,
        parameter=parameter,
        expected=expected,
        received=received,
        fixes=fixes,
        about="plan",
    )
