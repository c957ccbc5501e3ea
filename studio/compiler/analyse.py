"""From a drawing to shapes, costs and every mistake, remembering what has not changed.

`Analyser.analyse` never raises and never stops at the first mistake: a node with an error has unknown
outputs, what hangs behind it stays silent, and everything else is still checked.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.blocks import Block
from studio.compiler import arrivals, checks, instances, refusals
from studio.compiler.complaints import Complaint
from studio.compiler.measure import Arrivals, DoesNotRun, Measured, measure
from studio.compiler.names import identifiers
from studio.compiler.problems import Problem
from studio.compiler.report import NodeReport, Report
from studio.compiler.structure import eased, structure
from studio.compiler.tensors import Tensor
from studio.graph import Graph, Node, Value
from studio.project import COMPOSITE, GraphRef, Project, block_of

REMEMBERED = 50_000
"""How many measurements are kept before they are forgotten all at once."""


@dataclass(frozen=True)
class Outcome:
    """All that was found out about one node.

    Attributes:
        node: the node.
        block: its declaration.
        report: its row.
        complaints: its problems, still without a place.
        inner: the walk through a composite, once for each repetition.
    """

    node: Node
    block: Block
    report: NodeReport
    complaints: tuple[Complaint, ...]
    inner: tuple[Walk, ...] = ()

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Walk:
    """One graph looked through from its inputs to its outputs.

    Attributes:
        ref: which graph.
        graph: the graph.
        names: node id to identifier.
        outcomes: node id to what was found, in the order in which nodes run.
        problems: all problems, with their places.
    """

    ref: GraphRef
    graph: Graph
    names: Mapping[str, str]
    outcomes: Mapping[str, Outcome]
    problems: tuple[Problem, ...]

    __hash__ = None  # type: ignore[assignment]

    def inputs(self) -> list[Node]:
        """Give the Input nodes in the document's order."""
        return list(self.graph.of_type("input"))

    def outputs(self) -> list[Node]:
        """Give the Output nodes in the document's order."""
        return list(self.graph.of_type("output"))

    def sum_of(self, what: str) -> int | None:
        """Add up a column over the nodes that lead to an output; None while an error makes the sum false."""
        if any(problem.severity == "error" for problem in self.problems):
            return None
        used = self.graph.upstream(node.id for node in self.outputs())
        return sum(
            getattr(outcome.report, what) or 0 for key, outcome in self.outcomes.items() if key in used
        )


@dataclass
class _Memory:
    """The last outcome of one node and what it was found from."""

    node: Node
    block: Block
    arrivals: Arrivals
    composites: object
    outcome: Outcome


