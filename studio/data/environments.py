"""Environments to act in: what recipes that learn by acting take in place of samples.

As a data set, an environment gives what somebody sees who acts at random, with the actions taken; recipes
make environments of their own and learn from what they meet there.
"""

from __future__ import annotations

import importlib
import random
from abc import ABC, abstractmethod
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import torch

from studio.data.dataset import INPUT, DataError, Dataset, Facts, Field, Progress, Split
from studio.data.gridworld import MOVES, GridWorld
from studio.data.preprocessing import Preprocessing
from studio.graph import Message

ACTION = "action"
"""The field that says what was done."""

_SHOWN = 500
"""How many random steps are given as samples."""


class Environment(Protocol):
    """Something to act in, step by step; all randomness comes from the seed of an episode."""

    def reset(self, seed: int) -> list[float]:
        """Begin an episode; give what is seen."""
        ...

    def step(self, action: int) -> tuple[list[float], float, bool, bool]:
        """Act; give what is seen then, the reward, whether it is over, and whether only time is up."""
        ...

    def state(self) -> list[float]:
        """Give where the episode stands, exactly."""
        ...

    def restore(self, state: list[float]) -> None:
        """Stand there."""
        ...


@dataclass(frozen=True)
class EnvironmentSource(ABC):
    """Where environments come from.

    Attributes:
        steps: environment steps of an epoch of training.
        check_episodes: episodes that each epoch is checked with.
        test_episodes: episodes for the final judgement.
    """

    steps: int
    check_episodes: int
    test_episodes: int

    @property
    @abstractmethod
    def sizes(self) -> tuple[int, ...]:
        """Sizes of what is seen."""

    @property
    @abstractmethod
    def actions(self) -> tuple[str, ...]:
        """What can be done, by names."""

    @property
    @abstractmethod
    def title(self) -> Message:
        """What it is called, for people."""

    @property
    def scene(self) -> str:
        """What a window draws for the numbers that are seen; empty where they are drawn as lines."""
        return ""

    def pictures(self, seen: torch.Tensor) -> torch.Tensor | None:
        """Give what is seen as pictures (instants, 3, height, width) from 0 to 1; None for no pictures."""
        return None

    @abstractmethod
    def make(self) -> Environment:
        """Make an environment.

        Raises:
            DataError: a package is missing.
        """

    def fingerprint(self) -> Hashable:
        """Give a constant: nothing is read."""
        return None

    def facts(self) -> Facts:
        """Give what is seen and what can be done."""
        seen, done = Field(self.sizes), Field((), whole=True)
        return Facts({INPUT: seen}, {ACTION: done}, "classification", len(self.actions))

    def load(self, progress: Progress) -> Dataset:
        """Act at random for a while.

        Raises:
            DataError: a package is missing.
        """
        progress(Message("Acting at random"), 0.0)
        environment, dice = self.make(), random.Random(0)
        seen, done = [environment.reset(0)], []
        for number in range(min(self.steps, _SHOWN)):
            done.append(dice.randrange(len(self.actions)))
            observed, _, over, cut = environment.step(done[-1])
            seen.append(environment.reset(number + 1) if over or cut else observed)
        values = torch.tensor(seen[:-1], dtype=torch.float32).reshape(-1, *self.sizes)
        whole = Split({INPUT: values}, {ACTION: torch.tensor(done)})

        def part(episodes: int) -> Split:
            return whole.take(torch.arange(episodes) % len(whole))

        facts = Preprocessing("vector", self.sizes)
        return Dataset(
            whole,
            part(self.check_episodes),
            part(self.test_episodes),
            "classification",
            self.actions,
            facts,
            self.title,
        )


@dataclass(frozen=True)
class Grid(EnvironmentSource):
    """The grid world.

    Attributes:
        size: cells along each side.
        limit: steps after which an episode ends.
    """

    size: int = 5
    limit: int = 50

    @property
    def sizes(self) -> tuple[int, ...]:
        """One number for each cell."""
        return (self.size * self.size,)

    @property
    def actions(self) -> tuple[str, ...]:
        """The four ways to go."""
        return tuple(MOVES)

    @property
    def title(self) -> Message:
        """The name."""
        return Message("Grid world")

    def pictures(self, seen: torch.Tensor) -> torch.Tensor:
        """Give each cell as a pixel: walls grey, the goal green, the walker blue."""
        cells = torch.zeros(3, self.size, self.size)
        for row, column in GridWorld(self.size, self.limit).walls():
            cells[:, row, column] = 0.45
        cells[:, -1, -1] = torch.tensor([0.2, 0.7, 0.45])
        frames = cells.repeat(len(seen), 1, 1, 1)
        stands = seen.reshape(len(seen), self.size, self.size).bool()
        frames.permute(0, 2, 3, 1)[stands] = torch.tensor([0.35, 0.5, 1.0])
        return frames

    def make(self) -> Environment:
        """Make a world."""
        return GridWorld(self.size, self.limit)


@dataclass(frozen=True)
class CartPole(EnvironmentSource):
    """The pole on a cart of gymnasium: CartPole-v1, as Barto, Sutton and Anderson described it in 1983.

    Attributes:
        limit: steps after which an episode ends.
    """

    limit: int = 500

    @property
    def sizes(self) -> tuple[int, ...]:
        """Place and speed of the cart, angle and speed of the pole."""
        return (4,)

    @property
    def actions(self) -> tuple[str, ...]:
        """Which way the cart is pushed."""
        return ("left", "right")

    @property
    def title(self) -> Message:
        """The name."""
        return Message("Pole on a cart")

    @property
    def scene(self) -> str:
        """The cart on its track, and the pole."""
        return "cartpole"

    def make(self) -> Environment:
        """Make one.

        Raises:
            DataError: gymnasium is not installed.
        """
        return _Cart(_gymnasium().make("CartPole-v1").unwrapped, self.limit)


class _Cart:
    """The environment of gymnasium without its wrappers: its state can be kept and put back."""

    def __init__(self, cart: Any, limit: int) -> None:
        self._cart, self._limit, self._steps = cart, limit, 0

    def reset(self, seed: int) -> list[float]:
        seen, _ = self._cart.reset(seed=seed)
        self._steps = 0
        return [float(number) for number in seen]

    def step(self, action: int) -> tuple[list[float], float, bool, bool]:
        seen, reward, over, _, _ = self._cart.step(action)
        self._steps += 1
        cut = not over and self._steps >= self._limit
        return [float(number) for number in seen], float(reward), bool(over), cut

    def state(self) -> list[float]:
        return [float(self._steps), *(float(number) for number in self._cart.state)]

    def restore(self, state: list[float]) -> None:
        import numpy as np

        self._cart.reset(seed=0)
        self._steps, self._cart.state = int(state[0]), np.array(state[1:], dtype=np.float64)


def _gymnasium() -> Any:
    try:
        return importlib.import_module("gymnasium")
    except ImportError as error:
        raise DataError(
            Message("This environment needs one more package: pip install netwright[rl].")
        ) from error
