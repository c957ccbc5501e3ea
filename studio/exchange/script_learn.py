"""The part of the training script that moves the weights: optimizer, schedule, and what happens in a step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import torch

from studio.compiler.source import literal
from studio.exchange.script_frame import Frame
from studio.graph import Formula, Value
from studio.project import MODEL, Plan
from studio.train.calls import (
    APART,
    FACTOR,
    Name,
    Schedule,
    optimizer_arguments,
    optimizer_call,
    schedule_call,
    targets,
    write,
)

SEARCHES = frozenset({"lbfgs"})
"""Optimizers that compute the loss several times in a step."""

_CPU = torch.device("cpu")


def own_of(plan: Plan) -> Iterator[str]:
    """Give the dotted names of what a script must copy to move the weights."""
    choice = plan.optimizers[MODEL]
    if choice.type in APART:
        yield from targets(optimizer_call(choice, _CPU, Name("chosen"), Name("rest")))


def schedule_of(plan: Plan) -> Schedule | None:
    """Describe the schedule of a plan."""
    return schedule_call(plan.schedules.get(MODEL), plan.optimizers[MODEL])


def optimizer(plan: Plan, frame: Frame) -> Iterator[str]:
    """Write the function that makes the optimizer."""
    choice = plan.optimizers[MODEL]
    # The fused form rounds in another order, so it is asked for as training asks for it.
    rate = literal(optimizer_arguments(choice, _CPU)["lr"])
    yield "def optimizer_of(model: nn.Module) -> torch.optim.Optimizer:"
    yield '    """Give what moves the weights."""'
    if choice.type in APART:
        yield from _apart(plan, frame, rate)
        return
    if not frame.rates:
        yield "    weights = [weight for weight in model.parameters() if weight.requires_grad]"
    else:
        yield f"    weights = grouped(list(model.named_parameters()), {rate})"
    yield f"    return {write(optimizer_call(choice, _CPU, Name('weights')))}"


def _apart(plan: Plan, frame: Frame, rate: str) -> Iterator[str]:
    """Write how two optimizers share the weights."""
    choice = plan.optimizers[MODEL]
    yield f"    names = {{{', '.join(map(literal, sorted(frame.apart)))}}}"
    if choice.type == "sparse_adam":
        yield "    for name, module in model.named_modules():"
        yield '        if f"{name}.weight" in names:'
        yield "            module.sparse = True"
    yield "    named = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]"
    for name, condition in (("chosen", "in"), ("rest", "not in")):
        if frame.rates:
            some = f"[(name, weight) for name, weight in named if name {condition} names]"
            yield f"    {name} = grouped({some}, {rate})"
        else:
            yield f"    {name} = [weight for name, weight in named if name {condition} names]"
    call = optimizer_call(choice, _CPU, Name("chosen"), Name("rest") if frame.others else None)
    yield f"    return {write(call)}"


def grouped(frame: Frame) -> Iterator[str]:
    """Write the function that gives weights with learning rates of their own."""
    factors = ", ".join(f"{literal(place)}: {literal(factor)}" for place, factor in frame.rates.items())
    yield "def grouped(named: list[tuple[str, nn.Parameter]], rate: float) -> list[dict]:"
    yield '    """Give weights by the factor on their learning rate."""'
    yield f"    factors = {{{factors}}}"
    yield "    groups: dict[float, list[nn.Parameter]] = {}"
    yield "    for name, weight in named:"
    yield "        if weight.requires_grad:"
    yield "            places = sorted(factors, key=len, reverse=True)"
    yield '            found = (factors[place] for place in places if name.startswith(place + "."))'
    yield "            groups.setdefault(next(found, 1.0), []).append(weight)"
    yield "    ordered = sorted(groups.items(), key=lambda item: item[0] != 1.0)"
    yield '    return [{"params": group, "lr": rate * factor} for factor, group in ordered]'


def formula_of(plan: Plan) -> Formula | None:
    """Give the formula that a plan's schedule goes by, if it goes by one."""
    schedule = schedule_of(plan)
    return schedule.formula if schedule is not None else None


def factor(formula: Formula) -> Iterator[str]:
    """Write the function of a schedule that goes by a formula."""
    unit = formula.unit
    whole = f", {unit}s: int" if formula.reads_length else ""
    yield f"def {FACTOR}({unit}: int{whole}) -> float:"
    yield f'    """Give the factor on the learning rate after so many {unit}s."""'
    yield f"    return {formula.python()}"


# -- in the loop ---------------------------------------------------------------------------------------


