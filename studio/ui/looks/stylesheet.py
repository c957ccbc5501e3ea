"""The one stylesheet of the application, written from the colours of a theme.

Widgets ask for a variant by a property, set before they are shown: a `QPushButton` has `kind`
`primary`, `danger` or `flat`; a `QLabel` has `role` `title`, `heading`, `caption`, `muted`, `good`,
`warning`, `error`, `code` or `badge`; a `QFrame` has `kind` `card`, `line`, `good`, `info`,
`warning` or `error`. Small pictures (arrows, ticks) are drawn
files in `assets/theme`, as Qt takes them from files only.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from studio.graph.text import ASSETS
from studio.ui.looks.theme import (
    FONT_HEADING,
    FONT_SMALL,
    FONT_TITLE,
    RADIUS,
    RADIUS_LARGE,
    RADIUS_SMALL,
    Theme,
)
from studio.ui.looks.theme import fixed_font as _fixed_font

IMAGES = ASSETS / "theme"
"""The folder of the small pictures: one folder a theme."""

_TEMPLATE = IMAGES / "stylesheet.qss"

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" '
    'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">{shape}</svg>\n'
)

_SHAPES: Mapping[str, tuple[str, float]] = {
    "down": ('<path d="M4 6.2 8 10.2 12 6.2"/>', 1.6),
    "up": ('<path d="M4 9.8 8 5.8 12 9.8"/>', 1.6),
    "right": ('<path d="M6.2 4 10.2 8 6.2 12"/>', 1.6),
    "left": ('<path d="M9.8 4 5.8 8 9.8 12"/>', 1.6),
    "branch-closed": ('<path d="M6.6 5 9.6 8 6.6 11"/>', 1.4),
    "branch-open": ('<path d="M5 6.6 8 9.6 11 6.6"/>', 1.4),
    "close": ('<path d="M4.5 4.5 11.5 11.5M11.5 4.5 4.5 11.5"/>', 1.5),
    "float": ('<path d="M6 3.5H12.5V10M3.5 6H10V12.5H3.5Z"/>', 1.4),
    "check": ('<path d="M3.6 8.4 6.6 11.4 12.4 4.9"/>', 2.0),
    "partial": ('<path d="M4 8H12"/>', 2.0),
    "dot": ('<circle cx="8" cy="8" r="2.2" fill="{colour}"/>', 1.6),
}

_PICTURES: Mapping[str, tuple[str, str]] = {
    # file: (shape, colour role)
    "down": ("down", "icon"),
    "down-disabled": ("down", "disabled"),
    "up": ("up", "icon"),
    "up-disabled": ("up", "disabled"),
    "right": ("right", "icon"),
    "right-disabled": ("right", "disabled"),
    "left": ("left", "icon"),
    "left-disabled": ("left", "disabled"),
    "branch-closed": ("branch-closed", "muted"),
    "branch-open": ("branch-open", "muted"),
    "close": ("close", "muted"),
    "close-hover": ("close", "text"),
    "float": ("float", "muted"),
    "check": ("check", "accent_text"),
    "check-disabled": ("check", "panel"),
    "check-menu": ("check", "accent"),
    "partial": ("partial", "accent_text"),
    "dot": ("dot", "accent_text"),
    "dot-disabled": ("dot", "panel"),
}


def pictures(tokens: Theme) -> dict[str, str]:
    """Draw the small pictures of a theme: file name to SVG text."""
    drawn = {}
    for name, (shape, role) in _PICTURES.items():
        path, width = _SHAPES[shape]
        colour = tokens.colour(role)
        drawn[f"{name}.svg"] = _SVG.format(colour=colour, width=width, shape=path.format(colour=colour))
    return drawn


def write_pictures(tokens: Theme, folder: Path) -> None:
    """Write the small pictures of a theme; done once when its colours change, not at run time."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pictures(tokens).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def stylesheet(tokens: Theme) -> str:
    """Write the stylesheet of a theme."""
    values = {role: tokens.colour(role) for role in _colours(tokens)}
    values |= {
        "images": (IMAGES / tokens.name).as_posix().replace('"', '\\"'),
        "radius_small": f"{RADIUS_SMALL}px",
        "radius": f"{RADIUS}px",
        "radius_large": f"{RADIUS_LARGE}px",
        "font_small": f"{FONT_SMALL}px",
        "font_heading": f"{FONT_HEADING}px",
        "font_title": f"{FONT_TITLE}px",
        "fixed": ", ".join(f'"{name}"' for name in _fixed_font().families()),
    }
    return string.Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(values)


def _colours(tokens: Theme) -> list[str]:
    """Name the single colours of a theme."""
    return [name for name in vars(tokens) if name not in ("name", "series", "families")]


def restyle(widget: QWidget) -> None:
    """Draw a widget by its variant again, after its `kind` or `role` was changed while shown."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
