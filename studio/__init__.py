"""Netwright: draw a neural network from blocks, train it, look inside it and take it away."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.api import build, check, export, load, new, save, train, trust

__version__ = "0.1.0"

__all__ = ["__version__", "build", "check", "export", "load", "new", "save", "train", "trust"]


def __getattr__(name: str) -> object:
    """Bring in the Python door on first use, so that `import studio` costs nothing."""
    if name in __all__:
        return getattr(importlib.import_module("studio.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Package(ModuleType):
    """Netwright itself, in which `train` is a room and a function: whichever came first, it can be called."""

    def __setattr__(self, name: str, value: object) -> None:
        # Importing the room binds it here, where the door of the same name would stand.
        if name == "train" and isinstance(value, ModuleType):
            value.__class__ = _Training
        super().__setattr__(name, value)


class _Training(ModuleType):
    """The room that trains, callable as the door of its name."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Train a project; see `studio.api.train`."""
        return importlib.import_module("studio.api").train(*arguments, **named)


sys.modules[__name__].__class__ = _Package
