"""What is strange and can be kept is opened as it is: marked in words, run by nobody, saved unchanged."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from studio.graph.text import LANGUAGES
from studio.project import edits
from studio.project.file import dumps, read
from studio.ui.panels.export import ExportDialog
from studio.ui.panels.problem import ProblemCard
from studio.ui.window import MainWindow
from tests import drawing
from tests.journeys.person import MAIN, Person
from tests.ui import faulty


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(window: MainWindow, language: str, place: Path, text: str) -> Person:
    """Give a person who dropped a file with this text on the window."""
    place.write_text(text, "utf-8")
    person = faulty.at(window, language, place)
    assert person.banner("refused") == ""
    return person


UNKNOWN = {
    "type": "hyper_relu",
    "name": "future",
    "parameters": {"warp": 9.5, "gates": [1, [2, "x"]], "on": None},
}


def test_unknown_block_is_said_drawn_and_kept(window: MainWindow, language: str, tmp_path: Path) -> None:
    text = faulty.spoiled(lambda data: faulty.block(data, "relu_1").update(UNKNOWN))
    person = opened(window, language, tmp_path / "future.netwright", text)
    (told,) = faulty.problems(person, language, "hyper_relu")
    assert "“hyper_relu”" in told
    assert ("kept as it is" if language == "en" else "原样保留") in told
    assert not window.toolbar.train_bar.train.isEnabled()
    assert person.view.canvas.nodes["relu_1"].card.name == "future"
    person.choose_block("future")  # the inspector shows it
    # Something else is changed and saved: what nobody knows is as it was.
    person.set_parameter("conv1", "out_channels", "7")
    person.shortcut("Ctrl+S")
    saved = json.loads((tmp_path / "future.netwright").read_text("utf-8"))
    assert faulty.block(saved, "relu_1") == faulty.block(json.loads(text), "relu_1")
    assert saved["networks"][0]["wires"] == json.loads(dumps(faulty.network()))["networks"][0]["wires"]
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_unknown_parts_of_the_plan_are_said(window: MainWindow, language: str, tmp_path: Path) -> None:
    def change(data: Any) -> None:
        data["plan"]["losses"][0]["loss"]["type"] = "quantum_loss"
        data["plan"]["optimizers"]["model"] = {"type": "warp", "parameters": {"lr": 1}}
        data["plan"]["data"] = {"type": "hologram"}

    place = tmp_path / "plan.netwright"
    person = opened(window, language, place, faulty.spoiled(change))
    plan = read(place).plan
    person.raise_dock(person.workspace.docks["training"])
    if window.toolbar.train_bar.train.isEnabled():
        person.press_train()
        person.wait_trained()
        faulty.clear(person.ending(), language, "quantum_loss", "hologram", "warp")
        assert "“" in person.ending()
    else:
        said = person.workspace.training.why.text()
        assert any(name in said for name in ("quantum_loss", "hologram", "warp")), said
    assert person.project.plan == plan
    faulty.still_works(person, tmp_path / "mine.netwright")
    assert read(tmp_path / "mine.netwright").plan == plan


def test_circle_is_said_and_mended_by_its_button(window: MainWindow, language: str, tmp_path: Path) -> None:
    def change(data: Any) -> None:
        data["networks"][0]["wires"].append({"from": ["relu_1", "y"], "to": ["conv2d_1", "x"], "index": 1})

    person = opened(window, language, tmp_path / "circle.netwright", faulty.spoiled(change))
    told = faulty.problems(person, language, "conv1", "relu1")
    assert ("in a circle" if language == "en" else "环") in told[0]
    assert not window.toolbar.train_bar.train.isEnabled()
    press(person, "disconnect", "relu1")
    person.wait_for_shapes()
    assert person.document.problems() == ()
    assert person.project.graph(MAIN) == faulty.network().graph(MAIN)
    faulty.still_works(person, tmp_path / "mine.netwright")


def press(person: Person, action: str, word: str) -> None:
    """Press the mend of a problem that does something."""
    for card in person.workspace.problems.cards():
        for fix, button in zip(card.problem.fixes, mends(card), strict=True):
            if fix.action == action and word in button.text():
                person.click(button)
                return
    raise AssertionError(f"nothing offers to {action} {word}")


def mends(card: ProblemCard) -> list[QPushButton]:
    """Give the buttons of a card's mends."""
    return card.findChildren(QPushButton)


