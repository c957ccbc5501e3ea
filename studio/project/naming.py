"""Names and order of whole networks as pure edits: whatever speaks of a network follows a new name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from studio.graph import Graph, Message
from studio.project.document import MODEL, GraphRef, Plan, Project, ProjectError
from studio.project.fields import text
from studio.project.looks import savable


def add_network(project: Project, name: str) -> Project:
    """Add an empty network.

    Raises:
        ProjectError: another network has this name, or a file could not hold it.
    """
    _refuse_taken(project, name)
    return project.with_graph(GraphRef("network", name), Graph())


def rename_network(project: Project, old: str, new: str) -> Project:
    """Give a network another name: its tab stays where it is, its look and the plan follow.

    Raises:
        ProjectError: it is not there, another network has this name, or a file could not hold it.
    """
    _refuse_missing(project, old)
    if new == old:
        return project
    _refuse_taken(project, new)
    before, after = GraphRef("network", old), GraphRef("network", new)
    return dataclasses.replace(
        project,
        networks=MappingProxyType(
            {new if name == old else name: graph for name, graph in project.networks.items()}
        ),
        layout=MappingProxyType(
            {after if ref == before else ref: look for ref, look in project.layout.items() if ref != after}
        ),
        plan=_trains(
            project.plan,
            {role: new if name == old else name for role, name in project.plan.networks.items()},
        ),
    )


def order_networks(project: Project, names: Sequence[str]) -> Project:
    """Put the networks in another order; which of them is trained stays.

    Raises:
        ProjectError: the names are not those of the networks, each once.
    """
    if sorted(names) != sorted(project.networks):
        raise ProjectError(Message("An order of networks names each of them once."))
    main = project.main()
    moved = dataclasses.replace(
        project, networks=MappingProxyType({name: project.networks[name] for name in names})
    )
    return moved if moved.main() == main else train_network(moved, main)


def remove_network(project: Project, name: str) -> Project:
    """Take a network out; a plan that trained it as its only one trains the first that is left.

    Raises:
        ProjectError: it is not there, or it is the only one.
    """
    _refuse_missing(project, name)
    if len(project.networks) == 1:
        raise ProjectError(Message("A project has at least one network. Add another one first."))
    left = {kept: graph for kept, graph in project.networks.items() if kept != name}
    roles = dict(project.plan.networks)
    if list(roles.values()) == [name]:
        roles = dict.fromkeys(roles, next(iter(left)))
    gone = GraphRef("network", name)
    return dataclasses.replace(
        project,
        networks=MappingProxyType(left),
        layout=MappingProxyType({ref: look for ref, look in project.layout.items() if ref != gone}),
        plan=_trains(project.plan, roles),
    )


def train_network(project: Project, name: str) -> Project:
    """Have the plan train a network, in the first role of its recipe.

    Raises:
        ProjectError: it is not there.
    """
    _refuse_missing(project, name)
    role = next(iter(project.plan.networks), MODEL)
    return dataclasses.replace(project, plan=_trains(project.plan, {**project.plan.networks, role: name}))


def with_output_renamed(project: Project, network: str, old: str, new: str) -> Project:
    """Let the losses that judge an output of a network follow its new name."""
    plan = project.plan
    outputs = [node.name for node in project.networks[network].of_type("output")]
    # While another output still has the old name, nobody knows which of them a loss means.
    if network not in plan.networks.values() or not old or old in outputs:
        return project
    losses = tuple(
        dataclasses.replace(term, output=new) if term.output == old else term for term in plan.losses
    )
    return (
        project
        if losses == plan.losses
        else dataclasses.replace(project, plan=dataclasses.replace(plan, losses=losses))
    )


def _trains(plan: Plan, roles: Mapping[str, str]) -> Plan:
    """Give a plan that trains these networks; the plan itself where it does already."""
    if dict(plan.networks) == dict(roles):
        return plan
    return dataclasses.replace(plan, networks=MappingProxyType(dict(roles)))


def _refuse_missing(project: Project, name: str) -> None:
    project.graph(GraphRef("network", name))


def _refuse_taken(project: Project, name: str) -> None:
    if name in project.networks:
        raise ProjectError(Message("There is already a network “{name}”. Choose another name.", name=name))
    savable(text, name, "name")
