"""Everything of a project that can be set, by name: for the command line and for sweeps.

Paths are such as `plan.loop.epochs`, `plan.data.validation`, `plan.optimizers.model.lr`,
`networks.main.conv1.padding`, `composites.block.fc.out_features`; a path that ends at a choice sets its type:
`plan.optimizers.model=sgd`. So does one that ends at an activation: `networks.main.relu1=tanh`.
"""

from __future__ import annotations

import ast
import dataclasses
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from studio.blocks import Block, Parameter, ParameterError, Role, every
from studio.graph import Expression, ExpressionError, Message, Value
from studio.project import edits
from studio.project.document import COMPOSITE, MODEL, Choice, GraphRef, Plan, Project, ProjectError, block_of
from studio.project.options import FROZEN, REPEAT

Setter = Callable[[str], Project]
"""Takes the value as it was typed and gives the project with it."""

Put = Callable[[Choice], Plan]
"""Gives the plan with another choice in one of its places."""

ALL = "help"
"""What is set to have every path listed."""

EXCHANGED = "activation"
"""The family of blocks whose members stand in for each other: a setting puts one in the place of another."""

LEARNING = frozenset(
    ("attention", "composite", "convolution", "embedding", "linear", "making", "normalization", "sequence")
)
"""The families of blocks that have weights, which can be frozen."""

_SHOWN = 3
"""How many paths an error suggests."""

_LONGEST = 200
"""How much of a path is looked at to find others like it."""

_ROLES: Mapping[Role, Message] = {
    "loop": Message("loop"),
    "data": Message("data"),
    "recipe": Message("recipe"),
    "optimizer": Message("optimizer"),
    "schedule": Message("schedule"),
    "loss": Message("loss"),
}
"""What a choice is called within a sentence."""

PARTS: Mapping[Role, Message] = {
    "loop": Message("Training"),
    "data": Message("Data"),
    "recipe": Message("Recipe"),
    "optimizer": Message("Optimizer"),
    "schedule": Message("Schedule"),
    "loss": Message("Loss"),
    "metric": Message("Metric"),
}
"""What the parts of a plan are called."""


class SettingError(ProjectError):
    """There is nothing of this name, or it does not take this value."""


@dataclass(frozen=True)
class Setting:
    """Something that can be set.

    Attributes:
        path: its name.
        value: what it is now.
        put: takes the value as it was typed and gives the project with it.
        said: its name for a person, such as `conv1 · Out channels`.
        parameter: what it holds; None for a choice among types.
        options: the types of a choice.
    """

    path: str
    value: Value
    put: Setter
    said: Message
    parameter: Parameter | None = None
    options: tuple[str, ...] = ()

    __hash__ = None  # type: ignore[assignment]


def apply(project: Project, settings: Sequence[str]) -> Project:
    """Give the project with every `PATH=VALUE` set, one after the other.

    Raises:
        SettingError: a path does not exist, or its value is not what it takes.
    """
    for setting in settings:
        path, separator, text = setting.partition("=")
        if not separator:
            raise SettingError(
                Message(
                    "“{setting}” sets nothing. Write PATH=VALUE, such as plan.loop.epochs=3.", setting=setting
                )
            )
        known = {found.path: found for found in every_setting(project)}
        if path not in known:
            raise unknown(path, list(known))
        try:
            project = known[path].put(text)
        except (ParameterError, ExpressionError) as error:
            raise SettingError(error.message) from error
    return project


def every_setting(project: Project) -> Iterator[Setting]:
    """Give everything that can be set."""
    for path, role, choice, put in _choices(project.plan):
        part = _part(path, role)
        options = tuple(block.type for block in every(role))
        yield Setting(path, choice.type, partial(_choose, project, role, put), part, None, options)
        declared = choice.declared(role)
        for parameter in declared.editable() if declared is not None else ():
            value = choice.parameters.get(parameter.name, parameter.default)
            setter = partial(_set_in_choice, project, choice, put, parameter)
            yield Setting(f"{path}.{parameter.name}", value, setter, both(part, parameter.said), parameter)
    networks = tuple(project.networks)
    for trained in project.plan.networks if len(networks) > 1 else ():
        path, name = f"plan.networks.{trained}", project.plan.networks[trained]
        title = Message("Network") if trained == MODEL else both(Message("Network"), named(trained))
        yield Setting(path, name, partial(_train, project, trained), title, None, networks)
    for ref in project.refs():
        graph = project.graph(ref)
        for key, node in graph.nodes.items():
            block = block_of(project, graph, node)
            if block.group == EXCHANGED:
                path, options = f"{ref.place}s.{ref.name}.{node.name}", _like(block)
                setter = partial(_exchange, project, ref, key, options)
                yield Setting(path, node.type, setter, named(node.name), None, options)
            for parameter in block.editable():
                path = f"{ref.place}s.{ref.name}.{node.name}.{parameter.name}"
                value = node.parameters.get(parameter.name, parameter.unset)
                setter = partial(_set_on_node, project, ref, key, parameter)
                yield Setting(path, value, setter, both(named(node.name), parameter.said), parameter)
            for option in _options(block):
                path, value = f"{ref.place}s.{ref.name}.{node.name}.{option.name}", getattr(node, option.name)
                setter = partial(_set_option, project, ref, key, option)
                yield Setting(path, value, setter, both(named(node.name), option.said), option)


