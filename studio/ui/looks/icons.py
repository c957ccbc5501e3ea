"""Every icon by what it means, in the colours of the theme.

The drawings are those of the Phosphor set that qtawesome carries, so no picture file is shipped
and every size and screen scale is sharp.
"""

from __future__ import annotations

import functools
import os
import weakref
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap

from studio.ui.looks.theme import theme, themes

NAMES: Mapping[str, str] = MappingProxyType(
    {
        # files
        "new": "ph.file-plus",
        "open": "ph.folder-open",
        "save": "ph.floppy-disk",
        "save_as": "ph.floppy-disk-back",
        "folder": "ph.folder",
        "file": "ph.file",
        "recent": "ph.clock-counter-clockwise",
        "import": "ph.download-simple",
        "export": "ph.export",
        "lighter": "ph.arrows-in-simple",
        "template": "ph.book-open",
        "lesson": "ph.graduation-cap",
        "close": "ph.x",
        "quit": "ph.sign-out",
        # editing
        "undo": "ph.arrow-counter-clockwise",
        "redo": "ph.arrow-clockwise",
        "cut": "ph.scissors",
        "copy": "ph.copy",
        "paste": "ph.clipboard",
        "duplicate": "ph.copy-simple",
        "delete": "ph.trash",
        "edit": "ph.pencil-simple",
        "rename": "ph.text-t",
        "add": "ph.plus",
        "remove": "ph.minus",
        "group": "ph.bounding-box",
        "ungroup": "ph.selection-slash",
        "composite": "ph.stack",
        "repeat": "ph.repeat",
        "note": "ph.note",
        "frame": "ph.frame-corners",
        "link": "ph.link-simple",
        "unlink": "ph.link-break",
        "select_all": "ph.selection-all",
        "shuffle": "ph.shuffle",
        "draw": "ph.pencil-line",
        "eraser": "ph.eraser",
        "fix": "ph.magic-wand",
        # training
        "train": "ph.play-fill",
        "resume": "ph.play-fill",
        "pause": "ph.pause-fill",
        "stop": "ph.stop-fill",
        "step": "ph.skip-forward",
        "device": "ph.cpu",
        "data": "ph.database",
        "recipe": "ph.flask",
        "time": "ph.timer",
        "speed": "ph.gauge",
        "film": "ph.film-strip",
        "memory": "ph.hard-drives",
        "checkpoint": "ph.flag",
        # what happened
        "error": "ph.warning-circle-fill",
        "warning": "ph.warning-fill",
        "info": "ph.info-fill",
        "good": "ph.check-circle-fill",
        "busy": "ph.spinner-gap",
        "check": "ph.check",
        # looking around
        "search": "ph.magnifying-glass",
        "zoom_in": "ph.magnifying-glass-plus",
        "zoom_out": "ph.magnifying-glass-minus",
        "fit": "ph.corners-out",
        "smooth": "ph.waves",
        "layout": "ph.tree-structure",
        "align": "ph.align-left",
        "turn": "ph.arrow-elbow-right-down",
        "grid": "ph.grid-four",
        "minimap": "ph.picture-in-picture",
        "show": "ph.eye",
        "hide": "ph.eye-slash",
        "lock": "ph.lock-simple",
        "unlock": "ph.lock-simple-open",
        "pin": "ph.push-pin",
        "trim": "ph.dots-three",
        "filter": "ph.funnel",
        "sort": "ph.sort-ascending",
        "refresh": "ph.arrows-clockwise",
        "back": "ph.arrow-left",
        "forward": "ph.arrow-right",
        "up": "ph.arrow-up",
        "down": "ph.arrow-down",
        "left": "ph.caret-left",
        "right": "ph.caret-right",
        "expand": "ph.caret-down",
        "collapse": "ph.caret-up",
        "more": "ph.dots-three",
        "menu": "ph.list",
        "home": "ph.house",
        # rooms of the window
        "palette": "ph.squares-four",
        "outline": "ph.list-dashes",
        "inspector": "ph.sliders-horizontal",
        "problems": "ph.warning",
        "analysis": "ph.scales",
        "chart": "ph.chart-line-up",
        "runs": "ph.stack-simple",
        "code": "ph.code",
        "evaluation": "ph.target",
        "confusion": "ph.squares-four",
        "samples": "ph.image-square",
        "activations": "ph.activity",
        "attention": "ph.share-network",
        "dock": "ph.layout",
        "log": "ph.terminal-window",
        "table": "ph.table",
        "text": "ph.text-aa",
        "image": "ph.image",
        # the application
        "settings": "ph.gear-six",
        "dark": "ph.moon",
        "light": "ph.sun",
        "system": "ph.circle-half",
        "language": "ph.translate",
        "help": "ph.question",
        "keyboard": "ph.keyboard",
        "about": "ph.info",
        "trust": "ph.shield-check",
        "untrusted": "ph.shield-warning",
        # block families
        "family_io": "ph.sign-in",
        "family_linear": "ph.grid-four",
        "family_convolution": "ph.bounding-box",
        "family_pooling": "ph.funnel",
        "family_normalization": "ph.chart-bar",
        "family_activation": "ph.lightning",
        "family_regularization": "ph.drop-half",
        "family_shape": "ph.cube",
        "family_combine": "ph.git-merge",
        "family_sequence": "ph.path",
        "family_attention": "ph.eye",
        "family_embedding": "ph.hash",
        "family_math": "ph.math-operations",
        "family_padding": "ph.frame-corners",
        "family_making": "ph.plus-circle",
        "family_distance": "ph.ruler",
        "family_composite": "ph.stack",
        "family_custom": "ph.code",
        "family_unknown": "ph.puzzle-piece",
    }
)
"""What an icon means, and the drawing that shows it."""

