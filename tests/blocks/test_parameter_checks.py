"""One check for the form, the file, the command line and the compiler: what each kind of parameter takes."""

from __future__ import annotations

import math
import time
from typing import Any

import pytest
from hypothesis import given

from studio.blocks import (
    Parameter,
    ParameterError,
    Shape,
    Size1,
    Size2,
    block,
    every,
    find,
    param,
    show,
)
from studio.blocks.declare import _REGISTRY
from studio.blocks.parameter import Kind
from studio.blocks.rules import below, divides, only_with
from studio.graph import Expression, Value
from studio.graph.text import translator
from tests.documents import values

BIG = 10**400
REFUSED = object()

TABLE: dict[tuple[Kind, int], list[tuple[Any, Any]]] = {
    ("int", 1): [
        (3, 3),
        (0, 0),
        (-1, -1),
        (2.0, 2),
        (2**31 - 1, 2**31 - 1),
        (-(2**31) + 1, -(2**31) + 1),
        (2**31, REFUSED),
        (-(2**31), REFUSED),
        (10**12, REFUSED),
        (BIG, REFUSED),
        (2.5, REFUSED),
        (True, REFUSED),
        (float("1e400"), REFUSED),
        (float("nan"), REFUSED),
        ("3", REFUSED),
        ((3,), REFUSED),
        (Expression("3"), REFUSED),
        (None, REFUSED),
    ],
    ("float", 1): [
        (0.5, 0.5),
        (1, 1.0),
        (-1, -1.0),
        (10**12, 1e12),
        (2**31, 2.0**31),
        (1e308, 1e308),
        (BIG, REFUSED),
        (-BIG, REFUSED),
        (True, REFUSED),
        (float("1e400"), REFUSED),
        (float("-inf"), REFUSED),
        (float("nan"), REFUSED),
        ("0.5", REFUSED),
        ((0.5,), REFUSED),
        (Expression("0.5"), REFUSED),
        (None, REFUSED),
    ],
    ("bool", 1): [
        (True, True),
        (False, False),
        (1, REFUSED),
        (0, REFUSED),
        ("yes", REFUSED),
        (Expression("1"), REFUSED),
        (None, REFUSED),
    ],
    ("text", 1): [
        ("", ""),
        ("os.system('x')", "os.system('x')"),
        ("中文\n", "中文\n"),
        ("a" * 10_000, "a" * 10_000),
        ("a" * 10_001, REFUSED),
        ("a\0b", REFUSED),
        (3, REFUSED),
        (True, REFUSED),
        ((), REFUSED),
        (Expression("d"), REFUSED),
        (None, REFUSED),
    ],
    ("folder", 1): [("/data", "/data"), ("", ""), ("a\0b", REFUSED), (3, REFUSED), (None, REFUSED)],
    ("choice", 1): [
        ("tanh", "tanh"),
        ("none", "none"),
        ("Tanh", REFUSED),
        ("", REFUSED),
        (0, REFUSED),
        (True, REFUSED),
        (("tanh",), REFUSED),
        (None, REFUSED),
    ],
    ("size", 1): [(3, 3), ((3,), (3,)), (3.0, 3), ((3, 3), REFUSED), (True, REFUSED), ((True,), REFUSED)],
    ("size", 2): [
        (3, 3),
        ((3, 5), (3, 5)),
        ((3.0, 5), (3, 5)),
        (-1, -1),
        ((3,), REFUSED),
        ((3, 5, 7), REFUSED),
        ((3, 2.5), REFUSED),
        ((3, (5,)), REFUSED),
        ((3, True), REFUSED),
        ((3, 2**31), REFUSED),
        (10**12, REFUSED),
        ("3", REFUSED),
        (None, REFUSED),
    ],
    ("shape", 1): [
        ((1, 28, 28), (1, 28, 28)),
        ((), ()),
        ((8.0,), (8,)),
        ((1,) * 8, (1,) * 8),
        ((1,) * 9, REFUSED),
        ((1, 2**31), REFUSED),
        ((1, True), REFUSED),
        ((1, None), REFUSED),
        (28, REFUSED),
        ("1, 28, 28", REFUSED),
        (None, REFUSED),
    ],
    ("dims", 1): [
        (1, 1),
        (-1, -1),
        ((2, 3), (2, 3)),
        ((-2.0, -1), (-2, -1)),
        ((), REFUSED),
        ((1, 1), REFUSED),
        (tuple(range(9)), REFUSED),
        (1.5, REFUSED),
        ("1", REFUSED),
        ((1, True), REFUSED),
        (BIG, REFUSED),
        (None, REFUSED),
    ],
    ("numbers", 2): [
        ((0.9, 0.999), (0.9, 0.999)),
        ((0, 1), (0.0, 1.0)),
        ((0.9,), REFUSED),
        ((0.9, 0.99, 0.999), REFUSED),
        ((0.9, float("nan")), REFUSED),
        ((0.9, BIG), REFUSED),
        ((0.9, "1"), REFUSED),
        ((0.9, True), REFUSED),
        (0.9, REFUSED),
        (None, REFUSED),
    ],
}


