"""The docks of the window: which panel stands where, how they are moved, remembered and called up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDockWidget,
    QFrame,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QToolBar,
    QWidget,
)

from studio.graph import Message
from studio.ui.words.text import live

LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea

STATE_VERSION = 5
"""Raised when docks come or go, so that a remembered order of another version is not used."""


@dataclass(frozen=True)
class Place:
    """One dock: its permanent id, its title, and where it stands at first."""

    id: str
    title: str
    area: Qt.DockWidgetArea


PLACES = (
    Place("palette", "Blocks", LEFT),
    Place("outline", "Outline", LEFT),
    Place("inspector", "Inspector", RIGHT),
    Place("help", "Help", RIGHT),
    Place("problems", "Problems", BOTTOM),
    Place("analysis", "Analysis", BOTTOM),
    Place("code", "Code", BOTTOM),
    Place("data", "Data", BOTTOM),
    Place("training", "Training", BOTTOM),
    Place("flow", "Data flow", BOTTOM),
    Place("evaluation", "Evaluation", BOTTOM),
    Place("runs", "Runs", BOTTOM),
    Place("lesson", "Lesson", LEFT),
)
"""Every dock in its first order; those of one area stand behind each other as tabs."""

NARROWEST, LOWEST = 240, 120
"""The least room that a panel at the bottom is given; of one that needs more, a part is seen at a time."""

FIRST = ("palette", "inspector", "training")
"""The docks that are in front at first."""


class _Bare(QWidget):
    """Stands in place of a title that the tab of the dock says already."""

    def sizeHint(self) -> QSize:
        """Take no room."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Take no room."""
        return QSize(0, 0)


class _Room(QScrollArea):
    """A panel that is scrolled sideways in a dock too narrow for it, instead of lying over its neighbour."""

    def __init__(self, panel: QWidget) -> None:
        """Hold a panel."""
        super().__init__()
        self._panel = panel
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(panel)
        self.setWidget(panel)  # and hear of its events, see `eventFilter`
        # What is behind opaque parts counts as unseen: a dock would not know that it is in front.
        self.viewport().setAutoFillBackground(False)
        panel.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """Ask for a little room only."""
        return QSize(NARROWEST, min(self._panel.minimumSizeHint().height(), LOWEST))

    def sizeHint(self) -> QSize:
        """Take what the panel wishes for."""
        return self._panel.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel all the room there is."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the panel needs more or less."""
        if watched is self._panel and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # Not by `widgetResizable`: that gives a panel whose height follows its width more than it needs.
        room, needed = self.maximumViewportSize(), self._panel.minimumSizeHint()
        if needed.width() > room.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        if self._height(max(needed.width(), room.width())) > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        width = max(needed.width(), room.width())
        self._panel.resize(QSize(width, max(self._height(width), room.height())))

    def _height(self, width: int) -> int:
        """Give the least height of the panel at a width: its texts may need more lines than in a wide one."""
        least, layout = self._panel.minimumSizeHint().height(), self._panel.layout()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return max(least, layout.minimumHeightForWidth(width))


