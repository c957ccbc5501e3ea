"""Every template opens, is sound, has exactly the parameters it should, learns, and explains itself twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio import api
from studio.cli import settings
from studio.compiler import build, source
from studio.exchange.copying import copied
from studio.exchange.declare import find_format
from studio.exchange.origin import find_subject
from studio.exchange.probes import Probe, probes
from studio.exchange.script_data import SAVED, reads_anew
from studio.graph.text import LANGUAGES
from studio.project import Project
from studio.project import lesson as lessons
from studio.project.file import dumps, read
from studio.project.gallery import TASKS, TEMPLATES, Template, lesson, template, templates
from studio.train import Failed, Finished, StepDone
from studio.ui.frame.docks import PLACES
from studio.ui.jobs import Jobs
from studio.ui.looking.judging import Judge
from studio.ui.panels.evaluation import EvaluationPanel
from studio.ui.teaching import equations

PARAMETERS: Mapping[str, Mapping[str, int]] = {
    "first_network": {"main": 9},
    "tabular_mlp": {"main": 547},
    "rnn": {"main": 162_258},
    "lstm": {"main": 10_651},
    "cnn": {"main": 421_642},
    "attention": {"main": 1_835},
    "transformer_encoder": {"main": 266_114},
    "transformer": {"main": 173_915},
    "gpt": {"main": 1_129_600},
    "cnn_valid": {"main": 1_199_882},
    "mobilenet": {"main": 32_922},
    "resnet": {"main": 117_474, "plain": 116_738},
    "shufflenet": {"main": 36_922},
    "siamese": {"main": 106_256},
    "unet": {"main": 29_508},
    "gan": {"generator": 2_305_472, "discriminator": 212_865},
    "autoencoder": {"encoder": 217_538, "decoder": 218_320},
    "dqn": {"q": 17_410},
    "diffusion": {"main": 37_762},
}
"""Template to network to learnable numbers, counted by implementations that are none of ours."""

WORDS = 600, 1500
"""How long a lesson is, in words; Chinese is counted by its letters, of which a word has about 1.5."""

SMALL: Mapping[str, tuple[str, ...]] = {
    "gpt": ("plan.loop.batch_size=8",),
    "cnn_valid": ("plan.loop.batch_size=16",),
    "resnet": ("plan.loop.batch_size=16",),
    "dqn": ("plan.recipe.warm_up=1", "plan.data.test_episodes=2"),
}
"""What is set of a large template so that a few steps of it are quick."""

LEFT_OPEN = frozenset({"no_data", "output_without_loss"})
"""What a variant may leave to a person: pictures of their own, and outputs that are only looked at."""

FALLING: Mapping[str, tuple[str, float]] = {
    "tabular_mlp": ("loss", 0.99),
    "rnn": ("loss", 0.98),
    "transformer_encoder": ("loss", 0.97),
    "attention": ("loss", 0.995),
    "gpt": ("loss", 0.99),
    "gan": ("discriminator_loss", 0.95),
}
"""The figure of a step that falls where it is not `loss`, and to what share of its first value."""

FOUND = templates()
IDS = [found.id for found in FOUND]


def opened(id: str) -> list[tuple[str, Project]]:
    """Give the project of a template and its variants, by their names."""
    found = template(id)
    variants = [(name, found.folder / f"{name}.netwright") for name in found.variants()]
    return [("", found.open()), *((name, read(file)) for name, file in variants)]


def colours(widget: QWidget) -> int:
    """Give how many colours a widget is painted in."""
    image = widget.grab().toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def random_probe(given: list[Probe]) -> Probe:
    return next(probe for probe in given if probe.kind == "random" and probe.batch == 2)


def test_every_folder_is_a_template_and_is_counted() -> None:
    assert set(IDS) == {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert set(IDS) == set(PARAMETERS)
    places = [found.facts.order for found in FOUND]
    assert None not in places
    assert len(set(places)) == len(places), "two templates have one place on the ladder"


@pytest.mark.parametrize("id", IDS)
def test_it_opens_and_is_canonical(id: str) -> None:
    found = template(id)
    for name, project in opened(id):
        file = found.folder / f"{name or 'project'}.netwright"
        assert file.read_text("utf-8") == dumps(project)
        assert project.template == id
        for ref in project.refs():
            assert set(project.layout_of(ref).positions) == set(project.graph(ref).nodes)
        assert not project.custom, "a template is drawn with blocks that everybody has"


@pytest.mark.parametrize("id", IDS)
def test_its_facts_are_true(id: str) -> None:
    found = template(id)
    facts = found.facts
    assert dict(facts.parameters) == PARAMETERS[id]
    assert found.parameters == sum(PARAMETERS[id].values())
    assert found.task in TASKS
    assert facts.seconds > 0
    if facts.reaches is not None:
        assert facts.reaches.least is not None or facts.reaches.most is not None
        assert facts.reaches.holds(facts.reaches.measured)


@pytest.mark.parametrize("id", IDS)
def test_it_is_sound_and_has_exactly_its_parameters(id: str) -> None:
    for name, project in opened(id):
        checked = api.check(project)
        free = LEFT_OPEN if name else frozenset()
        told = [each for report in checked.networks.values() for each in report.problems]
        assert [each for each in told if each.code not in free] == [], name
        if not name:
            counted = {key: report.parameters for key, report in checked.networks.items()}
            assert counted == PARAMETERS[id]


@pytest.mark.parametrize("id", IDS)
def test_it_reads_like_a_page(id: str) -> None:
    """Rows run from left to right, and a wire that goes back to the left goes to a row below."""
    for _, project in opened(id):
        for ref in project.refs():
            places = project.layout_of(ref).positions
            assert len(set(places.values())) == len(places)
            for wire in project.graph(ref).wires:
                (left, top), (right, bottom) = places[wire.source.node], places[wire.target.node]
                assert left < right or top < bottom


@pytest.mark.parametrize("id", IDS)
def test_it_learns_and_what_it_learned_is_shown(id: str, tmp_path: Path, qtbot: QtBot) -> None:
    """Two steps run, with a fixed seed the loss falls within a few more, and its result view is painted."""
    chosen = ["plan.loop.device=cpu", "plan.loop.threads=1", *SMALL.get(id, ())]
    project = settings.apply(template(id).open(), chosen)
    events = list(api.train(project, seed=0, max_steps=12, run_dir=tmp_path / "run"))
    assert not [event for event in events if isinstance(event, Failed)]
    assert isinstance(events[-1], Finished)
    assert events[-1].step == 12
    figure, share = FALLING.get(id, ("loss", 0.95))
    losses = [event.metrics[figure] for event in events if isinstance(event, StepDone)]
    assert min(losses[-3:]) < share * losses[0]
    assert events[-1].run is not None
    judge = Judge(Jobs())
    panel = EvaluationPanel(judge)
    qtbot.addWidget(panel)
    panel.resize(1000, 420)
    panel.show()
    before = colours(panel)
    judge.judge(events[-1].run)
    qtbot.waitUntil(lambda: not judge.busy, timeout=120_000)
    assert judge.error is None
    assert judge.opened is not None
    assert colours(panel) > before + 10, "nothing is seen of what it learned"


@pytest.mark.parametrize("id", IDS)
def test_its_source_computes_what_its_module_computes(id: str) -> None:
    project = template(id).open()
    for name in project.networks:
        model = build(project, name, seed=0).eval()
        space: dict[str, type[torch.nn.Module]] = {}
        exec(source(project, name), space)
        written = [made for made in space.values() if isinstance(made, type)][-1]().eval()
        written.load_state_dict(model.state_dict())
        given = random_probe(probes(find_subject(project, name, model, None)[0].program)).inputs
        with torch.no_grad():
            first, second = model(*given.values()), written(*given.values())
        if isinstance(first, dict):
            assert first.keys() == second.keys()
            assert all(torch.equal(first[key], second[key]) for key in first)
        else:
            assert torch.equal(first, second)


STRANGER = """\
import importlib.util, json, pathlib, sys
sys.modules["studio"] = None  # a stranger has no Netwright
import torch
from safetensors.torch import load_model
for place in pathlib.Path(sys.argv[1]).iterdir():
    spec = importlib.util.spec_from_file_location("network", place / "network.py")
    network = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(network)
    model = getattr(network, json.loads((place / "facts.json").read_text())["class"])()
    load_model(model, place / "model.safetensors")
    given = torch.load(place / "inputs.pt", weights_only=True)
    with torch.no_grad():
        made = model.eval()(*given.values())
    torch.save(dict(made) if isinstance(made, dict) else {"": made}, place / "outputs.pt")
