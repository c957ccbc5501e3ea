"""The ordered program of a sound graph, which the module and the source are both read from.

A program is a list of steps, one for each node that leads to an output, with every parameter resolved
and every input named by the value that feeds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.blocks import Block
from studio.compiler.analyse import Analyser
from studio.compiler.measure import Weight
from studio.compiler.problems import CompileError
from studio.compiler.tensors import Tensor
from studio.compiler.walk import Walk
from studio.graph import Node, Value
from studio.project import COMPOSITE, GraphRef, Project

Source = tuple[str, str]
"""A value: the id of the node that makes it, and the output port."""


@dataclass(frozen=True)
class Step:
    """One node at work.

    Attributes:
        node: the node.
        block: its declaration.
        name: its identifier: the attribute in the module.
        values: its parameters, resolved.
        inputs: port to the values that arrive, in order.
        outputs: port to what leaves.
        used: the output ports that something reads.
        owner: identifier of the node whose weights it uses; its own name when it has its own.
        inner: the program of a composite, once for each repetition.
        weights: the learnable tensors of its own.
    """

    node: Node
    block: Block
    name: str
    values: Mapping[str, Value]
    inputs: Mapping[str, tuple[Source, ...]]
    outputs: Mapping[str, Tensor]
    used: frozenset[str]
    owner: str
    inner: tuple[Program, ...] = ()
    weights: tuple[Weight, ...] = ()

    __hash__ = None  # type: ignore[assignment]

    @property
    def has_module(self) -> bool:
        """Whether the step calls a module (and not a function or an operator)."""
        return self.node.type == COMPOSITE or self.block.call == "module"

    @property
    def loops(self) -> bool:
        """Whether it is a composite whose rounds each take more than what left the round before."""
        return len(self.inner) > 1 and len(self.block.inputs) > 1

    def arguments(self) -> dict[str, str]:
        """Give the inputs of a composite by port: it takes them by name, in the order of its Input blocks."""
        names = (name for _, name, _ in self.inner[0].inputs)
        return {port.name: name for port, name in zip(self.block.inputs, names, strict=True)}


@dataclass(frozen=True)
class Program:
    """A sound graph in the order in which it runs.

    Attributes:
        ref: which graph.
        inputs: (node id, identifier, what it takes) in the document's order.
        outputs: (identifier, the value that leaves, its tensor) in the document's order.
        steps: everything between.
        parameters: learnable numbers in all.
        ends: identifier of each output to the id of its node.
        labels: identifier of each input and output to what a person called it.
        values: the parameters of the composite that it is the program of.
    """

    ref: GraphRef
    inputs: tuple[tuple[str, str, Tensor], ...]
    outputs: tuple[tuple[str, Source, Tensor], ...]
    steps: tuple[Step, ...]
    parameters: int
    ends: Mapping[str, str]
    labels: Mapping[str, str]
    values: Mapping[str, Value]

    __hash__ = None  # type: ignore[assignment]

    def attributes(self) -> list[Step]:
        """Give the steps that own a module, in the order in which the modules are made."""
        return [step for step in self.steps if step.has_module and step.owner == step.name]


def program(project: Project, network: str | None = None, analyser: Analyser | None = None) -> Program:
    """Give the program of a network.

    Args:
        project: a snapshot.
        network: its name; the one that the plan trains first when not given.
        analyser: one that remembers, if there is one.

    Raises:
        CompileError: the network has errors; all of them are in the exception.
    """
    walk = (analyser or Analyser()).walk(project, GraphRef("network", network or project.main()))
    errors = tuple(problem for problem in walk.problems if problem.severity == "error")
    if errors:
        raise CompileError(errors)
    return _from_walk(walk)


def _from_walk(walk: Walk) -> Program:
    graph, names = walk.graph, walk.names
    needed = graph.upstream(node.id for node in walk.outputs())
    bypass: dict[Source, Source] = {}

    def origin(source: Source) -> Source:
        while source in bypass:
            source = bypass[source]
        return source

    steps: list[Step] = []
    read = {
        (wire.source.node, wire.source.port)
        for wire in graph.wires
        if wire.enabled and wire.target.node in needed
    }
    for key, outcome in walk.outcomes.items():
        node, block = outcome.node, outcome.block
        if key not in needed or node.type in ("input", "output"):
            continue
        inputs: dict[str, tuple[Source, ...]] = {}
        for port in block.inputs:
            wires = [w for w in graph.into(key) if w.enabled and w.target.port == port.name]
            if wires:
                inputs[port.name] = tuple(origin((w.source.node, w.source.port)) for w in wires)
        if node.bypassed:
            bypass[key, block.outputs[0].name] = inputs[block.inputs[0].name][0]
            continue
        steps.append(
            Step(
                node,
                block,
                names[key],
                outcome.report.resolved,
                inputs,
                outcome.report.outputs,
                frozenset(port.name for port in block.outputs if (key, port.name) in read),
                names[node.shares] if node.shares else names[key],
                tuple(_from_walk(inner) for inner in outcome.inner),
                outcome.report.weights,
            )
        )
    rows = {key: outcome.report for key, outcome in walk.outcomes.items()}
    return Program(
        walk.ref,
        tuple((node.id, names[node.id], rows[node.id].outputs["y"]) for node in walk.inputs()),
        tuple(
            (names[node.id], origin((wire.source.node, wire.source.port)), rows[node.id].inputs["x"][0])
            for node in walk.outputs()
            for wire in graph.into(node.id)
            if wire.enabled
        ),
        tuple(steps),
        walk.sum_of("parameters") or 0,
        {names[node.id]: node.id for node in walk.outputs()},
        {names[node.id]: node.name for node in (*walk.inputs(), *walk.outputs())},
        walk.scope,
    )
