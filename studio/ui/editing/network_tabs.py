"""What is done with a whole network at its tab: moved, renamed, removed, chosen for training."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from studio.graph import Message
from studio.project import edits
from studio.project.roles import bind, role_title, roles_of
from studio.ui.editing.networks import CanvasPage, Networks
from studio.ui.looks.icons import live_icon
from studio.ui.widgets.dialogs import ask_text
from studio.ui.words.text import say, tr

if TYPE_CHECKING:
    from studio.ui.window import MainWindow

LAST = Message("A project has at least one network. Add another one first.")
"""Why the only network cannot be removed."""


class NetworkTabs(QObject):
    """Listens to the tabs of the networks and to the commands of the same meaning."""

    def __init__(self, window: MainWindow, networks: Networks) -> None:
        """Offer a menu at every tab.

        Args:
            window: with the document and the commands.
            networks: the tabs.
        """
        super().__init__(networks)
        self._window, self._networks = window, networks
        self._document = window.document
        bar = networks.tabBar()
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        bar.customContextMenuRequested.connect(self._offer)
        bar.tabBarDoubleClicked.connect(lambda index: self.rename(self._at(index)))
        self._held = self._moved = False
        bar.tabMoved.connect(self._tab_moved)
        bar.installEventFilter(self)
        when = window.commands.when
        when("rename_network", lambda: self.rename(self._at(-1)))
        when("remove_network", lambda: self.remove(self._at(-1)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make a tab that was dragged one step of the history; Esc in the middle puts it back."""
        kind = event.type()
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            self._held = kind == QEvent.Type.MouseButtonPress
            if not self._held and self._moved:
                self._moved = False
                QTimer.singleShot(0, self, self._keep_order)  # once the bar itself has let go
        elif self._moved and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._moved = False
            self._let_go()
            self._networks.put_in_order()
            return True
        return super().eventFilter(watched, event)

    def _tab_moved(self) -> None:
        if self._held:
            self._moved = True
            self._networks.tabBar().setFocus(Qt.FocusReason.MouseFocusReason)  # to hear Esc

    def _let_go(self) -> None:
        """Have the bar end its drag."""
        bar, left = self._networks.tabBar(), Qt.MouseButton.LeftButton
        at = QPointF(bar.mapFromGlobal(QCursor.pos()))
        none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            bar, QMouseEvent(QEvent.Type.MouseButtonRelease, at, bar.mapToGlobal(at), left, *none)
        )

    def _keep_order(self) -> None:
        names = self._networks.order()
        if names != list(self._document.project.networks):
            self._order(names)
        if self._networks.view is not None:
            self._networks.view.setFocus()

    def _order(self, names: list[str]) -> None:
        self._document.attempt(
            Message("Move a network"), lambda project: edits.order_networks(project, names)
        )

    def shift(self, name: str, by: int) -> None:
        """Move a network some places on."""
        names = list(self._document.project.networks)
        place = names.index(name) + by
        if 0 <= place < len(names):
            names.remove(name)
            names.insert(place, name)
            self._order(names)

    def _at(self, index: int) -> str:
        """Give the network of a tab; that of the current one for none."""
        page = self._networks.widget(index) if index >= 0 else self._networks.page
        return page.network if isinstance(page, CanvasPage) else self._document.project.main()

    def menu(self, name: str) -> QMenu:
        """Make the menu of a network."""
        project = self._document.project
        menu = QMenu(self._networks)
        menu.setToolTipsVisible(True)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rename = menu.addAction(tr("Rename…"), lambda: self.rename(name))
        live_icon(rename, "rename")
        roles = [port.name for port in roles_of(project.plan.recipe)]
        for role in roles or list(project.plan.networks):
            told = Message("Train it as {role}", role=role_title(role))
            train = menu.addAction(tr("Choose it for training") if len(roles) == 1 else say(told))
            train.triggered.connect(partial(self.train, name, role))
            live_icon(train, "train")
            _allow(train, project.plan.networks.get(role) != name, tr("It is trained already."))
        names = list(project.networks)
        menu.addSeparator()
        left = menu.addAction(tr("Move to the left"), lambda: self.shift(name, -1))
        _allow(left, name != names[0], tr("It is the first."))
        right = menu.addAction(tr("Move to the right"), lambda: self.shift(name, 1))
        _allow(right, name != names[-1], tr("It is the last."))
        menu.addSeparator()
        remove = menu.addAction(tr("Remove"), lambda: self.remove(name))
        live_icon(remove, "delete")
        _allow(remove, len(project.networks) > 1, say(LAST))
        menu.addSeparator()
        menu.addAction(self._window.commands["add_network"])
        return menu

    def _offer(self, place: QPoint) -> None:
        bar = self._networks.tabBar()
        self.menu(self._at(bar.tabAt(place))).popup(bar.mapToGlobal(place))

    def rename(self, old: str) -> None:
        """Ask for another name and give it."""
        new = ask_text(self._window, Message("Rename the network"), Message("Its name:"), old)
        if new is not None and new != old:
            self._document.attempt(
                Message("Rename the network “{name}”", name=old),
                lambda project: edits.rename_network(project, old, new),
            )

    def remove(self, name: str) -> None:
        """Take a network out; undo brings it back, so nobody is asked first."""
        label = Message("Remove the network “{name}”", name=name)
        if self._document.attempt(label, lambda project: edits.remove_network(project, name)):
            self._window.status.tell(Message("“{name}” is removed. Undo brings it back.", name=name))

    def train(self, name: str, role: str) -> None:
        """Have the plan train a network in a role of its recipe."""
        self._document.attempt(
            Message("Train the network “{name}”", name=name), lambda project: bind(project, role, name)
        )


def _allow(action: QAction, enabled: bool, why: str) -> None:
    """Switch an entry on, or off with the reason."""
    action.setEnabled(enabled)
    if not enabled:
        action.setToolTip(why)
