"""The templates that come with the program: a project each, and a lesson in every language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.graph.text import ASSETS

TEMPLATES = ASSETS.parent / "templates"
"""The folder with one folder for each template."""

PROJECT = "project.netwright"


@dataclass(frozen=True)
class Template:
    """One template.

    Attributes:
        id: its folder's name.
        project: its project file.
        title: the first heading of its lesson.
        summary: the first paragraph of its lesson.
    """

    id: str
    project: Path
    title: str
    summary: str


def templates(language: str, folder: Path = TEMPLATES) -> list[Template]:
    """Give every template, titled in a language (in English where its lesson is not translated)."""
    try:
        found = sorted(path.parent for path in folder.glob(f"*/{PROJECT}"))
    except OSError:
        return []
    return [Template(place.name, place / PROJECT, *_titled(place, language)) for place in found]


def lesson(template: str, language: str, folder: Path = TEMPLATES) -> str:
    """Give the lesson of a template as Markdown; empty where there is none."""
    known = {found.id: found for found in templates(language, folder)}
    return _lesson(folder / template, language) if template in known else ""


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
