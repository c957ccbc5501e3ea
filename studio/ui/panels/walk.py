"""The walk through the flow: a sample is chosen, and followed through the network node by node."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Wire
from studio.project import COMPOSITE, GraphRef, Project, block_of
from studio.ui.document import Document
from studio.ui.looking.flowing import Flowing, Path
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.walk_stage import Stage
from studio.ui.widgets.plain import is_seen, label, tip
from studio.ui.words.text import fixed, languages, live, say, tr

if TYPE_CHECKING:
    from studio.train.flowing.peek import Part, What

PLAY_MS = 1200
"""How long each node is shown while the walk plays."""

MOST = 5000
"""How many nodes a walk goes through at most; composites beyond that are not gone into."""

WHATS: tuple[tuple[What, str], ...] = (
    ("values", "Activations"),
    ("weights", "Weights"),
    ("gradients", "Gradients"),
)
"""What the pictures on the canvas show."""

PARTS: tuple[tuple[Part, str], ...] = (
    ("train", "Training data"),
    ("validation", "Validation data"),
    ("test", "Test data"),
)


OWN = "own"
"""Stands among the splits for a sample that was tried."""


class WalkPanel(QWidget):
    """Chooses what is shown on the canvas, and walks through it."""

    stepped = Signal(object)
    """The walk is at another node: its way from the network, the network first."""

    def __init__(self, document: Document, flowing: Flowing, toggle: object) -> None:
        """Make the panel.

        Args:
            document: the open project.
            flowing: what is seen.
            toggle: the action that shows the pictures on the canvas.
        """
        super().__init__()
        self._document, self.flowing = document, flowing
        flowing.walker = self
        self.network = ""
        self._steps: list[Path] = []
        self.show_button = QToolButton()
        self.show_button.setDefaultAction(toggle)  # type: ignore[arg-type]  # an action of the window
        self.show_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.whats = QButtonGroup(self)
        self.part, self.of_class = QComboBox(), QComboBox()
        self.index = QSpinBox()
        self.random_button, self.next_button = QPushButton(), QPushButton()
        self.inside, self.last = QCheckBox(), QCheckBox()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.back, self.play, self.forward = QToolButton(), QToolButton(), QToolButton()
        self.place = label(role="muted")
        self.weights = label(role="muted")
        self.weights.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.weights.hide()
        self.stage = Stage()
        self._playing = QTimer(self)
        self._playing.setInterval(PLAY_MS)
        self._playing.timeout.connect(self._go_on)
        self._lay_out()
        self._connect()
        self.stage.said("Open this panel while a network trains, or after, to walk through it.")

    # -- how it looks ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(SPACE_SMALL)
        first.addWidget(self.show_button)
        for number, (_, text) in enumerate(WHATS):
            button = QToolButton()
            button.setCheckable(True)
            button.setChecked(number == 0)
            live(button.setText, text)
            self.whats.addButton(button, number)
            first.addWidget(button)
        for combo, name in ((self.part, "Which samples"), (self.of_class, "Which class")):
            live(combo.setAccessibleName, name)
            live(combo.setToolTip, name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            first.addWidget(combo)
        self._fill_parts()
        self._fill_classes()
        self.index.setRange(0, 0)
        self.index.setMaximumWidth(88)
        live(self.index.setAccessibleName, "Number of the sample")
        live(self.index.setToolTip, "Number of the sample")
        first.addWidget(self.index)
        live(self.next_button.setText, "Next sample")
        live(self.next_button.setToolTip, "The next sample, of the chosen class")
        live(self.random_button.setAccessibleName, "Choose a sample by chance")
        live(self.random_button.setToolTip, "Choose a sample by chance")
        live_icon(self.random_button, "shuffle")
        first.addWidget(self.next_button)
        first.addWidget(self.random_button)
        first.addStretch(1)
        for button, icon, said in (
            (self.back, "left", "The node before"),
            (self.play, "train", "Play the walk, or stop it"),
            (self.forward, "right", "The next node"),
        ):
            live_icon(button, icon)
            live(button.setToolTip, said)
            live(button.setAccessibleName, said)
            second.addWidget(button)
        live(self.slider.setAccessibleName, "Where the walk is")
        self.slider.setMinimumWidth(120)
        second.addWidget(self.slider, 1)
        second.addWidget(self.place)
        live(self.inside.setText, "Into composites")
        self.inside.setChecked(True)
        second.addWidget(self.inside)
        live(self.last.setText, "Last round of repeats")
        live(self.last.setToolTip, "Of composites that repeat, the last round is shown; else the first")
        self.last.setChecked(True)
        self.last.hide()
        second.addWidget(self.last)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_TINY)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.weights)
        column.addWidget(self.stage, 1)

    def _connect(self) -> None:
        flowing = self.flowing
        self.whats.idClicked.connect(self._choose_what)
        self.part.activated.connect(self._choose_part)
        self.of_class.activated.connect(self._choose_class)
        self.index.valueChanged.connect(self._choose_index)
        self.next_button.clicked.connect(self.next_sample)
        self.random_button.clicked.connect(self.any_sample)
        self.slider.valueChanged.connect(self._slid)
        self.back.clicked.connect(self.step_back)
        self.forward.clicked.connect(self.step_on)
        self.play.clicked.connect(self.toggle_play)
        self.inside.toggled.connect(self._read_steps)
        self.last.toggled.connect(lambda last: self.flowing.choose(last=last))
        flowing.changed.connect(self._show)
        flowing.chosen.connect(self._fill_parts)
        self._document.changed.connect(self._edited)
        self._document.replaced.connect(self._begin_anew)
        languages.changed.connect(self._speak)

    def _speak(self) -> None:
        self._fill_parts()
        self._fill_classes()
        self._show()

    def _fill_parts(self) -> None:
        with QSignalBlocker(self.part):
            self.part.clear()
            for part, text in PARTS:
                self.part.addItem(tr(text), part)
            if self.flowing.choice.own is not None:
                self.part.addItem(tr("Your own sample"), OWN)
            at = OWN if self.flowing.choice.own is not None else self.flowing.choice.part
            self.part.setCurrentIndex(max(self.part.findData(at), 0))

    def _fill_classes(self) -> None:
        seen = self.flowing.seen
        names = list(seen.classes) if seen is not None else []
        wanted = [tr("Any class"), *names]
        if [self.of_class.itemText(row) for row in range(self.of_class.count())] != wanted:
            with QSignalBlocker(self.of_class):
                self.of_class.clear()
                self.of_class.addItems(wanted)
        with QSignalBlocker(self.of_class):
            of_class = self.flowing.choice.of_class
            self.of_class.setCurrentIndex(0 if of_class is None or of_class >= len(names) else of_class + 1)
        self.of_class.setVisible(bool(names))

    # -- the sample -----------------------------------------------------------------------------------

    def _choose_what(self, number: int) -> None:
        self.flowing.choose(what=WHATS[number][0])

    def _choose_part(self, row: int) -> None:
        if self.part.itemData(row) != OWN:
            self.flowing.choose(part=self.part.itemData(row), index=0, own=None)

    def _choose_class(self, row: int) -> None:
        self.flowing.choose(of_class=row - 1 if row else None, own=None)

    def _choose_index(self, index: int) -> None:
        self.flowing.choose(index=index, own=None)

    def next_sample(self) -> None:
        """Take the next sample, of the chosen class where one is chosen."""
        seen = self.flowing.seen
        at = seen.index if seen is not None else self.flowing.choice.index
        self.flowing.choose(index=(at + 1) % max(self._count(), 1), own=None)

    def any_sample(self) -> None:
        """Take a sample by chance."""
        self.flowing.choose(index=random.randrange(max(self._count(), 1)), own=None)

    def _count(self) -> int:
        seen = self.flowing.seen
        return (
            0 if seen is None else seen.counts.get(seen.ask.part, 0) or max(seen.counts.values(), default=0)
        )

    # -- the walk -------------------------------------------------------------------------------------

    @property
    def at(self) -> Path | None:
        """The node that the walk is at."""
        number = self.slider.value()
        return self._steps[number] if number < len(self._steps) else None

    def begin(self, network: str, path: Path | None = None) -> None:
        """Walk through a network, from a node on."""
        self.network = network
        self._read_steps()
        if path is not None and path not in self._steps and not self.inside.isChecked():
            self.inside.setChecked(True)
        if path in self._steps:
            self.slider.setValue(self._steps.index(path))
        self._look()

    def step_on(self) -> None:
        """Go to the next node."""
        self.slider.setValue(self.slider.value() + 1)

    def step_back(self) -> None:
        """Go to the node before."""
        self.slider.setValue(self.slider.value() - 1)

    def toggle_play(self) -> None:
        """Go on by itself, from the start where it stands at the end; or stop."""
        if self._playing.isActive():
            self._stop()
            return
        if self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)
        live_icon(self.play, "pause")
        self._playing.start()

    def _stop(self) -> None:
        self._playing.stop()
        live_icon(self.play, "train")

    def _go_on(self) -> None:
        if self.slider.value() >= self.slider.maximum():
            self._stop()
        else:
            self.step_on()

    def _slid(self, _number: int) -> None:
        self._look()
        if self.at is not None and is_seen(self):
            self.stepped.emit((self.network, self.at))

    def _read_steps(self) -> None:
        """Find the nodes of the network in the order in which they run."""
        project, kept = self._document.project, self.at
        if self.network not in project.networks:
            self.network = project.main()
        ref = GraphRef("network", self.network)
        found: list[Path] = []
        if ref in project.refs():
            for path in _in_order(project, ref, (), inside=self.inside.isChecked()):
                found.append(path)
                if len(found) >= MOST:
                    break
        self._steps = found
        graphs = [project.graph(one) for one in project.refs()]
        self.last.setVisible(any(node.repeat > 1 for graph in graphs for node in graph.of_type(COMPOSITE)))
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(len(found) - 1, 0))
            self.slider.setPageStep(max(len(found) // 10, 1))
            if kept in found:
                self.slider.setValue(found.index(kept))
        self._look()

    def _look(self) -> None:
        """Have the node that the walk is at, and those before it, looked at closely."""
        path = self.at
        if path is None or not is_seen(self):
            self.flowing.walk(frozenset())
        else:
            self.flowing.walk(frozenset({path, *(source for source, _ in self._sources(path))}))
        self._show()

    def _graph(self, path: Path) -> GraphRef:
        """Give the graph that a node stands in."""
        project, ref = self._document.project, GraphRef("network", self.network)
        for id in path[:-1]:
            ref = GraphRef("composite", project.graph(ref).nodes[id].composite)
        return ref

    def _is_there(self, path: Path) -> bool:
        """Tell whether the project of now has a node."""
        project = self._document.project
        if self.network not in project.networks:
            return False
        ref = GraphRef("network", self.network)
        for id in path[:-1]:
            node = project.graph(ref).nodes.get(id)
            if node is None or node.composite not in project.composites:
                return False
            ref = GraphRef("composite", node.composite)
        return path[-1] in project.graph(ref).nodes

    def _sources(self, path: Path) -> list[tuple[Path, str]]:
        """Give the nodes that feed a node, each with the port that its wire leaves."""
        ref = self._graph(path)
        return [((*path[:-1], wire.source.node), wire.source.port) for wire in self.wires(ref, path[-1])]

    def wires(self, ref: GraphRef, node: str) -> list[Wire]:
        """Give the wires that arrive at a node, in the order of its ports."""
        graph = self._document.project.graph(ref)
        block = block_of(self._document.project, graph, graph.nodes[node])
        order = {port.name: place for place, port in enumerate(block.inputs)}
        into = [wire for wire in graph.into(node) if wire.enabled]
        return sorted(into, key=lambda wire: (order.get(wire.target.port, 0), wire.index))

    # -- showing --------------------------------------------------------------------------------------

    def _show(self) -> None:
        flowing, path = self.flowing, self.at
        if not self.isVisible():
            return
        if path is not None and not self._is_there(path):
            path = None  # another project was opened: the walk begins anew with the next word of it
        seen = flowing.seen
        self._fill_classes()
        weights = flowing.weights if flowing.error is None else None
        self.weights.setVisible(weights is not None)
        if weights is not None:
            fixed(self.weights.setText, say(weights))
            self.weights.setToolTip(tip(say(weights)))
        if seen is not None and seen.counts:
            with QSignalBlocker(self.index):
                self.index.setRange(0, max(self._count() - 1, 0))
                self.index.setValue(seen.index)
        total = len(self._steps)
        fixed(self.place.setText, f"{self.slider.value() + 1 if total else 0} / {total}")
        self.back.setEnabled(self.slider.value() > 0)
        self.forward.setEnabled(self.slider.value() < self.slider.maximum())
        self.play.setEnabled(total > 1)
        if flowing.error is not None:
            self.stage.tell(say(flowing.error))
        elif path is None:
            self.stage.said("Draw a network: then its flow can be walked through.")
        elif seen is None or path not in seen.ask.wanted or seen.ask.network != self.network:
            self.stage.waits(self._document.project, self._graph(path), path)
        else:
            self.stage.show_step(self._document.project, self._graph(path), path, self._sources(path), seen)

    # -- coming and going -----------------------------------------------------------------------------

    def _edited(self, change: object, _project: Project) -> None:
        if is_seen(self):
            self._read_steps()

    def _begin_anew(self) -> None:
        self._stop()
        self.network = ""
        self._steps = []
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, 0)
        if is_seen(self):
            self._read_steps()

    def seen(self) -> None:
        """Look where that was put off while nobody saw the panel."""
        if not self._steps or self.network not in self._document.project.networks:
            self._read_steps()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more: what nobody sees costs nothing."""
        super().hideEvent(event)
        self._stop()
        self.flowing.walk(frozenset())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by keys wherever the keyboard is in the panel."""
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.step_on()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.step_back()
        elif key == Qt.Key.Key_Home:
            self.slider.setValue(0)
        elif key == Qt.Key.Key_End:
            self.slider.setValue(self.slider.maximum())
        else:
            super().keyPressEvent(event)


def _in_order(project: Project, ref: GraphRef, at: Path, *, inside: bool) -> Iterator[Path]:
    """Give the nodes that lead to an output in the order in which they run, a composite before its inside."""
    graph = project.graph(ref)
    needed = graph.upstream(node.id for node in graph.of_type("output"))
    for id in graph.order():
        if id not in needed:
            continue
        node = graph.nodes[id]
        yield (*at, id)
        inner = GraphRef("composite", node.composite)
        if inside and node.type == COMPOSITE and inner in project.refs() and len(at) < 8:
            yield from _in_order(project, inner, (*at, id), inside=inside)
