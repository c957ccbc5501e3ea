"""Files of networks that take any length take any length, too; where a maker cannot, that is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from studio.compiler import build
from studio.exchange import export
from tests.drawing import chain

ATTENTION = chain(
    ("input", {"shape": (16,), "dtype": "int64", "open": "T"}),
    ("embedding", {"num_embeddings": 50, "embedding_dim": 8}),
    ("self_attention", {"num_heads": 2}),
    ("mean", {"dim": 1}),
    ("linear", {"out_features": 3}),
    ("output", {}),
)[0]

RECURRENT = chain(
    ("input", {"shape": (6, 8), "open": "T"}),
    ("lstm", {"hidden_size": 5}),
    ("mean", {"dim": 1}),
    ("output", {}),
)[0]


def test_onnx_takes_other_lengths_by_their_names(tmp_path: Path) -> None:
    import onnxruntime

    model = build(ATTENTION, seed=1).eval()
    report = export(ATTENTION, "onnx", tmp_path / "model.onnx", model=model)
    assert report.notes == ()
    data = torch.randint(0, 50, (2, 21))
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx", providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    assert entry.shape == ["batch", "T"]
    received = torch.from_numpy(session.run(None, {entry.name: data.numpy()})[0])
    torch.testing.assert_close(received, model(data), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("format", "told"), [("pt2", True), ("pt", False)])
def test_a_length_that_cannot_be_left_open_is_told(format: str, told: bool, tmp_path: Path) -> None:
    report = export(RECURRENT, format, tmp_path / f"model.{format}", model=build(RECURRENT, seed=1))
    said = [str(note) for note in report.notes if "alone" in str(note)]
    assert len(said) == told
    assert all(one.startswith("These files take B × 6 × 8 alone") for one in said)
