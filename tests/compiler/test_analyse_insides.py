"""A composite used many times is looked through once, and again only when it is made of something else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from studio.compiler import Analyser, analyse
from studio.compiler.footprint import activations
from studio.compiler.walk import Walk
from studio.graph import Endpoint
from studio.project import COMPOSITE, GraphRef, Project, edits
from studio.project.definitions import make_unique
from studio.project.library import LIBRARY, add_block
from studio.project.ungrouping import ungroup_node
from tests.drawing import MAIN, add, wire

BASIC = GraphRef("composite", "Residual basic")


@dataclass
class Counting(Analyser):
    """Counts how often each graph is looked through."""

    walks: Counter[str] = field(default_factory=Counter)

    def _walk(self, project: Project, ref: GraphRef, *rest: Any) -> Walk:
        self.walks[ref.name] += 1
        return super()._walk(project, ref, *rest)


def row(*names: str, channels: int = 64) -> Project:
    """Give composites of the library one behind the other."""
    project, last = add(Project(), "input", parameters={"shape": (channels, 8, 8)})
    for name in names:
        project, node = add_block(project, MAIN, LIBRARY, (0.0, 0.0), name)
        project = wire(project, last, node)
        last = node
    return add(project, "output", [last])[0]


def equal(kept: Analyser, project: Project) -> None:
    """Hold what an analyser that remembers finds against what a fresh one finds."""
    for ref in project.refs():
        mine, fresh = kept.analyse(project, ref), analyse(project, ref)
        assert mine.problems == fresh.problems
        assert dict(mine.nodes) == dict(fresh.nodes)
        assert (mine.parameters, mine.trainable, mine.multiply_adds) == (
            fresh.parameters,
            fresh.trainable,
            fresh.multiply_adds,
        )


def test_fifty_uses_are_looked_through_once_and_once_after_an_edit() -> None:
    project = row(*["Residual basic"] * 50)
    analyser = Counting()
    report = analyser.analyse(project)
    assert report.problems == ()
    assert report.parameters == 50 * 73_984
    assert analyser.walks == {"main": 1, "Residual basic": 1}
    analyser.walks.clear()
    edited = edits.set_parameters(project, BASIC, "conv2d_1", {"bias": True})
    assert analyser.analyse(edited).parameters == 50 * (73_984 + 64)
    assert analyser.walks == {"main": 1, "Residual basic": 1}
    analyser.walks.clear()
    assert analyser.analyse(edited).parameters == 50 * (73_984 + 64)
    assert analyser.walks == {"main": 1}
    equal(analyser, edited)


def test_an_edit_inside_leaves_other_composites_alone() -> None:
    project = row("Residual basic", "Squeeze-excite", "Residual basic", "Dense block")
    analyser = Counting()
    before = analyser.analyse(project)
    analyser.walks.clear()
    edited = edits.set_parameters(project, BASIC, "conv2d_1", {"bias": True})
    after = analyser.analyse(edited)
    assert analyser.walks == {"main": 1, "Residual basic": 1}
    for node in ("composite_2", "composite_4", "input_1", "output_1"):
        assert after.nodes[node] is before.nodes[node]
    analyser.walks.clear()
    layer = GraphRef("composite", "Dense layer")
    deep = edits.set_parameters(edited, layer, "conv2d_1", {"bias": True})
    analyser.analyse(deep)
    assert analyser.walks == {"main": 1, "Dense block": 1, "Dense layer": 4}
    equal(analyser, deep)


def test_uses_of_other_values_shapes_and_copies_are_told_apart() -> None:
    project = row("Squeeze-excite", "Squeeze-excite", "Squeeze-excite")
    analyser = Analyser()
    equal(analyser, project)
    project = edits.set_parameters(project, MAIN, "composite_2", {"reduction": 8})
    equal(analyser, project)
    project, name = make_unique(project, MAIN, "composite_3")
    project = edits.set_parameters(project, GraphRef("composite", name), "conv2d_1", {"bias": False})
    equal(analyser, project)
    project = edits.set_parameters(project, MAIN, "input_1", {"shape": (64, 9, 9)})
    equal(analyser, project)
    project = edits.set_parameters(project, MAIN, "composite_1", {"channels": 63})
    assert analyse(project).problems
    equal(analyser, project)
    equal(analyser, edits.remove_nodes(project, GraphRef("composite", name), ["conv2d_1"], rejoin=True))


def test_a_mistake_inside_is_told_at_every_use_and_goes_with_its_mend() -> None:
    project = row("Residual basic", "Residual basic")
    analyser = Analyser()
    equal(analyser, project)
    broken = edits.set_parameters(project, BASIC, "conv2d_1", {"padding": 0})
    report = analyser.analyse(broken)
    assert [(p.node, p.severity) for p in report.problems] == [("composite_1", "error")]
    equal(analyser, broken)
    equal(analyser, project)


def test_a_frozen_use_and_one_that_learns_are_told_apart_in_memory() -> None:
    def flat(project: Project) -> Project:
        for node in [n.id for n in project.graph(MAIN).of_type(COMPOSITE)]:
            read = analyse(project).nodes[node].resolved
            project = ungroup_node(project, MAIN, node, read)[0]
        return project

    project = row("Residual basic", "Residual basic", "Residual basic")
    sizes = set()
    for frozen in ((), ("composite_1",), ("composite_3",), ("composite_1", "composite_2")):
        changed = project
        for node in frozen:
            changed = edits.change_node(changed, MAIN, node, frozen=True)
        found = activations(Analyser().walk(changed, MAIN), 4)
        apart = flat(changed)
        assert found == activations(Analyser().walk(apart, MAIN), 4)
        sizes.add(found)
    assert len(sizes) == 3  # a frozen end keeps what the learning beginning needs


def test_a_wire_that_is_taken_off_inside_is_seen() -> None:
    project = row("Residual basic", "Residual basic")
    analyser = Analyser()
    equal(analyser, project)
    graph = project.graph(BASIC)
    (skip,) = (w for w in graph.wires if w.source == Endpoint("input_1", "y") and w.target.node == "add_1")
    equal(analyser, edits.disconnect(project, BASIC, [skip]))
    equal(analyser, project)
