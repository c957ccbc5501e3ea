"""The canvas: a graph of the document to work on, by pointer and by keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from studio.blocks import find as find_block
from studio.blocks.custom import PREFIX
from studio.project import COMPOSITE, GraphRef
from studio.ui.canvas import by_keys
from studio.ui.canvas.arranging import arrange
from studio.ui.canvas.camera import STEP
from studio.ui.canvas.commands import Commands
from studio.ui.canvas.fitting import PortRef
from studio.ui.canvas.flow import FlowLayer
from studio.ui.canvas.flow_hint import FlowHint
from studio.ui.canvas.hands import LEFT, Hands
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.keys import find, run
from studio.ui.canvas.locking import LockMark, refused
from studio.ui.canvas.menus import menu_for
from studio.ui.canvas.offer import Offer
from studio.ui.canvas.spoken import wire_name
from studio.ui.canvas.surface import Surface
from studio.ui.canvas.writing import Writing

if TYPE_CHECKING:
    from studio.ui.document import Document


class Keeper(Protocol):
    """Takes composites that are dragged off the canvas."""

    def takes(self, at: QPoint) -> bool:
        """Tell whether it is at a place of the screen."""

    def invite(self, name: str) -> None:
        """Say that a composite would be kept; no name for not any more."""


class CanvasView(Surface):
    """One graph of a document, to be edited; every edit is one step of the history."""

    selection_changed = Signal(object)
    """Other nodes are selected: their ids, a list."""
    open_composite = Signal(str)
    """A composite is to be opened: its name."""
    search_requested = Signal(object, object)
    """A block is wanted: at a `QPointF` of the canvas, for an `Endpoint` a wire was pulled from, or None."""
    picture_wanted = Signal()
    """The canvas is to be taken away as a picture."""
    message = Signal(object)
    """A `Message` for the status line."""

    commands: Commands
    hands: Hands
    writing: Writing
    keeper: Keeper | None = None
    """Where a composite can be dropped to keep it among the person's own blocks."""
    wires_of = ""
    """The node whose wires the keyboard goes through."""

    def __init__(self, document: Document, ref: GraphRef, parent: QWidget | None = None) -> None:
        """Show a graph; see `Surface`."""
        super().__init__(document, ref, parent)
        self.commands = Commands(self)
        self.hands = Hands(self)
        self.writing = Writing(self)
        self.offer = Offer(self)
        self.lock_mark = LockMark(self)
        self.flow = FlowLayer(self.canvas)
        self.flow_hint = FlowHint(self)
        self._menu: QMenu | None = None
        self.setAcceptDrops(True)
        self.canvas.selection.changed = self._selection_changed

    # -- what others ask of it ------------------------------------------------------------------------

    def select(self, ids: Iterable[str]) -> None:
        """Select nodes and nothing else; unknown ids are left out."""
        wanted = [node for node in ids if node in self.canvas.nodes]
        self.canvas.selection.set(wanted, current=wanted[-1] if wanted else "")

    def selected(self) -> list[str]:
        """Give the selected nodes in the order of the document."""
        return self.commands.nodes()

    def focus_node(self, id: str) -> None:
        """Select a node, bring it into view and give the canvas the keyboard."""
        if id in self.canvas.nodes:
            self.go_to(id)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def frame_all(self) -> None:
        """Bring everything into view."""
        self.camera.fit(self.canvas.content())

    def frame_selection(self) -> None:
        """Bring the selection into view; everything when nothing is selected."""
        bounds = self.canvas.field.bounds(self.canvas.selection.nodes)
        if bounds is None:
            self.frame_all()
        else:
            left, top, right, bottom = bounds
            self.camera.fit(QRectF(QPointF(left, top), QPointF(right, bottom)), most=1.5)

    def zoom_100(self) -> None:
        """Show everything in its own size."""
        self.camera.set_zoom(1.0)

    def zoom_by(self, notches: int) -> None:
        """Zoom in or out by some steps."""
        self.camera.set_zoom(self.camera.zoom * STEP ** (2 * notches))

    def arrange(self) -> None:
        """Lay the selected blocks out anew, or, where nothing is selected, all."""
        arrange(self)

    def take_picture(self) -> None:
        """Ask to take the canvas away as a picture."""
        self.picture_wanted.emit()

    def delete_selected(self) -> None:
        """Take the selection off the canvas."""
        self.commands.delete()

    def copy(self) -> None:
        """Put the selected nodes on the clipboard, as text."""
        self.commands.copy()

    def cut(self) -> None:
        """Copy the selected nodes and take them off."""
        self.commands.cut()

    def paste(self) -> None:
        """Put in what the clipboard holds."""
        self.commands.paste()

    def duplicate(self) -> None:
        """Copy the selected nodes beside themselves."""
        self.commands.duplicate()

    def select_all(self) -> None:
        """Select everything."""
        self.commands.select_all()

    def add_block(self, type: str, scene_pos: QPointF | None = None, composite: str = "") -> str | None:
        """Add a block.

        Args:
            type: its type, or `composite`.
            scene_pos: where its middle goes; behind the selected node, or a free place, when not given.
            composite: the definition, when `type` is `composite`.

        Returns:
            The new node's id; None when it was refused.
        """
        return None if refused(self) else self.commands.add(type, scene_pos, composite)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; the mark of a locked canvas stays where it is, and so does the hint."""
        super().scrollContentsBy(dx, dy)
        self.lock_mark.place()
        self.flow_hint.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint in the middle."""
        super().resizeEvent(event)
        self.flow_hint.place()

    def zoomed(self) -> None:
        """Draw for another zoom, and say where it is too small to see what flows."""
        super().zoomed()
        self.flow_hint.look()

    # -- the selection --------------------------------------------------------------------------------

    def _selection_changed(self) -> None:
        self.selection_changed.emit(self.selected())
        self.speak_current()

    def speak_current(self) -> None:
        """Let a screen reader say the node that the keyboard is at, or the wire."""
        item, wire = self.canvas.nodes.get(self.canvas.selection.current), by_keys.only_wire(self)
        if wire is not None:
            self.speak(wire_name(self.canvas.cards, wire))
        else:
            self.speak(item.card.spoken() if item is not None else "")

    def go_to(self, node: str) -> None:
        """Select a node by the keyboard and bring it into view."""
        self.canvas.keyboard = True
        self.canvas.selection.set({node}, current=node)
        self.camera.reveal(self.canvas.nodes[node].body())

    def nearest_to_middle(self) -> str | None:
        """Give the node nearest to the middle of the view."""
        middle = self.camera.to_scene(QPointF(self.viewport().rect().center()))

        def far(node: str) -> float:
            way = self.canvas.nodes[node].body().center() - middle
            return way.x() ** 2 + way.y() ** 2

        return min(self.canvas.nodes, key=far, default=None)

    def aim(self) -> QPointF:
        """Give the canvas point under the pointer, or the middle of the view when it is elsewhere."""
        at = self.hands.pointer or QPointF(self.viewport().rect().center())
        return self.camera.to_scene(at)

    # -- asking for blocks ----------------------------------------------------------------------------

    def ask_for_block(self, scene: QPointF, origin: PortRef | None) -> None:
        """Ask for a block to be chosen."""
        if refused(self):
            return
        self.search_requested.emit(scene, origin.endpoint() if origin is not None else None)

    def ask_at_pointer(self) -> None:
        """Ask for a block to be chosen for where the pointer is."""
        self.ask_for_block(self.aim(), None)

    def title(self, kind: str) -> str:
        """Give the English name of a block."""
        block = find_block(kind)
        return block.title if block is not None else kind

    # -- the pointer ----------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Give up what a person is doing."""
        self.hands.end()
        self.writing.stop(keep=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        event.accept()
        self._clear_the_way()
        if self._on_flow(event):
            return
        self.hands.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do what two clicks do."""
        event.accept()
        self._clear_the_way()
        if self._on_flow(event):
            return
        self.hands.press(event, twice=event.button() == LEFT)

    def _on_flow(self, event: QMouseEvent) -> bool:
        """Show closely what flows where its picture is clicked; tells whether one was."""
        at = self.camera.to_scene(event.position())
        free = event.button() == LEFT and not self.hands.space and self.hands.gesture is None
        node = self.flow.at(at) if free else ""
        if node:
            self.document.flow_wanted.emit(self.ref, node)
        return bool(node)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or show what is under the pointer."""
        event.accept()
        if self.hands.gesture is None:
            self.bubble.hide()
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        event.accept()
        self.hands.release(event)

    def _clear_the_way(self) -> None:
        self.bubble.hide()
        self.offer.hide()
        self.slide.finish()
        self.writing.stop(keep=True)
        self._leave_keyboard()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self.bubble.hide()
        self.hands.leave()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nothing half done behind."""
        self.interrupt()
        self.slide.finish()
        super().hideEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget which keys are held: their release comes to someone else."""
        super().focusOutEvent(event)
        self.hands.space = False
        self._leave_keyboard()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A block comes in from the palette."""
        self.hands.drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self.hands.drag(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It has gone again."""
        self.hands.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it."""
        self.hands.dropped(event)

    def draw_over(self, painter: QPainter) -> None:
        """Draw what is going on."""
        super().draw_over(painter)
        self.hands.paint(painter)

    # -- menus ----------------------------------------------------------------------------------------

    def choose_for_menu(self, found: Hit) -> None:
        """Select what a menu will be about, unless it is part of the selection."""
        chosen = self.canvas.selection
        if found.node and found.node not in chosen.nodes:
            chosen.set({found.node})
        elif found.port is None and found.wire is not None and found.wire not in chosen.wires:
            chosen.set(wires={found.wire})
        elif found.frame and found.frame not in chosen.frames:
            chosen.set(frames={found.frame})
        elif found.note and found.note not in chosen.notes:
            chosen.set(notes={found.note})

    def show_menu(self, found: Hit, at: QPoint, scene: QPointF) -> None:
        """Open the menu of what lies under the pointer."""
        self.choose_for_menu(found)
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu_for(self, found, scene)
        self._menu.popup(self.viewport().mapToGlobal(at))

    def menu_at_current(self) -> None:
        """Open the menu of the node or wire that the keyboard is at, or of the canvas."""
        node, wire = self.canvas.selection.current, by_keys.only_wire(self)
        if node in self.canvas.nodes:
            middle = self.canvas.nodes[node].body().center()
            found = Hit("node", node=node)
        elif wire is not None:
            middle, found = QPointF(*self.canvas.wires[wire].way.middle), Hit("wire", wire=wire)
        else:
            middle, found = self.camera.to_scene(QPointF(self.viewport().rect().center())), Hit()
        self.show_menu(found, self.viewportTransform().map(middle).toPoint(), middle)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open a menu by its key; that of the mouse opens when the button comes up."""
        event.accept()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_at_current()

    # -- keys -----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take the keys of the canvas before the window's shortcuts of the same keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            going_on = self.hands.gesture is not None
            if going_on or find(event) is not None or event.key() == Qt.Key.Key_Space:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab adds a block here; Shift+Tab leaves the canvas."""
        return False if next or self.hands.gesture is not None else super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key does."""
        event.accept()
        self.bubble.hide()
        if event.key() == Qt.Key.Key_Tab and self.hands.gesture is None and self.offer.enter():
            return
        self.offer.hide()
        key, gesture = event.key(), self.hands.gesture
        if key == Qt.Key.Key_Escape:
            self._escape(event)
        elif gesture is not None:
            gesture.key(key)
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.hands.space, self.hands.panned = True, False
                self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            command = find(event)
            if command is not None:
                self.slide.finish()
                run(self, command)
            else:
                event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A tap of the space bar asks for a block; held, it pans."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and self.hands.space:
            self.hands.space = False
            self.viewport().unsetCursor()
            if not self.hands.panned and self.hands.gesture is None:
                self.ask_at_pointer()
        else:
            super().keyReleaseEvent(event)

    def _escape(self, event: QKeyEvent) -> None:
        if self.hands.gesture is not None:
            self.hands.end()
        elif self.canvas.selection:
            self.canvas.selection.set()
        else:
            event.ignore()  # the window may have a use for it, such as leaving a composite

    def arrow(self, dx: float, dy: float, *, fast: bool = False) -> None:
        """Move the selection by the grid; with nothing selected, take the nearest node."""
        if self.canvas.selection.nodes or self.canvas.selection.frames or self.canvas.selection.notes:
            self.commands.nudge(dx, dy, fast=fast)
        else:
            self.commands.walk("left")

    def _leave_keyboard(self) -> None:
        if self.canvas.keyboard:
            self.canvas.keyboard = False
            self.canvas.show_state([self.canvas.selection.current])

    def open_current(self) -> None:
        """Open the composite, or the code of the custom block, that is selected."""
        node = self.canvas.cards.graph.nodes.get(self.canvas.selection.current)
        if node is not None and node.type == COMPOSITE and node.composite in self.document.project.composites:
            self.open_composite.emit(node.composite)
        elif node is not None and node.type.startswith(PREFIX):
            self.document.code_wanted.emit(node.type.removeprefix(PREFIX))

    def rename(self, node: str = "") -> None:
        """Write a node's name, or that of the selected thing, in its place."""
        chosen = self.canvas.selection
        node = node or chosen.current
        if node in self.canvas.nodes:
            self.camera.reveal(self.canvas.nodes[node].body())
            self.writing.rename(node)
        elif chosen.frames:
            self.write_frame(min(chosen.frames))
        elif chosen.notes:
            self.write_note(min(chosen.notes))

    def place_of(self, node: str) -> QRectF:
        """Give where a node stands, in pixels of the view, with a little room above and below."""
        box = self.mapFromScene(self.canvas.nodes[node].sceneBoundingRect()).boundingRect()
        return QRectF(box).adjusted(0, -6, 0, 6)

    def write_frame(self, frame: str, *, new: bool = False) -> None:
        """Write the title of a frame; that of one just made belongs to the step that made it."""
        if frame in self.canvas.frames:
            self.writing.title(frame, new=new)

    def write_note(self, note: str, *, new: bool = False) -> None:
        """Write a note; the text of one just made belongs to the step that made it."""
        if note in self.canvas.notes:
            self.writing.note(note, new=new)

    def connect_by_keys(self) -> None:
        """Pull a wire by keys; see `by_keys.connect`."""
        by_keys.connect(self)
