"""Receptive fields against what gradients show: every place of every block, and random chains of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from studio.blocks import Block, every
from studio.compiler import Analyser, build
from studio.compiler.dimensions import labels
from studio.compiler.receptive import Field, Seen, field_of, fields
from studio.compiler.windows import Line
from studio.graph import Graph, Value
from studio.project import Composite, GraphRef, Project, edits
from tests.drawing import CNN, MAIN, add, chain, wire


def seen(project: Project, node: str, port: str = "y", ref: GraphRef = MAIN) -> Seen | None:
    """Give what an output sees."""
    walk = Analyser().walk(project, ref)
    assert not [problem for problem in walk.problems if problem.severity == "error"]
    return fields(walk, labels(walk)).get((node, port))


def field(project: Project, node: str, port: str = "y", ref: GraphRef = MAIN) -> Field | None:
    found = seen(project, node, port, ref)
    return field_of(found) if found is not None else None


def reached(
    module: nn.Module, shape: tuple[int, ...], draws: int = 1
) -> dict[tuple[int, ...], list[set[int]]]:
    """Give the places of the input that have a gradient at places of the output, along each dimension.

    The channels stand second in both; weights are made positive, so that no two gradients cancel. About two
    dozen places are looked at, in no regular order.
    """
    for parameter in module.parameters():
        parameter.data.abs_().add_(0.1)
    module.eval()
    found: dict[tuple[int, ...], list[set[int]]] = {}
    for draw in range(draws):
        generator = torch.Generator().manual_seed(draw)
        data = torch.randn((1, *shape), generator=generator).requires_grad_()
        output = module(data)
        places = list(itertools.product(*map(range, output.shape[2:])))
        for at in places if len(places) < 40 else random.Random(0).sample(places, 24):
            there = output[(slice(None), slice(None), *at)].sum()
            (gradient,) = torch.autograd.grad(there, data, retain_graph=True)
            hits = (gradient.abs() > 1e-6).nonzero()
            sets = found.setdefault(at, [set() for _ in shape[1:]])
            for dim in range(len(shape) - 1):
                sets[dim] |= {int(index) for index in hits[:, dim + 2]}
    return found


MOVES = "upsample upsample1d upsample3d resize pixel_shuffle pixel_unshuffle crop_to slice repeat".split()
RANDOM = ("fractional_max_pool2d", "fractional_max_pool3d")
WINDOWED = [
    block
    for block in every()
    if block.group in ("convolution", "pooling", "padding") or block.type in MOVES
    if block.type not in RANDOM
]
ODD: dict[str, dict[str, Value]] = {
    "resize": {"size": (6, 17)},
    "slice": {"dim": 3, "start": -5, "step": 2},
    "repeat": {"dim": 2, "repeats": 3},
    "upsample": {"mode": "bicubic"},
    "upsample1d": {"mode": "linear", "scale_factor": 3},
    **{f"adaptive_{kind}_pool{dims}d": {"output_size": 4} for kind in ("avg", "max") for dims in (1, 2, 3)},
    **{f"zero_pad{dims}d": {"padding": tuple(range(2 * dims))} for dims in (1, 2, 3)},
}
"""Parameters that tell more than the defaults."""


@pytest.mark.parametrize("block", WINDOWED, ids=lambda block: block.type)
def test_what_a_block_is_said_to_see_is_what_gradients_reach(block: Block) -> None:
    rank = (block.inputs[0].rank or (4,))[0]
    shape = {3: (4, 13), 4: (4, 10, 8), 5: (2, 6, 6, 6)}[rank]
    project, x = add(Project(), "input", name="x", parameters={"shape": shape})
    # A convolution before tells the Input's dimensions, and shows that fields go through each other.
    first = {"out_channels": shape[0], "kernel_size": 1}
    project, before = add(project, f"conv{rank - 2}d", [x], parameters=first)
    feeding: list[str | tuple[str, str]] = [before]
    if "unpool" in block.type:
        project, pooled = add(project, block.type.replace("unpool", "pool") + "_places", [before])
        feeding = [(pooled, "y"), (pooled, "places")]
    if block.type == "crop_to":
        project, small = add(project, "avg_pool2d", [before], parameters={"stride": 1, "kernel_size": (4, 3)})
        feeding = [before, small]
    ports = [port.name for port in block.inputs[: len(feeding)]]
    project, node = add(project, block.type, feeding, ports=ports, parameters=ODD.get(block.type))
    project, _ = add(project, "output", [node])
    found = seen(project, node)
    assert found is not None
    axes = found.inputs["x"]
    assert [axis.at for axis in axes] == list(range(2, rank))
    # Only some of a max-pooling's window has a gradient each time.
    real = reached(build(project, seed=0), shape, 30 if "max" in block.type else 1)
    inside = 0
    for at, sets in real.items():
        ends = [axis.line.at(at[dim]) for dim, axis in enumerate(axes) if axis.line is not None]
        assert len(ends) == len(axes)
        if all(0 <= first <= last < size for (first, last), size in zip(ends, shape[1:], strict=True)):
            inside += 1
            if "unpool" in block.type:  # which place is the largest matters too, and has no gradient
                assert all(
                    one <= {*range(first, last + 1)} for one, (first, last) in zip(sets, ends, strict=True)
                )
                continue
            assert sets == [set(range(first, last + 1)) for first, last in ends], at
    assert inside > 0


def test_every_block_that_slides_is_known() -> None:
    assert {block.type for block in WINDOWED} >= {"conv2d", "max_unpool2d", "zero_pad2d", "resize"}
    assert len(WINDOWED) > 45
    project, ids = chain(("input", {"shape": (4, 9, 9)}), ("fractional_max_pool2d", {}), ("output", {}))
    assert seen(project, ids[1]) is None  # its windows are drawn at random


# -- chains ---------------------------------------------------------------------------------------------


def _transposed(more: int, stride: int, padding: int) -> tuple[str, dict[str, Value]]:
    kernel = stride + more  # a shorter filter leaves places that see nothing
    return "conv_transpose1d", {
        "kernel_size": kernel,
        "stride": stride,
        "padding": min(padding, kernel - 1),
        "out_channels": 2,
    }


few = st.integers(1, 3)
LAYERS = st.one_of(
    st.builds(
        lambda kernel, stride, padding, dilation: (
            "conv1d",
            {
                "kernel_size": kernel,
                "stride": stride,
                "padding": padding,
                "dilation": dilation,
                "out_channels": 2,
            },
        ),
        st.integers(1, 4),
        few,
        st.integers(0, 2),
        st.integers(1, 2),
    ),
    st.builds(lambda kernel, stride: ("avg_pool1d", {"kernel_size": kernel, "stride": stride}), few, few),
    st.builds(_transposed, st.integers(0, 2), few, st.integers(0, 2)),
    st.builds(
        lambda times, mode: ("upsample1d", {"scale_factor": times, "mode": mode}),
        few,
        st.sampled_from(["nearest", "linear"]),
    ),
    st.builds(lambda size: ("adaptive_avg_pool1d", {"output_size": size}), st.integers(2, 6)),
    st.builds(lambda left, right: ("zero_pad1d", {"padding": (left, right)}), few, few),
    st.builds(lambda start, step: ("slice", {"dim": 2, "start": start, "step": step}), few, few),
)


@given(st.lists(LAYERS, min_size=1, max_size=3))
def test_fields_of_chains_are_exact_at_every_place(drawn: list[tuple[str, Mapping[str, Value]]]) -> None:
    shape = (2, 240)
    project, ids = chain(
        ("input", {"shape": shape}), ("conv1d", {"kernel_size": 1, "out_channels": 2}), *drawn, ("output", {})
    )
    if not Analyser().analyse(project).ok:
        return  # a size went to zero
    found = seen(project, ids[-2])
    assert found is not None
    (axis,) = found.inputs["x"]
    assert axis.line is not None
    for (place,), (sets,) in reached(build(project, seed=0), shape).items():
        first, last = axis.line.at(place)
        assert sets <= set(range(first, last + 1))
        if 80 <= first <= last < 160:  # far from where a layer between cuts off or pads
            assert (min(sets), max(sets)) == (first, last)


def test_the_articles_network_sees_ten_pixels_every_four_and_then_everything() -> None:
    project, ids = chain(*CNN)
    found = [field(project, key) for key in ids[:-1]]
    told = [(one.sizes, one.jumps, one.whole) for one in found if one is not None]
    assert told[:8] == [
        ((1, 1), (1, 1), False),
        ((3, 3), (1, 1), False),
        ((3, 3), (1, 1), False),
        ((4, 4), (2, 2), False),
        ((8, 8), (2, 2), False),
        ((8, 8), (2, 2), False),
        ((10, 10), (4, 4), False),
        ((28, 28), (None, None), True),
    ]
    assert all(one[2] for one in told[7:])
    assert len(told) == len(ids) - 1


def test_a_skip_sees_what_both_its_ways_see() -> None:
    project, x = add(Project(), "input", name="x", parameters={"shape": (4, 32, 32)})
    same: dict[str, Value] = {"out_channels": 4, "padding": 1}
    project, a = add(project, "conv2d", [x], parameters=same)
    project, b = add(project, "conv2d", [a], parameters=same)
    project, joined = add(project, "add", [b, x])
    project, shrunk = add(project, "max_pool2d", [joined])
    project, deep = add(project, "conv2d", [shrunk], parameters=same)
    project, back = add(project, "upsample", [deep])
    project, level = add(project, "concat", [back, joined])
    project, last = add(project, "conv2d", [level], parameters=same)
    project, _ = add(project, "output", [last])
    assert [field(project, key).sizes[0] for key in (joined, deep, level, last)] == [5, 10, 10, 12]  # type: ignore[union-attr]
    assert field(project, last).jumps == (1, 1)  # type: ignore[union-attr]
    real = reached(build(project, seed=0), (4, 32, 32), 1)
    axes = seen(project, last).inputs["x"]  # type: ignore[union-attr]
    assert {axis.line.size for axis in axes if axis.line is not None} == {12}
    assert max(len(sets[0]) for sets in real.values()) <= 12


def test_fields_go_through_composites_and_their_repetitions() -> None:
    ref = GraphRef("composite", "block")
    project = edits.set_composite(Project(), "block", Composite(Graph()))
    project, inner = chain(
        ("input", {"shape": (4, 16, 16)}),
        ("conv2d", {"out_channels": 4, "padding": 1}),
        ("conv2d", {"out_channels": 4, "padding": 1}),
        ("output", {}),
        ref=ref,
        project=project,
    )
    project, x = add(project, "input", name="picture", parameters={"shape": (4, 16, 16)})
    project, node = edits.add_node(project, MAIN, "composite", (0, 0), composite="block")
    project = edits.change_node(wire(project, x, node), MAIN, node, repeat=3)
    project, _ = add(project, "output", [node])
    found = field(project, node)
    assert found == Field("picture", (13, 13), (Fraction(1), Fraction(1)), False)
    own = field(project, inner[2], ref=ref)
    assert own is not None
    assert own.sizes == (5, 5)


def test_vectors_are_seen_whole_behind_a_linear_and_sequences_have_no_field() -> None:
    project, ids = chain(("input", {"shape": (16,)}), ("relu", {}), ("linear", {}), ("output", {}))
    assert field(project, ids[1]) == Field("x", (1,), (Fraction(1),), False)
    assert field(project, ids[2]) == Field("x", (16,), (None,), True)
    drawn: list[tuple[tuple[str, Mapping[str, Value]], ...]] = [
        (("input", {"shape": (12, 8)}), ("lstm", {}), ("select", {}), ("linear", {}), ("output", {})),
        (("input", {"shape": (12, 8)}), ("transformer_encoder_layer", {}), ("output", {})),
        (("input", {"shape": (12,), "dtype": "int64"}), ("embedding", {}), ("output", {})),
    ]
    for layers in drawn:
        project, ids = chain(*layers)
        assert [field(project, key) for key in ids[:-1]] == [None] * (len(ids) - 1)


def test_a_mean_over_places_sees_everything_and_dimensions_are_followed_when_they_move() -> None:
    project, ids = chain(
        ("input", {"shape": (4, 16, 12)}),
        ("conv2d", {"out_channels": 4}),
        ("permute", {"dims": (2, 3, 1)}),
        ("layer_norm", {}),
        ("linear", {"out_features": 4}),
        ("permute", {"dims": (3, 1, 2)}),
        ("conv2d", {"out_channels": 4, "kernel_size": (3, 1)}),
        ("mean", {"dim": (3,)}),
        ("mean", {"dim": (2,)}),
        ("output", {}),
    )
    told = [field(project, key) for key in ids[4:9]]
    assert [one.sizes for one in told if one is not None] == [(3, 3), (3, 3), (5, 3), (5, 12), (16, 12)]
    assert [one.whole for one in told if one is not None] == [False] * 4 + [True]


def test_the_input_of_which_most_is_seen_is_told() -> None:
    project, a = add(Project(), "input", name="near", parameters={"shape": (4, 16, 16)})
    project, b = add(project, "input", name="far", parameters={"shape": (4, 16, 16)})
    project, one = add(project, "conv2d", [a], parameters={"out_channels": 4, "padding": 1})
    project, two = add(project, "conv2d", [b], parameters={"out_channels": 4, "kernel_size": 5, "padding": 2})
    project, joined = add(project, "add", [one, two])
    project, _ = add(project, "output", [joined])
    found = field(project, joined)
    assert found is not None
    assert (found.source, found.sizes) == ("far", (5, 5))


def test_lines_of_too_long_a_period_are_given_up() -> None:
    assert Line(((0, 0),) * 4096, 1).then(Line(((0, 0), (0, 0)), 1)) is None
    assert Line(((0, 0),) * 2, 1).joined(Line()) is None


def test_ways_that_look_to_different_sides_see_both_sides_together() -> None:
    project, x = add(Project(), "input", name="x", parameters={"shape": (2, 30)})
    ends = []
    for left, right in ((4, 0), (0, 4)):
        project, padded = add(project, "zero_pad1d", [x], parameters={"padding": (left, right)})
        project, way = add(project, "conv1d", [padded], parameters={"kernel_size": 5, "out_channels": 2})
        ends.append(way)
    project, joined = add(project, "add", ends)
    project, _ = add(project, "output", [joined])
    assert [field(project, key).sizes for key in (*ends, joined)] == [(5,), (5,), (9,)]  # type: ignore[union-attr]
    real = reached(build(project, seed=0), (2, 30))
    assert real[15,] == [set(range(11, 20))]
    (axis,) = seen(project, joined).inputs["x"]  # type: ignore[union-attr]
    assert axis.line is not None
    assert axis.line.at(15) == (11, 19)
