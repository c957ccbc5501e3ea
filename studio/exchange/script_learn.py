"""The part of the training script that moves the weights: optimizer, schedule, and what happens in a step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import torch

from studio.compiler.source import literal
from studio.exchange.script_data import varied
from studio.exchange.script_frame import Frame
from studio.graph import Formula, Value
from studio.project import MODEL, Plan
from studio.train.plans.calls import (
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
from studio.train.plans.terms import optimizer_of

SEARCHES = frozenset({"lbfgs"})
"""Optimizers that compute the loss several times in a step."""

_CPU = torch.device("cpu")


def own_of(plan: Plan, role: str = MODEL) -> Iterator[str]:
    """Give the dotted names of what a script must copy to move the weights of a role's network."""
    choice = optimizer_of(plan, role)
    if choice.type in APART:
        yield from targets(optimizer_call(choice, _CPU, Name("chosen"), Name("rest")))


def schedule_of(plan: Plan, role: str = MODEL) -> Schedule | None:
    """Describe the schedule of a role."""
    return schedule_call(plan.schedules.get(role), optimizer_of(plan, role))


def optimizer(plan: Plan, frame: Frame) -> Iterator[str]:
    """Write the function that makes the optimizer."""
    choice = optimizer_of(plan, frame.role)
    # The fused form rounds in another order, so it is asked for as training asks for it.
    rate = literal(optimizer_arguments(choice, _CPU)["lr"])
    yield f"def optimizer_of{frame.mark}(model: nn.Module) -> torch.optim.Optimizer:"
    yield '    """Give what moves the weights."""'
    if choice.type in APART:
        yield from _apart(plan, frame, rate)
        return
    if not frame.rates:
        yield "    weights = [weight for weight in model.parameters() if weight.requires_grad]"
    else:
        yield f"    weights = grouped{frame.mark}(list(model.named_parameters()), {rate})"
    yield f"    return {write(optimizer_call(choice, _CPU, Name('weights')))}"


def _apart(plan: Plan, frame: Frame, rate: str) -> Iterator[str]:
    """Write how two optimizers share the weights."""
    choice = optimizer_of(plan, frame.role)
    yield f"    names = {{{', '.join(map(literal, sorted(frame.apart)))}}}"
    if choice.type == "sparse_adam":
        yield "    for name, module in model.named_modules():"
        yield '        if f"{name}.weight" in names:'
        yield "            module.sparse = True"
    yield "    named = [(name, weight) for name, weight in model.named_parameters() if weight.requires_grad]"
    for name, condition in (("chosen", "in"), ("rest", "not in")):
        if frame.rates:
            some = f"[(name, weight) for name, weight in named if name {condition} names]"
            yield f"    {name} = grouped{frame.mark}({some}, {rate})"
        else:
            yield f"    {name} = [weight for name, weight in named if name {condition} names]"
    call = optimizer_call(choice, _CPU, Name("chosen"), Name("rest") if frame.others else None)
    yield f"    return {write(call)}"


def grouped(frame: Frame) -> Iterator[str]:
    """Write the function that gives weights with learning rates of their own."""
    factors = ", ".join(f"{literal(place)}: {literal(factor)}" for place, factor in frame.rates.items())
    yield f"def grouped{frame.mark}(named: list[tuple[str, nn.Parameter]], rate: float) -> list[dict]:"
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


def formula_of(plan: Plan, role: str = MODEL) -> Formula | None:
    """Give the formula that a role's schedule goes by, if it goes by one."""
    schedule = schedule_of(plan, role)
    return schedule.formula if schedule is not None else None


def factor(formula: Formula, mark: str = "") -> Iterator[str]:
    """Write the function of a schedule that goes by a formula."""
    unit = formula.unit
    whole = f", {unit}s: int" if formula.reads_length else ""
    yield f"def {FACTOR}{mark}({unit}: int{whole}) -> float:"
    yield f'    """Give the factor on the learning rate after so many {unit}s."""'
    yield f"    return {formula.python()}"


