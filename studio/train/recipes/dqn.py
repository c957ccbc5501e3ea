"""The DQN recipe: a network learns what each action is worth, by acting and by remembering what came of it.

Mnih et al. 2013, arXiv:1312.5602; van Hasselt et al. 2015 (double), arXiv:1509.06461. The whole training is
this loop; an epoch has a stated number of steps in the environment:

    q = Network(); target = copy of q
    torch.manual_seed(s + 1)                            # what actions, memories and episodes are drawn from
    for step in range(steps):
        for _ in range(every):
            action = random if torch.rand(()) < epsilon else q(seen).argmax()
            memory.add(seen, action, reward, after, over)
        if len(memory) < warm_up: continue
        seen, action, reward, after, over = memory[torch.randint(len(memory), (batch_size,))]
        best = q(after).argmax(1)                       # double; else the target network's own best
        wanted = reward + gamma * (1 - over) * target(after)[best]
        loss = smooth_l1(q(seen)[action], wanted)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        target follows q: a little after each step (soft), or wholly after many (hard)

`epsilon` falls evenly from its start to its end. After each epoch whole episodes are played without chance,
and the network with the highest mean return is the best.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import torch
from torch import nn
from torch.nn import functional

from studio.compiler import Problem, Tensor
from studio.data import Dataset
from studio.graph import Message
from studio.project import Plan
from studio.train.made import Made
from studio.train.plans.bound import Bound, said
from studio.train.plans.entries import called, device_of
from studio.train.recipe import Batch, Outcome, Recipe, Tools
from studio.train.recipes.playing import (
    SEED,
    SEEDS,
    TURN,
    Moved,
    Players,
    acting,
    episodes,
    source_for,
    with_turns,
)
from studio.train.settings import Settings

Q = "q"


class DQN(Recipe):
    """One network that scores actions, and a copy of it that follows."""

    makes_anew = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        gamma: float,
        memory: int,
        warm_up: int,
        every: int,
        epsilon_start: float,
        epsilon_end: float,
        epsilon_steps: int,
        double: bool,
        target: Literal["soft", "hard"],
        tau: float,
        sync_every: int,
        loss: Literal["smooth_l1", "mse"],
    ) -> None:
        """Bind the network and make the environment; see the declaration for the parameters."""
        self.models = models
        self.goal = "val_return" if len(data.validation) else "return"
        self._source, self._batch = source_for(plan), Settings.of(plan).batch_size
        self._model = models[Q]
        self._target = copy.deepcopy(self._model).requires_grad_(False).eval()
        self._live, self._held = (
            [value for value in model.state_dict().values() if value.is_floating_point()]
            for model in (self._model, self._target)
        )
        self._gamma, self._warm_up, self._every = gamma, max(warm_up, 1), every
        self._epsilon = epsilon_start, epsilon_end, epsilon_steps
        self._double, self._loss = double, loss
        self._tau, self._sync_every = (tau, 1) if target == "soft" else (1.0, sync_every)
        self._players = Players(self._source, 1)
        self._memory = _Memory(memory, self._source.sizes)
        self._seen = data.train.inputs["x"]
        self._acted = self._learned = 0

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        yield from acting_misfits(bound, Q)

    def prepare(self, data: Dataset) -> Dataset:
        """Give as many rows as an epoch learns from."""
        return with_turns(data, -(-self._source.steps // self._every) * self._batch)

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Act, remember, and learn from memories."""
        where = device_of(self._model)
        self._players.begin()
        for _ in range(self._every):
            self._memory.add(self._players.move(self._chosen(where)))
            self._acted += 1
        found = {"loss": torch.zeros((), device=where), "q_value": torch.zeros((), device=where)}
        if len(self._memory) >= self._warm_up:
            drawn = self._memory.drawn(batch.size, where)
            loss, value = self._computed(drawn, tools)
            tools.learn(Q, loss, lambda: self._computed(drawn, tools)[0])
            self._follow()
            found = {"loss": loss.detach(), "q_value": value.detach()}
        played = self._players
        told = {
            "episode_return": played.last_return,
            "return": played.mean_return,
            "epsilon": self._chance(),
        }
        return Outcome(found | {key: torch.tensor(value, device=where) for key, value in told.items()})

    def _chance(self) -> float:
        """Give the chance of a random action now."""
        start, end, steps = self._epsilon
        return start + (end - start) * min(self._acted / steps, 1.0)

    def _chosen(self, where: torch.device) -> torch.Tensor:
        if float(torch.rand(())) < self._chance():
            return torch.randint(len(self._source.actions), (1,))
        return self._best(self._players.seen.to(where))

    def _best(self, seen: torch.Tensor) -> torch.Tensor:
        with acting(self._model):
            return called(self._model, seen).argmax(1).cpu()

    def _computed(self, drawn: Moved, tools: Tools) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the loss, and what the actions are thought to be worth on average."""
        with torch.no_grad(), tools.precision():
            after = called(self._target, drawn.after).float()
            judge = called(self._model, drawn.after).float() if self._double else after
            best = after.gather(1, judge.argmax(1, keepdim=True)).squeeze(1)
            wanted = drawn.rewards + self._gamma * (1 - drawn.over) * best
        with tools.precision():
            scores = called(self._model, drawn.seen).float()
        value = scores.gather(1, drawn.actions[:, None]).squeeze(1)
        compare = functional.smooth_l1_loss if self._loss == "smooth_l1" else functional.mse_loss
        return compare(value, wanted), value.mean()

    @torch.no_grad()
    def _follow(self) -> None:
        """Let the target network follow."""
        self._learned += 1
        if self._learned % self._sync_every:
            return
        torch._foreach_lerp_(self._held, self._live, self._tau)

    # -- judging ----------------------------------------------------------------------------------------

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Play episodes without chance, and give their mean return; there is no loss to them."""
        return judged(self._source, batch, self._act(tools), device_of(self._model))

    def look(self, batch: Batch, tools: Tools) -> Outcome:
        """Show the network one of the random observations."""
        number = next(iter(batch.inputs.values())) % len(self._seen)
        with tools.precision():
            scores = called(self._model, self._seen[number.cpu().long()].to(device_of(self._model)))
        return Outcome({"loss": scores.float().max(1).values.mean()})

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Play one episode, the same each time as far as the network does the same."""
        return shown(self._source, self._act(tools), generator)

    def _act(self, tools: Tools) -> Any:
        def act(seen: torch.Tensor) -> torch.Tensor:
            with tools.precision():
                return self._best(seen.to(device_of(self._model)))

        return act

    # -- what is kept -----------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Give the environment, the memory and the network that follows."""
        return {
            "acted": self._acted,
            "learned": self._learned,
            "players": self._players.state(),
            "memory": self._memory.state(),
            "target": {name: value.cpu().clone() for name, value in self._target.state_dict().items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from there."""
        self._acted, self._learned = state["acted"], state["learned"]
        self._players.restore(state["players"])
        self._memory.restore(state["memory"])
        self._target.load_state_dict(state["target"])


class _Memory:
    """The steps that are remembered; the oldest make place for new ones."""

    def __init__(self, room: int, sizes: tuple[int, ...]) -> None:
        self._rows = {
            "seen": torch.zeros(room, *sizes),
            "actions": torch.zeros(room, dtype=torch.int64),
            "rewards": torch.zeros(room),
            "after": torch.zeros(room, *sizes),
            "over": torch.zeros(room),
        }
        self._room, self._count, self._next = room, 0, 0

    def __len__(self) -> int:
        return self._count

    def add(self, moved: Moved) -> None:
        """Remember one step."""
        for name, rows in self._rows.items():
            rows[self._next] = getattr(moved, name)[0]
        self._next = (self._next + 1) % self._room
        self._count = min(self._count + 1, self._room)

    def drawn(self, count: int, where: torch.device) -> Moved:
        """Draw some of them."""
        places = torch.randint(self._count, (count,))
        rows = {name: rows[places].to(where) for name, rows in self._rows.items()}
        return Moved(**rows, ended=rows["over"])

    def state(self) -> dict[str, Any]:
        return {
            "rows": {name: rows[: self._count].clone() for name, rows in self._rows.items()},
            "next": self._next,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        for name, rows in state["rows"].items():
            self._rows[name][: len(rows)] = rows
            self._count = len(rows)
        self._next = state["next"]


# -- what every recipe that acts needs -----------------------------------------------------------------


def acting_misfits(bound: Bound, role: str) -> Iterator[Problem]:
    """Tell of a network that does not take what is seen, or does not score the actions."""
    counts = list(bound.count_misfits(role, 1, 1))
    yield from counts
    if counts:
        return
    (seen,), (scores,) = bound.inputs(role), bound.outputs(role)
    yield from bound.data_misfits(seen)
    yield from bound.gives(
        scores,
        Tensor.of(bound.facts.classes),
        Message(
            "The network in the role “{role}” gives {received}, and there are {count} actions to score. "
            "Set the last layer to {count} {count:feature|features}.",
            role=said(role),
            received=str(scores.tensor),
            count=bound.facts.classes,
        ),
    )


def judged(source: Any, batch: Batch, act: Any, where: torch.device) -> Outcome:
    """Play the episodes of a batch."""
    returns, _ = episodes(source, batch.inputs[SEED].tolist(), act)
    return Outcome({"return": returns.mean().to(where)})


def shown(source: Any, act: Any, generator: torch.Generator) -> Made:
    """Play one episode to look at."""
    seed = int(torch.randint(SEEDS, (), generator=generator))
    returns, seen = episodes(source, [seed], act)
    values = torch.tensor(seen)
    title = Message(
        "An episode of {steps} {steps:step|steps}, return {total}",
        steps=len(values) - 1,
        total=f"{float(returns[0]):g}",
    )
    pictures = source.pictures(values)
    if pictures is not None:
        return Made("strips", title, pictures[None])
    return Made("episode", title, values.reshape(len(values), -1), scene=source.scene)


__all__ = ["DQN", "TURN", "acting_misfits", "judged", "shown"]
