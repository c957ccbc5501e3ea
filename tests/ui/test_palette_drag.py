"""A block dragged from the palette hangs on the pointer as it will look on the canvas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QDrag, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from studio.blocks import Block, find
from studio.project import Composite, Project, block_of_composite
from studio.ui.canvas.geometry import HEAD, WIDTH
from studio.ui.canvas.ghost import SMALLEST, ghost
from studio.ui.canvas.paint import MARGIN
from studio.ui.looks import theme
from studio.ui.panels.palette import MIME
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests.ui.canvas_hand import MAIN, Hand, drawn


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[QDrag]:
    """Give the drags that are begun; nobody moves the pointer, so each ends at once."""
    drags: list[QDrag] = []

    def begin(self: QDrag, *_: object) -> Qt.DropAction:
        drags.append(self)
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", begin)
    return drags


@pytest.fixture
def plain(qapp: QApplication) -> Iterator[None]:
    yield
    text.set_language("en")
    theme.apply(qapp, "light")


def drag(window: MainWindow, qtbot: QtBot, item: QTreeWidgetItem) -> None:
    """Press on a row and pull it away, by the mouse."""
    tree = window.workspace.palette_.tree
    tree.scrollToItem(item)
    start, viewport = tree.visualItemRect(item).center(), tree.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (5, 15, 40):
        QTest.mouseMove(viewport, start + QPoint(step, step))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 40))


def row(window: MainWindow, kind: str) -> QTreeWidgetItem:
    leaves = window.workspace.palette_._leaves()
    return next(leaf for leaf in leaves if leaf.data(0, Qt.ItemDataRole.UserRole).type == kind)


def share(image: QImage, colour: str) -> float:
    """Give how much of a picture wears a colour, or nearly so, as the picture is veiled."""
    wanted, hits = QColor(colour), 0
    for x in range(0, image.width(), 2):
        for y in range(0, image.height(), 2):
            seen = image.pixelColor(x, y)
            parts = (seen.red() - wanted.red(), seen.green() - wanted.green(), seen.blue() - wanted.blue())
            hits += seen.alpha() > 100 and all(abs(part) < 6 for part in parts)
    return 4 * hits / (image.width() * image.height())


@pytest.mark.parametrize("kind", ["input", "conv2d", "max_pool2d"])
def test_a_block_hangs_on_the_pointer(
    window: MainWindow, qtbot: QtBot, taken: list[QDrag], kind: str
) -> None:
    window.show_project()
    view = window.workspace.networks.view
    assert view is not None
    view.camera.set_zoom(1.25)
    item = row(window, kind)
    block: Block = item.data(0, Qt.ItemDataRole.UserRole)
    drag(window, qtbot, item)
    (made,) = taken
    assert bytes(made.mimeData().data(MIME).data()).decode() == kind
    image = made.pixmap().toImage()
    size = made.pixmap().deviceIndependentSize()
    # As large as it will be on the canvas, and held by its middle.
    assert size.width() == pytest.approx((WIDTH + 2 * MARGIN) * 1.25, abs=1.0)
    assert size.height() == pytest.approx((HEAD + 2 * MARGIN) * 1.25, abs=1.0)
    held = made.hotSpot()
    assert abs(held.x() - size.width() / 2) <= 1
    assert abs(held.y() - size.height() / 2) <= 1
    assert share(image, theme.theme().family(block.group).fill) > 0.02
    assert image.pixelColor(0, 0).alpha() == 0
    assert (
        100 < image.pixelColor(image.width() // 2, image.height() - round(1.25 * (MARGIN + 8))).alpha() < 255
    )


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_ghost_wears_the_theme_and_is_sharp(
    qapp: QApplication, plain: None, mode: theme.Mode, ratio: float
) -> None:
    theme.apply(qapp, mode)
    block = find("lstm")
    assert block is not None
    picture, middle = ghost(block, 1.0, ratio)
    assert picture.devicePixelRatio() == ratio
    assert picture.width() == round((WIDTH + 2 * MARGIN) * ratio)
    assert middle.x() == (WIDTH + 2 * MARGIN) / 2
    image = picture.toImage()
    assert share(image, theme.theme().family("sequence").fill) > 0.02
    ground = image.pixelColor(image.width() // 2, round((MARGIN + 6) * ratio)).lightness()
    assert ground < 70 if mode == "dark" else ground > 220


def test_the_ghost_says_its_name_in_the_language_in_use(qapp: QApplication, plain: None) -> None:
    block = find("conv2d")
    assert block is not None
    english = ghost(block, 1.0, 1.0)[0].toImage()
    text.set_language("zh_CN")
    assert ghost(block, 1.0, 1.0)[0].toImage() != english
    own = block_of_composite("Block", Composite(drawn("input", "relu", "output").graph(MAIN)))
    assert ghost(own, 0.1, 1.0)[0].width() == round((WIDTH + 2 * MARGIN) * SMALLEST)


def test_a_family_is_no_block_to_be_dragged(window: MainWindow, qtbot: QtBot, taken: list[QDrag]) -> None:
    window.show_project()
    top = window.workspace.palette_.tree.topLevelItem(0)
    assert top is not None
    drag(window, qtbot, top)
    assert taken == []


@pytest.mark.parametrize("kind", ["relu", "lstm", "multihead_attention"])
def test_a_block_lands_where_its_place_is_shown(qtbot: QtBot, kind: str) -> None:
    hand = Hand(qtbot, Project())
    assert hand.drop(kind, (400.0, 300.0))
    (node,) = hand.view.canvas.nodes.values()
    middle = node.body().center()
    assert abs(middle.x() - 400.0) <= 4.0
    assert abs(middle.y() - 300.0) <= 4.0
