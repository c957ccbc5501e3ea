"""From a drawing to shapes, costs and every mistake, remembering what has not changed.

`Analyser.analyse` never raises and never stops at the first mistake: a node with an error has unknown
outputs, what hangs behind it stays silent, and everything else is still checked.
"""

from __future__ import annotations

import functools
import heapq
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from studio.blocks import Block, find
from studio.compiler import arrivals, checks, custom, initials, insides, instances, lengths, refusals, unmeant
from studio.compiler.alike import alike
from studio.compiler.complaints import Complaint
from studio.compiler.drawing import Drawing, draw, edited
from studio.compiler.idle import eased
from studio.compiler.measure import Arrivals, DoesNotRun, Measured, measure
from studio.compiler.problems import Problem
from studio.compiler.report import NodeReport, Report
from studio.compiler.tensors import Tensor
from studio.compiler.told import Told, placed
from studio.compiler.walk import Outcome, Walk, summed
from studio.graph import Graph, Node, Value
from studio.project import COMPOSITE, Composite, GraphRef, Project, block_of
from studio.project.document import values_alone
from studio.project.trust import trust

NOTHING: MappingProxyType[str, Outcome] = MappingProxyType({})

REMEMBERED = 50_000
"""How many measurements are kept before they are forgotten all at once."""


@dataclass(frozen=True)
class _Last:
    """The last look through a graph, what it rests on besides the drawing, and whether it was refused."""

    walk: Walk
    form: object
    rests: insides.Made
    made: Mapping[str, insides.Made]
    scope: Mapping[str, Value]
    refused: bool

    __hash__ = None  # type: ignore[assignment]

    def stale(self, project: Project, now: Mapping[str, insides.Made]) -> frozenset[str]:
        """Give the composites of the graph that are made of something else now, or of other code."""
        if not insides.same(self.rests, _rests(project)):
            return frozenset(now)
        return frozenset(name for name, made in now.items() if not insides.same(self.made.get(name), made))


def _rests(project: Project) -> insides.Made:
    return project.custom, trust.trusts(project.custom)


