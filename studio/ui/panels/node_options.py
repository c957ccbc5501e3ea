"""What every block has besides its parameters, in a form: whose weights it uses, what several agree on."""

from __future__ import annotations

from collections.abc import Sequence

from studio.blocks import Parameter
from studio.graph import Value
from studio.ui.panels.fields import MIXED, Shown

SHARES = Parameter(
    "shares",
    "text",
    "",
    "Whose weights it uses: its own, or those of another block of its kind, as siamese networks do.",
    title="Weights",
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
