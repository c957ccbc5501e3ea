"""The confusion matrix: what it says, where it is, and how it is gone through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui import text, theme
from studio.ui.confusion import ConfusionMatrix, _readable, _short

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
    assert _short(count) == written


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
