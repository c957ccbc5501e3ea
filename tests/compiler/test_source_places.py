"""Every line of the source knows its block: exactly those that were written for it, in composites too."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.compiler.program import program
from studio.compiler.source import Written, source, written
from studio.project import GraphRef, Project
from studio.project.file import read

ROOT = Path(__file__).parents[2]
FILES = [
    ROOT / "templates" / "cnn" / "project.netwright",
    *sorted((ROOT / "assets/composites").glob("*.netwright")),
]


def lines_of(made: Written, graph: str, node: str) -> list[str]:
    lines = made.text.splitlines()
    return [lines[number - 1].strip() for number in made.places[graph].get(node, ())]


def cnn() -> Project:
    return read(FILES[0])


def test_a_layer_has_the_line_that_makes_it_and_the_one_that_calls_it() -> None:
    project = cnn()
    made = written(program(project))
    assert made.text == source(project)
    graph = project.networks[project.main()]
    by_name = {node.name: id for id, node in graph.nodes.items()}
    kinds = {graph.nodes[id].type for id in made.places[""]}
    assert {"input", "output", "conv2d", "relu", "max_pool2d"} <= kinds
    for id, node in graph.nodes.items():
        found = lines_of(made, "", id)
        if node.type == "conv2d":
            assert len(found) == 2
            assert found[0].startswith(f"self.{node.name} = nn.Conv2d(")
            assert f" = self.{node.name}(" in found[1]
        elif node.type == "input":
            assert found[0].startswith(f"{node.name}: ")
        elif node.type == "output":
            assert found[0].startswith(f"{node.name}: ")
            assert found[-1].startswith("return ")
    assert len(by_name) == len(graph.nodes)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_line_is_of_two_blocks_and_every_assignment_is_of_one(file: Path) -> None:
    project = read(file)
    made = written(program(project))
    lines = made.text.splitlines()
    owners: dict[int, str] = {}
    for graph, places in made.places.items():
        ref = GraphRef("composite", graph) if graph else GraphRef("network", project.main())
        for node, numbers in places.items():
            assert graph or node in project.networks[program(project).ref.name].nodes
            assert not graph or node in project.graph(ref).nodes
            for number in numbers:
                assert number not in owners
                owners[number] = node
    inside = ""
    for number, line in enumerate(lines, 1):
        inside = line if not line.startswith(" ") and line else inside
        ours = inside.removeprefix("class ").split("(")[0] in {made.name, *made.composites.values()}
        if ours and line.startswith("        self.") and " = nn." in line:
            assert number in owners
