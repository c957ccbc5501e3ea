"""The window at another scale, theme and language: no text is cut, and nothing lies over its neighbour."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.window import MainWindow

SCRIPT = Path(__file__).parents[2] / "packaging" / "looks.py"


@pytest.fixture(scope="module")
def looks() -> ModuleType:
    """Give the script that looks a window over."""
    spec = importlib.util.spec_from_file_location("looks", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_cut_or_overlaps_is_found(looks: ModuleType, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, row = QVBoxLayout(page), QHBoxLayout()
    text, button, long = QLabel("a text"), QPushButton("a button"), QLabel("a text of several lines " * 9)
    long.setWordWrap(True)
    row.addWidget(text)
    row.addWidget(button)
    column.addLayout(row)
    column.addWidget(long)
    page.resize(400, 200)
    page.show()
    qtbot.waitExposed(page)
    assert looks.findings(page) == []
    text.resize(12, text.height())
    button.move(text.geometry().topLeft())
    long.resize(long.width(), 12)
    assert [said.rpartition("” ")[2] for said in looks.findings(page)] == [
        "overlap",
        "is cut",
        "needs more height",
    ]
    long.move(long.x(), 195)
    assert len(looks.findings(page)) == 4  # it sticks out
    text.setToolTip("a text")  # that gives all of it
    assert len(looks.findings(page)) == 3


def test_nothing_is_cut_at_another_scale(tmp_path: Path) -> None:
    own = {f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    call = [sys.executable, str(SCRIPT), "--quick", "1.5", "dark", "zh_CN"]
    done = subprocess.run(
        call, env={**os.environ, **own}, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


def test_panels_put_back_leave_the_tool_bar_and_one_row_of_tabs(window: MainWindow, qtbot: QtBot) -> None:
    window.show_project()

    def rows() -> list[tuple[int, int]]:
        kept = Qt.FindChildOption.FindDirectChildrenOnly
        bars = window.findChildren(QTabBar, options=kept)
        return [(bar.x(), bar.y()) for bar in bars if bar.isVisible()]

    window.commands["reset_docks"].trigger()
    qtbot.waitUntil(lambda: len(rows()) == 3)
    assert window.toolbar.isVisible()
    window.show_welcome()
    window.show_project()
    qtbot.wait(20)
    assert len(set(rows())) == len(rows()) == 3
    assert window.toolbar.isVisible()
