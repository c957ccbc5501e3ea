"""Layers that keep activations in a healthy range."""

from studio.blocks.declare import block, from_input, param
from studio.blocks.rules import SMALLEST, divides


@block(
    "torch.nn.BatchNorm1d",
    type="batch_norm1d",
    group="normalization",
    rank=(2, 3),
    dtype="float",
    keywords=("bn", "standardize"),
)
class BatchNorm1d:
    """Bring each feature to mean 0 and deviation 1 over the batch, then scale and shift by learning."""

    num_features: int = from_input("x", dim=1, doc="Features arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
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
    keywords=("bn", "standardize"),
)
class BatchNorm2d:
    """Bring each channel to mean 0 and deviation 1 over the batch, then scale and shift by learning."""

    num_features: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
    momentum: float = param(
        0.1, low=0, high=1, advanced=True, doc="Weight of the newest batch in the running mean."
    )
    affine: bool = param(True, advanced=True, doc="Learn a scale and a shift.")


@block(
    "torch.nn.LayerNorm",
    type="layer_norm",
    group="normalization",
    dtype="float",
    keywords=("ln", "standardize", "transformer"),
)
class LayerNorm:
    """Bring the features of each place to mean 0 and deviation 1, then scale and shift by learned numbers."""

    normalized_shape: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
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
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")


@block(
    "torch.nn.BatchNorm3d",
    type="batch_norm3d",
    group="normalization",
    rank=(5,),
    dtype="float",
    keywords=("bn", "standardize", "volume"),
)
class BatchNorm3d:
    """Bring each channel to mean 0 and deviation 1 over the batch, then scale and shift by learning."""

    num_features: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
    momentum: float = param(
        0.1, low=0, high=1, advanced=True, doc="Weight of the newest batch in the running mean."
    )
    affine: bool = param(True, advanced=True, doc="Learn a scale and a shift.")


@block(
    "torch.nn.InstanceNorm1d",
    type="instance_norm1d",
    group="normalization",
    rank=(3,),
    dtype="float",
    keywords=("standardize", "style", "contrast"),
)
class InstanceNorm1d:
    """Bring each channel of each signal to mean 0 and deviation 1 by itself."""

    num_features: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
    affine: bool = param(False, doc="Learn a scale and a shift.")
    track_running_stats: bool = param(
        False, advanced=True, doc="When judging, use the mean and deviation seen while training."
    )


@block(
    "torch.nn.InstanceNorm2d",
    type="instance_norm2d",
    group="normalization",
    rank=(4,),
    dtype="float",
    keywords=("standardize", "style", "contrast"),
)
class InstanceNorm2d:
    """Bring each channel of each image to mean 0 and deviation 1 by itself."""

    num_features: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
    affine: bool = param(False, doc="Learn a scale and a shift.")
    track_running_stats: bool = param(
        False, advanced=True, doc="When judging, use the mean and deviation seen while training."
    )


@block(
    "torch.nn.InstanceNorm3d",
    type="instance_norm3d",
    group="normalization",
    rank=(5,),
    dtype="float",
    keywords=("standardize", "style", "contrast"),
)
class InstanceNorm3d:
    """Bring each channel of each volume to mean 0 and deviation 1 by itself."""

    num_features: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    eps: float = param(1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe.")
    affine: bool = param(False, doc="Learn a scale and a shift.")
    track_running_stats: bool = param(
        False, advanced=True, doc="When judging, use the mean and deviation seen while training."
    )


@block(
    "torch.nn.RMSNorm",
    type="rms_norm",
    group="normalization",
    dtype="float",
    keywords=("llama", "transformer", "root mean square"),
)
class RMSNorm:
    """Divide the features of each place by their root mean square, then scale by learned numbers."""

    normalized_shape: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    eps: float = param(
        None,
        low=SMALLEST,
        optional=True,
        advanced=True,
        doc="Small number that keeps the division safe; torch's own when empty.",
    )
    elementwise_affine: bool = param(True, advanced=True, doc="Learn a scale.")


@block(
    "torch.nn.LocalResponseNorm",
    type="local_response_norm",
    group="normalization",
    rank=(3, 4, 5),
    dtype="float",
    keywords=("lrn", "alexnet"),
)
class LocalResponseNorm:
    """Divide each number by the strength of its neighbours in other channels, as AlexNet does."""

    size: int = param(5, low=1, doc="How many neighbouring channels count.")
    alpha: float = param(1e-4, low=0, doc="How much they count.")
    beta: float = param(0.75, low=0, doc="Exponent of their strength.")
    k: float = param(1.0, low=0, doc="Added to their strength.")


@block(
    "studio.nn.Normalize",
    type="normalize",
    group="normalization",
    title="Unit length",
    dtype="float",
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html",
    keywords=("l2", "embedding", "cosine"),
)
class Normalize:
    """Divide vectors by their length, so that all have length 1."""

    p: float = param(
        2.0, low=1, doc="Which length: 2 is the usual one, 1 the sum of absolute values.", title="Order"
    )
    dim: int = param(-1, low=-8, high=8, doc="The dimension of the vectors; the last is -1.")
