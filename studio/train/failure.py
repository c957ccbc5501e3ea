"""Finds where a training failed and says it in words; looked at only after a failure, so it costs nothing."""

from __future__ import annotations

import linecache
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import torch
from torch import fx, nn

from studio.compiler import Dim, Tensor, custom
from studio.compiler.module import PLACE
from studio.data.memory import in_units
from studio.graph import Message, NetwrightError
from studio.project import Fix, GraphRef
from studio.train.flowing.places import last_layer
from studio.train.machine.determinism import refusal
from studio.train.machine.devices import used_memory
from studio.train.plans.mending import smaller_batches
from studio.train.recipe import Batch, NotFiniteError, TrainError

_FINITE = Message("finite numbers")
_ASSIGNED = re.compile(r"^\s*(\w+) = ")


@dataclass(frozen=True)
class Explained:
    """A failure in words.

    Attributes:
        message: what happened and what to do.
        place: dotted name of the module it came from, or of the value in a GraphModule; empty for none.
        details: the text of the libraries.
        node: id of the node, where the failure already knew it.
        graph: the graph of that node, likewise.
        expected: what was expected there, if that can be told.
        received: what was received instead.
        fixes: mends to apply with one click.
    """

    message: Message
    place: str
    details: str
    node: str | None = None
    graph: GraphRef | None = None
    expected: Message | None = None
    received: Message | None = None
    fixes: tuple[Fix, ...] = ()

    __hash__ = None  # type: ignore[assignment]


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether memory ran out, on an accelerator or of the computer."""
    return isinstance(error, (torch.OutOfMemoryError, MemoryError)) or (
        isinstance(error, RuntimeError)
        and ("DefaultCPUAllocator" in str(error) or "out of memory" in str(error).lower())
    )


def explain(
    error: BaseException, models: Mapping[str, nn.Module], batch_size: int, device: torch.device
) -> Explained:
    """Say in words what happened."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error.__cause__, StopIteration):
        # Raised inside a generator, Python wraps it; the place is where it came from.
        error = error.__cause__
    if isinstance(error, TrainError):
        return Explained(
            error.message,
            error.place,
            error.details or details,
            error.node,
            error.graph,
            error.expected,
            error.received,
            error.fixes,
        )
    if isinstance(error, NetwrightError):
        return Explained(error.message, "", details)
    place = place_of(error.__traceback__, models)
    if is_out_of_memory(error):
        fixes = (smaller_batches(batch_size // 2),) if batch_size > 1 else ()
        return Explained(_out_of_memory(batch_size, device), place, details, fixes=fixes)
    typed = custom.places(error)
    if typed:
        name, line = typed[-1]
        said = custom.said(error, name).message
        if isinstance(error, custom.TookTooLong):
            said = Message(
                "The code of “{name}” went on after the training was stopped; it was ended at line {line}.",
                name=name,
                line=line,
            )
        return Explained(said, place, details)
    if isinstance(error, SystemExit):
        return Explained(
            Message("A part of the training asked the program to end, which it may not. It was stopped."),
            place,
            details,
        )
    unordered = refusal(error)
    if unordered is not None:
        return Explained(unordered, place, details)
    reason = type(error).__name__
    if place:
        arrived = _received(error.__traceback__)
        return Explained(
            Message(
                "“{node}” could not compute with what reached it ({received}). "
                "Check its parameters and what is connected to it.",
                node=place,
                received=arrived or reason,
            ),
            place,
            details,
            received=Message("{sizes}", sizes=arrived) if arrived else None,
        )
    return Explained(
        Message("An unexpected fault stopped the training ({reason}). See the details.", reason=reason),
        "",
        details,
    )


def _out_of_memory(batch_size: int, device: torch.device) -> Message:
    used = used_memory(device)
    smaller = max(batch_size // 2, 1)
    where = Message("the device") if device.type != "cpu" else Message("this computer")
    if batch_size == 1:
        return Message(
            "The memory of {where} is not enough for this network, even with one sample a step. "
            "Make the network or its input smaller. The run can be resumed.",
            where=where,
        )
    if used is not None:
        return Message(
            "The memory of {where} is full ({used} in use). Set the batch size from {size} to {smaller} or "
            "less and resume the run.",
            where=where,
            used=in_units(used),
            size=batch_size,
            smaller=smaller,
        )
    return Message(
        "The memory of {where} is full. Set the batch size from {size} to {smaller} or less and resume the "
        "run.",
        where=where,
        size=batch_size,
        smaller=smaller,
    )


# -- where ------------------------------------------------------------------------------------------------


def place_of(trace: TracebackType | None, models: Mapping[str, nn.Module]) -> str:
    """Give the innermost module, or value of a GraphModule, that was at work when something was raised."""
    names = {id(module): name for model in models.values() for name, module in model.named_modules()}
    place = ""
    while trace is not None:
        frame = trace.tb_frame
        # Looking at the variables of a frame keeps them alive as long as it lives, so only where it helps.
        owner = frame.f_locals.get("self") if "self" in frame.f_code.co_varnames[:1] else None
        if id(owner) in names and isinstance(owner, nn.Module):
            place = names[id(owner)] or place
        if "eval_with_key" in frame.f_code.co_filename:
            # The code that fx wrote: one line for each node, `conv1 = self.conv1(x)`.
            line = linecache.getline(frame.f_code.co_filename, trace.tb_lineno)
            assigned = _ASSIGNED.match(line)
            if assigned is not None and isinstance(owner, fx.GraphModule):
                inside, drawn = names.get(id(owner), ""), _drawn(owner, assigned[1])
                place = f"{inside}.{drawn}" if inside else drawn
        trace = trace.tb_next
    return place


def _drawn(module: fx.GraphModule, name: str) -> str:
    """Give the identifier of the drawn node that a value of the generated code came from."""
    return next((str(node.meta.get(PLACE, name)) for node in module.graph.nodes if node.name == name), name)


def _received(trace: TracebackType | None) -> str:
    """Give the shapes of the tensors that the innermost `forward` was called with."""
    shapes, batch = "", 0
    while trace is not None:
        frame = trace.tb_frame
        # The recipe has the batch in its hands; inside the network the first size can be more.
        whole = frame.f_locals.get("batch") if "batch" in frame.f_code.co_varnames else None
        batch = whole.size if isinstance(whole, Batch) else batch
        if frame.f_code.co_name == "forward":
            arguments = frame.f_code.co_varnames[1 : frame.f_code.co_argcount]
            found = [frame.f_locals.get(name) for name in arguments]
            tensors = [value for value in found if isinstance(value, torch.Tensor)]
            shapes = ", ".join(_shape(value, batch) for value in tensors)
        trace = trace.tb_next
    return shapes


def _shape(value: torch.Tensor, batch: int) -> str:
    """Write sizes as the canvas does: B for the batch, and for what grows with it."""
    if not batch or not value.dim() or len(value) == 0 or len(value) % batch:
        return str(Tensor(tuple(Dim(0, size) for size in value.shape)))
    return str(Tensor((Dim(len(value) // batch, 0), *(Dim(0, size) for size in value.shape[1:]))))


# -- what is no number ------------------------------------------------------------------------------------


def explain_not_finite(
    error: NotFiniteError,
    models: Mapping[str, nn.Module],
    batch: Batch,
    attempt: Callable[[], object],
    *,
    step: int,
    rate: float,
) -> Explained:
    """Find the first place whose numbers are not finite, and say what to do.

    Args:
        error: what was noticed.
        models: the networks, weights as they were before the step.
        batch: the batch of the step.
        attempt: computes the step again without learning.
        step: its number, counted from 1.
        rate: the learning rate.
    """
    details = str(error)
    for name, values in batch.inputs.items():
        if not _finite(values):
            return Explained(
                Message(
                    "The data holds numbers that are infinite or NaN (in “{name}”, step {step}). "
                    "Remove or fill them. No weight was changed in this step.",
                    name=name,
                    step=step,
                ),
                name,
                details,
                expected=_FINITE,
                received=Message("{value}", value="nan" if bool(values.isnan().any()) else "inf"),
            )
    advice = Message(
        "Lower the learning rate (now {rate}), switch gradient clipping on, or look for extreme numbers in "
        "the data. The weights are those from before this step.",
        rate=f"{rate:g}",
    )
    if error.what == "gradient":
        place = _first_gradient(models)
        return Explained(
            Message(
                "The gradient of “{node}” became infinite or not a number in step {step}. {advice}",
                node=place,
                step=step,
                advice=advice,
            ),
            place,
            details,
            expected=_FINITE,
            received=Message("{value}", value=str(error.value)),
        )
    received = Message("{value}", value=str(error.value))
    place = _first_output(models, attempt)
    if place:
        return Explained(
            Message(
                "The loss became {value} in step {step}: “{node}” was the first to give numbers that are "
                "infinite or NaN. {advice}",
                value=str(error.value),
                step=step,
                node=place,
                advice=advice,
            ),
            place,
            details,
            expected=_FINITE,
            received=received,
        )
    return Explained(
        Message(
            "The loss became {value} in step {step}, though all outputs of the network are finite. {advice}",
            value=str(error.value),
            step=step,
            advice=advice,
        ),
        next((place for model in models.values() if (place := last_layer(model))), ""),
        details,
        expected=_FINITE,
        received=received,
    )


def _first_gradient(models: Mapping[str, nn.Module]) -> str:
    """Give the layer, nearest to the loss, whose gradient is not finite: there it began."""
    for model in models.values():
        for name, parameter in reversed(list(model.named_parameters())):
            if parameter.grad is not None and not _finite(parameter.grad):
                return name.rpartition(".")[0]
    return ""


def _first_output(models: Mapping[str, nn.Module], attempt: Callable[[], object]) -> str:
    """Compute the step again and give the first place whose output is not finite."""
    found: list[str] = []

    def noticed(place: str, value: object) -> None:
        if place and not found and not _finite(value):
            found.append(place)

    with _watched(models, noticed):
        try:
            attempt()
        except (RuntimeError, NotFiniteError):
            # The place was noticed on the way, if there is one.
            return found[0] if found else ""
    return found[0] if found else ""


@contextmanager
def _watched(models: Mapping[str, nn.Module], noticed: Callable[[str, object], None]) -> Iterator[None]:
    """Have every result inside the networks looked at."""
    hooks = []
    graphs: list[nn.Module] = []
    try:
        for model in models.values():
            for name, module in model.named_modules():
                if isinstance(module, fx.GraphModule):
                    # Also results of functions and operators, which are no modules.
                    module.forward = _interpreted(module, name, noticed)
                    graphs.append(module)
                elif not any(True for _ in module.children()):
                    hooks.append(
                        module.register_forward_hook(
                            lambda _module, _inputs, output, name=name: noticed(name, output)
                        )
                    )
        yield
    finally:
        for hook in hooks:
            hook.remove()
        for graph in graphs:
            del graph.forward


class _Interpreter(fx.Interpreter):
    """Runs a GraphModule node by node and shows each result."""

    def __init__(self, module: fx.GraphModule, name: str, noticed: Callable[[str, object], None]) -> None:
        super().__init__(module, garbage_collect_values=False)
        self._prefix = f"{name}." if name else ""
        self._noticed = noticed

    def run_node(self, n: fx.Node) -> Any:
        result = super().run_node(n)
        if n.op not in ("placeholder", "output", "get_attr"):
            place = str(n.target) if n.op == "call_module" else str(n.meta.get(PLACE, n.name))
            self._noticed(self._prefix + place, result)
        return result


def _interpreted(
    module: fx.GraphModule, name: str, noticed: Callable[[str, object], None]
) -> Callable[..., Any]:
    inputs = [str(node.target) for node in module.graph.nodes if node.op == "placeholder"]
    interpreter = _Interpreter(module, name, noticed)

    def forward(*given: Any, **named: Any) -> Any:
        return interpreter.run(*given, *(named[key] for key in inputs[len(given) :]))

    return forward


def _finite(value: object) -> bool:
    if isinstance(value, torch.Tensor):
        return not value.is_floating_point() or bool(torch.isfinite(value).all())
    if isinstance(value, Mapping):
        return all(_finite(part) for part in value.values())
    if isinstance(value, (tuple, list)):
        return all(_finite(part) for part in value)
    return True
