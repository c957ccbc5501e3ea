"""The project as a tree of networks, composites and blocks: the canvas for keys and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.project import Change, GraphRef, Project, block_of
from studio.ui.canvas.keys import find
from studio.ui.document import Document
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE_SMALL, themes
from studio.ui.panels.outline_rows import Key, Row, Writer, below
from studio.ui.panels.palette import title_of
from studio.ui.widgets.plain import is_seen
from studio.ui.widgets.tree import Tree
from studio.ui.words.text import languages, live, tr

MOST = 5000
"""Beyond this many blocks a graph is listed in part: the search line finds the others."""

COMMANDS = frozenset(
    """
    rename connect cut copy paste paste_wired duplicate delete delete_rejoin group ungroup unique
    bypass freeze collapse pin wire frame upstream downstream lock
    """.split()
)
"""The commands of the canvas whose keys work in the list."""

WALKS = {"walk_up": -1, "walk_down": 1, "walk_left": -1, "walk_right": 1}
"""The keys of walking: to the block before or behind, along a wire to what feeds it or is fed."""


class _Names(QStyledItemDelegate):
    """Edits the name alone, where a row also says what the block is."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(outline)
        self._outline = outline

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Give a line."""
        line = QLineEdit(parent)
        line.setMaxLength(200)
        line.setAccessibleName(tr("Name"))
        return line

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Begin with the name as it is."""
        if isinstance(editor, QLineEdit):
            editor.setText(self._outline.name_at(index))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ask for another name; the list follows the document."""
        row = self._outline.row_at(index)
        if isinstance(editor, QLineEdit) and row is not None:
            text = editor.text()
            if text.strip() and text != self._outline.name_at(index):
                self._outline.renamed.emit(row.ref, row.node, text)


class _Tree(Tree):
    """The list; keys of the canvas are commands in it."""

    pressed_key = Signal(object)
    menu_wanted = Signal(object, object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the canvas first; all others are those of a list."""
        event.setAccepted(False)
        self.pressed_key.emit(event)
        if not event.isAccepted():
            event.setAccepted(True)
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or where the keyboard is."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.currentItem() if by_key else self.itemAt(event.pos())
        if row is not None:
            place = self.visualItemRect(row).bottomLeft() + QPoint(24, 0) if by_key else event.pos()
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(place))


