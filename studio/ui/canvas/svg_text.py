"""Makes the text of an SVG show alike everywhere, and leaves it text.

An SVG holds no fonts. Latin letters are in every computer's fonts, so they stay as they are, held to the
width that they were laid out for. Of others, such as Chinese ones, outlines are drawn; their text lies over
them unseen, to be searched, copied and read aloud.
"""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainterPath, QTransform

from studio.ui.looks.theme import font

_TEXT = re.compile(r"<text (?P<given>[^>]*)>(?P<text>[^<]*)</text>")
_KNOWN = re.compile(r'([\w:-]+)="([^"]*)"')

ANYWHERE = re.compile("[\u0000-\u024f\u2010-\u2027\u2212]*")
"""Letters and signs that the fonts of every computer have."""

LARGE = 16
"""How many times larger letters are drawn when their outlines are taken."""

BOLD = 600
"""The least weight of a bold font."""


def with_safe_text(svg: str) -> str:
    """Give a drawing as Qt writes it with text that shows alike everywhere."""
    return _TEXT.sub(_safe, svg)


def _safe(found: re.Match[str]) -> str:
    given, written = found["given"], found["text"]
    known = dict(_KNOWN.findall(given))
    text = html.unescape(written)
    drawn = font(round(float(known["font-size"])), bold=float(known["font-weight"]) >= BOLD)
    families = known["font-family"].replace("Sans Serif", "sans-serif")
    if "sans-serif" not in families:
        families = f"{families},sans-serif"
    given = given.replace(f'font-family="{known["font-family"]}"', f'font-family="{families}"').strip()
    if ANYWHERE.fullmatch(text):
        width = QFontMetricsF(drawn).horizontalAdvance(text)
        return f'<text {given} textLength="{width:.6g}" lengthAdjust="spacingAndGlyphs">{written}</text>'
    # Drawn large, outlines are not bent to the pixels of the screen.
    drawn.setPixelSize(drawn.pixelSize() * LARGE)
    outline = QPainterPath()
    outline.addText(QPointF(), drawn, text)
    outline = QTransform.fromScale(1 / LARGE, 1 / LARGE).map(outline)
    outline.translate(float(known["x"]), float(known["y"]))
    unseen = re.sub(r'fill-opacity="[^"]*"', 'fill-opacity="0"', given)
    return (
        f'<path fill="{known["fill"]}" fill-opacity="{known["fill-opacity"]}" fill-rule="nonzero" '
        f'stroke="none" d="{_way(outline)}"/><text {unseen}>{written}</text>'
    )


def _way(path: QPainterPath) -> str:
    """Write a path as SVG writes it."""
    parts: list[str] = []
    for place in range(path.elementCount()):
        element = path.elementAt(place)
        letter = {
            QPainterPath.ElementType.MoveToElement: "M",
            QPainterPath.ElementType.LineToElement: "L",
            QPainterPath.ElementType.CurveToElement: "C",
        }.get(element.type, "")
        parts.append(f"{letter}{element.x:.6g},{element.y:.6g}")
    return " ".join(parts)
