"""Composites whose sizes nobody types: a parameter is read off what arrives until a person sets it."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from studio.blocks import FromInput
from studio.compiler import Analyser, analyse, build, source
from studio.compiler.reading import read_source
from studio.data.vision import torchvision
from studio.graph import Expression
from studio.project import COMPOSITE, Composite, CompositeParameter, GraphRef, Project, ProjectError, edits
from studio.project.clipboard import copy_text, paste_text
from studio.project.file import dumps, loads
from studio.project.grouping import group_nodes
from studio.project.library import LIBRARY, Shipped, add_block, shipped
from studio.project.ungrouping import ungroup_node
from tests.compiler.test_library_contract import lend
from tests.compiler.test_reading_blocks import held
from tests.drawing import MAIN, add, chain, wire
from tests.library_references import Gpt

torchvision()
from torchvision.models import mobilenetv2, resnet  # noqa: E402  # only after the line above

READING = {
    "GPT block": (9, 128),
    "Encoder layer": (9, 128),
    "Encoder layer pre-norm": (9, 20),
    "Residual basic": (32, 8, 8),
    "Residual pre-activation": (5, 8, 8),
    "Residual bottleneck": (12, 8, 8),
    "Squeeze-excite": (24, 8, 8),
    "Inverted residual": (7, 8, 8),
    "Inverted residual down": (7, 8, 8),
    "Shuffle unit": (6, 8, 8),
}


def used(name: str, *shape: int, project: Project | None = None) -> tuple[Project, str]:
    """Place a composite of the library behind an input; nothing of it is set."""
    project, x = add(project or Project(), "input", parameters={"shape": shape})
    project, node = add_block(project, MAIN, LIBRARY, (300.0, 0.0), name)
    project, _ = add(wire(project, x, node), "output", [node])
    return project, node


@pytest.mark.parametrize(("name", "shape"), READING.items(), ids=list(READING))
def test_a_composite_of_the_library_fits_what_arrives(name: str, shape: tuple[int, ...]) -> None:
    project, node = used(name, *shape)
    report = analyse(project)
    assert [str(problem.message) for problem in report.problems] == []
    assert project.graph(MAIN).nodes[node].parameters == {}
    (offered,) = (one for one in project.composites[name].parameters if one.from_input is not None)
    assert offered.from_input is not None
    assert report.nodes[node].resolved[offered.name] == (None, *shape)[offered.from_input.dim]
    assert loads(dumps(project)) == project
    assert '"version": 3' in dumps(project)
    held(project)
    pasted = paste_text(Project(), MAIN, copy_text(project, MAIN, [node]))[0]
    assert pasted.composites == project.composites
    apart, _ = ungroup_node(project, MAIN, node, report.nodes[node].resolved)
    assert analyse(apart).parameters == report.parameters


@pytest.mark.parametrize(
    ("name", "shape", "reference", "order"),
    [
        ("GPT block", (9, 128), lambda: Gpt(128, 4), ()),
        ("Residual basic", (32, 8, 8), lambda: resnet.BasicBlock(32, 32), ()),
        (
            "Inverted residual",
            (7, 8, 8),
            lambda: mobilenetv2.InvertedResidual(7, 7, 1, 6),
            (),
        ),
    ],
)
def test_it_computes_what_a_module_of_that_size_computes(
    name: str, shape: tuple[int, ...], reference: object, order: tuple[str, ...]
) -> None:
    module, other = build(used(name, *shape)[0], seed=1).eval(), reference().eval()  # type: ignore[operator]
    lend(module, other, order)
    data = torch.randn(3, *shape, generator=torch.Generator().manual_seed(5))
    with torch.no_grad():
        torch.testing.assert_close(module(data), other(data), rtol=1e-4, atol=1e-5)


def test_a_person_may_still_set_it_and_take_that_back() -> None:
    project, node = used("GPT block", 9, 128)
    analyser = Analyser()
    assert analyser.analyse(project).problems == ()
    for value in (64, Expression("32 * 2")):
        typed = edits.set_parameters(project, MAIN, node, {"d_model": value})
        report = analyser.analyse(typed)
        assert report.nodes[node].resolved["d_model"] == 64
        (problem,) = report.problems
        assert problem.code == "inside_composite"
        (fix,) = problem.fixes
        assert str(fix.label) == "Take its sizes from what arrives"
        assert dumps(edits.apply_fix(typed, MAIN, fix)) == dumps(project)
    for back in (edits.reset_parameter(typed, MAIN, node, "d_model"),):
        assert analyser.analyse(back).problems == ()
    nothing = edits.set_parameters(project, MAIN, node, {"d_model": None})
    assert analyser.analyse(loads(dumps(nothing))).nodes[node].resolved["d_model"] == 128
    # What arrives changes: so does the size, and what was found before is not used for it.
    wider = edits.set_parameters(project, MAIN, "input_1", {"shape": (9, 32)})
    report = analyser.analyse(wider)
    assert report.problems == ()
    assert report.nodes[node].resolved["d_model"] == 32
    assert report.parameters == analyse(wider).parameters
    assert analyser.analyse(project).parameters == analyse(project).parameters != report.parameters


def test_its_class_takes_the_size_and_an_edit_of_that_is_read() -> None:
    project, node = used("GPT block", 9, 128)
    text = source(project)
    assert "d_model: int = 64" in text
    assert "GPTBlock(d_model=128)" in text
    edited = read_source(
        text.replace("GPTBlock(d_model=128)", "GPTBlock(d_model=32, dropout=0.5)"), before=project
    )
    assert edited.unread == ()
    assert edited.project is not None
    assert edited.project.graph(MAIN).nodes[node].parameters == {"d_model": 32, "dropout": 0.5}
    assert edited.project.composites == project.composites


def test_within_another_composite_each_use_reads_its_own() -> None:
    outer = GraphRef("composite", "Tower")
    project = edits.set_composite(Project(), "Tower", Composite())
    project, x = add(project, "input", parameters={"shape": (9, 16)}, ref=outer)
    project, block = add_block(project, outer, LIBRARY, (0.0, 0.0), "GPT block")
    project, _ = add(wire(project, x, block, ref=outer), "output", [block], ref=outer)
    ends: list[str] = []
    for width in (32, 64):
        project, x = add(project, "input", parameters={"shape": (9, width)})
        project, node = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite="Tower")
        project, _ = add(wire(project, x, node), "output", [node])
        ends.append(node)
    report = analyse(project)
    assert report.problems == ()
    assert report.parameters == sum(sum(p.numel() for p in Gpt(w, 4).parameters()) for w in (32, 64))
    text = source(project)
    again = read_source(text, before=project)
    assert again.unread == ()
    assert again.project is not None
    assert dumps(again.project) == dumps(project)
    # Inside, the size differs from use to use: no number could stand in its place.
    with pytest.raises(ProjectError, match="takes “d_model” from what arrives"):
        ungroup_node(project, outer, block)
    # Seen from inside, it is what the example of its Input says.
    assert analyse(project, outer).nodes[block].resolved["d_model"] == 16
    assert analyse(project, GraphRef("composite", "GPT block")).problems == ()


def test_the_port_is_followed_when_it_is_renamed_and_forgotten_when_it_goes() -> None:
    project, node = used("GPT block", 9, 128)
    inner = GraphRef("composite", "GPT block")
    renamed = edits.rename_node(project, inner, "input_1", "tokens")
    assert renamed.composites["GPT block"].parameters[0].from_input == FromInput("tokens", -1)
    assert analyse(renamed).nodes[node].resolved["d_model"] == 128
    gone = edits.remove_nodes(project, inner, ["input_1"])
    assert analyse(gone).nodes[node].resolved["d_model"] == 64  # its default
    # A composite of blocks inside is given the size by the one around.
    grouped, part = group_nodes(project, inner, ["linear_1", "gelu_1", "linear_2"], name="MLP")
    (offered,) = grouped.composites["MLP"].parameters
    assert (offered.name, offered.from_input) == ("d_model", None)
    assert grouped.graph(inner).nodes[part].parameters == {"d_model": Expression("d_model")}
    assert analyse(grouped).parameters == analyse(project).parameters


@pytest.mark.parametrize(
    ("reads", "shape", "said"),
    [
        (FromInput("x", 3), (9, 8), "reads its size off dimension 3"),
        (FromInput("x", -3), (9, 8), "would learn from the size of the batch"),
    ],
)
def test_a_dimension_that_gives_no_size_is_told_at_the_use(
    reads: FromInput, shape: tuple[int, ...], said: str
) -> None:
    offered = CompositeParameter("width", "int", 8, "", reads)
    project = edits.set_composite(Project(), "Part", Composite(parameters=(offered,)))
    linear = ("linear", {"out_features": Expression("width")})
    inner = GraphRef("composite", "Part")
    project, _ = chain(("input", {"shape": (9, 8)}), linear, ("output", {}), ref=inner, project=project)
    project, x = add(project, "input", parameters={"shape": shape})
    project, node = edits.add_node(project, MAIN, COMPOSITE, (0.0, 0.0), composite="Part")
    project, _ = add(wire(project, x, node), "output", [node])
    (problem,) = analyse(project).problems
    assert (problem.node, problem.severity) == (node, "error")
    assert said in str(problem.message)
    typed = edits.set_parameters(project, MAIN, node, {"width": 8})
    assert analyse(typed).problems == ()
    assert dataclasses.replace(offered, from_input=None) != offered


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_every_composite_of_the_library_takes_inputs_of_twice_the_width(one: Shipped) -> None:
    project = one.project
    for entry in project.graph(MAIN).of_type("input"):
        shape = entry.parameters["shape"]
        assert isinstance(shape, tuple)
        place = 0 if len(shape) > 2 else len(shape) - 1
        wider = tuple(2 * size if at == place else size for at, size in enumerate(shape))  # type: ignore[operator]
        project = edits.set_parameters(project, MAIN, entry.id, {"shape": wider})
    assert [str(problem.message) for problem in analyse(project).problems] == []
