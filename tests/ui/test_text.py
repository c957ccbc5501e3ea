"""Texts of the window: translated, kept up with the language, and silent once their widget is gone."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from studio.graph.text import Message
from studio.ui.words import text
from studio.ui.words.text import fixed, live, live_for, say, tr

CHINESE = {
    "Clear": "清除",
    "{count} runs": "{count} 次运行",
    "Stopped: {why}": "已停止：{why}",
    "full": "已满",
}


@pytest.fixture(autouse=True)
def english(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start and end in English, with a catalogue of the test's own."""
    monkeypatch.setattr(text, "catalogue", lambda code: CHINESE if code == "zh_CN" else {})
    text.set_language("en")
    yield
    text.set_language("en")


def test_english_is_the_template_itself() -> None:
    assert tr("{count} runs", count=3) == "3 runs"
    assert tr("") == ""


def test_a_text_is_given_in_the_chosen_language() -> None:
    text.set_language("zh_CN")
    assert text.language() == "zh_CN"
    assert tr("{count} runs", count=3) == "3 次运行"


def test_an_unknown_text_stays_english() -> None:
    text.set_language("zh_CN")
    assert tr("Nobody wrote {this}", this="x") == "Nobody wrote x"


def test_a_message_and_those_inside_it_are_said_in_one_language() -> None:
    message = Message("Stopped: {why}", why=Message("full"))
    assert say(message) == "Stopped: full"
    text.set_language("zh_CN")
    assert say(message) == "已停止：已满"
    assert tr("Stopped: {why}", why=Message("full")) == "已停止：已满"


def test_values_are_never_read_as_templates() -> None:
    assert tr("Stopped: {why}", why="{count} {why}") == "Stopped: {count} {why}"


def test_a_live_text_follows_the_language(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    live(label.setText, "{count} runs", count=2)
    assert label.text() == "2 runs"
    text.set_language("zh_CN")
    assert label.text() == "2 次运行"
    text.set_language("en")
    assert label.text() == "2 runs"


def test_the_last_live_text_of_a_setter_wins(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    live(label.setText, "Clear")
    live(label.setToolTip, "Clear")
    live(label.setText, "{count} runs", count=1)
    text.set_language("zh_CN")
    assert (label.text(), label.toolTip()) == ("1 次运行", "清除")


def test_a_fixed_text_stays(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    live(label.setText, "Clear")
    fixed(label.setText, "Clear")
    text.set_language("zh_CN")
    assert label.text() == "Clear"


def test_any_function_can_be_live_while_its_owner_lives(qtbot: QtBot) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.addTab(QWidget(), "")
    live_for(tabs, lambda shown: tabs.setTabText(0, shown), "Clear")
    text.set_language("zh_CN")
    assert tabs.tabText(0) == "清除"


def test_a_python_method_can_be_live(qtbot: QtBot) -> None:
    class Panel(QWidget):
        shown = ""

        def show_text(self, shown: str) -> None:
            self.shown = shown

    panel = Panel()
    qtbot.addWidget(panel)
    live(panel.show_text, "Clear")
    text.set_language("zh_CN")
    assert panel.shown == "清除"


def test_a_function_bound_to_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match="live_for"):
        live(lambda shown: None, "Clear")


def test_a_deleted_widget_is_left_alone() -> None:
    label = QLabel()
    before = set(text._live)
    live(label.setText, "Clear")
    (ours,) = set(text._live) - before
    shiboken6.delete(label)
    text.set_language("zh_CN")
    assert ours not in text._live


def test_a_forgotten_widget_is_forgotten() -> None:
    before = set(text._live)
    label = QLabel()
    live(label.setText, "Clear")
    (ours,) = set(text._live) - before
    del label
    gc.collect()
    assert ours not in text._live


def test_the_signal_comes_after_the_texts(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    live(label.setText, "Clear")
    seen: list[str] = []

    def look() -> None:
        seen.append(label.text())

    text.languages.changed.connect(look)
    text.set_language("zh_CN")
    text.languages.changed.disconnect(look)
    assert seen == ["清除"]


def test_qt_speaks_the_language_too(qtbot: QtBot) -> None:
    source = QCoreApplication.translate("QPlatformTheme", "Cancel")
    assert source == "Cancel"
    text.set_language("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert QLocale().language() == QLocale.Language.Chinese
    assert QLocale().toString(1234.5, "f", 1).count(".") == 1
    text.set_language("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_text_of_another_context_is_left_to_its_own_translator(qapp: QApplication) -> None:
    class Other(QTranslator):
        def isEmpty(self) -> bool:
            return False

        def translate(self, context: object, source: object, note: object = None, n: int = -1) -> str:
            return "other" if context == "other" else ""

    other = Other()
    QCoreApplication.installTranslator(other)
    text.set_language("zh_CN")
    try:
        assert QCoreApplication.translate("other", "Clear") == "other"
        assert tr("Clear") == "清除"
    finally:
        QCoreApplication.removeTranslator(other)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="zh_CN"):
        text.set_language("xx")
    assert text.language() == "en"


def test_no_choice_takes_the_language_of_the_computer(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "system_language", lambda: "zh_CN")
    text.install(qapp, "")
    assert text.language() == "zh_CN"
    text.install(qapp, "en")
    assert text.language() == "en"
