"""The sizes that a docstring tells of an input: what cannot be read is named with its line, never guessed."""

from __future__ import annotations

import pytest

from studio.compiler import source
from studio.compiler.reading import read_source
from studio.graph import Value
from studio.graph.text import translator
from studio.project import Project
from tests.drawing import MAIN, chain


def opened() -> Project:
    """Draw a network for signals of any length."""
    signal: tuple[str, dict[str, Value]] = ("input", {"shape": (4, 64), "open": "-, T"})
    return chain(signal, ("conv1d", {"padding": "same"}), ("relu", {}), ("output", {}))[0]


WRONG = {
    "T=-3": "“T=-3” is no size of “x”.",
    "T=": "“T=” is no size of “x”.",
    "=64": "“=64” is no size of “x”.",
    "-=64": "“-=64” is no size of “x”.",
    "T=6.5": "“T=6.5” is no size of “x”.",
    "T": "“T” is no size of “x”.",
    "64(": "“B × 4 × 64( (float32)” is no size of “x”.",
    "T=0": "Shape: expected sizes such as 1, 28, 28, received 4, 0.",
    "T=99999999999999": "Shape: expected sizes such as 1, 28, 28, each at most 2147483647,",
    "ABCDEFGHIJKLMNOPQRS=64": "“ABCDEFGHIJKLMNOPQRS” cannot be the name of a length.",
    "99999T=64": "“99999T” cannot be the name of a length.",
    "B=64": "“B” cannot be the name of a length.",
    "2B=64": "“2B” cannot be the name of a length.",
    "16T=60": "16T stands for multiples of 16, and its example 60 is none.",
    " × ".join(["T=2"] * 12): "“x” has 13 sizes behind the batch. A tensor has at most 8 of them.",
}


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("written", WRONG)
def test_a_size_that_cannot_be_read_is_named_with_its_line(written: str, fresh: bool) -> None:
    project = opened()
    text = source(project)
    line = next(number for number, one in enumerate(text.split("\n"), start=1) if "T=64" in one)
    reading = read_source(text.replace("T=64", written), before=None if fresh else project)
    (one,) = reading.unread
    assert one.line == line
    assert str(one.message).startswith(WRONG[written])
    assert one.message.render(translator("zh_CN")) != str(one.message)


@pytest.mark.parametrize(
    ("written", "shape", "names"),
    [
        ("B × 4 × T=60", (4, 60), "-, T"),
        ("B × 4 × 16T=64", (4, 64), "-, 16T"),
        ("(B, 4, T = 60)", (4, 60), "-, T"),
        ("B x 4 x 60", (4, 60), ""),
    ],
)
def test_a_size_that_can_be_read_is_taken(written: str, shape: tuple[int, ...], names: str) -> None:
    reading = read_source(source(opened()).replace("B × 4 × T=64", written))
    assert not reading.unread
    assert reading.project is not None
    (entry,) = reading.project.graph(MAIN).of_type("input")
    assert entry.parameters.get("shape", ()) == shape
    assert entry.parameters.get("open", "") == names
