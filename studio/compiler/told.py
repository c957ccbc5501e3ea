"""What is wrong with the blocks of a graph, with its place; kept where nothing that it rests on changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from studio.compiler import instances, unmeant
from studio.compiler.complaints import Complaint
from studio.compiler.drawing import Drawing, Pair
from studio.compiler.problems import Problem
from studio.project import GraphRef

if TYPE_CHECKING:
    from studio.compiler.walk import Outcome

Key = TypeVar("Key")

Problems = tuple[Problem, ...]


@dataclass(frozen=True)
class Told:
    """The problems of blocks, by what was looked at to find them. What is sound is left out.

    Attributes:
        alone: node id to what is wrong with the block itself.
        sharing: node id to what is wrong with its using the weights of another.
        between: neighbours to what is wrong with their standing side by side.
    """

    alone: Mapping[str, Problems] = field(default_factory=dict)
    sharing: Mapping[str, Problems] = field(default_factory=dict)
    between: Mapping[Pair, Problems] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]

    def after(
        self, ref: GraphRef, drawing: Drawing, outcomes: Mapping[str, Outcome], looked: Collection[str]
    ) -> Told:
        """Give what is to be told once some nodes were looked at anew.

        Args:
            ref: which graph it is.
            drawing: what its blocks and wires tell.
            outcomes: what was found out about each node.
            looked: the nodes that were looked at; all others are as they were.
        """
        alone, sharing, between = dict(self.alone), dict(self.sharing), dict(self.between)
        users, pairs = drawing.users, drawing.pairs
        for key in looked:
            _put(alone, key, (placed(ref, key, found) for found in outcomes[key].complaints))
        for user in {user for key in looked for user in users.get(key, ())}:
            _put(sharing, user, (placed(ref, user, found) for found in _sharing(drawing, outcomes, user)))
        for pair in {pair for key in looked for pair in pairs.get(key, ())}:
            _put(between, pair, (placed(ref, pair[1], found) for found in _between(drawing, outcomes, pair)))
        return Told(alone, sharing, between)

    def problems(self) -> Iterator[Problem]:
        """Give all of them; those of one node in an order that does not depend on what was looked at when."""
        for found in (*self.alone.values(), *self.sharing.values()):
            yield from found
        for pair in sorted(self.between):
            yield from self.between[pair]


def placed(ref: GraphRef, node: str, complaint: Complaint) -> Problem:
    """Give a complaint its place."""
    return Problem(
        "warning" if complaint.warning else "error",
        complaint.code,
        ref,
        node,
        complaint.message,
        complaint.port,
        complaint.parameter,
        complaint.expected,
        complaint.received,
        complaint.fixes,
        complaint.details,
    )


def _put(kept: dict[Key, Problems], key: Key, found: Iterable[Problem]) -> None:
    """Keep what is wrong; what is sound is left out."""
    problems = tuple(found)
    if problems:
        kept[key] = problems
    else:
        kept.pop(key, None)


def _sharing(drawing: Drawing, outcomes: Mapping[str, Outcome], key: str) -> Iterable[Complaint]:
    """Check the weights that a node shares, where its own shapes are sound."""
    own = outcomes[key]
    if own.report.parameters is None:
        return ()
    owner = outcomes.get(own.node.shares)
    theirs = owner.report.resolved if owner is not None else None
    return instances.sharing(drawing.graph, drawing.used, own.node, theirs, own.report.resolved)


def _between(drawing: Drawing, outcomes: Mapping[str, Outcome], pair: Pair) -> Iterable[Complaint]:
    """Look at two neighbours; the second one's own mistakes come first."""
    source, key, port = pair
    before, own = outcomes[source], outcomes[key]
    if not own.report.outputs:
        return ()
    return unmeant.between(before.node, own.node, port, own.report.inputs, before.report.inputs)
