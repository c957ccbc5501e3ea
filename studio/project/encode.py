"""Turns the parts of a project into plain JSON values, leaving out what is at its default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio.graph import Expression, Graph, Initial, Node, Value, Wire
from studio.graph.layout import Frame, Layout, Note
from studio.project.document import Choice, Composite, CompositeParameter, LossTerm, Plan, Project
from studio.project.json_text import Plain

FORMAT = "netwright"
"""What a project file says it is."""

VERSION = 4
"""The newest version of the form that this Netwright reads and writes."""

WITH_SIZES = 3
"""The version of a project that flows from left to right, no ports hidden and nothing locked."""

WITH_CODE = 2
"""The version of such a project in which no parameter of a composite is read off what arrives, too."""

WITHOUT_CODE = 1
"""The version of such a project without custom blocks, too: an older Netwright can read it."""


def version_of(value: Project) -> int:
    """Give the version that a project is written in: the lowest one that can hold it."""
    if any(look.trimmed or look.down or look.locked for look in value.layout.values()):
        return VERSION
    if any(one.from_input is not None for each in value.composites.values() for one in each.parameters):
        return WITH_SIZES
    return WITH_CODE if value.custom else WITHOUT_CODE


def project(value: Project) -> dict[str, Plain]:
    """Give a whole project. Looks of what does not exist are left out."""
    looks = {"networks": {}, "composites": {}}  # type: dict[str, dict[str, Plain]]
    for ref in value.refs():
        if ref in value.layout:
            looks[f"{ref.place}s"][ref.name] = layout(value.layout[ref], value.graph(ref))
    made: dict[str, Plain] = {
        "format": FORMAT,
        "version": version_of(value),
        "networks": [{"name": name, **graph(each)} for name, each in value.networks.items()],
        "plan": dict(plan(value.plan)),
    }
    if value.composites:
        made["composites"] = [composite(name, each) for name, each in value.composites.items()]
    if value.custom:
        made["custom"] = custom(value.custom)
    if any(looks.values()):
        made["layout"] = {place: dict(each) for place, each in looks.items() if each}
    if value.template:
        made["template"] = value.template
    return made


def custom(value: Mapping[str, str]) -> Plain:
    """Give the code of custom blocks by name, as lines: a change of one line is one line in git."""
    made: dict[str, Plain] = {}
    for name in sorted(value):
        made[name] = [*value[name].split("\n")]
    return made


def graph(value: Graph) -> dict[str, Plain]:
    """Give the nodes in their order and the wires sorted."""
    return {
        "nodes": [node(each) for each in value.nodes.values()],
        "wires": [wire(each) for each in sorted(value.wires)],
    }


def node(value: Node) -> Plain:
    """Give one node."""
    made: dict[str, Plain] = {"id": value.id, "type": value.type, "name": value.name}
    if value.parameters:
        made["parameters"] = parameters(value.parameters)
    if value.composite:
        made["composite"] = value.composite
    if value.repeat != 1:
        made["repeat"] = value.repeat
    if value.shares:
        made["shares"] = value.shares
    if value.frozen:
        made["frozen"] = value.frozen
    if value.rate_factor != 1:
        made["rate_factor"] = number(value.rate_factor)
    if value.bypassed:
        made["bypassed"] = value.bypassed
    if value.initial:
        made["initial"] = {place: initial(each) for place, each in sorted(value.initial.items())}
    return made


def initial(value: Initial) -> Plain:
    """Give one way for weights to begin."""
    made: dict[str, Plain] = {"type": value.type}
    if value.parameters:
        made["parameters"] = parameters(value.parameters)
    return made


def wire(value: Wire) -> Plain:
    """Give one wire."""
    made: dict[str, Plain] = {
        "from": [value.source.node, value.source.port],
        "to": [value.target.node, value.target.port],
    }
    if value.index:
        made["index"] = value.index
    if not value.enabled:
        made["enabled"] = False
    return made


def parameters(values: Mapping[str, Value]) -> Plain:
    """Give parameter values by name."""
    return {name: _value(value) for name, value in values.items()}


def _value(value: Value) -> Plain:
    match value:
        case Expression(text=text):
            return {"expr": text}
        case tuple():
            return [_value(part) for part in value]
    return value


def number(value: float) -> Plain:
    """Give a measure; a whole one without its fraction, so that it reads well."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _numbers(values: Iterable[float]) -> Plain:
    return [number(value) for value in values]


