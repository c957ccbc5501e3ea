"""Varies pictures that are learned from: draws come from the seed, the epoch and the sample, nothing else.

So the same samples come out however many workers make them, in whatever order, and after a pause. A training
script that is exported takes this along.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import torch

from studio.data.vision import torchvision

Flip = Literal["none", "horizontal", "vertical", "both"]

_DRAWS = 14
_GOLDEN = -7046029254386353131  # 0x9E3779B97F4A7C15, as a signed number
_FIRST = -4658895280553007687  # 0xBF58476D1CE4E5B9
_SECOND = -7723592293110705685  # 0x94D049BB133111EB
_SMALLEST = 0.02
_LARGEST = 0.33
"""The share of a picture that is erased, at least and at most."""


@dataclass(frozen=True)
class Variation:
    """How pictures are varied.

    Attributes:
        flip: along which side they are mirrored, half of the time each.
        crop: by how many pixels they are shifted at most.
        rotate: by how many degrees they are turned at most, to either side.
        zoom: which share of the sides is cut away at most, before the rest is brought to size.
        jitter: how far brightness, contrast and colours stray: 0.2 is between 0.8 and 1.2 times.
        erase: how often a rectangle is blotted out, from 0 to 1.
        mean: what was taken away from the brightness of each channel.
        std: what it was divided by.
    """

    flip: Flip = "none"
    crop: int = 0
    rotate: float = 0.0
    zoom: float = 0.0
    jitter: float = 0.0
    erase: float = 0.0
    mean: tuple[float, ...] = (0.5,)
    std: tuple[float, ...] = (0.5,)

    def samples(
        self,
        inputs: Mapping[str, torch.Tensor],
        targets: Mapping[str, torch.Tensor],
        *,
        seed: int,
        epoch: int,
        places: torch.Tensor,
    ) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
        """Vary samples with their targets: masks go along, and a picture that is its own target stays that.

        Args:
            inputs: the fields; all that hold pictures are varied alike.
            targets: likewise; only what lies over the pictures is touched.
            seed: see `batch`.
            epoch: see `batch`.
            places: see `batch`.
        """
        changed, beside = dict(inputs), dict(targets)
        for name, images in inputs.items():
            if images.dim() != 4 or not images.is_floating_point() or images.shape[1] != len(self.mean):
                continue
            sides = images.shape[2:]
            over = [key for key, one in beside.items() if one.dim() > 2 and one.shape[-2:] == sides]
            itself = [
                key for key in over if beside[key].shape == images.shape and torch.equal(beside[key], images)
            ]
            masks = [key for key in over if key not in itself]
            draw = {"seed": seed, "epoch": epoch, "places": places}
            found, _ = self.batch(images, **draw)  # type: ignore[arg-type]
            for key in masks:
                _, moved = self.batch(images, beside[key], **draw)  # type: ignore[arg-type]
                assert moved is not None  # a mask was given
                beside[key] = moved
            changed[name] = found
            beside |= dict.fromkeys(itself, found)
        return changed, beside

    def batch(
        self,
        images: torch.Tensor,
        masks: torch.Tensor | None = None,
        *,
        seed: int,
        epoch: int,
        places: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Vary pictures.

        Args:
            images: as the network takes them: samples, channels, height, width.
            masks: the class of each pixel, which goes along: samples, height, width, or with a channel for
                each class.
            seed: that of the training.
            epoch: the epoch, counted from 0.
            places: the place of each sample among all that are learned from.

        Returns:
            The varied pictures, and their masks.
        """
        drawn = draws(seed, epoch, places.cpu(), _DRAWS).tolist()
        made = [
            self._one(image, None if masks is None else masks[row], drawn[row])
            for row, image in enumerate(images)
        ]
        changed = torch.stack([image for image, _ in made])
        return changed, None if masks is None else torch.stack([mask for _, mask in made if mask is not None])

    def _one(
        self, image: torch.Tensor, mask: torch.Tensor | None, drawn: list[float]
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        functions = _functions()
        mean, std = (
            torch.tensor(values, device=image.device).view(-1, 1, 1) for values in (self.mean, self.std)
        )
        layers = [image * std + mean]
        if mask is not None:
            layers.append(mask if mask.dim() == 3 else mask[None])
        modes = [functions.InterpolationMode.BILINEAR, functions.InterpolationMode.NEAREST][: len(layers)]
        height, width = image.shape[-2:]
        if self.flip in ("horizontal", "both") and drawn[0] < 0.5:
            layers = [functions.horizontal_flip(layer) for layer in layers]
        if self.flip in ("vertical", "both") and drawn[1] < 0.5:
            layers = [functions.vertical_flip(layer) for layer in layers]
        if self.rotate:
            angle = (2 * drawn[2] - 1) * self.rotate
            layers = [
                functions.rotate(layer, angle, interpolation=mode)
                for layer, mode in zip(layers, modes, strict=True)
            ]
        if self.zoom:
            kept = [max(1, round(side * (1 - self.zoom * drawn[3]))) for side in (height, width)]
            top, left = (
                int(share * (side - part + 1))
                for share, side, part in zip(drawn[4:6], (height, width), kept, strict=True)
            )
            layers = [
                functions.resized_crop(layer, top, left, *kept, [height, width], interpolation=mode)
                for layer, mode in zip(layers, modes, strict=True)
            ]
        if self.crop:
            top, left = (int(share * (2 * self.crop + 1)) for share in drawn[6:8])
            layers = [
                functions.crop(functions.pad(layer, [self.crop]), top, left, height, width)
                for layer in layers
            ]
        light = layers[0].clamp(0, 1)
        if self.jitter:
            factors = [1 + (2 * share - 1) * self.jitter for share in drawn[8:11]]
            light = functions.adjust_brightness(light, factors[0])
            light = functions.adjust_contrast(light, factors[1])
            if len(light) == 3:
                light = functions.adjust_saturation(light, factors[2])
        light = (light - mean) / std
        if drawn[11] < self.erase:
            light = _erased(light, functions, drawn[12:14], drawn[11] / self.erase)
        return light, None if mask is None else layers[1].reshape(mask.shape)


def draws(seed: int, epoch: int, places: torch.Tensor, count: int) -> torch.Tensor:
    """Give numbers from 0 to 1, `count` for each sample, that follow from seed, epoch and place alone."""
    state = _mixed(_mixed(_mixed(torch.tensor(seed)) + epoch) + places.long())
    steps = torch.arange(1, count + 1) * _GOLDEN
    return _shifted(_mixed(state[:, None] + steps[None]), 40).double() / (1 << 24)


def _mixed(value: torch.Tensor) -> torch.Tensor:
    """Scatter the bits of whole numbers (the last step of SplitMix64)."""
    value = (value ^ _shifted(value, 30)) * _FIRST
    value = (value ^ _shifted(value, 27)) * _SECOND
    return value ^ _shifted(value, 31)


def _shifted(value: torch.Tensor, bits: int) -> torch.Tensor:
    """Shift to the right as if there were no sign."""
    return (value >> bits) & ((1 << (64 - bits)) - 1)


def _erased(image: torch.Tensor, functions: Any, place: list[float], share: float) -> torch.Tensor:
    """Blot a square out, with the middle of all brightness."""
    height, width = image.shape[-2:]
    side = (_SMALLEST + (_LARGEST - _SMALLEST) * share) ** 0.5
    tall, wide = max(1, round(side * height)), max(1, round(side * width))
    top, left = int(place[0] * (height - tall + 1)), int(place[1] * (width - wide + 1))
    blank = torch.zeros(1, 1, 1, dtype=image.dtype, device=image.device)
    found: torch.Tensor = functions.erase(image, top, left, tall, wide, blank)
    return found


def _functions() -> Any:
    torchvision()
    return importlib.import_module("torchvision.transforms.v2.functional")
