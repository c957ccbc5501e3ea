"""Where tensors enter and leave a network or a composite."""

from typing import Literal

from studio.blocks.declare import block, input_port, output_port, param
from studio.blocks.parameter import Shape


@block(
    "",
    type="input",
    link="https://docs.pytorch.org/docs/stable/tensors.html",
    group="io",
    call="none",
    keywords=("data", "placeholder", "x"),
)
class Input:
    """Where a tensor enters the network. Its name is the name under which data is given."""

    y: object = output_port("The tensor that enters.")
    shape: Shape = param((1, 28, 28), low=1, doc="Sizes of one sample, without the batch: channels first.")
    dtype: Literal["float32", "int64"] = param(
        "float32", doc="Kind of numbers: int64 for tokens and indices."
    )
    open: str = param(
        "",
        title="Open sizes",
        doc="Names of sizes that may differ from batch to batch, in the order of the shape, - for one that"
        " stays: T, - beside the shape 16, 8 takes sequences of any length, and 16 is an example. 16H takes"
        " multiples of 16.",
    )


@block(
    "",
    type="output",
    link="https://docs.pytorch.org/docs/stable/tensors.html",
    group="io",
    call="none",
    keywords=("result", "prediction", "y"),
)
class Output:
    """Where a tensor leaves the network. Its name is the name of the result."""

    x: object = input_port("The tensor that leaves.")
