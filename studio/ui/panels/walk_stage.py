"""One step of the walk: what arrives at a node, what it does, what leaves it, and how its weights are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Node
from studio.project import COMPOSITE, GraphRef, Project, block_of
from studio.ui.canvas.card import one_line, title_of
from studio.ui.canvas.summary import BETWEEN, summary
from studio.ui.editing.composites import told
from studio.ui.looking.flowing import Path
from studio.ui.looks.theme import FONT_SMALL, RADIUS, SPACE, SPACE_SMALL, SPACE_TINY, colour, font, themes
from studio.ui.panels.bars import Bars
from studio.ui.widgets.flow_pictures import draw_picture, draw_spread, image_of, number, reach
from studio.ui.widgets.plain import label, tip
from studio.ui.words.figures import count
from studio.ui.words.text import fixed, live, tr

if TYPE_CHECKING:
    from studio.train.flowing.peek import Leaving, NodeView, Seen
    from studio.train.flowing.showing import Numbers, Picture, Spread

SHOWN = 3
"""How many tensors of one side are drawn."""


class Look(QWidget):
    """A picture or a histogram under a line that says what it is."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.picture: Picture | None = None
        self.spread: Spread | None = None
        self.said = ""
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 64)
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Be large enough to see something."""
        return QSize(200, 160)

    def show_picture(self, picture: Picture, said: str) -> None:
        """Draw a picture."""
        if picture != self.picture:
            self._image = image_of(picture)
        self.picture, self.spread = picture, None
        self._say(said)

    def show_spread(self, spread: Spread, said: str) -> None:
        """Draw a histogram."""
        self.picture, self.spread = None, spread
        self._say(said)

    def _say(self, said: str) -> None:
        self.said = said
        self.setAccessibleName(said)
        self.setToolTip(tip(self.below(whole=True)))
        self.show()
        self.update()

    def below(self, *, whole: bool = False) -> str:
        """Say from where to where the numbers go, and how much of them is drawn.

        Args:
            whole: with what there is no room for below the picture.
        """
        if self.spread is not None:
            found = self.spread
            if not whole:
                return reach(found.low, found.high)
            return tr(
                "{reach}, mean {mean}, deviation {deviation}",
                reach=reach(found.low, found.high),
                mean=number(found.mean),
                deviation=number(found.deviation),
            )
        picture = self.picture
        if picture is None or picture.kind == "image":
            return ""
        said = reach(picture.low, picture.high)
        if picture.total > picture.tiles > 0:
            said += "  ·  " + tr("first {shown} of {total}", shown=picture.tiles, total=picture.total)
        if picture.averaged and picture.kind == "bars":
            said += "  ·  " + tr("{total} values, neighbours averaged", total=picture.total)
        elif picture.averaged:
            said += "  ·  " + tr("neighbours averaged")
        return said

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it with its two lines of text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_SMALL))
        metrics = painter.fontMetrics()
        line = metrics.height() + 2
        painter.setPen(colour("muted"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        top = QRectF(0.0, 0.0, self.width(), line)
        painter.drawText(top, left, metrics.elidedText(self.said, elide, self.width()))
        below = self.below()
        under = line if below else 0
        bottom = QRectF(0.0, self.height() - line, self.width(), line)
        painter.drawText(bottom, left, metrics.elidedText(below, elide, self.width()))
        room = QRectF(0.0, line + 2.0, self.width(), self.height() - line - under - 4.0)
        if room.height() < 8.0:
            return
        if self.spread is not None:
            draw_spread(painter, room, self.spread)
        elif self.picture is not None:
            if self.picture.kind == "bars":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour("hover"))
                painter.drawRoundedRect(room, RADIUS, RADIUS)
                room = room.adjusted(6.0, 6.0, -6.0, -6.0)
            draw_picture(painter, room, self.picture, self._image)


class _Side(QWidget):
    """Some looks beside each other; as many are shown as there are."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE_SMALL)
        self.looks: list[Look] = []

    def take(self, count: int) -> list[Look]:
        """Give so many looks, and hide the others."""
        while len(self.looks) < count:
            look = Look()
            self.looks.append(look)
            self._row.addWidget(look, 1)
        for look in self.looks[count:]:
            look.hide()
        self.setVisible(count > 0)
        return self.looks[:count]


