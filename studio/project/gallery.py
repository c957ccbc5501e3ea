"""The templates that come with the program: a project each, and a lesson in every language.

A template is a folder: `project.netwright`, `lesson.en.md`, `lesson.zh_CN.md`, and `facts.json` with what is
worth knowing before torch is there to count it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from studio.graph import Message
from studio.graph.text import ASSETS
from studio.project.document import Project, ProjectError
from studio.project.file import read

TEMPLATES = ASSETS.parent / "templates"
"""The folder with one folder for each template."""

PROJECT = "project.netwright"
FACTS = "facts.json"


@dataclass(frozen=True)
class Template:
    """One template.

    Attributes:
        id: its folder's name.
        project: its project file.
        title: the first heading of its lesson.
        summary: the first paragraph of its lesson.
        parameters: learnable numbers of all its networks.
    """

    id: str
    project: Path
    title: str
    summary: str
    parameters: int

    def open(self) -> Project:
        """Read its project."""
        return read(self.project)


def templates(language: str = "en", folder: Path = TEMPLATES) -> list[Template]:
    """Give every template, titled in a language (in English where its lesson is not translated)."""
    found = sorted(path.parent for path in folder.glob(f"*/{PROJECT}"))
    return [
        Template(place.name, place / PROJECT, *_titled(place, language), _parameters(place))
        for place in found
    ]


def template(id: str, folder: Path = TEMPLATES) -> Template:
    """Give a template by its id.

    Raises:
        ProjectError: there is none.
    """
    known = {each.id: each for each in templates(folder=folder)}
    if id not in known:
        raise ProjectError(
            Message(
                "There is no template “{name}”. There are: {known}.",
                name=id[:60],
                known=", ".join(known) or "–",
            )
        )
    return known[id]


def lesson(id: str, language: str, folder: Path = TEMPLATES) -> str:
    """Give the lesson of a template as Markdown; empty where there is none."""
    return _lesson(folder / id, language) if any(each.id == id for each in templates(folder=folder)) else ""


def task_of(project: Project) -> str:
    """Give what a project learns: the family of its first loss, or its recipe where that is another one."""
    if project.plan.recipe.type != "supervised" or not project.plan.losses:
        return project.plan.recipe.type
    choice = project.plan.losses[0].choice
    declared = choice.declared("loss")
    return declared.group if declared is not None else choice.type


def _lesson(place: Path, language: str) -> str:
    for code in (language, "en"):
        try:
            return (place / f"lesson.{code}.md").read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
    return ""


def _titled(place: Path, language: str) -> tuple[str, str]:
    """Read the first heading and the first paragraph of a lesson."""
    title, paragraph = "", list[str]()
    for line in _lesson(place, language).splitlines():
        text = line.strip()
        if text.startswith("#"):
            if title:
                break
            title = text.lstrip("#").strip()
        elif text:
            paragraph.append(text)
        elif paragraph:
            break
    return title or place.name.replace("_", " "), " ".join(paragraph)


def _parameters(place: Path) -> int:
    try:
        facts = json.loads((place / FACTS).read_text(encoding="utf-8"))
        return int(facts["parameters"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