_OWN_COLOUR: Mapping[str, str] = MappingProxyType(
    {
        "error": "error",
        "warning": "warning",
        "info": "accent",
        "good": "good",
        "train": "good",
        "stop": "error",
    }
)
"""Icons whose colour says something; all others take the colour of text."""


class HasIcon(Protocol):
    """A button, an action, a menu or a window."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show an icon."""
        ...


def icon(name: str, role: str = "") -> QIcon:
    """Give an icon in the colours of the theme in use.

    Args:
        name: a name of `NAMES`.
        role: the colour, by a name that `Theme.colour` knows; by default the icon's own, or text's.

    Raises:
        KeyError: no icon has this name.
    """
    os.environ.setdefault("QT_API", "pyside6")  # or qtawesome may pick another Qt that is installed beside it
    import qtawesome  # it reads its fonts: not before the first icon is asked for

    _draw_nothing_on_nothing()
    tokens = theme()
    colour = tokens.colour(role or _OWN_COLOUR.get(name, "icon"))
    made = qtawesome.icon(NAMES[name], color=colour, color_disabled=tokens.disabled)
    assert isinstance(made, QIcon)
    return made


@functools.cache
def _draw_nothing_on_nothing() -> None:
    """Have no painter begun on a picture without a size, as a button that is squeezed flat asks for.

    Qt would complain of each line that qtawesome draws there.
    """
    from qtawesome.iconic_font import CharIconEngine

    drawn = CharIconEngine.pixmap

    def pixmap(engine: object, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap() if size.isEmpty() else drawn(engine, size, mode, state)
        assert isinstance(made, QPixmap)
        return made

    CharIconEngine.pixmap = pixmap


def live_icon(target: HasIcon, name: str, role: str = "") -> None:
    """Give a button or an action an icon, and its new colours whenever the theme changes.

    A second call for the same target replaces the first.
    """
    key = id(target)
    if key in _live and _live[key][0]() is target and _live[key][1:] == (name, role):
        return
    target.setIcon(icon(name, role))
    _live[key] = (weakref.ref(target, lambda gone: _forget(key, gone)), name, role)


_live: dict[int, tuple[weakref.ref[HasIcon], str, str]] = {}


def _forget(key: int, gone: weakref.ref[HasIcon]) -> None:
    """Drop an icon whose owner has gone."""
    if key in _live and _live[key][0] is gone:
        del _live[key]


def _repaint() -> None:
    """Give every living target its icon in the new colours."""
    for key, (reference, name, role) in list(_live.items()):
        target = reference()
        if target is not None and (not isinstance(target, shiboken6.Object) or shiboken6.isValid(target)):
            target.setIcon(icon(name, role))
        else:
            _live.pop(key, None)


themes.changed.connect(_repaint)
