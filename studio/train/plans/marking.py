"""Brings a failed run to the blocks of the drawing, as problems that are shown there until the next edit."""

from __future__ import annotations

from studio.compiler import Problem
from studio.graph import Message
from studio.project import GraphRef, Project
from studio.train.events import Failed

CODE = "training_failed"
"""The code of the problem at the block itself."""

AROUND = "training_failed_inside"
"""The code of the problems at the composites that the block stands in: they say nothing new."""


def marks(failed: Failed, project: Project) -> tuple[Problem, ...]:
    """Give the problems that a failed run leaves: at its block, and at each composite that this stands in.

    Args:
        failed: how the run ended.
        project: what was trained.
    """
    graph = failed.graph or GraphRef("network", project.main())
    node = failed.node if failed.graph is not None and failed.node else ""
    message = (
        Message("The last training failed here. {reason}", reason=failed.message)
        if node
        else Message("The last training failed. {reason}", reason=failed.message)
    )
    made = [
        Problem(
            "error",
            CODE,
            graph,
            node,
            message,
            expected=failed.expected,
            received=failed.received,
            fixes=failed.fixes,
            details=failed.details,
            about="run",
        )
    ]
    inner = made[0]
    for outer, key in reversed(failed.within):
        composite = project.graph(outer).nodes[key].composite
        name = project.graph(inner.graph).nodes[inner.node].name
        told = Message(
            "Inside “{composite}”, at “{node}”: {message}",
            composite=composite,
            node=name,
            message=failed.message if inner is made[0] else inner.message,
        )
        inner = Problem("error", AROUND, outer, key, told, about="run")
        made.append(inner)
    return tuple(made)
