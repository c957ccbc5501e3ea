"""Generated sets and the further real ones: what they hold, and that a seed repeats them."""

from __future__ import annotations

import pytest
import torch

from studio.data import facts_of, load
from studio.data.dataset import INPUT, TARGET
from studio.graph import Value
from studio.project import Choice


def field(**values: Value) -> tuple[torch.Tensor, torch.Tensor]:
    data = load(Choice("field", {"validation": 0.0, "test": 0.0, **values}))
    return data.train.inputs[INPUT], data.train.targets[TARGET]


@pytest.mark.parametrize("pattern", ["xor", "circle", "gauss", "spiral", "moons"])
def test_a_field_holds_both_classes_alike_and_its_seed_repeats_it(pattern: str) -> None:
    points, labels = field(pattern=pattern, count=300, seed=4)
    assert points.shape == (300, 2)
    assert labels.bincount().tolist() == [150, 150]
    assert float(points.abs().max()) < 2
    assert torch.equal(points, field(pattern=pattern, count=300, seed=4)[0])
    assert not torch.equal(points, field(pattern=pattern, count=300, seed=5)[0])
    still, _ = field(pattern=pattern, count=300, seed=4, noise=0.0)
    assert 0.03 < float((points - still).std()) < 0.07


def test_the_patterns_are_what_they_are_called() -> None:
    points, labels = field(pattern="xor", noise=0.0)
    assert torch.equal((points[:, 0] * points[:, 1] > 0).long(), labels)
    apart, same = field(pattern="xor", noise=0.0, gap=0.15)
    assert torch.equal(same, labels)
    torch.testing.assert_close(apart, points.sign() * (0.15 + 0.85 * points.abs()))
    points, labels = field(pattern="circle", noise=0.0)
    assert torch.equal((points.norm(dim=1) < 0.6).long(), labels)
    points, labels = field(pattern="spiral", noise=0.0, count=1000)
    assert torch.cdist(points[labels == 0], points[labels == 1]).min(1).values.median() > 0.1
    points, labels = field(pattern="moons", noise=0.0, count=1000)
    assert torch.cdist(points[labels == 0], points[labels == 1]).min() > 0.1


def test_the_two_points_of_the_first_lesson_are_all_learned_from() -> None:
    data = load(Choice("field", {"pattern": "points"}))
    assert data.train.inputs[INPUT].tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert data.train.targets[TARGET].tolist() == [1, 0]
    assert len(data.validation) == len(data.test) == 0


def test_shapes_have_a_class_for_every_pixel() -> None:
    made = Choice("shapes", {"count": 60, "size": 24, "noise": 0.0, "validation": 0.0, "test": 0.0})
    data = load(made)
    assert facts_of(made) == data.facts
    pictures, masks = data.train.inputs[INPUT][:, 0] * 0.5 + 0.5, data.train.targets[TARGET]
    assert masks.unique().tolist() == [0, 1, 2, 3]
    assert bool((masks > 0).flatten(1).any(1).all())
    assert float(pictures[masks == 0].max()) < 0.31 < 0.49 < float(pictures[masks > 0].min())


def test_the_further_real_sets_are_whole_and_standardised() -> None:
    for kind, counts, task in (
        ("iris", (105, 15, 30), "classification"),
        ("breast_cancer", (398, 57, 114), "binary"),
        ("linnerud", (14, 2, 4), "regression"),
    ):
        data = load(Choice(kind))
        assert tuple(map(len, (data.train, data.validation, data.test))) == counts
        assert data.task == task
        assert float(data.train.inputs[INPUT].mean(0).abs().max()) < 1e-6
    assert data.preprocessing.targets == ("Weight", "Waist", "Pulse")
    raw = data.preprocessing.in_unit(data.train.targets[TARGET])
    assert torch.allclose(raw, raw.round(), atol=1e-4)
    assert (round(float(raw[:, 0].min())), round(float(raw[:, 0].max()))) == (138, 247)