@dataclass
class Analyser:
    """Looks through graphs, remembering measurements by (block, parameters, shapes).

    After an edit of parameters only the edited nodes, and those whose inputs change by it, are looked at.
    It may be used from several threads; one looks at a time.
    """

    _measured: dict[object, Measured | Complaint | str] = field(default_factory=dict)
    _drawings: dict[GraphRef, Drawing] = field(default_factory=dict)
    _composites: dict[str, tuple[Composite, Block]] = field(default_factory=dict)
    _walks: dict[GraphRef, _Last] = field(default_factory=dict)
    _insides: insides.Insides[Walk] = field(default_factory=insides.Insides)
    _rests: insides.Made = ()
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def analyse(self, project: Project, ref: GraphRef | None = None) -> Report:
        """Give shapes, costs and problems of a graph.

        Args:
            project: a snapshot.
            ref: which graph; the network that the plan trains when not given.
        """
        walk = self.walk(project, ref or GraphRef("network", project.main()))
        by_id = walk.rows
        arriving = {
            walk.names[node.id]: by_id[node.id].outputs["y"]
            for node in walk.inputs()
            if by_id[node.id].outputs
        }
        leaving = {
            walk.names[node.id]: by_id[node.id].inputs["x"][0]
            for node in walk.outputs()
            if by_id[node.id].inputs
        }
        return Report(
            walk.ref,
            by_id,
            walk.problems,
            walk.sum_of("parameters"),
            walk.sum_of("trainable"),
            walk.sum_of("multiply_adds"),
            MappingProxyType(arriving),
            MappingProxyType(leaving),
            walk,
        )

    def walk(self, project: Project, ref: GraphRef) -> Walk:
        """Look through a graph on its own; a composite with its parameters' defaults."""
        with self._lock:
            if len(self._measured) > REMEMBERED:
                self._measured.clear()
            scope: dict[str, Value] = {}
            if ref.place == "composite" and ref.name in project.composites:
                scope = values_alone(project.composites[ref.name])
            if not insides.same(self._rests, _rests(project)):
                self._rests = _rests(project)
                self._insides.forget()
            graph = project.graph(ref)
            drawing, last = self._drawing(project, ref, graph), self._walks.get(ref)
            made = self._insides.all_of(
                project, dict.fromkeys(graph.nodes[key].composite for key in drawing.composites)
            )
            stale = last.stale(project, made) if last is not None else frozenset()
            refused: list[Problem] = []
            if last is None or last.refused or last.form is not drawing.form or stale:
                refused = list(instances.unfolding(project, ref, graph))
            if last is not None and (refused or last.refused or last.scope != scope):
                last = None
            form = drawing.form
            if refused:
                broken = drawing.broken | {problem.node for problem in refused}
                drawing = replace(drawing, problems=(*drawing.problems, *refused), broken=broken)
            around = (ref.name,) if ref.place == "composite" else ()
            walk = self._walk(project, ref, drawing, None, scope, around, last, stale)
            self._walks[ref] = _Last(walk, form, _rests(project), made, scope, bool(refused))
            return walk

    def _drawing(self, project: Project, ref: GraphRef, graph: Graph) -> Drawing:
        def block(graph: Graph, node: Node) -> Block:
            composite = project.composites.get(node.composite) if node.type == COMPOSITE else None
            if composite is None:
                return block_of(project, graph, node)
            known = self._composites.get(node.composite)
            if known is None or known[0] is not composite:
                known = self._composites[node.composite] = composite, block_of(project, graph, node)
            return known[1]

        last = self._drawings.get(ref)
        found = (last.after(graph, block) if last is not None else None) or draw(ref, graph, block)
        self._drawings[ref] = found
        return found

    def _walk(
        self,
        project: Project,
        ref: GraphRef,
        drawing: Drawing,
        given: Mapping[str, Tensor] | None,
        scope: Mapping[str, Value],
        stack: tuple[str, ...],
        last: _Last | None = None,
        stale: frozenset[str] = frozenset(),
    ) -> Walk:
        graph = drawing.graph
        before = last.walk.outcomes if last is not None else NOTHING
        changed = None
        if last is not None and last.form is drawing.form and drawing.runs == len(drawing.order):
            changed = edited(last.walk.graph, graph)
        if last is None or changed is None:
            outcomes, rows, sums, told = {}, {}, None, Told()
            places = list(range(len(drawing.order)))
        else:
            outcomes, rows = before.copy(), last.walk.rows.copy()
            sums, told = last.walk.sums, last.walk.told
            changed |= {key for key in drawing.composites if graph.nodes[key].composite in stale}
            places = sorted(drawing.place[key] for key in changed)
        waiting = set(places)
        while places:
            place = heapq.heappop(places)
            key = drawing.order[place]
            known = before.get(key)
            kept = known if known is not None and known.node.composite not in stale else None
            outcomes[key] = self._outcome(project, drawing, key, outcomes, given, scope, stack, kept)
            if key in rows and rows[key].outputs != outcomes[key].report.outputs:
                for wire in graph.out_of(key):
                    behind = drawing.place[wire.target.node]
                    if behind > place and behind not in waiting:
                        waiting.add(behind)
                        heapq.heappush(places, behind)
        looked = [drawing.order[place] for place in sorted(waiting)]
        counted = [key for key in looked if key in drawing.used]
        left = [rows[key] for key in counted if key in rows]
        sums = summed(sums, left, [outcomes[key].report for key in counted])
        rows.update((key, outcomes[key].report) for key in looked)
        told = told.after(ref, drawing, outcomes, looked)
        problems = [*drawing.problems, *told.problems()]
        unequal = [placed(ref, key, found) for key, found in lengths.unequal(_entered(drawing, outcomes))]
        if unequal:
            problems = [*lengths.without_echoes(problems), *unequal]
        if problems:
            loose, blocks = drawing.loose, drawing.blocks
            mended = eased(graph, loose, blocks, problems, lambda key, port: _leaving(outcomes, key, port))
            problems = sorted(mended, key=lambda problem: drawing.place.get(problem.node, -1))
        return Walk(
            ref,
            graph,
            drawing.names,
            MappingProxyType(outcomes),
            MappingProxyType(rows),
            tuple(problems),
            drawing.used,
            drawing.inputs,
            drawing.outputs,
            sums,
            told,
            scope,
        )

    def _outcome(
        self,
        project: Project,
        drawing: Drawing,
        key: str,
        outcomes: Mapping[str, Outcome],
        given: Mapping[str, Tensor] | None,
        scope: Mapping[str, Value],
        stack: tuple[str, ...],
        last: Outcome | None,
    ) -> Outcome:
        """Look at one node, if anything that it depends on differs from the last time."""
        node, block = drawing.graph.nodes[key], drawing.blocks[key]
        arriving, silent = _arriving(drawing, key, outcomes)
        if (
            last is not None
            and last.silent == silent
            and last.node is node
            and last.block is block
            and last.report.inputs == arriving
        ):
            return last
        values, complaints = checks.parameters(block, node, scope) if block.known else ({}, [])
        inner: tuple[Walk, ...] = ()
        found: Measured | None = None
        if node.type == "input":
            try:
                found, more = _weighed(Measured(_entering(node, values, given), 0, 0))
            except lengths.LengthsError as error:
                more = [lengths.unread(error, values)]
            complaints += more
        elif node.type == "output":
            found = None if silent else Measured({}, 0, 0)
        elif not silent and block.known and not complaints:
            complaints += arrivals.arrivals(block, node, arriving)
            if node.bypassed:
                first = arriving.get(block.inputs[0].name) if block.inputs else None
                found = Measured({block.outputs[0].name: first[0]} if first and block.outputs else {}, 0, 0)
            elif node.type == COMPOSITE:
                found, inner, more = self._composite(project, node, block, arriving, values, stack)
                values = dict(inner[0].scope) if inner else values
                complaints += more
            elif not complaints:
                complaints += checks.inferred(block, arriving, values)
                if not any(not complaint.warning for complaint in complaints):
                    complaints += checks.rules(block, node, values)
                    complaints += arrivals.dimensions(block, node, arriving, values)
                    complaints += arrivals.combination(block, node, arriving, values)
                    complaints += unmeant.computed(block, node, arriving, values)
                if not any(not complaint.warning for complaint in complaints):
                    found, more = self._measure(block, node, arriving, values)
                    complaints += more
        complaints = [lengths.with_fixes(complaint, drawing.graph) for complaint in complaints]
        parameters = found.parameters if found is not None else None
        trainable = parameters
        if inner:
            trainable = sum(walk.sum_of("trainable") or 0 for walk in inner)
        if node.shares and parameters is not None:
            parameters = trainable = 0
        if node.frozen and trainable is not None:
            trainable = 0
        owns = found if found is not None and not node.shares else None
        if node.initial and found is not None:
            complaints += initials.complaints(node, found.weights)
        report = NodeReport(
            node.id,
            node.name,
            node.type,
            MappingProxyType(dict(arriving)),
            found.outputs if found is not None else MappingProxyType({}),
            parameters,
            trainable,
            found.multiply_adds if found is not None else None,
            MappingProxyType(values),
            owns.weights if owns is not None else (),
            owns.buffers if owns is not None else 0,
            found.kept if found is not None else None,
        )
        return Outcome(node, block, report, tuple(complaints), inner, silent)

    def _measure(
        self, block: Block, node: Node, arriving: Arrivals, values: Mapping[str, Value]
    ) -> tuple[Measured | None, list[Complaint]]:
        if block.code is not None and not block.code.trusted:
            return None, [refusals.untrusted(block, node)]
        key = (block.type, block.code, tuple(values.items()), tuple(arriving.items()))
        found = self._measured.get(key)
        if found is None:
            try:
                found = _measured(block, values, arriving)
            except DoesNotRun as refusal:
                found = str(refusal) or "refused"
            except custom.CustomError as error:
                found = refusals.failed(block, error)
            except lengths.NotForAnyLength as error:
                found = lengths.refused(block.title, arriving, error)
            self._measured[key] = found
        if isinstance(found, Complaint):
            return None, [found]
        if isinstance(found, str):
            return None, [refusals.refused(block, node, arriving, values, found)]
        return _weighed(found)

    def _composite(
        self,
        project: Project,
        node: Node,
        block: Block,
        arriving: Arrivals,
        values: Mapping[str, Value],
        stack: tuple[str, ...],
    ) -> tuple[Measured | None, tuple[Walk, ...], list[Complaint]]:
        """Look through a composite with the shapes that arrive.

        When it repeats, what leaves enters by its first input again, and each round is given what arrives
        at the others.
        """
        name = node.composite
        if name in stack or len(stack) >= instances.MAX_DEPTH:
            return None, (), [instances.recursive(node)]
        composite = project.composites[name]
        if not 1 <= node.repeat <= instances.MAX_REPEAT:
            return None, (), [instances.bad_repeat(node)]
        ref = GraphRef("composite", name)
        tensors = {port: found[0] for port, found in arriving.items()}
        walks: list[Walk] = []
        own = dict(values)
        complaints = list(checks.inferred(block, arriving, own))
        if complaints:
            return None, (), complaints
        for round_number in range(node.repeat):
            place = project, name, len(stack), tensors, own
            known = self._insides.find(*place)
            if known is None:
                drawing = self._drawing(project, ref, composite.graph)
                walk = self._walk(project, ref, drawing, tensors, own, (*stack, name))
            else:
                walk = known
            walks.append(walk)
            errors = [problem for problem in walk.problems if problem.severity == "error"]
            if known is None and not errors:
                self._insides.keep(*place, walk)
            if errors:
                told = instances.inside(name, composite.graph, errors[0])
                # Looking once more at every depth would take twice as long for each.
                mends = instances.sizes_typed(node, block) if len(stack) < 2 else None
                free = dict(values) | dict.fromkeys(mends.parameters) if mends is not None else own
                if (
                    mends is not None
                    and not self._composite(
                        project, node.with_parameters(mends.parameters), block, arriving, free, stack
                    )[2]
                ):
                    told = replace(told, fixes=(mends,))
                return None, tuple(walks), [told]
            leaving = {node.name: walk.outcomes[node.id].report.inputs["x"][0] for node in walk.outputs()}
            if round_number + 1 < node.repeat:
                if not tensors or len(leaving) != 1:
                    return None, tuple(walks), [instances.cannot_repeat(name, len(tensors), len(leaving))]
                tensors = {**tensors, block.inputs[0].name: next(iter(leaving.values()))}
        total = sum(walk.sum_of("parameters") or 0 for walk in walks)
        cost = sum(walk.sum_of("multiply_adds") or 0 for walk in walks)
        return Measured(MappingProxyType(leaving), total, cost), tuple(walks), []


