"""Layers that keep activations in a healthy range."""

from studio.blocks.declare import block, from_input, param
from studio.blocks.rules import divides


@block(
    "torch.nn.BatchNorm1d",
    type="batch_norm1d",
    group="normalization",
    rank=(2, 3),
    dtype="float",
    keywords=("bn",),
)
class BatchNorm1d:
    """Bring each feature to mean 0 and deviation 1 over the batch, then scale and shift by learning."""

    num_features: int = from_input("x", dim=1, doc="Features arriving at the block.")
    eps: float = param(1e-5, low=0, advanced=True, doc="Small number that keeps the division safe.")
    momentum: float = param(
        0.1, low=0, high=1, advanced=True, doc="Weight of the newest batch in the running mean."
    )
    affine: bool = param(True, advanced=True, doc="Learn a scale and a shift.")


@block(
    "torch.nn.BatchNorm2d",
    type="batch_norm2d",
    group="normalization",
    rank=(4,),
    dtype="float",
    keywords=("bn",),
)
class BatchNorm2d:
    """Bring each channel to mean 0 and deviation 1 over the batch, then scale and shift by learning."""

    num_features: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=0, advanced=True, doc="Small number that keeps the division safe.")
    momentum: float = param(
        0.1, low=0, high=1, advanced=True, doc="Weight of the newest batch in the running mean."
    )
    affine: bool = param(True, advanced=True, doc="Learn a scale and a shift.")


@block(
    "torch.nn.LayerNorm",
    type="layer_norm",
    group="normalization",
    dtype="float",
    keywords=("ln", "transformer"),
)
class LayerNorm:
    """Bring the features of each place to mean 0 and deviation 1, then scale and shift by learned numbers."""

    normalized_shape: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    eps: float = param(1e-5, low=0, advanced=True, doc="Small number that keeps the division safe.")
    elementwise_affine: bool = param(True, advanced=True, doc="Learn a scale and a shift.")


@block(
    "torch.nn.GroupNorm",
    type="group_norm",
    group="normalization",
    rank=(2, 3, 4, 5),
    dtype="float",
    rules=(divides("num_groups", "num_channels", "The groups must divide the channels that arrive."),),
)
class GroupNorm:
    """Normalise channels in groups, independent of the batch."""

    num_groups: int = param(8, low=1, doc="Number of groups that the channels are split into.")
    num_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=0, advanced=True, doc="Small number that keeps the division safe.")
