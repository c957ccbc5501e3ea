"""A mistake that does not know its place yet, and words that all checks share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.compiler.tensors import Tensor
from studio.graph import Message
from studio.project import Fix


@dataclass(frozen=True)
class Complaint:
    """A problem that does not know yet which graph it is in; see `Problem` for the fields."""

    code: str
    message: Message
    port: str = ""
    parameter: str = ""
    expected: Message | None = None
    received: Message | None = None
    fixes: tuple[Fix, ...] = ()
    details: str = ""
    warning: bool = False

    __hash__ = None  # type: ignore[assignment]


RANKS: Mapping[int, Message] = {
    1: Message("B"),
    2: Message("B × features"),
    3: Message("B × 2 sizes, such as channels × length or time × features"),
    4: Message("B × channels × height × width"),
    5: Message("B × channels × depth × height × width"),
}
"""What a number of dimensions usually means."""


def text(tensor: Tensor) -> Message:
    """Give a tensor's sizes as a sentence part."""
    return Message("{sizes}", sizes=str(tensor))
