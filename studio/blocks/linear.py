"""Fully connected layers."""

from studio.blocks.declare import block, from_input, input_port, param


@block(
    "torch.nn.Linear",
    type="linear",
    group="linear",
    dtype="float",
    keywords=("dense", "fully connected", "fc"),
)
class Linear:
    """Mix every feature with every other by learned weights: y = x W + b, over the last dimension."""

    in_features: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    out_features: int = param(64, low=1, doc="Features leaving the block.")
    bias: bool = param(True, doc="Add a learned offset.")


@block("torch.nn.Bilinear", type="bilinear", group="linear", keywords=("two inputs",))
class Bilinear:
    """Mix the features of two inputs pair by pair: y = a W b + bias."""

    a: object = input_port("First features.", dtype="float")
    b: object = input_port("Second features.", dtype="float")
    in1_features: int = from_input("a", dim=-1, doc="Features of the first input.")
    in2_features: int = from_input("b", dim=-1, doc="Features of the second input.")
    out_features: int = param(64, low=1, doc="Features leaving the block.")
    bias: bool = param(True, doc="Add a learned offset.")


@block("torch.nn.Identity", type="identity", group="linear", keywords=("pass", "nothing"))
class Identity:
    """Pass the tensor on unchanged."""
