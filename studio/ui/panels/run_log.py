"""What a run said, line by line with the time of day: how it began, each epoch, warnings, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from studio.graph import Message
from studio.ui.panels.curves import measure_title
from studio.ui.words.figures import duration, measure
from studio.ui.words.text import languages, live, say

if TYPE_CHECKING:
    from studio.train import Event

MOST_LINES = 20_000
"""The oldest lines of a longer run are in its curves and its folder only."""


class RunLog(QPlainTextEdit):
    """The lines of the run; they can be selected and copied, and follow the language."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._told: list[tuple[str, Event]] = []
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setMaximumBlockCount(MOST_LINES)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        live(self.setAccessibleName, "Run log")
        live(self.setPlaceholderText, "What a training says stands here.")
        languages.changed.connect(self._retell)

    def restart(self) -> None:
        """Forget the run before."""
        self._told.clear()
        self.clear()

    def take(self, event: Event) -> None:
        """Write down what happened now."""
        now = datetime.now().strftime("%H:%M:%S")
        self._told.append((now, event))
        del self._told[:-MOST_LINES]
        self._write(now, event)

    def _retell(self) -> None:
        self.clear()
        for moment, event in self._told:
            self._write(moment, event)

    def _write(self, moment: str, event: Event) -> None:
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        for line in lines_of(event):
            self.appendPlainText(f"{moment}  {say(line)}")
        if at_end:
            bar.setValue(bar.maximum())


def lines_of(event: Event) -> list[Message]:
    """Say an event in words; none for what has its place elsewhere."""
    from studio.train import (  # torch is there: an event came from it
        CheckpointSaved,
        EpochDone,
        Failed,
        Finished,
        SampleMade,
        Started,
        Warned,
        end_of,
    )

    match event:
        case Started():
            began = Message(
                "Training on {device}: {samples} {samples:sample|samples}, {parameters} "
                "{parameters:parameter|parameters}, seed {seed}.",
                device=event.device.name,
                samples=event.samples,
                parameters=event.parameters,
                seed=event.seed,
            )
            return [began, *event.choices]
        case EpochDone():
            said = Message(
                "Epoch {epoch} of {epochs}, {time}: {figures}",
                epoch=event.epoch,
                epochs=event.epochs,
                time=duration(event.seconds),
                figures=_figures(event.metrics),
            )
            return [Message("{said} (the best)", said=said) if event.best else said]
        case SampleMade():
            return [Message("Made: {title}", title=event.made.title)]
        case CheckpointSaved():
            return [Message("Checkpoint at step {step}.", step=event.step)]
        case Warned():
            return [event.message, *event.notes]
        case Failed():
            return [event.message]
        case Finished():
            return [end_of(event.reason)]
        case _:
            return []


def _figures(metrics: Mapping[str, float]) -> str:
    return ", ".join(f"{measure_title(key)} {measure(value)}" for key, value in metrics.items())
