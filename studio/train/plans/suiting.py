"""Brings a drawing to the data of its plan: the sizes of its inputs, of what leaves it, and the loss.

It is the mends that the rules of a run offer, one after the other, until nothing is left that has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.compiler import Problem
from studio.graph import Message, NetwrightError
from studio.project import Fix, GraphRef, Project, edits
from studio.train.plans.checking import Checker

MOST_STEPS = 24
"""So many mends one after the other; a drawing that still asks for more cannot be brought to the data."""

_ACTIONS = frozenset({"set", "loss"})
_FIRST = ("no_data_for_input", "input_shape", "input_dtype", "table_too_small", "wrong_loss", "output_size")
"""What is mended first: what stands before decides on what stands behind."""


@dataclass(frozen=True)
class Suited:
    """A project brought to its data.

    Attributes:
        before: the project as it was.
        after: the project as it would be.
        steps: what is done to it, in words.
        left: what would still not fit.
    """

    before: Project
    after: Project
    steps: tuple[Message, ...]
    left: tuple[Problem, ...]

    __hash__ = None  # type: ignore[assignment]


def suited(project: Project, checker: Checker) -> Suited:
    """Bring a project to the data of its plan; it never raises.

    Args:
        project: the project.
        checker: knows the data, and remembers.
    """
    after, steps = project, []
    problems = _problems(after, checker)
    drawn = {(found.graph, found.node, found.code) for found in problems if found.about != "plan"}
    tried: set[tuple[str, str, str]] = set()
    for _ in range(MOST_STEPS):
        chosen = _next(problems, drawn, tried)
        if chosen is None:
            break
        problem, fix = chosen
        tried.add(_key(problem, fix))
        try:
            changed = edits.apply_fix(after, problem.graph, fix)
        except NetwrightError:
            continue
        steps.append(_said(after, problem.graph, fix))
        after = changed
        problems = _problems(after, checker)
    return Suited(project, after, tuple(steps), tuple(found for found in problems if _counts(found, drawn)))


def _problems(project: Project, checker: Checker) -> list[Problem]:
    found: list[Problem] = []
    for name in dict.fromkeys(project.plan.networks.values()):
        if name in project.networks:
            found += checker.analyse(project, GraphRef("network", name)).problems
    return found


def _counts(problem: Problem, drawn: set[tuple[GraphRef, str, str]]) -> bool:
    """Tell whether a problem is one of the data: of the plan, or one that its sizes made."""
    if problem.severity != "error":
        return False
    return problem.about == "plan" or (problem.graph, problem.node, problem.code) not in drawn


def _next(
    problems: list[Problem], drawn: set[tuple[GraphRef, str, str]], tried: set[tuple[str, str, str]]
) -> tuple[Problem, Fix] | None:
    """Give what to mend next, and how."""
    order = {code: place for place, code in enumerate(_FIRST)}
    for problem in sorted(problems, key=lambda one: order.get(one.code, len(_FIRST))):
        if not _counts(problem, drawn):
            continue
        for fix in problem.fixes:
            flattens = fix.action == "insert" and fix.type == "flatten"
            if (fix.action in _ACTIONS or flattens) and _key(problem, fix) not in tried:
                return problem, fix
    return None


def _key(problem: Problem, fix: Fix) -> tuple[str, str, str]:
    return str(problem.graph), fix.node or problem.node, str(fix.label)


def _said(project: Project, ref: GraphRef, fix: Fix) -> Message:
    node = project.graph(ref).nodes.get(fix.node)
    if node is None:
        return fix.label
    return Message("“{name}”: {what}", name=node.name, what=fix.label)
