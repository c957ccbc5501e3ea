"""ONNX with whole numbers of eight bits: a quarter of the file, and fast where processors multiply such."""

from __future__ import annotations

import contextlib
import itertools
import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from studio.exchange.calibrating import invented
from studio.exchange.declare import ExchangeError, Files, file_format
from studio.exchange.outgoing.onnx import load, model_of
from studio.exchange.subject import Subject
from studio.exchange.workplace import workplace
from studio.graph import Message

if TYPE_CHECKING:
    from onnx import ModelProto

AT_ONCE = 64
"""Samples that are looked at together: the outputs of all blocks are held for them."""

_INT8 = (2, 3)
"""How ONNX numbers the kinds of whole numbers of eight bits."""


@file_format(
    "onnx-int8",
    order=60,
    title=Message("ONNX in int8 (.int8.onnx)"),
    suffix=".int8.onnx",
    doc=Message(
        "Whole numbers of 8 bits, fitted to samples of the data: a quarter of the file, often faster."
    ),
    opened_by=load,
    needs="onnx",
    modules=("onnx", "onnxscript", "onnxruntime"),
    apart=True,
    tolerance=0.25,
    calibrated=True,
)
def make(subject: Subject, name: str) -> Files:
    """Give the file.

    Raises:
        ExchangeError: nothing in the network can be held in eight bits.
    """
    import onnx
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    samples = subject.samples or invented(subject)

    class Reader(quantization.CalibrationDataReader):
        """Hands the samples over, some at a time."""

        def __init__(self) -> None:
            self._left = _batches(samples)

        def get_next(self) -> dict[str, Any] | None:
            """Give the next samples; None after the last."""
            return next(self._left, None)

    with workplace("int8") as work, _quiet():
        plain, ready, made = (str(work / f"{part}.onnx") for part in ("plain", "ready", "made"))
        onnx.save(model_of(subject), plain)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        quantization.quantize_static(
            ready,
            made,
            Reader(),
            quant_format=quantization.QuantFormat.QDQ,
            per_channel=True,
            activation_type=quantization.QuantType.QUInt8,
            weight_type=quantization.QuantType.QInt8,
            extra_options={"QuantizeBias": False},
        )
        model = onnx.load(made)
    if not any(tensor.data_type in _INT8 and _count(tensor) > 1 for tensor in model.graph.initializer):
        raise ExchangeError(
            Message("Nothing in this network can be held in 8 bits. Export it as ONNX (.onnx) instead.")
        )
    _without_notes(model)
    content: bytes = model.SerializeToString()
    return {name: content}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep to itself what the quantiser tells everyone of its progress."""
    log = logging.getLogger()
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _batches(samples: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    count = len(next(iter(samples.values())))
    for first in range(0, count, AT_ONCE):
        yield {name: values[first : first + AT_ONCE].numpy() for name, values in samples.items()}


def _count(tensor: Any) -> int:
    count = 1
    for size in tensor.dims:
        count *= size
    return count


def _without_notes(model: ModelProto) -> None:
    """Take off what runs without: notes of makers, and long names of wires that nobody reads again."""
    graph = model.graph
    del graph.value_info[:], graph.metadata_props[:]
    ends = (*graph.input, *graph.output)
    for value in ends:
        del value.metadata_props[:]
    kept = {"", *(value.name for value in ends)}
    fresh = (name for name in (f"{number:x}" for number in itertools.count()) if name not in kept)
    names: dict[str, str] = {}
    held: dict[bytes, str] = {}
    single = []
    for tensor in graph.initializer:
        old, tensor.name, tensor.doc_string = tensor.name, "", ""
        del tensor.metadata_props[:]
        # Blocks with as many channels have the same zeros; they are held once.
        content = tensor.SerializeToString()
        if content not in held:
            held[content] = next(fresh)
            single.append(tensor)
        tensor.name = names[old] = held[content]
    alone = [type(tensor).FromString(tensor.SerializeToString()) for tensor in single]
    del graph.initializer[:]
    graph.initializer.extend(alone)

    def short(name: str) -> str:
        if name not in kept and name not in names:
            names[name] = next(fresh)
        return names.get(name, name)

    for node in graph.node:
        node.name = node.doc_string = ""
        del node.metadata_props[:]
        node.input[:] = [short(each) for each in node.input]
        node.output[:] = [short(each) for each in node.output]
    used = {"" if found.domain == "ai.onnx" else found.domain for found in graph.node}
    kinds = [kind for kind in model.opset_import if kind.domain in used]
    single_kinds = [type(kind).FromString(kind.SerializeToString()) for kind in kinds]
    del model.opset_import[:]
    model.opset_import.extend(single_kinds)
