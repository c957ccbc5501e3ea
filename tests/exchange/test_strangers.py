"""A stranger with PyTorch, safetensors and ONNX Runtime alone gets equal outputs from every exported file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest
import torch

from studio import api
from studio.exchange import find_format, formats
from studio.exchange.origin import find_subject
from studio.exchange.probes import probes
from studio.exchange.subject import call
from studio.project import COMPOSITE, Composite, GraphRef, Project, edits
from studio.train import Failed
from tests.drawing import MAIN, add, chain, wire
from tests.exchange.networks import pairs

STRANGER = """
import importlib, sys
sys.modules["studio"] = None  # a stranger has no Netwright
sys.path.insert(0, ".")
import onnxruntime, torch
from safetensors.torch import load_model

name = sys.argv[1]
given = torch.load("given.pt", weights_only=True)
kind = getattr(importlib.import_module("away.model"), name)
weights = torch.load("net.pt", weights_only=True)

def pt():
    model = kind()
    model.load_state_dict(weights["state_dict"])
    return model.eval()

def safetensors():
    model = kind()
    load_model(model, "net.safetensors")
    return model.eval()

def python():
    model = kind()
    model.load_state_dict(torch.load("away/weights.pt", weights_only=True)["state_dict"])
    return model.eval()

def pt2():
    return torch.export.load("net.pt2").module()

def onnx():
    session = onnxruntime.InferenceSession("net.onnx")
    names = [each.name for each in session.get_outputs()]
    asked = [each.name for each in session.get_inputs()]
    def run(*inputs, **named):
        named = named or dict(zip(asked, inputs, strict=True))
        found = session.run(names, {key: value.numpy() for key, value in named.items()})
        found = {key: torch.from_numpy(value) for key, value in zip(names, found, strict=True)}
        return found if len(found) > 1 else found[names[0]]
    return run

for load in (pt, safetensors, python, pt2, onnx):
    model = load()
    for inputs, expected in given:
        with torch.no_grad():
            found = model(*inputs.values()) if len(inputs) == 1 else model(**inputs)
            if len(inputs) > 1 and load is not pt2:  # also in the order of the canvas
                again = model(*inputs.values())
                assert torch.equal(again, found)
        several = isinstance(expected, dict)
        assert isinstance(found, dict) == several, load.__name__
        for key in expected if several else [None]:
            ours, theirs = (expected[key], found[key]) if several else (expected, found)
            assert ours.shape == theirs.shape and ours.dtype == theirs.dtype, (load.__name__, key)
            exact = load in (pt, safetensors, python)
            assert torch.equal(ours, theirs) if exact else torch.allclose(ours, theirs, atol=1e-4), (
                load.__name__, key, float((ours - theirs).abs().max())
            )
print(len(given))
"""


def trained_cnn(folder: Path) -> tuple[Project, Path | None]:
    """The CNN template, after an epoch on the digits."""
    project = edits.set_loop(api.new("cnn"), "threads", 1)
    events = list(api.train(project, device="cpu", epochs=1, run_dir=folder / "run"))
    assert not [event for event in events if isinstance(event, Failed)]
    return project, folder / "run"


def two_inputs_and_a_skip(_folder: Path) -> tuple[Project, Path | None]:
    return pairs(), None


def lstm_of_several_outputs(_folder: Path) -> tuple[Project, Path | None]:
    """Scores, every step of the sequence, and the cells, whose batch is not the first dimension."""
    project = Project()
    project, x = add(project, "input", name="tokens", parameters={"shape": (9,), "dtype": "int64"})
    project, words = add(project, "embedding", [x], parameters={"num_embeddings": 50, "embedding_dim": 6})
    shape = {"hidden_size": 5, "num_layers": 2, "bidirectional": True}
    project, read = add(project, "lstm", [words], parameters=shape)
    project, last = add(project, "select", [(read, "y")], parameters={"dim": 1, "index": -1})
    project, scores = add(project, "linear", [last], parameters={"out_features": 2})
    ends: dict[str, str | tuple[str, str]] = {"scores": scores, "steps": (read, "y"), "cells": (read, "c")}
    for name, source in ends.items():
        project, _ = add(project, "output", [source], name=name)
    return project, None


def repeated_and_shared(_folder: Path) -> tuple[Project, Path | None]:
    """A composite once, three times in a row, and once more with the weights of the first; a layer twice."""
    inner = GraphRef("composite", "Block")
    project = edits.set_composite(Project(), "Block", Composite())
    project, ids = chain(
        ("input", {"shape": (8,)}), ("linear", {"out_features": 8}), ("gelu", {}), ref=inner, project=project
    )
    project, total = add(project, "add", [ids[0], ids[2]], ports=("x", "x"), ref=inner)
    project, _ = add(project, "output", [total], ref=inner)
    project, last = add(project, "input", parameters={"shape": (8,)})
    first = ""
    for changes in ({}, {"repeat": 3}, {"shares": "first"}):
        project, node = edits.add_node(project, MAIN, COMPOSITE, (0, 0), composite="Block")
        first = first or node
        if changes:
            given = {name: first if value == "first" else value for name, value in changes.items()}
            project = edits.change_node(project, MAIN, node, **given)
        project = wire(project, last, node)
        last = node
    project, one = add(project, "linear", [last], parameters={"out_features": 8})
    project, two = add(project, "linear", [one], parameters={"out_features": 8})
    project = edits.change_node(project, MAIN, two, shares=one)
    project, _ = add(project, "output", [two])
    return project, None


NETWORKS: MappingProxyType[str, Callable[[Path], tuple[Project, Path | None]]] = MappingProxyType(
    {
        "the CNN template, trained": trained_cnn,
        "two inputs and a skip": two_inputs_and_a_skip,
        "an LSTM with several outputs": lstm_of_several_outputs,
        "a composite repeated, and shared weights": repeated_and_shared,
    }
)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_stranger_gets_equal_outputs_from_every_format(name: str, tmp_path: Path) -> None:
    project, run = NETWORKS[name](tmp_path)
    subject, _ = find_subject(project, None, None, run)
    place = tmp_path / "some where 别处"
    (place / "away").mkdir(parents=True)
    for made in (each for each in formats() if not each.calibrated):
        target = "away" if made.folder else f"net{made.suffix}"
        for file, content in find_format(made.id).make(subject, target).items():
            (place / ("away" if made.folder else ".") / file).write_bytes(content)
    live = api.build(project, run=run) if run is not None else subject.model
    live.eval()
    given = [(dict(probe.inputs), call(live, probe.inputs)) for probe in probes(subject.program)]
    torch.save(given, place / "given.pt")
    done = subprocess.run(
        [sys.executable, "-I", "-c", STRANGER, subject.class_name],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{len(given)}\n"), done.stderr
    assert {batch for inputs, _ in given for batch in {len(each) for each in inputs.values()}} == {1, 2, 5}