def analyse(project: Project, ref: GraphRef | None = None) -> Report:
    """Look through one graph of a project once; an editor keeps an `Analyser` instead."""
    return Analyser().analyse(project, ref)


def _weighed(found: Measured) -> tuple[Measured | None, list[Complaint]]:
    """Give what was found with complaints about its size; without it where nothing can be that large."""
    told = list(refusals.size(found.parameters, found.outputs))
    return (found if all(complaint.warning for complaint in told) else None), told


def _arriving(
    drawing: Drawing, key: str, outcomes: Mapping[str, Outcome]
) -> tuple[dict[str, tuple[Tensor, ...]], bool]:
    """Give what arrives at each port of a node, and whether something keeps it from being looked at."""
    arriving: dict[str, tuple[Tensor, ...]] = {}
    silent = key in drawing.broken or drawing.place[key] >= drawing.runs
    into = drawing.graph.into(key)
    for port in drawing.blocks[key].inputs:
        sources = [wire.source for wire in into if wire.enabled and wire.target.port == port.name]
        tensors = tuple(
            outcomes[source.node].report.outputs[source.port]
            for source in sources
            if source.node in outcomes and source.port in outcomes[source.node].report.outputs
        )
        if len(tensors) < len(sources):
            silent = True
        elif tensors:
            arriving[port.name] = tensors
    return arriving, silent


