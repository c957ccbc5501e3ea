"""A graph as a picture for a paper: what stands on the canvas, cropped, with no mark of what is going on."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from studio.graph import Message, NetwrightError
from studio.project import GraphRef, Project
from studio.ui.canvas.gaps import broken
from studio.ui.canvas.look import NO_BRUSH, Look
from studio.ui.canvas.node_item import NodeItem
from studio.ui.canvas.paint import State, draw_card, draw_lines, line_box, lines, loose_lines
from studio.ui.canvas.pdf_text import with_found_text
from studio.ui.canvas.scene import CanvasScene
from studio.ui.canvas.spots import Spot
from studio.ui.canvas.svg_text import with_safe_text
from studio.ui.canvas.wire_item import WireItem
from studio.ui.looks.theme import DARK, LIGHT

if TYPE_CHECKING:
    from studio.compiler import Report

Ground = Literal["light", "dark", "transparent"]
"""What stands behind the drawing; without a ground it wears the colours of the light one."""

Format = Literal["svg", "pdf", "png"]
"""How a picture can be written."""

MARGIN = 24.0
"""Room round the drawing, the same on every side."""

DPI = 96
"""Canvas units to an inch: printed, a name is as high as in a text of 10 points."""

REACH = (5.0, 10.0, 5.0, 5.0)
"""How far ports and marks stick out of a node: left, top, right, bottom."""

MOST_PIXELS, LONGEST_SIDE = 100_000_000, 32_000
"""No PNG is larger; it would not fit into the memory of many computers."""

LONGEST_PAGE = 14_400.0
"""Points that a side of a page can have, as PDF says."""

SCALES = (1.0, 2.0, 3.0, 4.0)
"""How many pixels of a PNG a canvas unit can have."""


class EmptyPictureError(NetwrightError):
    """There is nothing to draw."""


@dataclass(frozen=True)
class Part:
    """What of a graph is drawn.

    Attributes:
        nodes: nodes, with the wires among them.
        frames: frames.
        notes: notes.
    """

    nodes: frozenset[str]
    frames: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Style:
    """How a picture looks.

    Attributes:
        ground: what stands behind it.
        shapes: whether the shapes stand on the wires.
        problems: whether nodes and wires show their problems.
    """

    ground: Ground = "light"
    shapes: bool = True
    problems: bool = False


class Picture:
    """One graph, or a part of it, ready to be drawn on anything."""

    def __init__(
        self,
        project: Project,
        ref: GraphRef,
        report: Report | None,
        style: Style,
        part: Part | None = None,
    ) -> None:
        """Lay the drawing out.

        Args:
            project: the project.
            ref: which of its graphs.
            report: what is known of its shapes and problems.
            style: how it looks.
            part: what of it is drawn; everything when not given.

        Raises:
            EmptyPictureError: there is nothing to draw.
        """
        self._title = ref.name
        self._style = style
        canvas = self._canvas = CanvasScene(ref)
        canvas.still = True
        look = canvas.look = Look(DARK if style.ground == "dark" else LIGHT)
        if style.ground != "dark":
            look.canvas = QColor(Qt.GlobalColor.white)
        canvas.show_project(project, report)
        nodes = canvas.nodes.keys() if part is None else canvas.nodes.keys() & part.nodes
        self._nodes = [item for id, item in canvas.nodes.items() if id in nodes]
        self._decor = [
            item
            for group, chosen in (
                (canvas.frames, None if part is None else part.frames),
                (canvas.notes, None if part is None else part.notes),
            )
            for id, item in group.items()
            if chosen is None or id in chosen
        ]
        self._wires = [
            item
            for wire, item in canvas.wires.items()
            if wire.source.node in nodes and wire.target.node in nodes
        ]
        self._spots = dict(self._labels()) if style.shapes else {}
        self.box = self._framed()

    def _labels(self) -> Iterator[tuple[WireItem, Spot]]:
        canvas = self._canvas
        canvas.spots.place(canvas.itemsBoundingRect())
        for item in self._wires:
            if item.spot is not None and item.spot.text is not None:
                yield item, item.spot

    def _framed(self) -> QRectF:
        """Give the rectangle round all that is drawn, with an even margin."""
        left, top, right, bottom = REACH
        box = QRectF()
        for node in self._nodes:
            box = box.united(node.body().adjusted(-left, -top, right, bottom))
            for loose in self._loose_boxes(node):
                box = box.united(loose)
        for decor in self._decor:
            box = box.united(decor.box())
        for wire in self._wires:
            box = box.united(wire.path().boundingRect())
        for spot in self._spots.values():
            box = box.united(spot.box)
        if box.isNull():
            raise EmptyPictureError(Message("There is nothing to draw: “{name}” is empty.", name=self._title))
        return QRectF(box.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN).toAlignedRect())

    def _loose_boxes(self, item: NodeItem) -> list[QRectF]:
        """Give where shapes stand beside outputs that have no wire, as far as there is room."""
        if not self._style.shapes:
            return []
        touching = self._canvas.field.touching
        return [box for box in item.loose() if not touching(box.left(), box.top(), box.right(), box.bottom())]

    # -- drawing ----------------------------------------------------------------------------------------

    def draw(self, painter: QPainter) -> None:
        """Draw everything; the upper left corner of the picture is the painter's origin."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.translate(-self.box.topLeft())
        if self._style.ground != "transparent":
            painter.fillRect(self.box, self._canvas.look.canvas)
        for decor in self._decor:
            painter.save()
            painter.translate(decor.pos())
            decor.paint(painter, QStyleOptionGraphicsItem())
            painter.restore()
        self._draw_wires(painter)
        for node in self._nodes:
            self._draw_node(painter, node)
        self._draw_labels(painter)

    def _draw_wires(self, painter: QPainter) -> None:
        """Draw the wires, each broken where its label stands: behind a picture there may be any colour."""
        look = self._canvas.look
        painter.setBrush(NO_BRUSH)
        for item in self._wires:
            bad = self._style.problems and item.bad
            painter.setPen(look.wire_bad if bad else look.wire if item.wire.enabled else look.wire_off)
            spot = self._spots.get(item)
            painter.drawPath(item.path() if spot is None else broken(item.path(), [spot.box]))

    def _draw_node(self, painter: QPainter, item: NodeItem) -> None:
        look = self._canvas.look
        card = item.card if self._style.problems else dataclasses.replace(item.card, severity="")
        painter.save()
        painter.translate(QPointF(*item.at))
        draw_card(painter, card, State(), look)
        draw_lines(painter, lines(card, look))
        if self._loose_boxes(item):
            free = [box.topLeft() for box in self._loose_boxes(item)]
            at = QPointF(*item.at)
            drawn = [line for line in loose_lines(card, look) if line_box(line).topLeft() + at in free]
            draw_lines(painter, drawn)
        painter.restore()

    def _draw_labels(self, painter: QPainter) -> None:
        look = self._canvas.look
        for item, spot in self._spots.items():
            if spot.leader is not None:
                painter.setPen(look.leader)
                painter.drawLine(spot.leader)
            if spot.text is not None:
                painter.setFont(spot.text.font)
                painter.setPen(look.error if self._style.problems and item.bad else look.muted)
                painter.drawStaticText(spot.at, spot.text.static)

    # -- writing ----------------------------------------------------------------------------------------

    def data(self, format: Format, scale: float = 2.0) -> bytes:
        """Give the picture as the bytes of a file.

        Args:
            format: how it is written.
            scale: pixels to a canvas unit, for a PNG.
        """
        return {"svg": self.svg, "pdf": self.pdf, "png": lambda: self.png(scale)}[format]()

    def svg(self) -> bytes:
        """Give a drawing of lines and text."""
        data = QByteArray()
        buffer = _opened(data)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(DPI)
        generator.setSize(self.size())
        generator.setViewBox(QRect(0, 0, self.size().width(), self.size().height()))
        generator.setTitle(self._title)
        generator.setDescription("Netwright")
        self._on(generator)
        return with_safe_text(bytes(data.data()).decode("utf-8")).encode("utf-8")

    def pdf(self) -> bytes:
        """Give a page as large as the drawing, with the fonts that it uses in it."""
        data = QByteArray()
        buffer = _opened(data)
        writer = QPdfWriter(buffer)
        wide, high = self.points()
        writer.setPageSize(
            QPageSize(QSizeF(wide, high), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        )
        writer.setPageMargins(QMarginsF(0.0, 0.0, 0.0, 0.0))
        writer.setResolution(DPI * 12)
        writer.setTitle(self._title)
        writer.setCreator("Netwright")
        self._on(writer, wide / self.box.width() * DPI * 12 / 72.0)
        return with_found_text(bytes(data.data()))

    def png(self, scale: float) -> bytes:
        """Give pixels; a scale that would make too many is lowered, as `fitting` says."""
        data = QByteArray()
        buffer = _opened(data)
        self.image(self.fitting(scale)).save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(data.data())

    def image(self, scale: float) -> QImage:
        """Give pixels."""
        made = QImage(self.pixels(scale), QImage.Format.Format_ARGB32_Premultiplied)
        made.fill(Qt.GlobalColor.transparent)
        dots = round(DPI * scale / 0.0254)
        made.setDotsPerMeterX(dots)
        made.setDotsPerMeterY(dots)
        self._on(made, scale)
        return made

    def _on(self, device: QSvgGenerator | QPdfWriter | QImage, scale: float = 1.0) -> None:
        painter = QPainter(device)
        try:
            painter.scale(scale, scale)
            self.draw(painter)
        finally:
            painter.end()

    # -- sizes ------------------------------------------------------------------------------------------

    def size(self) -> QSize:
        """Give the size in canvas units."""
        return self.box.size().toSize()

    def pixels(self, scale: float) -> QSize:
        """Give the size of a PNG."""
        return QSize(
            max(1, round(self.box.width() * scale)),
            max(1, round(self.box.height() * scale)),
        )

    def points(self) -> tuple[float, float]:
        """Give the size of a page, in points; what is too long for a page is drawn smaller."""
        wide, high = self.box.width() * 72.0 / DPI, self.box.height() * 72.0 / DPI
        less = min(1.0, LONGEST_PAGE / max(wide, high))
        return wide * less, high * less

    def fitting(self, scale: float) -> float:
        """Give the scale of a PNG, lowered where it would have too many pixels."""
        area, longest = self.box.width() * self.box.height(), max(self.box.width(), self.box.height())
        return min(scale, math.sqrt(MOST_PIXELS / area), LONGEST_SIDE / longest)


def _opened(data: QByteArray) -> QBuffer:
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
