"""Every format holds every kind of network, and computes what the network computes."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_model, save
from torch import nn

from studio.compiler import build
from studio.exchange import ExchangeError, UnknownFormatError, find_format, formats
from studio.exchange.calibrating import invented
from studio.exchange.outgoing.safetensors import untied
from studio.exchange.parity import compare
from studio.exchange.probes import BATCHES, probes, sampled
from studio.exchange.subject import Subject, by_name, call, subject_of
from studio.project import Project
from studio.project.file import loads
from tests.exchange.networks import NETWORKS, pairs, sentences, table

FORMATS = [made.id for made in formats()]


def subject(project: Project) -> Subject:
    return subject_of(project, "main", build(project, seed=0), ("a", "b"), {"kind": "vector"})


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Path]:
    """A folder from which a stranger imports, and nothing of it afterwards."""
    known = set(sys.modules)
    sys.path.insert(0, str(tmp_path))
    yield tmp_path
    while str(tmp_path) in sys.path:
        sys.path.remove(str(tmp_path))
    for name in set(sys.modules) - known:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def test_the_formats_are_those_that_are_promised() -> None:
    assert FORMATS == ["safetensors", "pt", "python", "pt2", "onnx", "onnx-int8"]


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"There is no format “word”\. There are: safetensors, pt"):
        find_format("word")


ALIKE = {("onnx-int8", kind) for kind in ("composites", "judged", "table")}
"""Rounding meets nothing there that it does not meet in the others, and making such a file takes its time."""


@pytest.mark.parametrize(
    ("id", "kind"), [(id, kind) for id in FORMATS for kind in NETWORKS if (id, kind) not in ALIKE]
)
def test_a_format_computes_what_the_network_computes(id: str, kind: str, stranger: Path) -> None:
    made, given = find_format(id), subject(NETWORKS[kind]())
    if made.calibrated:
        given = dataclasses.replace(given, samples=invented(given))
    files = made.make(given, f"net{made.suffix}")
    for name, content in files.items():
        (stranger / name).write_bytes(content)
    (stranger / "network.py").write_text(given.source())
    model = made.opened_by(str(stranger), next(iter(files)), {**given.facts(), "threads": 1})
    chosen = sampled(given.samples) if made.calibrated else probes(given.program)
    received = [by_name(call(model, probe.inputs), given.outputs) for probe in chosen]
    rows = compare(chosen, [given.run(probe.inputs) for probe in chosen], received, made.tolerance)
    kinds = ("samples",) if made.calibrated else ("zeros", "random", "extreme")
    assert [(row.input, row.batch) for row in rows] == [(kind, batch) for kind in kinds for batch in BATCHES]
    if not made.tolerance:
        assert {row.max_difference for row in rows} == {0.0}


def test_probes_reach_every_token_and_no_further() -> None:
    found = probes(subject(sentences()).program)
    values = {probe.kind: set(probe.inputs["x"].flatten().tolist()) for probe in found if probe.batch == 5}
    assert values["zeros"] == {0}
    assert values["extreme"] == {199}
    assert len(values["random"]) > 20
    assert max(values["random"]) < 200


def test_probes_are_the_same_each_time_and_draw_nothing_from_the_world() -> None:
    given, state = subject(pairs()), torch.get_rng_state()
    first, second = probes(given.program), probes(given.program)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(
        torch.equal(a.inputs[name], b.inputs[name])
        for a, b in zip(first, second, strict=True)
        for name in ("a", "b")
    )


def test_a_live_model_is_neither_changed_nor_followed() -> None:
    project = table()
    model = build(project, seed=0).train()
    taken = subject_of(project, "main", model)
    assert model.training
    assert not taken.model.training
    before = {name: value.clone() for name, value in taken.state().items()}
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(1)
    assert all(torch.equal(value, before[name]) for name, value in taken.state().items())


def test_pt_holds_plain_types_only() -> None:
    given = subject(table())
    held = torch.load(io.BytesIO(find_format("pt").make(given, "x.pt")["x.pt"]), weights_only=True)
    assert held["classes"] == ["a", "b"]
    assert held["preprocessing"] == {"kind": "vector"}
    assert loads(held["graph"]) == given.project
    assert list(held["state_dict"]) == list(given.model.state_dict())


def test_safetensors_explains_itself(tmp_path: Path) -> None:
    given = subject(table())
    path = tmp_path / "x.safetensors"
    path.write_bytes(find_format("safetensors").make(given, path.name)[path.name])
    with safe_open(path, framework="pt") as file:
        facts = file.metadata()
    assert loads(facts["netwright.graph"]) == given.project
    assert json.loads(facts["netwright.classes"]) == ["a", "b"]
    assert json.loads(facts["netwright.preprocessing"]) == {"kind": "vector"}
    assert facts["netwright.network"] == "main"


def test_tied_weights_are_kept_once_and_load_as_torch_loads_them(tmp_path: Path) -> None:
    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first = nn.Linear(4, 4, bias=False)
            self.second = nn.Linear(4, 4, bias=False)
            self.second.weight = self.first.weight

    model = Tied()
    weights, tied = untied(model.state_dict())
    assert set(weights) == {"first.weight"}
    assert tied == {"second.weight": "first.weight"}
    path = tmp_path / "tied.safetensors"
    path.write_bytes(save(weights, tied))
    other = Tied()
    load_model(other, path)
    assert torch.equal(other.second.weight, model.first.weight)


def test_a_part_of_a_larger_tensor_is_kept_by_itself() -> None:
    weights, tied = untied({"part": torch.arange(10.0)[2:5], "turned": torch.arange(6.0).reshape(2, 3).T})
    assert not tied
    assert weights["part"].untyped_storage().nbytes() == 12
    assert weights["turned"].is_contiguous()
    assert weights["turned"].tolist() == [[0, 3], [1, 4], [2, 5]]


def test_python_is_a_folder_or_a_module_with_what_belongs_to_it() -> None:
    made, given = find_format("python"), subject(table())
    assert list(made.make(given, "net")) == ["model.py", "weights.pt", "train.py", "README.txt"]
    files = made.make(given, "wine.py")
    assert list(files) == ["wine.py", "wine.pt", "wine_train.py"]
    assert b"from wine import Main" in files["wine_train.py"]
    assert b'importlib.import_module("my-net").Main' in made.make(given, "my-net.py")["my-net_train.py"]
    assert not [text for name, text in files.items() if name.endswith(".py") and b"studio" in text]


def test_onnx_names_its_parts_and_leaves_the_batch_open() -> None:
    import onnx

    given = subject(NETWORKS["outputs"]())
    model = onnx.load_from_string(find_format("onnx").make(given, "x.onnx")["x.onnx"])
    assert [found.name for found in model.graph.input] == ["x"]
    assert [found.name for found in model.graph.output] == ["scores", "number"]
    facts = {found.key: json.loads(found.value) for found in model.metadata_props}
    assert facts["netwright.classes"] == ["a", "b"]
    onnx.checker.check_model(model, full_check=True)


@pytest.mark.parametrize("kind", NETWORKS)
def test_onnx_calls_the_open_size_batch(kind: str, tmp_path: Path) -> None:
    """On every input and output; and inside, nothing is left of the exporter's own symbols."""
    import onnx

    given = subject(NETWORKS[kind]())
    path = tmp_path / "x.onnx"
    path.write_bytes(find_format("onnx").make(given, path.name)[path.name])
    graph = onnx.load(path).graph

    def sizes(value: onnx.ValueInfoProto) -> list[int | str]:
        return [size.dim_param or size.dim_value for size in value.type.tensor_type.shape.dim]

    assert {found.name: sizes(found) for found in graph.input} == {
        name: ["batch", *tensor.at(1)[1:]] for _, name, tensor in given.program.inputs
    }
    assert {found.name: sizes(found) for found in graph.output} == {
        name: ["batch", *tensor.at(1)[1:]] for name, _, tensor in given.program.outputs
    }
    symbols = [size for found in graph.value_info for size in sizes(found) if isinstance(size, str)]
    assert not [size for size in symbols if "batch" not in size]


@pytest.mark.parametrize("id", FORMATS)
def test_no_folder_of_this_machine_leaves_with_a_file(id: str) -> None:
    home = str(Path(__file__).resolve().parents[2]).encode()
    for content in find_format(id).make(subject(NETWORKS["outputs"]()), "x").values():
        assert home not in content
        assert b"site-packages" not in content


def test_onnx_refuses_what_one_file_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.exchange.outgoing import onnx as module

    monkeypatch.setattr(module, "LARGEST", 100)
    with pytest.raises(ExchangeError, match=r"an \.onnx file holds 2000"):
        find_format("onnx").make(subject(table()), "x.onnx")
