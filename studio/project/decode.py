"""Turns plain JSON values into the parts of a project, strictly: each fault is one sentence with its place.

What cannot be kept or drawn at all is refused here. What merely does not compute (an unknown block, a
circle, a parameter that its block does not take) is let in, for the compiler to mark.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.blocks import FromInput, Kind
from studio.blocks.custom import PREFIX
from studio.graph import Endpoint, Graph, Initial, Message, Node, Wire
from studio.graph.layout import Frame, Layout, Note, Position
from studio.graph.model import NO_INITIAL, NO_PARAMETERS
from studio.project import limits
from studio.project.document import (
    Choice,
    Composite,
    CompositeParameter,
    GraphRef,
    LossTerm,
    Place,
    Plan,
    Project,
)
from studio.project.fields import (
    Fields,
    Reader,
    as_it_is,
    each,
    flag,
    identity,
    items,
    kind,
    long_text,
    measure,
    parameters,
    table,
    text,
    value,
    whole,
)
from studio.project.json_text import At, FileError, Plain, fault

_PLACES: tuple[Place, ...] = ("network", "composite")


def project(data: Plain) -> Project:
    """Read a whole project of the current version.

    Raises:
        FileError: it is not one.
    """
    optional = ("composites", "layout", "template", "custom")
    own = Fields(data, (), ("format", "version", "networks", "plan"), optional)
    drawn, defined = own.read("networks", items), own.get("composites", items, [])
    within_limits([*drawn, *defined])
    networks: dict[str, Graph] = {}
    for index, entry in enumerate(drawn):
        name, graph = _network(entry, ("networks", index))
        _add(networks, name, graph, ("networks", index))
    if not networks:
        raise fault(("networks",), Message("at least one network"), drawn)
    composites: dict[str, Composite] = {}
    for index, entry in enumerate(defined):
        name, made = composite(entry, ("composites", index))
        _add(composites, name, made, ("composites", index))
    bare = Project(MappingProxyType(networks), MappingProxyType(composites))
    return Project(
        bare.networks,
        bare.composites,
        own.read("plan", plan),
        MappingProxyType(own.get("layout", _layouts(bare), {})),
        own.get("template", text, ""),
        own.get("custom", custom, NO_CODE),
    )


NO_CODE: Mapping[str, str] = MappingProxyType({})


def custom(data: Plain, at: At) -> Mapping[str, str]:
    """Read the code of custom blocks; it is kept as text, and nothing of it is run."""
    found = table(each(long_text))(data, at)
    if len(found) > limits.CUSTOM:
        raise fault(at, Message("at most {limit} custom blocks", limit=limits.CUSTOM), data)
    for name, lines in found.items():
        kind(name, (*at, name))
        kind(f"{PREFIX}{name}", (*at, name))
        if any("\n" in line for line in lines) or not lines:
            raise fault((*at, name), Message("the code as a list of lines"), list(lines))
        if sum(len(line) + 1 for line in lines) > limits.TEXT + 1:
            raise fault((*at, name), Message("a text of at most {limit} characters", limit=limits.TEXT), "…")
    return MappingProxyType({name: "\n".join(found[name]) for name in sorted(found)})


def within_limits(graphs: Iterable[Plain]) -> None:
    """Refuse more blocks or wires than a project can have, before any of them is read."""
    blocks = wires = 0
    for entry in graphs:
        if isinstance(entry, dict):
            blocks += len(found) if isinstance(found := entry.get("nodes"), list) else 0
            wires += len(found) if isinstance(found := entry.get("wires"), list) else 0
    if blocks > limits.NODES:
        raise FileError(
            Message(
                "There are {count} blocks; a project has at most {limit}.", count=blocks, limit=limits.NODES
            )
        )
    if wires > limits.WIRES:
        raise FileError(
            Message(
                "There are {count} wires; a project has at most {limit}.", count=wires, limit=limits.WIRES
            )
        )


_T = typing.TypeVar("_T")


def _add(made: dict[str, _T], name: str, entry: _T, at: At) -> None:
    if name in made:
        raise fault((*at, "name"), Message("a name that no other has"), name)
    made[name] = entry


# -- graphs -------------------------------------------------------------------------------------------


def _network(data: Plain, at: At) -> tuple[str, Graph]:
    own = Fields(data, at, ("name", "nodes", "wires"))
    name = own.read("name", text)
    return name, graph(own, (at[0], name))


def graph(own: Fields, at: At) -> Graph:
    """Read nodes and the wires between them; `at` is the place by its name."""
    nodes: dict[str, Node] = {}
    for index, entry in enumerate(own.read("nodes", items)):
        here = (*at, "nodes", index)
        one = node(entry, here)
        if one.id in nodes:
            raise fault((*here, "id"), Message("an id that no other has"), one.id)
        nodes[one.id] = one
    wires: set[Wire] = set()
    for index, entry in enumerate(own.read("wires", items)):
        here = (*at, "wires", index)
        joined = wire(entry, here)
        for key, end in (("from", joined.source), ("to", joined.target)):
            if end.node not in nodes:
                raise fault((*here, key), Message("the id of a block in this graph"), end.node)
        if joined in wires:
            raise fault(here, Message("a wire that no other is equal to"), entry)
        wires.add(joined)
    return Graph(MappingProxyType(nodes), frozenset(wires))


_NODE_OPTIONAL = (
    "parameters",
    "composite",
    "repeat",
    "shares",
    "frozen",
    "rate_factor",
    "bypassed",
    "initial",
)
_repeat = whole(1, limits.REPEAT)
_rate_factor = measure(0, limits.RATE_FACTOR)
_index = whole(0, limits.WIRES)


def node(data: Plain, at: At) -> Node:
    """Read one node."""
    own = Fields(data, at, ("id", "type", "name"), _NODE_OPTIONAL)
    return Node(
        id=own.read("id", identity),
        type=own.read("type", kind),
        name=own.read("name", text),
        parameters=own.get("parameters", parameters, NO_PARAMETERS),
        composite=own.get("composite", text, ""),
        repeat=own.get("repeat", _repeat, 1),
        shares=own.get("shares", identity, ""),
        frozen=own.get("frozen", flag, False),
        rate_factor=own.get("rate_factor", _rate_factor, 1.0),
        bypassed=own.get("bypassed", flag, False),
        initial=own.get("initial", _initials, NO_INITIAL),
    )


def _initials(data: Plain, at: At) -> Mapping[str, Initial]:
    own = Fields(data, at, (), ("weight", "bias"))
    read = {place: own.get(place, _initial, None) for place in ("weight", "bias")}
    return MappingProxyType({place: one for place, one in read.items() if one is not None})


def _initial(data: Plain, at: At) -> Initial:
    own = Fields(data, at, ("type",), ("parameters",))
    return Initial(own.read("type", kind), own.get("parameters", parameters, NO_PARAMETERS))


def wire(data: Plain, at: At) -> Wire:
    """Read one wire."""
    own = Fields(data, at, ("from", "to"), ("index", "enabled"))
    return Wire(
        own.read("from", _endpoint),
        own.read("to", _endpoint),
        own.get("index", _index, 0),
        own.get("enabled", flag, True),
    )


def _endpoint(data: Plain, at: At) -> Endpoint:
    if not isinstance(data, list) or len(data) != 2:
        raise fault(at, Message("the id of a block and the name of its port"), data)
    return Endpoint(identity(data[0], (*at, 0)), text(data[1], (*at, 1)))


# -- composites ---------------------------------------------------------------------------------------

COMPOSITE_OPTIONAL = ("parameters", "doc")
"""What a composite can have besides a name and a graph."""

_KINDS = typing.get_args(Kind)


def composite(data: Plain, at: At) -> tuple[str, Composite]:
    """Read the definition of a composite and its name."""
    own = Fields(data, at, ("name", "nodes", "wires"), COMPOSITE_OPTIONAL)
    name = own.read("name", text)
    return name, composite_form(own, graph(own, (at[0], name)))


def composite_form(own: Fields, drawn: Graph) -> Composite:
    """Read what a composite is besides its graph."""
    return Composite(drawn, own.get("parameters", _all_offered, ()), own.get("doc", long_text, ""))


def _all_offered(data: Plain, at: At) -> tuple[CompositeParameter, ...]:
    made: dict[str, CompositeParameter] = {}
    for index, entry in enumerate(items(data, at)):
        here = (*at, index)
        own = Fields(entry, here, ("name", "kind", "default"), ("doc", "from_input"))
        offered = CompositeParameter(
            own.read("name", text),
            own.read("kind", _kind_of_parameter),
            own.read("default", value),
            own.get("doc", long_text, ""),
            own.get("from_input", _from_input, None),
        )
        _add(made, offered.name, offered, here)
    return tuple(made.values())


def _from_input(data: Plain, at: At) -> FromInput:
    own = Fields(data, at, ("port", "dim"))
    return FromInput(own.read("port", text), own.read("dim", _dimension))


def _dimension(data: Plain, at: At) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or data == 0 or abs(data) > limits.DIMENSIONS:
        raise fault(at, Message("a dimension such as 1 or -1, without that of the batch"), data)
    return data


def _kind_of_parameter(data: Plain, at: At) -> Kind:
    if data not in _KINDS:
        raise fault(at, Message("one of {choices}", choices=", ".join(_KINDS)), data)
    return typing.cast(Kind, data)


# -- the plan -----------------------------------------------------------------------------------------


def choice(data: Plain, at: At) -> Choice:
    """Read one declared thing with the parameters set by hand."""
    own = Fields(data, at, ("type",), ("parameters",))
    return Choice(own.read("type", kind), own.get("parameters", parameters, NO_PARAMETERS))


_weight = measure(-limits.WEIGHT, limits.WEIGHT)


def _loss(data: Plain, at: At) -> LossTerm:
    own = Fields(data, at, ("loss",), ("output", "target", "weight"))
    return LossTerm(
        own.read("loss", choice),
        own.get("output", text, ""),
        own.get("target", text, ""),
        own.get("weight", _weight, 1.0),
    )


PLAN: Mapping[str, Reader[typing.Any]] = MappingProxyType(
    {
        "recipe": choice,
        "networks": table(text),
        "data": choice,
        "losses": each(_loss),
        "optimizers": table(choice),
        "schedules": table(choice),
        "metrics": each(choice),
        "loop": choice,
    }
)
"""The fields of a training plan and what reads each."""


def plan(data: Plain, at: At) -> Plan:
    """Read a training plan."""
    own = Fields(data, at, tuple(PLAN))
    return Plan(**{key: own.read(key, reader) for key, reader in PLAN.items()})


# -- the look -----------------------------------------------------------------------------------------


def _layouts(bare: Project) -> Reader[dict[GraphRef, Layout]]:
    def read(data: Plain, at: At) -> dict[GraphRef, Layout]:
        made: dict[GraphRef, Layout] = {}
        own = Fields(data, at, (), tuple(f"{place}s" for place in _PLACES))
        refs = set(bare.refs())
        for place in _PLACES:
            for name, look in own.get(f"{place}s", table(as_it_is), MappingProxyType({})).items():
                here, ref = (*at, f"{place}s", name), GraphRef(place, name)
                if ref not in refs:
                    raise fault(here, Message("the look of a graph that is in this file"), look)
                made[ref] = layout(look, bare.graph(ref), here)
        return made

    return read


_MARKS = tuple(Layout().marks())


def layout(data: Plain, drawn: Graph, at: At) -> Layout:
    """Read the look of a graph."""
    own = Fields(data, at, (), ("positions", "frames", "notes", "reroutes", *_MARKS, "direction", "locked"))
    reroutes: dict[Wire, tuple[Position, ...]] = {}
    for index, (key, points) in enumerate(own.get("reroutes", each(reroute), ())):
        if key not in drawn.wires or key in reroutes:
            raise fault(
                (*at, "reroutes", index, "wire"), Message("a wire of this graph, once"), key.target.node
            )
        reroutes[key] = points
    positions = own.get("positions", table(position), MappingProxyType({}))
    marks = {name: own.get(name, each(identity), ()) for name in _MARKS}
    for name, ids in (("positions", tuple(positions)), *marks.items()):
        for one in ids:
            if one not in drawn.nodes:
                raise fault((*at, name), Message("the id of a block in this graph"), one)
    for name, ids in marks.items():
        if len(set(ids)) != len(ids):
            raise fault((*at, name), Message("each block once"), list(ids))
    return Layout(
        positions=positions,
        frames=own.get("frames", each(frame), ()),
        notes=own.get("notes", each(note), ()),
        reroutes=MappingProxyType(reroutes),
        collapsed=frozenset(marks["collapsed"]),
        trimmed=frozenset(marks["trimmed"]),
        pinned=frozenset(marks["pinned"]),
        down=own.get("direction", _direction, "right") == "down",
        locked=own.get("locked", flag, False),
    )


def _direction(data: Plain, at: At) -> str:
    if data not in ("right", "down"):
        raise fault(at, Message("one of {choices}", choices="right, down"), data)
    return str(data)


_coordinate = measure(-limits.CANVAS, limits.CANVAS)


def position(data: Plain, at: At) -> Position:
    """Read a place on the canvas."""
    if not isinstance(data, list) or len(data) != 2:
        raise fault(at, Message("two numbers"), data)
    return (_coordinate(data[0], (*at, 0)), _coordinate(data[1], (*at, 1)))


def reroute(data: Plain, at: At) -> tuple[Wire, tuple[Position, ...]]:
    """Read the points that one wire is led through."""
    own = Fields(data, at, ("wire", "points"))
    return own.read("wire", wire), own.read("points", each(position))


_BOX = ("x", "y", "width", "height")


def frame(data: Plain, at: At) -> Frame:
    """Read one frame."""
    own = Fields(data, at, ("id", "title", *_BOX), ("color",))
    x, y, width, height = (own.read(key, _coordinate) for key in _BOX)
    return Frame(
        own.read("id", text), own.read("title", text), x, y, width, height, own.get("color", text, "")
    )


def note(data: Plain, at: At) -> Note:
    """Read one note."""
    own = Fields(data, at, ("id", "text", *_BOX))
    x, y, width, height = (own.read(key, _coordinate) for key in _BOX)
    return Note(own.read("id", text), own.read("text", long_text), x, y, width, height)
