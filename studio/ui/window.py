"""The main window: everything put together, every action given its meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QDragEnterEvent, QDropEvent, QIcon, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from studio.blocks import Trouble
from studio.graph import Message
from studio.graph.text import ASSETS
from studio.project import GraphRef
from studio.project.journal import recoverable
from studio.ui.document import Document
from studio.ui.editing.history_menu import HistoryMenu
from studio.ui.editing.network_tabs import LAST
from studio.ui.files import closing
from studio.ui.files.dropping import Dropping
from studio.ui.files.filing import Filing
from studio.ui.files.recovery import offer
from studio.ui.files.remembering import Remembered
from studio.ui.frame.statusline import StatusLine
from studio.ui.frame.toolbar import Toolbar
from studio.ui.frame.tour import Tour
from studio.ui.frame.welcome import Welcome
from studio.ui.frame.zen import Zen
from studio.ui.jobs import Jobs
from studio.ui.keys.actions import MENUS, Actions, Menu
from studio.ui.keys.keymap import keymap
from studio.ui.learning import trials
from studio.ui.learning.notice import Notice
from studio.ui.learning.training import Session
from studio.ui.looks import theme
from studio.ui.looks.icons import live_icon
from studio.ui.panels.devices import Devices
from studio.ui.safety.faults import Faults
from studio.ui.safety.guard import guard_overrides
from studio.ui.settings import Settings
from studio.ui.teaching.ladder import Ladder
from studio.ui.teaching.templates import Templates
from studio.ui.widgets.banner import Banners
from studio.ui.widgets.pages import Pages
from studio.ui.widgets.plain import folds
from studio.ui.words.text import fixed, live, set_language

if TYPE_CHECKING:
    from studio.ui.workspace import Workspace


FOLDS = "folds"
"""The setting with the parts of forms that were opened or shut."""


NO_PROJECT = Message("Open or begin a project first.")
AT_WELCOME = Message("This is the welcome page.")
NO_RUN = Message("No training is under way.")
ENDING = Message("The training is ending after its step.")
"""Why actions are off."""

ALWAYS = ("new", "templates", "open", "quit", "full_screen", "shortcuts", "show_log", "about")
"""What can be done without a project too."""


class MainWindow(QMainWindow):
    """One window with one project."""

    painted = Signal()
    """The window was painted for the first time."""

    def __init__(self, settings: Settings, faults: Faults | None = None) -> None:
        """Make the window with its welcome page; the rest of it comes when a project is shown.

        Args:
            settings: what is remembered between starts.
            faults: where mistakes of the program itself are caught.
        """
        super().__init__()
        self.settings = settings
        keymap.follow(settings)
        self.jobs = Jobs()
        self.document = Document(begin=False)
        self.devices = Devices(self)
        self.session = Session(self.document, self.devices, self.jobs)
        self.notice = Notice(self, self.session)
        self.commands = Actions(self)
        self.banners = Banners()
        self.filing = Filing(self, self.document, settings, self.banners)
        self.filing.may_replace = lambda: (
            closing.may_leave_code(self) and closing.may_leave_run(self, self.session)
        )
        self.ladder = Ladder(settings)
        self.welcome = Welcome(settings, self.ladder, self.thumbnail)
        self.workspace_: Workspace | None = None
        self.templates = Templates(self)
        self.zen = Zen(self)
        self.tour = Tour(self)
        self.dropping = Dropping(self)
        self._stack = Pages()
        self._stack.currentChanged.connect(self._stack.updateGeometry)
        self._stack.addWidget(self.welcome)
        self._build()
        self._connect(faults or Faults(self))
        # Owned by the window, and the last to go: what shows them is gone by then.
        for owned in (self.session, self.document):
            owned.setParent(self)
        self._painted = False
        self._closing = False
        self._show_title()
        self._show_undo()
        self.show_welcome()

    # -- pages ------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The canvases and the docks, made when they are first needed."""
        if self.workspace_ is None:
            from studio.ui.workspace import Workspace  # with numpy: not before the first paint

            guard_overrides()
            self.workspace_ = Workspace(self)
            self._stack.addWidget(self.workspace_)
            folds.take(self.settings.get(FOLDS))
            folds.changed.connect(self._keep_folds)
            self.remembered = Remembered(self.document, self.workspace_.networks)
            self.filing.leaving.connect(self.remembered.keep)
            self._fill_menus()
        return self.workspace_

    def show_welcome(self) -> None:
        """Show the first page, with nothing else around it."""
        if self.workspace_ is not None:
            self.tour.end()
            self.zen.leave()
            self.workspace_.leave()
        self.welcome.refresh()
        self._stack.setCurrentWidget(self.welcome)
        self.toolbar.hide()
        self.statusBar().hide()
        self._allow()
        self.welcome.new_button.setFocus()

    def show_project(self) -> None:
        """Show the open project."""
        workspace = self.workspace
        self._stack.setCurrentWidget(workspace)
        self.toolbar.show()
        self.statusBar().show()
        workspace.enter()
        self.remembered.bring_back()
        self._allow()

    @property
    def at_welcome(self) -> bool:
        """Whether the first page is shown."""
        return self._stack.currentWidget() is self.welcome

    # -- parts ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowIcon(QIcon(str(ASSETS / "icon.svg")))
        self.setMinimumSize(880, 560)
        self.setAcceptDrops(True)
        self.menus: dict[Menu, QMenu] = {}
        for name, text in MENUS.items():
            menu = self.menuBar().addMenu("")
            live(menu.setTitle, text)
            menu.setToolTipsVisible(True)
            self.menus[name] = menu
        self.toolbar = Toolbar(self.document, self.session, self.devices, self.commands)
        self.addToolBar(self.toolbar)
        self.history_menu = HistoryMenu(self.document, self)
        self.status = StatusLine(self.document, self.devices)
        self.setStatusBar(self.status)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(page)
        self._fill_menus()
        if not (self.settings.geometry and self.restoreGeometry(self.settings.geometry)):
            self.resize(1360, 860)

    def _fill_menus(self) -> None:
        for name, menu in self.menus.items():
            self.commands.fill(menu, name)
        edit, redo = self.menus["edit"], self.commands["redo"]
        after = edit.actions()[edit.actions().index(redo) + 1]
        edit.insertMenu(after, self.history_menu)
        view = self.menus["view"]
        view.addMenu(self.toolbar.language_menu)
        view.addMenu(self.toolbar.looks_menu)
        if self.workspace_ is not None:
            view.addSeparator()
            for action in self.workspace_.docks.toggles():
                view.addAction(action)
            view.addAction(self.commands["reset_docks"])

    def _connect(self, faults: Faults) -> None:
        actions, filing, session = self.commands, self.filing, self.session
        actions.refused.connect(self.status.tell)
        for id, slot in {
            "new": filing.new,
            "templates": self.templates.choose,
            "save_template": self.templates.save,
            "open": filing.open,
            "welcome": self.show_welcome,
            "save": filing.save,
            "save_as": filing.save_as,
            "close": self._close_project,
            "quit": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "train": lambda: self.workspace.train(),
            "pause": session.toggle_pause,
            "stop": session.stop,
            "trials": lambda: trials.show(self),
            "commands": lambda: self.workspace.show_commands(),
            "show_log": lambda: closing.show_log(self),
            "zen": self.zen.toggle,
            "tour": self.tour.start,
            "full_screen": self._toggle_full_screen,
            "shortcuts": lambda: closing.show_shortcuts(self),
            "about": lambda: closing.show_about(self),
        }.items():
            actions.when(id, slot)
        self.welcome.new.connect(filing.new)
        self.welcome.open.connect(filing.open)
        self.welcome.open_path.connect(filing.open_path)
        self.welcome.template.connect(filing.from_template)
        self.welcome.gallery.connect(self.templates.choose)
        filing.opened.connect(self.show_project)
        filing.told.connect(self.status.tell)
        self.toolbar.language_chosen.connect(self.set_language)
        self.toolbar.looks_chosen.connect(self.set_looks)
        self.document.warned.connect(lambda why: self.banners.show_banner("warned", "warning", why))
        self.document.title_changed.connect(self._show_title)
        self.document.changed.connect(lambda _change, _project: self._show_undo())
        self.document.replaced.connect(self._show_undo)
        session.state_changed.connect(self._allow)
        faults.happened.connect(self.tell_fault)
        self.document.analysis.broke.connect(
            lambda details: faults.report("The analysis of the network failed.", details)
        )

    # -- what the window does itself ------------------------------------------------------------------------

    def set_language(self, code: str) -> None:
        """Speak another language, now and after the next start."""
        set_language(code)
        self.settings.language = code

    def set_looks(self, chosen: str) -> None:
        """Wear another theme, now and after the next start."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and chosen in ("light", "dark", "system"):
            theme.apply(app, chosen)  # type: ignore[arg-type]  # narrowed by the line above
            self.settings.theme = chosen

    def _toggle_full_screen(self) -> None:
        """Fill the screen, or be a window again as large as before."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def tell_fault(self, summary: str, details: str) -> None:
        """Tell that the program itself made a mistake, without stopping anybody."""
        self.banners.show_banner(
            "fault",
            "error",
            Message("Something went wrong inside Netwright. Your work is kept. ({summary})", summary=summary),
            [
                (Message("Copy details"), lambda: QApplication.clipboard().setText(details)),
                (Message("Show the log file"), lambda: closing.show_log(self)),
            ],
        )

    def tell_plugin(self, trouble: Trouble) -> None:
        """Tell that the blocks of a package are not there."""
        self.banners.show_banner(
            f"plugin {trouble.name}",
            "warning",
            trouble.message,
            [(Message("Copy details"), lambda: QApplication.clipboard().setText(trouble.details))],
        )

    def look_for_lost_edits(self) -> None:
        """Offer what a crash left behind, once it is found."""
        self.jobs.start(
            lambda _job: recoverable(),
            lambda found: offer(self, found),  # type: ignore[arg-type]  # what the work gave
            lambda why, details: self.tell_fault(str(why), details),
            "recovery",
        )

    def _undo(self) -> None:
        label = self.document.undo()
        if label is not None:
            self.status.tell(Message("Undone: {label}", label=label))

    def _redo(self) -> None:
        label = self.document.redo()
        if label is not None:
            self.status.tell(Message("Done again: {label}", label=label))

    def _keep_folds(self) -> None:
        self.settings.set(FOLDS, folds.kept())

    def _close_project(self) -> None:
        if self.filing.close():
            self.show_welcome()

    def _show_title(self) -> None:
        path = self.document.path
        if self.at_welcome:
            fixed(self.setWindowTitle, "Netwright")
        else:
            name: object = path.name if path is not None else Message("Untitled")
            live(self.setWindowTitle, "{name}[*] — Netwright", name=name)
        self.setWindowModified(self.document.modified and not self.at_welcome)
        self.setWindowFilePath(str(path) if path is not None else "")

    def _show_undo(self) -> None:
        history, actions = self.document.history, self.commands
        labels, done = history.labels(), history.position
        closed = NO_PROJECT if self.at_welcome else None
        undo = closed or (None if history.can_undo else Message("There is nothing to undo."))
        redo = closed or (None if history.can_redo else Message("There is nothing to do again."))
        actions.enable("undo", undo is None, undo)
        actions.enable("redo", redo is None, redo)
        if history.can_undo:
            actions.rename("undo", "Undo: {label}", label=labels[done - 1])
        else:
            actions.rename("undo", "Undo")
        if history.can_redo:
            actions.rename("redo", "Redo: {label}", label=labels[done])
        else:
            actions.rename("redo", "Redo")

    def _allow(self) -> None:
        """Switch actions on and off by what makes sense now."""
        session, active = self.session, self.session.state in ("running", "paused")
        closed = NO_PROJECT if self.at_welcome else None
        why = {spec.id: closed for spec, _ in self.commands if spec.id not in ALWAYS}
        ending = ENDING if session.active else NO_RUN
        several = len(self.document.project.networks) > 1
        why["train"] = closed or session.obstacle()
        why["pause"] = why["stop"] = closed or (None if active else ending)
        why["remove_network"] = closed or (None if several else LAST)
        why["welcome"] = AT_WELCOME if self.at_welcome else None
        for id, reason in why.items():
            self.commands.enable(id, reason is None, reason)
        live_icon(self.commands["pause"], "resume" if session.state == "paused" else "pause")
        self._show_undo()
        self._show_title()

    def thumbnail(self, project: Path, width: int, height: int, dark: bool) -> QPixmap | None:
        """Draw the first network of a project file; None where it cannot be read."""
        from studio.ui.canvas import thumbnail  # with numpy: after the first paint

        opened = closing.quietly_read(project)
        if opened is None:
            return None
        return thumbnail(opened, GraphRef("network", opened.main()), width, height, dark)

    # -- what Qt tells ------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first painting; heavy things begin only after it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Look at the file when the window comes to the front."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.filing.check_disk()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dropped on the window: what they are good for is said once they are."""
        if self.dropping.takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project, or offer what a file is good for."""
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it is
        event.accept()
        self.dropping.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once, then end everything that runs."""
        may = self._closing or (
            closing.may_leave_code(self) and closing.may_close(self, self.document, self.session, self.filing)
        )
        if not may:
            event.ignore()
            return
        self.shut_down(keep_edits=False)
        event.accept()

    def shut_down(self, *, keep_edits: bool = True) -> bool:
        """End the run, the work and the analysis without asking.

        Args:
            keep_edits: leave what is not saved for the next start; not so where a person chose to lose it.

        Returns:
            Whether every thread ended in time.
        """
        if self._closing:
            return True
        self._closing = True
        self.zen.leave()
        self.settings.geometry = bytes(self.saveGeometry().data())
        if self.workspace_ is not None and not self.at_welcome:
            self.workspace_.remember()
            self.remembered.keep()
        over = self.session.close()
        over = self.jobs.close(1.0) and over
        return self.document.close(keep_edits=keep_edits) and over


def popup_place(widget: QWidget) -> QPoint:
    """Give where a popup goes: at the pointer where that is over the widget, else in its middle."""
    at = QCursor.pos()
    inside = widget.rect().contains(widget.mapFromGlobal(at))
    return at if inside else widget.mapToGlobal(widget.rect().center())
