"""What the canvas tells about the thing under the pointer, as plain text in the language in use."""

from __future__ import annotations

from studio.graph import Wire
from studio.project import COMPOSITE
from studio.ui.canvas.card import one_line
from studio.ui.canvas.far import TINY
from studio.ui.canvas.fitting import PortRef
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.scene import CanvasScene
from studio.ui.editing.composites import told
from studio.ui.words.dimensions import sized
from studio.ui.words.figures import count, size
from studio.ui.words.text import say, tr


def tip(canvas: CanvasScene, hit: Hit) -> str:
    """Give what is to be told, or nothing."""
    if hit.port is not None:
        return _port(canvas, hit.port)
    if hit.node:
        return _node(canvas, hit.node)
    if hit.wire is not None:
        return _wire(canvas, hit.wire)
    return ""


def _port(canvas: CanvasScene, port: PortRef) -> str:
    node = canvas.cards.graph.nodes.get(port.node)
    if node is None:
        return ""
    block = canvas.cards.block(node)
    declared = block.output(port.port) if port.output else block.input(port.port)
    side = tr("output “{name}”", name=port.port) if port.output else tr("input “{name}”", name=port.port)
    lines = [f"{one_line(node.name)}: {side}"]
    if declared is not None and declared.doc:
        lines.append(tr(declared.doc))
    if declared is not None and not port.output:
        if declared.rank:
            lines.append(
                tr("Takes {rank} dimensions, batch included.", rank=" / ".join(map(str, declared.rank)))
            )
        if declared.many:
            lines.append(tr("Takes any number of wires, in order."))
        elif declared.optional:
            lines.append(tr("May stay unconnected."))
    report = canvas.cards.report
    known = report.nodes.get(port.node) if report is not None else None
    if known is not None:
        tensors = (
            [known.outputs[port.port]]
            if port.output and port.port in known.outputs
            else list(known.inputs.get(port.port, ()))
        )
        lines += [f"{tensor}  ·  {tensor.dtype}" for tensor in tensors[:6]]
    return "\n".join(lines)


def _node(canvas: CanvasScene, id: str) -> str:
    card, node = canvas.nodes[id].card, canvas.cards.graph.nodes.get(id)
    if node is None:
        return ""
    block = canvas.cards.block(node)
    lines = [f"{card.name} – {card.title}"]
    if block.doc:
        lines.append(told(block) if block.type == COMPOSITE else tr(block.doc))
    if card.line:
        lines.append(card.line)
    if node.bypassed:
        lines.append(tr("Bypassed: passes its input through unchanged."))
    if card.spare:
        lines.append(tr("{count} unused {count:port is|ports are} hidden.", count=card.spare))
    if node.frozen:
        lines.append(tr("Frozen: training does not change its weights."))
    if node.shares and node.shares in canvas.cards.graph.nodes:
        lines.append(
            tr("Uses the weights of “{name}”.", name=one_line(canvas.cards.graph.nodes[node.shares].name))
        )
    report = canvas.cards.report
    known = report.nodes.get(id) if report is not None else None
    if canvas.zoom < TINY:
        lines.append(tr("Zoom in to pull wires."))
    if known is not None:
        if known.parameters:
            lines.append(tr("Parameters: {count}", count=count(known.parameters)))
        if known.multiply_adds:
            lines.append(tr("Multiply-adds a sample: {count}", count=count(known.multiply_adds)))
        for port, tensor in known.outputs.items():
            lead = f"{port}: " if len(known.outputs) > 1 else ""
            lines.append(f"→ {lead}{tensor}")
    for problem in (p for p in (report.problems if report is not None else ()) if p.node == id):
        head = tr("Error: {what}", what=say(problem.message))
        if problem.severity == "warning":
            head = tr("Warning: {what}", what=say(problem.message))
        lines += ["", head]
        if problem.expected is not None:
            lines.append(tr("Expected: {what}", what=say(problem.expected)))
        if problem.received is not None:
            lines.append(tr("Received: {what}", what=say(problem.received)))
    return "\n".join(lines)


def _wire(canvas: CanvasScene, wire: Wire) -> str:
    nodes = canvas.cards.graph.nodes
    source, target = nodes[wire.source.node], nodes[wire.target.node]
    lines = [f"{one_line(source.name)} → {one_line(target.name)}"]
    if not wire.enabled:
        lines.append(tr("Disabled: carries nothing."))
    report = canvas.cards.report
    known = report.nodes.get(wire.source.node) if report is not None else None
    tensor = known.outputs.get(wire.source.port) if known is not None else None
    if tensor is None:
        lines.append(tr("The shape is not known yet."))
    else:
        lines.append(f"{tensor}  ·  {tensor.dtype}")
        labels = report.labels.get((wire.source.node, wire.source.port)) if report is not None else None
        if labels is not None and any(labels[1:]):
            lines.append(sized(tensor, labels))
        lines.append(
            tr(
                "{count} {count:number|numbers} a sample, {size}",
                count=count(tensor.elements()),
                size=size(tensor.bytes()),
            )
        )
    return "\n".join(lines)
