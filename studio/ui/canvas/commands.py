"""Everything that keys and menus do on a canvas; each edit is one step of the history with a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QGuiApplication

from studio.blocks import find
from studio.graph import Message, Wire
from studio.graph.arranging import GAP
from studio.graph.layout import COLUMN, GRID, Frame, Note, Position
from studio.project import COMPOSITE, Project, block_of_composite, edits
from studio.project.clipboard import copy_text, paste_text
from studio.project.library import LIBRARY, add_block, shipped_blocks
from studio.project.looks import mark_nodes
from studio.project.own_library import OWN, own_library
from studio.project.trust import declared
from studio.ui.canvas import by_keys, editing
from studio.ui.canvas.decor import HEADER
from studio.ui.canvas.geometry import HEAD, WIDTH
from studio.ui.canvas.ghost import ghost_card
from studio.ui.canvas.pinning import tell_pinned
from studio.ui.editing import bypass
from studio.ui.editing.composites import spoken
from studio.ui.editing.renaming import free_name
from studio.ui.words.text import say, tr

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

FAST = 5
"""How many steps of the grid the arrows move with Shift."""

FRAME_ROOM = 24.0
"""Room between a frame and the nodes in it."""


class Commands:
    """The commands of one canvas, on what is selected there."""

    def __init__(self, view: CanvasView) -> None:
        """Act on a view."""
        self._view = view

    # -- what is selected -------------------------------------------------------------------------------

    def nodes(self) -> list[str]:
        """Give the selected nodes in the order of the document."""
        chosen = self._view.canvas.selection.nodes
        return [node for node in self._view.canvas.nodes if node in chosen]

    def _name(self, node: str) -> str:
        return self._view.canvas.cards.graph.nodes[node].name

    def _label(self, one: str, many: str, nodes: list[str]) -> Message:
        """Name a step after the one node that it concerns, or after their number."""
        if len(nodes) == 1:
            return Message(one, name=self._name(nodes[0]))
        return Message(many, count=len(nodes))

    def _do(self, label: Message, edit: Callable[[Project], Project], merge_key: str = "") -> bool:
        """Apply an edit; nodes whose place was never written down stay where they are shown."""
        view = self._view
        shown = view.canvas.positions()
        return view.document.attempt(
            label, lambda project: edit(editing.placed(project, view.ref, shown)), merge_key
        )

    def select_all(self) -> None:
        """Select every node."""
        canvas = self._view.canvas
        canvas.selection.set(canvas.nodes.keys(), frames=canvas.frames.keys(), notes=canvas.notes.keys())

    def invert(self) -> None:
        """Select what is not selected."""
        canvas, chosen = self._view.canvas, self._view.canvas.selection
        chosen.set(
            canvas.nodes.keys() - chosen.nodes,
            frames=canvas.frames.keys() - chosen.frames,
            notes=canvas.notes.keys() - chosen.notes,
        )

    def select_upstream(self) -> None:
        """Select everything that feeds the selection."""
        self._view.canvas.selection.set(self._view.canvas.cards.graph.upstream(self.nodes()))

    def select_downstream(self) -> None:
        """Select everything that the selection feeds."""
        self._view.canvas.selection.set(self._view.canvas.cards.graph.downstream(self.nodes()))

    # -- taking away ------------------------------------------------------------------------------------

    def delete(self, *, rejoin: bool = False) -> None:
        """Take the selection off the canvas; with `rejoin`, its neighbours are joined."""
        chosen, ref = self._view.canvas.selection, self._view.ref
        nodes, wires = self.nodes(), set(chosen.wires)
        frames, notes = set(chosen.frames), set(chosen.notes)
        if not chosen:
            return
        if nodes and rejoin:
            label = self._label("Delete “{name}” and rejoin", "Delete {count} blocks and rejoin", nodes)
        elif nodes:
            label = self._label("Delete “{name}”", "Delete {count} blocks", nodes)
        elif wires:
            label = (
                Message("Delete a wire")
                if len(wires) == 1
                else Message("Delete {count} wires", count=len(wires))
            )
        else:
            label = Message("Delete a frame") if frames else Message("Delete a note")

        def edit(project: Project) -> Project:
            return editing.without(
                project, ref, nodes=nodes, wires=wires, frames=frames, notes=notes, rejoin=rejoin
            )

        if self._do(label, edit) and wires and not nodes:
            by_keys.come_back(self._view)

    def delete_and_rejoin(self) -> None:
        """Take the selected nodes out and join what fed them to what they fed."""
        self.delete(rejoin=True)

    # -- copying ----------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected nodes and the wires among them on the clipboard, as text."""
        nodes = self.nodes()
        if nodes:
            view = self._view
            project = editing.placed(view.document.project, view.ref, view.canvas.positions())
            QGuiApplication.clipboard().setText(copy_text(project, view.ref, nodes))

    def cut(self) -> None:
        """Copy the selected nodes and take them off the canvas."""
        nodes, ref = self.nodes(), self._view.ref
        if nodes:
            self.copy()
            self._do(
                self._label("Cut out “{name}”", "Cut out {count} blocks", nodes),
                lambda project: editing.without(project, ref, nodes=nodes),
            )

    def paste(self, *, wired: bool = False) -> None:
        """Put what the clipboard's text describes where the pointer is, or in the middle of the view.

        Args:
            wired: also wire the copies to what fed the originals.
        """
        view = self._view
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            view.message.emit(Message("There is nothing to paste."))
            return
        made: list[str] = []

        def edit(project: Project) -> Project:
            project, ids = paste_text(project, view.ref, text, incoming=wired)
            made.extend(ids)
            goal = self._gathered(project, ids, view.aim())
            return edits.move_nodes(project, view.ref, goal)

        label = Message("Paste with incoming wires") if wired else Message("Paste")
        if self._do(label, edit):
            view.select(made)

    def _gathered(self, project: Project, ids: list[str], middle: QPointF) -> dict[str, Position]:
        """Put nodes round a point, placed to each other as they were."""
        positions = project.layout_of(self._view.ref).positions
        places = {node: positions.get(node, (0.0, 0.0)) for node in ids}
        if not places:
            return {}
        left, right = min(x for x, _ in places.values()), max(x for x, _ in places.values()) + WIDTH
        top, bottom = min(y for _, y in places.values()), max(y for _, y in places.values()) + HEAD
        dx, dy = middle.x() - (left + right) / 2, middle.y() - (top + bottom) / 2
        return {node: (x + dx, y + dy) for node, (x, y) in places.items()}

    def duplicate(self) -> None:
        """Copy the selected nodes beside themselves, where nothing stands."""
        nodes, view = self.nodes(), self._view
        made: list[str] = []
        if not nodes:
            return
        offset = view.canvas.field.clear_of_all(nodes, aside=view.canvas.cards.down)

        def edit(project: Project) -> Project:
            project, ids = edits.duplicate_nodes(project, view.ref, nodes, offset)
            made.extend(ids)
            return project

        if self._do(self._label("Duplicate “{name}”", "Duplicate {count} blocks", nodes), edit):
            view.select(made)
            view.camera.reveal(view.canvas.nodes[made[0]].body())

    # -- adding -----------------------------------------------------------------------------------------

    def add(
        self, kind: str, at: QPointF | None = None, composite: str = "", *, wire: Wire | None = None
    ) -> str | None:
        """Add a block.

        Args:
            kind: its type.
            at: where its middle goes; when not given, behind the node that is selected, else in the middle
                of the view, where nothing stands.
            composite: the definition, when `kind` is `composite`, or `library` for one that it brings along.
            wire: a wire to put it into, making room.

        Returns:
            The new node's id; None when it was refused.
        """
        view, ref = self._view, self._view.ref
        height = self._height(kind, composite)
        if at is None:
            x, y = self._next_place(height)
        else:
            x, y = at.x() - WIDTH / 2, at.y() - height / 2
        heights = view.canvas.heights()
        made: list[str] = []

        def edit(project: Project) -> Project:
            project, node = add_block(project, ref, kind, (x, y), composite)
            made.append(node)
            if wire is not None and wire in project.graph(ref).wires:
                project = editing.inserted(project, ref, node, wire, {**heights, node: height}, (x, y))
            return project

        name = spoken(composite) if composite else Message(view.title(kind))
        if not self._do(Message("Add {block}", block=name), edit):
            return None
        view.select(made)
        view.camera.reveal(view.canvas.nodes[made[0]].body())
        return made[0]

    def _height(self, kind: str, composite: str) -> float:
        """Give how high a block will be."""
        definition, down = self._view.document.project.composites.get(composite), self._view.canvas.cards.down
        if kind == COMPOSITE and definition is not None:
            return ghost_card(block_of_composite(composite, definition), down=down).shape.height
        kept = {OWN: own_library().blocks, LIBRARY: shipped_blocks}.get(kind, list)
        shipped = {block.title: block for block in kept()}
        own = find(kind) or declared(self._view.document.project.custom, kind)
        block = shipped.get(composite, own)
        return ghost_card(block, down=down).shape.height if block is not None else HEAD

    def _next_place(self, height: float) -> Position:
        """Give a free place for a node: blocks that are added one after another come to stand in a row."""
        view, canvas = self._view, self._view.canvas
        here = canvas.selection.current
        if canvas.selection.nodes == {here}:
            left, top, _, bottom = canvas.field.box(here)
            down = canvas.cards.down
            x, y = (left, bottom + GAP["down"]) if down else (left + COLUMN, (top + bottom - height) / 2)
            return canvas.field.free_place(x, y, height, aside=down)
        middle = view.camera.to_scene(QPointF(view.viewport().rect().center()))
        return canvas.field.free_place(middle.x() - WIDTH / 2, middle.y() - height / 2, height)

    def frame(self) -> None:
        """Draw a titled frame round the selected nodes."""
        view, canvas = self._view, self._view.canvas
        bounds = canvas.field.bounds(self.nodes())
        if bounds is None:
            view.message.emit(Message("Select the blocks that the frame is to go round."))
            return
        left, top, right, bottom = bounds
        frame = Frame(
            editing.fresh("frame", canvas.frames),
            tr("Frame"),
            left - FRAME_ROOM,
            top - FRAME_ROOM - HEADER,
            right - left + 2 * FRAME_ROOM,
            bottom - top + 2 * FRAME_ROOM + HEADER,
        )
        if self._do(Message("Add a frame"), lambda p: editing.with_frame(p, view.ref, frame)):
            canvas.selection.set(frames={frame.id})
            view.write_frame(frame.id, new=True)

    def note(self) -> None:
        """Stick a note where the pointer is."""
        view = self._view
        at = view.aim()
        x, y = edits.snap((at.x(), at.y()))
        note = Note(editing.fresh("note", view.canvas.notes), "", x, y)
        if self._do(Message("Add a note"), lambda project: editing.with_note(project, view.ref, note)):
            view.canvas.selection.set(notes={note.id})
            view.write_note(note.id, new=True)

    def rename(self, node: str, text: str) -> None:
        """Give a node another name, of its own where it is taken; an empty one is none."""
        if text.strip():
            ref, document = self._view.ref, self._view.document
            name = free_name(document, ref, node, text)
            if name == self._name(node):
                return
            document.attempt(
                Message("Rename “{old}” to “{new}”", old=self._name(node), new=name),
                lambda project: edits.rename_node(project, ref, node, name),
            )

    # -- changing ---------------------------------------------------------------------------------------

    def toggle(self, field: Literal["bypassed", "frozen"]) -> None:
        """Switch a flag of the selected nodes."""
        self._toggle(field, self.nodes())

    def _toggle(self, field: Literal["bypassed", "frozen"], nodes: list[str]) -> None:
        ref = self._view.ref
        words: Mapping[str, tuple[str, str]] = {
            "bypassed": ("Bypass “{name}”", "Bypass {count} blocks"),
            "frozen": ("Freeze “{name}”", "Freeze {count} blocks"),
        }
        if nodes:
            label = self._label(*words[field], nodes)
            self._do(label, lambda project: editing.toggled(project, ref, nodes, field))

    def bypass(self) -> None:
        """Let the selected nodes pass their input through, or compute again; those that cannot, say why."""
        view, cards = self._view, self._view.canvas.cards
        chosen = [cards.graph.nodes[id] for id in self.nodes()]
        if not all(node.bypassed for node in chosen):
            report = view.document.report(view.ref)
            refused = {node.id: bypass.refusal(node, cards.block(node), report) for node in chosen}
            why = next(((id, said) for id, said in refused.items() if said is not None), None)
            if why is not None:
                self._say_at(*why)
            chosen = [node for node in chosen if refused[node.id] is None]
        self._toggle("bypassed", [node.id for node in chosen])

    def _say_at(self, node: str, why: Message) -> None:
        """Say at a node why something cannot be done with it."""
        view = self._view
        place = view.place_of(node)
        view.bubble.tell(say(why), place.center(), "error", place)
        view.message.emit(why)

    def freeze(self) -> None:
        """Keep the weights of the selected nodes from being trained, or let them be trained again."""
        self.toggle("frozen")

    def collapse(self) -> None:
        """Draw the selected nodes small, or large again."""
        nodes, ref = self.nodes(), self._view.ref
        if nodes:
            label = self._label("Collapse “{name}”", "Collapse {count} blocks", nodes)
            self._do(label, lambda project: mark_nodes(project, ref, "collapsed", nodes))

    def enable_wires(self) -> None:
        """Disable the selected wires, or enable them again."""
        ref, wires = self._view.ref, set(self._view.canvas.selection.wires)
        if wires:
            on = not any(wire.enabled for wire in wires)
            if len(wires) == 1:
                label = Message("Enable a wire") if on else Message("Disable a wire")
            elif on:
                label = Message("Enable {count} wires", count=len(wires))
            else:
                label = Message("Disable {count} wires", count=len(wires))
            self._do(label, lambda project: editing.enabled(project, ref, wires))

    def nudge(self, dx: float, dy: float, *, fast: bool = False) -> None:
        """Move the selection by one step of the grid, or by several."""
        view, ref, canvas = self._view, self._view.ref, self._view.canvas
        nodes, chosen, step = self.nodes(), self._view.canvas.selection, GRID * (FAST if fast else 1)
        if not chosen.nodes and not chosen.frames and not chosen.notes:
            return
        fixed = canvas.cards.pinned.intersection(nodes)
        if fixed:
            tell_pinned(view, fixed)
            nodes = [node for node in nodes if node not in fixed]
            if not nodes and not chosen.frames and not chosen.notes:
                return
        goal = {node: (x + dx * step, y + dy * step) for node, (x, y) in self._at(nodes).items()}
        frames = {id: _moved(canvas.frames[id].box(), dx * step, dy * step) for id in chosen.frames}
        notes = {id: _moved(canvas.notes[id].box(), dx * step, dy * step) for id in chosen.notes}
        if nodes:
            label = self._label("Move “{name}”", "Move {count} blocks", nodes)
        else:
            label = Message("Move a frame") if chosen.frames else Message("Move a note")
        key = f"nudge {ref} {sorted(nodes)} {sorted(frames)} {sorted(notes)}"
        self._do(
            label,
            lambda project: editing.with_boxes(edits.move_nodes(project, ref, goal), ref, frames, notes),
            key,
        )
        view.speak_current()

    def _at(self, nodes: Iterable[str]) -> dict[str, Position]:
        return {node: self._view.canvas.position(node) for node in nodes}

    def walk(self, direction: Literal["left", "right", "up", "down"]) -> None:
        """Go to the next node: along the wires where data flows, to the nearest one to both sides of it."""
        canvas = self._view.canvas
        here, graph = canvas.selection.current, canvas.cards.graph
        back, on = ("up", "down") if canvas.cards.down else ("left", "right")
        if here not in canvas.nodes:
            goal = by_keys.end_of(self._view, direction) or self._view.nearest_to_middle()
        elif direction in (back, on):
            wires = graph.into(here) if direction == back else graph.out_of(here)
            ends = [w.source.node if direction == back else w.target.node for w in wires]
            goal = ends[0] if ends else None
        else:
            x, y = canvas.position(here)
            sign = -1.0 if direction in ("up", "left") else 1.0
            others = {n: canvas.position(n) for n in canvas.nodes if n != here}
            # How far it is to the side that was asked for, and how far off that line.
            ways = {n: (at[0] - x, at[1] - y) for n, at in others.items()}
            if not canvas.cards.down:
                ways = {n: (dy, dx) for n, (dx, dy) in ways.items()}
            ahead = {n: way for n, way in ways.items() if way[0] * sign > 0}
            goal = min(ahead, key=lambda n: abs(ahead[n][0]) + 2 * abs(ahead[n][1]), default=None)
        if goal is not None:
            self._view.go_to(goal)


def _moved(box: QRectF, dx: float, dy: float) -> editing.Box:
    return box.x() + dx, box.y() + dy, box.width(), box.height()
