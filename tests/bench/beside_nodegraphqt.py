"""The canvas beside NodeGraphQt, the same graph in the same run: `python tests/bench/beside_nodegraphqt.py`.

NodeGraphQt is nothing that Netwright needs: install it into a folder of its own, and name that folder:

    pip install --target FOLDER --no-deps NodeGraphQt Qt.py
    python tests/bench/beside_nodegraphqt.py --with FOLDER

Without it this says so, and measures nothing.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from studio.graph import Message
from studio.project import Project, edits
from studio.ui.canvas import CanvasView
from studio.ui.document import Document
from studio.ui.looks import theme
from tests.bench.bench_canvas import MAIN, Frames, _frames, machine, network

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SIZE = (1600, 900)
MANY = 200


def _paint() -> None:
    QApplication.processEvents()


def _drag(viewport: QWidget, start: QPointF, frames: int) -> Frames:
    """Drag what lies at a place, and let it go where it was."""
    QTest.mousePress(viewport, LEFT, PLAIN, start.toPoint())

    def move(turn: int) -> None:
        at = start + QPointF(10.0 + 8 * (turn % 20), 6.0 * (turn % 20))
        kind, globally = QEvent.Type.MouseMove, QPointF(viewport.mapToGlobal(at))
        event = QMouseEvent(kind, at, globally, Qt.MouseButton.NoButton, LEFT, PLAIN)
        QApplication.sendEvent(viewport, event)
        _paint()

    result = _frames(frames, move)
    QTest.mouseRelease(viewport, LEFT, PLAIN, start.toPoint())
    return result


class Ours:
    """The canvas of Netwright."""

    def __init__(self, project: Project) -> None:
        self.document = Document(project, begin=False)
        self.view = CanvasView(self.document, MAIN)
        self.view.resize(*SIZE)
        self.view.show()
        _paint()

    def look(self, zoom: float) -> None:
        """Look at the middle of the graph."""
        self.view.camera.set_zoom(zoom)
        self.view.camera.centre(self.view.canvas.content().center())
        _paint()

    def everything(self) -> None:
        """Look at everything."""
        self.view.frame_all()
        _paint()

    def pan(self, dx: int, dy: int) -> None:
        """Move what is seen."""
        self.view.camera.pan(dx, dy)

    def zoom(self, factor: float) -> None:
        """Zoom at the middle."""
        self.view.camera.set_zoom(self.view.camera.zoom * factor)

    def near(self, count: int) -> list[str]:
        """Give the nodes nearest to the middle."""
        middle = self.view.canvas.content().center()
        boxes = {node: item.body().center() - middle for node, item in self.view.canvas.nodes.items()}
        return sorted(boxes, key=lambda node: boxes[node].x() ** 2 + boxes[node].y() ** 2)[:count]

    def hold(self, nodes: list[str]) -> QPointF:
        """Select nodes; gives where the first can be taken hold of."""
        self.view.select(nodes)
        body = self.view.canvas.nodes[nodes[0]].body()
        return self.view.viewportTransform().map(QPointF(body.center().x() + 30, body.bottom() - 8))

    def move(self, nodes: list[str]) -> None:
        """Move nodes as one step."""
        goal = {node: (x + 16.0, y + 8.0) for node, (x, y) in self.places(nodes).items()}
        self.document.do(Message("Move"), edits.move_nodes(self.document.project, MAIN, goal))

    def places(self, nodes: list[str]) -> dict[str, tuple[float, float]]:
        """Give where nodes stand."""
        return {node: self.view.canvas.position(node) for node in nodes}

    def undo(self, again: bool) -> None:
        """Undo, or do again."""
        _ = self.document.redo() if again else self.document.undo()

    @property
    def viewport(self) -> QWidget:
        """What is pressed."""
        return self.view.viewport()

    def close(self) -> None:
        """Be gone."""
        self.view.close()
        self.document.close()


class Theirs:
    """The same graph in NodeGraphQt."""

    def __init__(self, library: Any, project: Project) -> None:
        class Block(library.BaseNode):  # known at run time only
            __identifier__ = "bench"
            NODE_NAME = "Block"

            def __init__(self) -> None:
                super().__init__()
                self.add_input("a")
                self.add_input("b")
                self.add_output("y")

        self.graph = library.NodeGraph()
        # Its search for circles at each wire goes every way there is: minutes in a graph of branches.
        self.graph.set_acyclic(False)
        self.graph.register_node(Block)
        self.nodes: dict[str, Any] = {}
        layout, drawn = project.layout_of(MAIN), project.graph(MAIN)
        for id, node in drawn.nodes.items():
            x, y = layout.positions[id]
            made = self.graph.create_node(
                "bench.Block", name=node.name, pos=[x, y], selected=False, push_undo=False
            )
            self.nodes[id] = made
        for wire in drawn.wires:
            port = 1 if wire.index or wire.target.port == "b" else 0
            source, target = self.nodes[wire.source.node], self.nodes[wire.target.node]
            source.output(0).connect_to(target.input(port), push_undo=False)
        self.view: QGraphicsView = self.graph.viewer()
        self.graph.widget.resize(*SIZE)
        self.graph.widget.show()
        _paint()
        self.graph.undo_stack().clear()

    def look(self, zoom: float) -> None:
        """Look at the middle of the graph."""
        self.view.reset_zoom()  # type: ignore[attr-defined]  # a view of NodeGraphQt
        self.view._set_viewer_zoom(zoom - 1.0, 0.0)  # type: ignore[attr-defined]
        box = self.view.scene().itemsBoundingRect()
        self.view.centerOn(box.center())
        _paint()

    def everything(self) -> None:
        """Look at everything."""
        self.graph.clear_selection()
        self.graph.fit_to_selection()
        for node in self.nodes.values():
            node.view.setSelected(False)
        self.view.zoom_to_nodes([node.view for node in self.nodes.values()])  # type: ignore[attr-defined]
        _paint()

    def pan(self, dx: int, dy: int) -> None:
        """Move what is seen."""
        self.view._set_viewer_pan(dx, dy)  # type: ignore[attr-defined]

    def zoom(self, factor: float) -> None:
        """Zoom at the middle."""
        middle = self.view.viewport().rect().center()
        self.view._set_viewer_zoom(factor - 1.0, 0.0, middle)  # type: ignore[attr-defined]

    def near(self, count: int) -> list[str]:
        """Give the nodes nearest to the middle."""
        middle = self.view.scene().itemsBoundingRect().center()
        boxes = {id: node.view.sceneBoundingRect().center() - middle for id, node in self.nodes.items()}
        return sorted(boxes, key=lambda node: boxes[node].x() ** 2 + boxes[node].y() ** 2)[:count]

    def hold(self, nodes: list[str]) -> QPointF:
        """Select nodes; gives where the first can be taken hold of."""
        self.graph.clear_selection()
        for node in nodes:
            self.nodes[node].set_selected(True)
        box = self.nodes[nodes[0]].view.sceneBoundingRect()
        return QPointF(self.view.mapFromScene(QPointF(box.center().x(), box.bottom() - 6)))

    def move(self, nodes: list[str]) -> None:
        """Move nodes as one step."""
        stack = self.graph.undo_stack()
        stack.beginMacro("Move")
        for node in nodes:
            x, y = self.nodes[node].pos()
            self.nodes[node].set_pos(x + 16, y + 8)
        stack.endMacro()

    def places(self, nodes: list[str]) -> dict[str, tuple[float, float]]:
        """Give where nodes stand."""
        return {node: tuple(self.nodes[node].pos()) for node in nodes}

    def undo(self, again: bool) -> None:
        """Undo, or do again."""
        stack = self.graph.undo_stack()
        _ = stack.redo() if again else stack.undo()

    @property
    def viewport(self) -> QWidget:
        """What is pressed."""
        return self.view.viewport()

    def close(self) -> None:
        """Be gone."""
        self.graph.widget.close()


def measure(made: Ours | Theirs, frames: int) -> dict[str, Frames]:
    """Measure one canvas; that what is dragged and undone moves is checked."""
    result: dict[str, Frames] = {}

    def pan(turn: int) -> None:
        made.pan(*((9, 5) if turn % 40 < 20 else (-9, -5)))
        _paint()

    def zoom(turn: int) -> None:
        made.zoom(1.15 if turn % 10 < 5 else 1 / 1.15)
        _paint()

    made.look(1.0)
    result["pan at 100 %"] = _frames(frames, pan)
    made.everything()
    result["pan everything"] = _frames(frames, pan)
    result["zoom, everything"] = _frames(frames, zoom)
    made.look(0.6)
    result["zoom from 60 %"] = _frames(frames, zoom)
    made.look(1.0)
    one = made.near(1)
    before = made.places(one)
    result["drag a node"] = _drag(made.viewport, made.hold(one), frames)
    assert made.places(one) != before, "nothing was dragged"
    made.undo(again=False)  # else it lies over others, and these are held in its place
    made.look(0.45)
    many = made.near(MANY)
    before = made.places(many)
    result[f"drag {MANY} nodes"] = _drag(made.viewport, made.hold(many), frames)
    assert made.places(many) != before, "nothing was dragged"
    made.undo(again=False)
    made.move(many)
    _paint()
    moved = made.places(many)

    def undo(turn: int) -> None:
        made.undo(turn % 2 == 1)
        _paint()

    result[f"undo {MANY} moves"] = _frames(frames // 2 * 2, undo)
    assert made.places(many) == moved, "what was undone and done again is elsewhere"
    made.undo(again=False)
    assert made.places(many) != moved, "nothing was undone"
    return result


def main() -> int:
    """Measure both, and print how many times as long the other takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with", dest="folder", help="where NodeGraphQt is installed")
    parser.add_argument("--nodes", type=int, default=1000)
    parser.add_argument("--frames", type=int, default=40)
    chosen = parser.parse_args()
    if chosen.folder:
        sys.path.append(chosen.folder)
    os.environ.setdefault("QT_PREFERRED_BINDING", "PySide6")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what another library leaves behind
        try:
            library = importlib.import_module("NodeGraphQt")
        except ImportError as missing:
            print(f"NodeGraphQt is not here ({missing}); see the first lines of this file.")
            return 0
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        theme.apply(app, "light")
        project = network(chosen.nodes)
        results = []
        for make in (lambda: Ours(project), lambda: Theirs(library, project)):
            began, busy = time.perf_counter(), time.thread_time()
            made = make()
            opened = 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - busy)
            first = Frames(opened[0], opened[0], opened[1], opened[1])
            results.append({"open": first, **measure(made, chosen.frames)})
            made.close()
    ours, theirs = results
    wires = len(project.graph(MAIN).wires)
    print(f"{chosen.nodes:,} nodes, {wires:,} wires, {SIZE[0]} x {SIZE[1]}, offscreen, {machine()}")
    print("milliseconds of the processor, median (99th of a hundred)")
    print(f"{'':20} {'Netwright':>18} {'NodeGraphQt':>20} {'times as long':>14}")
    for name, mine in ours.items():
        other = theirs[name]
        here = f"{mine.busy:9.2f} ({mine.busy_worst:6.2f})"
        there = f"{other.busy:10.2f} ({other.busy_worst:7.2f})"
        print(f"{name:20} {here} {there} {other.busy / mine.busy:13.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
