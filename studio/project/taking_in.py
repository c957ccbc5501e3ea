"""The networks of one project, with all that they are made of, as an edit of another."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from studio.graph import Message
from studio.project import decode, encode
from studio.project.coding import set_code
from studio.project.definitions import bring, with_names
from studio.project.document import GraphRef, Project, ProjectError


def take_in(project: Project, other: Project) -> tuple[Project, dict[str, str]]:
    """Add every network of another project, under names that are free; the plan stays as it is.

    A composite that the project has alike is used; one that differs comes under another name.

    Args:
        project: the project as it is.
        other: where the networks come from.

    Returns:
        The new project, and what each network of the other is called in it.

    Raises:
        ProjectError: the other's code has the name of other code.
        FileError: together they are more than a file holds.
    """
    for kind, code in other.custom.items():
        if project.custom.get(kind, code) != code:
            raise ProjectError(
                Message("This project has another Python block “{name}”. Rename one of them.", name=kind)
            )
        if kind not in project.custom:
            project = set_code(project, code)
    looks = {ref.name: look for ref, look in other.layout.items() if ref.place == "composite"}
    project, renamed = bring(project, other.composites, looks)
    names: dict[str, str] = {}
    for name, graph in other.networks.items():
        called, number = name, 2
        while called in project.networks:
            called = f"{name} {number}"
            number += 1
        names[name] = called
        networks = MappingProxyType({**project.networks, called: with_names(graph, renamed)})
        project = replace(project, networks=networks)
        if GraphRef("network", name) in other.layout:
            look = other.layout[GraphRef("network", name)]
            project = project.with_layout(GraphRef("network", called), look)
    decode.project(encode.project(project))
    return project, names
