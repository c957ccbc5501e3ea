"""Undo and redo by snapshots: every entry keeps the project before and after it.

Undo puts the old value back, so no inverse can be wrong. Typing and dragging merge into one entry by
their merge key. Listeners get one `Change` a step and redraw from that alone.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

from studio.blocks.custom import PREFIX
from studio.graph import Graph, Message
from studio.graph.layout import placed_anew
from studio.project.document import GraphRef, Project

Item = tuple[GraphRef, str]
"""One node of one graph."""

MERGE_SECONDS = 2.0
"""Edits with the same merge key within this time become one entry."""


@dataclass(frozen=True)
class Change:
    """What differs between two snapshots.

    Attributes:
        added: nodes that are new.
        removed: nodes that are gone.
        altered: nodes whose parameters, name or flags differ.
        moved: nodes at another position.
        wired: graphs whose wires differ.
        graphs: graphs that came, went or changed places, and composites of another form.
        layouts: graphs whose frames, notes or other looks differ.
        plan: whether the training plan differs.
        reordered: graphs whose nodes stand in another order, which is that of inputs and outputs.
    """

    added: frozenset[Item] = frozenset()
    removed: frozenset[Item] = frozenset()
    altered: frozenset[Item] = frozenset()
    moved: frozenset[Item] = frozenset()
    wired: frozenset[GraphRef] = frozenset()
    graphs: frozenset[GraphRef] = frozenset()
    layouts: frozenset[GraphRef] = frozenset()
    plan: bool = False
    reordered: frozenset[GraphRef] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(
            self.added
            or self.removed
            or self.altered
            or self.moved
            or self.wired
            or self.graphs
            or self.layouts
            or self.plan
            or self.reordered
        )

    def computes(self) -> bool:
        """Tell whether shapes can differ: anything but the look and the plan."""
        return bool(self.added or self.removed or self.altered or self.wired or self.graphs or self.reordered)


def difference(before: Project, after: Project) -> Change:
    """Compare two snapshots; parts that they share are told apart by identity and cost nothing."""
    added: set[Item] = set()
    removed: set[Item] = set()
    altered: set[Item] = set()
    moved: set[Item] = set()
    wired: set[GraphRef] = set()
    layouts: set[GraphRef] = set()
    reordered: set[GraphRef] = set()
    old_list, new_list = before.refs(), after.refs()
    old_refs, new_refs = set(old_list), set(new_list)
    graphs = old_refs ^ new_refs | _out_of_place(
        [ref for ref in old_list if ref in new_refs], [ref for ref in new_list if ref in old_refs]
    )
    recoded = _recoded(before, after)
    for ref in old_refs | new_refs:
        old = before.graph(ref) if ref in old_refs else Graph()
        new = after.graph(ref) if ref in new_refs else Graph()
        if old is not new:
            for node, value in new.nodes.items():
                known = old.nodes.get(node)
                if known is None:
                    added.add((ref, node))
                elif known is not value and known != value:
                    altered.add((ref, node))
            removed.update((ref, node) for node in old.nodes.keys() - new.nodes.keys())
            if old.wires is not new.wires and old.wires != new.wires:
                wired.add(ref)
            if [node for node in old.nodes if node in new.nodes] != [
                node for node in new.nodes if node in old.nodes
            ]:
                reordered.add(ref)
        if recoded and ref in old_refs & new_refs:
            kept = (node for key, node in new.nodes.items() if key in old.nodes and node.type in recoded)
            altered.update((ref, node.id) for node in kept)
        if ref.place == "composite" and ref in old_refs & new_refs:
            was, now = before.composites[ref.name], after.composites[ref.name]
            if was.parameters != now.parameters or was.doc != now.doc:
                graphs.add(ref)
        look_before, look_after = before.layout_of(ref), after.layout_of(ref)
        if look_before is not look_after:
            was_at, now_at = look_before.positions, look_after.positions
            if was_at is not now_at:
                moved.update((ref, node) for node in placed_anew(was_at, now_at))
                if ref in new_refs:
                    there = after.graph(ref).nodes
                    moved.update((ref, node) for node in was_at.keys() - now_at.keys() if node in there)
            if dataclasses.replace(look_before, positions=now_at) != look_after:
                layouts.add(ref)
    return Change(
        frozenset(added),
        frozenset(removed),
        frozenset(altered),
        frozenset(moved),
        frozenset(wired),
        frozenset(graphs),
        frozenset(layouts),
        before.plan is not after.plan and before.plan != after.plan,
        frozenset(reordered),
    )


def _recoded(before: Project, after: Project) -> set[str]:
    """Give the types of custom blocks whose code differs: their ports may, too."""
    if before.custom is after.custom:
        return set()
    names = before.custom.keys() | after.custom.keys()
    return {f"{PREFIX}{name}" for name in names if before.custom.get(name) != after.custom.get(name)}


def _out_of_place(before: list[GraphRef], after: list[GraphRef]) -> set[GraphRef]:
    return {old for old, new in zip(before, after, strict=True) if old != new}


@dataclass(frozen=True)
class Entry:
    """One step of the history."""

    label: Message
    before: Project
    after: Project
    merge_key: str = ""
    time: float = 0.0

    __hash__ = None  # type: ignore[assignment]


Listener = Callable[[Change, Project], None]
"""Called after every step with what changed and the new project."""


@dataclass
class History:
    """The current project, the steps that led to it and those that were undone.

    Attributes:
        project: the current snapshot.
        clock: gives seconds; only differences matter.
    """

    project: Project
    clock: Callable[[], float] = lambda: 0.0
    _done: list[Entry] = field(default_factory=list)
    _undone: list[Entry] = field(default_factory=list)
    _listeners: list[Listener] = field(default_factory=list)
    _saved: Project | None = None

    def listen(self, listener: Listener) -> None:
        """Have a function called after every step."""
        self._listeners.append(listener)

    def unlisten(self, listener: Listener) -> None:
        """Stop calling a function."""
        self._listeners.remove(listener)

    def do(self, label: Message, after: Project, *, merge_key: str = "") -> Change:
        """Make a new project the current one.

        Args:
            label: what was done, as the history list shows it.
            after: the project as it is now.
            merge_key: edits with the same key in quick succession become one entry.

        Returns:
            What changed; nothing is recorded when that is nothing.
        """
        change = difference(self.project, after)
        if not change and self.project == after:
            return change
        now = self.clock()
        last = self._done[-1] if self._done else None
        if (
            merge_key
            and last is not None
            and last.merge_key == merge_key
            and now - last.time <= MERGE_SECONDS
            and not self._undone
            and last.after is not self._saved
        ):
            self._done.pop()
            if after != last.before:  # dragged there and back is no step at all
                self._done.append(Entry(last.label, last.before, after, merge_key, now))
        else:
            self._done.append(Entry(label, self.project, after, merge_key, now))
        self._undone.clear()
        self._become(after, change)
        return change

    def undo(self) -> Message | None:
        """Go one step back; gives its label, or None at the start."""
        if not self._done:
            return None
        entry = self._done.pop()
        self._undone.append(entry)
        self._become(entry.before, difference(entry.after, entry.before))
        return entry.label

    def redo(self) -> Message | None:
        """Go one undone step forward; gives its label, or None at the end."""
        if not self._undone:
            return None
        entry = self._undone.pop()
        self._done.append(entry)
        self._become(entry.after, difference(entry.before, entry.after))
        return entry.label

    def join(self, position: int) -> None:
        """Make one step of all that was done since a position; it keeps the label of the first of them."""
        if self.position > position + 1:
            first, last = self._done[position], self._done[-1]
            self._done[position:] = [Entry(first.label, first.before, last.after, "", last.time)]

    def jump(self, position: int) -> None:
        """Undo or redo until `position` steps are done."""
        while len(self._done) > max(position, 0) and self.undo() is not None:
            pass
        while len(self._done) < position and self.redo() is not None:
            pass

    def labels(self) -> list[Message]:
        """Give the labels of all steps, undone ones at the end."""
        return [entry.label for entry in self._done] + [entry.label for entry in reversed(self._undone)]

    @property
    def position(self) -> int:
        """How many steps are done."""
        return len(self._done)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._undone)

    def mark_saved(self) -> None:
        """Remember the current project as the one on the disk."""
        self._saved = self.project

    @property
    def modified(self) -> bool:
        """Whether the current project differs from the one on the disk."""
        return self._saved is None or (self._saved is not self.project and self._saved != self.project)

    def _become(self, project: Project, change: Change) -> None:
        self.project = project
        for listener in tuple(self._listeners):
            listener(change, project)
