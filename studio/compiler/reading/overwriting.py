"""What a change in place does to the names of forward: they stand for the new tensor, or are read no more."""

from __future__ import annotations

from collections.abc import Mapping

from studio.compiler.reading.drawn import Drawn, Entry, Ref
from studio.compiler.reading.results import Result, Row, Unsaid
from studio.graph import Message

HELD = "\0"
"""Begins the names of what a line has read already: no later line changes it."""


def overwrite(names: dict[str, Result], old: Ref, new: Ref | None, message: Message) -> Entry | None:
    """Follow a change in place: `x += y`, or a ReLU that writes over what arrives.

    Args:
        names: what the names stand for; those of the old tensor stand for the new one behind this.
        old: the tensor that was written over.
        new: what it is now; None where that cannot be said.
        message: what is said where another view of the same numbers is read behind this.

    Returns:
        The argument of forward whose numbers are changed with it; None where there is none.
    """
    root = _root(old)
    for name, value in names.items():
        if not name.startswith(HELD):
            names[name] = _after(value, old, new, root, message)
    return root.source if isinstance(root.source, Entry) and root.copy is None else None


def _after(value: Result, old: Ref, new: Ref | None, root: Ref, message: Message) -> Result:
    match value:
        case Ref() if value == old:
            return new if new is not None else Unsaid(message)
        case Ref() if _root(value) == root:
            return Unsaid(message)
        case Row(parts):
            return Row(tuple(_after(part, old, new, root, message) for part in parts))
    return value


def _root(ref: Ref) -> Ref:
    """Give the tensor whose numbers a tensor shows: a part, another shape, or what a dropout passes on."""
    while ref.copy is None and isinstance(ref.source, Drawn) and ref.source.made.part is None:
        block, inputs = ref.source.block, ref.source.inputs
        if block.group not in ("shape", "regularization") and block.type != "identity":
            break
        first = _first(inputs)
        if first is None:
            break
        ref = first
    return ref


def _first(inputs: Mapping[str, list[Ref]]) -> Ref | None:
    return next((refs[0] for refs in inputs.values() if refs), None)
