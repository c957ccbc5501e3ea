"""The part of the training script that follows the plan: all its functions, and the loop itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.compiler.source import literal
from studio.exchange import script_learn, script_loss
from studio.exchange.script_data import reads_anew
from studio.exchange.script_frame import Frame
from studio.graph import Value
from studio.project import Plan


def lines(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    """Give everything behind the data, function by function."""
    computed = _computed(plan, loop)
    judged = _computed(plan, loop, mixed=False)
    mixing = [script_learn.mixing()] if loop["mixup"] else []
    formula = script_learn.formula_of(plan)
    for function in (
        *([script_learn.grouped(frame)] if frame.rates else []),
        script_learn.optimizer(plan, frame),
        *([script_learn.factor(formula)] if formula is not None else []),
        _outputs(plan, frame),
        script_loss.losses(plan, loop, frame),
        _move(plan, frame),
        _batches(frame),
        *mixing,
        _train(plan, loop, frame, computed),
        script_loss.judge(plan, frame, judged),
        _main(),
    ):
        yield from ("", "")
        yield from function


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


def _move(plan: Plan, frame: Frame) -> Iterator[str]:
    laid = frame.choices is not None and frame.choices.channels_last
    yield "def move(samples: Samples) -> Samples:"
    yield '    """Bring samples to the device."""'
    yield "    inputs, targets = ({name: each.to(DEVICE) for name, each in part.items()} for part in samples)"
    # Only in these kinds of data may the numbers be of another type than the network takes.
    saved = not reads_anew(plan.data)
    for _, name, tensor in frame.program.inputs if plan.data.type in ("arrays", "sentences") or saved else ():
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


def _computed(plan: Plan, loop: Mapping[str, Value], mixed: bool = True) -> list[str]:
    """Write how the loss of a batch is computed."""
    mix = ", mix" if mixed and loop["mixup"] else ""
    half = loop["precision"] == "bfloat16"
    head = ["with torch.autocast(DEVICE.type, dtype=torch.bfloat16):"] if half else []
    return [
        *head,
        f"{'    ' if half else ''}outputs = outputs_of(model, batch[0])",
        f"loss = loss_of(outputs, batch[1]{mix})",
    ]


def _train(plan: Plan, loop: Mapping[str, Value], frame: Frame, computed: list[str]) -> Iterator[str]:
    laid = frame.choices is not None and frame.choices.channels_last
    yield "def train(epochs: int = EPOCHS, max_steps: int | None = None) -> None:"
    yield '    """Train, tell how it goes, and write the weights."""'
    if (frame.choices is not None and frame.choices.threads) or loop["threads"]:
        yield "    torch.set_num_threads(THREADS)"
    yield "    torch.manual_seed(SEED)"
    yield f"    model = {frame.called}().to(DEVICE{', memory_format=LAYOUT' if laid else ''})"
    yield "    (inputs, targets), validation, test = map(move, samples())"
    yield "    count = len(next(iter(inputs.values())))"
    yield from script_learn.before_the_loop(plan, loop, frame)
    yield from script_loss.balancing(plan, frame)
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
    for line in script_learn.step(plan, loop, computed):
        yield f"            {line}" if line else ""
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
    yield from script_learn.after_the_epoch(plan)
    if loop["patience"] is not None:
        yield f"        if stale >= {literal(loop['patience'])}:"
        yield "            break"
    yield "    last = {name: value.cpu().contiguous() for name, value in model.state_dict().items()}"
    yield '    torch.save(last, "last.pt")'
    yield '    torch.save(best or last, "best.pt")'
    yield "    if len(next(iter(test[0].values()))):"
    yield "        model.load_state_dict(best or last)"
    yield '        print("test  " + "  ".join(f"{k} {v:.4f}" for k, v in judge(model, test).items()))'


def _main() -> Iterator[str]:
    yield 'if __name__ == "__main__":'
    yield "    parser = argparse.ArgumentParser()"
    yield '    parser.add_argument("--epochs", type=int, default=EPOCHS)'
    yield '    parser.add_argument("--steps", type=int, help="end after so many steps")'
    yield "    given = parser.parse_args()"
    yield "    train(given.epochs, given.steps)"
