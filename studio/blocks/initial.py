"""How weights begin: what of torch.nn.init fits the weights or biases of a block."""

from typing import Literal

from studio.blocks.declare import block, param

LINK = "https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init."

Curve = Literal["relu", "leaky_relu", "linear", "sigmoid", "tanh", "selu"]
"""What stands behind the layer, which the spread of its weights makes up for."""


@block(
    "torch.nn.init.kaiming_normal_",
    type="kaiming_normal",
    group="by size",
    role="initializer",
    title="Kaiming normal",
    link=f"{LINK}kaiming_normal_",
    keywords=("he", "relu"),
)
class KaimingNormal:
    """Draw from a bell curve whose spread keeps the size of numbers through layers with ReLU (He et al.)."""

    a: float = param(
        0.0,
        low=0,
        high=10,
        advanced=True,
        doc="Slope of the leaky ReLU behind, where negative.",
        title="Slope",
    )
    mode: Literal["fan_in", "fan_out"] = param(
        "fan_in", doc="Keep the size of what goes forward (fan_in), or of gradients going back (fan_out)."
    )
    nonlinearity: Curve = param("relu", doc="The activation behind the layer.", title="Activation")


@block(
    "torch.nn.init.kaiming_uniform_",
    type="kaiming_uniform",
    group="by size",
    role="initializer",
    title="Kaiming uniform",
    link=f"{LINK}kaiming_uniform_",
    keywords=("he", "relu"),
)
class KaimingUniform:
    """Draw evenly from a range that keeps the size of numbers through layers with ReLU (He et al.)."""

    a: float = param(
        0.0,
        low=0,
        high=10,
        advanced=True,
        doc="Slope of the leaky ReLU behind, where negative.",
        title="Slope",
    )
    mode: Literal["fan_in", "fan_out"] = param(
        "fan_in", doc="Keep the size of what goes forward (fan_in), or of gradients going back (fan_out)."
    )
    nonlinearity: Curve = param("relu", doc="The activation behind the layer.", title="Activation")


@block(
    "torch.nn.init.xavier_normal_",
    type="xavier_normal",
    group="by size",
    role="initializer",
    title="Xavier normal",
    link=f"{LINK}xavier_normal_",
    keywords=("glorot", "tanh"),
)
class XavierNormal:
    """Draw from a bell curve whose spread suits layers with tanh or sigmoid (Glorot and Bengio)."""

    gain: float = param(1.0, low=0, high=1000, doc="The spread is multiplied by this.")


@block(
    "torch.nn.init.xavier_uniform_",
    type="xavier_uniform",
    group="by size",
    role="initializer",
    title="Xavier uniform",
    link=f"{LINK}xavier_uniform_",
    keywords=("glorot", "tanh"),
)
class XavierUniform:
    """Draw evenly from a range that suits layers with tanh or sigmoid (Glorot and Bengio)."""

    gain: float = param(1.0, low=0, high=1000, doc="The range is multiplied by this.")


@block(
    "torch.nn.init.orthogonal_",
    type="orthogonal",
    group="structured",
    role="initializer",
    title="Orthogonal",
    link=f"{LINK}orthogonal_",
    keywords=("recurrent", "saxe"),
)
class Orthogonal:
    """Begin with rows at right angles to each other, which keeps lengths: for deep and recurrent layers."""

    gain: float = param(1.0, low=0, high=1000, doc="Lengths are multiplied by this.")


@block(
    "torch.nn.init.normal_",
    type="normal",
    group="plain",
    role="initializer",
    title="Normal",
    link=f"{LINK}normal_",
    keywords=("gauss", "bell"),
)
class Normal:
    """Draw from a bell curve."""

    mean: float = param(0.0, doc="The middle.")
    std: float = param(
        0.02, low=0, doc="The spread: two thirds of the numbers are nearer than this.", title="Spread"
    )


@block(
    "torch.nn.init.trunc_normal_",
    type="trunc_normal",
    group="plain",
    role="initializer",
    title="Truncated normal",
    link=f"{LINK}trunc_normal_",
    keywords=("gauss", "bell", "vit"),
)
class TruncatedNormal:
    """Draw from a bell curve without its far ends, as vision Transformers do."""

    mean: float = param(0.0, doc="The middle.")
    std: float = param(0.02, low=1e-9, doc="The spread.", title="Spread")
    a: float = param(-2.0, doc="The least number that is drawn.", title="Least")
    b: float = param(2.0, doc="The greatest number that is drawn.", title="Greatest")


@block(
    "torch.nn.init.uniform_",
    type="uniform",
    group="plain",
    role="initializer",
    title="Uniform",
    link=f"{LINK}uniform_",
    keywords=("even", "range"),
)
class Uniform:
    """Draw evenly from a range."""

    a: float = param(-0.05, doc="The least number.", title="Least")
    b: float = param(0.05, doc="The greatest number.", title="Greatest")


@block(
    "torch.nn.init.zeros_",
    type="zeros",
    group="plain",
    role="initializer",
    title="Zeros",
    link=f"{LINK}zeros_",
)
class Zeros:
    """Begin with 0 everywhere: usual for biases; weights that all begin alike learn alike."""


@block(
    "torch.nn.init.ones_",
    type="ones",
    group="plain",
    role="initializer",
    title="Ones",
    link=f"{LINK}ones_",
)
class Ones:
    """Begin with 1 everywhere: usual for the scales of normalisations."""


@block(
    "torch.nn.init.constant_",
    type="constant",
    group="plain",
    role="initializer",
    title="Constant",
    link=f"{LINK}constant_",
    keywords=("fill",),
)
class Constant:
    """Begin with one number everywhere."""

    val: float = param(0.0, doc="The number.", title="Number")


@block(
    "torch.nn.init.eye_",
    type="eye",
    group="structured",
    role="initializer",
    title="Identity matrix",
    link=f"{LINK}eye_",
    keywords=("diagonal",),
)
class Eye:
    """Begin as the layer that passes on what arrives, as far as sizes allow."""


@block(
    "torch.nn.init.dirac_",
    type="dirac",
    group="structured",
    role="initializer",
    title="Dirac",
    link=f"{LINK}dirac_",
    keywords=("identity", "convolution"),
)
class Dirac:
    """Begin as the convolution that passes channels on, as many as sizes allow."""

    groups: int = param(1, low=1, high=65536, doc="Groups of the convolution.")


@block(
    "torch.nn.init.sparse_",
    type="sparse",
    group="structured",
    role="initializer",
    title="Sparse",
    link=f"{LINK}sparse_",
    keywords=("zeros", "martens"),
)
class Sparse:
    """Draw from a bell curve and set a share of every column to 0 (Martens)."""

    sparsity: float = param(0.1, low=0, high=1, doc="The share of zeros.", title="Share of zeros")
    std: float = param(0.01, low=0, doc="The spread of the others.", title="Spread")
