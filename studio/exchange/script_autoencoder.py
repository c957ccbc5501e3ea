"""The autoencoder recipe as a script has it; see `studio.train.recipes.autoencoder` for what it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.compiler.source import literal
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import Task, Written, goal_of, judge, parts, prepared
from studio.train.recipes.autoencoder import _JUDGED_SEED, DECODER, ENCODER

_SHOWN = 64


def written(task: Task) -> Written:
    """Write it."""
    values = task.values
    constants = [
        *([f"NOISE = {literal(values['noise'])}  # spread"] if _noisy(task) else []),
        *([f"MASKED = {literal(values['masked'])}  # share of the numbers"] if _masked(task) else []),
        *([f"BETA = {literal(values['beta'])}"] if _variational(task) else []),
        *(_limits(task) if values["loss"] == "bce" else []),
    ]
    functions = [
        list(prepared(task.takes(ENCODER)[0], classes=False)),
        *([list(_spoiled(task))] if _spoils(task) else []),
        list(_coded(task)),
        list(_decoded(task)),
        list(_losses(task)),
        list(_judge(task)),
    ]
    sizes = "".join(f", {size}" for size in task.takes(DECODER)[0][1].at(1)[1:])
    drawn = f"torch.randn({_SHOWN}{sizes}, device=DEVICE)"
    sampled = ["with torch.no_grad():", f'    torch.save(decoded(model, {drawn}).cpu(), "samples.pt")']
    course = Course(
        _step(task),
        goal=goal_of(task.plan),
        prepared=True,
        after=sampled if _variational(task) else (),
    )
    return Written(constants, functions, course, {})


def _variational(task: Task) -> bool:
    return task.values["kind"] == "variational"


def _noisy(task: Task) -> bool:
    return task.values["kind"] == "denoising" and bool(task.values["noise"])


def _masked(task: Task) -> bool:
    return task.values["kind"] == "denoising" and bool(task.values["masked"])


def _spoils(task: Task) -> bool:
    return _noisy(task) or _masked(task)


def _limits(task: Task) -> Iterator[str]:
    """Write which numbers stand for a brightness of 0 and of 1."""
    mean, std = (task.preprocessing.get(name) for name in ("mean", "std"))
    middle = list(mean) if isinstance(mean, Sequence) and mean else [0.0]
    spread = list(std) if isinstance(std, Sequence) and std else [1.0]
    for name, brightness in (("DARK", 0), ("BRIGHT", 1)):
        shifted = f"({brightness} - torch.tensor({middle})) / torch.tensor({spread})"
        yield f"{name} = ({shifted}).view(-1, 1, 1).to(DEVICE)"


# -- functions -----------------------------------------------------------------------------------------


def _spoiled(task: Task) -> Iterator[str]:
    yield "def spoiled(x: torch.Tensor, generator: torch.Generator | None = None) -> torch.Tensor:"
    yield '    """Spoil samples; with a generator in the same way each time."""'
    yield "    where = DEVICE if generator is None else None"
    shown = "x"
    # A check draws both, so that they are alike whichever of them is asked for.
    if _noisy(task):
        yield "    noise = torch.randn(x.shape, device=where, generator=generator).to(DEVICE)"
        shown = "(x + NOISE * noise)"
    else:
        yield "    if generator is not None:"
        yield "        torch.randn(x.shape, generator=generator)"
    if _masked(task):
        yield "    kept = torch.rand(x.shape, device=where, generator=generator).to(DEVICE) >= MASKED"
        shown = f"{shown} * kept"
    yield f"    return {shown}"


def _coded(task: Task) -> Iterator[str]:
    run = task.run(ENCODER, "x")
    if not _variational(task):
        yield "def coded(model: nn.Module, x: torch.Tensor) -> torch.Tensor:"
        yield '    """Write samples down in few numbers."""'
        for line in cast_to(task.loop, f"return {run}.float()"):
            yield f"    {line}"
        return
    outputs = [name for name, _, _ in task.frame(ENCODER).program.outputs]
    mean = "mean" if "mean" in outputs else outputs[0]
    spread = "log_variance" if "log_variance" in outputs else outputs[1]
    yield "def coded(model: nn.Module, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:"
    yield '    """Write samples down: the means of their codes, and the logarithms of their variances."""'
    for line in cast_to(task.loop, f"found = {run}"):
        yield f"    {line}"
    yield f"    return found[{literal(mean)}].float(), found[{literal(spread)}].float()"


def _decoded(task: Task) -> Iterator[str]:
    yield "def decoded(model: nn.Module, code: torch.Tensor) -> torch.Tensor:"
    yield '    """Give samples back from their codes."""'
    for line in cast_to(task.loop, f"return {task.run(DECODER, 'code')}.float()"):
        yield f"    {line}"


def _losses(task: Task) -> Iterator[str]:
    shown = ", shown: torch.Tensor" if _spoils(task) else ""
    blur = ", blur: bool = True" if _variational(task) else ""
    yield f"def losses_of(model: nn.Module, x: torch.Tensor{shown}{blur}) -> dict[str, torch.Tensor]:"
    yield '    """Compare samples with what is given back of them."""'
    if _variational(task):
        yield "    mean, log_variance = coded(model, x)"
        yield "    code = mean"
        yield "    if blur:"
        yield "        code = mean + (log_variance / 2).exp() * torch.randn(mean.shape, device=DEVICE)"
    else:
        yield f"    code = coded(model, {'shown' if _spoils(task) else 'x'})"
    yield "    back = decoded(model, code)"
    match task.values["loss"]:
        case "bce":
            yield "    brightness = ((x - DARK) / (BRIGHT - DARK)).clamp(0, 1)"
            yield "    compare = nn.functional.binary_cross_entropy_with_logits"
            yield '    each = compare(back, brightness, reduction="none")'
        case "mse":
            yield "    each = (back - x).square()"
        case _:
            yield "    each = (back - x).abs()"
    if not _variational(task):
        yield '    return {"loss": each.mean()}'
        return
    yield "    apart = mean.square() + log_variance.exp() - 1 - log_variance"
    yield "    divergence = apart.flatten(1).sum(1).mean() / 2"
    yield "    reconstruction = each.flatten(1).sum(1).mean()"
    yield "    loss = reconstruction + BETA * divergence"
    yield '    return {"loss": loss, "reconstruction": reconstruction, "divergence": divergence}'


def _judge(task: Task) -> Iterator[str]:
    lines = ['x = batch[0]["x"]']
    given = ""
    if _spoils(task):
        lines.append(f"generator = torch.Generator().manual_seed({_JUDGED_SEED})  # the same each time")
        given = ", spoiled(x, generator)"
    if _variational(task):
        given = ", blur=False"
    lines.append(f"losses = losses_of(model, x{given})")
    names = ["loss", *(["reconstruction", "divergence"] if _variational(task) else [])]
    yield from judge(lines, {name: f"losses[{literal(name)}]" for name in names})


# -- a step --------------------------------------------------------------------------------------------


def _step(task: Task) -> list[str]:
    first, last = script_learn.span(task.loop)
    frames = [task.frame(ENCODER), task.frame(DECODER)]
    given = ", spoiled(x)" if _spoils(task) else ""
    lines = [
        script_learn.fetched(task.plan, task.loop),
        'x = batch[0]["x"]',
        f'loss = losses_of(model, x{given})["loss"]',
        *script_learn.move(task.plan, task.loop, frames, "loss"),
        f"total += loss.item() * ({last} - {first})",
    ]
    return parts(task.loop, frames, lines)