WRONG: dict[str, str] = {
    '"four"': "“four”",
    "1000000000000": "1000000000000",
    "2147483648": "2147483648",
    "1e300": "1e+300",
    "0": "0",
    "-1": "-1",
    "2.5": "2.5",
    "null": "–",
    "[1, 2, 3]": "1, 2, 3",
    '{"expr": "__import__(\'os\')"}': "__import__('os')",
    '{"expr": "9**9**9**9"}': "9**9**9**9",
}


def wrong() -> str:
    """Give a file of convolutions side by side, each with a wrong number of filters."""
    branches = [(f"conv2d_{index}", f"w{index}") for index in range(len(WRONG))]
    project, ids = drawing.chain(
        ("input", {"shape": (1, 28, 28)}), ("conv2d", {}), ("add", {}), ("output", {})
    )
    project = edits.remove_nodes(project, MAIN, [ids[1]])
    data = json.loads(dumps(project))
    main = data["networks"][0]
    for index, (id, name) in enumerate(branches):
        node = {"id": id, "type": "conv2d", "name": name, "parameters": {"out_channels": f"@{index}@"}}
        main["nodes"].append(node)
        main["wires"].append({"from": ["input_1", "y"], "to": [id, "x"]})
        main["wires"].append({"from": [id, "y"], "to": ["add_1", "x"], "index": index})
    text = json.dumps(data)
    for index, value in enumerate(WRONG):
        text = text.replace(f'"@{index}@"', value)
    return text


def test_parameters_of_wrong_kinds_are_said_at_their_blocks(
    window: MainWindow, language: str, tmp_path: Path
) -> None:
    began = time.process_time()
    person = opened(window, language, tmp_path / "wrong.netwright", wrong())
    told = faulty.problems(person, language, "out_channels", *WRONG.values())
    assert time.process_time() - began < 5.0
    for index, (value, shown) in enumerate(WRONG.items()):
        (said,) = [card for card in told if card.startswith(f"w{index}\n")]
        assert shown in said, (value, said)
        if value in ("1000000000000", "2147483648"):
            assert "2147483647" in said  # the largest that it takes
    assert not window.toolbar.train_bar.train.isEnabled()
    saved = json.loads(dumps(person.project))["networks"][0]["nodes"]
    given = json.loads(wrong())["networks"][0]["nodes"]
    assert sorted(saved, key=str) == sorted(given, key=str)
    for index in range(2):
        person.frame()
        person.set_parameter(f"w{index}", "out_channels", "4")
    assert len(faulty.problems(person, language, "out_channels", *WRONG.values())) == len(told) - 2
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_as_many_blocks_as_a_project_has_open_in_seconds(window: MainWindow, tmp_path: Path) -> None:
    began = time.process_time()
    person = opened(window, "en", tmp_path / "large.netwright", faulty.many(19_990))
    assert time.process_time() - began < 20.0
    assert len(person.project.networks["n"]) == 19_990
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_thousands_of_wires_open_in_seconds(window: MainWindow, tmp_path: Path) -> None:
    began = time.process_time()
    person = opened(window, "en", tmp_path / "wires.netwright", faulty.wired(1_000, 5_000))
    assert time.process_time() - began < 20.0
    assert len(person.project.networks["n"].wires) == 5_000
    person.click(person.workspace.networks.tabBar(), person.workspace.networks.tabBar().tabRect(0).center())
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_composites_without_end_are_said_at_once(window: MainWindow, language: str, tmp_path: Path) -> None:
    began = time.process_time()
    person = opened(window, language, tmp_path / "bomb.netwright", faulty.unfolding(20))
    told = faulty.problems(person, language, *(f"level{index}" for index in range(20, -1, -1)))
    assert time.process_time() - began < 10.0
    assert "10^" in told[0]
    assert not window.toolbar.train_bar.train.isEnabled()
    faulty.still_works(person, tmp_path / "mine.netwright")


# -- names that are code ------------------------------------------------------------------------------


