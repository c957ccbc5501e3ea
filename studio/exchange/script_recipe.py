"""What the training scripts of all recipes but the supervised one have in common.

A recipe writes itself in a module of its own, as `written(task)`: see `RECIPES`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from studio.compiler import Tensor
from studio.compiler.source import literal
from studio.exchange import script_learn, script_loop, script_plan
from studio.exchange.script_data import ACTING
from studio.exchange.script_frame import Frame
from studio.graph import Message, Value
from studio.project import Plan
from studio.train.loop.goals import CHECKED
from studio.train.plans.terms import optimizer_of
from studio.train.runs.preparing import recipe_class

RECIPES: Mapping[str, str] = {
    "adversarial": "script_adversarial",
    "diffusion": "script_diffusion",
    "language_model": "script_language_model",
    "autoencoder": "script_autoencoder",
    "siamese": "script_siamese",
    "translation": "script_translation",
    "dqn": "script_dqn",
    "ppo": "script_ppo",
}
"""Recipe to the module that writes it."""

FIGURES: Mapping[str, frozenset[str]] = {
    "adversarial": frozenset({"generator_loss", "discriminator_loss", "real_score", "fake_score"}),
    "language_model": frozenset({"perplexity"}),
    "siamese": frozenset({"accuracy"}),
    "translation": frozenset({"exact_match", "token_accuracy"}),
    **dict.fromkeys(ACTING, frozenset({"return"})),
}
"""Recipe to what its scripts measure on samples that are not learned from, besides the loss."""

_INPUTS: Mapping[str, int] = {"adversarial": 1, "diffusion": 2}
"""How many inputs a network has that is not told the class of a sample."""


@dataclass(frozen=True)
class Task:
    """What a recipe is written for.

    Attributes:
        plan: how to train.
        loop: the parameters of the loop.
        frames: the networks, in the order of the plan.
        classes: how many classes the data has.
        preprocessing: how samples became inputs.
    """

    plan: Plan
    loop: Mapping[str, Value]
    frames: Sequence[Frame]
    classes: int
    preprocessing: Mapping[str, object]

    __hash__ = None  # type: ignore[assignment]

    @property
    def values(self) -> dict[str, Value]:
        """The parameters of the recipe."""
        return self.plan.recipe.resolved("recipe")

    def frame(self, role: str) -> Frame:
        """Give the network of a role."""
        return next(frame for frame in self.frames if frame.role == role)

    def takes(self, role: str) -> list[tuple[str, Tensor]]:
        """Give what the network of a role takes: names and sizes, in order."""
        return [(name, tensor) for _, name, tensor in self.frame(role).program.inputs]

    def run(self, role: str, *given: str) -> str:
        """Write a call of the network of a role with its inputs in order."""
        names = [name for name, _ in self.takes(role)]
        said = given[0] if len(given) == 1 else ", ".join(map("{}={}".format, names, given))
        return f"{self.frame(role).model}({said})"


@dataclass(frozen=True)
class Written:
    """A recipe as a script has it.

    Attributes:
        constants: what it goes by, one line each.
        functions: its functions, but those that every script has; `prepared` and `judge` among them.
        course: what it does in the loop.
        copies: what is copied from modules of our own, by module.
        imports: what it imports besides.
    """

    constants: Sequence[str]
    functions: Sequence[Sequence[str]]
    course: script_loop.Course
    copies: Mapping[str, Sequence[str]]
    imports: Sequence[str] = ()

    __hash__ = None  # type: ignore[assignment]


def takes_classes(recipe: str, inputs: int) -> bool:
    """Tell whether a network with so many inputs takes the class of a sample.

    Args:
        recipe: the type of the recipe.
        inputs: how many inputs it has.
    """
    return inputs > _INPUTS.get(recipe, inputs)


def own_loop(plan: Plan) -> dict[str, Value]:
    """Give the parameters of the loop as a recipe takes them: what it averages, and what it does not do."""
    loop = dict(plan.loop.resolved("loop"))
    if plan.recipe.type in RECIPES:
        loop["mixup"] = 0.0  # only the supervised recipe mixes
        if loop["ema"] is None and "averaging" in plan.recipe.resolved("recipe"):
            loop["ema"] = plan.recipe.resolved("recipe")["averaging"]
    return loop


def unwritable(plan: Plan) -> Message | None:
    """Say what of a plan of these recipes a script does not hold; None where it holds all."""
    loop = plan.loop.resolved("loop")
    key = str(loop["monitor"]).removeprefix(CHECKED)
    if key not in ("", "loss", *FIGURES.get(plan.recipe.type, ())):
        return Message(
            "A script of this recipe does not measure “{name}”. Leave “Best by” empty.",
            name=str(loop["monitor"]),
        )
    searching = [role for role in plan.networks if optimizer_of(plan, role).type in script_learn.SEARCHES]
    if len(plan.networks) > 1 and searching:
        return Message(
            "A script does not hold L-BFGS where several networks learn. "
            "Choose another optimizer for “{role}”.",
            role=searching[0],
        )
    steps = cast(int, plan.recipe.resolved("recipe").get("critic_steps", 1))
    if cast(int, loop["accumulate"]) > 1 and steps > 1:
        return Message(
            "A script does not add up the gradients of several batches where the discriminator takes several "
            "steps. Set “Batches in a step” to 1."
        )
    return None


def written(task: Task) -> Written:
    """Write the recipe of a plan."""
    module = importlib.import_module(f"studio.exchange.{RECIPES[task.plan.recipe.type]}")
    return cast(Written, module.written(task))


def goal_of(plan: Plan) -> str:
    """Give the figure that a recipe goes by, where the plan names none."""
    return recipe_class(plan).goal


def lines(task: Task, said: Written) -> Iterator[str]:
    """Give everything behind the data, function by function."""
    plan, loop, frames = task.plan, task.loop, task.frames
    yield from ("", "", *said.constants) if said.constants else ()
    for function in (
        *(part for frame in frames for part in _moving(plan, frame)),
        *([script_plan.move(plan, frames[0], ready=True)] if not said.course.loaded else []),
        script_plan.batches(loop, frames[0]),
        *said.functions,
        *([script_loop.follow()] if loop["ema"] is not None else []),
        script_loop.compare(loop, said.course.goal, said.course.summed),
        script_loop.train(plan, loop, frames, said.course),
        script_plan.main(),
    ):
        yield from ("", "")
        yield from function


def _moving(plan: Plan, frame: Frame) -> Iterator[Iterator[str]]:
    if frame.rates:
        yield script_learn.grouped(frame)
    yield script_learn.optimizer(plan, frame)
    formula = script_learn.formula_of(plan, frame.role)
    if formula is not None:
        yield script_learn.factor(formula, frame.mark)


# -- what several recipes write ------------------------------------------------------------------------


LABEL = (
    "    numbers = (each for each in targets.values() if each.dim() == 1)",
    "    label = next(each.long() for each in numbers if not each.is_floating_point())",
)
"""How the numbers of classes are found among the targets of the data."""


def prepared(entry: tuple[str, Tensor], *, classes: bool) -> Iterator[str]:
    """Write how samples are prepared: one input, and the classes where they are wanted."""
    name, tensor = entry
    yield "def prepared(samples: Samples) -> Samples:"
    yield f'    """Give the samples{" with the numbers of their classes" if classes else " alone"}."""'
    yield "    inputs, targets = samples"
    yield f"    x = {the_field(name)}.to(torch.{tensor.dtype})"
    if classes:
        yield from LABEL
        yield '    return {"x": x}, {"class": label}'
    else:
        yield '    return {"x": x}, {}'


def the_field(name: str) -> str:
    """Write how an input is found among the fields of the data."""
    return f"(inputs[{literal(name)}] if len(inputs) > 1 else next(iter(inputs.values())))"


def told(entry: tuple[str, Tensor], classes: int, label: str = "label") -> str:
    """Write how a network is told the class of a sample."""
    _, tensor = entry
    if not tensor.dtype.startswith("float"):
        sizes = tensor.at(1)[1:]
        return f"{label}.reshape(len({label}){''.join(f', {size}' for size in sizes)})" if sizes else label
    return f"nn.functional.one_hot({label}, {classes + 1})[:, :{classes}].to(torch.{tensor.dtype})"


def judge(
    computed: Sequence[str],
    figures: Mapping[str, str],
    more: Sequence[str] = (),
    before: Sequence[str] = (),
) -> Iterator[str]:
    """Write the function that gives the figures of samples.

    Args:
        computed: how they are computed for a batch.
        figures: name to how it is written.
        more: what is computed from all samples, and put into `found`.
        before: what is done before the first batch.
    """
    yield "def judge(model: nn.Module, samples: Samples) -> dict[str, float]:"
    yield '    """Give the figures of samples that were not learned from."""'
    yield "    model.eval()"
    yield "    count = len(next(iter(samples[0].values())))"
    yield "    totals: dict[str, torch.Tensor] = {}"
    yield from (f"    {line}" for line in before)
    yield "    with torch.no_grad():"
    yield "        for start in range(0, count, BATCH_SIZE):"
    yield "            places = torch.arange(start, min(start + BATCH_SIZE, count), device=DEVICE)"
    yield "            batch = take(samples, places)"
    yield from (f"            {line}" for line in computed)
    if len(figures) == 1:
        yield from (f"            figures = {{{literal(name)}: {value}}}" for name, value in figures.items())
    else:
        yield "            figures = {"
        yield from (f"                {literal(name)}: {value}," for name, value in figures.items())
        yield "            }"
    yield "            for name, value in figures.items():"
    yield "                totals[name] = totals.get(name, 0) + value * len(places)"
    if not more:
        yield "    return {name: float(total) / count for name, total in totals.items()}"
        return
    yield "    found = {name: float(total) / count for name, total in totals.items()}"
    yield from (f"    {line}" for line in more)
    yield "    return found"


def parts(loop: Mapping[str, Value], frames: Sequence[Frame], lines: Sequence[str]) -> list[str]:
    """Write a step of several networks, batch by batch where it has several."""
    if loop["accumulate"] == 1:
        return list(lines)
    return [
        *script_learn.zeroed(frames),
        "for first in range(start, end, BATCH_SIZE):",
        "    last = min(first + BATCH_SIZE, end)",
        *(f"    {line}" for line in lines),
    ]
