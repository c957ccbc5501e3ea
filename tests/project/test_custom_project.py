"""Code in a project: kept by its file as it is, edited as one step, trusted by its content alone."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.blocks.custom import CodeError
from studio.project import GraphRef, Project, ProjectError, block_of, difference, edits, patch
from studio.project.clipboard import copy_text, paste_text
from studio.project.coding import remove_code, set_code, used
from studio.project.file import FileError, dumps, loads, read, write
from studio.project.trust import Trust, digest
from tests.coded import GATE, SWISH, gated, with_code

MAIN = GraphRef("network", "main")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    [GATE, SWISH, "", "\n"]
)
sources = st.dictionaries(st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True), texts, max_size=3)


def holding(custom: dict[str, str]) -> Project:
    return dataclasses.replace(Project(), custom=MappingProxyType(custom))


@given(sources)
def test_any_code_comes_back_as_it_was(custom: dict[str, str]) -> None:
    project = holding(custom)
    text = dumps(project)
    assert loads(text) == project
    assert dumps(loads(text)) == text
    assert json.loads(text)["version"] == (2 if custom else 1)


@given(sources, sources)
def test_the_difference_of_code_leads_from_one_to_the_other(
    one: dict[str, str], other: dict[str, str]
) -> None:
    before, after = holding(one), holding(other)
    assert patch.apply(before, patch.make(before, after)) == after
    assert ("custom" in patch.make(before, after)) == (one != other)


def test_code_stands_in_the_file_a_line_a_line(tmp_path: Path) -> None:
    project, _ = gated()
    file = tmp_path / "a.netwright"
    write(project, file)
    assert '"    def forward(self, x: torch.Tensor) -> torch.Tensor:"' in file.read_text("utf-8")
    assert read(file) == project


def test_a_file_without_code_is_written_as_before() -> None:
    data = json.loads(dumps(Project()))
    assert data["version"] == 1
    assert "custom" not in data


def test_writing_code_over_a_file_of_before_keeps_that(tmp_path: Path) -> None:
    file = tmp_path / "a.netwright"
    write(Project(), file)
    old = file.read_bytes()
    project, _ = gated()
    write(project, file)
    assert file.with_name("a.netwright.version-1").read_bytes() == old


@pytest.mark.parametrize(
    "custom",
    [
        ["x"],
        {"Gate": "text"},
        {"Gate": []},
        {"Gate": ["a\nb"]},
        {"Gate": [1]},
        {"; import os": ["x"]},
        {"": ["x"]},
        {"a": ["x" * 60_000, "y" * 60_000]},
        {f"n{index}": [""] for index in range(501)},
    ],
)
def test_damaged_code_is_refused_in_one_line(custom: object) -> None:
    data = json.loads(dumps(Project()))
    data.update(version=2, custom=custom)
    with pytest.raises(FileError) as refused:
        loads(json.dumps(data))
    assert "\n" not in str(refused.value)


def test_opening_never_runs_code_trusted_or_not(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = f"MARK = open({str(mark)!r}, 'w')\n\ndef f(x):\n    return x\n"
    project = loads(dumps(with_code(f=text)))
    project, node = edits.add_node(project, MAIN, "custom.f", (0.0, 0.0))
    assert [
        port.name for port in block_of(project, project.graph(MAIN), project.graph(MAIN).nodes[node]).inputs
    ]
    assert not mark.exists()


# -- edits ---------------------------------------------------------------------------------------------


def test_code_is_added_changed_renamed_and_removed() -> None:
    project = set_code(Project(), GATE)
    assert list(project.custom) == ["Gate"]
    project, node = edits.add_node(project, MAIN, "custom.Gate", (0.0, 0.0))
    assert project.graph(MAIN).nodes[node].name == "gate1"
    renamed = set_code(project, GATE.replace("class Gate", "class Valve"), "Gate")
    assert list(renamed.custom) == ["Valve"]
    assert renamed.graph(MAIN).nodes[node].type == "custom.Valve"
    with pytest.raises(ProjectError, match="Delete its blocks first"):
        remove_code(renamed, "Valve")
    assert used(renamed, "Valve") == [MAIN]
    assert dict(remove_code(edits.remove_nodes(renamed, MAIN, [node]), "Valve").custom) == {}


def test_changed_code_alters_the_blocks_that_it_is_behind() -> None:
    project, ids = gated()
    after = set_code(project, GATE + "\n", "Gate")
    change = difference(project, after)
    assert change.altered == {(MAIN, ids[1])}
    assert not change.wired


def test_wires_to_ports_that_are_gone_are_taken_off() -> None:
    project, ids = gated()
    after = set_code(project, GATE.replace("self, x: torch.Tensor", "self, z: torch.Tensor"), "Gate")
    assert after.graph(MAIN).into(ids[1]) == []
    assert len(after.graph(MAIN).out_of(ids[1])) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GATE, "There is a custom block “Gate” already"),
        (
            GATE.replace("class Gate", "class Other"),
            "The name “GAIN” in the code of “Other” is taken: “Gate”",
        ),
        ("def nn(x):\n    return x", "The name “nn” in the code of “nn” is taken: PyTorch"),
        ("import numpy as math\ndef f(x):\n    return x", "gives a name that stands for something else"),
    ],
)
def test_names_that_would_clash_in_the_source_are_refused(text: str, said: str) -> None:
    with pytest.raises(CodeError, match=said):
        set_code(with_code(Gate=GATE), text)


# -- the clipboard -------------------------------------------------------------------------------------


def test_a_copied_block_carries_its_code() -> None:
    project, ids = gated()
    text = copy_text(project, MAIN, [ids[1]])
    assert "swish" not in text
    pasted, (node,) = paste_text(Project(), MAIN, text)
    assert dict(pasted.custom) == {"Gate": GATE}
    assert pasted.graph(MAIN).nodes[node].type == "custom.Gate"


def test_pasted_code_never_replaces_other_code_of_its_name() -> None:
    project, ids = gated()
    other = with_code(Gate=SWISH.replace("def swish", "def Gate"))
    with pytest.raises(FileError, match="“Gate”"):
        paste_text(other, MAIN, copy_text(project, MAIN, [ids[1]]))
    assert paste_text(project, MAIN, copy_text(project, MAIN, [ids[1]]))[0].custom == project.custom


# -- trust ---------------------------------------------------------------------------------------------


def test_code_is_trusted_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "state" / "trusted"
    one = Trust(file)
    custom = {"Gate": GATE, "swish": SWISH}
    assert one.trusts({})
    assert not one.trusts(custom)
    one.trust(custom)
    assert one.trusts(custom)
    assert one.trusts(dict(reversed(custom.items())))
    assert not one.trusts({"Gate": GATE})
    assert not one.trusts({**custom, "Gate": GATE + " "})
    other = Trust(file)
    assert other.trusts(custom)
    assert file.read_text() == f"{digest(custom)}\n"


def test_trust_for_once_is_not_remembered(tmp_path: Path) -> None:
    one = Trust(tmp_path / "trusted")
    one.trust({"a": GATE}, remember=False)
    assert one.trusts({"a": GATE})
    assert not one.file.exists()
    one.forget()
    assert not one.trusts({"a": GATE})


def test_two_programs_add_to_what_is_trusted(tmp_path: Path) -> None:
    one, other = Trust(tmp_path / "trusted"), Trust(tmp_path / "trusted")
    assert not one.trusts({"a": "1"})
    assert not other.trusts({"b": "2"})
    one.trust({"a": "1"})
    other.trust({"b": "2"})
    third = Trust(tmp_path / "trusted")
    assert third.trusts({"a": "1"})
    assert third.trusts({"b": "2"})


def test_a_damaged_or_unwritable_list_is_survived(tmp_path: Path) -> None:
    file = tmp_path / "trusted"
    file.write_bytes(b"\xff\xfe nonsense\n" * 10)
    assert not Trust(file).trusts({"a": "1"})
    file.unlink()
    file.mkdir()
    one = Trust(file)
    one.trust({"a": "1"})
    assert one.trusts({"a": "1"})


def test_hashes_tell_names_from_text() -> None:
    assert digest({"a": "b", "c": "d"}) != digest({"a": "bc", "": "d"})
