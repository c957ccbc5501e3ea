"""The torch module of a network: a `torch.fx.GraphModule`, as fast as code written by hand.

Modules are made in the order in which the source makes them, so that one seed gives the same weights
in the program and in the exported script.
"""

from __future__ import annotations

import functools
import itertools
import operator
from typing import Any

import torch
from torch import fx, nn
from torch.utils._python_dispatch import TorchDispatchMode

from studio.compiler import initials
from studio.compiler.analyse import Analyser
from studio.compiler.measure import arguments, call_inputs, make, pick, target_of
from studio.compiler.names import class_name
from studio.compiler.program import Program, Source, Step, program
from studio.project import COMPOSITE, Project

PLACE = "place"
"""Under this key each node of the fx graph has the identifier of the drawn node that it came from."""

TENSOR = "tensor"
"""Under this key each input of the fx graph has what it takes."""


class OwnRandomness(TorchDispatchMode):
    """Let random initialisation in this thread draw from a generator of its own.

    torch's initialisers draw from the global generator, which a running training uses at the same time.
    """

    def __init__(self, generator: torch.Generator) -> None:
        """Draw from `generator` while the mode is entered."""
        super().__init__()
        self.generator = generator

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Run one operation, giving it the generator if it draws and was given none."""
        named = dict(kwargs or {})
        if func in _drawing() and named.get("generator") is None:
            named["generator"] = self.generator
        if func is torch.ops.aten.randperm.default:
            func, named = torch.ops.aten.randperm.generator, {**named, "generator": self.generator}
        return func(*args, **named)


@functools.cache
def _drawing() -> frozenset[Any]:
    """The in-place operations that initialisers draw with."""
    aten = torch.ops.aten
    return frozenset(
        {aten.uniform_.default, aten.normal_.default, aten.bernoulli_.float, aten.exponential_.default}
    )


def build(
    project: Project,
    network: str | None = None,
    *,
    seed: int | None = None,
    device: str = "cpu",
    analyser: Analyser | None = None,
) -> nn.Module:
    """Make the module of a network with fresh weights.

    Args:
        project: a snapshot.
        network: its name; the one that the plan trains first when not given.
        seed: what the weights are drawn from; a new random one when not given.
        device: where the weights are put; they are drawn on the CPU, so a seed means the same everywhere.
        analyser: one that remembers, if there is one.

    Returns:
        A module that takes one tensor when the network has one input, else keywords; and gives one
        tensor when it has one output, else a dict by name.

    Raises:
        CompileError: the network has errors.
    """
    ordered = program(project, network, analyser)
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed)
    with OwnRandomness(generator):
        module = module_of(ordered)
    return module.to(device)


def module_of(ordered: Program) -> fx.GraphModule:
    """Make the module of a program, drawing its weights from the generator in force."""
    root = nn.Module()
    for step in ordered.attributes():
        module = _module(step)
        initials.begin(step.node, step.values, module)
        if step.node.frozen:
            module.requires_grad_(False)
        root.add_module(step.name, module)
    graph = fx.Graph()
    values: dict[Source, fx.Node] = {}
    for key, name, taken in ordered.inputs:
        values[key, "y"] = entry = graph.placeholder(name)
        entry.meta[TENSOR] = taken
    for step in ordered.steps:
        before = len(graph.nodes)
        result = _call(graph, step, values)
        for port in step.block.outputs:
            if port.name in step.used:
                values[step.node.id, port.name] = _part(graph, step, result, port.name)
        for made in itertools.islice(reversed(graph.nodes), len(graph.nodes) - before):
            made.meta[PLACE] = step.name
    leaving = {name: values[source] for name, source, _ in ordered.outputs}
    graph.output(next(iter(leaving.values())) if len(leaving) == 1 else leaving)
    module = fx.GraphModule(root, graph, class_name(ordered.ref.name))
    # fx gives each module a class whose own way of being called costs a small network a hundredth of its
    # time, and prints to the terminal where the network fails. That of any module is as good.
    del type(module).__call__
    return module


def _module(step: Step) -> nn.Module:
    if step.node.type != COMPOSITE:
        return make(step.block, step.values)
    rounds = [module_of(inner) for inner in step.inner]
    if len(rounds) == 1:
        return rounds[0]
    return nn.ModuleList(rounds) if step.loops else nn.Sequential(*rounds)


def _call(graph: fx.Graph, step: Step, values: dict[Source, fx.Node]) -> fx.Node:
    given = {port: [values[source] for source in sources] for port, sources in step.inputs.items()}
    if step.node.type == COMPOSITE:
        if len(given) == 1:
            return graph.call_module(step.owner, (next(iter(given.values()))[0],))
        ports = step.arguments()
        taken: dict[str, Any] = {ports[port]: found[0] for port, found in given.items()}
        if not step.loops:
            return graph.call_module(step.owner, (), taken)
        for number in range(len(step.inner)):
            leaving = graph.call_module(f"{step.owner}.{number}", (), dict(taken))
            taken[step.inner[0].inputs[0][1]] = leaving
        return leaving
    positional, named = call_inputs(step.block, given)
    if step.block.call == "infix":
        parts = positional[0] if isinstance(positional[0], list) else positional
        operation = target_of(step.block)
        total: fx.Node = functools.reduce(lambda a, b: graph.call_function(operation, (a, b)), parts)
        return total
    if step.block.call == "function":
        extra = arguments(step.block, step.values, at_call=False)
        return graph.call_function(target_of(step.block), tuple(positional), {**named, **extra})
    extra = arguments(step.block, step.values, at_call=True)
    return graph.call_module(step.owner, tuple(positional), {**named, **extra})


def _part(graph: fx.Graph, step: Step, result: fx.Node, port: str) -> fx.Node:
    """Give the value of one output port: the whole result, a part of it, or an entry of a dict."""
    if step.node.type == COMPOSITE:
        if len(step.block.outputs) == 1:
            return result
        ports = {
            known.name: name
            for known, (name, _, _) in zip(step.block.outputs, step.inner[-1].outputs, strict=True)
        }
        return graph.call_function(operator.getitem, (result, ports[port]))
    found = step.block.output(port)
    assert found is not None
    part: fx.Node = pick(_Indexing(graph, result), found.path).node
    return part


class _Indexing:
    """Records `result[i][j]` as nodes of the graph."""

    def __init__(self, graph: fx.Graph, node: fx.Node) -> None:
        self.graph = graph
        self.node = node

    def __getitem__(self, index: int) -> _Indexing:
        return _Indexing(self.graph, self.graph.call_function(operator.getitem, (self.node, index)))