class Docks(QObject):
    """Makes and keeps the docks of one window."""

    seen = Signal(str)
    """A dock came to the front: its id."""

    def __init__(self, window: QMainWindow, make: Callable[[str], QWidget]) -> None:
        """Make every dock at its first place.

        Args:
            window: whose docks they are.
            make: gives the panel of a dock by its id.
        """
        super().__init__(window)
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        self._titles = QTimer(self)
        self._titles.setSingleShot(True)
        self._titles.timeout.connect(self._mend_titles)
        options = QMainWindow.DockOption
        window.setDockOptions(
            options.AnimatedDocks
            | options.AllowNestedDocks
            | options.AllowTabbedDocks
            | options.GroupedDragging
        )
        for area in (LEFT, RIGHT, BOTTOM):
            window.setTabPosition(area, QTabWidget.TabPosition.North)
        corner = Qt.Corner
        window.setCorner(corner.BottomLeftCorner, BOTTOM)
        window.setCorner(corner.BottomRightCorner, RIGHT)
        first: dict[Qt.DockWidgetArea, QDockWidget] = {}
        for place in PLACES:
            dock = self._add(place, make(place.id))
            window.addDockWidget(place.area, dock)
            if place.area in first:
                window.tabifyDockWidget(first[place.area], dock)
            first.setdefault(place.area, dock)
            dock.show()  # Qt itself would show it only after the next layout
        window.resizeDocks([self._docks["palette"]], [248], Qt.Orientation.Horizontal)
        window.resizeDocks([self._docks["inspector"]], [336], Qt.Orientation.Horizontal)
        low = min(332, window.height() * 2 // 5)  # most of a small window is for the canvas
        window.resizeDocks([self._docks["problems"]], [low], Qt.Orientation.Vertical)
        self._raise_first()
        # Putting docks back one by one leaves tab bars of Qt behind; a state is put back whole.
        self._first = self.save()
        # A window that is not shown yet keeps the bars of every step; Qt shows those again that it uses.
        for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.hide()
        self._later()

    def __getitem__(self, id: str) -> QDockWidget:
        """Give a dock by its id."""
        return self._docks[id]

    def toggles(self) -> list[QAction]:
        """Give an action for each dock that shows and hides it."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def arrange(self) -> None:
        """Put every dock to its first place and size."""
        self.restore(self._first)
        for dock in self._docks.values():
            dock.show()
        self._raise_first()

    def _raise_first(self) -> None:
        for id in FIRST:
            self._docks[id].raise_()

    def show(self, id: str) -> None:
        """Bring a dock to the front, open where it was closed."""
        self._docks[id].show()
        self._docks[id].raise_()

    def in_front(self, id: str) -> bool:
        """Tell whether a dock is seen, not behind another one."""
        return self._docks[id].isVisible() and not self._docks[id].visibleRegion().isEmpty()

    def set_title(self, id: str, template: str, **values: object) -> None:
        """Give a dock another title, such as one with a count."""
        live(self._docks[id].setWindowTitle, template, **values)

    def set_visible(self, shown: Iterable[str]) -> None:
        """Show these docks and hide all others."""
        wanted = set(shown)
        for id, dock in self._docks.items():
            dock.setVisible(id in wanted)

    def shown(self) -> list[str]:
        """Give the docks that are open, those behind others too."""
        return [id for id, dock in self._docks.items() if not dock.isHidden()]

    def save(self) -> bytes:
        """Give where everything stands, for the settings."""
        return bytes(self._window.saveState(STATE_VERSION).data())

    def restore(self, state: bytes) -> bool:
        """Put everything where it stood; a damaged state changes nothing and gives False."""
        # The tool bar is part of a state, and shown or hidden by the page: a state has no say in that.
        bars = [(tools, tools.isHidden()) for tools in self._window.findChildren(QToolBar)]
        # Qt reads lengths from the text: one that cannot be a state is not shown to it.
        left = self._tab_bars()
        done = 16 < len(state) < 1 << 20 and self._window.restoreState(state, STATE_VERSION)
        fresh = [bar for bar in self._tab_bars() if bar not in left]
        for bar in left if fresh else ():
            # Qt makes bars anew and leaves the old ones to be seen below them.
            bar.hide()
        for tools, hidden in bars:
            tools.setHidden(hidden)
        self._later()
        return done

    def _tab_bars(self) -> list[QTabBar]:
        """Give the bars of docks that stand behind each other, as far as they are shown."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [bar for bar in bars if not bar.isHidden()]

    def _add(self, place: Place, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(self._window)
        dock.setObjectName(place.id)
        live(dock.setWindowTitle, place.title)
        dock.setWidget(_Room(panel) if place.area == BOTTOM else panel)
        dock.topLevelChanged.connect(self._later)
        dock.dockLocationChanged.connect(self._later)
        dock.visibilityChanged.connect(self._later)
        dock.visibilityChanged.connect(lambda seen: self.seen.emit(place.id) if seen else None)
        # Qt names the buttons of its title bar once, in the language of that time.
        for button, said in (("qt_dockwidget_floatbutton", "Float"), ("qt_dockwidget_closebutton", "Close")):
            made = dock.findChild(QAbstractButton, button)
            if isinstance(made, QAbstractButton):
                live(made.setToolTip, said)
                live(made.setAccessibleName, said)
        self._docks[place.id] = dock
        return dock

    def _later(self, *_: object) -> None:
        self._titles.start(0)

    def _mend_titles(self) -> None:
        """Show a title bar only where no tab says the title: a dock alone, or floating by itself."""
        for dock in self._docks.values():
            tabbed = bool(self._window.tabifiedDockWidgets(dock)) and not dock.isFloating()
            bare = isinstance(dock.titleBarWidget(), _Bare)
            if tabbed and not bare:
                dock.setTitleBarWidget(_Bare(dock))
            elif not tabbed and bare:
                old = dock.titleBarWidget()
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]  # Qt's own bar again
                old.deleteLater()


def counted(title: str, errors: int, warnings: int) -> tuple[str, dict[str, object]]:
    """Give a title with how much there is behind it."""
    total = errors + warnings
    return ("{title} ({count})", {"title": Message(title), "count": total}) if total else (title, {})
