"""A lesson on the page: equations are drawn on the line, links lead, code is shown and never run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextTable
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.project import lesson as lessons
from studio.project.lesson import Piece
from studio.ui.looks import theme
from studio.ui.teaching import equations
from studio.ui.teaching.objects import OBJECT, Objects
from studio.ui.teaching.page import Source
from studio.ui.teaching.reader import SIZES, Reader
from studio.ui.words.text import language, set_language

TEXT = """# Title

Some $x_i$ and `conv1`, `other`, [Try it](try:plan.loop.epochs=2), [evil](file:///etc/passwd) <b>raw</b>.

$$y = \\frac{a}{b}$$

- **A step.** With [a link](panel:runs).

| a | b |
|---|---|
| 1 | `conv1` |

```python
import os
os.remove("x")
```

![What it sees](pictures/a.png) and ![far](https://example.org/b.png)

A bad one $\\frac{$ stays as it is.
"""


@pytest.fixture
def reader(qtbot: QtBot, tmp_path: Path) -> Reader:
    if language() != "en":
        set_language("en")
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    image.fill(0x3355FF)
    image.save(str(tmp_path / "a.png"))
    made = Reader()
    qtbot.addWidget(made)
    made.resize(420, 900)
    made.show()
    equations.make(lessons.equations(TEXT))
    made.show_source(Source(TEXT, lambda name: name == "conv1", lambda name: tmp_path / Path(name).name), 0.0)
    return made


def anchors(reader: Reader) -> list[tuple[str, str]]:
    found, block = [], reader.document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            form = place.fragment().charFormat()
            text = place.fragment().text().strip("\u202f")
            if form.anchorHref() and text:
                found.append((text, form.anchorHref()))
            place += 1
        block = block.next()
    return found


def test_words_equations_and_pictures_are_where_they_belong(reader: Reader) -> None:
    text = reader.toPlainText()
    assert text.startswith("Title\nSome \ufffc and")
    assert "<b>raw</b>" in text
    assert "\\frac{ stays" in text  # an equation that is none
    assert 'import os\nos.remove("x")' in text
    assert "[Picture not shown: far]" in text
    objects = reader.objects
    assert objects is not None
    assert len(objects.equations) == 2
    assert len(objects.pictures) == 1
    assert text.count(OBJECT) == 3
    frames = reader.document().rootFrame().childFrames()
    assert [isinstance(one, QTextTable) for one in frames] == [True, False]


def test_links_lead_to_blocks_and_steps_and_never_to_files(reader: Reader) -> None:
    assert anchors(reader) == [
        ("conv1", "block:conv1"),
        ("Try it", "try:plan.loop.epochs=2"),
        ("a link", "panel:runs"),
        ("conv1", "block:conv1"),
    ]
    assert reader.loadResource(2, QUrl("file:///etc/passwd")) is None


def test_a_pressed_link_tells_the_step_that_it_stands_in(reader: Reader, qtbot: QtBot) -> None:
    cursor = reader.document().find("a link")
    reader.setTextCursor(cursor)
    with qtbot.waitSignal(reader.pressed) as told:
        reader.anchorClicked.emit(QUrl("panel:runs"))
    assert told.args == ["panel:runs", "A step"]


def test_equations_stand_on_the_line_in_the_colour_of_the_text() -> None:
    pieces = [Piece("x", "inline"), Piece("g", "inline"), Piece("\\sum_{i=1}^n x_i", "displayed")]
    equations.make(pieces)
    x, g, total = (equations.made(piece) for piece in pieces)
    assert x is not None
    assert g is not None
    assert total is not None
    assert x.descent < 0.05 < 0.15 < g.descent
    assert total.ascent > 2 * x.ascent
    drawn = equations._renderer(x, "#ff0000")
    assert drawn.isValid()
    assert equations.missing(pieces) == []
    assert equations.made(Piece("y" * 5000, "inline")) is None


def test_a_sign_stands_close_to_what_it_is_the_sign_of() -> None:
    pieces = [Piece(text, "inline") for text in (r"-x", r"{-}x", r"y = -x", r"y = {-}x")]
    equations.make(pieces)
    wide = [made.width for made in map(equations.made, pieces) if made is not None]
    assert wide[0] == wide[1]
    assert wide[2] == wide[3]


def test_numbers_keep_together_with_their_signs(reader: Reader) -> None:
    text = "It is 95 % of 28 × (28 + 1) × 3, and 5 times 7."
    reader.show_source(Source(text, lambda _name: False, lambda _name: None), 0.0)
    blank = "\u00a0"
    kept = f"It is 95{blank}% of 28{blank}×{blank}(28 + 1){blank}×{blank}3, and 5 times 7."
    assert reader.document().firstBlock().text() == kept


def test_it_grows_keeps_its_place_and_follows_the_theme(
    reader: Reader, qtbot: QtBot, qapp: QApplication
) -> None:
    reader.resize(300, 200)
    reader.go(0.5)
    at = reader.place
    assert at == pytest.approx(0.5, abs=0.05)
    with qtbot.waitSignal(reader.zoomed) as told:
        reader.step(1)
    assert told.args == [110]
    assert reader.place == pytest.approx(at, abs=0.05)
    reader.set_percent(5000)
    assert reader.percent == SIZES[-1]
    reader.set_percent(100)
    light = reader.grab().toImage().pixelColor(2, 150)
    try:
        theme.apply(qapp, "dark")
        reader.renew()
        assert reader.grab().toImage().pixelColor(2, 150).lightness() < light.lightness() - 100
    finally:
        theme.apply(qapp, "light")


def test_a_page_that_is_written_anew_lets_go_of_the_pictures_before(reader: Reader) -> None:
    for _ in range(3):
        reader.renew()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert reader.document().findChildren(Objects) == [reader.objects]


def test_what_is_copied_has_its_equations_as_they_are_written(reader: Reader) -> None:
    cursor = QTextCursor(reader.document())
    cursor.select(QTextCursor.SelectionType.Document)
    text = reader.text_of(cursor)
    assert "Some $x_i$ and" in text
    assert "$y = \\frac{a}{b}$" in text
