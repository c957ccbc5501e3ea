"""The siamese recipe as a script has it; see `studio.train.recipes.siamese` for what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compiler.source import literal
from studio.data import facts_of
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import LABEL, Task, Written, goal_of, judge, prepared
from studio.project import MODEL
from studio.train.recipes.siamese import are_pairs

_OWN = "studio.train.recipes.siamese"


def written(task: Task) -> Written:
    """Write it."""
    values, pairs = task.values, are_pairs(facts_of(task.plan.data))
    entry = task.takes(MODEL)[0]
    functions = [
        list(_paired(entry[1].dtype) if pairs else prepared(entry, classes=True)),
        list(_coded(task)),
        list(_of_pairs(task) if pairs else _of_classes(task)),
        list(_judge(pairs)),
    ]
    step = script_learn.step(task.plan, task.loop, ["loss = loss_of(model, batch)[0]"])
    course = Course(list(step), goal=goal_of(task.plan), prepared=True)
    constants = [f"MARGIN = {literal(values['margin'])}  # how far apart unlike samples shall be"]
    used = ["apart", *(["triplets"] if values["loss"] == "triplet" else ["mean_where"]), "_Nearest"]
    return Written(constants, functions, course, {} if pairs else {_OWN: used})


def _paired(dtype: str) -> Iterator[str]:
    yield "def prepared(samples: Samples) -> Samples:"
    yield '    """Give pairs of samples, and whether they are alike."""'
    yield "    inputs, targets = samples"
    yield f"    one, other = (values.to(torch.{dtype}) for values in inputs.values())"
    yield from LABEL
    yield '    return {"a": one, "b": other}, {"class": label}'


def _coded(task: Task) -> Iterator[str]:
    yield "def coded(model: nn.Module, x: torch.Tensor) -> torch.Tensor:"
    yield '    """Write each sample down in one row of numbers."""'
    for line in cast_to(task.loop, f"codes = {task.run(MODEL, 'x')}"):
        yield f"    {line}"
    yield "    codes = codes.float().flatten(1)"
    plain = "codes" if not task.values["normalise"] else "nn.functional.normalize(codes, dim=1)"
    yield f"    return {plain}"


def _parts(task: Task, distance: str, cosine: str) -> Iterator[str]:
    """Write the loss of like pairs and that of unlike ones."""
    if task.values["loss"] == "cosine":
        yield f"    cosine = {cosine}"
        yield "    near, far = 1 - cosine, nn.functional.relu(cosine - MARGIN)"
    else:
        yield f"    distance = {distance}"
        yield "    near, far = distance.square(), nn.functional.relu(MARGIN - distance).square()"


def _of_pairs(task: Task) -> Iterator[str]:
    yield "def loss_of(model: nn.Module, batch: Samples) -> tuple[torch.Tensor, torch.Tensor]:"
    yield '    """Give the loss, and how often it is told right what is alike."""'
    yield '    inputs, label = batch[0], batch[1]["class"]'
    yield '    one, other = coded(model, torch.cat([inputs["a"], inputs["b"]])).chunk(2)'
    yield from _parts(
        task,
        "(one - other).square().sum(1).clamp(min=1e-12).sqrt()",
        "nn.functional.cosine_similarity(one, other, dim=1)",
    )
    alike = "cosine > (1 + MARGIN) / 2" if task.values["loss"] == "cosine" else "distance < MARGIN / 2"
    yield "    same = label.float()"
    yield f"    right = (({alike}) == (label > 0)).float().mean()"
    yield "    return (same * near + (1 - same) * far).mean(), right"


def _of_classes(task: Task) -> Iterator[str]:
    yield "def loss_of(model: nn.Module, batch: Samples) -> tuple[torch.Tensor, torch.Tensor]:"
    yield '    """Give the loss of all pairs or triplets of a batch, and the codes of its samples."""'
    yield '    codes, label = coded(model, batch[0]["x"]), batch[1]["class"]'
    yield "    same = label[:, None] == label[None, :]"
    yield "    itself = torch.eye(len(label), dtype=torch.bool, device=DEVICE)"
    if task.values["loss"] == "triplet":
        mining = literal(task.values["mining"])
        yield f"    return triplets(apart(codes), same & ~itself, ~same, MARGIN, {mining}), codes"
        return
    if task.values["loss"] == "cosine":
        yield "    unit = nn.functional.normalize(codes, dim=1)"
    yield from _parts(task, "apart(codes)", "unit @ unit.T")
    yield "    return (mean_where(near, same & ~itself) + mean_where(far, ~same)) / 2, codes"


def _judge(pairs: bool) -> Iterator[str]:
    if pairs:
        yield from judge(["loss, right = loss_of(model, batch)"], {"loss": "loss", "accuracy": "right"})
        return
    yield from judge(
        ["loss, codes = loss_of(model, batch)", 'nearest.update(codes, batch[1]["class"])'],
        {"loss": "loss"},
        ['found["accuracy"] = nearest.compute()'],
        before=["nearest = _Nearest()"],
    )
