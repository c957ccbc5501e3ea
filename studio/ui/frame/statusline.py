"""The line at the bottom: what just happened, and what the network costs and where it runs."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar

from studio.graph import Message
from studio.project import GraphRef
from studio.ui.document import Document
from studio.ui.panels.devices import AUTO, Devices
from studio.ui.widgets.plain import label
from studio.ui.words.figures import count, short
from studio.ui.words.text import fixed, languages, live, say

SECONDS = 6
"""How long a message stays."""


class StatusLine(QStatusBar):
    """Counts at the right, messages at the left."""

    def __init__(self, document: Document, devices: Devices) -> None:
        """Show the main network."""
        super().__init__()
        self._document, self._devices = document, devices
        self._ref = GraphRef("network", document.project.main())
        self.setSizeGripEnabled(False)
        self.cost, self.device, self.state = label(), label(), label()
        for part in (self.state, self.cost, self.device):
            self.addPermanentWidget(part)
        document.analysed.connect(lambda _ref: self.refresh())
        document.changed.connect(lambda _change, _project: self.refresh())
        document.replaced.connect(lambda: self.show_graph(GraphRef("network", document.project.main())))
        document.analysis.ready_changed.connect(self.refresh)
        devices.changed.connect(self.refresh)
        languages.changed.connect(self.refresh)
        self.refresh()

    def tell(self, message: Message) -> None:
        """Say something that is not worth a click."""
        self.showMessage(say(message), SECONDS * 1000)

    def show_graph(self, ref: GraphRef) -> None:
        """Count another graph."""
        self._ref = ref
        self.refresh()

    def refresh(self) -> None:
        """Show the counts as they are now."""
        report = self._document.report(self._ref)
        ready = self._document.analysis.ready
        self.state.setVisible(not ready)
        if not ready:
            live(self.state.setText, "Loading PyTorch…")
        if report is None:
            fixed(self.cost.setText, "")
        elif report.parameters is None:
            live(self.cost.setText, "{count} {count:error|errors}", count=len(report.errors))
        else:
            live(
                self.cost.setText,
                "{parameters} {parameters:parameter|parameters} · {adds} {adds:multiply-add|multiply-adds}",
                parameters=count(report.parameters),
                adds=short(report.multiply_adds),
            )
        chosen = str(self._document.project.plan.loop.parameters.get("device", AUTO))
        found = self._devices.found
        name = next((device.name for device in found if device.id == chosen), chosen)
        fixed(
            self.device.setText, found[0].name if chosen == AUTO and found else "" if chosen == AUTO else name
        )
