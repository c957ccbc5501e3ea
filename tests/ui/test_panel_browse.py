"""A path is looked for as what its source reads: a file, a folder, or either, as a person chooses."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from studio.blocks import find
from studio.ui.panels.fields import FolderField


@pytest.mark.parametrize(
    ("source", "offered"),
    [("table", ["/a/file"]), ("mnist", ["/a/folder"]), ("text", ["/a/file", "/a/folder"])],
)
def test_a_path_is_looked_for_as_what_is_read(
    source: str, offered: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = find(source, "data")
    assert declared is not None
    field = FolderField(declared.parameters["folder"])
    qtbot.addWidget(field)
    field.show()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/a/file", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/a/folder")
    edited: list[object] = []
    field.edited.connect(edited.append)
    for place in range(len(offered)):
        field.browse.click()
        menus = [menu for menu in field.findChildren(QMenu) if menu.isVisible()]
        if len(offered) > 1:
            (menu,) = menus
            menu.actions()[place].trigger()
            menu.close()
            qtbot.waitUntil(lambda: not [menu for menu in field.findChildren(QMenu) if menu.isVisible()])
        else:
            assert menus == []
        assert field.line.text() == offered[place]
    assert edited == offered
