"""The script that leaves with a model, run by itself, gives the weights of our own training to the bit."""

from __future__ import annotations

import ast
import dataclasses
import gzip
import importlib
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from studio import api
from studio.cli import settings
from studio.data import load
from studio.exchange import export, read_weights, script_data
from studio.exchange.copying import copied
from studio.exchange.origin import find_subject
from studio.exchange.outgoing import python
from studio.exchange.scripts.splitting import Samples
from studio.project import Choice, Project, edits
from studio.train import Failed
from tests.drawing import MAIN
from tests.exchange.networks import NETWORKS, outputs, pairs, sentences, table
from tests.train.recipe_examples import OUT, drawn, entry, linear

ALONE = (
    "import runpy, sys; sys.modules['studio'] = None; "
    "sys.argv = ['train.py', *sys.argv[1:]]; runpy.run_path('train.py', run_name='__main__')"
)
"""Runs the script as a stranger who has no Netwright."""


def run(project: Project, folder: Path, steps: int) -> Path:
    """Train a project; gives the folder of the run."""
    events = list(api.train(project, device="cpu", seed=3, max_steps=steps, run_dir=folder))
    assert not [event for event in events if isinstance(event, Failed)]
    return folder


def stranger(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-I", "-c", ALONE, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CASES: Mapping[str, tuple[str, int, tuple[str, ...]]] = {
    "normalisation, dropout, a schedule, clipping, SGD": (
        "table",
        25,
        (
            "plan.loop.epochs=3",
            "plan.loop.clip_norm=0.5",
            "plan.optimizers.model=sgd",
            "plan.schedules.model=step_lr",
            "plan.schedules.model.step_size=1",
            "plan.loop.patience=1",
        ),
    ),
    "an LSTM over tokens": ("sentences", 12, ("plan.optimizers.model=rmsprop",)),
    "two losses on two outputs": (
        "judged",
        10,
        ("plan.loop.epochs=2", "plan.losses.0.label_smoothing=0.1", "plan.loop.clip_norm=1"),
    ),
    "two inputs that share weights": ("pairs", 8, ("plan.optimizers.model=adamw",)),
}


@pytest.mark.parametrize("case", CASES)
def test_the_script_gives_the_same_bits(case: str, tmp_path: Path) -> None:
    network, steps, changes = CASES[case]
    project = settings.apply(NETWORKS[network](), changes)
    folder = run(project, tmp_path / "run", steps)
    export(project, "python", tmp_path / "out", run=folder)
    stranger(tmp_path / "out", "--steps", str(steps))
    for name in ("last", "best"):
        ours = folder / f"{name}.safetensors"
        if ours.exists():
            theirs = torch.load(tmp_path / "out" / f"{name}.pt", weights_only=True)
            expected = read_weights(ours)
            assert set(theirs) == set(expected)
            assert all(torch.equal(theirs[key], value) for key, value in expected.items())


def test_the_script_of_the_cnn_gives_the_same_bits_in_whatever_layout(tmp_path: Path) -> None:
    project = settings.apply(api.new("cnn"), ["plan.loop.epochs=1"])
    folder = run(project, tmp_path / "run", 1000)
    export(project, "python", tmp_path / "cnn.py", run=folder)
    text = (tmp_path / "cnn_train.py").read_text()
    (tmp_path / "train.py").write_text(text)
    told = stranger(tmp_path)
    assert "epoch 1/1" in told
    assert "test  loss" in told
    theirs, expected = (
        torch.load(tmp_path / "best.pt", weights_only=True),
        read_weights(folder / "best.safetensors"),
    )
    assert all(torch.equal(theirs[key], value) for key, value in expected.items())


