"""Nothing grows: `python tests/bench/bench_soak.py` opens and closes 1,000 projects and makes 10,000 edits.

After each hundredth what is there is counted: widgets and other objects of Qt, objects of Netwright that
Python knows, bytes that Python holds (tracemalloc), its pieces of memory, and bytes of the process. After a
warm-up the counts must stay the very same, and the bytes the same but for noise. A history keeps every step
for undo, so each hundred edits begin with a project of their own.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

import tests.conftest  # noqa: F401  a home of its own for the program, before Qt is loaded
from studio.blocks import find
from studio.graph import Endpoint, Message, NetwrightError
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.project.file import write
from studio.ui import app
from studio.ui.looks import theme
from studio.ui.safety.guard import guard_overrides
from studio.ui.settings import Settings
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing

MAIN = GraphRef("network", "main")
KINDS = ("conv2d", "relu", "add", "linear", "flatten", "concat", "dropout", "lstm", "multiply")

ROUNDS = 5
"""How many different rounds of edits there are."""

NOISE_BYTES, NOISE_BLOCKS = 400_000, 4_000
"""What Python may hold more after a thousand rounds: its own tables and caches, which are bounded."""


@dataclass(frozen=True)
class Census:
    """What is there.

    Attributes:
        qt: objects of Qt that Python knows, by class.
        ours: objects of Netwright's own classes, by class.
        widgets: all widgets of the application.
        python: bytes that Python holds, where tracemalloc counts them.
        blocks: pieces of memory that Python holds.
        process: bytes of the process.
    """

    qt: Counter[str]
    ours: Counter[str]
    widgets: int
    python: int
    blocks: int
    process: int

    def more_than(self, before: Census) -> dict[str, int]:
        """Give what there is more of than before, or less of."""
        kinds = {f"qt {k}": self.qt[k] - before.qt[k] for k in self.qt | before.qt}
        kinds |= {f"own {k}": self.ours[k] - before.ours[k] for k in self.ours | before.ours}
        kinds["widgets"] = self.widgets - before.widgets
        return {kind: count for kind, count in sorted(kinds.items()) if count}


def settle() -> None:
    """Let Qt delete what was given up, and Python what is forgotten."""
    for _ in range(2):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()


def census() -> Census:
    """Count what is there."""
    settle()
    qt: Counter[str] = Counter()
    for thing in Shiboken.getAllValidWrappers():
        if isinstance(thing, QObject):
            qt[type(thing).__name__] += 1
    ours = Counter(
        type(thing).__qualname__
        for thing in gc.get_objects()
        if str(type(thing).__module__).startswith("studio")
    )
    held = tracemalloc.get_traced_memory()[0] if tracemalloc.is_tracing() else 0
    return Census(qt, ours, len(QApplication.allWidgets()), held, sys.getallocatedblocks(), resident())


def resident() -> int:
    """Give the bytes of this process; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError):
        return 0
    return pages * 4096


def a_project(blocks: int = 12) -> Project:
    """Draw a network with a branch and a composite."""
    project, _ = drawing.chain(
        ("input", {}),
        *((KINDS[place % 2], {}) for place in range(blocks)),
        ("flatten", {}),
        ("linear", {}),
        ("output", {}),
    )
    inner, _ = drawing.chain(("input", {}), ("relu", {}), ("output", {}))
    project = edits.set_composite(project, "Block", Composite(inner.graph(MAIN)))
    return edits.add_node(project, MAIN, COMPOSITE, (176.0, 240.0), composite="Block")[0]


def open_and_close(window: MainWindow, path: Path) -> None:
    """Open a file, look at it, choose a block, and go back to the first page."""
    assert window.document.open(path)
    window.show_project()
    QApplication.processEvents()
    view = window.workspace.networks.view
    assert view is not None
    view.select(list(view.canvas.nodes)[2:3])
    QApplication.processEvents()
    assert window.document.new()
    window.show_welcome()
    QApplication.processEvents()


