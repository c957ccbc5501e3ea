"""The outline at work: what is chosen, asked and written there happens on the canvas of its graph."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF

from studio.graph import Message, Wire
from studio.project import COMPOSITE, GraphRef, block_of_composite, edits
from studio.project.definitions import remove_composites, rename_composite
from studio.ui.canvas import by_keys
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.keys import BY_ID, run
from studio.ui.canvas.locking import refused
from studio.ui.canvas.menus import menu_for
from studio.ui.editing import connecting
from studio.ui.editing.networks import CanvasPage
from studio.ui.panels.outline_rows import Row

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.workspace import Workspace


class Outlining(QObject):
    """Connects the outline with the canvases.

    Attributes:
        following: whether the canvas follows a choice in the outline just now.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Listen to the outline of a workspace."""
        super().__init__(workspace)
        self._space, self._document, self._outline = workspace, workspace.document, workspace.outline
        self.following = False
        self._outline.chosen.connect(self._choose)
        self._outline.wire_chosen.connect(self._choose_wire)
        self._outline.opened.connect(self._open)
        self._outline.renamed.connect(self._rename)
        self._outline.asked.connect(self._ask)
        self._outline.menu_wanted.connect(self._menu)

    def _look_at(self, way: tuple[GraphRef, ...]) -> CanvasView | None:
        """Bring a graph to the front by the way that leads to it, without taking the keyboard away."""
        networks, typing = self._space.networks, self._outline.tree.hasFocus()
        if not all(ref in self._document.project.refs() for ref in way):
            return None
        if way[0].place == "composite":
            networks.show_graph(way[-1])
        else:
            if networks.page is None or networks.page.network != way[0].name:
                networks.show_graph(way[0])
            page = networks.page
            if isinstance(page, CanvasPage) and page.ref != way[-1]:
                page.go(list(way))
        if typing:
            self._outline.tree.setFocus()
        return networks.view

    def _choose(self, way: tuple[GraphRef, ...], ids: list[str]) -> None:
        """Follow a choice in the outline without taking the keyboard from it."""
        self.following = True
        try:
            view = self._look_at(way)
            if view is not None:
                view.select(ids)
                if len(ids) > 1:
                    view.frame_selection()
                elif ids:
                    view.go_to(ids[0])
        finally:
            self.following = False

    def _choose_wire(self, way: tuple[GraphRef, ...], wire: Wire) -> None:
        self.following = True
        try:
            view = self._look_at(way)
            if view is not None:
                by_keys.go_to_wire(view, wire)
        finally:
            self.following = False

    def _open(self, row: Row) -> None:
        """Go to the canvas, inside where it is a composite."""
        view = self._look_at(row.way)
        if view is None:
            return
        if row.wire is not None:
            by_keys.go_to_wire(view, row.wire)
        elif row.node:
            view.go_to(row.node)
        view.setFocus()
        node = self._document.project.graph(row.ref).nodes.get(row.node)
        if row.is_block and node is not None and node.type == COMPOSITE:
            view.open_current()

    def _rename(self, ref: GraphRef, node: str, text: str) -> None:
        view = self._space.networks.view
        if node and view is not None and view.ref == ref:
            if not refused(view):
                view.commands.rename(node, text)
        elif not node and ref.place == "network":
            self._document.attempt(
                Message("Rename the network “{name}”", name=ref.name),
                lambda project: edits.rename_network(project, ref.name, text),
            )
        elif not node:
            self._document.attempt(
                Message("Rename the composite “{name}”", name=ref.name),
                lambda project: rename_composite(project, ref.name, text),
            )

    def _ask(self, row: Row, command: str) -> None:
        """Do a command of the canvas with what is chosen."""
        if not row.node:
            if command == "delete":
                self._remove(row.ref)
            return
        view = self._space.networks.view
        if view is None or view.ref != row.ref:
            view = self._look_at(row.way)
        if view is None:
            return
        if command == "connect" and len(view.canvas.selection.nodes) < 2:
            if not refused(view):
                self._connect(view, row)
            return
        run(view, BY_ID[command])

    def _remove(self, ref: GraphRef) -> None:
        """Take a whole network or composite out; undo brings it back."""
        if ref.place == "network":
            self._space.network_tabs.remove(ref.name)
        else:
            label = Message("Remove the composite “{name}”", name=ref.name)
            self._document.attempt(label, lambda project: remove_composites(project, [ref.name]))

    def _connect(self, view: CanvasView, row: Row) -> None:
        """Have the ends of a wire chosen in lists; a wire that is chosen is led elsewhere."""
        tree = self._outline.tree
        at = tree.viewport().mapToGlobal(tree.visualItemRect(row).bottomLeft())
        connecting.ask(view, partial(self._space.choose_in_list, tree), at, row.node, row.wire)

    def _menu(self, row: Row, at: QPoint) -> None:
        if not row.node:
            if row.ref.place == "network":
                self._space.network_tabs.menu(row.ref.name).popup(at)
            else:
                definition = self._document.project.composites[row.ref.name]
                self._space.palette_.menu(block_of_composite(row.ref.name, definition)).popup(at)
            return
        if row.wire is None and not row.isSelected():
            self._outline.go_to(row)
        view = self._look_at(row.way)
        if view is None:
            return
        if row.wire is not None and row.wire in view.canvas.wires:
            by_keys.go_to_wire(view, row.wire)
            self._pop(view, Hit("wire", wire=row.wire), QPointF(*view.canvas.wires[row.wire].way.middle), at)
        elif row.node in view.canvas.nodes:
            middle = view.canvas.nodes[row.node].body().center()
            self._pop(view, Hit("node", node=row.node), middle, at)

    def _pop(self, view: CanvasView, found: Hit, middle: QPointF, at: QPoint) -> None:
        view.choose_for_menu(found)
        menu = menu_for(view, found, middle)
        menu.setParent(self._outline, menu.windowFlags())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.triggered.connect(lambda *_: view.setFocus() if view.hands.gesture is not None else None)
        menu.popup(at)
