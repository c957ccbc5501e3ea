"""From a blank canvas: blocks by search and drag, wires, a refused circle, a mend, trained and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from studio.project.file import read
from studio.ui.panels.plan import PlanForm
from studio.ui.panels.problem import ProblemCard
from tests.journeys.person import MAIN, Person

BLOCKS = (
    # What is typed into the search line, what it finds, and where it is put.
    ("input", "input", -400.0, -120.0),
    ("输入", "input", -400.0, 120.0),
    ("subtr", "subtract", -200.0, 0.0),
    ("二维卷积", "conv2d", 0.0, -120.0),
    ("relu", "relu", 200.0, -120.0),
    ("conv 2", "conv2d", 0.0, 120.0),
    ("相加", "add", 200.0, 120.0),
    ("batchnorm1d", "batch_norm1d", 400.0, 120.0),
    ("全连接", "linear", 600.0, 120.0),
    ("output", "output", 600.0, -120.0),
)


def test_two_inputs_and_a_skip_are_drawn_trained_and_kept(person: Person, tmp_path: Path) -> None:
    person.new()
    draw(person)
    join(person)
    refuse_a_circle(person)
    mend(person)
    plan_and_train(person)
    keep(person, tmp_path / "pairs.netwright")


def draw(person: Person) -> None:
    """Drag every block in, and name and set what has to be."""
    names = [person.drag_from_palette(*block) for block in BLOCKS]
    assert names == ["x", "x1", "subtract1", "conv1", "relu1", "conv2", "add1", "batch_norm1d1", "fc1", "y"]
    person.frame()
    # In place by F2, and in the inspector.
    person.choose_block("x")
    person.key(Qt.Key.Key_F2)
    person.type("a")
    person.key(Qt.Key.Key_Return)
    person.choose_block("x1")
    person.write(person.node_form.name, "b")
    assert {"a", "b"} <= {node.name for node in person.project.graph(MAIN).nodes.values()}
    for name, values in {
        "conv1": {"out_channels": "4", "stride": "2", "padding": "1"},
        "conv2": {"out_channels": "4", "padding": "1"},
        "fc1": {"out_features": "1"},
    }.items():
        for parameter, text in values.items():
            person.set_parameter(name, parameter, text)
    assert person.node("conv1").parameters == {"out_channels": 4, "stride": 2, "padding": 1}


def join(person: Person) -> None:
    """Pull every wire but the one that closes a circle."""
    person.frame()
    for source, target, port in (
        ("a", "subtract1", "a"),
        ("b", "subtract1", "b"),
        ("subtract1", "conv1", "x"),
        ("conv1", "relu1", "x"),
        ("relu1", "conv2", "x"),
        ("relu1", "add1", "x"),
        ("conv2", "add1", "x"),
        ("add1", "batch_norm1d1", "x"),
        ("batch_norm1d1", "fc1", "x"),
        ("fc1", "y", "x"),
    ):
        person.pull_wire(source, target, into=port)
        assert (source, target, port) in person.wires()
    person.wait_for_shapes()
    assert len(person.wires()) == 10
    assert person.shape_on_wire("subtract1", "conv1") == "B × 1 × 28 × 28"
    assert person.shape_on_wire("relu1", "add1") == "B × 4 × 14 × 14"


def refuse_a_circle(person: Person) -> None:
    """Pull a wire back to where it came from: the reason is seen while the button is still down."""
    before = person.text()
    viewport, start = person.view.viewport(), person.port("add1", output=True)
    end = person.port("conv1")
    person.press(viewport, start)
    person.move(viewport, (start + end) / 2)
    assert not person.view.bubble.isVisible()
    person.move(viewport, end)
    assert person.view.bubble.isVisible()
    assert "circle" in person.view.bubble.text()
    person.release(viewport, end)
    assert not person.view.bubble.isVisible()
    assert "circle" in person.said()
    assert person.text() == before


def mend(person: Person) -> None:
    """An image meets a BatchNorm1d: the problem is marked, listed, and mended by one click."""
    problems = person.workspace.problems
    # The plan still says Digits, which give one picture and not two: that is told of a and b.
    person.wait(lambda: "(3)" in person.workspace.docks["problems"].windowTitle())
    person.bring(problems)
    person.wait(lambda: len(problems.cards()) == 3)
    assert [card.problem.about for card in problems.cards()] == ["drawing", "plan", "plan"]
    card: ProblemCard = problems.cards()[0]
    assert card.problem.node == person.node("batch_norm1d1").id
    assert person.view.canvas.nodes[card.problem.node].card.severity == "error"
    assert person.total() == "1 error"
    assert not person.window.toolbar.train_bar.train.isEnabled()
    button: QPushButton = next(b for b in card.buttons() if "Flatten" in b.text())
    person.click(button)
    person.wait_for_shapes()
    person.wait(lambda: {problem.about for problem in problems.problems()} == {"plan"})
    assert ("flatten1", "batch_norm1d1", "x") in person.wires()
    assert person.shape_on_wire("flatten1", "batch_norm1d1") == "B × 784"
    # By hand: 4·1·9+4, 4·4·9+4, 2·784, 784+1.
    assert "2,541 parameters" in person.total()


def plan_and_train(person: Person) -> None:
    """Choose the pairs of digits, the loss and the metric, and train for one epoch."""
    person.shortcut("Ctrl+L")
    form = person.workspace.inspector.form
    assert isinstance(form, PlanForm)
    person.choose(form.data.combo, "digit_pairs")
    person.choose(form.losses[0].combo, "bce_with_logits")
    person.wait(lambda: not person.workspace.problems.problems())
    for kind in ("accuracy", "binary_accuracy"):
        person.tick(form.metrics.boxes[kind])
    assert [choice.type for choice in person.project.plan.metrics] == ["binary_accuracy"]
    person.set_loop("epochs", "1")
    person.set_loop("batch_size", "256")
    person.press_train()
    person.wait_trained()
    assert person.window.session.failed is None, person.ending()
    assert "Trained to the end." in person.ending()
    assert person.points("loss") > 5
    assert person.points("val_accuracy") == 1


def keep(person: Person, path: Path) -> None:
    """Save, close, open: everything is as it was."""
    before = person.text()
    assert person.document.modified
    person.save_as(path)
    assert path.read_text(encoding="utf-8") == before
    person.shortcut("Ctrl+W")
    person.wait(lambda: person.window.at_welcome)
    person.open(path)
    person.wait(lambda: not person.window.at_welcome)
    assert person.text() == before
    assert person.project == read(path)
    assert not person.document.modified
    person.wait_for_shapes()
    assert person.shape_on_wire("flatten1", "batch_norm1d1") == "B × 784"
