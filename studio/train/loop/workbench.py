"""What a recipe is handed in each step: the numbers to compute with, and what moves the weights."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

import torch

from studio.graph import Message
from studio.train.loop.learner import WHOLE, Learner, Part, learn_together
from studio.train.recipe import Again, Roles, TrainError


class Workbench:
    """The tools of a recipe while it trains."""

    def __init__(
        self, learners: Mapping[str, Learner], device: torch.device, short: torch.dtype | None
    ) -> None:
        """Lay the tools out.

        Args:
            learners: role to its way of learning.
            device: where it computes.
            short: the numbers of half as many bits that networks compute with, if they do.
        """
        self.learners = learners
        self._kind = device.type
        self.short = short
        self._plain: AbstractContextManager[object] = nullcontext()
        self._part = WHOLE
        self._learned: set[str] = set()

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute."""
        return self._plain if self.short is None else torch.autocast(self._kind, dtype=self.short)

    def take_part(self, part: tuple[int, int], step: tuple[int, int]) -> None:
        """Have the next losses be of a part of a step.

        Args:
            part: where its samples start and end.
            step: where those of the step do.
        """
        (start, end), (first, last) = part, step
        self._part = WHOLE if part == step else Part((end - start) / (last - first), end == last)
        self._learned.clear()

    def take_share(self, part: Part) -> None:
        """Have the next losses be of the share that one of several processes has."""
        self._part = part
        self._learned.clear()

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        """Move the weights of one network or of several."""
        if not self._part.last:
            self._require_once(roles)
        if isinstance(roles, str):
            self.learners[roles].learn(loss, again, self._part)
        else:
            learn_together([self.learners[role] for role in roles], loss, self._part)

    def _require_once(self, roles: Roles) -> None:
        for role in (roles,) if isinstance(roles, str) else roles:
            if role in self._learned:
                raise TrainError(
                    Message(
                        "This recipe moves “{role}” several times in a step, so the gradients of several "
                        "batches cannot be added up for it. Set “Batches in a step” to 1.",
                        role=role,
                    )
                )
            self._learned.add(role)


class Bystander:
    """The tools of a recipe that only computes: it learns nothing, but gives gradients if asked to."""

    def __init__(self, workbench: Workbench, gradients: bool = False) -> None:
        """Look on at a workbench.

        Args:
            workbench: whose numbers to compute with.
            gradients: whether losses are led back through the networks.
        """
        self._workbench = workbench
        self._gradients = gradients

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute."""
        return self._workbench.precision()

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        """Leave the weights alone."""
        if self._gradients:
            for role in (roles,) if isinstance(roles, str) else roles:
                self._workbench.learners[role].optimizer.zero_grad()
            loss.backward()
