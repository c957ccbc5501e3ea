"""The command that sweeps: many trainings without a screen, a line for each, and the best at the end."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio import api
from studio.cli import settings
from studio.cli.command import Command, Parser, whole
from studio.cli.progress import Bar, duration, figures
from studio.cli.table import columns
from studio.cli.training import interruptible
from studio.cli.voice import DONE, FAILED, INTERRUPTED, UsageError, Voice, plain
from studio.graph import Message
from studio.project import Project, ProjectError
from studio.project.sweeps import METHODS, Method, SweepPlan, checked, direction_of, figure_for, variable

if TYPE_CHECKING:
    from studio.train.sweeps.state import Sweep, Trial
    from studio.train.sweeps.sweep import SweepEvent

DIRECTIONS = ("min", "max")


def _arguments(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))
    parser.option(
        "--vary",
        metavar="PATH=VALUES",
        many=True,
        help=Message(
            "what to vary: PATH=low..high, PATH=low..high:log, or PATH=a,b,c; for a grid with a number of "
            "points behind another colon. PATH is that of --set"
        ),
    )
    parser.option(
        "--set",
        metavar="PATH=VALUE",
        many=True,
        help=Message("set anything of the project for all trials; “--set help” of train lists it all"),
    )
    parser.option(
        "--method",
        metavar="|".join(METHODS),
        type=_one_of("--method", METHODS),
        help=Message("how values are chosen: all of a grid, at random, or by what was learned (bayes)"),
    )
    parser.option(
        "--trials", metavar="N", type=whole("--trials", 1), help=Message("end after so many trials")
    )
    parser.option(
        "--seconds", metavar="S", type=whole("--seconds", 1), help=Message("begin no trial after this time")
    )
    parser.option(
        "--metric",
        metavar="M",
        help=Message("the figure that counts, such as val_loss or val_accuracy; that of the best epoch"),
    )
    parser.option(
        "--direction",
        metavar="|".join(DIRECTIONS),
        type=_one_of("--direction", DIRECTIONS),
        help=Message("whether less or more of it is better; known by itself for metrics of the catalogue"),
    )
    parser.flag("--prune", help=Message("end trials early that do worse than most; bayes does so by itself"))
    parser.flag("--no-prune", help=Message("let every trial come to its end"))
    parser.option(
        "--epochs", metavar="N", type=whole("--epochs", 1), help=Message("how often all data is shown")
    )
    parser.option("--device", metavar="D", help=Message("where to compute: auto, cpu, cuda:0, mps, ..."))
    parser.option(
        "--seed", metavar="S", type=whole("--seed", 0), help=Message("number that the choices start from")
    )
    parser.option("--resume", metavar="SWEEP", help=Message("go on with the sweep in this folder"))


def _one_of(option: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise UsageError(
                Message(
                    "{option} takes one of {known}, not “{text}”.",
                    option=option,
                    known=", ".join(known),
                    text=text[:40],
                )
            )
        return text

    return read


def _sweep(arguments: argparse.Namespace, voice: Voice) -> int:
    project = api.load(arguments.file)
    asked = [f"plan.loop.epochs={arguments.epochs}"] if arguments.epochs is not None else []
    project = settings.apply(project, [*arguments.set, *asked])
    if arguments.resume is None:
        plan = _plan(arguments, project)
    elif arguments.vary or arguments.set or asked:
        raise UsageError(Message("A sweep goes on as it began: leave out --vary, --set and --epochs."))
    from studio.train import Control, DeviceError, TrainError, choose
    from studio.train.sweeps.state import new_folder, read
    from studio.train.sweeps.sweep import resume, sweep

    try:
        choose(arguments.device or "auto")
    except DeviceError as error:
        raise UsageError(error.message) from error
    control, file = Control(), Path(arguments.file)
    folder = new_folder(file) if arguments.resume is None else Path(arguments.resume)
    try:
        events: Iterator[SweepEvent]
        with interruptible(control, voice, folder / "none"):
            if arguments.resume is None:
                events = sweep(
                    project, plan, device=arguments.device, folder=folder, file=file, control=control
                )
            else:
                try:
                    read(folder)
                except TrainError as error:
                    raise UsageError(error.message) from error
                events = resume(folder, device=arguments.device, control=control)
            code = _tell(events, voice)
    except KeyboardInterrupt:
        _say_resume(folder, voice)
        raise
    return code


def _plan(arguments: argparse.Namespace, project: Project) -> SweepPlan:
    method: Method = arguments.method or "random"
    metric = arguments.metric or figure_for(project.plan)
    trials = arguments.trials
    if trials is None:
        trials = 0 if method == "grid" or arguments.seconds else 20
    try:
        return checked(
            SweepPlan(
                variables=tuple(variable(project, text) for text in arguments.vary),
                method=method,
                trials=trials,
                seconds=float(arguments.seconds or 0),
                metric=metric,
                direction=arguments.direction or direction_of(metric),
                prune=arguments.prune or (method == "bayes" and not arguments.no_prune),
                seed=arguments.seed or 0,
            )
        )
    except ProjectError as error:
        raise UsageError(error.message) from error


def _tell(events: Iterator[SweepEvent], voice: Voice) -> int:
    """Tell a sweep as it happens; give the exit code."""
    from studio.train import Failed, StepDone, Warned
    from studio.train.sweeps.sweep import SweepDone, TrialBegun, TrialDone

    bar, code, number = Bar(), FAILED, 0
    try:
        for event in events:
            match event:
                case TrialBegun():
                    number = event.trial.number
                case StepDone() if not voice.json:
                    said = voice.text(Message("trial {number}", number=number))
                    shown = {name: value for name, value in event.metrics.items() if name != "lr"}
                    bar.draw(event.progress, f"{said}  {figures(shown)}")
                case Warned() | Failed():
                    bar.clear()
                    voice.note(event.message)
                case TrialDone():
                    bar.clear()
                    if not voice.json:
                        voice.line(_line(event.trial, event.sweep, voice))
                    if event.trial.reason and not event.trial.figures:
                        voice.note(Message("  {note}", note=event.trial.reason))
                case SweepDone():
                    bar.clear()
                    code = _say_end(event.sweep, event.reason, voice)
    finally:
        bar.clear()
    return code


def _line(trial: Trial, sweep: Sweep, voice: Voice) -> str:
    of = f"/{sweep.plan.size}" if sweep.plan.size else ""
    said = voice.text(Message("trial {number}", number=f"{trial.number}{of}"))
    values = "  ".join(f"{path.rpartition('.')[2]}={value}" for path, value in trial.values.items())
    state = "" if trial.state == "done" else f"  ({voice.text(_state(trial))})"
    figure = "–" if trial.value is None else f"{trial.value:.4g}"
    return f"{said}  {plain(values)}  {sweep.plan.metric} {figure}{state}  {trial.seconds:.1f} s"


def _state(trial: Trial) -> Message:
    from studio.train import state_of

    return state_of({"done": "completed"}.get(trial.state, trial.state))


def _say_end(sweep: Sweep, reason: str, voice: Voice) -> int:
    from studio.train.sweeps.search import importance

    if voice.json:
        voice.give([trial.json(voice.translate) for trial in sweep.trials])
    elif sweep.best is not None:
        ordered = sorted(
            (trial for trial in sweep.trials if trial.value is not None),
            key=lambda trial: (trial.value or 0.0) * (1 if sweep.plan.direction == "min" else -1),
        )
        paths = [one.path for one in sweep.plan.variables]
        head = (voice.text(Message("Trial")), sweep.plan.metric, *paths, voice.text(Message("Run")))
        rows = [
            (
                str(trial.number),
                f"{trial.value:.4g}",
                *(plain(trial.values[path]) for path in paths),
                plain(trial.run.name),
            )
            for trial in ordered[:10]
        ]
        for line in columns([head, *rows], right=(0, 1)):
            voice.line(line)
        try:
            told = importance(sweep.plan, sweep.trials) if len(paths) > 1 else {}
        except ProjectError:
            told = {}
        if told:
            shares = ", ".join(f"{path} {share:.0%}" for path, share in told.items())
            voice.say(Message("What mattered: {shares}", shares=shares))
    if not voice.json:
        voice.say(
            Message(
                "{count} {count:trial|trials} in {time}. The sweep is in {folder}",
                count=len(sweep.ended),
                time=duration(sweep.seconds),
                folder=sweep.folder,
            )
        )
    if reason == "stopped":
        _say_resume(sweep.folder, voice)
        return INTERRUPTED
    if reason == "failed" or sweep.best is None:
        voice.error(Message("No trial came to its end."))
        return FAILED
    return DONE


def _say_resume(folder: Path, voice: Voice) -> None:
    if folder.is_dir():
        voice.note(Message("--resume goes on with it: {folder}", folder=folder))


SWEEP = Command(
    "sweep", Message("Train a project with many settings, and find the best."), _arguments, _sweep
)
