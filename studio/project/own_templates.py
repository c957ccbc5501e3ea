"""A person's own templates, and the folders of templates that somebody gave them: kept, listed, taken out.

What is the person's own lies in one folder, a template in a folder of its own, as those of the program do; so
giving them away is copying folders. Folders of others stay where they are and are only remembered.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from studio.graph import Message
from studio.project.atomic import AtomicWriteError, write_atomically
from studio.project.disk import data_folder
from studio.project.document import Project, ProjectError
from studio.project.file import write
from studio.project.gallery import FACTS, OURS, PROJECT, Broken, Gallery, Shelf, Template, look

FOLDERS = "folders.json"
"""The file with the folders of others."""

MOST_FOLDERS = 50


def own_folder() -> Path:
    """Give the folder of this person's own templates."""
    return data_folder() / "templates"


def shelves() -> list[Shelf]:
    """Give every folder of templates: of the program, of this person, of others."""
    return [OURS, Shelf(own_folder(), "yours"), *(Shelf(folder, "shared") for folder in folders())]


def every_template(language: str = "en") -> Gallery:
    """Look at all templates that there are; a folder of others that is gone is told as broken."""
    found = look(language, shelves())
    gone = [
        Broken(folder, Message("This folder is not there.")) for folder in folders() if not folder.is_dir()
    ]
    return replace(found, broken=(*found.broken, *gone))


def folders() -> list[Path]:
    """Give the folders of others, in the order in which they came."""
    try:
        kept = json.loads((own_folder() / FOLDERS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    known = kept if isinstance(kept, list) else []
    return [Path(one) for one in known if isinstance(one, str) and one][:MOST_FOLDERS]


def add_folder(folder: Path) -> int:
    """Remember a folder of templates, or of one template.

    Returns:
        How many templates it holds.

    Raises:
        ProjectError: it holds none, or the list cannot be kept.
    """
    place = folder.absolute()
    found = look(shelves=[Shelf(place, "shared")])
    if not found.templates:
        why = found.broken[0].reason if found.broken else None
        raise ProjectError(
            Message("“{name}” holds no template: {reason}", name=place.name, reason=why)
            if why is not None
            else Message(
                "“{name}” holds no template. A template is a folder with a file {file} in it.",
                name=place.name,
                file=PROJECT,
            )
        )
    if place not in folders():
        _keep([*folders(), place])
    return len(found.templates)


def forget_folder(folder: Path) -> None:
    """Forget a folder of others; it stays as it is.

    Raises:
        ProjectError: the list cannot be kept.
    """
    _keep([one for one in folders() if one != folder])


def folder_of(template: Template) -> Path | None:
    """Give the folder of others that a template came with; None where it is not shared."""
    if template.origin != "shared":
        return None
    return next((one for one in folders() if template.folder in (one, *one.glob("*"))), None)


def save(project: Project, title: str, lessons: Mapping[str, str], parameters: Mapping[str, int]) -> Template:
    """Keep a project as a template of this person.

    Args:
        project: the project, which is not changed.
        title: what the template is called; its folder is named by it.
        lessons: language to a lesson, or to the beginning of one, as Markdown.
        parameters: how many learnable numbers its networks have, as far as known.

    Raises:
        ProjectError: the title is none, or the folder cannot be written.
        AtomicWriteError: likewise.
    """
    place = _place_for(title)
    try:
        place.mkdir(parents=True)
    except OSError as error:
        raise _unwritten(error) from None
    write(replace(project, template=place.name), place / PROJECT)
    for language, text in lessons.items():
        write_atomically(place / f"lesson.{language}.md", text.encode("utf-8"), backup=False)
    facts = json.dumps({"parameters": dict(parameters)}, indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(place / FACTS, f"{facts}\n".encode(), backup=False)
    kept = look(shelves=[Shelf(place, "yours")])
    if not kept.templates:
        raise ProjectError(kept.broken[0].reason if kept.broken else Message("The template is not there."))
    return kept.templates[0]


def remove(template: Template) -> Path:
    """Take one of this person's templates out; its folder stays beside the others under another name.

    Returns:
        What the folder is called now, so that it can be brought back.

    Raises:
        ProjectError: it is none of this person's, or the folder cannot be written.
    """
    home = own_folder()
    if template.origin != "yours" or template.folder.parent != home:
        raise ProjectError(Message("“{name}” is none of your own templates.", name=template.title))
    removed = home / ".removed" / template.folder.name
    try:
        removed.parent.mkdir(parents=True, exist_ok=True)
        if removed.exists():
            shutil.rmtree(removed)
        return template.folder.rename(removed)
    except OSError as error:
        raise _unwritten(error) from None


def bring_back(removed: Path) -> None:
    """Bring a template back that was taken out.

    Raises:
        ProjectError: the folder cannot be written.
    """
    try:
        removed.rename(own_folder() / removed.name)
    except OSError as error:
        raise _unwritten(error) from None


def _place_for(title: str) -> Path:
    """Give a folder that is not there yet, named so that every system can have it."""
    kept = re.sub(r"[^\w\- ]+", "_", title.strip()).strip(" ._")[:60].strip()
    if not title.strip():
        raise ProjectError(Message("A template needs a title."))
    home, stem, number = own_folder(), kept or "template", 2
    taken = {OURS.folder, home}
    place = home / stem
    while any((folder / place.name).exists() for folder in taken):
        place = home / f"{stem} {number}"
        number += 1
    return place


def _keep(known: list[Path]) -> None:
    home = own_folder()
    text = json.dumps([str(one) for one in known], indent=1, ensure_ascii=False)
    try:
        home.mkdir(parents=True, exist_ok=True)
        write_atomically(home / FOLDERS, f"{text}\n".encode(), backup=False)
    except (OSError, AtomicWriteError) as error:
        raise _unwritten(error) from None


def _unwritten(error: Exception) -> ProjectError:
    reason = getattr(error, "strerror", None) or str(error)
    return ProjectError(Message("The folder of your templates cannot be written: {reason}", reason=reason))
