"""Parameters of composites that are no numbers: ticks, words and pairs are handed down by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import black
import pytest
import torch
from torch import nn

from studio.blocks import Kind
from studio.compiler import Analyser, analyse, build, source
from studio.compiler.reading import read_source
from studio.graph import Expression, Value
from studio.graph.text import translator
from studio.project import COMPOSITE, Composite, CompositeParameter, GraphRef, Project, edits
from studio.project.file import dumps, loads
from studio.project.offering import change_parameter, rename_parameter, users
from studio.project.ungrouping import ungroup_node
from tests.compiler.test_grouping import alike
from tests.compiler.test_reading_blocks import held
from tests.drawing import MAIN, add, chain, wire

PART, OUTER = GraphRef("composite", "Part"), GraphRef("composite", "Outer")
OFFERED: Mapping[str, tuple[Kind, Value]] = {
    "bias": ("bool", True),
    "edges": ("choice", "zeros"),
    "side": ("size", 3),
    "margin": ("size", (1, 1)),
    "width": ("int", 4),
}
USED = {
    "out_channels": "2 * width",
    "kernel_size": "side",
    "padding": "margin",
    "padding_mode": "edges",
    "bias": "bias",
}


def drawn(*uses: Mapping[str, Value]) -> tuple[Project, list[str]]:
    """Give a network of a composite, within another one that hands everything on, used once for each."""
    offered = tuple(CompositeParameter(name, kind, value) for name, (kind, value) in OFFERED.items())
    project = Project()
    for ref in (PART, OUTER):
        project = edits.set_composite(project, ref.name, Composite(parameters=offered))
    conv = {name: Expression(text) for name, text in USED.items()}
    blocks: Any = (("input", {"shape": (3, 9, 9)}), ("conv2d", conv), ("relu", {}), ("output", {}))
    project, _ = chain(*blocks, ref=PART, project=project)
    project, x = add(project, "input", parameters={"shape": (3, 9, 9)}, ref=OUTER)
    handed = {name: Expression(name) for name in OFFERED}
    project, part = edits.add_node(project, OUTER, COMPOSITE, (0.0, 0.0), composite="Part", parameters=handed)
    project, _ = add(wire(project, x, part, ref=OUTER), "output", [part], ref=OUTER)
    project, x = add(project, "input", parameters={"shape": (3, 9, 9)})
    nodes: list[str] = []
    for values in uses:
        project, node = edits.add_node(
            project, MAIN, COMPOSITE, (0.0, 0.0), composite="Outer", parameters=values
        )
        project, _ = add(wire(project, x, node), "output", [node])
        nodes.append(node)
    return project, nodes


BY_HAND = nn.Conv2d(3, 6, (3, 5), padding=(0, 2), padding_mode="reflect", bias=False)
OTHER: Mapping[str, Value] = {
    "bias": False,
    "edges": "reflect",
    "side": (3, 5),
    "margin": (0, 2),
    "width": 3,
}


def test_two_uses_compute_what_two_layers_by_hand_compute() -> None:
    project, nodes = drawn({}, OTHER)
    report = analyse(project)
    assert [str(problem.message) for problem in report.problems] == []
    usual = nn.Conv2d(3, 8, 3, padding=(1, 1))
    assert report.parameters == sum(p.numel() for one in (usual, BY_HAND) for p in one.parameters())
    module = build(project, seed=1).eval()
    inner = [one for one in module.modules() if isinstance(one, nn.Conv2d)]
    for mine, hand in zip(inner, (usual, BY_HAND), strict=True):
        assert repr(mine) == repr(hand)
        hand.load_state_dict(mine.state_dict())
    data = torch.randn(2, 3, 9, 9, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        found = module(data)
        for given, hand in zip(found.values(), (usual, BY_HAND), strict=True):
            assert torch.equal(given, hand(data).relu())
    text = held(project)
    assert 'edges: str = "zeros"' in text
    assert "bias: bool = True" in text
    assert "padding_mode=edges" in text
    assert "side: int | tuple[int, int] = 3" in text
    space: dict[str, Any] = {}
    exec(compile(text, "both", "exec"), space)
    written = space["Main"]().eval()
    written.load_state_dict(module.state_dict(), strict=True)
    with torch.no_grad():
        assert all(torch.equal(a, b) for a, b in zip(written(data).values(), found.values(), strict=True))
    assert dumps(loads(dumps(project))) == dumps(project)
    apart, _ = ungroup_node(project, MAIN, nodes[1])
    (part,) = (one for one in apart.graph(MAIN).of_type(COMPOSITE) if one.composite == "Part")
    assert {**part.parameters} == OTHER
    alike(project, apart)
    alike(project, ungroup_node(apart, MAIN, part.id)[0])
    alike(project, ungroup_node(project, OUTER, "composite_1")[0])


def test_edits_of_the_text_are_read_back() -> None:
    project, (node,) = drawn({})
    text = source(project)
    edited = text.replace("Outer()", 'Outer(bias=False, edges="circular", side=(1, 3), margin=(0, 1))')
    assert black.format_str(edited, mode=black.Mode()) != text
    again = read_source(edited, before=project)
    assert again.unread == ()
    assert again.project is not None
    wanted = {"bias": False, "edges": "circular", "side": (1, 3), "margin": (0, 1)}
    assert again.project.graph(MAIN).nodes[node].parameters == wanted
    assert again.project.composites == project.composites
    fresh = read_source(text.replace("bias: bool = True", "bias: bool = False")).project
    assert fresh is not None
    offered = {one.name: (one.kind, one.default) for one in fresh.composites["Outer"].parameters}
    assert offered["bias"] == ("bool", False)
    assert offered["edges"] == ("choice", "zeros")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("edges", "wavy", "expected one of zeros, reflect, replicate, circular, received “wavy”"),
        ("bias", 1, "expected yes or no, received 1"),
        ("side", (1, 2, 3), "received 1, 2, 3"),
        ("width", True, "expected a whole number, received yes"),
    ],
)
def test_what_it_does_not_take_is_told_where_it_is_set(name: str, value: Value, said: str) -> None:
    project, _ = drawn()
    project, x = add(project, "input", parameters={"shape": (3, 9, 9)})
    project, part = edits.add_node(
        project, MAIN, COMPOSITE, (0.0, 0.0), composite="Part", parameters={name: value}
    )
    project, _ = add(wire(project, x, part), "output", [part])
    (problem,) = [one for one in analyse(project).problems if one.severity == "error"]
    assert (problem.node, problem.code, problem.parameter) == (part, "bad_parameter", name)
    assert said in str(problem.message)


def test_names_follow_and_arithmetic_takes_numbers_only() -> None:
    project, (node,) = drawn({"bias": False})
    analyser = Analyser()
    before = analyser.analyse(project).parameters
    renamed = rename_parameter(project, "Outer", "bias", "shifted")
    assert renamed.graph(OUTER).nodes["composite_1"].parameters["bias"] == Expression("shifted")
    assert renamed.graph(MAIN).nodes[node].parameters == {"shifted": False}
    assert analyser.analyse(renamed).parameters == before
    assert users(renamed, "Part", "bias") == [("conv1", "Bias")]
    wrong = edits.set_parameters(project, PART, "conv2d_1", {"out_channels": Expression("2 * bias")})
    (problem,) = [one for one in analyser.analyse(wrong).problems if one.severity == "error"]
    assert "“2 * bias” computes with “bias”, whose value here is" in str(problem.message)
    # Another kind: the default follows, and what is read off what arrives is a whole number only.
    changed = change_parameter(project, "Part", "bias", kind="int")
    assert changed.composites["Part"].parameters[0].default == 1
    other = change_parameter(project, "Part", "width", kind="choice")
    assert other.composites["Part"].parameters[4].default == ""


def used_once(kind: Kind, default: Value, value: Value | None, **used: str) -> Project:
    """Give a network of a composite with one parameter, `k`, that a convolution inside uses."""
    offered = (CompositeParameter("k", kind, default),)
    project = edits.set_composite(Project(), "Part", Composite(parameters=offered))
    conv: dict[str, Value] = {"out_channels": 4} | {name: Expression(text) for name, text in used.items()}
    blocks: Any = (("input", {"shape": (3, 9, 9)}), ("conv2d", conv), ("output", {}))
    project, _ = chain(*blocks, ref=PART, project=project)
    project, x = add(project, "input", parameters={"shape": (3, 9, 9)})
    given = {} if value is None else {"k": value}
    project, part = edits.add_node(project, MAIN, COMPOSITE, (0, 0), composite="Part", parameters=given)
    return add(wire(project, x, part), "output", [part])[0]


def test_a_size_may_be_the_word_that_the_block_inside_takes() -> None:
    project = used_once("size", "same", None, padding="k", kernel_size="3")
    assert [str(tensor) for tensor in analyse(project).outputs.values()] == ["B × 4 × 9 × 9"]
    assert loads(dumps(project)) == project
    (problem,) = analyse(used_once("size", "same", "valid", padding="k")).problems
    assert str(problem.message).endswith("or “same”, received “valid”.")


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [("size", (3, 5), "3, 5"), ("bool", True, "yes"), ("text", "same", "“same”")],
)
def test_arithmetic_with_what_is_no_number_says_what_it_is(kind: Kind, value: Value, said: str) -> None:
    (problem,) = analyse(used_once(kind, value, None, padding="k // 2")).problems
    assert f"“k // 2” computes with “k”, whose value here is {said}: not one number." in str(problem.message)


def test_the_name_of_a_parameter_of_ones_own_is_not_translated() -> None:
    (problem,) = analyse(used_once("size", (3, 5), (1, 3, 3), kernel_size="k")).problems
    chinese = translator("zh_CN")
    assert problem.message.render(chinese).startswith("k：应为")
    assert [fix.label.render(chinese) for fix in problem.fixes] == ["将“k”设为 3, 5"]
