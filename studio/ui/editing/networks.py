"""The canvases in the middle of the window: a tab a network, and breadcrumbs into composites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QToolButton, QVBoxLayout, QWidget

from studio.graph import Message
from studio.project import Change, GraphRef, Project
from studio.project.json_text import one_line
from studio.ui.document import Document
from studio.ui.editing.composites import called
from studio.ui.keys.actions import Actions
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.widgets.plain import allow, label, tip
from studio.ui.words.text import fixed, languages

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.canvas.camera import Seen


class CanvasPage(QWidget):
    """One network and the composites that were opened from it."""

    selection_changed = Signal(object, object)
    search_requested = Signal(object, object, object)
    picture_wanted = Signal(object)
    message = Signal(object)
    moved = Signal()
    """Another graph is shown."""

    def __init__(self, document: Document, network: str) -> None:
        """Show a network.

        Args:
            document: the open project.
            network: its name.
        """
        super().__init__()
        self._document = document
        self.network = network
        self.path: list[GraphRef] = []
        self._views: dict[GraphRef, CanvasView] = {}
        self._wanted: dict[GraphRef, Seen] = {}
        self._bar = QWidget()
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(0)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(SPACE_SMALL, SPACE_TINY, SPACE_SMALL, SPACE_TINY)
        bar.addLayout(self._crumbs)
        bar.addStretch(1)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self.go([GraphRef("network", network)])
        languages.changed.connect(self._show_crumbs)

    @property
    def view(self) -> CanvasView:
        """The canvas that is shown."""
        return self._views[self.path[-1]]

    @property
    def ref(self) -> GraphRef:
        """The graph that is shown."""
        return self.path[-1]

    def go(self, path: list[GraphRef]) -> None:
        """Show the last graph of a way from the network into composites."""
        from studio.ui.canvas import CanvasView  # with numpy: only when a canvas is seen

        self.path = path
        ref = path[-1]
        if ref not in self._views:
            view = CanvasView(self._document, ref, self)
            view.selection_changed.connect(lambda ids, ref=ref: self.selection_changed.emit(ref, ids))
            view.open_composite.connect(self.enter)
            view.search_requested.connect(
                lambda place, end, view=view: self.search_requested.emit(view, place, end)
            )
            view.picture_wanted.connect(lambda view=view: self.picture_wanted.emit(view))
            view.message.connect(self.message)
            view.camera.wanted = self._wanted.pop(ref, None)
            self._views[ref] = view
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(self._views[ref])
        self._views[ref].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_crumbs()
        self.moved.emit()

    def seen(self) -> dict[GraphRef, Seen]:
        """Give what a person looks at of each graph, where that is not the first look."""
        looks = {ref: view.camera.seen() for ref, view in self._views.items()}
        return {**self._wanted, **{ref: seen for ref, seen in looks.items() if seen is not None}}

    def bring_back(self, way: list[GraphRef], seen: Mapping[GraphRef, Seen]) -> None:
        """Show graphs as they were seen before, and the last of a way into composites."""
        self._wanted = {ref: look for ref, look in seen.items() if ref not in self._views}
        for ref, view in self._views.items():
            view.look_back(seen.get(ref))
        self.go(way)

    def enter(self, composite: str) -> None:
        """Go into a composite."""
        ref = GraphRef("composite", composite)
        if ref in self._document.project.refs():
            # A composite that is already on the way is gone back to, so that the way cannot grow for ever.
            kept = self.path[: self.path.index(ref)] if ref in self.path else self.path
            self.go([*kept, ref])

    def leave(self) -> bool:
        """Go back to the graph around a composite; False when it is the network itself."""
        if len(self.path) > 1:
            self.go(self.path[:-1])
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a composite by Esc, where the canvas had no use for it."""
        if event.key() != Qt.Key.Key_Escape or not self.leave():
            super().keyPressEvent(event)

    def drop_missing(self, project: Project) -> None:
        """Leave composites that are gone."""
        refs = project.refs()
        for ref in [ref for ref in self._views if ref not in refs]:
            view = self._views.pop(ref)
            self._stack.removeWidget(view)
            view.deleteLater()
        kept = [ref for ref in self.path if ref in refs]
        if kept and kept != self.path:
            self.go(kept)

    def _show_crumbs(self) -> None:
        while self._crumbs.count():
            item = self._crumbs.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._bar.setVisible(len(self.path) > 1)
        for depth, ref in enumerate(self.path):
            if depth:
                between = label(role="muted")
                fixed(between.setText, "›")
                self._crumbs.addWidget(between)
            button = QToolButton()
            name = called(ref.name) if ref.place == "composite" else ref.name
            fixed(button.setText, one_line(name).replace("&", "&&"))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            here = depth == len(self.path) - 1
            allow(button, Message("You are here.") if here else None)
            button.clicked.connect(lambda _=False, depth=depth: self.go(self.path[: depth + 1]))
            self._crumbs.addWidget(button)


