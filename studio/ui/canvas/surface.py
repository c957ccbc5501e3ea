"""What the canvas looks like: the scene, how it is looked at and painted, and what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QHelpEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from studio.project import Change, GraphRef, Project
from studio.project.locking import locked
from studio.ui.canvas.bubble import Bubble
from studio.ui.canvas.camera import READABLE, Camera, Seen
from studio.ui.canvas.far import FAR
from studio.ui.canvas.grid import draw_ground
from studio.ui.canvas.hits import hit
from studio.ui.canvas.labels import draw_far_ports
from studio.ui.canvas.look import NO_PEN
from studio.ui.canvas.minimap import Minimap
from studio.ui.canvas.node_item import NEAR
from studio.ui.canvas.scene import CanvasScene
from studio.ui.canvas.slide import Slide
from studio.ui.canvas.tips import tip
from studio.ui.looks.theme import FONT_HEADING, FONT_TITLE, font, themes
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.ui.document import Document

SMOOTH = 0.5
"""From this zoom on wires are drawn smoothly, which takes three times as long; farther out nobody sees it."""


class Surface(QGraphicsView):
    """Shows one graph of a document, and redraws from its changes alone."""

    def __init__(self, document: Document, ref: GraphRef, parent: QWidget | None = None) -> None:
        """Show a graph.

        Args:
            document: the open project.
            ref: which of its graphs.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self.document = document
        self.ref = ref
        self.canvas = CanvasScene(ref, self)
        self.setScene(self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        # The gestures find what is under the pointer themselves; items take no events.
        self.setInteractive(False)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Single letters are commands here: an input method must not swallow them.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        live(self.setAccessibleName, "Canvas")
        self.camera = Camera(self)
        self.bubble = Bubble(self.viewport())
        self.slide = Slide(self)
        self.minimap = Minimap(self)
        self.slide.stateChanged.connect(self.minimap.graph_changed)
        self._framed = False
        self.canvas.crowd_moved.connect(self.paint_whole)
        document.changed.connect(self._on_changed)
        document.analysed.connect(self._on_analysed)
        document.replaced.connect(self._on_replaced)
        themes.changed.connect(self._restyle)
        languages.changed.connect(self._restyle)
        self.canvas.show_project(document.project, document.report(ref))
        self.camera.hold(self.canvas.content())

    @property
    def locked(self) -> bool:
        """Whether nothing on this canvas can be changed."""
        return locked(self.document.project, self.ref)

    # -- following the document ---------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Give up what a person is doing with the pointer: the ground under it has changed."""

    def _on_changed(self, change: Change, project: Project) -> None:
        self.interrupt()
        self.slide.finish()
        was_empty = not self.canvas.nodes
        self.canvas.apply(change, project, self.document.report(self.ref))
        self.camera.hold(self.canvas.content())
        if was_empty != (not self.canvas.nodes):
            self.viewport().update()
        self.repaint_far()
        self.minimap.graph_changed()

    def _on_analysed(self, ref: GraphRef) -> None:
        if ref == self.ref and ref in self.document.project.refs():
            self.canvas.report_changed(self.document.report(ref))
            self.repaint_far()
            self.minimap.graph_changed()

    def _on_replaced(self) -> None:
        self.interrupt()
        self.slide.finish()
        self.canvas.show_project(self.document.project, self.document.report(self.ref))
        self.camera.hold(self.canvas.content())
        self._framed = False
        if self.isVisible():
            self.first_look()
        self.viewport().update()
        self.minimap.graph_changed()

    def _restyle(self) -> None:
        self.canvas.restyle()
        self.minimap.graph_changed()
        self.bubble.hide()
        self.viewport().update()

    # -- looking ------------------------------------------------------------------------------------------

    def first_look(self) -> None:
        """Show the whole graph, or its beginning where text would be too small; or where one looked last."""
        self._framed = True
        if not self.camera.go_back(self.canvas.content()):
            self.camera.fit(self.canvas.content(), least=READABLE)
        self.camera.moved = False

    def look_back(self, seen: Seen | None) -> None:
        """Look where one looked before; from None on the first look is the usual one."""
        self.camera.wanted = seen
        if self._framed and seen is not None:
            self.first_look()

    def zoomed(self) -> None:
        """Draw for another zoom or another screen."""
        zoom = self.camera.zoom
        self.canvas.set_zoom(zoom, self.devicePixelRatioF())
        self.setRenderHint(QPainter.RenderHint.Antialiasing, zoom >= SMOOTH)
        self.viewport().update()
        self.minimap.look()

    def paint_whole(self) -> None:
        """Paint everything in the next frame, by one piece.

        Where nearly all is another, finding out what each item covered and covers takes longer than painting.
        """
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.viewport().update()

    def repaint_far(self) -> None:
        """Draw the whole picture again where the canvas is one picture."""
        if self.camera.zoom < FAR:
            self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the graph when it is first seen."""
        super().showEvent(event)
        self.zoomed()
        if not self._framed:
            self.first_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first look good until a person has looked elsewhere: windows find their size in steps."""
        super().resizeEvent(event)
        self.minimap.place()
        if self._framed and not self.camera.moved:
            self.first_look()
        if not self.canvas.nodes:
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer, or pan."""
        self.bubble.hide()
        self.camera.wheel(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; what stands still over the canvas is painted again."""
        super().scrollContentsBy(dx, dy)
        self.minimap.look()
        if not self.canvas.nodes:
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by a pinch; tell what lies under a pointer that rests."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.camera.set_zoom(self.camera.zoom * (1.0 + event.value()), event.position())
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self.tell(QPointF(event.pos()))
            return True
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self.zoomed()
        return super().viewportEvent(event)

    def tell(self, at: QPointF) -> None:
        """Show what is known of the thing at a point of the view."""
        text = tip(self.canvas, hit(self.canvas, self.camera.to_scene(at)))
        if text:
            self.bubble.tell(text, at)

    def speak(self, text: str) -> None:
        """Let a screen reader say a text: it is kept as the description, and announced."""
        if text == self.accessibleDescription():
            return
        self.setAccessibleDescription(text)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            if text and self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # -- painting -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items that are in view; far out, everything as one picture."""
        if self.camera.zoom >= FAR:
            if self.camera.zoom >= NEAR:
                self._place_labels(event.region())
            super().paintEvent(event)
            self._painted()
            return
        painter = QPainter(self.viewport())
        try:
            painter.setTransform(self.viewportTransform())
            # One pixel more on each side: whole pixels do not end on whole canvas units.
            inverse, _ = self.viewportTransform().inverted()
            rect = inverse.mapRect(QRectF(event.rect().adjusted(-1, -1, 1, 1)))
            draw_ground(painter, rect, self.camera.zoom, self.canvas.look)
            self.canvas.far.draw(painter, rect, self.camera.zoom)
            if self.canvas.differing is not None:
                self.canvas.differing.draw(painter, self.canvas, rect)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_far_ports(painter, self.canvas)
            self.draw_over(painter)
        finally:
            # A painter that is left open after an error takes the whole process down.
            painter.end()
            self._painted()

    def _painted(self) -> None:
        """Paint only what changes again, from the next frame on."""
        if self.viewportUpdateMode() != QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate:
            self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)

    def _place_labels(self, exposed: QRegion) -> None:
        """Let new labels have their places before they are painted; what sticks out is painted next."""
        inverse, _ = self.viewportTransform().inverted()
        for rect in self.canvas.spots.place(inverse.mapRect(QRectF(exposed.boundingRect()))):
            covered = QRegion(self.viewportTransform().mapRect(rect).toAlignedRect())
            self.viewport().update(covered.subtracted(exposed))

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw the ground."""
        draw_ground(painter, QRectF(rect), self.camera.zoom, self.canvas.look)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw what lies above the items."""
        self.canvas.drawForeground(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_over(painter)

    def draw_over(self, painter: QPainter) -> None:
        """Draw what is going on, or a hint on an empty canvas."""
        if not self.canvas.nodes and not self.canvas.notes and not self.canvas.frames:
            self._draw_hint(painter)

    def _draw_hint(self, painter: QPainter) -> None:
        look = self.canvas.look
        painter.save()
        painter.resetTransform()
        middle = QPointF(self.viewport().rect().center())
        faint = look.family("io")
        painter.setPen(NO_PEN)
        painter.setBrush(faint.soft)
        painter.drawEllipse(middle - QPointF(0.0, 64.0), 36.0, 36.0)
        painter.translate(middle - QPointF(0.0, 64.0))
        painter.fillPath(look.icon("palette", 32), faint.fill)
        painter.translate(QPointF(0.0, 64.0) - middle)
        painter.setPen(look.text)
        painter.setFont(font(FONT_TITLE, bold=True))
        wide = QRectF(0.0, 0.0, float(self.viewport().width()), 32.0)
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(wide.translated(0.0, middle.y() - 8.0), centre, tr("Draw a network"))
        painter.setPen(look.muted)
        painter.setFont(font(FONT_HEADING - 1))
        for place, text in enumerate(
            (tr("Drag a block from the left, or press Tab to search for one."), tr("Or open a template."))
        ):
            painter.drawText(wide.translated(0.0, middle.y() + 26.0 + 24.0 * place), centre, text)
        painter.restore()
