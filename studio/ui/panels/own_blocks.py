"""The person's own blocks in the list of blocks: rows, pictures, and where a composite is dropped."""

from __future__ import annotations

import base64
import html

from PySide6.QtCore import QBuffer, QEvent, QFileSystemWatcher, QIODevice, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QWidget

from studio.blocks import Block
from studio.project import GraphRef
from studio.project.own_library import Broken, own_library
from studio.ui.looks.icons import icon
from studio.ui.looks.theme import theme
from studio.ui.widgets.plain import tip
from studio.ui.words.text import live, say, tr

PICTURE = (240, 120)
"""How large the picture of a block's inside is, in pixels of the screen."""


class Watch(QObject):
    """Tells when the folder of the person's blocks was changed, by whomever."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        """Watch while a widget lives; it is looked at anew whenever its window comes to the front."""
        super().__init__(window)
        self._state: object = own_library().state
        self._files = QFileSystemWatcher(self)
        self._files.directoryChanged.connect(self.look)
        window.installEventFilter(self)
        self._follow()

    def look(self) -> None:
        """Look at the folder, and tell where something is otherwise than it was told last."""
        library = own_library()
        library.look()
        self._follow()
        if library.state != self._state:
            self._state = library.state
            self.changed.emit()

    def _follow(self) -> None:
        folder = own_library().folder
        if str(folder) not in self._files.directories() and folder.is_dir():
            self._files.addPath(str(folder))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when the window comes to the front."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return False


class DropPlace(QLabel):
    """Lies over the list while a composite of the canvas is held there, and says what a drop does."""

    def __init__(self, over: QWidget) -> None:
        """Make it, hidden."""
        super().__init__(over)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def invite(self, name: str) -> None:
        """Offer to keep a composite; nothing for no name."""
        over = self.parentWidget()
        if not name or over is None:
            self.hide()
            return
        tokens = theme()
        self.setStyleSheet(
            f"QLabel {{ background: {tokens.accent_soft}; color: {tokens.text};"
            f" border: 2px dashed {tokens.accent}; border-radius: 8px; padding: 12px; }}"
        )
        live(self.setText, "Drop it here to keep “{name}” among your blocks.", name=name)
        self.setGeometry(over.rect().adjusted(4, 4, -4, -4))
        self.show()
        self.raise_()

    def takes(self, at: QPoint) -> bool:
        """Tell whether a place of the screen lies over the list."""
        over = self.parentWidget()
        return over is not None and over.isVisible() and over.rect().contains(over.mapFromGlobal(at))


def broken_row(broken: Broken) -> QTreeWidgetItem:
    """Make the row of a file that is no composite: it says why and can be used for nothing."""
    name, why = broken.file.name, say(broken.reason)
    row = QTreeWidgetItem([tr("{file}: not read", file=name)])
    row.setIcon(0, icon("warning"))
    row.setToolTip(0, tip(f"{name}\n{why}"))
    row.setData(0, int(Qt.ItemDataRole.AccessibleTextRole), f"{name}: {why}")
    row.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return row


def pictured(block: Block, text: str) -> str:
    """Give a tool tip with a picture of what is inside one of the person's blocks."""
    from studio.ui.canvas.thumbnail import thumbnail  # with numpy: only when it is needed

    found = own_library().find(block.title)
    if found is None:
        return tip(text)
    dark = theme().name == "dark"
    picture = thumbnail(found.project, GraphRef("composite", found.name), *PICTURE, dark, 1.0)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(held, "PNG")
    data = base64.b64encode(held.data().data()).decode("ascii")
    return f"<p style='white-space: pre-line'>{html.escape(text)}</p><img src='data:image/png;base64,{data}'>"
