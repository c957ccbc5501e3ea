"""The language model recipe as a script has it; see `studio.train.language_model` for what it does."""

from __future__ import annotations

from collections.abc import Iterator

from studio.data.tokens import PADDING
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import Task, Written, goal_of, judge, the_field
from studio.project import MODEL


def written(task: Task) -> Written:
    """Write it."""
    functions = [
        list(_prepared(task)),
        list(_losses(task)),
        list(
            judge(
                [
                    "loss, each, tokens = losses_of(model, batch)",
                    "cost, known = cost + float(each.double().sum()), known + int(tokens.sum())",
                ],
                {"loss": "loss"},
                ['found["perplexity"] = math.exp(min(cost / max(known, 1), 700))'],
                before=["cost, known = 0.0, 0"],
            )
        ),
    ]
    step = script_learn.step(task.plan, task.loop, ["loss = losses_of(model, batch)[0]"])
    course = Course(list(step), goal=goal_of(task.plan), prepared=True)
    constants = [f"PADDING = {PADDING}  # what fills a short text; it is not learned"]
    return Written(constants, functions, course, {}, imports=["import math"])


def _prepared(task: Task) -> Iterator[str]:
    name, tensor = task.takes(MODEL)[0]
    yield "def prepared(samples: Samples) -> Samples:"
    yield '    """Give tokens, and for each place the token that comes next."""'
    yield "    inputs, targets = samples"
    yield f"    tokens = {the_field(name)}"
    yield "    following = nn.functional.pad(tokens[:, 1:], (0, 1), value=PADDING)"
    yield "    for values in targets.values():"
    yield "        if values.shape == tokens.shape and not values.is_floating_point():"
    yield "            following = values  # the data itself says what comes next"
    yield "            break"
    yield f'    return {{"x": tokens.to(torch.{tensor.dtype})}}, {{"next": following}}'


def _losses(task: Task) -> Iterator[str]:
    yield "def losses_of("
    yield "    model: nn.Module, batch: Samples"
    yield ") -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:"
    yield '    """Give the mean over all tokens, and for each sample the sum and how many tokens it has."""'
    yield '    tokens = batch[0]["x"]'
    for line in cast_to(task.loop, f"scores = {task.run(MODEL, 'tokens')}"):
        yield f"    {line}"
    yield '    wanted = batch[1]["next"]'
    yield "    each = nn.functional.cross_entropy("
    yield "        scores.float().flatten(0, 1),"
    yield "        wanted.flatten().long(),"
    yield "        ignore_index=PADDING,"
    yield '        reduction="none",'
    yield "    ).view(wanted.shape)"
    yield "    total, count = each.sum(1), (wanted != PADDING).sum(1)"
    yield "    return total.sum() / count.sum().clamp(min=1), total, count"
