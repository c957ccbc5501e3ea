"""Where the last run failed, laid over the reports of the compiler until it is out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.project import COMPOSITE, Change, GraphRef, Project, difference

if TYPE_CHECKING:
    from studio.compiler import Problem, Report


@dataclass
class Marks:
    """The problems that a failed run left, and what they depend on.

    Attributes:
        problems: one at each block that is marked; the block itself first, then the composites around it.
        trained: every graph that was trained; an edit of one of them ends the marks.
    """

    problems: tuple[Problem, ...] = ()
    trained: frozenset[GraphRef] = frozenset()
    _laid: dict[GraphRef, tuple[Report, Report]] = field(default_factory=dict)

    @classmethod
    def of(cls, problems: Sequence[Problem], trained: Project, now: Project) -> Marks:
        """Mark what failed; nothing where what was trained has been edited since.

        Args:
            problems: of the failure.
            trained: the project as it was trained.
            now: the project as it is.
        """
        marks = cls(tuple(problems), trained_graphs(trained))
        return cls() if marks.ended_by(difference(trained, now)) else marks

    @property
    def graphs(self) -> set[GraphRef]:
        """The graphs with a mark."""
        return {problem.graph for problem in self.problems}

    @property
    def innermost(self) -> tuple[Problem, ...]:
        """The mark at the block itself, without those at the composites around it."""
        return self.problems[:1]

    def ended_by(self, change: Change) -> bool:
        """Tell whether a change concerns what was trained."""
        return bool(self.problems) and concerns(change, self.trained)

    def on(self, report: Report, ref: GraphRef) -> Report:
        """Give a report with the marks of its graph."""
        own = tuple(problem for problem in self.problems if problem.graph == ref)
        if not own:
            return report
        before = self._laid.get(ref)
        if before is None or before[0] is not report:
            before = self._laid[ref] = report, replace(report, problems=(*own, *report.problems))
        return before[1]


def concerns(change: Change, graphs: frozenset[GraphRef]) -> bool:
    """Tell whether a change concerns the plan or some graphs."""
    touched = {item[0] for items in (change.added, change.removed, change.altered) for item in items}
    touched |= change.wired | change.graphs | change.reordered
    return change.plan or bool(touched & graphs)


def trained_graphs(project: Project) -> frozenset[GraphRef]:
    """Give the networks of a plan and all composites inside them."""
    found: set[GraphRef] = set()
    waiting = [GraphRef("network", name) for name in project.plan.networks.values()]
    while waiting:
        ref = waiting.pop()
        if ref in found or ref not in project.refs():
            continue
        found.add(ref)
        waiting += [GraphRef("composite", node.composite) for node in project.graph(ref).of_type(COMPOSITE)]
    return frozenset(found)
