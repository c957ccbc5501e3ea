"""A chart of values as they are measured: it stays smooth whatever the length of the run.

It knows nothing of training: whoever measures calls `extend` when there is something new, and the
chart folds the new samples and repaints the columns that they stand in. It never starts a timer that
goes on by itself.
"""

from __future__ import annotations

from pathlib import Path

import numpy.typing as npt
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.charts import files
from studio.ui.charts.axes import Axis
from studio.ui.charts.crosshair import Crosshair, number
from studio.ui.charts.curves import Curves
from studio.ui.charts.legend import FlowLayout, LegendEntry
from studio.ui.charts.ranges import shown_x, shown_y
from studio.ui.charts.series import Series
from studio.ui.charts.tools import PlotTools
from studio.ui.charts.view import View
from studio.ui.looks.theme import RADIUS, SPACE, SPACE_SMALL, SPACE_TINY, theme, themes
from studio.ui.words.text import languages, live, tr

LOW = 260
"""A chart of fewer pixels than this has no row for the name of x."""

PAPER = QSize(960, 540)
"""The least size of a chart that is saved."""

_BESIDE = 0.015
"""The part of x that is left free beside a last dot."""

_START_X = (0.0, 100.0)
"""What an empty chart shows."""


class LivePlot(QWidget):
    """Several named lines over one x, with a legend, a crosshair, zoom, smoothing and export.

    Keys, while it has the focus: `+` and `-` zoom, arrows move, `Home` or `0` shows everything, `L`
    switches the logarithmic scale.
    """

    def __init__(self, parent: QWidget | None = None, *, tools: bool = True) -> None:
        """Make an empty chart.

        Args:
            parent: the widget it stands in.
            tools: whether it has the row of smoothing, scale, fit and export.
        """
        super().__init__(parent)
        self._series: dict[str, Series] = {}
        self._entries: dict[str, LegendEntry] = {}
        self._behind: set[str] = set()
        self._smoothing = 0.0
        self._x_name, self._x_key = "", "step"
        self._auto_x = self._auto_y = True
        self._has_y = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        live(self.setAccessibleName, "Chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

        self._page = QWidget(self)
        self._title = QLabel(self._page)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._title.hide()
        self._legend = QWidget(self._page)
        self._flow = FlowLayout(self._legend)
        self._caption = QLabel(self._page)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setProperty("role", "caption")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight)

        self._view = View(self._page)
        self._view.setFocusProxy(self)
        self._axes = {"left": Axis("left"), "bottom": Axis("bottom")}
        self._plot = pg.PlotItem(axisItems=dict(self._axes), enableMenu=False)
        self._plot.hideButtons()
        self._plot.setContentsMargins(0, SPACE_SMALL, SPACE, 0)
        self._view.setCentralItem(self._plot)
        self._box: pg.ViewBox = self._plot.getViewBox()
        self._box.setMenuEnabled(False)
        self._box.disableAutoRange()
        self._box.setLimits(minXRange=1e-6, minYRange=1e-12)
        self._curves = Curves(self._box, lambda: (self._axes["bottom"].lines(), self._axes["left"].lines()))
        self._crosshair = Crosshair(self._box, self._curves)
        self._box.sigRangeChangedManually.connect(self._moved_by_hand)
        self._view.scene().sigMouseMoved.connect(self._hovered)
        self._view.left.connect(self._crosshair.hide)

        page = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(SPACE_TINY)
        page.addWidget(self._title)
        page.addWidget(self._legend)
        page.addWidget(self._view, 1)
        page.addWidget(self._caption)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_TINY, SPACE_TINY, SPACE_TINY, SPACE_TINY)
        layout.setSpacing(SPACE_TINY)
        self._tools = PlotTools(self.save, self._file_name, self) if tools else None
        if self._tools is not None:
            layout.addWidget(self._tools)
            self._tools.smoothing.connect(self.set_smoothing)
            self._tools.log.connect(self.set_log)
            self._tools.fit.connect(self.fit)
            self._view.scene().sigMouseClicked.connect(self._clicked)
        layout.addWidget(self._page, 1)
        themes.changed.connect(self._wear)
        languages.changed.connect(self._curves.repaint_all)
        self._wear()
        self.clear()

    # ------------------------------------------------------------------ what is shown

    def lead(self, widget: QWidget) -> None:
        """Put a control of whoever owns the chart at the beginning of its tools."""
        if self._tools is not None:
            self._tools.lead(widget)

    def release(self, widget: QWidget) -> None:
        """Let a control go that was put there."""
        if self._tools is not None:
            self._tools.release(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a low chart the room of the word for x; whoever owns it says elsewhere what x is."""
        super().resizeEvent(event)
        self._caption.setVisible(event.size().height() >= LOW)
        self._fit_legend()

    def _fit_legend(self) -> None:
        """Leave out names that the one before tells, where the legend would need another row for them."""
        full = sum(entry.full_width + SPACE_TINY for entry in self._entries.values())
        for key in self._behind:
            self._entries[key].set_brief(full > self.width() - 2 * SPACE_TINY)

    def set_title(self, text: str) -> None:
        """Put a heading above the chart; none where it is empty."""
        self._title.setText(text)
        self._title.setVisible(bool(text))
        self.setAccessibleName(text or tr("Chart"))

    def set_x_label(self, text: str, key: str = "step") -> None:
        """Name what x is.

        Args:
            text: for people, such as `Step`.
            key: for tables, in every language the same.
        """
        self._x_name, self._x_key = text, key
        self._caption.setText(text)

    def set_series(
        self, key: str, label: str, colour_role: str = "series0", *, points: bool = False, behind: str = ""
    ) -> None:
        """Add a line, or give one that is there another name or colour.

        Args:
            key: what `extend` calls it.
            label: what the legend calls it; shown as plain text.
            colour_role: a colour by a name that `Theme.colour` knows, such as `series0` or `accent`.
            points: whether it is a few values, each a dot, joined by lines and never smoothed.
            behind: the line that it belongs to, as validation does to training: in the legend it stands
                behind that one, without its name where there is no room for it.
        """
        series = self._series.get(key)
        if series is None:
            series = Series(label, colour_role, points=points)
            series.set_smoothing(self._smoothing)
            self._series[key] = series
            entry = LegendEntry(label, colour_role, self._legend)
            entry.toggled.connect(lambda shown: self.set_visible(key, shown))
            self._entries[key] = entry
            self._flow.addWidget(entry)
            if behind in self._entries:
                self._flow.put_behind(entry, self._entries[behind])
                self._behind.add(key)
            entry.show()
        else:
            series.label, series.role = label, colour_role
            self._entries[key].set_label(label, colour_role)
        self._fit_legend()
        # Dots lie above lines, whatever the order they were added in.
        self._curves.series = sorted(self._series.values(), key=lambda line: line.points)
        self._curves.repaint_all()

    def remove_series(self, key: str) -> None:
        """Take a line away, with its values."""
        series = self._series.pop(key)
        entry = self._entries.pop(key)
        self._behind.discard(key)
        self._flow.removeWidget(entry)
        entry.hide()
        entry.deleteLater()
        self._fit_legend()
        self._curves.series.remove(series)
        self._crosshair.hide()
        self._fit_again()

    def set_visible(self, key: str, shown: bool) -> None:
        """Show or hide a line; its values stay, and go on coming in."""
        self._series[key].shown = shown
        self._entries[key].setChecked(shown)
        self._crosshair.hide()
        self._fit_again()

    def extend(self, key: str, xs: npt.ArrayLike, ys: npt.ArrayLike) -> None:
        """Put new values at the end of a line.

        Values that are no finite numbers leave gaps. Values that begin before the line's last one
        replace what comes after them.

        Args:
            key: which line.
            xs: where the values are, such as steps.
            ys: the values.

        Raises:
            KeyError: there is no such line.
            ValueError: there are not as many x as y.
        """
        series = self._series[key]
        empty = not any(len(line.raw) for line in self._series.values())
        changed = series.append(xs, ys)
        if changed is None:
            return
        self._entries[key].set_value("" if series.latest is None else number(series.latest))
        if series.shown:
            self._grow()
        if empty:
            self._curves.repaint_all()
        else:
            self._curves.repaint_from(series, changed)

    def clear(self) -> None:
        """Forget all values; the lines stay."""
        for key, series in self._series.items():
            series.clear()
            self._entries[key].set_value("")
        self._crosshair.hide()
        self._auto_x = self._auto_y = True
        self._show(_START_X, shown_y((), None, log=self._curves.log))
        self._curves.repaint_all()

    def latest(self, key: str) -> float | None:
        """Give the last value of a line."""
        return self._series[key].latest

    # ------------------------------------------------------------------ how it is shown

    def smoothing(self) -> float:
        """Give how strongly lines are smoothed."""
        return self._smoothing

    def set_smoothing(self, weight: float) -> None:
        """Smooth the lines; what was measured stays visible behind them.

        Args:
            weight: of the values before, from 0 (not at all) to below 1.

        Raises:
            ValueError: the weight is outside.
        """
        if not 0 <= weight < 1:
            raise ValueError(f"Expected a weight from 0 to below 1, received {weight}.")
        self._smoothing = weight
        for series in self._series.values():
            series.set_smoothing(weight)
        if self._tools is not None:
            self._tools.show_smoothing(weight)
        self._crosshair.hide()
        self._curves.repaint_all()

    def log(self) -> bool:
        """Tell whether the scale of y is logarithmic."""
        return self._curves.log

    def set_log(self, log: bool) -> None:
        """Make the scale of y logarithmic, or linear; values that have no logarithm leave gaps."""
        if log == self._curves.log:
            return
        self._curves.log = log
        self._axes["left"].setLogMode(log)
        if self._tools is not None:
            self._tools.show_log(log)
        self._auto_y = True
        self._fit_again()

    def fit(self) -> None:
        """Show everything, and keep showing everything as values come."""
        self._auto_x = self._auto_y = True
        self._fit_again()

    def settle(self) -> None:
        """Take back the room kept for values to come, where the person has not chosen what to see."""
        lines = [line for line in self._series.values() if line.shown and len(line.raw)]
        if not self._auto_x or not lines:
            return
        first = min(float(line.raw.x[0]) for line in lines)
        last = max(float(line.raw.x[-1]) for line in lines)
        if last > first:
            _, up = self._box.viewRange()
            if any(line.points and line.raw.x[-1] == last for line in lines):
                last += _BESIDE * (last - first)  # the last dot is seen whole
            self._show((min(0.0, first), last), (up[0], up[1]))
            self._curves.repaint_all()

    def zoom(self, factor: float) -> None:
        """Show more of x, or less of it around the middle."""
        self._auto_x = False
        self._box.scaleBy(x=factor)

    def pan(self, x: float, y: float) -> None:
        """Move by parts of what is shown."""
        (left, right), (bottom, top) = self._box.viewRange()
        self._auto_x, self._auto_y = self._auto_x and not x, self._auto_y and not y
        self._box.translateBy(x=x * (right - left), y=y * (top - bottom))

    # ------------------------------------------------------------------ taking it away

    def save(self, path: Path | str) -> None:
        """Write the chart as its ending says: `.png`, `.svg` or `.csv`.

        Raises:
            AtomicWriteError: it could not be written.
            ValueError: it has another ending.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending == ".csv":
            files.save_csv(self._series, target, self._x_key)
            return
        if ending not in (".png", ".svg"):
            raise ValueError(f"Expected a name that ends in .png, .svg or .csv, received {target.name!r}.")
        paper = self._on_paper()
        try:
            (files.save_png if ending == ".png" else files.save_svg)(paper._page, target)
        finally:
            paper.hide()
            paper.deleteLater()

    def _file_name(self) -> str:
        """Give what a file of the chart would be called: like the first line that is shown."""
        lines = (line.label for line in self._series.values() if line.shown and len(line.raw))
        return files.named(next(lines, self._title.text()))

    def _on_paper(self) -> LivePlot:
        """Give the same chart at a size to be printed, where every line has its name and x is told."""
        paper = LivePlot(tools=False)
        paper.setFont(self.font())
        paper.set_title(self._title.text())
        paper.set_x_label(self._x_name, self._x_key)
        paper.set_log(self.log())
        order = {entry: place for place, entry in enumerate(self._flow.widgets())}
        for key in sorted(self._series, key=lambda key: order[self._entries[key]]):
            series = self._series[key]
            if not series.shown or not len(series.raw):
                continue
            paper.set_series(key, series.label, series.role, points=series.points)
            paper._series[key] = series
            paper._entries[key].set_value("" if series.latest is None else number(series.latest))
        paper._curves.series = sorted(paper._series.values(), key=lambda line: line.points)
        along, up = self._box.viewRange()
        paper._show((along[0], along[1]), (up[0], up[1]))
        for axis in paper._axes.values():
            axis.keep_picture(False)  # it is as coarse as the screen
        paper.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        paper._page.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        paper._page.setFixedSize(PAPER.expandedTo(self._page.size()))
        paper.show()  # it is laid out by that
        return paper

    # ------------------------------------------------------------------ inside

    def _grow(self) -> None:
        """Make room for the values there are, where the person has not chosen what to see."""
        (left, right), (bottom, top) = self._box.viewRange()
        along, up = (left, right), (bottom, top)
        if self._auto_x:
            along = shown_x(self._series.values(), (left, right))
        if self._auto_y:
            up = shown_y(self._series.values(), (bottom, top) if self._has_y else None, log=self._curves.log)
            self._has_y = True
        if (along, up) != ((left, right), (bottom, top)):
            self._show(along, up)

    def _fit_again(self) -> None:
        """Show exactly what there is now, on the axes that the person has not chosen."""
        (left, right), (bottom, top) = self._box.viewRange()
        along = shown_x(self._series.values(), _START_X) if self._auto_x else (left, right)
        up = shown_y(self._series.values(), None, log=self._curves.log) if self._auto_y else (bottom, top)
        self._show(along, up)
        self._curves.repaint_all()

    def _show(self, along: tuple[float, float], up: tuple[float, float]) -> None:
        """Set what stretch is shown."""
        self._has_y = any(len(line.raw) for line in self._series.values())
        self._box.setRange(xRange=along, yRange=up, padding=0, disableAutoRange=True)

    def _moved_by_hand(self) -> None:
        """Leave what is shown to the person from now on."""
        self._auto_x = self._auto_y = False

    def _clicked(self, event: MouseClickEvent) -> None:
        """Offer what can be done, where a right click was no drag: that zooms."""
        if event.button() == Qt.MouseButton.RightButton and self._tools is not None:
            event.accept()
            self._tools.offer(event.screenPos().toPoint(), self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done, to the key for it; a click is told when it has ended."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._tools is not None:
            self._tools.offer(self.mapToGlobal(self.rect().center()), self)

    def _hovered(self, place: QPointF) -> None:
        """Read the values under the mouse."""
        if not self._box.sceneBoundingRect().contains(place):
            self._crosshair.hide()
            return
        self._crosshair.read(self._box.mapFromScene(place).x(), self._x_name)

    def _wear(self) -> None:
        """Take the colours of the theme in use."""
        self._view.setBackground(QColor(theme().field))
        for axis in self._axes.values():
            axis.wear()
        self._curves.repaint_all()
        self._crosshair.update()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move, fit and switch the scale by keys."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(0.8)
            case Qt.Key.Key_Minus:
                self.zoom(1.25)
            case Qt.Key.Key_Left:
                self.pan(-0.1, 0)
            case Qt.Key.Key_Right:
                self.pan(0.1, 0)
            case Qt.Key.Key_Up:
                self.pan(0, 0.1)
            case Qt.Key.Key_Down:
                self.pan(0, -0.1)
            case Qt.Key.Key_Home | Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_L:
                self.set_log(not self.log())
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring of the focus around the chart."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme().accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.end()

    def sizeHint(self) -> QSize:
        """Give a good size."""
        return QSize(560, 320)

    def minimumSizeHint(self) -> QSize:
        """Give the least size at which it says something."""
        return QSize(150, 148)
