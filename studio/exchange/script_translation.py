"""The translation recipe as a script has it; `studio.train.recipes.translation` says what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.compiler.source import literal
from studio.data.pairs import SOURCE, WRITTEN
from studio.data.tokens import PADDING
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import Task, Written, goal_of, judge
from studio.project import MODEL


def written(task: Task) -> Written:
    """Write it."""
    functions = [
        list(_prepared(task)),
        list(_loss(task)),
        list(
            judge(
                ["loss, right, tokens = loss_of(model, batch)"],
                {
                    "loss": "loss",
                    "exact_match": "(right == tokens).float().mean()",
                    "token_accuracy": "(right / tokens.clamp(min=1)).mean()",
                },
            )
        ),
    ]
    step = script_learn.step(task.plan, task.loop, ["loss = loss_of(model, batch)[0]"])
    course = Course(list(step), goal=goal_of(task.plan), prepared=True)
    constants = [f"PADDING = {PADDING}  # what fills a short text; it is not learned"]
    return Written(constants, functions, course, {})


def _prepared(task: Task) -> Iterator[str]:
    kinds = {name: tensor.dtype for name, tensor in task.takes(MODEL)}
    yield "def prepared(samples: Samples) -> Samples:"
    yield '    """Give what is read, what is written up to each place, and what comes next."""'
    yield "    inputs, targets = samples"
    yield "    inputs = {"
    for name in (SOURCE, WRITTEN):
        yield f"        {literal(name)}: inputs[{literal(name)}].to(torch.{kinds[name]}),"
    yield "    }"
    yield '    return inputs, {"answer": next(iter(targets.values()))}'


def _loss(task: Task) -> Iterator[str]:
    given = (f"batch[0][{literal(name)}]" for name, _ in task.takes(MODEL))
    smoothing = literal(task.values["smoothing"])
    yield "def loss_of("
    yield "    model: nn.Module, batch: Samples"
    yield ") -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:"
    yield '    """Give the loss; and for each sample how many tokens are right, and how many there are."""'
    for line in cast_to(task.loop, f"scores = {task.run(MODEL, *given)}"):
        yield f"    {line}"
    yield '    scores, wanted = scores.float(), batch[1]["answer"].long()'
    yield "    loss = nn.functional.cross_entropy("
    yield "        scores.flatten(0, 1),"
    yield "        wanted.flatten(),"
    yield "        ignore_index=PADDING,"
    if task.values["smoothing"]:
        yield f"        label_smoothing={smoothing} if model.training else 0.0,"
    yield "    )"
    yield "    counted = wanted != PADDING"
    yield "    right = ((scores.argmax(2) == wanted) & counted).sum(1)"
    yield "    return loss, right, counted.sum(1)"
