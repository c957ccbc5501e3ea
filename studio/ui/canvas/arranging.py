"""Lays the blocks of a canvas out anew, or the selected ones where they stand; they slide to their places."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.graph import Message
from studio.graph.layout import Position
from studio.project import edits
from studio.ui.canvas import editing
from studio.ui.canvas.camera import READABLE
from studio.ui.canvas.card import Cards
from studio.ui.canvas.geometry import box_of

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView


def arrange(view: CanvasView) -> None:
    """Arrange the selected blocks, and those in selected frames; everything where nothing is selected."""
    canvas, ref = view.canvas, view.ref
    shown, boxes, selection = canvas.positions(), canvas.boxes(), canvas.selection
    if not shown:
        return
    chosen: set[str] | None = None
    if selection.nodes or selection.frames:
        chosen = set(selection.nodes)
        for id in selection.frames:
            box = canvas.frames[id].box()
            chosen.update(canvas.field.inside(box.left(), box.top(), box.right(), box.bottom()))
        if len(chosen) < 2:
            view.message.emit(Message("Select at least two blocks to arrange, or nothing to arrange all."))
            return
    view.slide.finish()
    before = view.document.project
    after = edits.arrange_nodes(editing.placed(before, ref, shown), ref, boxes.__getitem__, chosen)
    if after.layout_of(ref) == before.layout_of(ref):
        view.message.emit(Message("They stand so already."))
        return
    label = Message("Arrange")
    if chosen is not None:
        label = Message("Arrange {count} {count:block|blocks}", count=len(chosen))
    if view.document.attempt(label, lambda _project: after):
        _show(view, shown, whole=chosen is None)


def turn(view: CanvasView) -> None:
    """Let data flow from top to bottom, or from left to right again, and arrange the blocks for it."""
    canvas, ref = view.canvas, view.ref
    view.slide.finish()
    shown, down = canvas.positions(), not canvas.cards.down
    project = editing.placed(view.document.project, ref, shown)
    project = project.with_layout(ref, dataclasses.replace(project.layout_of(ref), down=down))
    cards = Cards(project, ref, None)
    after = edits.arrange_nodes(project, ref, lambda node: box_of(cards.card(node).shape))
    label = Message("Let data flow downwards") if down else Message("Let data flow to the right")
    if view.document.attempt(label, lambda _project: after) and shown:
        _show(view, shown, whole=True)


def _show(view: CanvasView, before: Mapping[str, Position], *, whole: bool) -> None:
    """Let blocks slide from where they were; what is arranged as a whole is looked at from its beginning."""
    if whole:  # before they slide: the view is for where they will stand
        view.camera.fit(view.canvas.content(), least=READABLE)
    view.slide.begin(before)
