"""Arithmetic in values, be it the whole value or one size of a shape: what it reads, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studio.graph.expression import Expression, ExpressionError
from studio.graph.model import Value


def is_arithmetic(value: object) -> bool:
    """Tell whether a value is arithmetic, or holds some."""
    if isinstance(value, tuple):
        return any(map(is_arithmetic, value))
    return isinstance(value, Expression)


def names_in(value: Value) -> frozenset[str]:
    """Give the names that the arithmetic in a value reads; none where it cannot be read."""
    if isinstance(value, tuple):
        return frozenset[str]().union(*map(names_in, value))
    try:
        return value.names() if isinstance(value, Expression) else frozenset()
    except ExpressionError:
        return frozenset()


def reworded(value: Value, turn: Callable[[Expression], Value]) -> Value:
    """Give a value with all arithmetic in it turned into something else; itself where it has none."""
    if not is_arithmetic(value):
        return value
    if isinstance(value, tuple):
        return tuple(reworded(part, turn) for part in value)
    return turn(value) if isinstance(value, Expression) else value


def computed(value: Value, names: Mapping[str, object]) -> Value:
    """Give a value with all arithmetic in it computed.

    Args:
        value: the value.
        names: what arithmetic reads; a lone name may also stand for yes or no, a text or several sizes.

    Raises:
        ExpressionError: it is no arithmetic, a name is unknown, or a result is out of bounds.
    """
    return reworded(value, lambda found: _computed(found, names))


def handed_down(value: Value) -> str:
    """Give the name that a value is nothing but, such as `bias`; empty where it is anything else."""
    text = value.text.strip() if isinstance(value, Expression) else ""
    return text if text.isidentifier() else ""


def _computed(found: Expression, names: Mapping[str, object]) -> Value:
    """Compute arithmetic; a lone name of what is no number, such as `bias`, is what it stands for."""
    given = names.get(handed_down(found))
    if isinstance(given, bool | str | tuple):
        return given
    return found.compute(names)
