"""Every text that a window shows now: of widgets, lists, tables, menus, tool tips, charts and the canvas."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from studio.ui.canvas import CanvasView

Word = tuple[str, str]
"""Where a text is shown, and the text."""

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def words(window: QWidget) -> list[Word]:
    """Give every text that is shown, or that shows when the pointer rests or a menu opens."""
    found = [("title", window.windowTitle())]
    if isinstance(window, QMainWindow):
        for menu in window.menuBar().actions():
            found += _action("menu", menu)
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            kind = type(widget).__name__
            found += [(kind, text) for text in _texts(widget)]
    return [(where, plain) for where, text in found if (plain := _plain(text))]


def _plain(text: str) -> str:
    """Give a text as it is read: without marks of HTML, and without the letters of a menu."""
    if text.startswith("<"):
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return re.sub(r"\(&\w\)|&", "", text).split("\t")[0].strip()


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.accessibleName()
    match widget:
        case CanvasView():
            for item in widget.canvas.nodes.values():
                yield from (item.card.title, item.card.line)
        case QLabel():
            yield widget.text()
        case QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(index) for index in range(widget.count()))
            yield from (widget.tabToolTip(index) for index in range(widget.count()))
        case QGroupBox():
            yield widget.title()
        case QDockWidget():
            yield widget.windowTitle()
        case QPlainTextEdit():
            pass  # code is code in every language
        case QAbstractItemView():
            model = widget.model()
            # The columns of a plain list are nobody's business, Qt says.
            yield from _items(model, QModelIndex(), one=isinstance(widget, QListView))
            if isinstance(widget, QListView):
                return
            for way, count in (
                (Qt.Orientation.Horizontal, model.columnCount()),
                (Qt.Orientation.Vertical, model.rowCount()),
            ):
                yield from (str(model.headerData(place, way) or "") for place in range(count))
        case _:
            pass


def _items(model: QAbstractItemModel, parent: QModelIndex, *, one: bool = False) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(1 if one else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(index.data(role) or "") for role in _ROLES)
            if not one:
                yield from _items(model, index)


def _action(where: str, action: QAction) -> Iterator[Word]:
    yield where, action.text()
    yield where, action.toolTip()
    menu = action.menu()
    if isinstance(menu, QMenu):
        for inner in menu.actions():
            yield from _action(f"{where} > {action.text()}", inner)
