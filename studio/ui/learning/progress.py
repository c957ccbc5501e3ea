"""How far a run is: share done, time left, samples a second, in figures and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.graph import Message
from studio.ui.words.figures import duration, short
from studio.ui.words.text import say, tr

if TYPE_CHECKING:
    from studio.ui.learning.training import Session


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
        doing: what is done before the first step, such as a download, and how far that is, from 0 to 1.
    """

    state: str
    epoch: int
    epochs: int
    share: float
    seconds_left: float | None
    rate: float | None
    doing: tuple[Message, float] | None = None

    @classmethod
    def of(cls, session: Session) -> Progress:
        """Look at the run of a session."""
        started, step = session.started, session.latest
        if started is None:
            doing = session.doing
            return cls(session.state, 0, 0, 0.0 if doing is None else doing[1], None, None, doing)
        if step is None:
            return cls(session.state, 1, started.epochs, 0.0, None, None)
        rate = step.samples_per_second or None
        return cls(session.state, step.epoch, started.epochs, step.progress, step.remaining, rate)

    @property
    def seconds_left_in_epoch(self) -> float | None:
        """An estimate for the epoch under way; None before the first steps."""
        if self.seconds_left is None or self.share >= 1.0 or not self.epochs:
            return None
        epoch_left = max(self.epoch - self.share * self.epochs, 0.0) / self.epochs
        return self.seconds_left * epoch_left / (1.0 - self.share)

    def long(self) -> str:
        """Say it with the time left by epoch and by run, where there is room."""
        left = self.seconds_left_in_epoch
        if self.state != "running" or left is None or self.epochs < 2:
            return self.short()
        return tr(
            "{where} · {epoch_left} left in it, {left} in all · {rate} samples/s",
            where=tr("Epoch {epoch} of {epochs}", epoch=self.epoch, epochs=self.epochs),
            epoch_left=duration(left),
            left=duration(self.seconds_left),
            rate=short(self.rate),
        )

    def short(self) -> str:
        """Say it in a few words."""
        return self.ever_shorter()[0]

    def ever_shorter(self) -> tuple[str, ...]:
        """Say it in a few words, and in fewer for where there is less room."""
        if self.state == "stopping":
            return (tr("Stopping…"),)
        if not self.epochs:
            if self.doing is None:
                return (tr("Preparing…"),)
            told = say(self.doing[0])
            return tr("{doing} {share}", doing=told, share=f"{self.doing[1]:.0%}"), told, tr("Preparing…")
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
