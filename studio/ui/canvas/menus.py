"""The menus of the right button: on a node, on a wire, on the canvas."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studio.graph import Wire
from studio.project import COMPOSITE
from studio.ui.canvas.colouring import colours
from studio.ui.canvas.gestures.lead import put_point, straighten
from studio.ui.canvas.hits import Hit
from studio.ui.canvas.keys import BY_ID, run, shown
from studio.ui.canvas.locking import LOOKING
from studio.ui.editing.composites import definition_of
from studio.ui.looks.icons import icon
from studio.ui.panels.palette import available, family_icon, family_of, family_role, group_title, title_of
from studio.ui.words.text import tr

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

NODE = (
    "rename",
    "open",
    "connect",
    "next_wire",
    "",
    "cut",
    "copy",
    "duplicate",
    "",
    "bypass",
    "freeze",
    "collapse",
    "trim",
    "pin",
    "frame",
    "",
    "group",
    "ungroup",
    "unique",
    "keep",
    "",
    "upstream",
    "downstream",
    "",
    "delete_rejoin",
    "delete",
)
ALIGN = (
    "arrange",
    "",
    "align_left",
    "align_column",
    "align_right",
    "",
    "align_top",
    "align_row",
    "align_bottom",
    "",
    "distribute_across",
    "distribute_down",
)
"""What can be done with several nodes only."""
OF_COMPOSITES = ("open", "ungroup", "unique", "keep")
"""What can be done with composites only."""
CANVAS = (
    "search",
    "paste",
    "note",
    "",
    "select_all",
    "invert",
    "arrange",
    "turn",
    "",
    "frame_all",
    "zoom_100",
    "minimap",
    "lock",
    "",
    "picture",
)
DECOR = ("rename", "", "delete")


def menu_for(view: CanvasView, hit: Hit, at: QPointF) -> QMenu:
    """Make the menu for what lies under the pointer.

    Args:
        view: the canvas.
        hit: what was met.
        at: where, in canvas units.
    """
    menu = QMenu(view)
    if hit.node:
        opens = view.canvas.cards.graph.nodes[hit.node].type == COMPOSITE
        _fill(menu, view, tuple(id for id in NODE if id not in OF_COMPOSITES or opens))
        if len(view.canvas.selection.nodes) > 1:
            several = QMenu(tr("Align and distribute"), menu)
            several.setIcon(icon("align"))
            _fill(several, view, ALIGN)
            menu.insertMenu(menu.actions()[-3], several).setEnabled(not view.locked)
        _offer_lock(menu, view)
    elif hit.wire is not None and view.locked:
        _add_flow(menu, view, hit.wire)
        menu.addSeparator()
        _fill(menu, view, ("lock",))
    elif hit.wire is not None:
        wire = hit.wire
        _add_blocks(menu.addMenu(icon("add"), tr("Insert block")), view, wire, at)
        enable = tr("Disable") if wire.enabled else tr("Enable")
        _add(menu, enable, shown(BY_ID["wire"]), "unlink", view.commands.enable_wires)
        keys = tr("Alt+click")
        _add(menu, tr("Lead it through this point"), keys, "", functools.partial(put_point, view, wire, at))
        if view.canvas.wires[wire].way.stops:
            _add(menu, tr("Take all points out"), "", "", functools.partial(straighten, view, wire))
        _add_flow(menu, view, wire)
        menu.addSeparator()
        _fill(menu, view, ("delete",))
    elif hit.frame or hit.note:
        _fill(menu, view, DECOR)
        if hit.frame:
            menu.insertMenu(menu.actions()[1], colours(view, menu)).setEnabled(not view.locked)
        _offer_lock(menu, view)
    else:
        _fill(menu, view, CANVAS)
    return menu


def _offer_lock(menu: QMenu, view: CanvasView) -> None:
    """Offer to unlock a locked canvas, where most of a menu is switched off."""
    if view.locked:
        menu.addSeparator()
        _fill(menu, view, ("lock",))


def _add_flow(menu: QMenu, view: CanvasView, wire: Wire) -> None:
    """Offer to see what flows through a wire: it changes nothing."""
    flows = functools.partial(view.document.flow_wanted.emit, view.ref, wire.source.node)
    _add(menu, tr("What flows here"), "", "show", flows)


def _add_blocks(menu: QMenu, view: CanvasView, wire: Wire, at: QPointF) -> None:
    """List every block that can stand in a wire, by family."""
    families: dict[str, QMenu] = {}
    for block in available(view.document):
        if not block.inputs or not block.outputs:
            continue
        family = family_of(block)
        if family not in families:
            families[family] = menu.addMenu(icon(family_icon(block), family_role(block)), group_title(family))
        add = functools.partial(view.commands.add, block.type, at, definition_of(block), wire=wire)
        _add(families[family], title_of(block), "", "", add)


def _fill(menu: QMenu, view: CanvasView, ids: tuple[str, ...]) -> None:
    """Add commands; on a locked canvas those that change something are switched off."""
    for id in ids:
        if not id:
            menu.addSeparator()
            continue
        key = BY_ID[id]
        action = _add(menu, tr(key.text), shown(key), key.icon, functools.partial(run, view, key))
        action.setEnabled(id in LOOKING or not view.locked)


def _add(menu: QMenu, text: str, keys: str, picture: str, run: Callable[[], object]) -> QAction:
    # The keys are shown beside the text, not set: the canvas takes its keys itself.
    action = menu.addAction(f"{text.replace('&', '&&')}\t{keys}" if keys else text.replace("&", "&&"))
    if picture:
        action.setIcon(icon(picture))
    action.triggered.connect(lambda *_: run())
    return action
