"""Files of networks that take any length take any length, too; where a maker cannot, that is told."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import torch

from studio.compiler import build
from studio.exchange import export
from studio.graph import Value
from studio.project import Project
from tests.drawing import chain

ATTENTION = chain(
    ("input", {"shape": (16,), "dtype": "int64", "open": "T"}),
    ("embedding", {"num_embeddings": 50, "embedding_dim": 8}),
    ("self_attention", {"num_heads": 2}),
    ("mean", {"dim": 1}),
    ("linear", {"out_features": 3}),
    ("output", {}),
)[0]

PICTURES = chain(
    ("input", {"shape": (3, 24, 32), "open": "-, 2H, W"}),
    ("conv2d", {"out_channels": 4, "padding": 1}),
    ("relu", {}),
    ("conv2d", {"out_channels": 2, "padding": 1}),
    ("output", {}),
)[0]

RECURRENT = chain(
    ("input", {"shape": (6, 8), "open": "T"}),
    ("lstm", {"hidden_size": 5}),
    ("mean", {"dim": 1}),
    ("output", {}),
)[0]


def given(project: Project, *sizes: int) -> torch.Tensor:
    return torch.randint(0, 50, sizes) if len(sizes) == 2 else torch.randn(*sizes)


@pytest.mark.parametrize(
    ("project", "sizes"), [(ATTENTION, (2, 21)), (PICTURES, (2, 3, 30, 17))], ids=["attention", "pictures"]
)
@pytest.mark.parametrize("format", ["pt2", "onnx"])
def test_files_take_other_lengths(
    project: Project, sizes: tuple[int, ...], format: str, tmp_path: Path
) -> None:
    model = build(project, seed=1).eval()
    report = export(project, format, tmp_path / f"model.{format}", model=model)
    assert report.notes == ()
    data = given(project, *sizes)
    expected = model(data)
    if format == "pt2":
        received = torch.export.load(tmp_path / "model.pt2").module()(data)
    else:
        import onnxruntime

        session = onnxruntime.InferenceSession(tmp_path / "model.onnx", providers=["CPUExecutionProvider"])
        (name,) = (one.name for one in session.get_inputs())
        received = torch.from_numpy(session.run(None, {name: data.numpy()})[0])
    torch.testing.assert_close(received, expected, rtol=1e-4, atol=1e-5)


def test_onnx_calls_the_sizes_by_their_names(tmp_path: Path) -> None:
    export(PICTURES, "onnx", tmp_path / "model.onnx", model=build(PICTURES, seed=1))
    (entry,) = onnx.load(tmp_path / "model.onnx").graph.input
    dims = [one.dim_param or one.dim_value for one in entry.type.tensor_type.shape.dim]
    assert dims == ["batch", 3, "2H", "W"]


@pytest.mark.parametrize(
    ("format", "told"), [("pt2", True), ("onnx", False), ("pt", False), ("python", False)]
)
def test_a_length_that_cannot_be_left_open_is_told(format: str, told: bool, tmp_path: Path) -> None:
    target = tmp_path / ("model" if format == "python" else f"model.{format}")
    report = export(RECURRENT, format, target, model=build(RECURRENT, seed=1))
    said = [str(note) for note in report.notes if "alone" in str(note)]
    assert len(said) == told
    assert all(one.startswith("These files take B × 6 × 8 alone") for one in said)


def test_what_the_network_itself_does_not_take_is_not_asked_of_its_files(tmp_path: Path) -> None:
    body: list[tuple[str, dict[str, Value]]] = [
        ("embedding", {"num_embeddings": 50, "embedding_dim": 8}),
        ("learned_position", {"max_length": 16}),
    ]
    project, _ = chain(("input", {"shape": (16,), "dtype": "int64", "open": "T"}), *body, ("output", {}))
    report = export(project, "pt2", tmp_path / "model.pt2", model=build(project, seed=1))
    assert report.notes == ()
