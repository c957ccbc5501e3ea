"""Numbers, texts and arithmetic of a text, worked out from its tree and never evaluated by Python."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping

from studio.compiler.reading.text import UnreadableError, refuse
from studio.graph import Expression, ExpressionError, Message, Value

Scope = Mapping[str, Value]
"""Names that stand for values; an argument of a class stands for an `Expression` of its own name."""

_ARITHMETIC = (ast.BinOp, ast.UnaryOp)
_FUNCTIONS = ("min", "max", "round")
_CONVERSIONS = ("int", "float")


def value_of(node: ast.expr, scope: Scope, kept: Scope) -> Value:
    """Give the value of an expression: a literal, a known name, or arithmetic over these.

    Args:
        node: the expression.
        scope: what names stand for.
        kept: what attributes of `self` stand for.

    Raises:
        UnreadableError: it is none of these.
    """
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str() as plain):
            return plain
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.Name(id=name) if name in scope:
            return scope[name]
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in kept:
            return kept[name]
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return tuple(value_of(part, scope, kept) for part in parts)
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in _CONVERSIONS:
            value = value_of(inner, scope, kept)
            if isinstance(value, float) and not (math.isfinite(value)):
                raise refuse(node)
            if isinstance(value, bool | int | float):
                return int(value) if name == "int" else float(value)
            if isinstance(value, Expression):
                return value  # a parameter that takes whole numbers takes 2.0 as 2 by itself
            raise refuse(node)
        case ast.BinOp() | ast.UnaryOp() | ast.Call():
            return _computed(node, scope, kept)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            raise UnreadableError(
                node,
                Message("“{name}” is not known here. Write the number itself.", name=name),
            )
    raise refuse(node)


def _computed(node: ast.expr, scope: Scope, kept: Scope) -> Value:
    """Give the result of arithmetic, or the arithmetic where it depends on arguments of the class."""
    try:
        expression = Expression(ast.unparse(_resolved(node, scope, kept)))
        names = expression.names()
        return expression if names else expression.compute({})
    except ExpressionError as error:
        raise UnreadableError(node, error.message) from None
    except (ValueError, RecursionError):
        raise refuse(node) from None


def _resolved(node: ast.expr, scope: Scope, kept: Scope) -> ast.expr:
    """Put values in the place of names."""
    match node:
        case ast.BinOp(left=left, op=operator, right=right):
            return ast.BinOp(_resolved(left, scope, kept), operator, _resolved(right, scope, kept))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as operator, operand=operand):
            return ast.UnaryOp(operator, _resolved(operand, scope, kept))
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in _FUNCTIONS:
            return ast.Call(ast.Name(name, ast.Load()), [_resolved(part, scope, kept) for part in parts], [])
        case _ if not isinstance(node, _ARITHMETIC):
            value = value_of(node, scope, kept)
            if isinstance(value, Expression):
                return ast.parse(value.text, mode="eval").body
            if isinstance(value, int | float) and not isinstance(value, bool):
                number: ast.expr = ast.Constant(abs(value))
                return ast.UnaryOp(ast.USub(), number) if value < 0 else number
            raise UnreadableError(
                node, Message("Expected a number here, received {value}.", value=written(node))
            )
    raise refuse(node)


def written(node: ast.expr) -> str:
    """Give a short text of an expression, for a sentence."""
    try:
        text = ast.unparse(node)
    except RecursionError:  # a sum of very many parts
        return "…"
    return text if len(text) <= 60 else text[:57] + "…"


def same_arithmetic(one: Expression, other: Expression) -> bool:
    """Tell whether two expressions say the same, however they are spaced."""
    try:
        return ast.dump(ast.parse(one.text.strip())) == ast.dump(ast.parse(other.text.strip()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
