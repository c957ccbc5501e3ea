"""Projects and edits at random, and slow plain comparisons, for the tests of the document."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from hypothesis import strategies as st

from studio.blocks import FromInput
from studio.blocks.custom import PREFIX, CodeError
from studio.graph import Endpoint, Expression, Graph, Initial, Value, Wire, freeze
from studio.graph.layout import Frame, Note
from studio.project import (
    COMPOSITE,
    Change,
    Choice,
    Composite,
    CompositeParameter,
    GraphRef,
    LossTerm,
    Project,
    ProjectError,
    block_of,
    edits,
    encode,
)
from studio.project.clipboard import copy_text, paste_text
from studio.project.coding import remove_code, set_code
from studio.project.json_text import FileError

_T = TypeVar("_T")
Draw = Callable[[st.SearchStrategy[_T]], _T]

NASTY = (
    "",
    "x",
    "conv1",
    "中文 名字",
    'quote " and \\ and \n line',
    "; import os",
    "class",
    "\u202egnp.evil",
    "\0",
    "a" * 5_000,
    "<b>bold</b>",
    "{name}",
)
"""Names that are only data, whatever they look like."""

names = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)

values: st.SearchStrategy[Value] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.sampled_from([0, 1, -1, 2**31, 1.0, 0.0, -0.0, 1e300, 1e-300])
    | st.floats(allow_nan=False, allow_infinity=False)
    | names
    | st.builds(Expression, st.sampled_from(["2*d", "9**9**9", "__import__('os')", ""])),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)

parameters: st.SearchStrategy[Mapping[str, Value]] = st.dictionaries(
    st.sampled_from(["out_channels", "kernel_size", "bias", "shape", "unknown", "größe"]), values, max_size=3
).map(lambda made: MappingProxyType(made))

coordinates = st.integers(-500, 500).map(float) | st.floats(-1e6, 1e6)
positions = st.tuples(coordinates, coordinates)
types = st.sampled_from("input output conv2d relu linear add concat lstm from_the_future".split())


MAIN = GraphRef("network", "main")

# -- a whole document ------------------------------------------------------------------------------------


def sample() -> Project:
    """Give a project that has one of everything a file can hold."""
    project = edits.add_network(Project(template="cnn"), "critic")
    project = edits.set_composite(
        project,
        "Block",
        Composite(parameters=(CompositeParameter("d", "int", 8, "Width."),), doc="Two layers."),
    )
    inner, main = GraphRef("composite", "Block"), MAIN
    for ref, kinds in (
        (inner, ("input", "linear", "relu", "output")),
        (
            main,
            ("input", "conv2d", "relu", "from_the_future", "add", "flatten", "composite", "linear", "output"),
        ),
        (GraphRef("network", "critic"), ("input", "lstm", "output")),
    ):
        last = ""
        for column, kind in enumerate(kinds):
            project, node = edits.add_node(
                project, ref, kind, (216 * column, -48), composite="Block" if kind == "composite" else ""
            )
            if last:
                graph = project.graph(ref)
                ports = [port.name for port in block_of(project, graph, graph.nodes[node]).inputs] or ["x"]
                source = [port.name for port in block_of(project, graph, graph.nodes[last]).outputs] or ["y"]
                # A block of the future has the ports that its wires use, so they are drawn as a file would.
                drawn = Wire(Endpoint(last, source[0]), Endpoint(node, ports[0]))
                project = project.with_graph(ref, graph.with_wires([drawn]))
            last = node
    project = edits.connect(project, main, Endpoint("relu_1", "y"), Endpoint("add_1", "x"))
    project = edits.connect(project, main, Endpoint("relu_1", "y"), Endpoint("add_1", "x"))
    project = edits.set_parameters(project, inner, "linear_1", {"out_features": Expression("2*d")})
    project = edits.set_parameters(
        project,
        main,
        "conv2d_1",
        {"kernel_size": (3, 5), "bias": False, "padding": "same", "extra": (1.5, None)},
    )
    project = edits.change_node(project, main, "composite_1", repeat=3, rate_factor=0.5, frozen=True)
    project = edits.change_node(project, main, "relu_1", bypassed=True)
    project, (twin,) = edits.duplicate_nodes(project, main, ["linear_1"])
    project = edits.change_node(project, main, twin, shares="linear_1")
    project = edits.rename_node(project, main, "flatten_1", NASTY[4])
    project = edits.set_frames(project, main, [Frame("f1", "Körper", -8, 0, 300.5, 200, "#aabbcc")])
    project = edits.set_notes(project, main, [Note("n1", "one\ntwo", 0, 8)])
    graph = project.graph(main)
    off = next(wire for wire in sorted(graph.wires) if wire.target.node == "output_1")
    graph = graph.without_wires([off]).with_wires([dataclasses.replace(off, enabled=False)])
    bent = next(wire for wire in sorted(graph.wires) if wire.index == 1)
    layout = dataclasses.replace(
        project.layout_of(main),
        reroutes=MappingProxyType({bent: ((8.0, 16.0), (0.5, 0.0))}),
        collapsed=frozenset({"relu_1"}),
        trimmed=frozenset({"flatten_1"}),
        pinned=frozenset({"add_1", "conv2d_1"}),
        down=True,
        locked=True,
    )
    project = project.with_graph(main, graph).with_layout(main, layout)
    loss = LossTerm(Choice("mse", MappingProxyType({"delta": 0.5})), "y", "target", 2.5)
    return edits.set_loop(
        edits.set_plan(project, dataclasses.replace(project.plan, losses=(loss,))), "epochs", 3
    )


# -- one edit -----------------------------------------------------------------------------------------


def some_graph(draw: Draw[Any], project: Project) -> GraphRef:
    ref: GraphRef = draw(st.sampled_from(project.refs()))
    return ref


def some_nodes(draw: Draw[Any], project: Project, ref: GraphRef, most: int = 4) -> list[str]:
    ids = list(project.graph(ref).nodes)
    if not ids:
        return []
    chosen: list[str] = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True))
    return chosen


def add(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    if project.composites and draw(st.integers(0, 4)) == 0:
        name = draw(st.sampled_from(list(project.composites)))
        return edits.add_node(project, ref, COMPOSITE, draw(positions), composite=name)[0]
    own = [f"{PREFIX}{each}" for each in project.custom]
    kind = draw(st.sampled_from(own)) if own and draw(st.integers(0, 4)) == 0 else draw(types)
    name, chosen = draw(st.just("") | names), draw(parameters)
    return edits.add_node(project, ref, kind, draw(positions), name=name, parameters=chosen)[0]


def remove(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    return edits.remove_nodes(project, ref, some_nodes(draw, project, ref), rejoin=draw(st.booleans()))


def rename(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    for node in some_nodes(draw, project, ref, 1):
        project = edits.rename_node(project, ref, node, draw(names))
    return project


def connect(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    graph = project.graph(ref)
    outputs = [
        Endpoint(node.id, port.name)
        for node in graph.nodes.values()
        for port in block_of(project, graph, node).outputs
    ]
    inputs = [
        Endpoint(node.id, port.name)
        for node in graph.nodes.values()
        for port in block_of(project, graph, node).inputs
    ]
    if not outputs or not inputs:
        return project
    return edits.connect(project, ref, draw(st.sampled_from(outputs)), draw(st.sampled_from(inputs)))


def some_wires(draw: Draw[Any], project: Project, ref: GraphRef, most: int = 3) -> list[Wire]:
    wires = sorted(project.graph(ref).wires)
    if not wires:
        return []
    chosen: list[Wire] = draw(st.lists(st.sampled_from(wires), min_size=1, max_size=most, unique=True))
    return chosen


def disconnect(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    return edits.disconnect(project, ref, some_wires(draw, project, ref))


def insert(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    wires, nodes = some_wires(draw, project, ref, 1), some_nodes(draw, project, ref, 1)
    return edits.insert_on_wire(project, ref, nodes[0], wires[0]) if wires and nodes else project


def set_parameter(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    for node in some_nodes(draw, project, ref, 1):
        project = edits.set_parameters(project, ref, node, draw(parameters))
        if draw(st.booleans()):
            project = edits.reset_parameter(project, ref, node, "bias")
    return project


def change(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    nodes = some_nodes(draw, project, ref, 2)
    if not nodes:
        return project
    wanted: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "frozen": st.booleans(),
                "bypassed": st.booleans(),
                "repeat": st.integers(1, 20),
                "rate_factor": st.sampled_from([1.0, 0.1, 2.0]),
                "shares": st.sampled_from(["", nodes[-1]]),
            },
        )
    )
    project = edits.change_node(project, ref, nodes[0], **wanted)
    ways = st.sampled_from([None, Initial("ones"), Initial("of_the_future", freeze({"std": (1, 2.5)}))])
    return edits.set_initial(project, ref, nodes[-1], draw(st.sampled_from(["weight", "bias"])), draw(ways))


def duplicate(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    return edits.duplicate_nodes(project, ref, some_nodes(draw, project, ref))[0]


def copy_and_paste(draw: Draw[Any], project: Project) -> Project:
    ref, target = some_graph(draw, project), some_graph(draw, project)
    text = copy_text(project, ref, some_nodes(draw, project, ref))
    at = draw(st.none() | positions)
    return paste_text(project, target, text, at, incoming=draw(st.booleans()))[0]


def move(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    where = {node: draw(positions) for node in some_nodes(draw, project, ref)}
    return edits.move_nodes(project, ref, where)


def arrange(draw: Draw[Any], project: Project) -> Project:
    return edits.arrange_nodes(project, some_graph(draw, project))


def look(draw: Draw[Any], project: Project) -> Project:
    ref = some_graph(draw, project)
    frames = draw(
        st.lists(
            st.builds(Frame, names, names, *[coordinates] * 4, color=st.sampled_from(["", "#aabbcc"])),
            max_size=3,
        )
    )
    notes = draw(st.lists(st.builds(Note, names, names, *[coordinates] * 4), max_size=2))
    project = edits.set_notes(edits.set_frames(project, ref, frames), ref, notes)
    bends = {wire: (draw(positions),) for wire in some_wires(draw, project, ref)}
    layout = dataclasses.replace(
        project.layout_of(ref),
        reroutes=MappingProxyType(bends),
        collapsed=frozenset(some_nodes(draw, project, ref)),
        trimmed=frozenset(some_nodes(draw, project, ref)),
        pinned=frozenset(some_nodes(draw, project, ref)),
        down=draw(st.booleans()),
        locked=draw(st.booleans()),
    )
    return project.with_layout(ref, layout)


def add_network(draw: Draw[Any], project: Project) -> Project:
    return edits.add_network(project, draw(names))


def rename_network(draw: Draw[Any], project: Project) -> Project:
    return edits.rename_network(project, draw(st.sampled_from(list(project.networks))), draw(names))


def remove_network(draw: Draw[Any], project: Project) -> Project:
    return edits.remove_network(project, draw(st.sampled_from(list(project.networks))))


def train_network(draw: Draw[Any], project: Project) -> Project:
    return edits.train_network(project, draw(st.sampled_from(list(project.networks))))


def define_composite(draw: Draw[Any], project: Project) -> Project:
    known = list(project.composites)
    name = draw(st.sampled_from(known)) if known and draw(st.booleans()) else draw(names)
    graph = project.composites[name].graph if name in project.composites else Graph()
    offered = draw(
        st.lists(
            st.builds(
                CompositeParameter,
                names,
                st.sampled_from(["int", "float", "text"]),
                values,
                names,
                st.none() | st.builds(FromInput, names, st.sampled_from([1, 2, -1])),
            ),
            max_size=2,
            unique_by=lambda made: made.name,
        )
    )
    return edits.set_composite(project, name, Composite(graph, tuple(offered), draw(names)))


codes = st.builds(
    "def {}(x, {}, bias: int = 1):\n    return x{}\n".format,
    st.sampled_from("fgh"),
    st.sampled_from("yz"),
    st.sampled_from(["", ", x", "  # \u4e2d\n"]),
)
"""Code of small functions with some ports and others."""


def write_code(draw: Draw[Any], project: Project) -> Project:
    text, known = draw(codes), list(project.custom)
    replacing = draw(st.sampled_from(known)) if known and draw(st.booleans()) else ""
    return set_code(project, text, replacing)


def forget_code(draw: Draw[Any], project: Project) -> Project:
    known = list(project.custom)
    return remove_code(project, draw(st.sampled_from(known))) if known else project


choices = st.builds(Choice, st.sampled_from(["adam", "sgd", "mse", "unknown_thing"]), parameters)


def plan(draw: Draw[Any], project: Project) -> Project:
    wanted: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "recipe": choices,
                "data": choices,
                "networks": st.dictionaries(names, names, max_size=2).map(MappingProxyType),
                "losses": st.lists(
                    st.builds(LossTerm, choices, names, names, st.floats(-9, 9)), max_size=2
                ).map(tuple),
                "optimizers": st.dictionaries(names, choices, max_size=2).map(MappingProxyType),
                "schedules": st.dictionaries(names, choices, max_size=2).map(MappingProxyType),
                "metrics": st.lists(choices, max_size=2).map(tuple),
            },
        )
    )
    project = edits.set_plan(project, dataclasses.replace(project.plan, **wanted))
    return edits.set_loop(project, "epochs", draw(st.integers(1, 9)))


EDITS: Mapping[str, Callable[[Draw[Any], Project], Project]] = {
    made.__name__: made
    for made in (
        add,
        remove,
        rename,
        connect,
        disconnect,
        insert,
        set_parameter,
        change,
        duplicate,
        copy_and_paste,
        move,
        arrange,
        look,
        add_network,
        rename_network,
        remove_network,
        train_network,
        define_composite,
        write_code,
        forget_code,
        plan,
    )
}
"""Every kind of edit that a person makes, by its name."""

kinds = st.sampled_from([*EDITS, *["add", "connect", "set_parameter", "rename"] * 3])
"""A kind of edit; those that build are the most frequent."""


def edited(draw: Draw[Any], project: Project, kind: str) -> Project:
    """Make one random edit; one that is refused leaves the project as it is."""
    try:
        return EDITS[kind](draw, project)
    except (ProjectError, CodeError, FileError):
        return project


# -- slow comparison ------------------------------------------------------------------------------------


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _nodes(project: Project) -> dict[tuple[GraphRef, str], str]:
    return {
        (ref, node.id): _text(encode.node(node))
        for ref in project.refs()
        for node in project.graph(ref).nodes.values()
    }


def _look(project: Project, ref: GraphRef) -> str:
    layout = project.layout_of(ref)
    whole = dataclasses.replace(layout, positions=MappingProxyType({}))
    graph = project.graph(ref) if ref in project.refs() else Graph()
    return _text(encode.layout(whole, graph))


def _code(project: Project, ref: GraphRef, key: str) -> str | None:
    """Give the code behind a node; it decides the ports."""
    return project.custom.get(project.graph(ref).nodes[key].type.removeprefix(PREFIX))


def slow_difference(before: Project, after: Project) -> Change:
    """Compare two projects by what a file says of them, looking at everything."""
    old, new = _nodes(before), _nodes(after)
    olds, news = before.refs(), after.refs()
    both = [ref for ref in news if ref in olds]
    places = [[ref for ref in refs if ref in both] for refs in (olds, news)]
    forms = [
        {
            ref: _text(encode.composite_form(side.composites[ref.name]))
            for ref in both
            if ref.place == "composite"
        }
        for side in (before, after)
    ]
    orders = [
        {
            ref: [key for key in side.graph(ref).nodes if (ref, key) in old and (ref, key) in new]
            for ref in both
        }
        for side in (before, after)
    ]
    return Change(
        added=frozenset(new.keys() - old.keys()),
        removed=frozenset(old.keys() - new.keys()),
        altered=frozenset(
            (ref, key)
            for ref, key in new.keys() & old.keys()
            if new[ref, key] != old[ref, key] or _code(before, ref, key) != _code(after, ref, key)
        ),
        moved=frozenset(
            (ref, key)
            for ref, key in new
            if before.layout_of(ref).positions.get(key) != after.layout_of(ref).positions.get(key)
        ),
        wired=frozenset(
            ref
            for ref in {*olds, *news}
            if (before.graph(ref).wires if ref in olds else frozenset())
            != (after.graph(ref).wires if ref in news else frozenset())
        ),
        graphs=frozenset({*olds} ^ {*news})
        | {one for one, other in zip(*places, strict=True) if one != other}
        | {ref for ref in forms[0] if forms[0][ref] != forms[1][ref]},
        layouts=frozenset(ref for ref in {*olds, *news} if _look(before, ref) != _look(after, ref)),
        plan=_text(encode.plan(before.plan)) != _text(encode.plan(after.plan)),
        reordered=frozenset(ref for ref in both if orders[0][ref] != orders[1][ref]),
    )
