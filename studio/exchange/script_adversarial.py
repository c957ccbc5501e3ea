"""The adversarial recipe as a script has it; see `studio.train.recipes.adversarial` for what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compiler.source import literal
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import Task, Written, goal_of, judge, parts, prepared, told
from studio.train.recipes.adversarial import DISCRIMINATOR, GENERATOR

_SHOWN = 64


def written(task: Task) -> Written:
    """Write it."""
    values = task.values
    constants = [
        f"SMOOTHING = {literal(values['smoothing'])}  # how much less than 1 real samples count as real"
    ]
    if _conditional(task):
        constants.append(f"CLASSES = {task.classes}")
    if _several(task):
        constants.append(f"CRITIC_STEPS = {literal(values['critic_steps'])}")
    if _steep(task):
        constants.append(f"PENALTY = {literal(values['penalty'])}")
    takes = task.takes(DISCRIMINATOR)
    functions = [
        list(prepared(takes[0], classes=_conditional(task))),
        list(_noise(task)),
        list(_made(task)),
        list(_score(task)),
        list(_critic_loss(task)),
        list(_generator_loss(task)),
        *([list(_steepness(task))] if _steep(task) else []),
        list(_judge(task)),
    ]
    labels = f"torch.arange({_SHOWN}, device=DEVICE) % CLASSES" if _conditional(task) else ""
    sample = f"made(model, noise_for({_SHOWN}){', ' if labels else ''}{labels})"
    course = Course(
        _step(task),
        before=["turn, fooled = 0, None"] if _several(task) else [],
        goal=goal_of(task.plan),
        prepared=True,
        after=["with torch.no_grad():", f'    torch.save({sample}.float().cpu(), "samples.pt")'],
    )
    return Written(constants, functions, course, {"studio.train.recipes.adversarial": ["held"]})


def _conditional(task: Task) -> bool:
    return len(task.takes(GENERATOR)) > 1


def _several(task: Task) -> bool:
    return task.values["critic_steps"] != 1


def _steep(task: Task) -> bool:
    return task.values["loss"] == "wasserstein" and bool(task.values["penalty"])


def _given(task: Task, annotated: bool = False) -> str:
    if not _conditional(task):
        return ""
    return ", label: torch.Tensor" if annotated else ", label"


# -- functions -----------------------------------------------------------------------------------------


def _noise(task: Task) -> Iterator[str]:
    sizes = "".join(f", {size}" for size in task.takes(GENERATOR)[0][1].at(1)[1:])
    drawn = "torch.randn" if task.values["noise"] == "normal" else "torch.rand"
    found = f"{drawn}(count{sizes}, device=DEVICE)"
    yield "def noise_for(count: int) -> torch.Tensor:"
    yield '    """Draw what samples are made of."""'
    yield f"    return {found}" if drawn.endswith("n") else f"    return 2 * {found} - 1"


def _made(task: Task) -> Iterator[str]:
    takes = task.takes(GENERATOR)
    given = ["noise", *(told(entry, task.classes) for entry in takes[1:])]
    yield f"def made(model: nn.Module, noise: torch.Tensor{_given(task, True)}) -> torch.Tensor:"
    yield '    """Make samples out of noise."""'
    for line in cast_to(task.loop, f"return {task.run(GENERATOR, *given)}"):
        yield f"    {line}"


def _score(task: Task) -> Iterator[str]:
    takes = task.takes(DISCRIMINATOR)
    given = ["samples", *(told(entry, task.classes) for entry in takes[1:])]
    yield f"def score(model: nn.Module, samples: torch.Tensor{_given(task, True)}) -> torch.Tensor:"
    yield '    """Say how real samples look."""'
    for line in cast_to(task.loop, f"return {task.run(DISCRIMINATOR, *given)}.float()"):
        yield f"    {line}"


def _critic_loss(task: Task) -> Iterator[str]:
    yield "def critic_loss(on_real: torch.Tensor, on_fake: torch.Tensor) -> torch.Tensor:"
    yield '    """Give what the discriminator makes small: the scores of real samples shall be high."""'
    match task.values["loss"]:
        case "bce":
            yield "    bce = nn.functional.binary_cross_entropy_with_logits"
            yield "    real, fake = torch.full_like(on_real, 1.0 - SMOOTHING), torch.zeros_like(on_fake)"
            yield "    return bce(on_real, real) + bce(on_fake, fake)"
        case "least_squares":
            yield "    high = 1.0 - SMOOTHING"
            yield "    return ((on_real - high).square().mean() + on_fake.square().mean()) / 2"
        case "hinge":
            yield "    relu = nn.functional.relu"
            yield "    return relu(1 - on_real).mean() + relu(1 + on_fake).mean()"
        case _:
            yield "    return on_fake.mean() - on_real.mean()"


def _generator_loss(task: Task) -> Iterator[str]:
    yield "def generator_loss(on_fake: torch.Tensor) -> torch.Tensor:"
    yield '    """Give what the generator makes small: it wants its samples to be taken for real ones."""'
    match task.values["loss"]:
        case "bce":
            yield "    bce = nn.functional.binary_cross_entropy_with_logits"
            yield "    return bce(on_fake, torch.ones_like(on_fake))"
        case "least_squares":
            yield "    return (on_fake - 1).square().mean() / 2"
        case _:
            yield "    return -on_fake.mean()"


def _steepness(task: Task) -> Iterator[str]:
    given = _given(task, True)
    yield "def steepness("
    yield f"    model: nn.Module, real: torch.Tensor, fake: torch.Tensor{given}, share: torch.Tensor"
    yield ") -> torch.Tensor:"
    yield '    """Give how far the length of the gradient is from 1, between real and made samples."""'
    yield "    share = share.view(-1, *(1,) * (real.dim() - 1))"
    yield "    between = (share * real + (1 - share) * fake.float()).requires_grad_(True)"
    yield f"    on_between = score(model, between{_given(task)})"
    yield "    (gradient,) = torch.autograd.grad(on_between.sum(), between, create_graph=True)"
    yield "    return (gradient.flatten(1).norm(dim=1) - 1).square().mean()"


def _judge(task: Task) -> Iterator[str]:
    given = _given(task)
    mean = ".sigmoid().mean()" if task.values["loss"] == "bce" else ".mean()"
    yield from judge(
        [
            *_batch(task),
            f"fake = made(model, noise_for(len(real)){given})",
            f"on_real, on_fake = score(model, real{given}), score(model, fake{given})",
            "critic, fooled = critic_loss(on_real, on_fake), generator_loss(on_fake)",
        ],
        {
            "loss": "critic + fooled",
            "generator_loss": "fooled",
            "discriminator_loss": "critic",
            "real_score": f"on_real{mean}",
            "fake_score": f"on_fake{mean}",
        },
    )


def _batch(task: Task) -> list[str]:
    return [
        'real, label = batch[0]["x"], batch[1]["class"]' if _conditional(task) else 'real = batch[0]["x"]'
    ]


# -- a step --------------------------------------------------------------------------------------------


def _step(task: Task) -> list[str]:
    given, several = _given(task), _several(task)
    first, last = script_learn.span(task.loop)
    lines = [script_learn.fetched(task.plan, task.loop), *_batch(task)]
    making = f"fake = made(model, noise_for(len(real)){given})"
    if several:
        # Each step of the discriminator has a batch of its own; the generator learns in the last of them.
        lines += ["turn += 1", "learns = turn % CRITIC_STEPS == 0", "with torch.set_grad_enabled(learns):"]
        lines.append(f"    {making}")
    else:
        lines.append(making)
    if _steep(task):
        lines.append("share = torch.rand(len(real), device=DEVICE)")
    lines += [
        f"on_real, on_fake = score(model, real{given}), score(model, fake.detach(){given})",
        "critic = critic_loss(on_real, on_fake)",
    ]
    if _steep(task):
        lines.append(f"critic = critic + PENALTY * steepness(model, real, fake.detach(){given}, share)")
    lines += script_learn.move(task.plan, task.loop, [task.frame(DISCRIMINATOR)], "critic")
    fooling = f"fooled = generator_loss(score(model, fake{given}))"
    moved = script_learn.move(task.plan, task.loop, [task.frame(GENERATOR)], "fooled")
    held = [f"with held({task.frame(DISCRIMINATOR).model}):", *(f"    {line}" for line in (fooling, *moved))]
    if several:
        lines += ["if learns:", *(f"    {line}" for line in held)]
        lines += ["elif fooled is None:", "    with torch.no_grad():", f"        {fooling}"]
    else:
        lines += held
    lines.append(f"total += (critic + fooled).item() * ({last} - {first})")
    return parts(task.loop, task.frames, lines)
