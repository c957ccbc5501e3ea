"""The parameters that sources of data have in common: how they are split, varied, and what is learned."""

from typing import Any, Literal

from studio.blocks.declare import param


def share_of_validation() -> Any:
    """Declare how much is kept to check with."""
    return param(0.1, low=0, high=0.9, doc="Share kept to check each epoch.")


def share_of_test() -> Any:
    """Declare how much is kept to judge by."""
    return param(0.2, low=0, high=0.9, doc="Share kept for the final judgement.")


def seed_of_split() -> Any:
    """Declare the number by which samples are dealt out."""
    return param(0, low=0, advanced=True, doc="Another number deals the samples out to other splits.")


def in_proportion() -> Any:
    """Declare whether each split gets its share of every class."""
    return param(True, advanced=True, doc="Give each split its share of every class.")


def what_to_learn() -> Any:
    """Declare whether labels are learned, or the samples themselves."""
    return param(
        "labels",
        advanced=True,
        doc="Learn the labels, or give each sample back itself (autoencoders); then no labels are needed.",
    )


class Varied:
    """How pictures that are learned from are varied in each epoch."""

    flip: Literal["none", "horizontal", "vertical", "both"] = param(
        "none",
        advanced=True,
        doc="Mirror pictures half of the time, while they are learned from.",
        title="Mirror",
    )
    crop: int = param(
        0, low=0, high=1024, advanced=True, unit="px", doc="Shift pictures by so much at most.", title="Shift"
    )
    rotate: float = param(
        0.0, low=0, high=180, advanced=True, unit="°", doc="Turn pictures by so much at most, to either side."
    )
    zoom: float = param(
        0.0,
        low=0,
        high=0.9,
        advanced=True,
        doc="Cut away this share of the sides at most, and enlarge the rest.",
    )
    jitter: float = param(
        0.0,
        low=0,
        high=1,
        advanced=True,
        doc="How far brightness, contrast and colours stray: 0.2 is between 0.8 and 1.2 times.",
        title="Light and colours",
    )
    erase: float = param(
        0.0,
        low=0,
        high=1,
        advanced=True,
        doc="How often a square of the picture is blotted out.",
        title="Blot",
    )
