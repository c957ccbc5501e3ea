"""Layers that slide learned filters."""

from studio.blocks.declare import block, from_input, param
from studio.blocks.parameter import Size1, Size2, Size3
from studio.blocks.rules import divides

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
    keywords=("signal", "sequence", "filter", "dilated", "grouped"),
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
    keywords=("image", "filter", "cnn", "dilated", "grouped"),
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
    "torch.nn.Conv3d",
    type="conv3d",
    group="convolution",
    rank=(5,),
    dtype="float",
    rules=GROUPS,
    keywords=("video", "volume", "filter", "medical", "dilated", "grouped"),
)
class Conv3d:
    """Slide learned filters through a volume or a video."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = param(16, low=1, doc="Number of filters.")
    kernel_size: Size3 = param(3, low=1, doc="Side of each filter.")
    stride: Size3 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size3 = param(0, low=0, doc="Zeros added at each side.")
    dilation: Size3 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")


@block(
    "torch.nn.Conv1d",
    type="depthwise_conv1d",
    group="convolution",
    title="Depthwise Conv1d",
    rank=(3,),
    dtype="float",
    keywords=("separable", "signal", "filter", "grouped"),
)
class DepthwiseConv1d:
    """Give each channel of a signal one filter of its own; channels do not mix."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = from_input("x", dim=1, doc="As many filters as channels.")
    groups: int = from_input("x", dim=1, doc="A group for each channel.")
    kernel_size: Size1 = param(3, low=1, doc="Length of each filter.")
    stride: Size1 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size1 = param(1, low=0, doc="Zeros added at both ends.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    bias: bool = param(True, doc="Add a learned offset.")


@block(
    "torch.nn.Conv2d",
    type="depthwise_conv2d",
    group="convolution",
    title="Depthwise Conv2d",
    rank=(4,),
    dtype="float",
    keywords=("separable", "mobilenet", "filter", "grouped"),
)
class DepthwiseConv2d:
    """Give each channel of an image one filter of its own; channels do not mix. A 1 × 1 Conv2d mixes them."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = from_input("x", dim=1, doc="As many filters as channels.")
    groups: int = from_input("x", dim=1, doc="A group for each channel.")
    kernel_size: Size2 = param(3, low=1, doc="Side of each filter.")
    stride: Size2 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size2 = param(1, low=0, doc="Zeros added at each side.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    bias: bool = param(True, doc="Add a learned offset.")
