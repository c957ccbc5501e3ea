"""Shows what recurrent layers do over time for one sample: their gates, their memory and their state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import nn

from studio.graph import Message
from studio.project import Project
from studio.train.judging.inside import layers
from studio.train.judging.interpreting import asked
from studio.train.judging.trying import Tried, outputs_of
from studio.train.recipe import TrainError

MOST_STEPS = 1000
"""Steps that are shown, the last ones."""

MOST_UNITS = 512
"""Units that are shown, the first ones."""

Quantity = Literal["input", "forget", "output", "reset", "update", "candidate", "memory", "state"]


@dataclass(frozen=True)
class Course:
    """One thing that every unit of a layer has at every step.

    Attributes:
        quantity: what it is.
        values: unit after unit, each over all steps.
        mean: over all units, for each step.
    """

    quantity: Quantity
    values: tuple[tuple[float, ...], ...]
    mean: tuple[float, ...]

    @property
    def gate(self) -> bool:
        """Whether it opens and shuts: 0 lets nothing through, 1 everything."""
        return self.quantity in ("input", "forget", "output", "reset", "update")


@dataclass(frozen=True)
class Recurring:
    """A layer that reads a sequence.

    Attributes:
        title: its name.
        layer: of layers on top of each other which one, from 1; 0 where there is one only.
        backwards: whether it reads from the end.
        courses: its gates first.
    """

    title: str
    layer: int
    backwards: bool
    courses: tuple[Course, ...]


@dataclass(frozen=True)
class Recurrence:
    """What the recurrent layers of a network do for a sample.

    Attributes:
        layers: in the order in which they ran.
        steps: how many steps are shown.
        seen: what came in at each step, where that was one number; else empty.
        words: the tokens, where the steps are those.
    """

    layers: tuple[Recurring, ...]
    steps: int
    seen: tuple[float, ...]
    words: tuple[str, ...]


def recurs(model: nn.Module) -> bool:
    """Tell whether a network has a layer that reads a sequence step by step."""
    return any(isinstance(module, nn.RNNBase) for module in model.modules())


def recurrence(model: nn.Module, project: Project, network: str, tried: Tried) -> Recurrence:
    """Follow a sample through every recurrent layer, step by step.

    Raises:
        NetwrightError: there is no such layer.
    """
    titles = {layer.place: layer.title for layer in layers(project, network, model)}
    found = list[Recurring]()
    with asked(model), torch.no_grad(), _heard(model) as heard:
        outputs_of(model, tried.inputs)
        for name, module, given, state in heard:
            found += _followed(titles.get(name, name), module, given, state)
    if not found:
        raise TrainError(Message("No layer of this network reads a sequence step by step."))
    first = next(iter(tried.inputs.values()))[0]
    steps = len(found[0].courses[0].mean)
    seen = first.reshape(len(first), -1)[-steps:].float()
    one = first.is_floating_point() and seen.shape[1] == 1
    words = tried.shown.words
    if words and len(words) < steps and len(first) == steps:  # what only fills the sequence is left out
        found = [_cut(layer, len(words)) for layer in found]
        steps = len(words)
    return Recurrence(
        tuple(found),
        steps,
        tuple(seen[:, 0].tolist()) if one else (),
        words if len(words) == steps else (),
    )


Heard = tuple[str, nn.RNNBase, torch.Tensor, Any]


@contextmanager
def _heard(model: nn.Module) -> Iterator[list[Heard]]:
    """Note what comes into every recurrent layer."""
    found = list[Heard]()

    def listener(name: str) -> Any:
        def note(module: nn.Module, given: tuple[Any, ...]) -> None:
            assert isinstance(module, nn.RNNBase)
            found.append((name, module, given[0].detach(), given[1] if len(given) > 1 else None))

        return note

    handles = [
        module.register_forward_pre_hook(listener(name))
        for name, module in model.named_modules()
        if isinstance(module, nn.RNNBase)
    ]
    try:
        yield found
    finally:
        for handle in handles:
            handle.remove()


def _followed(title: str, module: nn.RNNBase, given: torch.Tensor, state: Any) -> Iterator[Recurring]:
    """Compute a layer anew, step by step, as its equations say."""
    rows = (given[0] if module.batch_first else given[:, 0]).float()
    ways = 2 if module.bidirectional else 1
    for layer in range(module.num_layers):
        out = list[torch.Tensor]()
        for way in range(ways):
            begin = _begin(module, state, layer * ways + way)
            courses = _courses(module, rows.flip(0) if way else rows, layer, way, begin)
            if way:
                courses = {key: values.flip(0) for key, values in courses.items()}
            out.append(courses["state"])
            yield Recurring(
                title,
                layer + 1 if module.num_layers > 1 else 0,
                bool(way),
                tuple(_course(quantity, values) for quantity, values in courses.items()),
            )
        rows = torch.cat(out, 1)


def _begin(module: nn.RNNBase, state: Any, place: int) -> tuple[torch.Tensor, torch.Tensor]:
    size = module.proj_size or module.hidden_size
    states = (state if isinstance(state, tuple) else (state,)) if state is not None else ()
    found = [each[place, 0].float() for each in states]
    where = next(module.parameters()).device
    hidden = found[0] if found else torch.zeros(size, device=where)
    cell = found[1] if len(found) > 1 else torch.zeros(module.hidden_size, device=where)
    return hidden, cell


def _courses(
    module: nn.RNNBase,
    rows: torch.Tensor,
    layer: int,
    way: int,
    begin: tuple[torch.Tensor, torch.Tensor],
) -> dict[Quantity, torch.Tensor]:
    end = f"_l{layer}" + ("_reverse" if way else "")

    def part(name: str) -> torch.Tensor:
        found: torch.Tensor = getattr(module, name + end)
        return found.float()

    zero = torch.zeros((), device=rows.device)
    into = rows @ part("weight_ih").T + (part("bias_ih") if module.bias else zero)
    back, offset = part("weight_hh").T, part("bias_hh") if module.bias else zero
    hidden, cell = begin
    steps = dict[Quantity, list[torch.Tensor]]()

    def keep(quantity: Quantity, values: torch.Tensor) -> None:
        steps.setdefault(quantity, []).append(values)

    for row in into:
        past = hidden @ back + offset
        if isinstance(module, nn.LSTM):
            i, f, g, o = (row + past).chunk(4)
            i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
            cell = f * cell + i * g
            hidden = o * cell.tanh()
            for quantity, gate in (("input", i), ("forget", f), ("output", o), ("candidate", g)):
                keep(quantity, gate)  # type: ignore[arg-type]  # all of them are quantities
            keep("memory", cell)
            if module.proj_size:
                hidden = hidden @ part("weight_hr").T
        elif isinstance(module, nn.GRU):
            (r, z, n), (past_r, past_z, past_n) = row.chunk(3), past.chunk(3)
            r, z = (r + past_r).sigmoid(), (z + past_z).sigmoid()
            n = (n + r * past_n).tanh()
            hidden = (1 - z) * n + z * hidden
            keep("reset", r)
            keep("update", z)
            keep("candidate", n)
        else:
            hidden = (row + past).relu() if module.mode == "RNN_RELU" else (row + past).tanh()
        keep("state", hidden)
    return {quantity: torch.stack(values) for quantity, values in steps.items()}


def _course(quantity: Quantity, values: torch.Tensor) -> Course:
    shown = values[-MOST_STEPS:].cpu()
    rows = shown.T[:MOST_UNITS]
    return Course(quantity, tuple(tuple(row) for row in rows.tolist()), tuple(shown.mean(1).tolist()))


def _cut(layer: Recurring, steps: int) -> Recurring:
    courses = tuple(
        Course(one.quantity, tuple(row[:steps] for row in one.values), one.mean[:steps])
        for one in layer.courses
    )
    return Recurring(layer.title, layer.layer, layer.backwards, courses)
