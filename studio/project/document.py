"""The document as a frozen value: networks, composites, the training plan and the layout.

`Project` is what is saved, undone, trained and checked. Whoever holds one holds a snapshot that no edit
can change.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from studio.blocks import Block, Code, FromInput, Kind, Parameter, Port, Role, every, find
from studio.blocks.custom import PREFIX
from studio.graph import Expression, Graph, Message, NetwrightError, Node, Value, freeze
from studio.graph.layout import Layout
from studio.graph.model import same, same_values
from studio.project import limits
from studio.project.trust import declared

COMPOSITE = "composite"
"""The type of every node that stands for a composite; `Node.composite` names the definition."""

Place = Literal["network", "composite"]


class GraphRef(NamedTuple):
    """Which graph of a project is meant."""

    place: Place
    name: str


class ProjectError(NetwrightError):
    """The project does not hold what was asked for, or the edit makes no sense."""


@dataclass(frozen=True, eq=False)
class Choice:
    """One declared thing chosen for the plan: its type and the parameters set by hand."""

    type: str
    parameters: Mapping[str, Value] = field(default_factory=lambda: freeze({}))

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same in a file."""
        if not isinstance(other, Choice):
            return NotImplemented
        return self.type == other.type and same_values(self.parameters, other.parameters)

    __hash__ = None  # type: ignore[assignment]  # holds a mapping: compare it, do not hash it

    def declared(self, role: Role) -> Block | None:
        """Give the declaration, or None when this version does not have the type."""
        return find(self.type, role)

    def resolved(self, role: Role) -> dict[str, Value]:
        """Give all parameters, defaults filled in and each one checked.

        Raises:
            ProjectError: this version does not have the type, or two values do not go together.
            ParameterError: a value is not what the parameter takes.
        """
        block = find(self.type, role)
        if block is None:
            known = ", ".join(sorted(made.type for made in every(role)))
            raise ProjectError(
                Message(
                    "This version does not know the {role} “{type}”. It knows: {known}.",
                    role=Message(role),
                    type=self.type,
                    known=known,
                )
            )
        values = {**block.defaults(), **self.parameters}
        unknown = sorted(set(values) - set(block.parameters))
        if unknown:
            raise ProjectError(
                Message(
                    "“{type}” has no parameter “{name}”. It has: {known}.",
                    type=self.type,
                    name=unknown[0],
                    known=", ".join(block.parameters) or "–",
                )
            )
        resolved = {name: block.parameters[name].check(value) for name, value in values.items()}
        for rule in block.rules:
            if not rule.warning and rule.broken(resolved):
                raise ProjectError(Message(rule.says))
        return resolved

    def with_parameter(self, name: str, value: Value) -> Choice:
        """Give the choice with one parameter set."""
        return Choice(self.type, freeze({**self.parameters, name: value}))


@dataclass(frozen=True)
class LossTerm:
    """One loss of the plan.

    Attributes:
        choice: which loss, with its parameters.
        output: name of the network's output it judges; empty for the only one.
        target: name of the data's target it compares with; empty for the only one.
        weight: its share in the sum of all losses.
    """

    choice: Choice
    output: str = ""
    target: str = ""
    weight: float = 1.0

    __hash__ = None  # type: ignore[assignment]


MODEL = "model"
"""The role of the network in a plan with one network."""


@dataclass(frozen=True)
class Plan:
    """How the project trains.

    Attributes:
        recipe: what a training step is.
        networks: role in the recipe to the name of a network, such as `model` to `main`; in the order in
            which the recipe has its roles, however they were given: seeds go by it.
        data: where samples come from.
        losses: what is made small, summed by weight.
        optimizers: role to optimizer.
        schedules: role to learning-rate schedule; a role without one keeps its rate.
        metrics: what is measured besides the loss.
        loop: epochs, batch size, device, seed and the like.
    """

    recipe: Choice = field(default_factory=lambda: Choice("supervised"))
    networks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({MODEL: "main"}))
    data: Choice = field(default_factory=lambda: Choice("digits"))
    losses: tuple[LossTerm, ...] = field(default_factory=lambda: (LossTerm(Choice("cross_entropy")),))
    optimizers: Mapping[str, Choice] = field(
        default_factory=lambda: MappingProxyType({MODEL: Choice("adam")})
    )
    schedules: Mapping[str, Choice] = field(default_factory=lambda: MappingProxyType({}))
    metrics: tuple[Choice, ...] = field(default_factory=lambda: (Choice("accuracy"),))
    loop: Choice = field(default_factory=lambda: Choice("loop"))

    __hash__ = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Put the networks into the order of the recipe's roles: a file keeps none."""
        declared = self.recipe.declared("recipe") if len(self.networks) > 1 else None
        if declared is not None:
            places = {port.name: place for place, port in enumerate(declared.inputs)}
            roles = sorted(self.networks, key=lambda role: places.get(role, len(places)))
            ordered = MappingProxyType({role: self.networks[role] for role in roles})
            object.__setattr__(self, "networks", ordered)


