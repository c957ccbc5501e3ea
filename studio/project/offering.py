"""The parameters that a composite offers, as pure edits: what uses one follows a new name, everywhere."""

from __future__ import annotations

import dataclasses
import keyword
from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.blocks import FromInput
from studio.graph import Expression, Message, Node, Value
from studio.graph.arithmetic import names_in, reworded
from studio.project.definitions import set_composite, uses
from studio.project.document import (
    Composite,
    CompositeParameter,
    GraphRef,
    Project,
    ProjectError,
    block_of,
    block_of_composite,
)

KINDS = ("int", "float", "bool", "choice", "size")
"""What a parameter of a composite can be: numbers, which arithmetic is done with, and what is handed down as
it is."""

_FIRST: Mapping[str, Value] = MappingProxyType(
    {"int": 1, "float": 0.0, "bool": True, "choice": "", "size": 3}
)
"""The default of a parameter that was of another kind before."""

_TAKEN = frozenset({"min", "max", "round"})


def set_doc(project: Project, composite: str, doc: str) -> Project:
    """Say what a composite is for."""
    return set_composite(project, composite, dataclasses.replace(_definition(project, composite), doc=doc))


def add_parameter(project: Project, composite: str) -> tuple[Project, str]:
    """Offer one more parameter, a whole number.

    Returns:
        The new project and the parameter's name.
    """
    definition = _definition(project, composite)
    known = {offered.name for offered in definition.parameters}
    name, number = "size", 2
    while name in known:
        name, number = f"size{number}", number + 1
    offered = (*definition.parameters, CompositeParameter(name, "int", 1))
    return set_composite(project, composite, dataclasses.replace(definition, parameters=offered)), name


def change_parameter(project: Project, composite: str, name: str, **fields: object) -> Project:
    """Set the `kind`, `default`, `doc` or `from_input` of a parameter; a default follows its kind.

    Raises:
        ProjectError: it is not offered, or the default is not what its kind takes.
    """
    old = _offered(project, composite, name)
    new = dataclasses.replace(old, **fields)  # type: ignore[arg-type]
    if "kind" in fields and "default" not in fields:
        new = dataclasses.replace(new, default=_as_kind(old.default, new.kind))
    if "kind" in fields and new.kind != "int":
        new = dataclasses.replace(new, from_input=None)
    if "kind" in fields and new.kind not in KINDS:
        raise ProjectError(
            Message("A parameter of a composite is one of {choices}.", choices=", ".join(KINDS))
        )
    if new.from_input is not None and new.from_input.dim == 0:
        raise ProjectError(
            Message("Dimension 0 is the batch, which no block learns from. Take 1, 2 or -1, the last one.")
        )
    changed = _with_parameters(project, composite, {name: new})
    bare = dataclasses.replace(new, from_input=None)
    taken = dataclasses.replace(changed.composites[composite], parameters=(bare,))
    block_of_composite(composite, taken).parameters[name].check(new.default)
    return changed


def _as_kind(value: Value, kind: str) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _FIRST.get(kind, value)
    return round(value) if kind in ("int", "size") else float(value) if kind == "float" else _FIRST.get(kind)


def with_port_read(project: Project, composite: str, old: str, new: str) -> Project:
    """Let the parameters that are read off an input of a composite follow its new name."""
    read = {
        one.name: dataclasses.replace(one, from_input=FromInput(new, one.from_input.dim))
        for one in project.composites[composite].parameters
        if one.from_input is not None and one.from_input.port == old
    }
    return _with_parameters(project, composite, read) if read else project


