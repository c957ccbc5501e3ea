"""Where dialogs begin to look: in a folder that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from studio.ui.files.filing import first_folder


def test_a_dialog_begins_in_the_first_folder_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, there = tmp_path / "gone", tmp_path / "there"
    there.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(gone))
    assert first_folder(None, str(gone), str(there)) == str(there)
    # A computer without a folder of documents.
    assert first_folder(str(gone), 3) == str(Path.home())
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    assert first_folder(None) == str(tmp_path)
