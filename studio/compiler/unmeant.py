"""What torch computes without complaint and nobody means: as warnings, with a mend where one exists.

Only what is never wanted is told: a warning that is false would teach a beginner to read none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.blocks import Block
from studio.compiler.complaints import Complaint, text
from studio.compiler.idle import remove
from studio.compiler.measure import Arrivals
from studio.compiler.mends import setting
from studio.compiler.problems import Problem
from studio.graph import Graph, Message, Node, Value, Wire, freeze
from studio.project import Fix, GraphRef

JOINS = frozenset({"add", "multiply", "concat"})
"""Blocks that join several tensors, and pass a single one on as it is."""

WITH_ITSELF: Mapping[str, str] = {
    "subtract": "0",
    "divide": "1",
    "cosine_similarity": "1",
    "pairwise_distance": "0",
}
"""Blocks of two inputs, and what they give where both are the same tensor."""

SAME_BOTH = frozenset({"maximum", "minimum"})
"""Blocks of two inputs that give a tensor back where both are that tensor."""

OVER_SAMPLES = frozenset({"softmax", "log_softmax", "softmin", "gumbel_softmax", "cumsum", "normalize"})
"""Blocks with a dimension that is never that of the batch: there they would mix samples."""

PICTURES = frozenset({"conv2d", "depthwise_conv2d", "max_pool2d", "avg_pool2d", "batch_norm2d"})
"""Blocks that take pictures with their channels first."""

COLOURS = frozenset({1, 3, 4})
"""Channels of pictures: grey, colours, colours with transparency."""


# -- what the drawing alone shows ------------------------------------------------------------------------


def drawn(ref: GraphRef, graph: Graph, blocks: Mapping[str, Block]) -> Iterator[Problem]:
    """Give what blocks and wires show before any shape is known.

    Args:
        ref: which graph it is.
        graph: the graph.
        blocks: node id to declaration.
    """
    for key, node in graph.nodes.items():
        if node.bypassed or not blocks[key].known:
            continue
        wires = [wire for wire in graph.into(key) if wire.enabled]
        if blocks[key].group == "activation":
            yield from _twice(ref, graph, node, blocks[key], wires)
        elif node.type in JOINS and len(wires) == 1:
            yield Problem(
                "warning",
                "nothing_to_join",
                ref,
                key,
                Message(
                    "“{name}” joins tensors, and only one arrives: it passes it on as it is."
                    " Pull another wire to it, or take it out.",
                    name=node.name,
                ),
                port=wires[0].target.port,
                expected=Message("two wires or more"),
                received=Message("one wire"),
                fixes=(remove(node, rejoin=True),),
            )
        elif len(wires) == 2 and wires[0].source == wires[1].source:
            yield from _with_itself(ref, graph, node, wires[0])


def _twice(ref: GraphRef, graph: Graph, node: Node, block: Block, wires: list[Wire]) -> Iterator[Problem]:
    if len(wires) != 1:
        return
    before = graph.nodes[wires[0].source.node]
    if before.type == node.type and not before.bypassed:
        yield Problem(
            "warning",
            "activation_twice",
            ref,
            node.id,
            Message(
                "“{name}” stands right behind “{before}”, which is a {title} already. One of them is enough.",
                name=node.name,
                before=before.name,
                title=Message(block.title),
            ),
            expected=Message("one {title}", title=Message(block.title)),
            received=Message("two in a row"),
            fixes=(remove(node, rejoin=True),),
        )


def _with_itself(ref: GraphRef, graph: Graph, node: Node, wire: Wire) -> Iterator[Problem]:
    source = graph.nodes[wire.source.node].name
    if node.type in WITH_ITSELF:
        message = Message(
            "Both inputs of “{name}” come from “{source}”, so it always gives {result}."
            " Connect one of them to another block.",
            name=node.name,
            source=source,
            result=WITH_ITSELF[node.type],
        )
    elif node.type in SAME_BOTH:
        message = Message(
            "Both inputs of “{name}” come from “{source}”, so it changes nothing."
            " Connect one of them to another block.",
            name=node.name,
            source=source,
        )
    else:
        return
    yield Problem(
        "warning",
        "with_itself",
        ref,
        node.id,
        message,
        expected=Message("two different tensors"),
        received=Message("“{name}” twice", name=source),
    )


# -- what one block shows --------------------------------------------------------------------------------


def computed(block: Block, node: Node, given: Arrivals, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Give what the parameters of one block show beside what arrives.

    Args:
        block: its declaration.
        node: the node.
        given: what arrives.
        values: its parameters, resolved.
    """
    rank = next((len(tensors[0].shape) for tensors in given.values()), 0)
    dim = values.get("dim")
    # Dimension 0 is the batch everywhere but in the states of recurrent layers.
    first = next((tensors[0].shape[0] for tensors in given.values() if tensors[0].shape), None)
    over_samples = block.type in OVER_SAMPLES and rank > 1 and dim in (0, -rank)
    if over_samples and first is not None and first.per_batch:
        yield Complaint(
            "mixes_samples",
            Message(
                "“{name}” works along dimension 0, which is the batch: samples that have nothing to do"
                " with each other are mixed.",
                name=node.name,
            ),
            parameter="dim",
            expected=Message("a dimension of one sample, such as 1 or -1"),
            received=Message("{value}", value=dim),
            fixes=(setting(block, node, "dim", -1),),
            warning=True,
        )
    if block.group == "regularization" and values.get("p") == 1:
        yield Complaint(
            "drops_everything",
            Message(
                "“{name}” drops every number while training, so nothing behind it can learn from its input.",
                name=node.name,
            ),
            parameter="p",
            expected=Message("less than 1"),
            received=Message("{value}", value=1),
            fixes=(setting(block, node, "p", block.parameters["p"].default),),
            warning=True,
        )
    if block.type == "squeeze" and isinstance(dim, int) and -rank <= dim < rank:
        size = next(iter(given.values()))[0].shape[dim]
        if size.per_batch or size.fixed != 1:
            yield Complaint(
                "nothing_to_squeeze",
                Message(
                    "Only a dimension of size 1 can be taken out, and dimension {dim} of {received} is"
                    " larger: “{name}” changes nothing.",
                    dim=dim,
                    received=str(next(iter(given.values()))[0]),
                    name=node.name,
                ),
                parameter="dim",
                expected=Message("a dimension of size 1"),
                received=Message("{sizes}", sizes=str(size)),
                fixes=(remove(node, rejoin=True),),
                warning=True,
            )


