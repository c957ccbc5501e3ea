"""ONNX: runs in ONNX Runtime and many other programs and devices, for any batch size."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import torch

from studio.exchange.declare import ExchangeError, Files, file_format
from studio.exchange.outgoing.pt2 import program_of
from studio.exchange.subject import Subject
from studio.graph import Message

if TYPE_CHECKING:
    from onnx import ModelProto

BATCH = "batch"
"""How the size that is left open is called."""

OPSET = 20
"""The version of the operators: the newest that every runtime of the last two years knows."""

LARGEST = 2_000_000_000
"""What one file of this kind can hold, in bytes."""


def load(folder: str, name: str, facts: Mapping[str, Any]) -> Any:
    """Open it as a stranger who has ONNX Runtime."""
    from pathlib import Path

    import onnxruntime
    import torch

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = facts["threads"]
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(Path(folder, name)), options, providers=["CPUExecutionProvider"]
    )
    names = [found.name for found in session.get_outputs()]

    def run(*inputs: Any, **named: Any) -> dict[str, Any]:
        given = named or dict(zip(facts["inputs"], inputs, strict=True))
        found = session.run(names, {name: tensor.numpy() for name, tensor in given.items()})
        return {name: torch.from_numpy(value) for name, value in zip(names, found, strict=True)}

    return run


@file_format(
    "onnx",
    order=50,
    title=Message("ONNX (.onnx)"),
    suffix=".onnx",
    doc=Message("Runs in ONNX Runtime and on many devices, without PyTorch, for any batch size."),
    opened_by=load,
    needs="onnx",
    modules=("onnx", "onnxscript", "onnxruntime"),
    apart=True,
    tolerance=1e-4,
)
def make(subject: Subject, name: str) -> Files:
    """Give the file."""
    content: bytes = model_of(subject).SerializeToString()
    return {name: content}


def model_of(subject: Subject) -> ModelProto:
    """Give the network as ONNX.

    Raises:
        ExchangeError: its weights are more than a file can hold.
    """
    size = sum(tensor.nbytes for tensor in subject.state().values())
    if size > LARGEST:
        raise ExchangeError(
            Message(
                "The weights take {size} MB, and an .onnx file holds 2000. Export .safetensors.",
                size=size // 10**6,
            )
        )
    made = torch.onnx.export(
        program_of(subject),
        dynamo=True,
        opset_version=OPSET,
        input_names=subject.inputs,
        output_names=subject.outputs,
        verbose=False,
    )
    assert made is not None
    model = made.model_proto
    _name_sizes(model, subject)
    for key, value in {"classes": subject.classes, "preprocessing": subject.preprocessing}.items():
        model.metadata_props.add(key=f"netwright.{key}", value=json.dumps(value, ensure_ascii=False))
    return model


def _name_sizes(model: ModelProto, subject: Subject) -> None:
    """Call open sizes by their names, wherever the exporter wrote symbols of its own, such as `s77`."""
    graph = model.graph
    symbols: dict[str, str] = {}
    for value, (_, _, tensor) in zip(graph.input, subject.program.inputs, strict=True):
        for place, size in enumerate(value.type.tensor_type.shape.dim):
            length = tensor.shape[place].length
            if size.dim_param and (place == 0 or length is not None):
                symbols.setdefault(size.dim_param, str(length) if length is not None else BATCH)
    for value in (*graph.input, *graph.output, *graph.value_info):
        for size in value.type.tensor_type.shape.dim:
            if size.dim_param:
                # Inside a network there are also multiples, such as `2*s77`.
                size.dim_param = re.sub(r"\w+", lambda word: symbols.get(word[0], word[0]), size.dim_param)
