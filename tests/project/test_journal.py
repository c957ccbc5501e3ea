"""The recovery journal: whatever was done is there after a kill, exactly, and only then."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Endpoint, Graph, Message, Node, Wire
from studio.project import History, Project, edits, journal, patch
from studio.project.file import dumps, loads, read, write
from studio.project.journal import Journal, Recovery, recoverable
from studio.project.json_text import FileError
from studio.project.process import Process
from tests.documents import MAIN, edited, kinds, sample

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give what makes every process but none seem to have ended."""
    return lambda: monkeypatch.setattr(Process, "alive", property(lambda self: False))


def only(folder: Path) -> Recovery:
    (found,) = recoverable(folder)
    return found


def file_of(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def added(project: Project, kind: str = "relu") -> Project:
    return edits.add_node(project, MAIN, kind, (0, 0))[0]


# -- the life of a journal -----------------------------------------------------------------------------


def test_edits_come_back_after_a_crash(tmp_path: Path, dead: Callable[[], None]) -> None:
    kept = Journal(tmp_path / "recovery")
    file = tmp_path / "a.netwright"
    write(sample(), file)
    kept.begin(sample(), file)
    first = added(sample())
    second = edits.set_loop(first, "epochs", 40)
    kept.append(sample(), first)
    kept.append(first, second)
    before = time.time()
    assert recoverable(tmp_path / "recovery") == [], "its window still runs"
    kept.close(clean=False)
    dead()
    found = only(tmp_path / "recovery")
    assert found.project == second
    assert dumps(found.project) == dumps(second)
    assert found.edits == 2
    assert found.path_of_project == file
    assert abs(found.time - before) < 5
    assert not found.changed_on_disk
    file.write_text("someone else was here")
    assert only(tmp_path / "recovery").changed_on_disk
    found.discard()
    assert recoverable(tmp_path / "recovery") == []
    assert list((tmp_path / "recovery").iterdir()) == []


def test_a_clean_end_leaves_nothing(tmp_path: Path, dead: Callable[[], None]) -> None:
    kept = Journal(tmp_path)
    kept.begin(Project())
    kept.append(Project(), added(Project()))
    assert kept.working
    kept.close()
    assert list(tmp_path.iterdir()) == []
    assert not kept.working
    kept.append(Project(), sample())  # after the end there is nothing to write to
    kept.sync()
    kept.close()
    assert list(tmp_path.iterdir()) == []


def test_saving_begins_anew(tmp_path: Path, dead: Callable[[], None]) -> None:
    folder, file = tmp_path / "recovery", tmp_path / "a.netwright"
    kept = Journal(folder)
    kept.begin(Project())
    first = added(Project())
    kept.append(Project(), first)
    write(first, file)
    kept.saved(first, file)
    assert len(list(folder.iterdir())) == 1
    second = added(first)
    kept.append(first, second)
    kept.close(clean=False)
    dead()
    found = only(folder)
    assert (found.edits, found.path_of_project) == (1, file)
    assert found.project == second


@pytest.mark.parametrize("modified", [False, True])
def test_what_a_file_holds_already_is_not_offered(
    tmp_path: Path, dead: Callable[[], None], modified: bool
) -> None:
    folder, file = tmp_path / "recovery", tmp_path / "a.netwright"
    project = added(Project())
    write(project, file)
    kept = Journal(folder)
    kept.begin(Project(), file, modified=modified)
    kept.append(Project(), project)  # killed after saving, before the journal began anew
    kept.close(clean=False)
    dead()
    assert recoverable(folder) == []
    assert list(folder.iterdir()) == [], "and it is cleared away"


def test_recovered_edits_are_offered_again_after_another_crash(
    tmp_path: Path, dead: Callable[[], None]
) -> None:
    kept = Journal(tmp_path)
    kept.begin(sample(), None, modified=True)
    kept.close(clean=False)
    other = Journal(tmp_path)
    other.begin(sample(), None)
    other.close(clean=False)
    dead()
    found = only(tmp_path)
    assert (found.edits, found.path_of_project, found.changed_on_disk) == (0, None, False)
    assert found.project == sample()


def test_a_file_whose_name_has_no_encoding_is_recovered(tmp_path: Path, dead: Callable[[], None]) -> None:
    file = tmp_path / os.fsdecode(b"\xff.netwright")
    write(sample(), file)
    assert read(file) == sample()
    kept = Journal(tmp_path / "recovery")
    kept.begin(sample(), file)
    kept.append(sample(), added(sample()))
    kept.close(clean=False)
    dead()
    assert only(tmp_path / "recovery").path_of_project == file
    file.write_text("no project")
    with pytest.raises(FileError) as caught:
        read(file)
    assert str(caught.value).encode().startswith("“?.netwright”".encode())


def test_the_newest_comes_first(tmp_path: Path, dead: Callable[[], None]) -> None:
    for name in ("a", "b", "c"):
        kept = Journal(tmp_path)
        kept.begin(Project())
        kept.append(Project(), edits.add_network(Project(), name))
        kept.close(clean=False)
        time.sleep(0.002)
    dead()
    assert [list(found.project.networks)[-1] for found in recoverable(tmp_path)] == ["c", "b", "a"]


def test_the_state_folder_is_the_default() -> None:
    assert journal.default_folder().is_relative_to(os.environ["XDG_STATE_HOME"])
    assert journal.default_folder().parts[-2:] == ("netwright", "recovery")


def test_an_append_is_as_small_as_the_change(tmp_path: Path) -> None:
    nodes = [Node(f"r{index}", "relu", f"relu{index}") for index in range(5_000)]
    wires = [Wire(Endpoint(f"r{index}", "y"), Endpoint(f"r{index + 1}", "x")) for index in range(4_999)]
    project = edits.arrange_nodes(Project().with_graph(MAIN, Graph.of(nodes, wires)), MAIN)
    kept = Journal(tmp_path)
    kept.begin(project)
    size = file_of(tmp_path).stat().st_size
    start = time.process_time()
    for index in range(100):
        after = edits.move_nodes(project, MAIN, {f"r{index}": (8, 8)})
        after = edits.set_parameters(after, MAIN, f"r{index}", {"inplace": True})
        kept.append(project, after)
        project = after
    after = edits.remove_nodes(project, MAIN, ["r100"])
    kept.append(project, after)
    kept.append(after, project)  # undone: back in the middle, with its wires
    seconds = time.process_time() - start
    grown = file_of(tmp_path).stat().st_size - size
    kept.close()
    assert grown < 102 * 400
    assert seconds < 8


def test_a_step_from_another_state_is_written_from_the_known_one(
    tmp_path: Path, dead: Callable[[], None]
) -> None:
    kept = Journal(tmp_path)
    kept.begin(Project())
    first = added(Project())
    second = added(first, "tanh")
    kept.append(first, second)  # the step before was never told
    kept.close(clean=False)
    dead()
    assert only(tmp_path).project == second


def test_it_reaches_the_disk_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    kept = Journal(tmp_path, clock=lambda: now[0])
    kept.begin(Project())
    flushed: list[float] = []
    monkeypatch.setattr(os, "fsync", lambda _file: flushed.append(now[0]))
    project = Project()
    for _ in range(40):
        after = added(project)
        kept.append(project, after)
        project = after
        now[0] += 0.125
    assert flushed == [101.0, 102.0, 103.0, 104.0]
    kept.sync()
    assert flushed[4:] == [105.0]
    kept.close()


# -- when it cannot be written -------------------------------------------------------------------------


def test_trouble_is_told_once_and_editing_goes_on(
    tmp_path: Path, dead: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    now, said = [0.0], list[str]()
    kept = Journal(tmp_path, trouble=lambda message: said.append(str(message)), clock=lambda: now[0])
    kept.begin(Project())
    first = added(Project())
    kept.append(Project(), first)
    whole = file_of(tmp_path).read_bytes()
    true_write = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, data: true_write(file, data[:10]))
        second = added(first)
        kept.append(first, second)
        kept.append(second, first)
    assert len(said) == 1
    assert said[0].startswith("Your edits are not being kept for recovery: No space left on device.")
    assert not kept.working
    assert file_of(tmp_path).read_bytes() == whole, "the half line is gone"
    kept.append(first, second)
    assert not kept.working, "not tried again at once"
    now[0] += 11
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, data: true_write(file, data[:10]) and 0)
        kept.append(first, second)
    assert not kept.working
    now[0] += 11
    kept.append(first, second)
    assert kept.working
    assert len(said) == 1
    third = added(second)
    kept.append(second, third)
    kept.close(clean=False)
    dead()
    found = only(tmp_path)
    assert found.project == third
    assert found.edits == 1


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_journal_that_cannot_begin_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    said: list[Message] = []
    kept = Journal(tmp_path, trouble=said.append)
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail)
        kept.begin(Project())
        kept.append(Project(), added(Project()))
    assert len(said) == 1
    assert list(tmp_path.iterdir()) == []
    kept.begin(Project())
    assert kept.working
    kept.close()


