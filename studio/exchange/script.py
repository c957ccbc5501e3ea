"""The training script that leaves with a model: the plan as plain PyTorch, equal to the bit to our loop.

It draws its random numbers in the order that `studio.train.loop.random_stream` tells, and takes the steps
that `studio.train.recipes.supervised` and `studio.train.loop.learner` take. Values of the plan reach it as
literals only.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from studio.compiler.source import literal
from studio.data.mnist import own_folder
from studio.exchange import (
    script_data,
    script_learn,
    script_loop,
    script_loss,
    script_plan,
    script_recipe,
)
from studio.exchange.copying import Copied, copied, copy_into
from studio.exchange.declare import ExchangeError
from studio.exchange.script_acting import MET
from studio.exchange.script_data import ACTING, PIECES, SAVED, VARIATION, WORLDS, reads_anew, said
from studio.exchange.script_frame import Frame
from studio.exchange.script_recipe import RECIPES, Task, Written
from studio.graph import Message, Value
from studio.project import Choice, Plan, Project
from studio.train.plans.calls import OWN
from studio.train.plans.calls import found as found_by
from studio.train.plans.checking import SUPERVISED


def unwritable(plan: Plan) -> Message | None:
    """Say what of a plan a script does not hold; None where it holds all."""
    if plan.recipe.type in ACTING:
        refusal = script_data.unwritable_world(plan.data) or script_recipe.unwritable(plan)
        return refusal or script_loop.unwritable(plan, MET)
    if plan.recipe.type in RECIPES:
        return script_recipe.unwritable(plan) or script_loop.unwritable(plan)
    if plan.recipe.type == SUPERVISED:
        return script_loop.unwritable(plan)
    declared = plan.recipe.declared("recipe")
    title = Message("{type}", type=plan.recipe.type) if declared is None else Message(declared.title)
    return Message("Scripts are not written for the recipe “{recipe}”.", recipe=title)


def training_script(
    project: Project,
    frames: Sequence[Frame],
    classes: int = 0,
    preprocessing: Mapping[str, object] | None = None,
) -> str:
    """Give the script that trains networks as the project's plan says.

    Args:
        project: the project.
        frames: the networks of the plan, in its order.
        classes: how many classes the data has, where a network takes the class of a sample.
        preprocessing: how samples became inputs, where that is known.

    Raises:
        ExchangeError: no script can say what the plan says.
    """
    text = _script(project, frames, classes, preprocessing or {})
    bound = _bindings(text)
    if all(bound.count(frame.called) == 1 for frame in frames):
        return text
    renamed = ["Network" if frame.alone else f"{frame.role.title()}Network" for frame in frames]
    named = [replace(frame, called=name) for frame, name in zip(frames, renamed, strict=True)]
    return _script(project, named, classes, preprocessing or {})


def _script(
    project: Project, frames: Sequence[Frame], classes: int, preprocessing: Mapping[str, object]
) -> str:
    plan = project.plan
    refusal = unwritable(plan)
    if refusal is not None:
        raise ExchangeError(refusal)
    loop = script_recipe.own_loop(plan)
    data = _data(plan)
    if loop["ema"] is not None:
        data.imports.add("import copy")
    if loop["deterministic"]:
        data.imports.add("import os")
    if script_data.varied(plan.data):
        copy_into(data, VARIATION, "Variation")
    _copy_own(plan, data)
    for frame in frames:
        formula = script_learn.formula_of(plan, frame.role)
        if formula is not None and formula.needs_math:
            data.imports.add("import math")
    if plan.recipe.type == SUPERVISED:
        said = None
        if script_loss.measures(plan, frames[0]):
            copy_into(data, f"{PIECES}.measuring", "ready_for_torchmetrics")
        rest = script_plan.lines(plan, loop, frames[0])
    else:
        task = Task(plan, loop, frames, classes, preprocessing)
        said = script_recipe.written(task)
        _copy_recipe(said, data)
        rest = script_recipe.lines(task, said)
    lines = [
        *_head(frames, said),
        *_imports(data, frames),
        "",
        *_settings(loop, frames[0]),
        "",
        *_written(data),
        *(_world(plan.data) if plan.recipe.type in ACTING else _load(plan.data, frames[0])),
        *(_varied(plan.data, frames[0], preprocessing) if script_data.varied(plan.data) else []),
        *rest,
    ]
    return "\n".join(lines) + "\n"


def _bindings(text: str) -> list[str]:
    """Give every name that a script binds for all of it, as often as it does."""
    found: list[str] = []
    for statement in ast.parse(text).body:
        match statement:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found += [alias.asname or alias.name.split(".")[0] for alias in names]
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.append(name)
            case ast.Assign(targets=targets):
                found += [target.id for target in targets if isinstance(target, ast.Name)]
    return found


# -- what is loaded ------------------------------------------------------------------------------------


def _data(plan: Plan) -> Copied:
    choice = plan.data
    if plan.recipe.type in ACTING:
        module, name = WORLDS[choice.type]
        return copied(module, [name])
    piece = choice.type if reads_anew(choice) else SAVED
    found = copied(f"{PIECES}.{piece}", ["load_data"])
    copy_into(found, f"{PIECES}.splitting", "take")  # what the loop needs of it, whatever the piece does
    return found


def _copy_own(plan: Plan, data: Copied) -> None:
    """Copy the losses and optimizers of our own that the plan takes."""
    moving = (target for role in plan.networks for target in script_learn.own_of(plan, role))
    losses = script_loss.own_of(plan) if plan.recipe.type == SUPERVISED else ()
    for target in (*losses, *moving):
        if target.startswith(OWN):
            made = found_by(target)
            copy_into(data, made.__module__, made.__name__)


def _copy_recipe(said: Written, data: Copied) -> None:
    """Copy what a recipe stands on."""
    data.imports.update(said.imports)
    for module, names in said.copies.items():
        for name in names:
            copy_into(data, module, name)


def _written(data: Copied) -> Iterator[str]:
    """Give the definitions: constants close together, functions apart."""
    constants = [text for text in data.definitions.values() if not text.startswith(("def ", "class ", "@"))]
    for text in constants:
        yield text
    for text in data.definitions.values():
        if text not in constants:
            yield from ("", "", text)


def _world(choice: Choice) -> Iterator[str]:
    yield from ("", "", f"def world() -> {WORLDS[choice.type][1]}:")
    yield '    """Give a world to act in."""'
    yield f"    return {script_data.world(choice)}"


def _load(choice: Choice, frame: Frame) -> Iterator[str]:
    values = said(choice)
    if not reads_anew(choice):
        values = {"file": frame.data}
    if choice.type == "mnist" and not values["folder"]:
        values["folder"] = str(own_folder())
    given = ", ".join(f"{name}={literal(value)}" for name, value in values.items())
    yield from ("", "", "def samples() -> tuple[Samples, ...]:")
    yield '    """Give training, validation and test data as the plan asks for them."""'
    yield f"    return load_data({given})"


def _varied(choice: Choice, frame: Frame, preprocessing: Mapping[str, object]) -> Iterator[str]:
    """Write how pictures are varied while they are learned from."""
    bright = {name: tuple(map(float, cast(Sequence[float], preprocessing[name]))) for name in ("mean", "std")}
    given = ", ".join(
        f"{name}={literal(value)}" for name, value in {**script_data.varied(choice), **bright}.items()
    )
    yield from ("", "", f"VARIATION = Variation({given})")
    yield from ("", "", "def varied(samples: Samples, places: torch.Tensor, epoch: int) -> Samples:")
    yield '    """Give some samples, their pictures varied by the seed, the epoch and their places alone."""'
    found = "VARIATION.samples(*take(samples, places), seed=SEED, epoch=epoch, places=places)"
    laid = frame.choices is not None and frame.choices.channels_last
    yield f"    return {f'move({found})' if laid else found}"


# -- the head ------------------------------------------------------------------------------------------


def _head(frames: Sequence[Frame], said: Written | None) -> Iterator[str]:
    names = " and ".join(frame.class_name for frame in frames)
    yield f'"""Trains {names} as planned in Netwright; needs what it imports, not Netwright.'
    yield ""
    yield "    python THIS_FILE [--epochs N] [--steps N]"
    yield ""
    if said is None:
        yield "It writes best.pt and last.pt into the folder that it is run in: the weights with the lowest"
        yield "validation loss, and those of the end."
    else:
        yield "It writes best.pt and last.pt into the folder that it is run in: the best weights by the"
        yield "figure that the plan goes by, the latest ones where it goes by none; and those of the end."
        if len(frames) > 1:
            roles = " and ".join(f"{frame.role}." for frame in frames)
            yield f"They hold all networks: the names of their weights begin with {roles}"
    yield "On the same machine, with as many threads, they are those of Netwright to the last bit."
    if said is not None and "samples.pt" in " ".join(said.course.after):
        yield "samples.pt are samples made with the best weights."
    yield '"""'
    yield ""
    yield "from __future__ import annotations"
    yield ""


