"""What every composite of the library promises: it computes what the paper's own layer computes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from studio.compiler import analyse, build, source
from studio.graph import Expression
from studio.project import COMPOSITE, GraphRef, Project, edits
from studio.project.library import find_shipped, shipped
from tests.compiler.test_reading_blocks import held
from tests.drawing import MAIN
from tests.library_references import CASES, Case


def drawn(case: Case) -> Project:
    """Give the example of a composite with the parameters and shapes of a case."""
    found = find_shipped(case.name)
    assert found is not None
    project = found.project
    (node,) = project.graph(MAIN).of_type(COMPOSITE)
    project = edits.set_parameters(project, MAIN, node.id, dict(case.parameters))
    for entry in project.graph(MAIN).of_type("input"):
        project = edits.set_parameters(project, MAIN, entry.id, {"shape": case.inputs[entry.name]})
    return project


def leaves(module: nn.Module) -> list[nn.Module]:
    """Give the layers that have weights; attention counts as one."""
    if isinstance(module, nn.MultiheadAttention):
        return [module]
    below = list(module.children())
    if below:
        return [leaf for child in below for leaf in leaves(child)]
    return [module] if module.state_dict() else []


def lend(module: nn.Module, reference: nn.Module, order: tuple[str, ...]) -> None:
    """Give both modules the same weights and the same running averages."""
    generator = torch.Generator().manual_seed(7)
    theirs = [reference.get_submodule(name) for name in order] if order else leaves(reference)
    for mine, other in zip(leaves(module), theirs, strict=True):
        weights = {}
        for name, tensor in other.state_dict().items():
            made = torch.randn(tensor.shape, generator=generator) * 0.2
            weights[name] = made.abs() + 0.5 if name == "running_var" else made
            if not tensor.is_floating_point():
                weights[name] = tensor
        other.load_state_dict(weights)
        mine.load_state_dict(weights)


def samples(case: Case) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(11)
    return {name: torch.randn(3, *shape, generator=generator) for name, shape in case.inputs.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {dict(case.parameters)}")
def test_it_computes_what_the_layer_of_others_computes(case: Case) -> None:
    project, reference = drawn(case), case.reference().eval()
    report = analyse(project)
    assert [str(problem.message) for problem in report.problems] == []
    assert report.parameters == sum(p.numel() for p in reference.parameters())
    module = build(project, seed=1).eval()
    lend(module, reference, case.order)
    data = samples(case)
    with torch.no_grad():
        expected, found = reference(*data.values()), module(*data.values())
    (tensor,) = report.outputs.values()
    assert tensor.at(3) == tuple(expected.shape)
    assert expected.std() > 0.01
    assert_close(found, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {dict(case.parameters)}")
def test_its_source_gives_the_same_numbers_and_is_read_back(case: Case) -> None:
    project = drawn(case)
    module = build(project, seed=3).eval()
    text = source(project)
    assert "studio" not in text
    space: dict[str, Any] = {}
    exec(compile(text, case.name, "exec"), space)
    written = space["Main"]()
    written.load_state_dict(module.state_dict(), strict=True)
    data = samples(case)
    with torch.no_grad():
        assert torch.equal(written.eval()(*data.values()), module(*data.values()))
    held(project)


def test_every_composite_is_compared_at_its_defaults_and_once_more() -> None:
    for one in shipped():
        cases = [case for case in CASES if case.name == one.name]
        assert len(cases) >= 2, one.name
        assert not cases[0].parameters
        offered = {parameter.name for parameter in one.definition.parameters}
        assert {name for case in cases for name in case.parameters} == offered, one.name
        for case in cases:
            assert list(case.inputs) == [port.name for port in one.block.inputs]
    assert {case.name for case in CASES} == {one.name for one in shipped()}


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.name)
def test_it_is_sound_inside_and_uses_every_parameter(one: Any) -> None:
    project: Project = one.project
    for name, composite in project.composites.items():
        report = analyse(project, GraphRef("composite", name))
        assert [str(problem.message) for problem in report.problems] == []
        used = {
            word
            for node in composite.graph.nodes.values()
            for value in node.parameters.values()
            if isinstance(value, Expression)
            for word in value.names()
        }
        assert used == {parameter.name for parameter in composite.parameters}
