"""The minimap: the whole graph in a corner, to look elsewhere by the mouse; it never changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.compiler.problems import Problem
from studio.graph import Message
from studio.project import Project, edits
from studio.ui.canvas.minimap import CORNERS, GAP, SHORTEST, Minimap, minimaps
from studio.ui.looks.theme import LIGHT
from studio.ui.window import MainWindow
from studio.ui.words.text import set_language
from tests.ui.canvas_hand import ALT, LEFT, MAIN, RIGHT, SHIFT, Hand, drawn, known

WIDE = ("input", "conv2d", "relu", "conv2d", "relu", "output")


@pytest.fixture(autouse=True)
def none_at_first() -> Iterator[None]:
    minimaps.set(False, "bottom_right")
    yield
    minimaps.set(False, "bottom_right")


def shown(qtbot: QtBot, project: Project | None = None) -> tuple[Hand, Minimap]:
    hand = Hand(qtbot, drawn(*WIDE, step=900.0) if project is None else project)
    hand.key(Qt.Key.Key_M, ALT)
    hand.view.minimap.grab()
    return hand, hand.view.minimap


def middle_seen(hand: Hand) -> QPointF:
    return hand.view.camera.to_scene(QRectF(hand.view.viewport().rect()).center())


def near(found: QPointF, expected: QPointF, reach: float) -> bool:
    return (found - expected).manhattanLength() <= reach


def test_alt_m_shows_it_and_hides_it_in_the_chosen_corner(qtbot: QtBot) -> None:
    hand, minimap = shown(qtbot)
    with hand.nothing():
        room = hand.view.viewport().rect()
        places = []
        for _ in CORNERS:
            assert minimap.isVisible()
            box = minimap.geometry()
            assert room.adjusted(GAP, GAP, -GAP, -GAP).contains(box)
            places.append((box.left() == GAP, box.top() == GAP))
            hand.key(Qt.Key.Key_M, ALT | SHIFT)
        assert places == [(False, False), (True, False), (True, True), (False, True)]
        assert minimaps.corner == "bottom_right"
        hand.key(Qt.Key.Key_M, ALT)
        assert not minimap.isVisible()
    assert minimap.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert minimap.accessibleName() == "Minimap"
    set_language("zh_CN")
    try:
        assert minimap.accessibleName() == "缩略图"
    finally:
        set_language("en")


def test_a_click_looks_there_and_a_drag_moves_what_is_seen(qtbot: QtBot) -> None:
    hand, minimap = shown(qtbot)
    pixel = 1.0 / minimap._scale
    with hand.nothing():
        for share in (0.9, 0.3):
            at = QPoint(round(minimap.width() * share), minimap.height() // 2)
            expected = minimap._area.topLeft() + QPointF(at) * pixel
            QTest.mouseClick(minimap, LEFT, pos=at)
            assert near(middle_seen(hand), expected, 4.0)
        # The frame is taken where it is held: nothing jumps at the press.
        assert hand.view.viewport().rect().adjusted(GAP, GAP, -GAP, -GAP).contains(minimap.geometry())
        before, held = middle_seen(hand), minimap.seen().center().toPoint() + QPoint(3, 2)
        QTest.mousePress(minimap, LEFT, pos=held)
        assert near(middle_seen(hand), before, pixel)
        QTest.mouseMove(minimap, held + QPoint(25, 5))
        assert near(middle_seen(hand), before + QPointF(25.0, 5.0) * pixel, pixel)
        QTest.mouseRelease(minimap, LEFT, pos=held + QPoint(25, 5))
        assert hand.view.window().focusWidget() is hand.view
        QTest.mouseDClick(minimap, LEFT, pos=QPoint(20, 20))
        QTest.mouseRelease(minimap, LEFT, pos=QPoint(20, 20))


def test_the_wheel_zooms_about_the_middle(qtbot: QtBot) -> None:
    hand, minimap = shown(qtbot)
    with hand.nothing():
        before, zoom, frame = middle_seen(hand), hand.view.camera.zoom, minimap.seen()
        at = QPointF(minimap.rect().center())
        event = QWheelEvent(
            at,
            minimap.mapToGlobal(at),
            QPoint(),
            QPoint(0, 240),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(minimap, event)
        assert hand.view.camera.zoom > zoom * 1.2
        assert near(middle_seen(hand), before, 2.0)
        assert minimap.seen().width() < frame.width()


def test_the_frame_stays_to_be_seen_when_one_looks_beyond(qtbot: QtBot) -> None:
    hand, minimap = shown(qtbot)
    with hand.nothing():
        hand.view.camera.centre(QPointF(90_000.0, -90_000.0))
        seen = minimap.seen()
        assert QRectF(minimap.rect()).contains(seen)
        assert (seen.width(), seen.height()) == (SHORTEST, SHORTEST)
        assert (seen.right() > minimap.width() - 3, seen.top() < 3) == (True, True)


def test_it_is_drawn_again_only_when_the_graph_has_changed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, minimap = shown(qtbot)
    times: list[float] = []
    real = Minimap._drawn

    def counted(self: Minimap, ratio: float) -> QPixmap:
        times.append(ratio)
        return real(self, ratio)

    monkeypatch.setattr(Minimap, "_drawn", counted)
    hand.look_at(500.0, 0.0)
    hand.view.zoom_by(1)
    minimap.grab()
    assert times == []
    with hand.step(f"Delete “{hand.project.graph(MAIN).nodes['relu_1'].name}”"):
        hand.view.select(["relu_1"])
        hand.key(Qt.Key.Key_Delete)
    minimap.grab()
    assert len(times) == 1
    hand.key(Qt.Key.Key_M, ALT)
    hand.document.do(Message("Move"), edits.move_nodes(hand.project, MAIN, {"input_1": (0.0, 400.0)}))
    assert len(times) == 1  # hidden it costs nothing
    hand.key(Qt.Key.Key_M, ALT)
    minimap.grab()
    assert len(times) == 2


def test_it_wears_the_families_colours_and_shows_problems(qtbot: QtBot) -> None:
    project = drawn(*WIDE, step=200.0)
    hand, minimap = shown(qtbot, project)
    hand.view.frame_all()

    def colours() -> set[str]:
        image = minimap.grab().toImage()
        return {
            image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
        }

    before = colours()
    assert {LIGHT.family(group).fill.upper() for group in ("io", "convolution", "activation")} <= before
    error = QColor(LIGHT.error).name().upper()
    assert error not in before
    problem = Problem("error", "shape", MAIN, "relu_1", Message("It does not fit."))
    hand.learn(known(project, {}, (problem,)))
    assert error in colours()


def test_it_hides_where_it_would_cover_too_much(qtbot: QtBot) -> None:
    hand, minimap = shown(qtbot)
    hand.view.resize(460, 400)
    assert not minimap.isVisible()
    hand.view.resize(900, 600)
    assert minimap.isVisible()
    assert hand.view.viewport().rect().contains(minimap.geometry())
    with hand.nothing():
        empty = Hand(qtbot, Project())
        assert not empty.view.minimap.isVisible()


def test_the_right_button_offers_the_corners(qtbot: QtBot) -> None:
    hand, minimap = shown(qtbot)
    with hand.nothing():
        QTest.mouseClick(minimap, RIGHT, pos=QPoint(10, 10))
        (menu,) = minimap.findChildren(QMenu)
        checked = [action.text() for action in menu.actions() if action.isChecked()]
        assert checked == ["Bottom right"]
        (wanted,) = [action for action in menu.actions() if action.text() == "Top left"]
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(wanted).center())
        assert (minimap.x(), minimap.y()) == (GAP, GAP)
        assert hand.view.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly) == []


def test_the_next_window_has_it_where_it_was(
    make_window: Callable[[], MainWindow], window: MainWindow
) -> None:
    window.document._replace(drawn(*WIDE), None, saved=True)
    window.show_project()
    view = window.workspace.networks.view
    assert view is not None
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_M, ALT)
    QTest.keyClick(view, Qt.Key.Key_M, ALT | SHIFT)
    assert window.settings.get("minimap") == [True, "bottom_left"]
    minimaps.set(False, "bottom_right")
    window.settings.set("minimap", [True, "top_left"])
    other = make_window()
    other.show_project()
    assert (minimaps.shown, minimaps.corner) == (True, "top_left")
    for kept, taken in (
        ([True, "middle"], (True, "top_left")),
        ([1, 2], (False, "top_left")),
        ("no list", (False, "bottom_right")),
    ):
        minimaps.take(kept)
        assert (minimaps.shown, minimaps.corner) == taken
