"""Everything between a plan and the first step: the recipe bound, data on the device, choices made."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import torch
from torch import nn

from studio.data import Dataset, Split
from studio.data.memory import in_units
from studio.graph import Message
from studio.project import Plan
from studio.train.flowing.peek import Known, Viewer
from studio.train.flowing.peek import Part as PartName
from studio.train.loop.averaging import Averages
from studio.train.loop.feed import Feed, batches, fits, normalises
from studio.train.loop.goals import Goal
from studio.train.loop.learner import Learner
from studio.train.loop.random_stream import RandomStream
from studio.train.loop.streaming import StreamFeed, feed_of
from studio.train.loop.workbench import Bystander, Workbench
from studio.train.machine.choices import Choices, Told, threads_told
from studio.train.machine.compiling import compile_in_place
from studio.train.machine.devices import Device, has_bfloat16, has_float16, processors
from studio.train.machine.measuring import here, measured
from studio.train.machine.processes import Processes
from studio.train.plans.terms import optimizer_of
from studio.train.recipe import Recipe, Tools, TrainError
from studio.train.runs.weights import Tensors, tensors_of
from studio.train.settings import Settings


@dataclass
class Ready:
    """All that the loop works with."""

    settings: Settings
    device: Device
    recipe: Recipe
    tools: Workbench
    train: Feed
    validation: Feed
    normalises: bool
    choices: Choices
    messages: tuple[Message, ...]
    known: Known
    goal: Goal
    averages: Averages | None = None
    warnings: tuple[Message, ...] = ()
    fallen: list[str] = field(default_factory=list)
    processes: Processes | None = None

    @property
    def models(self) -> Mapping[str, nn.Module]:
        """The networks by role."""
        return self.recipe.models

    @property
    def steps_per_epoch(self) -> int:
        """How many steps an epoch has."""
        return len(self.spans())

    def spans(self, start: int = 0) -> list[tuple[int, int]]:
        """Give where the samples of each step of an epoch start and end.

        Args:
            start: samples that were already shown.
        """
        settings = self.settings
        return batches(
            self.train.count, settings.batch_size, self.normalises, start, times=settings.accumulate
        )

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give where the batches of one step start and end."""
        size = self.settings.batch_size
        return [(begin, min(begin + size, end)) for begin in range(start, end, size)]

    def judged_tensors(self) -> Tensors:
        """Give copies of the weights that are judged: their average, where there is one."""
        return tensors_of(self.models) if self.averages is None else self.averages.tensors()

    def facts(self) -> dict[str, int | str]:
        """Give what can change the last bits of a result."""
        return {
            "threads": self.choices.threads,
            "channels_last": self.choices.channels_last,
            **({"compiled": True} if self.choices.compiled else {}),
            "fused": any(found.optimizer.defaults.get("fused") for found in self.tools.learners.values()),
            "precision": str(self.tools.short or torch.float32).removeprefix("torch."),
        }

    def judge_tools(self) -> Tools:
        """Give tools that learn nothing."""
        return Bystander(self.tools)

    def viewer(self) -> Viewer:
        """Give what looks into the networks between two steps."""
        feeds: dict[PartName, Feed] = {"train": self.train, "validation": self.validation}
        return Viewer(self.recipe, feeds, self.known, self.tools.precision)


