"""The form of a composite: its name, what it is for, and the parameters that it offers."""

from __future__ import annotations

from collections.abc import Callable

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

from studio.blocks import Parameter
from studio.graph import Message, NetwrightError, Value
from studio.project import CompositeParameter, GraphRef, Project, block_of_composite, limits
from studio.project.definitions import rename_composite, uses
from studio.project.offering import (
    KINDS,
    add_parameter,
    change_parameter,
    remove_parameter,
    rename_parameter,
    set_doc,
)
from studio.ui.composites import told
from studio.ui.document import Document
from studio.ui.icons import icon, live_icon
from studio.ui.panels.fields import Combo, NumberField
from studio.ui.panels.number import leave_undo_to_window
from studio.ui.plain import Fold, label, line
from studio.ui.text import fixed, live, say, tr
from studio.ui.theme import SPACE_SMALL, SPACE_TINY

KIND_WORDS = {"int": "Whole number", "float": "Number"}

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
        if [(card.offered.name, card.offered.kind) for card in self.cards] != [
            (one.name, one.kind) for one in offered
        ]:
            self._rebuild(offered)
        for card, one in zip(self.cards, offered, strict=True):
            card.show_parameter(one)

    def _rebuild(self, offered: tuple[CompositeParameter, ...]) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ParameterCard(self.attempt, self.composite, one) for one in offered]
        for card in self.cards:
            self._list.addWidget(card)
            card.show()

    def attempt(
        self, what: Message, edit: Callable[[Project], Project], refusal: QLabel, key: str = ""
    ) -> bool:
        """Apply an edit of the definition; the reason of a refusal stands where it was asked for."""
        try:
            after = edit(self._document.project)
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
    ) -> None:
        """Make the inputs.

        Args:
            attempt: applies an edit, or says in the label why not.
            composite: whose parameter it is.
            offered: the parameter.
        """
        super().__init__()
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
        self.default: NumberField | QLabel
        if offered.kind in KINDS:
            declared = Parameter(offered.name, offered.kind, offered.default, "", title="Default")
            self.default = NumberField(declared)
            self.default.edited.connect(self._set_default)
            live(self.default.spin.setAccessibleName, "Default")
        else:
            self.default = label(role="muted")
        second.addWidget(self.kind, 1)
        second.addWidget(self.default, 1)
        self.doc = _line("What it does", tr(offered.doc))
        self.doc.setCursorPosition(0)
        self.doc.textEdited.connect(lambda text: self._change("doc", text))
        self.refusal = label(role="error", wrap=True)
        self.refusal.hide()
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.doc)
        column.addWidget(self.refusal)
        self.show_parameter(offered)

    def show_parameter(self, offered: CompositeParameter) -> None:
        """Show the parameter as it is now; what is being typed is left alone."""
        self.offered = offered
        if not self.name.isModified():
            self.name.setText(offered.name)
        self.kind.setCurrentIndex(self.kind.findData(offered.kind))
        if isinstance(self.default, NumberField):
            self.default.show_value(offered.default)
        else:
            fixed(self.default.setText, str(offered.default))
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

    def _set_default(self, value: Value) -> None:
        self._change("default", value)

    def _change(self, field: str, value: Value) -> None:
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


def shown_composite(project: Project, ref: GraphRef) -> bool:
    """Tell whether a graph is a composite of the project."""
    return ref.place == "composite" and ref.name in project.composites
