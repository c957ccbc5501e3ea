"""From the CNN template to a model in other hands: edited, undone, trained, judged, tried, exported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QLabel

import studio
from studio.ui.panels.export import ExportDialog
from tests.journeys.person import Person

FILES = {
    "safetensors": "net.safetensors",
    "pt": "net.pt",
    "python": "net",
    "pt2": "net.pt2",
    "onnx": "net.onnx",
    "onnx-int8": "net.int8.onnx",
}

STRANGER = """
import sys
sys.modules["studio"] = None  # whoever tries to import Netwright fails
import numpy, onnxruntime, torch
from safetensors.torch import load_model
sys.path.insert(0, "net")
import model as source
inputs = torch.load("inputs.pt", weights_only=True)

def made():
    return source.Main().eval()

@torch.no_grad()
def by_torch(net):
    return [net(each) for each in inputs]

given = {}
net = made()
load_model(net, "net.safetensors")
given["safetensors"] = by_torch(net)
net = made()
net.load_state_dict(torch.load("net.pt", weights_only=True)["state_dict"])
given["pt"] = by_torch(net)
net = made()
net.load_state_dict(torch.load("net/weights.pt", weights_only=True)["state_dict"])
given["python"] = by_torch(net)
given["pt2"] = by_torch(torch.export.load("net.pt2").module())
for kind, file in (("onnx", "net.onnx"), ("onnx-int8", "net.int8.onnx")):
    session = onnxruntime.InferenceSession(file)
    name = session.get_inputs()[0].name
    given[kind] = [torch.from_numpy(session.run(None, {name: each.numpy()})[0]) for each in inputs]
