"""Every loss, and what holds weights back, as in the loop that one writes by hand."""

from __future__ import annotations

import dataclasses
import math
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from studio.blocks import every
from studio.data import Dataset, Split
from studio.graph import Value
from studio.nn import RankingLoss, SimilarityLoss
from studio.project import Choice, LossTerm, Plan
from studio.train import predict_sample
from studio.train.events import EpochDone
from tests.train.by_hand import OPTIMIZERS, VALUES, by_hand, deep, resumed, tokens
from tests.train.plain import attempted, copied, failure, numbers, plan, same, trained, vectors

# -- losses --------------------------------------------------------------------------------------------


def chances(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return nn.functional.binary_cross_entropy(scores, target.float()[:, None])


def one_hot(target: torch.Tensor) -> torch.Tensor:
    return nn.functional.one_hot(target, 3).float()


def multilabel(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    labels = torch.full((len(target), 3), -1)
    labels[:, 0] = target
    return nn.functional.multilabel_margin_loss(scores, labels)


def focal(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    surprise = nn.functional.cross_entropy(scores, target, reduction="none")
    return ((1 - torch.exp(-surprise)) ** 2 * surprise).mean()


def dice(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    found, true = scores.softmax(1), nn.functional.one_hot(target, 3)
    return 1 - ((2 * (found * true).sum(0) + 1) / (found.sum(0) + true.sum(0) + 1)).mean()


def gaussian(outputs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return nn.functional.gaussian_nll_loss(
        outputs[:, :1], target[:, None], nn.functional.softplus(outputs[:, 1:])
    )


def column(loss: nn.Module) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    return lambda output, target: loss(output, target[:, None].float())


def signs(loss: nn.Module) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    return lambda output, target: loss(output, 2 * target[:, None].float() - 1)


def alike(cosine: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    yes, no = 1 - cosine, (cosine - 0.2).clamp(min=0)
    return torch.where(target[:, None] == 1, yes, no).mean()


def ranked(difference: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    signs = 2 * target[:, None].float() - 1
    return nn.functional.margin_ranking_loss(difference, torch.zeros_like(difference), signs, margin=0.5)


def counts() -> Dataset:
    data = numbers()
    part = Split(data.train.inputs, {"target": data.train.targets["target"].abs().round()})
    return dataclasses.replace(data, train=part, validation=part)


def two() -> Dataset:
    return dataclasses.replace(vectors(classes=2), task="binary")


THREE, SHARES = (3, None), (3, nn.LogSoftmax(1))
ONE: tuple[int, nn.Module | None] = (1, None)
LOSSES: Mapping[str, tuple[Callable[[], Dataset], tuple[int, nn.Module | None], dict[str, Value], Any]] = {
    "cross_entropy": (vectors, THREE, {"label_smoothing": 0.1}, nn.CrossEntropyLoss(label_smoothing=0.1)),
    "focal": (vectors, THREE, {}, focal),
    "nll": (vectors, SHARES, {}, nn.NLLLoss()),
    "multi_margin": (vectors, THREE, {"p": "2"}, nn.MultiMarginLoss(p=2)),
    "bce_with_logits": (
        two,
        ONE,
        {"pos_weight": 3.0},
        column(nn.BCEWithLogitsLoss(pos_weight=torch.tensor(3.0))),
    ),
    "bce": (two, (1, nn.Sigmoid()), {}, chances),
    "soft_margin": (two, ONE, {}, signs(nn.SoftMarginLoss())),
    "multilabel_soft_margin": (
        vectors,
        THREE,
        {},
        lambda scores, target: nn.MultiLabelSoftMarginLoss()(scores, one_hot(target)),
    ),
    "multilabel_margin": (vectors, THREE, {}, multilabel),
    "hinge_embedding": (two, (1, nn.Softplus()), {"margin": 2.0}, signs(nn.HingeEmbeddingLoss(2.0))),
    "cosine_embedding": (two, (1, nn.Tanh()), {"margin": 0.2}, alike),
    "margin_ranking": (two, ONE, {"margin": 0.5}, ranked),
    "kl_div": (
        vectors,
        SHARES,
        {},
        lambda scores, target: nn.KLDivLoss(reduction="batchmean")(scores, one_hot(target)),
    ),
    "dice": (vectors, THREE, {}, dice),
    "mse": (numbers, ONE, {}, column(nn.MSELoss())),
    "l1": (numbers, ONE, {}, column(nn.L1Loss())),
    "huber": (numbers, ONE, {}, column(nn.HuberLoss())),
    "smooth_l1": (numbers, ONE, {"beta": 0.5}, column(nn.SmoothL1Loss(beta=0.5))),
    "poisson_nll": (counts, ONE, {}, column(nn.PoissonNLLLoss())),
    "gaussian_nll": (numbers, (2, None), {}, gaussian),
}


def of_loss(name: str, values: dict[str, Value], epochs: int = 2) -> Plan:
    metrics = ("accuracy", "mae")
    return dataclasses.replace(
        plan("sgd", metrics=metrics, epochs=epochs), losses=(LossTerm(Choice(name, values)),)
    )


def test_every_loss_of_torch_has_a_place_or_a_reason() -> None:
    declared = {block.target.rpartition(".")[2] for block in every("loss")}
    known = {name for name in nn.modules.loss.__all__ if getattr(nn, name, None) is not None}
    ours = {"GaussianNLLLoss", "CosineEmbeddingLoss", "MarginRankingLoss"}
    without_a_target = {"TripletMarginLoss", "TripletMarginWithDistanceLoss"}
    with_lengths, with_weights = {"CTCLoss"}, {"LinearCrossEntropyLoss"}
    others = {"NLLLoss2d"}  # another name
    left = known - declared - ours - without_a_target - with_lengths - with_weights - others
    assert left == set()
    assert {"GaussianLikelihood", "SimilarityLoss", "RankingLoss"} <= declared


def test_every_loss_is_tried() -> None:
    assert set(LOSSES) == {block.type for block in every("loss")}


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_lowered_as_by_hand(name: str) -> None:
    data, (units, last), values, loss = LOSSES[name]
    ours, theirs = deep(units, last=last), deep(units, last=last)
    events = trained(of_loss(name, values), ours, data())
    list(by_hand(theirs, data(), OPTIMIZERS["sgd"], loss))
    assert same(copied(ours), copied(theirs))
    told = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    measured = "mae" if data in (numbers, counts) else "accuracy"
    assert {"loss", "val_loss", measured, f"val_{measured}"} == set(told)


@pytest.mark.parametrize(
    "name", ["bce", "soft_margin", "hinge_embedding", "cosine_embedding", "margin_ranking"]
)
def test_what_is_judged_is_yes_where_the_loss_means_it(name: str) -> None:
    data, (units, last), values, _ = LOSSES[name]
    model = deep(units, last=last)
    events = trained(of_loss(name, values, epochs=40), model, data())
    told = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    assert told["val_accuracy"] == 1.0


def test_losses_of_pairs_are_those_of_torch() -> None:
    generator = torch.Generator().manual_seed(0)
    a, b = torch.randn(2, 64, 5, generator=generator)
    signs = torch.where(torch.rand(64, generator=generator) < 0.5, 1.0, -1.0)
    for margin in (0.0, 0.3, -0.5):
        found = SimilarityLoss(margin)(nn.CosineSimilarity()(a, b), signs)
        torch.testing.assert_close(found, nn.CosineEmbeddingLoss(margin)(a, b, signs))
    assert torch.equal(
        RankingLoss(0.5)(a[:, 0] - b[:, 0], signs), nn.MarginRankingLoss(0.5)(a[:, 0], b[:, 0], signs)
    )
    # A triplet is the difference of its two distances, the farther one first.
    near, far = nn.PairwiseDistance()(a, b), nn.PairwiseDistance()(a, b.flip(0))
    triplet = nn.TripletMarginLoss(margin=0.5)(a, b, b.flip(0))
    assert torch.equal(RankingLoss(0.5)(far - near, torch.ones(64)), triplet)


def off(output: torch.Tensor, target: torch.Tensor) -> float:
    return float((output.detach() - target).abs().mean())


def test_the_mean_of_a_gaussian_and_the_rate_of_a_poisson_are_judged() -> None:
    model = deep(2)
    events = trained(of_loss("gaussian_nll", {}, epochs=1), model, numbers())
    told = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    x, y = numbers().train.inputs["x"], numbers().train.targets["target"]
    model.eval()
    assert told["val_mae"] == pytest.approx(off(model(x)[:, 0], y), rel=1e-5)
    model = deep(1)
    events = trained(of_loss("poisson_nll", {}, epochs=1), model, counts())
    told = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    y = counts().train.targets["target"]
    model.eval()
    assert told["val_mae"] == pytest.approx(off(model(x)[:, 0].exp(), y), rel=1e-5)


def test_counts_below_0_are_refused_before_the_first_step() -> None:
    failed = failure(attempted(of_loss("poisson_nll", {}), deep(1), numbers()))
    assert "is for counts of 0 and more" in str(failed.message)


@pytest.mark.parametrize("name", ["cross_entropy", "focal", "nll", "multi_margin"])
def test_classes_are_balanced_by_their_rarity(name: str) -> None:
    data = vectors()
    keep = (torch.arange(50) % 3 != 0) | (torch.arange(50) < 9)
    data = dataclasses.replace(data, train=data.train.take(keep.nonzero().squeeze(1)))
    counted = torch.bincount(data.train.targets["target"]).float()
    weight = counted.sum() / (3 * counted)

    def by_class(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        if name == "focal":
            surprise = nn.functional.cross_entropy(scores, target, reduction="none")
            return ((1 - torch.exp(-surprise)) ** 2 * surprise * weight[target]).mean()
        made = {"cross_entropy": nn.CrossEntropyLoss, "nll": nn.NLLLoss, "multi_margin": nn.MultiMarginLoss}
        value: torch.Tensor = made[name](weight=weight)(scores, target)
        return value

    _, (units, last), _, _ = LOSSES[name]
    ours, theirs = deep(units, last=last), deep(units, last=last)
    trained(of_loss(name, {"balance": True}), ours, data)
    list(by_hand(theirs, data, OPTIMIZERS["sgd"], by_class))
    assert same(copied(ours), copied(theirs))


def test_a_class_at_every_place_is_learned_and_measured() -> None:
    """Segmentation: a class for each of 16 places."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(24, 1, 4, 4, generator=generator)
    split = Split({"x": x}, {"target": (x[:, 0] > 0).long() + (x[:, 0] > 1).long()})
    data = dataclasses.replace(vectors(), train=split, validation=split, test=split)
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(1, 8, 1), nn.ReLU(), nn.Conv2d(8, 3, 1))
    how = dataclasses.replace(
        plan(
            "adam", metrics=("iou", "dice_score", "accuracy", "f1"), epochs=30, optimizer_values={"lr": 0.05}
        ),
        losses=(LossTerm(Choice("dice")),),
    )
    events = trained(how, model, data)
    told = [event for event in events if isinstance(event, EpochDone)][-1].metrics
    assert min(told["val_iou"], told["val_dice_score"], told["val_accuracy"]) > 0.8
    assert told["val_dice_score"] == pytest.approx(told["val_f1"])


# -- what holds weights back ---------------------------------------------------------------------------


def test_the_pull_to_0_is_added_to_the_loss_of_matrices_alone() -> None:
    ours, theirs = deep(), deep()
    trained(plan("sgd", metrics=(), l1=0.01), ours, vectors())
    matrices = [weight for weight in theirs.parameters() if weight.dim() > 1]

    def loss(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        pull = torch.stack([weight.abs().sum() for weight in matrices]).sum()
        return nn.functional.cross_entropy(scores, target) + 0.01 * pull

    list(by_hand(theirs, vectors(), OPTIMIZERS["sgd"], loss))
    assert same(copied(ours), copied(theirs))


def test_gradients_are_limited_by_value_and_then_by_length() -> None:
    ours, theirs = deep(), deep()
    trained(plan("sgd", metrics=(), clip_value=0.01, clip_norm=0.05), ours, vectors())

    def limit(model: nn.Module) -> None:
        nn.utils.clip_grad_value_(model.parameters(), 0.01)
        nn.utils.clip_grad_norm_(model.parameters(), 0.05)

    list(by_hand(theirs, vectors(), OPTIMIZERS["sgd"], before=limit))
    assert same(copied(ours), copied(theirs))


@pytest.mark.parametrize("optimizer", ["sgd", "lbfgs"])
def test_mixup_mixes_samples_and_losses_and_resumes(optimizer: str, tmp_path: Path) -> None:
    how = plan(optimizer, metrics=(), mixup=0.4, optimizer_values=VALUES.get(optimizer, {}))
    ours, theirs = deep(), deep()
    trained(how, ours, vectors())
    x, y = vectors().train.inputs["x"], vectors().train.targets["target"]
    torch.manual_seed(1)
    stepper = OPTIMIZERS[optimizer](theirs)
    theirs.train()
    for epoch in range(2):
        order = torch.randperm(50, generator=torch.Generator().manual_seed(epoch))
        for places in order.split(8):
            share = torch.distributions.Beta(0.4, 0.4).sample().item()
            share, other = max(share, 1 - share), places[torch.randperm(len(places))]
            mixed = share * x[places] + (1 - share) * x[other]

            def closure(
                mixed: torch.Tensor = mixed,
                share: float = share,
                places: torch.Tensor = places,
                other: torch.Tensor = other,
            ) -> torch.Tensor:
                stepper.zero_grad()
                output = theirs(mixed)
                loss = share * nn.functional.cross_entropy(output, y[places])
                loss = loss + (1 - share) * nn.functional.cross_entropy(output, y[other])
                loss.backward()
                return loss

            stepper.step(closure)
    assert same(copied(ours), copied(theirs))
    again = resumed(how, lambda seed: deep(seed=seed), vectors(), tmp_path)
    assert same(copied(ours), copied(again))


def test_mixup_of_tokens_is_refused() -> None:
    failed = failure(attempted(plan(metrics=(), mixup=0.2), deep(tokens=True), tokens()))
    assert str(failed.message).startswith("Mixup mixes numbers with a point, and “x” holds whole numbers")


def test_nothing_warns() -> None:
    """Of a wrong order, a missing class or numbers that are kept: torch and torchmetrics would."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = dataclasses.replace(vectors(), validation=vectors().validation.take(torch.tensor([0, 3])))
        how = plan("sgd", metrics=[block.type for block in every("metric")], epochs=1)
        trained(how, deep(), data)


@pytest.mark.parametrize("name", ["bce_with_logits", "bce", "soft_margin", "hinge_embedding"])
def test_what_a_sample_is_taken_for_is_said_as_the_loss_means_it(name: str) -> None:
    data, (units, last), values, _ = LOSSES[name]
    model, how = deep(units, last=last), of_loss(name, values)
    trained(how, model, data())
    model.eval()
    output = float(model(data().validation.inputs["x"][:1]).detach())
    yes = {
        "bce": output,
        "hinge_embedding": 1 / (1 + math.exp(output - 1)),
    }.get(name, 1 / (1 + math.exp(-output)))
    chances = dict(predict_sample(model, data(), 0, "validation", how))
    assert chances == pytest.approx({"class 0": 1 - yes, "class 1": yes}, abs=1e-5)
