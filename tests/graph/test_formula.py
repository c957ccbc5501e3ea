"""Formulas over the time of a training: what they give, what their Python gives, what is refused and how."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.graph import ExpressionError, Formula
from studio.graph.formula import FUNCTIONS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.95 ** epoch", 0.95**7),
        ("0.999 ** epoch * 10 / epochs", 0.999**7 * 10 / 20),
        ("0.1 ** (epoch // 3)", 0.1**2),
        ("0.5 * (1 + cos(pi * epoch / epochs))", 0.5 * (1 + math.cos(math.pi * 7 / 20))),
        ("min(step ** -0.5, step * 4 ** -1.5)", 7**-0.5),
        ("exp(-step / steps)", math.exp(-7 / 20)),
        ("1 / (1 + log(1 + epoch))", 1 / (1 + math.log(8))),
        ("abs(sin(step))", abs(math.sin(7))),
        ("sqrt(max(epoch, 9))", 3.0),
        ("round(epoch / 3, 1)", 2.3),
        ("min(epoch)", 7),
        ("2", 2),
    ],
)
def test_what_it_gives_is_what_its_python_gives(text: str, expected: float) -> None:
    formula = Formula(text)
    formula.check()
    assert formula.compute(7, 20) == expected
    names = {"math": math, formula.unit: 7, f"{formula.unit}s": 20}
    assert eval(formula.python(), names) == expected  # noqa: S307  what was written of names that are known
    assert formula.needs_math == ("math." in formula.python())


def test_it_counts_in_what_it_reads() -> None:
    assert [Formula(text).unit for text in ("step", "1 / steps", "epoch", "epochs", "0.5")] == [
        "step", "step", "epoch", "epoch", "epoch",
    ]  # fmt: skip
    assert [Formula(text).reads_length for text in ("step", "steps", "epochs * epoch", "pi")] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "“” is not a formula. Write for example 0.95 ** epoch or min(1, step / 100)."),
        ("epoch if epoch else 1", "is not a formula"),
        ("epoch.real", "is not a formula"),
        ("[1][0]", "is not a formula"),
        ("'a'", "is not a formula"),
        ("sqrt(1, 2)", "is not a formula"),
        ("round(1, 2, 3)", "is not a formula"),
        ("min()", "is not a formula"),
        (
            "__import__(epoch)",
            "uses “__import__”, which a formula does not know. Known: epoch, epochs, step,",
        ),
        ("tanh(epoch)", "uses “tanh”, which a formula does not know"),
        ("cos(cos)", "uses “cos”, which a formula does not know"),
        ("lr * epoch", "uses “lr”, which a formula does not know"),
        ("pi(epoch)", "uses “pi”, which a formula does not know"),
        ("epoch + step", "counts in epochs and in steps. Write it with one of the two."),
        ("1" * 201, "at most 200 characters"),
    ],
)
def test_a_text_that_is_no_formula_says_why(text: str, says: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        Formula(text).check()
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 / (epoch - 7)", "divides by zero"),
        ("exp(1000 * epoch)", "gives a number that is too large"),
        ("10 ** (3 * epoch)", "gives a number that is too large"),
        ("(epoch - 8) ** 0.5", "takes the root of a negative number"),
        ("sqrt(epoch - 8)", "has no result: “sqrt” does not take -1"),
        ("log(epoch - 7)", "has no result: “log” does not take 0"),
        ("round(epoch, epoch / 2)", "is not a formula"),
    ],
)
def test_a_time_without_a_result_says_why(text: str, says: str) -> None:
    formula = Formula(text)
    formula.check()
    with pytest.raises(ExpressionError) as refused:
        formula.compute(7, 20)
    assert says in str(refused.value)


trees = st.recursive(
    st.integers(0, 99).map(str) | st.sampled_from(["epoch", "epochs", "pi", "0.5", "1e-3"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "**"]), inner).map(
            lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
        ),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"max({parts[0]}, {parts[1]})"),
        inner.map(lambda part: f"min({part})"),
        inner.map(lambda part: f"-{part}"),
    ),
    max_leaves=6,
)


@given(trees)
def test_any_formula_is_the_same_as_its_python_or_says_why_not(text: str) -> None:
    formula = Formula(text)
    try:
        formula.check()
        found = formula.compute(7, 20)
    except ExpressionError:
        return
    written = eval(formula.python(), {"math": math, "epoch": 7, "epochs": 20})  # noqa: S307  as above
    assert (written, type(written)) == (found, type(found))


@given(st.text(max_size=30) | st.text("epochs1+-*/%(),._ mincoslgqrt", max_size=60))
def test_any_text_is_a_formula_or_says_why_not(text: str) -> None:
    formula = Formula(text)
    try:
        formula.check()
        found = formula.compute(3, 9)
    except ExpressionError:
        return
    assert isinstance(found, (int, float))
    assert math.isfinite(found)
