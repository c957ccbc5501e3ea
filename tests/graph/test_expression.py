"""Small arithmetic: what it computes, and that nothing else is ever evaluated, at any length, at once."""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.graph import Expression, ExpressionError
from tests.speed import quickest

VALUES = {"d": 8, "ratio": 0.5, "d_model": 64, "宽": 3, "text": "9", "yes": True, "bad": float("nan")}


def computed(text: str) -> object:
    return Expression(text).compute(VALUES)


def outcome(text: str) -> object:
    """Give the result, or the refusal."""
    try:
        return Expression(text).compute({**VALUES, "a": 1})
    except ExpressionError as error:
        return error


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*d", 16),
        ("2*d_model + 1", 129),
        ("d // 3", 2),
        ("d / 4", 2.0),
        ("d % 3", 2),
        ("-d", -8),
        ("+d", 8),
        ("--d", 8),
        ("2 ** d", 256),
        ("2**-1", 0.5),
        ("(1 + 2) * 3", 9),
        ("min(d, 3)", 3),
        ("max(d, 3, 11)", 11),
        ("min(d)", 8),
        ("round(d / 3)", 3),
        ("round(d / 3, 2)", 2.67),
        ("round(1234, -2)", 1200),
        ("d * ratio", 4.0),
        ("宽 + 1", 4),
        ("  d\t", 8),
        ("1_000", 1000),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("10**15", 10**15),
        ("1**64", 1),
        ("0.5**64", 0.5**64),
        ("0.95**300", 0.95**300),
        ("2**-100", 2**-100),
        ("(-1)**10**15", 1),
    ],
)
def test_it_computes(text: str, expected: object) -> None:
    result = computed(text)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(
            (text, "is not arithmetic")
            for text in (
                "",
                " ",
                "__import__('os').system('x')",
                "().__class__",
                "d.real",
                "[d]",
                "{d}",
                "d if d else 1",
                "lambda: 1",
                "d < 3",
                "not d",
                "~d",
                "d and 1",
                "d, 1",
                "(d, 1)",
                "*d",
                "a := 1",
                "open(d)",
                "d(1)",
                "min()",
                "min(*d)",
                "min(d, key=d)",
                "round(1.5, 2, 3)",
                "round(1.5, 0.5)",
                "True",
                "None",
                "1j",
                "0x10",
                "007",
                "'9'",
                "f'{d}'",
                "d d",
                "1or 2",
                "1\n+ 2",
                "d;d",
                "d#1",
                "(",
                "1 +",
                "yield d",
                "await d",
                "\0",
            )
        ),
        ("unknown + 1", "uses “unknown”, which is not a number here. Known: bad, d, d_model"),
        ("text * 2", "computes with “text”, whose value here is “"),
        ("yes * 2", "computes with “yes”, whose value here is yes: not one number"),
        ("bad + 1", "gives a number that is too large"),
        ("d / 0", "divides by zero"),
        ("d // 0", "divides by zero"),
        ("d % 0", "divides by zero"),
        ("0 ** -1", "divides by zero"),
        ("9**9**9", "gives a number that is too large"),
        ("10**16", "gives a number that is too large"),
        ("(1e10)**64", "gives a number that is too large"),
        ("10**15**64.0", "gives a number that is too large"),
        ("1e15 * 1e15", "gives a number that is too large"),
        ("1e400", "gives a number that is too large"),
        ("9" * 199, "gives a number that is too large"),
        ("(-8) ** 0.5", "takes the root of a negative number"),
        ("round(5, -10**15)", "is not arithmetic"),
        ("round(5, 10**15)", "is not arithmetic"),
        ("1" * 201, "may have at most 200 characters; this one has 201"),
        ("(" * 5_000_000, "may have at most 200 characters"),
    ],
    ids=lambda text: repr(text[:24]),
)
def test_everything_else_is_refused_within_50_ms(text: str, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        computed(text)
    assert said in str(caught.value)
    assert quickest(lambda: outcome(text)) < 0.05


@pytest.mark.parametrize("end", ["", "$", "1"])
@pytest.mark.parametrize("part", ["(", "-", "a", "1", "1.", "a ", "**", "//", "1_", "1e1", "min("])
def test_nothing_of_the_longest_length_takes_long(part: str, end: str) -> None:
    text = part * (199 // len(part)) + end
    assert isinstance(outcome(text), (int, ExpressionError))
    assert quickest(lambda: outcome(text)) < 0.05


def test_no_warning_of_the_parser_is_shown() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in ("1or 2", "'\\d'", "1if d else 2", "0_7", "1 is 1"):
            with pytest.raises(ExpressionError):
                computed(text)


def test_names_are_those_that_it_reads() -> None:
    assert Expression("2*d + max(ratio, 1)").names() == {"d", "ratio"}
    assert Expression("2").names() == frozenset()
    with pytest.raises(ExpressionError):
        Expression("[x for x in y]").names()


def test_it_is_parsed_and_never_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_named: object) -> None:
        raise AssertionError("something was run")

    with monkeypatch.context() as fenced:
        for name in ("eval", "exec", "open"):
            fenced.setattr(f"builtins.{name}", forbidden)
        result = computed("2*d")
    assert result == 16


names_ = st.sampled_from(["d", "ratio", "d_model"])
trees = st.recursive(
    st.integers(0, 99).map(str) | names_,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        inner.map(lambda part: f"-{part}"),
        st.tuples(inner, inner).map(lambda parts: f"max({parts[0]}, {parts[1]})"),
    ),
    max_leaves=8,
)


