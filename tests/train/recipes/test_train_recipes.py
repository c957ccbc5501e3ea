"""Every declared recipe: checked, trained, stopped in mid-epoch and gone on with, judged, looked into."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
import torch

from studio import api
from studio.blocks import every
from studio.project import GraphRef, edits
from studio.project.file import dumps, loads
from studio.train import Finished, evaluate, run
from studio.train.events import EpochDone, Event, Started
from studio.train.flowing.peek import Ask
from studio.train.flowing.viewing import view_of_run
from studio.train.plans.checking import Checker
from studio.train.runs.record import read_record
from tests.train.projects import failed
from tests.train.recipe_examples import EXAMPLES

ALL = [made.type for made in every("recipe") if not made.plugin]


def done(events: list[Event]) -> list[Event]:
    assert isinstance(events[-1], Finished), events[-1]
    return events


def kept(folder: Path) -> dict[str, torch.Tensor]:
    record = read_record(folder)
    found = record.project().plan.networks
    return {
        f"{role} {key}": value
        for role, name in found.items()
        for key, value in record.weights("last", name).items()
    }


def test_every_recipe_has_an_example() -> None:
    assert set(EXAMPLES) == set(ALL)


@pytest.mark.parametrize("recipe", ALL)
def test_it_fits_trains_goes_on_to_the_bit_and_is_judged(recipe: str, tmp_path: Path) -> None:
    project = loads(dumps(EXAMPLES[recipe](tmp_path)))
    checker = Checker()
    assert [checker.analyse(project, ref).problems for ref in project.refs()] == [()] * len(project.networks)
    events = done(list(run(project, run_dir=tmp_path / "whole")))
    started = next(event for event in events if isinstance(event, Started))
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert len(epochs) == 3
    assert all(math.isfinite(value) for event in epochs for value in event.metrics.values())
    assert started.steps_per_epoch >= 3
    # Stopped within the second epoch, and gone on with by another process: nothing but the folder is left.
    cut = started.steps_per_epoch + 2
    done(list(run(project, run_dir=tmp_path / "cut", max_steps=cut)))
    done(list(run(project, resume=tmp_path / "cut")))
    whole, resumed = kept(tmp_path / "whole"), kept(tmp_path / "cut")
    assert whole.keys() == resumed.keys()
    assert [name for name in whole if not torch.equal(whole[name], resumed[name])] == []
    fresh = api.build(project, next(iter(project.networks)), seed=project.plan.loop.parameters.get("seed", 0))  # type: ignore[arg-type]
    first = next(iter(project.plan.networks))
    before = {f"{first} {name}": value for name, value in fresh.state_dict().items()}
    assert any(not torch.equal(before[name], whole[name]) for name in before), "nothing was learned"
    # Judged, built with its weights, and looked into.
    judged = evaluate(tmp_path / "whole")
    assert judged.metrics
    assert all(math.isfinite(value) for value in judged.metrics.values())
    for role, name in project.plan.networks.items():
        built = api.build(project, name, run=tmp_path / "whole")
        assert all(f"{role} {key}" in whole for key in built.state_dict())
        viewer, as_it_was = view_of_run(tmp_path / "whole")
        wanted = frozenset((node,) for node in project.networks[name].nodes)
        seen = viewer.look(Ask(as_it_was, name, wanted))
        assert seen.error is None, seen.details
        assert seen.nodes


@pytest.mark.parametrize("recipe", ALL)
def test_a_role_without_a_network_is_said_before_anything_begins(recipe: str, tmp_path: Path) -> None:
    project = EXAMPLES[recipe](tmp_path)
    role = list(project.plan.networks)[-1]
    roles = {"wrong" if name == role else name: network for name, network in project.plan.networks.items()}
    project = edits.set_plan(project, replace(project.plan, networks=MappingProxyType(roles)))
    problems = Checker().analyse(project, GraphRef("network", project.main())).problems
    said = [str(problem.message) for problem in problems if problem.code == "bad_plan"]
    assert any("needs a network in the role" in text for text in said)
    assert any("has no role “Wrong”" in text for text in said)
    assert "needs a network in the role" in str(failed(list(run(project, run_dir=tmp_path / "a"))).message)
