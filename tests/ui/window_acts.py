"""What a monkey can do in a window: any mouse and key event, any command, anywhere."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QPushButton, QWidget
from shiboken6 import Shiboken

from studio.project import Project
from studio.ui.canvas import CanvasView
from studio.ui.window import MainWindow
from tests.ui.canvas_hand import ALT, CTRL, LEFT, MIDDLE, PLAIN, RIGHT, SHIFT, Hand, Spot
from tests.ui.canvas_monkey import Monkey

MOST_IN_A_DIALOG = 14
"""After so many acts in a question it is shut."""

LEFT_OUT = {"quit", "show_log"}
"""Commands that would end the program, or start another."""

LETTERS = "abcxyz019 .,-*<&é中"
KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_F1,
    Qt.Key.Key_F2,
    Qt.Key.Key_F6,
    Qt.Key.Key_F8,
    Qt.Key.Key_F10,
    Qt.Key.Key_Menu,
)


class InWindow(Hand):
    """A hand for the canvas that is in front."""

    def __init__(self, window: MainWindow) -> None:
        self._down: set[Qt.MouseButton] = set()
        self.window = window
        self.document = window.document

    def take(self) -> bool:
        """Take the canvas that is in front; False where there is none."""
        if self.window.at_welcome or self.window.workspace.networks.view is None:
            return False
        view = self.window.workspace.networks.view
        self.view: CanvasView = view
        self.ref = view.ref
        return view.isVisible()

    def let_go(self) -> None:
        """Let every button go."""
        for button in list(self._down):
            target = self.view.viewport() if self.view is not None else self.window
            QTest.mouseRelease(target, button, PLAIN, QPoint(5, 5))
        self._down.clear()


class OnCanvas(Monkey):
    """The monkey of the canvas, aiming at what is in view."""

    def spot(self) -> Spot:
        """Choose a place that is seen."""
        view = self.hand.view
        rect = view.viewport().rect()
        for _ in range(6):
            at = super().spot()
            if rect.contains(self.hand.spot(*at)):
                return at
        inside = QPointF(self.chance.uniform(0, rect.width() - 1), self.chance.uniform(0, rect.height() - 1))
        at_scene = view.camera.to_scene(inside)
        return at_scene.x(), at_scene.y()


class Acts:
    """Does one thing after another, chosen by chance."""

    def __init__(self, window: MainWindow, seed: int, folder: Path, *, looks: bool) -> None:
        """Take a window; see `WindowMonkey`."""
        self.window = window
        self.chance = random.Random(seed)
        self.hand = InWindow(window)
        self.on_canvas = OnCanvas(self.hand, seed)
        self.on_canvas.chance = self.chance
        self.folder = folder
        self.log: deque[str] = deque(maxlen=60)
        self.done = 0
        self.opened: set[str] = set()
        self._project = Project()
        self._in_dialog = self._in_popup = 0
        self._acts: list[tuple[float, Callable[[], object]]] = [
            (0.42, self._canvas),
            (0.18, self._anywhere),
            (0.12, self._type),
            (0.1, self._command),
            (0.05, self._undo),
            (0.04, self._move),
            (0.03, self._wheel),
            (0.02, self._picture),
            (0.02, self._resize),
            (0.01, self._drop_file),
            (0.01, self._choose_dock),
        ]
        if looks:
            self._acts.append((0.005, self._other_looks))

    def _note(self, what: str) -> None:
        self.log.append(f"{self.done}: {what}")

    def _open(self) -> None:
        self._note("the project")
        self.window.document._replace(self._project, None, saved=True)
        self.window.show_project()

    def _act(self) -> None:
        dialog, popup = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if popup is not None:
            self._in_popup += 1
            if self._in_popup > 6:
                self._note(f"shut {_name(popup)}")
                popup.close()
            else:
                self._work_in(popup)
        elif isinstance(dialog, QDialog):
            self._in_popup = 0
            self._in_dialog += 1
            self.opened.add(_name(dialog))
            if self._in_dialog > MOST_IN_A_DIALOG:
                self._note(f"shut {_name(dialog)}")
                buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
                if isinstance(dialog, QMessageBox) and buttons:
                    # Whatever is asked: where shutting one question brings up another, this comes to an end.
                    self.chance.choice(buttons).click()
                else:
                    dialog.reject()
            elif isinstance(dialog, QFileDialog):
                self._answer_file(dialog)
            else:
                self._work_in(dialog)
        else:
            self._in_dialog = self._in_popup = 0
            chances, acts = zip(*self._acts, strict=True)
            (act,) = self.chance.choices(acts, chances)
            act()

    def _canvas(self) -> None:
        if self.hand.take():
            self._note("canvas")
            if self.hand.view.locked and self.chance.random() < 0.3:
                QTest.mouseClick(self.hand.view.lock_mark, LEFT)
            self.on_canvas.act()
            if self.chance.random() < 0.6:
                self.hand.let_go()
        elif self.window.at_welcome:
            self._welcome()

    def _welcome(self) -> None:
        if self.chance.random() < 0.5:
            self._open()
        else:
            self._anywhere()

    def _parts(self, top: QWidget) -> list[QWidget]:
        """Give what can be seen and pressed."""
        return [
            part
            for part in top.findChildren(QWidget)
            if part.isVisible()
            and part.isEnabled()
            and not part.isWindow()
            and (part.focusPolicy() != Qt.FocusPolicy.NoFocus or part.hasMouseTracking())
            and not part.visibleRegion().isEmpty()
        ]

    def _anywhere(self) -> None:
        self._press_in(self.window)

    def _spot_in(self, surface: QWindow) -> QPoint:
        size = surface.size()
        x, y = (self.chance.randrange(max(1, side)) for side in (size.width(), size.height()))
        return QPoint(x, y)

    def _press_in(self, top: QWidget) -> None:
        """Press at a place of a window, mostly where something is, as the window system would."""
        spot = QPoint(self.chance.randrange(max(1, top.width())), self.chance.randrange(max(1, top.height())))
        if self.chance.random() < 0.7:
            parts = self._parts(top)
            if parts:
                part = self.chance.choice(parts)
                rect = part.visibleRegion().boundingRect()
                inside = QPoint(
                    rect.left() + self.chance.randrange(max(1, rect.width())),
                    rect.top() + self.chance.randrange(max(1, rect.height())),
                )
                spot = part.mapTo(top, inside)
        surface = top.windowHandle()
        there = top.childAt(spot)
        if surface is None or not QRect(QPoint(), surface.size()).contains(spot):
            return
        if there is not None and there.objectName() == "quit":
            return
        what = self.chance.random()
        button = self.chance.choice([LEFT] * 7 + [RIGHT, MIDDLE])
        keys = self.chance.choice([PLAIN] * 6 + [SHIFT, CTRL, ALT])
        self._note(f"press {_name(there or top)} at {spot.x()},{spot.y()} {button.name} {keys.name}")
        QTest.mouseMove(surface, spot)
        if what < 0.7:
            QTest.mouseClick(surface, button, keys, spot)
        elif what < 0.8:
            QTest.mouseClick(surface, LEFT, PLAIN, spot)
            if Shiboken.isValid(surface):  # the first click may have shut a question
                QTest.mouseDClick(surface, LEFT, PLAIN, spot)
            if Shiboken.isValid(surface):
                QTest.mouseRelease(surface, LEFT, PLAIN, spot)
        else:
            other = self._spot_in(surface)
            QTest.mousePress(surface, button, keys, spot)
            for share in (0.3, 0.7, 1.0):
                QTest.mouseMove(surface, spot + (other - spot) * share)
            if self.chance.random() < 0.1:
                self._key(Qt.Key.Key_Escape, PLAIN)
            QTest.mouseRelease(surface, button, keys, other)

    def _work_in(self, top: QWidget) -> None:
        """Work in a popup or a question."""
        what = self.chance.random()
        if isinstance(top, QMenu):
            actions = [a for a in top.actions() if a.isEnabled() and a not in self._kept_away()]
            if what < 0.6 and actions:
                action = self.chance.choice(actions)
                self._note(f"menu {action.text()}")
                QTest.mouseClick(top, LEFT, PLAIN, top.actionGeometry(action).center())
            elif what < 0.8:
                self._key(self.chance.choice([Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right]), PLAIN, top)
            else:
                self._key(Qt.Key.Key_Escape, PLAIN, top)
        elif what < 0.5:
            self._press_in(top)
        elif what < 0.9:
            self._type()
        else:
            self._key(Qt.Key.Key_Escape, PLAIN, top)

    def _kept_away(self) -> list[object]:
        return [self.window.commands[id] for id in LEFT_OUT]

    def _answer_file(self, dialog: QFileDialog) -> None:
        """Name a file of the folder, or call it off; nothing else on the disk is touched."""
        if self.chance.random() < 0.5:
            name = self.chance.choice(["one.netwright", "two", "data.csv", "no such"])
            self._note(f"file {name}")
            dialog.selectFile(str(self.folder / name))
            dialog.done(QDialog.DialogCode.Accepted)
        else:
            self._note("no file")
            dialog.reject()

    def _key(self, key: Qt.Key, keys: Qt.KeyboardModifier, where: QWidget | None = None) -> None:
        target = where or QApplication.focusWidget() or self.window
        self._note(f"key {key.name} {keys.name} to {_name(target)}")
        QTest.keyClick(target, key, keys)

    def _type(self) -> None:
        target = QApplication.focusWidget() or self.window
        if self.chance.random() < 0.5:
            self._key(self.chance.choice(KEYS), self.chance.choice([PLAIN] * 5 + [SHIFT, CTRL, ALT]))
        else:
            text = "".join(self.chance.choice(LETTERS) for _ in range(self.chance.randrange(1, 4)))
            self._note(f"type {text!r} to {_name(target)}")
            for letter in text:
                target = QApplication.focusWidget() or self.window
                if letter.isascii():
                    QTest.keyClick(target, letter)  # type: ignore[call-overload]
                else:  # as an input method writes it
                    event = QInputMethodEvent()
                    event.setCommitString(letter)
                    QApplication.sendEvent(target, event)

    def _command(self) -> None:
        """Run a command by its keys, or from its menu."""
        commands = [(s, a) for s, a in self.window.commands if s.id not in LEFT_OUT and a.isEnabled()]
        spec, action = self.chance.choice(commands)
        rare = 0.95 if self.window.session.active else 0.6
        if spec.id in ("new", "open", "close", "welcome", "stop") and self.chance.random() < rare:
            return  # else most of the time goes into opening projects, and little into training
        self._note(f"command {spec.id}")
        if spec.keys and self.chance.random() < 0.5:
            target = QApplication.focusWidget() or self.window
            QTest.keySequence(target, QKeySequence(self.chance.choice(spec.keys)))
        else:
            action.trigger()

    def _undo(self) -> None:
        self._note("undo or redo")
        document = self.window.document
        _ = document.undo() if self.chance.random() < 0.6 else document.redo()

    def _move(self) -> None:
        surface = self.window.windowHandle()
        for _ in range(3):
            QTest.mouseMove(surface, self._spot_in(surface))

    def _wheel(self) -> None:
        parts = self._parts(self.window)
        if parts:
            part = self.chance.choice(parts)
            at = QPointF(part.rect().center())
            turn = QPoint(0, self.chance.choice([-240, -120, 120, 240]))
            self._note(f"wheel over {_name(part)}")
            phase = Qt.ScrollPhase.NoScrollPhase
            globally = QPointF(part.mapToGlobal(at))
            event = QWheelEvent(at, globally, QPoint(), turn, Qt.MouseButton.NoButton, PLAIN, phase, False)
            QApplication.sendEvent(part, event)

    def _picture(self) -> None:
        self.window.grab()

    def _resize(self) -> None:
        if self.window.isFullScreen():
            return
        self.window.resize(self.chance.randrange(880, 1700), self.chance.randrange(560, 1000))

    def _drop_file(self) -> None:
        data = QMimeData()
        name = self.chance.choice(["one.netwright", "data.csv", "no.netwright", "picture.png"])
        data.setUrls([QUrl.fromLocalFile(str(self.folder / name))])
        self._note(f"drop {name}")
        at = QPoint(self.chance.randrange(self.window.width()), self.chance.randrange(self.window.height()))
        target: QWidget = self.window.childAt(at) or self.window
        while not target.acceptDrops() and not target.isWindow():
            around = target.parentWidget()
            if around is None:
                break
            target = around
        self._drop(target, target.mapFrom(self.window, at) if target is not self.window else at, data)

    def _drop(self, target: QWidget, at: QPoint, data: QMimeData) -> None:
        from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent

        copy = Qt.DropAction.CopyAction
        entering = QDragEnterEvent(at, copy, data, LEFT, PLAIN)
        QApplication.sendEvent(target, entering)
        if not entering.isAccepted():
            return
        QApplication.sendEvent(target, QDragMoveEvent(at, copy, data, LEFT, PLAIN))
        if self.chance.random() < 0.3:
            QApplication.sendEvent(target, QDragLeaveEvent())
        else:
            QApplication.sendEvent(target, QDropEvent(QPointF(at), copy, data, LEFT, PLAIN))

    def _choose_dock(self) -> None:
        if not self.window.at_welcome:
            docks = self.window.workspace.docks
            id = self.chance.choice(list(self.window.workspace.panels))
            self._note(f"dock {id}")
            if self.chance.random() < 0.7:
                docks.show(id)
            else:
                docks[id].setVisible(not docks[id].isVisible())

    def _other_looks(self) -> None:
        if self.chance.random() < 0.5:
            code = self.chance.choice(["en", "zh_CN"])
            self._note(f"speak {code}")
            self.window.set_language(code)
        else:
            mode = self.chance.choice(["light", "dark"])
            self._note(f"wear {mode}")
            self.window.set_looks(mode)


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()
