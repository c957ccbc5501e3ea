"""Saves a lighter network as a project of its own, with a run that holds its weights; writes over nothing."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path

from studio.exchange.declare import ExchangeError
from studio.exchange.lighter.lightening import Lighter
from studio.graph import Message
from studio.project import file as project_file
from studio.project.atomic import write_atomically
from studio.train.runs.checkpoint import BEST, write_weights
from studio.train.runs.record import (
    PROJECT,
    RunRecord,
    environment,
    make_run_folder,
    new_run_dir,
    plain_path,
)
from studio.train.runs.store import refer
from studio.train.runs.weights import Tensors


def save(lighter: Lighter, path: str | os.PathLike[str]) -> Path:
    """Write the project, and beside it the run with the weights.

    Args:
        lighter: the network.
        path: the project file to make.

    Returns:
        The folder of the run.

    Raises:
        ExchangeError: something is there already.
        NetwrightError: it cannot be written.
    """
    target = plain_path(path)
    if target.exists():
        raise ExchangeError(Message("“{file}” is already there. Choose another name.", file=target.name))
    project_file.write(lighter.project, target)
    folder, _ = make_run_folder(new_run_dir(target))
    now = time.time()
    project = lighter.project
    seed = project.plan.loop.resolved("loop")["seed"]
    assert isinstance(seed, int)
    facts = {"epoch": max(1, lighter.epochs), "step": max(1, lighter.steps)}
    row = lighter.figures.rows[1 if len(lighter.figures.rows) > 1 and not _rounded_alone(lighter) else 0]
    judged = {f"test_{key}": value for key, value in row.metrics.items() if math.isfinite(value)}
    record = RunRecord(
        folder=folder,
        started=now,
        ended=now,
        status="completed",
        device="cpu",
        seed=seed,
        epochs=lighter.epochs,
        step=facts["step"],
        best={**facts, **judged},
        environment=environment(),
        preprocessing=dict(lighter.subject.preprocessing or {}),
        classes=lighter.subject.classes,
        file=str(target),
    )
    project_file.write(project, folder / PROJECT)
    write_weights(folder / BEST, _tensors(lighter), {name: str(value) for name, value in facts.items()})
    record.write()
    refer(record)
    return folder


def _rounded_alone(lighter: Lighter) -> bool:
    return lighter.int8 is not None and len(lighter.figures.rows) == 2


def _tensors(lighter: Lighter) -> Tensors:
    """Give the weights as a run holds them: by their names, behind their role where there are several."""
    plan = lighter.project.plan
    if len(plan.networks) <= 1:
        return dict(lighter.networks[lighter.subject.network])
    return {
        f"{role}.{key}": value
        for role, name in plan.networks.items()
        for key, value in lighter.networks[name].items()
    }


def save_int8(lighter: Lighter, path: str | os.PathLike[str]) -> Path:
    """Write the file in whole numbers of eight bits; a file of that name is kept beside it.

    Raises:
        ExchangeError: none was made.
        AtomicWriteError: it cannot be written.
    """
    if lighter.int8 is None:
        raise ExchangeError(Message("Choose what is taken away, or have it held in 8 bits."))
    target = plain_path(path)
    write_atomically(target, lighter.int8)
    return target
