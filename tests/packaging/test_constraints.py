"""Every library that is installed is pinned, at the version that the tests ran with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import dev
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PLATFORM = re.compile(r"^(nvidia|cuda)-|^triton$")
"""What torch brings on machines of one kind, and pins itself."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def project() -> dict[str, object]:
    read: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return read


def wanted() -> Iterator[str]:
    """Give the names of everything that the two commands install, through all dependencies."""
    description = project()
    dependencies, extras = description["dependencies"], description["optional-dependencies"]
    assert isinstance(dependencies, list)
    assert isinstance(extras, dict)
    todo = ["setuptools", *dependencies, *(line for extra in dev.EXTRAS["test"] for line in extras[extra])]
    seen: set[str] = set()
    while todo:
        requirement = Requirement(todo.pop())
        name = normal(requirement.name)
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if name in seen or not applies or PLATFORM.search(name):
            continue
        seen.add(name)
        todo += metadata.requires(name) or []
        yield name


def test_everything_that_is_installed_is_pinned() -> None:
    pinned = pins()
    assert not [name for name in wanted() if name not in pinned]


def test_the_pins_are_the_versions_at_work() -> None:
    different = {
        name: (pin, found)
        for name, pin in pins().items()
        if (found := metadata.version(name).split("+")[0]) != pin and name in set(wanted())
    }
    assert not different


def test_nothing_else_is_pinned() -> None:
    assert set(pins()) == set(wanted())


def test_the_pins_are_plain_and_in_order() -> None:
    text = (ROOT / "packaging" / "constraints.txt").read_text()
    lines = [line for line in text.splitlines() if line[0] != "#"]
    assert lines == sorted(lines, key=lambda line: line.split("==")[0])
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in lines)
    assert "torch==2.13.0" in lines
    assert "torchvision==0.28.0" in lines


def test_the_broken_versions_of_qt_are_excluded() -> None:
    dependencies = project()["dependencies"]
    assert isinstance(dependencies, list)
    (qt,) = [Requirement(line) for line in dependencies if line.startswith("PySide6")]
    versions = ("6.8.0", "6.9.0", "6.9.1", "6.9.2", "6.11.3", "6.12.0")
    allowed = [version for version in versions if version in qt.specifier]
    assert allowed == ["6.8.0", "6.9.0", "6.11.3"]


def test_a_command_of_one_name_is_installed() -> None:
    assert project()["scripts"] == {"netwright": "studio.__main__:main"}
