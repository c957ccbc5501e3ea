"""Measures versions of one network side by side: its file, its work, its speed, and how well it does."""

from __future__ import annotations

import statistics
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import fx, nn

from studio.compiler import Analyser
from studio.compiler.module import TENSOR
from studio.data import Dataset
from studio.exchange import worker
from studio.exchange.declare import Format, Progress, find_format
from studio.exchange.exporting import missing_modules
from studio.exchange.lighter.zeroing import weights_of
from studio.exchange.subject import Subject, call
from studio.graph import Message, NetwrightError
from studio.project import GraphRef
from studio.train.judging.evaluate import Part, evaluate

BATCH = 32
"""Samples in a batch whose time is taken."""

ROUNDS = 60
"""Batches of each version at most; they take turns, so that a busy moment meets all alike."""

SECONDS = 6.0
"""No longer than this for the rounds of one runner."""

ONNX, INT8, PLAIN = "onnx", "onnx-int8", "safetensors"


@dataclass(frozen=True)
class Version:
    """A network to be measured.

    Attributes:
        name: what was done to it.
        subject: the network with its weights, and samples.
        whole: it is computed with whole numbers of eight bits.
    """

    name: Message
    subject: Subject
    whole: bool = False

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Figures:
    """What one version costs, and how well it does.

    Attributes:
        name: what was done to it.
        format: id of the format of its file.
        bytes: size of that file.
        packed: its size packed as a zip file packs it: zeros take next to nothing there.
        parameters: learnable numbers.
        nonzero: those of them that are not zero.
        multiply_adds: of one sample.
        torch: seconds a batch in PyTorch; None where it runs elsewhere only.
        runtime: seconds a batch in ONNX Runtime; None where that is not installed.
        metrics: on the part of the data that was set aside.
    """

    name: Message
    format: str
    bytes: int
    packed: int
    parameters: int
    nonzero: int
    multiply_adds: int
    torch: float | None
    runtime: float | None
    metrics: Mapping[str, float]

    __hash__ = None  # type: ignore[assignment]

    def json(self) -> dict[str, object]:
        """Give what the command line prints."""
        return {
            "version": str(self.name),
            "format": self.format,
            "bytes": self.bytes,
            "packed_bytes": self.packed,
            "parameters": self.parameters,
            "nonzero": self.nonzero,
            "multiply_adds": self.multiply_adds,
            "milliseconds": {
                "pytorch": None if self.torch is None else 1000 * self.torch,
                "onnxruntime": None if self.runtime is None else 1000 * self.runtime,
            },
            "metrics": dict(self.metrics),
        }


@dataclass(frozen=True)
class Measured:
    """What came of measuring.

    Attributes:
        rows: the figures of each version, in order.
        files: the file of each version, in the same order.
        batch: samples in a batch whose time was taken.
        part: of the data, by which they were judged.
    """

    rows: tuple[Figures, ...]
    files: tuple[bytes, ...]
    batch: int
    part: Part = "test"
    notes: tuple[Message, ...] = field(default=())

    __hash__ = None  # type: ignore[assignment]


def can_round() -> bool:
    """Tell whether what holds numbers in eight bits is installed."""
    return not missing_modules(find_format(INT8))