class Networks(QTabWidget):
    """A tab for each network of the open project."""

    selection_changed = Signal(object, object)
    """The graph, and the ids of the chosen nodes."""
    search_requested = Signal(object, object, object)
    """The canvas, the place in its scene, and the port that a wire was pulled from (or None)."""
    picture_wanted = Signal(object)
    """A canvas is to be taken away as a picture."""
    message = Signal(object)
    shown = Signal(object)
    """Another graph is shown."""

    def __init__(self, document: Document, actions: Actions) -> None:
        """Begin without tabs; `reload` makes them.

        Args:
            document: the open project.
            actions: with those of the canvas, which the corner offers.
        """
        super().__init__()
        self._document = document
        self._of: object = None
        self.setDocumentMode(True)
        self.setMovable(True)  # dragged by the mouse: see `network_tabs`
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, SPACE_SMALL, 0)
        row.setSpacing(0)
        for id in ("canvas.search", "canvas.arrange", "canvas.frame_all", "canvas.zoom_100"):
            button = QToolButton()
            button.setDefaultAction(actions[id])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        self.currentChanged.connect(lambda _index: self._tell())
        document.changed.connect(self._changed)
        document.replaced.connect(self.reload)

    @property
    def page(self) -> CanvasPage | None:
        """The page of the current tab."""
        page = self.currentWidget()
        return page if isinstance(page, CanvasPage) else None

    @property
    def view(self) -> CanvasView | None:
        """The canvas that is shown."""
        return self.page.view if self.page is not None else None

    @property
    def ref(self) -> GraphRef | None:
        """The graph that is shown."""
        return self.page.ref if self.page is not None else None

    def reload(self) -> None:
        """Make the tabs of the open project, where they are not its tabs already."""
        if self._of is self._document.history:
            if self.view is not None:
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tell()
            return
        self._of = self._document.history
        self.blockSignals(True)
        while self.count():
            page = self.widget(0)
            self.removeTab(0)
            if page is not None:
                page.deleteLater()
        for name in self._document.project.networks:
            self._add(name)
        self.setCurrentIndex(
            max(0, list(self._document.project.networks).index(self._document.project.main()))
        )
        self.blockSignals(False)
        self._tell()

    def show_graph(self, ref: GraphRef) -> CanvasView | None:
        """Bring a graph to the front and give its canvas."""
        if ref not in self._document.project.refs():
            return None
        if ref.place == "network":
            for index, page in enumerate(self._pages()):
                if page.network == ref.name:
                    self.setCurrentIndex(index)
                    if page.ref != ref:
                        page.go([ref])
        elif self.page is not None and self.page.ref != ref:
            self.page.enter(ref.name)
        return self.view

    def ways(self) -> dict[str, list[GraphRef]]:
        """Give the way into composites that each tab shows."""
        return {page.network: page.path for page in self._pages()}

    def seen(self) -> dict[GraphRef, Seen]:
        """Give what a person looks at of each graph; of a composite in several tabs, in the current one."""
        pages = sorted(self._pages(), key=lambda page: page is self.page)
        return {ref: seen for page in pages for ref, seen in page.seen().items()}

    def bring_back(
        self, ways: Mapping[str, list[GraphRef]], seen: Mapping[GraphRef, Seen], tab: object
    ) -> None:
        """Show the project as it was left.

        Args:
            ways: the way into composites for each network.
            seen: what was seen of each graph.
            tab: the network in front; what is none is passed over.
        """
        for index, page in enumerate(self._pages()):
            page.bring_back(ways.get(page.network, page.path), seen)
            if page.network == tab:
                self.setCurrentIndex(index)
        if self.view is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def order(self) -> list[str]:
        """Give the networks in the order of their tabs."""
        return [page.network for page in self._pages()]

    def put_in_order(self) -> None:
        """Let the tabs stand in the order of the project."""
        wanted = list(self._document.project.networks)
        for place, name in enumerate(wanted):
            order = self.order()
            if name in order and order.index(name) != place:
                self.tabBar().moveTab(order.index(name), place)

    def _pages(self) -> list[CanvasPage]:
        pages = (self.widget(index) for index in range(self.count()))
        return [page for page in pages if isinstance(page, CanvasPage)]

    def _add(self, name: str) -> None:
        page = CanvasPage(self._document, name)
        page.selection_changed.connect(self.selection_changed)
        page.search_requested.connect(self.search_requested)
        page.picture_wanted.connect(self.picture_wanted)
        page.message.connect(self.message)
        page.moved.connect(self._tell)
        # At its place in the project: one that is renamed, or back by undo, does not go to the end.
        place = list(self._document.project.networks).index(name)
        shown = one_line(name)  # a name can be 5,000 letters long, of any kind
        place = self.insertTab(min(place, self.count()), page, shown.replace("&", "&&"))
        self.setTabToolTip(place, tip(name) if shown != name else "")

    def _changed(self, change: Change, project: Project) -> None:
        if not change.graphs or not self.count():
            return
        if self.order() != list(project.networks):
            here = self.page.network if self.page is not None else ""
            for index in reversed(range(self.count())):
                page = self.widget(index)
                if isinstance(page, CanvasPage) and page.network not in project.networks:
                    self.removeTab(index)
                    page.deleteLater()
            present = {page.network for page in self._pages()}
            fresh = [name for name in project.networks if name not in present]
            for name in fresh:
                self._add(name)
            self.put_in_order()
            wanted = fresh[-1] if fresh else here
            names = [page.network for page in self._pages()]
            self.setCurrentIndex(names.index(wanted) if wanted in names else 0)
        for page in self._pages():
            page.drop_missing(project)

    def _tell(self) -> None:
        if self.ref is not None:
            self.shown.emit(self.ref)
