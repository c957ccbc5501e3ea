"""The language model recipe as a script has it; `studio.train.recipes.language_model` says what it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from studio.compiler.source import literal
from studio.data import tokens
from studio.data.tokens import PADDING
from studio.exchange import script_learn
from studio.exchange.script_loop import Course, cast_to
from studio.exchange.script_recipe import Task, Written, goal_of, judge, the_field
from studio.project import MODEL

_OWN = "studio.train.recipes.generating"


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
    constants = [f"PADDING = {PADDING}  # what fills a short text; it is not learned"]
    if not _writes(task):
        course = Course(list(step), goal=goal_of(task.plan), prepared=True)
        return Written(constants, functions, course, {}, imports=["import math"])
    functions += [list(_continued(task)), list(_texts(task))]
    after = ['for text in texts(model, inputs["x"].shape[1]):', '    print("-" * 40, text, sep="\\n")']
    course = Course(list(step), goal=goal_of(task.plan), prepared=True, after=after)
    bpe = ["import tokenizers"] if _units(task) == "bpe" else []
    return Written(constants, functions, course, {_OWN: ["drawn"]}, imports=["import math", *bpe])


def _writes(task: Task) -> bool:
    return task.preprocessing.get("kind") == "tokens" and bool(task.values["samples"])


def _units(task: Task) -> str:
    return str(task.preprocessing["units"])


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


def _continued(task: Task) -> Iterator[str]:
    tensor = task.takes(MODEL)[0][1]
    values = task.values
    drawing = ", ".join(literal(values[name]) for name in ("temperature", "top_k", "top_p"))
    yield "@torch.no_grad()"
    yield "def continued(model: nn.Module, rows: torch.Tensor, room: int, known: int) -> torch.Tensor:"
    yield '    """Continue rows of tokens: each next one is drawn from what the network expects."""'
    yield f"    for _ in range({literal(values['length'])}):"
    yield "        tokens = rows[:, -room:].to(DEVICE)"
    yield "        last = tokens.shape[1] - 1"
    if not tensor.lengths:
        yield "        tokens = nn.functional.pad(tokens, (0, room - tokens.shape[1]), value=PADDING)"
    for line in cast_to(task.loop, f"scores = {task.run(MODEL, 'tokens')}"):
        yield f"        {line}"
    yield "        scores = scores[:, last, :known].float().cpu()"
    yield f"        rows = torch.cat([rows, drawn(scores, {drawing})], 1)"
    yield "    return rows"


def _texts(task: Task) -> Iterator[str]:
    facts, module = task.preprocessing, task.frame(MODEL).module
    weights = "weights.pt" if module == "model" else f"{module}.pt"
    vocabulary = tuple(map(str, cast(Sequence[object], facts["vocabulary"])))
    prompt = str(task.values["prompt"])
    begun = tokens.numbers(prompt, _units(task), vocabulary, str(facts.get("model", ""))) or [PADDING]
    yield "def texts(model: nn.Module, room: int) -> list[str]:"
    yield f'    """Continue a text; {weights} knows what its tokens are called."""'
    yield f"    kept = torch.load(Path(__file__).resolve().parent / {literal(weights)}, weights_only=True)"
    yield '    names = kept["preprocessing"]["vocabulary"]'
    yield f"    begun = {begun}  # the tokens of {literal(prompt)}"
    count = literal(task.values["samples"])
    yield f"    rows = continued(model, torch.tensor([begun]).repeat({count}, 1), room, len(names))"
    first = len(tokens.SPECIAL)
    match _units(task):
        case "bytes":
            each = f'bytes(n - {first} for n in row if n >= {first}).decode("utf-8", "replace")'
        case "bpe":
            yield '    pieces = tokenizers.Tokenizer.from_str(kept["preprocessing"]["model"])'
            each = f"pieces.decode([n for n in row if n >= {first}])"
        case "characters":
            each = f'"".join(names[n] for n in row if n >= {first})'
        case _:
            each = f'" ".join(names[n] for n in row if n >= {first})'
    yield f"    return [{each} for row in rows.tolist()]"


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
