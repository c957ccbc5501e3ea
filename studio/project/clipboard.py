"""The clipboard as text: a piece of a network in the form of a file, which can go through a chat and back.

Pasted text comes from anywhere: it is read as strictly as a file, and nothing in it is ever run.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.blocks.custom import PREFIX
from studio.graph import Endpoint, Graph, Message, Wire
from studio.graph.layout import GRID, Position
from studio.project import decode, edits, encode
from studio.project.definitions import bring, with_names
from studio.project.document import Composite, GraphRef, Project, inside
from studio.project.fields import Fields, Reader, each, items, table
from studio.project.file import check_version
from studio.project.json_text import At, FileError, Plain, fault, parse, render
from studio.project.looks import savable

FORMAT = "netwright-piece"
VERSION = 1


@dataclass(frozen=True)
class Piece:
    """Some blocks of a network.

    Attributes:
        graph: the blocks and the wires between them.
        positions: where they stood.
        composites: the definitions that they use, directly or through others.
        incoming: the wires that fed them from outside.
        custom: the code of the custom blocks among them, by name.
    """

    graph: Graph
    positions: Mapping[str, Position]
    composites: Mapping[str, Composite]
    incoming: tuple[Wire, ...]
    custom: Mapping[str, str] = field(default_factory=lambda: decode.NO_CODE)

    __hash__ = None  # type: ignore[assignment]


def copy_text(project: Project, ref: GraphRef, ids: Iterable[str]) -> str:
    """Give some blocks of a graph as text, with the wires between them and the composites they use."""
    graph, asked = project.graph(ref), set(ids)
    nodes = [node for key, node in graph.nodes.items() if key in asked]
    kept = {node.id for node in nodes}
    piece = Graph.of(
        # Elsewhere, the id of a block that is not copied means nothing, or another block.
        (node if node.shares in kept else dataclasses.replace(node, shares="") for node in nodes),
        (wire for wire in graph.wires if wire.source.node in kept and wire.target.node in kept),
    )
    data: dict[str, Plain] = {"format": FORMAT, "version": VERSION, **encode.graph(piece)}
    positions = project.layout_of(ref).positions
    placed: dict[str, Plain] = {
        key: [encode.number(part) for part in positions[key]] for key in piece.nodes if key in positions
    }
    if placed:
        data["positions"] = placed
    incoming = sorted(
        wire for wire in graph.wires if wire.target.node in kept and wire.source.node not in kept
    )
    if incoming:
        data["incoming"] = [encode.wire(wire) for wire in incoming]
    used = inside(project, piece)
    composites = [encode.composite(name, each) for name, each in project.composites.items() if name in used]
    if composites:
        data["composites"] = composites
    code = _code(project, piece, used)
    if code:
        data["custom"] = encode.custom(code)
    return render(data)


def read_piece(text: str | bytes) -> Piece:
    """Read text that was copied.

    Raises:
        FileError: it is no piece of a network, or a damaged one.
    """
    try:
        data, _version = check_version(parse(text), FORMAT, VERSION)
    except FileError as error:
        raise FileError(
            Message("There is no piece of a network on the clipboard. {reason}", reason=error.message)
        ) from None
    own = Fields(
        data, (), ("format", "version", "nodes", "wires"), ("positions", "composites", "incoming", "custom")
    )
    defined = own.get("composites", items, [])
    decode.within_limits([data, *defined])
    graph = decode.graph(own, ())
    composites: dict[str, Composite] = {}
    for index, entry in enumerate(defined):
        name, made = decode.composite(entry, ("composites", index))
        if name in composites:
            raise fault(("composites", index, "name"), Message("a name that no other has"), name)
        composites[name] = made
    positions = own.get("positions", table(decode.position), MappingProxyType({}))
    for key in positions:
        if key not in graph.nodes:
            raise fault(("positions",), Message("the id of a block in this graph"), key)
    incoming = own.get("incoming", each(_wire_into(graph)), ())
    custom = own.get("custom", decode.custom, decode.NO_CODE)
    return Piece(graph, positions, MappingProxyType(composites), incoming, custom)


def _code(project: Project, piece: Graph, used: Iterable[str]) -> dict[str, str]:
    """Give the code of the custom blocks in a piece and in the composites that it uses."""
    graphs = [piece, *(project.composites[name].graph for name in used if name in project.composites)]
    kinds = {node.type for graph in graphs for node in graph.nodes.values()}
    return {name: text for name, text in project.custom.items() if f"{PREFIX}{name}" in kinds}


def _with_code(project: Project, custom: Mapping[str, str]) -> Project:
    """Add code from elsewhere; the project is then trusted anew, as its code is another."""
    for name, text in custom.items():
        if project.custom.get(name, text) != text:
            raise FileError(
                Message("This project has a custom block “{name}” with other code. Rename one.", name=name)
            )
    if all(name in project.custom for name in custom):
        return project
    together = MappingProxyType(dict(sorted({**project.custom, **custom}.items())))
    savable(decode.custom, encode.custom(together), "custom block")
    return dataclasses.replace(project, custom=together)


def _wire_into(graph: Graph) -> Reader[Wire]:
    def read(data: Plain, at: At) -> Wire:
        wire = decode.wire(data, at)
        if wire.target.node not in graph.nodes:
            raise fault((*at, "to"), Message("the id of a block in this graph"), wire.target.node)
        return wire

    return read


def paste_text(
    project: Project, ref: GraphRef, text: str | bytes, at: Position | None = None, *, incoming: bool = False
) -> tuple[Project, list[str]]:
    """Put copied text into a graph under fresh ids and names.

    Args:
        project: the project as it is.
        ref: the graph to paste into.
        text: what the clipboard holds.
        at: where the left top corner of the piece goes; beside where it was copied when not given.
        incoming: also wire the copies to what fed the originals, where that is in this graph.

    Returns:
        The new project and the ids of what was put in.

    Raises:
        FileError: the text is no piece of a network.
        ProjectError: a composite would contain itself, or the project would become too large.
    """
    piece = read_piece(text)
    project = _with_code(project, piece.custom)
    project, renamed = bring(project, piece.composites)
    positions = _placed(piece, at)
    there = project.graph(ref).nodes  # a copy can get the id of a block that fed an original elsewhere
    project, ids = edits.paste(project, ref, with_names(piece.graph, renamed), positions)
    if incoming:
        fresh = dict(zip(piece.graph.nodes, ids, strict=True))
        for wire in sorted(piece.incoming, key=lambda wire: (wire.target, wire.index)):
            target = Endpoint(fresh[wire.target.node], wire.target.port)
            if wire.source.node in there and edits.refusal(project, ref, wire.source, target) is None:
                project = edits.connect(project, ref, wire.source, target)
    return project, ids


def _placed(piece: Piece, at: Position | None) -> dict[str, Position]:
    left = min((x for x, _y in piece.positions.values()), default=0.0)
    top = min((y for _x, y in piece.positions.values()), default=0.0)
    dx, dy = (at[0] - left, at[1] - top) if at is not None else (GRID * 4, GRID * 4)
    return {
        key: (x + dx, y + dy) for key in piece.graph.nodes for x, y in [piece.positions.get(key, (left, top))]
    }
