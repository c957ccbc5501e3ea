"""A run that failed leaves problems at its block, at the composites around it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from studio.data import Split, load
from studio.graph import Graph, Message, Value
from studio.project import MODEL, Choice, Composite, GraphRef, Project, edits
from studio.train import Failed, run
from studio.train.plans.marking import CODE, marks
from tests.drawing import MAIN, add, chain, wire
from tests.train.plain import attempted, failure, plan, vectors
from tests.train.projects import failed, loop, wine, with_plan

INSIDE = GraphRef("composite", "block")
AROUND = GraphRef("composite", "tower")


def nested() -> tuple[Project, list[str], str, str]:
    """Give Wine through a block in a tower: the ids of the block's layers, of the block, and of the tower."""
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    project = edits.set_composite(project, "tower", Composite(Graph()))
    drawn: list[tuple[str, dict[str, Value]]] = [
        ("input", {"shape": (13,)}), ("linear", {"out_features": 13}), ("tanh", {}), ("output", {})
    ]  # fmt: skip
    project, parts = chain(*drawn, ref=INSIDE, project=project)
    project, start = add(project, "input", parameters={"shape": (13,)}, ref=AROUND)
    project, block = edits.add_node(project, AROUND, "composite", (0, 0), composite="block")
    project = wire(project, start, block, ref=AROUND)
    project, _ = add(project, "output", [block], ref=AROUND)
    project, start = add(project, "input", parameters={"shape": (13,)})
    project, tower = edits.add_node(project, MAIN, "composite", (0, 0), composite="tower")
    project = wire(project, start, tower)
    project, last = add(project, "linear", [tower], parameters={"out_features": 3})
    project, _ = add(project, "output", [last])
    return with_plan(project, data=Choice("wine"), loop=loop(epochs=1)), parts, block, tower


def broken(monkeypatch: pytest.MonkeyPatch, error: BaseException, kind: type[nn.Module] = nn.Tanh) -> None:
    def forward(self: nn.Module, x: torch.Tensor) -> torch.Tensor:
        if self.training and not x.is_meta:  # the analysis before it finds nothing
            raise error
        return x

    monkeypatch.setattr(kind, "forward", forward)


ERRORS: dict[str, tuple[BaseException, str, list[str]]] = {
    "out of memory": (torch.OutOfMemoryError("CUDA out of memory"), "Set the batch size from 32 to 16",
                      ["Set Batch size to 16"]),
    "exception": (ValueError("nonsense"), "“tanh1” could not compute with what reached it (B × 13).", []),
    "exit": (SystemExit(1), "asked the program to end, which it may not", []),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_a_failure_in_a_composite_is_marked_inside_and_around_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error, said, mends = ERRORS[name]
    project, parts, block, tower = nested()
    broken(monkeypatch, error)
    event = failed(list(run(project, run_dir=tmp_path / "a")))
    made = marks(event, project)
    assert [(problem.graph, problem.node) for problem in made] == [
        (INSIDE, parts[2]), (AROUND, block), (MAIN, tower)
    ]  # fmt: skip
    assert {(problem.severity, problem.about) for problem in made} == {("error", "run")}
    assert [problem.code for problem in made] == [CODE, f"{CODE}_inside", f"{CODE}_inside"]
    inner, middle, outer = (str(problem.message) for problem in made)
    assert said in inner
    assert inner.startswith("The last training failed here. ")
    assert middle.startswith("Inside “block”, at “tanh1”: ")
    assert outer.startswith("Inside “tower”, at “block1”: Inside “block”, at “tanh1”: ")
    assert said in outer
    assert [str(fix.label) for fix in made[0].fixes] == mends
    for fix in made[0].fixes:
        mended = edits.apply_fix(project, INSIDE, fix)
        assert mended.plan.loop.parameters["batch_size"] == 16


def huge_numbers(tmp_path: Path) -> tuple[Project, str]:
    table = load(Choice("wine")).train
    values = np.full(table.inputs["x"].shape, 3e38, np.float32)
    np.savez(tmp_path / "huge.npz", x=values, target=table.targets["target"].numpy())
    data = Choice("arrays", {"folder": str(tmp_path / "huge.npz")})
    project, ids = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 512}),
                         ("linear", {"out_features": 3}), ("output", {}))  # fmt: skip
    return with_plan(project, data=data, loop=loop()), ids[1]


def wild_rate(tmp_path: Path) -> tuple[Project, str]:
    project, ids = chain(("input", {"shape": (13,)}), ("linear", {"out_features": 3}))
    project, gate = add(project, "multiply", [ids[1]] * 3)
    project, _ = add(project, "output", [gate])
    project = with_plan(project, data=Choice("wine"), loop=loop())
    return with_plan(project, optimizers={MODEL: Choice("sgd", {"lr": 1e13})}), gate


def missing_folder(tmp_path: Path) -> tuple[Project, str]:
    project = wine()
    data = Choice("image_folder", {"folder": str(tmp_path / "gone")})
    return with_plan(project, data=data), next(project.graph(MAIN).of_type("input")).id


CASES: dict[Callable[[Path], tuple[Project, str]], tuple[str, str]] = {
    huge_numbers: ("finite numbers", "nan"),
    wild_rate: ("finite numbers", "inf"),
    missing_folder: ("None", "None"),
}


@pytest.mark.parametrize("draw", CASES, ids=lambda draw: draw.__name__)
def test_numbers_and_data_are_marked_where_they_went_wrong(
    draw: Callable[[Path], tuple[Project, str]], tmp_path: Path
) -> None:
    project, node = draw(tmp_path)
    event = failed(list(run(project, run_dir=tmp_path / "a")))
    (problem,) = marks(event, project)
    assert (problem.graph, problem.node) == (MAIN, node)
    assert str(event.message) in str(problem.message)
    assert str(problem.expected) == CASES[draw][0]
    if CASES[draw][1] != "None":
        assert str(problem.received) in ("nan", "inf")


def test_a_failure_without_a_place_stands_with_its_network() -> None:
    (problem,) = marks(Failed(Message("No luck.")), wine())
    assert (problem.graph, problem.node) == (MAIN, "")
    assert str(problem.message) == "The last training failed. No luck."


def test_a_loss_that_is_no_number_though_all_outputs_are_is_put_to_the_last_layer() -> None:
    data = vectors()
    points = data.train.inputs["x"]
    endless = Split({"x": points}, {"target": torch.full((len(points), 3), float("inf"))})
    data = replace(data, train=endless, validation=endless, task="regression", classes=())
    model = nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))
    told = failure(attempted(plan(loss="mse", metrics=()), model, data))
    assert "though all outputs of the network are finite" in str(told.message)
    assert told.node == "2"


def test_shapes_in_a_failure_are_the_real_ones() -> None:
    class Fussy(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if self.training:
                raise ValueError("not today")
            return x

    rows = nn.Sequential(nn.Unflatten(1, (3, 1)), nn.Flatten(0, 1))  # three for each sample
    back = nn.Sequential(nn.Unflatten(0, (-1, 3)), nn.Flatten())
    model = nn.Sequential(nn.Linear(6, 3), rows, Fussy(), back, nn.Linear(3, 3))
    told = failure(attempted(plan(), model, vectors()))
    assert "(3B × 1)" in str(told.message)
    assert str(told.received) == "3B × 1"
