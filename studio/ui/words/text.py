"""Every sentence the window shows: translated now, and again when the language changes.

`tr` gives a text once, `live` keeps a widget's text in the chosen language, `say` renders a
`Message` of a core room. The translations are the Qt Linguist files that the command line reads
too; Qt's own catalogue serves the standard buttons.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from studio.graph.text import LANGUAGES, Message, catalogue, fill

CONTEXT = "netwright"
"""The context of every text of ours in the Qt Linguist files."""

Setter = Callable[[str], object]


class _Languages(QObject):
    """Tells widgets that draw their own text when the language has changed."""

    changed = Signal()


languages = _Languages()
"""`languages.changed` is emitted after every `live` text has been set in the new language."""


class Catalogue(QTranslator):
    """Answers Qt's question for a text of ours; leaves every other text to others."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        """Keep the texts of one language."""
        super().__init__()
        self._entries = entries

    def isEmpty(self) -> bool:
        """Tell Qt that it is worth asking, even while the catalogue has no entries."""
        return False

    def translate(
        self,
        context: bytes | bytearray | memoryview | str,
        sourceText: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None,
        n: int = -1,
    ) -> str:
        """Give the text in this language; nothing where it is not ours or unknown."""
        if context != CONTEXT:
            return None  # type: ignore[return-value]  # a null string lets the next translator answer
        return self._entries.get(str(sourceText))  # type: ignore[return-value]


@dataclass
class _Installed:
    """The language in use and the translators that Qt asks for it."""

    language: str = "en"
    translators: tuple[QTranslator, ...] = ()


@dataclass(frozen=True)
class _Live:
    """One text that follows the language: its owner, how to set it, and what it says."""

    owner: weakref.ref[object]
    set_text: Callable[[object, str], object]
    template: str
    values: Mapping[str, object]

    def show(self) -> bool:
        """Set the text; False when the widget is gone and there is nothing left to set."""
        owner = self.owner()
        if owner is None or (isinstance(owner, shiboken6.Object) and not shiboken6.isValid(owner)):
            return False
        self.set_text(owner, tr(self.template, **self.values))
        return True


_installed = _Installed()
_live: dict[Hashable, _Live] = {}


def system_language() -> str:
    """Give the language of ours that suits this computer's settings."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def language() -> str:
    """Give the code of the language in use."""
    return _installed.language


def install(app: QCoreApplication, code: str) -> None:
    """Make an application speak a language, once at the start.

    Args:
        app: the application; it must exist before any translator can be installed.
        code: a code of `LANGUAGES`; an unknown or empty one asks the computer's settings.
    """
    _ = app  # Qt installs translators on the one application there is
    set_language(code if code in LANGUAGES else system_language())


def set_language(code: str) -> None:
    """Change the language of the whole window, without a restart.

    Args:
        code: a code of `LANGUAGES`.

    Raises:
        ValueError: the code is not one of `LANGUAGES`.
    """
    if code not in LANGUAGES:
        raise ValueError(f"Expected one of {', '.join(LANGUAGES)}, received {code!r}.")
    for old in _installed.translators:
        QCoreApplication.removeTranslator(old)
    _installed.language = code
    _installed.translators = _translators(code)
    # Numbers are written alike in every language of ours, whatever the computer's settings are.
    QLocale.setDefault(QLocale(code))
    for new in _installed.translators:
        QCoreApplication.installTranslator(new)
    for key, entry in list(_live.items()):
        if not entry.show():
            _live.pop(key, None)
    languages.changed.emit()


def _translators(code: str) -> tuple[QTranslator, ...]:
    """Make the translators of one language: Qt's own catalogue, then ours, which is asked first."""
    if code == "en":
        return ()
    standard = QTranslator()
    standard.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return standard, Catalogue(catalogue(code))


def _template(template: str) -> str:
    """Translate a template without filling it."""
    return QCoreApplication.translate(CONTEXT, template) if template else ""


def tr(template: str, /, **values: object) -> str:
    """Give a text in the language in use.

    Args:
        template: the English text, with its values as `{name}`.
        **values: what goes into it; a `Message` is said in the same language.
    """
    return fill(
        _template(template),
        {name: say(value) if isinstance(value, Message) else value for name, value in values.items()},
    )


def say(message: Message) -> str:
    """Give a message of a core room in the language in use."""
    return message.render(_template)


def live(setter: Setter, template: str, /, **values: object) -> None:
    """Set a text now and again on every language change, as long as its widget lives.

    A second call with the same setter replaces the first, so a status label can say one
    thing after another. Use `fixed` to put a text there that is not ours to translate.

    Args:
        setter: a bound method, such as `label.setText`; the widget is held weakly.
        template: the English text, with its values as `{name}`.
        **values: what goes into it.

    Raises:
        TypeError: the setter is not a bound method (use `live_for` then).
    """
    owner, key = _bound(setter)
    function = getattr(setter, "__func__", None)
    name: str = setter.__name__

    def set_text(widget: object, text: str) -> object:
        return function(widget, text) if function is not None else getattr(widget, name)(text)

    _keep(key, owner, set_text, template, values)


def live_for(owner: object, setter: Setter, template: str, /, **values: object) -> None:
    """Set a text through any function now and on every language change, while `owner` lives.

    Args:
        owner: the widget, action or other object whose text it is; it is held weakly.
        setter: takes the text, such as `lambda text: tabs.setTabText(0, text)`.
        template: the English text, with its values as `{name}`.
        **values: what goes into it.
    """
    _keep((id(owner), setter), owner, lambda _owner, text: setter(text), template, values)


def fixed(setter: Setter, text: str) -> None:
    """Set a text that stays as it is in every language, in place of a `live` one."""
    _live.pop(_bound(setter)[1], None)
    setter(text)


def _bound(setter: Setter) -> tuple[object, Hashable]:
    """Give the object a method is bound to, and the key of its text."""
    owner = getattr(setter, "__self__", None)
    if owner is None or not hasattr(setter, "__name__"):
        raise TypeError(f"Expected a bound method such as label.setText, received {setter!r}; use live_for.")
    return owner, (id(owner), setter.__name__)


def _keep(
    key: Hashable,
    owner: object,
    set_text: Callable[[object, str], object],
    template: str,
    values: Mapping[str, object],
) -> None:
    """Show a text now and remember it until its owner goes."""
    # A dead owner's id may come again: the entry leaves with its owner, and only if it is still its own.
    reference = weakref.ref(owner, lambda gone: _forget(key, gone))
    entry = _Live(reference, set_text, template, values)
    _live[key] = entry
    entry.show()


def _forget(key: Hashable, gone: weakref.ref[object]) -> None:
    """Drop a text whose owner has gone."""
    entry = _live.get(key)
    if entry is not None and entry.owner is gone:
        del _live[key]
