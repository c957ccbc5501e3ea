"""Saving: the old file or the new one, told why when it fails, and nothing left lying about."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from studio.project import atomic, process
from studio.project.atomic import (
    AtomicWriteError,
    backup_of,
    write_atomically,
    write_folder_atomically,
    write_path_atomically,
)

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = b"old", b"new content"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    file = tmp_path / "a.bin"
    file.write_bytes(OLD)
    return file


def failing(number: int) -> Any:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


# -- what is written -----------------------------------------------------------------------------------


def test_bytes_streams_and_paths_are_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", NEW)
    write_atomically(
        str(tmp_path / "b"), lambda file: [file.write(part) for part in (b"new", b" ", b"content")]
    )
    write_path_atomically(tmp_path / "c.txt", lambda path: path.with_suffix(".txt").write_bytes(NEW))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a": NEW, "b": NEW, "c.txt": NEW}
    write_atomically(tmp_path / "a", b"")
    assert (tmp_path / "a").read_bytes() == b""


def test_a_library_can_write_a_zip_into_the_stream(tmp_path: Path) -> None:
    def fill(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("a", NEW)

    write_atomically(tmp_path / "a.zip", fill)
    assert zipfile.ZipFile(tmp_path / "a.zip").read("a") == NEW


def test_the_previous_file_is_kept_once(target: Path) -> None:
    write_atomically(target, NEW)
    assert names(target.parent) == ["a.bin", "a.bin~"]
    assert backup_of(target).read_bytes() == OLD
    write_atomically(target, b"newer")
    assert backup_of(target).read_bytes() == NEW
    write_atomically(target, b"newest", backup=False)
    assert backup_of(target).read_bytes() == NEW
    assert target.read_bytes() == b"newest"


def test_a_file_system_without_links_keeps_a_copy(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    write_atomically(target, NEW)
    assert backup_of(target).read_bytes() == OLD
    assert names(target.parent) == ["a.bin", "a.bin~"]


def test_the_longest_name_has_a_backup_too(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 251 + ".txt")
    write_atomically(file, OLD)
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW
    assert backup_of(file).read_bytes() == OLD
    assert len(names(tmp_path)) == 2


def test_mode_and_link_stay(target: Path) -> None:
    target.chmod(0o640)
    link = target.with_name("link")
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    hanging = target.with_name("hanging")
    hanging.symlink_to(target.with_name("made"))
    write_atomically(hanging, NEW)
    assert target.with_name("made").read_bytes() == NEW


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_threads_can_save_one_file(target: Path) -> None:
    contents = [bytes([letter]) * 50_000 for letter in b"abcdefgh"]
    threads = [threading.Thread(target=write_atomically, args=(target, content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert target.read_bytes() in contents
    assert names(target.parent) == ["a.bin", "a.bin~"]


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "export"
    seen: list[list[str]] = []

    def fill(folder: Path) -> None:
        (folder / "inner").mkdir()
        seen.append(names(target) if target.exists() else [])
        (folder / "inner" / "a").write_bytes(NEW)

    write_folder_atomically(target, fill)
    assert (target / "inner" / "a").read_bytes() == NEW
    assert names(tmp_path) == ["export"]
    with pytest.raises(AtomicWriteError, match="already there"):
        write_folder_atomically(target, fill)
    (target / "old").write_bytes(OLD)
    write_folder_atomically(target, fill, replace=True)
    assert names(target) == ["inner"]
    assert names(tmp_path) == ["export", "export~"]
    assert (tmp_path / "export~" / "old").read_bytes() == OLD
    write_folder_atomically(target, fill, replace=True)
    assert names(tmp_path) == ["export", "export~"]
    assert seen == [[], ["inner", "old"], ["inner"]]  # while the new one was written
    file = tmp_path / "file"
    file.write_bytes(OLD)
    with pytest.raises(AtomicWriteError, match="already there"):
        write_folder_atomically(file, fill, replace=True)
    assert file.read_bytes() == OLD


# -- failures ------------------------------------------------------------------------------------------

KINDS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOENT: "gone",
    errno.ENAMETOOLONG: "name",
    errno.EIO: "other",
}


@pytest.mark.parametrize("number", KINDS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "chmod"])
def test_a_failing_call_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(AtomicWriteError) as caught:
        write_atomically(target, NEW)
    monkeypatch.undo()
    assert caught.value.kind == KINDS[number]
    assert target.read_bytes() == OLD
    assert set(names(target.parent)) <= {"a.bin", "a.bin~"}
    assert "\n" not in str(caught.value)


def test_every_failure_says_what_to_do(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {}
    for number, kind in KINDS.items():
        monkeypatch.setattr(os, "replace", failing(number))
        with pytest.raises(AtomicWriteError) as caught:
            write_atomically(target, NEW, backup=False)
        said[kind] = str(caught.value)
    folder = target.parent
    assert said == {
        "full": f"There is no space left in {folder}. Free some space or save somewhere else; "
        "nothing on the disk has changed.",
        "read_only": f"“a.bin” cannot be written in {folder}: it is read-only. Save somewhere else.",
        "gone": f"The folder {folder} is not there. Save somewhere else.",
        "name": "“a.bin” cannot be the name of a file here. Choose a shorter, plainer one.",
        "other": "“a.bin” could not be written: Input/output error. Try again or save somewhere else; "
        "nothing on the disk has changed.",
    }


def test_a_disk_that_does_not_confirm_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_flush_folder", failing(errno.EIO))
    with pytest.raises(AtomicWriteError, match="did not confirm it") as caught:
        write_atomically(target, NEW)
    assert caught.value.kind == "other"
    assert target.read_bytes() == NEW


def test_a_disk_that_lies_is_found_out(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: true_write(file, bytes(len(data))))
    with pytest.raises(AtomicWriteError, match="differs from what was written"):
        write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["a.bin"]


def test_short_writes_are_carried_on(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: true_write(file, data[:3]))
    write_atomically(target, NEW * 100)
    assert target.read_bytes() == NEW * 100
    monkeypatch.setattr(os, "write", lambda file, data: 0)
    with pytest.raises(AtomicWriteError, match="nothing was written"):
        write_atomically(target, NEW)


def test_what_the_check_refuses_is_not_put_in_place(target: Path) -> None:
    def refuse(temporary: Path) -> None:
        assert temporary.read_bytes() == NEW
        raise RuntimeError("not a model")

    for write in (
        lambda: write_atomically(target, NEW, verify=refuse),
        lambda: write_path_atomically(target, lambda path: path.write_bytes(NEW), verify=refuse),
    ):
        with pytest.raises(RuntimeError, match="not a model"):
            write()
    assert target.read_bytes() == OLD
    assert names(target.parent) == ["a.bin"]


def test_a_writer_that_fails_leaves_nothing(target: Path) -> None:
    def half(file: BinaryIO) -> None:
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, half)

    def half_a_folder(folder: Path) -> None:
        (folder / "half").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(AtomicWriteError) as caught:
        write_folder_atomically(target.with_name("export"), half_a_folder)
    assert caught.value.kind == "full"
    with pytest.raises(AtomicWriteError, match="is not there"):
        write_path_atomically(target, lambda path: None)  # a library that wrote nothing
    assert names(target.parent) == ["a.bin"]
    assert target.read_bytes() == OLD


def test_names_and_folders_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "folder").mkdir()
    for path, kind in (
        (tmp_path / ("n" * 256), "name"),
        (tmp_path / "a\0b", "name"),
        (tmp_path / "\ud800", "name"),
        (tmp_path / "none" / "a", "gone"),
        (tmp_path / "file" / "a", "gone"),
        (tmp_path / "circle", "name"),
        (tmp_path / "folder", "name"),
        (Path("/dev/null"), "name"),
    ):
        with pytest.raises(AtomicWriteError) as caught:
            write_atomically(path, NEW)
        assert caught.value.kind == kind, path
    assert names(tmp_path) == ["circle", "file", "folder"]


def test_a_file_that_may_not_be_changed_is_left(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # an administrator may change every file
    with pytest.raises(AtomicWriteError) as caught:
        write_atomically(target, NEW)
    assert caught.value.kind == "read_only"
    assert target.read_bytes() == OLD


# -- real disks ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def mounted(place: Path, *options: str) -> Iterator[bool]:
    """Mount something small at a folder, where this machine lets us."""
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False)
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_small_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mounted(tmp_path, "-t", "tmpfs", "-o", "size=64k", "none") as real:
        target = tmp_path / "a.bin"
        write_atomically(target, OLD)
        if not real:  # only an administrator can mount: play a full disk
            monkeypatch.setattr(os, "write", failing(errno.ENOSPC))
        with pytest.raises(AtomicWriteError) as caught:
            write_atomically(target, b"x" * 200_000)
        monkeypatch.undo()
        assert caught.value.kind == "full"
        assert target.read_bytes() == OLD
        assert names(tmp_path) == ["a.bin"]
        write_atomically(target, NEW)
        assert target.read_bytes() == NEW


def test_a_read_only_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(OLD)
    with mounted(tmp_path, "--bind", str(tmp_path)) as bound:
        if bound:
            subprocess.run(["mount", "-o", "remount,ro,bind", str(tmp_path)], check=True)
        else:
            monkeypatch.setattr(os, "open", failing(errno.EROFS))
        with pytest.raises(AtomicWriteError) as caught:
            write_atomically(target, NEW)
        monkeypatch.undo()
    assert caught.value.kind == "read_only"
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["a.bin"]


LIMITED = """
import resource, sys
from studio.project.atomic import AtomicWriteError, write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
write_atomically(sys.argv[1], b"y" * 9_000)
try:
    write_atomically(sys.argv[1], b"x" * 50_000)
