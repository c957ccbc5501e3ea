"""Commands that train and judge: train, evaluate, runs."""

from __future__ import annotations

import _thread
import argparse
import datetime
import math
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from studio import api
from studio.cli import settings
from studio.cli.command import Command, Parser, whole
from studio.cli.progress import Bar, duration, figures
from studio.cli.table import columns
from studio.cli.voice import DONE, FAILED, INTERRUPTED, UsageError, Voice
from studio.graph import Message

if TYPE_CHECKING:
    from studio.train import Control, Event, RunRecord, StepDone

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
        help=Message("set anything of the project, such as plan.loop.batch_size=32"),
    )
    parser.option("--resume", metavar="RUN", help=Message("go on with the run in this folder"))


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
    project = api.load(arguments.file)
    if arguments.resume is not None:
        # A run goes on as it began, whatever the file and its plan have become since.
        project = existing_run(arguments.resume).project()
    project = settings.apply(project, arguments.set)
    from studio.train import Control, DeviceError, choose, new_run_dir

    try:
        choose(arguments.device or "auto")
    except DeviceError as error:
        raise UsageError(error.message) from error
    run_dir = arguments.run_dir
    if arguments.resume is None and run_dir is None:
        run_dir = new_run_dir(Path(arguments.file))
    control = Control()
    with interruptible(control, voice, arguments.resume or run_dir) as asked:
        events = api.train(
            project,
            device=arguments.device,
            seed=arguments.seed,
            epochs=arguments.epochs,
            max_steps=arguments.max_steps,
            run_dir=run_dir,
            resume=arguments.resume,
            control=control,
        )
        code = tell(events, voice)
    return INTERRUPTED if asked and code == DONE else code


def existing_run(path: str) -> RunRecord:
    """Give the run of a folder.

    Raises:
        UsageError: there is none.
    """
    from studio.train import TrainError, load_run

    try:
        return load_run(Path(path))
    except TrainError as error:
        raise UsageError(error.message) from error


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

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
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


def _press() -> None:
    """Press Ctrl-C once more; where the system can, so that whatever is waited for is woken."""
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def tell(events: Iterator[Event], voice: Voice) -> int:
    """Tell a training as it happens; give the exit code."""
    from studio.train import EpochDone, Failed, Finished, Started, StepDone, Validated, Warned

    bar = Bar()
    code = DONE
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


REASONS = {
    "completed": Message("Done: all epochs."),
    "stopped": Message("Stopped; the checkpoint is kept, and --resume goes on with it."),
    "patience": Message("Done: no improvement any more."),
    "max_steps": Message("Done: as many steps as asked for."),
}
"""Why a training ended, in words."""


def _say_finished(event: Any, voice: Voice) -> None:
    voice.say(REASONS[event.reason])
    if event.best is not None:
        voice.line(
            voice.text(Message("best epoch {epoch}", epoch=event.best.epoch))
            + f"  {figures(event.best.metrics)}"
        )
    if event.run is not None:
        voice.say(Message("The run is in {folder}", folder=event.run))


TRAIN = Command("train", Message("Train a project without a screen."), _train_arguments, _train)


# -- evaluate ------------------------------------------------------------------------------------------


def _run_argument(parser: Parser) -> None:
    parser.argument("run", help=Message("the folder of a run"))


def _evaluate(arguments: argparse.Namespace, voice: Voice) -> int:
    from studio.train import evaluate

    found = evaluate(existing_run(arguments.run).folder)
    if voice.json:
        numbers = {name: value if math.isfinite(value) else None for name, value in found.metrics.items()}
        voice.give({"metrics": numbers})
    else:
        voice.line(figures(found.metrics))
    return DONE


EVALUATE = Command(
    "evaluate", Message("Judge a run's best weights by the test samples."), _run_argument, _evaluate
)


# -- runs ----------------------------------------------------------------------------------------------


def _file_argument(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))


def _runs(arguments: argparse.Namespace, voice: Voice) -> int:
    from studio.train import RunStore, runs_folder

    api.load(arguments.file)  # a file that is none is told as such, not as one without runs
    found = RunStore(runs_folder(Path(arguments.file))).runs()
    if voice.json:
        voice.give([{"run": str(run.folder), **run.json()} for run in found])
        return DONE
    if not found:
        voice.say(Message("No runs yet. Train with: netwright train {file}", file=arguments.file))
        return DONE
    rows = [
        (
            run.name,
            f"{datetime.datetime.fromtimestamp(run.started).astimezone():%Y-%m-%d %H:%M}",
            run.status,
            str(run.epochs),
            figures({k: v for k, v in (run.best or {}).items() if k not in ("epoch", "step")}),
        )
        for run in found
    ]
    for line in columns(rows, right=(3,)):
        voice.line(line)
    return DONE


RUNS = Command("runs", Message("List the runs of a project."), _file_argument, _runs)
