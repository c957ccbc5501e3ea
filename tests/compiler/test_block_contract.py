"""What every declared block promises; a new block is covered by being declared."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
import torch
from torch.testing import assert_close

from studio.blocks import Block, every
from studio.compiler import Analyser, analyse, build, source
from studio.compiler.example import drawing
from studio.compiler.measure import target_of
from studio.project import Project
from tests.drawing import MAIN, add

BLOCKS = [block for block in every() if block.call != "none"]


def tensors(project: Project, batch: int) -> list[torch.Tensor]:
    """Make data for every input of a network."""
    generator = torch.Generator().manual_seed(batch)
    made = []
    for tensor in analyse(project).inputs.values():
        if tensor.dtype == "int64":
            made.append(torch.randint(0, 9, tensor.at(batch), generator=generator))
        else:
            made.append(torch.randn(tensor.at(batch), generator=generator))
    return made


def run(module: torch.nn.Module, project: Project, batch: int) -> dict[str, torch.Tensor]:
    """Run a module on data and name what it gives."""
    names = list(analyse(project).inputs)
    data = tensors(project, batch)
    torch.manual_seed(batch)  # a fractional pool draws its windows when it judges too
    with torch.no_grad():
        result = module(data[0]) if len(data) == 1 else module(**dict(zip(names, data, strict=True)))
    return result if isinstance(result, dict) else {next(iter(analyse(project).outputs)): result}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_defaults_build_and_the_shapes_are_those_of_the_real_module(block: Block) -> None:
    project = drawing(block)
    report = analyse(project)
    assert [str(problem.message) for problem in report.problems] == []
    module = build(project, seed=1).eval()
    assert report.parameters == sum(p.numel() for p in module.parameters())
    for batch in (1, 4):
        for name, tensor in run(module, project, batch).items():
            assert tuple(tensor.shape) == report.outputs[name].at(batch)
            assert str(tensor.dtype) == f"torch.{report.outputs[name].dtype}"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_the_source_makes_the_same_weights_and_the_same_numbers(block: Block) -> None:
    project = drawing(block)
    module = build(project, seed=3).eval()
    text = source(project)
    assert "studio" not in text
    space: dict[str, Any] = {}
    exec(compile(text, block.type, "exec"), space)
    torch.manual_seed(3)
    written = space["Main"]().eval()
    assert list(written.state_dict()) == list(module.state_dict())
    for mine, theirs in zip(module.state_dict().values(), written.state_dict().values(), strict=True):
        assert torch.equal(mine, theirs)
    fresh = space["Main"]()
    fresh.load_state_dict(module.state_dict(), strict=True)
    for name, tensor in run(fresh.eval(), project, 3).items():
        # The root of a negative number is no number here and there.
        assert_close(tensor, run(module, project, 3)[name], rtol=0, atol=0, equal_nan=True)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_every_parameter_is_one_that_the_target_takes(block: Block) -> None:
    if block.call == "infix":
        assert not block.parameters
        return
    target = target_of(block)
    at_call = [p for p in block.parameters.values() if p.at_call]
    made = [p for p in block.parameters.values() if not p.at_call]
    try:
        takes = inspect.signature(target.__init__ if inspect.isclass(target) else target).parameters
    except ValueError:
        # torch.cat and its like are written in C and have no signature. They refuse a name that they do not
        # take, and the tests above call them with every parameter.
        return
    open_ended = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in takes.values())
    assert open_ended or {p.name for p in made} <= set(takes)
    assert {p.name for p in at_call} <= set(inspect.signature(target.forward).parameters if at_call else ())


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_rules_of_recurrent_blocks_agree_with_the_real_layers(
    kind: str, layers: int, bidirectional: bool
) -> None:
    project, x = add(Project(), "input", parameters={"shape": (9, 5)})
    values: dict[str, Any] = {"hidden_size": 6, "num_layers": layers, "bidirectional": bidirectional}
    project, first = add(project, kind, [x], parameters=values)
    states = ["h0", "c0"] if kind == "lstm" else ["h0"]
    project, second = add(
        project, kind, [x, *((first, state[0]) for state in states)], ports=["x", *states], parameters=values
    )
    for port in ("y", *(state[0] for state in states)):
        project, _ = add(project, "output", [(second, port)], name=port)
    report = analyse(project)
    assert report.problems == ()
    module = build(project, seed=0)
    directions = 2 if bidirectional else 1
    assert str(report.outputs["y"]) == f"B × 9 × {6 * directions}"
    assert str(report.outputs["h"]) == f"{layers * directions} × B × 6"
    for name, tensor in run(module, project, 4).items():
        assert tuple(tensor.shape) == report.outputs[name].at(4)
    space: dict[str, Any] = {}
    exec(source(project), space)
    written = space["Main"]()
    written.load_state_dict(module.state_dict(), strict=True)
    for name, tensor in run(written, project, 4).items():
        assert torch.equal(tensor, run(module, project, 4)[name])


def test_analysing_and_building_leave_the_random_state_of_a_training_alone() -> None:
    before = torch.get_rng_state()
    for block in BLOCKS:
        project = drawing(block)
        Analyser().analyse(project, MAIN)
        build(project, seed=5)
        build(project)
    assert torch.equal(before, torch.get_rng_state())
