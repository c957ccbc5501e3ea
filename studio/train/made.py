"""What a recipe makes while it learns, to be looked at: pictures, points, a surface, texts, episodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch

from studio.graph import Message
from studio.train.surface import Surface

Look = Literal["pictures", "strips", "points", "surface", "texts", "episode"]
"""How it is shown; see `Made`."""

Pixels = tuple[int, int, int, bytes]
"""A picture: width, height, channels (1 or 3), and its bytes by rows."""


@dataclass(frozen=True)
class Made:
    """Something that networks made.

    Attributes:
        look: how `values` are read, all of them on the processor:

            - `pictures`: (count, channels, height, width), numbers from 0 to 1;
            - `strips`: (count, instants, channels, height, width), numbers from 0 to 1, the first instant
              first, or (instants, points, 2) for points that move;
            - `points`: (count, 2), or (count, 3) with the number of a class behind;
            - `surface`: nothing; what is answered everywhere on a plane is in `surface`;
            - `texts`: nothing; the texts are in `texts`;
            - `episode`: (instants, numbers that an environment observes), drawn as `scene` says.
        title: what it is, for people.
        values: the numbers.
        texts: one text a sample: the texts themselves, or what stands under each picture.
        figures: numbers that tell how good it is, by the key of their curve, such as `return`.
        scene: the environment of an episode: `cartpole` (place in m, speed, angle in rad, its speed), or
            another, whose numbers are drawn as lines.
        surface: what is answered everywhere on a plane.
    """

    look: Look
    title: Message
    values: torch.Tensor | None = None
    texts: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    scene: str = ""
    surface: Surface | None = None

    __hash__ = None  # type: ignore[assignment]

    @property
    def instants(self) -> int:
        """How many instants there are to go through; 1 where nothing moves."""
        if self.values is None or self.look not in ("strips", "episode"):
            return 1
        return len(self.values) if self.values.dim() < 5 else self.values.shape[1]

    @property
    def bytes(self) -> int:
        """The memory that it takes."""
        found = (0 if self.values is None else self.values.nbytes) + sum(len(text) for text in self.texts)
        if self.surface is not None:
            found += len(self.surface.tints)  # the samples on it are those of all epochs
        return found

    def pictures(self, instant: int = -1) -> list[Pixels]:
        """Give its pictures, those of one instant where it has several; none where it has no pictures."""
        values = self.values
        if values is None or self.look not in ("pictures", "strips") or values.dim() < 4:
            return []
        if values.dim() == 5:
            values = values[:, instant]
        return [_pixels(one) for one in values]

    def points(self, instant: int = -1) -> list[tuple[float, float, int]]:
        """Give its points at one instant: x, y, and the number of a class (0 without)."""
        values = self.values
        moving = self.look == "strips" and values is not None and values.dim() == 3
        if values is None or not (self.look == "points" or moving):
            return []
        if moving:
            values = values[instant]
        return [(float(one[0]), float(one[1]), int(one[2]) if len(one) > 2 else 0) for one in values.tolist()]

    def observed(self) -> list[list[float]]:
        """Give what an environment showed, instant by instant; none where it is no episode."""
        if self.values is None or self.look != "episode":
            return []
        return [[float(number) for number in row] for row in self.values.tolist()]


def _pixels(picture: torch.Tensor) -> Pixels:
    channels, height, width = picture.shape
    shown = picture[:3] if channels >= 3 else picture[:1]
    data = (shown.float().clamp(0, 1) * 255).round().to(torch.uint8).permute(1, 2, 0).contiguous()
    return width, height, len(shown), data.numpy().tobytes()