def test_learning_rates_frozen_blocks_and_initial_values_are_kept(tmp_path: Path) -> None:
    from studio.graph import Initial

    project = edits.change_node(table(), MAIN, "linear_1", rate_factor=0.1)
    project = edits.change_node(project, MAIN, "batch_norm1d_1", frozen=True)
    project = edits.set_initial(project, MAIN, "linear_1", "weight", Initial("orthogonal"))
    project = edits.set_initial(project, MAIN, "linear_1", "bias", Initial("normal"))
    folder = run(project, tmp_path / "run", 6)
    export(project, "python", tmp_path / "out", run=folder)
    stranger(tmp_path / "out", "--steps", "6")
    theirs = torch.load(tmp_path / "out" / "last.pt", weights_only=True)
    expected = read_weights(folder / "last.safetensors")
    assert all(torch.equal(theirs[key], value) for key, value in expected.items())


@pytest.mark.parametrize("name", ["out", "my-net.py"])
def test_the_script_runs_in_an_isolated_python_and_from_another_folder(name: str, tmp_path: Path) -> None:
    export(table(), "python", tmp_path / name)
    script = tmp_path / "out" / "train.py" if name == "out" else tmp_path / name.replace(".py", "_train.py")
    elsewhere = tmp_path / "else where 别处"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-I", str(script), "--steps", "2"],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in elsewhere.iterdir()) == ["best.pt", "last.pt"]


@pytest.mark.parametrize("name", ["Samples", "THREADS"])
def test_a_network_may_be_called_as_something_in_the_script(name: str, tmp_path: Path) -> None:
    project = table()
    networks, roles = {name: project.networks["main"]}, {"model": name}
    project = dataclasses.replace(
        project, networks=networks, plan=dataclasses.replace(project.plan, networks=roles)
    )
    export(project, "python", tmp_path / "out")
    stranger(tmp_path / "out", "--steps", "1")
    assert (tmp_path / "out" / "last.pt").is_file()


# -- the data ------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[str, dict[str, object]]:
    """Make data of every source; gives its parameters."""
    shares: dict[str, object] = {"validation": 0.2, "test": 0.1}
    pictures = folder / "pictures"
    for index in range(24):
        place = pictures / ("cats" if index % 2 else "dogs 10" if index % 3 else "dogs 9")
        place.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng(index).integers(0, 255, (9, 7, 4), np.uint8)
        Image.fromarray(noise, "RGBA" if index % 4 == 0 else None).convert(
            "RGBA" if index % 4 == 0 else "RGB"
        ).save(place / f"{index}.png")
    (pictures / "cats" / "text.png").write_text("no picture")
    (pictures / ".hidden").mkdir()
    for name, target in (
        ("whole", np.arange(30) % 3),
        ("float", np.linspace(0, 1, 30)),
        ("yes", np.arange(30) > 9),
    ):
        np.savez(folder / f"{name}.npz", x=np.arange(60.0).reshape(30, 2), n=np.arange(30), target=target)
    pixels = np.arange(360.0).reshape(30, 1, 3, 4)
    np.savez(folder / "mask.npz", x=pixels, target=(pixels % 3 == 0).astype(np.uint8) * 255)
    tokens = np.arange(150).reshape(30, 5) % 7
    np.savez(folder / "tags.npz", x=tokens, target=tokens % 3 + 2)
    digits = folder / "mnist"
    digits.mkdir()
    for name, shape in (("train-images-idx3", (40, 28, 28)), ("t10k-images-idx3", (9, 28, 28))):
        pixels = np.random.default_rng(1).integers(0, 255, shape, np.uint8)
        head = bytes((0, 0, 8, 3)) + np.array(shape, ">u4").tobytes()
        (digits / f"{name}-ubyte.gz").write_bytes(gzip.compress(head + pixels.tobytes()))
        labels = (np.arange(shape[0]) % 10).astype(np.uint8)
        head = bytes((0, 0, 8, 1)) + np.array(shape[:1], ">u4").tobytes()
        (digits / f"{name}-ubyte".replace("images-idx3", "labels-idx1")).write_bytes(head + labels.tobytes())
    generated = {"count": 120, "period": 10, "trend": 0.1, "noise": 0.05, "memory": 0.5, "seed": 1}
    return {
        "field": {"pattern": "spiral", "count": 50, "noise": 0.1, "seed": 2, **shares},
        "shapes": {"count": 12, "size": 16, "noise": 0.1, "seed": 1, **shares},
        "series": {"window": 12, "horizon": 3, "stride": 2, **generated, **shares},
        "iris": shares,
        "breast_cancer": shares,
        "digits": shares,
        "digits dealt out otherwise": {**shares, "split_seed": 3, "stratify": False},
        "digits of one half": {**shares, "only": "5 to 9"},
        "digit_pairs": shares,
        "wine": shares,
        "diabetes": shares,
        "sentences": {"count": 120, "length": 7, **shares},
        "clutter": {"count": 40, "size": 32, "pieces": 3, "seed": 1, **shares},
        "marked": {"count": 60, "length": 7, "letters": 4, "seed": 1, **shares},
        "image_folder": {"folder": str(pictures), "height": 6, "width": 5, "grayscale": False, **shares},
        "arrays": {"folder": str(folder / "whole.npz"), **shares},
        "arrays of numbers": {"folder": str(folder / "float.npz"), **shares},
        "arrays of yes and no": {"folder": str(folder / "yes.npz"), **shares},
        "arrays of masks": {"folder": str(folder / "mask.npz"), **shares},
        "arrays of tags": {"folder": str(folder / "tags.npz"), **shares},
        "mnist": {"folder": str(digits), "validation": 0.25},
    }


