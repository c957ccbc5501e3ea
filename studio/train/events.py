"""What a training tells while it runs: the same events for the window, the command line and a test."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from studio.graph import Message
from studio.graph.text import Translate
from studio.project import Fix, GraphRef
from studio.train.machine.devices import Device
from studio.train.made import Made

Json = dict[str, object]


def english(text: str) -> str:
    """Give a template as it is."""
    return text


@dataclass(frozen=True)
class Started:
    """Everything is ready and the first step is next.

    Attributes:
        run: the folder of the run, if it has one.
        device: where it computes.
        seed: what all randomness starts from.
        epochs: how many there will be.
        steps_per_epoch: how many steps each has.
        samples: how many there are to learn from.
        parameters: learnable numbers in all networks.
        step: how many steps were done before (0 unless a run is resumed).
        choices: what was chosen for speed and memory and why, for people.
        facts: the same for programs: `threads`, `channels_last`, `fused`, `precision`.
    """

    run: Path | None
    device: Device
    seed: int
    epochs: int
    steps_per_epoch: int
    samples: int
    parameters: int
    step: int = 0
    choices: tuple[Message, ...] = ()
    facts: Mapping[str, int | str] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "started",
            "run": _path(self.run),
            "device": self.device.id,
            "device_name": self.device.name,
            "seed": self.seed,
            "epochs": self.epochs,
            "steps_per_epoch": self.steps_per_epoch,
            "samples": self.samples,
            "parameters": self.parameters,
            "step": self.step,
            "choices": [choice.render(translate) for choice in self.choices],
            "facts": dict(self.facts),
        }


@dataclass(frozen=True)
class StepDone:
    """Where the training stands; told ten times a second at most, and at the end of each epoch.

    Attributes:
        epoch: the running epoch, counted from 1.
        step: steps done since the very start.
        metrics: those of this step, such as `loss`, `accuracy`, and `lr`.
        samples_per_second: since the last one.
        progress: the share of the whole training that is done, 0 to 1.
        remaining: seconds that are left, or None while that cannot be told.
        watched: of the training itself: `gradient_norm` (before it is clipped), `update_ratio` (how far the
            weights moved against how long they are), `memory` in GiB, and the learning rates of further
            groups of weights, such as `lr.2`; of one of several networks, its role follows a dot.
    """

    epoch: int
    step: int
    metrics: Mapping[str, float]
    samples_per_second: float
    progress: float
    remaining: float | None
    watched: Mapping[str, float] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "step",
            "epoch": self.epoch,
            "step": self.step,
            "metrics": _numbers(self.metrics),
            "samples_per_second": round(self.samples_per_second, 1),
            "progress": round(self.progress, 6),
            "remaining": None if self.remaining is None else round(self.remaining, 1),
            "watched": _numbers(self.watched),
        }


@dataclass(frozen=True)
class Validated:
    """The networks were checked with the validation samples.

    Attributes:
        epoch: the epoch that ends or is running, counted from 1.
        step: steps done since the very start.
        metrics: `val_loss`, `val_accuracy` and the like.
        best: whether it is the best up to now, where it was looked at within an epoch.
    """

    epoch: int
    step: int
    metrics: Mapping[str, float]
    best: bool = False

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "validated",
            "epoch": self.epoch,
            "step": self.step,
            "metrics": _numbers(self.metrics),
            "best": self.best,
        }


@dataclass(frozen=True)
class EpochDone:
    """All training samples were shown once more.

    Attributes:
        epoch: which epoch, counted from 1.
        epochs: of how many.
        step: steps done since the very start.
        metrics: means over the epoch, and those of the validation.
        seconds: how long it took, validation included, rests excluded.
        samples_per_second: training samples in a second of training.
        best: whether it is the best epoch up to now.
    """

    epoch: int
    epochs: int
    step: int
    metrics: Mapping[str, float]
    seconds: float
    samples_per_second: float
    best: bool

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "epoch",
            "epoch": self.epoch,
            "epochs": self.epochs,
            "step": self.step,
            "metrics": _numbers(self.metrics),
            "seconds": round(self.seconds, 3),
            "samples_per_second": round(self.samples_per_second, 1),
            "best": self.best,
        }


@dataclass(frozen=True)
class SampleMade:
    """The networks made something to look at.

    Attributes:
        epoch: the epoch that ended, counted from 1.
        step: steps done since the very start.
        made: what it is.
    """

    epoch: int
    step: int
    made: Made

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object; pictures are told by their sizes."""
        made = self.made
        return {
            "event": "sample",
            "epoch": self.epoch,
            "step": self.step,
            "look": made.look,
            "title": made.title.render(translate),
            "sizes": [] if made.values is None else list(made.values.shape),
            "texts": list(made.texts),
            "metrics": _numbers(dict(made.figures)),
        }


