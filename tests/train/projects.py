"""Small projects that train in a second, and how their trainings ended."""

from __future__ import annotations

import dataclasses

from studio.graph import Value
from studio.project import Choice, Project
from studio.train import Event, Failed, Finished
from tests.drawing import chain


def loop(**values: Value) -> Choice:
    return Choice("loop", {"epochs": 3, "batch_size": 32, "threads": 1, "device": "cpu", **values})


def wine(**values: Value) -> Project:
    project, _ = chain(
        ("input", {"shape": (13,)}),
        ("linear", {"out_features": 16}),
        ("relu", {}),
        ("dropout", {}),
        ("linear", {"out_features": 3}),
        ("output", {}),
    )
    return with_plan(project, data=Choice("wine"), loop=loop(**values))


def with_plan(project: Project, **changes: object) -> Project:
    return dataclasses.replace(project, plan=dataclasses.replace(project.plan, **changes))  # type: ignore[arg-type]


def failed(events: list[Event]) -> Failed:
    assert isinstance(events[-1], Failed), events[-1]
    return events[-1]


def done(events: list[Event]) -> Finished:
    assert isinstance(events[-1], Finished), events[-1]
    return events[-1]
