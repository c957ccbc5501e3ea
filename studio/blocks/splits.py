"""The parameters that sources of data have in common: how they are split, and what is learned from them."""

from typing import Any

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
