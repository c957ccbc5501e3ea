"""The diffusion recipe as a script has it; see `studio.train.recipes.diffusion` for what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compiler.source import literal
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import Task, Written, goal_of, judge, prepared, told
from studio.project import MODEL
from studio.train.recipes.diffusion import _JUDGED_SEED

_SHOWN = 64


def written(task: Task) -> Written:
    """Write it."""
    values, takes = task.values, task.takes(MODEL)
    constants = [f"TIMES = {literal(values['times'])}"]
    if _conditional(task):
        constants.append(f"CLASSES = {task.classes}  # this number stands for a class that is hidden")
    if _hidden(task):
        constants.append(f"HIDDEN = {literal(values['hidden'])}  # share of the classes")
        constants.append(f"GUIDANCE = {literal(values['guidance'])}")
    constants.append(f"NOISING = Noising.of({literal(values['schedule'])}, TIMES).to(DEVICE)")
    functions = [
        list(prepared(takes[0], classes=_conditional(task))),
        list(_says(task)),
        list(_loss(task)),
        list(_sample(task)),
        list(judge(_judged(task), {"loss": "loss"})),
    ]
    step = script_learn.step(
        task.plan, task.loop, [f"loss = loss_of(model, x, t, noise{_given(task)})"], _drawn(task)
    )
    course = Course(
        list(step),
        goal=goal_of(task.plan),
        prepared=True,
        after=[
            'limits = inputs["x"].amin(0), inputs["x"].amax(0)',
            f'torch.save(sample(model, {_SHOWN}, limits).cpu(), "samples.pt")',
        ],
    )
    back = ["way_back", *(["even_times"] if values["sampler"] == "ddim" else [])]
    return Written(constants, functions, course, {"studio.train.recipes.noising": ["Noising", *back]})


def _conditional(task: Task) -> bool:
    return len(task.takes(MODEL)) > 2


def _hidden(task: Task) -> bool:
    return _conditional(task) and bool(task.values["hidden"])


def _given(task: Task, annotated: bool = False) -> str:
    if not _conditional(task):
        return ""
    return ", label: torch.Tensor" if annotated else ", label"


# -- functions -----------------------------------------------------------------------------------------


def _says(task: Task) -> Iterator[str]:
    _, (_, time), *classes = task.takes(MODEL)
    sizes = time.at(1)[1:]
    given = "t"
    if time.dtype.startswith("float"):
        given = f"t.to(torch.{time.dtype}) / TIMES"
    if sizes:
        given = f"({given}).reshape(len(t){''.join(f', {size}' for size in sizes)})"
    call = task.run(MODEL, "noised", given, *(told(entry, task.classes) for entry in classes))
    given = _given(task, True)
    yield f"def says(model: nn.Module, noised: torch.Tensor, t: torch.Tensor{given}) -> torch.Tensor:"
    yield '    """Ask the network what it sees in noised samples at their times."""'
    for line in cast_to(task.loop, f"return {call}.float()"):
        yield f"    {line}"


def _loss(task: Task) -> Iterator[str]:
    compare = "mse_loss" if task.values["loss"] == "mse" else "l1_loss"
    yield "def loss_of("
    yield "    model: nn.Module, x: torch.Tensor, t: torch.Tensor, noise: torch.Tensor" + _given(task, True)
    yield ") -> torch.Tensor:"
    yield '    """Lay noise over samples, and compare what the network says of them with what is right."""'
    yield f"    said = says(model, NOISING.noised(x, t, noise), t{_given(task)})"
    target = literal(task.values["target"])
    yield f"    return nn.functional.{compare}(said, NOISING.target({target}, x, t, noise))"


def _sample(task: Task) -> Iterator[str]:
    values = task.values
    sizes = "".join(f", {size}" for size in task.takes(MODEL)[0][1].at(1)[1:])
    ddpm = values["sampler"] == "ddpm"
    yield "@torch.no_grad()"
    yield "def sample("
    yield "    model: nn.Module, count: int, limits: tuple[torch.Tensor, torch.Tensor]"
    yield ") -> torch.Tensor:"
    yield '    """Make samples out of noise."""'
    if _conditional(task):
        yield "    label = torch.arange(count, device=DEVICE) % CLASSES"
    if _hidden(task):
        yield "    nobody = torch.full_like(label, CLASSES)"
        yield ""
        yield "    def guided(noised: torch.Tensor, t: torch.Tensor) -> torch.Tensor:"
        yield "        said = says(model, noised, t, label)"
        yield "        return said + GUIDANCE * (said - says(model, noised, t, nobody))"
        yield ""
        asked = "guided"
    else:
        asked = f"lambda noised, t: says(model, noised, t{_given(task)})"
    yield f"    noise = torch.randn(count{sizes}).to(DEVICE)"
    steps = "range(TIMES - 1, -1, -1)" if ddpm else f"even_times(TIMES, {literal(values['steps'])})"
    eta = "1.0" if ddpm else literal(values["eta"])
    target = literal(values["target"])
    yield f"    steps = {steps}"
    yield f"    return way_back(NOISING, {target}, {asked}, noise, steps, eta={eta}, limits=limits)[-1]"


# -- a step --------------------------------------------------------------------------------------------


def _drawn(task: Task) -> list[str]:
    lines = [
        'x = batch[0]["x"]',
        "t = torch.randint(TIMES, (len(x),), device=DEVICE)",
        "noise = torch.randn(x.shape, device=DEVICE)",
    ]
    if _hidden(task):
        lines.append("told = torch.rand(len(x), device=DEVICE) >= HIDDEN")
        lines.append('label = batch[1]["class"].where(told, CLASSES)')
    elif _conditional(task):
        lines.append('label = batch[1]["class"]')
    return lines


def _judged(task: Task) -> list[str]:
    label = ['label = batch[1]["class"]'] if _conditional(task) else []
    return [
        'x = batch[0]["x"]',
        *label,
        f"generator = torch.Generator().manual_seed({_JUDGED_SEED})  # the same noise each time",
        "t = torch.randint(TIMES, (len(x),), generator=generator).to(DEVICE)",
        "noise = torch.randn(x.shape, generator=generator).to(DEVICE)",
        f"loss = loss_of(model, x, t, noise{_given(task)})",
    ]
