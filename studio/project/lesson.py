"""What a lesson is made of and where its links lead; without a window, so that tests can follow each one.

A lesson is Markdown with `$...$` and `$$...$$` for equations. Code spans that name a block lead to it, as
`conv1` or, within composites, `encoder/attention`. Other links:

    [words](block:network/name)     the block of a network, or within composites on the way
    [words](panel:evaluation)       a dock of the window
    [words](open:wide)              another project of the template's folder, `wide.netwright`
    [words](template:rnn)           another template
    [Try it](try:PATH=VALUE;...)    settings as the command line takes them with --set; %3B stands for a `;`
    [words](branch:PATH=VALUE;...)  the same settings, to train on with what the last run learned;
                                    `fresh=BLOCK` among them has a block begin anew all the same
    [words](sweep:NAME)             a sweep that is prepared in `sweeps/NAME.json`
    [words](lighter:channels=30;epochs=5;int8=yes)
                                    what makes a trained network lighter, filled in as `read_wish` takes it
    [words](https://...)            a page, shown by the browser once it is pressed
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from studio.graph import Graph, Message, NetwrightError, Node
from studio.project.document import COMPOSITE, GraphRef, Project, ProjectError
from studio.project.file import read
from studio.project.gallery import Template
from studio.project.lighter import read_wish
from studio.project.settings import apply, every_setting, written
from studio.project.sweeps import SweepPlan, checked, plan_of

Kind = Literal["block", "panel", "open", "template", "try", "branch", "sweep", "lighter", "page"]
KINDS: tuple[Kind, ...] = ("block", "panel", "open", "template", "try", "branch", "sweep", "lighter", "page")

FRESH = "fresh"
"""What a setting of a `branch:` link is called that names a block whose weights begin anew."""

PAGES = ("https://", "http://")
"""What links to the world begin with; they are shown by the browser, and only once somebody presses them."""

SWEEP_BYTES = 1 << 16

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[`~]*[ \t]*$", re.M | re.S)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.S)
_INLINE = re.compile(r"(?<![\\$\w])\$(?!\s)((?:[^$\\\n]|\\.)+?)(?<!\s)\$(?![\w$])")
_EQUATIONS: tuple[tuple[Literal["displayed", "inline"], re.Pattern[str]], ...] = (
    ("displayed", _DISPLAYED),
    ("inline", _INLINE),
)
_TARGET = r"\(\s*(?:<([^<>\n]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))"
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]" + _TARGET)
_PICTURE = re.compile(r"!\[([^\]]*)\]" + _TARGET)


class LessonError(ProjectError):
    """A link leads nowhere."""


@dataclass(frozen=True)
class Link:
    """Where a link leads: what it is of, and what stands behind the colon."""

    kind: Kind
    to: str


@dataclass(frozen=True)
class Spot:
    """A block, with the way to it.

    Attributes:
        way: the graphs on the way, each with the id of the node that is gone into; the last node is the one.
    """

    way: tuple[tuple[GraphRef, str], ...]

    @property
    def ref(self) -> GraphRef:
        """The graph that it stands in."""
        return self.way[-1][0]

    @property
    def node(self) -> str:
        """Its id there."""
        return self.way[-1][1]


@dataclass(frozen=True)
class Piece:
    """A part of a lesson: text as Markdown has it, or an equation.

    Attributes:
        text: the Markdown, or the equation in LaTeX.
        equation: `inline` or `displayed`; empty for Markdown.
    """

    text: str
    equation: Literal["", "inline", "displayed"] = ""


def pieces(text: str) -> Iterator[Piece]:
    """Part a lesson into Markdown and equations; what stands in code is no equation."""
    begin = 0
    for start, end, piece in _equations(text):
        if text[begin:start]:
            yield Piece(text[begin:start])
        yield piece
        begin = end
    if text[begin:]:
        yield Piece(text[begin:])


def _equations(text: str) -> list[tuple[int, int, Piece]]:
    found = list[tuple[int, int, Piece]]()
    hidden = _hidden(_hidden(text, _FENCE), _CODE)
    for kind, what in _EQUATIONS:
        for at in what.finditer(hidden):
            alone = kind == "inline" and _is_alone(text, at.start(), at.end())
            piece = Piece(text[at.start(1) : at.end(1)].strip(), "displayed" if alone else kind)
            found.append((at.start(), at.end(), piece))
        hidden = _hidden(hidden, what)
    return sorted(found, key=lambda each: each[0])


def _is_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a part of a text is a paragraph of its own."""
    before, _, line = text[:start].rpartition("\n")
    line_after, _, after = text[end:].partition("\n")
    around = line.strip() or line_after.strip()
    return not around and not before.rpartition("\n")[2].strip() and not after.partition("\n")[0].strip()


def _hidden(text: str, what: re.Pattern[str]) -> str:
    """Give a text of the same length in which some parts say nothing."""
    return what.sub(lambda found: "\0" * len(found[0]), text)


def equations(text: str) -> list[Piece]:
    """Give the equations of a lesson."""
    return [piece for piece in pieces(text) if piece.equation]


def code_spans(text: str) -> list[str]:
    """Give what stands between backticks within sentences."""
    return [found[2].strip() for found in _CODE.finditer(_hidden(text, _FENCE))]


def links(text: str) -> list[str]:
    """Give where every link of a lesson points, as it is written there."""
    plain = _hidden(_hidden(text, _FENCE), _CODE)
    return [text[slice(*found.span(2 if found[2] is not None else 3))] for found in _LINK.finditer(plain)]


