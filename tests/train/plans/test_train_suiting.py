"""A drawing is brought to its data: inputs, what leaves it, and the loss, in the words of what is done."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PIL import Image

from studio.graph import freeze
from studio.project import Choice, GraphRef, LossTerm, Project, edits
from studio.project.file import read
from studio.train.plans.checking import Checker
from studio.train.plans.suiting import suited

TEMPLATE = Path(__file__).parents[3] / "templates" / "cnn" / "project.netwright"
MAIN = GraphRef("network", "main")


def _with(data: Choice, loss: str = "") -> Project:
    project = read(TEMPLATE)
    losses = (LossTerm(Choice(loss)),) if loss else project.plan.losses
    return edits.set_plan(project, dataclasses.replace(project.plan, data=data, losses=losses))


def test_input_last_layer_and_loss_follow_the_data_in_one_go(tmp_path: Path) -> None:
    for name, shade in (("dark", 20), ("grey", 120), ("light", 240)):
        (tmp_path / name).mkdir()
        for number in range(4):
            Image.new("RGB", (9, 9), (shade, number, 0)).save(tmp_path / name / f"{number}.png")
    data = Choice("image_folder", freeze({"folder": str(tmp_path), "height": 32, "width": 48}))
    project = _with(data, loss="mse")
    found = suited(project, Checker())
    assert [str(step) for step in found.steps] == [
        "“x”: Set Shape to 3 × 32 × 48",
        "Choose Cross entropy as the loss",
        "“fc2”: Set Out features to 3",
    ]
    assert found.left == ()
    assert found.before is project
    assert not [one for one in Checker().analyse(found.after, MAIN).problems if one.severity == "error"]


def test_what_fits_is_left_as_it_is() -> None:
    project = _with(Choice("digits"))
    found = suited(project, Checker())
    assert (found.steps, found.left) == ((), ())
    assert found.after is project


def test_what_no_size_mends_is_told() -> None:
    found = suited(_with(Choice("wine")), Checker())
    assert [str(step) for step in found.steps] == ["“x”: Set Shape to 13"]
    assert [problem.code for problem in found.left] == ["wrong_rank"]
    (drawn,) = found.after.graph(MAIN).of_type("input")
    assert drawn.parameters["shape"] == (13,)
