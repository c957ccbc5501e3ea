"""One run of a project from its data to its last weights, kept in a folder so that nothing is lost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from torch import nn

from studio.compiler import Analyser, CompileError, build
from studio.data import DataError, Dataset, Progress, load
from studio.graph import Message, NetwrightError
from studio.project import MODEL, Choice, GraphRef, Plan, Project
from studio.project import file as project_file
from studio.project.process import this_process
from studio.train.control import Control
from studio.train.events import Event, Failed, Finished, Warned
from studio.train.failure import is_out_of_memory
from studio.train.flowing.places import rates, way_to
from studio.train.loop import engine
from studio.train.machine.devices import Device, choose
from studio.train.machine.fitting import require_fit
from studio.train.machine.processes import Processes, own_device, started_together
from studio.train.metrics import MetricLog
from studio.train.plans.bound import role_mistakes
from studio.train.plans.checking import SUPERVISED, misfits, role_misfits
from studio.train.plans.matching import matched
from studio.train.recipe import TrainError
from studio.train.runs import tensorboard
from studio.train.runs.checkpoint import State, read_state
from studio.train.runs.keeping import RunKeeper
from studio.train.runs.preparing import recipe_class
from studio.train.runs.record import (
    PROJECT,
    RunRecord,
    environment,
    make_run_folder,
    new_run_dir,
    plain_path,
    read_record,
    require_ended,
)
from studio.train.runs.store import refer
from studio.train.runs.weights import Given
from studio.train.settings import Settings

NETWORK_SEED_STEP = 1_000
"""What lies between the seeds of the weights of two networks of one plan; the first has the run's seed."""

PathLike = str | os.PathLike[str]


class StopAskedError(Exception):
    """A stop was asked for while the data was loading."""


def run(
    project: Project,
    *,
    device: str | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    max_steps: int | None = None,
    run_dir: PathLike | None = None,
    resume: PathLike | RunRecord | None = None,
    file: PathLike | None = None,
    weights: Given | None = None,
    control: Control | None = None,
    log: MetricLog | None = None,
    progress: Progress | None = None,
) -> Iterator[Event]:
    """Train a project.

    Args:
        project: a snapshot; for a run that is resumed, the project as it was then (or with more epochs).
        device: where; the plan's when not given.
        seed: what all randomness starts from; the plan's when not given.
        epochs: how often all data is shown; the plan's when not given.
        max_steps: end after so many steps since the very start.
        run_dir: the folder to keep the run in; a new one in the user's data folder when not given.
        resume: a run to go on with, in its own folder; it keeps its seed.
        file: the project's file: the run is listed with its others; kept beside it without a `run_dir`.
        weights: what the network that is trained first begins with; a resumed run has its own.
        control: pauses and stops it from another thread.
        log: where the curves go; those of a resumed run are put in first.
        progress: told what is done before the first step and how far it is, such as a download.

    Returns:
        The events; the last one is `Finished` or `Failed`. Work is done only while they are asked for.

    Raises:
        NetwrightError: it cannot begin: a value of the plan, a device or a run that does not exist.
    """
    processes = None
    if started_together():
        device = own_device(device or str(Settings.of(project.plan).device))
        processes = Processes(choose(device).torch)
    record = None
    if resume is not None:
        record = resume if isinstance(resume, RunRecord) else read_record(plain_path(resume))
        require_ended(record)
        seed = record.seed
        if processes is not None:
            processes.gather(None)  # nobody goes on before all have looked
    plan = _plan(project.plan, device=device, seed=seed, epochs=epochs)
    settings = Settings.of(plan)
    where = choose(settings.device)
    session = _Session(
        replace(project, plan=plan),
        settings,
        where,
        control or Control(),
        log or MetricLog(),
        progress or (lambda _doing, _share: None),
        weights if record is None else None,
        processes,
    )
    place = None if file is None else plain_path(file)
    wanted = plain_path(run_dir) if run_dir is not None else None if place is None else new_run_dir(place)
    events: Iterator[Event] = session.events(record, wanted, max_steps, "" if place is None else str(place))
    if processes is not None:
        events = _together(events, processes)
    return tensorboard.logged(events, project) if tensorboard.wanted(session.project) else events


def _together(events: Iterator[Event], processes: Processes) -> Iterator[Event]:
    """Part from the other processes at the end."""
    try:
        yield from events
    finally:
        processes.leave()