@dataclass(frozen=True, eq=False)
class CompositeParameter:
    """A parameter that a composite offers; blocks inside use it in an `Expression`.

    Attributes:
        name: as blocks inside and nodes that stand for the composite write it.
        kind: what it holds.
        default: its value where nobody sets it.
        doc: what it does.
        from_input: the size of what arrives that it is instead, where nobody sets it; the port is the name
            of an Input inside. In a composite that repeats it is the same in every round.
    """

    name: str
    kind: Kind = "int"
    default: Value = 1
    doc: str = ""
    from_input: FromInput | None = None

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same in a file."""
        if not isinstance(other, CompositeParameter):
            return NotImplemented
        own = self.name, self.kind, self.doc, self.from_input
        its = other.name, other.kind, other.doc, other.from_input
        return own == its and same(self.default, other.default)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Composite:
    """A block made of blocks, edited in one place.

    Its ports are the Input and Output blocks of its graph, by their names.
    """

    graph: Graph = field(default_factory=Graph)
    parameters: tuple[CompositeParameter, ...] = ()
    doc: str = ""

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Project:
    """Everything that one `.netwright` file holds.

    Attributes:
        networks: name to graph, in the order of the tabs.
        composites: name to definition.
        plan: how it trains.
        layout: the look of each graph; a graph without one is arranged when it is shown.
        template: id of the template that it began as, or empty.
        custom: name to the Python text of a custom block; it runs only where this project is trusted.
    """

    networks: Mapping[str, Graph] = field(default_factory=lambda: MappingProxyType({"main": Graph()}))
    composites: Mapping[str, Composite] = field(default_factory=lambda: MappingProxyType({}))
    plan: Plan = field(default_factory=Plan)
    layout: Mapping[GraphRef, Layout] = field(default_factory=lambda: MappingProxyType({}))
    template: str = ""
    custom: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    __hash__ = None  # type: ignore[assignment]

    def graph(self, ref: GraphRef) -> Graph:
        """Give one of the graphs.

        Raises:
            ProjectError: there is none of that name.
        """
        found = (
            self.networks.get(ref.name)
            if ref.place == "network"
            else (self.composites[ref.name].graph if ref.name in self.composites else None)
        )
        if found is None:
            known = ", ".join(self.networks if ref.place == "network" else self.composites) or "–"
            raise ProjectError(
                Message(
                    "There is no {place} “{name}” in this project. It has: {known}.",
                    place=Message(ref.place),
                    name=ref.name,
                    known=known,
                )
            )
        return found

    def refs(self) -> list[GraphRef]:
        """Give every graph of the project: networks first, then composites."""
        return [GraphRef("network", name) for name in self.networks] + [
            GraphRef("composite", name) for name in self.composites
        ]

    def layout_of(self, ref: GraphRef) -> Layout:
        """Give the look of a graph (an empty one when it was never shown)."""
        return self.layout.get(ref) or Layout()

    def with_graph(self, ref: GraphRef, graph: Graph) -> Project:
        """Give the project with one graph replaced."""
        if ref.place == "network":
            return dataclasses.replace(self, networks=MappingProxyType({**self.networks, ref.name: graph}))
        composite = dataclasses.replace(self.composites.get(ref.name) or Composite(), graph=graph)
        return dataclasses.replace(
            self, composites=MappingProxyType({**self.composites, ref.name: composite})
        )

    def with_layout(self, ref: GraphRef, layout: Layout) -> Project:
        """Give the project with the look of one graph replaced."""
        return dataclasses.replace(self, layout=MappingProxyType({**self.layout, ref: layout}))

    def main(self) -> str:
        """Give the name of the network that the plan trains first, or else the first network."""
        for name in self.plan.networks.values():
            if name in self.networks:
                return name
        return next(iter(self.networks), "main")


def inside(project: Project, graph: Graph) -> set[str]:
    """Give the names of all composites that a graph uses, directly or through others."""
    found: set[str] = set()
    waiting = [graph]
    while waiting:
        for node in waiting.pop().of_type(COMPOSITE):
            if node.composite not in found:
                found.add(node.composite)
                if node.composite in project.composites:
                    waiting.append(project.composites[node.composite].graph)
    return found


def refuse_within_itself(project: Project, ref: GraphRef, composites: Iterable[str]) -> None:
    """Refuse composites in a graph that they are made of.

    Raises:
        ProjectError: one of them would contain itself.
    """
    if ref.place != "composite":
        return
    for name in composites:
        used = inside(project, project.composites[name].graph) if name in project.composites else set()
        if ref.name == name or ref.name in used:
            raise ProjectError(Message("A composite cannot contain itself: “{name}”.", name=ref.name))


def refuse_beyond_limits(project: Project, blocks: int, wires: int) -> None:
    """Refuse more blocks and wires than a project can hold.

    Raises:
        ProjectError: they would be too many.
    """
    graphs = [project.graph(ref) for ref in project.refs()]
    if blocks and sum(map(len, graphs)) + blocks > limits.NODES:
        raise ProjectError(Message("A project has at most {limit} blocks.", limit=limits.NODES))
    if wires and sum(len(graph.wires) for graph in graphs) + wires > limits.WIRES:
        raise ProjectError(Message("A project has at most {limit} wires.", limit=limits.WIRES))


def block_of(project: Project, graph: Graph, node: Node) -> Block:
    """Give the declaration behind a node: of the catalogue, of a composite, or a placeholder.

    A type that this version does not know gives a placeholder with the ports that its wires use, so
    that it can be drawn, kept and saved unchanged.
    """
    if node.type == COMPOSITE:
        composite = project.composites.get(node.composite)
        if composite is not None:
            return block_of_composite(node.composite, composite)
    else:
        block = find(node.type) or declared(project.custom, node.type)
        if block is not None:
            return block.spread(node.parameters)
    return Block(
        type=node.type,
        title=node.composite or node.type,
        doc="This version of Netwright does not have this block. It is kept as it is.",
        target="",
        group="unknown",
        call="none",
        inputs=tuple(Port(name) for name in dict.fromkeys(wire.target.port for wire in graph.into(node.id))),
        outputs=tuple(
            Port(name) for name in dict.fromkeys(wire.source.port for wire in graph.out_of(node.id))
        ),
        known=False,
        code=Code(text, False) if (text := project.custom.get(node.type.removeprefix(PREFIX))) else None,
    )


def block_of_composite(name: str, composite: Composite) -> Block:
    """Give a composite the form of a declared block."""
    return Block(
        type=COMPOSITE,
        title=name,
        doc=composite.doc,
        target="",
        group="composite",
        inputs=tuple(Port(node.name) for node in composite.graph.of_type("input")),
        outputs=tuple(Port(node.name) for node in composite.graph.of_type("output")),
        parameters=MappingProxyType(
            {offered.name: _declared(composite, offered) for offered in composite.parameters}
        ),
    )


def _declared(composite: Composite, offered: CompositeParameter) -> Parameter:
    # The library explains each of its parameters, and its names are translated with that.
    made = Parameter(offered.name, offered.kind, offered.default, offered.doc, own=not offered.doc)
    if (reads := _reads(composite, offered)) is not None:
        return dataclasses.replace(made, optional=True, reads=reads)
    if offered.kind not in ("choice", "size"):
        return made
    user = _user(composite, offered)
    if offered.kind == "size":
        dims = user.dims if user is not None else 2
        words = user.choices if user is not None else ()
        if not words and isinstance(offered.default, str):
            words = (offered.default,)  # a word that nothing inside takes is refused where it is used
        return dataclasses.replace(
            made, dims=len(offered.default) if isinstance(offered.default, tuple) else dims, choices=words
        )
    if user is None:  # nothing inside chooses among anything, so that any text can be given
        return dataclasses.replace(made, kind="text")
    default = offered.default if offered.default in user.choices else user.choices[0]
    return dataclasses.replace(made, default=default, choices=user.choices)


def _user(composite: Composite, offered: CompositeParameter) -> Parameter | None:
    """Give the parameter of a block inside that a parameter is handed down to as it is."""
    for node in composite.graph.nodes.values():
        for name, value in node.parameters.items():
            if isinstance(value, Expression) and value.text.strip() == offered.name:
                block = find(node.type)
                found = block.parameters.get(name) if block is not None else None
                if found is not None and found.kind == offered.kind:
                    return found
    return None


def _reads(composite: Composite, offered: CompositeParameter) -> FromInput | None:
    """Give where a parameter is read off; a size is a number, and an Input that has gone tells none."""
    reads = offered.from_input if offered.kind in ("int", "float") else None
    return reads if reads is not None and _entry(composite, reads.port) is not None else None


def _entry(composite: Composite, name: str) -> Node | None:
    return next((node for node in composite.graph.of_type("input") if node.name == name), None)


def values_alone(composite: Composite) -> dict[str, Value]:
    """Give the values of a composite's parameters where it is looked at on its own.

    What is read off what arrives is read off the examples that its own Inputs give.
    """
    return {offered.name: _alone(composite, offered) for offered in composite.parameters}


def _alone(composite: Composite, offered: CompositeParameter) -> Value:
    reads = _reads(composite, offered)
    node = _entry(composite, reads.port) if reads is not None else None
    block = find("input")
    if reads is None or node is None or block is None:
        return _declared(composite, offered).default
    shape = node.parameters.get("shape", block.parameters["shape"].default)
    sizes = (None, *shape) if isinstance(shape, tuple) else ()
    size = sizes[reads.dim] if -len(sizes) <= reads.dim < len(sizes) else None
    return size if isinstance(size, int) and not isinstance(size, bool) else offered.default
