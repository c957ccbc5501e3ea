"""Every recipe that learns from samples learns the same from those on the disk, to the bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from studio.blocks import every
from studio.data import Dataset, Split
from studio.data.dataset import INPUT
from studio.project import Choice, Plan, Project
from studio.train import Control, EpochDone, Finished, SampleMade, Started
from studio.train.loop import engine
from studio.train.machine.devices import choose
from studio.train.runs.preparing import recipe_class
from studio.train.runs.session import Opened, opened
from tests.train.on_disk import left_on_disk
from tests.train.plain import ONE
from tests.train.recipe_examples import EXAMPLES, OUT, arrays, drawn, entry, linear, planned

SAMPLES = [made.type for made in every("recipe") if recipe_class(Plan(recipe=Choice(made.type))).streams]


def found(project: Project, change: Any = lambda data: data, **loop: Any) -> tuple[Any, ...]:
    """Train; give the weights, the figures of each epoch, what was made, and what was told of the data."""
    session = opened(project, choose("cpu"), Control())
    assert isinstance(session, Opened)
    data: Dataset = change(session.data)
    models: Mapping[str, nn.Module] = session.models
    plan = project.plan
    for name, value in loop.items():
        plan = replace(plan, loop=plan.loop.with_parameter(name, value))
    events = list(engine.run(plan, models, data, choices=ONE, report_seconds=0.0))
    assert isinstance(events[-1], Finished), events[-1]
    weights = [value for model in models.values() for value in model.state_dict().values()]
    figures = [event.metrics for event in events if isinstance(event, EpochDone)]
    things = [event.made for event in events if isinstance(event, SampleMade)]
    # Samples on the disk are not laid out on a plane.
    made = [(one.values, one.texts) for one in things if one.values is not None or one.texts]
    (started,) = [event for event in events if isinstance(event, Started)]
    return weights, figures, made, [str(choice) for choice in started.choices]


def require_same(held: tuple[Any, ...], streamed: tuple[Any, ...]) -> None:
    assert all(torch.equal(a, b) for a, b in zip(held[0], streamed[0], strict=True))
    assert held[1] == streamed[1]
    for (a, said), (b, streams) in zip(held[2], streamed[2], strict=True):
        assert said == streams
        assert (a is None and b is None) or torch.equal(a, b)
    assert any("stay on the disk" in text for text in streamed[3])
    assert not any("stay on the disk" in text for text in held[3])


@pytest.mark.parametrize("recipe", SAMPLES)
def test_samples_on_the_disk_teach_the_same(recipe: str, tmp_path: Path) -> None:
    project = EXAMPLES[recipe](tmp_path)
    held = found(project, epochs=2)
    assert held[2] or recipe == "supervised"
    streamed = found(project, left_on_disk, epochs=2, workers=0)
    require_same(held, streamed)
    assert any(text.endswith("read batch by batch") for text in streamed[3])


def test_only_those_that_act_in_a_world_have_no_samples_to_stream() -> None:
    assert set(EXAMPLES) - set(SAMPLES) == {"dqn", "ppo"}


def test_pairs_on_the_disk_teach_the_same(tmp_path: Path) -> None:
    points = torch.rand(2, 80, 2, generator=torch.Generator().manual_seed(0))
    data = arrays(tmp_path, a=points[0], b=points[1], target=torch.arange(80) % 2)
    network = drawn(("main", (entry(2), linear(8), ("tanh", {}), linear(3), OUT)))
    project = planned(network, "siamese", {"model": "main"}, data=data)
    require_same(found(project, epochs=1), found(project, left_on_disk, epochs=1, workers=0))


def test_texts_on_the_disk_without_targets_teach_the_same(tmp_path: Path) -> None:
    def alone(data: Dataset) -> Dataset:
        def part(split: Split) -> Split:
            return Split({INPUT: split.inputs[INPUT]}, {})

        return replace(data, train=part(data.train), validation=part(data.validation), test=part(data.test))

    project = EXAMPLES["language_model"](tmp_path)
    streamed = found(project, lambda data: left_on_disk(alone(data)), epochs=1, workers=0)
    require_same(found(project, alone, epochs=1), streamed)
