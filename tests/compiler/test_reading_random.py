"""Whatever network a person draws: its source is read back to the same drawing, the same text and numbers."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

import black
import torch
from hypothesis import given
from hypothesis import strategies as st

from studio.blocks import FromInput
from studio.compiler import analyse, build, source
from studio.compiler.reading import read_source
from studio.graph import Endpoint, Expression, Graph, Initial, Value, freeze
from studio.project import Composite, CompositeParameter, GraphRef, Project, edits
from studio.project.file import dumps
from tests.compiler.test_random_networks import drawings
from tests.drawing import MAIN

LABELS = st.sampled_from(
    [
        "",
        "",
        "",
        "x",
        "y",
        "fc",
        "fc 1",
        "fc_1",
        "fc1",
        "Fc1",
        "卷积",
        "第一层",
        "forward",
        "parts",
        'a"b\\',
        "a: b",
        "n" * 60,
    ]
)
WIDTH = 8
UNARY = ("linear", "relu", "tanh", "layer_norm", "identity", "softmax")
INNER, OUTER = GraphRef("composite", "inner part"), GraphRef("composite", "Outer")


class _Drawing:
    """Draws blocks that all take and give vectors of one width, so that whatever is wired is sound."""

    def __init__(self, draw: st.DrawFn, project: Project, ref: GraphRef) -> None:
        self.draw = draw
        self.project = project
        self.ref = ref
        self.values: list[tuple[str, str]] = []

    def place(self, kind: str, parameters: dict[str, Value] | None = None, composite: str = "") -> str:
        label = self.draw(LABELS)
        if kind in ("input", "output"):
            taken = {node.name for node in self.project.graph(self.ref).of_type(kind)}
            label = "" if label in taken else label
        self.project, node = edits.add_node(
            self.project, self.ref, kind, (0, 0), name=label, parameters=parameters, composite=composite
        )
        return node

    def wire(self, node: str, port: str, source: tuple[str, str] | None = None) -> None:
        source = source or self.draw(st.sampled_from(self.values))
        self.project = edits.connect(self.project, self.ref, Endpoint(*source), Endpoint(node, port))

    def change(self, node: str, **fields: object) -> None:
        self.project = edits.change_node(self.project, self.ref, node, **fields)

    def fill(self, composites: tuple[GraphRef, ...]) -> None:
        """Place a handful of blocks."""
        kinds: list[str | GraphRef] = [*UNARY, "add", "multiply", "concat", "chunk", "lstm", *composites]
        for _ in range(self.draw(st.integers(1, 6))):
            kind = self.draw(st.sampled_from(kinds))
            if isinstance(kind, GraphRef):
                self._composite(kind)
            elif kind in ("add", "multiply"):
                node = self.place(kind)
                for _ in range(self.draw(st.integers(1, 3))):
                    self.wire(node, "x")
                self.values.append((node, "y"))
            elif kind == "concat":
                node = self.place(kind)
                self.wire(node, "x")
                self.wire(node, "x")
                after = self.place("linear", {"out_features": WIDTH})
                self.wire(after, "x", (node, "y"))
                self.values.append((after, "y"))
            elif kind == "chunk":
                before = self.place("linear", {"out_features": 2 * WIDTH})
                self.wire(before, "x")
                node = self.place(kind)
                self.wire(node, "x", (before, "y"))
                self.values += [(node, "y1"), (node, "y2")]
            elif kind == "lstm":
                self._recurrent()
            else:
                self._single(kind)

    def _single(self, kind: str) -> None:
        width: Value = Expression("width") if self.ref.place == "composite" else WIDTH
        node = self.place(kind, {"out_features": width} if kind == "linear" else None)
        self.wire(node, "x")
        if kind != "linear" and self.draw(st.integers(0, 4)) == 0:
            self.change(node, bypassed=True)
        if kind == "linear" and self.draw(st.booleans()):
            ways = [Initial("orthogonal"), Initial("normal", freeze({"std": 0.5})), Initial("ones")]
            for part, several in (("weight", ways), ("bias", ways[1:])):
                way = self.draw(st.sampled_from([None, *several]))
                self.project = edits.set_initial(self.project, self.ref, node, part, way)
        if kind == "linear" and self.draw(st.booleans()):
            self.change(node, frozen=self.draw(st.booleans()), rate_factor=0.5)
            if self.draw(st.booleans()):
                other = self.place("linear", {"out_features": width})
                self.wire(other, "x")
                self.change(other, shares=node)
                self._added((node, "y"), (other, "y"))
                return
        self.values.append((node, "y"))

    def _added(self, *values: tuple[str, str]) -> None:
        """Add up what must lead to an Output together."""
        node = self.place("add")
        for value in values:
            self.wire(node, "x", value)
        self.values.append((node, "y"))

    def _recurrent(self) -> None:
        sequence = self.place("unsqueeze")
        self.wire(sequence, "x")
        node = self.place("lstm", {"hidden_size": WIDTH})
        self.wire(node, "x", (sequence, "y"))
        for port in self.draw(st.sampled_from([("y",), ("h",), ("y", "c"), ("c", "h")])):
            after = self.place("flatten") if port == "y" else self.place("sum", {"dim": 0})
            self.wire(after, "x", (node, port))
            self.values.append((after, "y"))

    def _composite(self, inner: GraphRef) -> None:
        graph = self.project.graph(inner)
        ports, ends = list(graph.of_type("input")), list(graph.of_type("output"))
        node = self.place("composite", composite=inner.name)
        for port in ports:
            self.wire(node, port.name)
        if ports and len(ends) == 1 and self.draw(st.booleans()):
            self.change(node, repeat=self.draw(st.integers(2, 3)))
        if self.draw(st.integers(0, 3)) == 0:
            other = self.place("composite", composite=inner.name)
            for port in ports:
                self.wire(other, port.name)
            self.change(other, shares=node, repeat=self.project.graph(self.ref).nodes[node].repeat)
            self._added((node, ends[0].name), (other, ends[-1].name))
        self.values += [(node, end.name) for end in ends]

    def ends(self, most: int) -> None:
        for _ in range(self.draw(st.integers(1, most))):
            self.wire(self.place("output"), "x")


@st.composite
def networks(draw: st.DrawFn) -> Project:
    """Draw a network with composites in composites, shared and frozen weights, stray blocks, any labels."""
    project = Project()
    for ref, inside in ((INNER, ()), (OUTER, (INNER,))):
        project = edits.set_composite(
            project, ref.name, Composite(parameters=(CompositeParameter("width", "int", WIDTH),))
        )
        drawing = _Drawing(draw, project, ref)
        for _ in range(draw(st.integers(1, 2))):
            drawing.values.append((drawing.place("input"), "y"))
        drawing.fill(inside)
        drawing.ends(2)
        project = drawing.project
        if draw(st.booleans()):
            first = next(project.graph(ref).of_type("input"))
            read = CompositeParameter("width", "int", WIDTH, "", FromInput(first.name, -1))
            composite = dataclasses.replace(project.composites[ref.name], parameters=(read,))
            project = edits.set_composite(project, ref.name, composite)
    drawing = _Drawing(draw, project, MAIN)
    for _ in range(draw(st.integers(1, 2))):
        drawing.values.append((drawing.place("input", {"shape": (WIDTH,)}), "y"))
    drawing.fill((INNER, OUTER))
    drawing.ends(3)
    drawing.wire(drawing.place("relu"), "x")
    return _shuffled(draw, drawing.project)


def _shuffled(draw: st.DrawFn, project: Project) -> Project:
    """Put the blocks into another order, as a person does who draws from the end to the start."""
    graph = project.graph(MAIN)
    order: list[str] = draw(st.permutations(list(graph.nodes)))
    nodes = MappingProxyType({key: graph.nodes[key] for key in order})
    return project.with_graph(MAIN, Graph(nodes, graph.wires))


def numbers(project: Project, text: str) -> list[dict[str, torch.Tensor]]:
    """Run the built module and the written class with the same weights on the same data."""
    report = analyse(project)
    data = {name: torch.randn(tensor.at(3)) for name, tensor in report.inputs.items()}
    module = build(project, seed=0).eval()
    space: dict[str, Any] = {}
    exec(text, space)
    written = space["Main"]().eval()
    written.load_state_dict(module.state_dict(), strict=True)
    with torch.no_grad():
        found = [one(**data) if len(data) > 1 else one(*data.values()) for one in (module, written)]
    return [one if isinstance(one, dict) else {"": one} for one in found]


@given(networks())
def test_a_network_is_read_back_as_it_was_drawn(project: Project) -> None:
    report = analyse(project)
    assert [str(problem.message) for problem in report.errors] == []
    text = source(project)
    assert black.format_str(text, mode=black.Mode()) == text
    again = read_source(text, before=project)
    assert (again.unread, again.networks) == ((), ("main",))
    assert again.project is not None
    assert dumps(again.project) == dumps(project)
    fresh = read_source(text)
    assert fresh.unread == ()
    assert fresh.project is not None
    assert source(fresh.project) == text
    built, written = numbers(fresh.project, text)
    assert built.keys() == written.keys()
    for name, tensor in built.items():
        assert torch.equal(tensor, written[name])


@given(drawings())
def test_any_blocks_that_fit_together_are_read_back(project: Project) -> None:
    if not analyse(project).ok:
        return
    text = source(project)
    assert black.format_str(text, mode=black.Mode()) == text
    for before in (None, project):
        reading = read_source(text, before=before)
        assert reading.unread == ()
        assert reading.project is not None
        assert source(reading.project) == text
    bare = dataclasses.replace(project, layout=MappingProxyType({}))
    again = read_source(text, before=bare)
    assert again.project is not None
    assert dumps(again.project) == dumps(bare)
