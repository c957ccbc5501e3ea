"""Layers that make images, signals and volumes smaller."""

from studio.blocks.declare import block, fixed, input_port, output_port, param
from studio.blocks.parameter import Size1, Size2, Size3


@block(
    "torch.nn.MaxPool1d",
    type="max_pool1d",
    group="pooling",
    rank=(3,),
    dtype="float",
    keywords=("downsample",),
)
class MaxPool1d:
    """Keep the largest value of each window of a signal."""

    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    padding: Size1 = param(0, low=0, doc="Places added at both ends.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")


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
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")


@block(
    "torch.nn.MaxPool3d",
    type="max_pool3d",
    group="pooling",
    rank=(5,),
    dtype="float",
    keywords=("downsample",),
)
class MaxPool3d:
    """Keep the largest value of each window of a volume."""

    kernel_size: Size3 = param(2, low=1, doc="Side of the window.")
    stride: Size3 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size3 = param(0, low=0, doc="Places added at each side.")
    dilation: Size3 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")


@block(
    "torch.nn.AvgPool1d",
    type="avg_pool1d",
    group="pooling",
    rank=(3,),
    dtype="float",
    keywords=("mean", "downsample"),
)
class AvgPool1d:
    """Take the mean of each window of a signal."""

    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    padding: Size1 = param(0, low=0, doc="Places added at both ends.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")
    count_include_pad: bool = param(True, advanced=True, doc="Count the added zeros in the mean.")


@block(
    "torch.nn.AvgPool2d",
    type="avg_pool2d",
    group="pooling",
    rank=(4,),
    dtype="float",
    keywords=("mean", "downsample"),
)
class AvgPool2d:
    """Take the mean of each window of an image."""

    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size2 = param(0, low=0, doc="Places added at each side.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")
    count_include_pad: bool = param(True, advanced=True, doc="Count the added zeros in the mean.")


@block(
    "torch.nn.AvgPool3d",
    type="avg_pool3d",
    group="pooling",
    rank=(5,),
    dtype="float",
    keywords=("mean", "downsample"),
)
class AvgPool3d:
    """Take the mean of each window of a volume."""

    kernel_size: Size3 = param(2, low=1, doc="Side of the window.")
    stride: Size3 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size3 = param(0, low=0, doc="Places added at each side.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")
    count_include_pad: bool = param(True, advanced=True, doc="Count the added zeros in the mean.")


@block(
    "torch.nn.LPPool1d",
    type="lp_pool1d",
    group="pooling",
    rank=(3,),
    dtype="float",
    keywords=("power", "norm", "downsample"),
)
class LPPool1d:
    """Take the norm of each window: order 1 gives the sum, a high order nearly the largest value."""

    norm_type: float = param(2.0, low=1, doc="The order of the norm.", title="Order")
    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")


@block(
    "torch.nn.LPPool2d",
    type="lp_pool2d",
    group="pooling",
    rank=(4,),
    dtype="float",
    keywords=("power", "norm", "downsample"),
)
class LPPool2d:
    """Take the norm of each window: order 1 gives the sum, a high order nearly the largest value."""

    norm_type: float = param(2.0, low=1, doc="The order of the norm.", title="Order")
    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")


@block(
    "torch.nn.LPPool3d",
    type="lp_pool3d",
    group="pooling",
    rank=(5,),
    dtype="float",
    keywords=("power", "norm", "downsample"),
)
class LPPool3d:
    """Take the norm of each window: order 1 gives the sum, a high order nearly the largest value."""

    norm_type: float = param(2.0, low=1, doc="The order of the norm.", title="Order")
    kernel_size: Size3 = param(2, low=1, doc="Side of the window.")
    stride: Size3 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")


@block(
    "torch.nn.AdaptiveAvgPool1d",
    type="adaptive_avg_pool1d",
    group="pooling",
    rank=(3,),
    dtype="float",
    keywords=("global average pooling", "gap"),
)
class AdaptiveAvgPool1d:
    """Take means so that the signal comes out at a given size, whatever came in."""

    output_size: Size1 = param(1, low=1, doc="Length of the result: 1 for one number a channel.")


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


@block(
    "torch.nn.AdaptiveAvgPool3d",
    type="adaptive_avg_pool3d",
    group="pooling",
    rank=(5,),
    dtype="float",
    keywords=("global average pooling", "gap"),
)
class AdaptiveAvgPool3d:
    """Take means so that the volume comes out at a given size, whatever came in."""

    output_size: Size3 = param(1, low=1, doc="Side of the result: 1 for one number a channel.")


@block(
    "torch.nn.AdaptiveMaxPool1d",
    type="adaptive_max_pool1d",
    group="pooling",
    rank=(3,),
    dtype="float",
    keywords=("global max pooling", "gmp"),
)
class AdaptiveMaxPool1d:
    """Keep the largest values so that the signal comes out at a given size, whatever came in."""

    output_size: Size1 = param(1, low=1, doc="Length of the result: 1 for one number a channel.")


@block(
    "torch.nn.AdaptiveMaxPool2d",
    type="adaptive_max_pool2d",
    group="pooling",
    rank=(4,),
    dtype="float",
    keywords=("global max pooling", "gmp"),
)
class AdaptiveMaxPool2d:
    """Keep the largest values so that the image comes out at a given size, whatever came in."""

    output_size: Size2 = param(1, low=1, doc="Side of the result: 1 for one number a channel.")


