"""Every file, folder and module that ARCHITECTURE.md names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "studio" / "ARCHITECTURE.md"
ROOMS = (ROOT, ROOT / "studio", ROOT / "studio" / "ui", ROOT / "tests" / "plugin_example")
"""What names on the page start from."""

MADE = {"project.netwright", "facts.json", "run.json", "lesson.en.md", "lesson.zh_CN.md", "library.json"}
"""Files that are made, or stand once in each of many folders."""


def names(page: str) -> list[str]:
    """Give what a page writes as code, without its indented examples."""
    prose = "\n".join(line for line in page.splitlines() if not line.startswith("      "))
    return re.findall(r"`([^`]+)`", prose)


def is_path(name: str) -> bool:
    return re.fullmatch(r"[\w/*.-]+", name) is not None and ("/" in name or name.endswith((".py", ".toml")))


def is_module(name: str) -> bool:
    """Tell whether a name is dotted and begins with a room; `History.do` is a method, `torch.fx` not ours."""
    ours = re.fullmatch(r"[a-z]\w*(\.\w+)+", name) is not None and not name.startswith(("torch.", "nn."))
    return ours and name not in MADE


def stands(path: str) -> bool:
    """Tell whether a path is there, from a room on; a bare file may stand anywhere in the program."""
    pattern = path.rstrip("/").replace("NAME", "*")
    return any(any(room.glob(pattern)) for room in ROOMS) or (
        "/" not in path and any((ROOT / "studio").rglob(path))
    )


def leads(dotted: str) -> bool:
    """Tell whether a dotted name is a module, or something that a module or its room writes."""
    return any(_leads(room, dotted.split(".")) for room in ROOMS)


def _leads(place: Path, parts: list[str]) -> bool:
    for at, part in enumerate(parts):
        inner = place / part
        if not inner.is_dir() and not inner.with_suffix(".py").is_file():
            file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            return (
                at > 0 and file.is_file() and re.search(rf"\b{part}\b", file.read_text("utf-8")) is not None
            )
        place = inner
    return True


PATHS = sorted({name for name in names(PAGE.read_text("utf-8")) if is_path(name)} - MADE)
MODULES = sorted({name for name in names(PAGE.read_text("utf-8")) if is_module(name) and not is_path(name)})


def test_the_page_names_many_places() -> None:
    """Else the two tests below would look at nothing."""
    assert len(PATHS) > 30
    assert len(MODULES) > 8


@pytest.mark.parametrize("path", PATHS)
def test_a_file_that_the_page_names_is_there(path: str) -> None:
    assert stands(path)


@pytest.mark.parametrize("dotted", MODULES)
def test_a_module_that_the_page_names_is_there(dotted: str) -> None:
    assert leads(dotted)


@pytest.mark.parametrize("room", ["studio", "studio/train", "studio/ui"])
def test_every_room_is_told_about(room: str) -> None:
    told = set(names(PAGE.read_text("utf-8")))
    assert [
        part.parent.name for part in (ROOT / room).glob("*/__init__.py") if part.parent.name not in told
    ] == []
