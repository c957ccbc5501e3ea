"""Opens what is shown when nothing trains: a run's network, or one that was just drawn, with its samples."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from studio.compiler import Analyser
from studio.data import Dataset, load
from studio.data.loading import facts_of
from studio.graph import Message
from studio.project import MODEL, GraphRef, Plan, Project
from studio.train.evaluate import opened
from studio.train.feed import Feed
from studio.train.matching import matched
from studio.train.peek import Known, Part, Viewer
from studio.train.preparing import make_recipe
from studio.train.recipe import TrainError
from studio.train.record import Which, read_record
from studio.train.session import networks
from studio.train.settings import Settings

_CPU = torch.device("cpu")


def view_of_run(run: Path, which: Which = "best") -> tuple[Viewer, Project]:
    """Give what looks into the network of a run, and the project as it was trained.

    Raises:
        NetwrightError: something of the run is missing or damaged.
    """
    model, data, plan = opened(run, which)
    return _viewer(model, data, plan), read_record(run).project()


def view_of_drawing(project: Project) -> Viewer:
    """Give what looks into the network of a plan as it is before its first step; nothing is downloaded.

    Raises:
        NetwrightError: the network has errors, or its data is not there or does not fit.
    """
    facts_of(project.plan.data)
    analyser = Analyser()
    made = networks(project, Settings.of(project.plan).seed, analyser)
    if len(made) != 1:
        raise TrainError(Message("What flows is shown for plans that train one network."))
    ((role, model),) = made.items()
    report = analyser.analyse(project, GraphRef("network", project.plan.networks[role]))
    return _viewer(model, matched(load(project.plan.data), project, report), project.plan)


def _viewer(model: nn.Module, data: Dataset, plan: Plan) -> Viewer:
    recipe = make_recipe(plan, {MODEL: model}, data)
    ready = recipe.prepare(data)
    parts: dict[Part, Feed] = {
        "train": Feed(ready.train, _CPU, channels_last=False, keep=True),
        "validation": Feed(ready.validation, _CPU, channels_last=False, keep=True),
        "test": Feed(ready.test, _CPU, channels_last=False, keep=True),
    }
    return Viewer(recipe, parts, Known.of(data), rested=True)
