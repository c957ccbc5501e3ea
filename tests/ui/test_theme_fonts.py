"""Each language has its font: quotes are narrow in English and wide in Chinese, whatever fonts there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.looks import theme
from studio.ui.widgets.plain import label
from studio.ui.words import text

PWID = QFont.Tag("pwid")
Fonts = Callable[..., None]


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    """Leave the application plain for other tests."""
    yield
    text.set_language("en")
    theme._families.cache_clear()
    qapp.setStyleSheet("")
    theme.apply(qapp, "light")
    qapp.setStyleSheet("")


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> Fonts:
    """Give a function that makes a computer have certain fonts, the first of them its own."""

    def have(*names: str) -> None:
        monkeypatch.setattr(QFontDatabase, "families", lambda: list(names))
        monkeypatch.setattr(QFontDatabase, "systemFont", lambda _which: QFont(names[0]))
        theme._families.cache_clear()

    return have


def named(code: str) -> list[str]:
    text.set_language(code)
    return theme.font().families()


def test_english_has_a_latin_font_first_and_chinese_a_chinese_one(fonts: Fonts) -> None:
    fonts("Arial", "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei")
    assert named("en") == ["Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "Arial"]
    assert theme.font().featureTags() == []
    assert named("zh_CN") == ["Microsoft YaHei UI", "Microsoft YaHei", "Segoe UI", "Arial"]
    assert theme.font().featureTags() == []


def test_a_chinese_font_that_serves_english_draws_quotes_narrow(fonts: Fonts) -> None:
    fonts("DejaVu Sans", "Noto Sans CJK SC")
    assert named("en") == ["Noto Sans CJK SC", "DejaVu Sans"]
    assert theme.font().featureTags() == [PWID]
    assert theme.font(11, bold=True).featureValue(PWID) == 1
    assert named("zh_CN") == ["Noto Sans CJK SC", "DejaVu Sans"]
    assert theme.font().featureTags() == []


def test_without_a_chinese_font_the_computer_has_its_own(fonts: Fonts) -> None:
    fonts("DejaVu Sans")
    assert named("en") == named("zh_CN") == ["DejaVu Sans"]
    assert theme.font().featureTags() == []


def test_code_is_in_one_font_in_both_languages(fonts: Fonts) -> None:
    fonts("DejaVu Sans Mono", "Noto Sans CJK SC")
    text.set_language("zh_CN")
    chinese = theme.fixed_font().families()
    text.set_language("en")
    assert theme.fixed_font().families() == chinese == ["DejaVu Sans Mono", "Noto Sans CJK SC"]


def quote(widget: QWidget) -> float:
    """Give how wide a quote is in a widget, as a share of its font's size."""
    return QFontMetricsF(widget.font()).horizontalAdvance("“") / widget.font().pixelSize()


def test_what_is_shown_changes_its_quotes_with_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    page = QWidget()
    qtbot.addWidget(page)
    parts: list[QWidget] = [QLabel(), label(role="title"), label(role="muted"), QPushButton()]
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    page.show()
    assert all(quote(part) < 0.6 for part in parts)
    text.set_language("zh_CN")
    chinese = theme._families(theme._LATIN, QFontDatabase.SystemFont.GeneralFont, "zh_CN")[0][0]
    wide = chinese in theme._CHINESE  # else there is no font with wide quotes on this computer
    assert all((quote(part) > 0.9) == wide for part in parts)
    text.set_language("en")
    assert all(quote(part) < 0.6 for part in parts)


def test_a_language_of_the_same_font_puts_on_no_new_stylesheet(
    fonts: Fonts, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts("DejaVu Sans")
    theme.apply(qapp, "light")
    worn: list[str] = []
    monkeypatch.setattr(QApplication, "setStyleSheet", lambda _self, sheet: worn.append(sheet))
    text.set_language("zh_CN")
    text.set_language("en")
    assert worn == []
