"""Draws the mistakes of the catalogue, each as a beginner makes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.graph import Endpoint, Graph, Value, Wire
from studio.project import Composite, GraphRef, Project, edits
from tests.drawing import MAIN, add, chain, wire

Blocks = tuple[str, Mapping[str, Value]]
HALF = GraphRef("composite", "half")


def inp(*shape: int, dtype: str = "float32", sizes: str = "") -> Blocks:
    return "input", {"shape": shape, "dtype": dtype, **({"open": sizes} if sizes else {})}


FLAT, IMAGE, SEQUENCE = inp(16), inp(3, 8, 8), inp(9, 6)


def row(*blocks: Blocks | str) -> Project:
    """Draw an Input, blocks and an Output one behind the other."""
    return chain(*((block, {}) if isinstance(block, str) else block for block in blocks), ("output", {}))[0]


def meet(kind: str, first: Blocks, second: Blocks, ports: tuple[str, str], **parameters: Value) -> Project:
    """Draw two Inputs, `a` and `b`, that meet in one block before the Output."""
    project, a = add(Project(), "input", name="a", parameters=first[1])
    project, b = add(project, "input", name="b", parameters=second[1])
    project, node = add(project, kind, [a, b], ports=ports, parameters=parameters)
    return add(project, "output", [node])[0]


MANY = ("x", "x")
TWO = ("a", "b")


def twice(kind: str, ports: tuple[str, str] = TWO) -> Project:
    project, x = add(Project(), "input", parameters={"shape": (16,)})
    project, node = add(project, kind, [x, x], ports=ports)
    return add(project, "output", [node])[0]


def empty() -> Project:
    return Project()


def circle() -> Project:
    project, ids = chain(FLAT, ("add", {}), ("relu", {}), ("output", {}))
    project, other = add(project, "input", name="other", parameters=FLAT[1])
    more = [
        Wire(Endpoint(other, "y"), Endpoint(ids[1], "x"), 1),
        Wire(Endpoint(ids[2], "y"), Endpoint(ids[1], "x"), 2),
    ]
    return project.with_graph(MAIN, project.graph(MAIN).with_wires(more))


def several() -> Project:
    project, ids = chain(FLAT, ("linear", {}), ("relu", {}), ("output", {}))
    more = Wire(Endpoint(ids[0], "y"), Endpoint(ids[2], "x"), 1)
    return project.with_graph(MAIN, project.graph(MAIN).with_wires([more]))


def no_port() -> Project:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    more = Wire(Endpoint(ids[0], "y"), Endpoint(ids[1], "memory"))
    return project.with_graph(MAIN, project.graph(MAIN).with_wires([more]))


def missing() -> Project:
    project, _ = chain(FLAT, ("linear", {}), ("output", {}))
    return add(project, "output", name="second")[0]


def stray() -> Project:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    project, behind = add(project, "tanh", [ids[0]])
    return add(project, "linear", [behind])[0]


def unread() -> Project:
    return add(row(FLAT, "linear"), "input", name="mask")[0]


def unknown() -> Project:
    project, ids = chain(FLAT, ("relu", {}), ("output", {}))
    graph = project.graph(MAIN)
    return project.with_graph(
        MAIN, graph.with_nodes([dataclasses.replace(graph.nodes[ids[1]], type="later")])
    )


def attention() -> Project:
    project, x = add(Project(), "input", parameters={"shape": (9, 6)})
    project, node = add(
        project,
        "multihead_attention",
        [x, x, x],
        ports=["query", "key", "value"],
        parameters={"num_heads": 4},
    )
    return add(project, "output", [node])[0]


def lone(kind: str) -> Project:
    project, x = add(Project(), "input", parameters={"shape": (16,)})
    project, node = add(project, kind, [x])
    return add(project, "output", [node])[0]


def doubled() -> Project:
    return edits.rename_node(meet("add", FLAT, FLAT, MANY), MAIN, "input_2", "a")


def same_name() -> Project:
    project, ids = chain(IMAGE, ("conv2d", {}), ("relu", {}), ("conv2d", {}), ("output", {}))
    return edits.rename_node(project, MAIN, ids[3], "conv1")


def sharing() -> Project:
    project, ids = chain(FLAT, ("linear", {"out_features": 8}), ("relu", {}), ("linear", {}), ("output", {}))
    return edits.change_node(project, MAIN, ids[3], shares=ids[1])


def composite(*blocks: Blocks, repeat: int = 1) -> Project:
    """Draw a composite of some blocks and use it once."""
    project = edits.set_composite(Project(), "half", Composite(Graph()))
    project, _ = chain(("input", {}), *blocks, ("output", {}), ref=HALF, project=project)
    project, x = add(project, "input", parameters={"shape": (16,)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="half")
    project = edits.change_node(project, MAIN, node, repeat=repeat)
    return add(wire(project, x, node), "output", [node])[0]


def within_itself() -> Project:
    project = composite(("linear", {}))
    graph, use = project.graph(HALF), project.graph(MAIN).nodes["composite_1"]
    inner = dataclasses.replace(graph.nodes["linear_1"], type=use.type, composite=use.composite)
    return project.with_graph(HALF, graph.with_nodes([inner]))


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    Attributes:
        draw: makes it.
        place: id of the block that it is told at.
        where: the port or the parameter; empty for the block.
        says: the whole sentence.
        fix: what the first mend offers to do; empty where none is.
    """

    draw: Callable[[], Project]
    place: str
    where: str
    says: str
    fix: str = ""

    __hash__ = None  # type: ignore[assignment]
