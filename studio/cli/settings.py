"""`--set PATH=VALUE`: changes anything of a project by name before it is trained.

Paths are such as `plan.loop.epochs`, `plan.data.validation`, `plan.optimizers.model.lr`,
`networks.main.conv1.padding`, `composites.block.fc.out_features`; a path that ends at a choice sets its type:
`plan.optimizers.model=sgd`.
"""

from __future__ import annotations

import ast
import dataclasses
import difflib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from studio.blocks import Parameter, ParameterError, Role, every
from studio.cli.voice import UsageError
from studio.graph import Message, Value
from studio.project import Choice, GraphRef, Plan, Project, block_of, edits

Setter = Callable[[str], Project]
"""Takes the value as it was typed and gives the project with it."""

Put = Callable[[Choice], Plan]
"""Gives the plan with another choice in one of its places."""

SHOWN = 24
"""How many known paths an error lists."""


def apply(project: Project, settings: Sequence[str]) -> Project:
    """Give the project with every `PATH=VALUE` set, one after the other.

    Raises:
        UsageError: a path does not exist, or its value is not what it takes.
    """
    for setting in settings:
        path, separator, text = setting.partition("=")
        if not separator:
            raise UsageError(
                Message(
                    "“{setting}” sets nothing. Write PATH=VALUE, such as plan.loop.epochs=3.", setting=setting
                )
            )
        known = dict(setters(project))
        if path not in known:
            raise _unknown(path, list(known))
        try:
            project = known[path](text)
        except ParameterError as error:
            raise UsageError(error.message) from error
    return project


def setters(project: Project) -> Iterator[tuple[str, Setter]]:
    """Give every path that can be set, with how it is set."""
    for path, role, choice, put in _choices(project.plan):
        yield path, partial(_choose, project, role, put)
        declared = choice.declared(role)
        for parameter in declared.editable() if declared is not None else ():
            yield f"{path}.{parameter.name}", partial(_set_in_choice, project, choice, put, parameter)
    for ref in project.refs():
        graph = project.graph(ref)
        for key, node in graph.nodes.items():
            for parameter in block_of(project, graph, node).editable():
                path = f"{ref.place}s.{ref.name}.{node.name}.{parameter.name}"
                yield path, partial(_set_on_node, project, ref, key, parameter)


def _choices(plan: Plan) -> Iterator[tuple[str, Role, Choice, Put]]:
    """Give every choice of a plan: its path, its role, and how another one is put in its place."""
    yield "plan.loop", "loop", plan.loop, partial(_put, plan, "loop")
    yield "plan.data", "data", plan.data, partial(_put, plan, "data")
    yield "plan.recipe", "recipe", plan.recipe, partial(_put, plan, "recipe")
    for role, choice in plan.optimizers.items():
        put = partial(_put_in_table, plan, "optimizers", role)
        yield f"plan.optimizers.{role}", "optimizer", choice, put
    for role in plan.networks:
        put = partial(_put_in_table, plan, "schedules", role)
        choice = plan.schedules.get(role, Choice("constant"))
        yield f"plan.schedules.{role}", "schedule", choice, put
    for place, term in enumerate(plan.losses):
        yield f"plan.losses.{place}", "loss", term.choice, partial(_put_loss, plan, place)


def _put(plan: Plan, field: str, new: Choice) -> Plan:
    changes: dict[str, Any] = {field: new}
    return dataclasses.replace(plan, **changes)


def _put_in_table(plan: Plan, field: str, role: str, new: Choice) -> Plan:
    changes: dict[str, Any] = {field: MappingProxyType({**getattr(plan, field), role: new})}
    return dataclasses.replace(plan, **changes)


def _put_loss(plan: Plan, place: int, new: Choice) -> Plan:
    terms = list(plan.losses)
    terms[place] = dataclasses.replace(terms[place], choice=new)
    return dataclasses.replace(plan, losses=tuple(terms))


def _choose(project: Project, role: Role, put: Put, text: str) -> Project:
    known = [block.type for block in every(role)]
    if text not in known:
        raise UsageError(
            Message(
                "There is no {role} “{type}”. There are: {known}.",
                role=role,
                type=text[:60],
                known=", ".join(known),
            )
        )
    return dataclasses.replace(project, plan=put(Choice(text)))


def _set_in_choice(project: Project, choice: Choice, put: Put, parameter: Parameter, text: str) -> Project:
    return dataclasses.replace(
        project, plan=put(choice.with_parameter(parameter.name, read(parameter, text)))
    )


def _set_on_node(project: Project, ref: GraphRef, node: str, parameter: Parameter, text: str) -> Project:
    return edits.set_parameters(project, ref, node, {parameter.name: read(parameter, text)})


def read(parameter: Parameter, text: str) -> Value:
    """Read a value as its parameter takes it: `0.1`, `yes`, `3,3`, `relu`, `none`.

    Raises:
        ParameterError: the parameter does not take it.
    """
    return parameter.check(_value(parameter, text.strip()))


def _value(parameter: Parameter, text: str) -> Value:
    if text.lower() in ("none", "") and parameter.optional:
        return None
    match parameter.kind:
        case "text" | "choice" | "folder":
            return text
        case "bool":
            yes, no = ("yes", "true", "1"), ("no", "false", "0")
            return True if text.lower() in yes else False if text.lower() in no else text
        case "size" | "shape" | "dims" | "numbers":
            parts = [part for part in text.strip("()[]").replace("x", ",").split(",") if part.strip()]
            if parameter.kind in ("size", "dims") and len(parts) == 1:
                return _number(parts[0])
            return tuple(_number(part) for part in parts)
    return _number(text)


def _number(text: str) -> Value:
    """Read a number; anything else stays a text, which the parameter then refuses in its own words."""
    try:
        found = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return found if isinstance(found, (int, float)) and not isinstance(found, bool) else text


def _unknown(path: str, known: list[str]) -> UsageError:
    near = difflib.get_close_matches(path, known, SHOWN, 0.4) or known
    listed = ", ".join(near[:SHOWN])
    return UsageError(
        Message("There is nothing to set at “{path}”. Known paths: {known}.", path=path[:100], known=listed)
    )
