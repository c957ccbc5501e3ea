"""How far a person came with each lesson: where it is read, whether it was read, trained, and reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from studio.project.gallery import Template
from studio.ui.settings import Settings

SETTING = "ladder"
"""Under which the settings keep it."""

MOST = 500


@dataclass(frozen=True)
class Progress:
    """How far a person came with one lesson.

    Attributes:
        place: how much of it is above the upper edge.
        read: whether its end was seen.
        trained: whether its project was trained to the end.
        reached: whether that reached the figure that the lesson promises.
    """

    place: float = 0.0
    read: bool = False
    trained: bool = False
    reached: bool = False

    @property
    def share(self) -> float:
        """How much of it is done."""
        return (self.read + self.trained + self.reached) / 3


class Ladder(QObject):
    """Keeps the progress of one person."""

    changed = Signal(str)
    """Another step of a lesson was done: its key."""

    def __init__(self, settings: Settings) -> None:
        """Read what is remembered."""
        super().__init__()
        self._settings = settings

    def of(self, key: str) -> Progress:
        """Give how far a person came with a lesson."""
        kept = self._kept().get(key)
        return _progress(kept) if isinstance(kept, dict) else Progress()

    def put(self, key: str, place: float) -> None:
        """Remember where a lesson is read."""
        self._set(key, replace(self.of(key), place=round(place, 4)))

    def note(self, key: str, *, read: bool = False, trained: bool = False, reached: bool = False) -> None:
        """Remember that a step of a lesson was done; what was done stays done."""
        before = self.of(key)
        after = replace(
            before,
            read=before.read or read,
            trained=before.trained or trained,
            reached=before.reached or reached,
        )
        if after != before:
            self._set(key, after)
            self.changed.emit(key)

    def forget(self) -> None:
        """Begin the ladder anew."""
        keys = list(self._kept())
        self._settings.set(SETTING, {})
        for key in keys:
            self.changed.emit(key)

    def next(self, after: Template, known: Sequence[Template]) -> Template | None:
        """Give the template that comes after another on the ladder; None behind the last."""
        if after.facts.order is None:
            return None
        steps = rungs(known)
        later = [one for one in steps if (one.facts.order or 0) > after.facts.order]
        return later[0] if later else None

    def _kept(self) -> dict[str, Any]:
        kept = self._settings.get(SETTING)
        return dict(kept) if isinstance(kept, dict) else {}

    def _set(self, key: str, progress: Progress) -> None:
        kept = self._kept()
        kept.pop(key, None)
        kept[key] = asdict(progress)  # the latest last
        self._settings.set(SETTING, dict(list(kept.items())[-MOST:]))


def rungs(known: Sequence[Template]) -> list[Template]:
    """Give the templates of the ladder in their order."""
    return sorted(
        (one for one in known if one.origin == "ours" and one.facts.order is not None),
        key=lambda one: one.facts.order or 0,
    )


def _progress(kept: dict[str, Any]) -> Progress:
    place = kept.get("place")
    good = isinstance(place, (int, float)) and math.isfinite(place)
    return Progress(
        place=min(max(float(place), 0.0), 1.0) if good and place is not None else 0.0,
        read=kept.get("read") is True,
        trained=kept.get("trained") is True,
        reached=kept.get("reached") is True,
    )
