"""Declares the blocks of this package; the layers are named by dotted names, so torch is not imported."""

from studio.blocks import block, from_input, param


@block(
    "netwright_example.layers.Squash",
    type="example.squash",
    group="activation",
    keywords=("softsign", "range"),
)
class Squash:
    """Squash numbers softly into a range."""

    limit: float = param(1.0, low=0, doc="The largest number that leaves.")


@block("netwright_example.layers.Mix", type="example.mix", group="linear", rank=(2,), dtype="float")
class Mix:
    """Mix every feature with every other, keeping their number."""

    features: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    rounds: int = param(1, low=1, high=16, doc="How often it mixes in a row.")
