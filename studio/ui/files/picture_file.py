"""Writes pictures of networks as files, with a window or without one, and without any screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from studio.project import GraphRef, Project
from studio.project.atomic import write_atomically
from studio.ui.words import text

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.ui.canvas.picture import Format, Ground, Picture

SCALE = 2.0
"""Pixels of a PNG to a canvas unit, where nobody says otherwise."""


def format_of(path: Path) -> Format | None:
    """Give how a picture of this name is written; None where no picture is called so."""
    endings: dict[str, Format] = {".svg": "svg", ".pdf": "pdf", ".png": "png"}
    return endings.get(path.suffix.lower())


def save(picture: Picture, path: Path, format: Format, scale: float = SCALE) -> None:
    """Write a picture; a file of the name is replaced as a whole.

    Args:
        picture: what is drawn.
        path: where it goes.
        format: how it is written.
        scale: pixels to a canvas unit, for a PNG.

    Raises:
        AtomicWriteError: it could not be written.
    """
    write_atomically(path, picture.data(format, scale), backup=False)


def draw_network(
    project: Project, network: str, report: Report | None, path: Path, *, dark: bool, language: str
) -> None:
    """Draw a network of a project into a file, where no window is open.

    Args:
        project: the project.
        network: the name of one of its networks.
        report: what is known of its shapes.
        path: where the picture goes; its ending says how it is written.
        dark: whether it is drawn light on dark.
        language: a code of `LANGUAGES`.

    Raises:
        EmptyPictureError: the network has no blocks.
        AtomicWriteError: it could not be written.
        ValueError: no picture is called so.
    """
    format = format_of(path)
    if format is None:
        raise ValueError(f"Expected a name that ends in .svg, .png or .pdf, received {path.name!r}.")
    app = _without_screen()
    text.install(app, language)
    from studio.ui.canvas.picture import Picture, Style  # with numpy: only when something is drawn

    ground: Ground = "dark" if dark else "light"
    save(Picture(project, GraphRef("network", network), report, Style(ground)), path, format)


def _without_screen() -> QApplication:
    """Give the application; one that is made for this needs no screen."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    if sys.platform != "win32":  # there, only the platform of the screen knows the system's fonts
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QApplication(["netwright"])
