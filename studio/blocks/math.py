"""Functions of each number, and over whole dimensions."""

from studio.blocks.declare import block, param
from studio.blocks.parameter import Dims


@block("torch.exp", type="exp", group="math", call="function", dtype="float", keywords=("exponential",))
class Exp:
    """Raise e to each number."""


@block("torch.log", type="log", group="math", call="function", dtype="float", keywords=("ln", "logarithm"))
class Log:
    """Take the natural logarithm of each number."""


@block(
    "torch.sqrt",
    type="sqrt",
    group="math",
    call="function",
    dtype="float",
    keywords=("root",),
    title="Square root",
)
class Sqrt:
    """Take the square root of each number."""


@block("torch.square", type="square", group="math", call="function", dtype="float", keywords=("power",))
class Square:
    """Multiply each number by itself."""


@block(
    "torch.abs",
    type="abs",
    group="math",
    call="function",
    dtype="float",
    keywords=("magnitude",),
    title="Absolute value",
)
class Abs:
    """Drop the sign of each number."""


@block(
    "torch.neg", type="neg", group="math", call="function", dtype="float", keywords=("minus",), title="Negate"
)
class Negate:
    """Turn the sign of each number."""


@block(
    "torch.reciprocal", type="reciprocal", group="math", call="function", dtype="float", keywords=("inverse",)
)
class Reciprocal:
    """Divide 1 by each number."""


@block(
    "torch.sin",
    type="sin",
    group="math",
    call="function",
    dtype="float",
    keywords=("siren", "periodic"),
    title="Sine",
)
class Sin:
    """Take the sine of each number."""


@block(
    "torch.cos",
    type="cos",
    group="math",
    call="function",
    dtype="float",
    keywords=("periodic",),
    title="Cosine",
)
class Cos:
    """Take the cosine of each number."""


@block(
    "torch.pow",
    type="power",
    group="math",
    call="function",
    title="Power",
    dtype="float",
    keywords=("exponent",),
)
class Power:
    """Raise each number to a power."""

    exponent: float = param(2.0, doc="The power.")


@block("torch.clamp", type="clamp", group="math", call="function", dtype="float", keywords=("clip", "limit"))
class Clamp:
    """Cut numbers off at bounds."""

    min: float = param(0.0, optional=True, doc="The lower bound; empty for none.", title="Least")
    max: float = param(1.0, optional=True, doc="The upper bound; empty for none.", title="Greatest")


@block(
    "studio.nn.Scale",
    type="scale",
    group="math",
    dtype="float",
    link="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/",
    keywords=("rescale", "shift", "multiply"),
)
class Scale:
    """Multiply each number by a factor and add an offset."""

    factor: float = param(1.0, doc="What each number is multiplied by.")
    offset: float = param(0.0, doc="What is added then.")


@block(
    "torch.mean",
    type="mean",
    group="math",
    call="function",
    title="Mean",
    dtype="float",
    keywords=("average", "reduce", "global pooling"),
)
class Mean:
    """Take the mean over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.sum",
    type="sum",
    group="math",
    call="function",
    title="Sum",
    dtype="float",
    keywords=("total", "reduce"),
)
class Sum:
    """Add up over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.amax",
    type="max",
    group="math",
    call="function",
    title="Max",
    dtype="float",
    keywords=("maximum", "reduce"),
)
class Max:
    """Keep the largest number over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.amin",
    type="min",
    group="math",
    call="function",
    title="Min",
    dtype="float",
    keywords=("minimum", "reduce"),
)
class Min:
    """Keep the smallest number over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.std",
    type="std",
    group="math",
    call="function",
    title="Standard deviation",
    dtype="float",
    keywords=("spread", "reduce"),
)
class Std:
    """Take the standard deviation over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.var",
    type="var",
    group="math",
    call="function",
    title="Variance",
    dtype="float",
    keywords=("spread", "reduce"),
)
class Var:
    """Take the variance over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.logsumexp",
    type="logsumexp",
    group="math",
    call="function",
    title="Log-sum-exp",
    dtype="float",
    keywords=("soft maximum", "reduce"),
)
class LogSumExp:
    """Add up in the space of exponentials: a smooth maximum over dimensions."""

    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.linalg.vector_norm",
    type="norm",
    group="math",
    call="function",
    title="Vector length",
    dtype="float",
    keywords=("magnitude", "capsule"),
)
class Norm:
    """Take the length of vectors over dimensions."""

    ord: float = param(
        2.0, low=0, doc="Which length: 2 is the usual one, 1 the sum of absolute values.", title="Order"
    )
    dim: Dims = param(
        (-1,), low=-8, high=8, doc="Which dimensions; batch is 0, the last is -1.", title="Dimensions"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.prod",
    type="prod",
    group="math",
    call="function",
    title="Product",
    dtype="float",
    keywords=("multiply", "reduce"),
)
class Product:
    """Multiply all numbers along a dimension."""

    dim: int = param(
        -1, low=-8, high=8, doc="Which dimension; batch is 0, the last is -1.", title="Dimension"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.argmax",
    type="argmax",
    group="math",
    call="function",
    title="Place of the largest",
    dtype="float",
    keywords=("class", "index", "prediction"),
)
class ArgMax:
    """Give the place of the largest number along a dimension: the chosen class."""

    dim: int = param(
        -1, low=-8, high=8, doc="Which dimension; batch is 0, the last is -1.", title="Dimension"
    )
    keepdim: bool = param(False, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.cumsum",
    type="cumsum",
    group="math",
    call="function",
    title="Running sum",
    dtype="float",
    keywords=("cumulative",),
)
class RunningSum:
    """Add up from the start to each place along a dimension."""

    dim: int = param(1, low=-8, high=8, doc="Which dimension; batch is 0, the last is -1.", title="Dimension")