def pictures(text: str) -> list[str]:
    """Give the files of the pictures of a lesson."""
    plain = _hidden(_hidden(text, _FENCE), _CODE)
    return [text[slice(*found.span(2 if found[2] is not None else 3))] for found in _PICTURE.finditer(plain)]


def link(text: str) -> Link:
    """Read a link.

    Raises:
        LessonError: there is no such kind of link.
    """
    if text.startswith(PAGES):
        return Link("page", text)
    kind, separator, to = text.partition(":")
    known = next((one for one in KINDS if one == kind and one != "page"), None)
    if not separator or known is None or not to.strip():
        raise LessonError(Message("This link leads nowhere: “{link}”.", link=text[:200]))
    return Link(known, to if known in ("try", "branch") else unquote(to).strip())


def spot(project: Project, name: str) -> Spot | None:
    """Find the block that a lesson calls by a name, with or without its network; None where there is none."""
    parts = [part.strip() for part in name.split("/")]
    if not all(parts):
        return None
    if len(parts) > 1 and parts[0] in project.networks:
        found = _walk(project, GraphRef("network", parts[0]), parts[1:])
        if found is not None:
            return found
    names = [project.main(), *(one for one in project.networks if one != project.main())]
    ways = (_walk(project, GraphRef("network", one), parts) for one in names)
    return next((way for way in ways if way is not None), None)


def _walk(project: Project, ref: GraphRef, parts: list[str]) -> Spot | None:
    way = list[tuple[GraphRef, str]]()
    for place, part in enumerate(parts):
        if place:
            composite = project.graph(ref).nodes[way[-1][1]].composite
            if composite not in project.composites:
                return None
            ref = GraphRef("composite", composite)
        node = _named(project.graph(ref), part)
        if node is None or (place + 1 < len(parts) and node.type != COMPOSITE):
            return None
        way.append((ref, node.id))
    return Spot(tuple(way))


def _named(graph: Graph, name: str) -> Node | None:
    return next((node for node in graph.nodes.values() if node.name == name), None)


@dataclass(frozen=True)
class Attempt:
    """What a `try:` or `branch:` link would do.

    Attributes:
        project: the project afterwards.
        told: what is otherwise, one sentence for each setting that changed.
        fresh: where the weights stand that begin anew, as dotted names of modules.
    """

    project: Project
    told: tuple[Message, ...]
    fresh: tuple[str, ...] = ()

    __hash__ = None  # type: ignore[assignment]


def attempt(project: Project, to: str) -> Attempt:
    """Apply the settings of a `try:` or `branch:` link.

    Raises:
        SettingError: a setting is not there, or does not take its value.
        LessonError: a block that begins anew is not there.
    """
    given = [unquote(part.strip()) for part in to.split(";") if part.strip()]
    told, fresh = list[Message](), list[str]()
    for setting in given:
        path, _, value = setting.partition("=")
        if path == FRESH:
            found = spot(project, value)
            if found is None:
                raise LessonError(Message("There is no block “{name}” here.", name=value[:100]))
            fresh.append(".".join(project.graph(ref).nodes[node].name for ref, node in found.way))
            continue
        before = {found.path: written(found.value) for found in every_setting(project)}
        project = apply(project, [setting])
        after = next(found for found in every_setting(project) if found.path == path)
        if before[path] != written(after.value):
            told.append(
                Message(
                    "{what}: {before} → {after}",
                    what=after.said,
                    before=before[path],
                    after=written(after.value),
                )
            )
    told += [Message("{block} begins anew", block=name) for name in fresh] if told else []
    return Attempt(project, tuple(told), tuple(fresh))


def sweep(template: Template, project: Project, name: str) -> SweepPlan:
    """Read a sweep that a template has prepared.

    Raises:
        LessonError: there is none of this name, or it cannot be read.
        SweepError: the project cannot be varied like this.
    """
    file = template.sweep(name)
    if file is None:
        raise LessonError(Message("This template has no sweep “{name}”.", name=name[:60]))
    try:
        text = file.read_bytes()[: SWEEP_BYTES + 1]
        data = json.loads(text)
        if not isinstance(data, dict):
            raise TypeError("an object is expected")
        return checked(plan_of(project, data))
    except NetwrightError:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LessonError(
            Message("“{name}” cannot be read: {reason}", name=file.name, reason=str(error)[:200])
        ) from error


def fault(
    template: Template,
    project: Project,
    text: str,
    panels: Collection[str],
    known: Callable[[str], bool],
) -> Message | None:
    """Say why a link of a lesson leads nowhere; None where it leads somewhere.

    Args:
        template: whose lesson it is.
        project: its project.
        text: the link as it is written.
        panels: the docks of the window.
        known: tells whether there is a template of some id.
    """
    try:
        found = link(text)
        match found.kind:
            case "block" if spot(project, found.to) is None:
                return Message("There is no block “{name}” here.", name=found.to[:100])
            case "panel" if found.to not in panels:
                return Message("There is no panel “{name}”.", name=found.to[:60])
            case "open":
                file = template.variant(found.to)
                if file is None:
                    return Message("This template has no further project “{name}”.", name=found.to[:60])
                read(file)
            case "template" if not known(found.to):
                return Message("There is no template “{name}” here.", name=found.to[:60])
            case "try" | "branch" if not attempt(project, found.to).told:
                return Message("Nothing is otherwise than it was.")
            case "sweep":
                sweep(template, project, found.to)
            case "lighter":
                read_wish(found.to)
    except NetwrightError as error:
        return error.message
    return None
