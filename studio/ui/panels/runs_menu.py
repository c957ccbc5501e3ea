"""The menus of the table of runs: what else can be done with runs, and which of them are shown and how."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from studio.graph import Message
from studio.ui.looks.icons import icon
from studio.ui.panels.runs_model import RunsModel, state_of
from studio.ui.words.text import say, tr

if TYPE_CHECKING:
    from studio.ui.panels.runs import RunsPanel


def fill_more(panel: RunsPanel, button: QPushButton) -> None:
    """Give a button, and a right click on the table, the menu of what can be done."""
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(lambda: _more(panel, menu))
    button.setMenu(menu)
    panel.table.menu_wanted.connect(lambda at: menu.popup(at))


def fill_view(panel: RunsPanel, button: QPushButton) -> None:
    """Give a button, and a right click on the headings, the menu of what is shown."""
    menu = QMenu(button)
    menu.aboutToShow.connect(lambda: _view(panel, menu))
    button.setMenu(menu)

    def columns(at: QPoint) -> None:
        own = QMenu(panel)
        _columns(panel, own)
        panel.table.pop(own, at)

    panel.table.columns_wanted.connect(columns)


def _add(
    menu: QMenu, text: str, done: Callable[[], object], *, why: Message | None = None, drawing: str = ""
) -> QAction:
    action = menu.addAction(text)
    if drawing:
        action.setIcon(icon(drawing))
    action.triggered.connect(lambda _=False: done())
    action.setEnabled(why is None)
    if why is not None:
        action.setToolTip(say(why))
    return action


def _tick(menu: QMenu, text: str, on: bool, done: Callable[[bool], object]) -> None:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(done)


def _more(panel: RunsPanel, menu: QMenu) -> None:
    menu.clear()
    chosen, none = panel.chosen(), panel.no_choice()
    unread = none
    if chosen is not None and panel.trained(chosen.folder) is None:
        unread = Message("What this run trained cannot be read.")
    _add(
        menu,
        tr("Branch: train on from its weights"),
        lambda: panel.act(panel.branch),
        why=panel.keeps_from_training(),
        drawing="train",
    )
    _add(menu, tr("Restore its project"), lambda: panel.act(panel.restore), why=unread, drawing="undo")
    menu.addSeparator()
    on = chosen is not None and panel.coloured == chosen.folder
    if on:
        _add(menu, tr("Leave the comparison"), lambda: panel.colour.emit(None), drawing="close")
    else:
        _add(
            menu,
            tr("Show the differences on the canvas"),
            lambda: panel.act(panel.colour),
            why=unread,
            drawing="show",
        )
    _add(
        menu,
        tr("Compare the chosen runs"),
        panel.compare,
        why=None if panel.compare_button.isEnabled() else Message("Choose two runs or more."),
        drawing="chart",
    )
    folder = None if chosen is None else chosen.folder
    _add(menu, tr("Hold all runs against this one"), lambda: panel.hold_against("chosen", folder), why=unread)
    menu.addSeparator()
    _add(menu, tr("Open folder"), panel.show_folder, why=none, drawing="folder")
    empty = None if panel.entries() else Message("The table is empty.")
    _add(menu, tr("Save the table as CSV…"), panel.save, why=empty, drawing="export")
    menu.addSeparator()
    count = len(panel.table.chosen_entries())
    text = tr("Delete {count} {count:run|runs}…", count=count) if count else tr("Delete…")
    nothing = None if count else Message("Choose a run first.")
    _add(menu, text, panel.ask_to_delete, why=nothing, drawing="delete")


def _view(panel: RunsPanel, menu: QMenu) -> None:
    menu.clear()
    against = menu.addMenu(tr("Changes against"))
    _tick(against, tr("the run before"), panel.base == "previous", lambda _on: panel.hold_against("previous"))
    _tick(against, tr("the canvas"), panel.base == "canvas", lambda _on: panel.hold_against("canvas"))
    chosen = panel.chosen()
    folder = panel.base_run if panel.base == "chosen" else None if chosen is None else chosen.folder
    _tick(
        against,
        tr("the chosen run"),
        panel.base == "chosen",
        lambda _on: panel.hold_against("chosen", folder) if folder is not None else None,
    )
    _columns(panel, menu.addMenu(tr("Columns")))
    states = {entry.record.status: state_of(entry) for entry in panel.entries()}
    only = menu.addMenu(tr("Only these states"))
    only.setEnabled(len(states) > 1 or bool(panel.table.filter.states))
    for state, said in states.items():
        _tick(
            only,
            said,
            state in panel.table.filter.states,
            partial(_state, panel, state),
        )
    tags = sorted({tag for entry in panel.entries() for tag in entry.tags})
    tagged = menu.addMenu(tr("Only these tags"))
    tagged.setEnabled(bool(tags))
    for tag in tags:
        _tick(
            tagged,
            tag.replace("&", "&&"),
            tag in panel.table.filter.tags,
            partial(_tag, panel, tag),
        )
    menu.addSeparator()
    _add(menu, tr("Show all runs"), lambda: _show_all(panel)).setEnabled(panel.table.filter.narrowed)


def _state(panel: RunsPanel, state: str, on: bool) -> None:
    _narrow(panel, states={**_on(panel.table.filter.states), state: on})


def _tag(panel: RunsPanel, tag: str, on: bool) -> None:
    _narrow(panel, tags={**_on(panel.table.filter.tags), tag: on})


def _on(chosen: frozenset[str]) -> dict[str, bool]:
    return dict.fromkeys(chosen, True)


def _narrow(
    panel: RunsPanel, states: dict[str, bool] | None = None, tags: dict[str, bool] | None = None
) -> None:
    panel.table.filter.only(states, tags)
    panel.table.chosen.emit()


def _show_all(panel: RunsPanel) -> None:
    panel.search.clear()
    _narrow(
        panel, dict.fromkeys(panel.table.filter.states, False), dict.fromkeys(panel.table.filter.tags, False)
    )


def _columns(panel: RunsPanel, menu: QMenu) -> None:
    model: RunsModel = panel.model
    wanted = panel.table.wanted

    def choose(id: str, on: bool) -> None:
        panel.show_columns([*(one for one in wanted if one != id), *([id] if on else [])])

    last = "begun"
    for column in model.columns:
        group = column.id.partition(":")[0] if ":" in column.id else "begun"
        if group != last:
            menu.addSeparator()
            last = group
        _tick(
            menu,
            column.title().replace("&", "&&"),
            column.id in wanted,
            partial(choose, column.id),
        )
