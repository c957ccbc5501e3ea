"""The sheet of all commands with their keys, which can be changed in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message
from studio.ui.keys.actions import Actions
from studio.ui.keys.keymap import CANVAS, keymap, native, portable, usable, writes
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL
from studio.ui.widgets.dialogs import close_box
from studio.ui.widgets.plain import label
from studio.ui.widgets.tree import Tree
from studio.ui.words.matching import Words, in_all_languages, score
from studio.ui.words.text import fixed, live, say, tr

_ID = Qt.ItemDataRole.UserRole


class Shortcuts(QDialog):
    """Every command with its keys; those of the chosen one are changed below the list.

    Attributes:
        search: narrows the list.
        tree: a row for each command.
        keys: where new keys are pressed.
        set: gives them to the chosen command.
        back: gives it the keys that it was made with.
        all_back: gives every command those.
    """

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        """List the commands."""
        super().__init__(parent)
        self._actions = actions
        self._texts = {spec.id: spec.text for spec, _ in actions}
        self._words = {id: in_all_languages(text) for id, text in self._texts.items()}
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(560, 640)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        live(self.search.setPlaceholderText, "Search commands or keys")
        live(self.search.setAccessibleName, "Search commands or keys")
        self.search.textChanged.connect(self._narrow)
        self.tree = self._list()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self._add_changing(column)
        gestures = label(role="muted", wrap=True)
        fixed(
            gestures.setText,
            tr(
                "On the canvas: the wheel zooms, the middle button or Space and drag moves the view, "
                "a wire is pulled from port to port, and a wire dropped on empty space offers what fits."
            ),
        )
        column.addWidget(gestures)
        foot = close_box(self)
        self.all_back = foot.addButton(tr("All as they were"), foot.ButtonRole.ResetRole)
        self.all_back.clicked.connect(lambda: keymap.reset())
        column.addWidget(foot)
        keymap.changed.connect(self._show)
        self._show()
        self.search.setFocus()

    def _list(self) -> Tree:
        tree = Tree()
        tree.setColumnCount(2)
        tree.setRootIsDecorated(False)
        tree.setHeaderLabels([tr("Command"), tr("Keys")])
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setStretchLastSection(False)
        live(tree.setAccessibleName, "Commands")
        for id, text in self._texts.items():
            row = QTreeWidgetItem([tr(text).removesuffix("…"), ""])
            row.setData(0, _ID, id)
            tree.addTopLevelItem(row)
        tree.currentItemChanged.connect(lambda *_: self._choose())
        return tree

    def _add_changing(self, column: QVBoxLayout) -> None:
        self._what = label(role="heading")
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        live(self.keys.setAccessibleName, "New keys")
        self.keys.keySequenceChanged.connect(lambda _keys: self._weigh())
        self.set = QPushButton()
        self.set.setProperty("kind", "primary")
        live(self.set.setText, "Set")
        self.set.clicked.connect(self._set)
        self.back = QPushButton()
        live(self.back.setText, "As it was")
        live_icon(self.back, "undo")
        self.back.clicked.connect(lambda: keymap.reset(self.chosen))
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.keys, 1)
        row.addWidget(self.set)
        row.addWidget(self.back)
        self.told = label(role="muted", wrap=True)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().height())
        column.addWidget(self._what)
        column.addLayout(row)
        column.addWidget(self.told)

    # -- showing --------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str:
        """The name of the chosen command; empty for none."""
        row = self.tree.currentItem()
        return str(row.data(0, _ID)) if row is not None else ""

    def choose(self, id: str) -> None:
        """Choose a command."""
        for row in self._rows():
            if row.data(0, _ID) == id:
                self.tree.setCurrentItem(row)

    def _called(self, id: str) -> str:
        return tr(self._texts[id]).removesuffix("…")

    def _rows(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(index) for index in range(self.tree.topLevelItemCount()))
        return [row for row in found if row is not None]

    def _show(self) -> None:
        for row in self._rows():
            id = str(row.data(0, _ID))
            row.setText(1, "   ".join(map(native, self._actions.keys(id))))
            for place in (0, 1):
                font = row.font(place)
                font.setBold(keymap.is_changed(id))
                row.setFont(place, font)
        self.all_back.setEnabled(keymap.any_changed())
        self._choose()

    def _narrow(self, typed: str) -> None:
        for row in self._rows():
            id = str(row.data(0, _ID))
            keys = Words(tuple(map(native, self._actions.keys(id))))
            fits = max(score(typed, self._words[id]), score(typed, keys))
            row.setHidden(bool(typed.strip()) and not fits)
        shown = [row for row in self._rows() if not row.isHidden()]
        if shown and self.tree.currentItem() not in shown:
            self.tree.setCurrentItem(shown[0])

    def _choose(self) -> None:
        id = self.chosen
        if id:
            live(self._what.setText, "Keys of “{command}”", command=self._called(id))
        else:
            live(self._what.setText, "Choose a command to change its keys")
        for widget in (self.keys, self.set, self.back):
            widget.setEnabled(bool(id))
        self.back.setEnabled(keymap.is_changed(id))
        own = self._actions.keys(id) if id else ()
        self.keys.setKeySequence(QKeySequence(own[0] if own else ""))
        self._weigh()

    # -- changing -------------------------------------------------------------------------------------

    def _pressed(self) -> str:
        return portable(self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _weigh(self) -> None:
        """Tell what setting the pressed keys would mean."""
        why, loses = self._obstacle(), self._holder()
        own = self._actions.keys(self.chosen) if self.chosen else ()
        fixed(self.told.setText, say(why) if why is not None else "")
        if why is None and loses:
            live(
                self.told.setText,
                "{keys} does “{command}” now, which would lose it.",
                keys=native(self._pressed()),
                command=self._called(loses),
            )
        new = bool(self.chosen) and why is None and tuple(map(portable, own[:1])) != _some(self._pressed())
        self.set.setEnabled(new)

    def _obstacle(self) -> Message | None:
        pressed = self._pressed()
        if not pressed:
            return None
        if not usable(pressed):
            return Message("Esc always cancels. Press other keys.")
        if writes(pressed) and not self.chosen.startswith(CANVAS):
            return Message("{keys} is needed for typing. Press it with Ctrl or Alt.", keys=native(pressed))
        return None

    def _holder(self) -> str:
        """Give the other command that has the pressed keys; empty for none."""
        pressed = self._pressed()
        known = (id for id in self._texts if id != self.chosen)
        return next((id for id in known if pressed and pressed in map(portable, self._actions.keys(id))), "")

    def _set(self) -> None:
        keymap.set(self.chosen, _some(self._pressed()))
        self.tree.setFocus()


def _some(keys: str) -> tuple[str, ...]:
    return (keys,) if keys else ()