class Stage(QStackedWidget):
    """What is seen of one step, or why there is nothing to see."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.words = label(role="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self.words)
        self._page = QWidget()
        row = QHBoxLayout(self._page)
        row.setContentsMargins(0, SPACE_TINY, 0, 0)
        row.setSpacing(SPACE)
        self.sample, self.truth, self.bars = Look(), label(role="muted", wrap=True), Bars()
        self.bars.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        first = self._column(row, 5)
        beside = QHBoxLayout()
        beside.setSpacing(SPACE_SMALL)
        beside.addWidget(self.sample, 1)
        beside.addWidget(self.bars, 1)
        first.addLayout(beside, 1)
        first.addWidget(self.truth)
        self.arriving, self.leaving, self.spreads = _Side(), _Side(), _Side()
        row.addWidget(self.arriving, 5)
        self.name = label(role="heading", wrap=True)
        self.does, self.shapes, self.numbers = (
            label(wrap=True),
            label(wrap=True),
            label(role="muted", wrap=True),
        )
        self.warning = label(role="warning", wrap=True)
        words = QWidget()
        middle = QVBoxLayout(words)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(SPACE_TINY)
        for part in (self.name, self.does, self.shapes, self.numbers, self.warning):
            middle.addWidget(part)
        middle.addStretch(1)
        scroll = QScrollArea()  # a low panel shows the pictures whole, and the words as far as there is room
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setMinimumSize(150, 60)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(words)
        scroll.viewport().setAutoFillBackground(False)
        words.setAutoFillBackground(False)
        row.addWidget(scroll, 5)
        row.addWidget(self.leaving, 6)
        row.addWidget(self.spreads, 4)
        self.addWidget(self._page)

    def _column(self, row: QHBoxLayout, share: int) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE_TINY)
        row.addLayout(column, share)
        return column

    def hasHeightForWidth(self) -> bool:
        """Take the height that there is, however the words run: else a low dock would scroll the pictures."""
        return False

    def said(self, template: str) -> None:
        """Say why there is nothing to see."""
        live(self.words.setText, template)
        self.setCurrentIndex(0)

    def tell(self, text: str) -> None:
        """Say what went wrong."""
        fixed(self.words.setText, text)
        self.setCurrentIndex(0)

    def waits(self, project: Project, ref: GraphRef, path: Path) -> None:
        """Show the node, while what flows through it is looked for; what was shown before stays."""
        if self.currentIndex() == 0:
            self.said("One moment: the network is being looked into.")
        else:
            self._show_node(project, ref, path)

    def show_step(
        self,
        project: Project,
        ref: GraphRef,
        path: Path,
        sources: Sequence[tuple[Path, str]],
        seen: Seen,
    ) -> None:
        """Show a node with what arrives and leaves.

        Args:
            project: what is drawn.
            ref: the graph that the node stands in.
            path: the node.
            sources: the nodes that feed it, with the ports that the wires leave.
            seen: what was seen.
        """
        self.setCurrentIndex(1)
        self._show_sample(seen)
        node = self._show_node(project, ref, path)
        view = seen.nodes.get(path)
        arriving = [
            (_named(project, ref, source, port), found)
            for source, port in sources
            if (found := _leaving(seen.nodes.get(source), port)) is not None
        ]
        for look, (name, found) in zip(self.arriving.take(min(len(arriving), SHOWN)), arriving, strict=False):
            look.show_picture(found.picture, tr("Arrives from {name}", name=name))
        attention = view.attention[:SHOWN] if view is not None else ()
        leaving = view.leaving[:SHOWN] if view is not None else ()
        looks = self.leaving.take(len(attention) + len(leaving))
        for look, one in zip(looks, leaving, strict=False):
            said = tr("Leaves") if len(leaving) == 1 else tr("Leaves at {port}", port=one.port)
            look.show_picture(one.picture, tr("The output") if node.type == "output" else said)
        for look, (name, picture) in zip(looks[len(leaving) :], attention, strict=False):
            said = tr("Attention, {count} {count:head|heads}", count=picture.total)
            look.show_picture(picture, f"{said} ({name})" if name else said)
        spreads = []
        if view is not None and view.weights is not None:
            spreads.append((view.weights, tr("Weights: {count}", count=count(view.weights.count))))
        if view is not None and view.gradients is not None:
            spreads.append((view.gradients, tr("Gradients")))
        for look, (spread, said) in zip(self.spreads.take(len(spreads)), spreads, strict=False):
            look.show_spread(spread, said)
        self._show_numbers([found.numbers for _, found in arriving], [one.numbers for one in leaving])
        if not leaving:
            fixed(self.numbers.setText, tr("Nothing flows through this node for this sample."))

    def _show_sample(self, seen: Seen) -> None:
        own = seen.ask.own is not None
        which = tr("Your own sample") if own else tr("Sample {number}", number=seen.index)
        self.sample.setVisible(seen.sample is not None)
        if seen.sample is not None:
            self.sample.show_picture(seen.sample, which)
        known = seen.truth is not None and seen.truth < len(seen.classes)
        words = [] if seen.sample is not None else [f"{which}."]
        if known and seen.truth is not None:
            words.append(tr("It is “{name}”.", name=seen.classes[seen.truth]))
        if seen.chances:
            likeliest = max(seen.chances, key=lambda pair: pair[1])
            words.append(tr("Taken for “{name}”.", name=likeliest[0]))
        fixed(self.truth.setText, "\n".join(part for part in (seen.words, " ".join(words)) if part))
        self.bars.setVisible(bool(seen.chances))
        chances = seen.chances if len(seen.chances) <= 10 else sorted(seen.chances, key=lambda p: -p[1])
        self.bars.show_chances(chances)

    def _show_node(self, project: Project, ref: GraphRef, path: Path) -> Node:
        graph = project.graph(ref)
        node = graph.nodes[path[-1]]
        block = block_of(project, graph, node)
        name, title = one_line(node.name), title_of(block)
        fixed(self.name.setText, name if name == title else f"{name} · {title}")
        set_by_hand = summary(block, node)
        if node.type == "input":  # its sizes come first, and are said where they leave it
            set_by_hand = BETWEEN.join(set_by_hand.split(BETWEEN)[1:])
        does = told(block) if node.type == COMPOSITE else tr(block.doc)
        fixed(self.does.setText, "\n".join(part for part in (does, set_by_hand) if part))
        return node

    def _show_numbers(self, arriving: Sequence[Numbers], leaving: Sequence[Numbers]) -> None:
        before = ", ".join(_sizes(one) for one in arriving)
        after = ", ".join(_sizes(one) for one in leaving)
        if before and after:
            said = f"{before}  →  {after}"
        elif after:
            said = tr("Leaves: {sizes}", sizes=after)
        else:
            said = tr("Arrives: {sizes}", sizes=before) if before else ""
        fixed(self.shapes.setText, said)
        lines, warnings = [], []
        for one in leaving[:1]:
            lines.append(
                tr(
                    "{reach}, mean {mean}, {zeros} % zeros",
                    reach=reach(one.low, one.high),
                    mean=number(one.mean),
                    zeros=f"{100 * one.zeros:.0f}",
                )
            )
            if one.silent:
                lines.append(
                    tr("{silent} of {units} units are 0 everywhere", silent=one.silent, units=one.units)
                )
            if one.bad:
                warnings.append(tr("{count} {count:number is|numbers are} infinite or NaN", count=one.bad))
        fixed(self.numbers.setText, "\n".join(lines))
        fixed(self.warning.setText, "\n".join(warnings))
        self.warning.setVisible(bool(warnings))


def _sizes(found: Numbers) -> str:
    return " × ".join(map(str, found.shape)) or tr("one number")


def _leaving(view: NodeView | None, port: str) -> Leaving | None:
    if view is None:
        return None
    return next((one for one in view.leaving if one.port == port), None)


def _named(project: Project, ref: GraphRef, path: Path, port: str) -> str:
    graph = project.graph(ref)
    node = graph.nodes[path[-1]]
    several = len(block_of(project, graph, node).outputs) > 1
    return f"{one_line(node.name)} ({port})" if several else one_line(node.name)
