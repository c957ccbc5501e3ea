"""Brings the fields of the data to the inputs of the drawn network, and says which node does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import torch

from studio.compiler import Problem, Report, Tensor, identifier, identifiers
from studio.data import Dataset, Facts, Field
from studio.graph import Message, Node, freeze
from studio.project import Project
from studio.train.loop.streaming import refitted
from studio.train.plans.at_length import AtLength
from studio.train.plans.mending import setting
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
    for problem in input_misfits(data.facts, project, report):
        raise TrainError.of(problem)
    pairs = _pairs(data.facts.inputs, report)
    kinds = {name: getattr(torch, report.inputs[name].dtype) for name in pairs}

    names = {name: (field, kinds[name]) for name, field in pairs.items()}
    train, validation, test = (refitted(split, names) for split in (data.train, data.validation, data.test))
    return replace(data, train=train, validation=validation, test=test)


def input_misfits(
    facts: Facts, project: Project, report: Report, at_length: AtLength | None = None
) -> Iterator[Problem]:
    """Give every input of a network that the data does not fit, as problems of the plan.

    Args:
        facts: what is known of the data.
        project: the project.
        report: what the compiler says of the network, as far as it is known.
        at_length: looks through the network at the lengths of the data; a new one without.
    """
    graph = project.graph(report.ref)
    names = names_in(project, report)
    inputs = report.walk.inputs() if report.walk is not None else graph.of_type("input")
    nodes = {names[node.id]: node for node in inputs}
    pairs = _pairs(facts.inputs, report)
    lengths = lengths_in(facts, report)
    fitting = True
    for name, node in nodes.items():
        if name not in report.inputs:
            continue  # its own parameters are wrong: that is told already
        field = facts.inputs[pairs[name]] if name in pairs else None
        found = list(field_misfits(name, node, report.inputs[name], field, facts, project, report, lengths))
        fitting &= not any(problem.code in ("no_data_for_input", "input_shape") for problem in found)
        yield from found
    short = list(_too_short(lengths, project, report))
    yield from short
    if fitting and lengths and not short:
        yield from (at_length or AtLength()).misfits(lengths, project, report)


def field_misfits(
    name: str,
    node: Node,
    expected: Tensor,
    field: Field | None,
    facts: Facts,
    project: Project,
    report: Report,
    lengths: Mapping[str, int] | None = None,
) -> Iterator[Problem]:
    """Tell of one input that its field of the data does not fit.

    Args:
        name: identifier of the input.
        node: its block.
        expected: what it takes.
        field: what it is given; None where the data has nothing for it.
        facts: what is known of the data.
        project: the project.
        report: what the compiler says of the network.
        lengths: how long the data is where Inputs leave that open; the length of this field when not given.
    """
    if field is None:
        yield _no_field(name, node, facts, report)
    elif field.sample != expected.at(1, _lengths_of(field, expected) if lengths is None else lengths)[1:]:
        yield _other_size(name, node, field, expected, report)
    elif not field.whole and not expected.dtype.startswith("float"):
        yield _fractions(name, node, expected, project, report)
    elif field.largest is not None:
        yield from _too_large(node, field.largest, project, report)


def lengths_in(facts: Facts, report: Report) -> dict[str, int]:
    """Give how long the data is where an Input leaves a length open, by the name of the length."""
    found: dict[str, int] = {}
    for name, field in _pairs(facts.inputs, report).items():
        found = _lengths_of(facts.inputs[field], report.inputs[name]) | found
    return found


def _lengths_of(field: Field, expected: Tensor) -> dict[str, int]:
    found: dict[str, int] = {}
    for dim, size in zip(expected.shape[1:], field.sample, strict=False):
        if dim.length is not None:
            found.setdefault(dim.length.name, size // dim.length.times)
    return found


def names_in(project: Project, report: Report) -> Mapping[str, str]:
    """Give the identifier of every block of the network of a report, by id."""
    return report.walk.names if report.walk is not None else identifiers(project.graph(report.ref))


def _pairs(fields: Mapping[str, Field], report: Report) -> dict[str, str]:
    """Give the field for each input that finds one: by name, or directly where each side has one."""
    if len(fields) == len(report.inputs) == 1:
        return {next(iter(report.inputs)): next(iter(fields))}
    known = {identifier(field, "input"): field for field in fields} | {field: field for field in fields}
    return {name: known[name] for name in report.inputs if name in known}


def _no_field(name: str, node: Node, facts: Facts, report: Report) -> Problem:
    fields = ", ".join(facts.inputs)
    return Problem(
        "error",
        "no_data_for_input",
        report.ref,
        node.id,
        Message(
            "The data has nothing for the input “{name}”. It gives: {fields}. "
            "Name the Input blocks like the fields of the data.",
            name=name,
            fields=fields,
        ),
        expected=Message("{known}", known=fields),
        received=Message("{value}", value=name),
        about="plan",
    )


def _other_size(name: str, node: Node, field: Field, expected: Tensor, report: Report) -> Problem:
    given = Tensor.of(*field.sample)
    fix = setting(node, "shape", field.sample, " × ".join(map(str, field.sample)))
    if expected.lengths:
        fix = replace(fix, parameters=freeze({**fix.parameters, "open": _still_open(expected, field.sample)}))
    return Problem(
        "error",
        "input_shape",
        report.ref,
        node.id,
        Message(
            "The input “{name}” expects {expected}, and the data gives {received}. "
            "Set the shape of the Input block to {sizes}.",
            name=name,
            expected=str(expected),
            received=str(given),
            sizes=", ".join(map(str, field.sample)) or "1",
        ),
        parameter="shape",
        expected=Message("{sizes}", sizes=str(expected)),
        received=Message("{sizes}", sizes=str(given)),
        fixes=(fix,) if field.sample else (),
        about="plan",
    )


def _still_open(expected: Tensor, sample: tuple[int, ...]) -> str:
    """Give the names of the open sizes that data of other sizes can keep; none where it has another rank."""
    dims = expected.shape[1:]
    if len(dims) != len(sample):
        return ""
    names = [
        str(dim) if dim.length is not None and size % dim.length.times == 0 else "-"
        for dim, size in zip(dims, sample, strict=True)
    ]
    return ", ".join(names) if any(name != "-" for name in names) else ""


def _too_short(lengths: Mapping[str, int], project: Project, report: Report) -> Iterator[Problem]:
    """Tell of the first block that would have nothing left of data of these lengths."""
    for row in report.nodes.values() if lengths else ():
        for tensor in row.outputs.values():
            known = {name: lengths[name] for name in tensor.lengths if name in lengths}
            if any(size < 1 for size in tensor.at(1, known)):
                told = ", ".join(f"{name} = {size}" for name, size in known.items())
                yield Problem(
                    "error",
                    "data_too_short",
                    report.ref,
                    row.id,
                    Message(
                        "The data has {lengths}, and behind “{name}” nothing would be left of it: {sizes}. "
                        "Take smaller windows or strides before, or longer data.",
                        lengths=told,
                        name=project.graph(report.ref).nodes[row.id].name,
                        sizes=str(tensor),
                    ),
                    expected=Message("sizes of at least 1"),
                    received=Message("{sizes}", sizes=str(tensor.settled(known))),
                    about="plan",
                )
                return


def _fractions(name: str, node: Node, expected: Tensor, project: Project, report: Report) -> Problem:
    graph = project.graph(report.ref)
    looked_up = [
        found
        for wire in graph.out_of(node.id)
        if (found := graph.nodes[wire.target.node]).type == "embedding" and wire.enabled
    ]
    if looked_up:
        message = Message(
            "The input “{name}” leads to “{block}”, which looks whole numbers up, such as tokens; the data "
            "gives fractions. Choose data of whole numbers, or take “{block}” out.",
            name=name,
            block=looked_up[0].name,
        )
    else:
        message = Message(
            "The input “{name}” expects whole numbers ({expected}), and the data gives fractions. "
            "Set the kind of numbers of the Input block to float32.",
            name=name,
            expected=expected.dtype,
        )
    return Problem(
        "error",
        "input_dtype",
        report.ref,
        node.id,
        message,
        parameter="dtype",
        expected=Message("{dtype}", dtype=expected.dtype),
        received=Message("{dtype}", dtype="float32"),
        fixes=() if looked_up else (setting(node, "dtype", "float32", "float32"),),
        about="plan",
    )


def _too_large(node: Node, largest: int, project: Project, report: Report) -> Iterator[Problem]:
    """Tell of each table that the numbers of an input are looked up in, and that is too small for them."""
    graph = project.graph(report.ref)
    for wire in graph.out_of(node.id):
        table = graph.nodes[wire.target.node]
        row = report.nodes.get(table.id)
        if table.type != "embedding" or row is None or not wire.enabled:
            continue
        room = row.resolved.get("num_embeddings")
        if not isinstance(room, int) or largest < room:
            continue
        yield Problem(
            "error",
            "table_too_small",
            report.ref,
            table.id,
            Message(
                "“{name}” has room for the numbers 0 to {last}, and the data gives numbers up to {largest}. "
                "Make it larger.",
                name=table.name,
                last=room - 1,
                largest=largest,
            ),
            parameter="num_embeddings",
            expected=Message("at most {number}", number=room - 1),
            received=Message("{value}", value=largest),
            fixes=(setting(table, "num_embeddings", largest + 1),),
            about="plan",
        )
