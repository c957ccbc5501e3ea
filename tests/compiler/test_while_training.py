"""What goes wrong only while training is told before: another shape than drawn, a division by nothing."""

from __future__ import annotations

import pytest

from studio.blocks import every
from studio.compiler import analyse
from studio.graph import Message
from studio.project import edits
from tests.compiler.mistaken import IMAGE, inp, meet, row
from tests.drawing import MAIN

NORMS = [block for block in every("block") if {"eps", "layer_norm_eps"} & set(block.parameters)]


@pytest.mark.parametrize("sizes", [(4,), (4, 1, 1), (5, 8)])
def test_a_variance_of_other_sizes_than_its_mean_is_told(sizes: tuple[int, ...]) -> None:
    project = meet("reparameterize", inp(8), inp(*sizes), ("mean", "logvar"))
    (problem,) = analyse(project).errors
    assert problem.code == "shapes_differ"
    assert str(problem.expected) == "B × 8"
    for fix in problem.fixes:
        assert analyse(edits.apply_fix(project, MAIN, fix)).errors == ()


def test_a_norm_keeps_its_division_safe() -> None:
    assert {"batch_norm1d", "batch_norm2d", "batch_norm3d", "layer_norm"} <= {block.type for block in NORMS}
    project = row(IMAGE, ("batch_norm2d", {"eps": 0.0}))
    (problem,) = analyse(project).problems
    assert (problem.code, problem.parameter, str(problem.received)) == ("bad_parameter", "eps", "0")
    assert problem.expected == Message("{what} of at least {low}", what=Message("a number"), low="1e-12")
    assert analyse(edits.apply_fix(project, MAIN, problem.fixes[0])).problems == ()
