"""Mistakes that the drawing alone shows, before any shape is known: loose ends, circles, doubled names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from studio.blocks import Block, Port
from studio.blocks.custom import PREFIX, CodeError, read_code
from studio.compiler import unmeant
from studio.compiler.idle import remove, unused
from studio.compiler.names import identifiers
from studio.compiler.problems import Problem
from studio.graph import Graph, Message, Node, Value, Wire, freeze
from studio.project import Fix, GraphRef
from studio.project.pieces import free_name

ENDS = frozenset({"input", "output"})
"""Blocks by which data enters and leaves."""


def structure(ref: GraphRef, graph: Graph, blocks: Mapping[str, Block]) -> Iterator[Problem]:
    """Give every mistake of form.

    Args:
        ref: which graph it is.
        graph: the graph.
        blocks: node id to declaration.
    """
    yield from _ends(ref, graph, blocks)
    yield from _circles(ref, graph)
    yield from _same_names(ref, graph)
    for key, node in graph.nodes.items():
        block = blocks[key]
        if node.type.startswith(PREFIX) and not block.known:
            yield _unreadable(ref, node, block)
        elif not block.known:
            yield Problem(
                "error",
                "unknown_block",
                ref,
                key,
                Message(
                    "This version of Netwright does not have the block “{type}”. It is kept as it is;"
                    " open the project with a newer version, or replace the block.",
                    type=node.composite or node.type,
                ),
                expected=Message("a block of the palette"),
                received=Message("{value}", value=node.composite or node.type),
            )
        else:
            yield from _inputs(ref, graph, node, block)
            yield from _outputs(ref, graph, node, block)
    yield from unused(ref, graph, blocks)
    yield from unmeant.drawn(ref, graph, blocks)


def _unreadable(ref: GraphRef, node: Node, block: Block) -> Problem:
    """Say why the code of a custom block gives no block."""
    name = node.type.removeprefix(PREFIX)
    received = Message("none")
    if block.code is None:
        said = Message("The code of the block “{name}” is not in this project.", name=name)
    else:
        try:
            found = read_code(block.code.text).name
            said = Message(
                "The code of “{name}” defines “{found}”. Give both one name.", name=name, found=found
            )
            received = Message("{value}", value=found)
        except CodeError as error:
            said = Message(
                "Line {line} of “{name}”: {reason}", line=error.line, name=name, reason=error.message
            )
            received = Message("a mistake in line {line}", line=error.line)
    expected = Message("code that defines “{name}”", name=name)
    return Problem("error", "custom_code", ref, node.id, said, expected=expected, received=received)


def _ends(ref: GraphRef, graph: Graph, blocks: Mapping[str, Block]) -> Iterator[Problem]:
    if not graph.nodes:
        yield Problem(
            "error",
            "empty",
            ref,
            "",
            Message("Nothing is drawn yet. Drag an Input from the palette, then blocks, then an Output."),
            expected=Message("an Input, blocks and an Output"),
            received=Message("none"),
        )
        return
    for kind, title in (("input", "Input"), ("output", "Output")):
        nodes = list(graph.of_type(kind))
        if not nodes:
            yield Problem(
                "error",
                f"no_{kind}",
                ref,
                "",
                Message(
                    "The network has no {title}. Drag one from the palette and connect it.",
                    title=Message(title),
                ),
                expected=Message("at least one {title}", title=Message(title)),
                received=Message("none"),
                fixes=tuple(_output(graph, blocks) if kind == "output" else _input(graph, blocks))[:1],
            )
        counts = Counter(node.name for node in nodes)
        for node in nodes:
            if counts[node.name] > 1:
                yield Problem(
                    "error",
                    "doubled_name",
                    ref,
                    node.id,
                    Message(
                        "Two {title} blocks are named “{name}”. Data is given by these names: rename one.",
                        title=Message(title),
                        name=node.name,
                    ),
                    expected=Message("a name of its own"),
                    received=Message("“{name}” twice", name=node.name),
                    fixes=(_rename(graph, node),),
                )


def _output(graph: Graph, blocks: Mapping[str, Block]) -> Iterator[Fix]:
    """Offer an Output behind the last block that feeds nothing."""
    for node in reversed(list(graph.nodes.values())):
        if blocks[node.id].outputs and not graph.out_of(node.id):
            label = Message("Add an Output behind “{name}”", name=node.name)
            yield Fix(label, "attach", node.id, blocks[node.id].outputs[0].name, "output")


def _input(graph: Graph, blocks: Mapping[str, Block]) -> Iterator[Fix]:
    """Offer an Input before the first block that lacks one."""
    for node in graph.nodes.values():
        for port in blocks[node.id].inputs:
            if node.type != "output" and not port.optional and not graph.into(node.id):
                yield _entrance(node, blocks[node.id], port)


def _entrance(node: Node, block: Block, port: Port) -> Fix:
    """Offer an Input of the sizes that a block's example has."""
    sizes = block.example.get(port.name, (16,))
    kind: dict[str, Value] = {"dtype": "int64"} if port.dtype == "int" else {}
    label = Message("Add an Input before “{name}”", name=node.name)
    return Fix(label, "attach", node.id, port.name, "input", freeze({"shape": sizes, **kind}))


