"""Mistakes that a beginner makes, each made here and read as they would read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from studio.compiler import Problem, analyse, build
from studio.graph import Endpoint, Expression, Graph
from studio.graph.text import Message
from studio.project import Composite, GraphRef, Project, edits
from tests.drawing import MAIN, add, chain, wire

FLAT = ("input", {"shape": (16,)})
IMAGE = ("input", {"shape": (3, 8, 8)})
SEQUENCE = ("input", {"shape": (9, 6)})


def _missing_input() -> Project:
    project, _ = chain(FLAT, ("output", {}))
    return add(project, "output", name="second")[0]


def _shapes_differ(kind: str) -> Project:
    project, a = add(Project(), "input", name="a", parameters={"shape": (4, 6)})
    project, b = add(project, "input", name="b", parameters={"shape": (5, 7)})
    project, joined = add(project, kind, [a, b])
    return add(project, "output", [joined])[0]


def _broadcast() -> Project:
    project, a = add(Project(), "input", name="a", parameters={"shape": (4, 6)})
    project, b = add(project, "input", name="b", parameters={"shape": (1, 6)})
    project, joined = add(project, "add", [a, b])
    return add(project, "output", [joined])[0]


def _mixed() -> Project:
    project, a = add(Project(), "input", name="a", parameters={"shape": (6,)})
    project, b = add(project, "input", name="b", parameters={"shape": (6,), "dtype": "int64"})
    project, joined = add(project, "concat", [a, b])
    return add(project, "output", [joined])[0]


def _doubled() -> Project:
    project, a = add(Project(), "input", name="x", parameters={"shape": (6,)})
    project, b = add(project, "input", name="x", parameters={"shape": (6,)})
    project, joined = add(project, "add", [a, b])
    return add(project, "output", [joined])[0]


def _unused() -> Project:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    return add(project, "relu", [ids[0]])[0]


def _half_a_state() -> Project:
    project, x = add(Project(), "input", parameters={"shape": (9, 6)})
    project, first = add(project, "lstm", [x])
    project, second = add(project, "lstm", [x, (first, "h")], ports=["x", "h0"])
    return add(project, "output", [second])[0]


def _wrong_state() -> Project:
    project, x = add(Project(), "input", parameters={"shape": (9, 6)})
    project, first = add(project, "gru", [x], parameters={"hidden_size": 5})
    project, second = add(project, "gru", [x, (first, "h")], ports=["x", "h0"], parameters={"hidden_size": 7})
    return add(project, "output", [second])[0]


MISTAKES: dict[str, tuple[Callable[[], Project], str, str, str, bool]] = {
    # name: (drawing, code, expected, received, whether a fix mends it)
    "image into a vector": (
        lambda: chain(FLAT, ("conv2d", {}), ("output", {}))[0],
        "wrong_rank",
        "B × channels × height × width",
        "B × 16",
        True,
    ),
    "grey image without channel": (
        lambda: chain(("input", {"shape": (8, 8)}), ("conv2d", {}), ("output", {}))[0],
        "wrong_rank",
        "B × channels × height × width",
        "B × 8 × 8",
        True,
    ),
    "image into batch norm of vectors": (
        lambda: chain(IMAGE, ("batch_norm1d", {}), ("output", {}))[0],
        "wrong_rank",
        "B × features",
        "B × 3 × 8 × 8",
        True,
    ),
    "image used up by pooling": (
        lambda: chain(IMAGE, *([("max_pool2d", {})] * 4), ("output", {}))[0],
        "too_small",
        "at least 2 in height and width",
        "B × 3 × 1 × 1",
        True,
    ),
    "window wider than the image": (
        lambda: chain(IMAGE, ("conv2d", {"kernel_size": 11, "padding": 1}), ("output", {}))[0],
        "too_small",
        "at least 9 in height and width",
        "B × 3 × 8 × 8",
        True,
    ),
    "pooling padded too much": (
        lambda: chain(IMAGE, ("max_pool2d", {"kernel_size": 2, "padding": 2}), ("output", {}))[0],
        "padding_too_large",
        "at most 1",
        "2",
        True,
    ),
    "groups that do not divide": (
        lambda: chain(IMAGE, ("conv2d", {"groups": 2}), ("output", {}))[0],
        "not_divisible",
        "a divisor of 3",
        "2",
        True,
    ),
    "heads that do not divide": (
        lambda: _attention(6, 4),
        "not_divisible",
        "a divisor of 6",
        "4",
        True,
    ),
    "padding of the result beyond the stride": (
        lambda: chain(IMAGE, ("conv_transpose2d", {"output_padding": 2}), ("output", {}))[0],
        "too_much",
        "at most 1",
        "2",
        True,
    ),
    "dropout between layers of which there is one": (
        lambda: chain(SEQUENCE, ("gru", {"dropout": 0.5}), ("output", {}))[0],
        "no_effect",
        "0",
        "0.5",
        True,
    ),
    "words without embedding": (
        lambda: chain(("input", {"shape": (5,), "dtype": "int64"}), ("linear", {}), ("output", {}))[0],
        "wrong_dtype",
        "real numbers (float32)",
        "int64",
        True,
    ),
    "embedding of real numbers": (
        lambda: chain(FLAT, ("embedding", {}), ("output", {}))[0],
        "wrong_dtype",
        "whole numbers (int64)",
        "float32",
        False,
    ),
    "reshape to another count": (
        lambda: chain(FLAT, ("reshape", {"shape": (3, 5)}), ("output", {}))[0],
        "reshape",
        "sizes whose product is 16",
        "3, 5",
        True,
    ),
    "zero filters": (
        lambda: chain(IMAGE, ("conv2d", {"out_channels": 0}), ("output", {}))[0],
        "bad_parameter",
        "a whole number of at least 1",
        "0",
        True,
    ),
    "a text for a number": (
        lambda: chain(FLAT, ("linear", {"out_features": "many"}), ("output", {}))[0],
        "bad_parameter",
        "a whole number of at least 1",
        "“many”",
        True,
    ),
    "learning from the batch": (
        lambda: chain(SEQUENCE, ("flatten", {"start_dim": 0, "end_dim": -1}), ("linear", {}), ("output", {}))[
            0
        ],
        "batch_as_features",
        "a size of one sample",
        "54B",
        False,
    ),
    "an unknown parameter": (
        lambda: chain(FLAT, ("linear", {"colour": 3}), ("output", {}))[0],
        "unknown_parameter",
        "one of out_features, bias",
        "colour",
        True,
    ),
    "an expression outside a composite": (
        lambda: chain(FLAT, ("linear", {"out_features": Expression("2*width")}), ("output", {}))[0],
        "bad_expression",
        "a whole number of at least 1",
        "2*width",
        True,
    ),
    "softmax over a dimension that is not there": (
        lambda: chain(FLAT, ("softmax", {"dim": 5}), ("output", {}))[0],
        "no_such_dimension",
        "a whole number from -2 to 1",
        "5",
        True,
    ),
    "shapes that cannot be added": (
        lambda: _shapes_differ("add"),
        "shapes_differ",
        "B × 4 × 6",
        "B × 5 × 7",
        False,
    ),
    "shapes that cannot be joined": (
        lambda: _shapes_differ("concat"),
        "shapes_differ",
        "B × 4 × 6",
        "B × 5 × 7",
        False,
    ),
    "broadcast": (_broadcast, "broadcast", "B × 4 × 6", "B × 1 × 6", True),
    "mixed numbers": (_mixed, "mixed_dtypes", "float32", "int64", True),
    "two inputs of one name": (_doubled, "doubled_name", "a name of its own", "“x” twice", True),
    "a missing wire": (_missing_input, "missing_input", "a wire", "none", True),
    "a dead branch": (_unused, "unused", "a way to an Output", "none", True),
    "half a state": (_half_a_state, "missing_input", "a wire", "none", False),
    "a state of another size": (_wrong_state, "wrong_state", "1 × B × 7", "1 × B × 5", True),
    "no output": (lambda: chain(FLAT, ("linear", {}))[0], "no_output", "at least one Output", "none", False),
    "no input": (lambda: add(Project(), "output")[0], "no_input", "at least one Input", "none", False),
}


def _attention(features: int, heads: int) -> Project:
    project, x = add(Project(), "input", parameters={"shape": (9, features)})
    project, node = add(project, "multihead_attention", [x, x, x], ports=["query", "key", "value"])
    project = edits.set_parameters(project, MAIN, node, {"num_heads": heads})
    return add(project, "output", [node])[0]


def _problem(project: Project, code: str) -> Problem:
    found = {problem.code: problem for problem in analyse(project).problems}
    assert code in found, sorted(found)
    return found[code]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_expected_and_received(name: str) -> None:
    draw, code, expected, received, _ = MISTAKES[name]
    problem = _problem(draw(), code)
    assert str(problem.expected or "") == expected
    assert str(problem.received or "") == received
    assert isinstance(problem.message, Message)
    text = str(problem.message)
    assert text.endswith((".", "5.")), text
    assert "{" not in text
    assert not any(word in text for word in ("RuntimeError", "mat1", "Expected", "tensor(", "Given"))


@pytest.mark.parametrize("name", [name for name, mistake in MISTAKES.items() if mistake[4]])
def test_the_offered_fix_mends_it_with_one_click(name: str) -> None:
    draw, code, *_ = MISTAKES[name]
    project = draw()
    problem = _problem(project, code)
    assert problem.fixes
    mended = edits.apply_fix(project, MAIN, problem.fixes[0])
    left = [other for other in analyse(mended).problems if (other.code, other.node) == (code, problem.node)]
    assert left == []


def test_all_mistakes_of_a_graph_are_listed_at_once() -> None:
    project, ids = chain(
        FLAT, ("linear", {"out_features": 0}), ("relu", {}), ("linear", {"out_features": -3}), ("output", {})
    )
    project, stray = add(project, "conv2d")
    problems = analyse(project).problems
    assert {(problem.code, problem.node) for problem in problems} == {
        ("bad_parameter", ids[1]),
        ("bad_parameter", ids[3]),
        ("unused", stray),
    }


def test_a_stray_block_is_told_once_and_keeps_nothing_from_running() -> None:
    project, _ = chain(FLAT, ("linear", {}), ("output", {}))
    whole = analyse(project).parameters
    project, stray = add(project, "linear")
    project, behind = add(project, "relu", [stray])
    report = analyse(project)
    assert [(p.severity, p.code, p.node) for p in report.problems] == [
        ("warning", "unused", behind),
    ]
    assert report.ok
    assert report.parameters == whole
    assert build(project)(torch.zeros(2, 16)).shape == (2, 64)


def test_mistakes_of_a_stray_block_are_told_as_warnings() -> None:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    project, stray = add(project, "conv2d", parameters={"out_channels": 0})
    project, misfit = add(project, "conv2d", [ids[0]])
    report = analyse(project)
    assert {(p.severity, p.code, p.node) for p in report.problems} == {
        ("warning", "unused", stray),
        ("warning", "bad_parameter", stray),
        ("warning", "unused", misfit),
        ("warning", "wrong_rank", misfit),
    }
    build(project)(torch.zeros(2, 16))


def test_an_input_that_misses_on_the_way_to_an_output_is_an_error() -> None:
    project, ids = chain(FLAT, ("linear", {}), ("output", {}))
    project, feeding = add(project, "linear")
    project, joined = add(project, "add", [ids[1], feeding])
    project = edits.connect(project, MAIN, Endpoint(joined, "y"), Endpoint(ids[2], "x"))
    report = analyse(project)
    assert [(p.severity, p.code, p.node) for p in report.problems] == [("error", "missing_input", feeding)]


def test_an_input_without_use_still_needs_a_name_of_its_own() -> None:
    project, _ = chain(("input", {"shape": (16,)}), ("linear", {}), ("output", {}))
    project, _ = add(project, "input", name="x")
    found = [(p.severity, p.code) for p in analyse(project).problems]
    assert ("error", "doubled_name") in found


def test_while_there_is_no_output_every_loose_end_is_told() -> None:
    project, stray = add(Project(), "linear")
    found = {(p.severity, p.code, p.node) for p in analyse(project).problems}
    assert ("error", "missing_input", stray) in found


def test_a_node_behind_a_mistake_stays_silent() -> None:
    project, ids = chain(FLAT, ("linear", {"out_features": 0}), ("conv2d", {}), ("output", {}))
    assert [problem.node for problem in analyse(project).problems] == [ids[1]]


def test_a_mistake_inside_a_composite_is_told_where_it_is_used() -> None:

    ref = GraphRef("composite", "head")
    project = edits.set_composite(Project(), "head", Composite(Graph()))
    project, _ = chain(("input", {}), ("conv2d", {}), ("output", {}), ref=ref, project=project)
    project, x = add(project, "input", parameters={"shape": (16,)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="head")
    project, _ = add(wire(project, x, node), "output", [node])
    problem = _problem(project, "inside_composite")
    assert problem.node == node
    assert str(problem.message).startswith("Inside “head”, at “conv1”: This block takes B × channels")


def test_weights_of_a_bypassed_block_are_not_there_to_share() -> None:
    project, ids = chain(
        FLAT, ("linear", {"out_features": 16}), ("linear", {"out_features": 16}), ("output", {})
    )
    project = edits.change_node(project, MAIN, ids[2], shares=ids[1])
    project = edits.change_node(project, MAIN, ids[1], bypassed=True)
    problem = _problem(project, "cannot_share")
    assert (problem.node, str(problem.expected)) == (ids[2], "a block that takes part")
    assert [str(fix.label) for fix in problem.fixes] == [
        "Let “fc1” take part again",
        "Give “fc2” weights of its own",
    ]
    for fix in problem.fixes:
        assert analyse(edits.apply_fix(project, MAIN, fix)).errors == ()
