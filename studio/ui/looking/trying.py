"""Lets a sample that was tried on a judged network flow through the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from studio.ui.workspace import Workspace


class Trying(QObject):
    """Brings the sample of the evaluation to the pictures on the canvas, and keeps them with it."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen.

        Args:
            workspace: the window's parts.
        """
        super().__init__(workspace)
        self._workspace = workspace
        workspace.evaluation.flow_wanted.connect(self._flow)
        workspace.judge.answered.connect(self._follow)

    def _flow(self) -> None:
        """Show the sample on the canvas, and switch its pictures on."""
        flowing, tried = self._workspace.flowing, self._workspace.judge.tried
        if tried is None:
            return
        flowing.follow(tried)
        if not flowing.on:
            flowing.toggle()

    def _follow(self) -> None:
        """While a sample of a person's own is shown, the next one is shown in its place."""
        flowing, tried = self._workspace.flowing, self._workspace.judge.tried
        if flowing.choice.own is not None and tried is not None and tried.index is None:
            flowing.follow(tried)
