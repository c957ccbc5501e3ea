"""The progress of a training on a terminal: one line that is drawn over, on standard error."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping

from studio.cli.table import width

_BAR = 24


class Bar:
    """One line that is drawn over; nothing where standard error is no terminal."""

    def __init__(self) -> None:
        """Draw nothing yet."""
        self._shown = False
        self._live = sys.stderr.isatty()

    def draw(self, share: float, text: str) -> None:
        """Draw the line anew.

        Args:
            share: how much is done, 0 to 1.
            text: what stands behind the bar.
        """
        if not self._live:
            return
        done = round(_BAR * min(max(share, 0.0), 1.0))
        line = f"{'━' * done}{'╌' * (_BAR - done)} {share:4.0%}  {text}"
        room = shutil.get_terminal_size().columns - 1
        while width(line) > room:
            line = line[:-1]
        print(f"\r\033[2K{line}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            print("\r\033[2K", end="", file=sys.stderr, flush=True)
            self._shown = False


def figures(metrics: Mapping[str, float | None]) -> str:
    """Give metrics in one line: `loss 0.1234  accuracy 98.7 %`."""
    return "  ".join(f"{name} {figure(name, value)}" for name, value in metrics.items())


def figure(name: str, value: float | None) -> str:
    """Give one metric for people; a dash for one that could not be computed."""
    if value is None:
        return "–"
    if "accuracy" in name:
        return f"{value:.2%}"
    return f"{value:.4g}"


def duration(seconds: float) -> str:
    """Give a time as minutes and seconds, with hours where there are some."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