except AtomicWriteError as error:
    print(error.kind)
"""


def test_a_limit_on_file_size(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "a.bin")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("full\n", "")
    assert (tmp_path / "a.bin").read_bytes() == b"y" * 9_000
    assert names(tmp_path) == ["a.bin"]


# -- kills ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["file", "stream", "path", "folder", "project"])
def test_a_kill_at_every_step_leaves_old_or_new(tmp_path: Path, kind: str) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed_saves.py")), str(tmp_path), kind],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) > 10
    assert [each["finished"] for each in told] == [False] * (len(told) - 1) + [True]
    assert any(each["temporaries"] for each in told), "some kills came in the middle"
    found = [each["target"] for each in told]
    if kind == "folder":  # two renames: between them the old one stands under its backup's name
        assert {(each["target"], each["backup"]) for each in told} == {
            ("old", "nothing"),
            ("nothing", "old"),
            ("new", "old"),
        }
    else:
        assert found == sorted(found, reverse=True)  # old until the rename, new from then on
        assert set(found) == {"old", "new"}
        assert {each["backup"] for each in told} == {"nothing", "old"}
    for each in told:
        assert each["afterwards"] == "new"
        assert [name for name in each["files"] if name.startswith(".")] == []
        assert set(each["files"]) <= {"target", "target~"}


def test_temporaries_of_running_saves_are_left_alone(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stem = atomic._stem(target)
    mine = target.with_name(f"{stem}{os.getpid()}-abc.tmp")
    other = target.with_name(f"{stem}{os.getppid()}-abc.tmp")
    ended = target.with_name(f"{stem}999999999-abc.tmp")
    elsewhere = target.with_name(stem.rsplit("-", 2)[0] + "-otherpc0-999999999-abc.tmp")
    old_elsewhere = target.with_name(stem.rsplit("-", 2)[0] + "-otherpc0-999999998-abc.tmp")
    unrelated = target.with_name(".netwright-00000000-x-1-abc.tmp")
    for path in (mine, other, ended, elsewhere, old_elsewhere, unrelated):
        path.write_bytes(b"half")
    os.utime(old_elsewhere, (1, 1))
    write_atomically(target, NEW)
    assert set(target.parent.glob(".*")) == {other, elsewhere, unrelated}
    mine.write_bytes(b"half")
    monkeypatch.setattr(atomic, "_ours", {mine.name})
    write_atomically(target, NEW)
    assert mine.exists()


# -- processes -----------------------------------------------------------------------------------------


def test_a_process_is_known_by_its_number_and_its_start() -> None:
    mine = process.this_process()
    assert mine.pid == os.getpid()
    assert mine.started
    assert mine.alive
    assert not process.Process(os.getpid(), mine.started + "0").alive, "a number that is used again"
    assert not process.Process(0, "").alive
    assert not process.Process(999_999_999, "").alive
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    there = process.Process(child.pid, process.start_of(child.pid) or "")
    assert there.alive
    assert there.started != mine.started
    child.communicate(b"\n")
    assert not there.alive


def test_a_process_that_ended_and_was_not_looked_after_is_not_alive() -> None:
    child = os.posix_spawn("/bin/true", ["true"], {})
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert process.start_of(child) is None
    os.waitpid(child, 0)
