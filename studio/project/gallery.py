"""The templates that come with the program, and those of other folders: a project each, with its lesson.

A template is a folder: `project.netwright`, `lesson.en.md`, `lesson.zh_CN.md`, and `facts.json` with what is
worth knowing before torch is there to count it. It may hold further projects (variants, which its lesson
opens), pictures, and sweeps. A folder of templates can be given to somebody: all of it is read as text and as
pictures, and nothing in it is ever run.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from studio.blocks import find
from studio.graph import Message, NetwrightError
from studio.graph.text import ASSETS
from studio.project.document import Project, ProjectError
from studio.project.file import FORMAT, SUFFIX, VERSION, check_version, read, read_bytes
from studio.project.json_text import parse

TEMPLATES = ASSETS.parent / "templates"
"""The folder with one folder for each template of the program."""

PROJECT = f"project{SUFFIX}"
FACTS = "facts.json"
PICTURES = "pictures"
SWEEPS = "sweeps"
"""What the parts of a template are called."""

LESSON_BYTES = 1 << 20
"""No lesson is longer."""

MOST = 500
"""How many templates of one folder are looked at."""

Task = Literal[
    "classification",
    "regression",
    "segmentation",
    "generation",
    "language",
    "representation",
    "comparison",
    "control",
]
TASKS: tuple[Task, ...] = (
    "classification",
    "regression",
    "segmentation",
    "generation",
    "language",
    "representation",
    "comparison",
    "control",
)
"""What a template can be for."""

_TASK_OF_RECIPE: Mapping[str, Task] = {
    "adversarial": "generation",
    "diffusion": "generation",
    "language_model": "language",
    "autoencoder": "representation",
    "siamese": "comparison",
    "dqn": "control",
    "ppo": "control",
}

Origin = Literal["ours", "yours", "shared"]
"""Whose a template is: of the program, of this person, of a folder that somebody gave."""


@dataclass(frozen=True)
class Shelf:
    """A folder of templates."""

    folder: Path
    origin: Origin


OURS = Shelf(TEMPLATES, "ours")


@dataclass(frozen=True)
class Reaches:
    """What the default plan of a template must reach.

    Attributes:
        figure: the key of the figure.
        least: it must be at least this; None where less is better.
        most: it must be at most this; None where more is better.
        seed: with which it was measured.
        measured: what it was.
    """

    figure: str
    least: float | None
    most: float | None
    seed: int
    measured: float

    def holds(self, value: float) -> bool:
        """Tell whether a figure is good enough."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Facts:
    """What is worth knowing of a template before it is opened.

    Attributes:
        parameters: learnable numbers by network.
        order: its place on the ladder from the first network on; None for one that stands on none.
        seconds: how long its default plan takes on two cores; 0 where nobody measured it.
        reaches: what that plan must reach.
        task: what it is for, where that does not follow from its plan.
        thanks_to: whose idea or data it is.
    """

    parameters: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    order: int | None = None
    seconds: float = 0.0
    reaches: Reaches | None = None
    task: Task | None = None
    thanks_to: str = ""

    __hash__ = None  # type: ignore[assignment]  # holds a mapping


@dataclass(frozen=True)
class Template:
    """One template.

    Attributes:
        id: its folder's name.
        folder: where its files are.
        origin: whose it is.
        title: the first heading of its lesson.
        summary: the first paragraph of its lesson.
        facts: what is known of it.
    """

    id: str
    folder: Path
    origin: Origin
    title: str
    summary: str
    facts: Facts

    __hash__ = None  # type: ignore[assignment]

    @property
    def project(self) -> Path:
        """Its project file."""
        return self.folder / PROJECT

    @property
    def parameters(self) -> int:
        """Learnable numbers of all its networks; 0 where nobody counted them."""
        return sum(self.facts.parameters.values())

    @property
    def key(self) -> str:
        """What tells it from all others, in settings and on the command line."""
        return self.id if self.origin == "ours" else str(self.folder)

    @functools.cached_property
    def task(self) -> str:
        """What it is for: of `TASKS`, or empty where the project cannot be read."""
        return self.facts.task or _task(self._plain.get("plan"))

    @property
    def networks(self) -> list[str]:
        """The names of its networks; none where the project cannot be read."""
        return [str(one.get("name")) for one in _objects(self._plain.get("networks"))]

    @functools.cached_property
    def _plain(self) -> Mapping[str, Any]:
        """What stands in its project file, unread: enough to be listed by."""
        try:
            return _plain(self.project)
        except NetwrightError:
            return {}

    def open(self) -> Project:
        """Read its project.

        Raises:
            FileError: it cannot be read.
        """
        return read(self.project)

    def lesson(self, language: str) -> str:
        """Give its lesson as Markdown, in English where it is not translated; empty where there is none."""
        return _lesson(self.folder, language)

    def variants(self) -> list[str]:
        """Give the names of its further projects."""
        return sorted(
            path.name.removesuffix(SUFFIX)
            for path in self.folder.glob(f"*{SUFFIX}")
            if path.name != PROJECT and path.is_file()
        )

    def variant(self, name: str) -> Path | None:
        """Give the file of a variant; None where there is none of this name."""
        return self.folder / f"{name}{SUFFIX}" if name in self.variants() else None

    def picture(self, name: str) -> Path | None:
        """Give a picture of its lesson; None for whatever does not lie in its folder."""
        return _within(self.folder, name, (".png", ".jpg", ".jpeg", ".svg"))

    def sweep(self, name: str) -> Path | None:
        """Give the file of a sweep that its lesson prepares; None where there is none of this name."""
        return _within(self.folder, f"{SWEEPS}/{name}.json", (".json",))


