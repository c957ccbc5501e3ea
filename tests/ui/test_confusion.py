"""The confusion matrix: what it says, where it is, and how it is gone through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar
from pytestqt.qtbot import QtBot

from studio.ui.looks import theme
from studio.ui.widgets.confusion import ConfusionMatrix, _readable
from studio.ui.widgets.confusion_grid import SMALLEST, Words, lay_out, least_width, short
from studio.ui.words import text

COUNTS = [[8, 2, 0], [1, 5, 4], [0, 0, 10]]
CLASSES = ["cat", "dog", "owl"]


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    qapp.setStyleSheet("")
    text.set_language("en")


@pytest.fixture
def matrix(qtbot: QtBot) -> ConfusionMatrix:
    made = ConfusionMatrix()
    qtbot.addWidget(made)
    made.resize(420, 420)
    made.set_matrix(COUNTS, CLASSES)
    with qtbot.waitExposed(made):
        made.show()
    return made


def ground(matrix: ConfusionMatrix, row: int, column: int) -> QColor:
    """The colour of a cell on the screen, beside its number."""
    cell = matrix._cell(row, column)
    return matrix.grab().toImage().pixelColor(int(cell.left() + cell.width() / 8), int(cell.center().y()))


def test_a_cell_is_said_in_words(matrix: ConfusionMatrix) -> None:
    assert matrix.describe(1, 2) == "True dog, predicted owl: 4 of 10 (40.0 %)"
    assert matrix.summary() == "23 of 30 right (76.7 %)"
    text.set_language("zh_CN")
    assert matrix.describe(1, 2) == "真实 dog，预测 owl：10 中的 4（40.0 %）"


def test_the_mouse_asks_and_chooses(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    matrix.clearFocus()
    assert matrix.said() == matrix.summary()
    QTest.mouseMove(matrix, matrix.cell_centre(0, 1))
    QApplication.processEvents()
    assert matrix.said() == "True cat, predicted dog: 2 of 10 (20.0 %)"
    with qtbot.waitSignal(matrix.cell_clicked) as chosen:
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_centre(2, 0))
    assert chosen.args == [2, 0]
    QTest.mouseMove(matrix, QPoint(1, 1))
    QApplication.processEvents()
    matrix.clearFocus()
    assert matrix.said() == matrix.summary()


def test_a_click_beside_the_cells_chooses_nothing(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(matrix.cell_clicked):
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
        qtbot.mouseClick(matrix, Qt.MouseButton.RightButton, pos=matrix.cell_centre(0, 0))


def test_keys_go_and_choose(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    matrix.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up):
        qtbot.keyClick(matrix, key)
    assert matrix.accessibleDescription() == matrix.describe(0, 2)
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    qtbot.keyClick(matrix, Qt.Key.Key_Home)
    with qtbot.waitSignal(matrix.cell_clicked) as chosen:
        qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert chosen.args == [1, 0]
    qtbot.keyClick(matrix, Qt.Key.Key_End)
    with qtbot.waitSignal(matrix.cell_clicked) as chosen:
        qtbot.keyClick(matrix, Qt.Key.Key_Space)
    assert chosen.args == [1, 2]


def test_every_cell_is_found_where_it_is(matrix: ConfusionMatrix) -> None:
    for row in range(3):
        for column in range(3):
            assert matrix.cell_at(QPointF(matrix.cell_centre(row, column))) == (row, column)
    assert matrix.cell_at(QPointF(0, 0)) is None


@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_tell_right_from_wrong_and_much_from_little(
    matrix: ConfusionMatrix, qapp: QApplication, name: theme.Mode
) -> None:
    theme.apply(qapp, name)
    tokens = theme.theme()
    assert ground(matrix, 2, 2) == QColor(tokens.accent)  # all of its row
    assert ground(matrix, 2, 0) == QColor(tokens.window)  # none
    right, wrong = ground(matrix, 1, 1), ground(matrix, 1, 2)
    assert right.blue() > right.red()
    assert wrong.red() > wrong.blue()
    paper = QColor(tokens.field)

    def strength(colour: QColor) -> int:
        return abs(colour.green() - paper.green())

    assert strength(ground(matrix, 1, 2)) > strength(ground(matrix, 0, 1)) > strength(ground(matrix, 1, 0))


def test_numbers_read_on_their_ground() -> None:
    assert _readable(QColor("#FFFFFF"), ("#101010", "#F0F0F0")) == "#101010"
    assert _readable(QColor("#3D5BD9"), ("#101010", "#FFFFFF")) == "#FFFFFF"


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0"), (9999, "9999"), (10_000, "10k"), (12_345_678, "12M")]
)
def test_large_counts_are_written_short(count: int, written: str) -> None:
    assert short(count) == written


@pytest.mark.parametrize(
    ("counts", "classes"),
    [([[1]], ["a", "b"]), ([[1, 2], [3]], ["a", "b"]), ([[1, -2], [3, 4]], ["a", "b"]), ([], ["a"])],
)
def test_what_is_no_matrix_is_refused(
    matrix: ConfusionMatrix, counts: list[list[int]], classes: list[str]
) -> None:
    with pytest.raises(ValueError, match="Expected"):
        matrix.set_matrix(counts, classes)
    assert matrix.describe(0, 0) == "True cat, predicted cat: 8 of 10 (80.0 %)"


def test_no_results_are_told(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    full = matrix.grab().toImage()
    matrix.clear()
    assert matrix.grab().toImage() != full
    assert matrix.said() == ""
    assert matrix.cell_at(QPointF(200, 200)) is None
    with qtbot.assertNotEmitted(matrix.cell_clicked):
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
        qtbot.keyClick(matrix, Qt.Key.Key_Return)


def test_classes_without_samples_and_odd_names(matrix: ConfusionMatrix) -> None:
    matrix.set_matrix([[0, 0], [0, 0]], ["<img src='file:///x'>", "a\n\nb \u202e" * 500])
    assert matrix.describe(0, 1).startswith("True <img src='file:///x'>, predicted a b")
    assert matrix.summary() == "0 of 0 right (0.0 %)"
    assert matrix.toolTip() == ""
    matrix.grab()


@pytest.mark.parametrize("size", [1, 2, 26, 100, 600])
@pytest.mark.parametrize("side", [180, 420])
def test_any_number_of_classes_is_painted(matrix: ConfusionMatrix, size: int, side: int) -> None:
    counts = [[(5 if row == column else 0) for column in range(size)] for row in range(size)]
    matrix.set_matrix(counts, [f"class {index}" for index in range(size)])
    matrix.show_whole(True)
    matrix.resize(side, side)
    QApplication.processEvents()
    image = matrix.grab().toImage()
    middle = size // 2
    centre = matrix.cell_centre(middle, middle)
    found = [
        image.pixelColor(centre.x() + right, centre.y() + down) for right in (-2, 0, 2) for down in (-2, 0, 2)
    ]
    assert any(colour.blue() - colour.red() > 60 for colour in found)
    assert matrix.cell_at(QPointF(centre)) is not None


def test_a_tiny_one_is_painted_too(matrix: ConfusionMatrix) -> None:
    matrix.setMinimumSize(1, 1)
    matrix.resize(20, 10)
    matrix.grab()
    assert matrix.cell_at(QPointF(5, 5)) is None


def inked(image: QImage, area: QRectF) -> bool:
    """Tell whether something is written in an area: it has both bright and dark pixels."""
    inner = area.toRect().adjusted(2, 2, -2, -2)
    grey = image.copy(inner).convertToFormat(QImage.Format.Format_Grayscale8)
    lines = (cast(memoryview, grey.constScanLine(row)) for row in range(grey.height()))
    found = [value for line in lines for value in bytes(line)[: grey.width()]]
    return max(found) - min(found) > 40


def filled(size: int, right: int) -> list[list[int]]:
    return [[right if row == column else (row + column) % 3 for column in range(size)] for row in range(size)]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(240, 232), (240, 262), (360, 310), (700, 310)])
@pytest.mark.parametrize("size", [2, 3, 10])
def test_every_count_and_name_of_ten_classes_is_written(
    matrix: ConfusionMatrix, qapp: QApplication, name: theme.Mode, width: int, height: int, size: int
) -> None:
    theme.apply(qapp, name)
    matrix.set_matrix(filled(size, 36), [str(number) for number in range(size)])
    matrix.resize(width, height)
    matrix.clearFocus()
    QApplication.processEvents()
    image, grid = matrix.grab().toImage(), matrix.grid
    assert not grid.scrolls
    assert grid.writing >= SMALLEST
    for row in range(size):
        for column in range(size):
            assert inked(image, matrix._cell(row, column)), (row, column)
        first = matrix._cell(row, 0)
        left = QRectF(grid.area.left() - grid.names - 6, first.top(), grid.names + 4, first.height())
        assert inked(image, left), f"the name of row {row}"
        right = QRectF(grid.area.right() + 2, first.top(), 22, first.height())
        assert inked(image, right), f"the total of row {row}"
        top = matrix._cell(0, row)
        assert inked(image, QRectF(top.left(), grid.area.top() - grid.heads, top.width(), grid.heads))
        assert inked(image, QRectF(top.left(), grid.area.bottom() + 1, top.width(), grid.line))


@pytest.mark.parametrize("right", [9, 36, 1135])
@pytest.mark.parametrize(
    "names", [[str(n) for n in range(10)], ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog"]]
)
def test_least_width_is_enough_to_read_all(names: list[str], right: int) -> None:
    counts = filled(len(names), right)
    words = Words.of(names, counts, [sum(row) for row in counts])
    grid = lay_out(least_width(words), 262, words)
    assert not grid.scrolls
    assert grid.writing >= SMALLEST
    assert not grid.shortened


def test_long_names_of_columns_run_upwards(matrix: ConfusionMatrix) -> None:
    names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
    matrix.set_matrix(filled(10, 36), names)
    assert matrix.grid.turned
    image = matrix.grab().toImage()
    top = matrix._cell(0, 1)
    head = QRectF(top.left(), matrix.grid.area.top() - matrix.grid.heads, top.width(), matrix.grid.heads)
    upper, lower = QRectF(head), QRectF(head)
    upper.setBottom(head.center().y())
    lower.setTop(head.center().y())
    assert inked(image, upper)
    assert inked(image, lower)
    matrix.resize(1400, 420)
    assert not matrix.grid.turned


def test_many_classes_are_scrolled_to_with_their_names(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    matrix.set_matrix(filled(100, 50), [f"a long class name {number}" for number in range(100)])
    assert matrix.grid.scrolls
    assert matrix.grid.writing >= SMALLEST
    across, down = (bar for bar in matrix.findChildren(QScrollBar))
    assert across.isVisible()
    assert down.isVisible()
    assert matrix.cell_at(matrix.grid.area.center()) != (99, 99)
    matrix.setFocus()
    qtbot.keyClick(matrix, Qt.Key.Key_End)
    for _ in range(99):
        qtbot.keyClick(matrix, Qt.Key.Key_Down)
    last = matrix._cell(99, 99)
    assert matrix.grid.area.adjusted(-1, -1, 1, 1).contains(last)
    assert matrix.cell_at(last.center()) == (99, 99)
    image = matrix.grab().toImage()
    assert inked(image, last)
    left = QRectF(matrix.grid.area.left() - matrix.grid.names, last.top(), matrix.grid.names, last.height())
    assert inked(image, left)
    before = down.value()
    wheel = QWheelEvent(
        matrix.grid.area.center(),
        matrix.mapToGlobal(matrix.grid.area.center()),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(matrix, wheel)
    assert down.value() == before - round(3 * matrix.grid.height)


def test_all_of_many_classes_is_seen_at_a_press(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    assert not matrix.whole_button.isVisible()  # three classes are all seen
    matrix.set_matrix(filled(100, 50), [str(number) for number in range(100)])
    assert matrix.whole_button.toolTip() == "Show the whole matrix"
    qtbot.mouseClick(matrix.whole_button, Qt.MouseButton.LeftButton)
    assert not matrix.grid.scrolls
    assert matrix.cell_at(QPointF(matrix.cell_centre(99, 99))) == (99, 99)
    assert matrix.grid.area.contains(matrix._cell(99, 99).center())
    qtbot.mouseClick(matrix.whole_button, Qt.MouseButton.LeftButton)
    assert matrix.grid.scrolls


def test_counts_too_wide_for_their_cells_are_all_written_short() -> None:
    counts = filled(10, 123_456)
    words = Words.of([str(n) for n in range(10)], counts, [sum(row) for row in counts])
    narrow, wide = lay_out(310, 262, words), lay_out(700, 262, words)
    assert narrow.shortened
    assert narrow.writing >= SMALLEST
    assert not narrow.scrolls
    assert not wide.shortened
