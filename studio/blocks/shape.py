"""Blocks that change the shape of a tensor and none of its numbers."""

from typing import Literal

from studio.blocks.declare import block, input_port, output_port, param
from studio.blocks.parameter import Dims, Shape, Size2, Size3


@block("torch.nn.Flatten", type="flatten", group="shape", keywords=("view", "vector"))
class Flatten:
    """Join dimensions into one: by default all but the batch."""

    start_dim: int = param(1, low=-8, high=8, doc="First dimension to join; batch is 0.")
    end_dim: int = param(-1, low=-8, high=8, doc="Last dimension to join; the last is -1.")


@block(
    "studio.nn.Reshape",
    type="reshape",
    link="https://docs.pytorch.org/docs/stable/generated/torch.reshape.html",
    group="shape",
    keywords=("view",),
)
class Reshape:
    """Give each sample a new shape with the same numbers in the same order."""

    shape: Shape = param((-1,), low=-1, doc="New sizes without the batch; one may be -1 and is worked out.")


@block(
    "studio.nn.Permute",
    type="permute",
    link="https://docs.pytorch.org/docs/stable/generated/torch.permute.html",
    group="shape",
    keywords=("transpose", "swap", "channels last"),
)
class Permute:
    """Put the dimensions of each sample in another order."""

    dims: Shape = param((2, 1), doc="The new order; the batch is 0 and stays first, so count from 1.")


@block(
    "studio.nn.Select",
    type="select",
    link="https://docs.pytorch.org/docs/stable/generated/torch.select.html",
    group="shape",
    keywords=("last step", "index", "slice"),
)
class Select:
    """Take one place along a dimension, such as the last step of a sequence."""

    dim: int = param(1, low=1, high=8, doc="The dimension to take from; batch is 0.")
    index: int = param(-1, doc="Which place: 0 is the first, -1 the last.")


@block(
    "torch.nn.Upsample",
    type="upsample",
    group="shape",
    rank=(4,),
    dtype="float",
    keywords=("enlarge", "resize"),
)
class Upsample:
    """Enlarge an image, by repeating its pixels or by passing smoothly from one to the next."""

    scale_factor: Size2 = param(2, low=1, doc="How many times larger the image grows.")
    mode: Literal["nearest", "bilinear", "bicubic"] = param(
        "nearest", doc="Repeat pixels, or pass from one to the next along lines or curves."
    )


@block(
    "torch.nn.Upsample",
    type="upsample1d",
    group="shape",
    title="Upsample1d",
    rank=(3,),
    dtype="float",
    keywords=("lengthen", "resample"),
)
class Upsample1d:
    """Lengthen a signal, by repeating its values or by passing smoothly from one to the next."""

    scale_factor: int = param(2, low=1, doc="How many times longer the signal grows.")
    mode: Literal["nearest", "linear"] = param("nearest", doc="Repeat values, or pass along lines.")


@block(
    "torch.nn.Upsample",
    type="upsample3d",
    group="shape",
    title="Upsample3d",
    rank=(5,),
    dtype="float",
    keywords=("enlarge", "resize", "volume"),
)
class Upsample3d:
    """Enlarge a volume, by repeating its values or by passing smoothly from one to the next."""

    scale_factor: Size3 = param(2, low=1, doc="How many times larger the volume grows.")
    mode: Literal["nearest", "trilinear"] = param("nearest", doc="Repeat values, or pass along lines.")


@block(
    "torch.nn.Upsample",
    type="resize",
    group="shape",
    title="Resize",
    rank=(4,),
    dtype="float",
    keywords=("interpolate", "scale", "image size"),
)
class Resize:
    """Bring an image to a given size."""

    size: Size2 = param(28, low=1, high=16384, unit="px", doc="Height and width of the result.")
    mode: Literal["nearest", "bilinear", "bicubic", "area"] = param(
        "bilinear", doc="How pixels between pixels are found; area takes means and is best for shrinking."
    )


