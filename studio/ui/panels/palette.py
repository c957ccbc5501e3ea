"""Every block that can be added, by family, found by a few letters in either language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from studio.blocks import Block, every
from studio.graph import Message
from studio.project import COMPOSITE, block_of_composite
from studio.project.coding import custom_blocks, remove_code, used
from studio.project.definitions import remove_composites, uses
from studio.project.library import LIBRARY, shipped_blocks
from studio.project.own_library import OWN, own_library
from studio.ui.document import Document
from studio.ui.editing.composites import called, definition_of, told, words_of_composite
from studio.ui.keys.actions import is_enter
from studio.ui.looks.icons import NAMES, icon, live_icon
from studio.ui.looks.theme import SPACE_SMALL, colour, font, themes
from studio.ui.panels.own_blocks import DropPlace, Watch, broken_row, pictured
from studio.ui.widgets.plain import tip
from studio.ui.widgets.tree import Tree
from studio.ui.words.matching import Words, ranked, words_of
from studio.ui.words.text import languages, live, tr

MIME = "application/x-netwright-block"
"""What a dragged block is: its type, or `composite:` or `library:` and the name of a definition, as text."""

ORDER = (
    "io",
    "linear",
    "convolution",
    "pooling",
    "padding",
    "normalization",
    "activation",
    "regularization",
    "shape",
    "math",
    "combine",
    "making",
    "embedding",
    "sequence",
    "attention",
    "distance",
)
"""Families as a network is drawn: what begins it first; families that are not named here follow."""

_BLOCK = Qt.ItemDataRole.UserRole


def carried(block: Block) -> str:
    """Give the text that a dragged block is carried as."""
    return f"{block.type}:{block.title}" if definition_of(block) else block.type


def available(document: Document) -> list[Block]:
    """Give every block that the open project can use: the catalogue, its composites, and both libraries."""
    own = [block_of_composite(name, found) for name, found in document.project.composites.items()]
    place = {group: index for index, group in enumerate(ORDER)}
    known = sorted(every(), key=lambda block: place.get(block.group, len(place)))
    mine = own_library().blocks()
    return [*known, *custom_blocks(document.project), *own, *mine, *shipped_blocks()]


def block_words(block: Block) -> Words:
    """Give what a block is found by; a composite by its own name."""
    return words_of_composite(block) if definition_of(block) else words_of(block)


def family_icon(block: Block) -> str:
    """Give the name of the icon of a block's family."""
    name = f"family_{block.group}"
    return name if name in NAMES else "family_unknown"


def group_title(group: str) -> str:
    """Give a family's name in the language in use."""
    if group == OWN:
        return tr("My blocks")
    if group in (COMPOSITE, LIBRARY):
        return tr("Composites") if group == LIBRARY else tr("Composites of this project")
    if group == "custom":
        return tr("Custom")
    template = f"group {group}"
    said = tr(template)
    if said != template:
        return said
    return "Input and output" if group == "io" else group.capitalize()


def family_of(block: Block) -> str:
    """Give the family that a block is listed in."""
    return block.type if block.type in (LIBRARY, OWN) else block.group


def family_role(block: Block) -> str:
    """Give the name of the colour of a block's family."""
    return block.group if f"family_{block.group}" in NAMES else "unknown"


def title_of(block: Block) -> str:
    """Give a block's name in the language in use; a composite's is its own."""
    return called(block.title) if definition_of(block) else tr(block.title)


class _Tree(Tree):
    """The families and their blocks; a block can be dragged.

    Attributes:
        zoom: gives the zoom of the canvas that a block would be dropped on.
    """

    zoom: Callable[[], float] = staticmethod(lambda: 1.0)

    def mimeTypes(self) -> list[str]:
        """Name what is dragged."""
        return [MIME, "text/plain"]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Carry the type of the dragged block as text."""
        data = QMimeData()
        block = items[0].data(0, _BLOCK) if items else None
        if isinstance(block, Block):
            data.setData(MIME, QByteArray(carried(block).encode()))
            data.setText(carried(block))
        return data

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what is inside one of the person's own blocks beside what is told of it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            block = item.data(0, _BLOCK) if item is not None else None
            if item is not None and isinstance(block, Block) and block.type == OWN:
                item.setToolTip(0, pictured(block, _told(block)))
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter with Ctrl or Alt to the window: Qt would add the block as by Enter alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_enter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Take a block in the hand: it hangs on the pointer as it will look on the canvas."""
        items = self.selectedItems()
        block = items[0].data(0, _BLOCK) if items else None
        if not isinstance(block, Block):
            return
        from studio.ui.canvas.ghost import ghost  # with numpy: only when it is needed

        picture, middle = ghost(block, self.zoom(), self.devicePixelRatioF())
        drag = QDrag(self)
        drag.setMimeData(self.mimeData(items))
        drag.setPixmap(picture)
        drag.setHotSpot(middle.toPoint())
        drag.exec(Qt.DropAction.CopyAction)


