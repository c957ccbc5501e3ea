"""The document: networks, composites, plan and layout; its edits, its history and its file."""

from studio.project import edits
from studio.project.document import (
    COMPOSITE,
    MODEL,
    Choice,
    Composite,
    CompositeParameter,
    GraphRef,
    LossTerm,
    Plan,
    Project,
    ProjectError,
    block_of,
    block_of_composite,
)
from studio.project.edits import Fix
from studio.project.history import Change, History, difference

__all__ = [
    "COMPOSITE",
    "MODEL",
    "Change",
    "Choice",
    "Composite",
    "CompositeParameter",
    "Fix",
    "GraphRef",
    "History",
    "LossTerm",
    "Plan",
    "Project",
    "ProjectError",
    "block_of",
    "block_of_composite",
    "difference",
    "edits",
]
