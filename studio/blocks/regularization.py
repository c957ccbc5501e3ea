"""Layers that make memorising harder while training and do nothing afterwards."""

from studio.blocks.declare import block, param


@block(
    "torch.nn.Dropout",
    type="dropout",
    group="regularization",
    dtype="float",
    keywords=("drop", "overfitting"),
)
class Dropout:
    """While training, set random numbers to 0 so that no feature is relied on alone."""

    p: float = param(0.5, low=0, high=1, doc="Share of numbers set to 0.")


@block(
    "torch.nn.Dropout2d",
    type="dropout2d",
    group="regularization",
    rank=(4,),
    dtype="float",
    keywords=("drop",),
)
class Dropout2d:
    """While training, set whole random channels to 0."""

    p: float = param(0.5, low=0, high=1, doc="Share of channels set to 0.")


@block(
    "torch.nn.Dropout1d",
    type="dropout1d",
    group="regularization",
    rank=(3,),
    dtype="float",
    keywords=("drop",),
)
class Dropout1d:
    """While training, set whole random channels of a signal to 0."""

    p: float = param(0.5, low=0, high=1, doc="Share of channels set to 0.")


@block(
    "torch.nn.Dropout3d",
    type="dropout3d",
    group="regularization",
    rank=(5,),
    dtype="float",
    keywords=("drop",),
)
class Dropout3d:
    """While training, set whole random channels of a volume to 0."""

    p: float = param(0.5, low=0, high=1, doc="Share of channels set to 0.")


@block(
    "torch.nn.AlphaDropout",
    type="alpha_dropout",
    group="regularization",
    dtype="float",
    keywords=("drop", "selu"),
)
class AlphaDropout:
    """While training, drop random numbers so that mean and deviation stay: the dropout for SELU."""

    p: float = param(0.5, low=0, high=1, doc="Share of numbers dropped.")


@block(
    "torch.nn.FeatureAlphaDropout",
    type="feature_alpha_dropout",
    group="regularization",
    rank=(3, 4, 5),
    dtype="float",
    keywords=("drop", "selu"),
)
class FeatureAlphaDropout:
    """While training, drop whole random channels so that mean and deviation stay."""

    p: float = param(0.5, low=0, high=1, doc="Share of channels dropped.")


@block(
    "studio.nn.StochasticDepth",
    type="stochastic_depth",
    group="regularization",
    title="Stochastic depth",
    dtype="float",
    link="https://arxiv.org/abs/1603.09382",
    keywords=("drop path", "residual", "skip"),
)
class StochasticDepth:
    """While training, leave out a residual branch for random samples; put this at the end of the branch."""

    p: float = param(0.1, low=0, high=0.99, doc="Share of samples for which the branch is left out.")


@block(
    "studio.nn.GaussianNoise",
    type="gaussian_noise",
    group="regularization",
    title="Gaussian noise",
    dtype="float",
    link="https://keras.io/api/layers/regularization_layers/gaussian_noise/",
    keywords=("denoising", "robust"),
)
class GaussianNoise:
    """While training, add random numbers from a normal distribution."""

    std: float = param(0.1, low=0, doc="How large the noise is.", title="Deviation")
