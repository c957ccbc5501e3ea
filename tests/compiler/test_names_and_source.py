"""Names from files become safe identifiers, and nothing of a file's text becomes code."""

from __future__ import annotations

import ast
import keyword
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from studio.blocks import find
from studio.compiler import build, class_name, distinct, identifier, source
from studio.compiler.source import literal
from studio.graph import Value
from studio.project import Project, edits
from tests.drawing import CNN, MAIN, add, chain

HOSTILE = [
    "__import__('os').system('x')",
    "conv\nimport os\nos.remove('x')",
    'a"""\nimport os\n"""',
    "x'); import os; ('",
    "x\rimport os",
    "x\u2028import os",
    "\u202eevil",
    "forward",
    "state_dict",
    "class",
    "match",
    "torch",
    "nn",
    "self",
    "a" * 5000,
    "卷积一",
    "1",
    "_",
    "",
    "__init__",
]


@given(st.text(max_size=60), st.sampled_from(["conv2d", "linear", "composite"]))
def test_any_text_becomes_an_ascii_identifier_that_hides_nothing(label: str, kind: str) -> None:
    name = identifier(label, kind)
    assert name.isascii()
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert not name.startswith("_")
    assert not hasattr(nn.Module(), name)


@given(st.lists(st.sampled_from([*HOSTILE, "x", "x_2", "x 2"]), max_size=12))
def test_names_are_given_out_once(labels: list[str]) -> None:
    names = distinct((str(index), label, "relu") for index, label in enumerate(labels))
    assert len(set(names.values())) == len(labels)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_name_never_becomes_code(label: str) -> None:
    project, ids = chain(*CNN)
    for node in (ids[0], ids[1], ids[-1]):
        project = edits.rename_node(project, MAIN, node, label)
    text = source(project)
    tree = ast.parse(text)
    imports = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert imports == ["import torch", "from torch import nn"]
    calls = {ast.unparse(node.func).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert calls <= {"self", "nn", "super", "super()"}
    assert [type(node).__name__ for node in tree.body] == ["Expr", "Import", "ImportFrom", "ClassDef"]
    build(project)


def test_a_chinese_label_stays_readable_in_a_comment() -> None:
    project, ids = chain(*CNN)
    text = source(edits.rename_node(project, MAIN, ids[1], "第一层卷积"))
    assert "self.conv2d = nn.Conv2d(1, 32, kernel_size=3, padding=1)  # 第一层卷积" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (-3, "-3"),
        (1e-5, "1e-05"),
        ((2, 3), "(2, 3)"),
        ((2,), "(2,)"),
        ('a"b\n', "'a\"b\\n'"),
        ("tanh", '"tanh"'),
    ],
)
def test_values_are_literals_that_read_back_equal(value: Value, text: str) -> None:
    assert literal(value) == text
    assert ast.literal_eval(text) == value


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_number_without_a_literal_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no literal"):
        literal(value)


def test_the_source_is_what_an_engineer_would_commit() -> None:
    project, _ = chain(*CNN)
    text = source(project)
    assert "        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, padding=1)\n" in text
    assert "        self.fc1 = nn.Linear(3136, 128)\n" in text
    assert "        x = self.conv1(x)  # B × 32 × 28 × 28\n" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_skip_keeps_its_value_under_a_name_of_its_own() -> None:
    project, x = add(Project(), "input", parameters={"shape": (4,)})
    project, first = add(project, "linear", [x], parameters={"out_features": 4})
    project, bend = add(project, "relu", [first])
    project, joined = add(project, "add", [bend, first, x])
    project, _ = add(project, "output", [joined])
    lines = [line.partition("  #")[0].strip() for line in source(project).splitlines()[-6:]]
    assert lines == [
        "",
        "def forward(self, x: torch.Tensor) -> torch.Tensor:",
        "fc1 = self.fc1(x)",
        "relu1 = self.relu1(fc1)",
        "add1: torch.Tensor = relu1 + fc1 + x",
        "return add1",
    ]


def test_class_names_come_from_the_network() -> None:
    assert [class_name(name) for name in ("main", "residual block", "2 d", "卷积", "list")] == [
        "Main",
        "ResidualBlock",
        "Network2D",
        "Network",
        "List",
    ]


def test_blocks_of_our_own_travel_with_the_source() -> None:
    assert find("reshape") is not None
    project, _ = chain(("input", {"shape": (16,)}), ("reshape", {"shape": (4, 4)}), ("output", {}))
    text = source(project)
    assert "class Reshape(nn.Module):" in text
    assert "studio" not in text
