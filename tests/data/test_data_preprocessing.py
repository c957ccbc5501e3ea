"""From a raw sample to an input and back, and that a drawing looks like what the network was trained on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from PIL import Image, ImageDraw

from studio.data import Preprocessing, PreprocessingError, load, read_drawing
from studio.data.digits import DIGITS
from studio.data.mnist import PREPROCESSING
from studio.project import Choice


def grid(image: Image.Image) -> list[list[float]]:
    wide = image.width
    values = [value / 255 for value in image.convert("L").tobytes()]
    return [values[start : start + wide] for start in range(0, len(values), wide)]


def stroke(side: int, points: list[tuple[float, float]], width: float = 0.07) -> Image.Image:
    image = Image.new("L", (side, side))
    ImageDraw.Draw(image).line(
        [(x * side, y * side) for x, y in points], fill=255, width=round(width * side), joint="curve"
    )
    return image


def test_facts_survive_json() -> None:
    for facts in (DIGITS, load(Choice("wine")).preprocessing, load(Choice("sentences")).preprocessing):
        assert Preprocessing.from_json(json.loads(json.dumps(facts.json()))) == facts


def test_facts_that_are_none_are_refused() -> None:
    with pytest.raises(PreprocessingError, match="incomplete"):
        Preprocessing.from_json({"colour": "blue"})


def test_a_drawing_is_brought_to_the_box_with_its_mass_in_the_middle() -> None:
    drawn = stroke(280, [(0.1, 0.1), (0.1, 0.6)])
    image = PREPROCESSING.image(grid(drawn))[0] * 0.5 + 0.5
    assert image.shape == (28, 28)
    ys = (image > 0.1).nonzero()[:, 0]
    assert int(ys.max() - ys.min()) + 1 == 20
    mass = float(image.sum())
    middle = [float((image.sum(1 - dim) * torch.arange(28)).sum()) / mass for dim in (0, 1)]
    assert middle == pytest.approx([13.5, 13.5], abs=0.6)


def test_where_and_how_large_a_drawing_is_does_not_matter() -> None:
    small = PREPROCESSING.image(grid(stroke(200, [(0.6, 0.6), (0.8, 0.6), (0.7, 0.9)], 0.03)))
    large = PREPROCESSING.image(grid(stroke(400, [(0.2, 0.1), (0.8, 0.1), (0.5, 1.0)], 0.09)))
    assert float((small - large).abs().mean()) < 0.06


def test_an_empty_page_is_the_empty_ground() -> None:
    assert torch.equal(PREPROCESSING.image([[0.0] * 28] * 28), torch.full((1, 28, 28), -1.0))
    assert torch.equal(DIGITS.image([[0.0] * 28] * 28), torch.full((1, 28, 28), -1.0))


def test_a_drawing_goes_through_the_raster_of_the_digits() -> None:
    image = DIGITS.image(grid(stroke(280, [(0.4, 0.2), (0.5, 0.15), (0.5, 0.8)])))
    real = load(Choice("digits")).train.inputs["x"]
    assert image.shape == real.shape[1:]
    # As the scanned ones: ink from the top to the bottom, and about as much of it.
    assert float(image[0, 1].max()) > 0
    assert float(image[0, 26].max()) > 0
    assert float(real.mean((1, 2, 3)).min()) < float(image.mean()) < float(real.mean((1, 2, 3)).max())


@pytest.mark.parametrize("bad", [[], [[]], [[0.0, 1.0], [0.0]]])
def test_what_is_no_picture_is_refused(bad: list[list[float]]) -> None:
    with pytest.raises(PreprocessingError, match="rows of equal length"):
        PREPROCESSING.image(bad)


def test_the_wrong_kind_of_sample_is_refused() -> None:
    with pytest.raises(PreprocessingError, match=r"kind “image”, not on “tokens”"):
        DIGITS.tokens("hello")
    with pytest.raises(PreprocessingError, match="Expected 13 finite numbers, received 2"):
        load(Choice("wine")).preprocessing.vector([1.0, 2.0])


def test_an_input_is_shown_as_the_picture_that_it_came_from() -> None:
    image = torch.arange(28 * 28).view(1, 28, 28) / 783
    width, height, channels, pixels = DIGITS.pixels(DIGITS.normalised(image))
    assert (width, height, channels) == (28, 28, 1)
    assert list(pixels) == (image * 255).round().flatten().int().tolist()


def test_a_photo_of_dark_ink_on_paper_is_turned_round(tmp_path: Path) -> None:
    page = Image.new("L", (300, 200), 230)
    ImageDraw.Draw(page).rectangle((140, 40, 160, 160), fill=20)
    page.save(tmp_path / "one.png")
    drawing = read_drawing(tmp_path / "one.png")
    assert (len(drawing[0]), len(drawing)) == (256, 171)
    assert drawing[0][0] == 0
    assert drawing[85][128] > 0.95
    assert max(drawing[10]) == 0