def coded(mark: Path) -> tuple[str, list[str]]:
    """Give a file whose names would make a folder if anything ran them, and the names of its blocks.

    Its second network is called by the first of these names.
    """
    run = f"__import__('os').mkdir({str(mark)!r})"
    names = [
        run,
        f"x\n{run}\n",
        f'""" + {run} + """',
        f"y'); {run} #",
        "{0.__class__} {name} %s <b onload=x>bold</b> <img src='file:///etc/passwd'>",
        "class \u202egnp\u2028\\",
    ]
    data = json.loads(dumps(faulty.network()))
    for node, name in zip(data["networks"][0]["nodes"], names, strict=True):
        node["name"] = name
    data["networks"].append({**data["networks"][0], "name": run})
    data["layout"]["networks"]["main"]["notes"] = [
        {"id": "n", "text": names[4], "x": 0, "y": -300, "width": 200, "height": 90}
    ]
    data["layout"]["networks"]["main"]["frames"] = [
        {"id": "f", "title": names[2], "x": 150, "y": -60, "width": 400, "height": 200}
    ]
    return json.dumps(data), names


def test_names_that_are_code_are_only_names(window: MainWindow, language: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text, names = coded(mark)
    person = opened(window, language, tmp_path / "code.netwright", text)
    assert person.document.problems() == ()
    assert [node.name for node in person.project.graph(MAIN).nodes.values()] == names
    shown = [item.card.name for item in person.view.canvas.nodes.values()]
    assert any("<b onload=x>bold</b>" in name for name in shown)
    networks = person.workspace.networks
    code = person.workspace.code
    for tab in (0, 1):
        person.click(networks.tabBar(), networks.tabBar().tabRect(tab).center())
        person.view.select(["linear_1"])
        for dock in ("outline", "problems", "analysis", "training", "code"):
            person.raise_dock(person.workspace.docks[dock])
            person.look()
        person.wait(lambda: code.text and not code._stale)
        only_layers(code.text)
    person.click(networks.tabBar(), networks.tabBar().tabRect(0).center())
    # A mistake that names such a block is shown as it is, too.
    person.view.select(["flatten_1"])
    person.view.setFocus()
    person.key(Qt.Key.Key_Delete)
    told = faulty.problems(person, language, *names)
    assert any(one_line(names[4]) in one_line(problem) for problem in told), told
    marked = [part for part in window.findChildren(QLabel) if "<b" in part.text()]
    assert marked
    for part in marked:
        assert part.textFormat() == Qt.TextFormat.PlainText, part.text()
    assert not mark.exists()
    faulty.still_works(person, tmp_path / "mine.netwright")


def one_line(text: str) -> str:
    """Give a text without what is invisible in it."""
    return "".join(letter for letter in text if letter.isprintable() and letter != " ")


def only_layers(source: str) -> None:
    """Check that a module is imports of torch and one class of plain layers."""
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert {ast.unparse(node) for node in imports} == {"import torch", "from torch import nn"}
    assert [type(node).__name__ for node in tree.body] == ["Expr", "Import", "ImportFrom", "ClassDef"]
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    strange = {call for call in calls if not call.startswith(("nn.", "self.", "super"))}
    assert not strange, strange


def test_exported_source_of_such_names_runs_only_the_network(window: MainWindow, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text, names = coded(mark)
    person = opened(window, "en", tmp_path / "code.netwright", text)
    said: list[str] = []

    def export(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        choice = dialog.choices["python"]
        person.click(choice, QPoint(10, choice.height() // 2))
        dialog.network.setCurrentText(names[0])
        assert dialog.network.currentText() == names[0]
        person.write(dialog.target, str(tmp_path / "out"))
        person.click(dialog.export_button)
        person.wait(dialog.export_button.isEnabled, 60.0)
        said.append(dialog._said.text())
        person.click(dialog.cancel_button)

    with person.answering(export):
        person.shortcut("Ctrl+E")
    assert "Checked in a fresh process" in said[0], said
    only_layers((tmp_path / "out" / "model.py").read_text("utf-8"))
    for script in (tmp_path / "out").glob("*.py"):
        ast.parse(script.read_text("utf-8"))
        done = subprocess.run(
            [sys.executable, "-c", f"import {script.stem}"], cwd=tmp_path / "out", check=False
        )
        assert done.returncode == 0
    assert not mark.exists()
    faulty.still_works(person, tmp_path / "mine.netwright")