def rename_parameter(project: Project, composite: str, old: str, new: str) -> Project:
    """Give a parameter another name: arithmetic inside, and values where the composite is used, follow.

    Raises:
        ProjectError: it is not offered, another one has this name, or arithmetic could not use it.
        ExpressionError: an expression would become too long.
    """
    offered = _offered(project, composite, old)
    if new == old:
        return project
    if any(other.name == new for other in _definition(project, composite).parameters):
        raise ProjectError(Message("Another parameter is called “{name}”. Choose another name.", name=new))
    if not new.isascii() or not new.isidentifier() or keyword.iskeyword(new) or new in _TAKEN:
        raise ProjectError(
            Message(
                "“{name}” cannot be used in arithmetic. A name is letters, digits and _, such as d_model.",
                name=new[:60],
            )
        )
    project = _with_parameters(project, composite, {old: dataclasses.replace(offered, name=new)})
    ref = GraphRef("composite", composite)
    graph = project.graph(ref)
    inner = [
        node.with_parameters(changes)
        for node in graph.nodes.values()
        if (changes := _reworded(node, lambda found: found.with_names({old: new}), old))
    ]
    if inner:
        project = project.with_graph(ref, graph.with_nodes(inner))
    return _at_uses(
        project, composite, lambda values: {new if key == old else key: v for key, v in values.items()}
    )


def remove_parameter(project: Project, composite: str, name: str) -> Project:
    """Offer a parameter no more; values that were set where the composite is used go with it.

    Raises:
        ProjectError: it is not offered, or something inside uses it: the places are named.
    """
    _offered(project, composite, name)
    places = users(project, composite, name)
    if places:
        raise ProjectError(
            Message(
                "“{name}” is used at {places}. Put numbers there first.",
                name=name,
                places=", ".join(f"{node} › {parameter}" for node, parameter in places[:5]),
            )
        )
    definition = _definition(project, composite)
    left = tuple(offered for offered in definition.parameters if offered.name != name)
    project = set_composite(project, composite, dataclasses.replace(definition, parameters=left))
    return _at_uses(project, composite, lambda values: {k: v for k, v in values.items() if k != name})


def users(project: Project, composite: str, name: str) -> list[tuple[str, str]]:
    """Give what uses a parameter inside: the names of nodes, and the labels of their parameters."""
    graph = _definition(project, composite).graph
    found: list[tuple[str, str]] = []
    for node in graph.nodes.values():
        block = block_of(project, graph, node)
        for key, value in node.parameters.items():
            if name in names_in(value):
                parameter = block.parameters.get(key)
                found.append((node.name, parameter.label if parameter is not None else key))
    return found


def _reworded(node: Node, turn: Callable[[Expression], Value], name: str) -> dict[str, Value]:
    return {key: reworded(v, turn) for key, v in node.parameters.items() if name in names_in(v)}


def _definition(project: Project, composite: str) -> Composite:
    project.graph(GraphRef("composite", composite))
    return project.composites[composite]


def _offered(project: Project, composite: str, name: str) -> CompositeParameter:
    found = [offered for offered in _definition(project, composite).parameters if offered.name == name]
    if not found:
        raise ProjectError(
            Message("“{composite}” offers no parameter “{name}”.", composite=composite, name=name)
        )
    return found[0]


def _with_parameters(project: Project, composite: str, changed: Mapping[str, CompositeParameter]) -> Project:
    definition = _definition(project, composite)
    offered = tuple(changed.get(one.name, one) for one in definition.parameters)
    return set_composite(project, composite, dataclasses.replace(definition, parameters=offered))


def _at_uses(
    project: Project, composite: str, turn: Callable[[Mapping[str, Value]], Mapping[str, Value]]
) -> Project:
    """Change what is set wherever a composite is used."""
    changed: dict[GraphRef, list[Node]] = {}
    for ref, node in uses(project, composite):
        values = turn(node.parameters)
        if values.keys() != node.parameters.keys():
            made = dataclasses.replace(node, parameters=MappingProxyType(dict(values)))
            changed.setdefault(ref, []).append(made)
    for ref, nodes in changed.items():
        project = project.with_graph(ref, project.graph(ref).with_nodes(nodes))
    return project
