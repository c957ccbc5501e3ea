"""Blocks that do not fit what arrives: each says which size, place or part is wrong, and a click mends it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studio.compiler import analyse
from studio.graph import Value
from studio.project import Project, edits
from tests.compiler.mistaken import FLAT, IMAGE, SEQUENCE, TWO, inp, meet, row
from tests.drawing import MAIN, add, chain, wire

DECODER = ("tgt", "memory")

# What does not fit: (drawing, code, expected, received, the mend's label or nothing).
REASONS: dict[str, tuple[Callable[[], Project], str, str, str, str]] = {
    "channels for a larger picture": (
        lambda: row(inp(36, 4, 4), ("pixel_shuffle", {"upscale_factor": 5})),
        "not_a_multiple",
        "a multiple of 25",
        "36",
        "Set Upscale factor to 3",
    ),
    "channels for no larger picture": (
        lambda: row(IMAGE, "pixel_shuffle"),
        "not_a_multiple",
        "a multiple of 4",
        "3",
        "",
    ),
    "sides of a smaller picture": (
        lambda: row(inp(3, 9, 6), ("pixel_unshuffle", {"downscale_factor": 4})),
        "not_a_multiple",
        "a multiple of 4",
        "9",
        "Set Downscale factor to 3",
    ),
    "an odd number to halve": (lambda: row(inp(7), "glu"), "not_a_multiple", "a multiple of 2", "7", ""),
    "an odd number to turn": (
        lambda: row(inp(9, 15), "rotary"),
        "not_a_multiple",
        "a multiple of 2",
        "15",
        "",
    ),
    "a place twice": (
        lambda: row(IMAGE, ("permute", {"dims": (1, 1, 2)})),
        "bad_order",
        "an order of 1, 2, 3",
        "1, 1, 2",
        "Set Dims to 3, 2, 1",
    ),
    "an order that moves the batch": (
        lambda: row(SEQUENCE, ("permute", {"dims": (1, 0, 2)})),
        "bad_order",
        "an order of 1, 2",
        "1, 0, 2",
        "Set Dims to 2, 1",
    ),
    "an order with the batch, as torch writes it": (
        lambda: row(IMAGE, ("permute", {"dims": (0, 2, 3, 1)})),
        "bad_order",
        "an order of 1, 2, 3",
        "0, 2, 3, 1",
        "Set Dims to 2, 3, 1",
    ),
    "an order counted from 0": (
        lambda: row(IMAGE, ("permute", {"dims": (1, 2, 0)})),
        "bad_order",
        "an order of 1, 2, 3",
        "1, 2, 0",
        "Set Dims to 2, 3, 1",
    ),
    "an order counted from the end": (
        lambda: row(IMAGE, ("permute", {"dims": (-1, 1, 2)})),
        "bad_order",
        "an order of 1, 2, 3",
        "-1, 1, 2",
        "Set Dims to 3, 1, 2",
    ),
    "a padding number that is no word": (
        lambda: row(inp(5, dtype="int64"), ("embedding", {"num_embeddings": 10, "padding_idx": 12})),
        "out_of_range",
        "a whole number from 0 to 9",
        "12",
        "Set Padding idx to 0",
    ),
    "parts beyond the whole": (
        lambda: row(FLAT, ("split", {"split_size_or_sections": (20, 4)})),
        "parts_do_not_add_up",
        "sizes whose sum is 16",
        "20, 4",
        "",
    ),
    "a fold that does not fill": (
        lambda: row(inp(30), ("unflatten", {"unflattened_size": (5, 7)})),
        "reshape",
        "sizes whose product is 30",
        "5, 7",
        "Set Sizes to 5, 6",
    ),
    "a mean over a dimension that is not there": (
        lambda: row(IMAGE, ("mean", {"dim": (1, 7)})),
        "no_such_dimension",
        "a whole number from -4 to 3",
        "7",
        "Set Dimensions to 1",
    ),
    "a mirror beyond the picture": (
        lambda: row(inp(3, 4, 4), ("reflection_pad2d", {"padding": 5})),
        "padding_too_large",
        "at most 3",
        "5",
        "Set Padding to 3",
    ),
    "rows and columns": (
        lambda: meet("matmul", inp(3, 4), inp(5, 6), TWO),
        "feature_mismatch",
        "4",
        "5",
        "",
    ),
    "pairs of points": (
        lambda: meet("cdist", inp(3, 4), inp(5, 6), TWO),
        "feature_mismatch",
        "4",
        "6",
        "Insert a Linear to 4 features",
    ),
    "a memory of other features": (
        lambda: meet("transformer_decoder_layer", inp(9, 8), inp(9, 6), DECODER),
        "feature_mismatch",
        "8",
        "6",
        "Insert a Linear to 8 features",
    ),
    "a stack of unequal shapes": (
        lambda: meet("stack", inp(3, 4), inp(5, 6), ("x", "x")),
        "shapes_differ",
        "B × 3 × 4",
        "B × 5 × 6",
        "",
    ),
    "filters far apart": (
        lambda: row(IMAGE, ("conv2d", {"dilation": 4})),
        "too_small",
        "at least 9 in height and width",
        "B × 3 × 8 × 8",
        "Set Dilation to 3",
    ),
    "filters far apart along one side": (
        lambda: row(IMAGE, ("conv2d", {"dilation": (1, 4)})),
        "too_small",
        "at least 9 in height and width",
        "B × 3 × 8 × 8",
        "Set Dilation to 1, 3",
    ),
    "a long filter for a signal": (
        lambda: row(inp(3, 4), ("conv1d", {"kernel_size": 6})),
        "too_small",
        "at least 6 in length",
        "B × 3 × 4",
        "Set Kernel size to 4",
    ),
    "patches far apart": (
        lambda: row(IMAGE, ("unfold", {"dilation": 4})),
        "too_small",
        "at least 9 in height and width",
        "B × 3 × 8 × 8",
        "Set Dilation to 3",
    ),
    "a mirror around a small picture": (
        lambda: row(IMAGE, ("conv2d", {"padding": 9, "padding_mode": "reflect"})),
        "padding_too_large",
        "at most 7",
        "9",
        "Set Padding mode to “zeros”",
    ),
    "all of it cut off": (
        lambda: row(IMAGE, ("conv_transpose2d", {"padding": 20})),
        "padding_too_large",
        "at most 8",
        "20",
        "Set Padding to 8",
    ),
    "more random windows than there is room": (
        lambda: row(IMAGE, ("fractional_max_pool2d", {"output_size": 9})),
        "too_small",
        "at least 11 in height and width",
        "B × 3 × 8 × 8",
        "Set Output size to 6",
    ),
    "a dimension to swap that is not there": (
        lambda: row(SEQUENCE, ("transpose", {"dim1": 3})),
        "no_such_dimension",
        "a whole number from -3 to 2",
        "3",
        "Set Second dimension to -1",
    ),
    "a dimension to reverse that is not there": (
        lambda: row(SEQUENCE, ("flip", {"dims": (1, 4)})),
        "no_such_dimension",
        "a whole number from -3 to 2",
        "4",
        "Set Dimensions to 1",
    ),
    "a dimension to shift that is not there": (
        lambda: row(SEQUENCE, ("roll", {"dims": 3})),
        "no_such_dimension",
        "a whole number from -3 to 2",
        "3",
        "Set Dimension to -1",
    ),
    "joined from the end": (
        lambda: row(SEQUENCE, ("flatten", {"start_dim": 2, "end_dim": 1})),
        "bad_order",
        "at least 2",
        "1",
        "Set End dim to -1",
    ),
    "slopes that cross": (
        lambda: row(FLAT, ("rrelu", {"lower": 0.5})),
        "bounds_crossed",
        "at least 0.5",
        "0.3333",
        "Set Upper to 0.5",
    ),
    "groups of one number": (
        lambda: row(inp(8), "group_norm"),
        "nothing_to_normalise",
        "at most 4",
        "8",
        "Set Num groups to 4",
    ),
    "groups that divide one of two": (
        lambda: row(inp(6, 5, 5), ("conv_transpose2d", {"groups": 6})),
        "not_divisible",
        "a divisor of 32",
        "6",
        "Set Groups to 2",
    ),
    "the larger of unlike tensors": (
        lambda: meet("maximum", inp(3, 4), inp(5, 4), TWO),
        "shapes_differ",
        "B × 3 × 4",
        "B × 5 × 4",
        "Insert a Conv1d to 5 channels",
    ),
    "pairs of unlike places": (
        lambda: meet("bilinear", inp(4, 6), inp(3, 6), TWO),
        "shapes_differ",
        "B × 4 × 6",
        "B × 3 × 6",
        "Insert a Conv1d to 4 channels",
    ),
    "distances of unlike places": (
        lambda: meet("pairwise_distance", inp(4, 6), inp(3, 6), TWO),
        "shapes_differ",
        "B × 4 × 6",
        "B × 3 × 6",
        "Insert a Conv1d to 4 channels",
    ),
    "matrices of unlike number": (
        lambda: meet("matmul", inp(3, 4, 5), inp(2, 5, 6), TWO),
        "shapes_differ",
        "B × 3 × 5 × 6",
        "B × 2 × 5 × 6",
        "",
    ),
    "letters of unlike size": (
        lambda: meet("einsum", inp(5, 8), inp(6, 7), TWO),
        "shapes_differ",
        "B × 6 × 8",
        "B × 6 × 7",
        "Insert a Linear to 8 features",
    ),
    "letters for other dimensions": (
        lambda: meet("einsum", inp(5, 8), inp(7), TWO),
        "bad_equation",
        "3 dimensions",
        "B × 7",
        "Set Equation to “bcd,be->bcde”",
    ),
    "a picture smaller than its frame": (
        lambda: meet("crop_to", inp(4, 6, 6), inp(4, 8, 8), ("x", "like")),
        "too_small",
        "at least 8, 8 in height and width",
        "B × 4 × 6 × 6",
        "Insert Resize to 8, 8",
    ),
    "unlike pictures side by side": (
        lambda: meet("concat", inp(8, 4, 4), inp(5, 6, 6), ("x", "x")),
        "shapes_differ",
        "B × 8 × 4 × 4",
        "B × 5 × 6 × 6",
        "Insert Resize to 4, 4",
    ),
    "a weight for each channel": (
        lambda: meet("multiply", inp(8), inp(8, 4, 4), ("x", "x")),
        "shapes_differ",
        "B × 8",
        "B × 8 × 4 × 4",
        "Insert Reshape to 8, 1, 1",
    ),
    "as many numbers in another form": (
        lambda: meet("add", inp(2, 4), inp(8), ("x", "x")),
        "shapes_differ",
        "B × 2 × 4",
        "B × 8",
        "Insert Reshape to 2, 4",
    ),
    "windows of other sizes": (
        lambda: row(inp(10, 16), "fold"),
        "not_a_multiple",
        "a multiple of 4",
        "10",
        "",
    ),
    "a vector for a signal": (
        lambda: row(FLAT, "conv1d"),
        "wrong_rank",
        "B × 2 sizes, such as channels × length or time × features",
        "B × 16",
        "Insert Unsqueeze",
    ),
    "a vector for a sequence": (
        lambda: row(FLAT, "gru"),
        "wrong_rank",
        "B × 2 sizes, such as channels × length or time × features",
        "B × 16",
        "Insert Unsqueeze",
    ),
    "a table for fractions": (
        lambda: row(inp(5), "embedding"),
        "wrong_dtype",
        "whole numbers (int64)",
        "float32",
        "Set “x” to int64",
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_what_does_not_fit_is_said_and_mended(name: str) -> None:
    draw, code, expected, received, label = REASONS[name]
    project = draw()
    (problem,) = analyse(project).problems
    assert (problem.severity, problem.code) == ("error", code)
    assert (str(problem.expected), str(problem.received)) == (expected, received)
    assert str(problem.fixes[0].label if problem.fixes else "") == label
    for fix in problem.fixes:
        assert analyse(edits.apply_fix(project, MAIN, fix)).problems == ()


def test_words_are_embedded_or_taken_for_numbers() -> None:
    project = row(inp(5, dtype="int64"), "linear")
    (problem,) = analyse(project).problems
    assert [str(fix.label) for fix in problem.fixes] == ["Insert Embedding", "Set “x” to float32"]
    for fix in problem.fixes:
        assert analyse(edits.apply_fix(project, MAIN, fix)).problems == ()


def test_several_inputs_that_hold_fractions_are_set_apart() -> None:
    project, ids = chain(SEQUENCE, ("select", {}), ("relu", {}), ("output", {}))
    project, table = add(project, "embedding", [ids[2]])
    project, _ = add(project, "output", [table], name="second")
    (problem,) = analyse(project).problems
    assert (problem.code, problem.fixes) == ("wrong_dtype", ())  # no Input stands right before it


@pytest.mark.parametrize(
    ("kind", "parameters", "join", "label"),
    [
        ("linear", {"out_features": 8}, "add", "Set Out features of “fc1” to 6"),
        ("conv2d", {"out_channels": 8, "kernel_size": 1}, "add", "Set Out channels of “conv1” to 3"),
        ("conv2d", {"out_channels": 1, "kernel_size": 1}, "add", "Set Out channels of “conv1” to 3"),
    ],
)
def test_the_block_before_is_set_to_the_width_that_it_meets(
    kind: str, parameters: dict[str, Value], join: str, label: str
) -> None:
    arrives = SEQUENCE if kind == "linear" else IMAGE
    project, ids = chain(arrives, (kind, parameters), (join, {}), ("output", {}))
    project = wire(project, ids[0], ids[2])
    (problem,) = analyse(project).problems
    assert str(problem.fixes[0].label) == label
    assert problem.fixes[0].node == ids[1]
    for fix in problem.fixes:
        assert analyse(edits.apply_fix(project, MAIN, fix)).problems == ()


def test_a_block_that_feeds_others_keeps_its_width() -> None:
    project, ids = chain(SEQUENCE, ("linear", {"out_features": 8}), ("add", {}), ("output", {}))
    project = wire(project, ids[0], ids[2])
    project, _ = add(project, "output", [ids[1]], name="second")
    (problem,) = analyse(project).problems
    assert [str(fix.label) for fix in problem.fixes] == ["Insert a Linear to 8 features"]
    assert analyse(edits.apply_fix(project, MAIN, problem.fixes[0])).problems == ()


def test_values_come_from_where_their_keys_come_from() -> None:
    project, ids = Project(), []
    for name, sizes in (("words", (9, 8)), ("memory", (7, 8))):
        project, node = add(project, "input", name=name, parameters={"shape": sizes})
        ids.append(node)
    project, node = add(
        project, "multihead_attention", [ids[0], ids[1], ids[0]], ports=["query", "key", "value"]
    )
    project, _ = add(project, "output", [node])
    (problem,) = analyse(project).problems
    assert (problem.code, problem.port) == ("shapes_differ", "value")
    assert (str(problem.expected), str(problem.received)) == ("B × 7 × 8", "B × 9 × 8")
    (fix,) = problem.fixes
    assert str(fix.label) == "Connect “memory” to “value” of “multihead_attention1”"
    assert analyse(edits.apply_fix(project, MAIN, fix)).problems == ()


def test_a_new_dimension_may_stand_behind_all_others() -> None:
    report = analyse(row(FLAT, ("unsqueeze", {"dim": 2})))
    assert (report.problems, [str(one) for one in report.outputs.values()]) == ((), ["B × 16 × 1"])
