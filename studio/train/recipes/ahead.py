"""Tells whether a network that shall only see what came before also sees what comes later."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from studio.data.tokens import PADDING, UNKNOWN
from studio.graph import Message
from studio.train.flowing.places import last_layer
from studio.train.plans.entries import device_of
from studio.train.recipe import TrainError


def refuse_looking_ahead(
    model: nn.Module, row: torch.Tensor, scored: Callable[[torch.Tensor], torch.Tensor]
) -> None:
    """Compare what a network says where only the last token of its text is another one.

    Args:
        model: the network; it is left as it was.
        row: (1, tokens) of a text.
        scored: gives the scores (1, tokens, ...) for such a row.

    Raises:
        TrainError: what it says of earlier places differs, so that it would learn nothing.
    """
    if row.shape[1] < 2:
        return
    one = row.to(device_of(model))
    other = one.clone()
    differing = one[0][one[0] != one[0, -1]]
    other[0, -1] = differing[0] if len(differing) else UNKNOWN if int(one[0, -1]) == PADDING else PADDING
    was_training = model.training
    model.eval()
    with torch.no_grad():
        a, b = (scored(tokens)[:, :-1] for tokens in (one, other))
    model.train(was_training)
    if not torch.allclose(a, b, rtol=1e-3, atol=1e-4, equal_nan=True):
        raise TrainError(
            Message(
                "The network looks ahead: what it says of a place changes with the tokens that come "
                "later, so it would only learn to copy them. Make its attention causal, and its layers "
                "run in one direction."
            ),
            place=last_layer(model),
            expected=Message("a network that sees only what came before"),
            received=Message("one that sees what comes later"),
        )
