"""Goes evenly between codes, so that what networks make of all that lies between can be watched."""

from __future__ import annotations

import torch

INSTANTS = 24
"""Instants of a way from one code to another."""

WALKERS = 8
"""Ways that are gone side by side, at most."""


def between(begin: torch.Tensor, end: torch.Tensor, *, round_: bool) -> torch.Tensor:
    """Give codes on the way from some codes to others.

    Args:
        begin: (count, ...).
        end: likewise.
        round_: whether to go on a circle about 0, as drawn noise lies on a sphere and hardly ever inside it.

    Returns:
        (instants, count, ...), both ends included.
    """
    share = torch.linspace(0, 1, INSTANTS, device=begin.device).reshape(-1, *[1] * begin.dim())
    if not round_:
        return begin + share * (end - begin)
    flat_begin, flat_end = begin.flatten(1), end.flatten(1)
    cosine = torch.nn.functional.cosine_similarity(flat_begin, flat_end).clamp(-1, 1)
    # Codes that lie in one line with 0 have no circle of their own: there the way is straight.
    angle = cosine.acos().clamp(1e-3, torch.pi - 1e-3).reshape(-1, *[1] * (begin.dim() - 1))
    return (((1 - share) * angle).sin() * begin + (share * angle).sin() * end) / angle.sin()
