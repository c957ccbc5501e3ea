"""Which block of the drawing each call of an edited text is: by its name, or by its place when renamed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from studio.compiler.program import Program, Source, Step
from studio.compiler.reading.drawn import Definition, Drawn, Entry, Exit
from studio.graph import Graph
from studio.project import COMPOSITE

_One = TypeVar("_One", bound=Hashable)
_Other = TypeVar("_Other")


@dataclass(frozen=True)
class Old:
    """A graph as it was when its source was written.

    Attributes:
        graph: the graph.
        program: its program, in its first use.
    """

    graph: Graph
    program: Program

    __hash__ = None  # type: ignore[assignment]

    def steps(self) -> dict[str, Step]:
        """Give the steps by identifier."""
        return {step.name: step for step in self.program.steps if not passes_on(step)}

    def origin(self, source: Source) -> Source:
        """Give what a value is that is passed on unchanged: the sum of one tensor is that tensor."""
        same = {
            (step.node.id, step.block.outputs[0].name): next(iter(step.inputs.values()))[0]
            for step in self.program.steps
            if passes_on(step)
        }
        while source in same:
            source = same[source]
        return source


def passes_on(step: Step) -> bool:
    """Tell whether a step is the sum or product of a single tensor, which the source does not show."""
    return step.block.call == "infix" and sum(map(len, step.inputs.values())) == 1


@dataclass
class Matches:
    """What is what.

    Attributes:
        ids: call, input or output to the id of the block that it is; new ones are missing.
        instead: call to the id of a block of the same name and another kind, whose place it takes.
    """

    ids: dict[Drawn | Entry | Exit, str] = field(default_factory=dict)
    instead: dict[Drawn, str] = field(default_factory=dict)


def match(definition: Definition, old: Old, composites: Mapping[str, str]) -> Matches:
    """Find what each part of a class was in the drawing.

    Args:
        definition: the class.
        old: the drawing.
        composites: class to the name of its composite.
    """
    found = Matches()
    _by_name(found, definition.entries, {name: key for key, name, _ in old.program.inputs})
    names = [name for name, _, _ in old.program.outputs]
    ends = dict(zip(names, (node.id for node in old.graph.of_type("output")), strict=True))
    _by_name(found, definition.exits, ends)
    steps = old.steps()
    for drawn in definition.nodes:
        step = steps.get(drawn.key)
        if step is None:
            continue
        if _kind(step) in kinds(drawn, composites):
            found.ids[drawn] = step.node.id
        else:
            found.instead[drawn] = step.node.id
    _renamed(found, definition.nodes, list(steps.values()), composites)
    return found


def kinds(drawn: Drawn, composites: Mapping[str, str]) -> set[tuple[str, str]]:
    """Give the types of blocks that a call can be."""
    if drawn.made.part is not None:
        return {(COMPOSITE, composites[drawn.made.part.name])}
    return {(bound.block.type, "") for bound in drawn.made.bound}


def _kind(step: Step) -> tuple[str, str]:
    return step.node.type, step.node.composite


def _by_name(found: Matches, read: Sequence[Entry] | Sequence[Exit], known: Mapping[str, str]) -> None:
    """Match inputs or outputs; those that are left over on both sides were renamed."""
    for one in read:
        if one.name in known:
            found.ids[one] = known[one.name]
    new = [one for one in read if one not in found.ids]
    gone = [key for key in known.values() if key not in found.ids.values()]
    if len(new) == len(gone):
        found.ids.update(zip(new, gone, strict=True))


def _renamed(
    found: Matches, nodes: Sequence[Drawn], steps: Sequence[Step], composites: Mapping[str, str]
) -> None:
    """Match a call of a new name with a step that is gone, where both stand beside the same one."""
    places = {step.node.id: index for index, step in enumerate(steps)}
    taken = {*found.ids.values(), *found.instead.values()}
    before = _neighbours(nodes, found.ids)
    after = _neighbours(list(reversed(nodes)), found.ids)
    old = {step.node.id: step.node.id for step in steps if step.node.id in taken}
    keys = [step.node.id for step in steps]
    old_before = _neighbours(keys, old)
    old_after = _neighbours(list(reversed(keys)), old)
    for drawn in nodes:
        if drawn in found.ids or drawn in found.instead:
            continue
        for key, index in places.items():
            beside = old_before[key] == before[drawn] or old_after[key] == after[drawn]
            if key not in taken and beside and _kind(steps[index]) in kinds(drawn, composites):
                found.ids[drawn] = key
                taken.add(key)
                break


def _neighbours(row: Sequence[_One], known: Mapping[_One, str]) -> dict[_One, str]:
    """Give for each of a row the nearest one before it that is known."""
    last, found = "", dict[_One, str]()
    for one in row:
        found[one] = last
        last = known.get(one, last)
    return found