assert not [module for module in sys.modules if module.startswith("studio.")]
torch.save(given, "outputs.pt")
"""


def test_the_article_s_network_is_edited_trained_judged_and_tried(person: Person) -> None:
    person.open_template("cnn")
    edit_and_undo(person)
    train(person, epochs=1, batch=64)
    judge(person)
    draw_a_digit(person)


def edit_and_undo(person: Person) -> None:
    """Other filters: shapes and the total follow at once; undone, everything is as before."""
    before = person.text()
    assert "421,642 parameters" in person.total()
    assert person.shape_on_wire("conv1", "relu1") == "B × 32 × 28 × 28"
    person.set_parameter("conv1", "out_channels", "16")
    person.wait_for_shapes()
    assert person.shape_on_wire("conv1", "relu1") == "B × 16 × 28 × 28"
    assert person.shape_on_wire("relu1", "pool1") == "B × 16 × 28 × 28"
    # By hand: 16·(9+1), 64·(16·9+1), 128·(3136+1), 10·(128+1).
    assert "412,266 parameters" in person.total()
    person.shortcut("Ctrl+Z")
    person.wait_for_shapes()
    assert "421,642 parameters" in person.total()
    assert person.shape_on_wire("conv1", "relu1") == "B × 32 × 28 × 28"
    assert person.text() == before
    assert not person.document.modified


def train(person: Person, *, epochs: int, batch: int) -> None:
    """Train for a moment and see the curves grow."""
    person.set_loop("epochs", str(epochs))
    person.set_loop("batch_size", str(batch))
    person.press_train()
    person.wait_trained()
    assert person.window.session.failed is None, person.ending()
    assert "Trained to the end. Best epoch" in person.ending()
    assert person.points("loss") >= 1437 * 8 // 10 // batch
    assert person.points("val_loss") == person.points("val_accuracy") == epochs


def judge(person: Person) -> None:
    """The run is judged by itself: figures, a full confusion matrix, and the samples that it gets wrong."""
    panel = person.workspace.evaluation
    person.bring(panel)
    person.wait(lambda: not panel.confusion.visibleRegion().isEmpty())
    opened = person.window.workspace.judge.opened
    assert opened is not None
    found = opened.evaluation
    matrix = found.confusion
    assert len(matrix) == 10
    assert sum(map(sum, matrix)) == found.count == 359
    right = sum(matrix[digit][digit] for digit in range(10))
    assert found.metrics["accuracy"] == pytest.approx(right / found.count)
    assert panel.wrong.count() == found.count - right > 0
    assert f"{right / found.count:.3f}"[:4] in " ".join(part.text() for part in panel.findChildren(QLabel))
    # A wrong sample is looked at: its bars say what it was taken for.
    item = panel.wrong.item(0)
    panel.wrong.scrollToItem(item)
    person.click(panel.wrong.viewport(), panel.wrong.visualItemRect(item).center())
    person.wait(lambda: panel.card.isVisible() and panel.card.bars.chances)
    likeliest = max(panel.card.bars.chances, key=lambda pair: pair[1])
    assert likeliest[0] == found.classes[found.wrong[0].predicted]


def draw_a_digit(person: Person) -> None:
    """Draw a one with the mouse: the network says how sure it is of each class."""
    panel = person.workspace.evaluation
    tryout = panel.tryout
    last = panel.list.item(panel.list.count() - 1)
    panel.list.scrollToItem(last)
    person.click(panel.list.viewport(), panel.list.visualItemRect(last).center())
    person.wait(lambda: tryout.pad.isVisible())
    person.bring(tryout.pad)
    x, y = tryout.pad.width() // 2, tryout.pad.height()
    person.drag(tryout.pad, *(QPoint(x, y * share // 10) for share in range(2, 9)))
    assert not tryout.pad.is_empty()
    person.wait(lambda: "your drawing" in tryout.said.text() and tryout.bars.chances)
    assert [name for name, _ in tryout.bars.chances] == list("0123456789")
    assert sum(chance for _, chance in tryout.bars.chances) == pytest.approx(1.0, abs=1e-4)
    # The sheet has the keyboard since it was drawn on.
    person.key(Qt.Key.Key_Delete)
    assert tryout.pad.is_empty()
    person.wait(lambda: not tryout.bars.chances)


def test_a_stranger_runs_every_export_without_netwright(person: Person, tmp_path: Path) -> None:
    place = tmp_path / "away"
    place.mkdir()
    person.open_template("cnn")
    # Few filters: the formats are what is tried here, and each is checked in a process of its own.
    person.set_parameter("conv1", "out_channels", "4")
    person.set_parameter("conv2", "out_channels", "4")
    person.set_parameter("fc1", "out_features", "16")
    train(person, epochs=1, batch=512)
    runs = person.workspace.runs
    person.wait(lambda: len(runs.records()) == 1)
    export_all(person, place)

    torch.manual_seed(3)
    inputs = [torch.rand(batch, 1, 28, 28) for batch in (1, 5)]
    torch.save(inputs, place / "inputs.pt")
    done = subprocess.run(
        [sys.executable, "-I", "-c", STRANGER],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    given = torch.load(place / "outputs.pt", weights_only=True)
    live = studio.build(person.project, run=runs.records()[0].folder).eval()
    with torch.no_grad():
        expected = [live(each) for each in inputs]
    for name, outputs in given.items():
        for output, wanted in zip(outputs, expected, strict=True):
            if name == "onnx":
                torch.testing.assert_close(output, wanted, rtol=1e-4, atol=1e-5)
            elif name == "onnx-int8":  # rounded to what eight bits hold
                assert 0 < (output - wanted).abs().mean() < 0.1 * wanted.abs().mean()
            else:
                assert torch.equal(output, wanted), name


def export_all(person: Person, place: Path) -> None:
    """Choose every format in turn in the dialog, name the file, and read that it was checked."""

    def act(shown: QDialog) -> None:
        dialog = cast(ExportDialog, shown)
        assert set(dialog.choices) == set(FILES)
        assert "Trained" in dialog.weights.currentText()
        for id, file in FILES.items():
            person.tick(dialog.choices[id])
            person.write(dialog.target, str(place / file))
            dialog.report = None
            person.click(dialog.export_button)
            person.wait(lambda: dialog.report is not None or dialog.outcome.property("kind") == "error", 90.0)
            said = " ".join(part.text() for part in dialog.outcome.findChildren(QLabel))
            assert "Checked in a fresh process" in said, said
            assert (place / file).exists()
        person.click(dialog.cancel_button)

    with person.answering(act):
        person.shortcut("Ctrl+E")
