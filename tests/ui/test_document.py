"""The document: edits reach its listeners, its history and its analysis, on the right thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from studio.graph import Message
from studio.project import Change, GraphRef, Project, ProjectError, edits
from studio.project.journal import default_folder, recoverable
from studio.ui.document import Document

MAIN = GraphRef("network", "main")


@dataclass
class Seen:
    """A stand-in for the compiler: remembers what it was asked, and on which thread."""

    seconds: float = 0.0
    asked: list[tuple[Project, GraphRef, bool]] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.asked = []

    def load(self) -> Callable[[Project, GraphRef], Any]:
        return self.analyse

    def analyse(self, project: Project, ref: GraphRef) -> Any:
        main = threading.current_thread() is threading.main_thread()
        self.asked.append((project, ref, main))
        until = time.thread_time() + self.seconds
        while time.thread_time() < until:
            pass  # it computes, as the compiler does
        return f"{ref.name}: {len(project.graph(ref))} nodes"


def with_block(project: Project) -> Project:
    return edits.add_node(project, MAIN, "relu", (0.0, 0.0))[0]


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[Callable[[Seen], Document]]:
    documents: list[Document] = []

    def make(seen: Seen, project: Project | None = None) -> Document:
        documents.append(Document(project, load=seen.load))
        return documents[-1]

    yield make
    for document in documents:
        document.close()


def test_first_report_arrives_on_the_windows_thread(qtbot: QtBot, made: Any) -> None:
    seen = Seen()
    document = made(seen)
    threads: list[bool] = []
    document.analysed.connect(
        lambda ref: threads.append(threading.current_thread() is threading.main_thread())
    )
    qtbot.waitUntil(lambda: document.report(MAIN) == "main: 0 nodes")
    assert seen.asked[0][2] is False  # computed on the worker
    assert threads == [True]  # delivered on the window's thread


def test_quick_graph_is_analysed_at_once_afterwards(qtbot: QtBot, made: Any) -> None:
    seen = Seen()
    document = made(seen)
    qtbot.waitUntil(lambda: document.report(MAIN) is not None and document.analysis.ready)
    qtbot.wait(20)
    document.do(Message("Add"), with_block(document.project))
    assert document.report(MAIN) == "main: 1 nodes"
    assert seen.asked[-1][2] is True


def test_slow_graph_keeps_only_the_newest_snapshot(qtbot: QtBot, made: Any) -> None:
    seen = Seen(seconds=0.05)
    document = made(seen)
    qtbot.waitUntil(lambda: document.report(MAIN) is not None)
    arrived: list[object] = []
    document.analysed.connect(lambda ref: arrived.append(document.report(ref)))
    asked = len(seen.asked)
    for _ in range(20):
        document.do(Message("Add"), with_block(document.project))
    assert document.report(MAIN) == "main: 0 nodes"  # the old report stays until the new one is there
    qtbot.waitUntil(lambda: document.report(MAIN) == "main: 20 nodes")
    assert arrived == ["main: 20 nodes"]
    assert len(seen.asked) - asked <= 3


def test_moving_a_node_asks_for_no_analysis(qtbot: QtBot, made: Any) -> None:
    seen = Seen()
    document = made(seen, with_block(Project()))
    qtbot.waitUntil(lambda: document.report(MAIN) is not None)
    asked = len(seen.asked)
    node = next(iter(document.project.graph(MAIN).nodes))
    document.do(Message("Move"), edits.move_nodes(document.project, MAIN, {node: (80.0, 80.0)}))
    assert len(seen.asked) == asked
    assert not document.analysis.pending(MAIN)


def test_edit_of_a_composite_renews_every_graph(qtbot: QtBot, made: Any) -> None:
    from studio.project import Composite

    seen = Seen()
    start = edits.set_composite(Project(), "Block", Composite())
    document = made(seen, start)
    inside = GraphRef("composite", "Block")
    qtbot.waitUntil(lambda: document.report(inside) is not None and document.report(MAIN) is not None)
    qtbot.wait(20)
    seen.asked.clear()
    document.do(Message("Add"), edits.add_node(document.project, inside, "relu", (0.0, 0.0))[0])
    assert {ref for _, ref, _ in seen.asked} == {MAIN, inside}


def test_undo_and_redo_tell_listeners_and_restore_the_very_project(qtbot: QtBot, made: Any) -> None:
    document = made(Seen())
    before = document.project
    changes: list[tuple[Change, Project]] = []
    document.changed.connect(lambda change, project: changes.append((change, project)))
    document.do(Message("Add {title}", title="ReLU"), with_block(before))
    after = document.project
    assert document.modified
    label = document.undo()
    assert str(label) == "Add ReLU"
    assert document.project is before
    assert not document.modified
    document.redo()
    assert document.project is after
    assert [bool(change.added) for change, _ in changes] == [True, False, True]
    assert document.undo() is not None
    assert document.undo() is None


def test_refused_edit_changes_nothing_and_says_why(qtbot: QtBot, made: Any) -> None:
    document = made(Seen())
    before = document.project

    def edit(project: Project) -> Project:
        raise ProjectError(Message("This would close a circle."))

    with qtbot.waitSignal(document.failed) as told:
        assert document.attempt(Message("Connect"), edit) is False
    assert str(told.args[0]) == "This would close a circle."
    assert document.project is before


def test_analysis_that_raises_leaves_the_window_alive(qtbot: QtBot, made: Any) -> None:
    class Broken(Seen):
        def analyse(self, project: Project, ref: GraphRef) -> Any:
            if len(project.graph(ref)) == 1:
                raise RuntimeError("no shape today")
            return super().analyse(project, ref)

    document = made(Broken())
    qtbot.waitUntil(lambda: document.report(MAIN) is not None and document.analysis.ready)
    qtbot.wait(20)
    with qtbot.waitSignal(document.analysis.broke) as told:
        document.do(Message("Add"), with_block(document.project))
    assert "no shape today" in told.args[0]
    document.do(Message("Add"), with_block(document.project))
    assert document.report(MAIN) == "main: 2 nodes"


def test_close_waits_for_a_running_analysis(qtbot: QtBot) -> None:
    seen = Seen(seconds=0.2)
    document = Document(load=seen.load)
    qtbot.waitUntil(lambda: len(seen.asked) == 1)
    document.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "netwright-analysis"]


# -- the file ---------------------------------------------------------------------------------------


def test_what_was_saved_is_opened_as_it_was(qtbot: QtBot, made: Any, tmp_path: Path) -> None:
    document = made(Seen())
    document.do(Message("Add"), with_block(document.project))
    place = tmp_path / "net.netwright"
    assert document.save() is False  # it has no name yet
    assert document.save_as(place)
    assert not document.modified
    assert document.path == place
    other = made(Seen())
    saved = document.project
    document.new()
    assert document.path is None
    assert other.open(place)
    assert other.project == saved
    assert not other.modified


def test_second_window_cannot_save_over_the_first(qtbot: QtBot, made: Any, tmp_path: Path) -> None:
    first, second = made(Seen()), made(Seen())
    place = tmp_path / "net.netwright"
    assert first.save_as(place)
    assert second.open(place)
    assert second.read_only
    assert not first.read_only
    second.do(Message("Add"), with_block(second.project))
    before = place.read_bytes()
    with qtbot.waitSignal(second.save_failed) as told:
        assert second.save() is False
    assert "another window" in str(told.args[0])
    assert place.read_bytes() == before
    assert second.modified
    assert second.save_as(tmp_path / "copy.netwright")
    assert not second.read_only
    first.close()
    third = made(Seen())
    assert third.open(place)
    assert not third.read_only


def test_change_by_another_program_is_noticed(qtbot: QtBot, made: Any, tmp_path: Path) -> None:
    document = made(Seen())
    place = tmp_path / "net.netwright"
    document.save_as(place)
    assert not document.changed_on_disk()
    place.write_text(place.read_text().replace("main", "body"))
    assert document.changed_on_disk()
    document.keep_mine()
    assert not document.changed_on_disk()


def test_failed_save_keeps_the_work_and_says_so(qtbot: QtBot, made: Any, tmp_path: Path) -> None:
    document = made(Seen())
    document.do(Message("Add"), with_block(document.project))
    with qtbot.waitSignal(document.save_failed):
        assert document.save_as(tmp_path / "no such folder" / "net.netwright") is False
    assert document.modified
    assert document.path is None


def test_unreadable_file_leaves_the_open_project(qtbot: QtBot, made: Any, tmp_path: Path) -> None:
    document = made(Seen(), with_block(Project()))
    before = document.project
    place = tmp_path / "broken.netwright"
    place.write_text("{")
    with qtbot.waitSignal(document.failed):
        assert document.open(place) is False
    assert document.project is before


# -- the journal --------------------------------------------------------------------------------------


def journals() -> list[Path]:
    return list(default_folder().glob("*.journal"))


def test_looking_at_a_project_writes_no_journal(qtbot: QtBot, made: Any) -> None:
    before = journals()
    document = made(Seen())
    document.new()
    assert journals() == before


def test_edits_of_a_crash_come_back(qtbot: QtBot, made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    document = made(Seen())
    document.do(Message("Add"), with_block(document.project))
    document.do(Message("Add"), with_block(document.project))
    document.undo()
    lost = document.project
    assert len(journals()) == 1
    monkeypatch.setattr("studio.project.process.Process.alive", False)  # as if this window had been killed
    found = recoverable()
    assert [one.project for one in found] == [lost]
    other = made(Seen())
    other.recover(found[0])
    assert other.project == lost
    assert other.modified
    # The three steps that were lost are steps again.
    for number in (3, 2, 1):
        label = other.undo()
        assert str(label) == f"Recovered edit {number}"
        assert other.modified == (number > 1 or other.path is None)
    assert other.undo() is None
    assert other.project == Project()
    other.redo()
    other.redo()
    other.redo()
    assert other.project == lost
    monkeypatch.undo()
    document.close()
    assert len(journals()) == 1  # the recovered edits are kept again, by the other window
    other.close()
    assert journals() == []


def test_recovered_edits_of_a_file_are_undone_back_to_what_it_holds(
    qtbot: QtBot, made: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document = made(Seen())
    document.do(Message("Add"), with_block(document.project))
    assert document.save_as(tmp_path / "net.netwright")
    held = document.project
    document.do(Message("Add"), with_block(document.project))
    monkeypatch.setattr("studio.project.process.Process.alive", False)
    (found,) = recoverable()
    other = made(Seen())
    other.recover(found)
    assert other.modified
    other.undo()
    assert other.project == held
    assert not other.modified
    other.redo()
    assert other.modified


def test_saving_ends_the_journal_and_a_signal_keeps_it(qtbot: QtBot, made: Any, tmp_path: Path) -> None:
    document = made(Seen())
    document.do(Message("Add"), with_block(document.project))
    assert len(journals()) == 1
    document.save_as(tmp_path / "net.netwright")
    assert journals() == []
    document.do(Message("Add"), with_block(document.project))
    document.close(keep_edits=True)
    kept = journals()
    assert len(kept) == 1
    kept[0].unlink()
