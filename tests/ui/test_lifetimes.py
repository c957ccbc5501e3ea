"""Whatever is closed in the middle of something is gone in good order, and leaves nothing behind.

Each test does it to the real window and then lets Qt delete and Python collect; a word from Qt, an error from
a slot of something that is gone, or a timer that ticks on fails it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from studio.graph import Message
from studio.project import Project, edits
from studio.project.definitions import remove_composites
from studio.project.file import write
from studio.ui.canvas import CanvasView
from studio.ui.canvas.minimap import minimaps
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from tests.bench.bench_soak import a_project, census, open_and_close, settle
from tests.ui.canvas_hand import LEFT, MAIN, PLAIN, RIGHT
from tests.ui.test_window_train import small

View = Callable[[MainWindow], CanvasView]


@pytest.fixture
def shown(window: MainWindow) -> Iterator[MainWindow]:
    """Show a network with a branch and a composite, and its minimap; nothing may be left of it afterwards."""
    window.document._replace(a_project(2), None, saved=True)
    window.show_project()
    window.activateWindow()
    QApplication.processEvents()
    yield window
    minimaps.set(False, "bottom_right")


def canvas(window: MainWindow) -> CanvasView:
    """Give the canvas that is shown."""
    view = window.workspace.networks.view
    assert view is not None
    return view


def press_node(view: CanvasView, button: Qt.MouseButton = LEFT) -> None:
    """Drag a node, and keep the button down."""
    body = next(iter(view.canvas.nodes.values())).body()
    at = view.viewportTransform().map(QPointF(body.center().x() + 30, body.bottom() - 8)).toPoint()
    QTest.mousePress(view.viewport(), button, PLAIN, at)
    for step in (10, 30, 60):
        QTest.mouseMove(view.viewport(), at + QPoint(step, step))
    assert view.hands.gesture is not None


def pull_wire(view: CanvasView) -> None:
    """Pull a wire off an output, and keep the button down."""
    node = next(iter(view.canvas.nodes.values()))
    at = view.viewportTransform().map(QPointF(*node.end(node.card.shape.ports[-1].name, True))).toPoint()
    QTest.mousePress(view.viewport(), LEFT, PLAIN, at)
    QTest.mouseMove(view.viewport(), at + QPoint(40, 40))
    assert view.hands.gesture is not None


def draw_a_box(view: CanvasView) -> None:
    """Draw a box on the ground, and keep the button down."""
    QTest.mousePress(view.viewport(), LEFT, PLAIN, QPoint(8, view.viewport().height() - 8))
    QTest.mouseMove(view.viewport(), QPoint(90, view.viewport().height() - 90))
    assert view.hands.gesture is not None


def write_a_name(view: CanvasView) -> None:
    """Open the editor of a name on the canvas."""
    view.rename(next(iter(view.canvas.nodes)))
    assert view.writing.editor is not None


def ask_for_a_block(view: CanvasView) -> None:
    """Open the search for a block."""
    view.ask_at_pointer()
    assert QApplication.activePopupWidget() is not None


def open_a_menu(view: CanvasView) -> None:
    """Open the menu of the canvas."""
    view.menu_at_current()
    assert view._menu is not None


def slide(view: CanvasView) -> None:
    """Have everything slide to its place."""
    view.slide.begin({node: (x - 300.0, y - 200.0) for node, (x, y) in view.canvas.positions().items()})
    assert view.slide.state() == view.slide.State.Running


def drag_the_minimap(view: CanvasView) -> None:
    """Take hold of the frame of the minimap."""
    minimaps.set(True, "bottom_right")  # the window takes what its settings say when it is made
    view.window().resize(1900, 1200)  # a small canvas has none
    QApplication.processEvents()
    view.minimap.place()
    assert view.minimap.isVisible()
    QTest.mousePress(view.minimap, LEFT, PLAIN, view.minimap.rect().center())
    QTest.mouseMove(view.minimap, view.minimap.rect().center() + QPoint(9, 5))


MIDDLES: dict[str, Callable[[CanvasView], None]] = {
    "dragging a node": press_node,
    "pulling a wire": pull_wire,
    "drawing a box": draw_a_box,
    "writing a name": write_a_name,
    "searching a block": ask_for_a_block,
    "a menu open": open_a_menu,
    "sliding": slide,
    "dragging the minimap": drag_the_minimap,
}


def another_project(window: MainWindow) -> None:
    """Open another project: its canvases take the place of these."""
    window.document._replace(a_project(2), None, saved=True)


def another_network_removed(window: MainWindow) -> None:
    """Take the network that is shown away."""
    project = edits.add_network(window.document.project, "second")
    window.document.do(Message("Add"), project)
    window.document.do(Message("Remove"), edits.remove_network(project, "main"))


def the_first_page(window: MainWindow) -> None:
    """Go to the first page."""
    assert window.document.new()
    window.show_welcome()


def the_window(window: MainWindow) -> None:
    """End the window."""
    window.shut_down(keep_edits=False)
    window.close()


ENDS: tuple[Callable[[MainWindow], None], ...] = (
    another_project,
    another_network_removed,
    the_first_page,
    the_window,
)


SOME: dict[Callable[[MainWindow], None], tuple[str, ...]] = {
    another_network_removed: ("pulling a wire", "writing a name"),
    the_first_page: ("dragging a node", "searching a block", "sliding"),
    the_window: ("dragging a node",),  # a window ends once
}
"""What is tried with each end; with another project, all."""


def deleted() -> None:
    """Let Qt delete what was given up."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def let_go(window: MainWindow) -> None:
    """Let the buttons go, wherever they were pressed."""
    for button in (LEFT, RIGHT):
        QTest.mouseRelease(window, button, PLAIN, QPoint(3, 3))


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_canvas_that_is_closed_in_the_middle_of_something_is_gone(
    shown: MainWindow, end: Callable[[MainWindow], None]
) -> None:
    gone: dict[str, weakref.ref[CanvasView]] = {}
    for name, begin in MIDDLES.items():
        if end is not another_project and name not in SOME[end]:
            continue
        shown.document._replace(a_project(2), None, saved=True)
        shown.show_project()
        deleted()
        view = canvas(shown)
        begin(view)
        end(shown)
        let_go(shown)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        deleted()
        stays = end in (the_first_page, the_window) and Shiboken.isValid(view)
        if stays:
            assert view.hands.gesture is None, name
            assert view.slide.state() != view.slide.State.Running, name
            continue
        assert not Shiboken.isValid(view), name
        gone[name] = weakref.ref(view)
        del view
    settle()
    assert [name for name, view in gone.items() if view() is not None] == []


