"""Samples on the disk judge a network as those in the memory do, in little memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from studio.compiler import build
from studio.data import Dataset, Preprocessing, Split, Task, loading
from studio.data.dataset import INPUT
from studio.graph import Message
from studio.project import Choice, LossTerm, Plan
from studio.train import run
from studio.train.flowing.peek import Ask
from studio.train.flowing.viewing import view_of_run
from studio.train.judging import answers, evaluate
from studio.train.judging.answers import Evaluation
from studio.train.judging.curves import calibration
from studio.train.judging.figures import further
from studio.train.judging.inside import sample_map
from studio.train.judging.numbers import residuals
from studio.train.judging.places import places, worst
from studio.train.judging.trying import of_data
from studio.train.runs.session import networks
from tests.data.own_files import masked, picture
from tests.drawing import MAIN, chain
from tests.train.on_disk import left_on_disk
from tests.train.plain import plan
from tests.train.projects import done, loop, with_plan
from tests.train.recipe_examples import EXAMPLES


def both(model: nn.Module, data: Dataset, how: Plan) -> tuple[Evaluation, Evaluation]:
    """Judge by the same samples, once in the memory and once on the disk."""
    how = replace(how, loop=how.loop.with_parameter("workers", 0))
    torch.manual_seed(0)  # what a generator makes of noise is judged, too
    held = evaluate.evaluate((model, data, how))
    torch.manual_seed(0)
    streamed = evaluate.evaluate((model, left_on_disk(data), how))
    assert streamed.metrics == pytest.approx(held.metrics, abs=1e-6)
    assert further(streamed) == pytest.approx(further(held), abs=1e-9)
    assert (streamed.kind, streamed.count) == (held.kind, held.count)
    assert streamed.confusion == held.confusion
    assert streamed.per_class == held.per_class
    assert streamed.shown(3) == held.shown(3)
    assert streamed.sample(3) == held.sample(3)
    return held, streamed


def pictures(count: int, side: int, target: torch.Tensor, classes: tuple[str, ...]) -> Dataset:
    x = torch.rand(count, 1, side, side, generator=torch.Generator().manual_seed(2))
    part = Split({INPUT: x}, {"target": target})
    task: Task = "classification" if classes else "regression"
    return Dataset(part, part, part, task, classes, Preprocessing("image", (1, side, side)), Message("Made"))


def convolved(side: int, *more: tuple[str, dict[str, object]]) -> nn.Module:
    entry = ("input", {"shape": (1, side, side)})
    project, _ = chain(entry, *more, ("output", {}))  # type: ignore[arg-type]
    return build(project, seed=0)


def test_classes_of_pictures_on_the_disk() -> None:
    data = pictures(600, 6, torch.arange(600) % 3, ("a", "b", "c"))
    model = convolved(6, ("flatten", {}), ("linear", {"out_features": 3}))
    held, streamed = both(model, data, plan(metrics=("accuracy",)))
    assert streamed.wrong == held.wrong
    assert streamed.cell(0, 1) == held.cell(0, 1)
    assert streamed.image(5) == held.image(5)
    assert torch.equal(streamed.answers.chances, held.answers.chances)


def test_answers_for_pixels_are_counted_and_not_kept() -> None:
    target = torch.randint(0, 3, (300, 8, 8), generator=torch.Generator().manual_seed(1))
    data = pictures(300, 8, target, ("a", "b", "c"))
    how = plan(metrics=("accuracy", "iou"))
    held, streamed = both(convolved(8, ("conv2d", {"out_channels": 3, "kernel_size": 1})), data, how)
    assert held.kind == "regions"
    assert worst(streamed) == worst(held)
    for index in (0, 7, 299):
        one, other = places(held, index), places(streamed, index)
        assert other.sure == pytest.approx(one.sure, abs=1e-6)
        assert replace(other, sure=()) == replace(one, sure=())
    ours, theirs = calibration(streamed), calibration(held)
    assert [one.count for one in ours.bins] == [one.count for one in theirs.bins]
    assert (ours.error, ours.accuracy) == pytest.approx((theirs.error, theirs.accuracy), abs=1e-9)
    kept = streamed.answers
    assert [values.numel() for values in (kept.truth, kept.predicted, kept.confidence)] == [0, 0, 0]


def test_of_very_many_numbers_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (answers, evaluate):
        monkeypatch.setattr(module, "MOST_NUMBERS", 1000)
    target = torch.rand(300, 1, 9, 9, generator=torch.Generator().manual_seed(1))
    data = pictures(300, 9, target, ())
    how = plan(loss="mse", metrics=("mae",))
    model = convolved(9, ("conv2d", {"out_channels": 1, "kernel_size": 1}))
    held, streamed = both(model, data, how)
    assert held.kind == "numbers"
    assert streamed.pairs() == held.pairs()
    assert residuals(streamed) == residuals(held)
    assert held.answers.truth.numel() == 300 * 81
    assert streamed.answers.truth.numel() == len(held.true) <= 1000


@pytest.mark.parametrize("recipe", [name for name in EXAMPLES if name not in ("supervised", "dqn", "ppo")])
def test_what_a_recipe_learned_is_judged_alike(recipe: str, tmp_path: Path) -> None:
    project = EXAMPLES[recipe](tmp_path)
    models = networks(project, 0)
    model = next(iter(models.values())) if len(models) == 1 else nn.ModuleDict(models)
    both(model, loading.load(project.plan.data), project.plan)


@pytest.mark.parametrize("what", ["classes", "masks"])
def test_a_run_whose_data_no_memory_holds_is_judged_and_looked_into(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = {"height": 6, "width": 8, "validation": 0.2, "test": 0.5}
    if what == "classes":
        for n in range(12):
            picture(tmp_path / "pictures" / "ab"[n % 2] / f"{n}.png", (20 * n, 255 - 20 * n, 0))
        source = Choice("image_folder", {"folder": str(tmp_path / "pictures"), **size})
        last = [("flatten", {}), ("linear", {"out_features": 2})]
    else:
        source = Choice("image_masks", {**masked(tmp_path / "pictures"), **size})
        last = [("conv2d", {"out_channels": 3, "kernel_size": 1})]
    project, _ = chain(("input", {"shape": (3, 6, 8)}), *last, ("output", {}))
    terms = (LossTerm(Choice("cross_entropy")),)
    project = with_plan(project, data=source, losses=terms, loop=loop(epochs=1, workers=2))
    held = evaluate.evaluate(done(list(run(project, run_dir=tmp_path / "held"))).run or "")
    monkeypatch.setattr(loading, "fits_memory", lambda _needed: False)
    loading._cache.clear()
    folder = done(list(run(project, run_dir=tmp_path / "streamed"))).run
    assert folder is not None
    streamed = evaluate.evaluate(folder)
    assert streamed.split.stream is not None
    assert streamed.metrics == pytest.approx(held.metrics, abs=1e-6)
    assert streamed.confusion == held.confusion
    model, data, _ = evaluate.opened(folder)
    tried = of_data(data, "test", 1)
    assert tried.shown.picture is not None
    assert tried.shown == streamed.shown(1)
    if what == "classes":
        first = (next(iter(project.graph(MAIN).nodes)),)
        assert len(sample_map(model, data, project, project.main(), first, "pca").points) == streamed.count
    viewer, drawn = view_of_run(folder)
    wanted = frozenset((node,) for node in drawn.graph(MAIN).nodes)
    assert viewer.look(Ask(drawn, drawn.main(), wanted)).error is None
