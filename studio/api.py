"""Netwright from Python, without a screen: open, check, build, train and export a project.

    import studio

    project = studio.load("cnn.netwright")            # never executes code
    model = studio.build(project)                     # a torch.nn.Module with fresh weights
    for event in studio.train(project, device="cpu", seed=0):
        print(event)
    studio.export(project, "onnx", "cnn.onnx", run="runs/...")

Every function raises `studio.graph.NetwrightError` (or one of its kinds) with a sentence that a person
understands. torch is imported by the first function that needs it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.graph.text import Message, Translate
from studio.project import GraphRef, Project, gallery
from studio.project import file as project_file
from studio.project.trust import trust as known_code

if TYPE_CHECKING:
    from torch import nn

    from studio.compiler import NodeReport, Problem, Report
    from studio.exchange import ExportReport
    from studio.train import Control, Event

Path = str | os.PathLike[str]


def _english(template: str) -> str:
    return template


@dataclass(frozen=True)
class Checked:
    """What `check` found.

    Attributes:
        networks: name to the shapes, costs and problems of that network.
    """

    networks: Mapping[str, Report]

    __hash__ = None  # type: ignore[assignment]

    @property
    def ok(self) -> bool:
        """Whether every network can be built, and the plan fits the network that it trains."""
        problems = (problem for report in self.networks.values() for problem in report.problems)
        return not any(problem.severity == "error" for problem in problems)

    def json(self, translate: Translate = _english) -> dict[str, object]:
        """Give what `netwright check --json` prints.

        Args:
            translate: gives sentences in the reader's language.
        """
        return {"networks": {name: _report(report, translate) for name, report in self.networks.items()}}


def new(template: str | None = None) -> Project:
    """Make a project: a blank one, or a copy of a template.

    Args:
        template: its id, such as `cnn`; see `netwright templates`.
    """
    return Project() if template is None else gallery.template(template).open()


def load(path: Path) -> Project:
    """Open a project file. Nothing in it is ever executed.

    Raises:
        FileError: it cannot be read, or is no project.
    """
    return project_file.read(path)


def save(project: Project, path: Path) -> None:
    """Write a project file, whole or not at all; the previous one is kept as `name~`.

    Raises:
        AtomicWriteError: it cannot be written there.
    """
    project_file.write(project, path)


def trust(project: Project) -> None:
    """Let the code of the custom blocks of a project run in this process; opening it never does.

    Look at `project.custom` first: the code runs with all rights of this process.

    Args:
        project: the project; of another with other code nothing is said.
    """
    known_code.trust(project.custom, remember=False)


def build(
    project: Project,
    network: str | None = None,
    run: Path | None = None,
    *,
    weights: Path | None = None,
    seed: int | None = None,
) -> nn.Module:
    """Make the torch module of a network.

    Args:
        project: the project.
        network: name of the network; the one that the plan trains first when not given.
        run: folder of a run whose best weights it gets; the project is then the run's own.
        weights: a `.safetensors` or `.pt` file whose weights it gets.
        seed: what fresh weights are drawn from; another one each time when not given.

    Returns:
        A module on the CPU. One input is one tensor, several are keywords by name; one output is a
        tensor, several a dict by name.

    Raises:
        CompileError: the network has errors.
        ExchangeError: the weights are damaged, unsafe, or not of this network.
    """
    from studio import compiler, exchange

    if run is not None:
        return exchange.model_of_run(run, network)
    model = compiler.build(project, network, seed=seed)
    if weights is not None:
        exchange.load_weights(model, weights)
    return model


def check(project: Project) -> Checked:
    """Find the shapes, costs and problems of every network, and whether the plan fits; never raises.

    Data is looked at as far as its source can tell without reading all of it; nothing is downloaded.
    """
    from studio.train.plans.checking import Checker

    checker = Checker()
    return Checked(
        MappingProxyType(
            {name: checker.analyse(project, GraphRef("network", name)) for name in project.networks}
        )
    )


def train(
    project: Project,
    *,
    device: str | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    max_steps: int | None = None,
    run_dir: Path | None = None,
    resume: Path | None = None,
    file: Path | None = None,
    control: Control | None = None,
) -> Iterator[Event]:
    """Train a project; each step, epoch and checkpoint is an event.

    Args:
        project: the project.
        device: `cpu`, `cuda:0`, `mps`, ...; the plan's when not given.
        seed: number that all randomness starts from; the plan's when not given.
        epochs: how often all data is shown; the plan's when not given.
        max_steps: end after so many steps.
        run_dir: the folder to keep the run in; one in the user's data folder when not given.
        resume: folder of a run to go on with.
        file: the project's file: the run is then listed by `netwright runs FILE`, and kept beside the file
            when no `run_dir` is given.
        control: pauses and stops it from another thread.

    Raises:
        NetwrightError: it cannot begin. What goes wrong later is a `Failed` event.
    """
    from studio.train import run

    return run(
        project,
        device=device,
        seed=seed,
        epochs=epochs,
        max_steps=max_steps,
        run_dir=run_dir,
        resume=resume,
        file=file,
        control=control,
    )


def export(
    project: Project,
    format: str,
    path: Path,
    *,
    run: Path | None = None,
    model: nn.Module | None = None,
    network: str | None = None,
) -> ExportReport:
    """Take a network away as files that need no Netwright, checked against the live model.

    Args:
        project: the project; that of the run, where one is given.
        format: `safetensors`, `pt`, `python`, `pt2`, `onnx` or `onnx-int8`.
        path: the file or folder to make.
        run: folder of a run whose best weights are taken.
        model: a live model of the project whose weights are taken; fresh ones when neither is given.
        network: name of the network; the one that the plan trains first when not given.

    Raises:
        ExchangeError: the format cannot hold the network, or does not compute the same.
        AtomicWriteError: it cannot be written there.
    """
    from studio import exchange

    return exchange.export(project, format, path, run=run, model=model, network=network)


# -- as plain values -----------------------------------------------------------------------------------


def _report(report: Report, translate: Translate) -> dict[str, object]:
    return {
        "parameters": report.parameters,
        "trainable": report.trainable,
        "multiply_adds": report.multiply_adds,
        "nodes": [_node(node) for node in report.nodes.values()],
        "problems": [_problem(problem, translate) for problem in report.problems],
    }


def _node(node: NodeReport) -> dict[str, object]:
    return {
        "id": node.id,
        "name": node.name,
        "type": node.type,
        "inputs": [tensor.json() for tensors in node.inputs.values() for tensor in tensors],
        "outputs": [tensor.json() for tensor in node.outputs.values()],
        "parameters": node.parameters,
        "multiply_adds": node.multiply_adds,
    }


def _problem(problem: Problem, translate: Translate) -> dict[str, object]:
    def said(message: Message | None) -> str | None:
        return None if message is None else message.render(translate)

    return {
        "severity": problem.severity,
        "code": problem.code,
        "node": problem.node,
        "port": problem.port,
        "parameter": problem.parameter,
        "message": said(problem.message),
        "expected": said(problem.expected),
        "received": said(problem.received),
        "fixes": [said(fix.label) for fix in problem.fixes],
    }
