"""Layers that slide learned filters."""

from studio.blocks.declare import block, from_input, param
from studio.blocks.parameter import Size1, Size2
from studio.blocks.rules import below, divides

GROUPS = (
    divides("groups", "in_channels", "The groups must divide the channels that arrive."),
    divides("groups", "out_channels", "The groups must divide the filters."),
)
"""What torch asks of every grouped convolution."""


@block(
    "torch.nn.Conv1d",
    type="conv1d",
    group="convolution",
    rank=(3,),
    dtype="float",
    rules=GROUPS,
    keywords=("signal", "sequence", "filter"),
)
class Conv1d:
    """Slide learned filters along a signal or a sequence."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = param(32, low=1, doc="Number of filters.")
    kernel_size: Size1 = param(3, low=1, doc="Length of each filter.")
    stride: Size1 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size1 = param(0, low=0, doc="Zeros added at both ends.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")


@block(
    "torch.nn.Conv2d",
    type="conv2d",
    group="convolution",
    rank=(4,),
    dtype="float",
    rules=GROUPS,
    keywords=("image", "filter", "cnn"),
)
class Conv2d:
    """Slide learned filters over an image."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = param(32, low=1, doc="Number of filters.")
    kernel_size: Size2 = param(3, low=1, doc="Side of each filter.")
    stride: Size2 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size2 = param(0, low=0, doc="Zeros added at each side.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")


@block(
    "torch.nn.ConvTranspose2d",
    type="conv_transpose2d",
    group="convolution",
    rank=(4,),
    dtype="float",
    rules=(
        *GROUPS,
        below(
            "output_padding", ("stride", "dilation"), "The output padding must be smaller than the stride."
        ),
    ),
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
