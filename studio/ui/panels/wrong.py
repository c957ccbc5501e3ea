"""The samples that a network takes for something else, as pictures in a grid; the most certain first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem

from studio.graph import NetwrightError
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.widgets.plain import tip
from studio.ui.words.text import live, tr

if TYPE_CHECKING:
    from studio.train import Evaluation, WrongSample

SIDE = 56
"""How large a picture is shown."""

WIDEST = 112
"""Pixels that the names below a picture may take."""


def picture(evaluation: Evaluation, index: int) -> QPixmap | None:
    """Give a sample as a picture, each of its pixels a square; None where samples are no pictures."""
    try:
        width, height, channels, data = evaluation.image(index)
    except NetwrightError:
        return None
    form = QImage.Format.Format_Grayscale8 if channels == 1 else QImage.Format.Format_RGB888
    # The image is copied, as it only borrows the bytes.
    image = QImage(data, width, height, channels * width, form).copy()
    return QPixmap.fromImage(image)


def scaled(found: QPixmap, side: int, ratio: float) -> QPixmap:
    """Give a picture in a size to look at, with hard edges between few pixels."""
    pixels = round(side * ratio)
    few = max(found.width(), found.height()) * 2 <= pixels
    how = Qt.TransformationMode.FastTransformation if few else Qt.TransformationMode.SmoothTransformation
    large = found.scaled(pixels, pixels, Qt.AspectRatioMode.KeepAspectRatio, how)
    large.setDevicePixelRatio(ratio)
    return large


def _in_words(evaluation: Evaluation, sample: WrongSample) -> str:
    """Give a sample that is no picture in a line: its words, or its number."""
    words = evaluation.shown(sample.index).words
    return " ".join(words) if words else tr("Sample {number}", number=sample.index)


class WrongSamples(QListWidget):
    """A grid of wrong samples; choosing one tells its number."""

    chosen = Signal(object)
    """A `WrongSample` was chosen."""

    def __init__(self, side: int = SIDE) -> None:
        """Make an empty grid.

        Args:
            side: how large a picture is shown.
        """
        super().__init__()
        self._side = side
        self._samples: list[WrongSample] = []
        self._names = 0
        self._pictures = True
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "plain")
        self.setIconSize(QSize(side, side))
        self._fit()
        self.setMinimumWidth(self.gridSize().width() + self.verticalScrollBar().sizeHint().width() + 2)
        self.setSpacing(SPACE_SMALL // 2)
        live(self.setAccessibleName, "Wrong samples")
        self.itemSelectionChanged.connect(self._choose)

    def samples(self) -> list[WrongSample]:
        """Give what is shown."""
        return self._samples

    def show_samples(self, evaluation: Evaluation | None, samples: list[WrongSample]) -> None:
        """Show some wrong samples of a judgement."""
        self.clear()
        self._samples = samples
        if evaluation is None:
            return
        names = evaluation.classes
        self._pictures = bool(samples) and picture(evaluation, samples[0].index) is not None
        between = "\n" if self._pictures else " · "
        shown = [
            f"{names[sample.true]} → {names[sample.predicted]}{between}{100 * sample.confidence:.0f} %"
            for sample in samples
        ]
        widths = map(self.fontMetrics().horizontalAdvance, (text.partition("\n")[0] for text in shown))
        self._names = max(widths, default=0)
        self._lay_out()
        for sample, text in zip(samples, shown, strict=True):
            true, taken = names[sample.true], names[sample.predicted]
            item = QListWidgetItem(text if self._pictures else f"{text}    {_in_words(evaluation, sample)}")
            side = Qt.AlignmentFlag.AlignHCenter if self._pictures else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side)
            said = tr(
                "It is {true} and was taken for {predicted}, {share} sure.",
                true=true,
                predicted=taken,
                share=f"{100 * sample.confidence:.0f} %",
            )
            item.setToolTip(tip(said))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            found = picture(evaluation, sample.index)
            if found is not None:
                item.setIcon(QIcon(scaled(found, self._side, self.devicePixelRatioF())))
            self.addItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give long names the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        """Lay pictures out in a grid, other samples below each other."""
        grid = self._pictures
        self.setViewMode(QListView.ViewMode.IconMode if grid else QListView.ViewMode.ListMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        if grid:
            self._fit()
        else:
            self.setGridSize(QSize())

    def _fit(self) -> None:
        if not self._pictures:
            return
        room = self.viewport().width() - 2 * SPACE_SMALL - 2
        width = max(self._side, min(self._names + 3 * SPACE_SMALL, WIDEST, room)) + 2 * SPACE_SMALL
        high = self._side + 2 * self.fontMetrics().lineSpacing() + 2 * SPACE_SMALL
        if QSize(width, high) != self.gridSize():
            self.setGridSize(QSize(width, high))

    def _choose(self) -> None:
        row = self.currentRow()
        if 0 <= row < len(self._samples) and self.selectedItems():
            self.chosen.emit(self._samples[row])
