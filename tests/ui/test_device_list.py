"""The list of devices: its texts in little room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from studio.ui.looks import theme
from studio.ui.panels.devices import DeviceCombo, Devices


def test_list_of_devices_says_a_short_name_where_there_is_no_room(qtbot: QtBot) -> None:
    combo = DeviceCombo(Devices())
    qtbot.addWidget(combo)
    combo.setItemText(0, "Automatic (a processor with a very long name indeed)")
    combo.show()
    combo.resize(120, combo.sizeHint().height())
    narrow = combo.grab().toImage()
    combo.setItemText(0, "Automatic")
    assert combo.grab().toImage() == narrow
    combo.setItemText(0, "Automatic (a processor with a very long name indeed)")
    combo.resize(600, combo.sizeHint().height())
    wide = combo.grab().toImage()
    combo.setItemText(0, "Automatic")
    assert combo.grab().toImage() != wide


def test_list_uses_the_room_up_to_its_arrow(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    combo = DeviceCombo(Devices())
    qtbot.addWidget(combo)
    combo.resize(128, combo.sizeHint().height())
    combo.show()
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo)
    assert room.width() >= 84
    assert room.right() <= 128 - 26  # where the arrow begins
