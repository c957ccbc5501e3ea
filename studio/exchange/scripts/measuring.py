"""What must be there before metrics are measured."""

from __future__ import annotations

import contextlib

from studio.data.vision import torchvision


def ready_for_torchmetrics() -> None:
    """Bring torchvision in where it is installed, as torchmetrics imports it."""
    with contextlib.suppress(ModuleNotFoundError):
        torchvision()
