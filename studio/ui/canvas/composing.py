"""What keys and menus do with composites on a canvas: make one, take one apart, give one its own copy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.graph import Endpoint, Message
from studio.project import COMPOSITE, Project
from studio.project.definitions import make_unique, uses
from studio.project.grouping import Sizes, group_nodes
from studio.project.ungrouping import ungroup_node
from studio.ui.canvas import editing

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.ui.canvas.view import CanvasView

_DTYPES = ("float32", "int64")
"""The kinds of numbers that an Input block can have."""


def group(view: CanvasView) -> None:
    """Make a composite of the selected blocks and put it in their place."""
    made: list[str] = []
    nodes = view.commands.nodes()
    sizes = _sizes(view.document.report(view.ref))

    def edit(project: Project) -> Project:
        project, node = group_nodes(project, view.ref, nodes, sizes=sizes)
        made.append(node)
        return project

    if _do(view, Message("Make a composite"), edit):
        view.select(made)
        name = view.document.project.graph(view.ref).nodes[made[0]].composite
        view.message.emit(Message("“{name}” is made. Double-click it to go inside.", name=name))


def ungroup(view: CanvasView) -> None:
    """Put the blocks of the selected composites in their place."""
    nodes = composites(view)
    made: list[str] = []
    if not nodes:
        view.message.emit(Message("Select a composite to take it apart."))
        return

    # Inside a composite what arrives differs from use to use, and no size could be written down.
    report = view.document.report(view.ref) if view.ref.place == "network" else None

    def edit(project: Project) -> Project:
        for node in nodes:
            row = report.nodes.get(node) if report is not None else None
            project, ids = ungroup_node(project, view.ref, node, row.resolved if row is not None else {})
            made.extend(ids)
        return project

    names = view.document.project.graph(view.ref).nodes
    label = (
        Message("Take “{name}” apart", name=names[nodes[0]].name)
        if len(nodes) == 1
        else Message("Take {count} {count:composite|composites} apart", count=len(nodes))
    )
    if _do(view, label, edit):
        view.select(made)


def unique(view: CanvasView) -> None:
    """Give the selected composite a definition of its own, so that edits inside change nothing else."""
    nodes = composites(view)
    if len(nodes) != 1:
        view.message.emit(Message("Select one composite to give it its own copy."))
        return
    node = view.document.project.graph(view.ref).nodes[nodes[0]]
    if len(uses(view.document.project, node.composite)) == 1:
        view.message.emit(Message("“{name}” is used here only: it is its own already.", name=node.composite))
        return
    label = Message("Give “{name}” its own copy", name=node.name)
    _do(view, label, lambda project: make_unique(project, view.ref, node.id)[0])


def keep(view: CanvasView) -> None:
    """Keep the selected composites among the person's own blocks."""
    graph, nodes = view.canvas.cards.graph, composites(view)
    if not nodes:
        view.message.emit(Message("Select a composite to keep it among your blocks."))
    for name in dict.fromkeys(graph.nodes[node].composite for node in nodes):
        view.document.keep_wanted.emit(name)


def composites(view: CanvasView) -> list[str]:
    """Give the selected nodes that stand for a composite of the project."""
    project, graph = view.document.project, view.canvas.cards.graph
    return [
        node
        for node in view.commands.nodes()
        if graph.nodes[node].type == COMPOSITE and graph.nodes[node].composite in project.composites
    ]


def _do(view: CanvasView, label: Message, edit: Callable[[Project], Project]) -> bool:
    shown = view.canvas.positions()
    return view.document.attempt(label, lambda project: edit(editing.placed(project, view.ref, shown)))


def _sizes(report: Report | None) -> dict[Endpoint, Sizes]:
    """Give what is known to leave each port, as an Input block has it: one sample, without the batch."""
    found: dict[Endpoint, Sizes] = {}
    for id, row in report.nodes.items() if report is not None else ():
        for port, tensor in row.outputs.items():
            sample = tensor.shape[1:]
            if tensor.shape and tensor.shape[0].per_batch and sample and not any(d.per_batch for d in sample):
                dtype = tensor.dtype if tensor.dtype in _DTYPES else _DTYPES[0]
                found[Endpoint(id, port)] = tuple(size.fixed for size in sample), dtype
    return found
