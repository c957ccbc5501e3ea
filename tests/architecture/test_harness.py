"""The test harness itself: it notices what a test leaves behind, and lets speeds be measured alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import dev

ROOT = Path(__file__).resolve().parents[2]

FAULTY = """
import os, threading
from pathlib import Path
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

KEPT = []
LET_GO = threading.Event()

def test_thread():
    KEPT.append(threading.Thread(target=LET_GO.wait, name="forgotten"))
    KEPT[-1].start()

def test_timer(qapp):
    KEPT.append(QTimer())
    KEPT[-1].start(1000)

def test_after_timer(qapp):
    KEPT[-1].isActive()

def test_timer_of_subclass(qapp):
    class Clock(QTimer):
        pass
    KEPT.append(Clock())
    KEPT[-1].start(1000)

def test_qthread(qapp):
    KEPT.append(QThread())
    KEPT[-1].start()

def test_slot(qtbot):
    def slot():
        raise ValueError("in a slot")
    QTimer.singleShot(0, slot)
    qtbot.wait(20)

def test_clean(qtbot):
    class Window(QWidget):
        def __init__(self):
            super().__init__()
            self.timer = QTimer(self)
            self.timer.start(5)
    window = Window()
    qtbot.addWidget(window)
    window.show()
    qtbot.wait(20)
    worker = threading.Thread(target=lambda: None)
    worker.start()

def test_settings_are_our_own():
    import platformdirs
    assert "netwright-tests-" in platformdirs.user_config_dir("netwright")
    assert os.environ["OMP_NUM_THREADS"] == "1"

def test_end():
    LET_GO.set()
    for thing in KEPT:
        if isinstance(thing, QThread):
            thing.quit()
            thing.wait()
"""

SIDE_BY_SIDE = """
import time
from pathlib import Path
import pytest

def stay(name):
    began = time.time()
    time.sleep(0.05)
    (Path(__file__).parent / f"{name}.time").write_text(f"{began} {time.time()}")

@pytest.mark.parametrize("number", range(20))
def test_other(number):
    stay(f"other-{number}")

@pytest.mark.bench
@pytest.mark.parametrize("number", range(3))
def test_speed(number):
    stay(f"speed-{number}")
"""


def run_pytest(folder: Path, source: str, *arguments: str) -> tuple[dict[str, str], str]:
    """Run a test file under our own configuration; give the outcome of each test, and the output."""
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    inner = folder / "test_inner.py"
    inner.write_text(source, "utf-8")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"]
    command += [f"--junitxml={report}", str(inner), *arguments]
    # A run of its own, not a part of the one that this test belongs to.
    ours = ("PYTEST_", "NETWRIGHT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False
    )
    outcomes: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        fault = next((child for child in case if child.tag in ("failure", "error")), None)
        known = outcomes.get(case.get("name", ""), "")
        outcomes[case.get("name", "")] = known or (fault.get("message", "?") if fault is not None else "")
    return outcomes, done.stdout


def test_what_a_test_leaves_running_fails_it(tmp_path: Path) -> None:
    outcomes, output = run_pytest(tmp_path, FAULTY, "-p", "no:xdist")
    failed = {name for name, fault in outcomes.items() if fault}
    assert failed == {"test_thread", "test_timer", "test_timer_of_subclass", "test_qthread", "test_slot"}, (
        output
    )
    assert "thread forgotten" in outcomes["test_thread"]
    assert "QTimer" in outcomes["test_timer"]
    assert "Clock" in outcomes["test_timer_of_subclass"]
    assert "QThread" in outcomes["test_qthread"]
    assert "in a slot" in output


def test_a_speed_is_measured_alone(tmp_path: Path) -> None:
    if os.name == "nt":  # The lock is of Unix, so there every test is alone.
        assert dev.test_arguments([], cores=4) == []
        return
    outcomes, output = run_pytest(tmp_path, SIDE_BY_SIDE, "-n", "3")
    assert len(outcomes) == 23, output
    assert not any(outcomes.values()), output
    spans = {path.stem: tuple(map(float, path.read_text().split())) for path in tmp_path.glob("*.time")}
    speeds = {name: span for name, span in spans.items() if name.startswith("speed")}
    assert len(speeds) == 3
    overlaps = [
        (name, other)
        for name, (began, ended) in speeds.items()
        for other, (start, end) in spans.items()
        if other != name and start < ended and began < end
    ]
    assert not overlaps
    others = [span for name, span in spans.items() if name.startswith("other")]
    assert any(a is not b and a[0] < b[1] and b[0] < a[1] for a in others for b in others), (
        "nothing ran in pairs"
    )
