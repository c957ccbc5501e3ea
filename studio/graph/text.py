"""Sentences for people, kept as data so that every reader sees them in their own language.

A core room (compiler, project, train, ...) never speaks to a person directly: it makes a
`Message`, an English template with named values. The command line renders it with the reader's
catalogue, the window through Qt's translation; both catalogues are the same Qt Linguist files in
`assets/translations`, so one translation serves both.
"""

from __future__ import annotations

import functools
import math
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar
from xml.etree import ElementTree

ASSETS = Path(__file__).resolve().parents[2] / "assets"
"""The folder of icons, translations and sample data."""

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "zh_CN": "简体中文"})
"""Every language a person can choose, by its code, named in itself."""

Translate = Callable[[str], str]
"""Takes an English template and gives it in the reader's language (itself where unknown)."""


class _Lenient(string.Formatter):
    """Fill a template by name only: no positions, no attribute or index access.

    `{count:block|blocks}` gives the first word for one and the second for any other number: "{count}
    {count:block|blocks}". A translation leaves it out where its language has one form.
    """

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> tuple[object, str]:
        return kwargs.get(field_name, "{" + field_name + "}"), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        one, choice, many = format_spec.partition("|")
        if choice:
            return one if str(value) == "1" else many
        return str(super().format_field(value, format_spec))


_FORMATTER = _Lenient()


def fill(template: str, values: Mapping[str, object]) -> str:
    """Put named values into a template; a name without a value stays visible as `{name}`."""
    return (
        _FORMATTER.vformat(template, (), values) if values else template.replace("{{", "{").replace("}}", "}")
    )


@dataclass(frozen=True)
class Message:
    """One sentence: an English template and the values that go into it.

    A value that is itself a `Message` is rendered in the same language as the whole.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __init__(self, template: str, /, **values: object) -> None:
        """Make a sentence from its English template and its named values."""
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", MappingProxyType(values))

    def __str__(self) -> str:
        """Give the English text."""
        return self.render(lambda text: text)

    def __hash__(self) -> int:
        """Hash by the English text, as two messages of one text say the same."""
        return hash(str(self))

    def render(self, translate: Translate) -> str:
        """Give the text in the language of `translate`."""
        values = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return fill(translate(self.template), values)

    def json(self) -> dict[str, object]:
        """Give it as JSON takes it, to be kept and said in the language of whoever reads it later."""
        return {
            "template": self.template,
            "values": {name: _plain(value) for name, value in self.values.items()},
        }

    @classmethod
    def read(cls, found: object) -> Message:
        """Take what `json` gave; a text alone is said as it stands.

        Raises:
            ValueError: it is no sentence.
        """
        if isinstance(found, str):
            return cls("{text}", text=found)
        if not isinstance(found, Mapping) or not isinstance(found.get("template"), str):
            raise ValueError("no sentence")
        values = found.get("values", {})
        if not isinstance(values, Mapping):
            raise ValueError("no values of a sentence")
        said = {
            str(name): cls.read(value) if isinstance(value, Mapping) else value
            for name, value in values.items()
        }
        return cls(str(found["template"]), **said)


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return value.json()
    if isinstance(value, (bool, int, str)) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


class NetwrightError(Exception):
    """A fault that a person can understand and act on; its text is a `Message`.

    Attributes:
        unreadable: whether it is that something handed in is damaged or of another kind.
    """

    unreadable: ClassVar[bool] = False

    def __init__(self, message: Message) -> None:
        """Keep the sentence, so that it can be shown in any language."""
        super().__init__(str(message))
        self.message = message


Translations = Mapping[str, Mapping[str, str]]
"""Language to English template to its text."""

_brought: dict[str, Mapping[str, str]] = {}
"""The translations of other packages."""


def translate(language: str, texts: Mapping[str, str]) -> None:
    """Bring translations of one's own texts, as a package with blocks does; ours stay as they are.

    Args:
        language: a code of `LANGUAGES`.
        texts: English text, as it was declared, to its translation.

    Raises:
        ValueError: there is no such language, or something is not a text.
    """
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of the languages {', '.join(LANGUAGES)}")
    if not all(isinstance(text, str) and text for pair in texts.items() for text in pair):
        raise ValueError("a translation leads from one text to another")
    bring({**_brought, language: {**_brought.get(language, {}), **texts}})


def brought() -> Translations:
    """Give the translations that packages brought."""
    return dict(_brought)


def bring(translations: Translations) -> None:
    """Have these translations of packages and no others."""
    _brought.clear()
    _brought.update(translations)
    catalogue.cache_clear()


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    """Read every translation of a language: English template to its text.

    Args:
        language: a code of `LANGUAGES`; English and unknown codes give an empty catalogue.
    """
    entries = dict(_brought.get(language, {}))
    for path in sorted((ASSETS / "translations").glob(f"*.{language}.ts")):
        for message in ElementTree.parse(path).iter("message"):
            source, translation = message.findtext("source"), message.findtext("translation")
            if source and translation:
                entries[source] = translation
    return MappingProxyType(entries)


def translator(language: str) -> Translate:
    """Give the function that translates templates into a language."""
    entries = catalogue(language)
    return lambda text: entries.get(text, text)
