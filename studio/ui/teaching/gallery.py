"""Every template that there is, to look at closely: begun with, added to a project, shared, taken out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.project import own_templates
from studio.project.gallery import Gallery, Template
from studio.ui.frame.template_card import CARD
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import RADIUS_LARGE, SPACE, SPACE_SMALL, SPACE_TINY, theme
from studio.ui.panels.curves import measure_title
from studio.ui.settings import Settings
from studio.ui.teaching.grid import Grid, Thumbnail, task_title
from studio.ui.teaching.ladder import Ladder, rungs
from studio.ui.widgets.banner import Banners
from studio.ui.widgets.dialogs import close_box
from studio.ui.widgets.plain import allow, label
from studio.ui.words.figures import count, duration, measure, share
from studio.ui.words.text import fixed, language, live, tr

Chosen = Literal["", "open", "add"]

FOLDER = "template_folder"
"""The setting with the folder that a folder of templates was last taken from."""

PICTURE = QSize(304, 176)

ASIDE = 320


class GalleryDialog(QDialog):
    """Shows the templates; what is to be done with the chosen one is in `wanted` once it is shut.

    Attributes:
        wanted: begin with the chosen one, add it to the open project, or nothing.
        chosen: the chosen template.
        grid: the cards.
    """

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        ladder: Ladder,
        thumbnail: Thumbnail,
        no_adding: Message | None,
    ) -> None:
        """Look for the templates.

        Args:
            parent: the window.
            settings: remembers folders.
            ladder: how far a person came.
            thumbnail: draws a project.
            no_adding: why nothing can be added to a project; None where it can.
        """
        super().__init__(parent)
        self._settings, self._ladder, self._thumbnail = settings, ladder, thumbnail
        self._no_adding = no_adding
        self.wanted: Chosen = ""
        self.chosen: Template | None = None
        self.setWindowTitle(tr("Templates"))
        room = parent.size()
        self.resize(min(1240, room.width() - 40), min(820, room.height() - 40))
        self.banners = Banners()
        self.grid = Grid(thumbnail, ladder, self._known, pick=True)
        self.grid.chosen.connect(self._choose)
        self.grid.wanted.connect(self._take)
        self._said = label(role="muted")
        self._parts()
        self._lay_out()
        self._look()
        self.grid.filters.search.setFocus()
        QTimer.singleShot(0, self.grid, self.grid.draw_pictures)

    def _known(self, code: str) -> list[Template]:
        return list(own_templates.every_template(code).templates)

    # -- looks ----------------------------------------------------------------------------------------

    def _parts(self) -> None:
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE)
        self.heading, self.facts = label(role="title", wrap=True), label(role="muted", wrap=True)
        self.summary, self.promise = label(wrap=True), label(wrap=True)
        self.progress, self.where = label(role="caption", wrap=True), label(role="caption", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.begin, self.add, self.remove, self.forget = (QPushButton() for _ in range(4))
        self.begin.setProperty("kind", "primary")
        self.remove.setProperty("kind", "flat")
        self.forget.setProperty("kind", "flat")
        for button, said, name, slot in (
            (self.begin, "Open", "open", lambda: self._end("open")),
            (self.add, "Add to this project", "add", lambda: self._end("add")),
            (self.remove, "Take it out", "delete", self._remove),
            (self.forget, "Forget this folder", "close", self._forget),
        ):
            live(button.setText, said)
            live_icon(button, name, "accent_text" if button is self.begin else "icon")
            button.clicked.connect(lambda _=False, slot=slot: slot())
            button.setAutoDefault(False)
        self.more = QPushButton()
        live(self.more.setText, "Add a folder of templates…")
        live_icon(self.more, "folder")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._add_folder)

    def _lay_out(self) -> None:
        page, whole = QWidget(), QScrollArea()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, SPACE_SMALL, SPACE)
        inner.addWidget(self.grid)
        whole.setWidget(page)
        whole.setWidgetResizable(True)
        whole.setFrameShape(QFrame.Shape.NoFrame)
        whole.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.setMinimumWidth(CARD.width() + 2 * SPACE)
        live(whole.setAccessibleName, "All templates")
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(self.grid.filters)
        left.addWidget(whole, 1)
        self.details = QWidget()
        right = QVBoxLayout(self.details)
        right.setContentsMargins(0, 0, SPACE_TINY, 0)
        right.setSpacing(SPACE_SMALL)
        for part in (
            self.picture,
            self.heading,
            self.facts,
            self.summary,
            self.promise,
            self.progress,
            self.where,
        ):
            right.addWidget(part)
        right.addSpacing(SPACE_SMALL)
        for button in (self.begin, self.add, self.remove, self.forget):
            right.addWidget(button)
        right.addStretch(1)
        aside = QScrollArea()
        aside.setWidget(self.details)
        aside.setWidgetResizable(True)
        aside.setFrameShape(QFrame.Shape.NoFrame)
        aside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        aside.setFixedWidth(ASIDE)
        live(aside.setAccessibleName, "Templates")
        halves = QHBoxLayout()
        halves.setSpacing(SPACE)
        halves.addLayout(left, 1)
        halves.addWidget(aside)
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addWidget(self._said, 1)
        foot.addWidget(close_box(self))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.banners)
        column.addLayout(halves, 1)
        column.addLayout(foot)

    # -- what there is --------------------------------------------------------------------------------

    def _look(self, key: str = "") -> None:
        """Look at all folders again, and choose a template by its key, or the next on the ladder."""
        found = own_templates.every_template(language())
        self.grid.show_templates(found.templates)
        self._tell_broken(found)
        steps = rungs(found.templates)
        undone = next((one for one in steps if self._ladder.of(one.key).share < 1.0), None)
        keys = {one.key: one for one in found.templates}
        self._choose(keys.get(key, undone or (found.templates[0] if found.templates else None)))
        done = sum(self._ladder.of(one.key).share >= 1.0 for one in steps)
        fixed(
            self._said.setText,
            tr("{done} of {count} {count:lesson|lessons} done", done=done, count=len(steps)),
        )

    def _tell_broken(self, found: Gallery) -> None:
        self.banners.clear()
        for number, broken in enumerate(found.broken[:3]):
            self.banners.show_banner(
                f"broken {number}",
                "warning",
                Message("“{name}” was left out: {reason}", name=broken.folder.name, reason=broken.reason),
            )

    def _choose(self, template: Template | None) -> None:
        self.chosen = template
        self.details.setVisible(template is not None)
        if template is None:
            return
        for card in self.grid.cards:
            if self.grid.template_of(card) is template:
                card.setChecked(True)
        self._show(template)
        QTimer.singleShot(0, self, self._draw)

    def _show(self, template: Template) -> None:
        facts = template.facts
        fixed(self.heading.setText, template.title)
        said = [task_title(template.task)]
        if template.parameters:
            said.append(tr("{n} {n:parameter|parameters}", n=count(template.parameters)))
        if facts.seconds:
            said.append(tr("trains in about {time} on two cores", time=duration(facts.seconds)))
        fixed(self.facts.setText, " · ".join(part for part in said if part))
        fixed(self.summary.setText, template.summary)
        fixed(self.promise.setText, self._promised(template))
        self.promise.setVisible(bool(self.promise.text()))
        done = self._ladder.of(template.key)
        steps = [
            tr("✓ read to the end") if done.read else tr("not read to the end yet"),
            tr("✓ trained") if done.trained else tr("not trained yet"),
        ]
        if facts.reaches is not None:
            steps.append(tr("✓ its figure reached") if done.reached else tr("its figure not reached yet"))
        fixed(self.progress.setText, " · ".join(steps))
        fixed(self.where.setText, "" if template.origin == "ours" else str(template.folder))
        self.where.setVisible(template.origin != "ours")
        allow(self.add, self._no_adding)
        self.remove.setVisible(template.origin == "yours")
        self.forget.setVisible(template.origin == "shared")

    @staticmethod
    def _promised(template: Template) -> str:
        reaches = template.facts.reaches
        if reaches is None:
            return ""
        wanted = reaches.least if reaches.least is not None else reaches.most

        def said(value: float | None) -> str:
            shares = reaches.figure.endswith(("accuracy", "iou", "exact", "dice", "share", "f1"))
            return share(value) if shares else measure(value)

        return tr(
            "{figure}: {value} with seed {seed}, where {sign} {wanted} is asked for.",
            figure=measure_title(reaches.figure),
            value=said(reaches.measured),
            seed=reaches.seed,
            sign="≥" if reaches.least is not None else "≤",
            wanted=said(wanted),
        )

    def _draw(self) -> None:
        """Draw the picture of the chosen template, once the window is free."""
        if self.chosen is None:
            return
        ratio = self.devicePixelRatioF()
        drawn = self._thumbnail(
            self.chosen.project,
            round(PICTURE.width() * ratio),
            round(PICTURE.height() * ratio),
            theme().dark,
        )
        self.picture.setPixmap(drawn if drawn is not None else QPixmap())
        if drawn is not None:
            drawn.setDevicePixelRatio(ratio)
            self.picture.setPixmap(drawn)
        self.picture.setStyleSheet(f"border: 1px solid {theme().border}; border-radius: {RADIUS_LARGE}px;")

    # -- what is done ---------------------------------------------------------------------------------

    def _take(self, template: Template) -> None:
        self._choose(template)
        self._end("open")

    def _end(self, wanted: Chosen) -> None:
        if self.chosen is not None:
            self.wanted = wanted
            self.accept()

    def _do(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except NetwrightError as error:
            self.banners.show_banner("refused", "error", error.message)
            return False
        return True

    def _remove(self) -> None:
        """Take one of the person's own templates out; it can be brought back."""
        template = self.chosen
        if template is None:
            return
        try:
            removed = own_templates.remove(template)
        except NetwrightError as error:
            self.banners.show_banner("refused", "error", error.message)
            return
        self._look()

        def back() -> None:
            if self._do(lambda: own_templates.bring_back(removed)):
                self._look(template.key)

        self.banners.show_banner(
            "removed",
            "info",
            Message("“{name}” is out of your templates.", name=template.title),
            [(Message("Bring it back"), back)],
        )

    def _forget(self) -> None:
        folder = own_templates.folder_of(self.chosen) if self.chosen is not None else None
        if folder is not None and self._do(lambda: own_templates.forget_folder(folder)):
            self._look()

    def _add_folder(self) -> None:
        kept = self._settings.get(FOLDER)
        start = kept if isinstance(kept, str) else ""
        picked = QFileDialog.getExistingDirectory(self, tr("Add a folder of templates"), start)
        if picked:
            self.take_folder(picked)

    def take_folder(self, picked: str) -> None:
        """Show the templates of a folder too; it is looked at and nothing in it is run."""
        folder = Path(picked)
        self._settings.set(FOLDER, str(folder.parent))
        found = 0

        def add() -> None:
            nonlocal found
            found = own_templates.add_folder(folder)

        if self._do(add):
            self._look()
            self.banners.show_banner(
                "added",
                "good",
                Message(
                    "{count} {count:template|templates} of “{name}” added.", count=found, name=folder.name
                ),
            )
