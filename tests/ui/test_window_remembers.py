"""A project that is opened again is seen as it was left, whatever became of it meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSignalBlocker, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from studio.project import GraphRef, Project, edits
from studio.project.disk import state_folder
from studio.project.file import dumps, write
from studio.project.library import LIBRARY, add_block
from studio.ui.canvas.minimap import minimaps
from studio.ui.panels.plan import PlanForm
from studio.ui.widgets.plain import Fold, folds
from studio.ui.window import MainWindow
from tests import drawing

MAIN, CRITIC = GraphRef("network", "main"), GraphRef("network", "critic")
BASIC = GraphRef("composite", "Residual basic")
LEFT = Qt.MouseButton.LeftButton
Make = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def own_choices() -> Iterator[None]:
    """Leave no minimap and no part of a form to later tests."""
    yield
    minimaps.take(None)
    folds.take(None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the file of a project of two networks; the first uses a composite."""
    project, _ = drawing.chain(("input", {"shape": (64, 8, 8)}))
    project, _ = add_block(project, MAIN, LIBRARY, (320.0, 0.0), "Residual basic")
    project = edits.add_network(project, "critic")
    project, _ = edits.add_node(project, CRITIC, "relu", (0.0, 0.0))
    write(project, tmp_path / "two.netwright")
    return tmp_path / "two.netwright"


def state() -> Path:
    """Give the file that says how the one project was left."""
    return max((state_folder() / "looks").glob("*.json"), key=lambda one: one.stat().st_mtime_ns)


def left_behind(make_window: Make, file: Path, qtbot: QtBot) -> MainWindow:
    """Look at a project in a way of one's own, and close the window."""
    window = make_window()
    assert window.filing.open_path(file)
    networks = window.workspace.networks
    page = networks.page
    assert page is not None
    view = page.view
    view.camera.set_zoom(0.5)
    view.camera.centre(QPointF(150.0, 30.0))
    view.select(["composite_1"])
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert page.path == [MAIN, BASIC]
    qtbot.mouseClick(networks.tabBar(), LEFT, pos=networks.tabBar().tabRect(1).center())
    assert networks.view is not None
    networks.view.camera.set_zoom(2.0)
    networks.view.camera.centre(QPointF(60.0, 20.0))
    qtbot.keyClick(networks.view, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    window.workspace.docks.show("outline")
    window.workspace.docks.show("runs")
    window.workspace.docks.show("inspector")
    networks.view.select([])
    training = fold(window, "Training")
    qtbot.mouseClick(training.findChildren(QToolButton)[0], LEFT, pos=QPoint(8, 8))
    assert not training.opened
    window.close()
    return window


def fold(window: MainWindow, title: str) -> Fold:
    form = window.workspace.inspector.form
    assert isinstance(form, PlanForm)
    return next(one for one in form.findChildren(Fold) if one._title == title)


def seen(window: MainWindow) -> tuple[float, float, float]:
    view = window.workspace.networks.view
    assert view is not None
    middle = view.camera.to_scene(QPointF(view.viewport().rect().center()))
    return view.camera.zoom, middle.x(), middle.y()


def test_a_project_is_seen_as_it_was_left(make_window: Make, file: Path, qtbot: QtBot) -> None:
    text = file.read_text(encoding="utf-8")
    left_behind(make_window, file, qtbot)
    assert file.read_text(encoding="utf-8") == text  # none of it is a matter of the project
    with QSignalBlocker(minimaps):  # as in a program that begins anew
        minimaps.take(None)
        folds.take(None)
    window = make_window()
    window.resize(1200, 800)  # another size than before
    assert window.filing.open_path(file)
    networks = window.workspace.networks
    assert networks.ref == CRITIC
    assert seen(window) == pytest.approx((2.0, 60.0, 20.0), abs=1.5)
    docks = window.workspace.docks
    qtbot.waitUntil(lambda: docks.in_front("outline") and docks.in_front("runs"))
    assert not docks.in_front("palette")
    assert minimaps.shown
    assert not fold(window, "Training").opened
    assert fold(window, "Loss").opened
    qtbot.mouseClick(networks.tabBar(), LEFT, pos=networks.tabBar().tabRect(0).center())
    page = networks.page
    assert page is not None
    assert page.path == [MAIN, BASIC]
    page.leave()
    qtbot.waitUntil(lambda: seen(window) == pytest.approx((0.5, 150.0, 30.0), abs=3.0))
    assert not window.document.modified


def test_it_is_remembered_from_one_project_to_the_next_too(
    make_window: Make, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.netwright"
    write(Project(), other)
    window = make_window()
    window.filing.open_path(file)
    window.workspace.networks.show_graph(CRITIC)
    assert window.filing.open_path(other)
    assert window.workspace.networks.ref == MAIN
    assert window.filing.open_path(file)
    assert window.workspace.networks.ref == CRITIC


def test_what_is_gone_meanwhile_is_passed_over(make_window: Make, file: Path, qtbot: QtBot) -> None:
    left_behind(make_window, file, qtbot)
    project, _ = drawing.chain(("input", {}), ("relu", {}), ("output", {}))
    write(edits.move_nodes(project, MAIN, {"input_1": (9e5, 9e5), "relu_1": (9e5, 9.1e5)}), file)
    window = make_window()
    assert window.filing.open_path(file)
    networks = window.workspace.networks
    assert networks.ref == MAIN
    assert networks.page is not None
    assert networks.page.path == [MAIN]
    assert networks.view is not None
    shown = networks.view.mapToScene(networks.view.viewport().rect()).boundingRect()
    assert any(shown.intersects(item.sceneBoundingRect()) for item in networks.view.canvas.nodes.values())


BROKEN = [
    "",
    "no json",
    "[]",
    "{" * 5000,
    '{"tab": 7, "ways": [], "seen": 3}',
    '{"tab": "none", "ways": {"main": "abc"}, "seen": {"network:main": [NaN, 1, 2]}}',
    '{"ways": {"main": [3, null]}, "seen": {"network:main": [1e308, Infinity, true]}}',
    '{"ways": {"main": ["Residual basic", "Residual basic"]}, "seen": {"network:main": [1, 1e308, 1e308]}}',
    '{"seen": {"network:main": [-5, 0, 0], "network:critic": [0, 0, 0]}}',
]


def test_no_state_of_any_kind_is_a_failure(make_window: Make, file: Path, qtbot: QtBot) -> None:
    left_behind(make_window, file, qtbot)
    place, window = state(), make_window()
    for text in BROKEN:
        place.write_text(text, encoding="utf-8")
        assert window.filing.open_path(file), text
        view = window.workspace.networks.view
        assert view is not None
        assert 0.04 <= view.camera.zoom <= 4.0, text
        view.grab()
    place.write_bytes(b"\xff\x00" * 100)
    assert window.filing.open_path(file)
    assert json.loads(place.read_text(encoding="utf-8")) if window.remembered.keep() else False
    assert dumps(window.document.project) == file.read_text(encoding="utf-8")