@dataclass(frozen=True)
class CheckpointSaved:
    """From here on, nothing up to this step can be lost.

    Attributes:
        epoch: the running epoch, counted from 1.
        step: steps done since the very start.
        path: the file.
    """

    epoch: int
    step: int
    path: Path

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {"event": "checkpoint", "epoch": self.epoch, "step": self.step, "path": str(self.path)}


@dataclass(frozen=True)
class Warned:
    """Something went wrong that does not end the training, such as a checkpoint on a full disk.

    Attributes:
        message: what happened and what to do.
        about: `data` for what was left out while reading it, else empty.
        notes: a sentence for each single thing, such as each picture that was left out.
    """

    message: Message
    about: str = ""
    notes: tuple[Message, ...] = ()

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "warned",
            "message": self.message.render(translate),
            "about": self.about,
            "notes": [note.render(translate) for note in self.notes],
        }


@dataclass(frozen=True)
class Failed:
    """The training ended with a fault; what the last checkpoint holds can be resumed.

    Attributes:
        message: what happened and what to do.
        details: the text of the libraries beneath, for those who want it.
        node: id of the node that it came from, if it came from one.
        graph: the graph of that node.
        run: the folder of the run, if it has one.
        expected: what was expected there, if that can be told.
        received: what was received instead.
        fixes: mends to apply with one click.
        within: the blocks that this node stands in, composites all, the outermost first.
    """

    message: Message
    details: str = ""
    node: str | None = None
    graph: GraphRef | None = None
    run: Path | None = None
    expected: Message | None = None
    received: Message | None = None
    fixes: tuple[Fix, ...] = ()
    within: tuple[tuple[GraphRef, str], ...] = ()

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "failed",
            "message": self.message.render(translate),
            "details": self.details,
            "node": self.node,
            "graph": None if self.graph is None else {"place": self.graph.place, "name": self.graph.name},
            "run": _path(self.run),
            "expected": None if self.expected is None else self.expected.render(translate),
            "received": None if self.received is None else self.received.render(translate),
        }


@dataclass(frozen=True)
class Best:
    """The best epoch.

    Attributes:
        epoch: counted from 1.
        step: steps done at its end.
        metrics: what was measured then.
    """

    epoch: int
    step: int
    metrics: Mapping[str, float] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]

    def json(self) -> Json:
        """Give it as JSON takes it."""
        return {"epoch": self.epoch, "step": self.step, **_numbers(self.metrics)}


@dataclass(frozen=True)
class Finished:
    """The training ended as it should.

    Attributes:
        run: the folder of the run, if it has one.
        reason: `completed`, `stopped` (by a person), `patience` (no improvement any more) or `max_steps`.
        best: the best epoch, or None when none was finished.
        step: steps done since the very start.
    """

    run: Path | None
    reason: str
    best: Best | None
    step: int

    __hash__ = None  # type: ignore[assignment]

    def json(self, translate: Translate = english) -> Json:
        """Give the event as one JSON object."""
        return {
            "event": "finished",
            "run": _path(self.run),
            "reason": self.reason,
            "best": None if self.best is None else self.best.json(),
            "step": self.step,
        }


Event = Started | StepDone | Validated | EpochDone | SampleMade | CheckpointSaved | Warned | Failed | Finished
"""Everything that a training can tell. `Failed` or `Finished` is the last."""


def _numbers(metrics: Mapping[str, float]) -> dict[str, float | None]:
    """Give numbers as JSON knows them: what is not finite becomes null."""
    return {name: value if math.isfinite(value) else None for name, value in metrics.items()}


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)
