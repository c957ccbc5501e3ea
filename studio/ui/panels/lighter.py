"""The dialog that makes a trained network lighter: what is taken away, and what it costs before and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.project.file import SUFFIX
from studio.project.lighter import Method, Wish
from studio.ui.jobs import Job, Jobs
from studio.ui.looks.icons import live_icon
from studio.ui.looks.stylesheet import restyle
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.panels.fields import Combo
from studio.ui.panels.lighter_table import FiguresTable
from studio.ui.widgets.plain import label
from studio.ui.words.figures import size
from studio.ui.words.text import fixed, live, say, tr

if TYPE_CHECKING:
    from studio.exchange.lighter.lightening import Lighter
    from studio.exchange.lighter.measuring import Measured

METHODS: tuple[tuple[str, Message, Message], ...] = (
    (
        "channels",
        Message("Whole channels"),
        Message(
            "Blocks become narrower: less to keep, less to compute, and a drawing that can be edited on."
        ),
    ),
    (
        "weights",
        Message("Single weights"),
        Message("The smallest become zero and stay so: the file packs smaller, the work stays the same."),
    ),
    ("none", Message("Nothing"), Message("Only the numbers change, to those of 8 bits.")),
)

SCOPES = (
    ("each", Message("The same share out of each layer")),
    ("all", Message("The smallest of the whole network")),
)

PARTS = {
    "test": Message("samples set aside for the test"),
    "validation": Message("samples of the validation"),
    "train": Message("samples that it learned from"),
}

EPOCHS = 5
"""How long it is trained on unless another number is chosen."""


class CancelledError(NetwrightError):
    """A person called it off."""


class LighterDialog(QDialog):
    """Makes the network of a run lighter, shows what came of it, and saves it as a project of its own."""

    def __init__(
        self,
        parent: QWidget,
        jobs: Jobs,
        runs: list[tuple[str, Path]],
        offered: Path,
        folder: str,
        stem: str,
        wish: Wish | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            parent: the window.
            jobs: where the work is done.
            runs: what each run is called and its folder.
            offered: the run to offer first.
            folder: where files go unless another place is chosen.
            stem: how the open project is called.
            wish: what is chosen at first.
        """
        super().__init__(parent)
        from studio.exchange.lighter.measuring import can_round  # imports torch: only when it is wanted

        self._jobs, self._folder, self._stem = jobs, folder, stem
        self._job: Job | None = None
        self.found: Lighter | None = None
        self.saved: Path | None = None
        self.open_wanted = False
        live(self.setWindowTitle, "Make it lighter")
        self.setMinimumWidth(720)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(label("Make the network lighter", "title"))
        column.addWidget(
            label(
                "Takes away what it hardly uses, and measures both side by side. "
                "The open project and its runs stay as they are.",
                "muted",
                wrap=True,
            )
        )
        self.weights = Combo()
        for name, run in runs:
            self.weights.addItem(tr("Trained: {run}", run=name), str(run))
        self.weights.setCurrentIndex(max(0, self.weights.findData(str(offered))))
        live(self.weights.setAccessibleName, "Weights")
        column.addWidget(label("Weights", "muted"))
        column.addWidget(self.weights)
        column.addWidget(label("What is taken away", "muted"))
        self._group = QButtonGroup(self)
        self.methods: dict[str, QRadioButton] = {}
        for id, title, doc in METHODS:
            column.addWidget(self._method(id, title, doc))
        column.addLayout(self._amounts())
        self.int8 = QCheckBox()
        live(self.int8.setText, "Hold it in whole numbers of 8 bits, too")
        self._rounds = can_round()
        column.addWidget(self.int8)
        if not self._rounds:
            column.addWidget(
                label("Whole numbers of 8 bits need: pip install netwright[onnx]", "caption", wrap=True)
            )
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.outcome = QFrame()
        self._said = label(wrap=True)
        said = QVBoxLayout(self.outcome)
        said.addWidget(self._said)
        self.table = FiguresTable()
        self._measured = label(role="caption", wrap=True)
        for part in (self.progress, self.table, self._measured, self.outcome):
            column.addWidget(part)
            part.hide()
        column.addStretch(1)
        column.addLayout(self._buttons())
        self._group.buttonToggled.connect(self._allow)
        self.int8.toggled.connect(self._allow)
        self._choose(wish or Wish(epochs=EPOCHS))

    def _choose(self, wish: Wish) -> None:
        """Fill the form in."""
        self.methods[wish.method].setChecked(True)
        self.share.setValue(100 * wish.share)
        self.scope.setCurrentIndex(self.scope.findData(wish.scope))
        self.epochs.setValue(wish.epochs)
        self.int8.setChecked(wish.int8 and self._rounds)
        self._allow()

    # -- laying out --------------------------------------------------------------------------------

    def _method(self, id: str, title: Message, doc: Message) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, SPACE_TINY)
        column.setSpacing(0)
        choice = QRadioButton()
        live(choice.setText, "{text}", text=title)
        self._group.addButton(choice)
        self.methods[id] = choice
        told = label(role="caption", wrap=True)
        told.setIndent(24)
        live(told.setText, "{text}", text=doc)
        column.addWidget(choice)
        column.addWidget(told)
        return holder

    def _amounts(self) -> QGridLayout:
        self.share, self.scope, self.epochs = QDoubleSpinBox(), Combo(), QSpinBox()
        self.share.setRange(5, 95)
        self.share.setDecimals(0)
        self.share.setSingleStep(5)
        self.share.setSuffix(" %")
        for scope, title in SCOPES:
            self.scope.addItem(say(title), scope)
        self.epochs.setRange(0, 10_000)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        fields = (
            ("How much", self.share),
            ("Where from", self.scope),
            ("Epochs of training on", self.epochs),
        )
        for place, (text, field) in enumerate(fields):
            live(field.setAccessibleName, "{text}", text=Message(text))
            grid.addWidget(label(text, "muted"), 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        self.save_button, self.int8_button, self.open_button = QPushButton(), QPushButton(), QPushButton()
        self.cancel_button, self.start_button = QPushButton(), QPushButton()
        live(self.save_button.setText, "Save as a new project…")
        live(self.int8_button.setText, "Save the file of 8 bits…")
        live(self.open_button.setText, "Open it")
        live(self.cancel_button.setText, "Close")
        live(self.start_button.setText, "Make it lighter")
        live_icon(self.start_button, "lighter", "accent_text")
        live_icon(self.save_button, "save_as")
        live_icon(self.int8_button, "export")
        self.start_button.setProperty("kind", "primary")
        self.start_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        self.int8_button.clicked.connect(self._save_int8)
        self.open_button.clicked.connect(self._open)
        self.cancel_button.clicked.connect(self._cancel)
        self.start_button.clicked.connect(self.start)
        row = QHBoxLayout()
        for button in (self.save_button, self.int8_button, self.open_button):
            button.hide()
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        return row

    # -- working -----------------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """How the network is to become lighter, as it is chosen."""
        method = next(id for id, choice in self.methods.items() if choice.isChecked())
        return Wish(
            cast("Method", method),
            self.share.value() / 100,
            self.scope.currentData(),
            0 if method == "none" else self.epochs.value(),
            self._rounds and (self.int8.isChecked() or method == "none"),
        )

    def start(self) -> None:
        """Make it lighter."""
        wish, run = self.wish, Path(self.weights.currentData())

        def work(job: Job) -> object:
            from studio.exchange.lighter.lightening import lighten  # imports torch
            from studio.train import load_run

            def progress(doing: Message, done: float) -> None:
                if job.cancelled.is_set():
                    raise CancelledError(Message("Cancelled."))
                job.tell(done, doing)

            return lighten(load_run(run).project(), wish, run=run, progress=progress)

        self.found = self.saved = None
        for part in (self.table, self._measured, self.save_button, self.int8_button, self.open_button):
            part.hide()
        self.progress.setValue(0)
        self.progress.show()
        live(self.cancel_button.setText, "Cancel")
        self._job = self._jobs.start(work, self._done, self._failed, "lighter")
        self._allow()
        self._job.progressed.connect(self._progressed)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Call the work off."""
        if self._job is not None:
            self._job.cancel()
        super().closeEvent(event)

    def _allow(self, *_what: object) -> None:
        """Offer what makes sense with what is chosen, and nothing while it works."""
        free = self._job is None
        takes = not self.methods["none"].isChecked()
        for choice in self.methods.values():
            choice.setEnabled(free)
        self.methods["none"].setEnabled(free and self._rounds)
        self.weights.setEnabled(free)
        for field in (self.share, self.scope, self.epochs):
            field.setEnabled(free and takes)
        self.int8.setEnabled(free and takes and self._rounds)
        self.start_button.setEnabled(free)

    def _progressed(self, done: float, doing: Message) -> None:
        self.progress.setValue(round(100 * done))
        if self._job is not None:
            self._show("info", say(doing))

    def _done(self, found: object) -> None:
        self._end()
        self.found = cast("Lighter", found)
        self._fill(self.found.figures)
        self.save_button.setVisible(len(self.found.figures.rows) > 1 and self._takes(self.found))
        self.int8_button.setVisible(self.found.int8 is not None)
        notes = [say(note) for note in self.found.notes]
        if notes:
            self._show("info", "\n".join(notes))
        else:
            self.outcome.hide()
        QTimer.singleShot(0, self, self.adjustSize)

    @staticmethod
    def _takes(found: Lighter) -> bool:
        """Tell whether there is another network than before, and not its numbers alone."""
        return any(row.format != "onnx-int8" for row in found.figures.rows[1:])

    def _failed(self, why: Message, _details: str) -> None:
        self._end()
        self._show("error", say(why))

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        live(self.cancel_button.setText, "Close")
        self._allow()
        self.start_button.setFocus()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end()
            self._show("info", tr("Cancelled. Nothing was written."))
        else:
            self.close()

    # -- what came of it -----------------------------------------------------------------------------

    def _fill(self, found: Measured) -> None:
        """Show the figures, and how they were taken."""
        self.table.show_versions(found.rows)
        fixed(
            self._measured.setText,
            tr(
                "Times are medians over batches of {count}, taken in turns on this processor. "
                "Judged by {part}. The file is {format}.",
                count=found.batch,
                part=PARTS[found.part],
                format="ONNX" if found.rows[0].format == "onnx" else ".safetensors",
            ),
        )
        self._measured.show()

    def _save(self) -> None:
        if self.found is None:
            return
        free = _free(Path(self._folder), tr("{name} lighter", name=self._stem), SUFFIX)
        kinds = tr("Netwright projects (*{suffix})", suffix=SUFFIX)
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Save as a new project"), str(free), kinds, options=_ASKING
        )
        if path:
            self.save_to(Path(path if path.endswith(SUFFIX) else path + SUFFIX))

    def save_to(self, path: Path) -> None:
        """Save the lighter network as a project of its own, with a run that holds its weights."""
        from studio.exchange.lighter.saving import save

        assert self.found is not None
        try:
            save(self.found, path)
        except NetwrightError as refused:
            self._show("error", say(refused.message))
            return
        self.saved = path
        self.open_button.show()
        self._show("good", tr("Saved as “{file}”, with a run that holds its weights.", file=path.name))

    def _save_int8(self) -> None:
        free = _free(Path(self._folder), self._stem, ".int8.onnx")
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the file of 8 bits"), str(free), "ONNX (*.onnx)")
        if path:
            self.save_int8_to(Path(path))

    def save_int8_to(self, path: Path) -> None:
        """Save the file in whole numbers of 8 bits."""
        from studio.exchange.lighter.saving import save_int8

        assert self.found is not None
        try:
            save_int8(self.found, path)
        except NetwrightError as refused:
            self._show("error", say(refused.message))
            return
        self._show("good", tr("Exported {files} ({size}).", files=path.name, size=size(path.stat().st_size)))

    def _open(self) -> None:
        self.open_wanted = True
        self.close()

    def _show(self, kind: str, text: str) -> None:
        self.outcome.setProperty("kind", kind)
        restyle(self.outcome)
        self._said.setText(text)
        self.outcome.show()
        # A label that wraps tells its height only at its width.
        self._said.setMinimumHeight(self._said.heightForWidth(self.width() - 4 * SPACE))
        QTimer.singleShot(0, self, self.adjustSize)


_ASKING = QFileDialog.Option.DontConfirmOverwrite
"""A project is never written over, so that nobody is asked whether it may be."""


def _free(folder: Path, stem: str, suffix: str) -> Path:
    """Give a name that nothing has yet."""
    path, number = folder / f"{stem}{suffix}", 2
    while path.exists():
        path, number = folder / f"{stem} {number}{suffix}", number + 1
    return path
