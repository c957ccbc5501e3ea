"""Layers that make memorising harder while training and do nothing afterwards."""

from studio.blocks.declare import block, param


@block("torch.nn.Dropout", type="dropout", group="regularization", dtype="float", keywords=("overfitting",))
class Dropout:
    """While training, set random numbers to 0 so that no feature is relied on alone."""

    p: float = param(0.5, low=0, high=1, doc="Share of numbers set to 0.")


@block("torch.nn.Dropout2d", type="dropout2d", group="regularization", rank=(4,), dtype="float")
class Dropout2d:
    """While training, set whole random channels to 0."""

    p: float = param(0.5, low=0, high=1, doc="Share of channels set to 0.")
