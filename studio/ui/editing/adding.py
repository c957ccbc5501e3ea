"""Which blocks can be added at a place, and what adding one does: also joined to the wire that was pulled."""

from __future__ import annotations

from collections.abc import Callable

from studio.blocks import Block, Port
from studio.graph import Endpoint, Message
from studio.graph.layout import Position
from studio.project import COMPOSITE, GraphRef, Project, ProjectError, block_of, edits
from studio.project.document import inside
from studio.project.library import LIBRARY, add_block, find_shipped
from studio.project.own_library import OWN, own_library
from studio.ui.canvas.fitting import gives, leaving, takes
from studio.ui.canvas.geometry import HEAD, WIDTH
from studio.ui.document import Document
from studio.ui.editing.composites import definition_of, spoken, told
from studio.ui.panels.palette import (
    available,
    block_words,
    family_icon,
    family_of,
    family_role,
    group_title,
    title_of,
)
from studio.ui.widgets.search_popup import Entry
from studio.ui.words.text import tr


def placed(
    document: Document, ref: GraphRef, block: Block, position: Position, pulled: Endpoint | None = None
) -> str | None:
    """Add a block as one step of the history, joined to the port that a wire was pulled from.

    Args:
        document: the open project.
        ref: the graph that it goes into.
        block: what is added.
        position: its upper left corner; where the pulled wire ended, for one that is joined.
        pulled: the port that the wire was pulled from.

    Returns:
        The id of the new node; None when it was refused, which the document has told.
    """
    made: list[str] = []
    if pulled is not None:  # its port comes to where the wire ended
        wide = 0.0 if is_output(document.project, ref, pulled) else WIDTH
        position = position[0] - wide, position[1] - HEAD / 2

    def edit(project: Project) -> Project:
        project, node = add_block(project, ref, block.type, position, definition_of(block))
        made.append(node)
        return joined(project, ref, node, block, pulled) if pulled is not None else project

    name = spoken(block.title) if definition_of(block) else Message(block.title)
    return made[-1] if document.attempt(Message("Add {block}", block=name), edit) else None


def joined(project: Project, ref: GraphRef, node: str, block: Block, pulled: Endpoint) -> Project:
    """Connect a new node with the port that a wire was pulled from, by the first of its ports that fits."""
    if is_output(project, ref, pulled):
        ports = [Endpoint(node, port.name) for port in block.inputs]
        ends = [(pulled, port) for port in ports]
    else:
        ends = [(Endpoint(node, port.name), pulled) for port in block.outputs]
    for source, target in ends[:1]:
        return edits.connect(project, ref, source, target)
    raise ProjectError(Message("“{block}” has no port for this wire.", block=block.title))


def is_output(project: Project, ref: GraphRef, end: Endpoint) -> bool:
    """Tell whether a port gives data (else it takes some)."""
    graph = project.graph(ref)
    node = graph.nodes.get(end.node)
    return node is not None and block_of(project, graph, node).output(end.port) is not None


def fitting(document: Document, ref: GraphRef, pulled: Endpoint | None) -> list[Block]:
    """Give the blocks that a pulled wire can be joined to; all of them where none was pulled."""
    blocks = [block for block in available(document) if _goes_into(document.project, ref, block)]
    if pulled is None:
        return blocks
    project, report = document.project, document.report(ref)
    if is_output(project, ref, pulled):
        tensor = leaving(report, pulled)
        return [block for block in blocks if block.inputs and takes(block.inputs[0], tensor)]
    port = arriving_port(project, ref, pulled)
    return [block for block in blocks if block.outputs and gives(block.outputs[0], port)]


def _goes_into(project: Project, ref: GraphRef, block: Block) -> bool:
    """Tell whether a block can stand in a graph, and is not offered by another name already."""
    own = project.composites.get(definition_of(block))
    if own is None:
        return True
    if block.type == OWN:
        mine = own_library().find(block.title)
        return mine is None or mine.project.composites[block.title] != own
    found = find_shipped(block.title)
    if block.type == LIBRARY and found is not None and found.definition == own:
        return False
    return block.type == LIBRARY or not (
        ref.place == "composite" and ref.name in {block.title, *inside(project, own.graph)}
    )


def arriving_port(project: Project, ref: GraphRef, end: Endpoint) -> Port | None:
    """Give the declaration of an input."""
    graph = project.graph(ref)
    node = graph.nodes.get(end.node)
    return block_of(project, graph, node).input(end.port) if node is not None else None


def entries(
    document: Document, ref: GraphRef, pulled: Endpoint | None, chosen: Callable[[Block], object]
) -> list[Entry]:
    """Give the lines of the search popup for adding a block.

    Args:
        document: the open project.
        ref: the graph that the block goes into.
        pulled: the port that a wire was pulled from.
        chosen: gets the block that a person chose.
    """

    def entry(block: Block) -> Entry:
        own = bool(definition_of(block))
        return Entry(
            text=title_of(block),
            words=block_words(block),
            chosen=lambda: chosen(block),
            icon=(family_icon(block), family_role(block)),
            aside=group_title(family_of(block)),
            tip=told(block) if own else tr(block.doc),
            key=key_of(block),
        )

    return [entry(block) for block in fitting(document, ref, pulled)]


def key_of(block: Block) -> str:
    """Give the name under which a block is remembered as used."""
    return f"{COMPOSITE}:{block.title}" if definition_of(block) else block.type
