"""What a plan says of its losses and optimizers: which output and which target are meant, or why none is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from studio.graph import Message
from studio.project import MODEL, Choice, LossTerm, Plan
from studio.train.recipe import TrainError

T = TypeVar("T")

ONLY = ""
"""The name of an output that needs none: it is the only one."""


def losses_of(plan: Plan) -> tuple[LossTerm, ...]:
    """Give the losses of a plan.

    Raises:
        TrainError: it has none.
    """
    if not plan.losses:
        raise TrainError(Message("The plan has no loss. Choose one."))
    return plan.losses


def optimizer_of(plan: Plan, role: str) -> Choice:
    """Give the optimizer of a role, or the one that serves all.

    Raises:
        TrainError: there is none.
    """
    found = plan.optimizers.get(role, plan.optimizers.get(MODEL))
    if found is None:
        raise TrainError(Message("The plan has no optimizer for “{role}”. Choose one.", role=role))
    return found


def model_in(networks: Mapping[str, T]) -> T:
    """Give the network that learns from samples and targets.

    Args:
        networks: role to network, or to its name.

    Raises:
        TrainError: there is none in that role.
    """
    if MODEL not in networks:
        raise TrainError(Message("The recipe needs a network in the role “{role}”.", role=MODEL))
    return networks[MODEL]


def output_of(term: LossTerm, outputs: Iterable[str]) -> str:
    """Give the output that a loss judges.

    Args:
        term: the loss.
        outputs: names of the outputs; `ONLY` where there is a single one.

    Raises:
        TrainError: there is no such output, or the plan does not say which of them it is.
    """
    known = list(outputs)
    name = term.output or (known[0] if len(known) == 1 else ONLY)
    if name in known:
        return name
    if known == [ONLY]:
        raise TrainError(
            Message(
                "A loss of the plan judges the output “{name}”, and the network has one output only. "
                "Leave the output of the loss empty.",
                name=term.output,
            )
        )
    if not name:
        raise TrainError(
            Message(
                "The network has several outputs: {known}. Choose for each loss which of them it judges.",
                known=", ".join(known),
            )
        )
    raise TrainError(
        Message(
            "A loss of the plan judges the output “{name}”. The network has: {known}.",
            name=term.output,
            known=", ".join(known),
        )
    )


def target_of(term: LossTerm, targets: Iterable[str]) -> str:
    """Give the target that a loss compares with.

    Raises:
        TrainError: the data has no such target, or the plan does not say which of them it is.
    """
    known = list(targets)
    name = term.target or (known[0] if len(known) == 1 else "")
    if name not in known:
        raise TrainError(
            Message(
                "A loss of the plan compares with the target “{name}”. The data has: {known}.",
                name=term.target,
                known=", ".join(known),
            )
        )
    return name
