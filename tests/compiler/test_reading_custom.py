"""Source with custom blocks is read back: their calls are edited, their code is not touched there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.compiler import source
from studio.compiler.reading import read_source
from studio.project import GraphRef
from studio.project.trust import trust
from tests.coded import gated

MAIN = GraphRef("network", "main")


@pytest.fixture(autouse=True)
def unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust nothing before and after each test."""
    monkeypatch.setattr(trust, "_file", tmp_path / "trusted")
    trust.forget()
    yield
    trust.forget()


def test_what_was_written_is_read_as_it_was() -> None:
    project, _ = gated()
    trust.trust(project.custom)
    reading = read_source(source(project), before=project)
    assert reading.unread == ()
    assert reading.project is not None
    assert reading.project.graph(MAIN) == project.graph(MAIN)
    assert reading.project.custom == project.custom


def test_the_arguments_of_custom_blocks_are_edited() -> None:
    project, ids = gated()
    trust.trust(project.custom)
    text = source(project)
    edited = text.replace("Gate(features=64)", "Gate(features=64, gain=0.5)").replace("beta=2.0", "beta=3.0")
    assert edited != text
    reading = read_source(edited, before=project)
    assert reading.unread == ()
    assert reading.project is not None
    nodes = reading.project.graph(MAIN).nodes
    assert list(nodes) == ids
    assert dict(nodes[ids[1]].parameters) == {"features": 64, "gain": 0.5}
    assert dict(nodes[ids[2]].parameters) == {"beta": 3.0}


def test_another_custom_block_is_added_in_the_source() -> None:
    project, _ = gated()
    trust.trust(project.custom)
    text = source(project)
    (line,) = [line for line in text.split("\n") if "= _swish(" in line]
    target = line.split("=")[0].split(":")[0].strip()
    more = f"{line}\n        {target} = _swish({target})"
    reading = read_source(text.replace(line, more), before=project)
    assert reading.unread == ()
    assert reading.project is not None
    kinds = [node.type for node in reading.project.graph(MAIN).nodes.values()]
    assert kinds.count("custom.swish") == 2


def test_changed_code_is_named_with_its_line_and_its_editor() -> None:
    project, _ = gated()
    trust.trust(project.custom)
    text = source(project).replace("return x * torch.sigmoid(beta * x)", "return x")
    (unread,) = read_source(text, before=project).unread
    assert "Change it in its own editor" in str(unread.message)
    assert text.split("\n")[unread.line - 1].startswith("def swish")