def prepare(
    plan: Plan,
    models: Mapping[str, nn.Module],
    data: Dataset,
    settings: Settings,
    device: Device,
    *,
    choices: Choices | None = None,
    rates: Mapping[str, Mapping[str, float]],
    wanted: Callable[[], bool],
    processes: Processes | None = None,
) -> Ready:
    """Bind, check, measure and move everything.

    Args:
        plan: how to train.
        models: the networks by role.
        data: what to learn from.
        settings: the loop's parameters.
        device: where to compute.
        choices: made before, for a run that is resumed; measured when not given.
        rates: role to dotted module names to a factor on the learning rate.
        wanted: whether to go on.
        processes: those that train together, if this is one of several.

    Raises:
        NetwrightError: something does not fit; nothing was trained.
    """
    where = device.torch
    single = len(data.train) == 1 or settings.batch_size == 1
    normalised = normalises(models)
    if normalised and single:
        raise TrainError(
            Message("The network normalises over the batch, which needs a batch size of at least 2.")
        )
    # Whatever is drawn while preparing is drawn from a stream that is thrown away.
    scratch = RandomStream(settings.seed + 1, where)
    scratch.enter()
    try:
        for model in models.values():
            model.to(where)
        short, notes = precision(settings, where)

        def make(copies: Mapping[str, nn.Module], part: Dataset) -> tuple[Recipe, Tools]:
            moving = make_learners(plan, copies, settings, where, {}, 1 << 20, short)
            return make_recipe(plan, copies, part), Workbench(moving, where, short)

        if processes is not None and choices is None:
            # What is measured could differ between them, and what is compiled is not theirs to average.
            choices = Choices(settings.threads or max(processors() // processes.count, 1))
        told = (
            Told(choices, (threads_told(choices.threads, True),))
            if choices is not None
            else measured(plan, models, data, settings, where, short, wanted, make)
        )
        if told.choices.channels_last:
            for model in models.values():
                model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # not in the types
        recipe = make_recipe(plan, models, data)
        ready = recipe.prepare(data)
    finally:
        scratch.leave()
    a_epoch = batches(len(ready.train), settings.batch_size, normalised, times=settings.accumulate)
    steps = settings.epochs * len(a_epoch)
    if processes is not None:
        unused = len(models) == 1 and _leaves_unused(recipe, ready.train, Workbench({}, where, short), where)
        notes = (*notes, *_joined(processes, models, settings, unused, normalised, where))
    learners = make_learners(plan, models, settings, where, rates, steps, short, processes)
    _require_one_look(learners, settings, short, processes is not None)
    if settings.accumulate > 1:
        notes = (*notes, _accumulated(settings, normalised))
    size = ready.train.bytes + ready.validation.bytes
    keep = fits(size, where, device.memory_free)
    train, validation = (
        feed_of(
            part,
            where,
            channels_last=told.choices.channels_last,
            keep=keep,
            workers=settings.workers,
            varied=varied,
        )
        for part, varied in ((ready.train, data.augmentation), (ready.validation, None))
    )
    fallen: list[str] = []
    if told.choices.compiled:
        compile_in_place(models, fallen.append)
    decay = recipe.averaging if settings.ema is None else settings.ema
    averages = None if decay is None else Averages(models, decay)
    if averages is not None:
        notes = (*notes, Message("Weights: their moving average is judged and kept as the best"))
    return Ready(
        settings,
        device,
        recipe,
        Workbench(learners, where, short),
        train,
        validation,
        normalised,
        told.choices,
        (*told.messages, *notes, *_told(learners, size, keep, where, train)),
        Known.of(data),
        Goal.of(settings.monitor, settings.better, recipe.goal),
        averages,
        fallen=fallen,
        processes=processes,
    )


def make_recipe(plan: Plan, models: Mapping[str, nn.Module], data: Dataset) -> Recipe:
    """Make the recipe of a plan; the class comes from the catalogue, never from a file."""
    return cast(Any, recipe_class(plan))(plan, models, data, **plan.recipe.resolved("recipe"))  # type: ignore[no-any-return]


def recipe_class(plan: Plan) -> type[Recipe]:
    """Give the class of a plan's recipe.

    Raises:
        NetwrightError: this version does not have it.
    """
    plan.recipe.resolved("recipe")
    declared = plan.recipe.declared("recipe")
    assert declared is not None  # `resolved` has refused what is not declared
    module, _, name = declared.target.rpartition(".")
    return cast(type[Recipe], getattr(importlib.import_module(module), name))


def make_learners(
    plan: Plan,
    models: Mapping[str, nn.Module],
    settings: Settings,
    device: torch.device,
    rates: Mapping[str, Mapping[str, float]],
    steps: int,
    short: torch.dtype | None = None,
    processes: Processes | None = None,
) -> dict[str, Learner]:
    """Make what moves the weights of each network.

    Args:
        plan: how to train.
        models: the networks by role.
        settings: the loop's parameters.
        device: where to compute.
        rates: role to dotted module names to a factor on the learning rate.
        steps: of the whole training.
        short: the numbers of half as many bits that networks compute with, if they do.
        processes: those that train together, if this is one of several.
    """
    by_hand = processes is not None and len(models) > 1 and settings.parallel != "fsdp"
    made: dict[str, Learner] = {}
    for role, model in models.items():
        made[role] = Learner(
            role,
            model,
            optimizer_of(plan, role),
            plan.schedules.get(role),
            clip_norm=settings.clip_norm,
            rates=rates.get(role, {}),
            device=device,
            clip_value=settings.clip_value,
            l1=settings.l1,
            keep_zeros=settings.keep_zeros,
            steps=steps,
            epochs=settings.epochs,
            scaler=torch.amp.GradScaler(device.type) if short == torch.float16 else None,
            together=processes.add_up if by_hand and processes is not None else None,
            alone=processes is None,
        )
    return made


def _leaves_unused(recipe: Recipe, split: Split, tools: Tools, device: torch.device) -> bool:
    """Tell whether some weights that could learn get no gradient, by leading a sample back once."""
    feed = Feed(here(split.take(torch.arange(min(2, len(split))))), device, channels_last=False, keep=True)
    weights = [weight for model in recipe.models.values() for weight in model.parameters()]
    for model in recipe.models.values():
        model.eval()
    with torch.enable_grad():
        recipe.judge(next(feed.straight(2)), tools).losses["loss"].backward()
    found = any(weight.requires_grad and weight.grad is None for weight in weights)
    for weight in weights:
        weight.grad = None
    return found


def _joined(
    processes: Processes,
    models: Mapping[str, nn.Module],
    settings: Settings,
    unused: bool,
    normalised: bool,
    device: torch.device,
) -> Iterator[Message]:
    """Have gradients averaged over all processes."""
    yield Message(
        "Processes: {count}, each with its share of every batch of {size}",
        count=processes.count,
        size=settings.batch_size,
    )
    if settings.parallel == "fsdp":
        from studio.train.machine.sharding import shard

        for model in models.values():
            shard(model, device, processes.count)
        yield Message("Weights: each process holds a part of them (FSDP2)")
    elif len(models) == 1:
        # Outputs that no loss judges leave weights without a gradient.
        processes.replicate(next(iter(models.values())), unused)
        yield Message("Gradients: averaged while they are computed (DistributedDataParallel)")
    else:
        yield Message("Gradients: averaged after each network has learned")
    if normalised:
        yield Message("What normalises over the batch does so over the share of each process.")


def _require_one_look(
    learners: Mapping[str, Learner], settings: Settings, short: torch.dtype | None, several: bool
) -> None:
    """Refuse what cannot go together with an optimizer that looks at a batch several times."""
    if not any(learner.searches for learner in learners.values()):
        return
    if settings.accumulate > 1:
        raise TrainError(
            Message(
                "L-BFGS looks at a batch several times, so it cannot add up the gradients of several. "
                "Set “Batches in a step” to 1 and take larger batches.",
            )
        )
    if several:
        raise TrainError(
            Message("L-BFGS looks at a batch several times, which several processes cannot do together.")
        )
    if short == torch.float16:
        raise TrainError(
            Message("L-BFGS cannot work with gradients of float16. Set the precision to float32 or bfloat16.")
        )


def _accumulated(settings: Settings, normalised: bool) -> Message:
    if normalised:
        return Message(
            "A step: {count} batches of {size}; what normalises over the batch does so over each of them",
            count=settings.accumulate,
            size=settings.batch_size,
        )
    return Message(
        "A step: {count} batches of {size}, as if they were one of {total}",
        count=settings.accumulate,
        size=settings.batch_size,
        total=settings.accumulate * settings.batch_size,
    )


def precision(settings: Settings, device: torch.device) -> tuple[torch.dtype | None, tuple[Message, ...]]:
    """Give the short numbers to compute with, None for none, and what is to be told of them."""
    if settings.precision == "bfloat16":
        if not has_bfloat16(device):
            return None, (
                Message(
                    "Numbers: float32, because this device has no bfloat16 of its own and would be slower."
                ),
            )
        return torch.bfloat16, (Message("Numbers: bfloat16 in the networks, float32 for weights and losses"),)
    if settings.precision == "float16":
        if not has_float16(device):
            return None, (Message("Numbers: float32, because this device does not compute with float16."),)
        return torch.float16, (
            Message("Numbers: float16 in the networks, with gradients scaled to fit; float32 for weights"),
        )
    return None, ()


def _told(
    learners: Mapping[str, Learner], size: int, keep: bool, device: torch.device, feed: Feed
) -> tuple[Message, ...]:
    fused = any(learner.optimizer.defaults.get("fused") for learner in learners.values())
    if isinstance(feed, StreamFeed):
        data = Message(
            "Data: {size} stay on the disk, because the memory cannot hold them; read {count:ahead by one "
            "process|ahead by {count} processes}",
            size=in_units(size),
            count=feed.workers,
        )
        if not feed.workers:
            data = Message(
                "Data: {size} stay on the disk, because the memory cannot hold them; read batch by batch",
                size=in_units(size),
            )
    elif device.type == "cpu":
        data = Message("Data: {size} kept in memory, picked by number", size=in_units(size))
    elif keep:
        data = Message("Data: {size} kept on the device, picked there", size=in_units(size))
    else:
        data = Message("Data: {size} kept in memory and moved batch by batch", size=in_units(size))
    notes = [Message("Optimizer: fused, all weights in one pass")] if fused else []
    notes += [note for learner in learners.values() for note in learner.notes]
    return (*notes, data)
