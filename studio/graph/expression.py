"""Small safe arithmetic over parameters, such as `2*d_model`: parsed and computed, never executed.

The text is read by Python's own parser into a syntax tree, and only numbers, names, `+ - * / // % **`,
parentheses, `min`, `max` and `round` are accepted; nothing else is ever evaluated. Sizes are bounded
so that `9**9**9` is refused at once instead of filling the memory.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.graph.text import Message, NetwrightError

Number = int | float

MAX_LENGTH = 200
"""The longest expression, in characters."""

LARGEST = 10**15
"""The largest magnitude of any result on the way: beyond every size that a tensor can have."""

_LOG_LARGEST = math.log(LARGEST) + 1e-6

_OPERATORS: Mapping[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_FUNCTIONS: Mapping[str, Callable[[list[Number]], Number]] = {
    "min": min,
    "max": max,
    "round": lambda numbers: round(numbers[0]),
}

_NONE: Mapping[str, Callable[[Number], Number]] = {}

MOST_DECIMALS = 15
"""How far `round` goes to either side: beyond it lies nothing, but a negative place costs its own size."""

# Python's parser warns of `1or 2` and of escapes, and takes strings, brackets and line ends: none of them
# comes as far as it. No two tokens can be read as one, or one as two: that keeps the match quick.
_NUMBER = r"(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])"
_TOKENS = re.compile(rf"(?:\s*(?:{_NUMBER}|[^\W\d]\w*(?!\w)|[+\-*/%(),]))+\s*")
_SIMPLE = re.compile(rf"{_NUMBER}|[^\W\d]\w*")
_WORDS = re.compile(rf"{_NUMBER}|(?P<name>[^\W\d]\w*)(?!\s*\()(?!\w)")
_ACCEPTED = (
    ast.BinOp,
    ast.Call,
    ast.Constant,
    ast.Expression,
    ast.Load,
    ast.Name,
    ast.UnaryOp,
    ast.USub,
    ast.UAdd,
    *_OPERATORS,
)


class ExpressionError(NetwrightError):
    """The text is not arithmetic that Netwright accepts, or it cannot be computed."""


class NotArithmeticError(ExpressionError):
    """The text is something else than arithmetic."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Arithmetic over the parameters of the composite that it stands in.

    Attributes:
        text: for example `2*d_model` or `channels // 4`.
    """

    text: str

    def names(self) -> frozenset[str]:
        """Give the parameters that the expression reads."""
        tree = parsed(self.text)
        return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)) - called(tree)

    def with_names(self, names: Mapping[str, Number | Expression | str]) -> Expression:
        """Give the expression with some names replaced: by a number, an expression or another name.

        Raises:
            ExpressionError: it would become too long, or is not arithmetic.
        """

        def put(found: re.Match[str]) -> str:
            name = unicodedata.normalize("NFKC", found["name"] or "")  # as Python's parser reads names
            value = names.get(name)
            if value is None:
                return found[0]
            written = value.text.strip() if isinstance(value, Expression) else str(value)
            return written if _SIMPLE.fullmatch(written) else f"({written})"

        changed = Expression(_WORDS.sub(put, self.text))
        parsed(changed.text)
        return changed

    def compute(self, values: Mapping[str, object]) -> Number:
        """Compute the expression.

        Args:
            values: the parameters by name; only numbers can be used.

        Raises:
            ExpressionError: the text is not arithmetic, a name is unknown, or a result is out of bounds.
        """
        return computed(parsed(self.text).body, values, self.text)


def called(tree: ast.Expression) -> frozenset[str]:
    """Give the names of all that is called in a tree."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return frozenset(name.id for name in calls if isinstance(name, ast.Name))