@dataclass(frozen=True)
class Broken:
    """A folder that looks like a template and is none, and why."""

    folder: Path
    reason: Message


@dataclass(frozen=True)
class Gallery:
    """Templates in the order of the ladder, then by name; and what was skipped."""

    templates: tuple[Template, ...]
    broken: tuple[Broken, ...] = ()

    __hash__ = None  # type: ignore[assignment]


def look(language: str = "en", shelves: Iterable[Shelf] = (OURS,)) -> Gallery:
    """Look at folders of templates; nothing of them is run, and what is broken is told and skipped.

    Args:
        language: of titles and summaries; English where a lesson is not translated.
        shelves: the folders, each with whose it is.
    """
    found, broken = list[Template](), list[Broken]()
    for shelf in shelves:
        for place in _places(shelf.folder):
            try:
                if shelf.origin != "ours":
                    _plain(place / PROJECT)
                facts = _facts(place)
            except NetwrightError as error:
                broken.append(Broken(place, error.message))
                continue
            found.append(Template(place.name, place, shelf.origin, *_titled(place, language), facts))
    rank = {"ours": 0, "yours": 1, "shared": 2}
    found.sort(
        key=lambda each: (rank[each.origin], each.facts.order or math.inf, each.title.casefold(), each.id)
    )
    return Gallery(tuple(found), tuple(broken))


def templates(language: str = "en", folder: Path = TEMPLATES) -> list[Template]:
    """Give every template of one folder, titled in a language (see `look`)."""
    return list(look(language, [Shelf(folder, "ours")]).templates)


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
    found = next((each for each in templates(folder=folder) if each.id == id), None)
    return found.lesson(language) if found is not None else ""


def task_of(project: Project) -> str:
    """Give what a project learns: of `TASKS`, or the type of a recipe that this version does not know."""
    losses = [term.choice.type for term in project.plan.losses]
    return _task_of(project.plan.recipe.type, losses[0] if losses else "")


def _task_of(recipe: str, loss: str) -> str:
    if recipe != "supervised":
        return _TASK_OF_RECIPE.get(recipe, recipe)
    declared = find(loss, "loss")
    return declared.group if declared is not None else loss


def _places(folder: Path) -> list[Path]:
    """Give the folders in which a project file lies, of a folder of them or of one of them."""
    try:
        if (folder / PROJECT).is_file():
            return [folder]
        return sorted(path.parent for path in folder.glob(f"*/{PROJECT}"))[:MOST]
    except OSError:
        return []


def _within(folder: Path, name: str, endings: tuple[str, ...]) -> Path | None:
    """Give a file only if it really lies in a folder, whatever links and dots its name goes over."""
    try:
        file, home = (folder / name).resolve(), folder.resolve()
        inside = file.is_relative_to(home) and file.is_file()
    except (OSError, ValueError, RuntimeError):
        return None
    return file if inside and file.suffix.lower() in endings else None


def _lesson(place: Path, language: str) -> str:
    for code in (language, "en", "zh_CN"):
        file = _within(place, f"lesson.{code}.md", (".md",))
        try:
            if file is not None and file.stat().st_size <= LESSON_BYTES:
                return file.read_text(encoding="utf-8")
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


def _plain(file: Path) -> Mapping[str, Any]:
    """Give the fields of a project file as they stand there.

    Raises:
        FileError: it is no project, or one of a newer version.
    """
    return check_version(parse(read_bytes(file)), FORMAT, VERSION)[0]


def _task(plan: object) -> str:
    """Give what a plan is for, as `task_of` says it, from what stands in the file."""
    if not isinstance(plan, dict):
        return ""
    recipe = next(iter(_objects([plan.get("recipe")])), {}).get("type")
    first = next(iter(_objects([one.get("loss") for one in _objects(plan.get("losses"))])), {}).get("type")
    return _task_of(str(recipe or "supervised"), str(first or ""))


def _objects(found: object) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _facts(place: Path) -> Facts:
    """Read what is known of a template; nothing where nobody wrote it down.

    Raises:
        ProjectError: the file holds something else.
    """
    file = _within(place, FACTS, (".json",))
    if file is None:
        return Facts()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        counts, order, wanted = data.get("parameters", {}), data.get("order"), data.get("reaches")
        task = data.get("task")
        return Facts(
            parameters=MappingProxyType({str(name): int(count) for name, count in counts.items()}),
            order=None if order is None else int(order),
            seconds=float(data.get("seconds", 0)),
            reaches=None if wanted is None else _reaches(wanted),
            task=next((one for one in TASKS if one == task), None),
            thanks_to=str(data.get("thanks_to", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProjectError(
            Message("“{name}” cannot be read: {reason}", name=FACTS, reason=str(error)[:200])
        ) from error


def _reaches(data: Mapping[str, Any]) -> Reaches:
    least, most = data.get("at_least"), data.get("at_most")
    return Reaches(
        figure=str(data["figure"]),
        least=None if least is None else float(least),
        most=None if most is None else float(most),
        seed=int(data.get("seed", 0)),
        measured=float(data["measured"]),
    )
