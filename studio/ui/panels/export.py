"""The dialog that takes a model away: what, in which format, to where; and how the files were checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, NetwrightError
from studio.project import Project
from studio.ui.jobs import Job, Jobs
from studio.ui.looks.icons import live_icon
from studio.ui.looks.stylesheet import restyle
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.panels.fields import Combo
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import size
from studio.ui.words.text import fixed, live, say, tr

if TYPE_CHECKING:
    from studio.exchange import ExportReport, Format


class CancelledError(NetwrightError):
    """A person called the export off."""


class ExportDialog(QDialog):
    """Exports the network of a project, fresh or with the weights of a run."""

    def __init__(
        self,
        parent: QWidget,
        project: Project,
        jobs: Jobs,
        runs: list[tuple[str, Path]],
        older: set[Path],
        offered: Path | None,
        folder: str,
        stem: str,
    ) -> None:
        """Make the dialog.

        Args:
            parent: the window.
            project: a snapshot of the open project.
            jobs: where the work is done.
            runs: what each run is called and its folder.
            older: those that trained another network than the one on the canvas.
            offered: the run to offer first; fresh weights where there is none.
            folder: where files go unless another place is chosen.
            stem: how the file is called without its suffix.
        """
        super().__init__(parent)
        from studio.exchange import formats, missing_modules  # imports torch: only when it is wanted

        self._project, self._jobs, self._folder, self._stem = project, jobs, folder, stem
        self._job: Job | None = None
        self.report: ExportReport | None = None
        self.lighter_wanted: Path | None = None
        live(self.setWindowTitle, "Export")
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(label("Take the model away", "title"))
        self.weights = Combo()
        for name, run in runs:
            self.weights.addItem(tr("Trained: {run}", run=name), str(run))
        self.weights.addItem(tr("Fresh weights, never trained"), "")
        self.weights.setCurrentIndex(self.weights.findData(str(offered) if offered is not None else ""))
        self.changed = label(
            "This run trained the network as it was then; the canvas has changed since.", "warning", wrap=True
        )
        self._older = {str(run) for run in older}
        self.weights.currentIndexChanged.connect(self._tell_older)
        self.network = Combo()
        self.network.addItems(list(project.networks))
        self.network.setCurrentText(project.main())
        for text, combo, shown in (
            ("Weights", self.weights, True),
            ("Network", self.network, len(project.networks) > 1),
        ):
            title = label(text, "muted")
            live(combo.setAccessibleName, "{text}", text=Message(text))
            title.setVisible(shown)
            combo.setVisible(shown)
            column.addWidget(title)
            column.addWidget(combo)
            if combo is self.weights:
                column.addWidget(self.changed)
        self._tell_older()
        column.addWidget(label("Format", "muted"))
        self._group = QButtonGroup(self)
        self.formats: list[Format] = list(formats())
        self.choices: dict[str, QRadioButton] = {}
        for made in self.formats:
            column.addWidget(self._choice(made, missing_modules(made)))
        column.addWidget(label("To", "muted"))
        row = QHBoxLayout()
        self.target = QLineEdit()
        live(self.target.setAccessibleName, "To")
        self.browse = QPushButton()
        live(self.browse.setText, "Browse…")
        self.browse.clicked.connect(self._browse)
        row.addWidget(self.target, 1)
        row.addWidget(self.browse)
        column.addLayout(row)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.outcome = QFrame()
        self._said = label(wrap=True)
        said = QVBoxLayout(self.outcome)
        said.addWidget(self._said)
        column.addWidget(self.progress)
        column.addWidget(self.outcome)
        column.addStretch(1)
        self.show_button, self.cancel_button, self.export_button = QPushButton(), QPushButton(), QPushButton()
        self.lighter_button = QPushButton()
        live(self.lighter_button.setText, "Make it lighter…")
        live_icon(self.lighter_button, "lighter")
        self.lighter_button.setVisible(bool(runs))
        self.lighter_button.clicked.connect(self._lighten)
        live(self.show_button.setText, "Open folder")
        live(self.cancel_button.setText, "Close")
        live(self.export_button.setText, "Export")
        live_icon(self.export_button, "export", "accent_text")
        self.export_button.setProperty("kind", "primary")
        self.export_button.setDefault(True)
        self.show_button.clicked.connect(self._show_folder)
        self.cancel_button.clicked.connect(self._cancel)
        self.export_button.clicked.connect(self.start)
        buttons = QHBoxLayout()
        buttons.addWidget(self.lighter_button)
        buttons.addWidget(self.show_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.export_button)
        column.addLayout(buttons)
        for hidden in (self.progress, self.outcome, self.show_button):
            hidden.hide()
        self._group.buttonToggled.connect(lambda _button, on: self._name_target() if on else None)
        first = next((id for id, choice in self.choices.items() if choice.isEnabled()), None)
        if first is not None:
            self.choices[first].setChecked(True)

    def _lighten(self) -> None:
        """Go over to the dialog that makes it lighter, with the run that is chosen here."""
        chosen = self.weights.currentData() or self.weights.itemData(0)
        self.lighter_wanted = Path(chosen)
        self.close()

    def _tell_older(self) -> None:
        """Say where the chosen weights are of another network than the one that is seen."""
        self.changed.setVisible(self.weights.currentData() in self._older)

    @property
    def chosen(self) -> Format:
        """The chosen format."""
        return next(made for made in self.formats if self.choices[made.id].isChecked())

    def start(self) -> None:
        """Export what is chosen."""
        made, target = self.chosen, self.target.text().strip()
        if not target:
            self._tell("error", Message("Choose where the file goes."))
            return
        run = self.weights.currentData() or None
        network = self.network.currentText() or None
        project = self._project

        def work(job: Job) -> object:
            from studio.exchange import export  # imports torch

            def progress(doing: Message, share: float) -> None:
                if job.cancelled.is_set():
                    raise CancelledError(Message("Cancelled."))
                job.tell(share, doing)

            return export(project, made.id, target, run=run, network=network, progress=progress)

        self.outcome.hide()
        self.show_button.hide()
        self.progress.setValue(0)
        self.progress.show()
        live(self.cancel_button.setText, "Cancel")
        self._allow(False)
        self._job = self._jobs.start(work, self._done, self._failed, "export")
        self._job.progressed.connect(self._progressed)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Call the work off."""
        if self._job is not None:
            self._job.cancel()
        super().closeEvent(event)

    def _choice(self, made: Format, missing: list[str]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, SPACE_TINY)
        column.setSpacing(0)
        choice = QRadioButton()
        title = say(made.title)
        fixed(choice.setText, title if made.suffix in title else f"{title} ({made.suffix})")
        choice.setEnabled(not missing)
        self._group.addButton(choice)
        self.choices[made.id] = choice
        doc = label(role="caption", wrap=True)
        doc.setIndent(24)
        fixed(doc.setText, say(made.doc))
        if missing:
            fixed(
                doc.setText,
                tr(
                    "Needs {libraries}. Install with: pip install netwright[{extra}]",
                    libraries=", ".join(missing),
                    extra=made.needs,
                ),
            )
        column.addWidget(choice)
        column.addWidget(doc)
        return holder

    def _name_target(self) -> None:
        """Keep the chosen place and name, with the suffix of the format."""
        made = self.chosen
        known = Path(self.target.text()) if self.target.text() else Path(self._folder) / self._stem
        # The longest suffix first: one may end like another.
        suffixes = sorted((each.suffix for each in self.formats if each.suffix), key=len, reverse=True)
        ending = next((each for each in suffixes if known.name.endswith(each)), known.suffix)
        stem = known.name.removesuffix(ending) if ending else known.name
        self.target.setText(str(known.with_name(stem + ("" if made.folder else made.suffix))))
        self.target.setToolTip(tip(self.target.text()))

    def _browse(self) -> None:
        made = self.chosen
        kinds = f"{say(made.title)} (*{made.suffix})" if made.suffix and not made.folder else ""
        path, _ = QFileDialog.getSaveFileName(self, tr("Export to"), self.target.text(), kinds)
        if path:
            self.target.setText(path)

    def _allow(self, allowed: bool) -> None:
        self.export_button.setEnabled(allowed)
        fields = (self.weights, self.network, self.target, self.browse, self.lighter_button)
        for part in (*fields, *self.choices.values()):
            part.setEnabled(allowed)

    def _progressed(self, share: float, doing: Message) -> None:
        self.progress.setValue(round(100 * share))
        if self._job is not None:
            self._tell("info", doing)

    def _done(self, found: object) -> None:
        self._end()
        report: ExportReport = found  # type: ignore[assignment]  # what the work gave
        self.report = report
        names = ", ".join(path.name for path in report.files)
        batches = sorted({check.batch for check in report.checked})
        lines = [
            tr("Exported {files} ({size}).", files=names, size=size(report.bytes)),
            tr(
                "Checked in a fresh process against the live model: {count} {count:input|inputs}, "
                "batches of {batches}; the largest difference is {difference}.",
                count=len(report.checked),
                batches=", ".join(map(str, batches)),
                difference=f"{report.max_difference:.1e}" if report.max_difference else "0",
            ),
            *(say(note) for note in report.notes),
        ]
        self._show("good", "\n".join(lines))
        self.show_button.show()

    def _failed(self, why: Message, _details: str) -> None:
        self._end()
        self._tell("error", why)

    def _end(self) -> None:
        self._job = None
        self.progress.hide()
        live(self.cancel_button.setText, "Close")
        self._allow(True)
        for made in self.formats:
            if self.choices[made.id].isChecked():
                self.choices[made.id].setFocus()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end()
            self._tell("info", Message("Cancelled. Nothing was written."))
        else:
            self.close()

    def _tell(self, kind: str, message: Message) -> None:
        self._show(kind, say(message))

    def _show(self, kind: str, text: str) -> None:
        self.outcome.setProperty("kind", kind)
        restyle(self.outcome)
        self._said.setText(text)
        self.outcome.show()
        # A label that wraps tells its height only at its width.
        room = self.width() - 4 * SPACE
        self._said.setMinimumHeight(self._said.heightForWidth(room))
        QTimer.singleShot(0, self, self.adjustSize)

    def _show_folder(self) -> None:
        if self.report is not None and self.report.files:
            place = self.report.files[0].parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
