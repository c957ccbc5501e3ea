"""Text shown as it is: labels, tool tips and folding sections that never read a name as HTML.

Names, notes and paths come from files. Qt guesses whether a text is HTML unless it is told otherwise.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.graph import Message
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import FONT_BASE, SPACE_SMALL, SPACE_TINY, font
from studio.ui.words.text import fixed, live


def label(template: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Make a label of plain text.

    Args:
        template: a text of ours, which follows the language; empty to set another text later.
        role: a role of the stylesheet, such as `heading` or `muted`.
        wrap: let the text run over several lines.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if template:
        live(made.setText, template)
    return made


def narrowing() -> QSizePolicy:
    """Give the size policy of a text that keeps no dock wide, and is as high as its lines need."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


def tip(text: str) -> str:
    """Give a text for `setToolTip` or a tool-tip role so that it is shown letter by letter."""
    if not text:
        return ""
    # A text that is HTML for certain cannot be guessed wrong; long lines are then wrapped by Qt.
    return f"<span style='white-space: pre-line'>{html.escape(text)}</span>"


def line() -> QFrame:
    """Make a thin line between two parts."""
    made = QFrame()
    made.setProperty("kind", "line")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def is_seen(widget: QWidget) -> bool:
    """Tell whether any of a widget is on the screen: a dock behind another one counts as visible to Qt."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def allow(widget: QWidget, why: Message | None) -> None:
    """Switch a widget on, or off with the reason as its tool tip.

    Args:
        widget: one that has no tool tip of its own.
        why: why it is off; None switches it on.
    """
    widget.setEnabled(why is None)
    if why is None:
        fixed(widget.setToolTip, "")
    else:
        live(widget.setToolTip, "{why}", why=why)


class _Folds(QObject):
    """Which parts of forms a person opened or shut, by their titles; forms are made anew again and again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[str, bool] = {}

    def opened(self, title: str, at_first: bool) -> bool:
        """Tell whether a part is open."""
        return self._opened.get(title, at_first)

    def choose(self, title: str, opened: bool) -> None:
        """Have every part of this title open, or shut."""
        if self._opened.get(title) != opened:
            self._opened[title] = opened
            self.changed.emit()

    def kept(self) -> dict[str, bool]:
        """Give what settings keep."""
        return dict(self._opened)

    def take(self, kept: object) -> None:
        """Take over what settings hold, as far as it makes sense."""
        told = kept.items() if isinstance(kept, dict) else ()
        self._opened = {key: value for key, value in told if isinstance(value, bool)}


folds = _Folds()
"""`folds.changed` is emitted when a person opens or shuts a part."""


class Fold(QWidget):
    """A part of a form under a title that opens and shuts it; opened or shut, it is so in the next form."""

    toggled = Signal(bool)

    def __init__(self, template: str, *, opened: bool = True, kept: bool = True) -> None:
        """Make an empty part.

        Args:
            template: its title.
            opened: whether it is open at first.
            kept: whether what a person makes of it is remembered; not for one of many of a title.
        """
        super().__init__()
        self._title = template if kept else ""
        self._opened = opened
        self._button = QToolButton()
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setProperty("kind", "fold")
        self._button.setFont(font(FONT_BASE, bold=True))
        self._button.setIconSize(QSize(12, 12))
        live(self._button.setText, template)
        live(self._button.setAccessibleName, template)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, SPACE_SMALL)
        self.body.setSpacing(SPACE_SMALL)
        self._inner = QWidget()
        self._inner.setLayout(self.body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_TINY)
        column.addWidget(self._button)
        column.addWidget(self._inner)
        self._button.clicked.connect(self._turn)
        self.open(folds.opened(self._title, opened))

    @property
    def opened(self) -> bool:
        """Whether its body is seen."""
        return self._opened

    def open(self, opened: bool = True) -> None:
        """Open or shut it."""
        self._opened = opened
        self._inner.setVisible(opened)
        live_icon(self._button, "expand" if opened else "right", "muted")
        self.toggled.emit(opened)

    def _turn(self) -> None:
        self.open(not self._opened)
        if self._title:
            folds.choose(self._title, self._opened)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end of the body."""
        self.body.addWidget(widget)
