"""Mistakes as data: where they are, what was expected, what arrived, and what mends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.graph import Message, NetwrightError
from studio.project import Fix, GraphRef

Severity = Literal["error", "warning"]
"""An error keeps the network from running; a warning is worth a look."""

About = Literal["drawing", "plan", "run"]
"""What is mistaken: the drawing; the plan, which does not fit it; or the last run, which failed here."""


@dataclass(frozen=True)
class Problem:
    """One mistake.

    Attributes:
        severity: how bad it is.
        code: permanent name of the kind of mistake.
        graph: the graph that it is in.
        node: id of the node that it is on; empty when it concerns the whole graph.
        port: the input or output, or empty.
        parameter: the parameter, or empty.
        message: what is wrong and what to do, in one or two sentences.
        expected: what the block takes.
        received: what arrived.
        fixes: mends to apply with one click.
        details: the text of the library beneath, for those who want it.
        about: what is mistaken; only a mistake in the drawing keeps the network from being built.
    """

    severity: Severity
    code: str
    graph: GraphRef
    node: str
    message: Message
    port: str = ""
    parameter: str = ""
    expected: Message | None = None
    received: Message | None = None
    fixes: tuple[Fix, ...] = ()
    details: str = ""
    about: About = "drawing"

    __hash__ = None  # type: ignore[assignment]


class CompileError(NetwrightError):
    """The network cannot be built as drawn.

    Attributes:
        problems: every error that stands in the way.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Speak with the first problem's words and keep them all."""
        self.problems = problems
        first = problems[0].message
        super().__init__(
            first
            if len(problems) == 1
            else Message(
                "{first} (and {count} more {count:problem|problems})", first=first, count=len(problems) - 1
            )
        )