SOURCES = (
    *("digits dealt out otherwise", "field", "shapes", "iris", "breast_cancer"),
    *("digits", "digit_pairs", "wine", "diabetes", "sentences", "image_folder", "mnist"),
    *("digits of one half", "series", "marked", "clutter"),
    *("arrays", "arrays of numbers", "arrays of yes and no", "arrays of masks", "arrays of tags"),
)


@pytest.mark.parametrize("source", SOURCES)
def test_a_piece_loads_the_samples_that_we_load(
    source: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = files(tmp_path)[source]
    kind = source.partition(" ")[0]
    known = load(Choice(kind, values))  # type: ignore[arg-type]
    piece = importlib.import_module(f"studio.exchange.scripts.{kind}")
    parts: tuple[Samples, ...] = piece.load_data(**values)
    for split, (inputs, targets) in zip((known.train, known.validation, known.test), parts, strict=True):
        assert list(inputs) == list(split.inputs)
        for found, expected in ((inputs, split.inputs), (targets, split.targets)):
            for name, value in expected.items():
                assert found[name].dtype == value.dtype
                assert torch.equal(found[name], value)
    capsys.readouterr()


def test_samples_of_a_source_without_a_piece_leave_with_the_script(tmp_path: Path) -> None:
    lines = [f"{n},{n % 5 / 3},{'ab'[n % 2]},{n % 3}" for n in range(60)]
    (tmp_path / "a.csv").write_text("\n".join(["one,two,word,label", *lines]))
    project = settings.apply(table(), ["plan.data=table", f"plan.data.folder={tmp_path / 'a.csv'}"])
    project = edits.set_parameters(project, MAIN, "input_1", {"shape": (4,)})
    folder = run(project, tmp_path / "run", 12)
    export(project, "python", tmp_path / "out", run=folder)
    (tmp_path / "a.csv").unlink()
    assert "data.npz" in (tmp_path / "out" / "README.txt").read_text()
    stranger(tmp_path / "out", "--steps", "12")
    theirs = torch.load(tmp_path / "out" / "last.pt", weights_only=True)
    expected = read_weights(folder / "last.safetensors")
    assert all(torch.equal(theirs[key], value) for key, value in expected.items())


# -- the copying ---------------------------------------------------------------------------------------


def test_what_is_copied_runs_by_itself_and_names_no_netwright() -> None:
    for name in ("digits", "digit_pairs", "sentences", "image_folder"):
        made = copied(f"studio.exchange.scripts.{name}", ["load_data"])
        text = "\n".join([*made.import_lines(), *made.definitions.values()])
        assert "studio" not in {
            alias.name.split(".")[0]
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
        }
        assert "from studio" not in text


def test_what_does_not_exist_is_not_copied() -> None:
    with pytest.raises(ValueError, match="defines no nothing"):
        copied("studio.exchange.scripts.digits", ["nothing"])


def test_two_definitions_of_one_name_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first_piece.py").write_text("def same(): return 1\n")
    (tmp_path / "second_piece.py").write_text("def same(): return 2\ndef load(): return same()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    made = copied("first_piece", ["same"])
    assert made.definitions == {("first_piece", "same"): "def same(): return 1"}
    from studio.exchange import copying

    with pytest.raises(ValueError, match="same is defined twice"):
        copying._copy("second_piece", "load", made)


# -- what a script cannot say --------------------------------------------------------------------------


def test_another_network_than_the_plan_s_has_no_script(tmp_path: Path) -> None:
    from studio.project import GraphRef, edits

    project = edits.add_network(table(), "other")
    project = project.with_graph(GraphRef("network", "other"), project.networks["main"])
    report = export(project, "python", tmp_path / "out", network="other")
    assert [path.name for path in report.files] == ["model.py", "weights.pt", "README.txt"]
    assert [str(note) for note in report.notes] == [
        "There is no training script: The plan trains another network."
    ]


def test_a_plan_that_cannot_be_trained_leaves_without_its_script(tmp_path: Path) -> None:
    report = export(outputs(), "python", tmp_path / "out")
    assert [path.name for path in report.files] == ["model.py", "weights.pt", "README.txt"]
    (note,) = report.notes
    assert str(note).startswith("There is no training script: The input “x” expects B × 5 × 8")


def test_names_and_texts_of_a_file_reach_the_script_as_literals_only(tmp_path: Path) -> None:
    nasty = "x'); import os; os.system('touch it_ran') #\n\"\"\""
    project = settings.apply(table(), ["plan.data=arrays"])
    project = settings.apply(project, [f"plan.data.folder={nasty}"])
    export(project, "python", tmp_path / "out")
    tree = ast.parse((tmp_path / "out" / "train.py").read_text())
    literals = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert nasty.strip() in literals
    assert "os" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def why_no_script(project: Project) -> str:
    """Give why a network leaves without its script."""
    subject, _ = find_subject(project, None, None, None)
    assert list(python.make(subject, "out")) == ["model.py", "weights.pt", "README.txt"]
    return str(python.notes(subject)[-1])


def test_samples_that_cannot_leave_are_told_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = settings.apply(table(), ["plan.data=table", f"plan.data.folder={tmp_path / 'gone.csv'}"])
    assert "Its samples cannot be saved beside it: " in why_no_script(gone)
    (tmp_path / "a.csv").write_text("\n".join(["one,label", *(f"{n},{n % 3}" for n in range(60))]))
    much = settings.apply(table(), ["plan.data=table", f"plan.data.folder={tmp_path / 'a.csv'}"])
    much = edits.set_parameters(much, MAIN, "input_1", {"shape": (1,)})
    monkeypatch.setattr(script_data, "_MOST", 100)
    assert "and they take 720 B" in why_no_script(much)
    monkeypatch.setattr(script_data, "fits_memory", lambda needed: not needed)
    pictures = Choice("image_folder", files(tmp_path)["image_folder"])  # type: ignore[arg-type]
    large = drawn(("main", (entry(3, 6, 5), ("flatten", {}), linear(3), OUT)))
    large = edits.set_plan(large, dataclasses.replace(table().plan, data=pictures))
    assert "into the memory, and these take " in why_no_script(large)


def test_the_readme_s_lines_load_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(pairs(), "python", tmp_path / "out")
    lines = [
        line[4:] for line in (tmp_path / "out" / "README.txt").read_text().splitlines() if line[:4] == "    "
    ]
    (tmp_path / "out" / "try.py").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path / "out")
    monkeypatch.syspath_prepend(str(tmp_path / "out"))
    model = runpy.run_path("try.py")["model"]
    assert sum(weight.numel() for weight in model.parameters()) == 825
    sys.modules.pop("model", None)


def test_sentences_keep_their_kind_of_numbers(tmp_path: Path) -> None:
    export(sentences(), "python", tmp_path / "out")
    assert 'inputs["x"] = inputs["x"].to(torch.int64)' in (tmp_path / "out" / "train.py").read_text()
