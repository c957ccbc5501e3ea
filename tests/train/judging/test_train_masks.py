"""Masks of yes and no, answered through one channel: they are learned, measured, judged and explained."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split
from studio.graph import Message
from studio.project import Choice, LossTerm, Project
from studio.train.events import EpochDone
from studio.train.judging.evaluate import evaluate
from studio.train.judging.figures import further
from studio.train.judging.interpreting import explain
from studio.train.judging.places import places
from studio.train.judging.trying import answer, of_data
from studio.train.plans.checking import Checker
from tests.data.own_files import yes_or_no_masks
from tests.drawing import MAIN, chain
from tests.train.plain import plan, trained
from tests.train.projects import with_plan


def bright(count: int = 24, classes: tuple[str, ...] = ("ground", "spot")) -> Dataset:
    """Pictures whose bright pixels are to be marked."""
    x = torch.rand(count, 1, 6, 5, generator=torch.Generator().manual_seed(2))
    part = Split({"x": x}, {"target": (x[:, 0] > 0.6).long()})
    return Dataset(
        part, part, part, "classification", classes, Preprocessing("image", (1, 6, 5)), Message("Made")
    )


def drawn(channels: int, loss: str, *last: str) -> Project:
    project, _ = chain(
        ("input", {"shape": (1, 6, 5)}),
        ("conv2d", {"out_channels": channels, "kernel_size": 1}),
        *((name, {}) for name in last),
        ("output", {}),
    )
    return with_plan(project, losses=(LossTerm(Choice(loss)),))


@pytest.mark.parametrize(("loss", "last"), [
    ("bce_with_logits", ()), ("bce_with_logits", ("squeeze",)), ("bce", ("sigmoid",)), ("soft_margin", ()),
])  # fmt: skip
def test_one_channel_learns_a_mask_and_is_judged_by_pixels(loss: str, last: tuple[str, ...]) -> None:
    project, data = drawn(1, loss, *last), bright()
    model = build(project, seed=0)
    how = plan(
        "adam", loss, metrics=("accuracy", "iou", "dice_score", "f1"), epochs=60, optimizer_values={"lr": 0.2}
    )
    events = trained(how, model, data)
    figures = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    found = evaluate((model, data, how))
    assert found.kind == "regions"
    truth, said = data.test.targets["target"] == 1, found.answers.predicted == 1
    assert 0.9 < float((truth == said).double().mean()) < 1.01
    overlaps, twice = [], []
    for one, other in ((truth, said), (~truth, ~said)):
        common = float((one & other).sum())
        overlaps.append(common / float((one | other).sum()))
        twice.append(2 * common / float(one.sum() + other.sum()))
    assert figures["val_iou"] == pytest.approx(sum(overlaps) / 2, abs=1e-5)
    assert figures["val_dice_score"] == pytest.approx(sum(twice) / 2, abs=1e-5)
    assert figures["val_f1"] == pytest.approx(twice[0], abs=1e-5)
    assert further(found)["mean_iou"] == pytest.approx(sum(overlaps) / 2)
    assert [one.overlap for one in found.per_class] == pytest.approx(overlaps[::-1])
    assert found.confusion == [
        [int((~truth & ~said).sum()), int((~truth & said).sum())],
        [int((truth & ~said).sum()), int((truth & said).sum())],
    ]
    looked = places(found, 3)
    assert looked.sizes == (6, 5)
    assert looked.predicted == tuple(said[3].int().flatten().tolist())
    tried = of_data(data, "test", 3)
    assert answer(model, data, tried, how).places == looked.predicted
    assert explain(model, data, tried, "integrated", plan=how).largest > 0


@pytest.mark.parametrize(("channels", "classes", "fix"), [
    (2, 2, "Set Out channels to 1"), (3, 3, "Choose Cross entropy as the loss"), (1, 2, None),
])  # fmt: skip
def test_what_does_not_fit_masks_of_yes_and_no_is_mended_with_one_click(
    channels: int, classes: int, fix: str | None, tmp_path: Path
) -> None:
    folders = yes_or_no_masks(tmp_path, classes)
    data = Choice("image_masks", {**folders, "height": 6, "width": 5, "grayscale": True})
    project = with_plan(drawn(channels, "bce_with_logits"), data=data)
    problems = [one for one in Checker().analyse(project, MAIN).problems if one.severity == "error"]
    assert [str(one.fixes[0].label) for one in problems] == ([] if fix is None else [fix])
