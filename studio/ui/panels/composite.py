"""The form of a composite: its name, what it is for, and the parameters that it offers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.blocks import FromInput, Parameter
from studio.graph import Message, NetwrightError, Node, Value
from studio.project import Composite, CompositeParameter, GraphRef, Project, block_of_composite, limits
from studio.project.definitions import rename_composite, uses
from studio.project.locking import refuse_locked
from studio.project.offering import (
    KINDS,
    add_parameter,
    change_parameter,
    remove_parameter,
    rename_parameter,
    set_doc,
)
from studio.ui.document import Document
from studio.ui.editing.composites import told
from studio.ui.looks.icons import icon, live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY
from studio.ui.panels.fields import Combo, field_for
from studio.ui.panels.number import leave_undo_to_window
from studio.ui.widgets.plain import Fold, label, line
from studio.ui.words.text import fixed, live, say, tr

KIND_WORDS = {
    "int": "Whole number",
    "float": "Number",
    "bool": "Yes or no",
    "choice": "Choice or text",
    "size": "Size or pair of sizes",
}

DIMENSIONS = (1, 2, 3, 4, -2, -1)
"""The dimensions that a size can be read off; the batch is 0."""

DOC_HEIGHT = 76


class CompositeForm(QWidget):
    """Edits a definition; every use of it changes at once, and every edit can be undone."""

    renamed = Signal(str)
    """The composite has this name now."""

    def __init__(self, document: Document, name: str) -> None:
        """Make the form.

        Args:
            document: the open project.
            name: the composite; it exists.
        """
        super().__init__()
        self._document, self.composite = document, name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        head = QHBoxLayout()
        head.setSpacing(SPACE_SMALL)
        picture = QLabel()
        picture.setPixmap(icon("family_composite", "composite").pixmap(QSize(22, 22)))
        head.addWidget(picture)
        head.addWidget(label("Composite", "heading"), 1)
        column.addLayout(head)
        self.name = _line("Name", name)
        self.name.editingFinished.connect(self._rename)
        column.addWidget(self.name)
        self.refusal = label(role="error", wrap=True)
        self.refusal.hide()
        column.addWidget(self.refusal)
        self.doc = QPlainTextEdit()
        leave_undo_to_window(self.doc)
        self.doc.setTabChangesFocus(True)
        self.doc.setFixedHeight(DOC_HEIGHT)
        live(self.doc.setPlaceholderText, "What it is for")
        live(self.doc.setAccessibleName, "What it is for")
        self.doc.textChanged.connect(self._set_doc)
        column.addWidget(self.doc)
        self.used, self.told = label(role="muted", wrap=True), label(role="muted", wrap=True)
        column.addWidget(self.used)
        column.addWidget(self.told)
        column.addWidget(line())
        fold = Fold("Parameters")
        fold.add(
            label(
                "Blocks inside use them in arithmetic such as 2*d_model; each use sets them.",
                "muted",
                wrap=True,
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_SMALL)
        fold.body.addLayout(self._list)
        self.add = QPushButton()
        live(self.add.setText, "Add a parameter")
        live_icon(self.add, "add")
        self.add.clicked.connect(self._add)
        fold.add(self.add)
        column.addWidget(fold)
        column.addStretch(1)
        self.cards: list[ParameterCard] = []
        self.refresh()

    def refresh(self) -> None:
        """Show the definition as it is now."""
        project = self._document.project
        definition = project.composites[self.composite]
        if not self.name.hasFocus() or not self.name.isModified():
            self.name.setText(self.composite)
        doc = told(block_of_composite(self.composite, definition))
        if self.doc.toPlainText() != doc:
            with QSignalBlocker(self.doc):
                self.doc.setPlainText(doc)
        places = uses(project, self.composite)
        graph = definition.graph
        live(
            self.used.setText,
            "Used in {count} {count:place|places}: an edit inside changes all of them."
            if len(places) > 1
            else "Used in one place."
            if places
            else "Used nowhere.",
            count=len(places),
        )
        live(
            self.told.setText,
            "Its inputs ({inputs}) and outputs ({outputs}) are its Input and Output blocks.",
            inputs=", ".join(node.name for node in graph.of_type("input")) or "–",
            outputs=", ".join(node.name for node in graph.of_type("output")) or "–",
        )
        offered = definition.parameters
        own = _declared(definition)
        ports = {node.name: _example(node) for node in graph.of_type("input")}
        if [card.made_for for card in self.cards] != [_form_of(own[one.name], ports) for one in offered]:
            self._rebuild(offered, own, ports)
        for card, one in zip(self.cards, offered, strict=True):
            card.show_parameter(one)

    def _rebuild(
        self,
        offered: tuple[CompositeParameter, ...],
        own: Mapping[str, Parameter],
        ports: Mapping[str, int],
    ) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [
            ParameterCard(self.attempt, self.composite, one, own[one.name], ports) for one in offered
        ]
        for card in self.cards:
            self._list.addWidget(card)
            card.show()

    def attempt(
        self, what: Message, edit: Callable[[Project], Project], refusal: QLabel, key: str = ""
    ) -> bool:
        """Apply an edit of the definition; the reason of a refusal stands where it was asked for."""
        try:
            after = edit(self._document.project)
            refuse_locked(self._document.project, after)
        except NetwrightError as refused:
            fixed(refusal.setText, say(refused.message))
            refusal.show()
            return False
        refusal.hide()
        self._document.do(what, after, f"composite:{self.composite}:{key}" if key else "")
        return True

    def _rename(self) -> None:
        new = self.name.text().strip()
        if not self.name.isModified() or new == self.composite:
            return
        self.name.setModified(False)
        old = self.composite

        def edit(project: Project) -> Project:
            return rename_composite(project, old, new)

        if self.attempt(Message("Rename “{name}”", name=old), edit, self.refusal):
            self.renamed.emit(new)

    def _set_doc(self) -> None:
        text = self.doc.toPlainText()[: limits.TEXT]
        self.attempt(
            Message("Say what “{name}” is for", name=self.composite),
            lambda project: set_doc(project, self.composite, text),
            self.refusal,
            "doc",
        )

    def _add(self) -> None:
        self.attempt(
            Message("Add a parameter"),
            lambda project: add_parameter(project, self.composite)[0],
            self.refusal,
        )
        if self.cards:
            self.cards[-1].name.setFocus()
            self.cards[-1].name.selectAll()


class ParameterCard(QFrame):
    """One parameter of a composite: its name, kind, default and help."""

    def __init__(
        self,
        attempt: Callable[[Message, Callable[[Project], Project], QLabel, str], bool],
        composite: str,
        offered: CompositeParameter,
        declared: Parameter,
        ports: Mapping[str, int],
    ) -> None:
        """Make the inputs.

        Args:
            attempt: applies an edit, or says in the label why not.
            composite: whose parameter it is.
            offered: the parameter.
            declared: what it takes where it is set.
            ports: the inputs of the composite, each with the dimension that is its features or channels.
        """
        super().__init__()
        self.made_for, self._ports = _form_of(declared, ports), ports
        self._attempt, self._composite, self.offered = attempt, composite, offered
        self.setProperty("kind", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_SMALL, SPACE_SMALL, SPACE_SMALL, SPACE_SMALL)
        column.setSpacing(SPACE_TINY)
        first, second = QHBoxLayout(), QHBoxLayout()
        self.name = _line("Name of the parameter", offered.name)
        self.name.editingFinished.connect(self._rename)
        self.remove = QToolButton()
        live_icon(self.remove, "delete", "muted")
        live(self.remove.setToolTip, "Remove the parameter")
        live(self.remove.setAccessibleName, "Remove the parameter")
        self.remove.clicked.connect(self._remove)
        first.addWidget(self.name, 1)
        first.addWidget(self.remove)
        self.kind = Combo()
        live(self.kind.setAccessibleName, "Kind of the parameter")
        for kind in dict.fromkeys((*KINDS, offered.kind)):
            self.kind.addItem(say(Message(KIND_WORDS.get(kind, kind))), kind)
        self.kind.activated.connect(lambda: self._change("kind", self.kind.currentData()))
        self.default = field_for(declared)
        self.default.edited.connect(lambda value: self._change("default", value))
        live((self.default.focusProxy() or self.default).setAccessibleName, "Default")
        second.addWidget(self.kind, 1)
        second.addWidget(self.default, 1)
        third = QHBoxLayout()
        self.port, self.dim = Combo(), Combo()
        live(self.port.setAccessibleName, "Where its value comes from")
        self.port.addItem(tr("Its default"), "")
        for port in ports:
            self.port.addItem(tr("Size at “{port}”", port=port), port)
        self.port.activated.connect(lambda: self._read(self.port.currentData()))
        live(self.dim.setAccessibleName, "Dimension")
        for dim in dict.fromkeys((*DIMENSIONS, offered.from_input.dim if offered.from_input else 1)):
            self.dim.addItem(tr("Dimension {number}", number=dim) if dim != -1 else tr("The last one"), dim)
        self.dim.activated.connect(lambda: self._read(self.port.currentData(), self.dim.currentData()))
        third.addWidget(self.port, 1)
        third.addWidget(self.dim, 1)
        self.doc = _line("What it does", tr(offered.doc))
        self.doc.setCursorPosition(0)
        self.doc.textEdited.connect(lambda text: self._change("doc", text))
        self.refusal = label(role="error", wrap=True)
        self.refusal.hide()
        column.addLayout(first)
        column.addLayout(second)
        column.addLayout(third)
        column.addWidget(self.doc)
        column.addWidget(self.refusal)
        self.show_parameter(offered)

    def show_parameter(self, offered: CompositeParameter) -> None:
        """Show the parameter as it is now; what is being typed is left alone."""
        self.offered = offered
        if not self.name.isModified():
            self.name.setText(offered.name)
        self.kind.setCurrentIndex(self.kind.findData(offered.kind))
        reads = offered.from_input if offered.from_input and offered.from_input.port in self._ports else None
        self.default.show_value(offered.default)
        self.port.setVisible(offered.kind == "int" and bool(self._ports))
        self.port.setCurrentIndex(self.port.findData(reads.port if reads else ""))
        self.dim.setVisible(reads is not None)
        self.default.setVisible(reads is None)
        if reads is not None:
            self.dim.setCurrentIndex(self.dim.findData(reads.dim))
        if self.doc.text() != tr(offered.doc):
            self.doc.setText(tr(offered.doc))
            self.doc.setCursorPosition(0)

    def _rename(self) -> None:
        new, old = self.name.text().strip(), self.offered.name
        if not self.name.isModified():
            return
        self.name.setModified(False)
        if new == old:
            self.refusal.hide()
            return
        self._attempt(
            Message("Rename the parameter “{name}”", name=old),
            lambda project: rename_parameter(project, self._composite, old, new),
            self.refusal,
            "",
        )

    def _remove(self) -> None:
        name = self.offered.name
        self._attempt(
            Message("Remove the parameter “{name}”", name=name),
            lambda project: remove_parameter(project, self._composite, name),
            self.refusal,
            "",
        )

    def _read(self, port: str, dim: int | None = None) -> None:
        """Let the value be read off an input; without a name, be what is set."""
        found = FromInput(port, dim if dim is not None else self._ports[port]) if port else None
        if found != self.offered.from_input:
            self._change("from_input", found)

    def _change(self, field: str, value: Value | FromInput) -> None:
        name = self.offered.name
        self._attempt(
            Message("Change the parameter “{name}”", name=name),
            lambda project: change_parameter(project, self._composite, name, **{field: value}),
            self.refusal,
            f"{name} {field}",
        )


def _line(template: str, text: str) -> QLineEdit:
    made = QLineEdit(text)
    leave_undo_to_window(made)
    made.setMaxLength(limits.NAME)
    live(made.setPlaceholderText, template)
    live(made.setAccessibleName, template)
    return made


def _declared(definition: Composite) -> Mapping[str, Parameter]:
    """Give what the parameters take where they are set, whether something is read off or not."""
    bare = tuple(dataclasses.replace(one, from_input=None) for one in definition.parameters)
    return block_of_composite("", dataclasses.replace(definition, parameters=bare)).parameters


def _example(node: Node) -> int:
    """Give the dimension of an input that is its channels, or else its features."""
    shape = node.parameters.get("shape", (1, 28, 28))
    return 1 if isinstance(shape, tuple) and len(shape) > 2 else -1


def _form_of(declared: Parameter, ports: Mapping[str, int]) -> object:
    """Give what the inputs of a parameter are made for: where it differs, they are made anew."""
    return declared.name, declared.kind, declared.choices, declared.dims, tuple(ports.items())


def shown_composite(project: Project, ref: GraphRef) -> bool:
    """Tell whether a graph is a composite of the project."""
    return ref.place == "composite" and ref.name in project.composites
