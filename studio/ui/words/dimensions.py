"""What the dimensions of a tensor are called for a person; the same in every panel and on the canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.graph import Message
from studio.ui.words.text import say

if TYPE_CHECKING:
    from studio.compiler import Tensor

LABELS = {
    "batch": Message("batch"),
    "channel": Message("channel"),
    "depth": Message("depth"),
    "height": Message("height"),
    "width": Message("width"),
    "time": Message("time step"),
    "feature": Message("feature"),
}
"""The compiler's label of a dimension to its name."""


def named(labels: Sequence[str | None]) -> str:
    """Write what each dimension means: `batch × channel × height × width`."""
    return " × ".join(say(LABELS[label]) if label else "–" for label in labels) or "–"


def sized(tensor: Tensor, labels: Sequence[str | None]) -> str:
    """Write each size with what it means: `batch B · channel 32 · height 14 · width 14`."""
    parts = [
        f"{say(LABELS[label])} {dim}" if label else str(dim)
        for label, dim in zip(labels, tensor.shape, strict=True)
    ]
    return " · ".join(parts) or "1"
