"""Blocks made into a composite, and a composite taken apart, compute what they computed before."""

from __future__ import annotations

import itertools

import pytest
import torch

from studio.compiler import analyse, build
from studio.graph import Endpoint, Expression, Wire
from studio.project import COMPOSITE, Composite, CompositeParameter, GraphRef, Project, edits
from studio.project.grouping import group_nodes
from studio.project.library import LIBRARY, Shipped, add_block, shipped
from studio.project.ungrouping import ungroup_node
from tests.compiler.test_block_contract import run
from tests.drawing import CNN, MAIN, add, chain, wire
from tests.torchvision_models import Blocks


def alike(one: Project, other: Project) -> None:
    """Hold two networks against each other: the same weights in order, the same numbers."""
    before, after = analyse(one), analyse(other)
    assert [str(p.message) for p in before.problems if p.severity == "error"] == []
    assert [str(p.message) for p in after.problems if p.severity == "error"] == []
    assert before.parameters == after.parameters
    assert before.trainable == after.trainable
    first, second = build(one, seed=1).eval(), build(other, seed=2).eval()
    weights, places = first.state_dict(), second.state_dict()
    assert [v.shape for v in weights.values()] == [v.shape for v in places.values()]
    second.load_state_dict(dict(zip(places, weights.values(), strict=True)), strict=True)
    expected, found = run(first, one, 3), run(second, other, 3)
    assert list(expected) == list(found)
    for name, tensor in expected.items():
        assert torch.equal(found[name], tensor)


def test_every_run_of_a_chain_can_become_a_composite_and_blocks_again() -> None:
    project, ids = chain(*CNN[:8], ("linear", {"out_features": 10}), ("output", {}))
    for first, last in itertools.combinations(range(1, len(ids)), 2):
        grouped, node = group_nodes(project, MAIN, ids[first:last])
        made = grouped.graph(MAIN).nodes[node]
        assert made.composite == "Composite"
        inner = grouped.composites["Composite"].graph
        assert [n.id for n in inner.nodes.values() if n.type not in ("input", "output")] == ids[first:last]
        alike(project, grouped)
        again, fresh = ungroup_node(grouped, MAIN, node)
        assert len(fresh) == last - first
        kinds = [n.type for n in project.graph(MAIN).nodes.values()]
        assert sorted(n.type for n in again.graph(MAIN).nodes.values()) == sorted(kinds)
        assert len(again.graph(MAIN).wires) == len(project.graph(MAIN).wires)
        alike(project, again)


def branched() -> tuple[Project, dict[str, str]]:
    """Give a network with a skip, a join in order, two ends and shared weights."""
    project, x = add(Project(), "input", parameters={"shape": (6,)})
    project, a = add(project, "linear", [x], parameters={"out_features": 6})
    project, b = add(project, "linear", [a], parameters={"out_features": 6})
    project = edits.change_node(project, MAIN, b, shares=a)
    project, c = add(project, "relu", [b])
    project, d = add(project, "concat", [c, x, a])
    project, e = add(project, "linear", [d], parameters={"out_features": 2})
    project, y = add(project, "output", [e], name="y")
    project, z = add(project, "output", [c], name="z")
    return project, {"x": x, "a": a, "b": b, "c": c, "d": d, "e": e, "y": y, "z": z}


@pytest.mark.parametrize("chosen", ["abc", "abcd", "abcde", "de", "e", "c", "xabcdeyz", "cd"])
def test_skips_joins_ends_and_shared_weights_stay_as_they_are(chosen: str) -> None:
    project, ids = branched()
    grouped, node = group_nodes(project, MAIN, [ids[key] for key in chosen])
    alike(project, grouped)
    again, _ = ungroup_node(grouped, MAIN, node)
    alike(project, again)
    assert len(again.graph(MAIN)) == len(project.graph(MAIN))


def test_a_disabled_wire_stays_disabled() -> None:
    project, ids = branched()
    graph = project.graph(MAIN)
    off = Wire(Endpoint(ids["x"], "y"), Endpoint(ids["d"], "x"), 1)
    assert off in graph.wires
    graph = graph.without_wires([off]).with_wires([Wire(off.source, off.target, 1, enabled=False)])
    project = project.with_graph(MAIN, graph)
    for chosen in ("de", "abc", "abcd"):
        grouped, node = group_nodes(project, MAIN, [ids[key] for key in chosen])
        alike(project, grouped)
        alike(project, ungroup_node(grouped, MAIN, node)[0])


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_every_composite_of_the_library_can_be_taken_apart(one: Shipped) -> None:
    project = one.project
    (node,) = project.graph(MAIN).of_type(COMPOSITE)
    again, made = ungroup_node(project, MAIN, node.id, analyse(project).nodes[node.id].resolved)
    inner = [n for n in one.definition.graph.nodes.values() if n.type not in ("input", "output")]
    assert len(made) == len(inner)
    alike(project, again)


def test_repeats_and_values_set_at_the_node_are_unfolded() -> None:
    project, x = add(Project(), "input", parameters={"shape": (5, 8, 8)})
    project, node = add_block(project, MAIN, LIBRARY, (300.0, 0.0), "Dense layer")
    project = edits.set_parameters(project, MAIN, node, {"growth": 3})
    project = edits.change_node(project, MAIN, node, repeat=3, frozen=True, rate_factor=0.5)
    project = wire(project, x, node)
    project, relu = add(project, "relu", [node])
    project, _ = add(project, "output", [relu])
    again, made = ungroup_node(project, MAIN, node)
    assert len(made) == 3 * 7
    alike(project, again)
    nodes = again.graph(MAIN).nodes
    convs = [nodes[id] for id in made if nodes[id].type == "conv2d"]
    assert [n.parameters["out_channels"] for n in convs] == [12, 3] * 3
    assert {(n.frozen, n.rate_factor) for n in convs} == {(True, 0.5)}
    assert len({n.name for n in nodes.values()}) == len(nodes)
    places = again.layout_of(MAIN).positions
    assert len({places[id] for id in made}) == len(made)


def test_inside_a_composite_parameters_are_passed_on_and_arithmetic_is_put_together() -> None:
    ref = GraphRef("composite", "Outer")
    offered = (CompositeParameter("width", "int", 4), CompositeParameter("depth", "int", 2))
    project = edits.set_composite(Project(), "Outer", Composite(parameters=offered))
    blocks: Blocks = (
        ("input", {"shape": (6,)}),
        ("linear", {"out_features": Expression("2*width + 1")}),
        ("relu", {}),
        ("linear", {"out_features": Expression("width")}),
        ("output", {}),
    )
    project, ids = chain(*blocks, ref=ref, project=project)
    project, x = add(project, "input", parameters={"shape": (6,)})
    project, outer = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite="Outer")
    project = edits.set_parameters(project, MAIN, outer, {"width": 5})
    project = wire(project, x, outer)
    project, _ = add(project, "output", [outer])
    grouped, node = group_nodes(project, ref, ids[1:3], name="Inner")
    assert [one.name for one in grouped.composites["Inner"].parameters] == ["width"]
    assert grouped.graph(ref).nodes[node].parameters == {"width": Expression("width")}
    alike(project, grouped)
    wider = edits.set_parameters(grouped, ref, node, {"width": Expression("depth + 1")})
    again, made = ungroup_node(wider, ref, node)
    (linear,) = (again.graph(ref).nodes[id] for id in made if id.startswith("linear"))
    assert linear.parameters["out_features"] == Expression("2*(depth + 1) + 1")
    alike(wider, again)
    alike(project, ungroup_node(grouped, MAIN, outer)[0])
