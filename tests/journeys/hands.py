"""A person's hands and eyes: real mouse and key events at the window's surface, and patient waiting.

A click goes to the window at a place, as the window system would send it, and only where the thing that
is meant is really what lies there: a button that is hidden, covered or scrolled away cannot be clicked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from PySide6.QtCore import QEventLoop, QKeyCombination, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeySequence,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDockWidget,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from studio.ui.panels.offer import OfferList
from studio.ui.widgets.plain import Fold
from studio.ui.widgets.search_popup import SearchPopup

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

PATIENCE = 20.0
"""Seconds that a person waits for anything."""


class Hands:
    """Works on one window as a person does."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._over: QWidget = window

    # -- waiting --------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Look until something is so; fails when it is not in time."""
        latest = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < latest, f"waited {seconds:.0f} s in vain"
            # Not QTest.qWait: that keeps every other Python thread waiting too.
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def look(self) -> None:
        """Let the window do what it has to do, once."""
        QApplication.processEvents()

    # -- the mouse ------------------------------------------------------------------------------------

    def click(
        self,
        widget: QWidget,
        at: QPoint | None = None,
        *,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        """Click a widget that can be seen, in its middle or at a place of its own."""
        surface, spot = self.aim(widget, at)
        self._wake(widget)
        QTest.mouseMove(surface, spot)
        QTest.mouseClick(surface, button, keys, spot)

    def tick(self, box: QCheckBox | QRadioButton) -> None:
        """Click the mark of a check box, or of one choice of several."""
        self.bring(box)
        self.click(box, QPoint(10, box.height() // 2))

    def double_click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click twice quickly."""
        surface, spot = self.aim(widget, at)
        QTest.mouseClick(surface, LEFT, PLAIN, spot)
        QTest.mouseDClick(surface, LEFT, PLAIN, spot)
        QTest.mouseRelease(surface, LEFT, PLAIN, spot)

    def press(self, widget: QWidget, at: QPoint) -> None:
        """Press the left button."""
        surface, spot = self.aim(widget, at)
        self._wake(widget)
        QTest.mouseMove(surface, spot)
        QTest.mousePress(surface, LEFT, PLAIN, spot)

    def move(self, widget: QWidget, at: QPoint) -> None:
        """Move the pointer."""
        QTest.mouseMove(*self.aim(widget, at))

    def release(self, widget: QWidget, at: QPoint) -> None:
        """Let the left button go."""
        surface, spot = self.aim(widget, at)
        QTest.mouseRelease(surface, LEFT, PLAIN, spot)

    def drag(self, widget: QWidget, *way: QPoint) -> None:
        """Press, move along a way, and let go at its end."""
        self.press(widget, way[0])
        for at in way[1:]:
            self.move(widget, at)
        self.release(widget, way[-1])

    def aim(self, widget: QWidget, at: QPoint | None = None) -> tuple[QWindow, QPoint]:
        """Give the window of a widget and the place in it, after making sure that the widget lies there."""
        if at is None:
            self.bring(widget)
        place = at if at is not None else widget.rect().center()
        top = widget.window()
        spot = widget.mapTo(top, place)
        assert widget.isVisible(), f"{_name(widget)} is not shown"
        assert widget.isEnabled(), f"{_name(widget)} is switched off: {widget.toolTip()}"
        modal = QApplication.activeModalWidget()
        assert modal is None or modal is top or modal.isAncestorOf(top), f"{_name(widget)} is behind a dialog"
        there = top.childAt(spot) or top
        assert there is widget or widget.isAncestorOf(there), (
            f"{_name(there)} lies where {_name(widget)} was meant"
        )
        self._over = top  # PySide forgets a window's surface with the last name of the window
        return top.windowHandle(), spot

    def bring(self, widget: QWidget) -> None:
        """Bring a widget into sight: its dock to the front, its part unfolded, the form scrolled to it."""
        around: QWidget | None = widget
        areas: list[QScrollArea] = []
        folds: list[Fold] = []
        while around is not None and not isinstance(around, QDockWidget):
            if isinstance(around, QScrollArea):
                areas.append(around)
            elif isinstance(around, Fold) and not around.opened and widget is not around._button:
                folds.append(around)
            around = around.parentWidget() if not around.isWindow() else None
        if around is not None:
            self.raise_dock(around)
        for fold in reversed(folds):
            self.click(fold._button)
        for area in reversed(areas):
            area.ensureWidgetVisible(widget, 8, 8)
        self.look()

    def raise_dock(self, dock: QDockWidget) -> None:
        """Click the tab of a dock that stands behind another."""
        self.look()  # docks that were just shown stand where they will stay a moment later
        if not dock.visibleRegion().isEmpty():
            return
        for bar in self._window.findChildren(QTabBar):
            for index in range(bar.count()):
                if bar.isVisible() and bar.tabText(index) == dock.windowTitle():
                    self.click(bar, bar.tabRect(index).center())
                    self.look()
                    return
        raise AssertionError(f"There is no tab “{dock.windowTitle()}” to click")

    def choose(self, combo: QComboBox, data: object) -> None:
        """Open a list and click an entry of it; a long list of the plan is searched first."""
        self.click(combo)
        if isinstance(combo, OfferList) and isinstance(QApplication.activePopupWidget(), SearchPopup):
            popup = cast(SearchPopup, QApplication.activePopupWidget())
            QTest.keyClicks(popup.line, combo.itemText(combo.findData(data)))
            item = popup.list.currentItem()
            self.click(popup.list.viewport(), popup.list.visualItemRect(item).center())
            self.wait(lambda: QApplication.activePopupWidget() is None)
            return
        self.wait(lambda: combo.view().isVisible())
        index = combo.model().index(combo.findData(data), combo.modelColumn())
        assert index.isValid(), f"{data!r} is not in the list"
        combo.view().scrollTo(index)
        self.click(combo.view().viewport(), combo.view().visualRect(index).center())
        self.wait(lambda: not combo.view().isVisible())

    def menu(self, *path: QAction) -> None:
        """Click through the menu bar: a menu, its submenus, and an entry."""
        bar = self._window.menuBar()
        self.click(bar, bar.actionGeometry(path[0]).center())
        for action in path[1:]:
            self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
            shown = cast(QMenu, path[path.index(action) - 1].menu())
            self.wait(shown.isVisible)
            self.click(shown, shown.actionGeometry(action).center())
        self.look()

    def carry(self, tree: QTreeWidget, item: QTreeWidgetItem, to: QWidget, at: QPoint) -> None:
        """Drag an entry of a list onto another widget.

        The list begins the drag by itself, from the pointer's movement. Without a window system there is
        no drag and drop: what it would tell the widget under the pointer is told here.
        """
        begun: list[Qt.DropAction] = []
        tree.scrollToItem(item)
        start = tree.visualItemRect(item).center()
        tree.startDrag = begun.append  # type: ignore[method-assign]  # Qt calls it
        try:
            self.press(tree.viewport(), start)
            far = QApplication.startDragDistance() + 5
            for step in (QPoint(far // 2, 0), QPoint(far, 0), QPoint(far, far)):
                if not begun:
                    self.move(tree.viewport(), start + step)
        finally:
            del tree.startDrag  # the class has its own
        assert begun, "nothing was picked up"
        data, action = tree.mimeData(tree.selectedItems()), Qt.DropAction.CopyAction
        assert to.acceptDrops()
        entering = QDragEnterEvent(at, action, data, LEFT, PLAIN)
        QApplication.sendEvent(to, entering)
        assert entering.isAccepted(), "it cannot be dropped there"
        QApplication.sendEvent(to, QDragMoveEvent(at, action, data, LEFT, PLAIN))
        self.look()
        dropping = QDropEvent(QPointF(at), action, data, LEFT, PLAIN)
        QApplication.sendEvent(to, dropping)
        assert dropping.isAccepted()
        self.release(tree.viewport(), start)

    # -- the keyboard ---------------------------------------------------------------------------------

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key; it goes to whatever has the keyboard."""
        QTest.keyClick(self._surface(), key, keys)

    def shortcut(self, text: str) -> None:
        """Press a combination of keys, such as `Ctrl+Z`."""
        pressed = cast(QKeyCombination, QKeySequence(text)[0])  # type: ignore[index]  # not in its stubs
        self.key(pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text letter by letter; what no key has comes from an input method."""
        for letter in text:
            if letter.isascii():
                QTest.keyClick(self._surface(), ord(letter))
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                writing = QApplication.focusWidget()
                assert writing is not None, "nothing has the keyboard"
                QApplication.sendEvent(writing, event)

    def write(self, line: QLineEdit, text: str) -> None:
        """Put a text into a line in place of what stands there."""
        self.click(line)
        self.key(Qt.Key.Key_A, CTRL)
        if text:
            self.type(text)
        else:
            self.key(Qt.Key.Key_Delete)

    def _wake(self, widget: QWidget) -> None:
        """Give the keyboard back to a window after a popup, as a window system does by itself."""
        self.look()  # a popup that has just gone may be told of only now
        if QApplication.activeWindow() is None:
            widget.window().activateWindow()
            self.wait(lambda: QApplication.activeWindow() is not None)

    def _surface(self) -> QWindow:
        """Give the window that has the keyboard."""
        self._over = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        self._wake(self._over)
        return self._over.windowHandle()

    def _keyboard(self) -> str:
        """Tell who has the keyboard, for a test that failed."""
        held = {
            "window": QApplication.activeWindow(),
            "popup": QApplication.activePopupWidget(),
            "dialog": QApplication.activeModalWidget(),
            "widget": QApplication.focusWidget(),
        }
        return "the keyboard: " + ", ".join(
            f"{what} {_name(one) if one else '–'}" for what, one in held.items()
        )

    # -- dialogs --------------------------------------------------------------------------------------

    @contextmanager
    def answering(self, act: Callable[[QDialog], object]) -> Iterator[None]:
        """Act on the one dialog that the block brings up; fails when there is none, or when it stays."""
        trouble: list[BaseException] = []
        met: list[QWidget] = []
        timer = QTimer()
        timer.setInterval(10)

        def see() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or not dialog.isVisible():
                return
            timer.stop()
            met.append(dialog)
            try:
                act(dialog)
                assert not dialog.isVisible(), f"{_name(dialog)} stays open"
            except BaseException as error:  # noqa: BLE001  raised again outside of Qt's loop
                trouble.append(error)
                dialog.reject()

        timer.timeout.connect(see)
        timer.start()
        try:
            yield
        finally:
            timer.stop()
            timer.deleteLater()
        if trouble:
            raise trouble[0]
        assert met, f"nothing was asked; {self._keyboard()}"

    def answer(self, id: str) -> Callable[[QDialog], None]:
        """Give what clicks the button of a question that has this id."""

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, QMessageBox)
            self.click(cast(QPushButton, dialog.findChild(QPushButton, id)))

        return act

    def name_file(self, path: object) -> Callable[[QDialog], None]:
        """Give what pastes a path into a file dialog and presses Enter."""

        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog)
            line = cast(QLineEdit, dialog.findChild(QLineEdit, "fileNameEdit"))
            self.click(line)
            self.key(Qt.Key.Key_A, CTRL)
            QApplication.clipboard().setText(str(path))
            self.key(Qt.Key.Key_V, CTRL)
            if QApplication.activePopupWidget() is not None:
                self.key(Qt.Key.Key_Escape)  # the list of files that begin like this
            self.key(Qt.Key.Key_Return)
            self.look()

        return act


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = f" “{text()}”" if callable(text) else ""
    return f"{type(widget).__name__} {widget.objectName()}".strip() + said
