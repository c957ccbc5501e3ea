"""Looks the whole window over for text that is cut and widgets that lie over each other, and takes pictures.

    python packaging/looks.py FOLDER                 all scales, themes and languages, pictures into FOLDER
    python packaging/looks.py --one 1.5 dark zh_CN   one of them in this process; findings are printed
    python packaging/looks.py --quick 2 light en     the same, in the smallest window alone

A text may be elided only where a tool tip gives all of it. Everything is the real window, offscreen, at the
smallest screen that is supported and at a usual one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QLayout, QWidget

    from studio.ui.window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
SCALES, THEMES, LANGUAGES = ("1", "1.5", "2"), ("light", "dark"), ("en", "zh_CN")
SIZES = ((1280, 720), (1920, 1080))
"""Windows that are looked at, in pixels of the layout."""

SLACK = 1
"""Pixels by which rounding at a fractional scale may differ."""

sys.path.insert(0, str(ROOT))


# -- what is wrong with what is shown -------------------------------------------------------------------


def findings(top: QWidget) -> list[str]:
    """Tell of cut texts and overlapping widgets in a window as it is shown now."""
    from PySide6.QtWidgets import QWidget

    # Docks behind others, and what is scrolled away, have no visible region.
    inside = (each for each in top.findChildren(QWidget) if each.isVisible())
    shown = [top, *(each for each in inside if not each.visibleRegion().isEmpty())]
    return [said for widget in shown for said in (*_cut(widget), *_overlapping(widget))]


def _named(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    said = widget.accessibleName() or widget.objectName() or (words() if callable(words) else "")
    return f"{type(widget).__name__} “{str(said)[:60]}”"


def _cut(widget: QWidget) -> Iterator[str]:
    """Tell of a text that needs more room than there is, and is not in the tool tip."""
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QLineEdit, QTabBar

    from studio.ui.panels.devices import DeviceCombo

    if isinstance(widget, QLabel):
        if not widget.text() or not widget.pixmap().isNull():
            return
        if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height() + SLACK:
                yield f"{_named(widget)} needs more height"
        elif widget.sizeHint().width() > widget.width() + SLACK and widget.text() not in widget.toolTip():
            yield f"{_named(widget)} is cut"
    elif isinstance(widget, QAbstractButton):
        lacking = widget.sizeHint().width() > widget.width() + SLACK
        if widget.text() and lacking and not widget.toolTip():
            yield f"{_named(widget)} is cut"
    elif isinstance(widget, QComboBox) and not isinstance(widget, DeviceCombo):  # that shortens its names
        room = widget.width() - 28  # the arrow and the frame
        if widget.fontMetrics().horizontalAdvance(widget.currentText()) > room and not widget.toolTip():
            yield f"{_named(widget)} with “{widget.currentText()}” is cut"
    elif isinstance(widget, QLineEdit):
        text = widget.placeholderText()
        if (
            text
            and widget.fontMetrics().horizontalAdvance(text) > widget.width() - 8
            and not widget.toolTip()
        ):
            yield f"{_named(widget)} cuts its hint “{text}”"
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            wide = widget.fontMetrics().horizontalAdvance(widget.tabText(index).replace("&&", "&"))
            if wide > widget.tabRect(index).width() + SLACK and not widget.tabToolTip(index):
                yield f"the tab “{widget.tabText(index)}” is cut"
    elif isinstance(widget, QHeaderView):
        model = widget.model()
        for section in range(widget.count() if model is not None else 0):
            if widget.isSectionHidden(section):
                continue
            said = str(model.headerData(section, widget.orientation()) or "")
            if widget.fontMetrics().horizontalAdvance(said) > widget.sectionSize(section):
                yield f"the heading “{said}” is cut"


def _overlapping(widget: QWidget) -> Iterator[str]:
    """Tell of widgets of one layout that share pixels, or that stick out of what holds them."""
    layout = widget.layout()
    if layout is None:
        return
    parts = [part for part in _parts(layout) if part.isVisibleTo(widget) and not part.size().isEmpty()]
    for one, other in combinations(parts, 2):
        shared = one.geometry().intersected(other.geometry())
        if shared.width() > SLACK and shared.height() > SLACK:
            yield f"{_named(one)} and {_named(other)} overlap"
    room = widget.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    for part in parts:
        if not room.contains(part.geometry()):
            yield f"{_named(part)} sticks out of {_named(widget)}"


def _parts(layout: QLayout) -> Iterator[QWidget]:
    from PySide6.QtWidgets import QMainWindow, QStackedLayout

    if isinstance(layout, QStackedLayout) or isinstance(layout.parentWidget(), QMainWindow):
        return  # one at a time; docks have a test of their own
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        inner, part = item.layout(), item.widget()
        if inner is not None:
            yield from _parts(inner)
        elif part is not None:
            yield part


# -- what is looked at ------------------------------------------------------------------------------------

Seen = Callable[[str, "QWidget"], None]


def walk(window: MainWindow, wait: Callable[[float], None], seen: Seen) -> None:
    """Go through everything that the window can show, and tell of each by a name.

    Args:
        window: with a project whose shapes are known, at the size that it is looked at.
        wait: lets the window live for some seconds.
        seen: gets a name and what is shown.
    """
    from studio.graph import Message
    from studio.ui.canvas.minimap import minimaps
    from studio.ui.files.picturing import PictureDialog
    from studio.ui.keys.shortcuts import Shortcuts
    from studio.ui.panels.export import ExportDialog
    from studio.ui.widgets.dialogs import About, Question

    workspace, docks = window.workspace, window.workspace.docks
    view = workspace.networks.view
    assert view is not None
    docks.arrange()
    wait(0.1)
    for id in workspace.panels:
        if id == "inspector":
            view.select([])
        docks.show(id)
        wait(0.06)
        seen(id, window)
    view.select([next(iter(view.canvas.nodes))])
    docks.show("inspector")
    minimaps.set(True, "bottom_right")
    wait(0.06)
    seen("node", window)
    minimaps.set(False, "bottom_right")
    for name, open_ in (("search", view.ask_at_pointer), ("commands", workspace.show_commands)):
        open_()
        wait(0.06)
        seen(name, workspace.popup)
        workspace.popup.close()
    for step in range(6):
        window.tour.go(step)
        wait(0.1)
        seen(f"tour{step + 1}", window)
    window.tour.end()
    project = window.document.project
    question = Message("Without saving, the changes since the last save are lost.")
    answers = [
        ("save", Message("Save"), "primary"),
        ("discard", Message("Do not save"), "danger"),
        ("cancel", Message("Cancel"), ""),
    ]
    dialogs: dict[str, Callable[[], QDialog]] = {
        "shortcuts": lambda: Shortcuts(window, window.commands),
        "about": lambda: About(window),
        "picture": lambda: PictureDialog(window, view, window.settings),
        "export": lambda: ExportDialog(
            window, project, window.jobs, [], set(), None, str(Path.home()), "net"
        ),
        "question": lambda: Question(
            window, Message("Save the changes to “{name}”?", name="net"), question, answers
        ),
    }
    for name, make in dialogs.items():
        dialog = make()
        dialog.show()
        wait(0.1)
        seen(name, dialog)
        dialog.close()
        dialog.deleteLater()


def one(
    theme_name: str, language: str, folder: Path | None, sizes: Sequence[tuple[int, int]] = SIZES
) -> list[str]:
    """Look the window over in one theme and language, at the scale of this process.

    Args:
        theme_name: light or dark.
        language: its code.
        folder: where pictures go; none are taken without one.
        sizes: of the window.

    Returns:
        What was found, with where.
    """
    from studio.project import GraphRef
    from studio.project.file import read, write
    from studio.ui.app import application
    from studio.ui.frame.tour import SETTING
    from studio.ui.looks import theme
    from studio.ui.settings import Settings
    from studio.ui.window import MainWindow
    from studio.ui.words import text

    app = application()
    text.install(app, language)
    theme.apply(app, "dark" if theme_name == "dark" else "light")
    home = Path(tempfile.mkdtemp())
    settings = Settings(home / "settings.json")
    settings.set(SETTING, "seen")
    settings.language = language
    window = MainWindow(settings)
    found: list[str] = []

    def wait(seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            app.processEvents()
            time.sleep(0.005)

    where = ""

    def seen(name: str, widget: QWidget) -> None:
        wrong = findings(widget)
        for _ in range(5):
            if wrong:  # a text that has just come is laid out with the next events
                wait(0.15)
                wrong = findings(widget)
        found.extend(f"{where} {name}: {said}" for said in wrong)
        if folder is not None:
            widget.grab().save(str(folder / f"{where}_{name}.png"))

    project = home / "net.netwright"
    write(read(ROOT / "templates" / "cnn" / "project.netwright"), project)
    for size in sizes:
        where = f"{os.environ.get('QT_SCALE_FACTOR', '1')}_{theme_name}_{language}_{size[0]}"
        window.resize(*size)
        window.show()
        wait(0.2)
        if size == sizes[0]:
            seen("welcome", window)
            window.filing.open_path(project)
            window.document.begin()
            wait(60.0, lambda: bool(window.document.report(GraphRef("network", "main"))))
        walk(window, wait, seen)
    window.shut_down(keep_edits=False)
    window.close()
    return found


def main(arguments: list[str]) -> int:
    """Look at one combination, or at all of them, a process for each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(arguments[-1]).absolute() if arguments and not arguments[0].startswith("-") else None
    if arguments[:1] in (["--one"], ["--quick"]):
        os.environ["QT_SCALE_FACTOR"] = arguments[1]
        sizes = SIZES if arguments[0] == "--one" else SIZES[:1]
        found = one(arguments[2], arguments[3], Path(arguments[4]) if len(arguments) > 4 else None, sizes)
        print("\n".join(found))
        return 1 if found else 0
    if folder is None:
        print(__doc__)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for scale in SCALES:
        for theme_name in THEMES:
            for language in LANGUAGES:
                with tempfile.TemporaryDirectory() as home:
                    # The settings and runs of the person who looks stay out of it.
                    own = {f"XDG_{name}_HOME": home for name in ("CONFIG", "STATE", "DATA", "CACHE")}
                    call = [sys.executable, __file__, "--one", scale, theme_name, language, str(folder)]
                    done = subprocess.run(call, env={**os.environ, **own}, check=False)
                wrong += done.returncode != 0
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
