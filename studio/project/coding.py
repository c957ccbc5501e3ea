"""The code of custom blocks as pure edits: added, changed, renamed, removed; nothing of it is run here."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from studio.blocks import Block
from studio.blocks.custom import PREFIX, CodeError, block_of_code, read_code
from studio.blocks.typed import clash
from studio.graph import Graph, Message
from studio.project import decode, encode
from studio.project.document import GraphRef, Project, ProjectError
from studio.project.looks import savable


def set_code(project: Project, text: str, replacing: str = "") -> Project:
    """Give a custom block its code; every block of its kind follows.

    Wires to ports that the code does not have any more are taken off.

    Args:
        project: the project as it is.
        text: the code; its class or function names the block.
        replacing: the block that it is the new code of; empty for a new block.

    Raises:
        CodeError: the text is no block, or uses a name that another block has; its line is told.
        ProjectError: there are too many, or a file could not hold it.
    """
    read = read_code(text)
    name = read.name
    others = {key: known for key, known in project.custom.items() if key != replacing}
    if name in others:
        raise CodeError(read.line, Message("There is a custom block “{name}” already.", name=name))
    texts = [(key, read_code(known)) for key, known in others.items() if _readable(known)]
    found = clash([*texts, (name, read)])
    if found is not None:
        raise CodeError(read.line, found[1])
    custom = MappingProxyType(dict(sorted({**others, name: text}.items())))
    savable(decode.custom, encode.custom(custom), "custom block")
    project = dataclasses.replace(project, custom=custom)
    for ref in project.refs():
        graph = project.graph(ref)
        made = _renamed(graph, f"{PREFIX}{replacing}", f"{PREFIX}{name}") if replacing else graph
        made = _fitting(made, block_of_code(name, text, False))
        if made is not graph:
            project = project.with_graph(ref, made)
    return project


def remove_code(project: Project, name: str) -> Project:
    """Forget the code of a block that is not drawn anywhere.

    Raises:
        ProjectError: it is drawn.
    """
    if used(project, name):
        raise ProjectError(Message("“{name}” is drawn in this project. Delete its blocks first.", name=name))
    custom = {key: text for key, text in project.custom.items() if key != name}
    return dataclasses.replace(project, custom=MappingProxyType(custom))


def used(project: Project, name: str) -> list[GraphRef]:
    """Give the graphs that a custom block is drawn in."""
    kind = f"{PREFIX}{name}"
    return [ref for ref in project.refs() if any(True for _ in project.graph(ref).of_type(kind))]


def custom_blocks(project: Project) -> list[Block]:
    """Give the custom blocks of a project whose code can be read, whether it may run or not."""
    found = (block_of_code(name, text, False) for name, text in project.custom.items())
    return [block for block in found if block is not None]


def _readable(text: str) -> bool:
    try:
        read_code(text)
    except CodeError:
        return False
    return True


def _renamed(graph: Graph, old: str, new: str) -> Graph:
    if old == new or not any(node.type == old for node in graph.nodes.values()):
        return graph
    nodes = (dataclasses.replace(n, type=new) if n.type == old else n for n in graph.nodes.values())
    return Graph.of(nodes, graph.wires)


def _fitting(graph: Graph, block: Block | None) -> Graph:
    """Take off the wires whose ports are gone."""
    if block is None:
        return graph
    own = {node.id for node in graph.nodes.values() if node.type == block.type}
    wires = frozenset(
        wire
        for wire in graph.wires
        if not (wire.target.node in own and block.input(wire.target.port) is None)
        and not (wire.source.node in own and block.output(wire.source.port) is None)
    )
    return graph if wires == graph.wires else dataclasses.replace(graph, wires=wires)