@block(
    "torch.nn.AdaptiveMaxPool3d",
    type="adaptive_max_pool3d",
    group="pooling",
    rank=(5,),
    dtype="float",
    keywords=("global max pooling", "gmp"),
)
class AdaptiveMaxPool3d:
    """Keep the largest values so that the volume comes out at a given size, whatever came in."""

    output_size: Size3 = param(1, low=1, doc="Side of the result: 1 for one number a channel.")


@block(
    "torch.nn.FractionalMaxPool2d",
    type="fractional_max_pool2d",
    group="pooling",
    rank=(4,),
    dtype="float",
    keywords=("random", "downsample"),
    example={"x": (16, 12, 12)},
)
class FractionalMaxPool2d:
    """Keep the largest values of windows whose places are drawn at random, to reach any smaller size."""

    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    output_size: Size2 = param(8, low=1, doc="Side of the result.")


@block(
    "torch.nn.FractionalMaxPool3d",
    type="fractional_max_pool3d",
    group="pooling",
    rank=(5,),
    dtype="float",
    keywords=("random", "downsample"),
    example={"x": (16, 8, 8, 8)},
)
class FractionalMaxPool3d:
    """Keep the largest values of windows whose places are drawn at random, to reach any smaller size."""

    kernel_size: Size3 = param(2, low=1, doc="Side of the window.")
    output_size: Size3 = param(5, low=1, doc="Side of the result.")


@block(
    "torch.nn.MaxPool1d",
    type="max_pool1d_places",
    group="pooling",
    title="MaxPool1d with places",
    keywords=("indices", "unpool", "autoencoder"),
)
class MaxPool1dPlaces:
    """Keep the largest value of each window and where it stood, so that a MaxUnpool1d can put it back."""

    x: object = input_port("The signal.", rank=(3,), dtype="float")
    y: object = output_port("The largest values.", path=(0,))
    places: object = output_port("Where they stood.", path=(1,), dtype="int")
    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    padding: Size1 = param(0, low=0, doc="Places added at both ends.")
    dilation: Size1 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")
    return_indices: bool = fixed(True, doc="Give the places too.")


@block(
    "torch.nn.MaxUnpool1d",
    type="max_unpool1d",
    group="pooling",
    keywords=("indices", "upsample", "autoencoder"),
    example={"x": (16, 8), "places": (16, 8)},
)
class MaxUnpool1d:
    """Put the largest values back where they stood, with zeros around them: undoes a pooling with places."""

    x: object = input_port("The values.", rank=(3,), dtype="float")
    places: object = input_port("Where they stood: from a pooling with places.", rank=(3,), dtype="int")
    kernel_size: Size1 = param(2, low=1, doc="Length of the window.")
    stride: Size1 = param(
        None, low=1, optional=True, doc="Step between windows; the window's length when empty."
    )
    padding: Size1 = param(0, low=0, doc="Places added at both ends.")


@block(
    "torch.nn.MaxPool2d",
    type="max_pool2d_places",
    group="pooling",
    title="MaxPool2d with places",
    keywords=("indices", "unpool", "autoencoder"),
)
class MaxPool2dPlaces:
    """Keep the largest value of each window and where it stood, so that a MaxUnpool2d can put it back."""

    x: object = input_port("The image.", rank=(4,), dtype="float")
    y: object = output_port("The largest values.", path=(0,))
    places: object = output_port("Where they stood.", path=(1,), dtype="int")
    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size2 = param(0, low=0, doc="Places added at each side.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")
    return_indices: bool = fixed(True, doc="Give the places too.")


@block(
    "torch.nn.MaxUnpool2d",
    type="max_unpool2d",
    group="pooling",
    keywords=("indices", "upsample", "autoencoder"),
    example={"x": (16, 6, 6), "places": (16, 6, 6)},
)
class MaxUnpool2d:
    """Put the largest values back where they stood, with zeros around them: undoes a pooling with places."""

    x: object = input_port("The values.", rank=(4,), dtype="float")
    places: object = input_port("Where they stood: from a pooling with places.", rank=(4,), dtype="int")
    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size2 = param(0, low=0, doc="Places added at each side.")


@block(
    "torch.nn.MaxPool3d",
    type="max_pool3d_places",
    group="pooling",
    title="MaxPool3d with places",
    keywords=("indices", "unpool", "autoencoder"),
)
class MaxPool3dPlaces:
    """Keep the largest value of each window and where it stood, so that a MaxUnpool3d can put it back."""

    x: object = input_port("The volume.", rank=(5,), dtype="float")
    y: object = output_port("The largest values.", path=(0,))
    places: object = output_port("Where they stood.", path=(1,), dtype="int")
    kernel_size: Size3 = param(2, low=1, doc="Side of the window.")
    stride: Size3 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size3 = param(0, low=0, doc="Places added at each side.")
    dilation: Size3 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")
    ceil_mode: bool = param(False, advanced=True, doc="Keep a last window that does not fit whole.")
    return_indices: bool = fixed(True, doc="Give the places too.")


@block(
    "torch.nn.MaxUnpool3d",
    type="max_unpool3d",
    group="pooling",
    keywords=("indices", "upsample", "autoencoder"),
    example={"x": (16, 3, 3, 3), "places": (16, 3, 3, 3)},
)
class MaxUnpool3d:
    """Put the largest values back where they stood, with zeros around them: undoes a pooling with places."""

    x: object = input_port("The values.", rank=(5,), dtype="float")
    places: object = input_port("Where they stood: from a pooling with places.", rank=(5,), dtype="int")
    kernel_size: Size3 = param(2, low=1, doc="Side of the window.")
    stride: Size3 = param(
        None, low=1, optional=True, doc="Step between windows; the window's side when empty."
    )
    padding: Size3 = param(0, low=0, doc="Places added at each side.")
