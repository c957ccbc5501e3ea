"""Opens what is shown when nothing trains: a run's network, or one that was just drawn, with its samples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import nn

from studio.compiler import Analyser
from studio.data import Dataset, load
from studio.data.loading import facts_of
from studio.project import GraphRef, Plan, Project
from studio.train.flowing.peek import Known, Part, Viewer
from studio.train.judging.evaluate import networks_in, opened
from studio.train.loop.feed import Feed
from studio.train.loop.streaming import feed_of
from studio.train.plans.checking import SUPERVISED, role_misfits
from studio.train.plans.matching import matched
from studio.train.recipe import TrainError
from studio.train.runs.preparing import make_recipe, recipe_class
from studio.train.runs.record import Which, read_record
from studio.train.runs.session import networks
from studio.train.settings import Settings

_CPU = torch.device("cpu")


def view_of_run(run: Path, which: Which = "best") -> tuple[Viewer, Project]:
    """Give what looks into the network of a run, and the project as it was trained.

    Raises:
        NetwrightError: something of the run is missing or damaged.
    """
    model, data, plan = opened(run, which)
    return _viewer(networks_in(model, plan), data, plan), read_record(run).project()


def view_of_drawing(project: Project) -> Viewer:
    """Give what looks into the network of a plan as it is before its first step; nothing is downloaded.

    Raises:
        NetwrightError: the network has errors, or its data is not there or does not fit.
    """
    facts_of(project.plan.data)
    analyser = Analyser()
    made = networks(project, Settings.of(project.plan).seed, analyser)
    data = load(project.plan.data, may_stream=recipe_class(project.plan).streams)
    if project.plan.recipe.type == SUPERVISED:
        report = analyser.analyse(project, GraphRef("network", project.main()))
        data = matched(data, project, report)
    for problem in role_misfits(project, analyser, data.facts):
        if problem.severity == "error":
            raise TrainError.of(problem)
    return _viewer(made, data, project.plan)


def _viewer(models: Mapping[str, nn.Module], data: Dataset, plan: Plan) -> Viewer:
    recipe = make_recipe(plan, models, data)
    ready = recipe.prepare(data)
    parts: dict[Part, Feed] = {
        "train": feed_of(ready.train, _CPU),
        "validation": feed_of(ready.validation, _CPU),
        "test": feed_of(ready.test, _CPU),
    }
    return Viewer(recipe, parts, Known.of(data), rested=True)
