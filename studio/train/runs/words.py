"""What the states and the ends of a run are called: the same words at every door, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.graph import Message

STATES: Mapping[str, Message] = MappingProxyType(
    {
        "running": Message("Running"),
        "interrupted": Message("Interrupted"),
        "completed": Message("Completed"),
        "stopped": Message("Stopped"),
        "patience": Message("Ended early"),
        "max_steps": Message("Step limit reached"),
        "failed": Message("Failed"),
        "pruned": Message("Pruned"),
    }
)
"""How a run stands, in a word or two, by what its record says; see `Status`."""

ENDS: Mapping[str, Message] = MappingProxyType(
    {
        "completed": Message("Trained to the end."),
        "stopped": Message("Stopped; what was learned is kept."),
        "patience": Message("Ended early: no improvement any more."),
        "max_steps": Message("Ended at the largest number of steps."),
    }
)
"""Why a training ended well, in a sentence, by the reason that `Finished` gives."""


def state_of(status: str) -> Message:
    """Give how a run stands; a word that a newer Netwright wrote stays as it is."""
    return STATES.get(status) or Message("{status}", status=status)


def end_of(reason: str) -> Message:
    """Give why a training ended."""
    return ENDS.get(reason) or Message("{reason}", reason=reason)
