"""Typed values as Python literals: the only way in which a value of a file reaches generated code."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping

from studio.compiler.lines import Bracket, Piece, flat
from studio.graph import Expression, Value

_STRENGTH: Mapping[type[ast.operator], tuple[int, str]] = {
    ast.Add: (1, "+"),
    ast.Sub: (1, "-"),
    ast.Mult: (2, "*"),
    ast.Div: (2, "/"),
    ast.FloorDiv: (2, "//"),
    ast.Mod: (2, "%"),
    ast.Pow: (4, "**"),
}
_UNARY = 3


def literal(value: Value) -> str:
    """Give a typed value as a Python literal.

    Raises:
        ValueError: a number without a literal (inf, nan), or a value that is no plain one.
    """
    return flat(literal_piece(value))


def literal_piece(value: Value) -> Piece:
    """Give a typed value as a literal that can be broken where it is a long tuple.

    Raises:
        ValueError: it has no literal.
    """
    match value:
        case str():
            return _quoted(value)
        case None | bool() | int():
            return repr(value)
        case float() if math.isfinite(value):
            return repr(value)
        case (only,):
            return f"({literal(only)},)"
        case tuple():
            return Bracket("(", tuple(literal_piece(part) for part in value), items=True)
    raise ValueError(f"{value!r} has no literal")


def as_list(piece: Piece) -> Piece:
    """Give a tuple as a list; what is no tuple stays as it is."""
    match piece:
        case Bracket("(", parts):
            return Bracket("[", parts, "]", items=True)
        case str() if piece.startswith("(") and piece.endswith(",)"):
            return f"[{piece[1:-2]}]"
    return piece


def _quoted(text: str) -> str:
    """Give a string literal in ASCII, in double quotes unless that needs more escapes."""
    plain = ascii(text)[1:-1].replace("\\'", "'")
    if text.count('"') > text.count("'"):
        return "'" + plain.replace("'", "\\'") + "'"
    return '"' + plain.replace('"', '\\"') + '"'


def arithmetic(expression: Expression, names: Mapping[str, str]) -> str:
    """Give arithmetic over parameters as Python writes it.

    Args:
        expression: what stands in the file; it was computed before, so it is nothing but arithmetic.
        names: parameter to identifier.
    """
    expression.names()  # refuses whatever is no arithmetic
    return _written(ast.parse(expression.text.strip(), mode="eval").body, names)


def _written(node: ast.expr, names: Mapping[str, str], strength: int = 0) -> str:
    match node:
        case ast.Name(id=name):
            return names[name]
        case ast.Constant(value=int() | float() as number):
            return repr(number)
        case ast.UnaryOp(op=operator, operand=operand):
            sign = "-" if isinstance(operator, ast.USub) else "+"
            text = sign + _written(operand, names, _UNARY)
            return f"({text})" if strength > _UNARY else text
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return f"{function}({', '.join(_written(argument, names) for argument in arguments)})"
        case ast.BinOp(left=left, op=operator, right=right):
            own, sign = _STRENGTH[type(operator)]
            power = isinstance(operator, ast.Pow)
            first = _written(left, names, own + power)
            second = _written(right, names, _UNARY if power else own + 1)
            space = "" if power and _simple(left) and _simple(right) else " "
            text = f"{first}{space}{sign}{space}{second}"
            return f"({text})" if strength > own else text
    raise ValueError(f"{ast.dump(node)} is no arithmetic")


def _simple(node: ast.expr) -> bool:
    """Tell whether a formatter writes no space between this operand and `**`."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant)
    return isinstance(node, ast.Name | ast.Constant)
