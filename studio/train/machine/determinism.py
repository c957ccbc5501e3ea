"""Has torch compute in the same order each time; it is a switch of the whole process, so it is put back."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from studio.graph import Message

_NONE = re.compile(r"(\S+) does not have a deterministic implementation")


@contextmanager
def computing_alike(wanted: bool, device: torch.device) -> Iterator[None]:
    """Have torch refuse what it can only compute in another order each time.

    Args:
        wanted: whether that is asked for; without it nothing is switched.
        device: where it computes.
    """
    if not wanted:
        yield
        return
    before = torch.are_deterministic_algorithms_enabled()
    only_warns = torch.is_deterministic_algorithms_warn_only_enabled()
    alike, tries = torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark
    if device.type == "cuda":
        # Read when the library is first used; another value may be a person's own.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    torch.use_deterministic_algorithms(True)
    torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = True, False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before, warn_only=only_warns)
        torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = alike, tries


def refusal(error: BaseException) -> Message | None:
    """Say which operation has no order of its own; None where this is another error."""
    found = _NONE.search(str(error)) if isinstance(error, RuntimeError) else None
    if found is None:
        return None
    return Message(
        "“{operation}” has no form that computes in the same order each time on this device. Switch "
        "“Deterministic” off, train on the processor, or use another block.",
        operation=found[1],
    )
