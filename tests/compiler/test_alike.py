"""What is known of a block from other sizes is what is found when it is measured for its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.blocks import find
from studio.compiler.alike import BY_CHANNEL, BY_NUMBER, BY_ROW, alike
from studio.compiler.measure import measure
from studio.compiler.tensors import BATCH, Dim, Tensor
from studio.graph import Value

SPECIAL: dict[str, dict[str, list[Value]]] = {
    "linear": {"out_features": [1, 2, 39], "bias": [True, False]},
    "dropout": {"p": [0.0, 0.3, 1.0], "inplace": [False]},
    "gelu": {"approximate": ["none", "tanh"]},
    "batch_norm1d": {"affine": [True, False]},
    "batch_norm2d": {"affine": [True, False]},
    "batch_norm3d": {"affine": [True, False]},
}


@pytest.mark.parametrize("kind", sorted(BY_CHANNEL | BY_NUMBER | BY_ROW))
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_what_is_known_from_other_sizes_is_what_is_measured(kind: str, data: st.DataObject) -> None:
    block = find(kind)
    assert block is not None
    ranks = block.inputs[0].rank or (2, 3, 4, 5)
    count = data.draw(st.sampled_from(ranks)) - 1
    sizes = data.draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    tensor = Tensor.of(*sizes, dtype=data.draw(st.sampled_from(["float32", "float64", "bfloat16"])))
    values = {parameter.name: parameter.default for parameter in block.parameters.values()}
    for name, choices in SPECIAL.get(kind, {}).items():
        if name in values:
            values[name] = data.draw(st.sampled_from(choices))
    if kind in BY_CHANNEL:
        values["num_features"] = sizes[0]
    if kind in BY_ROW:
        values["in_features"] = sizes[-1]
    known = alike(block, values, {"x": (tensor,)})
    assert known is not None
    assert known == measure(block, values, {"x": (tensor,)})


def test_what_does_not_begin_with_the_batch_is_measured() -> None:
    block = find("relu")
    assert block is not None
    for shape in ((Dim(0, 4), BATCH, Dim(0, 3)), (Dim(2, 0), Dim(0, 3)), (BATCH, Dim(1, 2)), (BATCH,)):
        assert alike(block, {"inplace": False}, {"x": (Tensor(shape),)}) is None
