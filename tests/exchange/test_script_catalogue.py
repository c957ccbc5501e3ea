"""The script of a model says every loss, optimizer, schedule and metric, and gives the same bits."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import io
import runpy
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest
import torch

from studio import api
from studio.blocks import every
from studio.cli import settings
from studio.exchange import read_weights
from studio.exchange.origin import find_subject
from studio.exchange.outgoing import python
from studio.graph import Value, freeze
from studio.project import Choice, Project, edits
from studio.train import EpochDone, Failed
from studio.train.plans.checking import Checker
from tests.data.own_files import yes_or_no_masks
from tests.drawing import MAIN, add, chain
from tests.exchange.networks import plan, sentences


def net(units: int, *last: str, shape: int = 6) -> Project:
    project, _ = chain(
        ("input", {"shape": (shape,)}),
        ("linear", {"out_features": 8}),
        ("relu", {}),
        ("linear", {"out_features": 8}),
        ("dropout", {"p": 0.2}),
        ("linear", {"out_features": units}),
        *((name, {}) for name in last),
        ("output", {}),
    )
    return project


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Run scripts here and not in a process of their own, which would take seconds each."""
    monkeypatch.chdir(tmp_path)
    threads, path = torch.get_num_threads(), list(sys.path)
    yield
    torch.set_num_threads(threads)
    sys.path[:] = path
    sys.modules.pop("model", None)


def arrays(folder: Path) -> Mapping[str, Path]:
    """Make data of every kind of target."""
    draw = np.random.default_rng(0)
    x = draw.normal(size=(40, 6)).astype(np.float32)
    targets = {
        "three": np.arange(40) % 3,
        "yes": np.arange(40) % 2 == 0,
        "numbers": x.sum(1),
        "counts": np.abs(x).sum(1).round().astype(np.float32),
        "shares": np.abs(x[:, :3]) / np.abs(x[:, :3]).sum(1, keepdims=True),
    }
    for name, target in targets.items():
        np.savez(folder / f"{name}.npz", x=x, target=target)
    return {name: folder / f"{name}.npz" for name in targets}


def repeated(project: Project, folder: Path, *, steps: int = 9) -> str:
    """Train, leave, train again by the script; the weights must be the same. Gives what the script tells."""
    events = list(api.train(project, device="cpu", seed=3, max_steps=steps, run_dir=folder / "run"))
    assert not [event for event in events if isinstance(event, Failed)], events[-1]
    # Without the check in a fresh process that an export makes: another test looks at that.
    subject, _ = find_subject(project, None, None, folder / "run")
    (folder / "out").mkdir()
    for name, content in python.make(subject, "out").items():
        (folder / "out" / name).write_bytes(content)
    script = folder / "out" / "train.py"
    assert script.is_file(), str(python.notes(subject))
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(script.read_text()))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    assert not [name for name in imported if name.startswith("studio")]
    sys.modules.pop("model", None)
    importlib.invalidate_caches()
    told = io.StringIO()
    with redirect_stdout(told), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torchmetrics warns of what a metric keeps in the memory
        runpy.run_path(str(script))["train"](max_steps=steps)
    for which in ("last", "best"):
        if which == "last" or (folder / "run" / "best.safetensors").exists():
            theirs = torch.load(f"{which}.pt", weights_only=True)
            expected = read_weights(folder / "run" / f"{which}.safetensors")
            assert set(theirs) == set(expected)
            assert [name for name, value in expected.items() if not torch.equal(theirs[name], value)] == []
    return told.getvalue() + script.read_text()


def of(file: Path, project: Project, *changes: str, loss: str = "cross_entropy", batch: int = 8) -> Project:
    how = plan("arrays", loss, batch_size=batch, epochs=2)
    how = dataclasses.replace(how, data=Choice("arrays", freeze({"folder": str(file)})))
    return settings.apply(dataclasses.replace(project, plan=how), changes)


# -- optimizers and schedules --------------------------------------------------------------------------

