"""A class for each pixel of a picture, or for each token of a text: what is right of one sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSlider, QVBoxLayout, QWidget

from studio.ui.looking.judging import Judge, Opened
from studio.ui.looking.judging_work import Told
from studio.ui.looks.theme import colour, themes
from studio.ui.panels.judging_sample import SampleLook
from studio.ui.panels.judging_view import View
from studio.ui.widgets.plain import label
from studio.ui.words.figures import share
from studio.ui.words.text import fixed, languages, live, tr

if TYPE_CHECKING:
    from studio.train.judging.answers import Kind
    from studio.train.judging.places import Places


GROUNDS = frozenset(("background", "ground", "none", "0", "nothing", "背景"))
"""Names of a first class that is left clear over a picture."""


def class_colour(number: int) -> QColor:
    """Give the colour of a class."""
    return colour(f"series{number % 8}")


def class_image(height: int, width: int, places: Sequence[int], ground: int | None) -> QImage:
    """Draw the class of each pixel in its colour.

    Args:
        height: of the picture.
        width: of the picture.
        places: the class of each pixel, row by row.
        ground: the class that is left clear; None for none.
    """
    table = [class_colour(number).rgba() for number in range(256)]
    if ground is not None:
        table[ground] = 0
    data = bytes(min(max(place, 0), 255) for place in places)
    drawn = QImage(data, width, height, width, QImage.Format.Format_Indexed8)
    drawn.setColorTable(table)
    return drawn.convertToFormat(QImage.Format.Format_ARGB32)


def ground_of(classes: Sequence[str]) -> int | None:
    """Give the class that is only the ground of pictures, if one is."""
    return 0 if classes and classes[0].strip().lower() in GROUNDS else None


class PlacesView(View):
    """Samples with a class for each place, the worst first."""

    ID: ClassVar[str] = "places"
    TITLE: ClassVar[str] = "Sample by sample"
    KINDS: ClassVar[frozenset[Kind]] = frozenset(("sequence", "regions"))

    sample = Signal(int)
    """A sample was chosen."""

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        super().__init__(
            judge, "Samples with the most wrong places come first. Choose one to see where it errs."
        )
        self.list = QListWidget()
        self.list.setFixedWidth(150)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self.list.setAccessibleName, "Samples")
        self.list.currentRowChanged.connect(self._choose)
        self.looks = [SampleLook() for _ in range(3)]
        self.names = [label(role="caption") for _ in range(3)]
        self.parts = [QWidget() for _ in range(3)]
        self.dense = QSlider(Qt.Orientation.Horizontal)
        self.dense.setRange(0, 100)
        self.dense.setValue(60)
        self.dense.setMaximumWidth(160)
        live(self.dense.setToolTip, "How dense the colours of the classes are")
        live(self.dense.setAccessibleName, "How dense the colours of the classes are")
        self.dense.valueChanged.connect(self._densify)
        self.legend = QHBoxLayout()
        self.told = label(role="muted")
        self.head.addWidget(self.told, 1)
        self.head.addWidget(self.dense)
        row = QHBoxLayout()
        row.addWidget(self.list)
        for part, name, look in zip(self.parts, self.names, self.looks, strict=True):
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(name)
            column.addWidget(look, 1)
            row.addWidget(part, 1)
        self.body.addLayout(row, 1)
        self.body.addLayout(self.legend)
        self._rows: list[int] = []
        languages.changed.connect(self._speak)
        themes.changed.connect(self._speak)

    def _speak(self) -> None:
        if self.front and self.judge.opened is not None:
            self.renew(self.judge.opened)

    def _densify(self, value: int) -> None:
        for look in self.looks:
            look.set_overlay(value / 100)

    def renew(self, opened: Opened) -> None:
        """List the samples, and look at the chosen one."""
        found = opened.evaluation
        row = max(self.list.currentRow(), 0)

        def work(_told: Told) -> object:
            from studio.train.judging.places import places, worst

            listed = worst(found)
            index = listed[min(row, len(listed) - 1)][0]
            return listed, places(found, index)

        self.want(row, work)

    def _choose(self, row: int) -> None:
        if self.front and self.judge.opened is not None and row >= 0:
            self.renew(self.judge.opened)
            self.sample.emit(self._rows[row])

    def show_found(self, opened: Opened, found: Any) -> None:
        """Show the sample."""
        listed, one = found
        rows = [index for index, _ in listed]
        if rows != self._rows or self.list.count() != len(rows):
            self._rows = rows
            self.list.blockSignals(True)
            self.list.clear()
            for index, right in listed:
                self.list.addItem(
                    QListWidgetItem(tr("{number}: {share} right", number=index, share=f"{100 * right:.1f} %"))
                )
            self.list.setCurrentRow(0)
            self.list.blockSignals(False)
        live(self.told.setText, "Sample {number}: {share} right", number=one.index, share=share(one.right))
        if len(one.sizes) == 2:
            self._show_picture(opened.evaluation.classes, one)
        else:
            self._show_tokens(opened.evaluation.classes, one)
        self._fill_legend(opened.evaluation.classes)

    def _show_picture(self, classes: tuple[str, ...], one: Places) -> None:
        self.dense.show()
        height, width = one.sizes
        ground = ground_of(classes)
        wrong = tuple(int(a != b and c) for a, b, c in zip(one.true, one.predicted, one.counted, strict=True))
        parts = (
            ("True", class_image(height, width, one.true, ground)),
            ("Predicted", class_image(height, width, one.predicted, ground)),
            ("Wrong pixels", _wrong_image(height, width, wrong)),
        )
        for part in self.parts:
            part.show()
        for name, look, (title, image) in zip(self.names, self.looks, parts, strict=True):
            live(name.setText, title)
            look.show_sample(one.shown)
            look.set_overlay(self.dense.value() / 100)
            look.lay_over(image)

    def _show_tokens(self, classes: tuple[str, ...], one: Places) -> None:
        self.dense.hide()
        for part in self.parts[1:]:
            part.hide()
        live(
            self.names[0].setText,
            "Below each token: what it was taken for, and after ✗ what it is",
        )
        kept = [place for place, counts in enumerate(one.counted) if counts]
        marks = [one.true[place] == one.predicted[place] for place in kept]
        under = [
            classes[one.predicted[place]]
            if right
            else f"{classes[one.predicted[place]]} ✗ {classes[one.true[place]]}"
            for place, right in zip(kept, marks, strict=True)
        ]
        words = one.shown.words
        if len(words) != len(kept):
            words = tuple(str(place + 1) for place in kept)
        from studio.train.judging.answers import Shown

        self.looks[0].show_sample(Shown(words=words), marks=marks, under=under)

    def _fill_legend(self, classes: tuple[str, ...]) -> None:
        while self.legend.count():
            item = self.legend.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        ground = ground_of(classes)
        for number, name in enumerate(classes[:10] if self.dense.isVisibleTo(self) else ()):
            if number != ground:
                entry = label(role="caption")
                fixed(entry.setText, f"■ {name}")
                entry.setStyleSheet(f"color: {class_colour(number).name()}")
                self.legend.addWidget(entry)
        self.legend.addStretch(1)


def _wrong_image(height: int, width: int, wrong: tuple[int, ...]) -> QImage:
    ink = colour("error").rgba()
    drawn = QImage(bytes(wrong), width, height, width, QImage.Format.Format_Indexed8)
    drawn.setColorTable([0, ink])
    return drawn.convertToFormat(QImage.Format.Format_ARGB32)
