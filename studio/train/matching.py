"""Brings the fields of the data to the inputs of the drawn network, and says which node does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch

from studio.compiler import Report, Tensor, identifier, identifiers
from studio.data import Dataset, Split
from studio.graph import Message
from studio.project import Project
from studio.train.recipe import TrainError


def matched(data: Dataset, project: Project, report: Report) -> Dataset:
    """Give the data with its fields named like the network's inputs and in their kind of numbers.

    Args:
        data: as its source gives it.
        project: the project.
        report: what the compiler says of the network.

    Raises:
        TrainError: an input finds no field, or one of another size; the node is named.
    """
    fields = data.train.inputs
    pairs = _pairs(fields, report, project)
    casts: dict[str, torch.dtype] = {}
    for name, field in pairs.items():
        _check(name, fields[field], report.inputs[name], report, project)
        casts[name] = getattr(torch, report.inputs[name].dtype)

    def ready(split: Split) -> Split:
        return Split(
            {name: split.inputs[field].to(casts[name]) for name, field in pairs.items()}, split.targets
        )

    return replace(data, train=ready(data.train), validation=ready(data.validation), test=ready(data.test))


def _pairs(fields: Mapping[str, torch.Tensor], report: Report, project: Project) -> dict[str, str]:
    """Give the field for each input."""
    if len(fields) == len(report.inputs) == 1:
        return {next(iter(report.inputs)): next(iter(fields))}
    known = {identifier(field, "input"): field for field in fields} | {field: field for field in fields}
    for name in report.inputs:
        if name not in known:
            raise TrainError(
                Message(
                    "The data has nothing for the input “{name}”. It gives: {fields}. "
                    "Name the Input blocks like the fields of the data.",
                    name=name,
                    fields=", ".join(fields),
                ),
                node=_node(name, report, project),
                graph=report.ref,
            )
    return {name: known[name] for name in report.inputs}


def _check(name: str, values: torch.Tensor, expected: Tensor, report: Report, project: Project) -> None:
    sizes = tuple(values.shape[1:])
    if sizes != expected.at(1)[1:]:
        raise TrainError(
            Message(
                "The input “{name}” expects {expected}, and the data gives {received}. "
                "Set the shape of the Input block to {sizes}.",
                name=name,
                expected=str(expected),
                received=" × ".join(("B", *map(str, sizes))),
                sizes=", ".join(map(str, sizes)) or "1",
            ),
            node=_node(name, report, project),
            graph=report.ref,
        )
    if values.is_floating_point() and not expected.dtype.startswith("float"):
        raise TrainError(
            Message(
                "The input “{name}” expects whole numbers ({expected}), and the data gives fractions. "
                "Set the kind of numbers of the Input block to float32.",
                name=name,
                expected=expected.dtype,
            ),
            node=_node(name, report, project),
            graph=report.ref,
        )


def _node(name: str, report: Report, project: Project) -> str | None:
    return next((key for key, found in identifiers(project.graph(report.ref)).items() if found == name), None)