SETTINGS: Mapping[str, tuple[str, ...]] = {
    "lbfgs": ("plan.optimizers.model.lr=0.1", "plan.optimizers.model.max_iter=3"),
    "adam": ("plan.optimizers.model.betas=0.8,0.99", "plan.optimizers.model.amsgrad=yes"),
    "sgd": ("plan.optimizers.model.nesterov=yes",),
}


@pytest.mark.parametrize("made", every("optimizer"), ids=lambda made: made.type)
def test_every_optimizer(made: object, tmp_path: Path) -> None:
    name = made.type  # type: ignore[attr-defined]
    changes = (f"plan.optimizers.model={name}", *SETTINGS.get(name, ()))
    if name == "sparse_adam":
        project = settings.apply(sentences(), ["plan.data.count=120", "plan.data.length=16", *changes])
    else:
        project = of(arrays(tmp_path)["three"], net(3), *changes)
    written = repeated(project, tmp_path, steps=6)
    assert made.target in written  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["muon", "adagrad"])
def test_rates_of_single_blocks_are_kept(name: str, tmp_path: Path) -> None:
    project = edits.change_node(net(3), MAIN, "linear_1", rate_factor=0.1)
    project = edits.change_node(project, MAIN, "linear_3", rate_factor=2.0)
    project = of(arrays(tmp_path)["three"], project, f"plan.optimizers.model={name}")
    assert "def grouped" in repeated(project, tmp_path, steps=5)


SCHEDULED: Mapping[str, tuple[str, ...]] = {
    "multi_step_lr": ("milestones=2,1",),
    "plateau": ("patience=0", "threshold=0.9"),
    "cyclic": ("step_size_up=3",),
    "constant": ("warmup=2",),
    "exponential_lr": ("warmup=1", "gamma=0.5"),
    "linear_lr": ("warmup=2", "warmup_beside=yes"),
}


@pytest.mark.parametrize(("factor", "written"), [
    ("1 / (1 + epoch)", "rate_factor)"),
    ("0.5 * (1 + cos(pi * epoch / epochs))", "lambda epoch: rate_factor(epoch, max(epochs, EPOCHS))"),
    ("max(min(1, step / 4)) * sqrt(1 - min(step, 8) / 9)", "rate_factor)"),
    ("1 - 0.5 * step / steps", "lambda step: rate_factor(step, steps)"),
])  # fmt: skip
@pytest.mark.parametrize("schedule", ["lambda_lr", "multiplicative_lr"])
def test_a_formula_is_a_function_of_the_script(
    schedule: str, factor: str, written: str, tmp_path: Path
) -> None:
    changes = [f"plan.schedules.model={schedule}", f"plan.schedules.model.factor={factor}"]
    project = of(arrays(tmp_path)["three"], net(3), *changes, "plan.loop.epochs=3", batch=16)
    text = repeated(project, tmp_path)
    assert f"(optimizer, {written}" in text
    assert ("import math" in text.splitlines()) == ("cos" in factor or "sqrt" in factor)
    assert "max(min(" not in text


@pytest.mark.parametrize("made", every("schedule"), ids=lambda made: made.type)
def test_every_schedule(made: object, tmp_path: Path) -> None:
    name = made.type  # type: ignore[attr-defined]
    changes = [f"plan.schedules.model.{change}" for change in SCHEDULED.get(name, ())]
    changes = [f"plan.schedules.model={name}", *changes, "plan.loop.epochs=3", "plan.optimizers.model=sgd"]
    project = of(arrays(tmp_path)["three"], net(3), *changes, batch=16)
    written = repeated(project, tmp_path)
    assert made.target in written  # type: ignore[attr-defined]


# -- losses --------------------------------------------------------------------------------------------

