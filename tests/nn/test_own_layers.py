"""Our own layers do what the torch operation of the same name does, and keep no state."""

import pytest
import torch
from torch import nn

from studio.nn import Permute, Reshape, Select

X = torch.arange(2 * 3 * 4, dtype=torch.float32).reshape(2, 3, 4)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (Reshape((12,)), X.flatten(1)),
        (Reshape((-1, 2)), X.reshape(2, 6, 2)),
        (Permute((2, 1)), X.transpose(1, 2)),
        (Select(), X[:, -1]),
        (Select(dim=2, index=0), X[:, :, 0]),
    ],
    ids=repr,
)
def test_a_layer_equals_the_torch_operation(layer: nn.Module, expected: torch.Tensor) -> None:
    assert torch.equal(layer(X), expected)
    assert layer.state_dict() == {}


def test_a_printed_layer_shows_its_parameters() -> None:
    assert repr(Reshape((3, 4))) == "Reshape(shape=(3, 4))"
    assert repr(Permute((2, 1))) == "Permute(dims=(2, 1))"
    assert repr(Select(1, 0)) == "Select(dim=1, index=0)"
