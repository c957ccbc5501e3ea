"""Every template opens, is sound, has exactly the parameters it should, learns, and explains itself twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import torch

from studio import api
from studio.cli import settings
from studio.compiler import build, source
from studio.exchange.copying import copied
from studio.graph.text import LANGUAGES
from studio.project import GraphRef
from studio.project.file import dumps
from studio.project.gallery import TEMPLATES, lesson, task_of, template, templates
from studio.train import Failed, Finished, StepDone

PARAMETERS = {"cnn": {"main": 421_642}}
"""Template to network to learnable numbers, counted by implementations that are none of ours."""

WORDS = 600
"""A lesson has at least so many words; Chinese is counted by its letters, of which a word has about 1.5."""

IDS = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())


def test_every_folder_is_a_template_and_is_counted() -> None:
    assert [found.id for found in templates()] == IDS
    assert set(IDS) == set(PARAMETERS)


@pytest.mark.parametrize("id", IDS)
def test_it_opens_and_is_canonical(id: str) -> None:
    found = template(id)
    project = found.open()
    assert found.project.read_text("utf-8") == dumps(project)
    assert project.template == id
    for name in project.networks:
        layout = project.layout_of(GraphRef("network", name))
        assert set(layout.positions) == set(project.networks[name].nodes)


@pytest.mark.parametrize("id", IDS)
def test_it_is_sound_and_has_exactly_its_parameters(id: str) -> None:
    project = template(id).open()
    checked = api.check(project)
    assert {name: report.problems for name, report in checked.networks.items()} == dict.fromkeys(
        project.networks, ()
    )
    assert {name: report.parameters for name, report in checked.networks.items()} == PARAMETERS[id]
    assert json.loads((TEMPLATES / id / "facts.json").read_text("utf-8")) == {
        "parameters": sum(PARAMETERS[id].values())
    }
    assert template(id).parameters == sum(PARAMETERS[id].values())


@pytest.mark.parametrize("id", IDS)
def test_it_reads_like_a_page(id: str) -> None:
    """Rows run from left to right, and a wire that goes back to the left goes to a row below."""
    project = template(id).open()
    for ref in project.refs():
        places = project.layout_of(ref).positions
        assert len(set(places.values())) == len(places)
        for wire in project.graph(ref).wires:
            (left, top), (right, bottom) = places[wire.source.node], places[wire.target.node]
            assert left < right or top < bottom


@pytest.mark.parametrize("id", IDS)
def test_it_learns(id: str, tmp_path: Path) -> None:
    """Two steps run, and with a fixed seed the loss falls within a few more."""
    project = settings.apply(template(id).open(), ["plan.loop.device=cpu", "plan.loop.threads=1"])
    events = list(api.train(project, seed=0, max_steps=12, run_dir=tmp_path / "run"))
    assert not [event for event in events if isinstance(event, Failed)]
    assert isinstance(events[-1], Finished)
    assert events[-1].step == 12
    losses = [event.metrics["loss"] for event in events if isinstance(event, StepDone)]
    assert losses[-1] < 0.95 * losses[0]


@pytest.mark.parametrize("id", IDS)
def test_its_source_computes_what_its_module_computes(id: str) -> None:
    project = template(id).open()
    for name in project.networks:
        model = build(project, name, seed=0).eval()
        space: dict[str, type[torch.nn.Module]] = {}
        exec(source(project, name), space)
        written = list(space.values())[-1]().eval()
        written.load_state_dict(model.state_dict())
        report = api.check(project).networks[name]
        inputs = {
            each: torch.randn(tensor.at(2), generator=torch.Generator().manual_seed(0))
            for each, tensor in report.inputs.items()
        }
        with torch.no_grad():
            assert torch.equal(model(*inputs.values()), written(*inputs.values()))


@pytest.mark.parametrize("id", IDS)
def test_its_data_is_on_the_machine_and_its_training_script_can_be_written(id: str) -> None:
    plan = template(id).open().plan
    assert "load_data" in {
        name for _, name in copied(f"studio.exchange.scripts.{plan.data.type}", ["load_data"]).definitions
    }
    assert task_of(template(id).open()) in ("classification", "regression")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", IDS)
def test_its_lesson_is_complete(id: str, language: str) -> None:
    text = lesson(id, language)
    lines = [line for line in text.splitlines() if line.strip()]
    assert re.fullmatch(r"# \S.*", lines[0])
    assert not lines[1].startswith(("#", "-", "1"))
    assert len([line for line in lines if line.startswith("## ")]) >= 5
    assert "$" in text
    words = len(re.findall(r"[A-Za-z]+|\d+", text)) + len(re.findall(r"[\u4e00-\u9fff]", text)) / 1.5
    assert words >= WORDS
    for number in PARAMETERS[id].values():
        assert f"{number:,}" in text
    # It points at blocks by the names that stand on the canvas.
    project = template(id).open()
    names = {node.name for graph in project.networks.values() for node in graph.nodes.values()}
    assert names <= set(re.findall(r"`([^`]+)`", text))
    chinese = bool(re.search(r"[\u4e00-\u9fff]", text))
    assert chinese == (language == "zh_CN")


def test_titles_and_summaries_are_those_of_the_lessons() -> None:
    english, chinese = (
        {found.id: found for found in templates(language)}["cnn"] for language in ("en", "zh_CN")
    )
    assert english.title == "Convolutional network"
    assert english.summary.startswith("Recognise handwritten digits")
    assert chinese.title == "卷积神经网络"
    assert lesson("no such template", "en") == ""
