"""Trials before a training, on the command line: one batch by heart, a learning rate, a batch size."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

from studio.cli.command import Parser
from studio.cli.progress import Bar
from studio.cli.voice import DONE, FAILED, INTERRUPTED, UsageError, Voice
from studio.graph import Message
from studio.project import Project

if TYPE_CHECKING:
    from studio.train import Control

TRIALS = ("overfit_batch", "find_rate", "find_batch_size")


def arguments(parser: Parser) -> None:
    """Add the trials to the options of a training."""
    parser.flag("--overfit-batch", help=Message("try to learn one batch by heart, and train nothing else"))
    parser.flag("--find-rate", help=Message("look for a good learning rate, and train nothing else"))
    parser.flag("--find-batch-size", help=Message("look for a fast batch size, and train nothing else"))


def wanted(given: argparse.Namespace) -> bool:
    """Say whether a trial is asked for.

    Raises:
        UsageError: several are, or one beside a run.
    """
    asked = [name for name in TRIALS if getattr(given, name)]
    if len(asked) > 1:
        raise UsageError(Message("One trial at a time: choose one of them."))
    if asked and (given.resume is not None or given.run_dir is not None):
        raise UsageError(Message("A trial keeps no run: leave out --run-dir and --resume."))
    return bool(asked)


def tell(project: Project, given: argparse.Namespace, voice: Voice) -> int:
    """Do the trial that is asked for, and tell what it finds; give the exit code."""
    from studio.train import Control
    from studio.train.trials.by_heart import overfit_batch
    from studio.train.trials.find_batch_size import find_batch_size
    from studio.train.trials.find_rate import find_rate

    control = Control()
    doing: Callable[..., Iterator[Any]] = (
        overfit_batch if given.overfit_batch else find_rate if given.find_rate else find_batch_size
    )
    with _stoppable(control) as came:
        code = _told(doing(project, device=given.device, control=control), voice)
    return INTERRUPTED if came and code == DONE else code


def _told(found: Iterator[Any], voice: Voice) -> int:
    from studio.train import Failed, StepDone
    from studio.train.trials.by_heart import ByHeart
    from studio.train.trials.find_batch_size import SizePoint, SizesFound
    from studio.train.trials.find_rate import RatePoint, RatesFound

    bar, code = Bar(), DONE
    try:
        for event in found:
            if isinstance(event, Failed):
                bar.clear()
                voice.error(event.message, details=event.details)
                code = FAILED
            if isinstance(event, ByHeart) and not event.learned:
                code = FAILED
            if voice.json:
                voice.give(event.json(voice.translate))
                continue
            match event:
                case StepDone():
                    bar.draw(event.progress, f"loss {event.metrics.get('loss', 0.0):.4g}")
                case RatePoint():
                    bar.draw(event.progress, f"lr {event.rate:.1e}  loss {event.loss:.4g}")
                case SizePoint():
                    voice.line(f"{event.size:>8,}  {_speed(event, voice)}")
                case ByHeart():
                    bar.clear()
                    voice.say(event.message)
                case RatesFound():
                    bar.clear()
                    voice.say(_rate(event.suggestion))
                case SizesFound():
                    voice.say(event.reason)
                    voice.say(_size(event.suggestion))
    finally:
        bar.clear()
    return code


def _speed(point: Any, voice: Voice) -> str:
    return voice.text(Message("{speed} samples/s", speed=f"{point.samples_per_second:,.0f}"))


def _rate(suggestion: float | None) -> Message:
    if suggestion is None:
        return Message("No learning rate made the loss fall.")
    return Message("A good learning rate: {rate}", rate=f"{suggestion:.2g}")


def _size(suggestion: int | None) -> Message:
    if suggestion is None:
        return Message("Not even the smallest batch could be tried.")
    return Message("A fast batch size: {size}", size=suggestion)


@contextmanager
def _stoppable(control: Control) -> Iterator[list[int]]:
    """Let Ctrl-C end the trial after its step."""
    came: list[int] = []

    def on_signal(number: int, frame: FrameType | None) -> None:
        if came:
            raise KeyboardInterrupt
        came.append(number)
        control.stop()

    before = signal.signal(signal.SIGINT, on_signal)
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)
