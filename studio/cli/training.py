"""The command that trains, and how it tells what happens."""

from __future__ import annotations

import _thread
import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from studio import api
from studio.cli import settings, trials
from studio.cli.command import Command, Parser, whole
from studio.cli.judging import resumable
from studio.cli.progress import Bar, duration, figures
from studio.cli.table import columns
from studio.cli.voice import DONE, FAILED, INTERRUPTED, UsageError, Voice, hush, plain
from studio.graph import Message
from studio.project import Project
from studio.project.write_error import readable

if TYPE_CHECKING:
    from studio.train import Control, Event, StepDone

_AT_ONCE = 0.5
"""Seconds that a second Ctrl-C gives the running step, before it is broken off."""

# -- train ---------------------------------------------------------------------------------------------


def _train_arguments(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))
    parser.option("--run-dir", metavar="DIR", help=Message("the folder to keep the run in"))
    parser.option("--device", metavar="D", help=Message("where to compute: auto, cpu, cuda:0, mps, ..."))
    length(parser)
    parser.option(
        "--seed", metavar="S", type=whole("--seed", 0), help=Message("number that all randomness starts from")
    )
    parser.option(
        "--set",
        metavar="PATH=VALUE",
        many=True,
        help=Message(
            "set anything of the project, such as plan.loop.batch_size=32; “--set help” lists it all"
        ),
    )
    parser.option("--resume", metavar="RUN", help=Message("go on with the run in this folder"))
    trials.arguments(parser)


def length(parser: Parser) -> None:
    """Add how long to train."""
    parser.option(
        "--epochs", metavar="N", type=whole("--epochs", 1), help=Message("how often all data is shown")
    )
    parser.option(
        "--max-steps", metavar="N", type=whole("--max-steps", 1), help=Message("end after so many steps")
    )


def _train(arguments: argparse.Namespace, voice: Voice) -> int:
    if arguments.resume is not None and arguments.run_dir is not None:
        raise UsageError(Message("A run is resumed in its own folder: leave out --run-dir or --resume."))
    if arguments.resume is not None and arguments.seed is not None:
        raise UsageError(Message("A run goes on with the seed that it began with: leave out --seed."))
    project = api.load(arguments.file)
    if arguments.resume is not None:
        # A run goes on as it began, whatever the file and its plan have become since.
        project = resumable(arguments.resume).project()
    if settings.ALL in arguments.set:
        # What is set before it counts: other data has other settings.
        others = [setting for setting in arguments.set if setting != settings.ALL]
        return _list_settings(settings.apply(project, others), voice)
    asked_for = [
        f"plan.loop.{name}={value}"
        for name, value in (("epochs", arguments.epochs), ("seed", arguments.seed))
        if value is not None
    ]
    project = settings.apply(project, [*arguments.set, *asked_for])
    from studio.train import Control, DeviceError, choose, new_run_dir

    try:
        choose(arguments.device or "auto")
    except DeviceError as error:
        raise UsageError(error.message) from error
    if trials.wanted(arguments):
        return trials.tell(project, arguments, voice)
    if arguments.resume is not None:
        folder = Path(arguments.resume)
    elif arguments.run_dir:
        folder = Path(arguments.run_dir) if _is_beside() else usable(arguments.run_dir)
    else:
        folder = new_run_dir(Path(arguments.file))
    control = Control()
    if _is_beside():
        voice = replace(voice, aside=True)
    try:
        with interruptible(control, voice, folder) as asked:
            events = api.train(
                project,
                device=arguments.device,
                max_steps=arguments.max_steps,
                run_dir=None if arguments.resume else folder,
                resume=arguments.resume,
                file=arguments.file,
                control=control,
            )
            code = tell(events, voice)
    except BrokenPipeError:
        # Whoever read our output went away, as `head` does: the training stops, and what it learned is kept.
        hush()
        voice.note(Message("Nobody reads the output any more, so the training was stopped."))
        return INTERRUPTED
    return INTERRUPTED if asked and code == DONE else code


def _is_beside() -> bool:
    """Tell whether this is one of several processes, the first of which writes and speaks for all."""
    return os.environ.get("RANK", "0") != "0" and int(os.environ.get("WORLD_SIZE", "1")) > 1


def _list_settings(project: Project, voice: Voice) -> int:
    """List everything that `--set` can set, with its value."""
    found = list(settings.every_setting(project))
    if voice.json:
        for each in found:
            voice.give({"path": each.path, "value": settings.written(each.value)})
        return DONE
    for line in columns([(each.path, plain(settings.written(each.value)) or "–") for each in found]):
        voice.line(line)
    return DONE


def usable(run_dir: str) -> Path:
    """Give the folder that a new run is to be kept in.

    Raises:
        UsageError: there is a run already, or no folder.
        TrainError: nothing can be kept in it.
    """
    from studio.train import RunFolderError, require_run_folder

    folder = Path(run_dir)
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            Message("“{file}” is no folder, so no run can be kept in it.", file=readable(folder))
        )
    try:
        require_run_folder(folder)
    except RunFolderError as taken:
        raise UsageError(taken.message) from taken
    return folder


