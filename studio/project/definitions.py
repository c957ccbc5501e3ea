"""Whole definitions of composites as pure edits: brought in, copied, renamed, removed where unused."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from studio.graph import Graph, Message, Node
from studio.graph.layout import Layout
from studio.project import decode, encode, limits
from studio.project.document import (
    COMPOSITE,
    Composite,
    GraphRef,
    Project,
    ProjectError,
    inside,
    refuse_within_itself,
)
from studio.project.fields import text
from studio.project.looks import savable

NO_LAYOUTS: Mapping[str, Layout] = MappingProxyType({})


def set_composite(project: Project, name: str, composite: Composite) -> Project:
    """Add or replace the definition of a composite.

    Raises:
        ProjectError: it would contain itself, or a file could not hold it.
    """
    savable(decode.composite, encode.composite(name, composite), "composite")
    refuse_within_itself(project, GraphRef("composite", name), inside(project, composite.graph))
    return dataclasses.replace(project, composites=MappingProxyType({**project.composites, name: composite}))


def fresh_definition(project: Project, stem: str) -> str:
    """Give a name that no composite has: the stem itself, or with the first number that is free."""
    return _free(stem[: limits.NAME - 10], set(project.composites))


def _free(stem: str, taken: set[str]) -> str:
    name, number = stem, 2
    while name in taken:
        name = f"{stem} {number}"
        number += 1
    return name


def bring(
    project: Project, composites: Mapping[str, Composite], layouts: Mapping[str, Layout] = NO_LAYOUTS
) -> tuple[Project, dict[str, str]]:
    """Add definitions from elsewhere; one that differs from ours of its name gets another name.

    Args:
        project: the project as it is.
        composites: the definitions, with all that they are made of.
        layouts: how they look inside, as far as known.

    Returns:
        The new project, and the new names of those that got one.
    """
    bare = Project(composites=composites)
    differing = {
        name
        for name, composite in composites.items()
        if name in project.composites and project.composites[name] != composite
    }
    renamed: dict[str, str] = {}
    taken = {*project.composites, *composites}
    for name, composite in composites.items():
        if name in project.composites and (
            name in differing or not differing.isdisjoint(inside(bare, composite.graph))
        ):
            renamed[name] = _free(name, taken)
            taken.add(renamed[name])
    for name, composite in composites.items():
        if name in renamed or name not in project.composites:
            called = renamed.get(name, name)
            made = dataclasses.replace(composite, graph=with_names(composite.graph, renamed))
            project = set_composite(project, called, made)
            if name in layouts:
                project = project.with_layout(GraphRef("composite", called), layouts[name])
    return project, renamed


def with_names(graph: Graph, names: Mapping[str, str]) -> Graph:
    """Give the graph with its composites called by other names; itself where it has none of them."""
    changed = [
        dataclasses.replace(node, composite=names[node.composite])
        for node in graph.of_type(COMPOSITE)
        if node.composite in names
    ]
    return graph.with_nodes(changed) if changed else graph


def uses(project: Project, name: str) -> list[tuple[GraphRef, Node]]:
    """Give every node that stands for a composite, with the graph it is in."""
    return [
        (ref, node)
        for ref in project.refs()
        for node in project.graph(ref).of_type(COMPOSITE)
        if node.composite == name
    ]


def unused(project: Project) -> list[str]:
    """Give the composites that no network uses, directly or through others."""
    used: set[str] = set()
    for graph in project.networks.values():
        used |= inside(project, graph)
    return [name for name in project.composites if name not in used]


def rename_composite(project: Project, old: str, new: str) -> Project:
    """Give a composite another name, everywhere it is used.

    Raises:
        ProjectError: it is not there, another composite has this name, or a file could not hold it.
    """
    project.graph(GraphRef("composite", old))
    if new == old:
        return project
    _refuse_taken(project, new)
    before, after = GraphRef("composite", old), GraphRef("composite", new)
    names = {old: new}
    return dataclasses.replace(
        project,
        networks=MappingProxyType(
            {name: with_names(graph, names) for name, graph in project.networks.items()}
        ),
        composites=MappingProxyType(
            {
                names.get(name, name): _renamed(composite, names)
                for name, composite in project.composites.items()
            }
        ),
        layout=MappingProxyType(
            {after if ref == before else ref: look for ref, look in project.layout.items() if ref != after}
        ),
    )


def _renamed(composite: Composite, names: Mapping[str, str]) -> Composite:
    graph = with_names(composite.graph, names)
    return composite if graph is composite.graph else dataclasses.replace(composite, graph=graph)


def remove_composites(project: Project, names: list[str]) -> Project:
    """Take definitions out that nothing else uses.

    Raises:
        ProjectError: one of them is used, or is not there.
    """
    gone = set(names)
    for name in names:
        project.graph(GraphRef("composite", name))
        places = [
            (ref, node) for ref, node in uses(project, name) if ref.place == "network" or ref.name not in gone
        ]
        if places:
            raise ProjectError(
                Message(
                    "“{name}” is used at {places}. Delete it there first.",
                    name=name,
                    places=", ".join(f"{ref.name} › {node.name}" for ref, node in places[:5]),
                )
            )
    return dataclasses.replace(
        project,
        composites=MappingProxyType(
            {name: composite for name, composite in project.composites.items() if name not in gone}
        ),
        layout=MappingProxyType(
            {
                ref: look
                for ref, look in project.layout.items()
                if ref.place == "network" or ref.name not in gone
            }
        ),
    )


def make_unique(project: Project, ref: GraphRef, node: str) -> tuple[Project, str]:
    """Give a node a copy of its composite's definition for its own.

    Returns:
        The new project, and the name of the copy.

    Raises:
        ProjectError: the node stands for no composite of this project.
    """
    graph = project.graph(ref)
    found = graph.nodes.get(node)
    if found is None or found.composite not in project.composites:
        raise ProjectError(Message("This block is no composite of this project."))
    name = fresh_definition(project, found.composite)
    look = project.layout.get(GraphRef("composite", found.composite))
    project = set_composite(project, name, project.composites[found.composite])
    if look is not None:
        project = project.with_layout(GraphRef("composite", name), look)
    return project.with_graph(ref, graph.with_nodes([dataclasses.replace(found, composite=name)])), name


def _refuse_taken(project: Project, name: str) -> None:
    if not name.strip():
        raise ProjectError(Message("A composite needs a name."))
    if name in project.composites:
        raise ProjectError(Message("There is already a composite “{name}”. Choose another name.", name=name))
    savable(text, name, "name")