def _told(block: Block) -> str:
    doc = told(block) if definition_of(block) else tr(block.doc)
    return tr("{doc}\nDrag it to the canvas, or press Enter.", doc=doc)


class Palette(QWidget):
    """A search line over the families of blocks."""

    chosen = Signal(str, str)
    """A block is to be added: its type, and the definition where it is a composite or of the library."""
    looked_at = Signal(object)
    """The list stands at another `Block`, or at none."""

    open_composite = Signal(str)
    """A composite of the project is to be opened."""
    own_rename_wanted = Signal(str)
    """One of the person's own blocks is to have another name."""
    own_removal_wanted = Signal(str)
    """One of them is to be taken out."""
    own_folder_wanted = Signal()
    """The folder with their files is to be shown."""

    def __init__(self, document: Document) -> None:
        """Show every block."""
        super().__init__()
        self._document = document
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        live(self.search.setPlaceholderText, "Search blocks")
        live(self.search.setAccessibleName, "Search blocks")
        action = self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        live_icon(action, "search", "muted")
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.installEventFilter(self)
        self.tree = _Tree()
        self.tree.setHeaderHidden(True)
        self.tree.setDragEnabled(True)
        self.tree.setDragDropMode(QTreeWidget.DragDropMode.DragOnly)
        self.tree.setIndentation(14)
        self.tree.setProperty("kind", "plain")
        self.tree.setExpandsOnDoubleClick(False)
        live(self.tree.setAccessibleName, "Blocks")
        self.tree.itemActivated.connect(self._activate)
        self.tree.itemClicked.connect(self._toggle)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._offer)
        self.tree.currentItemChanged.connect(lambda _now, _before: self.looked_at.emit(self.current()))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self._place = DropPlace(self)
        self.takes, self.invite = self._place.takes, self._place.invite
        self._watch = Watch(self)
        self._watch.changed.connect(self._fill)
        self._shut: set[str] = set()
        self._composites: tuple[str, ...] = ()
        document.changed.connect(lambda _change, _project: self._renew())
        document.replaced.connect(self._renew)
        languages.changed.connect(self._fill)
        themes.changed.connect(self._fill)
        self._fill()

    def current(self) -> Block | None:
        """Give the block that the list stands at; None at a family."""
        item = self.tree.currentItem()
        block = item.data(0, _BLOCK) if item is not None else None
        return block if isinstance(block, Block) else None

    def shown(self) -> list[Block]:
        """Give the blocks that are seen, in order."""
        return [item.data(0, _BLOCK) for item in self._leaves()]

    def look_again(self) -> None:
        """Show the person's own blocks as their folder is now."""
        self._watch.look()

    def show_own(self, name: str) -> None:
        """Bring one of the person's own blocks into view."""
        self.look_again()
        for item in self._leaves():
            block = item.data(0, _BLOCK)
            if isinstance(block, Block) and block.type == OWN and block.title == name:
                self.tree.setCurrentItem(item)
                self.tree.scrollToItem(item)

    def _leaves(self) -> list[QTreeWidgetItem]:
        found = []
        for index in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(index)
            if top is None:
                continue
            if top.data(0, _BLOCK) is not None:
                found.append(top)
            children = (top.child(place) for place in range(top.childCount()))
            found += [child for child in children if child is not None]
        return found

    def _renew(self) -> None:
        if self._own() != self._composites:
            self._fill()

    def _own(self) -> tuple[str, ...]:
        """Give what the project itself brings: its composites, and the code of its custom blocks."""
        project = self._document.project
        return (*project.composites, *(text for pair in project.custom.items() for text in pair))

    def _fill(self) -> None:
        self._composites = self._own()
        for index in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(index)
            if top is not None and top.childCount():
                name = str(top.data(0, _BLOCK + 1))
                (self._shut.discard if top.isExpanded() else self._shut.add)(name)
        self.tree.clear()
        query = self.search.text()
        blocks = ranked(query, available(self._document), block_words)
        if query.strip():
            found = [self._leaf(block) for block in blocks]
            self.tree.addTopLevelItems(found)
            if found:
                self.tree.setCurrentItem(found[0])
            else:
                nothing = QTreeWidgetItem([tr("No block is called that.")])
                nothing.setFlags(Qt.ItemFlag.NoItemFlags)
                self.tree.addTopLevelItem(nothing)
            return
        groups: dict[str, list[Block]] = {}
        for block in blocks:
            groups.setdefault(family_of(block), []).append(block)
        if own_library().broken():
            groups.setdefault(OWN, [])
        for group, members in groups.items():
            top = QTreeWidgetItem([group_title(group)])
            top.setData(0, _BLOCK + 1, group)
            top.setFont(0, font(12, bold=True))
            top.setForeground(0, colour("muted"))
            top.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            for block in members:
                top.addChild(self._leaf(block))
            if group == OWN:
                top.addChildren([broken_row(one) for one in own_library().broken()])
            self.tree.addTopLevelItem(top)
            top.setExpanded(group not in self._shut)

    def _leaf(self, block: Block) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title_of(block)])
        item.setData(0, _BLOCK, block)
        item.setIcon(0, icon(family_icon(block), family_role(block)))
        item.setToolTip(0, tip(_told(block)))
        return item

    def _activate(self, item: QTreeWidgetItem) -> None:
        block = item.data(0, _BLOCK)
        if isinstance(block, Block):
            self.chosen.emit(block.type, definition_of(block))
        else:
            item.setExpanded(not item.isExpanded())

    def menu(self, block: Block) -> QMenu:
        """Make the menu of a block: a composite of the project can be opened, and removed while unused."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add = menu.addAction(
            tr("Add it to the canvas"), lambda: self.chosen.emit(block.type, definition_of(block))
        )
        live_icon(add, "add")
        if block.code is not None:
            called = block.title
            edit = menu.addAction(tr("Edit the code…"), lambda: self._document.code_wanted.emit(called))
            live_icon(edit, "code")
            menu.addSeparator()
            forget = menu.addAction(tr("Remove"), lambda: self._remove_code(called))
            live_icon(forget, "delete")
            forget.setEnabled(not used(self._document.project, called))
            if not forget.isEnabled():
                forget.setToolTip(tip(tr("It is drawn in this project. Delete its blocks first.")))
        if block.type == COMPOSITE:
            name = block.title
            enter = menu.addAction(tr("Open the composite"), lambda: self.open_composite.emit(name))
            live_icon(enter, "composite")
            menu.addSeparator()
            remove = menu.addAction(tr("Remove"), lambda: self._remove(name))
            live_icon(remove, "delete")
            places = [f"{ref.name} › {node.name}" for ref, node in uses(self._document.project, name)]
            remove.setEnabled(not places)
            if places:
                remove.setToolTip(tip(tr("It is used at {places}.", places=", ".join(places[:5]))))
        if block.type == OWN:
            menu.addSeparator()
            mine = block.title
            rename = menu.addAction(tr("Rename…"), lambda: self.own_rename_wanted.emit(mine))
            live_icon(rename, "rename")
            live_icon(menu.addAction(tr("Open folder"), self.own_folder_wanted.emit), "open")
            menu.addSeparator()
            live_icon(menu.addAction(tr("Remove"), lambda: self.own_removal_wanted.emit(mine)), "delete")
        return menu

    def _offer(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        block = item.data(0, _BLOCK) if item is not None else None
        if isinstance(block, Block):
            self.menu(block).popup(self.tree.viewport().mapToGlobal(place))

    def _remove_code(self, name: str) -> None:
        label = Message("Remove the Python block “{name}”", name=name)
        self._document.attempt(label, lambda project: remove_code(project, name))

    def _remove(self, name: str) -> None:
        label = Message("Remove the composite “{name}”", name=name)
        self._document.attempt(label, lambda project: remove_composites(project, [name]))

    def _toggle(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            item.setExpanded(not item.isExpanded())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys and Enter of the search line work in the list below it."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            current = self.tree.currentItem()
            if is_enter(event) and current is not None and self.search.text():
                self._activate(current)
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        leaves = self._leaves()
        current = self.tree.currentItem()
        place = leaves.index(current) if current in leaves else -1 if by > 0 else len(leaves)
        if leaves:
            self.tree.setCurrentItem(leaves[max(0, min(place + by, len(leaves) - 1))])
