"""What comes of runs: the judgement of one, the weights that flow over the canvas, the model taken away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.graph import Message
from studio.project.lighter import Wish
from studio.ui.files.filing import first_folder
from studio.ui.panels.export import ExportDialog
from studio.ui.panels.lighter import LighterDialog
from studio.ui.panels.runs import best_of
from studio.ui.safety.guard import guard_overrides
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.ui.window import MainWindow
    from studio.ui.workspace import Workspace

FOLDER = "export_folder"
"""The setting with the folder that a model was taken to last."""


class Outcomes(QObject):
    """Knows which run belongs to what is drawn, and has it judged and exported."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        """Listen to the runs, the session and the judgement of a workspace."""
        super().__init__(workspace)
        self._window, self._space = window, workspace
        self.document, self.session = workspace.document, workspace.session
        self.runs, self.judge, self.evaluation = workspace.runs, workspace.judge, workspace.evaluation
        self.runs.export.connect(self.export)
        self.runs.evaluate.connect(self.judge_run)
        self.evaluation.wanted.connect(self.judge_newest)
        self.document.replaced.connect(self.judge.forget)
        self.document.changed.connect(self._tell_older)
        self.runs.listed.connect(self._tell_older)
        self.runs.listed.connect(self._allow)
        self.judge.changed.connect(self._tell_older)
        self.session.ended.connect(self._judge_own)
        workspace.commands.when("export", self.export)
        workspace.commands.when("lighter", self.lighten)
        workspace.commands.when("evaluate", self.judge_newest)

    # -- which run belongs to what is drawn ------------------------------------------------------------

    def trained(self) -> Path | None:
        """Give the newest run that trained what is on the canvas now."""
        finished, project = self.session.finished, self.document.project
        own = self.session.project
        if finished is not None and finished.run is not None and finished.step > 0 and own is not None:
            same = own.networks == project.networks and own.composites == project.composites
            return finished.run if same else None
        run = self.runs.newest()
        return run if run is not None and self.runs.is_of_now(run) else None

    def was_trained(self) -> bool:
        """Tell whether there is any run of the project, also of what was on the canvas before."""
        finished = self.session.finished
        return (finished is not None and finished.step > 0) or self.runs.newest() is not None

    # -- judging ------------------------------------------------------------------------------------

    def judge_run(self, run: Path) -> None:
        """Judge a run, and show what comes out."""
        self.judge.judge(run)
        self._space.docks.show("evaluation")

    def judge_newest(self) -> None:
        """Judge the newest run, or say that there is none."""
        run = self.runs.newest()
        if run is not None:
            self.judge_run(run)
        else:
            self._space.docks.show("evaluation")
            self._space.status.tell(Message("There is no run yet. Train the network first."))

    def _judge_own(self) -> None:
        """Judge the run that has just ended, without taking its curves away from the eyes."""
        finished = self.session.finished
        if finished is not None and finished.run is not None and finished.step > 0:
            self.judge.judge(finished.run)

    def _tell_older(self, *_what: object) -> None:
        """Have the judgement say where it is of another network than the one that is seen."""
        run = self.judge.run
        self.evaluation.older.setVisible(run is not None and not self.runs.is_of_now(run))

    def _allow(self) -> None:
        """Offer a judgement only where there is something to judge."""
        self.evaluation.allow(self.runs.newest() is not None)

    # -- taking the model away ----------------------------------------------------------------------

    def export(self, run: Path | None = None) -> None:
        """Take the model away: first offered with a run's weights, the newest's of this very network."""
        if not self.document.analysis.ready:
            self._space.status.tell(Message("PyTorch is being loaded. This takes a few seconds."))
            return
        records = [record for record in self.runs.records() if record.step > 0]
        older = {record.folder for record in records if not self.runs.is_of_now(record.folder)}
        if run is None:
            run = next((record.folder for record in records if record.folder not in older), None)
        path, settings = self.document.path, self._window.settings
        folder = first_folder(settings.get(FOLDER), str(path.parent) if path is not None else None)
        dialog = ExportDialog(
            self._window,
            self.document.project,
            self._window.jobs,
            [(f"{record.name} · {best_of(record)}", record.folder) for record in records],
            older,
            run,
            folder,
            path.stem if path is not None else self.document.project.template or tr("network"),
        )
        guard_overrides()
        dialog.exec()
        if dialog.report is not None and dialog.report.files:
            settings.set(FOLDER, str(dialog.report.files[0].parent))
        dialog.deleteLater()
        if dialog.lighter_wanted is not None:
            self.lighten(dialog.lighter_wanted)

    def lighten(self, run: Path | None = None, wish: Wish | None = None) -> None:
        """Make the network of a run lighter.

        Args:
            run: the run to offer first; the newest that trained what is seen when not given.
            wish: what is chosen at first.
        """
        if not self.document.analysis.ready:
            self._space.status.tell(Message("PyTorch is being loaded. This takes a few seconds."))
            return
        records = [record for record in self.runs.records() if record.step > 0]
        if not records:
            self._space.docks.show("training")
            self._space.status.tell(Message("There is no run yet. Train the network first."))
            return
        if run is None:
            now = (record.folder for record in records if self.runs.is_of_now(record.folder))
            run = next(now, records[0].folder)
        path = self.document.path
        dialog = LighterDialog(
            self._window,
            self._window.jobs,
            [(f"{record.name} · {best_of(record)}", record.folder) for record in records],
            run,
            first_folder(str(path.parent) if path is not None else None, self._window.settings.get(FOLDER)),
            path.stem if path is not None else self.document.project.template or tr("network"),
            wish,
        )
        guard_overrides()
        dialog.exec()
        dialog.deleteLater()
        if dialog.open_wanted and dialog.saved is not None:
            self._window.filing.open_path(dialog.saved)
