"""Labels as comments: what a person called a block, where the source could not tell it otherwise.

A label stands in the source only if whoever reads the source back finds the same identifiers again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from studio.compiler.names import distinct
from studio.compiler.program import Program

LONGEST = 60
"""Longer labels are cut: a comment stands behind a line."""

_PORTS = ("input", "output")


def labels(ordered: Program) -> Mapping[str, str]:
    """Give the comment of each block that needs one, by its identifier.

    Args:
        ordered: a program; its blocks stand in the source in its order.
    """
    blocks = [(name, ordered.labels[name], "input") for _, name, _ in ordered.inputs]
    blocks += [(step.name, step.node.name, step.node.type) for step in ordered.steps]
    blocks += [(name, ordered.labels[name], "output") for name, _, _ in ordered.outputs]
    found = {name: _comment(label, name) for name, label, _ in blocks}
    while True:
        told = distinct((name, found[name] or name, kind) for name, _, kind in blocks)
        # Two ports of one name would be one.
        twice = Counter((kind, found[name] or name) for name, _, kind in blocks if kind in _PORTS)
        wrong = [
            name
            for name, _, kind in blocks
            if found[name] and (told[name] != name or twice[kind, found[name]] > 1)
        ]
        if not wrong:
            return found
        found.update(dict.fromkeys(wrong, ""))


def _comment(label: str, name: str) -> str:
    """Give a label as a comment; nothing where the identifier shows it."""
    if label.isascii() and re.sub(r"\W|_", "", label).lower() == name.replace("_", "").lower():
        return ""
    text = "".join(letter for letter in label[:LONGEST] if letter.isprintable())
    # In a docstring these two would end it, or stand for something else.
    text = text.replace('"', "'").replace("\\", "/").strip()
    # A comment that a tool would take for an order to it is left out.
    order = text.isascii() and (":" in text or text[:1] in "!#" or text.lower().startswith("noqa"))
    return "" if order else text