def test_a_failing_flush_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    said: list[Message] = []
    kept = Journal(tmp_path, trouble=said.append)
    kept.begin(Project())
    monkeypatch.setattr(os, "fsync", fail)
    kept.sync()
    assert len(said) == 1
    assert not kept.working
    kept.close()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    said: list[Message] = []
    kept = Journal(tmp_path / "file" / "recovery", trouble=said.append)
    kept.begin(Project())
    kept.close()
    assert len(said) == 1
    assert recoverable(tmp_path / "none") == []


# -- damage --------------------------------------------------------------------------------------------


@given(st.data())
def test_a_journal_cut_anywhere_gives_the_last_whole_step(data: st.DataObject) -> None:
    history = History(sample())
    lines: list[bytes] = []
    states = [history.project]
    for kind in data.draw(st.lists(kinds | st.sampled_from(["undo", "redo"]), max_size=12)):
        before = history.project
        if kind == "undo":
            history.undo()
        elif kind == "redo":
            history.redo()
        else:
            history.do(Message("Edit"), edited(data.draw, before, kind))
        told = patch.make(before, history.project)
        if told:
            lines.append(journal._line({"time": 1.0, "patch": told}))
            states.append(history.project)
    header = journal._line(
        {
            "format": journal.FORMAT,
            "version": journal.VERSION,
            "pid": 1,
            "started": "",
            "path": None,
            "hash": None,
            "time": 0.0,
            "modified": True,
            "base": dumps(sample()),
        }
    )
    whole = b"".join([header, *lines])
    ends = [len(header)]
    for line in lines:
        ends.append(ends[-1] + len(line))
    near = [min(end + by, len(whole)) for end in ends for by in (-1, 0, 1)]
    cut = data.draw(st.sampled_from(near) | st.integers(0, len(whole)))
    if cut < len(header):
        with pytest.raises(FileError):
            journal._read(whole[:cut])
        return
    found = journal._recovered(Path("x"), *journal._read(whole[:cut]))
    assert found is not None
    steps = sum(end <= cut for end in ends) - 1
    assert found.edits == steps
    assert dumps(found.project) == dumps(states[steps])


