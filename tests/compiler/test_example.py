"""Every block has an example that can be shown: it runs, its shapes are told, its code is Python."""

from __future__ import annotations

import ast

import pytest

from studio.blocks import every, find
from studio.compiler.example import example_of

BLOCKS = [block for block in every() if block.call != "none"]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.type)
def test_every_block_shows_itself_at_work(block: object) -> None:
    example = example_of(block)  # type: ignore[arg-type]  # pytest keeps no type of it
    assert example is not None
    assert example.gives
    made = [part for part in ast.parse(example.code).body if isinstance(part, (ast.Assign, ast.AnnAssign))]
    assert made  # the block itself, and not what every class has around it
    assert len(made) == len(ast.parse(example.code).body)


def test_what_arrives_is_named_after_the_inputs() -> None:
    conv, add = find("conv2d"), find("add")
    assert conv is not None
    assert add is not None
    example = example_of(conv)
    assert example is not None
    assert example.arrives == (("x", "B × 16 × 12 × 12"),)
    assert example.gives == (("y", "B × 32 × 10 × 10"),)
    assert example.code.splitlines() == [
        "self.conv1 = nn.Conv2d(16, 32, kernel_size=3)",
        "x = self.conv1(x)  # B × 32 × 10 × 10",
    ]
    several = example_of(add)
    assert several is not None
    assert [name for name, _ in several.arrives] == ["x1", "x2"]


@pytest.mark.parametrize("type", ["input", "output"])
def test_what_computes_nothing_has_none(type: str) -> None:
    block = find(type)
    assert block is not None
    assert example_of(block) is None
