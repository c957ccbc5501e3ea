"""The dialog that takes the canvas away as a picture: it shows it as it will be, and writes it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.project.atomic import AtomicWriteError
from studio.ui.canvas.picture import DPI, SCALES, Format, Ground, Part, Picture, Style
from studio.ui.files.filing import first_folder
from studio.ui.files.picture_file import format_of, save
from studio.ui.looks.theme import LIGHT, SPACE, SPACE_SMALL, colour
from studio.ui.widgets.dialogs import ask
from studio.ui.widgets.plain import label
from studio.ui.words.text import fixed, live, live_for, say, tr

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.settings import Settings

KEPT, FOLDER = "picture", "picture_folder"
"""The settings with what was chosen last."""

PREVIEW = QSize(440, 320)
"""Room for the preview."""

LINES = Message("Lines are sharp in every size; only a PNG has pixels.").template

FORMATS: dict[Format, Message] = {
    "svg": Message("SVG: lines and text, for the web"),
    "pdf": Message("PDF: lines and text, for LaTeX"),
    "png": Message("PNG: pixels, for slides"),
}
GROUNDS: dict[Ground, Message] = {
    "light": Message("Light"),
    "dark": Message("Dark"),
    "transparent": Message("Transparent"),
}
PARTS = {"all": Message("Everything"), "selection": Message("The selection")}


@dataclass(frozen=True)
class Choice:
    """What was chosen in the dialog."""

    format: Format = "svg"
    style: Style = field(default_factory=Style)
    scale: float = 2.0

    @staticmethod
    def read(kept: object) -> Choice:
        """Take over what settings hold, as far as it makes sense."""
        known = kept if isinstance(kept, dict) else {}
        format, ground, scale = known.get("format"), known.get("ground"), known.get("scale")
        return Choice(
            cast(Format, format) if format in get_args(Format) else "svg",
            Style(
                cast(Ground, ground) if ground in get_args(Ground) else "light",
                known.get("shapes") is not False,
                known.get("problems") is True,
            ),
            float(scale) if isinstance(scale, (int, float)) and float(scale) in SCALES else 2.0,
        )

    def kept(self) -> dict[str, str | float | bool]:
        """Give it as settings hold it."""
        return {
            "format": self.format,
            "ground": self.style.ground,
            "scale": self.scale,
            "shapes": self.style.shapes,
            "problems": self.style.problems,
        }


class PictureDialog(QDialog):
    """Asks what the picture of a canvas is to be."""

    def __init__(self, parent: QWidget, view: CanvasView, settings: Settings) -> None:
        """Show a canvas as a picture.

        Args:
            parent: the window that it stands before.
            view: the canvas.
            settings: where the last choice is kept.
        """
        super().__init__(parent)
        self._view, self._settings = view, settings
        self.written: Path | None = None
        selection = view.canvas.selection
        self._part = Part(frozenset(selection.nodes), frozenset(selection.frames), frozenset(selection.notes))
        self._picture: Picture | None = None
        live(self.setWindowTitle, "Picture of the canvas")
        choice = Choice.read(settings.get(KEPT))
        self.what = _box(PARTS, "all", Message("What is drawn"))
        some = bool(self._part.nodes or self._part.frames or self._part.notes)
        if not some:
            self.what.setEnabled(False)
            live(self.what.setToolTip, "Nothing is selected, so everything is drawn.")
        self.format = _box(FORMATS, choice.format, Message("Format"))
        self.ground = _box(GROUNDS, choice.style.ground, Message("Background"))
        self.scale = _box({}, "", Message("Pixels"))
        for scale in SCALES:
            self.scale.addItem(f"{scale:g}×", scale)
        self.scale.setCurrentIndex(SCALES.index(choice.scale))
        self.shapes, self.problems = QCheckBox(), QCheckBox()
        live(self.shapes.setText, "Shapes on the wires")
        live(self.problems.setText, "Marks of problems")
        self.shapes.setChecked(choice.style.shapes)
        self.problems.setChecked(choice.style.problems)
        self.preview = QLabel()
        self.preview.setFixedSize(PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        live(self.preview.setAccessibleName, "Preview")
        self.told, self.failed = label(role="muted", wrap=True), label(role="error", wrap=True)
        self.failed.hide()
        self.save_button, cancel = QPushButton(), QPushButton()
        live(self.save_button.setText, "Save…")
        self.save_button.setProperty("kind", "primary")
        self.save_button.setDefault(True)
        live(cancel.setText, "Cancel")
        self.save_button.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        self._arrange(cancel)
        for box in (self.what, self.format, self.ground, self.scale):
            box.currentIndexChanged.connect(self._show)
        for check in (self.shapes, self.problems):
            check.toggled.connect(self._show)
        self._show()

    def _arrange(self, cancel: QPushButton) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(SPACE_SMALL)
        for text, box in (
            (Message("What is drawn"), self.what),
            (Message("Format"), self.format),
            (Message("Background"), self.ground),
            (Message("Pixels"), self.scale),
        ):
            named = label(role="muted")
            live(named.setText, "{text}", text=text)
            named.setBuddy(box)
            form.addRow(named, box)
        form.addRow(self.shapes)
        form.addRow(self.problems)
        side = QVBoxLayout()
        side.setSpacing(SPACE_SMALL)
        side.addLayout(form)
        side.addWidget(self.told)
        side.addStretch(1)
        side.addWidget(self.failed)
        upper = QHBoxLayout()
        upper.setSpacing(SPACE)
        upper.addWidget(self.preview)
        upper.addLayout(side, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_SMALL)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(upper)
        column.addLayout(buttons)

    # -- what is chosen ---------------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        style = Style(self.ground.currentData(), self.shapes.isChecked(), self.problems.isChecked())
        return Choice(self.format.currentData(), style, self.scale.currentData())

    def _show(self) -> None:
        """Draw the preview, and say how large the picture will be."""
        choice, view = self.choice, self._view
        self.scale.setEnabled(choice.format == "png")
        live(self.scale.setToolTip, "" if choice.format == "png" else LINES)
        self.failed.hide()
        part = self._part if self.what.currentData() == "selection" else None
        try:
            self._picture = Picture(
                view.document.project, view.ref, view.document.report(view.ref), choice.style, part
            )
        except NetwrightError as empty:
            self._picture = None
            self._refuse(empty.message)
        self.save_button.setEnabled(self._picture is not None)
        if self._picture is not None:
            self._draw(self._picture)
            self._tell(self._picture, choice)

    def _draw(self, picture: Picture) -> None:
        ratio = self.devicePixelRatioF()
        room = PREVIEW * ratio
        fit = min(room.width() / picture.box.width(), room.height() / picture.box.height(), 2.0 * ratio)
        image = picture.image(fit)
        shown = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(shown)
        try:
            painter.fillRect(shown.rect(), _squares(round(8 * ratio)))
            painter.drawImage(0, 0, image)
            painter.setPen(colour("border"))
            painter.drawRect(shown.rect().adjusted(0, 0, -1, -1))
        finally:
            painter.end()
        pixmap = QPixmap.fromImage(shown)
        pixmap.setDevicePixelRatio(ratio)
        self.preview.setPixmap(pixmap)

    def _tell(self, picture: Picture, choice: Choice) -> None:
        wide, high = (f"{side / DPI * 2.54:.1f}" for side in (picture.box.width(), picture.box.height()))
        if choice.format != "png":
            if choice.format == "pdf":
                wide, high = (f"{side / 72 * 2.54:.1f}" for side in picture.points())
            live(self.told.setText, "{wide} × {high} cm", wide=wide, high=high)
            return
        fitting = picture.fitting(choice.scale)
        size = picture.pixels(fitting)
        columns, rows = f"{size.width():,}", f"{size.height():,}"
        told = Message(
            "{columns} × {rows} pixels, {wide} × {high} cm", columns=columns, rows=rows, wide=wide, high=high
        )
        if fitting < choice.scale:
            live(self.told.setText, "{size}. More pixels would be too many for a PNG.", size=told)
        else:
            live(self.told.setText, "{text}", text=told)

    def _refuse(self, why: Message) -> None:
        fixed(self.failed.setText, say(why))
        self.failed.show()

    # -- writing ----------------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._picture is None:
            return
        choice, path = self.choice, self._view.document.path
        folder = first_folder(self._settings.get(FOLDER), str(path.parent) if path is not None else None)
        stem = path.stem if path is not None else self._view.document.project.template or tr("network")
        begin = Path(folder) / f"{stem}.{choice.format}"
        kinds = f"{choice.format.upper()} (*.{choice.format})"
        given, _ = QFileDialog.getSaveFileName(self, tr("Save the picture"), str(begin), kinds)
        if not given:
            return
        self.failed.hide()
        place, format = Path(given), choice.format
        named = format_of(place)
        if named is not None:
            format = named  # a name that ends in .png is meant as such
        else:
            place = place.with_name(f"{place.name}.{format}")
            if place.exists() and not self._may_replace(place):
                return
        try:
            save(self._picture, place, format, choice.scale)
        except AtomicWriteError as failed:
            self._refuse(failed.message)
            return
        self.written = place
        self._settings.set(KEPT, choice.kept())
        self._settings.set(FOLDER, str(place.parent))
        self.accept()

    def _may_replace(self, place: Path) -> bool:
        answer = ask(
            self,
            Message("“{name}” is there already.", name=place.name),
            Message("Saving replaces it."),
            [("cancel", Message("Cancel"), "primary"), ("replace", Message("Replace it"), "danger")],
        )
        return answer == "replace"


def take_picture(parent: QWidget, view: CanvasView, settings: Settings) -> Path | None:
    """Let a person make a picture of a canvas; gives the file, or None when it was called off."""
    dialog = PictureDialog(parent, view, settings)
    try:
        dialog.exec()
        return dialog.written
    finally:
        dialog.deleteLater()


def _squares(side: int) -> QBrush:
    """Give what stands for no ground at all: light squares, in every theme, as a sheet of paper is light."""
    tile = QPixmap(2 * side, 2 * side)
    tile.fill(Qt.GlobalColor.white)
    painter = QPainter(tile)
    try:
        for place in (0, side):
            painter.fillRect(place, place, side, side, QColor(LIGHT.border))
    finally:
        painter.end()
    return QBrush(tile)


def _box(entries: Mapping[Any, Message], first: str, name: Message) -> QComboBox:
    box = QComboBox()
    for place, (id, text) in enumerate(entries.items()):
        box.addItem("", id)
        live_for(box, functools.partial(box.setItemText, place), "{text}", text=text)
        if id == first:
            box.setCurrentIndex(place)
    live(box.setAccessibleName, "{text}", text=name)
    return box