def parameter(kind: Kind, dims: int = 1, **bounds: Any) -> Parameter:
    words = ("none", "tanh") if kind == "choice" else ()
    return Parameter("p", kind, None, "A parameter.", dims=dims, choices=words, **bounds)


def test_a_size_can_be_a_word() -> None:
    padding = Parameter("p", "size", 0, "A parameter.", low=0, dims=2, choices=("same",))
    for taken in ("same", 3, (1, 2)):
        assert padding.check(taken) == taken
    for bad in ("valid", "", ("same", 1), -1):
        with pytest.raises(ParameterError) as caught:
            padding.check(bad)
        assert str(caught.value.expected) == "one whole number, or 2, each at least 0, or “same”"


ROWS = [(kind, dims, given_, taken) for (kind, dims), rows in TABLE.items() for given_, taken in rows]


@pytest.mark.parametrize(
    ("kind", "dims", "received", "taken"), ROWS, ids=[f"{row[0]}{row[1]}-{str(row[2])[:20]}" for row in ROWS]
)
def test_each_kind_takes_its_values(kind: Kind, dims: int, received: Any, taken: Any) -> None:
    if taken is REFUSED:
        with pytest.raises(ParameterError) as caught:
            parameter(kind, dims).check(received)
        said = str(caught.value)
        assert said.startswith("P: expected ")
        assert len(said) < 200
        assert str(caught.value.expected) in said
        assert str(caught.value.received) in said
    else:
        result = parameter(kind, dims).check(received)
        assert result == taken
        assert type(result) is type(taken)


def test_every_kind_stands_in_the_table() -> None:
    from typing import get_args

    assert {kind for kind, _dims in TABLE} == set(get_args(Kind))


@given(values)
def test_any_value_is_taken_or_refused_in_words(value: Value) -> None:
    for kind, dims in TABLE:
        for bounds in ({}, {"low": 1}, {"high": 10}, {"low": 0, "high": 1, "optional": True}):
            checked = parameter(kind, dims, **bounds)
            try:
                result = checked.check(value)
            except ParameterError:
                continue
            assert checked.check(result) == result, "what was taken is taken again"
            if value is None:
                assert result is None


@pytest.mark.parametrize(
    ("bounds", "kind", "good", "bad", "said"),
    [
        ({"low": 1}, "int", 1, 0, "expected a whole number of at least 1, received 0"),
        ({"low": 1}, "int", 1, -1, "expected a whole number of at least 1, received -1"),
        ({"high": 9}, "int", 9, 10, "expected a whole number of at most 9, received 10"),
        ({"low": 0, "high": 1}, "float", 1, 1.01, "expected a number from 0 to 1, received 1.01"),
        ({"low": 1e-9}, "float", 1e-9, 0, "expected a number of at least 1e-09, received 0"),
        ({"low": 1}, "size", 3, (3, 0), "expected one whole number, or 2, each at least 1, received 3, 0"),
        ({"low": -1}, "shape", (-1,), (-2,), "expected sizes such as 1, 28, 28, received -2"),
    ],
)
def test_bounds_are_told(bounds: dict[str, float], kind: Kind, good: Value, bad: Value, said: str) -> None:
    checked = parameter(kind, 2, **bounds)
    assert checked.check(good) is not None
    with pytest.raises(ParameterError) as caught:
        checked.check(bad)
    assert str(caught.value) == f"P: {said}."


MOST = "2147483647"


