"""The looks of the window: two themes as named colours, and how an application takes one on.

Nothing else in the window names a colour, a space or a size of its own: it asks `theme()`, and
redraws itself on `themes.changed`. Every text colour reads at 4.5:1 or better on what it stands on.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QProxyStyle, QWidget

from studio.ui.looks.tokens import (
    CONTROL_HEIGHT,
    DARK,
    FONT_BASE,
    FONT_HEADING,
    FONT_SMALL,
    FONT_TITLE,
    ICON_SIZE,
    LIGHT,
    RADIUS,
    RADIUS_LARGE,
    RADIUS_SMALL,
    SPACE,
    SPACE_HUGE,
    SPACE_LARGE,
    SPACE_SMALL,
    SPACE_TINY,
    UNIT,
    Family,
    Theme,
)
from studio.ui.words.text import language, languages

__all__ = [
    "CONTROL_HEIGHT",
    "DARK",
    "FONT_BASE",
    "FONT_HEADING",
    "FONT_SMALL",
    "FONT_TITLE",
    "ICON_SIZE",
    "LIGHT",
    "RADIUS",
    "RADIUS_LARGE",
    "RADIUS_SMALL",
    "SPACE",
    "SPACE_HUGE",
    "SPACE_LARGE",
    "SPACE_SMALL",
    "SPACE_TINY",
    "UNIT",
    "Family",
    "Mode",
    "Theme",
    "apply",
    "colour",
    "fixed_font",
    "font",
    "mode",
    "palette",
    "theme",
    "themes",
]

Mode = Literal["light", "dark", "system"]


class _Themes(QObject):
    """Tells widgets that draw themselves when the colours have changed."""

    changed = Signal()


themes = _Themes()
"""`themes.changed` is emitted after the application has its new palette and stylesheet."""


class _Fusion(QProxyStyle):
    """Qt's own plain style, with the one thing that a stylesheet cannot say.

    Nothing else may be overridden here: a drawing method in Python would be called for every
    control of every frame.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, target: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        """Give the number in a spin box its distance from the edge: Qt ignores the box's padding."""
        super().polish(target)
        if isinstance(target, QAbstractSpinBox):
            target.lineEdit().setTextMargins(SPACE_TINY, 0, 0, 0)


@dataclass
class _Applied:
    """What was last asked for, and what it came to."""

    mode: Mode = "light"
    theme: Theme = LIGHT
    follows: bool = False


_applied = _Applied()


def theme() -> Theme:
    """Give the theme in use."""
    return _applied.theme


def mode() -> Mode:
    """Give what was asked for: a theme, or to do as the computer does."""
    return _applied.mode


def colour(role: str) -> QColor:
    """Give a colour of the theme in use, ready to draw with; see `Theme.colour`."""
    return QColor(theme().colour(role))


def apply(app: QApplication, chosen: Mode) -> None:
    """Give an application its theme, at the start or at any time after.

    Args:
        app: the application.
        chosen: `light`, `dark`, or `system` to follow the computer, now and when it changes.
    """
    hints = QGuiApplication.styleHints()
    if not _applied.follows:
        _applied.follows = True
        app.setStyle(_Fusion())
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
        languages.changed.connect(lambda: _speak(app))
    _applied.mode = chosen
    # The window's own frame follows this hint, where the system draws it.
    if chosen == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if chosen == "dark" else Qt.ColorScheme.Light)
    _wear(app, _chosen(chosen))


def _chosen(chosen: Mode) -> Theme:
    """Give the theme of a choice."""
    if chosen == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if chosen == "dark" else LIGHT


def _follow(app: QApplication) -> None:
    """Change with the computer, where that was asked for."""
    if _applied.mode == "system" and _chosen("system") is not _applied.theme:
        _wear(app, _chosen("system"))


def _speak(app: QApplication) -> None:
    """Take the font of the language in use, where it is another."""
    wanted, worn = font(), app.font()
    if (wanted.families(), wanted.featureTags()) != (worn.families(), worn.featureTags()):
        app.setFont(wanted)
        app.setStyleSheet(app.styleSheet())  # what it styles has fonts of its own, made from this one


def _wear(app: QApplication, tokens: Theme) -> None:
    """Put a theme on."""
    from studio.ui.looks.stylesheet import stylesheet  # it is written from these tokens

    _applied.theme = tokens
    app.setFont(font())
    app.setPalette(palette(tokens))
    app.setStyleSheet(stylesheet(tokens))
    themes.changed.emit()


def palette(tokens: Theme) -> QPalette:
    """Give Qt's palette of a theme, for everything that the stylesheet does not draw."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for which, value in {
        role.Window: tokens.panel,
        role.WindowText: tokens.text,
        role.Base: tokens.field,
        role.AlternateBase: tokens.panel,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.error,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.border_strong,
    }.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        made.setColor(group.Disabled, which, QColor(tokens.disabled))
    made.setColor(group.Disabled, role.Highlight, QColor(tokens.pressed))
    return made


_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
)
_LATIN = ("Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Ubuntu", "Cantarell", "Noto Sans")
_FIXED = (
    "JetBrains Mono",
    "Cascadia Mono",
    "SF Mono",
    "Menlo",
    "Consolas",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
)


_PROPORTIONAL = QFont.Tag("pwid")
"""The feature by which a Chinese font draws quotes and the like as narrow as Latin text wants them."""


@functools.cache
def _families(
    wished: tuple[str, ...], fallback: QFontDatabase.SystemFont, code: str
) -> tuple[tuple[str, ...], bool]:
    """Choose among the fonts of this computer.

    Quotes, dashes and dots are the same characters in both languages, but wide in Chinese text: they
    come from the first font that is named.

    Args:
        wished: the Latin fonts wished for.
        fallback: which of the computer's own fonts is asked after those.
        code: the language in use.

    Returns:
        The names of the fonts, and whether a Chinese one has to serve Latin text.
    """
    here = frozenset(QFontDatabase.families())
    own = QFontDatabase.systemFont(fallback).family()
    chinese = tuple(name for name in _CHINESE if name in here)
    latin = tuple(name for name in wished if name in here)[:1]
    if code == "zh_CN":
        return tuple(dict.fromkeys((*chinese, *latin, own))), False
    # Without a good Latin font, the Latin letters of the Chinese one are better than the last resort's.
    names = (*latin, *((own,) if not latin and not chinese else ()), *chinese, own)
    return tuple(dict.fromkeys(names)), names[0] in chinese


def font(size: int = FONT_BASE, *, bold: bool = False) -> QFont:
    """Give the window's font for the language in use."""
    names, narrow = _families(_LATIN, QFontDatabase.SystemFont.GeneralFont, language())
    made = _font(names, size, bold=bold)
    if narrow:
        made.setFeature(_PROPORTIONAL, 1)
    return made


def fixed_font(size: int = FONT_BASE - 1) -> QFont:
    """Give the font of code and of numbers that stand below each other."""
    return _font(_families(_FIXED, QFontDatabase.SystemFont.FixedFont, "en")[0], size, bold=False)


def _font(names: tuple[str, ...], size: int, *, bold: bool) -> QFont:
    """Make a font of a size in device-independent pixels."""
    made = QFont()
    made.clearFeatures()  # a new font has those of the application's
    made.setFamilies(list(names))
    made.setPixelSize(size)
    made.setBold(bold)
    return made
