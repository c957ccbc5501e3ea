"""Trying a trained network: draw a digit or bring a picture, and see at once what it takes it for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.graph import Message, NetwrightError
from studio.ui.drawing_pad import DrawingPad
from studio.ui.icons import live_icon
from studio.ui.judging import Judge
from studio.ui.panels.bars import MOST, Bars
from studio.ui.plain import label
from studio.ui.text import fixed, live, say, tr
from studio.ui.theme import SPACE, SPACE_SMALL

PAD = (136, 224)
"""The least and the greatest side of the sheet."""


class Tryout(QWidget):
    """A sheet to draw on and a bar for each class."""

    def __init__(self, judge: Judge) -> None:
        """Make an empty sheet.

        Args:
            judge: answers what a drawing is.
        """
        super().__init__()
        self._judge = judge
        self.pad = DrawingPad()
        self.pad.setMinimumSize(PAD[0], PAD[0])
        policy = self.pad.sizePolicy()
        policy.setHeightForWidth(False)  # `_fit` keeps it a square without asking for more height
        self.pad.setSizePolicy(policy)
        self.bars = Bars()
        self.said = label(role="muted", wrap=True)
        self.open_button, self.clear_button = QPushButton(), QToolButton()
        live(self.open_button.setText, "Picture…")
        live_icon(self.open_button, "image")
        live_icon(self.clear_button, "eraser")
        live(self.clear_button.setToolTip, "Clear")
        live(self.clear_button.setAccessibleName, "Clear")
        self.open_button.clicked.connect(self._open)
        self.clear_button.clicked.connect(self.pad.clear)
        under = QHBoxLayout()
        under.setSpacing(SPACE_SMALL)
        under.addWidget(self.open_button, 1)
        under.addWidget(self.clear_button)
        self._left = QVBoxLayout()
        self._left.setSpacing(SPACE_SMALL)
        self._left.addWidget(self.pad)
        self._left.addLayout(under)
        self._left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(self._left)
        row.addWidget(self.bars, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.said)
        column.addLayout(row, 1)
        self._fit()
        self.pad.changed.connect(self._drawn)
        self.pad.refused.connect(self._refused)
        judge.predicted.connect(self._answered)
        judge.refused.connect(self._refused)
        judge.changed.connect(self._renew)
        self._drawable = True
        self._renew()

    def set_drawable(self, drawable: bool) -> None:
        """Offer the sheet only to networks that take pictures; samples can be tried on all."""
        self._drawable = drawable
        for part in (self.pad, self.open_button, self.clear_button):
            part.setVisible(drawable)
        self._renew()

    def try_sample(self, index: int, told: Message) -> None:
        """Show how sure the network is of a sample of the data, and say which it is."""
        fixed(self.said.setText, say(told))
        self._judge.try_sample(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sheet as large as there is room beside the bars and above the buttons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least, greatest = PAD
        words = self.said.heightForWidth(self.width())
        beside = min(self.width() - self.bars.minimumWidth() - SPACE, self.width() * 11 // 20)
        above = self.height() - words - self.open_button.sizeHint().height() - 2 * SPACE_SMALL
        side = max(least, min(greatest, beside, above))
        # Not its least size: what is asked for would keep the panel from being made smaller again.
        self.pad.setMaximumSize(side, side)

    def _renew(self) -> None:
        if self._judge.opened is None:
            self.bars.show_chances(())
        if not self._drawable:
            live(self.said.setText, "Choose a wrong sample to see how sure the network is of each class.")
        elif self.pad.is_empty():
            live(self.said.setText, "Draw something: the network says at once what it takes it for.")
        else:
            self._drawn()

    def _drawn(self) -> None:
        if self.pad.is_empty():
            self._judge.ask_nothing()
            self.bars.show_chances(())
            self._renew()
        else:
            live(self.said.setText, "What the network takes your drawing for:")
            self._judge.try_pixels(self.pad.pixels())

    def _answered(self, chances: object) -> None:
        opened = self._judge.opened
        if opened is None or not isinstance(chances, tuple):
            return
        names = opened.evaluation.classes
        # Few classes keep their places, so that bars grow and shrink while one draws.
        self.bars.show_chances(
            sorted(chances, key=lambda pair: names.index(pair[0])) if len(names) <= MOST else chances
        )

    def _refused(self, why: Message) -> None:
        fixed(self.said.setText, say(why))
        self.bars.show_chances(())

    def _open(self) -> None:
        kinds = tr("Pictures") + " (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff)"
        path, _ = QFileDialog.getOpenFileName(self, tr("Open a picture"), "", kinds)
        if path:
            try:
                self.pad.load(path)
                self.pad.setFocus(Qt.FocusReason.OtherFocusReason)
            except NetwrightError as refused:
                self._refused(refused.message)
