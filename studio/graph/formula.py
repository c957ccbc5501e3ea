"""A formula over the time of a training, such as `0.95 ** epoch`: computed safely, and written as Python.

It is arithmetic as in `expression`, with a few functions of mathematics, `pi`, and the names of `TIMES`. It
counts in epochs or in steps, by the names that it reads; a formula that reads none counts in epochs.
"""

from __future__ import annotations

import ast
import copy
import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from studio.graph.expression import (
    ExpressionError,
    NotArithmeticError,
    Number,
    called,
    computed,
    parsed,
)
from studio.graph.text import Message

Unit = Literal["epoch", "step"]
"""What a formula counts in."""

TIMES: Mapping[str, Unit] = MappingProxyType(
    {"epoch": "epoch", "epochs": "epoch", "step": "step", "steps": "step"}
)
"""How many epochs or steps are behind, or are in the whole training, and the unit of each."""

FUNCTIONS: Mapping[str, Callable[[Number], Number]] = MappingProxyType(
    {
        "abs": abs,
        "cos": math.cos,
        "exp": math.exp,
        "log": math.log,
        "sin": math.sin,
        "sqrt": math.sqrt,
    }
)
"""What a formula can call besides `min`, `max` and `round`."""

_CALLED = frozenset({*FUNCTIONS, "min", "max", "round"})
_NAMED = frozenset({*TIMES, "pi"})

NAMES = (*TIMES, "pi", *sorted(_CALLED))
"""Every name that a formula may hold."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A number that changes while training.

    Attributes:
        text: for example `0.95 ** epoch` or `min(1, step / 100)`.
    """

    text: str

    def check(self) -> None:
        """Hold the text against what a formula is.

        Raises:
            ExpressionError: it is none, holds an unknown name, or counts in two units.
        """
        _read(self.text)

    @property
    def unit(self) -> Unit:
        """What it counts in."""
        return _read(self.text).unit

    @property
    def reads_length(self) -> bool:
        """Whether it reads how long the whole training is."""
        return _read(self.text).reads_length

    def compute(self, time: int, length: int) -> Number:
        """Compute it at a time.

        Args:
            time: the epochs or steps that are behind.
            length: those of the whole training.

        Raises:
            ExpressionError: it has no result.
        """
        read = _read(self.text)
        values = {read.unit: time, f"{read.unit}s": length, "pi": math.pi}
        try:
            return computed(read.tree.body, values, self.text, FUNCTIONS)
        except NotArithmeticError:
            raise _no_formula(self.text) from None

    def python(self) -> str:
        """Write it as Python, which needs `math` where `needs_math` says so."""
        return ast.unparse(_Written().visit(copy.deepcopy(_read(self.text).tree)))

    @property
    def needs_math(self) -> bool:
        """Whether its Python calls functions of the module `math`."""
        return "math." in self.python()


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text says: its tree, which nobody changes, and what it reads."""

    tree: ast.Expression
    unit: Unit
    reads_length: bool


class _Written(ast.NodeTransformer):
    """Turns what a formula calls into what Python calls."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Name what the module `math` has."""
        if node.id == "pi" or (node.id in FUNCTIONS and node.id != "abs"):
            return ast.Attribute(ast.Name("math", ast.Load()), node.id, ast.Load())
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Leave out the least and the greatest of one number, which Python does not give."""
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("min", "max") and len(node.args) == 1:
            return node.args[0]
        return node


def _names(tree: ast.Expression) -> frozenset[str]:
    """Give the names that are read, be they called somewhere else or not."""
    calls = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in calls)
    return frozenset(node.id for node in names)


@functools.lru_cache(maxsize=256)
def _read(text: str) -> _Read:
    """Read a formula, once for each text."""
    try:
        tree = parsed(text)
    except NotArithmeticError:
        raise _no_formula(text) from None
    calls, names = called(tree), _names(tree)
    unknown = sorted((names - _NAMED) | (calls - _CALLED))
    if unknown:
        raise ExpressionError(
            Message(
                "“{text}” uses “{name}”, which a formula does not know. Known: {known}.",
                text=text,
                name=unknown[0],
                known=", ".join(NAMES),
            )
        )
    units = {TIMES[name] for name in names if name in TIMES}
    if len(units) > 1:
        raise ExpressionError(
            Message("“{text}” counts in epochs and in steps. Write it with one of the two.", text=text)
        )
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not _takes(node):
            raise _no_formula(text)
    return _Read(tree, next(iter(units), "epoch"), not names.isdisjoint({"epochs", "steps"}))


def _takes(call: ast.Call) -> bool:
    """Tell whether a function is called with as many numbers as it takes."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in FUNCTIONS:
        return len(call.args) == 1
    return 1 <= len(call.args) <= (2 if name == "round" else len(call.args))


def _no_formula(text: str) -> NotArithmeticError:
    return NotArithmeticError(
        Message(
            "“{text}” is not a formula. Write for example 0.95 ** epoch or min(1, step / 100).", text=text
        )
    )
