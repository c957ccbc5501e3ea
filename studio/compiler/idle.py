"""Blocks that lead to no Output: each loose branch is told once, with mends that join it or take it off."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from studio.blocks import Block
from studio.compiler.arrivals import arrivals, at_source
from studio.compiler.mends import at_width, same_source
from studio.compiler.problems import Problem
from studio.compiler.tensors import Tensor
from studio.compiler.tokens import joinable
from studio.graph import Graph, Message, Node, freeze
from studio.project import Fix, GraphRef

OFFERED = 2
"""How many wires are offered at most to join one loose branch."""

Leaving = Callable[[str, str], "Tensor | None"]
"""Gives what leaves an output of a node, as far as it is known."""


@dataclass(frozen=True)
class _Branch:
    """Blocks that hang together and lead to no Output.

    Attributes:
        nodes: all of them, in the order of the document.
        end: the last of those that feed nothing.
        behind: every other one feeds the end.
    """

    nodes: tuple[str, ...]
    end: str
    behind: bool


def idle(graph: Graph) -> set[str]:
    """Give the nodes that lead to no Output; none while there is no Output that they could lead to."""
    outputs = [node.id for node in graph.of_type("output")]
    return graph.nodes.keys() - graph.upstream(outputs) if outputs else set()


def unused(ref: GraphRef, graph: Graph, blocks: Mapping[str, Block]) -> Iterator[Problem]:
    """Give one warning for each loose branch, at its end.

    Args:
        ref: which graph it is.
        graph: the graph.
        blocks: node id to declaration.
    """
    loose = idle(graph)
    for branch in _branches(graph, loose) if loose else ():
        if not all(blocks[key].known for key in branch.nodes):
            continue  # what the unknown block was is told first
        end = graph.nodes[branch.end]
        if branch.nodes == (end.id,) and end.type == "input":
            yield _unread(ref, end)
            continue
        count = len(branch.nodes) - 1
        if not count:
            message = Message("“{name}” leads to no Output, so it is left out of the network.", name=end.name)
        elif branch.behind:
            message = Message(
                "“{name}” and {count} {count:block|blocks} before it lead to no Output,"
                " so they are left out of the network.",
                name=end.name,
                count=count,
            )
        else:
            message = Message(
                "“{name}” and {count} {count:block|blocks} that hang together with it lead to no Output,"
                " so they are left out of the network.",
                name=end.name,
                count=count,
            )
        yield Problem(
            "warning",
            "unused",
            ref,
            end.id,
            message,
            expected=Message("a way to an Output"),
            received=Message("none"),
            fixes=(_remove(graph, branch),),
        )


def eased(
    graph: Graph,
    loose: AbstractSet[str],
    blocks: Mapping[str, Block],
    problems: Iterable[Problem],
    leaving: Leaving,
) -> list[Problem]:
    """Give the problems as bad as they are, and offer to join what hangs loose to what lacks it.

    Args:
        graph: the graph.
        loose: the nodes that lead to no Output, as `idle` gives them.
        blocks: node id to declaration.
        problems: all of its problems, those of shapes and parameters too.
        leaving: gives what leaves a node.

    Returns:
        A block that leads to no Output keeps nothing from running: its mistakes are warnings, and that
        nothing arrives there is said by its being left out.
    """
    found: list[Problem] = []
    for problem in problems:
        node = graph.nodes.get(problem.node)
        if problem.code == "wrong_dtype" and problem.graph.place == "network":
            kind = "int64" if str(problem.received).startswith("float") else "float32"
            mends = (*problem.fixes, *at_source(graph, problem.node, problem.port, kind))
            problem = dataclasses.replace(problem, fixes=mends)
        elif problem.code == "mixed_dtypes" and problem.graph.place == "network":
            mends = tuple(at_source(graph, problem.node, problem.port, "float32"))
            problem = dataclasses.replace(problem, fixes=mends)
        problem = joinable(graph, same_source(graph, at_width(graph, problem)), leaving)
        # Every Input takes part: its data is given by its name, whether it is read or not.
        if problem.node not in loose or node is None or node.type == "input":
            found.append(problem)
        elif problem.code != "missing_input":
            found.append(
                problem if problem.severity == "warning" else dataclasses.replace(problem, severity="warning")
            )
    ends = [problem.node for problem in found if problem.code in ("unused", "unused_input")]
    lacking = [problem for problem in found if problem.code == "missing_input"]
    if not ends or not lacking:
        return found
    joins = [
        (end, lack.node, lack.port, fix)
        for end in ends
        for lack in lacking
        for fix in _join(graph, blocks, end, lack.node, lack.port, leaving)
    ]
    return [_offered(problem, joins) for problem in found]


def _offered(problem: Problem, joins: list[tuple[str, str, str, Fix]]) -> Problem:
    """Put the joins that mend a problem before its other mends."""
    if problem.code in ("unused", "unused_input"):
        fixes = [fix for end, _, _, fix in joins if end == problem.node]
    elif problem.code == "missing_input":
        fixes = [fix for _, node, port, fix in joins if (node, port) == (problem.node, problem.port)]
    else:
        return problem
    if not fixes:
        return problem
    # What is drawn already is joined rather than begun anew.
    others = [fix for fix in problem.fixes if fix.action != "attach"]
    return dataclasses.replace(problem, fixes=(*fixes[:OFFERED], *others))


def _join(
    graph: Graph, blocks: Mapping[str, Block], end: str, node: str, port: str, leaving: Leaving
) -> Iterator[Fix]:
    """Offer the wire from the end of a loose branch to an input, where what leaves it is taken there."""
    source, target = graph.nodes[end], graph.nodes[node]
    if not blocks[end].outputs or source.bypassed:
        return
    output = blocks[end].outputs[0].name
    tensor = leaving(end, output)
    if tensor is None or list(arrivals(blocks[node], target, {port: (tensor,)})):
        return
    label = (
        Message("Connect “{source}” to “{target}”", source=source.name, target=target.name)
        if len(blocks[node].inputs) == 1
        else Message(
            "Connect “{source}” to “{port}” of “{target}”", source=source.name, port=port, target=target.name
        )
    )
    yield Fix(label, "connect", node, port, parameters=freeze({"from": end, "output": output}))


def _branches(graph: Graph, loose: set[str]) -> Iterator[_Branch]:
    """Give the loose nodes in groups that hang together."""
    place = {key: index for index, key in enumerate(graph.nodes)}
    left = dict.fromkeys(key for key in graph.nodes if key in loose)
    while left:
        start = next(iter(left))
        group, stack = set[str](), [start]
        while stack:
            key = stack.pop()
            if key in group:
                continue
            group.add(key)
            near = [wire.source.node for wire in graph.into(key)]
            near += [wire.target.node for wire in graph.out_of(key)]
            stack.extend(other for other in near if other in loose)
        nodes = tuple(sorted(group, key=place.__getitem__))
        for key in nodes:
            del left[key]
        # On a circle nothing comes last; then the last drawn stands for it.
        end = next((key for key in reversed(nodes) if not graph.out_of(key)), nodes[-1])
        yield _Branch(nodes, end, group <= graph.upstream([end]))


def _unread(ref: GraphRef, node: Node) -> Problem:
    return Problem(
        "warning",
        "unused_input",
        ref,
        node.id,
        Message(
            "Nothing reads the Input “{name}”: its data is loaded and not used."
            " Connect it to a block, or remove it.",
            name=node.name,
        ),
        expected=Message("a block that reads it"),
        received=Message("none"),
        fixes=(remove(node),),
    )


def _remove(graph: Graph, branch: _Branch) -> Fix:
    if len(branch.nodes) == 1:
        return remove(graph.nodes[branch.end])
    return Fix(
        Message("Remove these {count} blocks", count=len(branch.nodes)),
        "remove",
        branch.end,
        parameters=freeze({"nodes": branch.nodes}),
    )


def remove(node: Node, *, rejoin: bool = False) -> Fix:
    """Give the mend that removes a block.

    Args:
        node: the block.
        rejoin: what fed it shall feed what it fed.
    """
    label = Message("Remove “{name}”", name=node.name)
    return Fix(label, "remove", node.id, parameters=freeze({"rejoin": True} if rejoin else {}))
