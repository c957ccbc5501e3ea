"""Nonlinear functions, applied to each number or along one dimension."""

from typing import Literal

from studio.blocks.declare import block, param


@block("torch.nn.ReLU", type="relu", group="activation", dtype="float", keywords=("rectifier",))
class ReLU:
    """Keep positive numbers, set negative ones to 0."""


@block("torch.nn.LeakyReLU", type="leaky_relu", group="activation", dtype="float")
class LeakyReLU:
    """Keep positive numbers, make negative ones small."""

    negative_slope: float = param(0.01, low=0, doc="Slope for negative numbers.")


@block("torch.nn.ELU", type="elu", group="activation", dtype="float")
class ELU:
    """Keep positive numbers, bend negative ones smoothly towards a bound."""

    alpha: float = param(1.0, low=0, doc="The bound for very negative numbers.")


@block("torch.nn.GELU", type="gelu", group="activation", dtype="float", keywords=("transformer", "gpt"))
class GELU:
    """A smooth ReLU: each number times the chance that a normal number lies below it."""

    approximate: Literal["none", "tanh"] = param(
        "none", advanced=True, doc="Exact, or the faster tanh formula."
    )


@block("torch.nn.SiLU", type="silu", group="activation", dtype="float", keywords=("swish",))
class SiLU:
    """A smooth ReLU: each number times its sigmoid."""


@block("torch.nn.Sigmoid", type="sigmoid", group="activation", dtype="float", keywords=("logistic",))
class Sigmoid:
    """Squeeze each number between 0 and 1."""


@block("torch.nn.Tanh", type="tanh", group="activation", dtype="float")
class Tanh:
    """Squeeze each number between -1 and 1."""


@block("torch.nn.Softmax", type="softmax", group="activation", dtype="float", keywords=("probability",))
class Softmax:
    """Turn numbers into probabilities that sum to 1."""

    dim: int = param(-1, low=-8, high=8, doc="The dimension that sums to 1; batch is 0, the last is -1.")


@block(
    "torch.nn.LogSoftmax",
    type="log_softmax",
    group="activation",
    dtype="float",
    keywords=("log probability",),
)
class LogSoftmax:
    """Turn numbers into logarithms of probabilities."""

    dim: int = param(-1, low=-8, high=8, doc="The dimension that sums to 1; batch is 0, the last is -1.")
