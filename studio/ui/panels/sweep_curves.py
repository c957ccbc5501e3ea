"""The curves of the trials of a sweep over each other, drawn while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.graph.text import Message
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.curves import measure_title
from studio.ui.widgets.plain import label
from studio.ui.words.text import languages, live, say, tr

if TYPE_CHECKING:
    from studio.train.sweeps.state import Sweep, Trial
    from studio.ui.charts import LivePlot

COLOURS = 8
"""Colours of lines; further trials begin with the first again."""

MOST = 40
"""The trials that are drawn at most: the latest of them."""


class SweepCurves(QWidget):
    """Draws the figure that counts over the epochs, a line for each trial."""

    def __init__(self) -> None:
        """Begin without a sweep; the chart is made when it is first seen."""
        super().__init__()
        self._sweep: Sweep | None = None
        self.plot: LivePlot | None = None
        self._drawn: dict[str, int] = {}
        self._of: object = None
        self.told = label(role="muted", wrap=True)
        live(self.told.setText, "A line for each trial appears here as it learns.")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        self._column.addWidget(self.told)
        languages.changed.connect(self._anew)

    def show_sweep(self, sweep: Sweep | None) -> None:
        """Show a sweep as it stands."""
        self._sweep = sweep
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._draw()

    def _anew(self) -> None:
        self._of = None
        if self.isVisible():
            self._draw()

    def _draw(self) -> None:
        sweep = self._sweep
        self.told.setVisible(sweep is None or not any(trial.figures for trial in sweep.trials))
        if sweep is None and self.plot is None:
            return
        if self.plot is None:
            from studio.ui.charts import LivePlot  # with pyqtgraph and numpy: only where a curve is seen

            self.plot = LivePlot(tools=False)
            self.plot.setMinimumWidth(160)
            self._column.addWidget(self.plot, 1)
        folder = None if sweep is None else sweep.folder
        if folder != self._of:
            self.plot.clear()
            for key in list(self._drawn):
                self.plot.remove_series(key)
            self._drawn.clear()
            self._of = folder
        if sweep is None:
            return
        self.plot.set_title(measure_title(sweep.plan.metric))
        self.plot.set_x_label(tr("Epoch"), "epoch")
        for trial in sweep.trials[-MOST:]:
            points = sorted(trial.figures.items())
            key, done = str(trial.number), self._drawn.get(str(trial.number), 0)
            if len(points) <= done:
                continue
            if not done:
                role = f"series{(trial.number - 1) % COLOURS}"
                self.plot.set_series(key, self._name(trial), role, points=len(points) < 3)
            fresh = points[done:]
            self.plot.extend(key, [float(at) for at, _ in fresh], [value for _, value in fresh])
            self._drawn[key] = len(points)
        self.plot.settle()

    def _name(self, trial: Trial) -> str:
        """Name a trial by what it alone has set."""
        assert self._sweep is not None
        varied = [one.path for one in self._sweep.plan.variables if one.ranged or len(one.values) > 1]
        said = ", ".join(trial.values[path] for path in varied if path in trial.values)
        return said or say(Message("Trial {number}", number=trial.number))
