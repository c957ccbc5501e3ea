"""The colours of frames: a few that stay apart in both themes, chosen in a menu."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QActionGroup, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from studio.graph import Message
from studio.project import Project
from studio.ui.canvas import editing
from studio.ui.words.text import say, tr

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

COLOURS: Mapping[str, Message] = {
    "": Message("Grey"),
    "linear": Message("Blue"),
    "pooling": Message("Teal"),
    "sequence": Message("Green"),
    "math": Message("Yellow"),
    "activation": Message("Orange"),
    "embedding": Message("Red"),
    "attention": Message("Pink"),
    "composite": Message("Purple"),
}
"""What a file calls a colour, by the family of blocks that has it, and what people call it."""

SWATCH = 16
"""Side of the picture of a colour in the menu, in pixels."""


def colours(view: CanvasView, menu: QMenu) -> QMenu:
    """Give the menu of colours for the selected frames; the one that they have is marked."""
    made = QMenu(tr("Colour"), menu)
    group = QActionGroup(made)
    frames = view.canvas.frames
    now = {frames[id].frame.color for id in view.canvas.selection.frames if id in frames}
    for colour, said in COLOURS.items():
        action = made.addAction(_swatch(view, colour), say(said))
        action.setCheckable(True)
        action.setChecked(now == {colour})
        group.addAction(action)
        action.triggered.connect(functools.partial(_chosen, view, colour))
    return made


def _chosen(view: CanvasView, colour: str, _checked: bool = False) -> None:
    colour_frames(view, colour)


def colour_frames(view: CanvasView, colour: str) -> None:
    """Give the selected frames a colour."""
    ref, frames = view.ref, view.canvas.frames
    chosen = [frames[id].frame for id in view.canvas.selection.frames if id in frames]
    changed = [replace(frame, color=colour) for frame in chosen if frame.color != colour]
    if not changed:
        return

    def edit(project: Project) -> Project:
        for frame in changed:
            project = editing.with_frame(project, ref, frame)
        return project

    one = Message("Colour a frame")
    several = Message("Colour {count} {count:frame|frames}", count=len(changed))
    view.document.attempt(one if len(changed) == 1 else several, edit)


def _swatch(view: CanvasView, colour: str) -> QIcon:
    ratio = view.devicePixelRatioF()
    picture = QPixmap(int(SWATCH * ratio), int(SWATCH * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(view.canvas.look.family(colour or "io").fill)
    painter.drawRoundedRect(QRectF(1, 1, SWATCH - 2, SWATCH - 2), 4, 4)
    painter.end()
    return QIcon(picture)
