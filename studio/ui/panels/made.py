"""What the networks of a run made after each epoch: gone back to, played, and saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import NetwrightError
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.widgets.plain import label
from studio.ui.widgets.sheet import Sheet
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train import SampleMade

MOST_BYTES = 96 << 20
"""What all that was made in a run may take; beyond it every second epoch is forgotten."""

PLAY_MS = 80
"""Milliseconds between two instants while they are played."""


class MadeView(QWidget):
    """Shows what was made, the latest first; a slider goes back to earlier epochs."""

    def __init__(
        self,
        counted: Callable[[int], str] = lambda epoch: tr("Epoch {epoch}", epoch=epoch),
        back: str = "Go back to what was made after an earlier epoch",
    ) -> None:
        """Make it empty.

        Args:
            counted: names what was made at a time, by its number.
            back: what going back does, a text of ours.
        """
        super().__init__()
        self._counted, self._back = counted, back
        self.history: dict[str, list[SampleMade]] = {}
        self.titles = QComboBox()
        self.titles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        live(self.titles.setAccessibleName, "What was made")
        self.title = label(role="heading")
        self.epochs, self.instants = (QSlider(Qt.Orientation.Horizontal) for _ in range(2))
        self.epoch = label(role="muted")
        self.play, self.film, self.save = QToolButton(), QToolButton(), QToolButton()
        self.film.setCheckable(True)
        self.sheet = Sheet()
        self.texts = QPlainTextEdit()
        self.texts.setReadOnly(True)
        live(self.texts.setAccessibleName, "What the networks made")
        self._playing = QTimer(self)
        self._playing.setInterval(PLAY_MS)
        self._lay_out()
        self.titles.activated.connect(lambda _index: self._show())
        self.epochs.valueChanged.connect(lambda _value: self._show_epoch())
        self.instants.valueChanged.connect(lambda _value: self._show_instant())
        self.play.clicked.connect(self._toggle)
        self.film.toggled.connect(lambda _on: self._show_instant())
        self.save.clicked.connect(self._save)
        self._playing.timeout.connect(self._next)
        languages.changed.connect(self._show)

    def _lay_out(self) -> None:
        live_icon(self.play, "train")
        live_icon(self.save, "export")
        live_icon(self.film, "film")
        for button, said in (
            (self.play, "Play it, or stop it"),
            (self.film, "Show the instants beside each other, as a film strip"),
            (self.save, "Save as a picture…"),
        ):
            live(button.setToolTip, said)
            live(button.setAccessibleName, said)
        live(self.epochs.setAccessibleName, self._back)
        live(self.epochs.setToolTip, self._back)
        live(self.instants.setAccessibleName, "Instant")
        live(self.instants.setToolTip, "Go through the instants")
        head = QHBoxLayout()
        head.setSpacing(SPACE_SMALL)
        head.addWidget(self.title)
        head.addWidget(self.titles)
        head.addStretch(1)
        head.addWidget(self.epoch)
        self.epochs.setMaximumWidth(160)
        head.addWidget(self.epochs, 1)
        head.addWidget(self.save)
        self._player = QWidget()
        row = QHBoxLayout(self._player)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.play)
        row.addWidget(self.instants, 1)
        row.addWidget(self.film)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.sheet)
        self._pages.addWidget(self.texts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._player)
        self._show()

    # -- what there is --------------------------------------------------------------------------------

    def restart(self) -> None:
        """Forget the run before."""
        self._playing.stop()
        self.history.clear()
        self._show()

    def add(self, made: SampleMade) -> None:
        """Take what was made; it is shown at once, unless an earlier epoch is being looked at."""
        key = made.made.title.template
        known = self.history.setdefault(key, [])
        latest = self.epochs.value() >= len(known) - 1
        known.append(made)
        while len(known) > 2 and sum(one.made.bytes for one in known) > MOST_BYTES:
            del known[-2:0:-2]
        current = self.titles.currentData()
        if current not in (None, key):
            self._fill()
            return
        self._show(follow=latest)

    @property
    def current(self) -> SampleMade | None:
        """What is looked at."""
        known = self.history.get(str(self.titles.currentData()), [])
        return known[min(self.epochs.value(), len(known) - 1)] if known else None

    # -- how it is shown ------------------------------------------------------------------------------

    def _fill(self) -> None:
        """List what kinds of things were made; a single one is a heading."""
        with QSignalBlocker(self.titles):
            current = self.titles.currentData()
            self.titles.clear()
            for key, known in self.history.items():
                self.titles.addItem(say(known[-1].made.title), key)
            self.titles.setCurrentIndex(max(self.titles.findData(current), 0 if self.history else -1))
        several = len(self.history) > 1
        self.titles.setVisible(several)
        self.title.setVisible(not several)

    def _show(self, *, follow: bool = False) -> None:
        self._fill()
        known = self.history.get(str(self.titles.currentData()), [])
        with QSignalBlocker(self.epochs):
            self.epochs.setRange(0, max(len(known) - 1, 0))
            if follow:
                self.epochs.setValue(len(known) - 1)
        self.epochs.setVisible(len(known) > 1)
        self.save.setVisible(bool(known))
        self._show_epoch()

    def _show_epoch(self) -> None:
        now = self.current
        made = None if now is None else now.made
        texts = made is not None and made.look == "texts"
        self._pages.setCurrentWidget(self.texts if texts else self.sheet)
        fixed(self.title.setText, "" if made is None else say(made.title))
        fixed(self.epoch.setText, "" if now is None else self._counted(now.epoch))
        if made is not None and texts:
            self.texts.setPlainText("\n\n".join(made.texts))
        instants = 1 if made is None else made.instants
        self._player.setVisible(instants > 1)
        if instants <= 1:
            self._playing.stop()
        with QSignalBlocker(self.instants):
            # A way out of noise is looked at where it leads to, an episode from its beginning.
            first = made is not None and made.look == "episode"
            untouched = self.instants.value() in (0, self.instants.maximum())
            self.instants.setRange(0, instants - 1)
            if untouched and not self._playing.isActive():
                self.instants.setValue(0 if first else instants - 1)
        self._show_instant()

    def _show_instant(self) -> None:
        now = self.current
        made = None if now is None else now.made
        pictures = made is not None and made.look == "strips" and bool(made.pictures())
        self.film.setVisible(pictures)
        self.sheet.show_made(made, self.instants.value(), film=pictures and self.film.isChecked())

    # -- playing and saving ---------------------------------------------------------------------------

    def _toggle(self) -> None:
        if self._playing.isActive():
            self._playing.stop()
        else:
            self.instants.setValue(0)
            self._playing.start()
        live_icon(self.play, "pause" if self._playing.isActive() else "train")

    def _next(self) -> None:
        if self.instants.value() >= self.instants.maximum():
            self._playing.stop()
            live_icon(self.play, "train")
        else:
            self.instants.setValue(self.instants.value() + 1)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing plays."""
        self._playing.stop()
        live_icon(self.play, "train")
        super().hideEvent(event)

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save as a picture"), "", tr("Picture (*.png)"))
        if not path:
            return
        from studio.ui.charts import files  # with numpy, which is there once something was made

        place = Path(path) if path.lower().endswith(".png") else Path(f"{path}.png")
        try:
            files.save_png(self.texts if self._pages.currentWidget() is self.texts else self.sheet, place)
        except NetwrightError as error:
            QMessageBox.warning(self, tr("Save as a picture"), say(error.message))