"""


def test_all_of_them_leave_as_files_and_compute_the_same_for_a_stranger(tmp_path: Path) -> None:
    """One process opens what all templates export, as each export has it opened by one of its own."""
    expected = {}
    for id in IDS:
        project = template(id).open()
        for name in project.networks:
            subject, _ = find_subject(project, name, None, None)
            place = tmp_path / f"{id}.{name}"
            place.mkdir()
            for file, content in find_format("safetensors").make(subject, "model.safetensors").items():
                (place / file).write_bytes(content)
            given = dict(random_probe(probes(subject.program)).inputs)
            (place / "network.py").write_text(subject.source(), "utf-8")
            (place / "facts.json").write_text(json.dumps(subject.facts()), "utf-8")
            torch.save(given, place / "inputs.pt")
            expected[place.name] = subject.run(given)
    done = subprocess.run(
        [sys.executable, "-I", "-c", STRANGER, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for name, outputs in expected.items():
        received = torch.load(tmp_path / name / "outputs.pt", weights_only=True)
        for one, other in zip(outputs.values(), received.values(), strict=True):
            torch.testing.assert_close(other, one, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("id", IDS)
def test_its_data_is_on_the_machine_and_its_training_script_can_be_written(id: str) -> None:
    plan = template(id).open().plan
    piece = plan.data.type if reads_anew(plan.data) else SAVED
    assert "load_data" in {
        name for _, name in copied(f"studio.exchange.scripts.{piece}", ["load_data"]).definitions
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", IDS)
def test_its_lesson_is_complete(id: str, language: str) -> None:
    text = lesson(id, language)
    lines = [line for line in text.splitlines() if line.strip()]
    assert re.fullmatch(r"# \S.*", lines[0])
    assert not lines[1].startswith(("#", "-", "1"))
    assert len([line for line in lines if line.startswith("## ")]) >= 5
    written = lessons.equations(text)
    assert written
    equations.make(written)
    assert not [piece.text for piece in written if equations.made(piece) is None]
    # What is read: neither equations nor the addresses of links.
    prose = re.sub(r"\$\$.+?\$\$|\]\([^)]*\)", " ", text, flags=re.DOTALL)
    prose = re.sub(r"\$[^$]+\$", "x", prose)
    chinese_words = len(re.findall(r"[\u4e00-\u9fff]", prose)) / 1.5
    assert WORDS[0] <= len(re.findall(r"[A-Za-z_]+|\d[\d,.]*", prose)) + chinese_words <= WORDS[1]
    for number in PARAMETERS[id].values():
        assert f"{number:,}" in text
    # A lesson about Chinese sentences says some of them in English, too.
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text)) > len(text) / 5
    assert chinese == (language == "zh_CN")
    # An equation is drawn with the letters of mathematics, which Chinese is not among.
    assert not [piece for piece in written if re.search(r"[\u3000-\u9fff]", piece.text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", IDS)
def test_every_link_of_its_lesson_leads_somewhere(id: str, language: str) -> None:
    found = template(id)
    project, text = found.open(), found.lesson(language)
    panels = [place.id for place in PLACES]
    faults = {
        link: why
        for link in lessons.links(text)
        if (why := lessons.fault(found, project, link, panels, set(PARAMETERS).__contains__)) is not None
    }
    assert not faults
    assert not [name for name in lessons.pictures(text) if found.picture(name) is None]
    # It points at blocks by the names that stand on the canvas.
    spans = {span for span in lessons.code_spans(text) if lessons.spot(project, span) is not None}
    spans |= {link.to for link in map(lessons.link, lessons.links(text)) if link.kind == "block"}
    assert len(spans) >= 3


@pytest.mark.parametrize("id", IDS)
def test_both_languages_lead_to_the_same_places(id: str) -> None:
    found = template(id)
    english, chinese = (found.lesson(language) for language in ("en", "zh_CN"))
    assert set(lessons.links(english)) == set(lessons.links(chinese))
    assert lessons.pictures(english) == lessons.pictures(chinese)


def test_titles_and_summaries_are_those_of_the_lessons() -> None:
    english, chinese = (
        {found.id: found for found in templates(language)}["cnn"] for language in ("en", "zh_CN")
    )
    assert english.title == "Convolutional network"
    assert english.summary.startswith("Recognise handwritten digits")
    assert chinese.title == "卷积神经网络"
    assert lesson("no such template", "en") == ""


def test_nothing_lies_in_a_template_that_it_is_not_made_of() -> None:
    def foreign(found: Template) -> list[str]:
        allowed = re.compile(
            r"(project|[a-z0-9_]+)\.netwright|lesson\.(en|zh_CN)\.md|facts\.json|pictures/[\w-]+\.png|sweeps/\w+\.json"
        )
        files = [
            path.relative_to(found.folder).as_posix() for path in found.folder.rglob("*") if path.is_file()
        ]
        return [file for file in files if not allowed.fullmatch(file)]

    assert {found.id: foreign(found) for found in FOUND} == {key: [] for key in IDS}
