"""Acts in environments: several side by side, each begun anew when it is over; and whole episodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import nn

from studio.data import Dataset, Split
from studio.data.environments import Environment, EnvironmentSource
from studio.data.loading import source_of
from studio.graph import Message
from studio.project import Plan
from studio.train.recipe import TrainError

SEED = "seed"
"""The input that holds the number of an episode to judge by."""

TURN = "turn"
"""The input that holds the number of one of the random observations, to look into the networks with."""

_LAST = 20
"""So many finished episodes the mean return in training is of."""

_JUDGED = 1_000_000
"""The seeds of episodes to judge by begin here; training draws its own from a far larger range."""

SEEDS = 2**31 - 1

Act = Callable[[torch.Tensor], torch.Tensor]
"""Gives an action for each observation."""


def source_for(plan: Plan) -> EnvironmentSource:
    """Give the source of a plan's environments.

    Raises:
        TrainError: its data is none.
    """
    found = source_of(plan.data)
    if isinstance(found, EnvironmentSource):
        return found
    declared = plan.data.declared("data")
    raise TrainError(
        Message(
            "This recipe learns by acting in an environment, and “{data}” gives samples. "
            "Choose an environment as the data, such as the grid world.",
            data=Message(declared.title) if declared is not None else plan.data.type,
        )
    )


def with_turns(data: Dataset, rows: int) -> Dataset:
    """Give data whose epochs have a number of rows, and whose other splits number episodes.

    Args:
        data: what an environment gives: some observations.
        rows: how many samples an epoch learns from.
    """
    seen = len(data.train)
    turns = torch.arange(rows, dtype=torch.int32) % seen

    def episodes(split: Split, first: int) -> Split:
        return Split({SEED: torch.arange(len(split)) + first}, {})

    return replace(
        data,
        train=Split({TURN: turns}, {}),
        validation=episodes(data.validation, _JUDGED),
        test=episodes(data.test, 2 * _JUDGED),
    )


@contextmanager
def acting(*models: nn.Module) -> Iterator[None]:
    """Have networks in evaluation mode and without gradients."""
    training = [model for model in models if model.training]
    for model in training:
        model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        for model in training:
            model.train()


@dataclass(frozen=True)
class Moved:
    """What one step of all environments gave; each is a row.

    Attributes:
        seen: what was seen before.
        actions: what was done.
        rewards: what that was worth.
        after: what was seen after it.
        over: 1 where nothing more can come.
        ended: 1 where the episode ended, also where only its time was up.
    """

    seen: torch.Tensor
    actions: torch.Tensor
    rewards: torch.Tensor
    after: torch.Tensor
    over: torch.Tensor
    ended: torch.Tensor

    __hash__ = None  # type: ignore[assignment]


class Players:
    """Several environments side by side, on the processor.

    Attributes:
        seen: what is seen now; one row for each.
    """

    def __init__(self, source: EnvironmentSource, count: int) -> None:
        """Make them; they begin when they are first asked to act."""
        self._source = source
        self._environments: list[Environment] = []
        self._count = count
        self._returns = [0.0] * count
        self._last: list[float] = []
        self.seen = torch.zeros(count, *source.sizes)

    def begin(self) -> None:
        """Begin, unless that was done: each with a seed drawn from the training's stream."""
        if not self._environments:
            self._environments = [self._source.make() for _ in range(self._count)]
            for number in range(self._count):
                self._anew(number)

    def _anew(self, number: int) -> None:
        seed = int(torch.randint(SEEDS, ()))
        self.seen[number] = torch.tensor(self._environments[number].reset(seed)).view(self._source.sizes)
        self._returns[number] = 0.0

    def move(self, actions: torch.Tensor) -> Moved:
        """Act once in each."""
        before, after = self.seen.clone(), self.seen.clone()
        rewards, over, ended = (torch.zeros(self._count) for _ in range(3))
        for number, action in enumerate(actions.tolist()):
            seen, reward, done, cut = self._environments[number].step(action)
            after[number] = torch.tensor(seen).view(self._source.sizes)
            rewards[number], over[number], ended[number] = reward, float(done), float(done or cut)
            self._returns[number] += reward
            if done or cut:
                self._last = [*self._last[1 - _LAST :], self._returns[number]]
                self._anew(number)
            else:
                self.seen[number] = after[number]
        return Moved(before, actions, rewards, after, over, ended)

    @property
    def mean_return(self) -> float:
        """The mean return of the episodes that ended last; of the running ones before any has."""
        known = self._last or self._returns
        return sum(known) / len(known)

    @property
    def last_return(self) -> float:
        """The return of the episode that ended last; of a running one before any has."""
        return (self._last or self._returns)[-1]

    def state(self) -> dict[str, Any]:
        """Give where all of them stand."""
        return {
            "states": [environment.state() for environment in self._environments],
            "seen": self.seen.clone(),
            "returns": list(self._returns),
            "last": list(self._last),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Stand there."""
        self._environments = [self._source.make() for _ in state["states"]]
        for environment, kept in zip(self._environments, state["states"], strict=True):
            environment.restore(list(kept))
        self.seen.copy_(state["seen"])
        self._returns, self._last = list(state["returns"]), list(state["last"])


def episodes(source: EnvironmentSource, seeds: list[int], act: Act) -> tuple[torch.Tensor, list[list[float]]]:
    """Play whole episodes side by side.

    Args:
        source: where environments come from.
        seeds: of each.
        act: what to do; it is given what the episodes that still go on see.

    Returns:
        The return of each, and what was seen in the first one, from its beginning to its end.
    """
    players = [source.make() for _ in seeds]
    seen = [player.reset(seed) for player, seed in zip(players, seeds, strict=True)]
    returns = torch.zeros(len(seeds))
    first = [seen[0]] if seen else []
    going = list(range(len(seeds)))
    while going:
        actions = act(torch.tensor([seen[number] for number in going]).view(-1, *source.sizes)).tolist()
        still = []
        for number, action in zip(going, actions, strict=True):
            seen[number], reward, over, cut = players[number].step(action)
            returns[number] += reward
            if number == 0:
                first.append(seen[0])
            if not (over or cut):
                still.append(number)
        going = still
    return returns, first
