"""Layers that put something around a signal, an image or a volume."""

from studio.blocks.declare import block, param
from studio.blocks.parameter import Size2, Size4, Size6


@block(
    "torch.nn.ZeroPad1d",
    type="zero_pad1d",
    group="padding",
    rank=(3,),
    dtype="float",
    keywords=("border", "zero padding"),
)
class ZeroPad1d:
    """Put zeros around the signal."""

    padding: Size2 = param(1, low=0, doc="Places added: one number for all, or left and right.")


@block(
    "torch.nn.ZeroPad2d",
    type="zero_pad2d",
    group="padding",
    rank=(4,),
    dtype="float",
    keywords=("border", "zero padding"),
)
class ZeroPad2d:
    """Put zeros around the image."""

    padding: Size4 = param(1, low=0, doc="Places added: one number for all, or left, right, top and bottom.")


@block(
    "torch.nn.ZeroPad3d",
    type="zero_pad3d",
    group="padding",
    rank=(5,),
    dtype="float",
    keywords=("border", "zero padding"),
)
class ZeroPad3d:
    """Put zeros around the volume."""

    padding: Size6 = param(
        1, low=0, doc="Places added: one number for all, or left, right, top, bottom, front and back."
    )


@block(
    "torch.nn.ConstantPad1d",
    type="constant_pad1d",
    group="padding",
    rank=(3,),
    dtype="float",
    keywords=("border", "fill"),
)
class ConstantPad1d:
    """Put one number around the signal."""

    padding: Size2 = param(1, low=0, doc="Places added: one number for all, or left and right.")
    value: float = param(0.0, doc="The number.")


@block(
    "torch.nn.ConstantPad2d",
    type="constant_pad2d",
    group="padding",
    rank=(4,),
    dtype="float",
    keywords=("border", "fill"),
)
class ConstantPad2d:
    """Put one number around the image."""

    padding: Size4 = param(1, low=0, doc="Places added: one number for all, or left, right, top and bottom.")
    value: float = param(0.0, doc="The number.")


@block(
    "torch.nn.ConstantPad3d",
    type="constant_pad3d",
    group="padding",
    rank=(5,),
    dtype="float",
    keywords=("border", "fill"),
)
class ConstantPad3d:
    """Put one number around the volume."""

    padding: Size6 = param(
        1, low=0, doc="Places added: one number for all, or left, right, top, bottom, front and back."
    )
    value: float = param(0.0, doc="The number.")


@block(
    "torch.nn.ReflectionPad1d",
    type="reflection_pad1d",
    group="padding",
    rank=(3,),
    dtype="float",
    keywords=("border", "mirror"),
)
class ReflectionPad1d:
    """Continue the signal by its mirror image."""

    padding: Size2 = param(1, low=0, doc="Places added: one number for all, or left and right.")


@block(
    "torch.nn.ReflectionPad2d",
    type="reflection_pad2d",
    group="padding",
    rank=(4,),
    dtype="float",
    keywords=("border", "mirror"),
)
class ReflectionPad2d:
    """Continue the image by its mirror image."""

    padding: Size4 = param(1, low=0, doc="Places added: one number for all, or left, right, top and bottom.")


@block(
    "torch.nn.ReflectionPad3d",
    type="reflection_pad3d",
    group="padding",
    rank=(5,),
    dtype="float",
    keywords=("border", "mirror"),
)
class ReflectionPad3d:
    """Continue the volume by its mirror image."""

    padding: Size6 = param(
        1, low=0, doc="Places added: one number for all, or left, right, top, bottom, front and back."
    )


@block(
    "torch.nn.ReplicationPad1d",
    type="replication_pad1d",
    group="padding",
    rank=(3,),
    dtype="float",
    keywords=("border", "edge"),
)
class ReplicationPad1d:
    """Continue the signal by its outermost values."""

    padding: Size2 = param(1, low=0, doc="Places added: one number for all, or left and right.")


@block(
    "torch.nn.ReplicationPad2d",
    type="replication_pad2d",
    group="padding",
    rank=(4,),
    dtype="float",
    keywords=("border", "edge"),
)
class ReplicationPad2d:
    """Continue the image by its outermost values."""

    padding: Size4 = param(1, low=0, doc="Places added: one number for all, or left, right, top and bottom.")


@block(
    "torch.nn.ReplicationPad3d",
    type="replication_pad3d",
    group="padding",
    rank=(5,),
    dtype="float",
    keywords=("border", "edge"),
)
class ReplicationPad3d:
    """Continue the volume by its outermost values."""

    padding: Size6 = param(
        1, low=0, doc="Places added: one number for all, or left, right, top, bottom, front and back."
    )


@block(
    "torch.nn.CircularPad1d",
    type="circular_pad1d",
    group="padding",
    rank=(3,),
    dtype="float",
    keywords=("border", "periodic", "wrap"),
)
class CircularPad1d:
    """Continue the signal by its other end, as on a ring."""

    padding: Size2 = param(1, low=0, doc="Places added: one number for all, or left and right.")


@block(
    "torch.nn.CircularPad2d",
    type="circular_pad2d",
    group="padding",
    rank=(4,),
    dtype="float",
    keywords=("border", "periodic", "wrap"),
)
class CircularPad2d:
    """Continue the image by its other end, as on a ring."""

    padding: Size4 = param(1, low=0, doc="Places added: one number for all, or left, right, top and bottom.")


@block(
    "torch.nn.CircularPad3d",
    type="circular_pad3d",
    group="padding",
    rank=(5,),
    dtype="float",
    keywords=("border", "periodic", "wrap"),
)
class CircularPad3d:
    """Continue the volume by its other end, as on a ring."""

    padding: Size6 = param(
        1, low=0, doc="Places added: one number for all, or left, right, top, bottom, front and back."
    )