@block(
    "torch.nn.PixelShuffle",
    type="pixel_shuffle",
    group="shape",
    title="Pixel shuffle",
    rank=(4,),
    keywords=("super-resolution", "sub-pixel", "depth to space"),
)
class PixelShuffle:
    """Turn channels into pixels: the image grows and has fewer channels."""

    upscale_factor: int = param(2, low=1, high=64, doc="How many times larger the image grows.")


@block(
    "torch.nn.PixelUnshuffle",
    type="pixel_unshuffle",
    group="shape",
    title="Pixel unshuffle",
    rank=(4,),
    keywords=("space to depth", "downsample"),
)
class PixelUnshuffle:
    """Turn pixels into channels: the image shrinks and loses nothing."""

    downscale_factor: int = param(2, low=1, high=64, doc="How many times smaller the image gets.")


@block(
    "torch.nn.ChannelShuffle",
    type="channel_shuffle",
    group="shape",
    title="Channel shuffle",
    rank=(3, 4, 5),
    keywords=("shufflenet", "groups"),
)
class ChannelShuffle:
    """Mix the channels of groups, so that a grouped convolution sees all of them."""

    groups: int = param(2, low=1, doc="Number of groups that the channels came from.")


@block(
    "torch.nn.Unfold",
    type="unfold",
    group="shape",
    rank=(4,),
    dtype="float",
    keywords=("im2col", "patches", "windows"),
)
class Unfold:
    """Cut an image into windows and lay the numbers of each in a column: batch, numbers, windows."""

    kernel_size: Size2 = param(3, low=1, doc="Side of the window.")
    stride: Size2 = param(1, low=1, doc="Step between windows.")
    padding: Size2 = param(0, low=0, doc="Zeros added at each side.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")


@block(
    "torch.nn.Fold",
    type="fold",
    group="shape",
    rank=(3,),
    dtype="float",
    keywords=("col2im", "patches", "windows"),
    example={"x": (12, 16)},
)
class Fold:
    """Put windows back into an image, adding where they overlap: undoes an Unfold."""

    output_size: Size2 = param(8, low=1, unit="px", doc="Height and width of the image.")
    kernel_size: Size2 = param(2, low=1, doc="Side of the window.")
    stride: Size2 = param(2, low=1, doc="Step between windows.")
    padding: Size2 = param(0, low=0, doc="Places cut off at each side of the result.")
    dilation: Size2 = param(1, low=1, advanced=True, doc="Distance between the places of a window.")


@block(
    "torch.nn.Unflatten",
    type="unflatten",
    group="shape",
    keywords=("split dimension", "view"),
    example={"x": (16,)},
)
class Unflatten:
    """Split one dimension into several."""

    dim: int = param(1, low=-8, high=8, doc="The dimension to split; batch is 0.")
    unflattened_size: Shape = param(
        (4, 4), low=1, doc="Its new sizes; their product is the old size.", title="Sizes"
    )


@block("torch.transpose", type="transpose", group="shape", call="function", keywords=("swap", "permute"))
class Transpose:
    """Swap two dimensions."""

    dim0: int = param(1, low=-8, high=8, doc="One dimension; batch is 0.", title="First dimension")
    dim1: int = param(2, low=-8, high=8, doc="The other.", title="Second dimension")


@block(
    "torch.squeeze",
    type="squeeze",
    group="shape",
    call="function",
    keywords=("remove dimension",),
    example={"x": (1, 16)},
)
class Squeeze:
    """Remove a dimension of size 1."""

    dim: int = param(1, low=-8, high=8, doc="The dimension to remove; batch is 0.")


@block(
    "torch.unsqueeze", type="unsqueeze", group="shape", call="function", keywords=("add dimension", "expand")
)
class Unsqueeze:
    """Add a dimension of size 1."""

    dim: int = param(1, low=-8, high=8, doc="Where it stands; batch is 0.", title="Place")


