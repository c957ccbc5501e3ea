"""How near pairs are brought is judged: by the recipe on pairs and on classes, and by losses that compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from studio.compiler import build
from studio.data import load
from studio.graph import Value
from studio.project import Choice, LossTerm, Project, edits
from studio.train.judging.evaluate import evaluate
from studio.train.judging.inside import layers, sample_map
from studio.train.judging.pairing import Pairs, compares, paired, pairs_of
from studio.train.judging.trying import answer, of_data
from tests.train.recipe_examples import OUT, arrays, drawn, entry, linear, planned


def project(folder: Path, values: dict[str, Value], *, pairs: bool) -> Project:
    chance = torch.Generator().manual_seed(0)
    points, labels = torch.rand(120, 2, generator=chance), torch.arange(120) % 2
    data = arrays(folder, x=points, target=labels)
    if pairs:
        data = arrays(folder, a=points, b=torch.rand(120, 2, generator=chance), target=labels)
    return planned(drawn(("main", (entry(2), linear(3), OUT))), "siamese", {"model": "main"}, values, data)


def looked(made: Project) -> tuple[Pairs, torch.Tensor, torch.Tensor]:
    """Give what was found, and the codes of the samples that it was found by."""
    data, plan = load(made.plan.data), made.plan
    model = build(made, "main", seed=0)
    found = evaluate((model, data, plan))
    fields = [data.test.inputs[name] for name in data.test.inputs]
    codes = torch.cat([model(values) for values in fields]).detach()
    return pairs_of(model, data, plan, found), codes, data.test.targets["target"]


@pytest.mark.parametrize("loss", ["contrastive", "cosine"])
@pytest.mark.parametrize("normalise", [True, False])
def test_pairs_are_told_apart_by_what_the_training_tells_them_by(
    tmp_path: Path, loss: str, normalise: bool
) -> None:
    made = project(tmp_path, {"loss": loss, "margin": 0.3, "normalise": normalise}, pairs=True)
    pairs, codes, target = looked(made)
    codes = torch.nn.functional.normalize(codes, dim=1) if normalise else codes
    one, other = codes.chunk(2)
    apart = (one - other).norm(dim=1)
    near = torch.cosine_similarity(one, other) if loss == "cosine" else -apart
    threshold = 0.65 if loss == "cosine" else 0.15
    alike = near > (threshold if loss == "cosine" else -threshold)
    assert pairs.cosine == (loss == "cosine")
    assert pairs.threshold == pytest.approx(threshold)
    assert pairs.right == pytest.approx(float((alike == (target > 0)).double().mean()))
    assert (sum(pairs.like), sum(pairs.unlike)) == (int(target.sum()), int((target == 0).sum()))
    values = near if loss == "cosine" else apart
    assert (pairs.edges[0], pairs.edges[-1]) == pytest.approx(
        (float(values.min()), float(values.max())), abs=1e-5
    )
    shares = [float(((near >= at) == (target > 0)).double().mean()) for at in near]
    assert pairs.best_right == pytest.approx(max(shares))
    ranks = (near[target > 0][:, None] > near[target == 0][None, :]).double().mean()
    assert pairs.area == pytest.approx(float(ranks), abs=1e-4)


def test_a_judgement_of_pairs_has_classes_a_map_and_answers(tmp_path: Path) -> None:
    made = project(tmp_path, {"margin": 0.3}, pairs=True)
    data, plan, model = load(made.plan.data), made.plan, build(made, "main", seed=0)
    found = evaluate((model, data, plan))
    assert paired(plan, data)
    assert found.kind == "classes"
    assert sum(map(sum, found.confusion)) == found.count == len(data.test)
    right = sum(found.confusion[k][k] for k in range(2)) / found.count
    assert found.metrics["accuracy"] == pytest.approx(right)
    for index in (0, 5):
        said = answer(model, data, of_data(data, "test", index), plan)
        assert said.chances[1][1] == pytest.approx(float(found.answers.chances[index, 1]), abs=1e-6)
    path = layers(made, "main", model)[-1].path
    drawn_map = sample_map(model, data, made, "main", tuple(path), "pca")
    count = len(data.test)
    assert drawn_map.samples == (*range(count), *range(count))
    assert drawn_map.truths == tuple(data.test.targets["target"].double().tolist()) * 2


def test_of_samples_with_classes_their_pairs_are_compared(tmp_path: Path) -> None:
    made = project(tmp_path, {"margin": 0.3, "normalise": False}, pairs=False)
    pairs, codes, target = looked(made)
    one, other = torch.triu_indices(len(codes), len(codes), 1)
    same = target[one] == target[other]
    assert (sum(pairs.like), sum(pairs.unlike)) == (int(same.sum()), int((~same).sum()))
    alike = (codes[one] - codes[other]).norm(dim=1) < 0.15
    assert pairs.right == pytest.approx(float((alike == same).double().mean()))


def test_losses_that_compare_are_judged_as_pairs_and_others_are_not(tmp_path: Path) -> None:
    made = project(tmp_path, {}, pairs=False)
    data = replace(load(made.plan.data), classes=("no", "yes"))
    for loss, found in (("cosine_embedding", True), ("cross_entropy", False)):
        plan = replace(made.plan, recipe=Choice("supervised"), losses=(LossTerm(Choice(loss)),))
        assert compares(edits.set_plan(made, plan).plan, data) is found
