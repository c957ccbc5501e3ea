"""How a choice of the plan becomes a call in Python: described once, made by training, written into scripts.

So the script that leaves with a model makes its loss, optimizer and schedule with the same arguments as the
training did.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

import torch

from studio.blocks import Role
from studio.compiler.source import literal
from studio.data.vision import torchvision
from studio.graph import Formula, Value
from studio.project import Choice
from studio.train.loop.rates import factor_of, formula_of

OWN = "studio."
"""Begins what a script copies instead of importing."""


@dataclass(frozen=True)
class Name:
    """What a script knows by a name or a short expression, and training has in its hands.

    Attributes:
        text: how the script writes it.
        value: what it is; None where only a script is written.
    """

    text: str
    value: Any = None

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        target: dotted name of what is called.
        first: arguments by place.
        named: arguments by name; those that are the default of what is called are not written.
    """

    target: str
    first: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    __hash__ = None  # type: ignore[assignment]


def make(value: Any) -> Any:
    """Call what is described, its arguments first."""
    match value:
        case Call(target=target, first=first, named=named):
            return found(target)(*map(make, first), **{key: make(each) for key, each in named.items()})
        case Name(value=known):
            return known
        case list():
            return [make(each) for each in value]
        case _:
            return value


def write(value: Any) -> str:
    """Write it as a script does."""
    match value:
        case Call(target=target, first=first, named=named):
            known = inspect.signature(found(target)).parameters if named else {}
            given = [
                f"{key}={write(each)}"
                for key, each in named.items()
                if key == "lr" or key not in known or known[key].default != each
            ]
            return f"{shown(target)}({', '.join([*map(write, first), *given])})"
        case Name(text=text):
            return text
        case list():
            return f"[{', '.join(map(write, value))}]"
        case _:
            return literal(cast(Value, value))


def targets(value: Any) -> Iterator[str]:
    """Give the dotted names of all that is called."""
    match value:
        case Call(target=target, first=first, named=named):
            yield target
            for each in (*first, *named.values()):
                yield from targets(each)
        case list():
            for each in value:
                yield from targets(each)


def found(target: str) -> Any:
    """Give what a dotted name of the catalogue stands for; it never comes from a file."""
    module, _, name = target.rpartition(".")
    if module.startswith("torchmetrics"):
        torchvision()  # torchmetrics imports it
    return getattr(importlib.import_module(module), name)


def shown(target: str) -> str:
    """Give the name that a script uses."""
    return target.rpartition(".")[2] if target.startswith(OWN) else target.replace("torch.nn.", "nn.")


def target_of(choice: Choice, role: Role) -> str:
    """Give the dotted name behind a choice; empty where nothing is called."""
    declared = choice.declared(role)
    return "" if declared is None else declared.target


# -- losses --------------------------------------------------------------------------------------------


def loss_call(choice: Choice) -> Call:
    """Describe how a loss is made; whether its classes are balanced is another matter.

    Raises:
        NetwrightError: this version does not have it, or a value is wrong.
    """
    values: dict[str, Any] = dict(choice.resolved("loss"))
    values.pop("balance", None)
    if choice.type == "multi_margin":
        values["p"] = int(values["p"])
    if choice.type == "kl_div":
        values["reduction"] = "batchmean"  # the mean that the mathematics means
    weight = values.pop("pos_weight", None)
    if weight is not None:
        values["pos_weight"] = Call("torch.tensor", (weight,))
    return Call(target_of(choice, "loss"), (), values)


# -- schedules -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Schedule:
    """A schedule of the learning rate.

    Attributes:
        call: how it is made.
        each_step: it is stepped after each step, not after each epoch.
        watches: it is told the loss of the epoch.
        formula: what its factor is computed by; a script writes it as the function `FACTOR`.
    """

    call: Call
    each_step: bool = False
    watches: bool = False
    formula: Formula | None = None

    __hash__ = None  # type: ignore[assignment]


FACTOR = "rate_factor"
"""What a script calls the function of a formula."""

_RATES = '[{share}group["lr"] for group in optimizer.param_groups]'


