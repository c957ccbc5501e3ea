"""Netwright: draw a neural network from blocks, train it, look inside it and take it away."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.api import build, check, export, load, new, save, train

__version__ = "0.1.0"

__all__ = ["__version__", "build", "check", "export", "load", "new", "save", "train"]


def __getattr__(name: str) -> object:
    """Bring in the Python door on first use, so that `import studio` costs nothing."""
    if name in __all__:
        return getattr(importlib.import_module("studio.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
