"""Layers of our own, each self-contained so that an export can copy its source."""

from studio.nn.permute import Permute
from studio.nn.reshape import Reshape
from studio.nn.select import Select

__all__ = ["Permute", "Reshape", "Select"]