def _same_names(ref: GraphRef, graph: Graph) -> Iterator[Problem]:
    """Tell of blocks that go by the name of an earlier one: code and saved weights call them otherwise."""
    first: dict[str, Node] = {}
    known: Mapping[str, str] = {}
    for node in graph.nodes.values():
        earlier = first.setdefault(node.name, node)
        # Of Inputs among themselves and Outputs among themselves it is an error, told above.
        if earlier is node or (node.type in ENDS and earlier.type in ENDS):
            continue
        known = known or identifiers(graph)
        yield Problem(
            "warning",
            "same_name",
            ref,
            node.id,
            Message(
                "Another block is named “{name}” too: in the code and in saved weights this one is"
                " called “{code}”. Give it a name of its own.",
                name=node.name,
                code=known[node.id],
            ),
            expected=Message("a name of its own"),
            received=Message("“{name}” twice", name=node.name),
            fixes=(_rename(graph, node),),
        )


def _rename(graph: Graph, node: Node) -> Fix:
    name = free_name(graph, node.id, node.name)
    label = Message("Rename it to “{name}”", name=name)
    return Fix(label, "rename", node.id, parameters=freeze({"name": name}))


def _circles(ref: GraphRef, graph: Graph) -> Iterator[Problem]:
    for group in graph.cycles():
        names = ", ".join(graph.nodes[key].name for key in group[:8]) + (", …" if len(group) > 8 else "")
        closing = next(wire for wire in graph.into(group[0]) if wire.source.node in group)
        yield Problem(
            "error",
            "cycle",
            ref,
            group[0],
            Message(
                "These blocks feed each other in a circle: {names}."
                " Data must flow one way: remove one of the wires.",
                names=names,
            ),
            port=closing.target.port,
            expected=Message("wires that lead one way"),
            received=Message("a circle of {count} {count:block|blocks}", count=len(group)),
            fixes=(_unwired(graph, closing),),
        )


def _unwired(graph: Graph, wire: Wire) -> Fix:
    return Fix(
        Message("Remove the wire from “{name}”", name=graph.nodes[wire.source.node].name),
        "disconnect",
        wire.target.node,
        wire.target.port,
        parameters=freeze({"from": wire.source.node}),
    )


def _inputs(ref: GraphRef, graph: Graph, node: Node, block: Block) -> Iterator[Problem]:
    wires = [wire for wire in graph.into(node.id) if wire.enabled]
    counts = Counter(wire.target.port for wire in wires)
    for port in block.inputs:
        count = counts.pop(port.name, 0)
        # Inputs that are passed together are needed together.
        partner = port.pack and any(
            other.pack == port.pack and any(w.target.port == other.name for w in wires)
            for other in block.inputs
        )
        if count == 0 and (not port.optional or partner):
            yield Problem(
                "error",
                "missing_input",
                ref,
                node.id,
                Message(
                    "Nothing arrives at input “{port}” of “{name}”. Pull a wire to it.",
                    port=port.name,
                    name=node.name,
                ),
                port=port.name,
                expected=Message("a wire"),
                received=Message("none"),
                fixes=(
                    *((_entrance(node, block, port),) if node.type != "output" else ()),
                    *(() if graph.out_of(node.id) else (remove(node),)),
                ),
            )
        if count > 1 and not port.many:
            yield Problem(
                "error",
                "several_wires",
                ref,
                node.id,
                Message(
                    "{count} wires arrive at input “{port}”, which takes one."
                    " Join them with Add or Concat before.",
                    count=count,
                    port=port.name,
                ),
                port=port.name,
                expected=Message("one wire"),
                received=Message("{value}", value=count),
                fixes=tuple(_unwired(graph, wire) for wire in wires if wire.target.port == port.name),
            )
    for name in counts:
        mend = Fix(Message("Remove the wire"), "disconnect", node.id, name)
        yield _no_port(ref, node, name, ", ".join(port.name for port in block.inputs) or "–", mend)


def _outputs(ref: GraphRef, graph: Graph, node: Node, block: Block) -> Iterator[Problem]:
    known = {port.name for port in block.outputs}
    for name in {wire.source.port for wire in graph.out_of(node.id)} - known:
        yield _no_port(ref, node, name, ", ".join(sorted(known)) or "–")


def _no_port(ref: GraphRef, node: Node, port: str, known: str, *fixes: Fix) -> Problem:
    return Problem(
        "error",
        "no_such_port",
        ref,
        node.id,
        Message("“{name}” has no port “{port}”. It has: {known}.", name=node.name, port=port, known=known),
        port=port,
        expected=Message("{known}", known=known),
        received=Message("{value}", value=port),
        fixes=fixes,
    )
