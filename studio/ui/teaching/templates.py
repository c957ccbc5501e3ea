"""What a person does with templates in the window: chooses one, adds one to the project, makes one of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio.graph import Message, NetwrightError
from studio.project import GraphRef, own_templates
from studio.project.gallery import Template
from studio.project.json_text import one_line
from studio.project.taking_in import take_in
from studio.ui.widgets.dialogs import ask_text
from studio.ui.words.text import language, tr

if TYPE_CHECKING:
    from studio.ui.window import MainWindow

NO_PROJECT = Message("Open or begin a project first.")


class Templates(QObject):
    """Serves one window."""

    def __init__(self, window: MainWindow) -> None:
        """Begin at rest."""
        super().__init__(window)
        self._window, self._document = window, window.document

    def choose(self) -> None:
        """Show the gallery, and do what was chosen there."""
        from studio.ui.teaching.gallery import GalleryDialog  # only when it is wanted

        window = self._window
        dialog = GalleryDialog(
            window,
            window.settings,
            window.ladder,
            window.thumbnail,
            NO_PROJECT if window.at_welcome else None,
        )
        dialog.exec()
        wanted, chosen = dialog.wanted, dialog.chosen
        dialog.deleteLater()
        if window.at_welcome:
            window.welcome.refresh()
        if chosen is not None and wanted == "open":
            window.filing.from_template(chosen)
        elif chosen is not None and wanted == "add":
            self.add(chosen)

    def add(self, template: Template) -> bool:
        """Bring the networks of a template into the open project, as one step."""
        before = self._document.project
        try:
            after, names = take_in(before, template.open())
        except NetwrightError as refused:
            self._window.status.tell(refused.message)
            return False
        if not self._document.do(Message("Add the template “{name}”", name=template.title), after):
            return False
        self._window.workspace.networks.show_graph(GraphRef("network", next(iter(names.values()))))
        self._window.status.tell(
            Message(
                "Added: {names}. The training plan is as it was; undo takes them out again.",
                names=", ".join(f"“{one_line(name)}”" for name in names.values()),
            )
        )
        return True

    def save(self) -> None:
        """Ask for a title, and keep the open project as a template of this person."""
        path = self._document.path
        title = ask_text(
            self._window,
            Message("Save as a template"),
            Message("Its title:"),
            path.stem if path is not None else tr("My template"),
        )
        if title is not None:
            self.keep(title)

    def keep(self, title: str) -> Template | None:
        """Keep the open project as a template of this person, with the beginning of a lesson."""
        project = self._document.project
        reports = {name: self._document.report(GraphRef("network", name)) for name in project.networks}
        counts = {
            name: report.parameters
            for name, report in reports.items()
            if report is not None and report.parameters is not None
        }
        try:
            made = own_templates.save(project, title, {language(): self._skeleton(title)}, counts)
        except NetwrightError as refused:
            self._window.banners.show_banner("template", "error", refused.message)
            return None
        lesson = made.folder / f"lesson.{language()}.md"
        self._window.banners.show_banner(
            "template",
            "good",
            Message("“{name}” is among your templates. Write its lesson in {file}.", name=title, file=lesson),
            [
                (Message("Write the lesson"), lambda: _show(lesson)),
                (Message("Show the folder"), lambda: _show(made.folder)),
            ],
        )
        return made

    def _skeleton(self, title: str) -> str:
        """Write the beginning of a lesson: its parts, and the blocks to walk past."""
        project = self._document.project
        graph = project.networks[project.main()]
        blocks = [f"- `{one_line(node.name)}`: …" for node in list(graph.nodes.values())[:40]]
        parts = [
            f"# {one_line(title)}",
            tr("Say here in two sentences what it does and on which data."),
            f"## {tr('The idea')}",
            "…",
            f"## {tr('The equations')}",
            "$$y = f(x)$$",
            f"## {tr('A walk round the canvas')}",
            "\n".join(blocks),
            f"## {tr('What to watch')}",
            "…",
            f"## {tr('Three things to change')}",
            f"1. **{tr('Train for longer.')}** [{tr('Try it')}](try:plan.loop.epochs=20)",
        ]
        return "\n\n".join(part for part in parts if part) + "\n"


def _show(place: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