def _options(block: Block) -> Iterator[Parameter]:
    """Give what of every block can be set for this one, where no parameter of its own is called the same."""
    if block.type == COMPOSITE and "repeat" not in block.parameters:
        yield REPEAT
    if block.group in LEARNING and "frozen" not in block.parameters:
        yield FROZEN


def _set_option(project: Project, ref: GraphRef, node: str, option: Parameter, text: str) -> Project:
    return edits.change_node(project, ref, node, **{option.name: read(option, text)})


def _like(block: Block) -> tuple[str, ...]:
    """Give the blocks that can stand where this one stands: of its family, with the same ports."""
    ports = [port.name for port in (*block.inputs, *block.outputs)]
    return tuple(
        one.type
        for one in every("block")
        if one.group == block.group and [port.name for port in (*one.inputs, *one.outputs)] == ports
    )


def _exchange(project: Project, ref: GraphRef, node: str, known: tuple[str, ...], text: str) -> Project:
    if text not in known:
        raise SettingError(
            Message("“{type}” cannot stand here. There are: {known}.", type=text[:60], known=", ".join(known))
        )
    return edits.exchange_node(project, ref, node, text)


def named(name: str) -> Message:
    """Give a name of a person's own as a sentence, which stays as it is in every language."""
    return Message("{name}", name=name)


def both(where: Message, what: Message) -> Message:
    """Give the name of something at a place."""
    return Message("{where} · {what}", where=where, what=what)


def _part(path: str, role: Role) -> Message:
    """Give what a choice of the plan is called, with what it is for where there may be several of it."""
    title = PARTS[role]
    name = path.removeprefix("plan.").partition(".")[2]
    return title if name in ("", MODEL, "0") else both(title, named(name))


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
        raise SettingError(
            Message(
                "There is no {role} “{type}”. There are: {known}.",
                role=_ROLES[role],
                type=text[:60],
                known=", ".join(known),
            )
        )
    return dataclasses.replace(project, plan=put(Choice(text)))


def _train(project: Project, role: str, name: str) -> Project:
    """Have the plan train another network in a role."""
    if name not in project.networks:
        known = ", ".join(project.networks)
        raise SettingError(
            Message("There is no network “{name}”. There are: {known}.", name=name[:60], known=known)
        )
    networks = MappingProxyType({**project.plan.networks, role: name})
    return dataclasses.replace(project, plan=dataclasses.replace(project.plan, networks=networks))


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
        ExpressionError: it is to be a formula, and is none.
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


def written(value: Value) -> str:
    """Write a value as `read` takes it."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(map(written, value))
        case Expression():
            return value.text
    return str(value)


def unknown(path: str, known: list[str]) -> SettingError:
    """Say that there is no such setting, and which ones are like it."""
    near = nearest(path, known)
    if not near:
        return SettingError(
            Message(
                "There is nothing to set at “{path}”. Every path: netwright train FILE --set {all}",
                path=path[:100],
                all=ALL,
            )
        )
    return SettingError(
        Message(
            "There is nothing to set at “{path}”. Did you mean {near}? "
            "Every path: netwright train FILE --set {all}",
            path=path[:100],
            near=", ".join(near),
            all=ALL,
        )
    )


def nearest(path: str, known: Sequence[str]) -> list[str]:
    """Give the few paths that are most like one that was typed; the last part of a path says most."""
    parent, _, end = path[:_LONGEST].rpartition(".")
    parts = {each: each.rpartition(".") for each in known}
    ends = {last: _likeness(end, last) for _, _, last in parts.values()}
    parents = {first: _likeness(parent, first) for first, _, _ in parts.values()}
    scores = {each: 0.7 * ends[last] + 0.3 * parents[first] for each, (first, _, last) in parts.items()}
    best = sorted(known, key=lambda each: -scores[each])[:_SHOWN]
    return [each for each in best if scores[each] >= max(0.7, scores[best[0]] - 0.15)]


def _likeness(first: str, second: str) -> float:
    return difflib.SequenceMatcher(None, first, second).ratio()
