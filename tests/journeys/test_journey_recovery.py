"""Nothing that a person did is lost: undo to the start and back, and a kill while editing or saving."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from studio.project import GraphRef
from studio.project.file import read, write
from tests.drawing import chain
from tests.journeys.conftest import Start
from tests.journeys.driven import BLOCK, PARAMETER, ROOT
from tests.journeys.person import MAIN, Person

DRIVEN = Path(__file__).with_name("driven.py")


# -- undo ------------------------------------------------------------------------------------------------


def test_everything_is_undone_to_the_start_and_done_again(person: Person, tmp_path: Path) -> None:
    person.open_template("cnn")
    texts = [person.text()]
    for act in ACTS:
        before = person.document.history.position
        act(person)
        assert person.document.history.position > before, act.__name__
        texts.append(person.text())
    assert len(set(texts)) == len(texts)
    steps = person.document.history.position
    assert steps >= len(ACTS)

    at = {steps: person.text()}
    for step in reversed(range(steps)):
        person.shortcut("Ctrl+Z")
        assert person.document.history.position == step
        at[step] = person.text()
    assert not person.window.commands["undo"].isEnabled()
    assert person.text() == texts[0]
    assert not person.document.modified
    assert set(texts) <= set(at.values())  # no step took two acts back at once

    for step in range(1, steps + 1):
        person.shortcut("Ctrl+Shift+Z")
        assert person.document.history.position == step
        assert person.text() == at[step]
    assert not person.window.commands["redo"].isEnabled()
    assert person.text() == texts[-1]
    agrees_with_the_document(person)
    person.save_as(tmp_path / "done.netwright")
    assert (tmp_path / "done.netwright").read_bytes() == texts[-1].encode()


def drag_a_block_in(person: Person) -> None:
    person.run_command("canvas.zoom_out")
    bottom = person.view.canvas.content().bottom()
    person.drag_from_palette("dropout", "dropout", 300.0, bottom + 60.0)
    person.frame()


def move_it(person: Person) -> None:
    start = person.body("dropout1")
    person.drag(person.view.viewport(), start, start + QPoint(20, 5), start + QPoint(40, 20))


def type_its_parameter(person: Person) -> None:
    person.set_parameter("dropout1", "p", "0.25")


def pull_a_wire(person: Person) -> None:
    person.pull_wire("fc1", "dropout1")


def rename_it(person: Person) -> None:
    person.choose_block("dropout1")
    person.key(Qt.Key.Key_F2)
    person.type("drop")
    person.key(Qt.Key.Key_Return)


def duplicate_it(person: Person) -> None:
    person.choose_block("drop")
    person.shortcut("Ctrl+D")


def paste_blocks(person: Person) -> None:
    person.choose_block("conv2")
    person.shortcut("Ctrl+C")
    person.shortcut("Ctrl+V")


def freeze_one(person: Person) -> None:
    person.choose_block("conv1")
    person.tick(person.node_form.options.field("frozen").box)  # type: ignore[attr-defined]  # a tick


def frame_some(person: Person) -> None:
    person.choose_block("conv1")
    person.shortcut("Ctrl+G")
    person.key(Qt.Key.Key_Return)


def delete_one(person: Person) -> None:
    person.choose_block("relu1")
    person.key(Qt.Key.Key_Delete)


def arrange_all(person: Person) -> None:
    person.click(person.view.viewport(), QPoint(5, 5))
    person.key(Qt.Key.Key_L)
    person.frame()


def change_the_plan(person: Person) -> None:
    person.set_loop("epochs", "3")


ACTS: tuple[Callable[[Person], None], ...] = (
    drag_a_block_in,
    move_it,
    type_its_parameter,
    pull_a_wire,
    rename_it,
    duplicate_it,
    paste_blocks,
    freeze_one,
    frame_some,
    delete_one,
    arrange_all,
    change_the_plan,
)


def agrees_with_the_document(person: Person) -> None:
    """Check that the canvas shows what the document holds."""
    graph, canvas = person.project.graph(MAIN), person.view.canvas
    assert canvas.nodes.keys() == graph.nodes.keys()
    assert set(canvas.wires) == set(graph.wires)
    assert {id: item.card.name for id, item in canvas.nodes.items()} == {
        id: node.name for id, node in graph.nodes.items()
    }
    layout = person.project.layout_of(GraphRef(*MAIN))
    assert {id: (item.x(), item.y()) for id, item in canvas.nodes.items()} == dict(layout.positions)


# -- kill ------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small network in a file."""
    project, _ = chain(
        ("input", {"shape": (13,)}),
        ("linear", {"out_features": 3}),
        ("output", {}),
    )
    place = tmp_path / "mine.netwright"
    write(project, place)
    return place


def killed(task: str, file: Path, when: Callable[[list[tuple[str, int]]], bool]) -> list[tuple[str, int]]:
    """Have a program of its own be worked in, kill it as soon as it has said enough; gives all it said."""
    told: list[tuple[str, int]] = []
    with subprocess.Popen(
        [sys.executable, str(DRIVEN), task, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            word, value = line.split()
            told.append((word, int(value)))
            if when(told):
                program.kill()
                break
        told += [
            (word, int(value))
            for word, value in (line.split() for line in program.stdout if line[-1:] == "\n")
        ]
    assert program.returncode == -signal.SIGKILL, told
    return told


def last(told: list[tuple[str, int]], word: str) -> int:
    """Give the value of the last line that begins with a word."""
    return [value for said, value in told if said == word][-1]


def value_in(project_file: Path) -> object:
    """Give the number that was typed, as a file has it."""
    nodes = read(project_file).graph(MAIN).nodes.values()
    return next(node.parameters[PARAMETER] for node in nodes if node.name == BLOCK)


def test_a_kill_while_editing_loses_no_edit(start: Start, home: Path, file: Path) -> None:
    before = file.read_bytes()
    count = random.Random(1).randrange(5, 12)
    told = killed("edit", file, lambda told: sum(word == "edited" for word, _ in told) == count)
    assert file.read_bytes() == before  # it was never saved
    person = start()
    person.wait(lambda: person.banner("recovery0"))
    assert "ended unexpectedly" in person.banner("recovery0")
    assert file.name in person.banner("recovery0")
    banner = person.window.banners.get("recovery0")
    assert banner is not None
    person.click(banner.buttons()[0])
    person.wait(lambda: not person.window.at_welcome)
    found = person.node(BLOCK).parameters[PARAMETER]
    # The edit that was under way when it was killed may be there or not.
    assert found in (last(told, "edited"), last(told, "editing"))
    assert person.document.modified
    assert person.document.path == file
    assert not person.banner("recovery0")
    person.shortcut("Ctrl+S")
    assert not person.document.modified
    assert value_in(file) == found


def test_nothing_is_offered_after_a_clean_end(start: Start, file: Path) -> None:
    person = start(file)
    person.set_parameter(BLOCK, PARAMETER, "7")
    with person.answering(person.answer("discard")):
        person.window.close()
    again = start()
    again.wait_for_jobs()
    assert not again.banner("recovery0")


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_while_saving_leaves_the_old_file_or_the_new(
    start: Start, home: Path, file: Path, seed: int
) -> None:
    chance = random.Random(seed)
    saves, word = chance.randrange(2, 8), chance.choice(["saving", "edited"])
    told = killed("save", file, lambda told: sum(said == word for said, _ in told) == saves)
    assert value_in(file) in (last(told, "saved"), last(told, "saving"))
    person = start(file)
    assert person.node(BLOCK).parameters[PARAMETER] == value_in(file)
