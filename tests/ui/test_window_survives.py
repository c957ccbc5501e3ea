"""The window outlives its own mistakes, and begins without anything heavy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HEAVY = {"torch", "torchvision", "sklearn", "torchmetrics", "numpy", "pyqtgraph", "networkx"}
"""Nothing of this may be imported before the window is painted."""

PAINTED = """
import sys
from studio.ui import app

def painted(_began):
    print(*{name.split(".")[0] for name in sys.modules})
    app.QCoreApplication.quit()

app._say_time = painted
app.run_gui()
"""

OVERRIDES = """
import sys, types
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from studio.ui.safety import guard

told = []
sys.excepthook = lambda kind, error, trace: told.append(kind.__name__)
app = QApplication([])

class Broken(QWidget):
    def resizeEvent(self, event):
        (1,)[0] = 2
    def sizeHint(self):
        (1,)[0] = 2
    def paintEvent(self, event):
        (1,)[0] = 2
    def ours(self):
        return 3

Broken.__module__ = "studio.ui.broken"
module = types.ModuleType("studio.ui.broken")
module.Broken = Broken
sys.modules["studio.ui.broken"] = module
wrapped = guard.guard_overrides() if sys.argv[1] == "guarded" else 0
assert guard.guard_overrides() == 0 or not wrapped  # nothing is wrapped twice
widget = Broken()
widget.show()
widget.resize(300, 300)  # Python calls Qt calls Python
assert widget.sizeHint() == QSize(-1, -1)
assert widget.ours() == 3
app.processEvents()
print(wrapped, *sorted(set(told)), len(told) >= 3)
"""


EDITING = """
from PySide6.QtCore import QTimer
from studio.graph import Message
from studio.project import GraphRef, edits
from studio.ui import app, window

def after(made):
    made.filing.new()
    ref = GraphRef("network", "main")
    changed, _ = edits.add_node(made.document.project, ref, "relu", (0.0, 0.0))
    made.document.do(Message("Add"), changed)
    print("edited", flush=True)

app._after_paint = after
app.run_gui()
print("ended", flush=True)
"""


def environment(home: Path) -> dict[str, str]:
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    return {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def run(program: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)


def test_nothing_heavy_is_imported_before_the_window_is_painted(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PAINTED]
    variables = {**environment(tmp_path), "NETWRIGHT_TIME_START": "0"}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    assert "PySide6" in done.stdout.split()
    assert not HEAVY & set(done.stdout.split())


def test_mistake_in_a_method_that_qt_calls_is_told_and_survived(tmp_path: Path) -> None:
    done = run(OVERRIDES, tmp_path, "guarded")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["3", "TypeError", "True"]


if os.name != "nt":  # Windows has no such signal

    def test_asked_to_end_by_the_system_it_ends_at_once_and_keeps_edits(tmp_path: Path) -> None:
        command = [sys.executable, "-c", EDITING]
        with subprocess.Popen(
            command, env=environment(tmp_path), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "edited\n"
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            rest, _ = process.communicate(timeout=20)
        assert rest == "ended\n"
        assert process.returncode == 0
        assert time.monotonic() - began < 5
        journals = list((tmp_path / "state").rglob("*.journal"))
        assert len(journals) == 1
        assert b"relu" in journals[0].read_bytes()