class Outline(QWidget):
    """Lists every block in the order of data; a block unfolds to its problems, its wires and its inside."""

    chosen = Signal(object, object)
    """Blocks were chosen here: the way to their graph, and their ids."""
    wire_chosen = Signal(object, object)
    """A wire was chosen here: the way to its graph, and the wire."""
    opened = Signal(object)
    """The thing of a `Row` is to be shown, and worked on where it is shown."""
    renamed = Signal(object, str, str)
    """A graph, or a block of it, is to have another name."""
    asked = Signal(object, str)
    """A command of the canvas is wanted: for a `Row`, its id."""
    menu_wanted = Signal(object, object)
    """The menu of a `Row` is wanted, at a place of the screen."""

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
        self.tree = _Tree()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setProperty("kind", "plain")
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setItemDelegate(_Names(self))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        live(self.tree.setAccessibleName, "Outline")
        self.tree.itemSelectionChanged.connect(self._select)
        self.tree.itemActivated.connect(self._activate)
        self.tree.itemExpanded.connect(self._unfold)
        self.tree.itemCollapsed.connect(self._shut)
        self.tree.pressed_key.connect(self._key)
        self.tree.menu_wanted.connect(self.menu_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self._items: dict[tuple[GraphRef, str], Row] = {}
        self._wrong: dict[GraphRef, dict[str, tuple[str, ...]]] = {}
        self._open: set[Key] = set()
        self._closed: set[Key] = set()
        self._filling = False
        self._stale = False
        document.changed.connect(self._changed)
        document.replaced.connect(self._replaced)
        document.analysed.connect(self._analysed)
        languages.changed.connect(self._fill)
        themes.changed.connect(self._fill)
        self._fill()

    # -- what others ask of it --------------------------------------------------------------------------

    def show_selection(self, ref: GraphRef, ids: Sequence[str]) -> None:
        """Mark what is chosen on the canvas."""
        with QSignalBlocker(self.tree):
            self.tree.clearSelection()
            for id in ids:
                item = self._items.get((ref, id))
                if item is not None:
                    item.setSelected(True)
                    if len(ids) == 1:
                        self.tree.setCurrentItem(item, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
                        self.tree.scrollToItem(item)

    def go_to_next(self) -> None:
        """Choose the next block that is listed, the first one behind the last."""
        listed = list(self._items.values())
        if listed:
            chosen = [place for place, item in enumerate(listed) if item.isSelected()]
            self.go_to(listed[(chosen[-1] + 1) % len(listed) if chosen else 0])

    def go_to(self, row: Row) -> None:
        """Choose a row and nothing else."""
        self.tree.clearSelection()
        self.tree.setCurrentItem(row)
        self.tree.scrollToItem(row)

    def current(self) -> Row | None:
        """Give the row where the keyboard is."""
        row = self.tree.currentItem()
        return row if isinstance(row, Row) else None

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """Give the row at a place of the list."""
        row = self.tree.itemFromIndex(index)
        return row if isinstance(row, Row) else None

    def name_at(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Give the name of the thing at a place of the list, as it is in the file."""
        row = self.row_at(index)
        if row is None:
            return ""
        if not row.node:
            return row.ref.name
        return self._document.project.graph(row.ref).nodes[row.node].name

    def rows(self, ref: GraphRef) -> list[Row]:
        """Give the rows of a graph's blocks at the top of the list."""
        return [row for (where, _), row in self._items.items() if where == ref]

    def seen(self) -> None:
        """List what changed while nobody looked."""
        if self._stale:
            self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search line to the list by the Down key."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Down and self._items:  # type: ignore[attr-defined]  # a key
            self.tree.setFocus()
            if not self.tree.selectedItems():
                self.go_to_next()
            return True
        return super().eventFilter(watched, event)

    # -- listing ----------------------------------------------------------------------------------------

    def _changed(self, change: Change, project: Project) -> None:
        if change.added or change.removed or change.wired or change.graphs:
            self._stale = True
            if is_seen(self):
                self._fill()
            return
        for ref, id in change.altered:
            item = self._items.get((ref, id))
            if item is not None:
                self._writer(ref).write_block(item)

    def _replaced(self) -> None:
        self._open.clear()
        self._closed.clear()
        self._fill()

    def _writer(self, ref: GraphRef) -> Writer:
        return Writer(self._document.project, ref, self._document.report(ref), self._tell)

    def _tell(self, row: Row, role: int) -> str:
        """Tell of a block, at the moment that somebody asks."""
        if row.ref not in self._document.project.refs():
            return ""
        return self._writer(row.ref).told(row, role)

    def _fill(self) -> None:
        self._stale = False
        chosen = {row.key for row in self._selected()}
        current = self.current()
        spot = current.key if current is not None else None
        with QSignalBlocker(self.tree):
            self._filling = True
            self.tree.clear()
            self._items.clear()
            self._wrong.clear()
            project = self._document.project
            query = self.search.text().strip().lower()
            for ref in project.refs():
                top = self._branch(project, ref, query)
                self.tree.addTopLevelItem(top)
                shut = top.key in self._closed or (ref.place == "composite" and top.key not in self._open)
                top.setExpanded(bool(query) or not shut)
                for row in top.children():
                    self._unfold_kept(row)
            self._filling = False
            self._choose_again(chosen, spot)

    def _branch(self, project: Project, ref: GraphRef, query: str) -> Row:
        writer = self._writer(ref)
        top = writer.title((ref,))
        for id in writer.order()[:MOST]:
            node = writer.graph.nodes[id]
            block = block_of(project, writer.graph, node)
            if query and query not in f"{node.name} {title_of(block)} {block.title}".lower():
                continue
            item = writer.block((ref,), id)
            top.addChild(item)
            self._items[ref, id] = item
        self._wrong[ref] = writer.wrong()
        return top

    def _unfold_kept(self, row: Row) -> None:
        """Unfold a row that was unfolded before the list was made anew, and what was below it."""
        if row.key in self._open:
            self._put_inside(row)
            row.setExpanded(True)
            for one in row.children():
                self._unfold_kept(one)

    def _put_inside(self, row: Row) -> None:
        """List what a block holds: its problems, its wires, and the blocks of a composite."""
        if row.filled:
            return
        row.filled = True
        writer = self._writer(row.ref)
        row.addChildren(list[QTreeWidgetItem](writer.insides(row)))
        inside = writer.opens(row)
        if inside is not None:
            writer = self._writer(inside)
            blocks = [writer.block((*row.way, inside), id) for id in writer.order()[:MOST]]
            row.addChildren(list[QTreeWidgetItem](blocks))

    def _unfold(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, Row) and not self._filling:
            self._open.add(item.key)
            self._closed.discard(item.key)
            self._put_inside(item)

    def _shut(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, Row) and not self._filling:
            self._open.discard(item.key)
            self._closed.add(item.key)

    def _selected(self) -> list[Row]:
        return [row for row in self.tree.selectedItems() if isinstance(row, Row)]

    def _choose_again(self, keys: set[Key], current: Key | None) -> None:
        """Choose what was chosen before the list was made anew."""
        wanted = keys if current is None else keys | {current}
        for row in self._find(wanted):
            row.setSelected(row.key in keys)
            if row.key == current:
                self.tree.setCurrentItem(row, 0, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _find(self, keys: set[Key]) -> list[Row]:
        """Give the rows of some keys, where they are listed."""
        found: list[Row] = []
        for key in keys:
            row = self._items.get((key[0][0], key[1])) if len(key[0]) == 1 and key[1] else None
            if row is not None and row.key == key:
                found.append(row)
                continue
            tops = (self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount()))
            heads = [top for top in tops if isinstance(top, Row) and top.way == key[0][:1]]
            found += [row for head in heads for row in _within(head, key)]
        return found

    def _analysed(self, ref: GraphRef) -> None:
        project = self._document.project
        if ref not in project.refs() or self._stale or not is_seen(self):
            self._stale = True
            return
        writer = self._writer(ref)
        before, after = self._wrong.get(ref, {}), writer.wrong()
        self._wrong[ref] = after
        altered = {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
        for row in self.rows(ref):
            if row.node in writer.graph.nodes and (row.node in altered or row.isExpanded()):
                writer.write_block(row)
        if self._told_otherwise(writer):
            self._fill()

    def _told_otherwise(self, writer: Writer) -> bool:
        """Tell whether wires and problems of unfolded blocks read otherwise now."""
        for way, node, wire, place in self._open:
            if way[-1] == writer.ref and node in writer.graph.nodes and wire is None and place < 0:
                for row in self._find({(way, node, wire, place)}):
                    lines = [(one.key, one.text(0)) for one in row.children() if one.way == way]
                    if lines != [(one.key, one.text(0)) for one in writer.insides(row)]:
                        return True
        return False

    # -- by pointer and by keys -------------------------------------------------------------------------

    def _select(self) -> None:
        chosen, current = self._selected(), self.current()
        if current is not None and current.wire is not None and current in chosen:
            self.wire_chosen.emit(current.way, current.wire)
            return
        blocks = [row for row in chosen if row.node and row.wire is None]
        if blocks:
            way = current.way if current is not None and current.node else blocks[-1].way
            self.chosen.emit(way, list(dict.fromkeys(row.node for row in blocks if row.way == way)))

    def _activate(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, Row):
            self.opened.emit(item)

    def _key(self, event: QKeyEvent) -> None:
        """Do what a key of the canvas does, with what is chosen here."""
        command, row = find(event), self.current()
        if command is None or row is None:
            return
        if command.id in WALKS:
            event.accept()
            self._walk(row, command.id)
        elif command.id == "rename" and row.wire is None and row.place < 0:
            event.accept()
            self.tree.editItem(row)
        elif command.id in COMMANDS:
            event.accept()
            self._ask(row, command.id)

    def _ask(self, row: Row, command: str) -> None:
        """Have a command done, and keep the keyboard in its place in the list."""
        after = [one.key for one in below(row)]
        key = row.key
        self._select()
        self.asked.emit(row, command)
        if self.tree.hasFocus() and not self._find({key}):
            for other in after:
                found = self._find({other})
                if found:
                    self.go_to(found[0])
                    return

    def _walk(self, row: Row, command: str) -> None:
        """Go to the block before or behind, or along a wire to what feeds it or is fed."""
        parent = row.parent() if row.is_block else (row.parent() or row).parent()
        here = row if row.is_block else row.parent()
        if not isinstance(parent, Row) or not isinstance(here, Row):
            return
        blocks = [one for one in parent.children() if one.is_block and one.way == here.way]
        step = WALKS[command]
        if command in ("walk_left", "walk_right"):
            graph = self._document.project.graph(here.ref)
            wires = graph.into(here.node) if step < 0 else graph.out_of(here.node)
            ends = [wire.source.node if step < 0 else wire.target.node for wire in wires]
            goal = next((one for end in ends[:1] for one in blocks if one.node == end), None)
        else:
            place = blocks.index(here) + step
            goal = blocks[place] if 0 <= place < len(blocks) else None
        if goal is not None:
            self.go_to(goal)


def _within(row: Row, key: Key) -> list[Row]:
    """Give the row of a key below another, looking only where it can be."""
    if row.key == key:
        return [row]
    if row.node and row.way != key[0] and len(row.way) >= len(key[0]):
        return []
    return [found for child in row.children() for found in _within(child, key)]
