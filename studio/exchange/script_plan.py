"""The part of the training script that follows the plan: all its functions, and the loop itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.compiler.source import literal
from studio.exchange import script_learn, script_loop, script_loss
from studio.exchange.script_data import reads_anew
from studio.exchange.script_frame import Frame
from studio.graph import Value
from studio.project import Plan


def lines(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    """Give everything behind the data, function by function."""
    judged = script_loop.computed(plan, loop, mixed=False)
    mixing = [script_learn.mixing()] if loop["mixup"] else []
    formula = script_learn.formula_of(plan)
    for function in (
        *([script_learn.grouped(frame)] if frame.rates else []),
        script_learn.optimizer(plan, frame),
        *([script_learn.factor(formula)] if formula is not None else []),
        _outputs(plan, frame),
        script_loss.losses(plan, loop, frame),
        move(plan, frame),
        batches(loop, frame),
        *mixing,
        *([script_loop.follow()] if loop["ema"] is not None else []),
        script_loop.compare(loop),
        script_loop.train(plan, loop, [frame], _course(plan, loop, frame)),
        script_loss.judge(plan, frame, judged),
        main(),
    ):
        yield from ("", "")
        yield from function


def _course(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> script_loop.Course:
    step = script_learn.step(plan, loop, script_loop.computed(plan, loop))
    return script_loop.Course([*step], [*script_loss.balancing(plan, frame)])


def _outputs(plan: Plan, frame: Frame) -> Iterator[str]:
    names = [name for _, name, _ in frame.program.inputs]
    yield "def outputs_of(model: nn.Module, inputs: dict[str, torch.Tensor]):"
    yield '    """Run the network."""'
    if len(names) == 1 and (plan.data.type == "arrays" or not reads_anew(plan.data)):
        # A file of a person can hold more fields than the network takes.
        yield f"    x = inputs[{literal(names[0])}] if len(inputs) > 1 else next(iter(inputs.values()))"
        yield "    return model(x)"
    elif len(names) == 1:
        yield '    return model(inputs["x"])'
    else:
        yield f"    return model({', '.join(f'{name}=inputs[{literal(name)}]' for name in names)})"


def move(plan: Plan, frame: Frame, ready: bool = False) -> Iterator[str]:
    """Write how samples are brought to the device.

    Args:
        plan: how to train.
        frame: the network.
        ready: whether their numbers are of the type that the network takes.
    """
    laid = frame.choices is not None and frame.choices.channels_last
    yield "def move(samples: Samples) -> Samples:"
    yield '    """Bring samples to the device."""'
    yield "    inputs, targets = ({name: each.to(DEVICE) for name, each in part.items()} for part in samples)"
    # Only in these kinds of data may the numbers be of another type than the network takes.
    saved = not reads_anew(plan.data)
    may_differ = plan.data.type in ("arrays", "sentences") or saved
    for _, name, tensor in frame.program.inputs if may_differ and not ready else ():
        if saved and len(frame.program.inputs) == 1:
            yield f"    inputs = {{name: values.to(torch.{tensor.dtype}) for name, values in inputs.items()}}"
            continue
        field = '"x"' if plan.data.type == "sentences" else literal(name)
        yield f"    inputs[{field}] = inputs[{field}].to(torch.{tensor.dtype})"
    if laid:
        yield "    for name, values in inputs.items():"
        yield "        if values.dim() == 4 and values.is_floating_point():"
        yield "            inputs[name] = values.contiguous(memory_format=LAYOUT)"
    yield "    return inputs, targets"


def batches(loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    """Write where the batches of an epoch start and end."""
    several = loop["accumulate"] != 1
    yield "def batches(count: int) -> list[tuple[int, int]]:"
    what = "the batches of each step start and end" if several else "each batch starts and ends"
    if frame.normalises:
        yield f'    """Give where {what}; one sample alone cannot be normalised."""'
        yield "    if BATCH_SIZE > 1 and count > BATCH_SIZE and count % BATCH_SIZE == 1:"
        yield "        count -= 1"
    else:
        yield f'    """Give where {what}."""'
    if several:
        yield "    size = BATCH_SIZE * ACCUMULATE"
        yield "    return [(start, min(start + size, count)) for start in range(0, count, size)]"
    else:
        yield "    return [(start, min(start + BATCH_SIZE, count)) for start in range(0, count, BATCH_SIZE)]"


def main() -> Iterator[str]:
    """Write what happens when the script is run."""
    yield 'if __name__ == "__main__":'
    yield "    parser = argparse.ArgumentParser()"
    yield '    parser.add_argument("--epochs", type=int, default=EPOCHS)'
    yield '    parser.add_argument("--steps", type=int, help="end after so many steps")'
    yield "    given = parser.parse_args()"
    yield "    train(given.epochs, given.steps)"
