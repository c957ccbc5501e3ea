"""The part of the training script that compares outputs with targets: losses, targets in form, metrics."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from torch import nn

from studio.compiler.source import literal
from studio.exchange.script_frame import Frame
from studio.graph import Value
from studio.nn import SimilarityLoss
from studio.project import LossTerm, Plan
from studio.train.loop.measures import Measure, measure
from studio.train.plans.calls import loss_call, make, targets, write
from studio.train.plans.forms import Form, form_of, judged_form, judged_sizes

_BALANCE = "studio.nn.class_weights"


def own_of(plan: Plan) -> Iterator[str]:
    """Give the dotted names of what a script must copy for its losses."""
    for term in plan.losses:
        yield from targets(loss_call(term.choice))
        if _balanced(term):
            yield f"{_BALANCE}.class_weights"


def losses(plan: Plan, loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    """Write the losses, and the function that computes what training makes small."""
    for place, term in enumerate(plan.losses):
        moved = ".to(DEVICE)" if "pos_weight" in loss_call(term.choice).named else ""
        yield f"CRITERION{_mark(plan, place)} = {write(loss_call(term.choice))}{moved}"
    yield ""
    yield ""
    mix = bool(loop["mixup"])
    given = ", mix: tuple[float, torch.Tensor] | None = None" if mix else ""
    yield f"def loss_of(outputs, targets: dict[str, torch.Tensor]{given}) -> torch.Tensor:"
    yield '    """Compare what the network gives with what is right."""'
    parts: list[str] = []
    for place, term in enumerate(plan.losses):
        target = f"ready{_mark(plan, place)}(targets[{literal(term.target or 'target')}])"
        arguments = f"{frame.written(term)}.float(), {target}"
        criterion = f"CRITERION{_mark(plan, place)}"
        part = f"compared({criterion}, {arguments}, mix)" if mix else f"{criterion}({arguments})"
        parts.append(part if term.weight == 1 else f"{literal(float(term.weight))} * {part}")
    if len(parts) == 1:
        yield f"    return {parts[0]}"
    else:
        yield f"    loss = {parts[0]}"
        for part in parts[1:]:
            yield f"    loss = loss + {part}"
        yield "    return loss"
    if mix:
        yield from ("", "", *_compared())
    for place, term in enumerate(plan.losses):
        yield from ("", "")
        yield from _ready(f"ready{_mark(plan, place)}", _form(term), frame.sizes(term))


def _compared() -> Iterator[str]:
    yield "def compared(criterion, output, target, mix) -> torch.Tensor:"
    yield '    """Compare with the targets of both samples of each pair, by their shares."""'
    yield "    loss = criterion(output, target)"
    yield "    if mix is None:"
    yield "        return loss"
    yield "    share, order = mix"
    yield "    return share * loss + (1 - share) * criterion(output, target[order])"


def balancing(plan: Plan, frame: Frame) -> Iterator[str]:
    """Write how losses learn what each class counts, from the training data."""
    for place, term in enumerate(plan.losses):
        if _balanced(term):
            target = f"ready{_mark(plan, place)}(targets[{literal(term.target or 'target')}])"
            classes = frame.sizes(term)[0]
            weights = f"class_weights({target}.cpu(), {classes}).to(DEVICE)"
            yield f"CRITERION{_mark(plan, place)}.weight = {weights}"


def _balanced(term: LossTerm) -> bool:
    return bool(term.choice.resolved("loss").get("balance"))


def _mark(plan: Plan, place: int) -> str:
    return "" if len(plan.losses) == 1 else f"_{place + 1}"


def _loss(term: LossTerm) -> nn.Module:
    made = make(loss_call(term.choice))
    assert isinstance(made, nn.Module)
    return made


def _form(term: LossTerm) -> Form:
    return form_of(_loss(term))


# -- targets -------------------------------------------------------------------------------------------


def _ready(name: str, form: Form, sizes: tuple[int, ...]) -> Iterator[str]:
    """Write how a target comes into the form that its loss needs."""
    yield f"def {name}(target: torch.Tensor) -> torch.Tensor:"
    one = math.prod(sizes) == 1
    match form:
        case "classes" | "class":
            yield '    """Give class numbers."""'
            yield "    return target.long()"
        case "signs" if len(sizes) > 1:
            yield '    """Give 1 or -1, of the same sizes as the output."""'
            yield f"    return 2 * {_shaped(sizes)} - 1"
        case "logits" | "chances" | "shares" if not one and len(sizes) == 1:
            yield '    """Give a number for each class."""'
            yield from _one_each(sizes)
        case "signs" if not one:
            yield '    """Give 1 or -1 for each class."""'
            yield from _one_each(sizes, "2 * ", " - 1")
        case "signs" | "distances":
            yield '    """Give 1 or -1, of the same sizes as the output."""'
            yield f"    return 2 * {_shaped(sizes)} - 1"
        case "labels":
            yield '    """Give the numbers of the classes that are true, and -1 where there are no more."""'
            yield "    if target.dim() == 1:"
            yield f"        target = nn.functional.one_hot(target.long(), {sizes[0]})"
            yield "    order = torch.sort(target, dim=1, descending=True, stable=True).indices"
            yield "    places = torch.arange(target.shape[1], device=target.device)"
            yield "    return torch.where(places < target.sum(1, keepdim=True), order, -1)"
        case _:
            yield '    """Give numbers of the same sizes as the output."""'
            yield f"    return {_shaped(judged_sizes(form, sizes))}"


def _one_each(sizes: tuple[int, ...], before: str = "", after: str = "") -> Iterator[str]:
    yield "    if target.dim() == 1:"
    yield f"        return {before}nn.functional.one_hot(target.long(), {sizes[0]}).float(){after}"
    yield f"    return {before}target.float(){after}"


def _shaped(sizes: tuple[int, ...]) -> str:
    return f"target.float().reshape(len(target){''.join(f', {size}' for size in sizes)})"


# -- what is judged ------------------------------------------------------------------------------------


def judge(plan: Plan, frame: Frame, computed: list[str]) -> Iterator[str]:
    """Write the function that gives the figures of samples.

    Args:
        plan: how to train.
        frame: the network.
        computed: how outputs and the loss of a batch are computed.
    """
    first = plan.losses[0]
    form = _form(first)
    # Shares can be of classes or numbers; only the data tells, and the loss says enough.
    judged = judged_form(form, "regression" if form in ("numbers", "normal") else "classification")
    counted = judged != "numbers" and form != "shares" and any("accuracy" in m.type for m in plan.metrics)
    found = [] if form == "shares" else measures(plan, frame)
    yield "def judge(model: nn.Module, samples: Samples) -> dict[str, float]:"
    yield '    """Give the figures of samples that were not learned from."""'
    yield "    model.eval()"
    yield "    count = len(next(iter(samples[0].values())))"
    yield (
        "    total, right = torch.zeros((), device=DEVICE), 0.0"
        if counted
        else "    total = torch.zeros((), device=DEVICE)"
    )
    if found:
        yield "    ready_for_torchmetrics()"
        yield "    import torchmetrics"
        yield ""
        yield "    metrics = {"
        for each in found:
            yield f"        {literal(each.key)}: {write(each.call)},"
        yield "    }"
    yield "    with torch.no_grad():"
    yield "        for start in range(0, count, BATCH_SIZE):"
    yield "            places = torch.arange(start, min(start + BATCH_SIZE, count), device=DEVICE)"
    yield "            batch = take(samples, places)"
    yield from (f"            {line}" for line in computed)
    yield "            total = total + loss * len(places)"
    if counted or found:
        yield f"            output = {_judged_output(first, form, frame)}"
        target = f"batch[1][{literal(first.target or 'target')}]"
        yield f"            target = {_judged_target(plan, form, frame.sizes(first), target)}"
    if counted:
        answer = {
            "classes": "output.argmax(1) == target",
            "logits": "(output > 0) == (target > 0.5)",
            "chances": "(output > 0.5) == (target > 0.5)",
        }[judged]
        yield f"            right += float(({answer}).float().mean()) * len(places)"
    if found:
        yield "            output, target = output.cpu(), target.cpu()"
    for each in found:
        yield f"            metrics[{literal(each.key)}].update({each.prepared}, {each.target})"
    figures = '"loss": float(total) / count' + (', "accuracy": right / count' if counted else "")
    more = " | {name: float(metric.compute()) for name, metric in metrics.items()}" if found else ""
    yield f"    return {{{figures}}}{more}"


def measures(plan: Plan, frame: Frame) -> list[Measure]:
    """Give the metrics of a plan that torchmetrics computes in the script; it counts what is right itself."""
    first = plan.losses[0]
    form = _form(first)
    judged = judged_form(form, "regression" if form in ("numbers", "normal") else "classification")
    sizes = judged_sizes(form, frame.sizes(first))
    classes = frame.sizes(first)[0] if frame.sizes(first) else 1
    found = [
        measure(choice, judged, classes, sizes) for choice in plan.metrics if "accuracy" not in choice.type
    ]
    return [each for each in found if each is not None]


def _judged_output(term: LossTerm, form: Form, frame: Frame) -> str:
    written = frame.written(term)
    match form, _loss(term):
        case "distances", nn.HingeEmbeddingLoss(margin=margin):
            return f"{literal(margin / 2)} - {written}.float()"
        case "distances", SimilarityLoss(margin=margin):
            return f"{written}.float() - {literal((1 + margin) / 2)}"
        case "normal", _:
            return f"{written}.chunk(2, dim=1)[0]"
        case _, nn.PoissonNLLLoss(log_input=True):
            return f"{written}.float().exp()"
    return written


def _judged_target(plan: Plan, form: Form, sizes: tuple[int, ...], target: str) -> str:
    ready = f"ready{_mark(plan, 0)}({target})"
    match form:
        case "signs" | "distances":
            return f"({ready} + 1) / 2"
        case "labels":
            return f"{target} if {target}.dim() > 1 else nn.functional.one_hot({target}.long(), {sizes[0]})"
    return ready
