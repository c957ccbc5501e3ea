"""New, open, save and close as a person does them: asked before anything is lost, told when it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.graph import Message
from studio.project.atomic import backup_of
from studio.project.file import SUFFIX
from studio.project.gallery import Template
from studio.project.journal import Recovery
from studio.project.own_templates import every_template
from studio.ui.document import Document
from studio.ui.settings import Settings
from studio.ui.widgets.banner import Banners
from studio.ui.widgets.dialogs import CANCEL, ask
from studio.ui.words.text import language, tr


class Filing(QObject):
    """Moves the document between the window and the disk."""

    opened = Signal()
    """A project is open now: new, from a template, or from a file."""
    leaving = Signal()
    """The open project is about to be put away, and nothing keeps it any more."""
    told = Signal(object)
    """Something was done that a line of text is enough for: a `Message`."""

    def __init__(self, window: QWidget, document: Document, settings: Settings, banners: Banners) -> None:
        """Serve a window.

        Args:
            window: dialogs stand before it.
            document: the open project.
            settings: remembers the recent files.
            banners: where lasting news is shown.
        """
        super().__init__(window)
        self._window, self._document = window, document
        self._settings, self._banners = settings, banners
        # A run belongs to the project that it began with.
        self.may_replace: Callable[[], bool] = lambda: True
        self._opening: Path | None = None
        self.template: Template | None = None
        """The template that the open project began with; None for one from a file, or a blank one."""
        self.variant = ""
        """Which further project of the template that was; empty for its own one."""
        document.save_failed.connect(self._save_failed)
        document.failed.connect(self._refused)

    # -- beginning --------------------------------------------------------------------------------------

    def new(self) -> bool:
        """Begin a blank project."""
        if not self._let_go():
            return False
        self._document.new()
        self._began()
        return True

    def from_template(self, template: Template | str, variant: str = "") -> bool:
        """Begin with a template or one of its further projects.

        Args:
            template: the template, or its id or key.
            variant: the name of a further project; empty for its own one.
        """
        if isinstance(template, str):
            known = every_template(language()).templates
            found = next((one for one in known if template in (one.key, one.id)), None)
        else:
            found = template
        file = None if found is None else found.variant(variant) if variant else found.project
        if file is None or not self._let_go() or not self._document.new(file):
            return False
        self._began(found, variant)
        return True

    def open(self) -> bool:
        """Ask for a file and open it."""
        kinds = tr("Netwright projects (*{suffix})", suffix=SUFFIX)
        path, _ = QFileDialog.getOpenFileName(self._window, tr("Open a project"), self._folder(), kinds)
        return bool(path) and self.open_path(Path(path))

    def open_path(self, path: Path) -> bool:
        """Open a file."""
        path = Path(path)
        if not self._let_go():
            return False
        self._opening = path
        try:
            if not self._document.open(path):
                return False
        finally:
            self._opening = None
        self._settings.add_recent(path)
        self._settings.set("folder", str(path.parent))
        self._began()
        if self._document.read_only:
            self._banners.show_banner(
                "read-only",
                "warning",
                Message(
                    "“{name}” is open in another window. Changes made here can be saved under another name.",
                    name=path.name,
                ),
                [(Message("Save as…"), self.save_as)],
            )
        return True

    def open_backup(self, path: Path) -> bool:
        """Open the version before of a file that cannot be read; it is saved under a name of its own."""
        if not self._let_go() or not self._document.open_copy(path):
            return False
        self._began()
        return True

    def recover(self, found: Recovery) -> bool:
        """Go on with edits that a crash left behind."""
        if not self._let_go():
            return False
        self._document.recover(found)
        self._began()
        return True

    def close(self) -> bool:
        """Put the project away; the window asks before anything is lost."""
        return self._let_go() and self._document.new()

    # -- saving -------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save; asks for a name where there is none, and before another's changes are overwritten."""
        if self._document.path is None:
            return self.save_as()
        if self._document.changed_on_disk() and not self._may_overwrite():
            return False
        return self._saved(self._document.save())

    def save_as(self) -> bool:
        """Ask for a name and save under it."""
        known = self._document.path
        begin = str(known if known is not None else self._unused_name())
        kinds = tr("Netwright projects (*{suffix})", suffix=SUFFIX)
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Save the project"), begin, kinds)
        if not path:
            return False
        place = Path(path)
        if place.suffix != SUFFIX:
            place = place.with_name(place.name + SUFFIX)
            if place.exists() and not self._may_replace_file(place):
                return False
        if not self._saved(self._document.save_as(place)):
            return False
        self._settings.add_recent(place)
        self._settings.set("folder", str(place.parent))
        self._banners.remove("read-only")
        return True

    def _unused_name(self) -> Path:
        """Give a name for a project that was never saved: of its template, and of no file that is there."""
        folder, name = Path(self._folder()), self._document.project.template or tr("network")
        names = (f"{name}{SUFFIX}", *(f"{name} {number}{SUFFIX}" for number in range(2, 100)))
        return next((folder / one for one in names if not (folder / one).exists()), folder / names[0])

    def check_disk(self) -> None:
        """Ask when the file was changed by somebody else; looked at when the window comes to the front."""
        path = self._document.path
        if path is None or not self._document.changed_on_disk() or self._banners.get("disk") is not None:
            return
        self._banners.show_banner(
            "disk",
            "warning",
            Message("“{name}” was changed by another program.", name=path.name),
            [(Message("Load it again"), self._reload), (Message("Keep mine"), self._keep)],
            closable=False,
        )

    def ask_to_save(self) -> str:
        """Ask what happens to unsaved changes: `save`, `discard` or `cancel`."""
        path = self._document.path
        name = path.name if path is not None else tr("Untitled")
        return ask(
            self._window,
            Message("Save the changes to “{name}”?", name=name),
            Message("Without saving, the changes since the last save are lost."),
            [
                ("save", Message("Save"), "primary"),
                ("discard", Message("Do not save"), "danger"),
                CANCEL,
            ],
        )

    # -- parts ----------------------------------------------------------------------------------------------

    def _let_go(self) -> bool:
        """Tell whether the open project may be put away, saving it where that is wanted."""
        may = self.may_replace() and (not self._document.modified or self._saved_or_lost())
        if may:
            self.leaving.emit()
        return may

    def _saved_or_lost(self) -> bool:
        answer = self.ask_to_save()
        return self.save() if answer == "save" else answer == "discard"

    def _began(self, template: Template | None = None, variant: str = "") -> None:
        self.template, self.variant = template, variant
        for name in ("read-only", "disk", "save", "refused"):
            self._banners.remove(name)
        self.opened.emit()

    def _saved(self, done: bool) -> bool:
        if done:
            self._banners.remove("save")
            path = self._document.path
            self.told.emit(Message("Saved “{name}”.", name=path.name if path is not None else ""))
        return done

    def _save_failed(self, why: Message) -> None:
        self._banners.show_banner(
            "save",
            "error",
            Message("Not saved: {why}", why=why),
            [(Message("Save as…"), self.save_as), (Message("Try again"), self.save)],
        )

    def _refused(self, why: Message) -> None:
        kept = backup_of(self._opening) if self._opening is not None else None
        offers = []
        if kept is not None and kept.is_file():
            offers.append((Message("Open the version before"), lambda: self.open_backup(kept)))
        self._banners.show_banner("refused", "error", why, offers)

    def _may_overwrite(self) -> bool:
        path = self._document.path
        answer = ask(
            self._window,
            Message("“{name}” was changed by another program.", name=path.name if path is not None else ""),
            Message("Saving now replaces those changes. The other version is kept beside it as a backup."),
            [
                ("cancel", Message("Cancel"), "primary"),
                ("save_as", Message("Save as…"), ""),
                ("overwrite", Message("Replace it"), "danger"),
            ],
        )
        if answer == "save_as":
            self.save_as()
            return False
        return answer == "overwrite"

    def _may_replace_file(self, place: Path) -> bool:
        answer = ask(
            self._window,
            Message("“{name}” is there already.", name=place.name),
            Message("Saving replaces it."),
            [("cancel", Message("Cancel"), "primary"), ("replace", Message("Replace it"), "danger")],
        )
        return answer == "replace"

    def _reload(self) -> None:
        path = self._document.path
        self._banners.remove("disk")
        if path is not None and self._let_go():
            self._document.open(path)

    def _keep(self) -> None:
        self._banners.remove("disk")
        self._document.keep_mine()

    def _folder(self) -> str:
        return first_folder(self._settings.get("folder"))


def first_folder(*wanted: object) -> str:
    """Give the first of some folders that is there, else the one of documents, else the home folder."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    there = (place for place in (*wanted, documents) if isinstance(place, str) and Path(place).is_dir())
    return next(there, str(Path.home()))