# -- composites ---------------------------------------------------------------------------------------


def composite(name: str, value: Composite) -> Plain:
    """Give the definition of a composite with its name."""
    made: dict[str, Plain] = {"name": name, **graph(value.graph)}
    made.update(composite_form(value))
    return made


def composite_form(value: Composite) -> dict[str, Plain]:
    """Give what a composite is besides its graph."""
    made: dict[str, Plain] = {}
    if value.parameters:
        made["parameters"] = [_offered(each) for each in value.parameters]
    if value.doc:
        made["doc"] = value.doc
    return made


def _offered(value: CompositeParameter) -> Plain:
    made: dict[str, Plain] = {"name": value.name, "kind": value.kind, "default": _value(value.default)}
    if value.doc:
        made["doc"] = value.doc
    if value.from_input is not None:
        made["from_input"] = {"port": value.from_input.port, "dim": value.from_input.dim}
    return made


# -- the plan -----------------------------------------------------------------------------------------


def plan(value: Plan) -> dict[str, Plain]:
    """Give the training plan, whole: its defaults may be others in a later version."""
    return {
        "recipe": choice(value.recipe),
        "networks": dict(value.networks),
        "data": choice(value.data),
        "losses": [_loss(each) for each in value.losses],
        "optimizers": {role: choice(each) for role, each in value.optimizers.items()},
        "schedules": {role: choice(each) for role, each in value.schedules.items()},
        "metrics": [choice(each) for each in value.metrics],
        "loop": choice(value.loop),
    }


def choice(value: Choice) -> Plain:
    """Give one declared thing with the parameters set by hand."""
    made: dict[str, Plain] = {"type": value.type}
    if value.parameters:
        made["parameters"] = parameters(value.parameters)
    return made


def _loss(value: LossTerm) -> Plain:
    made: dict[str, Plain] = {"loss": choice(value.choice)}
    if value.output:
        made["output"] = value.output
    if value.target:
        made["target"] = value.target
    if value.weight != 1:
        made["weight"] = number(value.weight)
    return made


# -- the look -----------------------------------------------------------------------------------------


def layout(value: Layout, drawn: Graph) -> Plain:
    """Give the look of a graph; of what it does not hold, nothing."""
    made: dict[str, Plain] = {}
    positions = {key: _numbers(at) for key, at in value.positions.items() if key in drawn.nodes}
    if positions:
        made["positions"] = dict(positions)
    if value.frames:
        made["frames"] = [frame(each) for each in value.frames]
    if value.notes:
        made["notes"] = [note(each) for each in value.notes]
    reroutes = [reroute(each, value) for each in sorted(value.reroutes) if each in drawn.wires]
    if reroutes:
        made["reroutes"] = list(reroutes)
    for name, ids in value.marks().items():
        if present := sorted(ids & drawn.nodes.keys()):
            made[name] = list(present)
    if value.down:
        made["direction"] = "down"
    if value.locked:
        made["locked"] = True
    return made


def reroute(key: Wire, value: Layout) -> Plain:
    """Give the points that one wire is led through."""
    return {"wire": wire(key), "points": [_numbers(at) for at in value.reroutes[key]]}


def frame(value: Frame) -> Plain:
    """Give one frame."""
    made: dict[str, Plain] = {"id": value.id, "title": value.title, **_box(value)}
    if value.color:
        made["color"] = value.color
    return made


def note(value: Note) -> Plain:
    """Give one note."""
    return {"id": value.id, "text": value.text, **_box(value)}


def _box(value: Frame | Note) -> dict[str, Plain]:
    return {
        "x": number(value.x),
        "y": number(value.y),
        "width": number(value.width),
        "height": number(value.height),
    }
