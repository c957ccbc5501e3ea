"""A training is paused, resumed, stopped and resumed again; it fails at a block; the window closes on it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import torch
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QToolButton

from studio.train import runs_of
from tests.journeys.conftest import Start
from tests.journeys.person import MAIN, Person


def begin(person: Person, *, epochs: str = "200") -> None:
    """Open the CNN and train it for long."""
    person.open_template("cnn")
    person.set_loop("epochs", epochs)
    person.press_train()
    person.wait_steps(2)


def button(person: Person, id: str) -> QToolButton:
    """Give a button of the tool bar's training part."""
    found: QToolButton = getattr(person.window.toolbar.train_bar, id)
    return found


def test_pause_resume_stop_and_go_on(person: Person) -> None:
    begin(person)
    session, panel = person.window.session, person.workspace.training
    run = session.run
    assert run is not None
    person.click(button(person, "pause"))
    person.wait(lambda: run.control.resting)
    person.wait(lambda: "paused" in panel.said.text())
    assert session.latest is not None
    stood = session.latest.step
    # A paused run makes no step, however long it is looked at.
    later = time.monotonic() + 0.3
    person.wait(lambda: time.monotonic() > later)
    assert session.latest.step == stood
    assert panel.pause.text() == "Resume"
    person.click(panel.pause)
    person.wait_steps(2)
    assert panel.pause.text() == "Pause"
    person.shortcut("Ctrl+P")
    person.wait(lambda: session.state == "paused" and run.control.resting)
    person.shortcut("Ctrl+P")
    person.wait_steps(1)
    person.click(button(person, "stop"))
    person.wait_trained()
    assert "Stopped; what was learned is kept." in person.ending()
    assert not button(person, "pause").isVisible()
    assert person.window.toolbar.train_bar.train.isEnabled()

    runs = person.workspace.runs
    person.wait(lambda: len(runs.records()) == 1 and runs.records()[0].status == "stopped")
    record = runs.records()[0]
    assert record.step >= stood + 2
    assert {path.name for path in record.folder.iterdir()} >= {"last.safetensors", "state.pt", "run.json"}
    person.click(runs.resume_button)
    person.wait(lambda: session.latest is not None and session.latest.step > record.step, 60.0)
    person.shortcut("Ctrl+Alt+Return")
    person.wait_trained()
    person.wait(lambda: runs.records()[0].step > record.step)
    assert len(runs.records()) == 1


def test_numbers_that_leave_all_bounds_end_the_run_at_a_block(person: Person) -> None:
    person.open_template("cnn")
    person.set_rate("1e30")
    person.press_train()
    person.wait_trained()
    failed = person.window.session.failed
    assert failed is not None
    assert "The loss became" in person.ending()
    assert "Lower the learning rate" in person.ending()
    show_the_block(person)
    # The window goes on: mended, it trains.
    person.set_rate("0.001")
    person.set_loop("epochs", "1")
    person.press_train()
    person.wait_trained()
    assert "Trained to the end." in person.ending()


def test_memory_that_runs_out_ends_the_run_at_its_block(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(person)

    compute = torch.nn.Conv2d.forward

    def forward(self: torch.nn.Conv2d, x: torch.Tensor) -> torch.Tensor:
        if self.in_channels == 32:
            raise torch.OutOfMemoryError("DefaultCPUAllocator: can't allocate memory")
        return compute(self, x)

    monkeypatch.setattr(torch.nn.Conv2d, "forward", forward)
    person.wait_trained()
    monkeypatch.undo()
    assert "Set the batch size from 64 to 32 or less and resume the run." in person.ending()
    assert show_the_block(person) == person.node("conv2").id
    runs = person.workspace.runs
    person.wait(lambda: len(runs.records()) == 1 and runs.records()[0].status == "failed")
    person.click(runs.resume_button)
    person.wait_steps(1)
    person.click(button(person, "stop"))
    person.wait_trained()


def show_the_block(person: Person) -> str:
    """Press what the message offers: the block where it failed is chosen on the canvas; gives its id."""
    failed, banner = person.window.session.failed, person.workspace.training.ended.get("end")
    assert failed is not None
    assert banner is not None
    offers = [offer for offer in banner.buttons() if offer.text() == "Show the block"]
    person.click(offers[0])
    node = failed.node
    assert node in person.project.graph(MAIN).nodes
    assert person.view.selected() == [node]
    return str(node)


def test_closing_asks_once_and_ends_in_time_with_a_checkpoint(start: Start) -> None:
    person = start()
    begin(person)
    window, asked = person.window, []

    def go_on(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.text())
        person.answer("cancel")(dialog)

    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.text())
        found = [each for each in dialog.findChildren(QPushButton) if each.property("kind") == "danger"]
        person.click(found[0])

    with person.answering(go_on):
        window.close()
    assert window.isVisible()
    person.wait_steps(1)
    run = window.session.run
    assert run is not None
    begun = time.monotonic()
    with person.answering(leave):
        window.close()
    assert not window.isVisible()
    assert not run.running
    assert time.monotonic() - begun < 5.0
    assert asked == ["A training is under way, and there are unsaved changes."] * 2
    folder = newest(window.document.id)
    assert {path.name for path in folder.iterdir()} >= {"last.safetensors", "state.pt"}


def newest(document: str) -> Path:
    """Give the folder of the only run of a project that was never saved."""
    (record,) = runs_of(None, document)
    assert record.status == "stopped"
    return record.folder
