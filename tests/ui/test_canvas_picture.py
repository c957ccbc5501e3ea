"""The canvas as a picture: lines and letters, cropped, without marks of what is going on, from the window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainterPath
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from studio.compiler.problems import Problem
from studio.compiler.tensors import Tensor
from studio.graph import Message
from studio.graph.layout import Frame, Layout, Note
from studio.project import Project
from studio.project.file import dumps
from studio.ui.canvas.gaps import broken
from studio.ui.canvas.picture import MOST_PIXELS, EmptyPictureError, Part, Picture, Style
from studio.ui.canvas.svg_text import with_safe_text
from studio.ui.files.picturing import PictureDialog
from studio.ui.looks.theme import LIGHT
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.ui.canvas_hand import LEFT, MAIN, Hand, drawn, known

ROW = ("input", "conv2d", "relu", "output")
TEXT = "{http://www.w3.org/2000/svg}text"


def said(picture: Picture) -> list[str]:
    root = ElementTree.fromstring(picture.svg())
    return [element.text or "" for element in root.iter(TEXT)]


def shapes() -> dict[str, Tensor]:
    return {"input_1": Tensor.of(1, 8, 8), "conv2d_1": Tensor.of(16, 8, 8), "relu_1": Tensor.of(16, 8, 8)}


def test_the_margin_is_even_and_the_ground_is_as_chosen(qtbot: QtBot) -> None:
    project = drawn(*ROW, step=300.0)
    for ground, expected in (("light", "#ffffffff"), ("dark", "#ff111318"), ("transparent", "#00000000")):
        image = Picture(project, MAIN, None, Style(ground)).image(1.0)  # type: ignore[arg-type]
        corner = image.pixelColor(0, 0)
        assert corner.name(corner.NameFormat.HexArgb) == expected
        drawn_at = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y) != corner
        ]
        left, right = min(x for x, _ in drawn_at), image.width() - 1 - max(x for x, _ in drawn_at)
        top, bottom = min(y for _, y in drawn_at), image.height() - 1 - max(y for _, y in drawn_at)
        # Marks can stand on the tops of blocks; none of these has one.
        assert 24 <= left <= 30
        assert abs(left - right) <= 1
        assert 24 <= bottom <= 28
        assert 24 <= top <= 34


def test_nothing_shows_what_is_going_on(qtbot: QtBot) -> None:
    project = drawn(*ROW)
    layout = project.layout_of(MAIN)
    frame, note = Frame("frame_1", "Stem", -40, -80, 700, 200), Note("note_1", "a < b & c", 0, 200)
    project = project.with_layout(MAIN, Layout(layout.positions, frames=(frame,), notes=(note,)))
    hand = Hand(qtbot, project)
    before = Picture(hand.project, MAIN, None, Style()).png(1.0)
    with hand.nothing():
        hand.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        assert len(hand.view.canvas.selection.nodes) == 4
        picture = Picture(hand.project, MAIN, None, Style())
        assert picture.png(1.0) == before
    image = picture.image(1.0)
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert QColor(LIGHT.selection).name() not in colours
    # The corner by which a note is made larger is no part of what it says.
    right, bottom = round(200 - picture.box.left()), round(320 - picture.box.top())
    corner = {image.pixelColor(right - x, bottom - y).name() for x in range(5, 14) for y in range(5, 14)}
    assert corner == {QColor(LIGHT.warning_soft).name()}
    assert [text for text in said(picture) if text in ("Stem", "a < b & c")] == ["Stem", "a < b & c"]
    svg = picture.svg()
    assert b"<image" not in svg
    # Icons, cards, ports and wires are paths; each wire is one of them.
    assert svg.count(b" C") > len(hand.wires)


def test_shapes_stand_in_gaps_of_the_wires_and_problems_only_where_asked(qtbot: QtBot) -> None:
    project = drawn(*ROW)
    problem = Problem("error", "shape", MAIN, "relu_1", Message("It does not fit."))
    report = known(project, shapes(), (problem,))
    plain, bare = Picture(project, MAIN, report, Style()), Picture(project, MAIN, report, Style(shapes=False))
    sizes = ["B × 1 × 8 × 8", "B × 16 × 8 × 8", "B × 16 × 8 × 8"]
    assert sorted(text for text in said(plain) if text.startswith("B")) == sizes
    assert not [text for text in said(bare) if text.startswith("B")]
    marked = Picture(project, MAIN, report, Style(problems=True))
    assert marked.png(1.0) != plain.png(1.0) == Picture(project, MAIN, report, Style()).png(1.0)


def test_a_part_has_only_its_wires(qtbot: QtBot) -> None:
    project = drawn(*ROW, step=300.0)
    whole = Picture(project, MAIN, None, Style())
    part = Picture(project, MAIN, None, Style(), Part(frozenset({"conv2d_1", "relu_1"})))
    names = [project.graph(MAIN).nodes[node].name for node in ("conv2d_1", "relu_1")]
    assert set(names) <= set(said(part)) < set(said(whole))
    assert whole.box.width() - part.box.width() == pytest.approx(600.0, abs=2.0)
    with pytest.raises(EmptyPictureError, match="There is nothing to draw"):
        Picture(project, MAIN, None, Style(), Part(frozenset({"gone"})))


def test_a_page_holds_its_fonts_and_no_pixels(qtbot: QtBot) -> None:
    data = Picture(drawn(*ROW), MAIN, None, Style()).pdf()
    assert data.startswith(b"%PDF-")
    assert b"/FontFile" in data
    assert b"/Subtype /Image" not in data


def test_chinese_in_a_page_is_found_by_its_own_letters(qtbot: QtBot) -> None:
    set_language("zh_CN")
    try:
        data = Picture(drawn(*ROW), MAIN, None, Style()).pdf()
    finally:
        set_language("en")
    tables = re.findall(rb"beginbfrange\n(.*?)endbfrange", data, re.DOTALL)
    letters = {int(code, 16) for table in tables for code in re.findall(rb"<([0-9A-F]{4})>", table)}
    # Fonts draw radicals and letters by one sign; Qt tells the radical, by which nobody searches.
    assert {ord(letter) for letter in "输入 二维卷积"} <= letters
    assert not [code for code in letters if 0x2E80 <= code <= 0x2FDF]
    table = int(data[data.rfind(b"startxref") :].split()[1])
    assert data[table:].startswith(b"xref")


def test_too_many_pixels_are_made_fewer(qtbot: QtBot) -> None:
    wide = Picture(drawn(*ROW, step=30_000.0), MAIN, None, Style())
    size = wide.pixels(wide.fitting(4.0))
    assert wide.fitting(0.1) == 0.1
    assert size.width() <= 32_000
    assert size.width() * size.height() <= MOST_PIXELS
    assert max(wide.points()) == pytest.approx(14_400.0)  # no page is longer


def test_a_path_is_broken_exactly_at_the_edges(qtbot: QtBot) -> None:
    path = QPainterPath(QPointF(0.0, 10.0))
    path.lineTo(100.0, 10.0)
    boxes = [QRectF(20.0, 0.0, 10.0, 20.0), QRectF(60.0, 0.0, 50.0, 20.0), QRectF(0.0, 40.0, 90.0, 9.0)]
    pieces = [polygon.boundingRect() for polygon in broken(path, boxes).toSubpathPolygons()]
    assert [(round(each.left(), 3), round(each.right(), 3)) for each in pieces] == [(0.0, 20.0), (30.0, 60.0)]
    curve = QPainterPath(QPointF(0.0, 0.0))
    curve.cubicTo(50.0, 0.0, 50.0, 100.0, 100.0, 100.0)
    rest = broken(curve, [QRectF(40.0, 30.0, 20.0, 40.0)])
    assert len(rest.toSubpathPolygons()) == 2
    assert rest.pointAtPercent(0.2).y() == pytest.approx(
        curve.pointAtPercent(curve.percentAtLength(rest.length() * 0.2)).y(), abs=0.5
    )
    assert broken(curve, [QRectF(200.0, 0.0, 5.0, 5.0)]) == curve


def test_text_that_is_no_latin_is_drawn_and_stays_text() -> None:
    text = (
        '<text fill="#111" fill-opacity="1" x="1" y="9" font-family="{}" font-size="11" font-weight="400">'
        "{}</text>"
    )
    latin = with_safe_text(text.format("Inter,Sans Serif", "a &lt; b × c"))
    assert re.search(r'font-family="Inter,sans-serif".*textLength="[\d.]+".*>a &lt; b × c</text>', latin)
    assert "<path" not in latin
    chinese = with_safe_text(text.format("Noto", "卷积"))
    assert re.fullmatch(
        r'<path fill="#111" [^>]*d="M[^"]+"/>'
        r'<text [^>]*fill-opacity="0"[^>]*"Noto,sans-serif"[^>]*>卷积</text>',
        chinese,
    )


# -- in the window -------------------------------------------------------------------------------------


def save_by_mouse(monkeypatch: pytest.MonkeyPatch, window: MainWindow, names: list[str]) -> list[str]:
    """Open the dialog and press Save until it shuts; gives what it refused with."""
    refused: list[str] = []
    given = iter(names)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(given), ""))

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PictureDialog)
        dialog.format.setFocus()
        QTest.keyClick(dialog.format, Qt.Key.Key_End)
        assert dialog.format.currentData() == "png"
        assert not dialog.preview.pixmap().isNull()
        for _ in names:
            QTest.mouseClick(dialog.save_button, LEFT)
            if not dialog.failed.isHidden():
                refused.append(dialog.failed.text())
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, press)
    window.commands["canvas.picture"].trigger()
    return refused


def test_a_picture_is_saved_from_the_menu(
    window: MainWindow,
    open_project: Callable[[Project], MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_project(drawn(*ROW))
    before, steps = dumps(window.document.project), window.document.history.position
    refused = save_by_mouse(monkeypatch, window, [str(tmp_path / "gone" / "net"), str(tmp_path / "net")])
    assert len(refused) == 1
    assert "is not there" in refused[0]
    (written,) = tmp_path.glob("net*")
    image = QImage(str(written))
    assert (written.name, image.isNull()) == ("net.png", False)
    assert image.dotsPerMeterX() == round(192 / 0.0254)  # twice the canvas's 96 pixels to an inch
    assert window.settings.get("picture_folder") == str(tmp_path)
    assert (dumps(window.document.project), window.document.history.position) == (before, steps)
    # What was chosen is chosen again, and a name that ends otherwise is meant so.
    save_by_mouse(monkeypatch, window, [str(tmp_path / "net.SVG")])
    assert (tmp_path / "net.SVG").read_bytes().startswith(b"<?xml")


def test_the_canvas_offers_it_by_the_right_button(qtbot: QtBot) -> None:
    hand = Hand(qtbot, drawn(*ROW))
    asked: list[bool] = []
    hand.view.picture_wanted.connect(lambda: asked.append(True))
    with hand.nothing():
        hand.click((500.0, 400.0), button=Qt.MouseButton.RightButton)
        (menu,) = hand.view.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        (action,) = [each for each in menu.actions() if each.text() == "Save as a picture…"]
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert asked == [True]