def edit(window: MainWindow, chance: random.Random) -> None:
    """Make one edit, chosen by chance, as the canvas and the forms make them."""
    document = window.document
    nodes = list(document.project.graph(MAIN).nodes)

    def change(project: Project) -> Project:
        what, graph = chance.random(), project.graph(MAIN)
        if what < 0.25 or len(nodes) < 6:
            at = (chance.randrange(0, 2000, 8) * 1.0, chance.randrange(0, 900, 8) * 1.0)
            return edits.add_node(project, MAIN, chance.choice(KINDS), at)[0]
        if what < 0.45:
            return edits.remove_nodes(project, MAIN, [chance.choice(nodes)], rejoin=chance.random() < 0.5)
        if what < 0.7:
            chosen = chance.sample(nodes, min(4, len(nodes)))
            return edits.move_nodes(
                project, MAIN, {n: (chance.uniform(0, 2000), chance.uniform(0, 900)) for n in chosen}
            )
        if what < 0.9:
            source, target = chance.sample(nodes, 2)
            out, into = find(graph.nodes[source].type), find(graph.nodes[target].type)
            if out is None or into is None or not out.outputs or not into.inputs:
                return edits.rename_node(project, MAIN, source, f"n{chance.randrange(10**6)}")
            ends = Endpoint(source, out.outputs[0].name), Endpoint(target, into.inputs[0].name)
            return edits.connect(project, MAIN, *ends)
        return edits.rename_node(project, MAIN, chance.choice(nodes), f"n{chance.randrange(10**6)}")

    try:
        document.do(Message("Edit"), change(document.project))
    except NetwrightError:
        return  # such as a wire that is there, or a circle
    if chance.random() < 0.2:
        document.undo()
    if chance.random() < 0.1:
        document.redo()
    view = window.workspace.networks.view
    if view is not None and chance.random() < 0.2:
        view.select(chance.sample(list(view.canvas.nodes), min(2, len(view.canvas.nodes))))
    QApplication.processEvents()
    # The loop of the program does so between two edits: what is to go would else hear all that follow.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def edits_of_a_round(window: MainWindow, project: Project, seed: int, count: int) -> None:
    """Open a project, make some edits, undo them all, and open it anew."""
    chance = random.Random(seed)
    window.document._replace(project, None, saved=True)
    window.show_project()
    for _ in range(count):
        edit(window, chance)
    while window.document.undo() is not None:
        pass
    window.document._replace(project, None, saved=True)
    window.show_project()
    QApplication.processEvents()


def soak(name: str, rounds: int, each: int, work: Callable[[int], None], warm: int) -> bool:
    """Do something in rounds and count after each; tells whether nothing grew after the warm-up."""
    first: Census | None = None
    last: Census | None = None
    began = time.monotonic()
    for turn in range(rounds):
        work(turn)
        gc.collect()
        if turn + 1 >= warm:
            last = census()
            first = first or last
        if last is not None and (turn + 1) % max(1, rounds // 10) == 0:
            print(
                f"  {name} {(turn + 1) * each:6,}: {sum(last.qt.values()):,} of Qt, "
                f"{sum(last.ours.values()):,} own, {last.widgets:,} widgets, "
                f"{last.python / 1e6:.2f} MB and {last.blocks:,} pieces of Python, "
                f"{last.process / 1e6:.0f} MB of the process, "
                f"{time.monotonic() - began:.0f} s",
                flush=True,
            )
    assert first is not None
    assert last is not None
    more = last.more_than(first)
    grown, pieces = last.python - first.python, last.blocks - first.blocks
    print(
        f"  since the warm-up: {grown:+,} bytes and {pieces:+,} pieces of Python, "
        f"{last.process - first.process:+,} bytes of the process"
    )
    for kind, count in more.items():
        print(f"    {count:+} {kind}")
    return not more and grown < NOISE_BYTES and pieces < NOISE_BLOCKS


def _soak_both(window: MainWindow, path: Path, project: Project, opens: int, count: int) -> bool:
    def opening(_turn: int) -> None:
        for _ in range(20):
            open_and_close(window, path)

    rounds = max(4, opens // 20)
    kept = soak("open and close", rounds, 20, opening, warm=max(2, rounds // 10))
    # The same few rounds again and again: what is remembered of them, within bounds, is then known.
    rounds = max(ROUNDS + 2, count // 100)

    def editing(turn: int) -> None:
        edits_of_a_round(window, project, turn % ROUNDS, 100)

    return soak("edits", rounds, 100, editing, warm=max(ROUNDS + 1, rounds // 5)) and kept


def main() -> int:
    """Go on for as long as it takes; the exit code tells whether anything grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opens", type=int, default=1000, help="projects opened and closed")
    parser.add_argument("--edits", type=int, default=10_000, help="random edits")
    parser.add_argument("--untraced", action="store_true", help="count pieces only: ten times as quick")
    chosen = parser.parse_args()
    shown = app.application()
    guard_overrides()
    text.install(shown, "en")
    theme.apply(shown, "light")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        window = MainWindow(Settings(folder / "settings.json"))
        window.resize(1360, 860)
        window.show()
        window.document.begin()
        while not window.document.analysis.ready:
            shown.processEvents()
            time.sleep(0.01)
        gc.collect()
        gc.freeze()
        gc.disable()  # it is collected where it is counted
        path = folder / "net.netwright"
        project = a_project()
        write(project, path)
        if not chosen.untraced:
            tracemalloc.start()
        try:
            kept = _soak_both(window, path, project, chosen.opens, chosen.edits)
        finally:
            tracemalloc.stop()
            window.shut_down(keep_edits=False)
            window.close()
            window.deleteLater()
            settle()
    print("nothing grew" if kept else "SOMETHING GREW")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
