"""Charts that draw while something is measured."""

from studio.ui.charts.live_plot import LivePlot

__all__ = ["LivePlot"]
