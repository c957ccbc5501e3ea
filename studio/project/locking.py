"""A locked drawing is changed by nothing: what would change it is refused with the reason."""

from __future__ import annotations

import dataclasses

from studio.graph import Message
from studio.project.document import GraphRef, Project, ProjectError


def locked(project: Project, ref: GraphRef) -> bool:
    """Tell whether a drawing is locked."""
    return project.layout_of(ref).locked


def held(project: Project, ref: GraphRef) -> Message | None:
    """Give the reason why a drawing cannot be changed; None where it can."""
    return _reason(ref) if locked(project, ref) else None


def lock(project: Project, ref: GraphRef, on: bool) -> Project:
    """Lock a drawing, or unlock it."""
    return project.with_layout(ref, dataclasses.replace(project.layout_of(ref), locked=on))


def refuse_locked(before: Project, after: Project) -> None:
    """Refuse an edit that changes, or takes away, a drawing that is locked before and after it.

    A network of another name is the same drawing.

    Raises:
        ProjectError: it does.
    """
    for ref, look in before.layout.items():
        if not look.locked or ref not in before.refs():
            continue
        if ref in after.refs():
            now = after.layout_of(ref)
            kept = not now.locked or (before.graph(ref) == after.graph(ref) and look == now)
        else:
            kept = any(
                other.place == ref.place and after.graph(other) == before.graph(ref)
                for other in set(after.refs()) - set(before.refs())
            )
        if not kept:
            raise ProjectError(_reason(ref))


def _reason(ref: GraphRef) -> Message:
    return Message("The drawing “{name}” is locked. Unlock it to change something.", name=ref.name)