def _imports(data: Copied, frames: Sequence[Frame]) -> Iterator[str]:
    own = {"import argparse", "import sys", "import time", "import torch"}
    own |= {"from pathlib import Path", "from torch import nn"}
    if not all(frame.module.isidentifier() for frame in frames):
        own.add("import importlib")
    lines = Copied(data.imports | own).import_lines()
    yield from lines
    yield ""
    yield "# What is trained stands beside this file; an isolated Python (-I) does not look there by itself."
    yield "sys.path.insert(0, str(Path(__file__).resolve().parent))"
    yield ""
    for frame in sorted(frames, key=lambda frame: frame.module):
        if frame.module.isidentifier():
            renamed = f" as {frame.called}" if frame.called != frame.class_name else ""
            yield f"from {frame.module} import {frame.class_name}{renamed}  # noqa: E402"
        else:
            yield f"{frame.called} = importlib.import_module({literal(frame.module)}).{frame.class_name}"


def _settings(loop: Mapping[str, Value], frame: Frame) -> Iterator[str]:
    yield f"SEED = {literal(loop['seed'])}"
    yield f"EPOCHS = {literal(loop['epochs'])}"
    yield f"BATCH_SIZE = {literal(loop['batch_size'])}"
    if loop["device"] == "auto":
        yield "ACCELERATOR = torch.accelerator.current_accelerator(check_available=True)"
        yield 'DEVICE = ACCELERATOR or torch.device("cpu")'
    else:
        yield f"DEVICE = torch.device({literal(loop['device'])})"
    threads = frame.choices.threads if frame.choices is not None else cast(int, loop["threads"])
    if threads:
        yield f"THREADS = {threads}  # another number can change the last bits"
    for name in ("accumulate", "ema", "validate_every"):
        if loop[name] not in (None, 1) or (name == "validate_every" and loop[name] == 1):
            yield f"{name.upper()} = {literal(loop[name])}"
    if loop["l1"]:
        yield f"L1 = {literal(loop['l1'])}"
    if frame.choices is not None and frame.choices.channels_last:
        yield "LAYOUT = torch.channels_last  # how pictures lie in memory; another can change the last bits"
