"""Pens, brushes and fonts of the canvas, made once for a theme, and text laid out once for a font."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainterPath, QPen, QStaticText, QTransform

from studio.ui.looks.icons import NAMES
from studio.ui.looks.theme import FONT_BASE, FONT_SMALL, FONT_TITLE, Theme, font

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)

WIRE = 1.4
"""How wide a wire is: up to a zoom of 71 % that is one pixel, which is drawn in a fifth of the time."""


@dataclass(frozen=True)
class FamilyLook:
    """The colours of one family of blocks."""

    fill: QColor
    text: QColor
    soft: QColor


class Text:
    """One line of text, shortened to a width and laid out once."""

    __slots__ = ("font", "height", "static", "text", "width")

    def __init__(self, text: str, font: QFont, room: float) -> None:
        """Lay out a text.

        Args:
            text: what it says, taken literally.
            font: its font.
            room: how wide it may be; the end is cut with an ellipsis.
        """
        measure = metrics(font)
        shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.font = font
        self.text = shown
        self.static = QStaticText(shown)
        # A name from a file is never rich text.
        self.static.setTextFormat(Qt.TextFormat.PlainText)
        self.static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        self.static.prepare(QTransform(), font)
        self.width = self.static.size().width()
        self.height = self.static.size().height()


_metrics: dict[str, QFontMetricsF] = {}


def metrics(font: QFont) -> QFontMetricsF:
    """Give the measures of a font, made once."""
    key = font.key()
    if key not in _metrics:
        _metrics[key] = QFontMetricsF(font)
    return _metrics[key]


@functools.cache
def _glyph(name: str) -> tuple[str, str]:
    """Give the font and the character of an icon; as text it is sharp at every zoom."""
    os.environ.setdefault("QT_API", "pyside6")
    import qtawesome  # it reads its fonts: not before the first icon is drawn

    drawing = NAMES.get(name, NAMES["family_unknown"])
    return qtawesome.font(drawing.partition(".")[0], 16).family(), str(qtawesome.charmap(drawing))


class Look:
    """Everything that a theme decides about the canvas."""

    def __init__(self, tokens: Theme) -> None:
        """Make pens, brushes and fonts."""
        self.tokens = tokens
        colour = tokens.colour
        self.name_font = font(FONT_BASE, bold=True)
        self.small_font = font(FONT_SMALL)
        self.label_font = font(FONT_SMALL - 1)
        self.far_font = font(FONT_TITLE - 2, bold=True)
        self.note_font = font(FONT_BASE)
        self.chip_font = font(FONT_SMALL - 1, bold=True)
        self.text = QColor(tokens.text)
        self.muted = QColor(tokens.muted)
        self.canvas = QColor(tokens.canvas)
        self.node = QColor(tokens.node)
        self.border = QColor(tokens.node_border)
        self.border_hover = QColor(tokens.border_strong)
        self.selection = QColor(tokens.selection)
        self.selection_fill = QColor(tokens.selection_fill)
        self.error, self.warning = QColor(tokens.error), QColor(tokens.warning)
        self.error_soft, self.warning_soft = QColor(tokens.error_soft), QColor(tokens.warning_soft)
        self.accent, self.accent_text = QColor(tokens.accent), QColor(tokens.accent_text)
        self.good = QColor(tokens.good)
        self.raised = QColor(tokens.raised)
        self.shadow = QColor(tokens.shadow)
        self.shadow_far = QColor(tokens.shadow)
        self.shadow_far.setAlpha(self.shadow.alpha() // 3)
        self.grid, self.grid_strong = QColor(tokens.grid), QColor(tokens.grid_strong)
        self.wire_colour, self.wire_hover = QColor(tokens.wire), QColor(tokens.wire_hover)
        self.wire = _line(self.wire_colour, WIRE)
        self.wire_over = _line(self.wire_hover, 2.25)
        self.wire_selected = _line(self.selection, 2.5)
        self.wire_bad = _line(self.error, 2.0)
        self.wire_off = _line(self.wire_colour, 1.5, Qt.PenStyle.DashLine)
        self.wire_cut = _line(self.error, 2.5, Qt.PenStyle.DotLine)
        self.leader = QPen(self.border_hover, 1.0)
        self.pulled = _line(QColor(colour("accent")), 2.25)
        self._families: dict[str, FamilyLook] = {}
        self._texts: dict[tuple[str, int, float], Text] = {}
        fonts = (
            self.name_font,
            self.small_font,
            self.label_font,
            self.far_font,
            self.note_font,
            self.chip_font,
        )
        self._fonts: list[QFont] = list(fonts)
        self._font_keys = {id(one): number for number, one in enumerate(self._fonts)}
        self._icons: dict[tuple[str, int], QPainterPath] = {}

    def family(self, group: str) -> FamilyLook:
        """Give the colours of a family of blocks."""
        if group not in self._families:
            family = self.tokens.family(group)
            self._families[group] = FamilyLook(QColor(family.fill), QColor(family.text), QColor(family.soft))
        return self._families[group]

    def laid(self, text: str, font: QFont, room: float = 10_000.0) -> Text:
        """Give a text laid out, made once while it is in use."""
        number = self._font_keys.get(id(font))
        if number is None:
            number = self._number(font)
        key = (text, number, room)
        laid = self._texts.get(key)
        if laid is None:
            if len(self._texts) > 20_000:
                self._texts.clear()
            laid = self._texts[key] = Text(text, font, room)
        return laid

    def _number(self, font: QFont) -> int:
        """Know a font of somebody else's by a number: Qt would write its name down each time it is asked."""
        if font not in self._fonts:
            self._fonts.append(QFont(font))
        return self._fonts.index(font)

    def icon(self, name: str, size: int) -> QPainterPath:
        """Give an icon's outline, centred on the origin."""
        key = (name, size)
        if key not in self._icons:
            family, char = _glyph(name)
            drawn = QFont(family)
            drawn.setPixelSize(size)
            path = QPainterPath()
            path.addText(0.0, 0.0, drawn, char)
            path.translate(-path.boundingRect().center())
            self._icons[key] = path
        return self._icons[key]


def _line(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(colour, width, style)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