LOSSES: Mapping[str, tuple[str, int, tuple[str, ...]]] = {
    "cross_entropy": ("three", 3, ()),
    "focal": ("three", 3, ()),
    "nll": ("three", 3, ("log_softmax",)),
    "multi_margin": ("three", 3, ()),
    "bce_with_logits": ("yes", 1, ()),
    "bce": ("yes", 1, ("sigmoid",)),
    "soft_margin": ("yes", 1, ()),
    "multilabel_soft_margin": ("three", 3, ()),
    "multilabel_margin": ("three", 3, ()),
    "hinge_embedding": ("yes", 1, ("softplus",)),
    "cosine_embedding": ("yes", 1, ("tanh",)),
    "margin_ranking": ("yes", 1, ()),
    "kl_div": ("three", 3, ("log_softmax",)),
    "dice": ("three", 3, ()),
    "mse": ("numbers", 1, ()),
    "l1": ("numbers", 1, ()),
    "huber": ("numbers", 1, ()),
    "smooth_l1": ("numbers", 1, ()),
    "poisson_nll": ("counts", 1, ()),
    "gaussian_nll": ("numbers", 2, ()),
}


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss(name: str, tmp_path: Path) -> None:
    data, units, last = LOSSES[name]
    changes = ["plan.losses.0.pos_weight=3"] if name == "bce_with_logits" else []
    project = of(arrays(tmp_path)[data], net(units, *last), *changes, loss=name)
    changed = dataclasses.replace(project.plan, metrics=(Choice("accuracy"), Choice("mae")))
    repeated(dataclasses.replace(project, plan=changed), tmp_path)


def siamese(last: str, **values: Value) -> Project:
    """Two inputs through the same weights, and one number of both."""
    project = Project()
    towers: list[str] = []
    for name in ("a", "b"):
        project, x = add(project, "input", name=name)
        project, flat = add(project, "flatten", [x])
        project, tower = add(project, "linear", [flat], parameters={"out_features": 8})
        if towers:
            project = edits.change_node(project, MAIN, tower, shares=towers[0])
        towers.append(tower)
    project, one = add(project, last, towers, ports=("a", "b"), parameters=values)
    project, _ = add(project, "output", [one])
    return project


@pytest.mark.parametrize(("loss", "last"), [
    ("cosine_embedding", "cosine_similarity"), ("hinge_embedding", "pairwise_distance"),
])  # fmt: skip
def test_pairs_of_a_siamese_network_learn_and_leave(loss: str, last: str, tmp_path: Path) -> None:
    how = plan("digit_pairs", loss, batch_size=64, epochs=2)
    how = dataclasses.replace(how, metrics=(Choice("accuracy"),))
    project = dataclasses.replace(siamese(last), plan=how)
    assert Checker().analyse(project, MAIN).problems == ()
    told = repeated(project, tmp_path, steps=1000).splitlines()[1]
    assert told.startswith("epoch 2/2")
    assert float(told.split("val_accuracy ")[1].split()[0]) > 0.6, told


def test_every_loss_is_tried() -> None:
    assert set(LOSSES) == {block.type for block in every("loss")}


@pytest.mark.parametrize("name", ["bce_with_logits", "soft_margin", "multilabel_margin"])
def test_yes_or_no_for_each_of_several_classes(name: str, tmp_path: Path) -> None:
    repeated(of(arrays(tmp_path)["three"], net(3), loss=name), tmp_path)


@pytest.mark.parametrize("name", ["bce_with_logits", "soft_margin"])
def test_masks_of_yes_and_no_through_one_channel(name: str, tmp_path: Path) -> None:
    project, _ = chain(
        ("input", {"shape": (1, 6, 5)}), ("conv2d", {"out_channels": 1, "padding": 1}), ("output", {})
    )
    data = {**yes_or_no_masks(tmp_path), "height": 6, "width": 5, "grayscale": True}
    how = dataclasses.replace(
        plan("image_masks", name, batch_size=4, epochs=2),
        data=Choice("image_masks", freeze(data)),
        metrics=(Choice("accuracy"), Choice("iou"), Choice("f1")),
    )
    told = repeated(dataclasses.replace(project, plan=how), tmp_path)
    assert "val_iou 0." in told
    assert "val_f1 0." in told