def schedule_call(
    choice: Choice | None,
    optimizer: Choice,
    made: torch.optim.Optimizer | None = None,
    steps: int = 1,
    epochs: int = 1,
) -> Schedule | None:
    """Describe how a schedule is made; None for a rate that stays.

    Args:
        choice: the schedule.
        optimizer: the optimizer whose rate it moves.
        made: the optimizer itself; None where only a script is written.
        steps: the steps of the whole training.
        epochs: the epochs of the whole training.

    Raises:
        NetwrightError: this version does not have it, or a value is wrong.
    """
    if choice is None:
        return None
    values: dict[str, Any] = dict(choice.resolved("schedule"))
    target, subject = target_of(choice, "schedule"), Name("optimizer", made)
    formula = formula_of(choice)
    if formula is not None:
        return _by_formula(target, subject, formula, {"step": steps, "epoch": epochs}[formula.unit])
    if choice.type == "plateau":
        return Schedule(Call(target, (subject,), values), watches=True)
    if choice.type in ("one_cycle", "cyclic"):
        low, high = values.pop("momenta")
        turns = values.pop("cycle_momentum") and _has_momentum(optimizer)
        values["cycle_momentum"] = turns
        if turns:
            values |= {"base_momentum": low, "max_momentum": high}
        rates = [] if made is None else [group["lr"] for group in made.param_groups]
        values["max_lr"] = Name(_RATES.format(share=""), rates)
        if choice.type == "one_cycle":
            values["total_steps"] = Name("steps", steps)
        else:
            low_share = values.pop("low")
            text = _RATES.format(share=f"{literal(low_share)} * ")
            values["base_lr"] = Name(text, [low_share * rate for rate in rates])
        return Schedule(Call(target, (subject,), values), each_step=True)
    return _with_warm_up(target, subject, values)


def _by_formula(target: str, subject: Name, formula: Formula, length: int) -> Schedule:
    by_step = formula.unit == "step"
    text = FACTOR
    if formula.reads_length:
        whole = "steps" if by_step else "max(epochs, EPOCHS)"
        text = f"lambda {formula.unit}: {FACTOR}({formula.unit}, {whole})"
    called = Name(text, factor_of(formula, length))
    return Schedule(Call(target, (subject, called)), each_step=by_step, formula=formula)


def _with_warm_up(target: str, subject: Name, values: dict[str, Any]) -> Schedule | None:
    epochs, begin = values.pop("warmup"), values.pop("warmup_from")
    beside = values.pop("warmup_beside", False)
    if "milestones" in values:
        given = values["milestones"]
        values["milestones"] = sorted(given) if isinstance(given, tuple) else [given]
    plain = Call(target, (subject,), values) if target else None
    if not epochs:
        return None if plain is None else Schedule(plain)
    package = "torch.optim.lr_scheduler"
    rise = Call(f"{package}.LinearLR", (subject,), {"start_factor": begin, "total_iters": epochs})
    if plain is None:
        return Schedule(rise)
    if beside:
        return Schedule(Call(f"{package}.ChainedScheduler", ([rise, plain],)))
    return Schedule(Call(f"{package}.SequentialLR", (subject, [rise, plain]), {"milestones": [epochs]}))


def _has_momentum(optimizer: Choice) -> bool:
    """Tell whether an optimizer has a momentum that a schedule can turn."""
    if optimizer.type in APART:
        return False  # two optimizers, each with its own
    values = optimizer.resolved("optimizer")
    return "betas" in values or bool(values.get("momentum"))


# -- optimizers ----------------------------------------------------------------------------------------

APART = {"muon": "torch.optim.AdamW", "sparse_adam": "torch.optim.Adam"}
"""Optimizers that move only some weights, and what moves the others."""


def optimizer_arguments(choice: Choice, device: torch.device) -> dict[str, Any]:
    """Give all arguments of an optimizer but the parameters, as training makes it.

    The fused form is taken where there is one for the device: one pass over all weights. It rounds in
    another order, so whoever wants the same bits passes these same arguments.
    """
    arguments: dict[str, Any] = dict(choice.resolved("optimizer"))
    if choice.type == "lbfgs" and arguments["line_search_fn"] == "none":
        arguments["line_search_fn"] = None
    return arguments | _fused(target_of(choice, "optimizer"), device)


def optimizer_call(choice: Choice, device: torch.device, weights: Name, rest: Name | None = None) -> Call:
    """Describe how an optimizer is made.

    Args:
        choice: which optimizer.
        device: where it computes.
        weights: the weights, or groups of them.
        rest: the weights that another optimizer moves; see `APART`.

    Raises:
        NetwrightError: this version does not have it, or a value is wrong.
    """
    target, values = target_of(choice, "optimizer"), optimizer_arguments(choice, device)
    plain = Call(target, (weights,), values)
    if choice.type not in APART or rest is None:
        return plain
    other = APART[choice.type]
    shared = {key: values[key] for key in ("lr", "weight_decay", "betas", "eps") if key in values}
    return Call("studio.nn.Together", (plain, Call(other, (rest,), shared | _fused(other, device))))


def _fused(target: str, device: torch.device) -> dict[str, bool]:
    # Of Adagrad there is none but for processors.
    kinds = ("cpu",) if target.endswith("Adagrad") else ("cpu", "cuda", "mps", "xpu")
    known = inspect.signature(found(target)).parameters
    return {"fused": True} if "fused" in known and device.type in kinds else {}
