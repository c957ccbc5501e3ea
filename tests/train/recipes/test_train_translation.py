"""The translation recipe: what counts as exact is what the network writes by itself, token by token."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from studio import api
from studio.data import load
from studio.data.pairs import SOURCE, WRITTEN
from studio.graph import Endpoint, Value
from studio.project import Choice, GraphRef, Project, edits
from studio.train import Failed, Finished, SampleMade, answer, load_run, run
from studio.train.events import Validated
from studio.train.plans.checking import Checker
from studio.train.recipes.translation import answered
from tests.train.projects import failed
from tests.train.recipe_examples import planned, reader_and_writer, translation

MAIN = GraphRef("network", "main")
FEW: dict[str, Value] = {"count": 40, "validation": 0.1, "test": 0.1, "split_seed": 1}


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that has learned some, and by no means all."""
    folder = tmp_path_factory.mktemp("translation") / "run"
    project = planned(
        reader_and_writer(),
        "translation",
        {"model": "main"},
        data=Choice("pairs", {"count": 300}),
        epochs=8,
        lr=0.02,
    )
    events = list(run(project, run_dir=folder))
    assert isinstance(events[-1], Finished), events[-1]
    checked = [event.metrics for event in events if isinstance(event, Validated)]
    assert checked[-1]["val_loss"] < 0.5 * checked[0]["val_loss"]
    assert checked[-1]["val_token_accuracy"] > 0.6
    made = [event.made for event in events if isinstance(event, SampleMade)]
    assert len(made) == 8
    assert all("→" in text for text in made[-1].texts)
    return folder


def test_exact_is_what_comes_out_token_by_token(learned: Path) -> None:
    project = load_run(learned).project()
    data = load(project.plan.data)
    model = api.build(project, run=learned).eval()
    part = data.train
    with torch.no_grad():
        scores = model(source=part.inputs[SOURCE], written=part.inputs[WRITTEN])
    wanted = part.targets["target"]
    told = ((scores.argmax(2) == wanted) | (wanted == 0)).all(1)
    alone = (answered(model, data.preprocessing, part.inputs[SOURCE], room=12) == wanted).all(1)
    assert torch.equal(told, alone)
    assert 0 < int(told.sum()) < len(told)
    # One text at a time, by hand: the same, and told token by token.
    place = int(told.nonzero()[0])
    heard: list[str] = []

    def hear(text: str) -> bool:
        heard.append(text)
        return True

    asked = data.preprocessing.words(part.inputs[SOURCE][place])
    found = answer(model, data.preprocessing, asked, told=hear)
    assert found == data.preprocessing.words(wanted[place]).strip()
    assert heard[-1] == found
    assert len(heard[0]) == 1
    assert len(answer(model, data.preprocessing, asked, told=lambda _text: False)) == 1


def test_one_that_sees_the_answer_is_refused() -> None:
    project = reader_and_writer()
    (ahead,) = [
        key
        for key, node in project.networks["main"].nodes.items()
        if node.type == "gru" and not node.parameters.get("bidirectional")
    ]
    project = edits.set_parameters(project, MAIN, ahead, {"bidirectional": True, "hidden_size": 8})
    project = planned(project, "translation", {"model": "main"}, data=Choice("pairs", FEW))
    assert "looks ahead" in str(failed(list(run(project))).message)


def test_what_does_not_fit_is_said_with_a_mend(tmp_path: Path) -> None:
    project = translation(tmp_path)
    pictures = edits.set_plan(project, replace(project.plan, data=Choice("digits")))
    assert [problem.code for problem in Checker().analyse(pictures, MAIN).problems] == ["no_pairs"]
    (last,) = [key for key, node in project.networks["main"].nodes.items() if node.type == "linear"]
    narrow = edits.set_parameters(project, MAIN, last, {"out_features": 5})
    (problem,) = Checker().analyse(narrow, MAIN).problems
    assert str(problem.expected) == "B × 12 × 27"
    assert Checker().analyse(edits.apply_fix(narrow, MAIN, problem.fixes[0]), MAIN).problems == ()


def test_inputs_are_told_by_name_in_any_order(tmp_path: Path) -> None:
    """Which input stands first on the canvas says nothing."""
    project = translation(tmp_path)
    swapped = _renamed(project)
    events = list(run(swapped, max_steps=2))
    assert not [event for event in events if isinstance(event, Failed)]
    wrong = edits.rename_node(project, MAIN, _node(project, SOURCE), "question")
    assert [problem.node for problem in Checker().analyse(wrong, MAIN).problems] == [_node(project, SOURCE)]


def _node(project: Project, name: str) -> str:
    return next(key for key, node in project.networks["main"].nodes.items() if node.name == name)


def _renamed(project: Project) -> Project:
    """Exchange the two inputs: each takes the other's name, length and wire."""
    source, written = _node(project, SOURCE), _node(project, WRITTEN)
    graph = project.networks["main"]
    leaving = {w.source.node: w for w in graph.wires if w.source.node in (source, written)}
    project = edits.disconnect(project, MAIN, list(leaving.values()))
    for node, name, length in ((source, "tmp", 12), (written, SOURCE, 8), (source, WRITTEN, 12)):
        project = edits.rename_node(project, MAIN, node, name)
        project = edits.set_parameters(project, MAIN, node, {"shape": (length,)})
    project = edits.connect(project, MAIN, Endpoint(source, "y"), leaving[written].target)
    return edits.connect(project, MAIN, Endpoint(written, "y"), leaving[source].target)
