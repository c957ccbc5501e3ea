"""How weights begin is part of the document: kept, copied, and refused in words where it is damaged."""

from __future__ import annotations

import json
from typing import Any

import pytest

from studio.graph import Initial, freeze
from studio.project import Project, edits
from studio.project.clipboard import copy_text, paste_text
from studio.project.file import dumps, loads
from studio.project.json_text import FileError
from tests.drawing import MAIN, chain

ONES = Initial("ones")
NORMAL = Initial("normal", freeze({"std": 0.1}))


def drawn() -> Project:
    project, ids = chain(("input", {"shape": (16,)}), ("linear", {}), ("output", {}))
    project = edits.set_initial(project, MAIN, ids[1], "weight", NORMAL)
    return edits.set_initial(project, MAIN, ids[1], "bias", ONES)


def damaged(initial: Any) -> str:
    data = json.loads(dumps(drawn()))
    data["networks"][0]["nodes"][1]["initial"] = initial
    return json.dumps(data)


def test_it_is_read_as_it_was_written() -> None:
    again = loads(dumps(drawn()))
    assert again == drawn()
    assert again.graph(MAIN).nodes["linear_1"].initial == {"weight": NORMAL, "bias": ONES}
    assert dumps(again) == dumps(drawn())


def test_a_file_without_it_begins_as_pytorch_does() -> None:
    plain, _ = chain(("input", {"shape": (16,)}), ("linear", {}), ("output", {}))
    assert "initial" not in dumps(plain)
    assert loads(dumps(plain)).graph(MAIN).nodes["linear_1"].initial == {}


def test_a_way_that_is_not_known_is_kept() -> None:
    text = damaged({"weight": {"type": "of_the_future", "parameters": {"heat": 3}}})
    kept = loads(text).graph(MAIN).nodes["linear_1"].initial
    assert kept == {"weight": Initial("of_the_future", freeze({"heat": 3}))}


def test_a_copy_and_a_duplicate_begin_alike() -> None:
    project = drawn()
    pasted, made = paste_text(project, MAIN, copy_text(project, MAIN, ["linear_1"]), (0.0, 0.0))
    twin, doubled = edits.duplicate_nodes(project, MAIN, ["linear_1"], (10.0, 10.0))
    for changed, (key,) in ((pasted, made), (twin, doubled)):
        assert changed.graph(MAIN).nodes[key].initial == {"weight": NORMAL, "bias": ONES}


@pytest.mark.parametrize(
    ("initial", "expected"),
    [
        (3, "an object"),
        ({"kernel": {"type": "ones"}}, "no such field"),
        ({"weight": "ones"}, "an object"),
        ({"weight": {}}, "a value"),
        ({"weight": {"type": "os.system('ls')"}}, "a short name of letters, digits and _"),
        ({"weight": {"type": "ones", "more": 1}}, "no such field"),
        ({"weight": {"type": "normal", "parameters": {"std": {}}}}, "a number, a text, yes or no"),
    ],
)
def test_what_is_damaged_is_refused_with_its_place(initial: Any, expected: str) -> None:
    with pytest.raises(FileError, match=r"nodes\[1\]\.initial") as refused:
        loads(damaged(initial))
    assert expected in str(refused.value)
