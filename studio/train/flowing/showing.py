"""Turns what flows through a network into small finished pictures and a few numbers, whatever its shape.

A window draws these and computes nothing. Every choice is the same each time (the first channels, plain means
for what is too large), so that pictures that follow each other can be compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import torch
from torch.nn import functional

Kind = Literal["image", "maps", "heat", "bars", "attention"]
"""How a picture is read: see `Picture`."""

BARS = 64
"""Values that are shown as a bar each; of more, neighbours are averaged."""

BINS = 32
"""Bars of a histogram."""

LOOKED_AT = 1 << 16
"""Numbers that a histogram looks at; of more, every second, third, and so on."""


@dataclass(frozen=True)
class Scale:
    """How large pictures are.

    Attributes:
        tiles: feature maps or heads, at most.
        side: rows and columns of a feature map.
        sheet: rows and columns of what is one sheet: tokens by features, attention.
    """

    tiles: int
    side: int
    sheet: int


SMALL = Scale(16, 36, 64)
"""For a card on the canvas."""

LARGE = Scale(64, 128, 256)
"""To be looked at closely."""


@dataclass(frozen=True)
class Picture:
    """A picture of numbers, darkest for `low`, brightest for `high`.

    Attributes:
        kind: `image` is a sample as it is, `maps` are channels, `heat` is one sheet (rows by columns), `bars`
            are single values, `attention` are heads (each query a row, each key a column).
        tiles: how many sheets there are.
        height: rows of each.
        width: columns of each.
        pixels: a byte a pixel, or three (red, green, blue), sheet after sheet, row after row.
        low: the smallest number that is shown.
        high: the largest.
        values: of `bars`, the numbers themselves.
        total: how many channels, heads or values there are; more than `tiles` where only the first are shown.
        averaged: whether neighbours were averaged to make it smaller.
    """

    kind: Kind
    tiles: int = 0
    height: int = 0
    width: int = 0
    pixels: bytes = b""
    low: float = 0.0
    high: float = 0.0
    values: tuple[float, ...] = ()
    total: int = 0
    averaged: bool = False

    @property
    def channels(self) -> int:
        """Bytes of a pixel."""
        return len(self.pixels) // max(self.tiles * self.height * self.width, 1)


@dataclass(frozen=True)
class Numbers:
    """What a tensor holds.

    Attributes:
        shape: its sizes, without the batch.
        dtype: its type, such as `float32`.
        low: the smallest finite number.
        mean: their mean.
        high: the largest.
        zeros: the share that is exactly 0.
        units: channels or features.
        silent: how many of these are 0 everywhere for this sample.
        bad: how many numbers are infinite or NaN.
    """

    shape: tuple[int, ...]
    dtype: str
    low: float
    mean: float
    high: float
    zeros: float
    units: int
    silent: int
    bad: int


@dataclass(frozen=True)
class Spread:
    """How numbers are distributed.

    Attributes:
        low: where the first bar begins.
        high: where the last one ends.
        counts: numbers in each bar.
        mean: of all that were looked at.
        deviation: their standard deviation.
        count: how many numbers there are.
        every: one of so many was looked at.
        bad: how many of those are infinite or NaN.
    """

    low: float
    high: float
    counts: tuple[int, ...]
    mean: float
    deviation: float
    count: int
    every: int
    bad: int


def sample_of(value: torch.Tensor) -> torch.Tensor:
    """Take the dimension of the batch off a tensor that was computed for one sample."""
    for dim in range(min(value.dim(), 2)):
        if value.shape[dim] == 1:
            return value.squeeze(dim)
    return value


def numbers(value: torch.Tensor) -> Numbers:
    """Tell what a tensor of one sample holds."""
    values = _plain(value)
    low, high, bad = _range(values)
    good = _good(values) if bad else values
    per_unit = _by_unit(values)
    zeros = values == 0
    silent = int(_by_unit(zeros).all(1).sum()) if value.is_floating_point() and per_unit.numel() else 0
    return Numbers(
        tuple(value.shape),
        str(value.dtype).removeprefix("torch."),
        low,
        float(good.mean()) if good.numel() else 0.0,
        high,
        int(zeros.count_nonzero()) / values.numel() if values.numel() else 0.0,
        len(per_unit),
        silent,
        bad,
    )


def picture(value: torch.Tensor, scale: Scale = SMALL) -> Picture:
    """Draw a tensor of one sample, in the way that fits its shape."""
    values = _plain(value)
    if values.dim() >= 4:  # of a volume, the sheet in its middle
        while values.dim() > 3:
            values = values[:, values.shape[1] // 2]
    if values.numel() == 0:
        return Picture("bars")
    if values.dim() == 3:
        return _sheets("maps", values, scale.tiles, scale.side)
    if values.dim() == 2:
        return _sheets("heat", values.unsqueeze(0), 1, scale.sheet)
    return _bars(values.reshape(-1))


def attention(weights: torch.Tensor, scale: Scale = SMALL) -> Picture:
    """Draw how much each query looked at each key; weights by head, query and key."""
    return _sheets("attention", _plain(weights), scale.tiles, scale.sheet)


def image(width: int, height: int, channels: int, pixels: bytes) -> Picture:
    """Draw a sample as it is."""
    return Picture("image", 1, height, width, pixels, 0.0, 1.0, total=channels)


def spread(tensors: Iterable[torch.Tensor]) -> Spread | None:
    """Count how the numbers of some tensors are distributed; None for no numbers."""
    found = [tensor.detach() for tensor in tensors if tensor.numel()]
    count = sum(tensor.numel() for tensor in found)
    if not count:
        return None
    every = -(-count // LOOKED_AT)
    values = torch.cat([tensor.reshape(-1)[::every].float().cpu() for tensor in found])
    low, high, bad = _range(values)
    finite = _good(values) if bad else values
    if not finite.numel():
        return Spread(0.0, 0.0, (0,) * BINS, 0.0, 0.0, count, every, bad)
    if low == high:  # one value: in the middle of a range of its own
        reach = abs(low) / 2 or 0.5
        low, high = low - reach, high + reach
    counts = tuple(int(one) for one in torch.histc(finite, BINS, low, high).tolist())
    return Spread(low, high, counts, float(finite.mean()), float(finite.std(correction=0)), count, every, bad)


def _plain(value: torch.Tensor) -> torch.Tensor:
    value = value.detach()
    if value.is_complex():
        value = value.abs()
    return value.to("cpu", torch.float32)


def _good(values: torch.Tensor) -> torch.Tensor:
    """Give the finite numbers."""
    return values[torch.isfinite(values)]


def _range(values: torch.Tensor) -> tuple[float, float, int]:
    """Give the smallest and the largest finite number, and how many numbers are not finite."""
    if not values.numel():
        return 0.0, 0.0, 0
    low, high = (float(one) for one in torch.aminmax(values))
    if math.isfinite(low) and math.isfinite(high):  # what is NaN anywhere makes both of them so
        return low, high, 0
    good = _good(values)
    bad = values.numel() - good.numel()
    return (float(good.min()), float(good.max()), bad) if good.numel() else (0.0, 0.0, bad)


def _by_unit(values: torch.Tensor) -> torch.Tensor:
    """Give a row for each channel (of maps) or feature (of all else)."""
    if values.dim() >= 3:
        return values.reshape(len(values), -1)
    if values.dim() == 2:
        return values.t()
    return values.reshape(-1, 1)


def _sheets(kind: Kind, values: torch.Tensor, most: int, side: int) -> Picture:
    total = len(values)
    shown = values[:most]
    low, high, bad = _range(values)
    if bad:
        shown = torch.nan_to_num(shown, low, high, low)
    height, width = shown.shape[1:]
    small = (min(height, side), min(width, side))
    averaged = small != (height, width)
    if averaged:
        shown = functional.adaptive_avg_pool2d(shown, small)
    span = high - low
    scaled = (shown - low).mul_(255.0 / span) if span > 0 else torch.full_like(shown, 127.0)
    pixels = scaled.round_().clamp_(0, 255).to(torch.uint8).contiguous().numpy().tobytes()
    return Picture(kind, len(shown), small[0], small[1], pixels, low, high, (), total, averaged)


def _bars(values: torch.Tensor) -> Picture:
    total = len(values)
    low, high, bad = _range(values)
    shown = torch.nan_to_num(values, 0.0, high, low) if bad else values
    averaged = total > BARS
    if averaged:
        shown = functional.adaptive_avg_pool1d(shown.reshape(1, -1), BARS).reshape(-1)
    return Picture("bars", 0, 0, 0, b"", low, high, tuple(shown.tolist()), total, averaged)