def test_shares_that_the_data_gives(tmp_path: Path) -> None:
    repeated(of(arrays(tmp_path)["shares"], net(3, "log_softmax"), loss="kl_div"), tmp_path)


@pytest.mark.parametrize("name", ["cross_entropy", "focal", "nll", "multi_margin"])
def test_balanced_classes(name: str, tmp_path: Path) -> None:
    project = of(arrays(tmp_path)["three"], net(3, *LOSSES[name][2]), "plan.losses.0.balance=yes", loss=name)
    assert "class_weights(" in repeated(project, tmp_path)


# -- what holds weights back, and metrics --------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["sgd", "lbfgs"])
def test_mixup_pull_and_both_limits(optimizer: str, tmp_path: Path) -> None:
    project = of(
        arrays(tmp_path)["three"],
        net(3),
        f"plan.optimizers.model={optimizer}",
        "plan.optimizers.model.lr=0.05",
        "plan.loop.mixup=0.3",
        "plan.loop.l1=0.001",
        "plan.loop.clip_value=0.1",
        "plan.loop.clip_norm=0.2",
        "plan.losses.0.label_smoothing=0.1",
    )
    repeated(project, tmp_path)


LOOPS: Mapping[str, tuple[str, ...]] = {
    "several batches in a step": ("accumulate=2", "mixup=0.3", "l1=0.001", "clip_norm=0.2"),
    "float16": ("precision=float16", "clip_value=0.1"),
    "averages": ("ema=0.9", "patience=1", "epochs=4"),
    "looks within an epoch": ("validate_every=2", "monitor=val_accuracy", "patience=2", "epochs=6"),
    "all": (
        "accumulate=3",
        "precision=float16",
        "ema=0.8",
        "validate_every=1",
        "deterministic=yes",
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_every_way_of_the_loop(name: str, tmp_path: Path) -> None:
    changes = [f"plan.loop.{change}" for change in LOOPS[name]]
    project = of(arrays(tmp_path)["three"], net(3), *changes, "plan.optimizers.model=sgd")
    changed = dataclasses.replace(project.plan, metrics=(Choice("accuracy"),))
    try:
        repeated(dataclasses.replace(project, plan=changed), tmp_path, steps=11)
    finally:
        torch.use_deterministic_algorithms(False)


def test_a_figure_that_a_script_does_not_measure_is_refused_by_name(tmp_path: Path) -> None:
    project = of(arrays(tmp_path)["three"], net(3), "plan.loop.monitor=accuracy")
    subject, _ = find_subject(project, None, None, None)
    assert "does not measure “accuracy” while it trains" in str(python.notes(subject)[0])


@pytest.mark.parametrize(("data", "units", "loss"), [
    ("three", 3, "cross_entropy"), ("yes", 1, "bce_with_logits"), ("numbers", 1, "mse"),
])  # fmt: skip
def test_every_metric_is_told_as_the_run_tells_it(data: str, units: int, loss: str, tmp_path: Path) -> None:
    project = of(arrays(tmp_path)[data], net(units), "plan.loop.epochs=1", loss=loss)
    metrics = tuple(Choice(made.type) for made in every("metric") if made.type not in ("top_k",))
    project = dataclasses.replace(project, plan=dataclasses.replace(project.plan, metrics=metrics))
    told = repeated(project, tmp_path, steps=100)
    events = list(api.train(project, device="cpu", seed=3, run_dir=tmp_path / "again"))
    figures = next(event for event in events if isinstance(event, EpochDone)).metrics
    line = told.splitlines()[0].split()
    for name, value in figures.items():
        if name.startswith("val_"):
            assert float(line[line.index(name) + 1]) == pytest.approx(value, abs=2e-4), name
    assert len(figures) >= {"three": 13, "yes": 11, "numbers": 10}[data]
