"""A hand for the canvas in tests: it works on the real widget by mouse and keys, and checks the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.blocks import find
from studio.compiler.problems import Problem
from studio.compiler.report import NodeReport, Report
from studio.compiler.tensors import Tensor
from studio.graph import Endpoint, Value, Wire
from studio.project import GraphRef, Project, block_of, edits
from studio.project.file import dumps
from studio.ui.canvas import CanvasView
from studio.ui.canvas.scene import CanvasScene
from studio.ui.document import Document
from studio.ui.panels.palette import MIME

MAIN = GraphRef("network", "main")
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

Spot = tuple[float, float]


def drawn(*kinds: str, step: float = 256.0, y: float = 0.0, project: Project | None = None) -> Project:
    """Draw blocks in a row, each feeding the next where it can; ids are `conv2d_1` and so on."""
    project = project or Project()
    before = ""
    for place, kind in enumerate(kinds):
        project, node = edits.add_node(project, MAIN, kind, (place * step, y))
        if before:
            source, target = find(project.graph(MAIN).nodes[before].type), find(kind)
            assert source is not None
            assert target is not None
            if source.outputs and target.inputs:
                project = edits.connect(
                    project,
                    MAIN,
                    Endpoint(before, source.outputs[0].name),
                    Endpoint(node, target.inputs[0].name),
                )
        before = node
    return project


def wire(source: str, target: str, index: int = 0, *, out: str = "y", into: str = "x") -> Wire:
    """Name a wire."""
    return Wire(Endpoint(source, out), Endpoint(target, into), index)


def known(project: Project, tensors: Mapping[str, Tensor], problems: tuple[Problem, ...] = ()) -> Report:
    """Make a report: what leaves every output of some nodes."""
    graph = project.graph(MAIN)
    nodes = {
        id: NodeReport(
            id,
            node.name,
            node.type,
            MappingProxyType({}),
            MappingProxyType(
                {port.name: tensors[id] for port in block_of(project, graph, node).outputs}
                if id in tensors
                else {}
            ),
            320,
            320,
            1_000_000,
            MappingProxyType({}),
        )
        for id, node in graph.nodes.items()
    }
    empty: MappingProxyType[str, Tensor] = MappingProxyType({})
    return Report(MAIN, MappingProxyType(nodes), problems, 320, 320, 1_000_000, empty, empty)


class Hand:
    """Works on one canvas."""

    def __init__(self, qtbot: QtBot, project: Project, ref: GraphRef = MAIN) -> None:
        """Show a graph at 100 %, its origin at (100, 100) of the view."""
        self.document = Document(project, begin=False)
        self.view = CanvasView(self.document, ref)
        self._down: set[Qt.MouseButton] = set()
        qtbot.addWidget(self.view, before_close_func=lambda _view: self._leave())
        self.view.resize(1400, 700)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.view.setFocus()
        self.look_at(0.0, 0.0)
        self.ref = ref

    def _leave(self) -> None:
        """Let go of everything, away from the canvas: else QTest holds a button in later tests too."""
        elsewhere = QWidget()
        for button in self._down:
            QTest.mouseRelease(elsewhere, button)
        self.document.close()

    def look_at(self, x: float, y: float, zoom: float = 1.0) -> None:
        """Bring a point of the canvas to (100, 100) of the view."""
        self.view.camera.set_zoom(zoom)
        self.view.camera.put(QPointF(x, y), QPointF(100.0, 100.0))

    def learn(self, report: Report) -> None:
        """Let the document have a report, as its worker would."""
        self.document.analysis._reports[self.ref] = report
        self.document.analysed.emit(self.ref)

    # -- where things are -----------------------------------------------------------------------------

    def spot(self, x: float, y: float) -> QPoint:
        """Give the pixel of a canvas point."""
        return self.view.viewportTransform().map(QPointF(x, y)).toPoint()

    def middle(self, node: str) -> Spot:
        """Give the middle of a node's lower part, which has neither name nor port."""
        body = self.view.canvas.nodes[node].body()
        return body.center().x() + 30.0, body.bottom() - 8.0

    def port(self, node: str, name: str, index: int = 0, *, output: bool = False) -> Spot:
        """Give where a port is."""
        return self.view.canvas.nodes[node].end(name, output, index)

    def between(self, made: Wire) -> Spot:
        """Give the middle of a wire."""
        return self.view.canvas.wires[made].way.middle

    # -- what the hand does ---------------------------------------------------------------------------

    def press(self, at: Spot, keys: Qt.KeyboardModifier = PLAIN, button: Qt.MouseButton = LEFT) -> None:
        """Press a button."""
        self._down.add(button)
        QTest.mousePress(self.view.viewport(), button, keys, self.spot(*at))

    def move(self, at: Spot, keys: Qt.KeyboardModifier = PLAIN, button: Qt.MouseButton = LEFT) -> None:
        """Move the pointer; QTest can send no keys with a move."""
        pixel = QPointF(self.spot(*at))
        viewport = self.view.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            pixel,
            QPointF(viewport.mapToGlobal(pixel)),
            Qt.MouseButton.NoButton,
            button,
            keys,
        )
        QApplication.sendEvent(viewport, event)

    def release(self, at: Spot, keys: Qt.KeyboardModifier = PLAIN, button: Qt.MouseButton = LEFT) -> None:
        """Let a button go."""
        self._down.discard(button)
        QTest.mouseRelease(self.view.viewport(), button, keys, self.spot(*at))

    def hold(
        self, start: Spot, end: Spot, keys: Qt.KeyboardModifier = PLAIN, button: Qt.MouseButton = LEFT
    ) -> None:
        """Drag, and stay there with the button down."""
        self.press(start, keys, button)
        for step in (0.25, 0.5, 0.75, 1.0):
            self.move(
                (start[0] + (end[0] - start[0]) * step, start[1] + (end[1] - start[1]) * step), keys, button
            )

    def drag(
        self, start: Spot, end: Spot, keys: Qt.KeyboardModifier = PLAIN, button: Qt.MouseButton = LEFT
    ) -> None:
        """Drag from one place to another."""
        self.hold(start, end, keys, button)
        self.release(end, keys, button)

    def click(self, at: Spot, keys: Qt.KeyboardModifier = PLAIN, button: Qt.MouseButton = LEFT) -> None:
        """Click."""
        QTest.mouseClick(self.view.viewport(), button, keys, self.spot(*at))

    def double_click(self, at: Spot) -> None:
        """Click twice, as a person's two clicks arrive."""
        self.click(at)
        QTest.mouseDClick(self.view.viewport(), LEFT, PLAIN, self.spot(*at))
        QTest.mouseRelease(self.view.viewport(), LEFT, PLAIN, self.spot(*at))

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key."""
        QTest.keyClick(self.view, key, keys)

    def drop(self, text: str, at: Spot, keys: Qt.KeyboardModifier = PLAIN, *, mime: str = MIME) -> bool:
        """Drag a block in from the palette and drop it; tells whether it was taken."""
        data = QMimeData()
        data.setData(mime, text.encode())
        action, viewport = Qt.DropAction.CopyAction, self.view.viewport()
        entering = QDragEnterEvent(self.spot(*at), action, data, LEFT, keys)
        QApplication.sendEvent(viewport, entering)
        QApplication.sendEvent(viewport, QDragMoveEvent(self.spot(*at), action, data, LEFT, keys))
        self.view.grab()
        dropping = QDropEvent(QPointF(self.spot(*at)), action, data, LEFT, keys)
        QApplication.sendEvent(viewport, dropping)
        return entering.isAccepted() and dropping.isAccepted()

    # -- what the document says -----------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The project as it is."""
        return self.document.project

    @property
    def wires(self) -> set[Wire]:
        """The wires as they are."""
        return set(self.project.graph(self.ref).wires)

    def place(self, node: str) -> Spot:
        """Give where the document has a node."""
        return self.project.layout_of(self.ref).positions[node]

    def value(self, node: str, name: str) -> Value:
        """Give a parameter as the document has it."""
        return self.project.graph(self.ref).nodes[node].parameters.get(name)

    def text(self) -> str:
        """Give the whole document as its file would hold it."""
        return dumps(self.project)

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Expect one step of the history with a name; undone it leaves the very document of before."""
        before, position = self.text(), self.document.history.position
        self.agree()
        yield
        after = self.text()
        labels = [str(each) for each in self.document.history.labels()][position:]
        assert labels == [label]
        assert after != before
        assert self.view.hands.gesture is None
        self.agree()
        self.document.undo()
        assert self.text() == before
        self.agree()
        self.document.redo()
        assert self.text() == after
        self.agree()

    @contextmanager
    def nothing(self) -> Iterator[None]:
        """Expect that the document and what is shown stay as they are."""
        before, position = self.project, self.document.history.position
        yield
        assert self.project is before
        assert self.document.history.position == position
        assert self.view.hands.gesture is None
        self.agree()

    def agree(self) -> None:
        """Check that what is shown is what the document holds, as if it were shown anew."""
        shown = self.view.canvas
        fresh = CanvasScene(self.ref)
        fresh.show_project(self.project, self.document.report(self.ref))
        assert shown.nodes.keys() == fresh.nodes.keys()
        assert {n: item.card for n, item in shown.nodes.items()} == {
            n: i.card for n, i in fresh.nodes.items()
        }
        assert shown.positions() == fresh.positions()
        assert shown.wires.keys() == fresh.wires.keys()
        for made, item in shown.wires.items():
            other = fresh.wires[made]
            ends = item.way.points[0], item.way.points[-1]
            assert ends == (other.way.points[0], other.way.points[-1])
            assert (item.lane is None) == (other.lane is None)
            assert (item.label, item.bad, item.isVisible()) == (other.label, other.bad, True)
            assert item.selected == (made in shown.selection.wires)
            if item.spot is not None and item.spot.text is not None:
                assert not any(node.body().intersects(item.spot.box) for node in shown.nodes.values())
        assert {n: i.frame for n, i in shown.frames.items()} == {n: i.frame for n, i in fresh.frames.items()}
        assert {n: i.note for n, i in shown.notes.items()} == {n: i.note for n, i in fresh.notes.items()}
        for id, frame in shown.frames.items():
            assert frame.box() == fresh.frames[id].box()
        for node in shown.nodes:
            assert shown.field.box(node) == fresh.field.box(node)
        assert len(shown.items()) - len(self.view.flow.items) == len(fresh.items())
        assert shown.selection.nodes <= shown.nodes.keys()
        assert shown.selection.wires <= shown.wires.keys()
        fresh.deleteLater()