def test_a_flipped_byte_ends_the_journal_there(tmp_path: Path, dead: Callable[[], None]) -> None:
    kept = Journal(tmp_path)
    kept.begin(Project())
    states = [Project()]
    for _ in range(6):
        states.append(added(states[-1]))
        kept.append(states[-2], states[-1])
    kept.close(clean=False)
    dead()
    file = file_of(tmp_path)
    whole = file.read_bytes()
    header = whole.index(b"\n") + 1
    random_ = random.Random(3)
    for _ in range(150):
        at = random_.randrange(header, len(whole))
        damaged = bytearray(whole)
        damaged[at] ^= 1 << random_.randrange(8)
        file.write_bytes(damaged)
        step = whole[header:at].count(b"\n")
        found = recoverable(tmp_path)
        if step == 0:  # nothing but the base is left, and it had no edits
            assert found == []
        else:
            assert found[0].project == states[step]
            assert found[0].edits == step
        file.write_bytes(whole)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"{}", b"00000000 {}\n", journal._line({"format": "netwright-journal", "version": 2})],
)
def test_what_is_no_journal_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.journal"
    file.write_bytes(content)
    assert recoverable(tmp_path) == []
    assert file.read_bytes() == content


# -- a real kill ---------------------------------------------------------------------------------------


def test_kill_9_loses_no_edit(tmp_path: Path) -> None:
    random_ = random.Random(5)
    for turn in range(10):
        folder, file = tmp_path / f"recovery{turn}", tmp_path / f"{turn}.netwright"
        child = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("killed_editor.py")), str(folder), str(file)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(random_.uniform(0.05, 0.3))
        child.send_signal(signal.SIGKILL)
        said, _none = child.communicate()
        told = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
        done = [state for word, state in told if word == "done"]
        assert len(done) > 3
        found = recoverable(folder)
        last = found[0].project if found else loads(file.read_bytes())
        # The edit at hand may be in the journal already; none before it is lost.
        assert hashlib.sha256(dumps(last).encode()).hexdigest() in (done[-1], told[-1][1])
        if found:
            assert found[0].path_of_project == file


def test_headers_are_readable(tmp_path: Path) -> None:
    kept = Journal(tmp_path)
    kept.begin(Project(), tmp_path / "a.netwright")
    line = file_of(tmp_path).read_text().splitlines()[0]
    header = json.loads(line.partition(" ")[2])
    assert header["pid"] == os.getpid()
    assert header["path"] == str(tmp_path / "a.netwright")
    assert loads(header["base"]) == Project()
    kept.close()
