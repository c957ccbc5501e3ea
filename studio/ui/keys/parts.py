"""From one part of the window to another by keys: round all that are seen, or straight to a panel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QScrollArea, QWidget
from shiboken6 import isValid

from studio.ui.frame.docks import PLACES
from studio.ui.keys.actions import Spec

if TYPE_CHECKING:
    from studio.ui.workspace import Workspace

GO = "go."
"""Begins the ids of the commands that go to a panel."""

DIGITS = "1234567890"

SPECS = (
    Spec("next_part", "Go to the next part of the window", ("F6",)),
    Spec("last_part", "Go to the part before", ("Shift+F6",)),
    *(
        Spec(GO + place.id, place.title, (f"Alt+{DIGITS[index]}",) if index < len(DIGITS) else ())
        for index, place in enumerate(PLACES)
    ),
)


class Parts(QObject):
    """Gives the keyboard to the canvas and to the panels, each time where it was there last."""

    def __init__(self, workspace: Workspace) -> None:
        """Add the commands to those of the window."""
        super().__init__(workspace)
        self._space = workspace
        self._left: dict[str, QWidget] = {}
        commands = workspace.commands
        commands.adopt(SPECS)
        commands.when("next_part", lambda: self._round(1))
        commands.when("last_part", lambda: self._round(-1))
        for place in PLACES:
            commands.when(GO + place.id, partial(self.go, place.id))

    def go(self, id: str) -> None:
        """Bring a panel to the front and give it the keyboard."""
        if not self._space.isVisible():
            return
        self._keep()
        self._space.docks.show(id)
        target = self._target(id)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(target, QLineEdit):
                target.selectAll()

    def _round(self, step: int) -> None:
        """Go to the next part that is seen; the canvas is one of them."""
        if not self._space.isVisible():
            return
        here = self._keep()
        parts = ["", *(place.id for place in PLACES if self._space.docks.in_front(place.id))]
        goal = parts[(parts.index(here) + step) % len(parts)] if here in parts else ""
        view = self._space.networks.view
        if goal:
            self.go(goal)
        elif view is not None:
            view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep(self) -> str:
        """Give the panel that has the keyboard, and remember where in it; the canvas is the empty name."""
        held = QApplication.focusWidget()
        for id, panel in self._space.panels.items():
            if held is not None and (held is panel or panel.isAncestorOf(held)):
                self._left[id] = held
                return id
        return ""

    def _target(self, id: str) -> QWidget | None:
        """Give what takes the keyboard in a panel: what had it last, else what can be worked with first."""
        panel = self._space.panels[id]
        left = self._left.get(id)
        if left is not None and not isValid(left):
            left = None  # its form is gone
        if left is not None and left.isEnabled() and left.isVisibleTo(panel) and panel.isAncestorOf(left):
            return left
        fitting = [
            widget
            for widget in panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.isVisibleTo(panel)
            and widget.focusProxy() is None
        ]
        # A list or a text before a button, and before what only scrolls.
        lists = [w for w in fitting if isinstance(w, QAbstractScrollArea) and not isinstance(w, QScrollArea)]
        lines = [widget for widget in fitting if isinstance(widget, QLineEdit)]
        own = panel if panel.focusPolicy() & Qt.FocusPolicy.TabFocus else None
        return next(iter([*lines, *lists, *fitting]), own)