# -- in the loop ---------------------------------------------------------------------------------------


def before_the_loop(plan: Plan, loop: Mapping[str, Value], frames: Sequence[Frame]) -> Iterator[str]:
    """Write what is made once."""
    if any(_goes_by_steps(schedule_of(plan, frame.role)) for frame in frames):
        yield "    steps = max(epochs, EPOCHS) * len(batches(count))"
    for frame in frames:
        mark = frame.mark
        yield f"    optimizer{mark} = optimizer_of{mark}({frame.model})"
        if _scales(loop):
            yield f"    scaler{mark} = torch.amp.GradScaler(DEVICE.type)"
        schedule = schedule_of(plan, frame.role)
        if schedule is not None:
            written = re.sub(rf"\b(optimizer|{FACTOR})\b", rf"\g<1>{mark}", write(schedule.call))
            yield f"    schedule{mark} = {written}"
        if loop["clip_norm"] is not None or loop["clip_value"] is not None:
            groups = f"optimizer{mark}.param_groups"
            yield f'    weights{mark} = [weight for group in {groups} for weight in group["params"]]'
        if loop["l1"]:
            tables = optimizer_of(plan, frame.role).type == "sparse_adam"
            besides = f" and name not in {{{', '.join(map(literal, sorted(frame.apart)))}}}" if tables else ""
            name = "name" if tables else "_"
            yield f"    shrunk{mark} = ["
            yield f"        weight for {name}, weight in {frame.model}.named_parameters()"
            yield f"        if weight.requires_grad and weight.dim() > 1{besides}"
            yield "    ]"


def _goes_by_steps(schedule: Schedule | None) -> bool:
    if schedule is None:
        return False
    named = any(isinstance(each, Name) and each.text == "steps" for each in schedule.call.named.values())
    formula = schedule.formula
    return named or (formula is not None and formula.unit == "step" and formula.reads_length)


def fetched(plan: Plan, loop: Mapping[str, Value]) -> str:
    """Write how the samples of a batch are taken."""
    first, last = span(loop)
    if varied(plan.data):
        return f"batch = varied((inputs, targets), order[{first}:{last}], epoch)"
    return f"batch = take((inputs, targets), order[{first}:{last}])"


def span(loop: Mapping[str, Value]) -> tuple[str, str]:
    """Give the names of where a batch starts and ends."""
    return ("start", "end") if loop["accumulate"] == 1 else ("first", "last")


def step(
    plan: Plan, loop: Mapping[str, Value], computed: list[str], before: Sequence[str] = ()
) -> Iterator[str]:
    """Write one step of a plan with one network.

    Args:
        plan: how to train.
        loop: the parameters of the loop.
        computed: how the loss of a batch is computed.
        before: what is done with a batch before, once.
    """
    whole = loop["accumulate"] == 1
    first, last = span(loop)
    before = [fetched(plan, loop), *before]
    share = literal(loop["mixup"])
    if loop["mixup"]:
        before += [
            f"share = torch.distributions.Beta({share}, {share}).sample().item()",
            f"mix = max(share, 1 - share), torch.randperm({last} - {first}).to(DEVICE)",
            "batch = {name: mixed(values, mix) for name, values in batch[0].items()}, batch[1]",
        ]
    led, held = _led(loop, computed), list(_held(loop))
    count = f"total += loss.item() * ({last} - {first})"
    if optimizer_of(plan, MODEL).type in SEARCHES:
        yield from before
        yield from searched(loop, computed)
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
    yield from scheduled(plan)


def scheduled(plan: Plan, role: str = MODEL, mark: str = "") -> Iterator[str]:
    """Write how the schedule of a role goes on after a step, if it goes by steps."""
    schedule = schedule_of(plan, role)
    if schedule is not None and schedule.each_step:
        yield f"schedule{mark}.step()"


