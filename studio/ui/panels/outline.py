"""The project as a tree of networks, composites and blocks: the canvas for keys and screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTreeWidgetItem, QVBoxLayout, QWidget

from studio.graph import Node
from studio.project import Change, GraphRef, Project, block_of
from studio.ui.composites import called
from studio.ui.document import Document
from studio.ui.icons import icon, live_icon
from studio.ui.panels.palette import family_icon, family_role, title_of
from studio.ui.plain import is_seen, tip
from studio.ui.text import languages, live, tr
from studio.ui.theme import SPACE_SMALL, themes
from studio.ui.tree import Tree

if TYPE_CHECKING:
    from studio.compiler import Report

MOST = 5000
"""Beyond this many blocks a graph is listed in part: the search line finds the others."""


class _Item(QTreeWidgetItem):
    """A row that knows what it stands for."""

    def __init__(self, text: str, ref: GraphRef, node: str = "") -> None:
        super().__init__([text])
        self.ref, self.node = ref, node


class Outline(QWidget):
    """Lists every block in the order data flows, with what is connected to it."""

    chosen = Signal(object, object)
    """Blocks were chosen here: the graph and their ids."""
    opened = Signal(object)
    """A graph is to be shown."""

    def __init__(self, document: Document) -> None:
        """List the project."""
        super().__init__()
        self._document = document
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        live(self.search.setPlaceholderText, "Find in the network")
        live(self.search.setAccessibleName, "Find in the network")
        action = self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        live_icon(action, "search", "muted")
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self.go_to_next)
        self.search.installEventFilter(self)
        self.tree = Tree()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setProperty("kind", "plain")
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        live(self.tree.setAccessibleName, "Outline")
        self.tree.itemSelectionChanged.connect(self._select)
        self.tree.itemActivated.connect(self._activate)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self._items: dict[tuple[GraphRef, str], _Item] = {}
        self._tops: list[_Item] = []
        self._stale = False
        document.changed.connect(self._changed)
        document.replaced.connect(self._fill)
        document.analysed.connect(self._analysed)
        languages.changed.connect(self._fill)
        themes.changed.connect(self._fill)
        self._fill()

    def show_selection(self, ref: GraphRef, ids: Sequence[str]) -> None:
        """Mark what is chosen on the canvas."""
        with QSignalBlocker(self.tree):
            self.tree.clearSelection()
            for id in ids:
                item = self._items.get((ref, id))
                if item is not None:
                    item.setSelected(True)
                    if len(ids) == 1:
                        self.tree.scrollToItem(item)

    def go_to_next(self) -> None:
        """Choose the next block that is listed, the first one behind the last."""
        listed = list(self._items.values())
        if listed:
            chosen = [place for place, item in enumerate(listed) if item.isSelected()]
            item = listed[(chosen[-1] + 1) % len(listed) if chosen else 0]
            self.tree.clearSelection()
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search line to the list by the Down key."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Down and self._items:  # type: ignore[attr-defined]  # a key
            self.tree.setFocus()
            if not self.tree.selectedItems():
                self.go_to_next()
            return True
        return super().eventFilter(watched, event)

    def seen(self) -> None:
        """List what changed while nobody looked."""
        if self._stale:
            self._fill()

    def _changed(self, change: Change, project: Project) -> None:
        if change.added or change.removed or change.wired or change.graphs:
            self._stale = True
            if is_seen(self):
                self._fill()
            return
        for ref, id in change.altered:
            item = self._items.get((ref, id))
            if item is not None:
                graph = project.graph(ref)
                item.setText(0, _line(graph.nodes[id], title_of(block_of(project, graph, graph.nodes[id]))))

    def _fill(self) -> None:
        self._stale = False
        chosen = {key for key, item in self._items.items() if item.isSelected()}
        with QSignalBlocker(self.tree):
            self.tree.clear()
            self._items.clear()
            self._tops.clear()
            project = self._document.project
            query = self.search.text().strip().lower()
            for ref in project.refs():
                top = self._branch(project, ref, query)
                self._tops.append(top)
                self.tree.addTopLevelItem(top)
            for ref in project.refs():
                self._mark(ref)
            for key in chosen:
                if key in self._items:
                    self._items[key].setSelected(True)
            self.tree.expandAll()

    def _branch(self, project: Project, ref: GraphRef, query: str) -> _Item:
        top = _Item(called(ref.name) if ref.place == "composite" else ref.name, ref)
        top.setIcon(0, icon("layout" if ref.place == "network" else "composite", "muted"))
        graph = project.graph(ref)
        order = graph.order()
        running = set(order)
        order += [node for node in graph.nodes if node not in running]
        for id in order[:MOST]:
            node = graph.nodes[id]
            block = block_of(project, graph, node)
            if query and query not in f"{node.name} {title_of(block)} {block.title}".lower():
                continue
            item = _Item(_line(node, title_of(block)), ref, id)
            item.setIcon(0, icon(family_icon(block), family_role(block)))
            feeds = ", ".join(graph.nodes[wire.target.node].name for wire in graph.out_of(id))
            if feeds:
                item.setToolTip(0, tip(tr("Feeds {names}", names=feeds)))
            top.addChild(item)
            self._items[ref, id] = item
        return top

    def _mark(self, ref: GraphRef) -> None:
        """Show which blocks have problems."""
        report = self._document.report(ref)
        if report is None:
            return
        for id in _wrong(report):
            item = self._items.get((ref, id))
            if item is not None:
                item.setIcon(0, icon("error"))

    def _analysed(self, ref: GraphRef) -> None:
        project = self._document.project
        if ref not in project.refs() or self._stale or not is_seen(self):
            self._stale = True
            return
        graph = project.graph(ref)
        report = self._document.report(ref)
        wrong = _wrong(report) if report is not None else set()
        for (where, id), item in self._items.items():
            if where == ref and id in graph.nodes:
                block = block_of(project, graph, graph.nodes[id])
                item.setIcon(
                    0, icon("error") if id in wrong else icon(family_icon(block), family_role(block))
                )

    def _select(self) -> None:
        chosen = [key for key, item in self._items.items() if item.isSelected()]
        if chosen:
            current = self.tree.currentItem()
            ref = current.ref if isinstance(current, _Item) and current.node else chosen[-1][0]
            self.chosen.emit(ref, [id for where, id in chosen if where == ref])

    def _activate(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, _Item):
            self.opened.emit(item.ref)


def _wrong(report: Report) -> set[str]:
    """Give the blocks with an error, be it of the drawing, of the plan or of the last run."""
    return {problem.node for problem in report.problems if problem.severity == "error"}


def _line(node: Node, title: str) -> str:
    return node.name if node.name.lower() == title.lower() else f"{node.name}   {title}"
