"""Puts the selected blocks in line, or at equal distances; pinned ones stay, and the others follow them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from studio.graph import Message
from studio.graph.layout import GRID, Position
from studio.project import edits
from studio.ui.canvas import editing

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

Side = Literal["left", "right", "top", "bottom", "column", "row"]
"""What is brought in line: an edge, or the middles: in a column, below each other, or in a row."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a block."""

CLOSEST = GRID * 4
"""Blocks that are distributed come no closer to each other than this."""


def aligned(boxes: Mapping[str, Box], side: Side, pinned: Iterable[str] = ()) -> dict[str, Position]:
    """Give where blocks go to be in line.

    Args:
        boxes: where they are.
        side: what is brought in line.
        pinned: those that stay; the others come in line with them.
    """
    fixed = set(pinned) & boxes.keys()
    leading = [boxes[node] for node in fixed] or list(boxes.values())
    left, right = min(box[0] for box in leading), max(box[2] for box in leading)
    top, bottom = min(box[1] for box in leading), max(box[3] for box in leading)

    def put(box: Box) -> Position:
        wide, high = box[2] - box[0], box[3] - box[1]
        return {
            "left": (left, box[1]),
            "right": (right - wide, box[1]),
            "top": (box[0], top),
            "bottom": (box[0], bottom - high),
            "column": ((left + right - wide) / 2, box[1]),
            "row": (box[0], (top + bottom - high) / 2),
        }[side]

    return {node: put(box) for node, box in boxes.items() if node not in fixed}


def distributed(
    boxes: Mapping[str, Box], way: Literal["across", "down"], pinned: Iterable[str] = ()
) -> dict[str, Position]:
    """Give where blocks go to have equal gaps on the grid; the first stays, the last very nearly so.

    Args:
        boxes: where they are.
        way: side by side, or below each other.
        pinned: those that stay.
    """
    low, high = (0, 2) if way == "across" else (1, 3)
    row = sorted(boxes, key=lambda node: (boxes[node][low], boxes[node][1 - low], node))
    taken = sum(boxes[node][high] - boxes[node][low] for node in row)
    free = boxes[row[-1]][high] - boxes[row[0]][low] - taken
    gap = max(round(free / (len(row) - 1) / GRID) * GRID, CLOSEST)
    result: dict[str, Position] = {}
    at = boxes[row[0]][low]
    for node in row:
        box = boxes[node]
        result[node] = (at, box[1]) if way == "across" else (box[0], at)
        at += box[high] - box[low] + gap
    for node in set(pinned) & result.keys():
        del result[node]
    return result


def align(view: CanvasView, side: Side) -> None:
    """Bring the selected blocks of a canvas in line."""
    boxes = _chosen(view)
    if len(boxes) < 2:
        view.message.emit(Message("Select at least two blocks to put in line."))
        return
    _do(view, "Align {count} blocks", boxes, lambda pinned: aligned(boxes, side, pinned))


def distribute(view: CanvasView, way: Literal["across", "down"]) -> None:
    """Put the selected blocks of a canvas at equal distances."""
    boxes = _chosen(view)
    if len(boxes) < 3:
        view.message.emit(Message("Select at least three blocks to put at equal distances."))
        return
    _do(view, "Distribute {count} blocks", boxes, lambda pinned: distributed(boxes, way, pinned))


def _chosen(view: CanvasView) -> dict[str, Box]:
    return {node: view.canvas.field.box(node) for node in view.commands.nodes()}


def _do(
    view: CanvasView,
    label: str,
    boxes: Mapping[str, Box],
    places: Callable[[frozenset[str]], dict[str, Position]],
) -> None:
    goal = places(view.canvas.cards.pinned)
    if all(edits.snap(at) == view.canvas.position(node) for node, at in goal.items()):
        view.message.emit(Message("They stand so already."))
        return
    shown = view.canvas.positions()
    view.document.attempt(
        Message(label, count=len(boxes)),
        lambda project: edits.move_nodes(editing.placed(project, view.ref, shown), view.ref, goal),
    )
