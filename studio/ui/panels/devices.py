"""Where a network can train: the devices of this machine, found once torch is there, and their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from studio.blocks import Parameter
from studio.ui.panels.fields import SHORT, Combo, Field, Mixed, Shown
from studio.ui.words.figures import size
from studio.ui.words.text import languages, tr

if TYPE_CHECKING:
    from studio.train import Device

AUTO = "auto"
"""The choice that leaves the device to the program: the fastest there is."""


class Devices(QObject):
    """The devices of this machine; empty until they were looked for."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without devices."""
        super().__init__(parent)
        self._found: tuple[Device, ...] = ()

    @property
    def found(self) -> tuple[Device, ...]:
        """The devices that torch reported."""
        return self._found

    def set_found(self, found: tuple[Device, ...]) -> None:
        """Tell every list which devices there are."""
        self._found = found
        self.changed.emit()

    def choices(self) -> list[tuple[str, str]]:
        """Give every choice as its name for a person and its id."""
        fastest = self._found[0].name if self._found else ""
        auto = tr("Automatic ({device})", device=fastest) if fastest else tr("Automatic")
        return [(auto, AUTO), *((_named(device), device.id) for device in self._found)]


def _named(device: Device) -> str:
    if device.memory_total:
        return f"{device.id} · {device.name} · {size(device.memory_total)}"
    return f"{device.id} · {device.name}" if device.name.lower() != device.id else device.id


class DeviceCombo(Combo):
    """A list of the devices of this machine, with the automatic choice first."""

    chosen = Signal(str)
    """A person chose a device, by its id."""

    def __init__(self, devices: Devices) -> None:
        """Make the list and keep it up to date."""
        super().__init__()
        self._devices = devices
        self._device = AUTO
        self.activated.connect(lambda: self.chosen.emit(self.currentData()))
        devices.changed.connect(self._fill)
        languages.changed.connect(self._fill)
        self._fill()

    def show_device(self, device: str) -> None:
        """Show a device as chosen; one that this machine does not have is shown as it is."""
        if device != self._device or device != self.currentData():
            self._device = device
            self._fill()

    def _fill(self) -> None:
        with QSignalBlocker(self):
            self.clear()
            for name, id in self._devices.choices():
                self.addItem(name, id)
                self.setItemData(self.count() - 1, tr("Automatic") if id == AUTO else id, SHORT)
            if self._device and self.findData(self._device) < 0:
                self.addItem(self._device, self._device)
            self.setCurrentIndex(self.findData(self._device))


class DeviceField(Field):
    """The device of the plan as a field of a form."""

    def __init__(self, parameter: Parameter, devices: Devices) -> None:
        """Make the list."""
        super().__init__(parameter)
        self.combo = DeviceCombo(devices)
        self.combo.chosen.connect(lambda device: self.edited.emit(device))
        self.setFocusProxy(self.combo)
        self.row.addWidget(self.combo, 1)

    def show_value(self, value: Shown) -> None:
        """Show a device."""
        self.combo.show_device("" if isinstance(value, Mixed) else str(value))
