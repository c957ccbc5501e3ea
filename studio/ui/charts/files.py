"""Takes a chart away: as a picture of pixels, as a drawing, or as a table of its values."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from studio.project.atomic import write_atomically
from studio.ui.charts.series import Series

_SCALE = 2
"""Pixels of a picture to one of the screen."""


def named(title: str) -> str:
    """Give what the file of a chart would be called, by its title."""
    plain = re.sub(r"[^\w\- ()]+", " ", title).strip()
    return f"{plain[:60].lower() or 'chart'}.png"


def save_png(widget: QWidget, path: Path) -> None:
    """Write what a widget shows as a PNG, finer than the screen.

    Raises:
        AtomicWriteError: it could not be written.
    """
    image = QImage(widget.size() * _SCALE, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_SCALE)
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    write_atomically(path, bytes(data.data()), backup=False)


def save_svg(widget: QWidget, path: Path) -> None:
    """Write what a widget shows as an SVG.

    Raises:
        AtomicWriteError: it could not be written.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setTitle("Netwright")
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), widget.palette().window())
    widget.render(painter, QPoint())
    painter.end()
    write_atomically(path, bytes(data.data()), backup=False)


def save_csv(series: Mapping[str, Series], path: Path, over: str = "step") -> None:
    """Write the values of a chart as a table: one row a value, the same as measured.

    Of very long series only bins are left; their rows hold the mean, and the lowest and highest.

    Args:
        series: the lines by name.
        path: where to.
        over: what x is, in a word for programs.

    Raises:
        AtomicWriteError: it could not be written.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["series", over, "value", "lowest", "highest", "samples"])
    for key, line in series.items():
        raw = line.raw
        for index, (x, mean, low, high) in enumerate(
            zip(raw.x.tolist(), raw.mean().tolist(), raw.low.tolist(), raw.high.tolist(), strict=True)
        ):
            held = min(raw.width, raw.samples - index * raw.width)
            table.writerow([_cell(key), *(_number(value) for value in (x, mean, low, high)), held])
    write_atomically(path, text.getvalue().encode("utf-8"), backup=False)


def _number(value: float) -> str:
    """Write a number so that reading it gives the same one."""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _cell(text: str) -> str:
    """Write a name so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
