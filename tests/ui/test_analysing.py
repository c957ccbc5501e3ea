"""The reports that a window shows are those of the newest question, whatever comes between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from studio.compiler import Analyser, Problem, Report
from studio.graph import Message
from studio.project import GraphRef, Project
from studio.ui.looking.analysing import Analysis
from tests.drawing import MAIN, chain


class Told:
    """Analyses as the compiler does, and adds what is known of the data by then."""

    def __init__(self) -> None:
        self.known = ""
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._analyser = Analyser()

    def __call__(self, project: Project, ref: GraphRef) -> Report:
        known = self.known
        report = self._analyser.analyse(project, ref)
        self.begun.set()
        assert self.go_on.wait(10)
        problem = Problem("warning", "no_data", ref, "", Message("{known}", known=known))
        return replace(report, problems=(problem,)) if known else report


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def analysis(told: Told, qtbot: QtBot) -> Iterator[Analysis]:
    made = Analysis(lambda: told)
    made.begin()
    yield made
    told.go_on.set()
    made.close()


def test_the_same_snapshot_asked_for_again_during_its_analysis_has_the_second_answer(
    analysis: Analysis, told: Told, qtbot: QtBot
) -> None:
    project, _ = chain(("input", {"shape": (3,)}), ("relu", {}), ("output", {}))
    analysis.request(project, MAIN)
    assert told.begun.wait(10)
    told.known = "The folder is gone."
    analysis.request(project, MAIN)
    told.go_on.set()
    qtbot.waitUntil(lambda: not analysis.pending(MAIN))
    report = analysis.report(MAIN)
    assert report is not None
    assert [str(problem.message) for problem in report.problems] == ["The folder is gone."]


def test_what_is_known_within_a_frame_is_known_at_once_however_long_its_last_answer_waited(
    told: Told, analysis: Analysis, qtbot: QtBot
) -> None:
    project, _ = chain(("input", {"shape": (3,)}), ("relu", {}), ("output", {}))
    Analyser().analyse(project, MAIN)  # what torch loads with the first of all is not meant here
    analysis.request(project, MAIN)
    QTimer.singleShot(300, told.go_on.set)  # as when the thread of the window keeps the worker waiting
    qtbot.waitUntil(lambda: not analysis.pending(MAIN))
    analysis.request(project, MAIN)
    assert not analysis.pending(MAIN)
