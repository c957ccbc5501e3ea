"""The drawing pad: what is drawn, what is brought, and what is refused."""

from __future__ import annotations

import contextlib
import itertools
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.graph.text import Message, NetwrightError
from studio.ui.widgets.drawing_pad import DrawingPad, read_picture
from studio.ui.words import text


@pytest.fixture
def pad(qtbot: QtBot) -> Iterator[DrawingPad]:
    made = DrawingPad()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    yield made
    text.set_language("en")


def draw(pad: DrawingPad, *places: tuple[float, float]) -> None:
    """Draw a stroke through places, given as parts of the sheet."""
    area = pad._area()
    points = [
        QPointF(area.left() + x * area.width(), area.top() + y * area.height()).toPoint() for x, y in places
    ]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(pad, point)
        QApplication.processEvents()
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + chunk(b"IEND", b"")
    )


def picture(ink: str, paper: str, *, width: int = 90, height: int = 90) -> QImage:
    """A thick bar down the middle."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.setPen(QPen(QColor(ink), width // 8))
    painter.drawLine(width // 2, 10, width // 2, height - 10)
    painter.end()
    return image


def test_an_empty_sheet_is_black(pad: DrawingPad) -> None:
    assert pad.is_empty()
    assert pad.pixels() == [[0.0] * 28] * 28
    assert pad.pixel_bytes() == bytes(784)


def test_a_stroke_is_white_where_it_was_drawn(pad: DrawingPad) -> None:
    draw(pad, (0.5, 0.1), (0.5, 0.5), (0.5, 0.9))
    rows = pad.pixels()
    assert [round(row[14], 2) for row in rows[4:24]] == [1.0] * 20
    assert all(row[:10] == [0.0] * 10 and row[18:] == [0.0] * 10 for row in rows)
    assert rows[0] == rows[27] == [0.0] * 28
    assert any(0.05 < value < 0.95 for row in rows for value in row)  # soft edges
    assert bytes(round(value * 255) for row in rows for value in row) == pad.pixel_bytes()


def test_a_click_leaves_a_dot(pad: DrawingPad) -> None:
    draw(pad, (0.25, 0.75))
    rows = pad.pixels()
    assert rows[20][6] > 0.6
    assert rows[21][7] > 0.6
    assert sum(map(sum, rows)) < 8


def test_the_stroke_follows_the_size_of_the_pad(pad: DrawingPad) -> None:
    draw(pad, (0.2, 0.2), (0.8, 0.8))
    small = pad.pixels()
    pad.clear()
    pad.resize(700, 400)
    QApplication.processEvents()
    draw(pad, (0.2, 0.2), (0.8, 0.8))
    pairs = zip(itertools.chain(*small), itertools.chain(*pad.pixels()), strict=True)
    assert max(abs(one - other) for one, other in pairs) < 0.5


def test_another_side_can_be_asked_for(qtbot: QtBot) -> None:
    pad = DrawingPad(side=8)
    qtbot.addWidget(pad)
    assert [len(row) for row in pad.pixels()] == [8] * 8


def test_changes_are_told_now_and_then(pad: DrawingPad, qtbot: QtBot) -> None:
    told: list[bool] = []
    pad.changed.connect(lambda: told.append(pad.is_empty()))
    draw(pad, *((0.2 + 0.006 * step, 0.5) for step in range(100)))
    qtbot.waitUntil(lambda: bool(told), timeout=2000)
    qtbot.wait(120)
    assert 1 <= len(told) < 30
    count = len(told)
    pad.clear()
    qtbot.waitUntil(lambda: len(told) == count + 1, timeout=2000)
    assert told[-1]
    pad.clear()  # there is nothing to clear
    qtbot.wait(120)
    assert len(told) == count + 1


def test_keys_clear_and_take_back(pad: DrawingPad, qtbot: QtBot) -> None:
    draw(pad, (0.2, 0.2), (0.8, 0.2))
    one = pad.pixel_bytes()
    draw(pad, (0.2, 0.8), (0.8, 0.8))
    two = pad.pixel_bytes()
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_empty()
    for expected in (two, one, bytes(784), bytes(784)):
        qtbot.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert pad.pixel_bytes() == expected


def test_other_buttons_draw_nothing(pad: DrawingPad) -> None:
    QTest.mouseClick(pad, Qt.MouseButton.RightButton, pos=QPoint(150, 150))
    QTest.mouseMove(pad, QPoint(50, 50))
    assert pad.is_empty()


@pytest.mark.parametrize(
    ("ink", "paper"),
    [("#FFFFFF", "#000000"), ("#000000", "#FFFFFF"), ("#202080", "#F0E0D0"), ("#FF000000", "#00000000"),
     ("#FFFFFFFF", "#00000000")],
)  # fmt: skip
def test_pictures_become_white_on_black(pad: DrawingPad, tmp_path: Path, ink: str, paper: str) -> None:
    picture(ink, paper).save(str(tmp_path / "digit.png"))
    pad.load(tmp_path / "digit.png")
    rows = pad.pixels()
    assert rows[14][14] > 0.7
    assert max(rows[14][0:8]) < 0.15
    assert rows[14][14] - rows[14][2] > 0.6


def test_a_wide_picture_keeps_its_shape(pad: DrawingPad, tmp_path: Path) -> None:
    picture("#FFFFFF", "#000000", width=200, height=50).save(str(tmp_path / "wide.bmp"))
    pad.load(tmp_path / "wide.bmp")
    rows = pad.pixels()
    assert max(map(max, rows[:9])) == max(map(max, rows[19:])) == 0
    assert rows[14][14] > 0.9


def test_a_huge_picture_is_refused_with_its_size(pad: DrawingPad, tmp_path: Path) -> None:
    (tmp_path / "huge.png").write_bytes(png(30_000, 30_000))
    with pytest.raises(NetwrightError, match="30000 x 30000 pixels and would take 3433 MB; at most 128 MB"):
        pad.load(tmp_path / "huge.png")
    assert pad.is_empty()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("text.png", b"this is no picture", "cannot be read"),
        ("empty.png", b"", "cannot be read"),
        ("missing.png", None, "cannot be read"),
        ("cut.png", png(40, 40)[:45], "damaged"),
        ("image.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "which is SVG"),
        ("renamed.png", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "which is SVG"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, data: bytes | None, told: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(NetwrightError, match=told):
        read_picture(tmp_path / name)


def test_damaged_pictures_never_do_more_than_be_refused(tmp_path: Path) -> None:
    picture("#FFFFFF", "#000000").save(str(tmp_path / "whole.png"))
    whole = (tmp_path / "whole.png").read_bytes()
    chance = random.Random(0)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "damaged.png").write_bytes(damaged[: chance.randint(8, len(damaged))])
        with contextlib.suppress(NetwrightError):  # it may be refused, and nothing else
            assert not read_picture(tmp_path / "damaged.png").isNull()


def drop(pad: DrawingPad, offered: QMimeData) -> bool:
    arguments = (Qt.DropAction.CopyAction, offered, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), *arguments)
    enter.ignore()
    pad.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(50, 50), *arguments)
    event.ignore()
    pad.dropEvent(event)
    return event.isAccepted()


def test_pictures_can_be_dropped(pad: DrawingPad, tmp_path: Path) -> None:
    picture("#000000", "#FFFFFF").save(str(tmp_path / "digit.png"))
    file, image, words, elsewhere = QMimeData(), QMimeData(), QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "digit.png"))])
    image.setImageData(picture("#FFFFFF", "#000000"))
    words.setText("no picture")
    elsewhere.setUrls([QUrl("https://example.org/digit.png")])
    assert not drop(pad, words)
    assert not drop(pad, elsewhere)
    assert pad.is_empty()
    assert drop(pad, file)
    assert pad.pixels()[14][14] > 0.9
    pad.clear()
    assert drop(pad, image)
    assert pad.pixels()[14][14] > 0.9


def test_a_dropped_file_that_is_no_picture_is_told(pad: DrawingPad, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "huge.png").write_bytes(png(30_000, 30_000))
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(tmp_path / "huge.png"))])
    before = pad.grab().toImage()
    with qtbot.waitSignal(pad.refused, timeout=1000) as told:
        assert not drop(pad, offered)
    assert isinstance(told.args[0], Message)
    assert pad.grab().toImage() != before
    draw(pad, (0.5, 0.5))
    assert pad._complaint is None


def test_pictures_can_be_pasted(pad: DrawingPad, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(picture("#FFFFFF", "#000000"))
    qtbot.keyClick(pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pad.pixels()[14][14] > 0.9
    QGuiApplication.clipboard().setText("no picture")
    before = pad.pixel_bytes()
    qtbot.keyClick(pad, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pad.pixel_bytes() == before


def test_it_speaks_both_languages(pad: DrawingPad) -> None:
    english = pad.grab().toImage()
    text.set_language("zh_CN")
    assert pad.accessibleName() == "手写板"
    assert pad.grab().toImage() != english