def _leaving(outcomes: Mapping[str, Outcome], key: str, port: str) -> Tensor | None:
    """Give what leaves a node, as far as it is known."""
    return outcomes[key].report.outputs.get(port) if key in outcomes else None


def _entering(
    node: Node, values: Mapping[str, Value], given: Mapping[str, Tensor] | None
) -> Mapping[str, Tensor]:
    if given is not None:
        return {"y": given[node.name]} if node.name in given else {}
    shape, dtype = values["shape"], values["dtype"]
    assert isinstance(shape, tuple)
    sizes = tuple(size for size in shape if isinstance(size, int))
    return {"y": lengths.entering(sizes, str(dtype), str(values["open"]))}


def _entered(drawing: Drawing, outcomes: Mapping[str, Outcome]) -> dict[str, Tensor]:
    """Give what is known to enter, by the id of the Input."""
    return {key: outcomes[key].report.outputs["y"] for key in drawing.inputs if outcomes[key].report.outputs}


def _measured(block: Block, values: Mapping[str, Value], arriving: Arrivals) -> Measured:
    """Measure a block; code of a person's own is watched, and may raise whatever it likes."""
    if block.code is None and not block.plugin:
        return alike(block, values, arriving) or measure(block, values, arriving)
    _warmed()
    try:
        with custom.Watch():
            return measure(block, values, arriving)
    except KeyboardInterrupt:
        raise
    except DoesNotRun:
        raise
    except BaseException as error:  # noqa: BLE001  whatever it is, it is told at the block
        raise custom.said(error, block.title, block.plugin) from None


@functools.cache
def _warmed() -> None:
    """Let torch import what it imports late, which would count as time that the code of a block took."""
    linear = find("linear")
    assert linear is not None
    measure(linear, {"in_features": 1, "out_features": 1, "bias": True}, {"x": (Tensor.of(1),)})