@block("torch.flip", type="flip", group="shape", call="function", keywords=("reverse", "mirror"))
class Flip:
    """Reverse the order along dimensions."""

    dims: Dims = param(
        (1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )


@block("torch.roll", type="roll", group="shape", call="function", keywords=("shift", "rotate", "swin"))
class Roll:
    """Shift along a dimension; what falls out at one end comes in at the other."""

    shifts: int = param(
        1, low=-65536, high=65536, doc="How many places; negative ones go back.", title="Places"
    )
    dims: int = param(1, low=-8, high=8, doc="Along which dimension; batch is 0.", title="Dimension")


@block(
    "torch.repeat_interleave",
    type="repeat",
    group="shape",
    call="function",
    title="Repeat",
    keywords=("tile", "copy"),
)
class Repeat:
    """Repeat every place along a dimension."""

    repeats: int = param(2, low=1, high=65536, doc="How often.", title="Times")
    dim: int = param(1, low=-8, high=8, doc="The dimension that grows; batch is 0.")


@block("torch.chunk", type="chunk", group="shape", call="function", keywords=("divide", "pieces", "split"))
class Chunk:
    """Cut a tensor into equal pieces along one dimension; the last may be smaller."""

    x: object = input_port("The tensor to cut.")
    y: object = output_port("A piece.", count="chunks")
    chunks: int = param(2, low=1, high=64, doc="How many pieces.", title="Pieces")
    dim: int = param(1, low=-8, high=8, doc="The dimension to cut; batch is 0, channels and features are 1.")


@block("torch.split", type="split", group="shape", call="function", keywords=("divide", "pieces", "chunk"))
class Split:
    """Cut a tensor into pieces of given sizes along one dimension."""

    x: object = input_port("The tensor to cut.")
    y: object = output_port("A piece.", count="split_size_or_sections")
    split_size_or_sections: Shape = param(
        (4, 12), low=1, doc="The size of each piece; together they fill it.", title="Sizes"
    )
    dim: int = param(1, low=-8, high=8, doc="The dimension to cut; batch is 0, channels and features are 1.")


@block(
    "studio.nn.Slice",
    type="slice",
    group="shape",
    link="https://docs.pytorch.org/docs/stable/tensor_view.html",
    keywords=("crop", "part", "range"),
)
class Slice:
    """Keep a range along one dimension."""

    dim: int = param(1, low=1, high=8, doc="The dimension to cut; batch is 0.")
    start: int = param(
        0, low=-65536, high=65536, doc="The first place kept; negative ones count from the end."
    )
    stop: int = param(
        None,
        low=-65536,
        high=65536,
        optional=True,
        doc="The first place left out; empty for all to the end.",
        title="End",
    )
    step: int = param(
        1, low=1, high=65536, doc="1 keeps every place, 2 every second, and so on.", title="Stride"
    )


@block(
    "torch.gather",
    type="gather",
    group="shape",
    call="function",
    keywords=("pick", "lookup", "index"),
    example={"x": (16,), "index": (3,)},
)
class Gather:
    """Pick numbers along a dimension at places that another tensor gives, such as the value of an action."""

    x: object = input_port("What is picked from.")
    index: object = input_port("The places: whole numbers.", dtype="int", keyword=True)
    dim: int = param(1, low=-8, high=8, doc="The dimension to pick from; batch is 0.")


@block(
    "studio.nn.CropTo",
    type="crop_to",
    group="shape",
    title="Crop to",
    link="https://arxiv.org/abs/1505.04597",
    keywords=("center crop", "unet", "skip"),
    example={"x": (4, 12, 12), "like": (8, 8, 8)},
)
class CropTo:
    """Cut the middle out of an image so that it is as large as another: for skips of U-Net."""

    x: object = input_port("The larger image.", rank=(4,))
    like: object = input_port("An image of the wanted size.", rank=(4,))


@block(
    "studio.nn.OneHot",
    type="one_hot",
    group="shape",
    title="One-hot",
    dtype="int",
    gives="float",
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html",
    keywords=("class", "categorical", "label"),
)
class OneHot:
    """Turn each whole number into a vector with a 1 at its place and 0 elsewhere."""

    num_classes: int = param(10, low=1, doc="How many different numbers there are.", title="Classes")