@contextmanager
def interruptible(control: Control, voice: Voice, run: str | Path) -> Iterator[list[int]]:
    """Let Ctrl-C stop after the step, and a second one at once; gives the signals that came.

    Args:
        control: of the training.
        voice: says what happens.
        run: the folder of the run.
    """
    came: list[int] = []
    # A step that is nearly done is worth a blink: then it is whole, and kept.
    patience = threading.Timer(_AT_ONCE, _press)

    def on_signal(number: int, frame: FrameType | None) -> None:
        came.append(number)
        match len(came):
            case 1:
                control.stop()
                voice.note(Message("Stopping after this step. Press Ctrl-C again to stop at once."))
            case 2:
                control.interrupt()
                patience.start()
            case _:
                raise KeyboardInterrupt

    before = {number: signal.signal(number, on_signal) for number in _ends()}
    try:
        yield came
    except KeyboardInterrupt:
        if (Path(run) / "state.pt").is_file():
            voice.note(Message("The checkpoint is kept, and --resume goes on with it: {folder}", folder=run))
        elif Path(run).is_dir():
            voice.note(Message("There is no checkpoint yet: --resume begins again at the first step."))
        raise
    finally:
        patience.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _ends() -> list[signal.Signals]:
    """Give the signals that end a training: Ctrl-C, a shutdown, and the terminal that is closed."""
    ends = [signal.SIGINT, signal.SIGTERM]
    hangup: signal.Signals | None = getattr(signal, "SIGHUP", None)
    # Under `nohup` the training outlives its terminal.
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        ends.append(hangup)
    return ends


def _press() -> None:
    """Press Ctrl-C once more; where the system can, so that whatever is waited for is woken."""
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def tell(events: Iterator[Event], voice: Voice) -> int:
    """Tell a training as it happens; give the exit code."""
    from studio.train import (
        CheckpointSaved,
        EpochDone,
        Failed,
        Finished,
        Started,
        StepDone,
        Validated,
        Warned,
    )

    bar = Bar()
    code = DONE
    begun, kept = False, -1
    try:
        for event in events:
            if isinstance(event, Warned):
                bar.clear()
                voice.note(event.message)
                for note in event.notes:
                    voice.note(Message("  {note}", note=note))
            elif isinstance(event, Failed):
                bar.clear()
                code = FAILED
                voice.error(event.message, details=event.details)
            elif isinstance(event, Started):
                begun = True
            elif isinstance(event, CheckpointSaved):
                kept = event.step
            elif isinstance(event, Finished) and begun and event.run is not None and kept < event.step:
                bar.clear()
                code = FAILED
                voice.error(Message("What was learned could not be kept in {folder}.", folder=event.run))
            if voice.json:
                if not isinstance(event, (Warned, Validated)):
                    voice.give(event.json(voice.translate))
                continue
            match event:
                case Started():
                    _say_started(event, voice)
                case StepDone():
                    bar.draw(event.progress, _step(event, voice))
                case EpochDone():
                    bar.clear()
                    voice.line(
                        voice.text(Message("epoch {epoch}/{epochs}", epoch=event.epoch, epochs=event.epochs))
                        + f"  {figures(event.metrics)}  {event.seconds:.1f} s"
                    )
                case Finished():
                    bar.clear()
                    _say_finished(event, voice)
    finally:
        bar.clear()
    return code


def _say_started(event: Any, voice: Voice) -> None:
    voice.say(
        Message(
            "Training {parameters} parameters on {samples} samples with {device} (seed {seed})",
            parameters=f"{event.parameters:,}",
            samples=f"{event.samples:,}",
            device=event.device.name,
            seed=event.seed,
        )
    )
    for choice in event.choices:
        voice.say(choice)


def _step(event: StepDone, voice: Voice) -> str:
    shown = {name: value for name, value in event.metrics.items() if name != "lr"}
    speed = voice.text(Message("{speed} samples/s", speed=f"{event.samples_per_second:,.0f}"))
    left = duration(event.remaining) if event.remaining is not None else "–"
    return f"{figures(shown)}  {speed}  {voice.text(Message('{time} left', time=left))}"


def _say_finished(event: Any, voice: Voice) -> None:
    from studio.train import end_of

    voice.say(end_of(event.reason))
    if event.best is not None:
        voice.line(
            voice.text(Message("best epoch {epoch}", epoch=event.best.epoch))
            + f"  {figures(event.best.metrics)}"
        )
    if event.run is not None:
        voice.say(Message("The run is in {folder}", folder=event.run))
        if event.reason == "stopped":
            voice.say(Message("--resume goes on with it."))


TRAIN = Command("train", Message("Train a project without a screen."), _train_arguments, _train)
