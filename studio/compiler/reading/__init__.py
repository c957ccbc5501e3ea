"""Source back to a drawing: the text that Netwright wrote, edited by a person, becomes the graph again.

The text is looked at as a syntax tree. It is never run, imported or evaluated. What cannot be read is
named with its line, and the rest is read all the same.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from types import MappingProxyType

from studio.compiler.analyse import Analyser
from studio.compiler.families import families
from studio.compiler.names import class_name
from studio.compiler.program import Program, program
from studio.compiler.reading.classes import Classes
from studio.compiler.reading.coded import Coded
from studio.compiler.reading.drawn import Definition, Drawn, Taken
from studio.compiler.reading.graphs import Built, Ports, build
from studio.compiler.reading.matching import Old
from studio.compiler.reading.places import placed
from studio.compiler.reading.text import RefusedError, Text, Unread, parse
from studio.compiler.source import Written, written
from studio.compiler.walk import Walk
from studio.graph import Graph, Message, NetwrightError, Value
from studio.graph.arithmetic import is_arithmetic
from studio.project import (
    MODEL,
    Composite,
    CompositeParameter,
    GraphRef,
    Plan,
    Project,
    decode,
    encode,
)
from studio.project.trust import trust

__all__ = ["Reading", "Unread", "read_source"]


@dataclass(frozen=True)
class Reading:
    """What came of a text.

    Attributes:
        project: the project with the networks that were read; None when nothing could be read.
        networks: the names of these networks, in order.
        unread: what could not be read, by line.
    """

    project: Project | None
    networks: tuple[str, ...]
    unread: tuple[Unread, ...]

    __hash__ = None  # type: ignore[assignment]


def read_source(text: str, *, before: Project | None = None, network: str | None = None) -> Reading:
    """Read the source of a network.

    Args:
        text: a Python module as `source` writes it, edited or not; it is never run.
        before: the project that it was written from: what the text does not tell is taken from it, such
            as places on the canvas, labels and learning rates. A new project when not given.
        network: the network of that project that the text is the source of; the one that the plan trains
            first when not given.
    """
    try:
        parsed = parse(text)
        return _Reader(parsed, before, network).read()
    except RefusedError as refusal:
        line = text.split("\n")[refusal.line - 1].strip()[:200] if refusal.line else ""
        return Reading(None, (), (Unread(refusal.line or 1, line, refusal.message),))


class _Reader:
    """Puts a project together from the classes of one text."""

    def __init__(self, text: Text, before: Project | None, network: str | None) -> None:
        self.text = text
        self.before = before
        self.network = network or (before.main() if before is not None else "")
        custom = before.custom if before is not None else {}
        self.olds: dict[GraphRef, Old] = {}
        self.written: Written | None = None
        if before is not None:
            try:
                self._remember(before, program(before, self.network))
            except NetwrightError:  # it had mistakes: its source was not shown, and cannot have been edited
                self.olds = {}
        composites: dict[str, Composite] = {}
        if before is not None and self.written is not None:
            composites = {kind: before.composites[name] for name, kind in self.written.composites.items()}
        self.classes = Classes(text, Coded(custom, trust.trusts(custom)), composites)
        alone = self.classes.alone()
        if before is not None:
            alone = [self._wanted()] if self._wanted() in alone else alone[-1:]
        self.classes.networks = frozenset(alone)
        self.roots = self._roots()
        self.composites = self._composites()
        self.built: dict[GraphRef, tuple[Definition, Built]] = {}

    def read(self) -> Reading:
        """Give what came of it."""
        if not self.roots:
            self.text.note(
                1, Message("There is no network here. Expected a class of nn.Module with a forward.")
            )
            return Reading(None, (), tuple(self.text.unread))
        project = self._assemble()
        waiting = [one for read in self.classes.every() for one in read.nodes if len(one.made.bound) > 1]
        for _ in waiting:
            if not self._settle(project):
                break
            project = self._assemble()
        if not self.text.unread and any(one.guessed for read in self.classes.every() for one in read.nodes):
            self._fitting(project)
        unread = tuple(sorted(self.text.unread, key=lambda one: one.line))
        try:
            decode.project(encode.project(project))
        except NetwrightError as refusal:
            return Reading(None, (), (*unread, Unread(1, self.text.line(1), refusal.message)))
        return Reading(project, tuple(self._name(root) for root in self.roots), unread)

    # -- what it was before -------------------------------------------------------------------------------

    def _remember(self, before: Project, ordered: Program) -> None:
        self.written = written(ordered)
        for family in families(ordered):
            ref = GraphRef("network" if family.block is None else "composite", family.name)
            self.olds[ref] = Old(before.graph(ref), family.first)

    def _roots(self) -> list[Definition]:
        """Choose the classes that are networks: the one that was edited, or all that stand on their own."""
        every = self.classes.roots()
        roots = [one for one in every if one.name in self.classes.networks] or every
        if self.before is None or not roots:
            return roots
        wanted = self._wanted()
        named = [one for one in roots if one.name == wanted]
        if not named:
            self.text.note(
                roots[-1].line,
                Message(
                    "The network is called “{name}”, so its class is “{wanted}”. Rename it at its tab.",
                    name=self.network,
                    wanted=wanted,
                ),
            )
        return named or roots[-1:]

    def _wanted(self) -> str:
        """Give what the class of the network is called."""
        return self.written.name if self.written is not None else class_name(self.network)

    def _composites(self) -> dict[str, str]:
        """Name the composite of each class."""
        known = {} if self.written is None else {kind: name for name, kind in self.written.composites.items()}
        taken = set(self.before.composites) if self.before is not None else set()
        found: dict[str, str] = {}
        for definition in self.classes.every():
            if definition in self.roots:
                continue
            name, number = known.get(definition.name, ""), 2
            if not name:
                name = definition.name
                while name in taken:
                    name = f"{definition.name}{number}"
                    number += 1
            taken.add(name)
            found[definition.name] = name
        return found

    def _name(self, root: Definition) -> str:
        if self.before is not None:
            return self.network
        return "main" if root.name == "Main" else root.name

    # -- the project --------------------------------------------------------------------------------------

    def _assemble(self) -> Project:
        project = self.before or Project(
            networks=MappingProxyType({}),
            plan=Plan(networks=MappingProxyType({MODEL: self._name(self.roots[-1])})),
        )
        ports: dict[str, Ports] = {}
        for definition in self.classes.every():
            root = definition in self.roots
            name = self._name(definition) if root else self.composites[definition.name]
            ref = GraphRef("network" if root else "composite", name)
            built = build(definition, self.composites, ports, self.olds.get(ref), inner=not root)
            ports[definition.name] = built.ports(definition)
            self.built[ref] = (definition, built)
            if root:
                self._shapes_told(definition, built)
                project = project.with_graph(ref, built.graph)
            else:
                project = self._with_composite(project, name, definition, built.graph)
            project = placed(project, ref, built.new, built.instead)
        return project

    def _with_composite(self, project: Project, name: str, definition: Definition, graph: Graph) -> Project:
        there = project.composites.get(name) or Composite()
        known = {one.name: one for one in there.parameters}
        offered: list[CompositeParameter] = []
        for one in definition.offered():
            old = known.get(one.name)
            if old is None:
                default = one.default if one.default is not None else self._first_use(definition, one)
                offered.append(CompositeParameter(one.name, one.kind, default))
            else:
                offered.append(old if one.default is None else dataclasses.replace(old, default=one.default))
        made = Composite(graph, tuple(offered), there.doc)
        return dataclasses.replace(project, composites=MappingProxyType({**project.composites, name: made}))

    def _first_use(self, definition: Definition, argument: Taken) -> Value:
        """Give a default that fits: what the composite is first made with."""
        for read in self.classes.every():
            for made in read.everything():
                value = made.arguments.get(argument.name) if made.part is definition else None
                if value is not None and not is_arithmetic(value):
                    return value
        firsts: dict[str, Value] = {"bool": True, "choice": ""}
        return firsts.get(argument.kind, 1)

    def _shapes_told(self, root: Definition, built: Built) -> None:
        for entry in root.entries:
            if entry.shape is None and not entry.wrong and built.ids[entry] in built.new:
                self.text.note(
                    entry.line,
                    Message(
                        "What shape “{name}” has is not told. Write it under Inputs: in the docstring of the"
                        " class, such as {name}: B × 3 × 32 × 32 (float32).",
                        name=entry.name,
                    ),
                )

    def _settle(self, project: Project) -> bool:
        """Choose one block for one call that can be several, by the dimensions that arrive."""
        analyser = Analyser()
        for root in self.roots:
            ref = GraphRef("network", self._name(root))
            if self._settled(analyser.walk(project, ref), ref):
                return True
        return False

    def _fitting(self, project: Project) -> None:
        """Name the lines whose meaning depends on what arrives, and for which that does not fit."""
        analyser = Analyser()
        for root in self.roots:
            ref = GraphRef("network", self._name(root))
            self._fitted(analyser.walk(project, ref), ref)

    def _fitted(self, walk: Walk, ref: GraphRef) -> None:
        definition, built = self.built[ref]
        guessed = {built.ids[drawn]: drawn for drawn in definition.nodes if drawn.guessed}
        for key, outcome in walk.outcomes.items():
            inner = GraphRef("composite", outcome.node.composite)
            if outcome.inner and inner in self.built:
                self._fitted(outcome.inner[0], inner)
            wrong = [one.message for one in outcome.complaints if not one.warning]
            if key in guessed and wrong:
                said = Message(
                    "“{text}” does not fit what arrives: {message}",
                    text=guessed[key].guessed,
                    message=wrong[0],
                )
                self.text.note(guessed[key].line, said)

    def _settled(self, walk: Walk, ref: GraphRef) -> bool:
        definition, built = self.built[ref]
        calls = {built.ids[drawn]: drawn for drawn in definition.nodes}
        for key, outcome in walk.outcomes.items():
            inner = GraphRef("composite", outcome.node.composite)
            if outcome.inner and inner in self.built and self._settled(outcome.inner[0], inner):
                return True
            drawn = calls.get(key)
            if drawn is None or drawn.made.part is not None or len(drawn.made.bound) < 2:
                continue
            ranks = {port: len(found[0].shape) for port, found in outcome.report.inputs.items()}
            if ranks and not _takes(drawn, drawn.chosen or 0, ranks):
                fitting = [place for place in range(len(drawn.made.bound)) if _takes(drawn, place, ranks)]
                if fitting:
                    drawn.chosen = fitting[0]
                    return True
        return False


def _takes(drawn: Drawn, place: int, ranks: dict[str, int]) -> bool:
    block = drawn.made.bound[place].block
    return all(not port.rank or ranks[port.name] in port.rank for port in block.inputs if port.name in ranks)
