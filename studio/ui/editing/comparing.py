"""A comparison of what is drawn with another project, as colours on the canvas, until it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from studio.graph import Message
from studio.project import Change, Project
from studio.project.comparing import Difference, Kind, compare, tints
from studio.ui.document import Document
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import SPACE_SMALL, SPACE_TINY, theme, themes
from studio.ui.widgets.plain import label, tip
from studio.ui.words.text import live

if TYPE_CHECKING:
    from studio.ui.canvas import CanvasView
    from studio.ui.editing.networks import Networks

EDGE = 12
"""How far the line stands from the lower edge of the canvas."""

WORDS: dict[Kind, str] = {
    "added": "+ {count} added",
    "changed": "≠ {count} changed",
    "removed": "− {count} removed",
}


class Legend(QFrame):
    """Says over a canvas what it is compared with and how much differs; its cross leaves the comparison."""

    def __init__(self) -> None:
        """Make it; it stands on no canvas yet."""
        super().__init__()
        self.setProperty("kind", "card")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.title = label()
        self.counts: dict[Kind, QLabel] = {kind: label() for kind in WORDS}
        self.close_button = QToolButton()
        live_icon(self.close_button, "close")
        live(self.close_button.setToolTip, "Leave the comparison")
        live(self.close_button.setAccessibleName, "Leave the comparison")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_SMALL, SPACE_TINY, SPACE_TINY, SPACE_TINY)
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.title)
        for one in self.counts.values():
            row.addWidget(one)
        row.addWidget(self.close_button)
        themes.changed.connect(self._wear)
        self._wear()
        self.hide()

    def _wear(self) -> None:
        roles = {"added": "good", "changed": "warning", "removed": "error"}
        for kind, one in self.counts.items():
            one.setStyleSheet(f"color: {theme().colour(roles[kind])}; font-weight: bold;")
        self.setStyleSheet(
            f"Legend {{ background: {theme().raised}; border: 1px solid {theme().border_strong};"
            " border-radius: 6px; }"
        )


class Comparison(QObject):
    """The comparison of one window."""

    changed = Signal()
    """It was begun or left."""

    def __init__(self, document: Document, networks: Networks) -> None:
        """Begin without a comparison."""
        super().__init__(networks)
        self._document, self._networks = document, networks
        self._base: Project | None = None
        self._found: tuple[Difference, ...] = ()
        self._view: CanvasView | None = None
        self.legend = Legend()
        self.legend.close_button.clicked.connect(self.end)
        document.changed.connect(self._edited)
        document.replaced.connect(self.end)
        networks.shown.connect(self._show)

    @property
    def on(self) -> bool:
        """Whether a comparison is shown."""
        return self._base is not None

    @property
    def found(self) -> tuple[Difference, ...]:
        """What differs: from the other project to what is drawn."""
        return self._found

    def begin(self, base: Project, what: Message) -> None:
        """Show how what is drawn differs from another project.

        Args:
            base: the other project.
            what: its name for a person.
        """
        self._base = base
        live(self.legend.title.setText, "Compared with {what}", what=what)
        self._look()
        self.changed.emit()

    def end(self) -> None:
        """Leave the comparison."""
        if self._base is None:
            return
        self._base, self._found = None, ()
        self._clear()
        self.changed.emit()

    def _edited(self, change: Change, _project: Project) -> None:
        if self._base is not None and (change.computes() or change.moved or change.plan):
            self._look()

    def _look(self) -> None:
        if self._base is not None:
            self._found = compare(self._base, self._document.project)
            self._show()

    def _clear(self) -> None:
        view, self._view = self._view, None
        if view is not None:
            view.removeEventFilter(self)
            view.canvas.differing = None
            view.canvas.update()
        self.legend.hide()
        self.legend.setParent(None)

    def _show(self, *_: object) -> None:
        """Tint the canvas that is shown."""
        base, view = self._base, self._networks.view
        if base is None or view is None:
            return
        from studio.ui.canvas.differing import Differing  # with numpy: only where there is a canvas

        if view is not self._view:
            self._clear()
            self._view = view
            view.installEventFilter(self)
            self.legend.setParent(view)
        ref = view.canvas.ref
        found = tints(self._found, ref)
        gone: dict[str, tuple[float, float, str]] = {}
        if ref in base.refs():
            nodes, positions = base.graph(ref).nodes, base.layout_of(ref).positions
            for node, kind in found.items():
                if kind == "removed" and node in positions and node in nodes:
                    gone[node] = (*positions[node], nodes[node].name)
        view.canvas.differing = Differing(found, gone)
        view.canvas.update()
        for kind, counted in self.legend.counts.items():
            count = sum(one == kind for one in found.values())
            live(counted.setText, WORDS[kind], count=count)
            counted.setVisible(bool(count))
        self.legend.show()
        self.legend.raise_()
        self._place()

    def _place(self) -> None:
        view, legend = self._view, self.legend
        if view is not None:
            # In a narrow window the counts and the cross stand; what it is compared with is their tool tip.
            legend.title.show()
            legend.title.setVisible(legend.sizeHint().width() <= view.width() - 2 * EDGE)
            legend.setToolTip(tip(legend.title.text()))
            legend.adjustSize()
            legend.move(max((view.width() - legend.width()) // 2, 4), view.height() - legend.height() - EDGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the lower edge."""
        if watched is self._view and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
