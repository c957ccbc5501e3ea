"""The canvas on which networks are drawn."""

from studio.ui.canvas.thumbnail import thumbnail
from studio.ui.canvas.view import CanvasView

__all__ = ["CanvasView", "thumbnail"]
