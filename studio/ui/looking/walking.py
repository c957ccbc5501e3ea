"""Leads the canvas along the walk through the flow, and the walk to what was asked for on the canvas."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from studio.project import GraphRef
from studio.ui.canvas.camera import READABLE
from studio.ui.looking.flowing import Path
from studio.ui.widgets.plain import is_seen

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.workspace import Workspace


class _Guide(QObject):
    """Keeps one walk and its canvases together."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        commands, flowing = workspace.commands, workspace.flowing
        self._action = commands["flow"]
        self._action.setCheckable(True)
        commands.when("flow", flowing.toggle)
        commands.when("walk", self.walk)
        flowing.toggled.connect(self._action.setChecked)
        workspace.walk.stepped.connect(self._step)
        workspace.document.flow_wanted.connect(self._show)
        workspace.networks.shown.connect(self._follow)

    def walk(self) -> None:
        """Open the walk at the chosen node, or at its start, with the keyboard at it."""
        networks = self._workspace.networks
        view, ref = networks.view, networks.ref
        chosen = view.selected() if view is not None else []
        if ref is not None:
            self._show(ref, chosen[0] if len(chosen) == 1 else "")
        self._workspace.walk.slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, ref: GraphRef, node: str) -> None:
        """Open the walk at a node of a graph that is shown."""
        workspace = self._workspace
        page, prefix = workspace.networks.page, workspace.flowing.prefix
        if page is None or prefix is None or page.ref != ref:
            return
        workspace.docks.show("flow")
        workspace.walk.begin(page.network, (*prefix, node) if node else None)
        at = workspace.walk.at
        if at is not None:
            self._lead(page.network, at)

    def _follow(self, _ref: GraphRef) -> None:
        """Walk through the network of another tab."""
        page, walk = self._workspace.networks.page, self._workspace.walk
        if page is not None and is_seen(walk) and walk.network != page.network:
            walk.begin(page.network)

    def _step(self, step: tuple[str, Path]) -> None:
        self._lead(*step)

    def _lead(self, network: str, path: Path) -> None:
        """Select the node of a step, bring it to the middle and light its wires."""
        workspace = self._workspace
        project, networks = workspace.document.project, workspace.networks
        way = [GraphRef("network", network)]
        for id in path[:-1]:
            node = project.graph(way[-1]).nodes[id]
            workspace.flowing.enter(way[-1], node.composite, id)
            way.append(GraphRef("composite", node.composite))
        page = networks.page
        if page is None or page.network != network:
            networks.show_graph(way[0])
            page = networks.page
        if page is None:
            return
        focus: QWidget | None = workspace.host.focusWidget()
        had_keys = focus is not None and workspace.walk.isAncestorOf(focus)
        if page.path != way:
            page.go(way)
            if had_keys:
                workspace.walk.slider.setFocus(Qt.FocusReason.OtherFocusReason)
        view, id = page.view, path[-1]
        if id not in view.canvas.nodes:
            return
        view.select([id])
        if view.camera.zoom < READABLE:
            view.camera.set_zoom(READABLE)  # near enough to read the block and see its picture
        self._centre(view, id)
        # The way into composites takes or leaves a line of room above the canvas.
        QTimer.singleShot(0, view, partial(self._centre, view, id))
        graph = view.canvas.cards.graph
        view.flow.light({*graph.into(id), *graph.out_of(id)})
        workspace.flowing.paint()

    @staticmethod
    def _centre(view: CanvasView, node: str) -> None:
        if node in view.canvas.nodes:
            view.camera.centre(view.canvas.nodes[node].body().center())


def guide(workspace: Workspace) -> None:
    """Keep the walk of a workspace and its canvases together."""
    _Guide(workspace)
