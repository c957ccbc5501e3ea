"""Layers that enlarge by learned filters: the transposed convolutions."""

from studio.blocks.convolution import GROUPS
from studio.blocks.declare import block, from_input, param
from studio.blocks.parameter import Size1, Size2, Size3
from studio.blocks.rules import below

TRANSPOSED = (
    *GROUPS,
    below("output_padding", ("stride", "dilation"), "The output padding must be smaller than the stride."),
)
"""What torch asks of every transposed convolution."""


@block(
    "torch.nn.ConvTranspose1d",
    type="conv_transpose1d",
    group="convolution",
    rank=(3,),
    dtype="float",
    rules=TRANSPOSED,
    keywords=("deconvolution", "upsample", "signal"),
)
class ConvTranspose1d:
    """Lengthen a signal by learned filters: the transposed convolution."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = param(32, low=1, doc="Number of filters.")
    kernel_size: Size1 = param(4, low=1, doc="Length of each filter.")
    stride: Size1 = param(2, low=1, doc="How many times longer the signal grows.")
    padding: Size1 = param(1, low=0, doc="Places cut off at both ends of the result.")
    output_padding: Size1 = param(0, low=0, advanced=True, doc="Places added at one end.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")


@block(
    "torch.nn.ConvTranspose2d",
    type="conv_transpose2d",
    group="convolution",
    rank=(4,),
    dtype="float",
    rules=TRANSPOSED,
    keywords=("deconvolution", "upsample", "generator"),
)
class ConvTranspose2d:
    """Enlarge an image by learned filters: the transposed convolution."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = param(32, low=1, doc="Number of filters.")
    kernel_size: Size2 = param(4, low=1, doc="Side of each filter.")
    stride: Size2 = param(2, low=1, doc="How many times larger the image grows.")
    padding: Size2 = param(1, low=0, doc="Rows and columns cut off at each side of the result.")
    output_padding: Size2 = param(0, low=0, advanced=True, doc="Rows and columns added at one side.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")


@block(
    "torch.nn.ConvTranspose3d",
    type="conv_transpose3d",
    group="convolution",
    rank=(5,),
    dtype="float",
    rules=TRANSPOSED,
    keywords=("deconvolution", "upsample", "volume"),
)
class ConvTranspose3d:
    """Enlarge a volume by learned filters: the transposed convolution."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = param(16, low=1, doc="Number of filters.")
    kernel_size: Size3 = param(4, low=1, doc="Side of each filter.")
    stride: Size3 = param(2, low=1, doc="How many times larger the volume grows.")
    padding: Size3 = param(1, low=0, doc="Places cut off at each side of the result.")
    output_padding: Size3 = param(0, low=0, advanced=True, doc="Places added at one side.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")
    dilation: Size3 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
