"""What is read off the text of a custom block: ports, parameters, and sentences with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.blocks.custom import CodeError, block_of_code, read_code
from tests.coded import GATE, SWISH


def ports(text: str) -> tuple[list[str], list[str]]:
    read = read_code(text)
    return [port.name for port in read.inputs], [port.name for port in read.outputs]


def test_a_class_gives_its_ports_and_parameters() -> None:
    read = read_code(GATE)
    assert (read.name, read.call, read.doc) == ("Gate", "module", "Let through what is wanted.")
    assert ports(GATE) == (["x"], ["y"])
    assert [(one.name, one.kind, one.default) for one in read.parameters] == [
        ("features", "int", 8),
        ("gain", "float", 2.0),
    ]
    assert read.imports == (
        "import math",
        "import torch",
        "import torch.nn.functional as F",
        "from torch import nn",
    )
    assert [name for name, _ in read.defines] == ["GAIN", "Gate"]
    assert read.body.startswith("GAIN = 2.0")


def test_a_function_gives_its_ports_and_parameters() -> None:
    read = read_code(SWISH)
    assert (read.name, read.call) == ("swish", "function")
    assert ports(SWISH) == (["x"], ["y"])
    assert [(one.name, one.kind, one.default) for one in read.parameters] == [("beta", "float", 1.0)]


def test_every_kind_of_parameter_is_told_by_annotation_or_default() -> None:
    read = read_code(
        "from typing import Literal, Optional\n"
        "def f(x, a: int, b: float, c: bool, d: str, e: Literal['one', 'two'], g: tuple[int, ...],\n"
        "  h=3, i=0.5, j=True, k='t', m=(1, 2), n: int | None = None, o: Optional[float] = 1.0, p=print):\n"
        "    return x\n"
    )
    assert [(one.name, one.kind, one.default) for one in read.parameters] == [
        ("a", "int", 1),
        ("b", "float", 1.0),
        ("c", "bool", False),
        ("d", "text", ""),
        ("e", "choice", "one"),
        ("g", "shape", (1,)),
        ("h", "int", 3),
        ("i", "float", 0.5),
        ("j", "bool", True),
        ("k", "text", "t"),
        ("m", "shape", (1, 2)),
        ("n", "int", None),
        ("o", "float", 1.0),
    ]
    assert [one.optional for one in read.parameters][-2:] == [True, True]


@pytest.mark.parametrize(
    ("text", "inputs", "outputs"),
    [
        ("def f(x, y):\n    return x", ["x", "y"], ["y_"]),
        ("def f(x):\n    a, b = x, x\n    return a, b", ["x"], ["a", "b"]),
        ("def f(x):\n    return x, x + 1", ["x"], ["y1", "y2"]),
        ("def f(x) -> tuple[Tensor, Tensor, Tensor]:\n    return g(x)", ["x"], ["y1", "y2", "y3"]),
        ("def f(x, m: Tensor | None = None):\n    return x", ["x", "m"], ["y"]),
        ("def f(xs: list[Tensor]):\n    return xs[0]", ["xs"], ["y"]),
        ("def f(x):\n    def inner():\n        return 1, 2\n    return x", ["x"], ["y"]),
    ],
)
def test_ports_follow_arguments_and_returns(text: str, inputs: list[str], outputs: list[str]) -> None:
    assert ports(text) == (inputs, outputs)


def test_an_input_that_may_be_none_is_optional_and_a_list_takes_many() -> None:
    (x, mask) = read_code("def f(x, m: 'torch.Tensor' = None):\n    return x").inputs
    assert (x.optional, mask.optional, mask.keyword) == (False, True, True)
    (many,) = read_code("def f(xs: list[torch.Tensor]):\n    return xs[0]").inputs
    assert many.many


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "Write a class of nn.Module"),
        ("x = 1", 1, "Write a class of nn.Module"),
        ("def f(x):\n    return (x", 2, "This is no Python"),
        ("\nclass A:\n    pass", 2, "Derive “A” from nn.Module"),
        ("\nclass A(nn.Module):\n    pass", 2, "“A” has no forward"),
        ("def f(*xs):\n    return xs", 1, "Name each argument"),
        ("def f(x,\n  size: Size):\n    return x", 2, "What “size” is cannot be told"),
        ("def f(x) -> tuple[Tensor, ...]:\n    return x", 1, "Say how many tensors"),
        ("def f(x):\n    if x:\n        return x\n    return x, x", 1, "Every return"),
        ("def f(x):\n    pass", 1, "The block gives no tensor"),
        ("def f(a: int = 1):\n    return a", 1, "The block takes no tensor"),
        ("from x import *\ndef f(x):\n    return x", 1, "Import names one by one"),
        ("from . import a\ndef f(x):\n    return x", 1, "Import names one by one"),
        ("def f(x):\n    return x\nprint(1)", 3, "only imports, functions, classes and values"),
        ("def _f(x):\n    return x", 1, "Name the block"),
        ("def 门(x):\n    return x", 1, "Name the block"),
        ("x" * 100_001, 1, "at most 100000 are taken"),
        ("def f(x):\n    return " + "-" * 150 + "x", 1, "nested"),
        ("def f(x, a: int = 99999999999):\n    return x", 1, "expected"),
    ],
)
def test_what_is_no_block_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(CodeError) as refused:
        read_code(text)
    assert said in str(refused.value)
    assert refused.value.line == line


def test_reading_never_runs(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = f"MARK = open({str(mark)!r}, 'w')\n\ndef f(x, a=open({str(mark)!r}, 'w')):\n    return x\n"
    assert block_of_code("f", text, True) is not None
    assert not mark.exists()


@given(
    st.text(max_size=80)
    | st.sampled_from([GATE, SWISH]).flatmap(lambda t: st.integers(0, len(t)).map(lambda n: t[:n]))
)
def test_any_text_is_read_or_refused_with_a_line_that_is_there(text: str) -> None:
    line = 1
    try:
        read = read_code(text)
    except CodeError as refused:
        line = refused.line
    else:
        assert read.name.isidentifier()
        assert block_of_code(read.name, text, False) is not None
    assert 1 <= line <= text.count("\n") + 2
