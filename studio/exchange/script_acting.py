"""What scripts of recipes that learn by acting have in common: their world, their episodes, their judging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from studio.compiler.source import literal
from studio.exchange.script_loop import Course, cast_to, cost_of
from studio.exchange.script_recipe import Task
from studio.graph import Value
from studio.train.recipes.playing import _JUDGED

PIECE = "studio.exchange.scripts.acting"
"""Where the pieces stand that act."""

MET = {"return": "met"}
"""The figure that is added up besides the loss, and the name of its sum."""


def constants(task: Task) -> list[str]:
    """Write how long an epoch is, and which episodes are judged by."""
    values = _data(task)
    parts = (("VALIDATION", "check_episodes", _JUDGED), ("TEST", "test_episodes", 2 * _JUDGED))
    seeds = [
        f"{name} = range({first:_}, {first + cast(int, values[which]):_})" for name, which, first in parts
    ]
    return [
        f"STEPS = {literal(values['steps'])}  # in the world, of an epoch",
        f"{seeds[0]}  # the seeds of the episodes that each epoch is checked with",
        f"{seeds[1]}  # and of those for the final judgement",
    ]


def _data(task: Task) -> Mapping[str, Value]:
    return task.plan.data.resolved("data")


def judge(task: Task, model: str) -> Iterator[str]:
    """Write the function that plays whole episodes."""
    yield "def judge(model: nn.Module, seeds: range) -> dict[str, float]:"
    yield '    """Play whole episodes without chance; give their mean return."""'
    yield "    model.eval()"
    yield "    total = torch.zeros(())"
    yield "    for start in range(0, len(seeds), BATCH_SIZE):"
    yield "        some = seeds[start : start + BATCH_SIZE]"
    yield "        worlds = [world() for _ in some]"
    for line in cast_to(
        task.loop, f"returns = returns_of(worlds, some, lambda seen: likeliest({model}, seen))"
    ):
        yield f"        {line}"
    yield "        total = total + returns.mean() * len(some)"
    yield '    return {"return": float(total) / len(seeds)}'


def likeliest() -> Iterator[str]:
    """Write the function that chooses actions without chance."""
    yield "@torch.no_grad()"
    yield "def likeliest(model: nn.Module, seen: torch.Tensor) -> torch.Tensor:"
    yield '    """Give the action with the highest score for each row."""'
    yield "    training = model.training"
    yield "    scores = model.eval()(seen.to(DEVICE))"
    yield "    model.train(training)"
    yield "    return scores.argmax(1).cpu()"


def course(task: Task, step: list[str], *, players: str, count: str, before: list[str]) -> Course:
    """Give what such a recipe does in the loop.

    Args:
        task: what it is written for.
        step: what is done in a step.
        players: how many worlds there are, as it is written.
        count: how many rows an epoch learns from, likewise.
        before: what is done once, before the first step.
    """
    checked = bool(_data(task)["check_episodes"])
    goal = "val_return" if checked else "return"
    return Course(
        step,
        before=before,
        goal=goal,
        loaded=[f"count = {count}", "validation, test = VALIDATION, TEST"],
        begun=[f"players = Players([world() for _ in range({players})])"],
        summed=MET,
        watched=cost_of(task.loop, goal, MET) if checked else 'found["loss"]',
    )
