"""A list of what a plan can choose from: what fits stands first, and typing finds it in both languages."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel

from studio.blocks import Block, Role, every, find
from studio.graph import Message
from studio.ui.panels.fields import Combo
from studio.ui.panels.palette import group_title
from studio.ui.widgets.search_popup import Entry, SearchPopup
from studio.ui.words.matching import words_of
from studio.ui.words.text import languages, say, tr

Kinds = frozenset[str] | None
"""What the data and the network are for; None while that is not known, and everything fits."""

LONG = 8
"""A list of more than so many is searched."""


def suits(block: Block, kinds: Kinds) -> bool:
    """Tell whether something fits the data and the network."""
    return not block.fits or kinds is None or not kinds.isdisjoint(block.fits)


def purpose(block: Block) -> Message:
    """Say what something is for, where it is not for everything."""
    if "embedding" in block.fits:
        return Message("for networks with an embedding")
    if "hidden matrices" in block.fits:
        return Message("for networks with several dense layers")
    if "control" in block.fits:
        return Message("for environments to act in")
    if "text" in block.fits:
        return Message("for texts")
    if "classification" in block.fits:
        return Message("for classes")
    if "segmentation" in block.fits:
        return Message("for a class at every place")
    if "regression" in block.fits:
        return Message("for numbers")
    return Message("for yes or no")


def sorted_by_fit(role: Role, kinds: Kinds) -> list[Block]:
    """Give everything declared for a role, what fits first."""
    return sorted(every(role), key=lambda block: not suits(block, kinds))


class OfferList(Combo):
    """The list; what does not fit stands at its end and says what it is for."""

    opening = Signal()
    """It is about to be opened: what fits may be looked at anew."""

    def __init__(self, role: Role) -> None:
        """Make a list of everything declared for a role.

        Args:
            role: such as `optimizer`.
        """
        super().__init__()
        self._role: Role = role
        self._kinds: Kinds = None
        self._popup: SearchPopup | None = None
        languages.changed.connect(self._fill)
        self._fill()

    def offer(self, kinds: Kinds) -> None:
        """Take what the data and the network are for."""
        if kinds != self._kinds:
            self._kinds = kinds
            self._fill()

    def show_type(self, type: str) -> None:
        """Show what is chosen; a type that this version does not know by its name."""
        declared = find(type, self._role)
        index = self.findData(declared.type if declared is not None else type)
        if index < 0:
            self.addItem(type, type)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def entries(self) -> list[Entry]:
        """Give what the list offers, with its family or, where it does not fit, with what it is for."""
        made: list[Entry] = []
        for block in sorted_by_fit(self._role, self._kinds):
            fits = suits(block, self._kinds)
            aside = group_title(block.group) if fits else say(purpose(block))
            made.append(
                Entry(
                    tr(block.title),
                    words_of(block),
                    partial(self._take, block.type),
                    aside=aside,
                    tip=tr(block.doc),
                    enabled=fits,
                    key=block.type,
                )
            )
        return made

    def showPopup(self) -> None:
        """Open the list; a long one with a line to search it."""
        self.opening.emit()
        if len(every(self._role)) <= LONG:
            super().showPopup()
            return
        # Not a child of this list: it would look like a part of it.
        self._popup = SearchPopup(self.window())
        self._popup.closed.connect(self._popup.deleteLater)
        below = self.mapToGlobal(QPoint(0, self.height()))
        self._popup.open(self.entries(), below, "Search", recent=(self.currentData(),))

    def popup(self) -> SearchPopup | None:
        """Give the open list; None where it was never opened."""
        return self._popup

    def _take(self, type: str) -> None:
        index = self.findData(type)
        self.setCurrentIndex(index)
        self.activated.emit(index)

    def _fill(self) -> None:
        chosen = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            for block in sorted_by_fit(self._role, self._kinds):
                self.addItem(tr(block.title), block.type)
                if not suits(block, self._kinds):
                    item = cast(QStandardItemModel, self.model()).item(self.count() - 1)
                    item.setEnabled(False)
                    item.setToolTip(say(purpose(block)))
            if chosen is not None:
                self.show_type(str(chosen))
