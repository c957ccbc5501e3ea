"""Runs a network once and shows what leaves every drawn node, at every level of its composites."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional

from studio.compiler import identifiers
from studio.compiler.measure import pick
from studio.compiler.module import PLACE
from studio.graph import Graph, Node
from studio.project import COMPOSITE, GraphRef, Project, block_of
from studio.train.judging.attending import attends, fitting, listened, weights_of

Path = tuple[str, ...]
"""A node by the ids of the composites around it, the outermost first, and its own."""

Ports = Mapping[str, torch.Tensor]
"""Output port to what leaves it."""

Attended = list[tuple[str, torch.Tensor]]
"""Attending layers by name, with their weights: heads by queries by keys."""

Sink = Callable[[Path, Ports, Attended], None]
"""Told what leaves a node, at once: what comes later may compute in its place."""


@contextmanager
def followed(
    model: nn.Module, project: Project, network: str, wanted: frozenset[Path], sink: Sink
) -> Iterator[None]:
    """Show what leaves some nodes whenever a network runs in this context.

    Args:
        model: the module of the network.
        project: what it was made from.
        network: its name.
        wanted: the nodes; of a composite that repeats, each round is told.
        sink: told of them.
    """
    if not isinstance(model, fx.GraphModule):
        yield
        return
    follower = _Follower(project, wanted, sink)
    model.forward = lambda *given, **named: follower.run(
        model, GraphRef("network", network), (), given, named
    )
    try:
        yield
    finally:
        del model.forward


class Places:
    """Leads to the modules of nodes."""

    def __init__(self, model: nn.Module, project: Project, network: str, *, last: bool = True) -> None:
        """Begin at the module of a network.

        Args:
            model: the module of the network.
            project: what it was made from.
            network: its name.
            last: of composites that repeat, whether the last round is meant; else the first.
        """
        self._model, self._project, self._last = model, project, last
        self._ref = GraphRef("network", network)
        self._names: dict[GraphRef, Mapping[str, str]] = {}

    def module(self, path: Path) -> nn.Module | None:
        """Give the module of a node; None for one that has none, such as a sum."""
        ref, found = self._ref, self._model
        for place, id in enumerate(path):
            if ref not in self._project.refs() or id not in self._project.graph(ref).nodes:
                return None
            graph = self._project.graph(ref)
            if ref not in self._names:
                self._names[ref] = identifiers(graph)
            node = graph.nodes[id]
            inner = found._modules.get(self._names[ref][node.shares or id])
            if inner is None:
                return None
            found = inner
            if node.type == COMPOSITE and place < len(path) - 1:
                if not isinstance(found, fx.GraphModule):
                    found = list(found.children())[-1 if self._last else 0]
                ref = GraphRef("composite", node.composite)
        return found


class _Follower:
    """What is wanted, and whom to tell."""

    def __init__(self, project: Project, wanted: frozenset[Path], sink: Sink) -> None:
        self.project = project
        self.sink = sink
        self.wanted = wanted
        self._ways = {path[:depth] for path in wanted for depth in range(1, len(path))}

    def leads(self, path: Path) -> bool:
        """Tell whether anything inside a composite is wanted."""
        return path in self._ways

    def run(
        self,
        module: fx.GraphModule,
        ref: GraphRef,
        at: Path,
        given: tuple[Any, ...],
        named: Mapping[str, Any],
    ) -> Any:
        """Run the module of one graph, telling what is wanted of it."""
        inputs = [str(node.target) for node in module.graph.nodes if node.op == "placeholder"]
        return _Runner(self, module, ref, at).run(*given, *(named[key] for key in inputs[len(given) :]))


class _Runner(fx.Interpreter):
    """Runs one graph node by node."""

    def __init__(self, follower: _Follower, module: fx.GraphModule, ref: GraphRef, at: Path) -> None:
        super().__init__(module)
        self._follower, self._ref, self._at = follower, ref, at
        self._graph: Graph = follower.project.graph(ref)
        self._ids = {name: id for id, name in identifiers(self._graph).items()}
        self._attended: Attended = []
        self._now = ""  # identifier of the drawn node that is at work
        self._passing: dict[str, list[str]] = {}
        for path in follower.wanted:
            if path[:-1] == at:
                self._passing.setdefault(self._origin(path[-1]), []).append(path[-1])
        # A sum of many, and a composite in rounds, are several steps: what leaves the last one counts.
        self._final = {
            place: n
            for n in module.graph.nodes
            if not _is_part(n, place := str(n.meta.get(PLACE, n.target if n.op == "placeholder" else "")))
        }

    def _origin(self, id: str) -> str:
        """Give the node whose result leaves a node: its own, or through bypassed ones that of another."""
        for _ in range(len(self._graph.nodes)):
            node = self._graph.nodes.get(id)
            if node is None or not node.bypassed:
                break
            into = [wire for wire in self._graph.into(id) if wire.enabled]
            if not into:
                break
            id = into[0].source.node
        return id

    def run_node(self, n: fx.Node) -> Any:
        """Run one step, and tell of it where its node is wanted."""
        self._attended, self._now = [], str(n.meta.get(PLACE, ""))
        result = super().run_node(n)
        if n.op == "output":
            self._leave(result)
            return result
        place = str(n.meta.get(PLACE, n.target if n.op == "placeholder" else ""))
        id = self._ids.get(place, "")
        if id in self._passing and self._final.get(place) is n:
            for each in self._passing[id]:
                self._tell(each, self._ports(self._graph.nodes[id], result))
        return result

    def call_module(self, target: Any, args: Any, kwargs: Any) -> Any:
        """Run a layer, or a composite node by node where something in it is wanted."""
        id = self._ids.get(self._now, "")
        path = (*self._at, id)
        module = self.fetch_attr(target)
        node = self._graph.nodes.get(id)
        if node is not None and node.type == COMPOSITE:
            if not self._follower.leads(path):
                return super().call_module(target, args, kwargs)
            ref = GraphRef("composite", node.composite)
            if isinstance(module, fx.GraphModule):
                return self._follower.run(module, ref, path, args, kwargs)
            for each in module.children():  # rounds that take what left the round before
                args = (self._follower.run(each, ref, path, args, kwargs),)
            return args[0]
        if path not in self._follower.wanted or not attends(module):
            return super().call_module(target, args, kwargs)
        with listened(module) as arrived:
            result = super().call_module(target, args, kwargs)
        for name, layer, given, named in arrived:
            self._attended.append((name, weights_of(layer, given, named)))
        return result

    def call_function(self, target: Any, args: Any, kwargs: Any) -> Any:
        """Call a function; of attention, compute the weights too."""
        if target is functional.scaled_dot_product_attention:
            id = self._ids.get(self._now, "")
            if (*self._at, id) in self._follower.wanted:
                found = fitting(*args, **kwargs)[0]
                self._attended.append(("", found if found.dim() == 3 else found.unsqueeze(0)))
        return super().call_function(target, args, kwargs)

    def _ports(self, node: Node, result: Any) -> dict[str, torch.Tensor]:
        """Give what leaves each output port of a node."""
        block = block_of(self._follower.project, self._graph, node)
        found: dict[str, torch.Tensor] = {}
        for index, port in enumerate(block.outputs):
            try:
                if isinstance(result, Mapping):  # of a composite with several outputs, in their order
                    part = list(result.values())[index]
                else:
                    part = pick(result, port.path)
            except (IndexError, TypeError):
                continue
            if isinstance(part, torch.Tensor):
                found[port.name] = part
        return found

    def _leave(self, result: Any) -> None:
        """Tell what arrives at the Output blocks."""
        outputs = [node.id for node in self._graph.of_type("output")]
        named = result if isinstance(result, Mapping) else None
        for name, id in self._ids.items():
            if id in outputs and id in self._passing:
                value = result if named is None else named.get(name)
                if isinstance(value, torch.Tensor):
                    self._tell(id, {"x": value})

    def _tell(self, id: str, ports: Ports) -> None:
        path = (*self._at, id)
        if path in self._follower.wanted and ports:
            self._follower.sink(path, ports, self._attended)


def _is_part(n: fx.Node, place: str) -> bool:
    """Tell whether a step only takes a part of what the same node gave."""
    first = n.args[0] if n.args else None
    return n.target is operator.getitem and isinstance(first, fx.Node) and str(first.meta.get(PLACE)) == place
