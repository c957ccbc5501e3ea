"""Nonlinear functions, applied to each number or along one dimension."""

from typing import Literal

from studio.blocks.declare import block, param
from studio.blocks.rules import ordered


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


@block("torch.nn.ReLU6", type="relu6", group="activation", dtype="float", keywords=("mobilenet", "clamp"))
class ReLU6:
    """Keep numbers between 0 and 6, cut what lies outside."""


@block("torch.nn.PReLU", type="prelu", group="activation", dtype="float", keywords=("learned slope",))
class PReLU:
    """Keep positive numbers, multiply negative ones by one learned slope."""

    init: float = param(0.25, doc="The slope to begin with.")


@block(
    "torch.nn.RReLU",
    type="rrelu",
    group="activation",
    dtype="float",
    rules=(ordered("lower", "upper", "The greatest slope must not be below the least.", equal=True),),
    keywords=("random slope",),
)
class RReLU:
    """Keep positive numbers, multiply negative ones by a slope drawn at random while training."""

    lower: float = param(0.125, low=0, doc="The least slope.")
    upper: float = param(0.3333, low=0, doc="The greatest slope.")


@block("torch.nn.CELU", type="celu", group="activation", dtype="float")
class CELU:
    """An ELU whose slope has no jump, whatever its bound."""

    alpha: float = param(1.0, low=1e-6, doc="The bound for very negative numbers.")


@block("torch.nn.SELU", type="selu", group="activation", dtype="float", keywords=("self-normalizing",))
class SELU:
    """An ELU scaled so that deep networks keep mean 0 and deviation 1 by themselves."""


@block("torch.nn.Mish", type="mish", group="activation", dtype="float", keywords=("smooth",))
class Mish:
    """A smooth ReLU: each number times the tanh of its softplus."""


@block(
    "torch.nn.Softplus", type="softplus", group="activation", dtype="float", keywords=("positive", "smooth")
)
class Softplus:
    """A smooth ReLU that is always positive, for variances and rates."""

    beta: float = param(1.0, low=1e-6, doc="How sharp the bend is.")
    threshold: float = param(
        20.0, advanced=True, doc="Where beta times a number exceeds this, the number itself is given."
    )


@block("torch.nn.Softsign", type="softsign", group="activation", dtype="float")
class Softsign:
    """Squeeze each number between -1 and 1, more slowly than tanh."""


@block("torch.nn.LogSigmoid", type="log_sigmoid", group="activation", dtype="float")
class LogSigmoid:
    """Take the logarithm of the sigmoid, without losing digits."""


@block("torch.nn.Hardsigmoid", type="hardsigmoid", group="activation", dtype="float", keywords=("mobilenet",))
class Hardsigmoid:
    """A sigmoid of three straight lines: cheap to compute."""


@block("torch.nn.Hardswish", type="hardswish", group="activation", dtype="float", keywords=("mobilenet",))
class Hardswish:
    """Each number times its hard sigmoid: a cheap SiLU."""


@block(
    "torch.nn.Hardtanh",
    type="hardtanh",
    group="activation",
    dtype="float",
    rules=(ordered("min_val", "max_val", "The upper bound must lie above the lower one."),),
    keywords=("clamp",),
)
class Hardtanh:
    """Keep numbers between two bounds, cut what lies outside."""

    min_val: float = param(-1.0, doc="The lower bound.", title="Least")
    max_val: float = param(1.0, doc="The upper bound.", title="Greatest")


@block("torch.nn.Hardshrink", type="hardshrink", group="activation", dtype="float", keywords=("sparse",))
class Hardshrink:
    """Set numbers near 0 to 0, keep the rest."""

    lambd: float = param(0.5, low=0, doc="Numbers nearer to 0 than this are set to 0.", title="Threshold")


@block("torch.nn.Softshrink", type="softshrink", group="activation", dtype="float", keywords=("sparse",))
class Softshrink:
    """Set numbers near 0 to 0, move the rest towards 0."""

    lambd: float = param(0.5, low=0, doc="Numbers nearer to 0 than this are set to 0.", title="Threshold")


@block("torch.nn.Tanhshrink", type="tanhshrink", group="activation", dtype="float")
class Tanhshrink:
    """Take from each number its tanh."""


@block("torch.nn.Threshold", type="threshold", group="activation", dtype="float")
class Threshold:
    """Keep numbers above a threshold, put one value in place of the rest."""

    threshold: float = param(0.0, doc="What a number must exceed.")
    value: float = param(0.0, doc="What stands in place of the rest.")


@block("torch.nn.GLU", type="glu", group="activation", dtype="float", keywords=("gated linear unit",))
class GLU:
    """Split features into two halves; a sigmoid of the second says how much of the first passes."""

    dim: int = param(-1, low=-8, high=8, doc="The dimension that is halved; batch is 0, the last is -1.")


@block("torch.nn.Softmin", type="softmin", group="activation", dtype="float", keywords=("probability",))
class Softmin:
    """Turn numbers into probabilities that sum to 1; the smallest number gets the most."""

    dim: int = param(-1, low=-8, high=8, doc="The dimension that sums to 1; batch is 0, the last is -1.")


@block("torch.nn.Softmax2d", type="softmax2d", group="activation", rank=(4,), dtype="float")
class Softmax2d:
    """Turn the channels of each pixel into probabilities that sum to 1."""


@block(
    "studio.nn.GumbelSoftmax",
    type="gumbel_softmax",
    group="activation",
    dtype="float",
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.gumbel_softmax.html",
    keywords=("sample", "discrete", "categorical"),
)
class GumbelSoftmax:
    """While training, draw a nearly certain choice through which gradients still flow; else a softmax."""

    tau: float = param(1.0, low=1e-3, doc="Temperature: the smaller, the more certain the choice.")
    hard: bool = param(False, doc="Give exactly 0 and 1.")
    dim: int = param(-1, low=-8, high=8, doc="The dimension that is chosen from; the last is -1.")
