"""Finds every sentence that a person can see, and holds it against the translations.

    python packaging/translations.py missing        sentences without a translation, by file
    python packaging/translations.py check          every fault of the translations

The sentences are those written as `Message("...")`, `tr("...")`, `live(setter, "...")` and
`live_for(owner, setter, "...")`, `label("...")`, and the texts of the block catalogue and of the library
of composites. The translations are the Qt Linguist files of `assets/translations`.
"""

from __future__ import annotations

import ast
import string
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "zh_CN"

SPEAKERS: Mapping[str, int] = {"Message": 0, "tr": 0, "live": 1, "live_for": 2, "label": 0}
"""What says a sentence to a person, and which of its arguments is the sentence."""

QT_TEXTS = frozenset(
    """
    QAction QCheckBox QGroupBox QLabel QMenu QPushButton QRadioButton addAction addItem addMenu addRow addTab
    setAccessibleDescription setAccessibleName setDetailedText setHeaderLabels setInformativeText
    setPlaceholderText setStatusTip setTabText setText setTitle setToolTip setWhatsThis setWindowTitle
    showMessage
    """.split()
)
"""What puts a text in front of a person as it stands."""

NAMES = frozenset({"Netwright"})
"""What is called the same in every language."""


@dataclass(frozen=True, order=True)
class Sentence:
    """An English template and the place that says it."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Entry:
    """A translation of a template, and the file it stands in."""

    file: str
    source: str
    translation: str
    unfinished: bool


def needs_translation(text: str) -> bool:
    """Say whether a template holds a letter outside its placeholders."""
    return any(
        any(letter.isalpha() for letter in literal) for literal, *_rest in string.Formatter().parse(text)
    )


def placeholders(text: str) -> frozenset[str]:
    """Give the names of the values that go into a template."""
    return frozenset(name for _literal, name, *_rest in string.Formatter().parse(text) if name is not None)


# ---------------------------------------------------------------------------- what is said


def modules(root: Path = ROOT) -> Iterator[tuple[str, ast.Module]]:
    """Read every module of Netwright as a syntax tree, with its path in the repository."""
    for path in sorted((root / "studio").rglob("*.py")):
        yield path.relative_to(root).as_posix(), ast.parse(path.read_text("utf-8"), str(path))


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(node: ast.expr) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Give the texts an expression can be, through choices such as `a if x else b`."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield node
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literals(body)
            yield from _literals(orelse)
        case ast.BoolOp(values=values):
            for value in values:
                yield from _literals(value)


def said_in(file: str, tree: ast.Module) -> Iterator[Sentence]:
    """Give the sentences that a module says.

    Raises:
        ValueError: a sentence is put together with an f-string, which no translation can match.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or (place := SPEAKERS.get(_called(node))) is None:
            continue
        for text in _literals(node.args[place]) if place < len(node.args) else ():
            if isinstance(text, ast.JoinedStr):
                raise ValueError(f"{file}:{text.lineno}: name the values in the template, use no f-string")
            if needs_translation(str(text.value)):
                yield Sentence(file, text.lineno, str(text.value))


def catalogue_texts() -> Iterator[Sentence]:
    """Give the texts of the block catalogue and of the composites that come with it."""
    import studio.blocks
    from studio.project import library

    for text in studio.blocks.texts():
        if needs_translation(text):
            yield Sentence("studio/blocks (catalogue)", 0, text)
    for text in dict.fromkeys(library.texts()):
        if needs_translation(text):
            yield Sentence("assets/composites (library)", 0, text)


def said(root: Path = ROOT) -> list[Sentence]:
    """Give every sentence that a person can see."""
    spoken = [sentence for file, tree in modules(root) for sentence in said_in(file, tree)]
    return sorted([*spoken, *catalogue_texts()])


def untranslatable(root: Path = ROOT) -> Iterator[Sentence]:
    """Find texts that the window shows as they stand, in one language for ever."""
    for file, tree in modules(root):
        if not file.startswith("studio/ui/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in QT_TEXTS:
                for argument in node.args:
                    items = argument.elts if isinstance(argument, ast.List) else [argument]
                    for text in (found for item in items for found in _literals(item)):
                        written = text.value if isinstance(text, ast.Constant) else _fixed_part(text)
                        if written not in NAMES and needs_translation(str(written)):
                            yield Sentence(file, text.lineno, str(written))


def _fixed_part(text: ast.JoinedStr) -> str:
    return "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))


def every_literal(root: Path = ROOT) -> frozenset[str]:
    """Give every text that stands in the code, for templates that are passed on by name."""
    return frozenset(
        node.value
        for _file, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


# ---------------------------------------------------------------------------- what is translated


def entries(folder: Path = ROOT / "assets" / "translations", language: str = LANGUAGE) -> list[Entry]:
    """Read every translation of a language."""
    return [
        Entry(
            path.name,
            message.findtext("source") or "",
            message.findtext("translation") or "",
            message.find("translation[@type]") is not None,
        )
        for path in sorted(folder.glob(f"*.{language}.ts"))
        for message in ElementTree.parse(path).iter("message")
    ]


def missing(sentences: Iterable[Sentence], translated: Mapping[str, str]) -> list[Sentence]:
    """List the sentences that have no translation."""
    return [sentence for sentence in sentences if sentence.text not in translated]


def faults(known: Sequence[Entry], used: frozenset[str]) -> Iterator[str]:
    """Describe what is wrong with translations that exist.

    Args:
        known: the translations.
        used: every text that something says.
    """
    meanings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entry in known:
        where = f"{entry.file}: “{entry.source}”"
        if entry.unfinished or not entry.translation.strip():
            yield f"{where} is not translated yet"
        elif placeholders(entry.source) != placeholders(entry.translation):
            wanted = ", ".join(sorted(placeholders(entry.source))) or "none"
            yield f"{where}: expected the placeholders {wanted}, received “{entry.translation}”"
        if entry.source not in used:
            yield f"{where} is said nowhere; remove it"
        meanings[entry.source].setdefault(entry.translation, entry.file)
    for source, ways in meanings.items():
        if len(ways) > 1:
            differing = "; ".join(f"{file} says “{translation}”" for translation, file in ways.items())
            yield f"“{source}” is translated in two ways: {differing}"


def report(sentences: Iterable[Sentence]) -> str:
    """Write sentences down by file."""
    lines: list[str] = []
    current = ""
    for sentence in sentences:
        if sentence.file != current:
            current = sentence.file
            lines.append(current)
        lines.append(f"  {sentence.line:5}  {sentence.text!r}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Do what the argument says; give 1 where something is wrong."""
    if list(arguments) not in (["missing"], ["check"]):
        print((__doc__ or "").split("\n\n")[1], file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    from studio.graph.text import catalogue

    sentences = said()
    lacking = missing(sentences, catalogue(LANGUAGE))
    if lacking:
        print(report(lacking))
        print(f"{len({sentence.text for sentence in lacking})} sentences have no {LANGUAGE} translation.")
    wrong: list[str] = []
    if list(arguments) == ["check"]:
        used = every_literal() | {sentence.text for sentence in sentences}
        wrong = list(faults(entries(), used))
        print("\n".join(wrong) if wrong else "The translations that exist are in order.")
        fixed = list(untranslatable())
        if fixed:
            print(f"{report(fixed)}\nThe window shows these as they stand; use tr() or live().")
        wrong += map(str, fixed)
    return 1 if lacking or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
