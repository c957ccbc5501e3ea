"""The code editor colours what was changed as it would colour the whole."""

from __future__ import annotations

import random

from PySide6.QtWidgets import QApplication

from studio.ui.panels.code_editor import CodeEditor, _spans
from tests.coded import GATE, SWISH

PIECES = (
    "x = 1",
    '"""',
    "'",
    '"',
    "# note",
    "\\",
    "",
    "    return x",
    "class A:",
    "é中𝛑",
    "def f(x):",
    "'a' + \"b\"",
)


def test_colours_of_changed_lines_are_those_of_the_whole(qapp: QApplication) -> None:
    chance = random.Random(7)
    for text in (GATE, SWISH, ""):
        editor = CodeEditor()
        editor.show_text(text)
        for _ in range(150):
            lines = editor.toPlainText().split("\n")
            at = chance.randrange(len(lines))
            match chance.randrange(4):
                case 0:
                    lines.insert(at, chance.choice(PIECES))
                case 1 if len(lines) > 3:
                    del lines[at : at + chance.randint(1, 3)]
                case 2:
                    lines[at] += chance.choice(PIECES)
                case _:
                    lines[at] = chance.choice(PIECES)
            now = "\n".join(lines)
            editor.setPlainText(now)
            editor._colours.find()
            assert editor._colours.spans == _spans(now)[0], now
        editor.deleteLater()


def test_typing_reads_only_its_own_line_anew(qapp: QApplication) -> None:
    editor = CodeEditor()
    editor.show_text("\n".join(f"x{number} = {number}" for number in range(2000)))
    before = list(editor._colours.spans)
    editor.setReadOnly(False)
    cursor = editor.textCursor()
    cursor.insertText("# ")
    editor._colours.find()
    after = editor._colours.spans
    assert after[0] == [(0, 8, "Comment")]
    assert all(one is other for one, other in zip(before[1:], after[1:], strict=True))
