"""Blocks that change the shape of a tensor and none of its numbers."""

from studio.blocks.declare import block, param
from studio.blocks.parameter import Shape, Size2


@block("torch.nn.Flatten", type="flatten", group="shape", keywords=("view", "vector"))
class Flatten:
    """Join dimensions into one: by default all but the batch."""

    start_dim: int = param(1, low=-8, high=8, doc="First dimension to join; batch is 0.")
    end_dim: int = param(-1, low=-8, high=8, doc="Last dimension to join; the last is -1.")


@block("studio.nn.Reshape", type="reshape", group="shape", keywords=("view",))
class Reshape:
    """Give each sample a new shape with the same numbers in the same order."""

    shape: Shape = param((-1,), low=-1, doc="New sizes without the batch; one may be -1 and is worked out.")


@block("studio.nn.Permute", type="permute", group="shape", keywords=("transpose", "swap", "channels last"))
class Permute:
    """Put the dimensions of each sample in another order."""

    dims: Shape = param((2, 1), low=1, doc="The new order; the batch is 0 and stays first, so count from 1.")


@block("studio.nn.Select", type="select", group="shape", keywords=("last step", "index", "slice"))
class Select:
    """Take one place along a dimension, such as the last step of a sequence."""

    dim: int = param(1, low=1, high=8, doc="The dimension to take from; batch is 0.")
    index: int = param(-1, doc="Which place: 0 is the first, -1 the last.")


@block(
    "torch.nn.Upsample",
    type="upsample",
    group="shape",
    rank=(4,),
    dtype="float",
    keywords=("enlarge", "resize"),
)
class Upsample:
    """Enlarge an image by repeating its pixels."""

    scale_factor: Size2 = param(2, low=1, doc="How many times larger the image grows.")
