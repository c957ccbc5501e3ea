"""The script of every recipe gives the same bits as our own training, whatever the loop does besides."""

from __future__ import annotations

import importlib
import io
import os
import runpy
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
import torch

from studio import api
from studio.cli import settings
from studio.exchange import export, read_weights
from studio.exchange.origin import find_subject
from studio.exchange.outgoing import python
from studio.exchange.script_data import ACTING, WORLDS
from studio.exchange.script_recipe import RECIPES
from studio.graph import Value
from studio.project import Choice, GraphRef, LossTerm, Project, edits
from studio.train import Failed
from tests.data.own_files import masked
from tests.drawing import add, wire
from tests.train.recipe_examples import (
    EXAMPLES,
    OUT,
    adversarial,
    drawn,
    entry,
    linear,
    planned,
    ring,
    written,
)

MODULES = ("model", "generator", "discriminator", "encoder", "decoder", "policy", "value")


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Run scripts here and not in a process of their own, which would take seconds each."""
    monkeypatch.chdir(tmp_path)
    threads, path = torch.get_num_threads(), list(sys.path)
    yield
    torch.set_num_threads(threads)
    sys.path[:] = path
    for name in MODULES:
        sys.modules.pop(name, None)


def repeated(project: Project, folder: Path, *changes: str, steps: int = 11) -> str:
    """Train, leave, train again by the script; the weights must be the same. Gives the script."""
    project = settings.apply(project, changes)
    events = list(api.train(project, device="cpu", seed=3, max_steps=steps, run_dir=folder / "run"))
    assert not [event for event in events if isinstance(event, Failed)], events[-1]
    subject, _ = find_subject(project, None, None, folder / "run")
    (folder / "out").mkdir()
    for name, content in python.make(subject, "out").items():
        (folder / "out" / name).write_bytes(content)
    script = folder / "out" / "train.py"
    assert script.is_file(), str(python.notes(subject))
    text = script.read_text()
    assert "import studio" not in text
    assert "from studio" not in text
    for name in MODULES:
        sys.modules.pop(name, None)
    importlib.invalidate_caches()
    with redirect_stdout(io.StringIO()) as told:
        runpy.run_path(str(script))["train"](max_steps=steps)
    for which in ("last", "best"):
        ours = folder / "run" / f"{which}.safetensors"
        if which == "last" or ours.exists():
            theirs, expected = torch.load(f"{which}.pt", weights_only=True), read_weights(ours)
            assert set(theirs) == set(expected)
            assert [name for name, value in expected.items() if not torch.equal(theirs[name], value)] == []
    return told.getvalue() + text


LOOPS: Mapping[str, tuple[str, ...]] = {
    "plain": (),
    "much": (
        "plan.loop.accumulate=2",
        "plan.loop.clip_norm=0.5",
        "plan.loop.clip_value=0.1",
        "plan.loop.ema=0.8",
        "plan.loop.l1=0.001",
    ),
    "short": ("plan.loop.precision=float16", "plan.loop.validate_every=2"),
}


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_in_every_loop(recipe: str, loop: str, tmp_path: Path) -> None:
    changes = list(LOOPS[loop])
    if recipe == "adversarial" and loop == "much":
        changes.append("plan.recipe.critic_steps=1")
    told = repeated(EXAMPLES[recipe](tmp_path), tmp_path, *changes, steps=60 if recipe == "dqn" else 11)
    assert "epoch 1/3" in told
    assert ("val_return" if recipe in ACTING else "val_loss") in told


VARIANTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "hinge": ("adversarial", ("recipe.loss=hinge", "recipe.noise=uniform", "recipe.critic_steps=1")),
    "least squares": ("adversarial", ("recipe.loss=least_squares", "recipe.critic_steps=3")),
    "wasserstein": ("adversarial", ("recipe.loss=wasserstein", "recipe.critic_steps=2")),
    "cosine, v": ("diffusion", ("recipe.schedule=cosine", "recipe.target=v", "recipe.averaging=0.9")),
    "x0, ddpm": ("diffusion", ("recipe.target=x0", "recipe.sampler=ddpm", "recipe.hidden=0")),
    "semi-hard": ("siamese", ("recipe.mining=semi_hard", "recipe.margin=0.3")),
    "all": ("siamese", ("recipe.mining=all", "recipe.normalise=no")),
    "contrastive": ("siamese", ("recipe.loss=contrastive",)),
    "cosine": ("siamese", ("recipe.loss=cosine", "recipe.margin=0.2")),
    "schedules": (
        "adversarial",
        (
            "schedules.generator=one_cycle",
            "schedules.discriminator=lambda_lr",
            "schedules.discriminator.factor=1 - 0.5 * step / steps",
            "optimizers.generator=sgd",
        ),
    ),
    "hard": ("dqn", ("recipe.target=hard", "recipe.sync_every=7", "recipe.double=no", "recipe.loss=mse")),
    "seldom": ("dqn", ("recipe.every=3", "loop.accumulate=2", "schedules.q=one_cycle", "loop.monitor=loss")),
    "a search": ("dqn", ("optimizers.q=lbfgs", "optimizers.q.lr=0.1", "optimizers.q.max_iter=2")),
    "by training": ("ppo", ("data.check_episodes=0", "recipe.normalise=no", "loop.batch_size=23")),
    "plateau": ("ppo", ("schedules.value=plateau", "schedules.value.patience=0", "loop.monitor=return")),
    "L-BFGS": (
        "language_model",
        ("optimizers.model=lbfgs", "optimizers.model.lr=0.1", "optimizers.model.max_iter=2"),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_what_recipes_may_do(name: str, tmp_path: Path) -> None:
    recipe, changes = VARIANTS[name]
    changes = tuple(f"plan.{change}" for change in changes)
    repeated(EXAMPLES[recipe](tmp_path), tmp_path, *changes, steps=60 if recipe in ACTING else 11)


@pytest.mark.parametrize("units", ["characters", "bytes", "words", "bpe"])
def test_a_text_goes_on_as_the_network_expects(units: str, tmp_path: Path) -> None:
    changes = [f"plan.data.units={units}", "plan.recipe.samples=2", "plan.recipe.temperature=0"]
    blocks = (entry(12, dtype="int64"), ("embedding", {"num_embeddings": 400, "embedding_dim": 4}))
    project = drawn(("main", (*blocks, linear(400), OUT)))
    project = planned(
        project, "language_model", {"model": "main"}, {"prompt": "the quick"}, written(tmp_path)
    )
    said = repeated(project, tmp_path, *changes, steps=2).split("-" * 40 + "\n")
    assert len(said) >= 3
    assert all(text.startswith("the quick") for text in said[1:3])


SPOILED: Mapping[str, dict[str, Value]] = {
    "noise": {"kind": "denoising", "noise": 0.5, "loss": "l1"},
    "holes": {"kind": "denoising", "noise": 0.0, "masked": 0.2, "loss": "bce"},
    "both": {"kind": "denoising", "masked": 0.3},
    "neither": {"kind": "plain", "loss": "bce"},
}


@pytest.mark.parametrize("name", SPOILED)
def test_pictures_are_given_back(name: str, tmp_path: Path) -> None:
    project = drawn(
        ("writer", (entry(1, 28, 28), ("flatten", {}), linear(5), OUT)),
        ("reader", (entry(5), linear(784), ("reshape", {"shape": (1, 28, 28)}), OUT)),
    )
    roles = {"encoder": "writer", "decoder": "reader"}
    project = planned(project, "autoencoder", roles, SPOILED[name], epochs=1, batch_size=300)
    assert "epoch 1/1" in repeated(project, tmp_path)


def test_masks_are_varied_with_their_pictures(tmp_path: Path) -> None:
    convolved = ("conv2d", {"out_channels": 3, "kernel_size": 3, "padding": 1})
    project = drawn(("main", (entry(3, 6, 8), convolved, OUT)))
    varied: dict[str, Value] = {"flip": "both", "crop": 1, "rotate": 20.0, "zoom": 0.3, "erase": 0.5}
    values: dict[str, Value] = {**masked(tmp_path), "height": 6, "width": 8, **varied}
    project = planned(project, "supervised", {"model": "main"}, data=Choice("image_masks", values))
    project = edits.set_plan(project, replace(project.plan, losses=(LossTerm(Choice("cross_entropy")),)))
    assert "VARIATION = Variation(" in repeated(project, tmp_path, "plan.loop.accumulate=2")


def test_masks_of_signs_that_are_turned_have_no_script(tmp_path: Path) -> None:
    project = drawn(("main", (entry(3, 6, 8), ("conv2d", {"out_channels": 1, "padding": 1}), OUT)))
    values: dict[str, Value] = {**masked(tmp_path), "height": 6, "width": 8, "rotate": 20.0}
    for name in sorted((tmp_path / "masks").iterdir())[::2]:
        name.write_bytes(sorted((tmp_path / "masks").iterdir())[1].read_bytes())
    project = planned(project, "supervised", {"model": "main"}, data=Choice("image_masks", values))
    project = edits.set_plan(project, replace(project.plan, losses=(LossTerm(Choice("soft_margin")),)))
    subject, _ = find_subject(project, None, None, None)
    assert "masks that “Soft margin” learns as 1 and -1" in str(python.notes(subject)[-1])
    subject, _ = find_subject(settings.apply(project, ["plan.data.rotate=0"]), None, None, None)
    assert python.notes(subject) == ()


@pytest.mark.parametrize("loss", ["contrastive", "cosine"])
def test_pairs_are_compared(loss: str, tmp_path: Path) -> None:
    project = drawn(("main", (entry(1, 28, 28), ("flatten", {}), linear(5), OUT)))
    data = Choice("digit_pairs")
    values: dict[str, Value] = {"loss": loss}
    project = planned(project, "siamese", {"model": "main"}, values, data, epochs=1, batch_size=1500)
    assert "val_accuracy" in repeated(project, tmp_path)


def told(name: str, takes: int, gives: int, classes: int, project: Project) -> Project:
    """Draw a network that takes numbers and a class as `classes` numbers, of which one is 1."""
    project = edits.add_network(project, name)
    ref = GraphRef("network", name)
    project, x = add(project, "input", parameters={"shape": (takes,)}, ref=ref, name="x")
    project, label = add(project, "input", parameters={"shape": (classes,)}, ref=ref, name="label")
    project, joined = add(project, "concat", ref=ref)
    for node in (x, label):
        project = wire(project, node, joined, ref=ref)
    project, said = add(project, "linear", [joined], parameters={"out_features": gives}, ref=ref)
    return add(project, "output", [said], ref=ref)[0]


def test_networks_that_are_told_the_class_of_a_sample(tmp_path: Path) -> None:
    project = told("maker", 3, 2, 2, Project(networks=MappingProxyType({})))
    project = told("judge", 2, 1, 2, project)
    roles = {"discriminator": "judge", "generator": "maker"}  # in whatever order
    project = planned(project, "adversarial", roles, {"loss": "wasserstein"}, data=ring(tmp_path))
    assert "one_hot(label, 3)[:, :2]" in repeated(project, tmp_path)


def test_networks_that_are_trained_together_leave_together(tmp_path: Path) -> None:
    project = adversarial(tmp_path)
    report = export(project, "python", tmp_path / "out")
    names = ["generator.py", "generator.pt", "discriminator.py", "discriminator.pt", "train.py", "README.txt"]
    assert [path.name for path in report.files] == names
    assert [str(note) for note in report.notes] == [
        "All networks that the plan trains together leave: Maker (generator), Judge (discriminator)."
    ]
    with redirect_stdout(io.StringIO()):
        runpy.run_path(str(tmp_path / "out" / "train.py"))["train"](max_steps=2)
    assert torch.load(tmp_path / "samples.pt", weights_only=True).shape == (64, 2)
    lines = [
        line[4:]
        for line in (tmp_path / "out" / "README.txt").read_text().splitlines()
        if line.startswith("    ")
    ]
    (tmp_path / "out" / "try.py").write_text("\n".join(lines))
    sys.path.insert(0, str(tmp_path / "out"))
    sys.modules.pop("generator", None)
    os.chdir(tmp_path / "out")
    assert {"generator", "discriminator"} <= runpy.run_path("try.py").keys()


def test_one_that_leaves_alone_names_the_others(tmp_path: Path) -> None:
    report = export(adversarial(tmp_path), "safetensors", tmp_path / "x.safetensors", network="judge")
    assert "“judge” alone. The plan also trains “maker”" in str(report.notes[0])


def test_one_of_them_can_stand_first(tmp_path: Path) -> None:
    subject, _ = find_subject(adversarial(tmp_path), "judge", None, None)
    files = python.make(subject, "mine.py")
    assert list(files)[:4] == ["mine.py", "mine.pt", "mine_generator.py", "mine_generator.pt"]
    text = files["mine_train.py"].decode()
    assert "from mine import Judge  # noqa" in text
    assert "from mine_generator import Maker  # noqa" in text


def test_networks_of_one_class_name_are_told_apart(tmp_path: Path) -> None:
    project = drawn(
        ("a net", (entry(4), linear(2), OUT)),
        ("a_net", (entry(2), linear(1), OUT)),
    )
    roles = {"generator": "a net", "discriminator": "a_net"}
    project = planned(project, "adversarial", roles, data=ring(tmp_path))
    assert "as GeneratorNetwork" in repeated(project, tmp_path, steps=3)


REFUSED: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "L-BFGS": ("adversarial", ("optimizers.generator=lbfgs",), "several networks learn"),
    "steps": ("adversarial", ("loop.accumulate=2",), "the discriminator takes several steps"),
    "figure": ("language_model", ("loop.monitor=val_bits_per_character",), "val_bits_per_character"),
    "pictures": ("autoencoder", ("data=image_folder", "data.flip=horizontal"), "how bright pictures are"),
    "no figure": ("dqn", ("loop.monitor=epsilon",), "does not measure “epsilon”"),
    "no world": ("ppo", ("data=digits",), "“Digits” gives samples"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_script_does_not_hold_is_said_by_name(name: str, tmp_path: Path) -> None:
    recipe, changes, words = REFUSED[name]
    project = settings.apply(EXAMPLES[recipe](tmp_path), [f"plan.{change}" for change in changes])
    subject, _ = find_subject(project, None, None, None)
    assert "train.py" not in python.make(subject, "out")
    assert words in str(python.notes(subject)[-1])


def test_a_recipe_or_world_of_another_package_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(RECIPES, "siamese")
    monkeypatch.delitem(WORLDS, "gridworld")
    for recipe, words in (("siamese", "recipe “Siamese”"), ("dqn", "environment “Grid world”")):
        subject, _ = find_subject(EXAMPLES[recipe](tmp_path), None, None, None)
        assert f"Scripts are not written for the {words}." in str(python.notes(subject)[-1])


def test_a_live_model_leaves_without_those_that_learn_beside_it(tmp_path: Path) -> None:
    project = adversarial(tmp_path)
    subject, _ = find_subject(project, None, api.build(project), None)
    assert list(python.make(subject, "out")) == ["model.py", "weights.pt", "README.txt"]
    assert "(maker, judge), and only one leaves" in str(python.notes(subject)[0])
