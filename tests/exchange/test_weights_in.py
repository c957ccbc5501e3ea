"""Weights from strangers: plain numbers are taken, whatever could run is refused unread."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from studio import api
from studio.compiler import build
from studio.exchange import WeightsError, export, fit, load_weights, read_weights
from studio.train import Started, run
from studio.train.runs.weights import Given
from tests.exchange.networks import pairs, table


class Bomb:
    """Runs a command when it is unpickled."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.proof}",)


def packed(content: object) -> bytes:
    stream = io.BytesIO()
    torch.save(content, stream)
    return stream.getvalue()


@pytest.mark.parametrize("suffix", [".pt", ".pth", ".safetensors", ""])
@pytest.mark.parametrize("wrapped", ["state", "whole", "bare"])
def test_a_pickle_bomb_is_refused_and_nothing_runs(suffix: str, wrapped: str, tmp_path: Path) -> None:
    proof = tmp_path / "it_ran"
    bomb = Bomb(proof)
    path = tmp_path / f"weights{suffix}"
    path.write_bytes(
        pickle.dumps(bomb)
        if wrapped == "bare"
        else packed({"state_dict": bomb} if wrapped == "state" else bomb)
    )
    with pytest.raises(WeightsError, match="nothing of it was used"):
        api.build(table(), weights=path)
    assert not proof.exists()


@pytest.mark.parametrize("kind", ["bare pickle", "TorchScript", "whole module"])
def test_of_a_refusal_a_person_sees_one_line(kind: str, tmp_path: Path) -> None:
    """Torch warns of these at length on standard error, and its advice is to load them all the same."""
    path, proof = tmp_path / "weights.pt", tmp_path / "it_ran"
    match kind:
        case "bare pickle":
            path.write_bytes(pickle.dumps(Bomb(proof)))
        case "TorchScript":
            with warnings.catch_warnings(action="ignore"):
                torch.jit.save(torch.jit.trace(torch.nn.ReLU(), torch.zeros(1)), path)
        case _:
            torch.save(torch.nn.ReLU(), path)
    program = (
        "import sys, traceback, studio\n"
        "try: studio.build(studio.load(sys.argv[1]), weights=sys.argv[2])\n"
        "except Exception: traceback.print_exc(file=sys.stdout)"
    )
    api.save(table(), tmp_path / "x.netwright")
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "x.netwright"), str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.stderr == ""
    assert done.stdout.count("Traceback") == 1
    assert "weights_only" not in done.stdout.replace("studio/train/runs/plain_types.py", "")
    assert done.stdout.splitlines()[-1].endswith("nothing of it was used. Ask for a .safetensors file.")
    assert not proof.exists()


def test_the_bomb_would_run_where_nobody_looks(tmp_path: Path) -> None:
    proof = tmp_path / "it_ran"
    pickle.loads(pickle.dumps(Bomb(proof)))
    assert proof.exists()


@pytest.mark.parametrize("id", ["safetensors", "pt"])
def test_what_was_exported_loads_again(id: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{id}"
    export(pairs(), id, path, model=build(pairs(), seed=5))
    model, expected = api.build(pairs(), weights=path), build(pairs(), seed=5)
    assert all(torch.equal(value, expected.state_dict()[name]) for name, value in model.state_dict().items())


def test_a_plain_state_dict_loads_too(tmp_path: Path) -> None:
    expected = build(table(), seed=5).state_dict()
    torch.save(expected, tmp_path / "x.pth")
    assert set(read_weights(tmp_path / "x.pth")) == set(expected)


def test_weights_of_another_network_are_named_and_change_nothing(tmp_path: Path) -> None:
    model = build(table(), seed=0)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    other = dict(before)
    other["fc1.weight"] = torch.zeros(16, 14)
    other["extra"] = other.pop("fc2.bias")
    (tmp_path / "x.safetensors").write_bytes(save(other))
    with pytest.raises(WeightsError) as told:
        load_weights(model, tmp_path / "x.safetensors")
    assert str(told.value) == (
        "The weights in “x.safetensors” are of another network (received ≠ expected): fc2.bias: – ≠ 3; "
        "extra: 3 ≠ –; fc1.weight: 16 × 14 ≠ 16 × 13."
    )
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
@pytest.mark.parametrize("content", [b"", b"text", b"\x80\x02", bytes(4096)])
def test_what_holds_no_weights_is_refused_in_one_line(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    with pytest.raises(WeightsError) as told:
        read_weights(path)
    assert "\n" not in str(told.value)


def test_a_file_of_other_plain_types_holds_no_weights(tmp_path: Path) -> None:
    torch.save({"state_dict": {"a": 1}}, tmp_path / "x.pt")
    with pytest.raises(WeightsError, match="holds no weights by name"):
        read_weights(tmp_path / "x.pt")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"There is no file “x\.pt”"):
        read_weights(tmp_path / "x.pt")


@pytest.mark.parametrize("id", ["safetensors", "pt"])
def test_one_flipped_bit_is_noticed(id: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{id}"
    export(table(), id, path)
    content = bytearray(path.read_bytes())
    weight = build(table(), seed=0).state_dict()["fc1.weight"].numpy().tobytes()
    content[content.index(weight) + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=r"its checksum is another one|is damaged"):
        read_weights(path)


def test_how_weights_fit_is_told_name_by_name(tmp_path: Path) -> None:
    state = build(table(), seed=7).state_dict()
    path = tmp_path / "some.safetensors"
    path.write_bytes(save({f"module.{name}": value.clone() for name, value in state.items()}))
    found = fit(table(), path)  # as a network saves itself that was trained on several devices
    assert (found.whole, found.count, found.file) == (True, len(state), path.name)
    assert all(torch.equal(found.given.tensors[name], value) for name, value in state.items())
    first, *others = state
    path.write_bytes(save({**{name: state[name] for name in others}, "odd": torch.ones(2)}))
    found = fit(table(), path)
    assert (found.missing, found.unexpected, found.differing) == ((first,), ("odd",), ())
    assert list(found.given.tensors) == others
    path.write_bytes(save({**state, first: torch.zeros(2, 2)}))
    found = fit(table(), path)
    assert found.differing == (f"{first}: 2 × 2 ≠ 16 × 13",)
    assert found.lines() == found.differing[0]
    path.write_bytes(save({"odd": torch.ones(2)}))
    assert (fit(table(), path).given.tensors, fit(table(), path).unexpected) == ({}, ("odd",))


def test_a_run_begins_with_weights_that_are_given(tmp_path: Path) -> None:
    state = build(table(), seed=7).state_dict()
    given = Given({**state, "odd": torch.ones(2)}, "some.pt")
    events = list(run(table(), device="cpu", max_steps=0, run_dir=tmp_path / "run", weights=given))
    started = next(event for event in events if isinstance(event, Started))
    said = f"The run begins with weights of “some.pt”: {len(state)} of {len(state)}."
    assert said in [str(one) for one in started.choices]
    begun = read_weights(tmp_path / "run" / "last.safetensors")
    assert {name for name in state if torch.equal(begun[name], state[name])} == set(state)


def test_a_block_that_is_to_begin_anew_takes_no_weights() -> None:
    given = Given(
        {"fc.weight": torch.ones(2), "fc2.weight": torch.ones(2), "body.fc.bias": torch.ones(2)}, "a"
    )
    assert list(given.without(["fc"]).tensors) == ["fc2.weight", "body.fc.bias"]
    assert list(given.without(["body.fc", "fc2"]).tensors) == ["fc.weight"]
    assert given.without([]) is given
