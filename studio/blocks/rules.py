"""What must hold between several parameters of a block, with the value that would mend it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.blocks.parameter import show
from studio.graph import Message, Value

Values = Mapping[str, Value]
"""All parameters of a block by name, resolved."""

SMALLEST = 1e-12
"""The least number that keeps a division safe: a batch norm with 0 does not train."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold between parameters.

    Attributes:
        code: permanent name of the mistake.
        parameter: the one that is to be changed.
        says: the English sentence for a person.
        mend: gives the value that holds; the same value when it holds already.
        expects: says in a few words what would hold.
        warning: breaking it does no harm and has no effect.
    """

    code: str
    parameter: str
    says: str
    mend: Callable[[Values], Value]
    expects: Callable[[Values], Message]
    warning: bool = False

    def broken(self, values: Values) -> bool:
        """Tell whether resolved values break the rule."""
        return self.mend(values) != values.get(self.parameter)


def divides(divisor: str, dividend: str, says: str, also: str = "") -> Rule:
    """One parameter must divide another without remainder.

    Args:
        divisor: the parameter that divides, and is mended.
        dividend: what it must divide.
        says: the sentence for a person.
        also: what it must divide by another rule: the mend of one shall not break the other.
    """

    def mend(values: Values) -> Value:
        small, large, other = values.get(divisor), values.get(dividend), values.get(also)
        if not isinstance(small, int) or not isinstance(large, int) or small < 1 or large < 1:
            return small
        if large % small == 0:
            return small
        return _largest_divisor(math.gcd(large, other) if isinstance(other, int) else large, small)

    def expects(values: Values) -> Message:
        return Message("a divisor of {number}", number=show(values.get(dividend)))

    return Rule("not_divisible", divisor, says, mend, expects)


def _largest_divisor(number: int, most: int) -> int:
    """Give the largest divisor up to `most`; tried up to the root only, as sizes can be in the billions."""
    pairs = ((low, number // low) for low in range(1, math.isqrt(number) + 1) if number % low == 0)
    return max(divisor for pair in pairs for divisor in pair if divisor <= most)


def below(parameter: str, others: tuple[str, ...], says: str) -> Rule:
    """A size must be smaller than the largest of some others."""

    def most(values: Values) -> int:
        return max((size for name in others for size in _sizes(values.get(name))), default=1) - 1

    def mend(values: Values) -> Value:
        value = values.get(parameter)
        return value if max(_sizes(value), default=0) <= most(values) else most(values)

    def expects(values: Values) -> Message:
        return Message("at most {number}", number=most(values))

    return Rule("too_much", parameter, says, mend, expects)


def only_if(parameter: str, value: Value, other: str, word: str, code: str, says: str) -> Rule:
    """A parameter must have one value while another is a certain word."""

    def mend(values: Values) -> Value:
        now = values.get(parameter)
        alike = set(now) == {value} if isinstance(now, tuple) else now == value
        return value if values.get(other) == word and not alike else now

    def expects(values: Values) -> Message:
        return Message("{value}", value=show(value))

    return Rule(code, parameter, says, mend, expects)


def ordered(low: str, high: str, says: str, *, equal: bool = False) -> Rule:
    """One number must lie above another, or may be equal to it."""

    def mend(values: Values) -> Value:
        least, most = values.get(low), values.get(high)
        if not isinstance(least, float) or not isinstance(most, float) or least < most:
            return most
        return least if equal else least + 1.0

    def expects(values: Values) -> Message:
        bound = show(values.get(low))
        return Message("at least {number}" if equal else "more than {number}", number=bound)

    return Rule("bounds_crossed", high, says, mend, expects)


def only_with(parameter: str, other: str, low: int, says: str) -> Rule:
    """A parameter has an effect only when another is large enough; else it should stay 0."""

    def mend(values: Values) -> Value:
        enough = values.get(other)
        return values.get(parameter) if not isinstance(enough, int) or enough >= low else 0.0

    def expects(values: Values) -> Message:
        return Message("{value}", value=0)

    return Rule("no_effect", parameter, says, mend, expects, warning=True)


def _sizes(value: Value) -> tuple[int, ...]:
    sizes = value if isinstance(value, tuple) else (value,)
    return tuple(size for size in sizes if isinstance(size, int))