@pytest.mark.parametrize(
    ("bounds", "kind", "bad", "expected"),
    [
        ({"low": 1}, "int", 2**31, f"a whole number from 1 to {MOST}"),
        ({"low": 1}, "int", -(10**12), f"a whole number from 1 to {MOST}"),
        ({"low": 1, "high": 64}, "int", 2**31, "a whole number from 1 to 64"),
        ({}, "int", 10**12, f"a whole number from -{MOST} to {MOST}"),
        ({"low": 1}, "int", math.inf, f"a whole number from 1 to {MOST}"),
        ({"low": 0}, "float", math.inf, "a number of at least 0"),
        ({"low": 1}, "size", (3, 2**31), f"one whole number, or 2, each from 1 to {MOST}"),
        ({"low": 1}, "shape", (1, 2**31), f"sizes such as 1, 28, 28, each at most {MOST}"),
    ],
)
def test_whoever_goes_beyond_every_number_is_told_the_largest(
    bounds: dict[str, float], kind: Kind, bad: Value, expected: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        parameter(kind, 2, **bounds).check(bad)
    assert str(caught.value) == f"P: expected {expected}, received {show(bad)}."


def test_an_optional_parameter_may_be_empty() -> None:
    for kind, dims in TABLE:
        assert parameter(kind, dims, optional=True).check(None) is None


@pytest.mark.parametrize(
    ("groups", "channels", "mended"),
    [
        (4, 8, 4),
        (3, 8, 2),
        (9, 8, 8),
        (2**31 - 2, 2**31 - 1, 1),
        (2**31 - 1, 2**31 - 1, 2**31 - 1),
        (2**30, 2**31 - 2, 2**30 - 1),
        (1, 1, 1),
        (0, 8, 0),
        (3, 0, 3),
        (3, None, 3),
        ("3", 8, "3"),
    ],
)
def test_what_must_divide_is_mended_at_once(groups: Value, channels: Value, mended: Value) -> None:
    rule = divides("groups", "channels", "The groups must divide the channels.")
    values_ = {"groups": groups, "channels": channels}
    start = time.process_time()
    assert rule.mend(values_) == mended
    assert rule.broken(values_) == (groups != mended)
    assert time.process_time() - start < 0.1
    if isinstance(channels, int):
        assert str(rule.expects(values_)) == f"a divisor of {channels}"


def test_other_rules_name_the_value_that_holds() -> None:
    padding = below("padding", ("kernel_size", "output"), "The padding is too large.")
    assert not padding.broken({"padding": (1, 2), "kernel_size": (3, 2)})
    assert padding.mend({"padding": (1, 3), "kernel_size": (3, 2)}) == 2
    assert str(padding.expects({"kernel_size": 5})) == "at most 4"
    dropout = only_with("dropout", "num_layers", 2, "Nothing to drop between.")
    assert dropout.warning
    assert dropout.broken({"dropout": 0.5, "num_layers": 1})
    assert not dropout.broken({"dropout": 0.5, "num_layers": 2})
    assert dropout.mend({"dropout": 0.5, "num_layers": 1}) == 0.0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (0.001, "0.001"),
        (1e-5, "1e-05"),
        (math.inf, "∞"),
        ((3, (1, None)), "3, 1, –"),
        ("relu", "“relu”"),
        ("x" * 61, "“" + "x" * 57 + "…”"),
        (Expression("2*d"), "2*d"),
        (10**20, "1e+20"),
        (BIG, "…"),
    ],
)
def test_values_are_shown_shortly(value: Value, text: str) -> None:
    assert str(show(value)) == text


def test_a_refused_tick_is_told_in_the_language_of_the_reader() -> None:
    with pytest.raises(ParameterError) as caught:
        parameter("int").check(True)
    assert str(caught.value) == "P: expected a whole number, received yes."
    assert caught.value.message.render(translator("zh_CN")).endswith("实际为 是。")


# -- declaring -----------------------------------------------------------------------------------------


def test_a_type_is_declared_once() -> None:
    before = dict(_REGISTRY)
    with pytest.raises(ValueError, match="block 'conv2d' is declared twice"):

        @block("torch.nn.Other", type="conv2d", group="convolution")
        class Other:
            """Another."""

    assert before == _REGISTRY


@pytest.mark.parametrize(("hint", "said"), [(list, "which a file cannot hold"), (Shape, None), (Size1, None)])
def test_a_parameter_has_a_kind_that_can_be_saved(hint: Any, said: str | None) -> None:
    made = type(
        "Made", (), {"__doc__": "Made.", "__annotations__": {"size": hint}, "size": param(1, doc="x")}
    )
    name = f"made_{getattr(hint, '__name__', hint)}"
    try:
        if said is None:
            block("torch.nn.Made", type=name, group="io")(made)
            assert find(name) is not None
        else:
            with pytest.raises(ValueError, match=said):
                block("torch.nn.Made", type=name, group="io")(made)
            assert find(name) is None
    finally:
        _REGISTRY.pop(("block", name), None)
    bare = type("Bare", (), {"__doc__": "Bare.", "__annotations__": {"size": Size2}, "size": 3})
    with pytest.raises(ValueError, match="must be declared with param"):
        block("torch.nn.Bare", type="bare", group="io")(bare)
    assert all(made.type != "bare" for made in every())
