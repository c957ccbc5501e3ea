"""Acts in worlds: several side by side, each begun anew when it is over; and whole episodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

Moved = dict[str, torch.Tensor]
"""What a step of all worlds gave; see `Players.move`."""


class Players:
    """Several worlds side by side; `seen` is what is seen now, one row for each."""

    def __init__(self, worlds: Sequence[Any]) -> None:
        """Begin an episode in each; their seeds are drawn."""
        self.worlds, self.returns = worlds, [0.0 for _ in worlds]
        self.last: list[float] = []
        self.seen = torch.stack([self.begun(world) for world in worlds])

    def begun(self, world: Any) -> torch.Tensor:
        """Begin an episode; give what is seen."""
        return torch.tensor(world.reset(int(torch.randint(2**31 - 1, ()))))

    def move(self, actions: torch.Tensor) -> Moved:
        """Act once in each world; where that ends the episode, another one begins.

        Returns:
            A row for each: what was `seen` before and `after`, the `actions` and their `rewards`, `over`
            where nothing more can come, and `ended` also where only time is up.
        """
        before, after = self.seen.clone(), self.seen.clone()
        rewards, over, ended = (torch.zeros(len(self.worlds)) for _ in range(3))
        for number, (world, action) in enumerate(zip(self.worlds, actions.tolist(), strict=True)):
            seen, reward, done, cut = world.step(action)
            after[number] = self.seen[number] = torch.tensor(seen)
            rewards[number], over[number], ended[number] = reward, float(done), float(done or cut)
            self.returns[number] += reward
            if done or cut:
                self.last = [*self.last, self.returns[number]][-20:]
                self.seen[number], self.returns[number] = self.begun(world), 0.0
        found = {"seen": before, "actions": actions, "rewards": rewards}
        return {**found, "after": after, "over": over, "ended": ended}

    def mean_return(self) -> float:
        """Give the mean return of the last 20 episodes that ended; of the running ones before any has."""
        known = self.last or self.returns
        return torch.tensor(sum(known) / len(known)).item()


def returns_of(
    worlds: Sequence[Any], seeds: Sequence[int], act: Callable[[torch.Tensor], torch.Tensor]
) -> torch.Tensor:
    """Play whole episodes side by side; give the return of each.

    Args:
        worlds: one for each.
        seeds: likewise.
        act: gives an action for each row of what is seen.
    """
    seen = [world.reset(seed) for world, seed in zip(worlds, seeds, strict=True)]
    returns, going = torch.zeros(len(worlds)), list(range(len(worlds)))
    while going:
        actions = act(torch.tensor([seen[number] for number in going])).tolist()
        still = []
        for number, action in zip(going, actions, strict=True):
            seen[number], reward, over, cut = worlds[number].step(action)
            returns[number] += reward
            if not (over or cut):
                still.append(number)
        going = still
    return returns


class Memory:
    """The steps that are remembered; the oldest make place for new ones."""

    def __init__(self, room: int) -> None:
        """Make it empty.

        Args:
            room: for so many steps.
        """
        self.rows: Moved = {}
        self.room, self.count, self.next = room, 0, 0

    def add(self, moved: Moved) -> None:
        """Remember a step of one world."""
        if not self.rows:
            for name, values in moved.items():
                self.rows[name] = torch.zeros(self.room, *values.shape[1:], dtype=values.dtype)
        for name, values in moved.items():
            self.rows[name][self.next] = values[0]
        self.next = (self.next + 1) % self.room
        self.count = min(self.count + 1, self.room)

    def drawn(self, count: int, device: torch.device) -> Moved:
        """Draw some of them."""
        places = torch.randint(self.count, (count,))
        return {name: values[places].to(device) for name, values in self.rows.items()}
