"""The roles of a recipe, and how a plan binds the networks of a project to them, as pure edits."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from studio.blocks import Port
from studio.blocks.wording import role_label
from studio.graph import Message
from studio.project.document import MODEL, Choice, GraphRef, Plan, Project

Part = Literal["losses", "metrics"]
"""A part of a plan that some recipes go by and others bring themselves."""


def roles_of(recipe: Choice) -> tuple[Port, ...]:
    """Give the networks that a recipe asks for, in its order; none where this version does not know it."""
    declared = recipe.declared("recipe")
    return () if declared is None else declared.inputs


def goes_by(recipe: Choice, part: Part) -> bool:
    """Tell whether a recipe goes by the losses, or the metrics, of its plan; one not known may do."""
    declared = recipe.declared("recipe")
    return declared is None or declared.output(part) is not None


def role_title(role: str) -> Message:
    """Give the name of a role for people."""
    return Message(role_label(role))


def optimizer_of(plan: Plan, role: str) -> Choice | None:
    """Give the optimizer of a role: its own, or else the one that serves every role without."""
    return plan.optimizers.get(role) or plan.optimizers.get(MODEL)


def use_recipe(project: Project, recipe: Choice) -> Project:
    """Have the plan train by a recipe; its roles take the networks that go by their name, then the others.

    A network that was bound to a role of the same name stays there, and every optimizer is kept, so that
    going back to the recipe from before finds what was set for it.
    """
    plan = dataclasses.replace(project.plan, recipe=recipe)
    if recipe.type != project.plan.recipe.type and recipe.declared("recipe") is not None:
        plan = dataclasses.replace(plan, networks=MappingProxyType(_bound(project, recipe)))
    return dataclasses.replace(project, plan=plan)


def bind(project: Project, role: str, network: str) -> Project:
    """Have a network play a role; the roles stay in the order of the recipe.

    Raises:
        ProjectError: there is no such network.
    """
    project.graph(GraphRef("network", network))
    bound = {**project.plan.networks, role: network}
    order = [port.name for port in roles_of(project.plan.recipe)]
    names = sorted(bound, key=lambda name: order.index(name) if name in order else len(order))
    networks = MappingProxyType({name: bound[name] for name in names})
    return dataclasses.replace(project, plan=dataclasses.replace(project.plan, networks=networks))


def _bound(project: Project, recipe: Choice) -> Mapping[str, str]:
    roles = [port.name for port in roles_of(recipe)]
    before = project.plan.networks.items()
    found = {role: name for role, name in before if role in roles and name in project.networks}
    for role in roles:
        alike = (name for name in project.networks if role in name.lower().replace(" ", "_"))
        found.setdefault(role, next(alike, ""))
    main = project.main()
    left = [name for name in dict.fromkeys((main, *project.networks)) if name not in found.values()]
    for role in roles:
        if not found[role] and left:
            found[role] = left.pop(0)
    return {role: found[role] for role in roles if found[role]}
