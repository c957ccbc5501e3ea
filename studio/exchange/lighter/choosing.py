"""Chooses which channels go: those whose weights, over all blocks that they run through, are smallest."""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch

from studio.exchange.lighter.channels import Channels, Layout
from studio.project.lighter import Scope

LEAST = 0.1
"""A share of each group stays, and at least one channel: a layer without any passes nothing on."""

MULTIPLE = 8
"""Of larger groups a multiple of this stays: processors take so many channels at once, and odd numbers of
them can cost more than they save."""

Kept = Mapping[int, torch.Tensor]
"""Group to the numbers of the channels that stay, in order."""


def choose(channels: Channels, state: Mapping[str, torch.Tensor], share: float, scope: Scope) -> Kept:
    """Choose which channels stay.

    Args:
        channels: the channels of the network.
        state: its weights.
        share: of the channels that could go, how many do.
        scope: where they are looked for.
    """
    free = channels.free
    scores = {group: importance(channels, state, group) for group in free}
    counts = {group: len(scores[group]) for group in free}
    most = {group: counts[group] - max(1, math.ceil(counts[group] * LEAST)) for group in free}
    if scope == "each":
        going = {group: min(most[group], math.floor(counts[group] * share)) for group in free}
    else:
        ranked = sorted(
            (score, group) for group in free for score in scores[group].sort().values.tolist()[: most[group]]
        )
        wanted = math.floor(sum(counts.values()) * share)
        going = dict.fromkeys(free, 0)
        for _, group in ranked[:wanted]:
            going[group] += 1
    for groups in channels.alike:
        known = [group for group in groups if group in going]
        if known:
            least = sum(going[group] for group in known) // len(known)
            going.update(dict.fromkeys(known, least))
    going = {group: _rounded(counts[group], gone, most[group]) for group, gone in going.items()}
    kept = {}
    for group, count in channels.counts.items():
        everything = torch.arange(count)
        gone = going.get(group, 0)
        kept[group] = scores[group].argsort(stable=True)[gone:].sort().values if gone else everything
    return kept


def _rounded(count: int, gone: int, most: int) -> int:
    """Give how many go, so that a whole multiple stays where there are several of them."""
    if count <= MULTIPLE or not gone:
        return gone
    stay = max(MULTIPLE, round((count - gone) / MULTIPLE) * MULTIPLE)
    return max(0, min(most, count - stay))


def importance(channels: Channels, state: Mapping[str, torch.Tensor], group: int) -> torch.Tensor:
    """Give how much each channel of a group weighs.

    It is the length of its slice in each weight that makes, filters, scales or reads it, as a multiple of
    the mean length there, on average over those weights.
    """
    found = []
    for cut in channels.cuts:
        if group not in {each for each, _ in cut.layout} or cut.tensor.endswith(("bias", "running_mean")):
            continue
        if cut.tensor.endswith("running_var"):
            continue
        lengths = _lengths(state[cut.tensor].detach().double(), cut.dim, cut.layout, channels, group)
        found.append(lengths / lengths.mean().clamp_min(1e-12))
    return torch.stack(found).mean(0) if found else torch.zeros(channels.counts[group]).double()


def _lengths(weight: torch.Tensor, dim: int, layout: Layout, channels: Channels, group: int) -> torch.Tensor:
    rows = weight.transpose(0, dim).flatten(1) if weight.dim() > 1 else weight[:, None]
    squares = rows.square().sum(1)
    total = torch.zeros(channels.counts[group], dtype=torch.double)
    start = 0
    for each, times in layout:
        places = channels.counts[each] * times
        if each == group:
            total += squares[start : start + places].reshape(-1, times).sum(1)
        start += places
    return total.sqrt()


def places(layout: Layout, channels: Channels, kept: Kept) -> torch.Tensor:
    """Give which places along a dimension stay."""
    found, start = [], 0
    for group, times in layout:
        steps = torch.arange(times)
        found.append((start + kept[group][:, None] * times + steps).flatten())
        start += channels.counts[group] * times
    return torch.cat(found)
