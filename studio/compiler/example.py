"""A small network that shows one block at work: what reaches it, what it gives, and how it is written."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from studio.blocks import Block
from studio.compiler.analyse import analyse
from studio.compiler.source import source
from studio.graph import Endpoint, Value
from studio.project import GraphRef, Project, edits

MAIN = GraphRef("network", "main")


@dataclass(frozen=True)
class Example:
    """A block at work.

    Attributes:
        arrives: name and shape of each input, such as `("x", "B × 16 × 12 × 12")`.
        gives: name and shape of each output.
        code: the lines that Netwright writes for it, where it is made and where it is called.
    """

    arrives: tuple[tuple[str, str], ...]
    gives: tuple[tuple[str, str], ...]
    code: str


def drawing(block: Block) -> Project:
    """Draw the block alone: an Input of its example's sizes at each input, an Output at each output."""
    project = Project()
    reaching: list[tuple[str, str]] = []
    for port in block.inputs:
        sizes = block.example.get(port.name)
        if sizes is None:
            continue
        for number in range(2 if port.many else 1):
            name = f"{port.name}{number + 1}" if port.many else port.name
            kind = {"dtype": "int64"} if port.dtype == "int" else {}
            project, node = _placed(project, "input", name, {"shape": sizes, **kind})
            reaching.append((node, port.name))
    if not reaching:
        # A network takes something; what it takes goes straight out again.
        project, node = _placed(project, "input", "x")
        project, end = _placed(project, "output", "x")
        project = _wired(project, node, "y", end, "x")
    project, own = _placed(project, block.type)
    for node, port_name in reaching:
        project = _wired(project, node, "y", own, port_name)
    for port in block.spread({}).outputs:
        project, end = _placed(project, "output", port.name)
        project = _wired(project, own, port.name, end, "x")
    return project


def example_of(block: Block) -> Example | None:
    """Give a block at work; None for one that is no layer or function, or has nothing to show.

    Args:
        block: one that is declared.
    """
    if block.role != "block" or block.call == "none" or not block.known or not block.outputs:
        return None
    project = drawing(block)
    report = analyse(project)
    if any(problem.severity == "error" for problem in report.problems):
        return None
    return Example(
        tuple((name, str(tensor)) for name, tensor in report.inputs.items()),
        tuple((name, str(tensor)) for name, tensor in report.outputs.items()),
        "\n".join(_own_lines(source(project))),
    )


def _own_lines(text: str) -> list[str]:
    """Give what the last class of a module does, without what every class has."""
    lines = text.splitlines()
    found: list[str] = []
    for function in (part for part in ast.parse(text).body[-1].body if isinstance(part, ast.FunctionDef)):  # type: ignore[attr-defined]
        own = [part for part in function.body if not isinstance(part, ast.Return) and not _is_super(part)]
        if own:
            first, last = own[0].lineno - 1, own[-1].end_lineno
            while lines[first - 1].lstrip().startswith("#"):
                first -= 1
            found += [line.removeprefix(" " * 8) for line in lines[first:last]]
    return found


def _is_super(part: ast.stmt) -> bool:
    return ast.unparse(part) == "super().__init__()"


def _placed(
    project: Project, type: str, name: str = "", parameters: Mapping[str, Value] | None = None
) -> tuple[Project, str]:
    return edits.add_node(project, MAIN, type, (0.0, 0.0), name=name, parameters=parameters)


def _wired(project: Project, source: str, output: str, target: str, port: str) -> Project:
    return edits.connect(project, MAIN, Endpoint(source, output), Endpoint(target, port))