def measure(versions: Sequence[Version], data: Dataset | None, progress: Progress) -> Measured:
    """Measure versions of a network side by side.

    Args:
        versions: the versions; the first is what the others are held against.
        data: what they are judged by; None where it cannot be read.
        progress: told how far it is; whatever it raises ends it.

    Raises:
        NetwrightError: a file cannot be made.
    """
    runtime = can_round()
    files: list[bytes] = []
    kinds: list[str] = []
    for number, version in enumerate(versions):
        kind = INT8 if version.whole else ONNX if runtime else PLAIN
        share = 0.7 * number / len(versions)
        files.append(_file(find_format(kind), version.subject, progress, share))
        kinds.append(kind)
    progress(Message("Measuring the speed"), 0.75)
    inputs = {name: values[:BATCH] for name, values in versions[0].subject.samples.items()}
    sessions = [_session(content) if runtime else None for content in files]
    served = [
        _served(version.subject, session) if session is not None else None
        for version, session in zip(versions, sessions, strict=True)
    ]
    live = [None if version.whole else version.subject.model for version in versions]
    in_torch = _side_by_side(live, inputs, lambda doing, share: progress(doing, 0.75 + 0.05 * share))
    in_runtime = _side_by_side(served, inputs, lambda doing, share: progress(doing, 0.8 + 0.05 * share))
    rows = []
    notes: list[Message] = []
    part: Part = "test"
    for number, version in enumerate(versions):
        progress(Message("Judging by samples that were set aside"), 0.85 + 0.15 * number / len(versions))
        model = served[number] if version.whole else version.subject.model
        assert model is not None
        found, told, part = _judged(model, version.subject, data)
        notes += [note for note in told if note not in notes]
        subject = version.subject
        report = Analyser().analyse(subject.project, GraphRef("network", subject.network))
        thinned = set(weights_of(subject.model))
        nonzero = sum(
            int((value != 0).sum()) if name in thinned else value.numel()
            for name, value in subject.model.named_parameters()
        )
        rows.append(
            Figures(
                version.name,
                kinds[number],
                len(files[number]),
                len(zlib.compress(files[number], 6)),
                report.parameters or 0,
                nonzero,
                report.multiply_adds or 0,
                in_torch[number],
                in_runtime[number],
                found,
            )
        )
    size = len(next(iter(inputs.values())))
    return Measured(tuple(rows), tuple(files), size, part, tuple(notes))


def _file(made: Format, subject: Subject, progress: Progress, share: float) -> bytes:
    making = Message("Making {format}", format=made.title)
    progress(making, share)
    name = f"network{made.suffix}"
    if made.apart:
        files = worker.make_apart(made, subject, name, lambda: progress(making, share))
    else:
        files = made.make(subject, name)
    return next(iter(files.values()))


def _session(content: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


class _Running(nn.Module):
    """Calls a session with the inputs of a network in their order."""

    def __init__(self, session: Any, inputs: Sequence[str]) -> None:
        super().__init__()
        self._session, self._inputs = session, tuple(inputs)
        self.names = [found.name for found in session.get_outputs()]

    def forward(self, *given: torch.Tensor) -> torch.Tensor | dict[str, torch.Tensor]:
        """Run it."""
        numbers = {
            name: tensor.detach().contiguous().numpy()
            for name, tensor in zip(self._inputs, given, strict=True)
        }
        found = [torch.from_numpy(value) for value in self._session.run(self.names, numbers)]
        return found[0] if len(found) == 1 else dict(zip(self.names, found, strict=True))


def _served(subject: Subject, session: Any) -> nn.Module:
    """Give what calls a session, and is called like the network that its file was made of."""
    root, graph = nn.Module(), fx.Graph()
    root.add_module("session", _Running(session, subject.inputs))
    entries = []
    for _, name, taken in subject.program.inputs:
        entry = graph.placeholder(name)
        entry.meta[TENSOR] = taken
        entries.append(entry)
    graph.output(graph.call_module("session", tuple(entries)))
    return fx.GraphModule(root, graph)


def _side_by_side(
    models: Sequence[nn.Module | None], inputs: Mapping[str, torch.Tensor], progress: Progress
) -> list[float | None]:
    """Take the time of a batch: the median over rounds in which all take their turn."""
    times: list[list[float]] = [[] for _ in models]
    until = time.monotonic() + SECONDS
    for number in range(ROUNDS + 3):
        progress(Message("Measuring the speed"), number / (ROUNDS + 3))
        for model, taken in zip(models, times, strict=True):
            if model is not None:
                began = time.perf_counter()
                call(model, inputs)
                taken.append(time.perf_counter() - began)
        if time.monotonic() > until and number > 3:
            break
    # The first ones are slower: memory is laid out for them.
    return [statistics.median(taken[3:]) if taken else None for taken in times]


def _judged(
    model: nn.Module, subject: Subject, data: Dataset | None
) -> tuple[dict[str, float], tuple[Message, ...], Part]:
    plan = subject.project.plan
    if data is None or subject.network not in plan.networks.values():
        return {}, (), "test"
    models = {role: each.model for role, each in subject.companions.items()}
    ordered = {
        role: model if name == subject.network else models[role] for role, name in plan.networks.items()
    }
    try:
        found = evaluate((model if len(ordered) == 1 else nn.ModuleDict(ordered), data, plan))
    except NetwrightError as refused:
        return {}, (refused.message,), "test"
    return dict(found.metrics), (), found.part