def parsed(text: str) -> ast.Expression:
    """Read a text into a tree that holds nothing but arithmetic.

    Raises:
        ExpressionError: it is something else, or too long.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            Message(
                "An expression may have at most {limit} characters; this one has {length}.",
                limit=MAX_LENGTH,
                length=len(text),
            )
        )
    if not _TOKENS.fullmatch(text) or "\n" in text:
        raise _not_arithmetic(text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _not_arithmetic(text) from None
    if not all(isinstance(node, _ACCEPTED) for node in ast.walk(tree)):
        raise _not_arithmetic(text)
    return tree


def _not_arithmetic(text: str) -> NotArithmeticError:
    return NotArithmeticError(
        Message("“{text}” is not arithmetic. Write for example 2*d_model or channels // 4.", text=text)
    )


def computed(
    node: ast.expr,
    values: Mapping[str, object],
    text: str,
    more: Mapping[str, Callable[[Number], Number]] = _NONE,
) -> Number:
    """Compute a tree.

    Args:
        node: the tree.
        values: what names stand for.
        text: what it was read from.
        more: functions of one number besides those that every expression has.

    Raises:
        ExpressionError: a name is unknown, or a result is out of bounds.
    """
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as number):
            return _bounded(number, text)
        case ast.Name(id=name):
            value = values.get(name)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return _bounded(value, text)
            if isinstance(value, bool | str | tuple):
                raise ExpressionError(
                    Message(
                        "“{text}” computes with “{name}”, whose value here is {value}: not one number. Write"
                        " “{name}” alone where such a value is taken, or compute with a number.",
                        text=text,
                        name=name,
                        value=_told(value),
                    )
                )
            known = ", ".join(sorted(values)) or "–"
            raise ExpressionError(
                Message(
                    "“{text}” uses “{name}”, which is not a number here. Known: {known}.",
                    text=text,
                    name=name,
                    known=known,
                )
            )
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -computed(operand, values, text, more)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return computed(operand, values, text, more)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            a, b = computed(left, values, text, more), computed(right, values, text, more)
            # A whole number to a great power would be worked out in full before it could be refused.
            if isinstance(op, ast.Pow) and abs(a) > 1 and math.log(abs(a)) * b > _LOG_LARGEST:
                raise ExpressionError(Message("“{text}” gives a number that is too large.", text=text))
            try:
                result = _OPERATORS[type(op)](a, b)
            except ZeroDivisionError:
                raise ExpressionError(Message("“{text}” divides by zero.", text=text)) from None
            except (OverflowError, ValueError):
                raise ExpressionError(
                    Message("“{text}” gives a number that is too large.", text=text)
                ) from None
            return _bounded(result, text)
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as arguments, keywords=[]) if name in _FUNCTIONS:
            numbers = [computed(argument, values, text, more) for argument in arguments]
            if name != "round" or len(numbers) == 1:
                return _FUNCTIONS[name](numbers)
            if len(numbers) == 2 and isinstance(numbers[1], int) and abs(numbers[1]) <= MOST_DECIMALS:
                return _bounded(round(numbers[0], numbers[1]), text)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in more:
            number = computed(argument, values, text, more)
            try:
                return _bounded(more[name](number), text)
            except OverflowError:
                raise ExpressionError(
                    Message("“{text}” gives a number that is too large.", text=text)
                ) from None
            except ValueError:
                raise ExpressionError(
                    Message(
                        "“{text}” has no result: “{name}” does not take {value}.",
                        text=text,
                        name=name,
                        value=f"{number:g}",
                    )
                ) from None
        case _:
            pass
    raise _not_arithmetic(text)


def _told(value: bool | str | tuple[object, ...]) -> str | Message:
    """Give what is no number as a part of a sentence."""
    if isinstance(value, bool):
        return Message("yes") if value else Message("no")
    return f"“{value[:60]}”" if isinstance(value, str) else ", ".join(map(str, value))


def _bounded(value: object, text: str) -> Number:
    if isinstance(value, complex):
        raise ExpressionError(
            Message("“{text}” has no result: it takes the root of a negative number.", text=text)
        )
    if isinstance(value, (int, float)) and abs(value) <= LARGEST:
        return value
    raise ExpressionError(Message("“{text}” gives a number that is too large.", text=text))
