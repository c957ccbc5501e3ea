"""Blocks that make a tensor of their own, without anything that arrives."""

from studio.blocks.declare import block, input_port, param
from studio.blocks.parameter import Shape

_SHAPE = "All of its sizes, without a batch; beside Add and Multiply a leading 1 fits every batch."
_LIKE = "Gives it a batch: it is repeated for every sample that arrives here, so that a Concat can join it."


@block(
    "studio.nn.Learnable",
    type="parameter",
    group="making",
    title="Parameter",
    example={},
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html",
    keywords=("learned tensor", "class token", "weight", "bias"),
)
class LearnableTensor:
    """A tensor that is learned itself, such as a class token; it is the same for every sample."""

    like: object = input_port(_LIKE, optional=True)
    shape: Shape = param(
        (1, 16),
        low=1,
        doc=_SHAPE,
    )
    std: float = param(0.02, low=0, doc="How far its first numbers lie around 0.", title="Deviation")


@block(
    "studio.nn.Constant",
    type="constant",
    group="making",
    title="Constant tensor",
    example={},
    link="https://docs.pytorch.org/docs/stable/generated/torch.full.html",
    keywords=("number", "fill", "fixed"),
)
class Constant:
    """A tensor of one number that is never learned; it is the same for every sample."""

    like: object = input_port(_LIKE, optional=True)
    shape: Shape = param(
        (1,),
        low=1,
        doc=_SHAPE,
    )
    value: float = param(1.0, doc="The number.")