def before_the_loop(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    """Write what is made once."""
    yield "    optimizer = optimizer_of(model)"
    if loop["precision"] == "float16":
        yield "    scaler = torch.amp.GradScaler(DEVICE.type)"
    schedule = schedule_of(plan)
    if schedule is not None:
        named = any(isinstance(each, Name) and each.text == "steps" for each in schedule.call.named.values())
        formula = schedule.formula
        if named or (formula is not None and formula.unit == "step" and formula.reads_length):
            yield "    steps = max(epochs, EPOCHS) * len(batches(count))"
        yield f"    schedule = {write(schedule.call)}"
    if loop["clip_norm"] is not None or loop["clip_value"] is not None:
        yield '    weights = [weight for group in optimizer.param_groups for weight in group["params"]]'
    if loop["l1"]:
        tables = plan.optimizers[MODEL].type == "sparse_adam"
        besides = f" and name not in {{{', '.join(map(literal, sorted(frame.apart)))}}}" if tables else ""
        name = "name" if tables else "_"
        yield "    shrunk = ["
        yield f"        weight for {name}, weight in model.named_parameters()"
        yield f"        if weight.requires_grad and weight.dim() > 1{besides}"
        yield "    ]"


def step(plan: Plan, loop: Mapping[str, Value], computed: list[str]) -> Iterator[str]:
    """Write one step.

    Args:
        plan: how to train.
        loop: the parameters of the loop.
        computed: how outputs and the loss of a batch are computed.
    """
    whole = loop["accumulate"] == 1
    first, last = ("start", "end") if whole else ("first", "last")
    before = [f"batch = take((inputs, targets), order[{first}:{last}])"]
    share = literal(loop["mixup"])
    if loop["mixup"]:
        before += [
            f"share = torch.distributions.Beta({share}, {share}).sample().item()",
            f"mix = max(share, 1 - share), torch.randperm({last} - {first}).to(DEVICE)",
            "batch = {name: mixed(values, mix) for name, values in batch[0].items()}, batch[1]",
        ]
    led = list(computed)
    if loop["l1"]:
        led.append("penalised = loss + L1 * torch.stack([weight.abs().sum() for weight in shrunk]).sum()")
    lowered = "penalised" if loop["l1"] else "loss"
    if not whole:
        lowered = f"({lowered} * ((last - first) / (end - start)))"
    led.append(f"scaler.scale({lowered}).backward()" if _scales(loop) else f"{lowered}.backward()")
    count = f"total += loss.item() * ({last} - {first})"
    held = list(_held(loop))
    if plan.optimizers[MODEL].type in SEARCHES:
        yield from before
        yield "def closure() -> torch.Tensor:"
        yield "    optimizer.zero_grad()"
        yield from (f"    {line}" for line in (*led, *held))
        yield f"    return {'penalised' if loop['l1'] else 'loss'}"
        yield ""
        yield "loss = optimizer.step(closure)"
        yield count
    else:
        yield "optimizer.zero_grad()"
        if whole:
            yield from (*before, *led, count)
        else:
            yield "for first in range(start, end, BATCH_SIZE):"
            yield "    last = min(first + BATCH_SIZE, end)"
            yield from (f"    {line}" for line in (*before, *led, count))
        yield from held
        if _scales(loop):
            yield "scaler.step(optimizer)"
            yield "scaler.update()"
        else:
            yield "optimizer.step()"
    schedule = schedule_of(plan)
    if schedule is not None and schedule.each_step:
        yield "schedule.step()"


def _scales(loop: Mapping[str, Value]) -> bool:
    return loop["precision"] == "float16"


def _held(loop: Mapping[str, Value]) -> Iterator[str]:
    """Write how gradients are held within their limits."""
    if _scales(loop):
        yield "scaler.unscale_(optimizer)"
    if loop["clip_value"] is not None:
        yield f"nn.utils.clip_grad_value_(weights, {literal(loop['clip_value'])})"
    if loop["clip_norm"] is not None:
        yield f"nn.utils.clip_grad_norm_(weights, {literal(loop['clip_norm'])})"


def after_the_epoch(plan: Plan) -> Iterator[str]:
    """Write how the schedule goes on after an epoch."""
    schedule = schedule_of(plan)
    if schedule is not None and not schedule.each_step:
        yield f"        schedule.step({'value' if schedule.watches else ''})"


def mixing() -> Iterator[str]:
    """Write how values of pairs of samples are mixed."""
    yield "def mixed(values: torch.Tensor, mix: tuple[float, torch.Tensor]) -> torch.Tensor:"
    yield '    """Show pairs of samples as one."""'
    yield "    return mix[0] * values + (1 - mix[0]) * values[mix[1]]"
