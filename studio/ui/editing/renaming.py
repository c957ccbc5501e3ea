"""Gives a block a name that no other of its graph goes by, and says so where it is another than was typed."""

from __future__ import annotations

from studio.graph import Message
from studio.project import GraphRef, edits
from studio.ui.document import Document


def free_name(document: Document, ref: GraphRef, node: str, typed: str) -> str:
    """Give the name for a block for which a person has typed one; tells in the status line of another."""
    name = edits.free_name(document.project.graph(ref), node, typed)
    if name != typed:
        document.told.emit(
            Message("Another block is named “{typed}”. This one is called “{name}”.", typed=typed, name=name)
        )
    return name
