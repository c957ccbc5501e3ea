"""The part of the training script that is the loop: epochs, steps, looks at the validation data, the best."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from studio.compiler.source import literal
from studio.exchange import script_learn
from studio.exchange.script_frame import Frame
from studio.graph import Message, Value
from studio.project import Plan
from studio.train.loop.goals import CHECKED, Better, Goal
from studio.train.recipe import LATEST
from studio.train.runs.session import NETWORK_SEED_STEP

SHORT = frozenset({"bfloat16", "float16"})
"""Numbers of half as many bits."""


@dataclass(frozen=True)
class Course:
    """What a recipe has in the loop.

    Attributes:
        step: what is done in a step.
        before: what is done once, before the first step.
        goal: the figure that the recipe goes by, where the plan names none.
        prepared: whether samples are prepared by a function of that name.
        after: what is done at the very end, with the best weights.
        loaded: how `count`, `validation` and `test` are found where it learns from what it meets in a world,
            and so takes no samples in a drawn order.
        begun: what is done once, with the random numbers that training begins with.
        summed: what is added up in an epoch besides the loss: name of the figure to that of its sum.
        watched: the number that schedules wait for to fall.
    """

    step: Sequence[str]
    before: Sequence[str] = ()
    goal: str = ""
    prepared: bool = False
    after: Sequence[str] = ()
    loaded: Sequence[str] = ()
    begun: Sequence[str] = ()
    summed: Mapping[str, str] = field(default_factory=dict)
    watched: str = 'found.get("val_loss", found["loss"])'

    __hash__ = None  # type: ignore[assignment]

    def some(self, part: str) -> str:
        """Write how many samples, or episodes, a part has."""
        return f"len({part})" if self.loaded else f"len(next(iter({part}[0].values())))"

    def found(self, seen: str) -> str:
        """Write the figures of an epoch after so many samples."""
        sums = {"loss": "total", **self.summed}
        return f"{{{', '.join(f'{literal(name)}: {total} / {seen}' for name, total in sums.items())}}}"


def unwritable(plan: Plan, summed: Collection[str] = ()) -> Message | None:
    """Say what of the loop a script does not hold; None where it holds all.

    Args:
        plan: how to train.
        summed: the figures besides the loss that it measures while it trains.
    """
    loop = plan.loop.resolved("loop")
    key = str(loop["monitor"])
    told = {metric.type for metric in plan.metrics}
    if key in summed:
        return None
    if key and key != "loss" and not key.startswith(CHECKED) and ("accuracy" in key or key not in told):
        return Message(
            "A script does not measure “{name}” while it trains. Have the best found by “{other}” instead.",
            name=key,
            other=CHECKED + key,
        )
    return None


def computed(plan: Plan, loop: Mapping[str, Value], mixed: bool = True) -> list[str]:
    """Write how the loss of a batch is computed."""
    mix = ", mix" if mixed and loop["mixup"] else ""
    return [
        *cast_to(loop, "outputs = outputs_of(model, batch[0])"),
        f"loss = loss_of(outputs, batch[1]{mix})",
    ]


def cast_to(loop: Mapping[str, Value], line: str) -> list[str]:
    """Write a line that runs a network with the numbers of the plan."""
    if loop["precision"] not in SHORT:
        return [line]
    return [f"with torch.autocast(DEVICE.type, dtype=torch.{loop['precision']}):", f"    {line}"]


def follow() -> Iterator[str]:
    """Write how the average of the weights goes on after a step."""
    yield "def follow(average: nn.Module, model: nn.Module, step: int) -> None:"
    yield '    """Move the average of the weights towards them."""'
    yield "    share, done = min(EMA, (1 + step) / (10 + step)), set()"
    yield "    for held, value in zip(average.state_dict().values(), model.state_dict().values()):"
    yield "        if held.data_ptr() not in done:"
    yield "            done.add(held.data_ptr())"
    yield "            held.lerp_(value, 1 - share) if held.is_floating_point() else held.copy_(value)"


def compare(loop: Mapping[str, Value], own: str = "", summed: Collection[str] = ()) -> Iterator[str]:
    """Write how the best weights are found.

    Args:
        loop: the parameters of the loop.
        own: the goal of the recipe.
        summed: the figures besides the loss that are measured while it trains.
    """
    cost = cost_of(loop, own, summed)
    if not cost:
        yield "def compare(kept: dict, found: dict[str, float], model: nn.Module) -> None:"
        yield '    """Keep the weights: no figure tells how good they are, so the latest ones count."""'
        yield "    weights = {name: value.cpu().clone() for name, value in model.state_dict().items()}"
        yield '    kept["weights"] = weights'
        return
    yield "def compare(kept: dict, found: dict[str, float], model: nn.Module) -> None:"
    yield '    """Keep the weights if they are the best up to now."""'
    yield f"    cost = {cost}"
    yield '    kept["stale"] += 1'
    yield '    if cost < kept["cost"]:'
    yield "        weights = {name: value.cpu().clone() for name, value in model.state_dict().items()}"
    yield "        kept.update(cost=cost, stale=0, weights=weights)"


def cost_of(loop: Mapping[str, Value], own: str = "", summed: Collection[str] = ()) -> str:
    """Write the number that is lower the better the figures are; see `compare`. Empty where none tells."""
    goal = Goal.of(str(loop["monitor"]), _better(loop["better"]), own)
    if goal.key == LATEST:
        return ""
    known = goal.key in ("", "loss", *summed) or goal.key.startswith(CHECKED)
    key = goal.key if known else CHECKED + goal.key
    value = f"found[{literal(key)}]" if key else 'found.get("val_loss", found["loss"])'
    return f"{'-' if goal.higher else ''}{value}"


def _better(value: Value) -> Better:
    return "lower" if value == "lower" else "higher" if value == "higher" else "auto"


def train(plan: Plan, loop: Mapping[str, Value], frames: Sequence[Frame], course: Course) -> Iterator[str]:
    """Write the loop."""
    frame = frames[0]
    laid = frame.choices is not None and frame.choices.channels_last
    judged = "average" if loop["ema"] is not None else "model"
    every, patience = loop["validate_every"] is not None, loop["patience"] is not None
    yield "def train(epochs: int = EPOCHS, max_steps: int | None = None) -> None:"
    yield '    """Train, tell how it goes, and write the weights."""'
    if (frame.choices is not None and frame.choices.threads) or loop["threads"]:
        yield "    torch.set_num_threads(THREADS)"
    if loop["deterministic"]:
        yield '    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")'
        yield "    torch.use_deterministic_algorithms(True)"
        yield "    torch.backends.cudnn.benchmark = False"
    where = f"DEVICE{', memory_format=LAYOUT' if laid else ''}"
    if frame.alone:
        yield "    torch.manual_seed(SEED)"
        yield f"    model = {frame.called}().to({where})"
    else:
        named = ", ".join(f"{literal(each.role)}: {each.called}" for each in frames)
        yield "    model = nn.ModuleDict()"
        yield f"    for place, (role, network) in enumerate({{{named}}}.items()):"
        yield f"        torch.manual_seed(SEED + {NETWORK_SEED_STEP:_} * place)"
        yield "        model[role] = network()"
        yield f"    model = model.to({where})"
    if frame.choices is not None and frame.choices.compiled:
        yield from (f"    {each.model}.compile()" for each in frames)
    if course.loaded:
        yield from (f"    {line}" for line in course.loaded)
    else:
        given = "map(prepared, samples())" if course.prepared else "samples()"
        yield f"    (inputs, targets), validation, test = map(move, {given})"
        yield "    count = len(next(iter(inputs.values())))"
    yield from script_learn.before_the_loop(plan, loop, frames)
    yield from (f"    {line}" for line in course.before)
    if loop["ema"] is not None:
        yield "    average = copy.deepcopy(model)"
    yield '    kept, step = {"cost": float("inf"), "stale": 0, "weights": {}}, 0'
    if every:
        yield "    checked, checked_at = {}, -1"
    yield "    torch.manual_seed(SEED + 1)"
    yield from (f"    {line}" for line in course.begun)
    sums = "".join(f", {total}" for total in course.summed.values())
    yield "    for epoch in range(epochs):"
    yield f"        began, total{sums}, seen = time.perf_counter(), 0.0{', 0.0' * len(course.summed)}, 0"
    if every:
        yield "        checked = {}"
    yield "        model.train()"
    if not course.loaded:
        yield "        generator = torch.Generator().manual_seed(SEED * 1_000_003 + epoch)"
        yield "        order = torch.randperm(count, generator=generator).to(DEVICE)"
    yield "        for start, end in batches(count):"
    yield "            if step == max_steps:"
    yield "                break"
    for line in course.step:
        yield f"            {line}" if line else ""
    yield "            step, seen = step + 1, end"
    if loop["ema"] is not None:
        yield "            follow(average, model, step)"
    if every:
        yield f"            if step % VALIDATE_EVERY == 0 and {course.some('validation')}:"
        yield from (f"                {line}" for line in _look(judged, course))
        yield "                model.train()"
        if patience:
            yield f'                if kept["stale"] >= {literal(loop["patience"])}:'
            yield "                    break"
    yield "        if seen < batches(count)[-1][1]:"
    yield "            break"
    yield f"        found = {course.found('seen')}"
    if every:
        yield "        found |= checked"
    else:
        yield f"        if {course.some('validation')}:"
        yield from (f"            {line}" for line in _checked(judged, "found |="))
    yield '        told = "  ".join(f"{name} {value:.4f}" for name, value in found.items())'
    yield "        seconds = time.perf_counter() - began"
    yield '        print(f"epoch {epoch + 1}/{epochs}  {told}  {seconds:.1f} s", flush=True)'
    if every:
        yield f"        if not {course.some('validation')}:"
        yield f"            compare(kept, found, {judged})"
    else:
        yield f"        compare(kept, found, {judged})"
    schedules = (script_learn.schedule_of(plan, each.role) for each in frames)
    if any(schedule is not None and schedule.watches for schedule in schedules):
        yield f"        value = {course.watched}"
    yield from script_learn.after_the_epoch(plan, frames)
    if patience:
        yield f'        if kept["stale"] >= {literal(loop["patience"])}:'
        yield "            break"
    if every:
        yield f"    if checked_at != step and {course.some('validation')}:"
        yield from (f"        {line}" for line in _look(judged, course))
    yield from _end(judged, course)
    if course.after:
        yield "    model.load_state_dict(best or last)"
        yield "    model.eval()"
        yield from (f"    {line}" for line in course.after)


def _checked(judged: str, put: str) -> Iterator[str]:
    yield f'{put} {{f"val_{{name}}": value for name, value in judge({judged}, validation).items()}}'


def _look(judged: str, course: Course) -> Iterator[str]:
    """Write a look at the validation data within an epoch."""
    yield from _checked(judged, "checked =")
    yield "checked_at = step"
    yield f"compare(kept, {course.found('max(seen, 1)')} | checked, {judged})"


def _end(judged: str, course: Course) -> Iterator[str]:
    yield '    best = kept["weights"]'
    yield f"    last = {{name: value.cpu().contiguous() for name, value in {judged}.state_dict().items()}}"
    yield '    torch.save(last, "last.pt")'
    yield '    torch.save(best or last, "best.pt")'
    yield f"    if {course.some('test')}:"
    yield "        model.load_state_dict(best or last)"
    yield '        print("test  " + "  ".join(f"{k} {v:.4f}" for k, v in judge(model, test).items()))'
