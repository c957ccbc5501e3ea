"""The repository is laid out as planned: known entries, rooms named by what they hold, no loose ends."""

from __future__ import annotations

import ast
import fnmatch
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ENTRIES = {
    ".ci",
    ".git",
    ".gitignore",
    "LICENSE",
    "README.md",
    "assets",
    "packaging",
    "pyproject.toml",
    "studio",
    "templates",
    "tests",
}
VAGUE = re.compile(r"^(utils?|misc|helpers?|managers?|common)$|_(utils?|helpers?|manager)$")
LINES = 500
"""A module asks to be split at about 400 lines; at this many it must be."""

PYTHON = sorted(path for room in ("studio", "packaging", "tests") for path in (ROOT / room).rglob("*.py"))


def test_nothing_stands_in_the_root_but_what_is_planned() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()]
    found = {path.name for path in ROOT.iterdir()}
    strangers = {
        name for name in found - ENTRIES if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)
    }
    assert not strangers, "give it a place in a room, or name it in .gitignore"


def test_no_room_and_no_module_has_a_vague_name() -> None:
    vague = {
        part
        for path in PYTHON
        for part in path.relative_to(ROOT).with_suffix("").parts
        if VAGUE.search(part.lower())
    }
    assert not vague
    assert all(VAGUE.search(name) for name in ("utils", "misc", "helper", "graph_utils", "run_manager"))


def test_every_room_is_a_package() -> None:
    """A folder without `__init__.py` would escape the import contracts."""
    folders = {path.parent for path in (ROOT / "studio").rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]
    # While here one would hide the library of that name, and there pytest imports by path.
    assert not [folder for folder in ("packaging", "tests") if list((ROOT / folder).rglob("__init__.py"))]


@pytest.mark.parametrize("room", ["studio", "packaging", "tests"])
def test_modules_are_short(room: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / room).rglob("*.py")
    }
    assert not {name: count for name, count in lengths.items() if count > LINES}


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def loose_ends(source: str) -> list[str]:
    """List the comments that promise work, the stubs, and the tests that are switched off."""
    promises = [
        f"line {token.start[0]}: {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and re.search(r"\b(TODO|FIXME|XXX|HACK)\b", token.string)
    ]
    stubs = [
        f"line {node.lineno}: a stub"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
    ]
    switched_off = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in ("xfail", "skip", "skipif", "importorskip")
        and ast.unparse(node.value) in ("pytest", "pytest.mark")
    ]
    return promises + stubs + switched_off


def test_nothing_is_left_for_later() -> None:
    found = {str(path.relative_to(ROOT)): loose_ends(path.read_text("utf-8")) for path in PYTHON}
    assert not {path: ends for path, ends in found.items() if ends}


@pytest.mark.parametrize(
    "source",
    [
        "x = 1  # TODO later",
        "raise NotImplementedError",
        "pytest.skip('slow')",
        "@pytest.mark.xfail\ndef f(): 0",
    ],
)
def test_a_loose_end_is_noticed(source: str) -> None:
    assert loose_ends(source)
    assert not loose_ends("x = 'TODO'  # what a person may write")
