"""The row of controls above a chart: smoothing, logarithmic scale, fit and export."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, QStandardPaths, Qt, QTimerEvent, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QSlider,
    QToolButton,
    QWidget,
)

from studio.graph.text import NetwrightError
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.words.text import live, say, tr

AMOUNTS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
"""How strong a smoothing is offered where there is no room to slide."""

STEPS = 99
"""The slider goes from 0 to 0.99."""

_PATIENCE = 40
"""Milliseconds between two smoothings of long series while the slider is dragged."""


class PlotTools(QWidget):
    """Tells what the person wants of a chart; the chart tells it what is so."""

    smoothing = Signal(float)
    log = Signal(bool)
    fit = Signal()

    def __init__(
        self, save: Callable[[Path], None], name: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        """Make the row.

        Args:
            save: writes the chart to a path, as its ending says.
            name: gives what a file of the chart would be called.
            parent: the chart.
        """
        super().__init__(parent)
        self._write, self._name = save, name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)

        self._leading: list[QWidget] = []
        self._caption = caption = QLabel(self)
        caption.setProperty("role", "caption")
        live(caption.setText, "Smoothing")
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, STEPS)
        self._slider.setMinimumWidth(40)  # two charts stand beside each other in a narrow dock
        self._slider.setMaximumWidth(120)
        live(self._slider.setAccessibleName, "Smoothing")
        live(
            self._slider.setToolTip,
            "How much the values before count: 0 shows the values as measured, 0.99 only the trend.",
        )
        caption.setBuddy(self._slider)
        self._amount = QLabel(self)
        self._amount.setProperty("role", "caption")
        self._amount.setTextFormat(Qt.TextFormat.PlainText)
        self._amount.setFixedWidth(self._amount.fontMetrics().horizontalAdvance("0.00") + SPACE_SMALL)
        self._waiting = 0
        self._slider.valueChanged.connect(self._slid)

        self._log = QToolButton(self)
        self._log.setCheckable(True)
        live(self._log.setText, "Log")
        live(self._log.setToolTip, "Logarithmic scale (L)")
        self._log.toggled.connect(self.log)
        self._fit = QToolButton(self)
        live_icon(self._fit, "fit")
        live(self._fit.setToolTip, "Show everything (Home)")
        live(self._fit.setAccessibleName, "Show everything (Home)")
        self._fit.clicked.connect(self.fit)
        self._save = QToolButton(self)
        live_icon(self._save, "export")
        live(self._save.setToolTip, "Save the chart as a picture or a table…")
        live(self._save.setAccessibleName, "Save the chart as a picture or a table…")
        self._save.clicked.connect(self._choose)

        self._compact = QToolButton(self)
        live_icon(self._compact, "smooth")
        live(self._compact.setToolTip, "Smoothing")
        live(self._compact.setAccessibleName, "Smoothing")
        self._compact.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        amounts = QMenu(self._compact)
        amounts.aboutToShow.connect(lambda: self._fill_amounts(amounts))
        self._compact.setMenu(amounts)
        self._compact.hide()

        row.addWidget(caption)
        row.addWidget(self._slider, 8)
        row.addWidget(self._amount)
        row.addStretch(1)
        row.addWidget(self._compact)
        for button in (self._log, self._fit, self._save):
            row.addWidget(button)
        self._show_amount()

    def lead(self, widget: QWidget) -> None:
        """Put a control of whoever owns the chart at the beginning of the row."""
        if widget in self._leading:
            return
        self._leading.append(widget)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(len(self._leading) - 1, widget)

    def release(self, widget: QWidget) -> None:
        """Let a control go that was put at the beginning."""
        if widget in self._leading:
            self._leading.remove(widget)
            row = self.layout()
            assert row is not None
            row.removeWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """Give way in a narrow place, where only the buttons stay."""
        return QSize(self._buttons(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what would be cut: first the words beside the slider, then the slider too."""
        super().resizeEvent(event)
        bare = self._buttons() + self._slider.minimumWidth() + SPACE_SMALL
        words = self._caption.sizeHint().width() + self._amount.width() + 2 * SPACE_SMALL
        slides = self.width() >= bare
        self._slider.setVisible(slides)
        self._compact.setVisible(
            not slides and self.width() >= self._buttons() + self._compact.sizeHint().width()
        )
        for part in (self._caption, self._amount):
            part.setVisible(self.width() >= bare + words)

    def _buttons(self) -> int:
        """Give the width of the buttons, and of what leads them."""
        parts = (*self._leading, self._log, self._fit, self._save)
        return sum(each.minimumSizeHint().width() + SPACE_SMALL for each in parts)

    def _fill_amounts(self, menu: QMenu) -> None:
        """Offer a few amounts, and tick the one in use."""
        menu.clear()
        kinds = QActionGroup(menu)
        for amount in sorted({*AMOUNTS, self._slider.value() / 100}):
            action = menu.addAction(tr("As measured") if not amount else f"{amount:.2f}")
            action.setCheckable(True)
            action.setChecked(round(amount * 100) == self._slider.value())
            kinds.addAction(action)
            action.triggered.connect(partial(self._take_amount, amount))

    def _take_amount(self, amount: float, _on: bool = True) -> None:
        self._slider.setValue(round(amount * 100))

    def offer(self, at: QPoint, chart: QWidget) -> None:
        """Offer all that the row does in a menu, also what there is no room for.

        Args:
            at: where on the screen.
            chart: gets the keys back when the menu goes.
        """
        menu = QMenu(chart)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        amounts = menu.addMenu(tr("Smoothing"))
        self._fill_amounts(amounts)
        scale = menu.addAction(tr("Logarithmic scale"))
        scale.setCheckable(True)
        scale.setChecked(self._log.isChecked())
        scale.triggered.connect(lambda on: self._log.setChecked(on))
        menu.addAction(icon("fit"), tr("Show everything")).triggered.connect(
            lambda _on=False: self.fit.emit()
        )
        menu.addSeparator()
        save = menu.addAction(icon("export"), tr("Save the chart as a picture or a table…"))
        save.triggered.connect(lambda _on=False: self._choose())
        menu.popup(at)

    def show_smoothing(self, weight: float) -> None:
        """Show how strongly the chart smooths."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(weight * 100))
        self._show_amount()

    def show_log(self, log: bool) -> None:
        """Show whether the chart's scale is logarithmic."""
        with QSignalBlocker(self._log):
            self._log.setChecked(log)

    def _slid(self) -> None:
        """Tell the amount soon: dragging would smooth a long run a hundred times."""
        self._show_amount()
        if not self._waiting:
            self._waiting = self.startTimer(_PATIENCE)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Tell the amount that the slider is at now."""
        if event.timerId() != self._waiting:
            super().timerEvent(event)
            return
        self.killTimer(self._waiting)
        self._waiting = 0
        self.smoothing.emit(self._slider.value() / 100)

    def _show_amount(self) -> None:
        self._amount.setText(f"{self._slider.value() / 100:.2f}")

    def _choose(self) -> None:
        """Ask where to save the chart, and as what."""
        endings = {
            tr("Picture (*.png)"): "png",
            tr("Drawing (*.svg)"): "svg",
            tr("Table of values (*.csv)"): "csv",
        }
        dialog = QFileDialog(self, tr("Save the chart"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(endings))
        dialog.setDefaultSuffix("png")
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        dialog.selectFile(self._name())

        def take(kind: str) -> None:
            dialog.setDefaultSuffix(endings[kind])
            named = Path(next(iter(dialog.selectedFiles()), ""))
            if named.suffix[1:] in endings.values():
                dialog.selectFile(named.with_suffix(f".{endings[kind]}").name)

        dialog.filterSelected.connect(take)
        if dialog.exec():
            self.save(Path(dialog.selectedFiles()[0]))

    def save(self, path: Path) -> None:
        """Save the chart, and say so where it cannot be."""
        try:
            self._write(path)
        except NetwrightError as error:
            why = say(error.message)
        except ValueError:
            why = tr("Expected a name that ends in .png, .svg or .csv, received {name}.", name=path.name)
        else:
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("The chart was not saved"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(why)
        box.exec()