@given(trees)
def test_it_agrees_with_python(text: str) -> None:
    if len(text) > 200:
        return
    try:
        expected = _python(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        with pytest.raises(ExpressionError):
            computed(text)
        return
    result = computed(text)
    assert isinstance(result, (int, float))
    assert math.isclose(result, expected, rel_tol=1e-12)


def _python(node: ast.expr) -> float:
    """Compute the few signs above the plain way."""
    match node:
        case ast.Constant(value=int() as number):
            return number
        case ast.Name(id=name):
            value = VALUES[name]
            assert isinstance(value, (int, float))
            return value
        case ast.UnaryOp(operand=operand):
            return -_python(operand)
        case ast.Call(args=[a, b]):
            return max(_python(a), _python(b))
        case ast.BinOp(left=left, op=op, right=right):
            a_, b_ = _python(left), _python(right)
            match op:
                case ast.Add():
                    return a_ + b_
                case ast.Sub():
                    return a_ - b_
                case ast.Mult():
                    return a_ * b_
                case ast.Div():
                    return a_ / b_
                case ast.FloorDiv():
                    return a_ // b_
                case ast.Mod():
                    return a_ % b_
    raise AssertionError(ast.dump(node))


@given(st.text(max_size=30) | st.text("d1+-*/%(),.e_ ", max_size=60))
def test_any_text_gives_a_number_or_a_sentence(text: str) -> None:
    try:
        result = computed(text)
    except ExpressionError:
        return
    assert isinstance(result, (int, float))
    assert abs(result) <= 10**15


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("2*d + d1 + 1e5", {"d": "width"}, "2*width + d1 + 1e5"),
        ("d*d", {"d": 3}, "3*3"),
        ("d**2", {"d": -3}, "(-3)**2"),
        ("a - b", {"a": Expression("b + 1"), "b": Expression(" a ")}, "(b + 1) - a"),
        ("max(max, min (min, 2))", {"max": "a", "min": 7}, "max(a, min (7, 2))"),
        ("ﬁ + 1", {"fi": "x"}, "x + 1"),
        ("d", {}, "d"),
    ],
)
def test_names_are_replaced_and_nothing_else(
    text: str, names: Mapping[str, int | str | Expression], expected: str
) -> None:
    assert Expression(text).with_names(names) == Expression(expected)


def test_what_would_grow_too_long_is_refused() -> None:
    with pytest.raises(ExpressionError, match="at most 200"):
        Expression("a + a").with_names({"a": Expression("b + " * 30 + "b")})
    with pytest.raises(ExpressionError, match="not arithmetic"):
        Expression("a[0]").with_names({"a": "b"})
