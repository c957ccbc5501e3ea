"""A wire drawn by choosing its ends in lists: from which port of a block, to which port of which other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from studio.graph import Message, Wire
from studio.project import edits
from studio.ui.canvas import by_keys
from studio.ui.canvas.fitting import PortRef, Pull
from studio.ui.canvas.spoken import port_name
from studio.ui.widgets.search_popup import Entry
from studio.ui.words.matching import Words
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView

Open = Callable[[Sequence[Entry], QPoint, str, str], None]
"""Shows entries at a place of the screen: with what stands in the empty line, and over the list."""


def ask(view: CanvasView, show: Open, at: QPoint, node: str, wire: Wire | None = None) -> None:
    """Have both ends of a wire chosen.

    Args:
        view: the canvas.
        show: shows a list.
        at: where, on the screen.
        node: the block that the wire begins at.
        wire: a wire that is taken off its input and led elsewhere; only its end is chosen.
    """
    if wire is not None:
        _ask_end(view, show, at, PortRef(wire.source.node, wire.source.port, True), wire)
        return
    ports = by_keys.ports_of(view, node)
    if len(ports) == 1:
        _ask_end(view, show, at, ports[0])
        return
    entries = [
        Entry(
            text=tr("Output {port}", port=port.port) if port.output else tr("Input {port}", port=port.port),
            words=Words((port.port,), ()),
            chosen=partial(_ask_end, view, show, at, port),
            icon=("link", "muted"),
            aside=_taken(view, port),
        )
        for port in ports
    ]
    if entries:
        show(entries, at, "Which port?", tr("Where the wire begins"))


def _ask_end(view: CanvasView, show: Open, at: QPoint, origin: PortRef, wire: Wire | None = None) -> None:
    project = view.document.project
    if wire is not None:
        project = edits.disconnect(project, view.ref, (wire,))
    pull = Pull(project, view.ref, (origin,), view.document.report(view.ref))
    graph = project.graph(view.ref)
    ports = sorted(pull.candidates(), key=lambda port: port.port in pull.unfit(port.node))
    if not ports:
        view.message.emit(Message("No port fits: add another block first."))
        return

    def join(port: PortRef) -> None:
        by_keys.pulled(view, origin, (wire,) if wire is not None else ()).end_at(port)

    entries = [
        Entry(
            text=port_name(graph, port),
            words=Words((graph.nodes[port.node].name, port.port), ()),
            chosen=partial(join, port),
            icon=("link", "muted"),
            aside=tr("does not fit") if port.port in pull.unfit(port.node) else _taken(view, port),
        )
        for port in ports
    ]
    head = (
        tr("Where the wire from {port} ends", port=port_name(graph, origin))
        if origin.output
        else tr("What feeds {port}", port=port_name(graph, origin))
    )
    show(entries, at, "Which port?", head)


def _taken(view: CanvasView, port: PortRef) -> str:
    """Tell what feeds an input already."""
    graph = view.canvas.cards.graph
    if port.output:
        return ""
    there = [wire for wire in graph.into(port.node) if wire.target.port == port.port]
    return f"← {port_name(graph, there[0].source)}" if there else ""
