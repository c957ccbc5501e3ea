"""One error, two errors: every count in the window is said as people say it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import translations
from pytestqt.qtbot import QtBot

from studio.project import GraphRef, Project, edits
from studio.ui.window import MainWindow
from studio.ui.words import text
from tests import drawing
from tests.ui import judged

MAIN = GraphRef("network", "main")
Open = Callable[[Project], MainWindow]

SEVERAL = re.compile(
    r"^(Bypass|Collapse|Cut|Cut out|Delete|Disable|Duplicate|Enable|Freeze|Move|Pull) \{count\}"
    r"|blocks chosen$|values, neighbours averaged$"
)
"""Sentences of the window that are only said of several; of one there is another sentence."""


def test_no_sentence_of_the_window_counts_one_as_many() -> None:
    plural = re.compile(r"\{(count|n|parameters|adds|errors|total)\} [a-z-]+s\b(?! a sample is)")
    said = [one for one in translations.said() if one.file.startswith("studio/ui/")]
    assert len(said) > 300
    wrong = [f"{one.file}:{one.line} {one.text}" for one in said if plural.search(one.text)]
    assert [line for line in wrong if not SEVERAL.search(line.split(" ", 1)[1])] == []


@pytest.mark.parametrize(
    ("wrong", "said", "chinese"), [(1, "1 error", "1 个错误"), (2, "2 errors", "2 个错误")]
)
def test_status_line_counts_errors(
    open_project: Open, qtbot: QtBot, wrong: int, said: str, chinese: str
) -> None:
    project, ids = drawing.chain(
        ("input", {}), ("flatten", {}), ("linear", {}), ("linear", {}), ("output", {})
    )
    for id in ids[2 : 2 + wrong]:
        project = edits.set_parameters(project, MAIN, id, {"out_features": -1})
    window = open_project(project)
    assert window.status.cost.text() == said
    window.workspace.docks.show("code")
    panel = window.workspace.code
    expected = "The code is shown once the error is mended." if wrong == 1 else "once the errors are mended."
    qtbot.waitUntil(lambda: expected in panel._said.text())
    text.set_language("zh_CN")
    assert window.status.cost.text() == chinese


def test_status_line_counts_parameters(open_project: Open) -> None:
    project, _ = drawing.chain(
        ("input", {"shape": (1,)}), ("linear", {"out_features": 1, "bias": False}), ("output", {})
    )
    window = open_project(project)
    assert window.status.cost.text() == "1 parameter · 1 multiply-add"


@pytest.mark.parametrize(("right", "count", "said"), [(1, 1, "1 sample"), (2, 2, "2 samples")])
def test_evaluation_counts_samples(window: MainWindow, right: int, count: int, said: str) -> None:
    window.show_project()
    panel = window.workspace.evaluation
    judged.show(window.workspace.judge, judged.judgement(["only"], right=right, wrong=count))
    assert panel._left._run.text() == said
    assert panel._matrix.title.text() == ("1 wrong" if count == 1 else "2 wrong, the surest first")
