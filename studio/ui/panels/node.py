"""The form of one block, or of several of one type: its name, parameters, shapes, costs and problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from studio.blocks import Block, Parameter
from studio.blocks.custom import PREFIX
from studio.graph import Initial, Message, Node, Value
from studio.graph.model import same_values
from studio.project import COMPOSITE, GraphRef, Project, block_of, edits
from studio.project.definitions import make_unique, uses
from studio.project.document import values_alone
from studio.project.locking import held
from studio.project.options import BYPASS, FROZEN, RATE, REPEAT
from studio.ui.document import Document
from studio.ui.editing.bypass import refusal
from studio.ui.editing.composites import spoken, told
from studio.ui.editing.renaming import free_name
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE, SPACE_SMALL, SPACE_TINY
from studio.ui.panels.fields import MIXED, Field, Read, Shown
from studio.ui.panels.form import Form
from studio.ui.panels.initials import InitialValues, label_of
from studio.ui.panels.node_code import NodeCode
from studio.ui.panels.node_options import SHARES, USUAL, agreed, usual
from studio.ui.panels.number import leave_undo_to_window
from studio.ui.panels.palette import family_icon, family_role
from studio.ui.panels.problem import ProblemCard
from studio.ui.panels.weights import WeightsField
from studio.ui.widgets.plain import Fold, label, line, tip
from studio.ui.words.figures import count, short
from studio.ui.words.text import fixed, live, say, tr


class NodeForm(QWidget):
    """Edits blocks of the open project; what is typed reaches the document at once and can be undone."""

    open_composite = Signal(str)
    code_wanted = Signal(object, str)
    """The lines of a block are to be shown in the code: its graph and the block."""

    def __init__(self, document: Document, ref: GraphRef, ids: Sequence[str]) -> None:
        """Make the form of some nodes of one type.

        Args:
            document: the open project.
            ref: the graph.
            ids: the chosen nodes; all exist.
        """
        super().__init__()
        self._document, self._ref, self.ids = document, ref, tuple(ids)
        graph = document.project.graph(ref)
        node = graph.nodes[self.ids[0]]
        self.block = block_of(document.project, graph, node)
        self.kind = (node.type, node.composite)
        self._weights: WeightsField | None = None
        self.unique: QPushButton | None = None
        self._used = label(role="muted", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_SMALL)
        self._add_head(node)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(SPACE_SMALL)
        self._column.addLayout(self._problems)
        self._shown_problems: tuple[object, ...] | None = None
        self._shape_rows: list[tuple[str, str]] = []
        self._named = self._names()
        shown = tuple(each for each in self.block.parameters.values() if not each.fixed)
        self.form = Form(shown, names=self._named)
        self.form.edited.connect(self._set)
        self.form.reset.connect(self._reset)
        if len(self.ids) == 1:
            self.form.varied_as(self._path)
        if shown:
            self._column.addWidget(line())
            self._column.addWidget(self.form)
        self._column.addWidget(line())
        self._add_shapes()
        self.initials = InitialValues()
        self.initials.chosen.connect(self._begin)
        self.initials.setVisible(False)
        self._column.addWidget(self.initials)
        self._add_options()
        self.code = NodeCode()
        self.code.wanted.connect(lambda: self.code_wanted.emit(self._ref, self.ids[0]))
        self._column.addWidget(self.code)
        self._column.addStretch(1)
        self.refresh()

    # -- showing ------------------------------------------------------------------------------------

    def fits(self, ids: Sequence[str]) -> bool:
        """Tell whether the form is that of some nodes: a composite may have got other parameters."""
        if tuple(ids) != self.ids or not same_values(self._names() or {}, self._named or {}):
            return False
        project = self._document.project
        graph = project.graph(self._ref)
        node = graph.nodes[self.ids[0]]
        return (node.type, node.composite) == self.kind and block_of(project, graph, node) == self.block

    def refresh(self) -> None:
        """Show the nodes and their report as they are now."""
        nodes = self._nodes()
        self._hold(held(self._document.project, self._ref))
        report = self._document.report(self._ref)
        values: dict[str, Shown] = {}
        for name, parameter in self.block.parameters.items():
            if parameter.fixed:
                continue
            by_itself = all(node.parameters.get(name) is None for node in nodes)
            if parameter.source is not None or (parameter.reads is not None and by_itself):
                found = (
                    [report.nodes[node.id].resolved.get(name) for node in nodes if node.id in report.nodes]
                    if report
                    else []
                )
                same = all(value == found[0] for value in found[1:])
                known = found[0] if found else None
                values[name] = MIXED if not same else known if parameter.reads is None else Read(known)
            else:
                values[name] = agreed([node.parameters.get(name, parameter.unset) for node in nodes])
        by_hand = {name for node in nodes for name in node.parameters}
        self.form.show_values(values, by_hand)
        own: dict[str, Shown] = {
            name: agreed([getattr(node, name) for node in nodes])
            for name in ("frozen", "rate_factor", "bypassed", "repeat", "shares")
        }
        changed = {name for node in nodes for name, is_usual in USUAL if getattr(node, name) != is_usual}
        if self._weights is not None:
            self._weights.offer(self._owners())
        self.options.show_values(own, changed)
        if len(nodes) == 1 and not (self.name.hasFocus() and self.name.text() == nodes[0].name):
            self.name.setText(nodes[0].name)
        self._show_uses()
        self._show_initials(nodes)
        self._show_problems()
        self._show_shapes()

    def _show_name(self) -> None:
        """Show the name that the block has: one that was refused stays only while it is typed on."""
        project = self._document.project
        nodes = self._nodes() if self._ref in project.refs() else []
        if len(nodes) == 1 and self.name.text() != nodes[0].name:
            self.name.setText(nodes[0].name)

    def _hold(self, why: Message | None) -> None:
        """Switch everything off that a locked drawing refuses, with the reason."""
        for form in (self.form, self.options, self.initials):
            form.hold(why)
        for widget in (self.name, self.unique):
            if widget is not None:
                widget.setEnabled(why is None)
                widget.setToolTip(tip(say(why)) if why is not None else "")

    def _nodes(self) -> list[Node]:
        nodes = self._document.project.graph(self._ref).nodes
        return [nodes[id] for id in self.ids if id in nodes]

    def _names(self) -> Mapping[str, Value] | None:
        """Give the parameters that expressions can use: those of the composite around."""
        if self._ref.place != "composite":
            return None
        composite = self._document.project.composites[self._ref.name]
        return MappingProxyType(values_alone(composite))

    def _add_head(self, node: Node) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE_SMALL)
        picture = QLabel()
        shown = icon(family_icon(self.block), family_role(self.block))
        picture.setPixmap(shown.pixmap(QSize(22, 22)))
        title = label(role="heading", wrap=True)
        if len(self.ids) > 1:
            live(title.setText, "{count} × {title}", count=len(self.ids), title=_title(self.block, node))
        else:
            live(title.setText, "{title}", title=_title(self.block, node))
        head.addWidget(picture)
        head.addWidget(title, 1)
        self.help = QPushButton()
        self.help.setProperty("kind", "flat")
        live(self.help.setText, "Documentation")
        live_icon(self.help, "help", "accent")
        kept = self.help.sizePolicy()
        # The name below stands at one height for every block; a composite's own name needs the room.
        kept.setRetainSizeWhenHidden(not self.kind[1])
        self.help.setSizePolicy(kept)
        self.help.setVisible(bool(self.block.link))
        self.help.clicked.connect(self.open_help)
        head.addWidget(self.help)
        self._column.addLayout(head)
        self.name, self._typed_name = QLineEdit(), False
        leave_undo_to_window(self.name)
        self.name.setMaxLength(200)
        live(self.name.setPlaceholderText, "Name")
        live(self.name.setAccessibleName, "Name")
        self.name.textEdited.connect(self._rename)
        self.name.editingFinished.connect(self._settle_name)
        self.name.setVisible(len(self.ids) == 1)
        self._column.addWidget(self.name)
        doc = label(role="muted", wrap=True)
        if self.block.type == COMPOSITE:
            fixed(doc.setText, told(self.block))
        elif self.block.doc:
            live(doc.setText, self.block.doc)
        doc.setVisible(bool(self.block.doc))
        self._column.addWidget(doc)
        if self.block.code is not None:
            button = QPushButton()
            live(button.setText, "Edit the code…")
            live_icon(button, "code")
            name = node.type.removeprefix(PREFIX)
            button.clicked.connect(lambda: self._document.code_wanted.emit(name))
            self._column.addWidget(button)
        if node.type == COMPOSITE and self.block.known:
            button = QPushButton()
            live(button.setText, "Open the composite")
            live_icon(button, "composite")
            button.clicked.connect(lambda: self.open_composite.emit(node.composite))
            self._column.addWidget(button)
            self._column.addWidget(self._used)
            self.unique = QPushButton()
            live(self.unique.setText, "Give it its own copy")
            live_icon(self.unique, "duplicate")
            self.unique.clicked.connect(self._make_unique)
            self._column.addWidget(self.unique)

    def open_help(self) -> None:
        """Open the block's page of the library's documentation."""
        if self.block.link:
            QDesktopServices.openUrl(QUrl(self.block.link))

    def _add_shapes(self) -> None:
        fold = Fold("Shapes and cost")
        self._shapes = QGridLayout()
        self._shapes.setContentsMargins(SPACE_TINY, 0, 0, 0)
        self._shapes.setHorizontalSpacing(SPACE)
        self._shapes.setVerticalSpacing(SPACE_TINY)
        self._shapes.setColumnStretch(1, 1)
        fold.body.addLayout(self._shapes)
        self._column.addWidget(fold)

    def _add_options(self) -> None:
        options = [FROZEN, RATE, SHARES] if self._learns() else []
        if self.kind[0] not in ("input", "output"):
            options.append(BYPASS)
        if self.block.type == COMPOSITE:
            options.insert(0, REPEAT)
        self.options = Form(options, fields={"shares": self._make_weights})
        self.options.edited.connect(self._set_option)
        self.options.reset.connect(lambda name: self._set_option(name, usual(options, name)))
        if options:
            fold = Fold("In this network", opened=self.block.type == COMPOSITE)
            fold.add(self.options)
            self._column.addWidget(fold)

    def _learns(self) -> bool:
        """Tell whether the nodes have weights, as far as is known."""
        report = self._document.report(self._ref)
        rows = report.nodes if report is not None else {}
        known = [rows[id].parameters for id in self.ids if id in rows]
        if any(node.shares for node in self._nodes()):
            return True
        return self.block.call == "module" and (not known or any(number != 0 for number in known))

    def _make_weights(self, parameter: Parameter) -> Field:
        self._weights = WeightsField(parameter)
        return self._weights

    def _owners(self) -> Mapping[str, str]:
        """Give the blocks whose weights the nodes can use: id to name."""
        return {
            id: other.name
            for id, other in self._document.project.graph(self._ref).nodes.items()
            if (other.type, other.composite) == self.kind and id not in self.ids and not other.shares
        }

    def _make_unique(self) -> None:
        (node,) = self._nodes()
        self._document.attempt(
            Message("Give “{name}” its own copy", name=node.name),
            lambda project: make_unique(project, self._ref, node.id)[0],
        )

    def _show_uses(self) -> None:
        """Tell how many places an edit inside changes."""
        if self.unique is None:
            return
        places = len(uses(self._document.project, self.kind[1]))
        live(
            self._used.setText,
            "Used in {count} {count:place|places}: an edit inside changes all of them.",
            count=places,
        )
        self._used.setVisible(places > 1)
        self.unique.setVisible(places > 1 and len(self.ids) == 1)

    def _show_initials(self, nodes: Sequence[Node]) -> None:
        """Show how weights begin, once it is known which there are."""
        ways = {part: [node.initial.get(part) for node in nodes] for part in ("weight", "bias")}
        report = self._document.report(self._ref)
        rows = [report.nodes[node.id] for node in nodes if node.id in report.nodes] if report else []
        ranks: dict[str, frozenset[int]] = {}
        if any(row.weights for row in rows):
            from studio.compiler.initials import parts  # torch is there: it measured the blocks

            for part in ways:
                found = [parts(row.weights)[part] for row in rows]
                if any(found):
                    ranks[part] = frozenset(len(one.shape) for tensors in found for one in tensors)
        self.initials.show_values(ranks, ways)

    def _show_problems(self) -> None:
        report = self._document.report(self._ref)
        problems = tuple(p for p in report.problems if p.node in self.ids) if report is not None else ()
        if self._shown_problems is not None and problems == self._shown_problems:
            return
        self._shown_problems = problems
        _empty(self._problems)
        for problem in problems[:5]:
            self._problems.addWidget(ProblemCard(problem, self._document, place=len(self.ids) > 1))

    def problem_cards(self) -> list[ProblemCard]:
        """Give what is shown as wrong."""
        items = (self._problems.itemAt(index) for index in range(self._problems.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, ProblemCard)]

    def _show_shapes(self) -> None:
        report = self._document.report(self._ref)
        rows: list[tuple[str, str]] = []
        known = [report.nodes[id] for id in self.ids if id in report.nodes] if report is not None else []
        if len(known) == 1:
            node = known[0]
            for port in self.block.inputs:
                tensors = node.inputs.get(port.name, ())
                rows += [(tr("In {port}", port=port.name), str(tensor)) for tensor in tensors]
            for port in self.block.outputs:
                if port.name in node.outputs:
                    rows.append((tr("Out {port}", port=port.name), str(node.outputs[port.name])))
        if known:
            rows.append((tr("Parameters"), count(_total([node.parameters for node in known]))))
            rows.append((tr("Multiply-adds"), short(_total([node.multiply_adds for node in known]))))
        else:
            rows.append((tr("Shapes"), tr("Not known yet")))
        if rows == self._shape_rows:
            return
        self._shape_rows = rows
        _empty(self._shapes)
        for index, (name, value) in enumerate(rows):
            left, right = label(role="muted"), label()
            fixed(left.setText, name)
            fixed(right.setText, value)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._shapes.addWidget(left, index, 0)
            self._shapes.addWidget(right, index, 1)

    # -- editing ----------------------------------------------------------------------------------------

    def _each(self, name: Message, edit: Callable[[Project, str], Project], key: str) -> None:
        """Edit every chosen node as one step of the history."""

        def all_of(project: Project) -> Project:
            for id in self.ids:
                project = edit(project, id)
            return project

        what = f"node:{self._ref.place}:{self._ref.name}:{','.join(self.ids)}:{key}"
        if not self._document.attempt(name, all_of, what) and key != "name":
            self.refresh()  # what was refused does not stay in its field

    def _set(self, name: str, value: Value) -> None:
        if value is None and self.block.parameters[name].reads is not None:
            self._reset(name)
            return
        what = Message("Set {parameter}", parameter=self.block.parameters[name].said)
        self._each(what, lambda p, id: edits.set_parameters(p, self._ref, id, {name: value}), name)

    def _path(self) -> str:
        """Give the path of the block among the settings, by the name that it has now."""
        node = self._document.project.graph(self._ref).nodes[self.ids[0]]
        return f"{self._ref.place}s.{self._ref.name}.{node.name}"

    def _reset(self, name: str) -> None:
        what = Message("Reset {parameter}", parameter=self.block.parameters[name].said)
        self._each(what, lambda p, id: edits.reset_parameter(p, self._ref, id, name), name)

    def _set_option(self, name: str, value: Value) -> None:
        if name == "bypassed" and value is True:
            report = self._document.report(self._ref)
            why = next(filter(None, (refusal(node, self.block, report) for node in self._nodes())), None)
            if why is not None:
                self._document.failed.emit(why)
                self.refresh()
                return
        label = self.options.field(name).parameter.label
        what = Message("Set {parameter}", parameter=Message(label))
        self._each(what, lambda p, id: edits.change_node(p, self._ref, id, **{name: value}), f"own {name}")

    def _begin(self, part: str, initial: Initial | None, parameter: str) -> None:
        self._each(
            label_of(part),
            lambda p, id: edits.set_initial(p, self._ref, id, part, initial),
            f"initial {part} {parameter}",
        )

    def _rename(self, text: str) -> None:
        self._typed_name = True
        if text.strip():
            self._each(Message("Rename"), lambda p, id: edits.rename_node(p, self._ref, id, text), "name")

    def _settle_name(self) -> None:
        """Give the block a name of its own where what was typed is that of another."""
        nodes = self._nodes() if self._ref in self._document.project.refs() else []
        if self._typed_name and len(nodes) == 1:
            name = free_name(self._document, self._ref, nodes[0].id, nodes[0].name)
            if name != nodes[0].name:
                self._rename(name)
        self._typed_name = False
        self._show_name()


def _title(block: Block, node: Node) -> object:
    return spoken(node.composite) if node.type == COMPOSITE else Message(block.title)


def _total(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
