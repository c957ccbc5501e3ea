"""What is wrong with a composite where it is used, and with weights that are shared, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from studio.blocks import Block, show
from studio.compiler.complaints import Complaint
from studio.compiler.idle import remove
from studio.compiler.problems import Problem
from studio.graph import Graph, Message, Node, Value, freeze
from studio.project import COMPOSITE, Fix, GraphRef, Project

MAX_REPEAT = 1000
"""How often a composite may run in a row."""

MAX_DEPTH = 24
"""How deep composites may stand in composites."""

MAX_UNFOLDED = 20_000
"""How many blocks a graph may have with all of its composites unfolded."""


def unfolding(project: Project, ref: GraphRef, graph: Graph) -> Iterator[Problem]:
    """Refuse composites in composites that are more than any machine could look through.

    A short file can stand for more blocks than there are atoms, so they are counted before any is visited.
    """
    known: dict[tuple[str, int], int] = {}

    def size(inside: Graph, depth: int) -> int:
        return sum(
            node.repeat * size_of(node.composite, depth) if node.type == COMPOSITE else 1
            for node in inside.nodes.values()
        )

    def size_of(name: str, depth: int) -> int:
        if name not in project.composites or depth == MAX_DEPTH:
            return 1
        if (name, depth) not in known:
            known[name, depth] = size(project.composites[name].graph, depth + 1)
        return known[name, depth]

    total = size(graph, 0)
    left = MAX_UNFOLDED if total > MAX_UNFOLDED else total
    for node in graph.nodes.values():
        count = node.repeat * size_of(node.composite, 0) if node.type == COMPOSITE else 1
        left -= count
        if left < 0 and node.type == COMPOSITE:
            left += count
            yield Problem(
                "error",
                "too_many_blocks",
                ref,
                node.id,
                Message(
                    "With “{name}”, this network stands for {count} blocks; at most {most} can be run."
                    " Repeat it, or what is inside it, less often.",
                    name=node.name,
                    count=_short(total),
                    most=MAX_UNFOLDED,
                ),
                expected=Message("at most {count} blocks", count=MAX_UNFOLDED),
                received=Message("{count} blocks", count=_short(total)),
            )


def _short(count: int) -> str:
    return str(count) if count < 10**9 else f"10^{len(str(count)) - 1}"


def sharing(
    graph: Graph,
    used: AbstractSet[str],
    node: Node,
    theirs: Mapping[str, Value] | None,
    values: Mapping[str, Value],
) -> Iterator[Complaint]:
    """Check that a node can use the weights of the node that it names.

    Args:
        graph: the graph.
        used: the nodes that lead to an Output.
        node: the node.
        theirs: the resolved parameters of the node that it names; None where there is none.
        values: its own.
    """
    own = Fix(
        Message("Give “{name}” weights of its own", name=node.name),
        "change",
        node.id,
        parameters=freeze({"shares": ""}),
    )
    owner = graph.nodes.get(node.shares)
    if owner is None or owner.type != node.type or owner.shares or owner.composite != node.composite:
        yield Complaint(
            "cannot_share",
            Message(
                "“{name}” can only use the weights of a block of its own kind that has weights itself.",
                name=node.name,
            ),
            expected=Message("a block of the same kind with weights of its own"),
            received=Message("{value}", value=owner.name if owner is not None else node.shares),
            fixes=(own,),
        )
    elif owner.bypassed:
        yield Complaint(
            "cannot_share",
            Message(
                "“{name}” uses the weights of “{owner}”, which is bypassed and has none. Let “{owner}” take"
                " part again.",
                name=node.name,
                owner=owner.name,
            ),
            expected=Message("a block that takes part"),
            received=Message("“{name}”, bypassed", name=owner.name),
            fixes=(
                Fix(
                    Message("Let “{name}” take part again", name=owner.name),
                    "change",
                    owner.id,
                    parameters=freeze({"bypassed": False}),
                ),
                own,
            ),
        )
    elif owner.id not in used:
        yield Complaint(
            "cannot_share",
            Message(
                "“{name}” uses the weights of “{owner}”, which leads to no Output. Connect it.",
                name=node.name,
                owner=owner.name,
            ),
            expected=Message("a way to an Output"),
            received=Message("none"),
            fixes=(own,),
        )
    elif theirs is not None and dict(theirs) != dict(values):
        differing = [name for name, value in values.items() if theirs.get(name) != value]
        yield Complaint(
            "cannot_share",
            Message(
                "“{name}” uses the weights of “{owner}”, but its sizes differ. Make both blocks equal.",
                name=node.name,
                owner=owner.name,
            ),
            expected=_sizes(differing, theirs),
            received=_sizes(differing, values),
            fixes=(own,),
        )


def _sizes(names: list[str], values: Mapping[str, Value]) -> Message:
    """Give parameters and their values in a few words."""
    found = ", ".join(f"{name} {show(values.get(name))}" for name in names)
    return Message("{value}", value=found)


def recursive(node: Node) -> Complaint:
    """Say that a composite stands inside itself."""
    return Complaint(
        "recursive_composite",
        Message("“{name}” stands inside itself. Take it out of itself.", name=node.composite),
        expected=Message("blocks other than itself"),
        received=Message("{value}", value=node.composite),
        fixes=(remove(node, rejoin=True),),
    )


def bad_repeat(node: Node) -> Complaint:
    """Say that a composite cannot run so often."""
    repeat, mended = node.repeat, min(max(node.repeat, 1), MAX_REPEAT)
    return Complaint(
        "bad_repeat",
        Message(
            "A composite can run from 1 to {most} times in a row, not {repeat}.",
            most=MAX_REPEAT,
            repeat=repeat,
        ),
        expected=Message("a whole number from 1 to {most}", most=MAX_REPEAT),
        received=Message("{value}", value=repeat),
        fixes=(
            Fix(
                Message("Repeat {count} {count:time|times}", count=mended),
                "change",
                node.id,
                parameters=freeze({"repeat": mended}),
            ),
        ),
    )


def inside(name: str, graph: Graph, problem: Problem) -> Complaint:
    """Bring a problem inside a composite to the node that uses it."""
    inner = graph.nodes.get(problem.node)
    return Complaint(
        "inside_composite",
        Message(
            "Inside “{composite}”, at “{node}”: {message}",
            composite=name,
            node=inner.name if inner is not None else "–",
            message=problem.message,
        ),
        expected=problem.expected,
        received=problem.received,
        details=problem.details,
    )


def sizes_typed(node: Node, block: Block) -> Fix | None:
    """Offer to read off what arrives again what a person has set there; None where nothing is set so."""
    typed = [
        name
        for name, parameter in block.parameters.items()
        if parameter.reads is not None and node.parameters.get(name) is not None
    ]
    if not typed:
        return None
    label = Message("Take its sizes from what arrives")
    return Fix(label, "reset", node.id, parameters=freeze(dict.fromkeys(typed)))


def cannot_repeat(name: str, inputs: int, outputs: int) -> Complaint:
    """Say that what leaves a composite cannot enter it again."""
    return Complaint(
        "bad_repeat",
        Message("“{name}” can repeat only with one output and at least one input.", name=name),
        expected=Message("one output and at least one input"),
        received=Message(
            "{inputs} {inputs:input|inputs}, {outputs} {outputs:output|outputs}",
            inputs=inputs,
            outputs=outputs,
        ),
    )
