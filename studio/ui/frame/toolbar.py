"""The bar at the top: file and undo at the left, device, Train and its progress, language and looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from studio.graph.text import LANGUAGES
from studio.ui.document import Document
from studio.ui.keys.actions import Actions
from studio.ui.learning.progress import Progress
from studio.ui.learning.training import Session
from studio.ui.looks.icons import live_icon
from studio.ui.looks.stylesheet import restyle
from studio.ui.looks.theme import ICON_SIZE, SPACE_SMALL, mode, themes
from studio.ui.panels.devices import DeviceCombo, Devices
from studio.ui.panels.plan import set_loop
from studio.ui.widgets.plain import tip
from studio.ui.widgets.steady import SteadyLabel
from studio.ui.words.text import fixed, language, languages, live

MODES = {"system": "As the system", "light": "Light", "dark": "Dark"}
"""The choices of looks, by the name that the settings keep."""


class TrainBar(QWidget):
    """Device, Train, Pause, Stop, and how far the run is."""

    def __init__(self, document: Document, session: Session, devices: Devices, actions: Actions) -> None:
        """Make the bar of one session."""
        super().__init__()
        self._document, self._session = document, session
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)
        self.device = DeviceCombo(devices)
        # In a small window all of it becomes narrower, instead of leaving the bar for a menu behind an arrow.
        self.device.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.device.setMinimumContentsLength(30)
        self.device.setMinimumWidth(88)
        self.device.setMaximumWidth(208)
        live(self.device.setToolTip, "Where to train")
        live(self.device.setAccessibleName, "Where to train")
        self.device.chosen.connect(lambda device: set_loop(document, "device", device))
        self.train = QPushButton()
        self.train.setProperty("kind", "primary")
        live(self.train.setText, "Train")
        live_icon(self.train, "train", "accent_text")
        self.train.clicked.connect(actions["train"].trigger)
        self.pause, self.stop = QToolButton(), QToolButton()
        self.pause.setDefaultAction(actions["pause"])
        self.stop.setDefaultAction(actions["stop"])
        for button in (self.pause, self.stop):
            button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setMinimumWidth(40)
        self.progress.setMaximumWidth(140)
        live(self.progress.setAccessibleName, "Progress of the training")
        self.said = SteadyLabel(352, 24)
        for part in (self.device, self.train, self.pause, self.stop, self.progress, self.said):
            row.addWidget(part)
        self._actions = actions
        actions["train"].changed.connect(self._show_train)
        session.ticked.connect(self._tick)
        session.state_changed.connect(self._show)
        session.ended.connect(self._show)
        document.changed.connect(lambda _change, _project: self._show_device())
        document.replaced.connect(self._show_device)
        languages.changed.connect(self._tick)
        self._show_device()
        self._show()

    def _show_device(self) -> None:
        loop = self._document.project.plan.loop
        self.device.show_device(str(loop.parameters.get("device", "auto")))

    def _show(self) -> None:
        """Show what can be done now."""
        active = self._session.active
        self._show_train()
        self.train.setVisible(not active)
        self.pause.setVisible(active)
        self.stop.setVisible(active)
        self.device.setEnabled(not active)
        live(self.device.setToolTip, "A training is under way." if active else "Where to train")
        self.progress.setVisible(active)
        self.said.setVisible(active)
        state = "warning" if self._session.state == "paused" else ""
        if self.progress.property("state") != state:
            self.progress.setProperty("state", state)
            restyle(self.progress)
        self._tick()

    def _show_train(self) -> None:
        self.train.setEnabled(self._actions["train"].isEnabled())
        self.train.setToolTip(self._actions["train"].toolTip())

    def _tick(self) -> None:
        if self._session.active:
            now = Progress.of(self._session)
            self.progress.setValue(round(1000 * now.share))
            self.said.say(*now.ever_shorter())
            self.said.setToolTip(tip(now.short()))


class Toolbar(QToolBar):
    """The tool bar of the window."""

    language_chosen = Signal(str)
    looks_chosen = Signal(str)

    def __init__(self, document: Document, session: Session, devices: Devices, actions: Actions) -> None:
        """Fill the bar."""
        super().__init__()
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        live(self.setWindowTitle, "Tools")
        for id in ("new", "open", "save", "", "undo", "redo", "", "export"):
            if id:
                self.addAction(actions[id])
            else:
                self.addSeparator()
        self._spread()
        self.train_bar = TrainBar(document, session, devices, actions)
        self.addWidget(self.train_bar)
        self._spread()
        self.language_button = _menu_button("language", "Language")
        self.language_menu = choices(self, "Language", LANGUAGES, self.language_chosen.emit, translate=False)
        self.language_button.setMenu(self.language_menu)
        self.looks_button = _menu_button("dark", "Looks")
        self.looks_menu = choices(self, "Looks", MODES, self.looks_chosen.emit, translate=True)
        self.looks_button.setMenu(self.looks_menu)
        self.addWidget(self.language_button)
        self.addWidget(self.looks_button)
        languages.changed.connect(self._show_choices)
        themes.changed.connect(self._show_choices)
        self._show_choices()

    def _spread(self) -> None:
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)

    def _show_choices(self) -> None:
        check(self.language_menu, language())
        check(self.looks_menu, mode())
        live_icon(self.looks_button, mode())


def choices(
    parent: QWidget,
    title: str,
    options: Mapping[str, str],
    chosen: Callable[[str], object],
    *,
    translate: bool,
) -> QMenu:
    """Make a menu of things of which one holds.

    Args:
        parent: who owns the menu.
        title: what the menu is called where it stands in another one.
        options: id to text.
        chosen: called with the id of the chosen one.
        translate: whether the texts are ours to translate.
    """
    menu = QMenu(parent)
    live(menu.setTitle, title)
    group = QActionGroup(menu)
    for id, text in options.items():
        action = QAction(menu)
        action.setObjectName(id)
        action.setCheckable(True)
        if translate:
            live(action.setText, text)
        else:
            fixed(action.setText, text)
        action.triggered.connect(lambda _=False, id=id: chosen(id))
        group.addAction(action)
        menu.addAction(action)
    return menu


def check(menu: QMenu, id: str) -> None:
    """Mark the choice of such a menu that holds."""
    for action in menu.actions():
        action.setChecked(action.objectName() == id)


def _menu_button(name: str, text: str) -> QToolButton:
    button = QToolButton()
    live_icon(button, name)
    live(button.setToolTip, text)
    live(button.setAccessibleName, text)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
