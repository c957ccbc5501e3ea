"""A composite with several inputs that repeats: its result goes round, all else is given to every round."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from studio.compiler import Analyser, analyse, build, source
from studio.compiler.reading import read_source
from studio.graph import Endpoint
from studio.project import COMPOSITE, GraphRef, Project, edits
from studio.project.file import dumps, loads
from studio.project.library import LIBRARY, add_block
from studio.project.ungrouping import ungroup_node
from tests.compiler.test_grouping import alike
from tests.compiler.test_library_contract import lend
from tests.compiler.test_reading_blocks import held
from tests.drawing import MAIN, add, wire
from tests.library_references import DECODER, Causal, LevelUp


class Rounds(nn.Module):
    """The loop that a person would write."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, x: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = layer(x, other)
        return x


def repeated(name: str, shapes: dict[str, tuple[int, ...]], times: int, **values: int) -> tuple[Project, str]:
    """Place a composite of the library with its inputs, and let it repeat."""
    project, node = add_block(Project(), MAIN, LIBRARY, (300.0, 0.0), name)
    for port, shape in shapes.items():
        project, x = add(project, "input", name=port, parameters={"shape": shape})
        project = wire(project, x, node, into=port)
    project = edits.change_node(project, MAIN, node, repeat=times)
    project = edits.set_parameters(project, MAIN, node, dict(values))
    return add(project, "output", [node])[0], node


def decoders() -> list[nn.Module]:
    def layer() -> nn.Module:
        return Causal(nn.TransformerDecoderLayer(24, 4, 256, batch_first=True))

    return [layer() for _ in range(3)]


CASES: list[tuple[str, dict[str, tuple[int, ...]], int, dict[str, int], Any, tuple[str, ...]]] = [
    (
        "Decoder layer",
        {"x": (9, 24), "memory": (5, 24)},
        3,
        {},
        decoders,
        tuple(f"layers.{number}.{part}" for number in range(3) for part in DECODER),
    ),
    (
        "U-Net level up",
        {"x": (9, 2, 2), "skip": (4, 9, 11)},
        2,
        {"channels": 5},
        lambda: [LevelUp(9, 4, 5), LevelUp(5, 4, 5)],
        (),
    ),
]


@pytest.mark.parametrize(
    ("name", "shapes", "times", "values", "layers", "order"), CASES, ids=["decoder", "up"]
)
def test_every_round_is_given_the_other_inputs_as_they_came(
    name: str, shapes: dict[str, tuple[int, ...]], times: int, values: dict[str, int], layers: Any, order: Any
) -> None:
    project, node = repeated(name, shapes, times, **values)
    reference = Rounds(*layers()).eval()
    report = analyse(project)
    assert [str(problem.message) for problem in report.problems] == []
    assert report.parameters == sum(p.numel() for p in reference.parameters())
    assert loads(dumps(project)) == project
    module = build(project, seed=1).eval()
    lend(module, reference, order)
    generator = torch.Generator().manual_seed(3)
    data = {port: torch.randn(3, *shape, generator=generator) for port, shape in shapes.items()}
    with torch.no_grad():
        found = module(**data)
        torch.testing.assert_close(found, reference(*data.values()), rtol=1e-4, atol=1e-5)
    text = held(project)
    assert text.count("nn.ModuleList(") == 1
    assert "nn.Sequential" not in text
    space: dict[str, Any] = {}
    exec(compile(text, name, "exec"), space)
    written = space["Main"]().eval()
    written.load_state_dict(module.state_dict(), strict=True)
    with torch.no_grad():
        assert torch.equal(written(**data), found)
    exported = torch.export.export(module, (), data).module()
    with torch.no_grad():
        torch.testing.assert_close(exported(**data), found)
    apart, made = ungroup_node(project, MAIN, node, report.nodes[node].resolved)
    inner = [n for n in project.composites[name].graph.nodes.values() if n.type not in ("input", "output")]
    assert len(made) == times * len(inner)
    alike(project, apart)


def test_an_edit_of_the_loop_is_read_back() -> None:
    project, node = repeated("Decoder layer", {"x": (9, 24), "memory": (5, 24)}, 3)
    text = source(project)
    loop = "        for layer in self.decoder1:\n            x = layer(x=x, memory=memory)"
    assert loop in text
    more = read_source(text.replace("range(3)", "range(5)"), before=project)
    assert more.unread == ()
    assert more.project is not None
    assert more.project.graph(MAIN).nodes[node].repeat == 5
    # By place it says the same; a memory that changes from round to round is no repetition, and is drawn.
    places = read_source(text.replace("layer(x=x, memory=memory)", "layer(x, memory)"), before=project)
    assert places.project is not None
    assert dumps(places.project) == dumps(project)
    changing = read_source(
        text.replace("layer(x=x, memory=memory)", "layer(x=memory, memory=x)"), before=project
    )
    assert changing.project is not None
    drawn = changing.project.graph(MAIN).of_type(COMPOSITE)
    assert [other.repeat for other in drawn] == [1, 1, 1]


def test_one_tensor_at_both_inputs_and_weights_that_are_used_again() -> None:
    project, node = repeated("Decoder layer", {"x": (9, 24)}, 2)
    graph = project.graph(MAIN)
    (x,) = graph.of_type("input")
    project = edits.connect(project, MAIN, Endpoint(x.id, "y"), Endpoint(node, "memory"))
    project, twin = edits.add_node(project, MAIN, COMPOSITE, (600.0, 0.0), composite="Decoder layer")
    project = edits.change_node(project, MAIN, twin, repeat=2, shares=node)
    project = wire(project, node, twin, into="x")
    project = wire(project, x.id, twin, into="memory")
    project, _ = add(project, "output", [twin])
    report = analyse(project)
    assert report.problems == ()
    module = build(project, seed=2).eval()
    assert sum(p.numel() for p in module.parameters()) == report.parameters
    text = held(project)
    space: dict[str, Any] = {}
    exec(compile(text, "twin", "exec"), space)
    written = space["Main"]().eval()
    written.load_state_dict(module.state_dict(), strict=True)
    data = torch.randn(2, 9, 24, generator=torch.Generator().manual_seed(4))
    with torch.no_grad():
        first, second = module(data).values()
        again = written(data)
    assert torch.equal(again["y"], first)
    assert torch.equal(list(again.values())[1], second)
    assert not torch.equal(first, second)


def test_what_has_two_outputs_cannot_repeat_and_says_so() -> None:
    project, node = repeated("Decoder layer", {"x": (9, 24), "memory": (5, 24)}, 2)
    analyser = Analyser()
    assert analyser.analyse(project).problems == ()
    inner = GraphRef("composite", "Decoder layer")
    project, _ = add(project, "output", ["add_1"], name="z", ref=inner)
    (problem,) = [one for one in analyser.analyse(project).problems if one.severity == "error"]
    assert (problem.node, problem.code) == (node, "bad_repeat")
    assert str(problem.message) == ("“Decoder layer” can repeat only with one output and at least one input.")
    # A round that changes the size so that the next cannot take it is told at the composite.
    other, up = repeated("Decoder layer", {"x": (9, 24), "memory": (5, 24)}, 2, d_model=12)
    (problem,) = [one for one in analyse(other).problems if one.severity == "error"]
    assert (problem.node, problem.code) == (up, "inside_composite")
