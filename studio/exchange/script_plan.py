"""The part of the training script that follows the plan: optimizer, losses, the loop and the judgement."""

from __future__ import annotations

import importlib
import inspect
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from studio.blocks import Role
from studio.compiler.program import Program
from studio.compiler.source import literal
from studio.graph import Value
from studio.project import MODEL, Choice, LossTerm, Plan
from studio.train.choices import Choices
from studio.train.forms import form_of
from studio.train.learner import optimizer_arguments


@dataclass(frozen=True)
class Frame:
    """What the script stands on besides the plan.

    Attributes:
        module: the module that holds the network's class.
        class_name: the class.
        called: how the script calls it; another name only where it uses that of the class for something else.
        program: the network.
        rates: dotted module name to a factor on the learning rate.
        choices: threads and layout of the run that it repeats; None where there was none.
        normalises: whether the network normalises over the batch.
    """

    module: str
    class_name: str
    program: Program
    rates: Mapping[str, float]
    choices: Choices | None
    normalises: bool
    called: str = ""

    def __post_init__(self) -> None:
        """Call the class by its own name, unless told otherwise."""
        object.__setattr__(self, "called", self.called or self.class_name)

    __hash__ = None  # type: ignore[assignment]


def lines(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    """Give everything behind the data, function by function."""
    for function in (
        _optimizer(plan, frame),
        _outputs(plan, frame),
        _losses(plan, frame),
        _move(plan, frame),
        _batches(frame),
        _train(plan, loop, frame),
        _judge(plan, loop, frame),
        _main(),
    ):
        yield from ("", "")
        yield from function


# -- what learns ---------------------------------------------------------------------------------------


def _made(choice: Choice, role: Role, values: Mapping[str, Any], first: str = "") -> str:
    """Write how a choice is made, with the arguments that differ from the defaults of its class."""
    declared = choice.declared(role)
    assert declared is not None  # its parameters were resolved
    module, _, name = declared.target.rpartition(".")
    known = inspect.signature(getattr(importlib.import_module(module), name)).parameters
    given = [
        f"{key}={literal(value)}"
        for key, value in values.items()
        if key == "lr" or key not in known or known[key].default != value
    ]
    shown = declared.target.replace("torch.nn.", "nn.")
    return f"{shown}({', '.join([*filter(None, [first]), *given])})"


def _optimizer(plan: Plan, frame: Frame) -> Iterator[str]:
    choice = plan.optimizers[MODEL]
    # The fused form rounds in another order, so it is asked for as training asks for it.
    values = optimizer_arguments(choice, torch.device("cpu"))
    yield "def optimizer_of(model: nn.Module) -> torch.optim.Optimizer:"
    yield '    """Give what moves the weights."""'
    if not frame.rates:
        yield "    weights = [weight for weight in model.parameters() if weight.requires_grad]"
        yield f"    return {_made(choice, 'optimizer', values, 'weights')}"
        return
    yield f"    factors = {{{', '.join(f'{literal(k)}: {literal(v)}' for k, v in frame.rates.items())}}}"
    yield "    groups: dict[float, list[nn.Parameter]] = {}"
    yield "    for name, weight in model.named_parameters():"
    yield "        if weight.requires_grad:"
    yield "            places = sorted(factors, key=len, reverse=True)"
    yield '            found = (factors[place] for place in places if name.startswith(place + "."))'
    yield "            groups.setdefault(next(found, 1.0), []).append(weight)"
    rate = literal(values["lr"])
    yield "    ordered = sorted(groups.items(), key=lambda item: item[0] != 1.0)"
    yield f'    weights = [{{"params": group, "lr": {rate} * factor}} for factor, group in ordered]'
    yield f"    return {_made(choice, 'optimizer', values, 'weights')}"


def _schedule(plan: Plan) -> str:
    choice = plan.schedules.get(MODEL)
    declared = choice.declared("schedule") if choice is not None else None
    if choice is None or declared is None or not declared.target:
        return ""
    return _made(choice, "schedule", choice.resolved("schedule"), "optimizer")


# -- what is computed ----------------------------------------------------------------------------------


def _outputs(plan: Plan, frame: Frame) -> Iterator[str]:
    names = [name for _, name, _ in frame.program.inputs]
    yield "def outputs_of(model: nn.Module, inputs: dict[str, torch.Tensor]):"
    yield '    """Run the network."""'
    if len(names) == 1 and plan.data.type == "arrays":
        # A file of a person can hold more fields than the network takes.
        yield f"    x = inputs[{literal(names[0])}] if len(inputs) > 1 else next(iter(inputs.values()))"
        yield "    return model(x)"
    elif len(names) == 1:
        yield '    return model(inputs["x"])'
    else:
        yield f"    return model({', '.join(f'{name}=inputs[{literal(name)}]' for name in names)})"


def _losses(plan: Plan, frame: Frame) -> Iterator[str]:
    single = len(frame.program.outputs) == 1
    for place, term in enumerate(plan.losses):
        yield f"CRITERION{_mark(plan, place)} = {_made(term.choice, 'loss', term.choice.resolved('loss'))}"
    yield ""
    yield ""
    yield "def loss_of(outputs, targets: dict[str, torch.Tensor]) -> torch.Tensor:"
    yield '    """Compare what the network gives with what is right."""'
    parts: list[str] = []
    for place, term in enumerate(plan.losses):
        output = "outputs" if single else f"outputs[{literal(_output(term, frame))}]"
        target = f"ready{_mark(plan, place)}(targets[{literal(term.target or 'target')}])"
        part = f"CRITERION{_mark(plan, place)}({output}.float(), {target})"
        parts.append(part if term.weight == 1 else f"{literal(float(term.weight))} * {part}")
    if len(parts) == 1:
        yield f"    return {parts[0]}"
    else:
        yield f"    loss = {parts[0]}"
        for part in parts[1:]:
            yield f"    loss = loss + {part}"
        yield "    return loss"
    for place, term in enumerate(plan.losses):
        yield from ("", "")
        yield from _ready(f"ready{_mark(plan, place)}", term, frame)


def _mark(plan: Plan, place: int) -> str:
    return "" if len(plan.losses) == 1 else f"_{place + 1}"


def _output(term: LossTerm, frame: Frame) -> str:
    return term.output or frame.program.outputs[0][0]


def _loss_module(term: LossTerm) -> nn.Module:
    declared = term.choice.declared("loss")
    assert declared is not None  # its parameters were resolved
    module, _, name = declared.target.rpartition(".")
    made = getattr(importlib.import_module(module), name)(**term.choice.resolved("loss"))
    assert isinstance(made, nn.Module)
    return made


def _sizes(term: LossTerm, frame: Frame) -> tuple[int, ...]:
    """Give the sizes of the output that a loss judges, without the batch."""
    tensors = {name: tensor for name, _, tensor in frame.program.outputs}
    return tensors[_output(term, frame)].at(1)[1:]


def _ready(name: str, term: LossTerm, frame: Frame) -> Iterator[str]:
    """Write how a target comes into the form that its loss needs."""
    form, sizes = form_of(_loss_module(term)), _sizes(term, frame)
    yield f"def {name}(target: torch.Tensor) -> torch.Tensor:"
    if form == "classes":
        yield '    """Give class numbers."""'
        yield "    return target.long()"
        return
    one = math.prod(sizes) == 1
    if form == "logits" and not one:
        yield '    """Give yes or no for each class."""'
        yield "    if target.dim() == 1:"
        yield f"        return nn.functional.one_hot(target.long(), {sizes[0]}).float()"
        yield "    return target.float()"
        return
    yield '    """Give numbers of the same sizes as the output."""'
    yield f"    return target.float().reshape(len(target){''.join(f', {size}' for size in sizes)})"


def _move(plan: Plan, frame: Frame) -> Iterator[str]:
    laid = frame.choices is not None and frame.choices.channels_last
    yield "def move(samples: Samples) -> Samples:"
    yield '    """Bring samples to the device."""'
    yield "    inputs, targets = ({name: each.to(DEVICE) for name, each in part.items()} for part in samples)"
    # Only in these kinds of data may the numbers be of another type than the network takes.
    for _, name, tensor in frame.program.inputs if plan.data.type in ("arrays", "sentences") else ():
        field = '"x"' if plan.data.type == "sentences" else literal(name)
        yield f"    inputs[{field}] = inputs[{field}].to(torch.{tensor.dtype})"
    if laid:
        yield "    for name, values in inputs.items():"
        yield "        if values.dim() == 4 and values.is_floating_point():"
        yield "            inputs[name] = values.contiguous(memory_format=LAYOUT)"
    yield "    return inputs, targets"


def _batches(frame: Frame) -> Iterator[str]:
    yield "def batches(count: int) -> list[tuple[int, int]]:"
    if frame.normalises:
        yield '    """Give where each batch starts and ends; one sample alone cannot be normalised."""'
        yield "    if BATCH_SIZE > 1 and count > BATCH_SIZE and count % BATCH_SIZE == 1:"
        yield "        count -= 1"
    else:
        yield '    """Give where each batch starts and ends."""'
    yield "    return [(start, min(start + BATCH_SIZE, count)) for start in range(0, count, BATCH_SIZE)]"


# -- the loop ------------------------------------------------------------------------------------------


def _train(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    laid = frame.choices is not None and frame.choices.channels_last
    schedule = _schedule(plan)
    half = loop["precision"] == "bfloat16"
    yield "def train(epochs: int = EPOCHS, max_steps: int | None = None) -> None:"
    yield '    """Train, tell how it goes, and write the weights."""'
    if (frame.choices is not None and frame.choices.threads) or loop["threads"]:
        yield "    torch.set_num_threads(THREADS)"
    yield "    torch.manual_seed(SEED)"
    yield f"    model = {frame.called}().to(DEVICE{', memory_format=LAYOUT' if laid else ''})"
    yield "    (inputs, targets), validation, test = map(move, samples())"
    yield "    count = len(next(iter(inputs.values())))"
    yield "    optimizer = optimizer_of(model)"
    if schedule:
        yield f"    schedule = {schedule}"
    yield "    lowest, best, stale, step = float('inf'), {}, 0, 0".replace("'", '"')
    yield "    torch.manual_seed(SEED + 1)"
    yield "    for epoch in range(epochs):"
    yield "        began, total, seen = time.perf_counter(), 0.0, 0"
    yield "        model.train()"
    yield "        generator = torch.Generator().manual_seed(SEED * 1_000_003 + epoch)"
    yield "        order = torch.randperm(count, generator=generator).to(DEVICE)"
    yield "        for start, end in batches(count):"
    yield "            if step == max_steps:"
    yield "                break"
    yield "            batch = take((inputs, targets), order[start:end])"
    yield from _computed(half, "            ")
    yield "            optimizer.zero_grad()"
    yield "            loss.backward()"
    if loop["clip_norm"] is not None:
        weights = '[weight for group in optimizer.param_groups for weight in group["params"]]'
        yield f"            weights = {weights}"
        yield f"            nn.utils.clip_grad_norm_(weights, {literal(loop['clip_norm'])})"
    yield "            optimizer.step()"
    yield "            total += loss.item() * (end - start)"
    yield "            step, seen = step + 1, end"
    yield "        if seen < batches(count)[-1][1]:"
    yield "            break"
    yield '        found = {"loss": total / seen}'
    yield "        if len(next(iter(validation[0].values()))):"
    yield '            found |= {f"val_{name}": value for name, value in judge(model, validation).items()}'
    yield '        told = "  ".join(f"{name} {value:.4f}" for name, value in found.items())'
    yield "        seconds = time.perf_counter() - began"
    yield '        print(f"epoch {epoch + 1}/{epochs}  {told}  {seconds:.1f} s", flush=True)'
    yield '        value = found.get("val_loss", found["loss"])'
    yield "        stale += 1"
    yield "        if value < lowest:"
    yield "            lowest, stale = value, 0"
    yield "            best = {name: value.cpu().clone() for name, value in model.state_dict().items()}"
    if schedule:
        yield "        schedule.step()"
    if loop["patience"] is not None:
        yield f"        if stale >= {literal(loop['patience'])}:"
        yield "            break"
    yield "    last = {name: value.cpu().contiguous() for name, value in model.state_dict().items()}"
    yield '    torch.save(last, "last.pt")'
    yield '    torch.save(best or last, "best.pt")'
    yield "    if len(next(iter(test[0].values()))):"
    yield "        model.load_state_dict(best or last)"
    yield '        print("test  " + "  ".join(f"{k} {v:.4f}" for k, v in judge(model, test).items()))'


def _computed(half: bool, indent: str) -> Iterator[str]:
    """Write how the loss of a batch is computed."""
    if half:
        yield f"{indent}with torch.autocast(DEVICE.type, dtype=torch.bfloat16):"
        yield f"{indent}    outputs = outputs_of(model, batch[0])"
    else:
        yield f"{indent}outputs = outputs_of(model, batch[0])"
    yield f"{indent}loss = loss_of(outputs, batch[1])"


def _judge(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    first = plan.losses[0]
    form = form_of(_loss_module(first))
    counted = form != "numbers" and any("accuracy" in metric.type for metric in plan.metrics)
    yield "def judge(model: nn.Module, samples: Samples) -> dict[str, float]:"
    yield '    """Give the figures of samples that were not learned from."""'
    yield "    model.eval()"
    yield "    count = len(next(iter(samples[0].values())))"
    yield (
        "    total, right = torch.zeros((), device=DEVICE), 0.0"
        if counted
        else ("    total = torch.zeros((), device=DEVICE)")
    )
    yield "    with torch.no_grad():"
    yield "        for start in range(0, count, BATCH_SIZE):"
    yield "            places = torch.arange(start, min(start + BATCH_SIZE, count), device=DEVICE)"
    yield "            batch = take(samples, places)"
    yield from _computed(loop["precision"] == "bfloat16", "            ")
    yield "            total = total + loss * len(places)"
    if counted:
        output = (
            "outputs" if len(frame.program.outputs) == 1 else f"outputs[{literal(_output(first, frame))}]"
        )
        yield f"            target = ready{_mark(plan, 0)}(batch[1][{literal(first.target or 'target')}])"
        answer = f"{output}.argmax(1) == target" if form == "classes" else f"({output} > 0) == (target > 0.5)"
        yield f"            right += float(({answer}).float().mean()) * len(places)"
        yield '    return {"loss": float(total) / count, "accuracy": right / count}'
    else:
        yield '    return {"loss": float(total) / count}'


def _main() -> Iterator[str]:
    yield 'if __name__ == "__main__":'
    yield "    parser = argparse.ArgumentParser()"
    yield '    parser.add_argument("--epochs", type=int, default=EPOCHS)'
    yield '    parser.add_argument("--steps", type=int, help="end after so many steps")'
    yield "    given = parser.parse_args()"
    yield "    train(given.epochs, given.steps)"
