"""What the window remembers: kept as text, written whole, and never a reason not to start."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.ui import settings
from studio.ui.settings import MAX_RECENT, Recent, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "settings.json"


def test_without_a_file_there_are_defaults(path: Path) -> None:
    fresh = Settings(path)
    assert (fresh.language, fresh.theme, fresh.geometry, fresh.window_state) == ("", "system", b"", b"")
    assert fresh.recent() == []
    assert fresh.get("anything", 3) == 3
    assert not path.exists()


def test_choices_are_found_again(path: Path) -> None:
    first = Settings(path)
    first.language = "zh_CN"
    first.theme = "dark"
    first.geometry = bytes(range(256))
    first.window_state = b"\0state"
    assert first.set("training.smoothing", 0.6)
    again = Settings(path)
    assert (again.language, again.theme) == ("zh_CN", "dark")
    assert (again.geometry, again.window_state) == (bytes(range(256)), b"\0state")
    assert again.get("training.smoothing") == 0.6


def test_the_file_is_plain_json_text(path: Path) -> None:
    Settings(path).geometry = b"\xff\0"
    assert json.loads(path.read_text(encoding="utf-8")) == {"geometry": "/wA="}


def test_the_usual_place_is_the_persons_configuration() -> None:
    assert settings.default_path().name == "settings.json"
    assert settings.default_path().parent.name == "netwright"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"null",
        b"\xff\xfe\0",
        b"[" * 100_000,
        b'{"language": 3, "theme": ["dark"], "geometry": "!!", "window_state": 1, "recent": "x"}',
        b'{"recent": [1, null, {}, ""], "theme": "pink", "geometry": "\xc3\xa9"}',
    ],
)
def test_a_damaged_file_gives_the_defaults(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    found = Settings(path)
    assert (found.language, found.theme, found.geometry, found.window_state) == ("", "system", b"", b"")
    assert found.recent() == []
    found.language = "en"
    assert Settings(path).language == "en"


def test_a_huge_file_is_not_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"language": "en"}' + " " * (4 << 20), encoding="utf-8")
    assert Settings(path).language == ""


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_start(tmp_path_factory: pytest.TempPathFactory, damage: bytes) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    file.write_bytes(damage)
    assert isinstance(Settings(file).recent(), list)


def test_recent_files_are_latest_first_without_repeats(path: Path, tmp_path: Path) -> None:
    kept = Settings(path)
    for number in range(MAX_RECENT + 3):
        kept.add_recent(tmp_path / f"{number}.netwright")
    kept.add_recent(tmp_path / "5.netwright")
    names = [entry.path.stem for entry in Settings(path).recent()]
    assert names == ["5", "14", "13", "12", "11", "10", "9", "8", "7", "6", "4", "3"]
    assert len(names) == MAX_RECENT


def test_missing_recent_files_are_flagged_and_kept(path: Path, tmp_path: Path) -> None:
    here = tmp_path / "here.netwright"
    here.write_text("", encoding="utf-8")
    kept = Settings(path)
    kept.add_recent(tmp_path / "gone.netwright")
    kept.add_recent(here)
    assert kept.recent() == [Recent(here, missing=False), Recent(tmp_path / "gone.netwright", missing=True)]
    here.unlink()
    assert [entry.missing for entry in kept.recent()] == [True, True]
    kept.remove_recent(here)
    assert [entry.path.name for entry in kept.recent()] == ["gone.netwright"]
    kept.clear_recent()
    assert Settings(path).recent() == []


def test_a_recent_path_that_no_file_can_have_is_missing(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"recent": ["/a\0b", "x" * 5000]}), encoding="utf-8")
    assert [entry.missing for entry in Settings(path).recent()] == [True, True]


def test_two_windows_do_not_undo_each_other(path: Path) -> None:
    one, other = Settings(path), Settings(path)
    one.language = "zh_CN"
    other.theme = "dark"
    again = Settings(path)
    assert (again.language, again.theme) == ("zh_CN", "dark")


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Settings(path)
    kept.language = "en"

    def no_space(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as fault:
        fault.setattr(os, "fsync", no_space)
        assert not kept.set("language", "zh_CN")
    assert kept.language == "zh_CN"
    assert Settings(path).language == "en"
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]
    assert kept.set("other", 1)
    assert Settings(path).language == "zh_CN"


def test_an_unchanged_value_is_not_written_again(path: Path) -> None:
    kept = Settings(path)
    kept.language = "en"
    before = path.stat().st_ino
    kept.language = "en"
    assert path.stat().st_ino == before
