"""Whatever is done in whatever order: the document stays sound, and undo brings back every byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from studio.graph import Message
from studio.project import Change, History, Project, patch
from studio.project.file import dumps, loads, read, write
from tests.documents import edited, kinds, sample, slow_difference

DATA = st.data()


class Editing(RuleBasedStateMachine):
    """A window in which somebody edits, undoes, redoes, jumps, saves and opens."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(sample())
        self.start = dumps(self.history.project)
        self.states = [self.history.project]
        self.saved: str | None = None
        self.seen: list[tuple[Change, Project]] = []
        self.history.listen(lambda change, project: self.seen.append((change, project)))
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "a.netwright"

    def teardown(self) -> None:
        self.history.jump(0)
        assert dumps(self.history.project) == self.start
        self.folder.cleanup()

    def told(self, before: Project) -> None:
        """Hold what listeners were told against a slow comparison, and the journal's patch too."""
        after = self.history.project
        if before is after:
            assert not self.seen
            return
        ((change, project),) = self.seen
        self.seen.clear()
        assert project is after
        assert change == slow_difference(before, after)
        assert dumps(patch.apply(loads(dumps(before)), patch.make(before, after))) == dumps(after)

    @rule(data=DATA, wanted=st.lists(kinds, min_size=1, max_size=6))
    def work(self, data: st.DataObject, wanted: list[str]) -> None:
        for kind in wanted:
            self.edit(data, kind)

    def edit(self, data: st.DataObject, kind: str) -> None:
        before = self.history.project
        after = edited(data.draw, before, kind)
        same = dumps(before) == dumps(after)
        self.history.do(Message("Edit"), after)
        if same:
            after = self.history.project
        else:
            assert self.history.project is after
        if self.history.project is not before:
            del self.states[self.history.position :]
            self.states.append(after)
        self.told(before)

    @rule()
    def undo(self) -> None:
        before, position = self.history.project, self.history.position
        label = self.history.undo()
        assert (label is None) == (position == 0)
        self.told(before)

    @rule()
    def redo(self) -> None:
        before, position = self.history.project, self.history.position
        label = self.history.redo()
        assert (label is None) == (position == len(self.states) - 1)
        self.told(before)

    @rule(data=DATA)
    def jump(self, data: st.DataObject) -> None:
        position = data.draw(st.integers(-1, len(self.states) + 1))
        self.history.jump(position)
        self.seen.clear()
        assert self.history.position == max(0, min(position, len(self.states) - 1))

    @rule()
    def save(self) -> None:
        write(self.history.project, self.file)
        self.history.mark_saved()
        self.saved = dumps(self.history.project)
        assert not self.history.modified

    @precondition(lambda self: self.saved is not None)
    @rule()
    def open(self) -> None:
        opened = read(self.file)
        assert dumps(opened) == self.saved
        before = self.history.project
        self.history.do(Message("Revert"), opened)
        if self.history.project is not before:
            del self.states[self.history.position :]
            self.states.append(opened)
        self.told(before)

    @invariant()
    def sound(self) -> None:
        project = self.history.project
        text = dumps(project)
        again = loads(text)
        assert again == project
        assert dumps(again) == text
        assert dumps(self.states[self.history.position]) == text
        assert len(self.history.labels()) == len(self.states) - 1
        assert self.history.modified == (self.saved != text)
        for ref in project.refs():
            graph = project.graph(ref)
            assert set(graph.order()) == set(graph.nodes), "no edit closes a circle"


Editing.TestCase.settings = settings(stateful_step_count=40)
TestEditing = Editing.TestCase
