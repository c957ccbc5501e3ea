"""Schedules whose factor is a formula: the function that torch asks for it, and a look at it before a run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from studio.graph import ExpressionError, Formula, Message
from studio.project import Choice
from studio.train.recipe import TrainError

BY_FORMULA = frozenset({"lambda_lr", "multiplicative_lr"})
"""The schedules whose factor is a formula."""

LOOKED_AT = 2000
"""Before a run, the formula is computed for so many times at most: each of the first, then evenly spread."""


def formula_of(choice: Choice) -> Formula | None:
    """Give the formula of a schedule; None where it has none.

    Raises:
        NetwrightError: this version does not have the schedule, or the formula is none.
    """
    return Formula(str(choice.resolved("schedule")["factor"])) if choice.type in BY_FORMULA else None


def factor_of(formula: Formula, length: int) -> Callable[[int], float]:
    """Give a schedule's function: a plain one, of which torch keeps nothing in a checkpoint.

    Args:
        formula: what it computes.
        length: the epochs or steps of the whole training; beyond them the last factor stays.
    """

    def factor(time: int) -> float:
        return _factor(formula, min(time, length), length)

    return factor


def look_ahead(choice: Choice, epochs: int, steps: int) -> None:
    """Compute the formula of a schedule for a whole training.

    Args:
        choice: the schedule; nothing is looked at where it has no formula.
        epochs: of the whole training.
        steps: of the whole training; 0 where that is not known: then a formula of steps is looked at for as
            many as there are epochs, or where it reads their number not at all.

    Raises:
        TrainError: at some time it has no result that a learning rate can be multiplied by.
    """
    formula = formula_of(choice)
    if formula is None or (formula.unit == "step" and formula.reads_length and not steps):
        return
    length = steps if formula.unit == "step" and steps else epochs
    again = choice.type == "multiplicative_lr"
    share = 1.0
    for time in _times(length, first=1 if again else 0):
        factor = _factor(formula, time, length)
        share = share * factor if again else factor
        if not math.isfinite(share):
            raise _refused(formula, time, Message("the learning rate grows beyond every number."))


def _times(length: int, first: int) -> Iterator[int]:
    yield from range(first, min(length, LOOKED_AT // 2) + 1)
    if length > LOOKED_AT // 2:
        rest = length - LOOKED_AT // 2
        count = min(rest, LOOKED_AT // 2)
        yield from (LOOKED_AT // 2 + rest * place // count for place in range(1, count + 1))


def _factor(formula: Formula, time: int, length: int) -> float:
    try:
        factor = formula.compute(time, length)
    except ExpressionError as error:
        raise _refused(formula, time, error.message) from None
    if factor < 0:
        reason = Message(
            "“{text}” gives {value}, and no learning rate can be negative. Write max(0, …) around it.",
            text=formula.text,
            value=f"{factor:g}",
        )
        raise _refused(formula, time, reason)
    return factor


def _refused(formula: Formula, time: int, reason: Message) -> TrainError:
    if formula.unit == "step":
        return TrainError(
            Message("The learning rate after {count} {count:step|steps}: {reason}", count=time, reason=reason)
        )
    return TrainError(
        Message("The learning rate after {count} {count:epoch|epochs}: {reason}", count=time, reason=reason)
    )
