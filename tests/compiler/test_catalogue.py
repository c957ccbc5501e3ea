"""No mistake is told that no test has made: every code of the compiler and of the training stands in one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.blocks import every
from tests.compiler.test_mistakes import MISTAKES
from tests.train.plans import test_train_cautions

ROOT = Path(__file__).parents[2]
PLACES = {"Complaint": 0, "Problem": 1, "told": 1, "_at": 2, "_of_plan": 1}
"""What makes a problem, and which of its arguments is the code."""


def codes(room: str) -> set[str]:
    """Give the codes that stand in the modules of a room."""
    return {code for file in (ROOT / "studio" / room).rglob("*.py") for code in _codes(file)}


def _codes(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES:
            place = PLACES[node.func.id]
            if len(node.args) > place and isinstance(code := node.args[place], ast.Constant):
                yield str(code.value)


def test_there_are_seventy_mistakes() -> None:
    rules = {rule.code for block in every() for rule in block.rules}
    assert rules <= MISTAKES.keys()
    assert len(codes("compiler") | codes("train") | rules) >= 70


@pytest.mark.parametrize("room", ["compiler", "train"])
def test_every_code_is_made_in_a_test(room: str) -> None:
    texts = "\n".join(
        file.read_text("utf-8")
        for folder in ("compiler", "train", "ui", "project")
        for file in (ROOT / "tests" / folder).rglob("*.py")
    )
    assert [code for code in sorted(codes(room)) if f'"{code}"' not in texts] == []


def test_the_table_of_plans_holds_every_caution() -> None:
    files = (ROOT / "studio" / "train" / "plans" / name for name in ("cautions.py", "before_loss.py"))
    found = {code for file in files for code in _codes(file)}
    assert found == test_train_cautions.MISTAKES.keys()
