"""Layers that slide learned filters."""

from typing import Literal

from studio.blocks.declare import block, from_input, param
from studio.blocks.parameter import Size1, Size2, Size3
from studio.blocks.rules import divides, only_if

SAME = only_if(
    "stride", 1, "padding", "same", "same_steps", "Padding to the same size works with steps of 1 only."
)
"""What torch asks of a convolution that keeps the size."""

GROUPS = (
    divides("groups", "in_channels", "The groups must divide the channels that arrive.", "out_channels"),
    divides("groups", "out_channels", "The groups must divide the filters.", "in_channels"),
    SAME,
)
"""What torch asks of every grouped convolution."""

_MODE = "What stands around: zeros, a mirror, the edge again, or the other side."


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
    padding: Size1 = param(0, low=0, words=("same",), doc="Zeros added at both ends; “same” keeps the size.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")
    padding_mode: Literal["zeros", "reflect", "replicate", "circular"] = param(
        "zeros", advanced=True, doc=_MODE
    )


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
    padding: Size2 = param(0, low=0, words=("same",), doc="Zeros added at each side; “same” keeps the size.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")
    padding_mode: Literal["zeros", "reflect", "replicate", "circular"] = param(
        "zeros", advanced=True, doc=_MODE
    )


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
    padding: Size3 = param(0, low=0, words=("same",), doc="Zeros added at each side; “same” keeps the size.")
    dilation: Size3 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    groups: int = param(1, low=1, advanced=True, doc="Split channels into groups that do not mix.")
    bias: bool = param(True, doc="Add a learned offset.")
    padding_mode: Literal["zeros", "reflect", "replicate", "circular"] = param(
        "zeros", advanced=True, doc=_MODE
    )


@block(
    "torch.nn.Conv1d",
    type="depthwise_conv1d",
    group="convolution",
    title="Depthwise Conv1d",
    rank=(3,),
    dtype="float",
    rules=(SAME,),
    keywords=("separable", "signal", "filter", "grouped"),
)
class DepthwiseConv1d:
    """Give each channel of a signal one filter of its own; channels do not mix."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = from_input("x", dim=1, doc="As many filters as channels.")
    groups: int = from_input("x", dim=1, doc="A group for each channel.")
    kernel_size: Size1 = param(3, low=1, doc="Length of each filter.")
    stride: Size1 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size1 = param(1, low=0, words=("same",), doc="Zeros added at both ends; “same” keeps the size.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    bias: bool = param(True, doc="Add a learned offset.")
    padding_mode: Literal["zeros", "reflect", "replicate", "circular"] = param(
        "zeros", advanced=True, doc=_MODE
    )


@block(
    "torch.nn.Conv2d",
    type="depthwise_conv2d",
    group="convolution",
    title="Depthwise Conv2d",
    rank=(4,),
    dtype="float",
    rules=(SAME,),
    keywords=("separable", "mobilenet", "filter", "grouped"),
)
class DepthwiseConv2d:
    """Give each channel of an image one filter of its own; channels do not mix. A 1 × 1 Conv2d mixes them."""

    in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    out_channels: int = from_input("x", dim=1, doc="As many filters as channels.")
    groups: int = from_input("x", dim=1, doc="A group for each channel.")
    kernel_size: Size2 = param(3, low=1, doc="Side of each filter.")
    stride: Size2 = param(1, low=1, doc="Step from one place to the next.")
    padding: Size2 = param(1, low=0, words=("same",), doc="Zeros added at each side; “same” keeps the size.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the taps of a filter.")
    bias: bool = param(True, doc="Add a learned offset.")
    padding_mode: Literal["zeros", "reflect", "replicate", "circular"] = param(
        "zeros", advanced=True, doc=_MODE
    )
