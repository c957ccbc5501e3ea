"""What is chosen, as a form: blocks of one type or of several, the composite around, or the plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio.project import GraphRef, Project
from studio.project.history import Change
from studio.ui.document import Document
from studio.ui.looks.theme import SPACE, SPACE_SMALL, themes
from studio.ui.panels.code_places import CodePlaces
from studio.ui.panels.composite import CompositeForm, shown_composite
from studio.ui.panels.devices import Devices
from studio.ui.panels.node import NodeForm
from studio.ui.panels.plan import PlanForm
from studio.ui.panels.several import SeveralForm, kinds_of
from studio.ui.widgets.plain import is_seen
from studio.ui.words.text import languages, live


class Inspector(QScrollArea):
    """Shows the form of the selection and keeps it up to date."""

    open_composite = Signal(str)
    code_wanted = Signal(object, str)
    """The lines of a block are to be shown in the code: its graph and the block."""
    data_wanted = Signal()
    """A person wants to see the data of the plan."""
    vary_wanted = Signal(str)
    """The path of a setting that a sweep is to vary."""
    renamed = Signal(str)
    """The composite that is shown has this name now."""

    def __init__(self, document: Document, devices: Devices) -> None:
        """Begin with the training plan."""
        super().__init__()
        self._document, self._devices = document, devices
        self._ref = GraphRef("network", document.project.main())
        self._ids: tuple[str, ...] = ()
        self._late = False
        self._places: CodePlaces | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live(self.setAccessibleName, "Inspector")
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE)
        self.setWidget(self._holder)
        self.form: NodeForm | SeveralForm | PlanForm | QWidget = QWidget()
        self._rebuild()
        document.changed.connect(self._changed)
        document.analysed.connect(self._analysed)
        document.replaced.connect(lambda: self.show_selection(self._first(), ()))
        languages.changed.connect(self._rebuild)
        themes.changed.connect(self._rebuild)

    def show_selection(self, ref: GraphRef, ids: Sequence[str]) -> None:
        """Show the form of some nodes of a graph, or the plan when there are none."""
        if (ref, tuple(ids)) != (self._ref, self._ids) or isinstance(self.form, PlanForm):
            self._ref, self._ids = ref, tuple(ids)
            inside = shown_composite(self._document.project, ref)
            if ids or inside or not isinstance(self.form, PlanForm):
                self._rebuild()
                self.verticalScrollBar().setValue(0)
            else:
                self._refresh()

    @property
    def wants_code(self) -> bool:
        """Whether one block is shown, whose lines of code are seen as soon as they are known."""
        return isinstance(self.form, NodeForm) and len(self.form.ids) == 1 and is_seen(self)

    def show_code(self) -> None:
        """Show the lines of the chosen block, as far as they are known."""
        if isinstance(self.form, NodeForm) and len(self.form.ids) == 1 and self._places is not None:
            found = self._places.lines_of(self._ref, self.form.ids[0])
            self.form.code.show_lines([text for _, text in found])

    def follow(self, places: CodePlaces) -> None:
        """Take the lines of blocks from somebody who knows them."""
        self._places = places
        places.changed.connect(self.show_code)

    def focus_first(self) -> None:
        """Put the cursor into the name of the chosen block."""
        if isinstance(self.form, NodeForm):
            self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.form.name.selectAll()

    def _first(self) -> GraphRef:
        return GraphRef("network", self._document.project.main())

    def _present(self) -> list[str]:
        project = self._document.project
        nodes = project.graph(self._ref).nodes if self._ref in project.refs() else {}
        return [id for id in self._ids if id in nodes]

    def _rebuild(self) -> None:
        """Make the form of the selection anew."""
        self._late = False
        self._column.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        present = self._present()
        if not present and shown_composite(self._document.project, self._ref):
            self.form = CompositeForm(self._document, self._ref.name)
            self.form.renamed.connect(self.renamed)
        elif not present:
            self.form = PlanForm(self._document, self._devices)
            self.form.data_wanted.connect(self.data_wanted)
            self.form.vary_wanted.connect(self.vary_wanted)
        elif len(kinds_of(self._document.project, self._ref, present)) > 1:
            self.form = SeveralForm(self._document, self._ref, present)
        else:
            self.form = NodeForm(self._document, self._ref, present)
            self.form.open_composite.connect(self.open_composite)
            self.form.code_wanted.connect(self.code_wanted)
            self.form.form.vary_wanted.connect(self.vary_wanted)
            self.show_code()
        self._column.addWidget(self.form)
        # The scroll area would show it and lay it out an event later, and paint it squeezed before.
        self.form.show()
        self._column.activate()
        room = self.viewport().size()
        needed = max(self._column.totalHeightForWidth(room.width()), self._holder.minimumSizeHint().height())
        self._holder.resize(room.width(), max(room.height(), needed))

    def _changed(self, change: Change, _project: Project) -> None:
        if isinstance(self.form, PlanForm) and not (change.plan or change.graphs or self._present()):
            # The plan itself is the same; the rest waits until it is known what the network is now for.
            self._late = self._document.analysis.pending(self._ref)
        if not self._late:
            self._refresh()

    def _refresh(self) -> None:
        """Follow an edit: the same form with new values, or another form where the selection is gone."""
        self._late = False
        if isinstance(self.form, NodeForm | SeveralForm):
            present = self._present()
            if self.form.fits(present):
                self.form.refresh()
            else:
                self._rebuild()
        elif isinstance(self.form, PlanForm | CompositeForm):
            inside = shown_composite(self._document.project, self._ref)
            if self._present() or inside != isinstance(self.form, CompositeForm):
                self._rebuild()  # undo brought the chosen block or the composite back, or took it away
            else:
                self.form.refresh()
        else:
            self._rebuild()

    def _analysed(self, ref: GraphRef) -> None:
        if isinstance(self.form, PlanForm) and not self._late:
            self.form.offer()  # more can be known of what fits the data
        elif self._late or (ref == self._ref and isinstance(self.form, NodeForm | SeveralForm)):
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the form as wide as the dock."""
        super().resizeEvent(event)
        self._holder.setMaximumWidth(self.viewport().width())
