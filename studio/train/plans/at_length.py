"""Holds the blocks of a network that takes any length against the length that the data has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.compiler import Analyser, Problem, Report
from studio.graph import Graph
from studio.project import Composite, Fix, Project, ProjectError, edits

Seen = tuple[Graph, Mapping[str, Composite], Mapping[str, int]]
"""What the answer rests on: the drawing, the composites that it uses, and the lengths of the data."""


class AtLength:
    """Looks through a network as if its Inputs had the sizes of the data; the last answer is kept."""

    def __init__(self) -> None:
        """Begin without memory."""
        self._analyser = Analyser()
        self._last: tuple[Seen, tuple[Problem, ...]] | None = None

    def misfits(self, lengths: Mapping[str, int], project: Project, report: Report) -> tuple[Problem, ...]:
        """Give the blocks that refuse data of these lengths, as problems of the plan.

        Args:
            lengths: of the data, by their names.
            project: the project.
            report: what the compiler says of the network; it is sound for the lengths of its example.
        """
        if not report.ok or all(report.lengths.get(name) == size for name, size in lengths.items()):
            return ()
        graph, composites = project.graph(report.ref), project.composites
        if self._last is not None:
            (drawn, used, sizes), found = self._last
            if drawn is graph and used is composites and sizes == lengths:
                return found
        found = tuple(self._looked(lengths, project, report))
        self._last = (graph, composites, dict(lengths)), found
        return found

    def _looked(self, lengths: Mapping[str, int], project: Project, report: Report) -> list[Problem]:
        ref = report.ref
        settled = _settled(lengths, project, report)
        errors = self._analyser.analyse(settled, ref).errors
        told = []
        for problem in errors:
            same = [other for other in errors if (other.node, other.code) == (problem.node, problem.code)]
            fixes = [fix for fix in problem.fixes if self._mends(fix, settled, project, problem, len(same))]
            told.append(replace(problem, about="plan", fixes=tuple(fixes)))
        return told

    def _mends(self, fix: Fix, settled: Project, project: Project, problem: Problem, before: int) -> bool:
        """Tell whether a mend suits the data, and leaves the network sound for its own example."""
        ref = problem.graph
        if fix.action != "set" or project.graph(ref).nodes[fix.node].type == "input":
            return False
        try:
            trained, drawn = edits.apply_fix(settled, ref, fix), edits.apply_fix(project, ref, fix)
        except ProjectError:
            return False
        left = self._analyser.analyse(trained, ref).errors
        after = [other for other in left if (other.node, other.code) == (problem.node, problem.code)]
        return len(after) < before and self._analyser.analyse(drawn, ref).ok


def _settled(lengths: Mapping[str, int], project: Project, report: Report) -> Project:
    """Give the project with Inputs of the sizes that the data has, and no length left open."""
    walk = report.walk
    assert walk is not None
    for node in walk.inputs():
        entering = report.inputs.get(walk.names[node.id])
        if entering is not None and entering.lengths:
            sizes = entering.at(1, lengths)[1:]
            project = edits.set_parameters(project, report.ref, node.id, {"shape": sizes, "open": ""})
    return project
