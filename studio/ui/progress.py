"""How far a run is: share done, time left, samples a second, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.figures import duration, short
from studio.ui.text import tr

if TYPE_CHECKING:
    from studio.ui.training import Session


@dataclass(frozen=True)
class Progress:
    """A look at a run.

    Attributes:
        state: as the session's.
        epoch: the epoch under way, from 1.
        epochs: how many there will be.
        share: how much of the whole run is done, from 0 to 1.
        seconds_left: an estimate; None before the first steps.
        rate: samples a second; None before the first steps.
    """

    state: str
    epoch: int
    epochs: int
    share: float
    seconds_left: float | None
    rate: float | None

    @classmethod
    def of(cls, session: Session) -> Progress:
        """Look at the run of a session."""
        started, step = session.started, session.latest
        if started is None:
            return cls(session.state, 0, 0, 0.0, None, None)
        if step is None:
            return cls(session.state, 1, started.epochs, 0.0, None, None)
        rate = step.samples_per_second or None
        return cls(session.state, step.epoch, started.epochs, step.progress, step.remaining, rate)

    def short(self) -> str:
        """Say it in a few words."""
        return self.ever_shorter()[0]

    def ever_shorter(self) -> tuple[str, ...]:
        """Say it in a few words, and in fewer for where there is less room."""
        if self.state == "stopping":
            return (tr("Stopping…"),)
        if not self.epochs:
            return (tr("Preparing…"),)
        where = tr("Epoch {epoch} of {epochs}", epoch=self.epoch, epochs=self.epochs)
        if self.state == "paused":
            return tr("{where} · paused", where=where), where
        if self.seconds_left is None:
            return (where,)
        left = duration(self.seconds_left)
        return (
            tr("{where} · {left} left · {rate} samples/s", where=where, left=left, rate=short(self.rate)),
            tr("{where} · {left} left", where=where, left=left),
            where,
        )
