"""A person's own blocks at work: a composite is kept, found in every project, renamed, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.graph import Message, NetwrightError
from studio.project.own_library import OwnLibrary, extract, own_library
from studio.ui.widgets.dialogs import CANCEL, ask, ask_text

if TYPE_CHECKING:
    from studio.ui.workspace import Workspace


class Keeping(QObject):
    """Does what the canvas and the list of blocks ask for, and says what became of it."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen to a workspace."""
        super().__init__(workspace)
        self._document, self._palette = workspace.document, workspace.palette_
        self._window, self._status = workspace.host, workspace.status
        self._document.keep_wanted.connect(self.keep)
        self._palette.own_rename_wanted.connect(self.rename)
        self._palette.own_removal_wanted.connect(self.remove)
        self._palette.own_folder_wanted.connect(self.open_folder)

    @property
    def library(self) -> OwnLibrary:
        """The person's library."""
        return own_library()

    def keep(self, composite: str) -> None:
        """Keep a composite of the open project; where its name is taken by another one, ask."""
        library, project = self.library, self._document.project
        library.look()
        there, name = library.find(composite), composite
        if there is not None:
            if extract(project, composite).composites == there.project.composites:
                self._palette.show_own(composite)
                self._tell(Message("“{name}” is among your blocks already.", name=composite))
                return
            other = library.free_name(composite)
            answer = ask(
                self._window,
                Message("“{name}” is among your blocks already", name=composite),
                Message("The one that you keep now is another. Projects that use the old one do not change."),
                [
                    ("other", Message("Keep it as “{name}”", name=other), "primary"),
                    ("replace", Message("Replace the old one"), "danger"),
                    CANCEL,
                ],
            )
            if answer == "cancel":
                return
            name = other if answer == "other" else composite
        try:
            library.save(project, composite, name)
        except NetwrightError as error:
            self._tell(error.message)
            return
        self._palette.show_own(name)
        self._tell(Message("“{name}” is kept. You find it under “My blocks” in every project.", name=name))

    def rename(self, name: str) -> None:
        """Ask for another name and give it; one that is taken is offered with a number."""
        text = name
        while True:
            new = ask_text(self._window, Message("Rename “{name}”", name=name), Message("Its name:"), text)
            if new is None or new == name:
                return
            if self.library.find(new) is None:
                break
            text = self.library.free_name(new)
            self._tell(Message("“{name}” is among your blocks already.", name=new))
        try:
            self.library.rename(name, new)
        except NetwrightError as error:
            self._tell(error.message)
        self._palette.show_own(new)

    def remove(self, name: str) -> None:
        """Take a block out, once a person agrees."""
        answer = ask(
            self._window,
            Message("Remove “{name}” from your blocks?", name=name),
            Message("Projects that use it keep it. Its file stays in the folder with “~” behind its name."),
            [("remove", Message("Remove"), "danger"), CANCEL],
        )
        if answer == "remove":
            try:
                self.library.remove(name)
            except NetwrightError as error:
                self._tell(error.message)
            self._palette.look_again()

    def open_folder(self) -> None:
        """Show the folder with the files, to copy some from it or put some there."""
        self.library.folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.library.folder)))

    def _tell(self, message: Message) -> None:
        self._status.tell(message)
