"""Commands that look and change nothing: templates, blocks, check."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from studio import api
from studio.blocks import Block, Parameter, every
from studio.cli.command import Command, Parser
from studio.cli.table import columns
from studio.cli.voice import DONE, FAILED, Voice, plain
from studio.graph import Expression, Message, Value
from studio.project import gallery

if TYPE_CHECKING:
    from studio.compiler import Problem, Report


def _nothing(parser: Parser) -> None:
    """Take no arguments."""


# -- templates -----------------------------------------------------------------------------------------


def _templates(arguments: argparse.Namespace, voice: Voice) -> int:
    found = gallery.templates(voice.language)
    if voice.json:
        voice.give(
            [
                {
                    "id": each.id,
                    "title": each.title,
                    "task": each.task,
                    "networks": each.networks,
                    "parameters": each.parameters,
                }
                for each in found
            ]
        )
        return DONE
    rows = [(each.id, f"{each.parameters:,}", plain(each.title)) for each in found]
    for line in columns(rows, right=(1,)):
        voice.line(line)
    return DONE


TEMPLATES = Command("templates", Message("List the templates."), _nothing, _templates)


# -- blocks --------------------------------------------------------------------------------------------


def _blocks(arguments: argparse.Namespace, voice: Voice) -> int:
    if voice.json:
        voice.give([_block(block, voice) for block in every()])
        return DONE
    rows = [
        (
            block.type,
            voice.text(Message(block.title)),
            ", ".join(parameter.name for parameter in block.editable() if not parameter.advanced) or "–",
        )
        for block in every()
    ]
    for line in columns(rows):
        voice.line(line)
    return DONE


def _block(block: Block, voice: Voice) -> dict[str, object]:
    return {
        "type": block.type,
        "group": block.group,
        "title": voice.text(Message(block.title)),
        "target": block.target,
        "parameters": [_parameter(each, voice) for each in block.parameters.values() if not each.fixed],
        "inputs": [port.name for port in block.inputs],
        "outputs": [port.name for port in block.outputs],
    }


def _parameter(parameter: Parameter, voice: Voice) -> dict[str, object]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "default": _plain(parameter.default),
        "low": parameter.low,
        "high": parameter.high,
        "choices": list(parameter.choices),
        "from_input": parameter.source is not None,
        "doc": voice.text(Message(parameter.doc)),
    }


def _plain(value: Value) -> object:
    match value:
        case tuple():
            return [_plain(part) for part in value]
        case Expression():
            return value.text
    return value


BLOCKS = Command("blocks", Message("List the blocks that networks are made of."), _nothing, _blocks)


# -- check ---------------------------------------------------------------------------------------------


def _file(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))


def _check(arguments: argparse.Namespace, voice: Voice) -> int:
    checked = api.check(api.load(arguments.file))
    if voice.json:
        voice.give(checked.json(voice.translate))
    else:
        for name, report in checked.networks.items():
            _say_report(name, report, voice)
    return DONE if checked.ok else FAILED


def _say_report(name: str, report: Report, voice: Voice) -> None:
    if report.parameters is not None and report.multiply_adds is not None:
        voice.say(
            Message(
                "{network}: {parameters} parameters, {multiply_adds} multiply-adds a sample",
                network=name,
                parameters=f"{report.parameters:,}",
                multiply_adds=f"{report.multiply_adds:,}",
            )
        )
    else:
        voice.say(Message("{network}: it has errors, so there are no totals", network=name))
    rows = [
        (
            f"  {plain(node.name)}",
            node.type,
            ", ".join(map(str, node.outputs.values())) or "–",
            f"{node.parameters:,}" if node.parameters is not None else "–",
        )
        for node in report.nodes.values()
    ]
    for line in columns(rows, right=(3,)):
        voice.line(line)
    for problem in report.problems:
        _say_problem(report, problem, voice)


def _say_problem(report: Report, problem: Problem, voice: Voice) -> None:
    severity = Message("error") if problem.severity == "error" else Message("warning")
    nowhere = Message("training plan") if problem.about == "plan" else "–"
    where = report.nodes[problem.node].name if problem.node in report.nodes else nowhere
    voice.say(
        Message("  {severity}, {node}: {message}", severity=severity, node=where, message=problem.message)
    )
    if problem.expected is not None and problem.received is not None:
        differing = Message(
            "expected {expected}, received {received}",
            expected=problem.expected,
            received=problem.received,
        )
        voice.line(f"    {voice.text(differing)}")
    for fix in problem.fixes:
        voice.line(f"    {voice.text(Message('to mend it: {fix}', fix=fix.label))}")


CHECK = Command(
    "check", Message("Show the shapes, costs and problems of a project's networks."), _file, _check
)
"""Gives exit code 1 where a network has an error, or the plan does not fit the network that it trains."""
