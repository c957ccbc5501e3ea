"""Blocks that make a tensor of their own, without anything that arrives."""

from studio.blocks.declare import block, param
from studio.blocks.parameter import Shape


@block(
    "studio.nn.Learnable",
    type="parameter",
    group="making",
    title="Parameter",
    alone=True,
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html",
    keywords=("learned tensor", "class token", "weight", "bias"),
)
class LearnableTensor:
    """A tensor that is learned itself, such as a class token; it is the same for every sample."""

    shape: Shape = param((1, 16), low=1, doc="All of its sizes; a leading 1 fits every batch.")
    std: float = param(0.02, low=0, doc="How far its first numbers lie around 0.", title="Deviation")


@block(
    "studio.nn.Constant",
    type="constant",
    group="making",
    title="Constant tensor",
    alone=True,
    link="https://docs.pytorch.org/docs/stable/generated/torch.full.html",
    keywords=("number", "fill", "fixed"),
)
class Constant:
    """A tensor of one number that is never learned; it is the same for every sample."""

    shape: Shape = param((1,), low=1, doc="All of its sizes; a leading 1 fits every batch.")
    value: float = param(1.0, doc="The number.")
