"""How a source has the pictures varied that are learned from; `variation` does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from studio.data.preprocessing import Preprocessing
from studio.data.variation import Flip as Flip
from studio.data.variation import Variation


class Varying(Protocol):
    """A source whose parameters say how pictures are varied."""

    @property
    def flip(self) -> Flip:
        """See `Augmentation`, as the others."""
        ...

    @property
    def crop(self) -> int: ...  # noqa: D102
    @property
    def rotate(self) -> float: ...  # noqa: D102
    @property
    def zoom(self) -> float: ...  # noqa: D102
    @property
    def jitter(self) -> float: ...  # noqa: D102
    @property
    def erase(self) -> float: ...  # noqa: D102


@dataclass(frozen=True)
class Augmentation(Variation):
    """How pictures of a source are varied; see `Variation` for the settings."""

    @classmethod
    def of(cls, source: Varying, facts: Preprocessing) -> Augmentation | None:
        """Give how a source varies its pictures; None where it does not.

        Args:
            source: has these settings among its parameters.
            facts: how its pictures became inputs.
        """
        chosen = (source.flip, source.crop, source.rotate, source.zoom, source.jitter, source.erase)
        made = cls(*chosen, facts.mean, facts.std)
        return made if made.active else None

    @property
    def active(self) -> bool:
        """Whether anything is varied at all."""
        return self.flip != "none" or any((self.crop, self.rotate, self.zoom, self.jitter, self.erase))
