"""What is selected on a canvas: nodes, wires, frames and notes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from studio.graph import Wire

if TYPE_CHECKING:
    from studio.ui.canvas.scene import CanvasScene


class Selection:
    """The selected things of one canvas; the items show it.

    Attributes:
        nodes: ids of selected nodes.
        wires: selected wires.
        frames: ids of selected frames.
        notes: ids of selected notes.
        current: the node that the keyboard is at: the last one selected; empty for none.
        changed: called after the selected nodes have changed.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        """Begin with nothing selected."""
        self._canvas = canvas
        self.nodes: set[str] = set()
        self.wires: set[Wire] = set()
        self.frames: set[str] = set()
        self.notes: set[str] = set()
        self.current = ""
        self.changed: Callable[[], None] = lambda: None

    def __bool__(self) -> bool:
        """Tell whether anything is selected."""
        return bool(self.nodes or self.wires or self.frames or self.notes)

    def set(
        self,
        nodes: Collection[str] = (),
        wires: Collection[Wire] = (),
        frames: Collection[str] = (),
        notes: Collection[str] = (),
        current: str = "",
    ) -> None:
        """Select these and nothing else.

        Args:
            nodes: ids of nodes.
            wires: wires.
            frames: ids of frames.
            notes: ids of notes.
            current: the node that the keyboard is at; the one that it was at, or any, when not given.
        """
        canvas = self._canvas
        new_nodes, new_wires = set(nodes), set(wires)
        touched_nodes = (self.nodes ^ new_nodes) | {self.current}
        touched_wires = self.wires ^ new_wires
        altered = self.nodes != new_nodes
        self.nodes, self.wires = new_nodes, new_wires
        if current:
            self.current = current
        elif self.current not in new_nodes:
            self.current = next(iter(sorted(new_nodes)), "")
        canvas.show_state(touched_nodes | {self.current})
        for node in touched_nodes & canvas.nodes.keys():
            canvas.nodes[node].setZValue(1.0 if node in new_nodes else 0.0)
        for wire in touched_wires:
            if wire in canvas.wires:
                canvas.wires[wire].selected = wire in new_wires
                canvas.wires[wire].restyle()
        self.frames, self.notes = set(frames), set(notes)
        for id, frame in canvas.frames.items():
            frame.show_selected(id in self.frames)
        for id, note in canvas.notes.items():
            note.show_selected(id in self.notes)
        if altered:
            self.changed()

    def drop_node(self, node: str) -> None:
        """Forget a node that is gone."""
        if node in self.nodes:
            self.nodes.discard(node)
            self.changed()
        if self.current == node:
            self.current = ""

    def drop_wire(self, wire: Wire) -> None:
        """Forget a wire that is gone."""
        self.wires.discard(wire)

    def drop_frame(self, frame: str) -> None:
        """Forget a frame that is gone."""
        self.frames.discard(frame)

    def drop_note(self, note: str) -> None:
        """Forget a note that is gone."""
        self.notes.discard(note)
