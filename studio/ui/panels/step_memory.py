"""One line on the memory that a step of training takes, held against what the device has free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from studio.project import Project
from studio.ui.looks.stylesheet import restyle
from studio.ui.panels.devices import AUTO, Devices
from studio.ui.widgets.plain import narrowing
from studio.ui.words.figures import count, size
from studio.ui.words.text import live

if TYPE_CHECKING:
    from studio.compiler import Report
    from studio.train import Device


class StepMemory(QLabel):
    """Says what a step takes; hidden where that is not known."""

    def __init__(self, devices: Devices | None) -> None:
        """Begin hidden.

        Args:
            devices: where this machine can train.
        """
        super().__init__()
        self._devices = devices
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(narrowing())
        self.setProperty("role", "muted")
        self.hide()

    def show_report(self, project: Project, report: Report | None) -> None:
        """Tell the memory of a step of a project's plan, by the report of its network."""
        found = None
        if report is not None:
            from studio.compiler.footprint import footprint  # loaded with the compiler, which made the report

            found = footprint(project, report)
        self.setVisible(found is not None)
        if found is None:
            return
        device = self._device(project)
        free = _free(device) if device is not None else None
        much = found.total is not None and free is not None and found.total > free
        self._wear("warning" if much else "muted")
        batch, total = count(found.batch), size(found.total)
        if much and device is not None:
            live(
                self.setText,
                "A training step of {batch} {batch:sample|samples} takes about {total}, but {device} has only"
                " {free} free: make the batch or the network smaller.",
                batch=batch,
                total=total,
                device=device.id,
                free=size(free),
            )
            return
        parts = {
            "weights": size(found.weights),
            "gradients": size(found.gradients),
            "optimizer": size(found.optimizer),
            "activations": size(found.activations),
        }
        if device is None or free is None:
            live(
                self.setText,
                "A training step of {batch} {batch:sample|samples} takes about {total}: weights {weights},"
                " gradients {gradients}, optimizer {optimizer}, activations {activations}",
                batch=batch,
                total=total,
                **parts,
            )
        else:
            live(
                self.setText,
                "A training step of {batch} {batch:sample|samples} takes about {total}: weights {weights},"
                " gradients {gradients}, optimizer {optimizer}, activations {activations}"
                " · {free} free on {device}",
                batch=batch,
                total=total,
                device=device.id,
                free=size(free),
                **parts,
            )

    def _wear(self, role: str) -> None:
        if self.property("role") != role:
            self.setProperty("role", role)
            restyle(self)

    def _device(self, project: Project) -> Device | None:
        """Give the device that the plan would train on."""
        found = self._devices.found if self._devices is not None else ()
        name = project.plan.loop.parameters.get("device", AUTO)
        if name in (AUTO, ""):
            return next(iter(found), None)
        return next((device for device in found if name in (device.id, device.kind)), None)


def _free(device: Device) -> int | None:
    """Give the memory that a device has free: of this computer now, of an accelerator when it was found."""
    if device.kind != "cpu":
        return device.memory_free
    from studio.data.memory import memory  # imports torch, which has found the device

    return memory().free