def test_a_composite_that_is_removed_while_it_is_worked_on_takes_its_canvas_along(shown: MainWindow) -> None:
    for begin in (press_node, write_a_name, slide):
        page = shown.workspace.networks.page
        assert page is not None
        page.enter("Block")
        QApplication.processEvents()
        view = canvas(shown)
        assert view.ref.place == "composite"
        begin(view)
        before = shown.document.project
        used = [node for node in before.graph(MAIN).nodes.values() if node.composite == "Block"]
        without = edits.remove_nodes(before, MAIN, [node.id for node in used])
        shown.document.do(Message("Remove"), remove_composites(without, ["Block"]))
        let_go(shown)
        deleted()
        assert not Shiboken.isValid(view)
        assert page.ref == MAIN
        shown.document.undo()


def test_a_project_is_closed_while_it_is_analysed_and_trained(
    make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window = make_window()
    window.document._replace(small(epochs=500), None, saved=True)
    window.show_project()
    window.document.begin()
    qtbot.waitUntil(lambda: window.session.obstacle() is None, timeout=20_000)
    assert window.session.start() is None
    qtbot.waitUntil(lambda: window.session.latest is not None, timeout=20_000)
    # In the middle of a run another project is opened, looked at, and edited while it is analysed.
    window.document._replace(a_project(12), None, saved=True)
    window.document.do(Message("Edit"), a_project(13))
    settle()
    window.show_welcome()
    settle()
    assert window.shut_down(keep_edits=False)
    window.close()
    settle()
    assert not window.session.active


def test_opening_and_closing_leaves_the_very_same_objects(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "net.netwright"
    project: Project = a_project(2)
    write(project, path)
    for _ in range(2):
        open_and_close(window, path)
    before = census()
    for _ in range(6):
        open_and_close(window, path)
    assert census().more_than(before) == {}


def test_a_window_that_is_gone_leaves_nothing(qapp: QApplication, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "net.netwright"
    write(a_project(2), path)

    def come_and_go() -> weakref.ref[MainWindow]:
        window = MainWindow(settings)
        window.show()
        open_and_close(window, path)
        window.shut_down(keep_edits=False)
        window.close()
        window.deleteLater()
        return weakref.ref(window)

    come_and_go()
    before = census()
    gone = come_and_go()
    assert census().more_than(before) == {}
    assert gone() is None
