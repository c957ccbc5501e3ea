"""`import studio` does from Python what the commands do: typed, documented, no Qt, clear faults."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import pytest
import torch

import studio
from studio import api
from studio.graph import NetwrightError
from studio.train import EpochDone, Finished, Started, load_run
from tests.exchange.networks import outputs, pairs, table

ROOT = Path(__file__).resolve().parents[2]


def test_importing_it_costs_nothing_and_using_it_brings_no_qt(tmp_path: Path) -> None:
    api.save(table(), tmp_path / "x.netwright")
    program = (
        "import sys, studio\n"
        "assert not {'torch', 'numpy', 'networkx'} & set(sys.modules)\n"
        "project = studio.load(sys.argv[1])\n"
        "assert 'torch' not in sys.modules\n"
        "studio.build(project); studio.check(project)\n"
        "assert 'torch' in sys.modules\n"
        "assert not {'PySide6', 'shiboken6', 'pyqtgraph'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "x.netwright")], cwd=ROOT, check=True)


def test_it_is_typed_and_documented_for_whoever_uses_it() -> None:
    """The marker of typed packages is there and is shipped; every argument has a type and a word."""
    assert (ROOT / "studio" / "py.typed").is_file()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert settings["tool"]["setuptools"]["package-data"]["studio"] == ["py.typed"]
    for name in ("build", "check", "export", "load", "new", "save", "train", "trust"):
        door = getattr(api, name)
        assert isinstance(door, FunctionType)
        parameters = inspect.signature(door).parameters
        assert set(door.__annotations__) == {*parameters, "return"}
        said = inspect.getdoc(door) or ""
        documented = [parameter for parameter in parameters if f"{parameter}: " in said]
        assert documented in (list(parameters), [])
        assert len(said) > 40


def test_one_input_is_a_tensor_and_several_come_by_name_or_in_order() -> None:
    model = api.build(table(), seed=0).eval()
    assert isinstance(model(torch.zeros(2, 13)), torch.Tensor)
    model = api.build(pairs(), seed=0).eval()
    a, b = torch.rand(2, 1, 28, 28), torch.rand(2, 1, 28, 28)
    with torch.no_grad():
        named = model(b=b, a=a)
        assert torch.equal(named, model(a, b))
        assert not torch.equal(named, model(b, a))


def test_several_outputs_are_a_dict_by_name() -> None:
    found = api.build(outputs(), seed=0).eval()(torch.zeros(2, 5, 8))
    assert {name: tuple(value.shape) for name, value in found.items()} == {"scores": (2, 3), "number": (2, 1)}


def test_what_was_trained_is_built_with_its_best_weights(tmp_path: Path) -> None:
    api.save(table(), tmp_path / "wines.netwright")
    project = studio.load(tmp_path / "wines.netwright")
    events = list(studio.train(project, device="cpu", seed=0, epochs=2, file=tmp_path / "wines.netwright"))
    assert isinstance(events[0], Started)
    assert sum(isinstance(event, EpochDone) for event in events) == 2
    done = events[-1]
    assert isinstance(done, Finished)
    assert done.run is not None
    assert done.run.parent == tmp_path / "runs"
    best = load_run(done.run).weights("best")
    built = studio.build(project, run=str(done.run)).state_dict()
    assert built.keys() == best.keys()
    assert all(torch.equal(built[name], value) for name, value in best.items())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda place: studio.load(place / "nothing"),
        lambda place: studio.new("no such template"),
        lambda place: studio.build(table(), network="nothing"),
        lambda place: studio.build(table(), run=place / "nothing"),
        lambda place: studio.build(studio.new()),
        lambda place: studio.train(table(), device="cuda:99"),
        lambda place: studio.train(table(), epochs=0),
        lambda place: studio.train(table(), resume=place),
        lambda place: studio.export(table(), "word", place / "x"),
        lambda place: studio.export(table(), "pt", place / "gone" / "x.pt"),
        lambda place: studio.export(table(), "pt", place / "x.pt", network="nothing"),
        lambda place: studio.save(table(), place),
    ],
)
def test_what_is_wrong_is_one_sentence(wrong: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(NetwrightError) as told:
        wrong(tmp_path)
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(".")
    assert list(tmp_path.iterdir()) == []
