"""Draws blocks whose sizes and parameters do not go together, each as a beginner makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from studio.blocks import block, input_port
from studio.blocks.declare import registered, restore
from studio.graph import Value
from studio.project import Project
from tests.compiler.mistaken import FLAT, IMAGE, SEQUENCE, TWO, Mistake, inp, meet, row, same_name
from tests.drawing import add

LONELY = "test.pdist"
"""A block whose refusals have no words of their own, as one of a package may be."""


@contextmanager
def lonely() -> Iterator[None]:
    """Declare that block for a while."""
    known = registered()

    @block("torch.pdist", type=LONELY, group="distance", call="function", title="All distances")
    class Distances:
        """Give the distance of each row from each other."""

        x: object = input_port("Rows.", dtype="float")

    try:
        yield
    finally:
        restore(known)


def arriving(kind: str, sizes: Mapping[str, tuple[int, ...]], **parameters: Value) -> Project:
    """Draw a block with an Input of some sizes at each of its ports, named after it."""
    project, ids = Project(), []
    for port, shape in sizes.items():
        project, node = add(project, "input", name=port, parameters={"shape": shape})
        ids.append(node)
    project, node = add(project, kind, ids, ports=list(sizes), parameters=parameters)
    return add(project, "output", [node])[0]


def attention(mask: tuple[int, ...], value: int = 7) -> Project:
    sizes = {"query": (9, 8), "key": (7, 8), "value": (value, 8), "attn_mask": mask}
    return arriving("attention", sizes)


MISFITS: dict[str, Mistake] = {
    "same_name": Mistake(
        same_name,
        "conv2d_2",
        "",
        "Another block is named “conv1” too: in the code and in saved weights this one is called “conv1_2”."
        " Give it a name of its own.",
        "Rename it to “conv2”",
    ),
    "same_steps": Mistake(
        lambda: row(IMAGE, ("conv2d", {"padding": "same", "stride": 2})),
        "conv2d_1",
        "stride",
        "Padding to the same size works with steps of 1 only.",
        "Set Stride to 1",
    ),
    "bad_lengths": Mistake(
        lambda: row(inp(16, 8, sizes="B"), "gru"),
        "input_1",
        "open",
        "“B” cannot be the name of a length. Take letters and digits, such as T, or 16H for multiples of 16;"
        " B is the batch.",
        "",
    ),
    "length_as_features": Mistake(
        lambda: row(inp(16, 8, sizes="T"), "flatten", ("linear", {})),
        "linear_1",
        "x",
        "“Linear” learns weights for each of the sizes that follow T, and T differs from batch to batch;"
        " B × 8T arrives. Let the Input keep T as it is, or take a mean over it before.",
        "Keep the sizes of “x” as they are",
    ),
    "fixed_length": Mistake(
        lambda: row(inp(16, 8, sizes="T"), ("reshape", {"shape": (8, 16)})),
        "reshape_1",
        "x",
        "“Reshape” does not take B × T × 8 for every T: its own sizes were chosen for one length. Let the"
        " Input keep T as it is, or take a block that any length suits, such as a mean over it or an adaptive"
        " pooling.",
        "Keep the sizes of “x” as they are",
    ),
    "bounds_crossed": Mistake(
        lambda: row(FLAT, ("hardtanh", {"min_val": 2.0})),
        "hardtanh_1",
        "max_val",
        "The upper bound must lie above the lower one.",
        "Set Greatest to 3",
    ),
    "dimension_twice": Mistake(
        lambda: row(SEQUENCE, ("mean", {"dim": (2, -1)})),
        "mean_1",
        "dim",
        "2, -1 names one dimension twice: what arrives has 3, and -1 is 2, the last.",
        "Set Dimensions to 2",
    ),
    "splits_batch": Mistake(
        lambda: row(FLAT, ("glu", {"dim": 0})),
        "glu_1",
        "dim",
        "“glu1” would halve dimension 0, which is the batch and may be of any size.",
        "Set Dim to -1",
    ),
    "wrong_mask": Mistake(
        lambda: attention((9, 9)),
        "attention_1",
        "attn_mask",
        "The mask at “attn_mask” must be 9 × 7, and B × 9 × 9 arrives.",
        "Remove the wire",
    ),
    "wrong_state": Mistake(
        lambda: arriving("gru_cell", {"x": (8,), "h": (7,)}),
        "gru_cell_1",
        "h",
        "The state that arrives at “h” of “gru_cell1” must be B × 32, and B × 7 arrives. Give both"
        " blocks states of one size.",
        "Set Hidden size to 7",
    ),
    "wrong_places": Mistake(
        lambda: meet("gather", inp(9, 6), inp(9, dtype="int64"), ("x", "index"), dim=2),
        "gather_1",
        "index",
        "The places must have as many dimensions as B × 9 × 6, and no size but that of dimension 2 may be"
        " larger; B × 9 arrives.",
        "Insert Unsqueeze",
    ),
    "wrong_count": Mistake(
        lambda: row(inp(12, 25), "fold"),
        "fold_1",
        "x",
        "An image of 8 is made of 16 windows, and B × 12 × 25 has 25.",
        "Set Output size to 10",
    ),
    "bad_equation": Mistake(
        lambda: meet("einsum", inp(3, 4), inp(5, 4), TWO, equation="bif,bjf->bxy"),
        "einsum_1",
        "equation",
        "“bif,bjf->bxy” is no equation for 2 tensors. Write a letter for each dimension of each, with commas"
        " between them, then -> and letters of these for the result.",
        "Set Equation to “bcd,bef->bcdef”",
    ),
    "does_not_fit": Mistake(
        lambda: row(IMAGE, LONELY),
        f"{LONELY}_1",
        "x",
        "“All distances” cannot work on B × 3 × 8 × 8 with these parameters. Check its sizes.",
    ),
}
"""Code to mistake."""
