"""Every sentence that a person can see is in Chinese too, and every translation is of use."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import translations
from translations import Entry, Sentence

from studio.graph.text import catalogue


def said(source: str) -> list[str]:
    return [sentence.text for sentence in translations.said_in("studio/x.py", ast.parse(source))]


def test_every_sentence_is_translated() -> None:
    lacking = translations.missing(translations.said(), catalogue(translations.LANGUAGE))
    assert not lacking, "\n" + translations.report(lacking)


def test_every_translation_is_in_order() -> None:
    sentences = translations.said()
    used = translations.every_literal() | {sentence.text for sentence in sentences}
    assert list(translations.faults(translations.entries(), used)) == []


def test_a_composite_is_called_by_one_word() -> None:
    texts = {
        source: chinese
        for source, chinese in catalogue(translations.LANGUAGE).items()
        if "composite" in source.lower().replace("{composite}", "")
    }
    assert len(texts) >= 8
    assert [source for source, chinese in texts.items() if "组合模块" not in chinese] == []


def test_the_window_shows_no_text_as_it_stands() -> None:
    found = list(translations.untranslatable())
    assert not found, "\n" + translations.report(found)


def test_sentences_are_found_wherever_they_are_said() -> None:
    source = """
raise Error(Message("Expected {what}.", what=Message("a number")))
tr("Open" if new else "Save")
text.live(label.setText, "Training", count=1)
live_for(owner, lambda text: tabs.setTabText(0, text), "Code")
tr(name or "Untitled")
Message("{a} × {b}", a=1, b=2)
tr("—")
other("not a sentence")
Message(template)
"""
    expected = ["Expected {what}.", "a number", "Open", "Save", "Training", "Code", "Untitled"]
    assert sorted(said(source)) == sorted(expected)


def test_an_f_string_is_no_sentence() -> None:
    with pytest.raises(ValueError, match="use no f-string"):
        said('tr(f"Loss is {loss}")')


def test_a_text_put_into_the_window_as_it_stands_is_found(tmp_path: Path) -> None:
    window = tmp_path / "studio" / "ui" / "window.py"
    window.parent.mkdir(parents=True)
    window.write_text(
        """
button = QPushButton("Train")
label.setText(tr("Loss"))
label.setText("—")
tree.setHeaderLabels(["Name", ""])
label.setToolTip(f"Epoch {epoch}")
self.setWindowTitle("Netwright")
""".lstrip()
    )
    (tmp_path / "studio" / "cli.py").write_text('parser.addItem("not a widget")\n')
    found = [(sentence.line, sentence.text) for sentence in translations.untranslatable(tmp_path)]
    assert found == [(1, "Train"), (4, "Name"), (5, "Epoch ")]


def test_what_is_missing_is_told_by_file() -> None:
    sentences = [Sentence("a.py", 1, "Open"), Sentence("a.py", 2, "Save"), Sentence("b.py", 3, "Open")]
    lacking = translations.missing(sentences, {"Save": "保存"})
    assert translations.report(lacking).splitlines() == ["a.py", "      1  'Open'", "b.py", "      3  'Open'"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry("x.ts", "Gone", "没了", False), "said nowhere"),
        (Entry("x.ts", "Save {name}", "保存{nmae}", False), "expected the placeholders name"),
        (Entry("x.ts", "Save {name}", "", False), "not translated yet"),
        (Entry("x.ts", "Save {name}", "保存{name}", True), "not translated yet"),
    ],
)
def test_a_faulty_translation_is_told(entry: Entry, fault: str) -> None:
    known = [Entry("x.ts", "Open", "打开", False), entry]
    (told,) = translations.faults(known, frozenset({"Open", "Save {name}"}))
    assert fault in told


def test_two_translations_of_one_sentence_are_told() -> None:
    known = [Entry("a.ts", "Run", "运行", False), Entry("b.ts", "Run", "训练记录", False)]
    (told,) = translations.faults(known, frozenset({"Run"}))
    assert "translated in two ways" in told
    assert list(translations.faults(known[:1] * 2, frozenset({"Run"}))) == []
