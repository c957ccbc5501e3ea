"""Samples of a person's own reach a network as those of the data do, and are answered in its words."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split, load
from studio.data.pictures import read_picture
from studio.graph import Message, NetwrightError
from studio.project import Choice, LossTerm
from studio.train.flowing.peek import Ask
from studio.train.flowing.viewing import view_of_drawing
from studio.train.judging import trying
from tests.drawing import chain
from tests.train.projects import wine, with_plan


def test_a_row_is_filled_by_its_columns_in_their_own_unit() -> None:
    project = wine()
    data, model = load(project.plan.data), build(project, seed=0)
    columns = trying.columns_of(data)
    assert [one.name for one in columns] == list(data.preprocessing.columns)
    assert columns[0].low == pytest.approx(11.03, abs=0.5)
    sample = trying.of_data(data, "test", 3)
    again = trying.of_row(data, dict(sample.shown.row))
    assert torch.allclose(next(iter(again.inputs.values())), next(iter(sample.inputs.values())), atol=1e-4)
    assert again.index is None
    one, other = (trying.answer(model, data, tried, project.plan) for tried in (sample, again))
    assert dict(one.chances) == pytest.approx(dict(other.chances), abs=1e-4)
    assert sum(chance for _, chance in one.chances) == pytest.approx(1)
    assert one.likeliest[0][1] == max(chance for _, chance in one.chances)
    with pytest.raises(NetwrightError, match="Expected 13 finite numbers, received 1"):
        trying.of_row(data, {"alcohol": 12.0})


def test_a_row_of_a_table_takes_words_and_gives_them_back(tmp_path: Path) -> None:
    table = tmp_path / "cats.csv"
    rows = [
        f"{number},{'red' if number % 3 else 'blue'},{'yes' if number % 2 else 'no'}" for number in range(60)
    ]
    table.write_text("\n".join(["weight,colour,tame", *rows]), encoding="utf-8")
    data = load(Choice("table", {"folder": str(table), "target": "tame"}))
    columns = {one.name: one for one in trying.columns_of(data)}
    assert columns["colour"].words == ("blue", "red")
    assert columns["colour"].usual == "red"
    assert columns["weight"].whole
    tried = trying.of_row(data, {"weight": 7.0, "colour": "blue"})
    shown = dict(tried.shown.row)
    assert shown["colour"] == "blue"
    assert shown["weight"] == pytest.approx(7.0, abs=1e-4)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_is_stretched_as_pictures_of_folders_are(tmp_path: Path, channels: int) -> None:
    drawn = torch.Generator().manual_seed(0)
    pixels = torch.randint(256, (40, 60, 3), generator=drawn, dtype=torch.uint8)
    pixels = (
        torch.nn.functional.interpolate(  # soft, as photographs are
            pixels.permute(2, 0, 1)[None].float(), scale_factor=4.0, mode="bilinear"
        )[0]
        .permute(1, 2, 0)
        .round()
        .to(torch.uint8)
    )
    Image.fromarray(pixels.numpy()).save(tmp_path / "a.png")
    wanted = read_picture(tmp_path / "a.png", 20, 30, channels).image
    facts = Preprocessing("image", (channels, 20, 30), mean=(0.5,) * channels, std=(0.5,) * channels)
    split = Split({"x": torch.zeros(4, channels, 20, 30)}, {"target": torch.zeros(4).long()})
    data = Dataset(split, split, split, "classification", ("a", "b"), facts, Message("Made"))
    tried = trying.of_picture(data, 240, 160, pixels.contiguous().numpy().tobytes())
    found = next(iter(tried.inputs.values()))[0] * 0.5 + 0.5
    assert float((found - wanted).abs().max()) < 0.02
    assert tried.shown.picture is not None
    assert tried.shown.picture[:3] == (30, 20, channels)
    with pytest.raises(NetwrightError, match="kind “vector”, not on “image”"):
        trying.of_picture(load(Choice("wine")), 1, 1, bytes(3))


def test_numbers_are_answered_in_the_unit_of_the_data() -> None:
    project, _ = chain(("input", {"shape": (10,)}), ("linear", {"out_features": 1}), ("output", {}))
    project = with_plan(project, data=Choice("diabetes"), losses=(LossTerm(Choice("mse")),))
    data, model = load(project.plan.data), build(project, seed=0)
    tried = trying.of_data(data, "test", 0)
    found = trying.answer(model, data, tried, project.plan)
    with torch.no_grad():
        raw = float(model(data.test.inputs["x"][:1]))
    facts = data.preprocessing
    assert found.numbers == pytest.approx([raw * facts.target_std + facts.target_mean])
    assert found.kind == "numbers"


def test_a_sample_of_ones_own_flows_without_a_truth() -> None:
    project = wine()
    data, viewer = load(project.plan.data), view_of_drawing(project)
    tried = trying.of_row(data, {one.name: one.usual for one in trying.columns_of(data)})
    graph = project.networks["main"]
    wanted = frozenset((id,) for id in graph.nodes)
    seen = viewer.look(Ask(project, "main", wanted, own=tried.inputs, large=wanted))
    assert seen.error is None
    assert seen.truth is None
    expected = trying.answer(build(project, seed=0), data, tried, project.plan)
    assert dict(seen.chances) == pytest.approx(dict(expected.chances), abs=1e-6)
    assert not any(view.gradients for view in seen.nodes.values())
    entry = next(view for path, view in seen.nodes.items() if graph.nodes[path[0]].type == "input")
    assert entry.leaving[0].picture.values == pytest.approx([0.0] * 13, abs=1e-4)  # the mean of the columns
    wrong = viewer.look(Ask(project, "main", wanted, own={"x": torch.zeros(1, 5)}))
    assert wrong.error is not None
    assert wrong.error.template == "The sample that was tried does not fit this network."
