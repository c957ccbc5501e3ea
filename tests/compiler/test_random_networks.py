"""Whatever can be drawn: the analyser never raises, and what it calls sound runs as it said."""

from __future__ import annotations

from typing import Any

import torch
from hypothesis import given
from hypothesis import strategies as st

from studio.blocks import every
from studio.compiler import analyse, build, source
from studio.graph import Endpoint, Value
from studio.project import Project, ProjectError, block_of, edits
from tests.drawing import MAIN

KINDS = [block.type for block in every() if block.type not in ("input", "output")]
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.integers(-2, 12),
    st.sampled_from([0.5, True, None, "tanh", (2, 3), (-1,), 2**31, 10**12]),
)


@st.composite
def drawings(draw: st.DrawFn) -> Project:
    """Draw a handful of random blocks with random parameters and wires."""
    project = Project()
    shape = draw(st.sampled_from([(8,), (6, 8), (4, 8, 8)]))
    project, _ = edits.add_node(project, MAIN, "input", (0, 0), parameters={"shape": shape})
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(KINDS))
        project, node = edits.add_node(project, MAIN, kind, (0, 0))
        graph = project.graph(MAIN)
        block = block_of(project, graph, graph.nodes[node])
        settable = [parameter.name for parameter in block.editable()]
        changed: bool = draw(st.booleans())
        if settable and changed:
            name = draw(st.sampled_from(settable))
            project = edits.set_parameters(project, MAIN, node, {name: draw(VALUES)})
        others = [key for key in graph.nodes if key != node]
        for port in block.inputs:
            for _ in range(draw(st.integers(1, 2)) if port.many else 0 if port.optional else 1):
                project = _wired(project, draw(st.sampled_from(others)), node, port.name)
    project, end = edits.add_node(project, MAIN, "output", (0, 0))
    return _wired(project, list(project.graph(MAIN).nodes)[-2], end, "x")


def _wired(project: Project, source_node: str, target: str, port: str) -> Project:
    graph = project.graph(MAIN)
    leaving = block_of(project, graph, graph.nodes[source_node]).outputs
    try:
        return edits.connect(project, MAIN, Endpoint(source_node, leaving[0].name), Endpoint(target, port))
    except ProjectError:
        return project


@given(drawings())
def test_a_sound_drawing_runs_as_it_was_said_and_any_other_is_explained(project: Project) -> None:
    report = analyse(project)
    if not report.ok:
        assert report.parameters is None
        for problem in report.errors:
            assert str(problem.message)
            assert problem.node in {"", *project.graph(MAIN).nodes}
        return
    module = build(project, seed=0).eval()
    assert sum(p.numel() for p in module.parameters()) == report.parameters
    space: dict[str, Any] = {}
    exec(source(project), space)
    written = space["Main"]().eval()
    written.load_state_dict(module.state_dict(), strict=True)
    for batch in (1, 5):
        data = torch.randn(report.inputs["x"].at(batch), generator=torch.Generator().manual_seed(0))
        with torch.no_grad():
            result, again = module(data), written(data)
        assert tuple(result.shape) == report.outputs["y"].at(batch)
        assert torch.equal(result, again) or torch.equal(result.isnan(), again.isnan())
