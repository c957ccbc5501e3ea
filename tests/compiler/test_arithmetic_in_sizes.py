"""Arithmetic among sizes, such as a shape of `heads, d_model // heads`: computed, written and read back."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.compiler import analyse, build, source
from studio.compiler.reading import read_source
from studio.graph import Expression, Value
from studio.graph.arithmetic import computed, is_arithmetic, names_in, reworded
from studio.project import COMPOSITE, Composite, CompositeParameter, GraphRef, Project, edits
from studio.project.file import dumps, loads
from studio.project.offering import rename_parameter
from studio.project.ungrouping import ungroup_node
from tests.compiler.test_block_contract import run
from tests.compiler.test_reading_blocks import held
from tests.drawing import MAIN, add, chain, wire

INNER = GraphRef("composite", "Heads")
SHAPE = (Expression("heads"), Expression("d_model // heads"))


def heads(*uses: dict[str, Value]) -> Project:
    """Give a network that splits its features into heads, pads by arithmetic and joins them again."""
    offered = (CompositeParameter("d_model", "int", 12), CompositeParameter("heads", "int", 3))
    project = edits.set_composite(Project(), "Heads", Composite(parameters=offered))
    blocks: tuple[tuple[str, dict[str, Value]], ...] = (
        ("input", {"shape": (12,)}),
        ("reshape", {"shape": (1, *SHAPE)}),
        ("conv2d", {"out_channels": 2, "kernel_size": (1, Expression("min(heads, 3)")), "padding": (0, 1)}),
        ("flatten", {}),
        ("linear", {"out_features": Expression("d_model")}),
        ("output", {}),
    )
    project, _ = chain(*blocks, ref=INNER, project=project)
    project, last = add(project, "input", parameters={"shape": (12,)})
    for values in uses or ({},):
        project, node = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite="Heads")
        project = edits.set_parameters(project, MAIN, node, values)
        project = wire(project, last, node)
        last = node
    return add(project, "output", [last])[0]


def test_a_value_is_looked_through() -> None:
    value = (2, (Expression("a*b"), Expression("c[0]")), "a")
    assert names_in(value) == {"a", "b"}
    assert is_arithmetic(value)
    assert not is_arithmetic((2, ("a",)))
    assert computed((1, Expression("2*a")), {"a": 4}) == (1, 8)
    plain = (1, 2)
    assert reworded(plain, lambda found: 0) is plain


@pytest.mark.parametrize("uses", [({},), ({"heads": 2},), ({}, {"heads": 2}, {"heads": 4})], ids=str)
def test_it_is_computed_written_and_read_back(uses: tuple[dict[str, Value], ...]) -> None:
    project = heads(*uses)
    report = analyse(project)
    assert [str(problem.message) for problem in report.problems] == []
    module = build(project, seed=1).eval()
    text = source(project)
    assert "(1, heads, d_model // heads)" in text
    assert "kernel_size=(1, min(heads, 3))" in text
    space: dict[str, Any] = {}
    exec(text, space)
    written = space["Main"]()
    written.load_state_dict(module.state_dict(), strict=True)
    expected, found = run(module, project, 3), run(written.eval(), project, 3)
    for name, tensor in expected.items():
        assert torch.equal(tensor, found[name])
    held(project)
    assert loads(dumps(project)) == project


def test_an_edit_of_the_arithmetic_in_the_source_reaches_the_drawing() -> None:
    project = heads({})
    text = source(project).replace("d_model // heads)", "12 // heads)")
    again = read_source(text, before=project)
    assert again.unread == ()
    assert again.project is not None
    node = again.project.composites["Heads"].graph.nodes["reshape_1"]
    assert node.parameters["shape"] == (1, Expression("heads"), Expression("12 // heads"))
    assert source(again.project) == text


def test_a_new_name_and_taking_apart_reach_it() -> None:
    project = rename_parameter(heads({"heads": 2}), "Heads", "heads", "n")
    node = project.composites["Heads"].graph.nodes["reshape_1"]
    assert node.parameters["shape"] == (1, Expression("n"), Expression("d_model // n"))
    (use,) = project.graph(MAIN).of_type(COMPOSITE)
    apart, made = ungroup_node(project, MAIN, use.id)
    shapes = [apart.graph(MAIN).nodes[id].parameters.get("shape") for id in made]
    assert shapes[0] == (1, 2, 6)
    assert analyse(apart).outputs == analyse(project).outputs


def test_a_mistake_in_it_is_told_at_the_parameter() -> None:
    project = edits.set_parameters(heads(), INNER, "reshape_1", {"shape": (1, Expression("head"), 4)})
    (problem,) = (p for p in analyse(project, INNER).problems if p.node == "reshape_1")
    assert (problem.code, problem.parameter) == ("bad_expression", "shape")
    assert "“head” uses “head”" in str(problem.message)
