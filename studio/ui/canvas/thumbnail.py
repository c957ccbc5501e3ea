"""A small picture of a graph, for galleries and lists."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPen, QPixmap, QTransform

from studio.graph.arranging import arrange
from studio.project import GraphRef, Project
from studio.ui.canvas.card import Cards
from studio.ui.canvas.geometry import WIDTH
from studio.ui.canvas.look import NO_PEN, FamilyLook, Look
from studio.ui.looks.theme import DARK, LIGHT

BORDER = 0.08
"""Room round the drawing, as a share of the picture's width."""

WIDEST, HIGHEST = 30.0, 46.0
"""A block in the picture is no larger than this."""

SMALLEST_ICON = 7
"""Pixels from which on an icon can be told from another."""

MOST = 1500
"""Of larger graphs only the first nodes are drawn: no more can be seen."""


def thumbnail(
    project: Project, ref: GraphRef, width: int, height: int, dark: bool, ratio: float = 0.0
) -> QPixmap:
    """Draw a small picture of a graph: every block as a bar in its family's colour.

    Columns and rows are spread over the picture each in their own measure, so that a long chain still
    fills it.

    Args:
        project: the project.
        ref: which of its graphs.
        width: width in device-independent pixels.
        height: height in device-independent pixels.
        dark: whether it stands on dark ground.
        ratio: device pixels to a device-independent one; the screen's when 0.
    """
    look = Look(DARK if dark else LIGHT)
    screen = QGuiApplication.primaryScreen()
    ratio = ratio or (screen.devicePixelRatio() if screen is not None else 1.0)
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(look.canvas)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, look, project, ref, width, height)
    finally:
        painter.end()
    return picture


def _draw(painter: QPainter, look: Look, project: Project, ref: GraphRef, width: int, height: int) -> None:
    boxes = _boxes(project, ref, width, height)
    graph = project.graph(ref)
    pen = QPen(look.wire_colour, 1.5 if len(boxes) < 60 else 1.0)
    painter.setPen(pen)
    # Ways are found to the right; where data flows down, across and down are changed over before and after.
    turned = QTransform(0.0, 1.0, 1.0, 0.0, 0.0, 0.0) if project.layout_of(ref).down else QTransform()
    bars = {node: turned.mapRect(box) for node, box in boxes.items()}
    for wire in sorted(graph.wires):
        start, end = bars.get(wire.source.node), bars.get(wire.target.node)
        if start is not None and end is not None:
            others = [box for box in bars.values() if box not in (start, end)]
            painter.drawPath(turned.map(_way(start, end, others)))
    cards = Cards(project, ref, None)
    for node, box in boxes.items():
        block = cards.block(graph.nodes[node])
        name = "quit" if block.type == "output" else f"family_{block.group}"
        side = round(min(box.width(), box.height()) * 0.62)
        icon = look.icon(name, side) if side >= SMALLEST_ICON else None
        _draw_bar(painter, box, look.family(block.group), icon)


def _boxes(project: Project, ref: GraphRef, width: int, height: int) -> dict[str, QRectF]:
    """Give the bar of every node in the picture."""
    graph = project.graph(ref)
    look = project.layout_of(ref)
    known = look.positions
    nodes = list(graph.nodes)[:MOST]
    places = known if all(node in known for node in nodes) else arrange(graph, direction=look.direction)
    if not nodes:
        return {}
    columns = sorted({places[node][0] for node in nodes})
    rows = sorted({places[node][1] for node in nodes})
    # Places count, not distances: equal steps between the columns and rows that are in use.
    column = {x: index for index, x in enumerate(_merged(columns, WIDTH / 2))}
    column_of = _nearest(columns, column)
    row_of = _nearest(rows, {y: index for index, y in enumerate(_merged(rows, 24.0))})
    across, down = max(column_of.values()) + 1, max(row_of.values()) + 1
    space = QRectF(0.0, 0.0, width, height).adjusted(
        width * BORDER, height * BORDER * 1.5, -width * BORDER, -height * BORDER * 1.5
    )
    step_x, step_y = min(space.width() / across, WIDEST * 1.8), min(space.height() / down, HIGHEST * 1.6)
    wide, high = min(step_x * 0.62, WIDEST), min(step_y * 0.62, HIGHEST)
    left = space.center().x() - step_x * (across - 1) / 2
    top = space.center().y() - step_y * (down - 1) / 2
    return {
        node: QRectF(
            left + column_of[places[node][0]] * step_x - wide / 2,
            top + row_of[places[node][1]] * step_y - high / 2,
            wide,
            high,
        )
        for node in nodes
    }


def _merged(values: list[float], near: float) -> list[float]:
    """Leave out values that are close to the one before."""
    result: list[float] = []
    for value in values:
        if not result or value - result[-1] > near:
            result.append(value)
    return result


def _nearest(values: list[float], numbers: dict[float, int]) -> dict[float, int]:
    """Give every value the number of the merged one that it belongs to."""
    kept = sorted(numbers)
    result: dict[float, int] = {}
    place = 0
    for value in values:
        while place + 1 < len(kept) and kept[place + 1] <= value:
            place += 1
        result[value] = numbers[kept[place]]
    return result


def _way(start: QRectF, end: QRectF, others: list[QRectF]) -> QPainterPath:
    """Lead a wire, in a bow over the bars that lie between."""
    a, b = QPointF(start.right(), start.center().y()), QPointF(end.left(), end.center().y())
    path = QPainterPath(a)
    if b.x() < a.x() and (end.top() > start.bottom() or end.bottom() < start.top()):
        return _back(path, a, b, (start.center().y() + end.center().y()) / 2)
    reach = max((b.x() - a.x()) / 2, 4.0)
    line = QRectF(a, b).normalized().adjusted(0.0, -1.0, 0.0, 1.0)
    if len(others) < 200 and any(line.intersects(other) for other in others):
        lift = start.height() * 0.5 + min(10.0 + (b.x() - a.x()) * 0.06, 26.0)
        y = min(a.y(), b.y()) - lift
        path.cubicTo(a + QPointF(8.0, 0.0), QPointF(a.x(), y), QPointF(a.x() + 14.0, y))
        path.lineTo(QPointF(b.x() - 14.0, y))
        path.cubicTo(QPointF(b.x(), y), b - QPointF(8.0, 0.0), b)
    else:
        path.cubicTo(a + QPointF(reach, 0.0), b - QPointF(reach, 0.0), b)
    return path


def _back(path: QPainterPath, a: QPointF, b: QPointF, y: float) -> QPainterPath:
    """Lead a wire to the row below or above, back between the rows as on the canvas."""
    turn = min(6.0, abs(y - a.y()))
    path.cubicTo(a + QPointF(turn, 0.0), QPointF(a.x() + turn, y), QPointF(a.x(), y))
    path.lineTo(QPointF(b.x(), y))
    path.cubicTo(QPointF(b.x() - turn, y), b - QPointF(turn, 0.0), b)
    return path


def _draw_bar(painter: QPainter, box: QRectF, family: FamilyLook, icon: QPainterPath | None) -> None:
    radius = min(5.0, box.width() / 3)
    painter.setPen(NO_PEN)
    painter.setBrush(family.fill)
    painter.drawRoundedRect(box, radius, radius)
    if icon is not None:
        painter.translate(box.center())
        painter.fillPath(icon, family.text)
        painter.translate(-box.center())