# -- what neighbours show --------------------------------------------------------------------------------


def neighbours(graph: Graph) -> tuple[tuple[str, str, str], ...]:
    """Give the pairs worth a look once their sizes are known: a block, the next one, and its port."""
    found: list[tuple[str, str, str]] = []
    for wire in graph.wires:
        source, target = graph.nodes[wire.source.node], graph.nodes[wire.target.node]
        if not wire.enabled or source.bypassed or target.bypassed:
            continue
        if source.type == "input" and target.type in PICTURES:
            found.append((source.id, target.id, wire.target.port))
        plain = not (source.shares or target.shares or source.frozen)
        if source.type == target.type == "linear" and plain and len(graph.out_of(source.id)) == 1:
            found.append((source.id, target.id, wire.target.port))
    return tuple(sorted(found))


def between(source: Node, target: Node, port: str, given: Arrivals, before: Arrivals) -> Iterator[Complaint]:
    """Give what a block and the one before it show together.

    Args:
        source: the block before.
        target: the block.
        port: where it is joined.
        given: what arrives at the block.
        before: what arrives at the block before.
    """
    if port not in given:
        return
    tensor = given[port][0]
    if source.type == "input" and len(tensor.shape) == 4:
        height, width, channels = (dim.fixed for dim in tensor.shape[1:])
        # Pictures are square here: 3 × 32 × 3 could be a narrow picture of three channels.
        if channels in COLOURS and height == width > 4:
            yield Complaint(
                "channels_last",
                Message(
                    "{received} looks like a picture of {height} × {width} with its channels last, and this"
                    " block takes them first. Put a Permute before it, or give the Input the shape {shape}.",
                    received=str(tensor),
                    height=height,
                    width=width,
                    shape=f"{channels}, {height}, {width}",
                ),
                port=port,
                expected=Message("{sizes}", sizes=f"B × {channels} × {height} × {width}"),
                received=text(tensor),
                fixes=(
                    Fix(
                        Message("Insert Permute"),
                        "insert",
                        target.id,
                        port,
                        "permute",
                        freeze({"dims": (3, 1, 2)}),
                    ),
                ),
                warning=True,
            )
    if source.type == "linear" and "x" in before:
        arriving, inner = before["x"][0].shape[-1].fixed, tensor.shape[-1].fixed
        if inner >= arriving:  # one that narrows is a bottleneck, which two of them are wanted for
            yield Complaint(
                "linear_twice",
                Message(
                    "Nothing stands between “{source}” and “{target}”: two Linear blocks in a row compute no"
                    " more than one. Put an activation between them.",
                    source=source.name,
                    target=target.name,
                ),
                port=port,
                expected=Message("an activation between them"),
                received=Message("none"),
                fixes=(Fix(Message("Insert ReLU"), "insert", target.id, port, "relu"),),
                warning=True,
            )
