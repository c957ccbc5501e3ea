"""The curves of a run: losses in one chart, other measures in another, of training and validation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.blocks import every
from studio.graph import Message
from studio.project.roles import role_title
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.fields import Combo
from studio.ui.safety.guard import guard_overrides
from studio.ui.words.text import languages, live, say, tr

if TYPE_CHECKING:
    from studio.train import MetricLog
    from studio.train.metrics import Floats
    from studio.ui.charts import LivePlot

CHECKED = "val_"
"""Begins the keys of what was measured on the validation samples."""

ASIDE: Mapping[str, str] = MappingProxyType(
    {
        "lr": "Learning rate",
        "gradient_norm": "Gradient norm",
        "update_ratio": "Update ratio",
        "samples_per_second": "Samples a second",
        "memory": "Memory (MB)",
    }
)
"""What is measured of the training itself, by key: each is a chart of its own, chosen where metrics stand."""

NAMES: Mapping[str, Message] = MappingProxyType(
    {
        "loss": Message("Loss"),
        "generator_loss": Message("Generator loss"),
        "discriminator_loss": Message("Discriminator loss"),
        "real_score": Message("Score of real samples"),
        "fake_score": Message("Score of made samples"),
        "perplexity": Message("Perplexity"),
        "bits_per_character": Message("Bits per character"),
        "exact_match": Message("Exact match"),
        "token_accuracy": Message("Token accuracy"),
        "return": Message("Mean return"),
        "episode_return": Message("Return of an episode"),
        "q_value": Message("Value of actions"),
        "epsilon": Message("Share of random actions"),
        "policy_loss": Message("Policy loss"),
        "value_loss": Message("Value loss"),
        "entropy": Message("Entropy of actions"),
        "reconstruction_loss": Message("Reconstruction loss"),
        "divergence_loss": Message("Divergence from the prior"),
    }
)
"""What recipes measure of their own; a recipe of a plugin may measure more, which is called by its key."""

OWN = (
    "return",
    "q_value",
    "epsilon",
    "entropy",
    "perplexity",
    "bits_per_character",
    "mae",
    "mse",
    "rmse",
    "mape",
)
"""Measures of a size of their own, by key, most telling first: in a chart with shares they would press those
flat, so each has a chart of its own."""

BESIDE: Mapping[str, str] = MappingProxyType({"episode_return": "return"})
"""Measures that stand in the chart of another, by key."""

SECONDS = "seconds"
"""The curve that says at which second of the training each step was."""

TWO = 480
"""Pixels that two charts beside each other need; in fewer there is one at a time."""

LOSS, METRICS = "loss", "metrics"
"""What the charts show at first."""

X = Literal["step", "epoch", "time"]

X_TITLES: Mapping[X, str] = MappingProxyType({"step": "Step", "epoch": "Epoch", "time": "Time (s)"})


def measure_title(key: str) -> str:
    """Give the name of a measure for a person: of the loss, of a declared metric, of the training itself."""
    plain = key.removeprefix(CHECKED)
    plain, _, role = plain.partition(".")
    if plain in NAMES:
        name = say(NAMES[plain])
    elif plain in ASIDE:
        name = tr(ASIDE[plain])
    else:
        declared = (tr(block.title) for block in every("metric") if block.type == plain)
        name = next(declared, plain.replace("_", " ").capitalize())
    if role:
        name = f"{name} · {say(role_title(role))}"
    return tr("{measure} (validation)", measure=name) if key.startswith(CHECKED) else name


def group_of(key: str) -> str:
    """Give the chart that a measure belongs to: `loss`, `metrics`, or one of its own."""
    plain = key.removeprefix(CHECKED).partition(".")[0]
    plain = BESIDE.get(plain, plain)
    return plain if plain in ASIDE or plain in OWN else LOSS if LOSS in plain else METRICS


@dataclass(frozen=True)
class _Offer:
    """What there is to show: whether losses and metrics, and which measures have charts of their own."""

    loss: bool = True
    metrics: bool = True
    own: tuple[str, ...] = ()

    @classmethod
    def of(cls, keys: Sequence[str]) -> _Offer:
        groups = {group_of(key) for key in keys if key != SECONDS}
        own = tuple(key for key in OWN if key in groups)
        known = groups - ASIDE.keys()
        return cls(LOSS in groups or not known, METRICS in groups or not own, own)


class Curves(QWidget):
    """Two charts side by side that take in whatever is new in a log.

    The first shows losses; what the second shows, and what x is, can be chosen.
    """

    def __init__(self) -> None:
        """Make the charts."""
        super().__init__()
        from studio.ui.charts import LivePlot  # with pyqtgraph and numpy: only where a curve is seen

        guard_overrides()
        self.loss, self.other = LivePlot(), LivePlot()
        self.axis, self.shown = Combo(), Combo()
        live(self.axis.setAccessibleName, "What the curves go over")
        live(self.axis.setToolTip, "What the curves go over")
        live(self.shown.setAccessibleName, "What this chart shows")
        live(self.shown.setToolTip, "What this chart shows")
        for combo, letters in ((self.axis, 6), (self.shown, 9)):
            combo.setMinimumContentsLength(letters)
        self.steps_per_epoch = 1
        self._log: MetricLog | None = None
        self._taken: dict[str, int] = {}
        self._colours: dict[str, int] = {}
        self._offer = _Offer()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.loss, 1)
        row.addWidget(self.other, 1)
        self._narrow = False
        self._arrange()
        self.axis.activated.connect(lambda _index: self._draw_anew())
        self.shown.activated.connect(lambda _index: self._draw_anew())
        languages.changed.connect(self._name)
        self._name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one chart at a time where two would be too narrow to read."""
        super().resizeEvent(event)
        narrow = event.size().width() < TWO
        if narrow != self._narrow:
            self._narrow = narrow
            self._name()
            self.shown.setCurrentIndex(0)  # the losses where there is one chart
            self._draw_anew()

    def minimumSizeHint(self) -> QSize:
        """Do with one chart."""
        return self.loss.minimumSizeHint()

    def _arrange(self) -> None:
        """Put the controls to the charts that are seen."""
        first = self._offer.loss and (not self._narrow or self._group == LOSS)
        self.loss.setVisible(first)
        self.other.setVisible(not self._narrow or not first)
        for combo, plot in (
            (self.axis, self.loss if first else self.other),
            (self.shown, self.loss if self._narrow and first else self.other),
        ):
            for each in (self.loss, self.other):
                if each is not plot:
                    each.release(combo)
            plot.lead(combo)
            combo.show()

    def restart(self, steps_per_epoch: int = 1) -> None:
        """Forget the run before.

        Args:
            steps_per_epoch: of the run that comes, as far as it is known.
        """
        self.steps_per_epoch = steps_per_epoch
        self._log = None
        self._forget()
        self._offer_again(_Offer())

    def set_steps_per_epoch(self, steps: int) -> None:
        """Take how many steps an epoch has, once that is known."""
        self.steps_per_epoch = max(steps, 1)
        if self._over == "epoch":
            self._draw_anew()

    def settle(self) -> None:
        """Show exactly what the run gave: it is over."""
        self.loss.settle()
        self.other.settle()

    def follow(self, log: MetricLog) -> None:
        """Take in what is new in the log."""
        self._log = log
        self._offer_again(_Offer.of(log.keys()))
        times = log.series(SECONDS) if self._over == "time" else None
        for key in log.keys():  # noqa: SIM118  not a mapping: its keys are a copy made for readers
            if key == SECONDS or group_of(key) not in (LOSS, self._group):
                continue
            if key not in self._taken:
                self._begin(key)
            xs, ys = log.series(key)
            start = self._taken[key]
            # The time of the last steps is known with the next report.
            end = len(xs) if times is None else int(xs.searchsorted(times[0][-1:].max(initial=-1.0), "right"))
            if end > start:
                self._plot(key).extend(key, self._placed(xs[start:end], times), ys[start:end])
                self._taken[key] = end

    def _offer_again(self, offer: _Offer) -> None:
        """Have those charts to choose among that the run has something for."""
        if offer != self._offer:
            self._offer = offer
            self._forget()
            self._name()
            self._arrange()

    @property
    def _over(self) -> X:
        found: X = self.axis.currentData() or "step"
        return found

    @property
    def _group(self) -> str:
        return str(self.shown.currentData() or METRICS)

    def _placed(self, steps: Floats, times: tuple[Floats, Floats] | None) -> Floats:
        """Give where steps stand on the axis."""
        if times is not None:
            from studio.ui.charts.ranges import between

            return between(steps, *times)
        return steps / self.steps_per_epoch if self._over == "epoch" else steps

    def _draw_anew(self) -> None:
        log = self._log
        self._forget()
        self._name()
        self._arrange()
        if log is not None:
            self.follow(log)
            self.settle()

    def _forget(self) -> None:
        for plot in (self.loss, self.other):
            plot.clear()
        for key in self._taken:
            self._plot(key).remove_series(key)
        self._taken.clear()
        self._colours.clear()
        self._head()

    def _plot(self, key: str) -> LivePlot:
        return self.loss if group_of(key) == LOSS else self.other

    def _begin(self, key: str) -> None:
        plain = key.removeprefix(CHECKED)
        plot = self._plot(key)
        same = [one for one in self._colours if self._plot(one) is plot]
        if plain not in self._colours:
            self._colours[plain] = len(same)
        self._taken[key] = 0
        self._dress(key)
        self._head()

    def _dress(self, key: str) -> None:
        # A measure and its validation stand apart: two colours each, and dots for the few values.
        plain, checked = key.removeprefix(CHECKED), key.startswith(CHECKED)
        colour = f"series{2 * self._colours[plain] + checked}"
        self._plot(key).set_series(
            key, measure_title(key), colour, points=checked, behind=plain if checked else ""
        )

    def _head(self) -> None:
        """Name the charts that are still empty: in the others the lines say what they are."""
        full = {self._plot(key) for key in self._taken}
        self.loss.set_title("" if self.loss in full else tr("Loss"))
        self.other.set_title("" if self.other in full else self.shown.currentText())

    def _name(self) -> None:
        offer = self._offer
        shown = {LOSS: tr("Loss")} if self._narrow and offer.loss else {}
        shown |= {METRICS: tr("Metrics")} if offer.metrics else {}
        shown |= {key: measure_title(key) for key in offer.own}
        shown |= {key: tr(title) for key, title in ASIDE.items()}
        over = {key: tr(title) for key, title in X_TITLES.items()}
        for combo, entries in ((self.axis, over), (self.shown, shown)):
            with QSignalBlocker(combo):
                current = combo.currentData()
                combo.clear()
                for key, title in entries.items():
                    combo.addItem(title, key)
                combo.setCurrentIndex(max(combo.findData(current), 0))
        self._head()
        for plot in (self.loss, self.other):
            plot.set_x_label(self.axis.currentText(), self._over)
        for key in self._taken:
            self._dress(key)
