"""Absurd values are refused as they are typed, with the range that is taken or the memory that they take."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from studio.data.memory import Memory
from studio.graph.text import LANGUAGES
from studio.project import Project
from studio.project.file import write
from studio.train.machine import fitting
from studio.ui.panels.problem import ProblemCard
from studio.ui.window import MainWindow
from tests import drawing
from tests.ui import faulty

LARGEST = "2147483647"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sequence() -> Project:
    """Give a network with layers, sizes and a wide block."""
    project, _ = drawing.chain(
        ("input", {"shape": (1_000_000,)}),
        ("linear", {"out_features": 8}),
        ("reshape", {"shape": (2, 4)}),
        ("lstm", {"hidden_size": 5}),
        ("flatten", {}),
        ("output", {}),
    )
    return project


TYPED = (
    ("lstm1", "num_layers", "2147483648", ("1", "64")),
    ("lstm1", "num_layers", "0", ("1", "64")),
    ("lstm1", "hidden_size", "2147483648", ("1", LARGEST)),
    ("lstm1", "hidden_size", "1e400", ("1", LARGEST, "∞")),
    ("lstm1", "hidden_size", "0", ("1",)),
    ("fc1", "out_features", "1000000000000", ("1", LARGEST)),
    ("fc1", "out_features", "-1", ("1",)),
    ("fc1", "out_features", "many", ("“many”",)),
    ("x", "shape", "1, 2147483648", (LARGEST,)),
)


def test_typed_value_out_of_range_is_refused_at_the_input(
    window: MainWindow, language: str, tmp_path: Path
) -> None:
    place = tmp_path / "net.netwright"
    write(sequence(), place)
    person = faulty.at(window, language, place)
    before = person.project
    for block, name, typed, told in TYPED:
        began = time.process_time()
        person.choose_block(block)
        form = person.node_form.form
        if form.field(name).isHidden():
            form.unfold()
        person.fill(form.field(name), typed)
        person.wait_for_shapes()  # of the values on the way to it: their reports take nothing back
        said = form.refusal(name)
        assert time.process_time() - began < 5.0
        faulty.clear(said, language)
        for part in told:
            assert part in said, (name, typed, said)
        # What was typed last that is a value is the block's; the refused text is nobody's.
        assert str(person.node(block).parameters.get(name)) != typed
        person.shortcut("Escape")
        while person.project != before:
            person.shortcut("Ctrl+Z")
        person.wait_for_shapes()
    assert person.project == before
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_memory_that_no_machine_has_is_said_at_the_block_before_training(
    window: MainWindow, language: str, tmp_path: Path
) -> None:
    place = tmp_path / "net.netwright"
    write(sequence(), place)
    person = faulty.at(window, language, place)
    # A million inputs, a million outputs: four bytes for each of their products.
    person.set_parameter("fc1", "out_features", "1000000")
    told = faulty.problems(person, language)
    memory = next(card for card in told if card.startswith("fc1\n"))
    assert memory.count("3,725 GiB") == 2  # in the sentence, and as what was received
    assert "1,024 GiB" in memory
    assert ("Use smaller sizes." if language == "en" else "请减小尺寸。") in memory
    assert not window.toolbar.train_bar.train.isEnabled()
    person.raise_dock(person.workspace.docks["training"])
    assert "3,725 GiB" in person.workspace.training.why.text()
    # Sizes with more bytes than torch can count are said alike.
    person.set_parameter("fc1", "out_features", LARGEST)
    told = faulty.problems(person, language)
    assert any("GiB" in card for card in told), told
    person.set_parameter("fc1", "out_features", "8")
    person.wait_for_shapes()
    assert not [problem for problem in person.document.problems() if problem.about == "drawing"]
    faulty.still_works(person, tmp_path / "mine.netwright")


def test_default_is_one_click_away_from_an_absurd_value(
    window: MainWindow, language: str, tmp_path: Path
) -> None:
    project, ids = drawing.chain(
        ("input", {"shape": (4,)}), ("linear", {"out_features": 10**12}), ("output", {})
    )
    place = tmp_path / "net.netwright"
    write(project, place)
    person = faulty.at(window, language, place)
    (told,) = [card for card in faulty.problems(person, language) if card.startswith("fc1\n")]
    assert LARGEST in told
    assert "1000000000000" in told
    cards = person.workspace.problems.cards()
    person.click(mend(next(card for card in cards if card.problem.node == ids[1])))
    person.wait_for_shapes()
    assert person.node("fc1").parameters.get("out_features") != 10**12
    assert not [problem for problem in person.document.problems() if problem.about == "drawing"]
    assert person.document.modified
    faulty.still_works(person, tmp_path / "mine.netwright")


def mend(card: ProblemCard) -> QPushButton:
    """Give the first mend of a card."""
    found = card.findChild(QPushButton)
    assert isinstance(found, QPushButton)
    return found


def test_network_that_does_not_fit_is_refused_at_its_largest_block(
    window: MainWindow, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "net.netwright"
    write(faulty.network(), place)
    person = faulty.at(window, language, place)
    person.set_parameter("conv1", "out_channels", "64")
    person.wait_for_shapes()
    monkeypatch.setattr(fitting, "memory", lambda: Memory(10**7, 10**7))
    person.press_train()
    person.wait_trained()
    said = person.ending()
    faulty.clear(said, language)
    assert "“fc1”" in said
    assert "10.0 MB" in said
    failed, banner = window.session.failed, person.workspace.training.ended.get("end")
    assert failed is not None
    assert banner is not None
    person.click(banner.buttons()[0])  # show the block
    assert person.view.selected() == [failed.node] == [person.node("fc1").id]
    assert not (tmp_path / "runs").exists()
    # With smaller sizes it trains.
    person.set_parameter("conv1", "out_channels", "1")
    person.set_loop("epochs", "1")
    person.press_train()
    person.wait_trained()
    assert ("训练已完成" if language == "zh_CN" else "Trained to the end.") in person.ending()
    faulty.still_works(person, tmp_path / "mine.netwright")
