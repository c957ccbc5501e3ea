"""The two themes: readable, complete, put on at once, and drawn by files that match them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QAction, QColor, QImageReader, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.ui.looks import icons, stylesheet, theme
from studio.ui.looks.tokens import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)

SOFT = ("pressed", "accent_soft", "good_soft", "warning_soft", "error_soft")

FAMILIES = (
    "io linear convolution pooling normalization activation regularization shape combine sequence "
    "attention embedding padding making distance math composite custom unknown"
).split()


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    """Leave the application plain for other tests."""
    yield
    qapp.setStyleSheet("")
    theme._applied.theme, theme._applied.mode = LIGHT, "light"


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ruler_itself() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_text_reads_on_everything_it_stands_on(tokens: Theme) -> None:
    grounds = ("window", "panel", "raised", "field", "hover", "canvas", "node")
    pairs = [(ink, ground) for ink in ("text", "muted", "icon") for ground in grounds]
    pairs += [(ink, ground) for ink in ("good", "warning", "error", "accent") for ground in grounds[:4]]
    pairs += [
        ("text", ground) for ground in ("pressed", "accent_soft", "good_soft", "warning_soft", "error_soft")
    ]
    pairs += [(f"{kind}", f"{kind}_soft") for kind in ("good", "warning", "error", "accent")]
    pairs += [("accent_text", f"accent{state}") for state in ("", "_hover", "_pressed")]
    pairs += [("error_text", "error"), ("error_text", "error_hover")]
    poor = {
        f"{ink} on {ground}": round(contrast(tokens.colour(ink), tokens.colour(ground)), 2)
        for ink, ground in pairs
        if contrast(tokens.colour(ink), tokens.colour(ground)) < 4.5
    }
    assert poor == {}


@THEMES
def test_every_block_family_reads(tokens: Theme) -> None:
    assert set(tokens.families) == set(FAMILIES)
    for name, family in tokens.families.items():
        assert contrast(family.text, family.fill) >= 4.5, name
        assert contrast(tokens.text, family.soft) >= 4.5, name
        for ground in (tokens.panel, tokens.canvas, tokens.field):
            assert contrast(family.fill, ground) >= 4.5, name
    assert len({family.fill for family in tokens.families.values()}) == len(FAMILIES)


@THEMES
def test_lines_and_outlines_are_seen(tokens: Theme) -> None:
    for line in (*tokens.series, tokens.accent, tokens.selection):
        assert contrast(line, tokens.panel) >= 3
        assert contrast(line, tokens.canvas) >= 3
    assert len(set(tokens.series)) == len(tokens.series) == 8


@THEMES
def test_every_colour_is_one(tokens: Theme) -> None:
    for field in dataclasses.fields(tokens):
        if field.name not in ("name", "series", "families"):
            assert re.fullmatch("#([0-9A-F]{2}){3,4}", tokens.colour(field.name)), field.name
            assert QColor(tokens.colour(field.name)).isValid()


def test_colours_by_role() -> None:
    assert LIGHT.colour("accent") == LIGHT.accent
    assert LIGHT.colour("series9") == LIGHT.series[1]
    assert LIGHT.colour("attention") == LIGHT.families["attention"].fill
    assert LIGHT.family("a group of tomorrow") == LIGHT.families["unknown"]
    with pytest.raises(KeyError):
        LIGHT.colour("no such role")


@THEMES
def test_the_pictures_on_disk_are_those_of_the_theme(tokens: Theme) -> None:
    folder = stylesheet.IMAGES / tokens.name
    drawn = stylesheet.pictures(tokens)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == drawn


@THEMES
def test_the_stylesheet_is_whole(tokens: Theme, qapp: QApplication) -> None:
    text = stylesheet.stylesheet(tokens)
    assert "$" not in text
    assert text.count("{") == text.count("}")
    named = set(re.findall(r'url\("([^"]+)"\)', text))
    assert len(named) >= 10
    for path in named:
        assert Path(path).is_file(), path
        assert not QImageReader(path).read().isNull(), path


def test_a_theme_is_put_on_and_changed(qapp: QApplication, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look() -> None:
        seen.append(theme.theme().name)

    theme.themes.changed.connect(look)
    theme.apply(qapp, "dark")
    assert (theme.theme(), theme.mode()) == (DARK, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)
    assert DARK.accent in qapp.styleSheet()
    assert theme.colour("accent") == QColor(DARK.accent)
    theme.apply(qapp, "light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)
    theme.themes.changed.disconnect(look)
    assert seen == ["dark", "light"]


def test_the_computers_choice_is_followed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"system": LIGHT, "light": LIGHT, "dark": DARK}
    monkeypatch.setattr(theme, "_chosen", lambda mode: chosen[mode])
    theme.apply(qapp, "system")
    assert theme.theme() is LIGHT
    chosen["system"] = DARK
    theme._follow(qapp)
    assert (theme.theme(), theme.mode()) == (DARK, "system")
    theme.apply(qapp, "light")
    theme._follow(qapp)
    assert theme.theme() is LIGHT


def test_numbers_in_a_spin_box_keep_off_the_edge(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    box = QSpinBox()
    qtbot.addWidget(box)
    box.show()
    assert box.lineEdit().textMargins().left() == theme.SPACE_TINY


def test_controls_of_a_form_are_equally_high(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    controls = (QPushButton("x"), QSpinBox(), QDoubleSpinBox(), QComboBox(), QLineEdit("x"))
    for control in controls:
        row.addWidget(control)
    page.show()
    assert {control.height() for control in controls} == {theme.CONTROL_HEIGHT}


def test_a_variant_can_change_while_shown(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    label.setProperty("role", "error")
    stylesheet.restyle(label)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.error)


def test_every_icon_exists_and_has_ink(qapp: QApplication) -> None:
    for name in icons.NAMES:
        image = icons.icon(name).pixmap(32, 32).toImage()
        assert any(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32)), name
    with pytest.raises(KeyError):
        icons.icon("no such icon")


def test_there_is_an_icon_for_every_block_family() -> None:
    assert {f"family_{name}" for name in FAMILIES} <= set(icons.NAMES)


def ink(action: QAction) -> str:
    """The colour that an icon is drawn with, where it is fully covered."""
    image = action.icon().pixmap(64, 64).toImage()
    colours = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
    return max(colours, key=QColor.alpha).name().upper()


def test_a_live_icon_takes_the_colours_of_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    action = QAction()
    icons.live_icon(action, "stop")
    assert ink(action) == LIGHT.error
    theme.apply(qapp, "dark")
    assert ink(action) == DARK.error
    icons.live_icon(action, "stop", "accent")
    theme.apply(qapp, "light")
    assert ink(action) == LIGHT.accent


def test_an_icon_of_a_deleted_widget_is_dropped(qapp: QApplication) -> None:
    button = QPushButton()
    icons.live_icon(button, "save")
    kept = len(icons._live)
    shiboken6.delete(button)
    theme.apply(qapp, "dark")
    assert len(icons._live) == kept - 1
