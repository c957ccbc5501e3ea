"""A monkey for the whole window: any mouse and key event, from a seed, and what must hold after each.

It acts from a timer of the real event loop, so that questions, menus and popups are met as a person meets
them: while one is open the monkey works in it, and shuts it after a while.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from studio.project import Project, edits
from studio.project.file import dumps, loads
from studio.project.grouping import group_nodes
from studio.ui.window import MainWindow
from tests import drawing
from tests.ui.watching import Watch
from tests.ui.window_acts import Acts

PATIENCE = 20.0
"""Seconds that the window may take to be ready to train."""


def trainable(epochs: int = 4000) -> Project:
    """Draw a tiny network on the digits, with a composite beside it; it trains until it is stopped."""
    project, _ = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {"out_features": 10}), ("output", {})
    )
    project = edits.set_loop(edits.set_loop(project, "epochs", epochs), "threads", 1)
    ids = list(project.graph(drawing.MAIN).nodes)
    return group_nodes(project, drawing.MAIN, [ids[2]], name="Head")[0]


class WindowMonkey(Acts):
    """Does anything in a window, and looks after each act whether everything is as it must be."""

    def __init__(self, window: MainWindow, seed: int, folder: Path, *, looks: bool = True) -> None:
        """Take a window with a project in it.

        Args:
            window: it is shown, and its document is analysed.
            seed: of everything that is done.
            folder: where it may leave files.
            looks: put on other languages and themes too, which takes long.
        """
        super().__init__(window, seed, folder, looks=looks)
        self.watch = Watch(self.log)
        self.trained = self.checked = self.undone = 0
        self._wanted, self._train = 0, False
        self._before: list[tuple[QWidget | None, QWidget | None]] = []
        self._looked: Project | None = None
        self._text = self._start = ""
        self._loop = QEventLoop()
        window.document.replaced.connect(self._begun)

    # -- a round --------------------------------------------------------------------------------------

    def play(self, project: Project, acts: int, *, train: bool) -> None:
        """Do many things to a project, then undo them all and do them again.

        Args:
            project: what is open at the start.
            acts: how many things are done.
            train: train while they are done, as long as the monkey lets it.

        Raises:
            AssertionError: something went wrong; the last acts stand in it.
        """
        window = self.window
        with self.watch():
            if window.session.active:
                window.session.close()
            self._project = project
            self._open()
            self._wanted, self._train = self.done + acts, train
            if train:
                self._wait(lambda: window.session.obstacle() is None)
                window.workspace.train()
            self._hold()
            QTimer.singleShot(0, window, self._tick)
            self._loop.exec()
            self._hold()

    def _wait(self, until: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        latest = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < latest, "waited in vain"
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def _hold(self) -> None:
        if self.watch.wrong:
            acts = "\n  ".join(self.log)
            raise AssertionError(
                f"after {self.done} acts:\n" + "\n".join(self.watch.wrong[:3]) + f"\nthe last acts:\n  {acts}"
            )

    def _tick(self) -> None:
        if self.watch.wrong:
            self._leave()
            return
        if self.done >= self._wanted and not self._over() and not self._before:
            self._leave()
            try:
                self._end()
            except BaseException:  # noqa: BLE001  told by whoever plays
                self.watch.wrong.append(traceback.format_exc())
            self._loop.quit()
            return
        # Asked for first: an act that opens a question comes back only when that is answered.
        before = (QApplication.activeModalWidget(), QApplication.activePopupWidget())
        if self._before and self._before[-1] == before:
            QTimer.singleShot(2, self.window, self._tick)  # QTest lets events happen in the middle of an act
            return
        QTimer.singleShot(0, self.window, self._tick)
        self._before.append(before)
        self.done += 1
        self.trained += self.window.session.active
        try:
            self._act()
            self._look()
            if self._train and self.done % 10 == 0 and not self._over():
                self._train_again()
        except BaseException:  # noqa: BLE001  told by whoever plays
            self.watch.wrong.append(traceback.format_exc())
        finally:
            self._before.pop()

    def _leave(self) -> None:
        """Shut whatever is open."""
        for _ in range(5):
            popup = QApplication.activePopupWidget()
            if popup is not None:
                popup.close()
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()
            QTimer.singleShot(0, self.window, self._tick)
        elif self.watch.wrong:
            self._loop.quit()

    def _over(self) -> bool:
        """Tell whether something stands before the window."""
        return QApplication.activeModalWidget() is not None

    # -- what must hold -------------------------------------------------------------------------------

    def _begun(self) -> None:
        """Another project is open: undo leads back to this one."""
        self._start = ""
        self._looked = None

    def _look(self) -> None:
        """Check that the document can be written and read again, and is the same."""
        project = self.window.document.project
        if project is not self._looked:
            self._looked = project
            self.checked += 1
            self._text = dumps(project)
            assert dumps(loads(self._text)) == self._text, "it is another when it is read again"
        if not self._start and self.window.document.history.position == 0:
            self._start = self._text

    def _train_again(self) -> None:
        """Begin to train where the run has ended; with the project of the start where it cannot any more."""
        session = self.window.session
        if session.active:
            return
        if session.obstacle() is None and not self.window.at_welcome:
            self._note("train")
            self.window.workspace.train()
        elif self.done % 60 == 0:
            self._end()
            self._open()

    def _end(self) -> None:
        """Undo everything, and do it again."""
        document, window = self.window.document, self.window
        if window.at_welcome:
            return
        self.hand.let_go()
        if self.hand.take():
            view = self.hand.view
            view.interrupt()
            view.slide.finish()
            view.setFocus()  # what is being typed somewhere is taken over now
        self._look()
        after, position = dumps(document.project), document.history.position
        while document.undo() is not None:
            self.undone += 1
            text = dumps(document.project)
            assert dumps(loads(text)) == text
        if self._start:
            assert dumps(document.project) == self._start, "undo does not lead back to the start"
        while document.history.position < position:
            assert document.redo() is not None
        assert dumps(document.project) == after, "redo does not lead to the end"
        if self.hand.take():
            self.hand.view.slide.finish()
            self.hand.agree()


def end_deferred() -> None:
    """Let Qt delete what was given up."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
