"""The PPO recipe: a policy learns to choose better actions than it did, but never far from what it did.

Schulman et al. 2017, arXiv:1707.06347; advantages of Schulman et al. 2015, arXiv:1506.02438. The whole
training is this loop; an epoch has a stated number of steps in the environment:

    torch.manual_seed(s + 1)                            # what actions, orders and episodes are drawn from
    for rollout in range(steps // (environments * horizon)):
        for _ in range(horizon):                        # in all environments at once
            action = Categorical(logits=policy(seen)).sample()
        delta = reward + gamma * (1 - over) * value(after) - value(seen)
        advantage[t] = delta[t] + gamma * lam * (1 - ended[t]) * advantage[t + 1]
        wanted = advantage + value(seen)
        for _ in range(passes):
            for rows in torch.randperm(environments * horizon).split(batch_size):
                a = (advantage[rows] - advantage[rows].mean()) / (advantage[rows].std() + 1e-8)
                ratio = (log_chance(action[rows]) - log_chance_then[rows]).exp()
                policy_loss = -min(ratio * a, ratio.clamp(1 - clip, 1 + clip) * a).mean()
                value_loss = (value(seen[rows]) - wanted[rows]).square().mean() / 2
                loss = policy_loss + value_weight * value_loss - entropy_weight * entropy
                both optimizers step

After each epoch whole episodes are played with the likeliest actions, and the networks with the highest mean
return are the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn

from studio.compiler import Problem, Tensor
from studio.data import Dataset
from studio.graph import Message
from studio.project import Plan
from studio.train.made import Made
from studio.train.plans.bound import Bound, said
from studio.train.plans.entries import called, device_of
from studio.train.recipe import Batch, Outcome, Recipe, Tools
from studio.train.recipes.dqn import acting_misfits, judged, shown
from studio.train.recipes.playing import Moved, Players, acting, source_for, with_turns
from studio.train.settings import Settings

POLICY, VALUE = "policy", "value"

Rollout = dict[str, torch.Tensor]
"""What was met: one row for each step of each environment."""


class PPO(Recipe):
    """A policy that chooses, and a network that says what is to be expected."""

    makes_anew = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        gamma: float,
        lam: float,
        clip: float,
        entropy: float,
        value_weight: float,
        environments: int,
        horizon: int,
        passes: int,
        normalise: bool,
    ) -> None:
        """Bind the networks and make the environments; see the declaration for the parameters."""
        self.models = models
        self.goal = "val_return" if len(data.validation) else "return"
        self._source, self._batch = source_for(plan), Settings.of(plan).batch_size
        self._gamma, self._lam, self._clip = gamma, lam, clip
        self._entropy, self._value_weight, self._normalise = entropy, value_weight, normalise
        self._horizon, self._passes, self._rows = horizon, passes, environments * horizon
        self._players = Players(self._source, environments)
        self._seen = data.train.inputs["x"]
        self._rollout: Rollout = {}
        self._orders = torch.zeros(0, dtype=torch.int64)
        self._place = 0

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        yield from acting_misfits(bound, POLICY)
        counts = list(bound.count_misfits(VALUE, 1, 1))
        yield from counts
        if counts:
            return
        (seen,), (value,) = bound.inputs(VALUE), bound.outputs(VALUE)
        yield from bound.data_misfits(seen)
        if value.tensor.at(1) != (1,):
            yield from bound.gives(
                value,
                Tensor.of(1),
                Message(
                    "The network in the role “{role}” gives {received}, and it must say one number: what is "
                    "still to be expected. Set the last layer to 1 feature.",
                    role=said(VALUE),
                    received=str(value.tensor),
                ),
            )

    def prepare(self, data: Dataset) -> Dataset:
        """Give as many rows as an epoch learns from: whole rollouts."""
        rollouts = max(round(self._source.steps / self._rows), 1)
        return with_turns(data, rollouts * self._passes * self._steps * self._batch)

    @property
    def _steps(self) -> int:
        """How many steps go once through a rollout."""
        return -(-self._rows // self._batch)

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn from a part of what was met; where all of it was learned from, go and meet more."""
        if self._place >= len(self._orders) * self._steps:
            self._meet(tools)
        row, part = divmod(self._place, self._steps)
        rows = self._orders[row][part * self._batch : (part + 1) * self._batch]
        where = device_of(self.models[POLICY])
        some = {name: values[rows].to(where) for name, values in self._rollout.items()}
        found = self._computed(some, tools)
        tools.learn((POLICY, VALUE), found["loss"])
        self._place += 1
        told = {name: value.detach() for name, value in found.items()}
        played = {"episode_return": self._players.last_return, "return": self._players.mean_return}
        return Outcome(told | {key: torch.tensor(value, device=where) for key, value in played.items()})

    def _computed(self, some: Rollout, tools: Tools) -> dict[str, torch.Tensor]:
        with tools.precision():
            scores = called(self.models[POLICY], some["seen"]).float()
            values = called(self.models[VALUE], some["seen"]).float().reshape(-1)
        logs = scores.log_softmax(1)
        chosen = logs.gather(1, some["actions"][:, None]).squeeze(1)
        advantage = some["advantages"]
        if self._normalise and len(advantage) > 1:
            advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        ratio = (chosen - some["logs"]).exp()
        held = ratio.clamp(1 - self._clip, 1 + self._clip)
        policy = -torch.minimum(ratio * advantage, held * advantage).mean()
        value = (values - some["wanted"]).square().mean() / 2
        entropy = -(logs.exp() * logs).sum(1).mean()
        return {
            "loss": policy + self._value_weight * value - self._entropy * entropy,
            "policy_loss": policy,
            "value_loss": value,
            "entropy": entropy,
        }

    # -- meeting the world ------------------------------------------------------------------------------

    def _meet(self, tools: Tools) -> None:
        """Act for a while in all environments, and say how much better each action was than expected."""
        self._players.begin()
        where = device_of(self.models[POLICY])
        moved: list[Moved] = []
        logs: list[torch.Tensor] = []
        with acting(self.models[POLICY], self.models[VALUE]), tools.precision():
            for _ in range(self._horizon):
                log = called(self.models[POLICY], self._players.seen.to(where)).float().log_softmax(1).cpu()
                actions = torch.multinomial(log.exp(), 1).squeeze(1)
                logs.append(log.gather(1, actions[:, None]).squeeze(1))
                moved.append(self._players.move(actions))
            seen, after = (torch.stack([getattr(one, name) for one in moved]) for name in ("seen", "after"))
            expected, then = (self._worth(each, where) for each in (seen, after))
        advantages = advantages_of(moved, expected, then, self._gamma, self._lam)
        self._rollout = {
            "seen": seen.flatten(0, 1),
            "actions": torch.cat([one.actions for one in moved]),
            "logs": torch.cat(logs),
            "advantages": advantages.flatten(),
            "wanted": (advantages + expected).flatten(),
        }
        self._orders = torch.stack([torch.randperm(self._rows) for _ in range(self._passes)])
        self._place = 0

    def _worth(self, seen: torch.Tensor, where: torch.device) -> torch.Tensor:
        """Give what is still to be expected where this is seen: one number for each (time, environment)."""
        found = called(self.models[VALUE], seen.flatten(0, 1).to(where)).float().cpu()
        return found.reshape(seen.shape[:2])

    # -- judging ----------------------------------------------------------------------------------------

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Play episodes with the likeliest actions, and give their mean return; there is no loss to them."""
        return judged(self._source, batch, self._act(tools), device_of(self.models[POLICY]))

    def look(self, batch: Batch, tools: Tools) -> Outcome:
        """Show the networks one of the random observations."""
        number = next(iter(batch.inputs.values())) % len(self._seen)
        seen = self._seen[number.cpu().long()].to(device_of(self.models[POLICY]))
        with tools.precision():
            scores = called(self.models[POLICY], seen).float().log_softmax(1).max(1).values
            value = called(self.models[VALUE], seen).float()
        return Outcome({"loss": value.mean() - scores.mean()})

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Play one episode with the likeliest actions."""
        return shown(self._source, self._act(tools), generator)

    def _act(self, tools: Tools) -> Any:
        def act(seen: torch.Tensor) -> torch.Tensor:
            model = self.models[POLICY]
            with acting(model), tools.precision():
                return called(model, seen.to(device_of(model))).argmax(1).cpu()

        return act

    # -- what is kept -----------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Give the environments and what was met."""
        return {
            "players": self._players.state(),
            "rollout": dict(self._rollout),
            "orders": self._orders,
            "place": self._place,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from there."""
        self._players.restore(state["players"])
        self._rollout, self._orders = dict(state["rollout"]), state["orders"]
        self._place = state["place"]


def advantages_of(
    moved: list[Moved], expected: torch.Tensor, then: torch.Tensor, gamma: float, lam: float
) -> torch.Tensor:
    """Give how much better things went than expected, for each time and environment.

    Args:
        moved: what was met, one after the other.
        expected: what was expected at each time.
        then: what was expected after it.
        gamma: what a reward one step later is worth.
        lam: how far it is looked ahead: 0 one step, 1 to the end.
    """
    found = torch.zeros_like(expected)
    later = torch.zeros_like(expected[0])
    for time in range(len(moved) - 1, -1, -1):
        one = moved[time]
        delta = one.rewards + gamma * (1 - one.over) * then[time] - expected[time]
        later = delta + gamma * lam * (1 - one.ended) * later
        found[time] = later
    return found