@dataclass(frozen=True)
class Opened:
    """What a trial works with.

    Attributes:
        data: what to learn from.
        models: fresh networks by role.
        rates: role to dotted module names to a factor on the learning rate.
        placed: leads a failure to the node that a person drew.
    """

    data: Dataset
    models: Mapping[str, nn.Module]
    rates: Mapping[str, Mapping[str, float]]
    placed: Callable[[Failed], Failed]

    __hash__ = None  # type: ignore[assignment]


def opened(project: Project, device: Device, control: Control) -> Opened | Failed | None:
    """Load the data of a project and build its networks, without a run.

    Returns:
        Why it cannot begin, where it cannot; None where a stop was asked for meanwhile.
    """
    settings = Settings.of(project.plan)
    return _Session(project, settings, device, control, MetricLog(), lambda _doing, _share: None).opened()


def _plan(plan: Plan, *, device: str | None, seed: int | None, epochs: int | None) -> Plan:
    loop: Choice = plan.loop
    for name, value in (("device", device), ("seed", seed), ("epochs", epochs)):
        if value is not None:
            loop = loop.with_parameter(name, value)
    return replace(plan, loop=loop)


def networks(project: Project, seed: int, analyser: Analyser | None = None) -> dict[str, nn.Module]:
    """Build the networks of a plan with fresh weights, by role.

    Args:
        project: the project.
        seed: of the run; the second network of a plan gets `seed + 1000`, and so on.
        analyser: one that remembers, if there is one.

    Raises:
        CompileError: a network has errors.
        ProjectError: the plan names a network that is not there.
    """
    for name in project.plan.networks.values():
        project.graph(GraphRef("network", name))
    return {
        role: build(project, name, seed=seed + NETWORK_SEED_STEP * index, analyser=analyser)
        for index, (role, name) in enumerate(project.plan.networks.items())
    }


