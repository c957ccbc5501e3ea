"""The curves of a run: losses in one chart, other measures in another, of training and validation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.blocks import every
from studio.ui.guard import guard_overrides
from studio.ui.text import languages, tr
from studio.ui.theme import SPACE_SMALL

if TYPE_CHECKING:
    from studio.train import MetricLog
    from studio.ui.charts import LivePlot

CHECKED = "val_"
"""Begins the keys of what was measured on the validation samples."""

ASIDE = frozenset({"lr", "samples_per_second"})
"""Kept in the log and not drawn: they have their places in words."""


def measure_title(key: str) -> str:
    """Give the name of a measure for a person: of the loss, or of a declared metric."""
    plain = key.removeprefix(CHECKED)
    if plain == "loss":
        name = tr("Loss")
    else:
        name = next((tr(block.title) for block in every("metric") if block.type == plain), plain)
    return tr("{measure} (validation)", measure=name) if key.startswith(CHECKED) else name


class Curves(QWidget):
    """Two charts side by side that take in whatever is new in a log."""

    def __init__(self) -> None:
        """Make the charts."""
        super().__init__()
        from studio.ui.charts import LivePlot  # with pyqtgraph and numpy: only where a curve is seen

        guard_overrides()
        self.loss, self.other = LivePlot(), LivePlot()
        self._taken: dict[str, int] = {}
        self._colours: dict[str, int] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.loss, 1)
        row.addWidget(self.other, 1)
        languages.changed.connect(self._name)
        self._name()

    def restart(self) -> None:
        """Forget the run before."""
        for plot in (self.loss, self.other):
            plot.clear()
        for key in self._taken:
            self._plot(key).remove_series(key)
        self._taken.clear()
        self._colours.clear()
        self._head()

    def settle(self) -> None:
        """Show exactly what the run gave: it is over."""
        self.loss.settle()
        self.other.settle()

    def follow(self, log: MetricLog) -> None:
        """Take in what is new in the log."""
        for key in log.keys():  # noqa: SIM118  not a mapping: its keys are a copy made for readers
            if key in ASIDE:
                continue
            if key not in self._taken:
                self._begin(key)
            xs, ys = log.series(key)
            if len(xs) > self._taken[key]:
                self._plot(key).extend(key, xs[self._taken[key] :], ys[self._taken[key] :])
                self._taken[key] = len(xs)

    def _plot(self, key: str) -> LivePlot:
        return self.loss if "loss" in key else self.other

    def _begin(self, key: str) -> None:
        plain = key.removeprefix(CHECKED)
        plot = self._plot(key)
        same = [one for one in self._colours if self._plot(one) is plot]
        if plain not in self._colours:
            self._colours[plain] = len(same)
        # A measure and its validation stand apart: two colours each, and dots for the few values.
        colour = 2 * self._colours[plain] + (1 if key.startswith(CHECKED) else 0)
        plot.set_series(key, measure_title(key), f"series{colour}", points=key.startswith(CHECKED))
        self._taken[key] = 0
        self._head()

    def _head(self) -> None:
        """Name the charts that are still empty: in the others the lines say what they are."""
        full = {self._plot(key) for key in self._taken}
        self.loss.set_title("" if self.loss in full else tr("Loss"))
        self.other.set_title("" if self.other in full else tr("Metrics"))

    def _name(self) -> None:
        self._head()
        for plot in (self.loss, self.other):
            plot.set_x_label(tr("Step"))
        for key in self._taken:
            plain = key.removeprefix(CHECKED)
            colour = 2 * self._colours[plain] + (1 if key.startswith(CHECKED) else 0)
            self._plot(key).set_series(
                key, measure_title(key), f"series{colour}", points=key.startswith(CHECKED)
            )
