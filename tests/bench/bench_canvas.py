"""How smooth the canvas is: `python tests/bench/bench_canvas.py`.

Draws graphs of 200, 1,000 and 10,000 nodes with two wires each and measures, through the real widget
offscreen, how long it takes to open one, and each frame while it is looked at, zoomed, dragged and undone:
the time on the clock, and the time of the processor, which others at work on the same machine lengthen
less. Python's garbage is collected between the frames, as the program does it in a pause. Times hold for the
machine that they are printed with; what is to be reached stands beside them.
"""

from __future__ import annotations

import argparse
import functools
import gc
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.graph import Endpoint, Graph, Message, Node, Wire
from studio.graph.layout import COLUMN, ROW, Layout
from studio.project import GraphRef, Project, edits
from studio.ui.canvas import CanvasView
from studio.ui.document import Document
from studio.ui.looks import theme

MAIN = GraphRef("network", "main")
KINDS = ("add", "concat", "multiply", "bilinear")


def network(count: int) -> Project:
    """Draw a net of nodes, each fed by two of the column before."""
    rows = max(4, int(count**0.5 / 1.5))
    nodes = [Node(f"{KINDS[i % 4]}_{i}", KINDS[i % 4], f"{KINDS[i % 4]}{i}") for i in range(count)]
    wires: list[Wire] = []
    for i in range(rows, count):
        column, row = divmod(i, rows)
        for place, other in enumerate((row, (row + 1) % rows)):
            source = nodes[(column - 1) * rows + other]
            port = "ab"[place] if nodes[i].type == "bilinear" else "x"
            index = place if port == "x" else 0
            wires.append(Wire(Endpoint(source.id, "y"), Endpoint(nodes[i].id, port), index))
    places = {node.id: (i // rows * COLUMN, i % rows * (ROW + 32.0)) for i, node in enumerate(nodes)}
    return (
        Project()
        .with_graph(MAIN, Graph.of(nodes, wires))
        .with_layout(MAIN, Layout(positions=MappingProxyType(places)))
    )


GOALS: Mapping[int, Mapping[str, float]] = {
    1000: {
        "open": 500.0,
        "pan at 100 %": 16.0,
        "pan at 60 %": 16.0,
        "pan at 36 %": 16.0,
        "pan at 20 %": 16.0,
        "pan everything": 16.0,
        "zoom": 16.0,
        "drag a node": 4.0,
        "drag 200 nodes": 16.0,
        "undo 200 moves": 16.0,
    },
    10_000: {
        "open": 4000.0,
        "pan at 20 %": 16.0,
        "pan everything": 16.0,
        "zoom out": 16.0,
        "zoom": 16.0,
    },
}
"""Milliseconds that the 99th of a hundred frames may take on a machine of its own."""

FEW = 50
"""The least frames of kinds that take long to bring about."""


@dataclass(frozen=True)
class Frames:
    """Times of one kind of frame, in milliseconds.

    Attributes:
        median: on the clock.
        worst: the 99th of a hundred, on the clock.
        busy: the median of the processor's time.
        busy_worst: the 99th of a hundred of the processor's time.
    """

    median: float
    worst: float
    busy: float
    busy_worst: float


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    began, busy = time.perf_counter(), time.thread_time()
    work()
    return 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - busy)


def _frames(count: int, work: Callable[[int], object]) -> Frames:
    """Time some frames, each from the event to what is painted."""
    gc.collect()
    gc.disable()
    try:
        pairs = [_milliseconds(functools.partial(work, turn)) for turn in range(count)]
    finally:
        gc.enable()
    clock, busy = (sorted(times) for times in zip(*pairs, strict=True))
    place = min(count - 1, int(count * 0.99))
    return Frames(statistics.median(clock), clock[place], statistics.median(busy), busy[place])


def _paint() -> None:
    QApplication.processEvents()


def measure(count: int, frames: int = 300) -> dict[str, Frames]:
    """Measure a graph of some nodes."""
    project = network(count)
    document = Document(project, begin=False)
    result: dict[str, Frames] = {}
    views: list[CanvasView] = []

    def opened() -> None:
        view = CanvasView(document, MAIN)
        view.resize(1600, 900)
        view.show()
        _paint()
        views.append(view)

    result["open"] = _frames(1, lambda _turn: opened())
    (view,) = views
    middle = view.canvas.content().center()

    def look(zoom: float) -> None:
        view.camera.set_zoom(zoom)
        view.camera.centre(middle)
        view.viewport().repaint()

    def pan(turn: int) -> None:
        view.camera.pan(*((9, 5) if turn % 40 < 20 else (-9, -5)))
        _paint()

    def zoom(turn: int) -> None:
        view.camera.set_zoom(view.camera.zoom * (1.15 if turn % 20 < 10 else 1 / 1.15))
        _paint()

    for name, at in (("100 %", 1.0), ("60 %", 0.6), ("36 %", 0.36), ("20 %", 0.2)):
        look(at)
        result[f"paint at {name}"] = _frames(max(10, frames // 6), lambda _turn: view.viewport().repaint())
        result[f"pan at {name}"] = _frames(frames, pan)

    def zoom_out(turn: int) -> None:
        view.camera.set_zoom(view.camera.zoom * (0.9 if turn % 20 < 10 else 1 / 0.9))
        _paint()

    look(0.3)
    result["zoom out"] = _frames(frames, zoom_out)
    view.frame_all()
    result["paint everything"] = _frames(max(10, frames // 6), lambda _turn: view.viewport().repaint())
    result["pan everything"] = _frames(frames, pan)
    look(0.4)
    result["zoom"] = _frames(frames, zoom)
    look(1.0)
    result["drag a node"] = _drag(view, [_near(view, middle)], frames)
    look(0.45)
    near = sorted(view.canvas.nodes, key=lambda node: _far(view, node, middle))[: min(200, count)]
    result[f"drag {len(near)} nodes"] = _drag(view, near, frames)
    moved = edits.move_nodes(document.project, MAIN, {n: _moved(view, n) for n in near})
    document.do(Message("Move"), moved)
    _paint()

    def undo_and_redo(turn: int) -> None:
        _ = document.undo() if turn % 2 == 0 else document.redo()
        _paint()

    result[f"undo {len(near)} moves"] = _frames(max(min(frames, FEW), frames // 3), undo_and_redo)
    look(1.0)
    kind = next(node for node in near if node.startswith("concat"))

    def edit(turn: int) -> None:
        document.do(Message("Edit"), edits.set_parameters(document.project, MAIN, kind, {"dim": turn % 4}))
        _paint()

    result["edit a parameter"] = _frames(max(10, frames // 6), edit)
    view.close()
    document.close()
    return result


def _moved(view: CanvasView, node: str) -> tuple[float, float]:
    x, y = view.canvas.position(node)
    return x + 16.0, y + 8.0


def _far(view: CanvasView, node: str, at: QPointF) -> float:
    way = view.canvas.nodes[node].body().center() - at
    return way.x() ** 2 + way.y() ** 2


def _near(view: CanvasView, at: QPointF) -> str:
    return min(view.canvas.nodes, key=lambda node: _far(view, node, at))


def _drag(view: CanvasView, nodes: list[str], frames: int) -> Frames:
    """Drag nodes by the mouse, and give them up at the end."""
    view.select(nodes)
    _paint()
    held = view.canvas.nodes[nodes[0]].body()
    start = view.viewportTransform().map(QPointF(held.center().x() + 30, held.bottom() - 8))
    viewport = view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start.toPoint())
    _paint()

    def move(turn: int) -> None:
        at = start + QPointF(10.0 + 8 * (turn % 20), 6.0 * (turn % 20))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            QPointF(viewport.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, event)
        _paint()

    result = _frames(frames, move)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start.toPoint())
    return result


def report(counts: tuple[int, ...], frames: int) -> dict[int, dict[str, Frames]]:
    """Measure and print."""
    print(f"{machine()}; milliseconds: median and 99th on the clock, then of the processor; the goal")
    results = {}
    for count in counts:
        results[count] = measure(count, frames)
        print(f"{count:,} nodes")
        for name, times in results[count].items():
            goal = GOALS.get(count, {}).get(name)
            told = "" if goal is None else f"{goal:9.0f} {'met' if times.busy_worst <= goal else 'MISSED'}"
            print(
                f"  {name:20} {times.median:8.2f} {times.worst:8.2f} "
                f"{times.busy:8.2f} {times.busy_worst:8.2f} {told}",
                flush=True,
            )
    return results


def machine() -> str:
    """Name what it runs on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores"


@pytest.mark.bench
def test_the_canvas_is_measured(qapp: QApplication) -> None:
    (times,) = report((200,), frames=10).values()
    # Many times what they take: this only tells that nothing became slow by an order of magnitude.
    assert times["open"].median < 2000
    assert times["drag a node"].median < 100
    assert times["edit a parameter"].median < 100


def main() -> None:
    """Measure at leisure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[200, 1000, 10_000])
    parser.add_argument("--frames", type=int, default=300, help="frames of each kind")
    chosen = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    report(tuple(chosen.counts), chosen.frames)


if __name__ == "__main__":
    main()
