"""Layers that make images and signals smaller."""

from studio.blocks.declare import block, param
from studio.blocks.parameter import Size1, Size2


@block("torch.nn.MaxPool1d", type="max_pool1d", group="pooling", rank=(3,), dtype="float")
class MaxPool1d:
    """Keep the largest value of each window of a signal."""

    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    padding: Size1 = param(0, low=0, doc="Places added at both ends.")


@block(
    "torch.nn.MaxPool2d",
    type="max_pool2d",
    group="pooling",
    rank=(4,),
    dtype="float",
    keywords=("downsample",),
)
class MaxPool2d:
    """Keep the largest value of each window of an image."""

    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size2 = param(0, low=0, doc="Places added at each side.")


@block("torch.nn.AvgPool1d", type="avg_pool1d", group="pooling", rank=(3,), dtype="float")
class AvgPool1d:
    """Take the mean of each window of a signal."""

    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    padding: Size1 = param(0, low=0, doc="Places added at both ends.")


@block("torch.nn.AvgPool2d", type="avg_pool2d", group="pooling", rank=(4,), dtype="float", keywords=("mean",))
class AvgPool2d:
    """Take the mean of each window of an image."""

    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size2 = param(0, low=0, doc="Places added at each side.")


@block(
    "torch.nn.AdaptiveAvgPool2d",
    type="adaptive_avg_pool2d",
    group="pooling",
    rank=(4,),
    dtype="float",
    keywords=("global average pooling", "gap"),
)
class AdaptiveAvgPool2d:
    """Take means so that the image comes out at a given size, whatever came in."""

    output_size: Size2 = param(1, low=1, doc="Side of the result: 1 for one number a channel.")
