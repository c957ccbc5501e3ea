"""The rows of the outline: graphs, their blocks in the order of data, below those their wires and faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTreeWidgetItem

from studio.graph import Wire
from studio.project import COMPOSITE, GraphRef, Project, block_of
from studio.ui.canvas.card import one_line
from studio.ui.editing.composites import called
from studio.ui.looks.icons import icon
from studio.ui.panels.palette import family_icon, family_role, title_of
from studio.ui.panels.problem import told
from studio.ui.widgets.plain import tip
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.compiler import Problem, Report

SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
DESCRIBED = int(Qt.ItemDataRole.AccessibleDescriptionRole)

TOLD = frozenset({SPOKEN, DESCRIBED, int(Qt.ItemDataRole.ToolTipRole)})
"""What is told of a block only when somebody asks: a list of a thousand blocks has to be made in a blink."""

Key = tuple[tuple[GraphRef, ...], str, Wire | None, int]
"""What a row is found by after the list was made anew."""


class Row(QTreeWidgetItem):
    """A row that knows what it stands for.

    Attributes:
        way: the graphs from the top of the list to the one that it is in.
        node: the block, for rows of blocks, wires and problems.
        wire: the wire, for rows of wires.
        place: which problem of the block it tells; -1 for none.
        filled: whether what is inside has been listed.
        tell: gives what is told of it, where that is not written into it.
    """

    tell: Callable[[Row, int], str] | None = None

    def __init__(
        self, way: tuple[GraphRef, ...], node: str = "", wire: Wire | None = None, place: int = -1
    ) -> None:
        """Make an empty row."""
        super().__init__()
        self.way, self.node, self.wire, self.place = way, node, wire, place
        self.filled = not node or wire is not None or place >= 0

    def data(self, column: int, role: int) -> Any:
        """Give what the list asks for."""
        if self.tell is not None and role in TOLD:
            return self.tell(self, role)
        return super().data(column, role)

    @property
    def ref(self) -> GraphRef:
        """The graph that it is in, or that it is."""
        return self.way[-1]

    @property
    def key(self) -> Key:
        """What it is found by."""
        return self.way, self.node, self.wire, self.place

    @property
    def is_block(self) -> bool:
        """Whether it stands for a block."""
        return bool(self.node) and self.wire is None and self.place < 0

    def children(self) -> list[Row]:
        """Give the rows below."""
        found = (self.child(row) for row in range(self.childCount()))
        return [row for row in found if isinstance(row, Row)]


class Writer:
    """Writes rows of one state of the project."""

    def __init__(
        self,
        project: Project,
        ref: GraphRef,
        report: Report | None,
        tell: Callable[[Row, int], str] | None = None,
    ) -> None:
        """Look at a graph and what is known of it.

        Args:
            project: a snapshot.
            ref: the graph.
            report: what is known of it.
            tell: asked by rows of blocks for what is told of them.
        """
        self.project, self.ref, self.report, self._tell = project, ref, report, tell
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.graph = project.graph(ref)
        self._problems: dict[str, list[Problem]] = {}
        for problem in report.problems if report is not None else ():
            self._problems.setdefault(problem.node, []).append(problem)

    def problems(self, node: str) -> list[Problem]:
        """Give what is wrong with a block, errors first."""
        return sorted(self._problems.get(node, ()), key=lambda problem: problem.severity != "error")

    def wrong(self) -> dict[str, tuple[str, ...]]:
        """Give the blocks with a problem, and what is told of each."""
        return {
            node: tuple(problem.severity + told(problem) for problem in self.problems(node))
            for node in self._problems
            if node
        }

    def order(self) -> list[str]:
        """Give all blocks, first those that run, in the order of data."""
        order = self.graph.order()
        running = set(order)
        return order + [node for node in self.graph.nodes if node not in running]

    def title(self, way: tuple[GraphRef, ...]) -> Row:
        """Make the row of the graph itself."""
        row = Row(way)
        composite = self.ref.place == "composite"
        name = one_line(called(self.ref.name) if composite else self.ref.name)
        row.setText(0, name)
        kind = tr("composite") if composite else tr("network")
        number = tr("{count} {count:block|blocks}", count=len(self.graph))
        row.setData(0, SPOKEN, f"{name}, {kind}, {number}")
        row.setIcon(0, icon("composite" if composite else "layout", "muted"))
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        return row

    def block(self, way: tuple[GraphRef, ...], id: str) -> Row:
        """Make the row of a block."""
        row = Row(way, id)
        row.tell = self._tell
        row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
        self.write_block(row)
        return row

    def write_block(self, row: Row) -> None:
        """Write what a block is called and what it is; its icon says whether something is wrong."""
        node = self.graph.nodes[row.node]
        block = block_of(self.project, self.graph, node)
        name, title = one_line(node.name), title_of(block)
        row.setText(0, name if name.lower() == title.lower() else f"{name}   {title}")
        problems = self.problems(row.node)
        worst = problems[0].severity if problems else ""
        row.setIcon(0, self._icon(worst, "") if worst else self._icon(family_icon(block), family_role(block)))
        inside = bool(problems or self.graph.into(row.node) or self.graph.out_of(row.node))
        shows = QTreeWidgetItem.ChildIndicatorPolicy
        opens = inside or self.opens(row) is not None
        row.setChildIndicatorPolicy(shows.ShowIndicator if opens else shows.DontShowIndicator)

    def _icon(self, name: str, role: str) -> QIcon:
        if (name, role) not in self._icons:
            self._icons[name, role] = icon(name, role) if role else icon(name)
        return self._icons[name, role]

    def told(self, row: Row, role: int) -> str:
        """Tell what a block is called, what feeds it and what it feeds, and its problems in words."""
        node = self.graph.nodes.get(row.node)
        if node is None:
            return ""  # gone; the list follows in a moment
        name, title = one_line(node.name), title_of(block_of(self.project, self.graph, node))
        problems = self.problems(row.node)
        errors = [problem for problem in problems if problem.severity == "error"]
        states = [
            tr("{count} {count:error|errors}", count=len(errors)) if errors else "",
            tr("{count} {count:warning|warnings}", count=len(problems) - len(errors))
            if len(problems) > len(errors)
            else "",
            tr("bypassed") if node.bypassed else "",
            tr("frozen") if node.frozen else "",
        ]
        if role == SPOKEN:
            return ", ".join(part for part in (name, title, *states) if part)
        lines = [_said(problem) for problem in problems]
        arriving = [self._name(wire.source.node) for wire in self.graph.into(row.node)]
        leaving = [self._name(wire.target.node) for wire in self.graph.out_of(row.node)]
        if arriving:
            lines.append(tr("Fed by {names}", names=", ".join(arriving)))
        if leaving:
            lines.append(tr("Feeds {names}", names=", ".join(leaving)))
        return ". ".join(lines) if role == DESCRIBED else tip("\n".join(lines))

    def opens(self, row: Row) -> GraphRef | None:
        """Give the graph inside a composite's block; None for others, and where it would never end."""
        node = self.graph.nodes[row.node]
        ref = GraphRef("composite", node.composite)
        known = node.type == COMPOSITE and node.composite in self.project.composites
        return ref if known and ref not in row.way else None

    def insides(self, row: Row) -> list[Row]:
        """Make the rows of a block's problems and wires."""
        made: list[Row] = []
        for place, problem in enumerate(self.problems(row.node)):
            line = Row(row.way, row.node, place=place)
            line.setText(0, _said(problem))
            line.setIcon(0, icon(problem.severity))
            line.setToolTip(0, tip(told(problem)))
            made.append(line)
        wires = [*self.graph.into(row.node), *self.graph.out_of(row.node)]
        for wire in dict.fromkeys(wires):
            line = Row(row.way, row.node, wire)
            self._write_wire(line, wire)
            made.append(line)
        return made

    def _write_wire(self, row: Row, wire: Wire) -> None:
        arrives = wire.target.node == row.node
        mine, other = (wire.target, wire.source) if arrives else (wire.source, wire.target)
        known = self.report.nodes.get(wire.source.node) if self.report is not None else None
        tensor = known.outputs.get(wire.source.port) if known is not None else None
        arrow, there = "←" if arrives else "→", f"{self._name(other.node)} · {other.port}"
        parts = [f"{mine.port} {arrow} {there}", str(tensor) if tensor is not None and wire.enabled else ""]
        if not wire.enabled:
            parts.append(tr("disabled"))
        row.setText(0, "   ".join(part for part in parts if part))
        said = (
            tr("input {port} from {other}", port=mine.port, other=there)
            if arrives
            else tr("output {port} to {other}", port=mine.port, other=there)
        )
        row.setData(0, SPOKEN, ", ".join(part for part in (said, *parts[1:]) if part))
        row.setIcon(0, icon("link" if wire.enabled else "unlink", "muted"))
        row.setToolTip(0, tip(row.text(0)))

    def _name(self, node: str) -> str:
        return one_line(self.graph.nodes[node].name)


def _said(problem: Problem) -> str:
    text = " ".join(told(problem).split("\n"))
    return tr("Error: {what}", what=text) if problem.severity == "error" else tr("Warning: {what}", what=text)


def below(row: Row) -> Iterable[Row]:
    """Give the rows where the keyboard goes when a row is gone: the next, the one before, the one above."""
    parent = row.parent()
    if not isinstance(parent, Row):
        return ()
    rows = parent.children()
    place = rows.index(row)
    return (*rows[place + 1 :], *reversed(rows[:place]), parent)
