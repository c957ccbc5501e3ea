"""Cuts channels out of a drawing and its weights: a smaller project, which computes what is left."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import nn

from studio.compiler import Analyser, build
from studio.compiler.program import program
from studio.exchange.declare import ExchangeError
from studio.exchange.lighter.channels import Channels, Path, channels_of
from studio.exchange.lighter.choosing import Kept, choose, places
from studio.exchange.probes import probes
from studio.exchange.subject import by_name, call
from studio.graph import Expression, Graph, Message, Node, freeze
from studio.project import COMPOSITE, GraphRef, Project
from studio.project.definitions import fresh_definition, unused
from studio.project.document import block_of
from studio.project.lighter import Scope

TOLERANCE = 1e-4
"""How far the cut network may be from the whole one with the same channels switched off, as a share."""

Tensors = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class Cut:
    """A network with fewer channels.

    Attributes:
        project: with the smaller drawing.
        state: the weights that are left.
        channels: how many channels there were that could go.
        gone: how many of them went.
    """

    project: Project
    state: Tensors
    channels: int
    gone: int

    __hash__ = None  # type: ignore[assignment]


def cut(project: Project, network: str, state: Tensors, share: float, scope: Scope) -> Cut:
    """Cut the channels that weigh least out of a network.

    Args:
        project: a snapshot.
        network: its name.
        state: its weights.
        share: of the channels that can go, how many do.
        scope: the same share out of each layer, or the lightest of all.

    Raises:
        ExchangeError: no channels can go.
    """
    analyser = Analyser()
    ordered = program(project, network, analyser)
    found = channels_of(ordered, {name: value.shape for name, value in state.items()})
    if not found.free:
        raise ExchangeError(
            Message(
                "No whole channels can be taken out of this network: what its layers make is an output, or "
                "meets blocks that need it as it is. Set single weights to zero instead."
            )
        )
    kept = choose(found, state, share, scope)
    gone = sum(found.counts[group] - len(kept[group]) for group in found.free)
    if not gone:
        raise ExchangeError(Message("So small a share takes no channel out. Choose a larger one."))
    smaller = dict(state)
    for each in found.cuts:
        stay = places(each.layout, found, kept)
        smaller[each.tensor] = smaller[each.tensor].index_select(each.dim, stay).contiguous()
    made = _Redrawn(project, found, kept).of(network)
    _require_same(project, network, state, Cut(made, smaller, 0, 0), found, kept)
    return Cut(made, smaller, sum(found.counts[group] for group in found.free), gone)


def _require_same(
    project: Project, network: str, state: Tensors, made: Cut, found: Channels, kept: Kept
) -> None:
    """Hold the cut network against the whole one, in which nobody reads what was cut.

    Raises:
        ExchangeError: they differ, so that a rule of ours is wrong for this network.
    """
    silenced = {name: value.clone() for name, value in state.items()}
    for each in found.cuts:
        if each.part == "reads":
            off = torch.ones(silenced[each.tensor].shape[each.dim], dtype=torch.bool)
            off[places(each.layout, found, kept)] = False
            silenced[each.tensor].index_fill_(each.dim, off.nonzero().flatten(), 0.0)
    ordered = program(project, network)
    whole, smaller = _model(project, network, silenced), _model(made.project, network, made.state)
    leaving = [name for name, _, _ in ordered.outputs]
    for probe in probes(ordered)[4:6]:
        ours = by_name(call(whole, probe.inputs), leaving)
        theirs = by_name(call(smaller, probe.inputs), leaving)
        for name, value in ours.items():
            if value.shape != theirs[name].shape or _far(value, theirs[name]):
                raise ExchangeError(
                    Message(
                        "The network without these channels does not compute what it should at “{output}”. "
                        "Nothing was kept; set single weights to zero instead.",
                        output=name,
                    )
                )


def _far(one: torch.Tensor, other: torch.Tensor) -> bool:
    largest = max(1.0, float(one.double().abs().max())) if one.numel() else 1.0
    return not bool(((one.double() - other.double()).abs() <= TOLERANCE * largest).all())


def _model(project: Project, network: str, state: Tensors) -> nn.Module:
    model = build(project, network, seed=0)
    model.load_state_dict(dict(state))
    return model.eval()


class _Redrawn:
    """Writes the new widths into a drawing; composites that differ inside become definitions of their own."""

    def __init__(self, project: Project, found: Channels, kept: Kept) -> None:
        self._project, self._found, self._kept = project, found, kept
        self._widths: dict[tuple[Path, str], dict[str, int]] = {}
        self._cut = {group for group, count in found.counts.items() if len(kept[group]) < count}
        self._touched: set[Path] = set()
        for width in found.widths:
            count = sum(len(kept[group]) * times for group, times in width.layout)
            self._widths.setdefault((width.path, width.node), {})[width.parameter] = count
            if self._is_cut(width.layout):
                self._touch(width.path)
        for (path, node), layouts in found.entering.items():
            if any(map(self._is_cut, layouts)):
                self._touch((*path, node))

    def of(self, network: str) -> Project:
        """Give the project with one network redrawn."""
        before = set(unused(self._project))
        graph = self._graph(self._project.networks[network], ())
        project = dataclasses.replace(
            self._project, networks=MappingProxyType({**self._project.networks, network: graph})
        )
        left = [name for name in unused(project) if name not in before]
        composites = {name: made for name, made in project.composites.items() if name not in left}
        looks = {
            ref: look
            for ref, look in project.layout.items()
            if ref.place == "network" or ref.name in composites
        }
        return dataclasses.replace(
            project, composites=MappingProxyType(composites), layout=MappingProxyType(looks)
        )

    def _is_cut(self, layout: tuple[tuple[int, int], ...]) -> bool:
        return any(group in self._cut for group, _ in layout)

    def _touch(self, path: Path) -> None:
        self._touched |= {path[:length] for length in range(1, len(path) + 1)}

    def _graph(self, graph: Graph, path: Path, settled: frozenset[str] = frozenset()) -> Graph:
        """Redraw a graph.

        Args:
            graph: as it is.
            path: the composites around it.
            settled: parameters of the composite that are read off what arrives, which is another size now.
        """
        nodes = [self._node(graph, node, path, settled) for node in graph.nodes.values()]
        return Graph.of(nodes, graph.wires)

    def _node(self, graph: Graph, node: Node, path: Path, settled: frozenset[str]) -> Node:
        place = (path, node.id)
        if place in self._found.examples:
            sizes, along = self._found.examples[place]
            left = sum(len(self._kept[group]) * times for group, times in along.layout)
            axis = along.axis - 1  # one sample has no batch
            return node.with_parameters({"shape": (*sizes[:axis], left, *sizes[axis + 1 :])})
        if place not in self._found.values:
            return node
        resolved = self._found.values[place]
        values = dict(node.parameters)
        for name, value in node.parameters.items():
            if isinstance(value, Expression) and value.names() & settled:
                values[name] = resolved[name]
        for name, count in self._widths.get(place, {}).items():
            if values.get(name) != count and (name in values or resolved[name] != count):
                values[name] = count
        if any(map(self._is_cut, self._found.entering.get(place, ()))):
            block = block_of(self._project, graph, node)
            for name in [name for name in values if name not in self._widths.get(place, {})]:
                if name in block.parameters and block.parameters[name].reads is not None:
                    del values[name]  # it was set by hand to the size that arrived before
        made = dataclasses.replace(node, parameters=freeze(values))
        return self._composite(made, (*path, node.id)) if node.type == COMPOSITE else made

    def _composite(self, node: Node, path: Path) -> Node:
        if path not in self._touched:
            return node
        old = self._project.composites[node.composite]
        settled = frozenset(offered.name for offered in old.parameters if offered.from_input is not None)
        graph = self._graph(old.graph, path, settled)
        used = {
            name
            for inner in graph.nodes.values()
            for value in inner.parameters.values()
            if isinstance(value, Expression)
            for name in value.names()
        }
        offered = tuple(each for each in old.parameters if each.name in used)
        made = dataclasses.replace(old, graph=graph, parameters=offered)
        values = {name: value for name, value in node.parameters.items() if name in used}
        if made == old:
            return node
        known = self._project.composites
        name = next((each for each, there in known.items() if there == made), "")
        if not name:
            name = fresh_definition(self._project, f"{_stem(node.composite)} (lighter)")
            look = self._project.layout_of(GraphRef("composite", node.composite))
            project = dataclasses.replace(self._project, composites=MappingProxyType({**known, name: made}))
            self._project = project.with_layout(GraphRef("composite", name), look)
        return dataclasses.replace(node, composite=name, parameters=freeze(values))


def _stem(name: str) -> str:
    """Give the name of a composite as it was before it was cut for the first time."""
    return name.split(" (lighter)")[0]