def _led(loop: Mapping[str, Value], computed: Sequence[str]) -> list[str]:
    """Write how a loss is computed and led back."""
    lines = list(computed)
    if loop["l1"]:
        lines.append("penalised = loss + L1 * torch.stack([weight.abs().sum() for weight in shrunk]).sum()")
    lowered = "penalised" if loop["l1"] else "loss"
    if loop["accumulate"] != 1:
        lowered = f"({lowered} * ((last - first) / (end - start)))"
    return [*lines, f"scaler.scale({lowered}).backward()" if _scales(loop) else f"{lowered}.backward()"]


def searched(loop: Mapping[str, Value], computed: Sequence[str]) -> Iterator[str]:
    """Write a step of an optimizer that computes the loss several times.

    Args:
        loop: the parameters of the loop.
        computed: how it is computed.
    """
    yield "def closure() -> torch.Tensor:"
    yield "    optimizer.zero_grad()"
    yield from (f"    {line}" for line in (*_led(loop, computed), *_held(loop)))
    yield f"    return {'penalised' if loop['l1'] else 'loss'}"
    yield ""
    yield "loss = optimizer.step(closure)"


def move(plan: Plan, loop: Mapping[str, Value], frames: Sequence[Frame], loss: str) -> Iterator[str]:
    """Write how one or several of the networks of a plan learn from a loss.

    Where the gradients of several batches are added up, they are set to zero before, and move the weights
    in the last of these batches.

    Args:
        plan: how to train.
        loop: the parameters of the loop.
        frames: the networks.
        loss: the name of the loss.
    """
    whole, scaler = loop["accumulate"] == 1, f"scaler{frames[0].mark}"
    if whole:
        yield from zeroed(frames)
    lowered = loss
    for frame in frames if loop["l1"] else ():
        yield f"penalised = {lowered} + L1 * torch.stack("
        yield f"    [weight.abs().sum() for weight in shrunk{frame.mark}]"
        yield ").sum()"
        lowered = "penalised"
    if not whole:
        lowered = f"({lowered} * ((last - first) / (end - start)))"
    yield f"{scaler}.scale({lowered}).backward()" if _scales(loop) else f"{lowered}.backward()"
    moved = [line for frame in frames for line in _held(loop, frame.mark, scaler)]
    for frame in frames:
        own = f"optimizer{frame.mark}"
        moved.append(f"{scaler}.step({own})" if _scales(loop) else f"{own}.step()")
        moved += scheduled(plan, frame.role, frame.mark)
    if _scales(loop):
        moved.append(f"{scaler}.update()")
    if whole:
        yield from moved
    else:
        yield "if last == end:"
        yield from (f"    {line}" for line in moved)


def zeroed(frames: Sequence[Frame]) -> Iterator[str]:
    """Write how gradients are forgotten."""
    for frame in frames:
        yield f"optimizer{frame.mark}.zero_grad()"


def _scales(loop: Mapping[str, Value]) -> bool:
    return loop["precision"] == "float16"


def _held(loop: Mapping[str, Value], mark: str = "", scaler: str = "scaler") -> Iterator[str]:
    """Write how gradients are held within their limits."""
    if _scales(loop):
        yield f"{scaler}.unscale_(optimizer{mark})"
    if loop["clip_value"] is not None:
        yield f"nn.utils.clip_grad_value_(weights{mark}, {literal(loop['clip_value'])})"
    if loop["clip_norm"] is not None:
        yield f"nn.utils.clip_grad_norm_(weights{mark}, {literal(loop['clip_norm'])})"


def after_the_epoch(plan: Plan, frames: Sequence[Frame]) -> Iterator[str]:
    """Write how the schedules go on after an epoch."""
    for frame in frames:
        schedule = schedule_of(plan, frame.role)
        if schedule is not None and not schedule.each_step:
            yield f"        schedule{frame.mark}.step({'value' if schedule.watches else ''})"


def mixing() -> Iterator[str]:
    """Write how values of pairs of samples are mixed."""
    yield "def mixed(values: torch.Tensor, mix: tuple[float, torch.Tensor]) -> torch.Tensor:"
    yield '    """Show pairs of samples as one."""'
    yield "    return mix[0] * values + (1 - mix[0]) * values[mix[1]]"
