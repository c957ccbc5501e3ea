"""What a recipe makes while it learns, to be looked at: pictures, film strips, points, texts, an episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch

from studio.graph import Message

Look = Literal["pictures", "strips", "points", "texts", "episode"]
"""How it is shown; see `Made`."""


@dataclass(frozen=True)
class Made:
    """Something that networks made.

    Attributes:
        look: how `values` are read, all of them on the processor:

            - `pictures`: (count, channels, height, width), numbers from 0 to 1;
            - `strips`: (count, instants, channels, height, width), numbers from 0 to 1, the first instant
              first, or (instants, points, 2) for points that move;
            - `points`: (count, 2), or (count, 3) with the number of a class behind;
            - `texts`: nothing; the texts are in `texts`;
            - `episode`: (instants, numbers that an environment observes).
        title: what it is, for people.
        values: the numbers.
        texts: one text a sample: the texts themselves, or what stands under each picture.
        figures: numbers that tell how good it is, by the key of their curve, such as `return`.
    """

    look: Look
    title: Message
    values: torch.Tensor | None = None
    texts: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()

    __hash__ = None  # type: ignore[assignment]
