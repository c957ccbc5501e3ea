"""What is exported: one network with its weights, on the CPU, in evaluation mode, and what goes with it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn

from studio.compiler import Analyser
from studio.compiler.program import Program, program
from studio.compiler.source import source_of
from studio.project import Project
from studio.project.file import dumps
from studio.train.machine.choices import Choices


@dataclass(frozen=True)
class Subject:
    """A network ready to leave.

    Attributes:
        project: the project that it is part of, as it was when the weights were made.
        network: its name.
        program: its steps in order.
        model: its module: a copy of its own, on the CPU, in evaluation mode.
        classes: names of the classes by their number; empty where there are none.
        preprocessing: how a raw sample becomes an input; None where that is not known.
        choices: threads and layout of the run that it comes from; None where there was none.
        rates: dotted module name to a factor on the learning rate.
        companions: role to another network that the plan trains together with this one.
        samples: identifier of each input to samples that show which numbers it meets; empty where none were
            wanted.
    """

    project: Project
    network: str
    program: Program
    model: nn.Module
    classes: tuple[str, ...] = ()
    preprocessing: Mapping[str, object] | None = None
    choices: Choices | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    companions: Mapping[str, Subject] = field(default_factory=dict)
    samples: Mapping[str, torch.Tensor] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]

    @property
    def class_name(self) -> str:
        """The name of the network's class in its source: the last one there, after those it is made of."""
        classes = [node.name for node in ast.parse(self.source()).body if isinstance(node, ast.ClassDef)]
        return classes[-1]

    @property
    def inputs(self) -> list[str]:
        """The identifiers of the inputs, in order."""
        return [name for _, name, _ in self.program.inputs]

    @property
    def outputs(self) -> list[str]:
        """The identifiers of the outputs, in order."""
        return [name for name, _, _ in self.program.outputs]

    def state(self) -> dict[str, torch.Tensor]:
        """Give the weights by name, as a plain dict."""
        return {name: tensor.detach() for name, tensor in self.model.state_dict().items()}

    def source(self) -> str:
        """Give the network as a Python module."""
        return source_of(self.program)

    def graph(self) -> str:
        """Give the project as the canonical text of its file."""
        return dumps(self.project)

    def facts(self) -> dict[str, Any]:
        """Give what a stranger must know to run it."""
        return {"class": self.class_name, "inputs": self.inputs, "outputs": self.outputs}

    def run(self, inputs: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        """Run the live model; give its outputs by name."""
        return by_name(call(self.model, inputs), self.outputs)


def subject_of(
    project: Project,
    network: str,
    model: nn.Module,
    classes: tuple[str, ...] = (),
    preprocessing: Mapping[str, object] | None = None,
    choices: Choices | None = None,
    rates: Mapping[str, float] | None = None,
    analyser: Analyser | None = None,
) -> Subject:
    """Take a snapshot of a live model, which may go on training meanwhile; see `Subject` for the rest.

    Raises:
        CompileError: the network has errors.
    """
    ordered = program(project, network, analyser)
    # A training may lay weights out with channels last, and layers add up in another order then.
    snapshot = copy.deepcopy(model).to("cpu").eval()
    snapshot.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload]  # not in the types
    return Subject(project, network, ordered, snapshot, classes, preprocessing, choices, rates or {})


def call(model: Any, inputs: Mapping[str, torch.Tensor]) -> Any:
    """Run something that is called like a network: one tensor, or several by name."""
    with torch.inference_mode():
        return model(*inputs.values()) if len(inputs) == 1 else model(**inputs)


def by_name(result: Any, outputs: list[str]) -> dict[str, torch.Tensor]:
    """Give outputs by name, whether there is one or several."""
    return dict(result) if isinstance(result, dict) else {outputs[0]: result}
