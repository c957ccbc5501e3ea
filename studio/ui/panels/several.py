"""The form of chosen blocks of several types: what all of them have is edited at once, as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.blocks import Block, Parameter
from studio.graph import Message, Node, Value
from studio.project import GraphRef, Project, block_of, edits
from studio.project.locking import held
from studio.project.options import BYPASS, FROZEN, RATE
from studio.ui.document import Document
from studio.ui.editing.bypass import refusal
from studio.ui.looks.theme import SPACE_SMALL
from studio.ui.panels.fields import MIXED, Shown
from studio.ui.panels.form import Form
from studio.ui.panels.node_options import USUAL, agreed, usual
from studio.ui.panels.palette import title_of
from studio.ui.widgets.plain import Fold, label, line
from studio.ui.words.text import fixed, live


def shared(blocks: Sequence[Block]) -> list[Parameter]:
    """Give the parameters that all blocks have by one name and of one kind, with the range that suits all."""
    found: list[Parameter] = []
    for first in blocks[0].parameters.values():
        own = [block.parameters.get(first.name) for block in blocks]
        fitting = [one for one in own if one is not None and _alike(one, first)]
        if len(fitting) < len(blocks) or first.formula:
            continue
        lows = [one.low for one in fitting if one.low is not None]
        highs = [one.high for one in fitting if one.high is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        if low is None or high is None or low <= high:
            found.append(replace(first, low=low, high=high, advanced=False))
    return found


def _alike(one: Parameter, other: Parameter) -> bool:
    """Tell whether two parameters can be edited as one: typed by a person, and holding the same."""
    typed = not one.fixed and one.source is None and one.reads is None
    return typed and all(
        getattr(one, part) == getattr(other, part)
        for part in ("kind", "choices", "dims", "optional", "at_call", "unit", "said")
    )


class SeveralForm(QWidget):
    """Edits blocks of several types by what they share."""

    def __init__(self, document: Document, ref: GraphRef, ids: Sequence[str]) -> None:
        """Make the form.

        Args:
            document: the open project.
            ref: the graph.
            ids: the chosen nodes; all exist.
        """
        super().__init__()
        self._document, self._ref, self.ids = document, ref, tuple(ids)
        self._blocks = self._found()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        head, kinds = label(role="heading", wrap=True), label(role="muted", wrap=True)
        live(head.setText, "{count} blocks chosen", count=len(self.ids))
        counts = Counter(title_of(block) for block in self._blocks.values())
        fixed(kinds.setText, ", ".join(f"{count} × {title}" for title, count in counts.items()))
        column.addWidget(head)
        column.addWidget(kinds)
        self.parameters = shared(list(self._blocks.values()))
        self.form = Form(self.parameters, folded=False)
        self.form.edited.connect(self._set)
        self.form.reset.connect(self._reset)
        column.addWidget(line())
        if self.parameters:
            column.addWidget(self.form)
        else:
            told = label(role="muted", wrap=True)
            live(told.setText, "These blocks have no setting in common.")
            column.addWidget(told)
        self._options = [FROZEN, RATE] if self._learning() else []
        if self._passing():
            self._options.append(BYPASS)
        self.options = Form(self._options)
        self.options.edited.connect(self._set_option)
        self.options.reset.connect(lambda name: self._set_option(name, usual(self._options, name)))
        if self._options:
            fold = Fold("In this network")
            fold.add(self.options)
            column.addWidget(fold)
        column.addStretch(1)
        self.refresh()

    def fits(self, ids: Sequence[str]) -> bool:
        """Tell whether the form is that of some nodes, as they are declared now."""
        known = bool(self._learning()) == (FROZEN in self._options)
        return tuple(ids) == self.ids and self._found() == self._blocks and known

    def refresh(self) -> None:
        """Show the nodes as they are now."""
        nodes = self._nodes()
        why = held(self._document.project, self._ref)
        self.form.hold(why)
        self.options.hold(why)
        values: dict[str, Shown] = {}
        for parameter in self.parameters:
            name = parameter.name
            values[name] = agreed([self._value(node, name) for node in nodes])
        by_hand = {name for node in nodes for name in node.parameters}
        self.form.show_values(values, by_hand)
        own: dict[str, Shown] = {}
        for option in self._options:
            own[option.name] = agreed([getattr(node, option.name) for node in self._of(option.name)])
        changed = {name for node in nodes for name, is_usual in USUAL if getattr(node, name) != is_usual}
        self.options.show_values(own, changed)

    def mixed(self, name: str) -> bool:
        """Tell whether the nodes do not agree on a parameter."""
        return agreed([self._value(node, name) for node in self._nodes()]) is MIXED

    def _found(self) -> dict[str, Block]:
        project = self._document.project
        graph = project.graph(self._ref)
        return {id: block_of(project, graph, graph.nodes[id]) for id in self.ids if id in graph.nodes}

    def _nodes(self) -> list[Node]:
        nodes = self._document.project.graph(self._ref).nodes
        return [nodes[id] for id in self.ids if id in nodes]

    def _value(self, node: Node, name: str) -> Value:
        return node.parameters.get(name, self._blocks[node.id].parameters[name].unset)

    def _learning(self) -> list[Node]:
        """Give the nodes that have weights, as far as is known."""
        report = self._document.report(self._ref)
        rows = report.nodes if report is not None else {}
        return [
            node
            for node in self._nodes()
            if self._blocks[node.id].call == "module"
            and (node.id not in rows or rows[node.id].parameters != 0)
        ]

    def _passing(self) -> list[Node]:
        return [node for node in self._nodes() if node.type not in ("input", "output")]

    def _of(self, option: str) -> list[Node]:
        """Give the nodes that an option is about."""
        return self._passing() if option == BYPASS.name else self._learning()

    def _each(
        self, label: Message, ids: Sequence[str], edit: Callable[[Project, str], Project], key: str
    ) -> None:
        """Edit nodes as one step of the history."""

        def all_of(project: Project) -> Project:
            for id in ids:
                project = edit(project, id)
            return project

        what = f"several:{self._ref.place}:{self._ref.name}:{','.join(self.ids)}:{key}"
        if not self._document.attempt(label, all_of, what):
            self.refresh()  # what was refused does not stay in its field

    def _said(self, name: str) -> object:
        return next(one.said for one in self.parameters if one.name == name)

    def _set(self, name: str, value: Value) -> None:
        what = Message(
            "Set {parameter} of {count} {count:block|blocks}", parameter=self._said(name), count=len(self.ids)
        )
        self._each(what, self.ids, lambda p, id: edits.set_parameters(p, self._ref, id, {name: value}), name)

    def _reset(self, name: str) -> None:
        what = Message(
            "Reset {parameter} of {count} {count:block|blocks}",
            parameter=self._said(name),
            count=len(self.ids),
        )
        self._each(what, self.ids, lambda p, id: edits.reset_parameter(p, self._ref, id, name), name)

    def _set_option(self, name: str, value: Value) -> None:
        nodes = self._of(name)
        if name == BYPASS.name and value is True:
            report = self._document.report(self._ref)
            why = {node.id: refusal(node, self._blocks[node.id], report) for node in nodes}
            told = next(filter(None, why.values()), None)
            if told is not None:
                self._document.failed.emit(told)
            nodes = [node for node in nodes if why[node.id] is None]
        if not nodes:
            self.refresh()
            return
        title = Message(self.options.field(name).parameter.label)
        what = Message("Set {parameter} of {count} {count:block|blocks}", parameter=title, count=len(nodes))
        ids = [node.id for node in nodes]
        self._each(
            what, ids, lambda p, id: edits.change_node(p, self._ref, id, **{name: value}), f"own {name}"
        )


def kinds_of(project: Project, ref: GraphRef, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Give the types of nodes, composites by their definitions."""
    nodes = project.graph(ref).nodes
    return {(nodes[id].type, nodes[id].composite) for id in ids}
