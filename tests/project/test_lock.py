"""A second window on a file is told; a dead one's claim is taken over; a change on the disk is noticed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from studio.project import lock
from studio.project.disk import Seen, changed_on_disk, look
from studio.project.lock import Lock
from studio.project.process import this_process

ROOT = Path(__file__).resolve().parents[2]

HOLDER = """
import sys
from studio.project.lock import Lock
holder = Lock(sys.argv[1], sys.argv[2]).take()
print("ours" if holder is None else holder.process.pid, flush=True)
sys.stdin.readline()
"""


def other_window(file: Path, folder: Path) -> tuple[subprocess.Popen[str], str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file), str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def test_the_second_window_is_told_who_has_the_file(tmp_path: Path) -> None:
    file, folder = tmp_path / "a.netwright", tmp_path / "locks"
    file.write_bytes(b"")
    first, second = Lock(file, folder), Lock(file, folder)
    assert first.take() is None
    assert first.take() is None, "it is ours still"
    holder = second.take()
    assert holder is not None
    assert holder.here
    assert holder.process == this_process()
    assert abs(holder.since - time.time()) < 5
    second.release()  # not ours to release
    assert second.take() is not None
    first.release()
    assert second.take() is None
    assert Lock(tmp_path / "b.netwright", folder).take() is None, "another file is another matter"
    assert {path.name for path in tmp_path.iterdir()} == {"a.netwright", "locks"}


def test_a_link_is_the_file_it_stands_for(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    file.write_bytes(b"")
    (tmp_path / "link").symlink_to(file)
    assert Lock(file, tmp_path / "locks").take() is None
    assert Lock(tmp_path / "link", tmp_path / "locks").take() is not None
    assert Lock(tmp_path / "." / "x" / ".." / "a.netwright", tmp_path / "locks").take() is not None


def test_a_window_of_another_process_is_told_and_its_end_frees_the_file(tmp_path: Path) -> None:
    file, folder = tmp_path / "a.netwright", tmp_path / "locks"
    child, said = other_window(file, folder)
    assert said == "ours"
    mine = Lock(file, folder)
    holder = mine.take()
    assert holder is not None
    assert not holder.here
    assert holder.process.pid == child.pid
    child.kill()
    child.communicate()
    assert mine.take() is None, "a dead window's claim is taken over"
    child, said = other_window(file, folder)
    assert said == str(os.getpid())
    child.communicate("\n")


def test_a_number_that_another_process_has_by_now_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    mine = Lock(file, tmp_path / "locks")
    assert mine.take() is None
    (record,) = (tmp_path / "locks").glob("*.lock")
    data = json.loads(record.read_text())
    data["started"] = "another start"
    record.write_text(json.dumps(data))
    assert Lock(file, tmp_path / "locks").take() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": -1}', '{"pid": "1"}', "\xff"])
def test_a_damaged_lock_is_no_lock(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.netwright"
    assert Lock(file, tmp_path / "locks").take() is None
    (record,) = (tmp_path / "locks").glob("*.lock")
    record.write_text(content, "latin-1")
    assert Lock(file, tmp_path / "locks").take() is None
    assert Lock(file, tmp_path / "locks").take() is not None


def test_where_no_lock_can_be_kept_work_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    mine = Lock(tmp_path / "a.netwright", tmp_path / "file" / "locks")
    assert mine.take() is None
    mine.release()


def test_only_one_of_many_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, folder = tmp_path / "a.netwright", tmp_path / "locks"
    true_read = Lock._read

    def slow_read(self: Lock) -> lock.Holder | None:
        found = true_read(self)
        time.sleep(0.01)
        return found

    monkeypatch.setattr(Lock, "_read", slow_read)
    taken: list[bool] = []
    threads = [
        threading.Thread(target=lambda: taken.append(Lock(file, folder).take() is None)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 7 + [True]


# -- changes on the disk ---------------------------------------------------------------------------------


def test_a_change_by_someone_else_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    assert look(file) is None
    assert not changed_on_disk(file, None)
    file.write_bytes(b"one")
    assert changed_on_disk(file, None), "it is new"
    seen = look(file)
    assert seen is not None
    assert seen.size == 3
    assert not changed_on_disk(file, seen)
    os.utime(file, (1, 1))
    assert not changed_on_disk(file, seen), "touched, and the same"
    file.write_bytes(b"two")
    os.utime(file, (1, 1))
    assert changed_on_disk(file, seen)
    file.unlink()
    assert changed_on_disk(file, seen)
    assert look(tmp_path) is None
    assert look("a\0b") is None


def test_an_unchanged_file_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    file.write_bytes(b"one")
    seen = look(file)
    assert seen is not None
    assert not changed_on_disk(file, Seen(seen.modified, seen.size, "never compared"))
