"""Lets what takes long and only makes something to look at be left when a person asks for a stop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import torch

from studio.train.recipe import Again, Roles, Tools


class NotWantedError(Exception):
    """Nobody waits any more for what is being made."""


class Interruptible:
    """Tools that end the making of something at its next look at a network."""

    def __init__(self, tools: Tools, wanted: Callable[[], bool]) -> None:
        """Work with other tools.

        Args:
            tools: those.
            wanted: whether to go on.
        """
        self._tools = tools
        self._wanted = wanted

    def precision(self) -> AbstractContextManager[object]:
        """Give the context in which networks compute.

        Raises:
            NotWantedError: a stop was asked for.
        """
        if not self._wanted():
            raise NotWantedError
        return self._tools.precision()

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        """Do as the other tools do."""
        self._tools.learn(roles, loss, again)
