"""Every block of the catalogue: its source is formatted, and is read back as the block that it was."""

from __future__ import annotations

import black
import pytest
import torch

from studio.blocks import Block
from studio.compiler import build, source
from studio.compiler.example import drawing
from studio.compiler.reading import read_source
from studio.graph import NetwrightError, Value
from studio.project import Project, edits
from studio.project.file import dumps, read
from studio.project.gallery import TEMPLATES
from tests.compiler.test_block_contract import BLOCKS, run
from tests.compiler.test_reading_edits import residual
from tests.drawing import CNN, MAIN, chain


def held(project: Project) -> str:
    """Hold the source of a project against what is read of it; gives the text."""
    text = source(project)
    assert black.format_str(text, mode=black.Mode()) == text
    fresh, again = read_source(text), read_source(text, before=project)
    assert fresh.unread == again.unread == ()
    assert fresh.project is not None
    assert again.project is not None
    assert source(fresh.project) == text
    assert dumps(again.project) == dumps(project)
    return text


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_a_block_is_read_back_from_its_source(block: Block) -> None:
    project = drawing(block)
    text = held(project)
    fresh = read_source(text).project
    assert fresh is not None
    kinds = [node.type for node in project.graph(MAIN).nodes.values()]
    alone = block.call == "infix" and len(kinds) < 4
    assert alone or sorted(node.type for node in fresh.graph(MAIN).nodes.values()) == sorted(kinds)
    # The module that is built of what was read is the same one.
    module, other = build(project, seed=1).eval(), build(fresh, seed=1).eval()
    assert list(module.state_dict()) == list(other.state_dict())
    for name, tensor in run(module, project, 2).items():
        assert torch.equal(tensor.nan_to_num(), run(other, fresh, 2)[name].nan_to_num())


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_every_parameter_that_is_set_is_read_back(block: Block) -> None:
    project = drawing(block)
    node = next(key for key, node in project.graph(MAIN).nodes.items() if node.type == block.type)
    for parameter in block.editable():
        for value in _others(parameter.default, parameter.choices):
            changed = edits.set_parameters(project, MAIN, node, {parameter.name: value})
            try:
                text = source(changed)
            except NetwrightError:  # the value does not suit the example
                continue
            again = read_source(text, before=project)
            assert again.unread == ()
            assert again.project is not None
            assert source(again.project) == text
            fresh = read_source(text)
            assert fresh.unread == ()
            assert fresh.project is not None
            assert source(fresh.project) == text


def _others(default: Value, choices: tuple[str, ...]) -> list[Value]:
    """Give values near a default."""
    match default:
        case bool():
            return [not default]
        case int():
            return [default + 1, (default, default)]
        case float():
            return [default + 0.5]
        case str():
            return list(choices)
        case tuple():
            return [default[::-1], default[:1]]
    return [1]


def test_networks_of_composites_and_templates_are_read_back() -> None:
    held(chain(*CNN)[0])
    held(residual()[0])
    files = sorted(TEMPLATES.glob("*/project.netwright"))
    assert files
    for file in files:
        held(read(file))