@dataclass
class _Session:
    """One call of `run`."""

    project: Project
    settings: Settings
    device: Device
    control: Control
    log: MetricLog
    progress: Progress
    weights: Given | None = None
    processes: Processes | None = None

    def events(
        self, record: RunRecord | None, run_dir: Path | None, max_steps: int | None, file: str
    ) -> Generator[Event, None, None]:
        """Load, build, bind, train."""
        try:
            data, models = self._prepared()
            if self.processes is not None and not self.processes.first:
                yield from self._beside(record, data, models, max_steps)
                return
            keeper, state, notes = self._opened(record, run_dir, data, file)
            if self.weights is not None:
                notes = (*notes, self.weights.into(models.get(MODEL) or next(iter(models.values()))))
        except StopAskedError:
            yield Finished(record.folder if record else None, "stopped", None, record.step if record else 0)
            return
        except Exception as error:  # noqa: BLE001  # a training may fail; its window may not
            yield self._failed(error)
            return
        training = engine.run(
            self.project.plan,
            models,
            data,
            device=self.device,
            rates={role: rates(self.project, name) for role, name in self.project.plan.networks.items()},
            control=self.control,
            log=self.log,
            keeper=keeper,
            folder=keeper.record.folder,
            state=state,
            max_steps=max_steps,
            processes=self.processes,
        )
        warnings = _left_out(data)
        del data, models, state
        yield from keeper.watched(training, notes, self._placed, warnings)

    def _beside(
        self,
        record: RunRecord | None,
        data: Dataset,
        models: Mapping[str, nn.Module],
        max_steps: int | None,
    ) -> Generator[Event, None, None]:
        """Train beside the first process, which keeps the run."""
        state = None if record is None else read_state(record.folder)[0]
        if self.weights is not None:
            self.weights.into(models.get(MODEL) or next(iter(models.values())))
        yield from engine.run(
            self.project.plan,
            models,
            data,
            device=self.device,
            rates={role: rates(self.project, name) for role, name in self.project.plan.networks.items()},
            control=self.control,
            state=state,
            max_steps=max_steps,
            processes=self.processes,
        )

    def _failed(self, error: Exception) -> Failed:
        """Say why a training could not begin."""
        match error:
            case CompileError():
                problem = error.problems[0]
                return Failed(error.message, problem.details, problem.node or None, problem.graph)
            case TrainError():
                return self._placed(
                    Failed(
                        error.message,
                        error.details,
                        error.node or error.place,
                        error.graph,
                        expected=error.expected,
                        received=error.received,
                        fixes=error.fixes,
                    )
                )
            case DataError():
                return self._at_the_data(error)
            case NetwrightError():
                return Failed(error.message)
        if is_out_of_memory(error):
            said = Message("There is too little memory for this network. Use smaller sizes.")
        else:
            said = Message("The training could not begin: {reason}.", reason=type(error).__name__)
        return Failed(said, str(error))

    def opened(self) -> Opened | Failed | None:
        """Give what a trial works with, or why it cannot begin; None where a stop was asked for."""
        try:
            data, models = self._prepared()
        except StopAskedError:
            return None
        except Exception as error:  # noqa: BLE001  # a trial may fail; its window may not
            return self._failed(error)
        names = self.project.plan.networks
        return Opened(
            data, models, {role: rates(self.project, name) for role, name in names.items()}, self._placed
        )

    def _prepared(self) -> tuple[Dataset, dict[str, nn.Module]]:
        """Give the data and the networks, matched."""
        analyser = Analyser()
        for mistake in role_mistakes(self.project.plan):
            raise mistake
        require_fit(self.project, analyser, self.device.torch)
        models = networks(self.project, self.settings.seed, analyser)

        def progress(doing: Message, share: float) -> None:
            self.progress(doing, share)
            if self.control.interrupted:
                raise KeyboardInterrupt
            if self.control.stopped:
                raise StopAskedError

        data = load(self.project.plan.data, progress, may_stream=recipe_class(self.project.plan).streams)
        if self.project.plan.recipe.type == SUPERVISED and len(models) == 1:
            (name,) = self.project.plan.networks.values()
            report = analyser.analyse(self.project, GraphRef("network", name))
            for problem in misfits(self.project, report, data.facts):
                raise TrainError.of(problem)
            data = matched(data, self.project, report)
        for problem in role_misfits(self.project, analyser, data.facts):
            if problem.severity == "error":
                raise TrainError.of(problem)
        return data, models

    def _opened(
        self, record: RunRecord | None, run_dir: Path | None, data: Dataset, file: str
    ) -> tuple[RunKeeper, State | None, tuple[Message, ...]]:
        """Give the run's folder: a new one, or that of a run that goes on."""
        if record is not None:
            state, note = read_state(record.folder)
            running = replace(record, status="running", process=this_process(), file=file or record.file)
            refer(running)
            keeper = RunKeeper(running, self.log, self.project)
            keeper.go_on(0 if state is None else state["position"]["step"])
            if state is None:
                note = Message(
                    "The run had kept no checkpoint before it ended, so it begins again at its first step."
                )
            return keeper, state, () if note is None else (note,)
        folder, note = make_run_folder(run_dir)
        now = time.time()
        keeper = RunKeeper(
            RunRecord(
                folder=folder,
                started=now,
                ended=now,
                status="running",
                device=self.device.id,
                seed=self.settings.seed,
                environment={**environment(), "device": self.device.name},
                preprocessing=data.preprocessing.json(),
                classes=data.classes,
                file=file,
            ),
            self.log,
        )
        project_file.write(self.project, folder / PROJECT)
        keeper.record.write()
        refer(keeper.record)
        return keeper, None, () if note is None else (note,)

    def _at_the_data(self, error: DataError) -> Failed:
        """Put what is wrong with the data to where data enters the network."""
        ref = GraphRef("network", self.project.main())
        node = next((node.id for node in self.project.graph(ref).of_type("input")), None)
        return Failed(error.message, node=node, graph=None if node is None else ref)

    def _placed(self, failed: Failed) -> Failed:
        """Lead a failure from its place in a module to the node that a person drew."""
        if failed.node is None or failed.graph is not None:
            return replace(failed, node=failed.node or None)
        for name in self.project.plan.networks.values():
            way = way_to(self.project, name, failed.node)
            if way:
                ref, node = way[-1]
                within = tuple((outer, composite.id) for outer, composite in way[:-1])
                values = {
                    key: node.name if value == failed.node else value
                    for key, value in failed.message.values.items()
                }
                message = Message(failed.message.template, **values)
                return replace(failed, node=node.id, graph=ref, message=message, within=within)
        return replace(failed, node=None)


def _left_out(data: Dataset) -> tuple[Warned, ...]:
    """Tell what of the data was left out or changed while it was read."""
    if not data.skipped:
        return ()
    if data.preprocessing.kind != "image":  # of a table it is how the file was understood, and rows
        told = Message("{count} {count:remark|remarks} on how the data was read.", count=data.skipped_in_all)
        return (Warned(told, "data", data.skipped),)
    told = Message(
        "{count} {count:file|files} of the data {count:was|were} skipped or changed.",
        count=data.skipped_in_all,
    )
    return (Warned(told, "data", data.skipped),)
