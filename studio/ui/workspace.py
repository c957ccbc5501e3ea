"""What surrounds an open project: the canvases in the middle, the docks around them, all talking together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from studio.graph import Message
from studio.project import GraphRef, edits
from studio.project.definitions import remove_composites, unused
from studio.ui.canvas.keys import KEYS, Key, run
from studio.ui.canvas.minimap import minimaps
from studio.ui.editing.keeping import Keeping
from studio.ui.editing.network_tabs import NetworkTabs
from studio.ui.editing.networks import Networks
from studio.ui.editing.outlining import Outlining
from studio.ui.editing.placing import Placing
from studio.ui.frame.docks import Docks, counted
from studio.ui.keys.actions import Spec
from studio.ui.keys.commands import command_entries
from studio.ui.keys.keymap import CANVAS
from studio.ui.keys.parts import Parts
from studio.ui.learning.experimenting import Experiments
from studio.ui.learning.outcomes import Outcomes
from studio.ui.looking.flowing import Flowing
from studio.ui.looking.judging import Judge
from studio.ui.looking.trying import Trying
from studio.ui.looking.walking import guide
from studio.ui.panels.analysis import AnalysisPanel
from studio.ui.panels.code import CodePanel
from studio.ui.panels.coding import Coding
from studio.ui.panels.data_page import DataPage
from studio.ui.panels.evaluation import EvaluationPanel
from studio.ui.panels.help import HelpPanel
from studio.ui.panels.inspector import Inspector
from studio.ui.panels.node import NodeForm
from studio.ui.panels.outline import Outline
from studio.ui.panels.palette import Palette
from studio.ui.panels.problems import ProblemsPanel
from studio.ui.panels.runs import RunsPanel
from studio.ui.panels.training import TrainingPanel
from studio.ui.panels.walk import WalkPanel
from studio.ui.teaching.teacher import Teacher
from studio.ui.widgets.dialogs import ask_text
from studio.ui.widgets.plain import is_seen
from studio.ui.widgets.search_popup import Entry, SearchPopup
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.window import MainWindow

MINIMAP = "minimap"
"""The setting with whether there is a minimap, and its corner."""

MOVES = ("left", "right", "up", "down", "walk_left", "walk_right", "walk_up", "walk_down", "menu")
"""Keys of the canvas that are no commands to look for in a list."""


class Workspace(QWidget):
    """The middle of the window, and its docks."""

    def __init__(self, window: MainWindow) -> None:
        """Make the canvases' tabs and every dock of a window."""
        super().__init__()
        self._window = window
        self.document, self.session = window.document, window.session
        self.host: QWidget = window
        self.commands, self.status, self.settings = window.commands, window.status, window.settings
        self.commands.adopt(
            Spec(CANVAS + key.id, key.text, key.keys, key.icon, elsewhere=True) for key in KEYS
        )
        for key in KEYS:
            self.commands.when(CANVAS + key.id, partial(self._run, key))
        self.networks = Networks(self.document, self.commands)
        self.network_tabs = NetworkTabs(window, self.networks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.networks)
        self.popup = SearchPopup(self)
        self.popup.closed.connect(self._back_to_canvas)
        self.palette_ = Palette(self.document)
        self.placing = Placing(self)
        self.outline = Outline(self.document)
        self.inspector = Inspector(self.document, window.devices)
        self.help = HelpPanel(window.jobs)
        self.problems = ProblemsPanel(self.document)
        self.analysis = AnalysisPanel(self.document, window.devices)
        self.code = CodePanel(self.document, window.jobs)
        self.data = DataPage(self.document, window.jobs)
        self.training = TrainingPanel(self.document, self.session, window.devices, self.commands)
        self.judge = Judge(window.jobs)
        self.coding = Coding(window, self.document, lambda kind: self.placing.add(kind))
        self.evaluation = EvaluationPanel(self.judge)
        self.runs = RunsPanel(self.document, self.session, window.jobs)
        self.outcomes = outcomes = Outcomes(window, self)
        self.flowing = Flowing(
            self.document, self.session, self.networks, window.jobs, outcomes.trained, outcomes.was_trained
        )
        self.runs.listed.connect(self.flowing.changed)  # whether there was a run tells whose weights are seen
        self.walk = WalkPanel(self.document, self.flowing, self.commands["flow"])
        self.teacher = Teacher(window, self)
        self.panels: dict[str, QWidget] = {
            "palette": self.palette_,
            "outline": self.outline,
            "inspector": self.inspector,
            "help": self.help,
            "problems": self.problems,
            "analysis": self.analysis,
            "code": self.code,
            "data": self.data,
            "training": self.training,
            "flow": self.walk,
            "evaluation": self.evaluation,
            "runs": self.runs,
            "lesson": self.teacher.panel,
        }
        self.docks = Docks(window, self.panels.__getitem__)
        self.docks.seen.connect(self._seen)
        minimaps.take(window.settings.get(MINIMAP))
        minimaps.changed.connect(self._keep_minimap)
        self._entered, self._state = False, b""
        self._typed_at: QWidget | None = None
        self.outlining = Outlining(self)
        self.keeping = Keeping(self)
        self.parts = Parts(self)
        self.trying = Trying(self)
        self.experiments = Experiments(window, self)
        self._connect()

    # -- coming and going ------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the docks as they stood, and the open project."""
        state = self._state if self._entered else self.settings.window_state
        self._entered = True
        if state:
            self.docks.restore(state)
        self.networks.reload()
        self._back_to_canvas()
        for id in self.panels:
            if self.docks[id].isVisible():
                self._seen(id)
        self.teacher.enter()

    def leave(self) -> None:
        """Put the docks away while the first page is shown."""
        if self._entered:
            self.remember()
        self._state = self.docks.save()
        self.docks.set_visible(())

    def remember(self) -> None:
        """Keep where the docks stand for the next start."""
        self.settings.window_state = self.docks.save()

    def _keep_minimap(self) -> None:
        self.settings.set(MINIMAP, minimaps.kept())

    # -- what is connected with what ------------------------------------------------------------------------

    def _connect(self) -> None:
        networks = self.networks
        networks.selection_changed.connect(self._selected)
        networks.picture_wanted.connect(self._take_picture)
        networks.message.connect(self.status.tell)
        self.document.told.connect(self.status.tell)
        networks.shown.connect(self._shown)
        self.palette_.looked_at.connect(self.help.show_block)
        self.document.analysis.ready_changed.connect(self.help.make_ready)
        self.palette_.open_composite.connect(self._enter_composite)
        self.problems.chosen.connect(self.show_node)
        self.problems.plan_wanted.connect(self._show_plan)
        self.data.plan_wanted.connect(self._show_plan)
        self.problems.counted.connect(self._count_problems)
        self.analysis.chosen.connect(self.show_node)
        self.training.show_node.connect(self.show_node)
        self.inspector.open_composite.connect(self._enter_composite)
        self.inspector.follow(self.code.places)
        self.inspector.code_wanted.connect(self._show_code)
        self.code.asked = lambda: self.inspector.wants_code
        self.code.places.chosen.connect(self._choose_line)
        self.inspector.renamed.connect(self._enter_composite)
        self.runs.resume.connect(self._resume)
        self.session.began.connect(self._watch)
        when = self.commands.when
        guide(self)
        when("next_problem", self._next_problem)
        when("find", self._find)
        when("reset_docks", self.docks.arrange)
        when("add_network", self._add_network)
        when("new_code", self.coding.new)
        when("leave", self._leave_composite)
        when("remove_unused", self._remove_unused)
        when("plan", self._show_plan)
        when("sweep", self.sweep)
        when("see_data", partial(self.docks.show, "data"))
        self.inspector.data_wanted.connect(partial(self.docks.show, "data"))
        self.inspector.vary_wanted.connect(self.sweep)
        when("copy_code", self._copy_code)
        when("block_help", self._help)

    def show_node(self, ref: GraphRef, node: str) -> None:
        """Bring a block into view and choose it."""
        view = self.networks.show_graph(GraphRef(*ref))
        if view is not None and node:
            view.focus_node(node)

    def _selected(self, ref: GraphRef, ids: list[str]) -> None:
        if ref != self.networks.ref:
            return
        self.inspector.show_selection(ref, ids)
        if isinstance(self.inspector.form, NodeForm):
            self.help.show_block(self.inspector.form.block)
        if not self.outlining.following:
            self.outline.show_selection(ref, ids)
        self.analysis.show_selection(ref, ids)
        self.code.places.show_selection(ref, ids)
        if self.inspector.wants_code:
            self.code.seen()

    def _show_code(self, ref: GraphRef, node: str) -> None:
        """Show the lines of a block where they stand."""
        self.docks.show("code")
        self.code.seen()
        self.code.places.open(ref, node)

    def _choose_line(self, ref: GraphRef, node: str) -> None:
        """Choose the block of a line on the canvas; the keyboard stays in the code."""
        view = self.networks.show_graph(ref)
        if view is not None and node in view.canvas.nodes:
            view.go_to(node)
        self.code.view.setFocus()

    def _shown(self, ref: GraphRef) -> None:
        self.status.show_graph(ref)
        self.analysis.show_graph(ref)
        self.code.show_graph(ref)
        view = self.networks.view
        if view is not None:
            view.keeper = self.palette_
        self._selected(ref, view.selected() if view is not None else [])

    def _seen(self, id: str) -> None:
        """Let a panel that came to the front show what changed behind."""
        panel = self.panels[id]
        show = getattr(panel, "seen", None)  # of those that show what changed only once they are looked at
        if callable(show):
            # The dock is told before it stands where it is seen.
            QTimer.singleShot(0, panel, lambda: show() if is_seen(panel) else None)

    def _enter_composite(self, name: str) -> None:
        if self.networks.page is not None:
            self.networks.page.enter(name)

    def _leave_composite(self) -> None:
        if self.networks.page is not None:
            self.networks.page.leave()

    def _remove_unused(self) -> None:
        gone = unused(self.document.project)
        if not gone:
            self.status.tell(Message("Every composite of this project is used."))
            return
        label = Message("Remove {count} unused {count:composite|composites}", count=len(gone))
        if self.document.attempt(label, lambda project: remove_composites(project, unused(project))):
            self.status.tell(Message("Removed: {names}. Undo brings them back.", names=", ".join(gone)))

    def _count_problems(self, errors: int, warnings: int) -> None:
        title, values = counted("Problems", errors, warnings)
        self.docks.set_title("problems", title, **values)

    def _run(self, key: Key) -> None:
        view = self.networks.view
        if view is not None:
            view.setFocus()
            run(view, key)

    def choose_in_list(
        self, back: QWidget, entries: Sequence[Entry], at: QPoint, placeholder: str, head: str
    ) -> None:
        """Have something chosen in a list; afterwards the keyboard is back in a widget."""
        self._typed_at = back
        self.popup.open(entries, at, placeholder, head=head)

    def _back_to_canvas(self) -> None:
        typed_at, self._typed_at = self._typed_at, None
        if typed_at is not None and typed_at.isVisible():
            typed_at.setFocus()
            return
        view = self.networks.view
        if view is not None and self.isVisible():
            view.setFocus()

    # -- actions ------------------------------------------------------------------------

    def train(self) -> None:
        """Begin to train, and show how it goes."""
        why = self.session.start()
        if why is not None:
            self.status.tell(why)

    def _watch(self) -> None:
        """Show how a run goes; the button that was pressed hides, and the keyboard goes to the canvas."""
        if not self.session.sweeping:  # else each training of a sweep would come to the front
            self.docks.show("training")
            self._back_to_canvas()

    def _resume(self, run: Path) -> None:
        why = self.session.resume(run)
        if why is not None:
            self.training.ended.show_banner("end", "error", why)
            self.docks.show("training")

    def _take_picture(self, view: CanvasView) -> None:
        from studio.ui.files.picturing import take_picture  # with numpy: only when a picture is made

        written = take_picture(self._window, view, self.settings)
        if written is not None:
            self.status.tell(Message("Written: {file}", file=written))

    def show_commands(self) -> None:
        """Show every command in a list that is searched by typing."""
        entries = command_entries(self.commands, CANVAS, MOVES)
        middle = self._window.mapToGlobal(self._window.rect().center())
        middle.setX(middle.x() - self.popup.width() // 2)
        middle.setY(self._window.mapToGlobal(self._window.rect().topLeft()).y() + 96)
        self.popup.open(entries, middle, "What do you want to do?")

    def _next_problem(self) -> None:
        if self.problems.problems():
            self.docks.show("problems")
            self.problems.go_to_next()
        else:
            self.status.tell(Message("There is no problem."))

    def _find(self) -> None:
        self.docks.show("outline")
        self.outline.search.setFocus()
        self.outline.search.selectAll()

    def _add_network(self) -> None:
        name = ask_text(self._window, Message("Add a network"), Message("Its name:"), tr("second"))
        if name is not None:
            self.document.attempt(
                Message("Add the network “{name}”", name=name), lambda p: edits.add_network(p, name)
            )

    def sweep(self, path: str = "") -> None:
        """Show the page of sweeps, with a setting to vary."""
        self.docks.show("runs")
        self.runs.show_sweep(path)

    def _show_plan(self) -> None:
        view = self.networks.view
        if view is not None:
            view.select([])
        self.docks.show("inspector")

    def _copy_code(self) -> None:
        self.docks.show("code")
        self.code.copy()
        if self.code.text:
            self.status.tell(Message("The Python code is on the clipboard."))

    def _help(self) -> None:
        """Show the page of the block that the keyboard is at: in the list of blocks, or on the canvas."""
        form = self.inspector.form
        at_list = self.palette_.isAncestorOf(QApplication.focusWidget() or self)
        block = self.palette_.current() if at_list else None
        self.help.show_block(block or (form.block if isinstance(form, NodeForm) else None))
        self.docks.show("help")
