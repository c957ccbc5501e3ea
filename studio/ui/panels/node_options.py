"""What every block has besides its parameters, as inputs of a form: frozen, bypassed, its learning rate."""

from __future__ import annotations

from collections.abc import Sequence

from studio.blocks import Parameter
from studio.graph import Value
from studio.ui.panels.fields import MIXED, Shown

FROZEN = Parameter("frozen", "bool", False, "Training leaves its weights as they are.", title="Frozen")
RATE = Parameter(
    "rate_factor", "float", 1.0, "Its learning rate as a multiple of the plan's.", low=0, title="Rate factor"
)
SHARES = Parameter(
    "shares",
    "text",
    "",
    "Whose weights it uses: its own, or those of another block of its kind, as siamese networks do.",
    title="Weights",
)
BYPASS = Parameter("bypassed", "bool", False, "Let its input through unchanged.", title="Bypassed")
REPEAT = Parameter(
    "repeat",
    "int",
    1,
    "How often it runs in a row, each time with weights of its own.",
    low=1,
    high=1000,
    title="Repeat",
)

USUAL = (("frozen", False), ("rate_factor", 1.0), ("bypassed", False), ("repeat", 1), ("shares", ""))
"""What a node is by itself where nobody has changed it."""


def usual(options: Sequence[Parameter], name: str) -> Value:
    """Give what an option is by itself."""
    return next(option.default for option in options if option.name == name)


def agreed(values: Sequence[Value]) -> Shown:
    """Give the value that all have, or that there are several."""
    return values[0] if all(same(value, values[0]) for value in values[1:]) else MIXED


def same(one: Value, other: Value) -> bool:
    """Tell whether two values are one, of one kind: a 1 is no `true`."""
    return one == other and isinstance(one, bool) is isinstance(other, bool)
