"""The difference of two projects as a patch: applied, it gives the other; a wrong one is refused."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from studio.graph import Graph
from studio.graph.layout import Frame
from studio.project import Project, edits, patch
from studio.project.document import GraphRef
from studio.project.file import dumps
from studio.project.json_text import FileError
from tests.documents import MAIN, sample


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {"surprise": 1},
        {"graphs": [{"place": "network", "name": "none"}]},
        {"graphs": [{"place": "network", "name": "main", "nodes": [{"node": {}}]}]},
        {
            "graphs": [
                {
                    "place": "network",
                    "name": "main",
                    "nodes": [{"at": 0, "node": {"id": "relu_1", "type": "relu", "name": ""}}],
                }
            ]
        },
        {
            "graphs": [
                {
                    "place": "network",
                    "name": "main",
                    "nodes": [{"node": {"id": "new_1", "type": "relu", "name": ""}}],
                }
            ]
        },
        {"graphs": [{"place": "network", "name": "main", "order": ["relu_1"]}]},
        {
            "graphs": [
                {"place": "network", "name": "main", "look": {"frames": {"at": 9, "drop": 0, "put": []}}}
            ]
        },
        {"plan": {"x": 1}},
        {"plan": {"loop": 1}},
    ],
    ids=str,
)
def test_a_patch_that_does_not_fit_is_refused(told: Any) -> None:
    with pytest.raises(FileError):
        patch.apply(sample(), told)


def test_a_patch_tells_the_order_of_blocks() -> None:
    before = sample()
    graph = before.graph(MAIN)
    turned = Graph.of(reversed(list(graph.nodes.values())), graph.wires)
    after = before.with_graph(MAIN, turned)
    told = patch.make(before, after)
    assert list(patch.apply(before, told).graph(MAIN).nodes) == list(turned.nodes)
    assert patch.make(before, before) == {}
    without = Project(networks={"critic": before.networks["critic"]})
    assert dumps(patch.apply(before, patch.make(before, without))) == dumps(without)
    critic = GraphRef("network", "critic")
    assert patch.apply(before, patch.make(before, without)).layout_of(critic).positions == {}


@pytest.mark.parametrize("old", ["", "a", "aa", "ab", "aba", "abc"])
@pytest.mark.parametrize("new", ["", "a", "aa", "b", "ba", "abab", "abbc", "xabc"])
def test_a_patch_tells_any_change_of_the_frames(old: str, new: str) -> None:
    def framed(letters: str) -> Project:
        return edits.set_frames(sample(), MAIN, [Frame(letter, letter, 0, 0, 8, 8) for letter in letters])

    before, after = framed(old), framed(new)
    assert patch.apply(before, patch.make(before, after)) == after


def test_a_patch_tells_of_a_lost_place() -> None:
    before = sample()
    look = before.layout_of(MAIN)
    placed = {key: at for key, at in look.positions.items() if key != "relu_1"}
    after = before.with_layout(MAIN, dataclasses.replace(look, positions=placed, reroutes={}))
    told = patch.make(before, after)
    assert patch.apply(before, told) == after
    assert patch.apply(after, patch.make(after, before)) == before
    without = Project(before.networks, before.composites, before.plan, {}, before.template)
    assert patch.apply(before, patch.make(before, without)) == without