@dataclass
class Analyser:
    """Looks through graphs, remembering measurements by (block, parameters, shapes).

    It may be used from several threads; one looks at a time.
    """

    _measured: dict[object, Measured | str] = field(default_factory=dict)
    _known: dict[GraphRef, dict[str, _Memory]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def analyse(self, project: Project, ref: GraphRef | None = None) -> Report:
        """Give shapes, costs and problems of a graph.

        Args:
            project: a snapshot.
            ref: which graph; the network that the plan trains when not given.
        """
        walk = self.walk(project, ref or GraphRef("network", project.main()))
        by_id = {key: outcome.report for key, outcome in walk.outcomes.items()}
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
            MappingProxyType(by_id),
            walk.problems,
            walk.sum_of("parameters"),
            walk.sum_of("trainable"),
            walk.sum_of("multiply_adds"),
            MappingProxyType(arriving),
            MappingProxyType(leaving),
        )

    def walk(self, project: Project, ref: GraphRef) -> Walk:
        """Look through a graph on its own; a composite with its parameters' defaults."""
        with self._lock:
            if len(self._measured) > REMEMBERED:
                self._measured.clear()
            scope: dict[str, Value] = {}
            if ref.place == "composite" and ref.name in project.composites:
                scope = {offered.name: offered.default for offered in project.composites[ref.name].parameters}
            memory = self._known.setdefault(ref, {})
            return self._walk(project, ref, project.graph(ref), None, scope, (), memory)

    def _walk(
        self,
        project: Project,
        ref: GraphRef,
        graph: Graph,
        given: Mapping[str, Tensor] | None,
        scope: Mapping[str, Value],
        stack: tuple[str, ...],
        memory: dict[str, _Memory] | None,
    ) -> Walk:
        blocks = {key: block_of(project, graph, node) for key, node in graph.nodes.items()}
        problems: list[Problem] = list(structure(ref, graph, blocks))
        if not stack:
            problems += instances.unfolding(project, ref, graph)
        broken = {problem.node for problem in problems if problem.severity == "error"}
        order = graph.order()
        running = set(order)
        order += [key for key in graph.nodes if key not in running]
        known: dict[tuple[str, str], Tensor] = {}
        outcomes: dict[str, Outcome] = {}
        for key in order:
            node, block = graph.nodes[key], blocks[key]
            arriving: dict[str, tuple[Tensor, ...]] = {}
            silent = key in broken or key not in running
            for port in block.inputs:
                wires = [w for w in graph.into(key) if w.enabled and w.target.port == port.name]
                tensors = [known.get((w.source.node, w.source.port)) for w in wires]
                if wires and all(tensor is not None for tensor in tensors):
                    arriving[port.name] = tuple(tensor for tensor in tensors if tensor is not None)
                elif wires:
                    silent = True
            outcome = self._outcome(
                project, graph, node, block, arriving, silent, given, scope, stack, memory
            )
            outcomes[key] = outcome
            for port_name, tensor in outcome.report.outputs.items():
                known[key, port_name] = tensor
            problems.extend(placed(ref, key, complaint) for complaint in outcome.complaints)
        place = {key: index for index, key in enumerate(order)}
        problems = sorted(eased(graph, problems), key=lambda problem: place.get(problem.node, -1))
        return Walk(ref, graph, identifiers(graph), MappingProxyType(outcomes), tuple(problems))

    def _outcome(
        self,
        project: Project,
        graph: Graph,
        node: Node,
        block: Block,
        arriving: Arrivals,
        silent: bool,
        given: Mapping[str, Tensor] | None,
        scope: Mapping[str, Value],
        stack: tuple[str, ...],
        memory: dict[str, _Memory] | None,
    ) -> Outcome:
        last = memory.get(node.id) if memory is not None else None
        if (
            last is not None
            and not silent
            and last.node is node
            and last.block is block
            and last.arrivals == arriving
            and last.composites is project.composites
            and not node.shares
        ):
            return last.outcome
        values, complaints = checks.parameters(block, node, scope) if block.known else ({}, [])
        inner: tuple[Walk, ...] = ()
        found: Measured | None = None
        if node.type == "input":
            found, more = _weighed(Measured(_entering(node, values, given), 0, 0))
            complaints += more
        elif node.type == "output":
            found = None if silent else Measured({}, 0, 0)
        elif not silent and block.known and not complaints:
            complaints += arrivals.arrivals(block, node, arriving)
            if node.bypassed:
                first = arriving.get(block.inputs[0].name) if block.inputs else None
                found = Measured({block.outputs[0].name: first[0]} if first and block.outputs else {}, 0, 0)
            elif node.type == COMPOSITE:
                found, inner, more = self._composite(project, node, arriving, values, stack)
                complaints += more
            elif not complaints:
                complaints += checks.inferred(block, arriving, values)
                if not any(not complaint.warning for complaint in complaints):
                    complaints += checks.rules(block, node, values)
                    complaints += arrivals.dimensions(block, node, arriving, values)
                    complaints += arrivals.combination(block, arriving, values)
                if not any(not complaint.warning for complaint in complaints):
                    found, more = self._measure(block, node, arriving, values)
                    complaints += more
        parameters = found.parameters if found is not None else None
        trainable = parameters
        if inner:
            trainable = sum(walk.sum_of("trainable") or 0 for walk in inner)
        if node.shares and parameters is not None:
            complaints += instances.sharing(graph, node, self._last_values(memory, node.shares), values)
            parameters = trainable = 0
        if node.frozen and trainable is not None:
            trainable = 0
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
        )
        outcome = Outcome(node, block, report, tuple(complaints), inner)
        if memory is not None:
            memory[node.id] = _Memory(node, block, arriving, project.composites, outcome)
        return outcome

    @staticmethod
    def _last_values(memory: dict[str, _Memory] | None, node: str) -> Mapping[str, Value] | None:
        found = memory.get(node) if memory is not None else None
        return found.outcome.report.resolved if found is not None else None

    def _measure(
        self, block: Block, node: Node, arriving: Arrivals, values: Mapping[str, Value]
    ) -> tuple[Measured | None, list[Complaint]]:
        key = (block.type, tuple(values.items()), tuple(arriving.items()))
        found = self._measured.get(key)
        if found is None:
            try:
                found = measure(block, values, arriving)
            except DoesNotRun as refusal:
                found = str(refusal) or "refused"
            self._measured[key] = found
        if isinstance(found, str):
            return None, [refusals.refused(block, node, arriving, values, found)]
        return _weighed(found)

    def _composite(
        self,
        project: Project,
        node: Node,
        arriving: Arrivals,
        values: Mapping[str, Value],
        stack: tuple[str, ...],
    ) -> tuple[Measured | None, tuple[Walk, ...], list[Complaint]]:
        """Look through a composite with the shapes that arrive; what leaves enters again when it repeats."""
        name = node.composite
        if name in stack or len(stack) >= instances.MAX_DEPTH:
            return None, (), [instances.recursive(name)]
        composite = project.composites[name]
        if not 1 <= node.repeat <= instances.MAX_REPEAT:
            return None, (), [instances.bad_repeat(node.repeat)]
        ref = GraphRef("composite", name)
        tensors = {port: found[0] for port, found in arriving.items()}
        walks: list[Walk] = []
        for round_number in range(node.repeat):
            walk = self._walk(project, ref, composite.graph, tensors, values, (*stack, name), None)
            walks.append(walk)
            errors = [problem for problem in walk.problems if problem.severity == "error"]
            if errors:
                return None, tuple(walks), [instances.inside(name, composite.graph, errors[0])]
            leaving = {node.name: walk.outcomes[node.id].report.inputs["x"][0] for node in walk.outputs()}
            if round_number + 1 < node.repeat:
                if len(tensors) != 1 or len(leaving) != 1:
                    return None, tuple(walks), [instances.cannot_repeat(name)]
                tensors = {next(iter(tensors)): next(iter(leaving.values()))}
        total = sum(walk.sum_of("parameters") or 0 for walk in walks)
        cost = sum(walk.sum_of("multiply_adds") or 0 for walk in walks)
        return Measured(MappingProxyType(leaving), total, cost), tuple(walks), []


def analyse(project: Project, ref: GraphRef | None = None) -> Report:
    """Look through one graph of a project once; an editor keeps an `Analyser` instead."""
    return Analyser().analyse(project, ref)


def placed(ref: GraphRef, node: str, complaint: Complaint) -> Problem:
    """Give a complaint its place."""
    return Problem(
        "warning" if complaint.warning else "error",
        complaint.code,
        ref,
        node,
        complaint.message,
        complaint.port,
        complaint.parameter,
        complaint.expected,
        complaint.received,
        complaint.fixes,
        complaint.details,
    )


def _weighed(found: Measured) -> tuple[Measured | None, list[Complaint]]:
    """Give what was found with complaints about its size; without it where nothing can be that large."""
    told = list(refusals.size(found.parameters, found.outputs))
    return (found if all(complaint.warning for complaint in told) else None), told


def _entering(
    node: Node, values: Mapping[str, Value], given: Mapping[str, Tensor] | None
) -> Mapping[str, Tensor]:
    if given is not None:
        return {"y": given[node.name]} if node.name in given else {}
    shape, dtype = values["shape"], values["dtype"]
    assert isinstance(shape, tuple)
    return {"y": Tensor.of(*(size for size in shape if isinstance(size, int)), dtype=str(dtype))}
