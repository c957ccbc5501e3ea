"""Has the networks of a run make something when a person asks: texts that go on, samples, an episode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from studio.data import Dataset
from studio.data.tokens import PADDING, UNKNOWN
from studio.graph import Message
from studio.project import Plan
from studio.train.judging.answers import Shown
from studio.train.judging.evaluate import Plain, networks_in
from studio.train.judging.interpreting import asked
from studio.train.judging.trying import TRANSLATING, WRITING, Answer, Tried, answer
from studio.train.loop.stopping import Interruptible, NotWantedError
from studio.train.made import Made
from studio.train.recipe import TrainError
from studio.train.recipes.generating import generate
from studio.train.recipes.translation import answer as reply
from studio.train.runs.preparing import make_recipe, recipe_class

"""The recipe whose network answers a text with another one."""

LENGTH = 200
"""Tokens that a text is continued by, unless it is said otherwise."""


@dataclass(frozen=True)
class Written:
    """A text that a network goes on with.

    Attributes:
        begun: how it begins, as the network sees it.
        added: what the network added to it.
        unknown: what the network does not know of its beginning.
    """

    begun: str
    added: str
    unknown: int = 0


def writes(plan: Plan | None, data: Dataset | None) -> bool:
    """Tell whether a network was trained to go on with texts."""
    return (
        plan is not None
        and data is not None
        and plan.recipe.type == WRITING
        and data.preprocessing.kind == "tokens"
    )


def translates(plan: Plan | None, data: Dataset | None) -> bool:
    """Tell whether a network was trained to answer texts with others."""
    return (
        plan is not None
        and data is not None
        and plan.recipe.type == TRANSLATING
        and data.preprocessing.kind == "tokens"
    )


def makes(plan: Plan | None) -> bool:
    """Tell whether the networks of a plan make something else with every seed."""
    return plan is not None and recipe_class(plan).makes_anew


def write(
    model: nn.Module,
    data: Dataset,
    prompt: str,
    *,
    length: int = LENGTH,
    temperature: float = 1.0,
    top_k: int = 0,
    seed: int = 0,
    told: Callable[[Written], bool] = lambda _written: True,
) -> Written:
    """Go on with a text, token by token.

    Args:
        model: a language model.
        data: what it was trained on.
        prompt: how the text begins; where it is empty, the network begins by itself.
        length: how many tokens are added at most.
        temperature: 0 takes the likeliest token each time, 1 draws as the network expects, more is wilder.
        top_k: only so many of the likeliest tokens are drawn from; 0 for all.
        seed: what is drawn from: the same seed writes the same text.
        told: told the text after each token; a `False` ends it.

    Raises:
        NetwrightError: the network takes no texts.
    """
    facts = data.preprocessing
    numbers = facts.numbers(prompt)
    begun = facts.words(torch.tensor(numbers or [PADDING]))
    unknown = numbers.count(UNKNOWN)

    def parted(text: str) -> Written:
        return Written(begun, text.removeprefix(begun), unknown)

    text = generate(
        model,
        facts,
        prompt,
        length=length,
        temperature=temperature,
        top_k=top_k,
        seed=seed,
        told=lambda text: told(parted(text)),
    )
    return parted(text)


def translate(
    model: nn.Module,
    data: Dataset,
    text: str,
    *,
    told: Callable[[Written], bool] = lambda _written: True,
) -> Written:
    """Answer a text, token by token, each time with the likeliest one.

    Args:
        model: a network that reads one text and writes another.
        data: what it was trained on.
        text: what is read.
        told: told the answer after each token; a `False` ends it.

    Raises:
        NetwrightError: the network takes no texts.
    """
    facts = data.preprocessing
    unknown = facts.numbers(text).count(UNKNOWN)
    return Written("", reply(model, facts, text, told=lambda now: told(Written("", now, unknown))), unknown)


def made(
    model: nn.Module,
    data: Dataset,
    plan: Plan,
    seed: int,
    wanted: Callable[[], bool] = lambda: True,
) -> tuple[Made, ...]:
    """Have networks make something new.

    Args:
        model: the networks, as `opened` gives them.
        data: what they were trained on.
        plan: how.
        seed: what is drawn from: the same seed makes the same.
        wanted: asked between two looks at a network whether to go on.

    Raises:
        NetwrightError: there is nothing to see of what they make.
        InterruptedError: it was not wanted any more.
    """
    recipe = make_recipe(plan, networks_in(model, plan), data)
    tools = Interruptible(Plain(), wanted)
    found: list[Made] = []
    with asked(model), torch.no_grad():
        recipe.prepare(data)
        try:
            for make in (recipe.make, recipe.walk):
                some = make(tools, torch.Generator().manual_seed(seed))
                found += [] if some is None else [some] if isinstance(some, Made) else some
        except NotWantedError as error:
            raise InterruptedError from error
    if not found:
        raise TrainError(Message("There is nothing to see of what these networks make."))
    return tuple(found)


def answered(model: nn.Module, data: Dataset, tried: Tried, plan: Plan | None = None) -> Answer:
    """Ask the networks of a run about one sample; see `trying.answer`.

    Raises:
        NetwrightError: what they give cannot be read.
    """
    if plan is None or len(plan.networks) < 2:
        return answer(model, data, tried, plan)
    networks = networks_in(model, plan)
    recipe = make_recipe(plan, networks, data)
    (x, *_) = tried.inputs.values()
    with asked(model), torch.no_grad():
        back = recipe.give_back(x, Plain())
    if back is None:
        raise TrainError(Message("These networks give no answer to a sample."))
    values = back[0].float()
    picture = Made("pictures", Message(""), values[None]).pictures()[0]
    return Answer("loss", back=Shown(picture=picture))
