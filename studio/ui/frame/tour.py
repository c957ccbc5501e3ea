"""Six steps through the window: each lights a part of it up and says in two sentences what it is for.

Nothing is locked meanwhile: a person can try what a step speaks of, and go on or skip the rest at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.graph import Message
from studio.ui.keys.actions import is_enter
from studio.ui.looks.theme import SPACE, SPACE_SMALL, theme, themes
from studio.ui.looks.tokens import RADIUS
from studio.ui.widgets.plain import label
from studio.ui.words.text import languages, live

if TYPE_CHECKING:
    from studio.ui.window import MainWindow

SETTING = "tour"
"""Under which the settings remember that the tour was seen."""

CANVAS, TRAIN_BAR = "canvas", "train bar"
"""Parts that are no docks."""

LOW = 80
"""Up to this height a part is a bar, in pixels."""

CARD = 380
"""How wide the card is, in pixels."""


@dataclass(frozen=True)
class Step:
    """One stop: a title, what is said, and the part that is lit up: a dock, the canvas or the train bar."""

    title: Message
    text: Message
    part: str


STEPS = (
    Step(
        Message("Blocks"),
        Message(
            "Drag a block onto the canvas, or press Tab there and type a few letters of its name, in English "
            "or Chinese."
        ),
        "palette",
    ),
    Step(
        Message("The canvas"),
        Message(
            "Pull wires from port to port. Each shows the shape that flows through it, and what does not fit "
            "is refused with the reason. Everything can be undone."
        ),
        CANVAS,
    ),
    Step(
        Message("The inspector"),
        Message(
            "Choose a block to set its parameters; sizes of what arrives are read off by themselves. F1 "
            "explains the block."
        ),
        "inspector",
    ),
    Step(
        Message("Problems"),
        Message(
            "Every mistake is listed with what was expected and what arrived, and often with a mend to "
            "click. F8 goes to the next one."
        ),
        "problems",
    ),
    Step(
        Message("Training"),
        Message(
            "Choose a device and press Train: curves are drawn live while you go on working. What is "
            "trained, on which data and how is in the inspector while no block is chosen."
        ),
        TRAIN_BAR,
    ),
    Step(
        Message("Judge and take away"),
        Message(
            "Look at what the trained network gets wrong, then export it: weights, plain PyTorch code, ONNX "
            "and more."
        ),
        "evaluation",
    ),
)
"""The stops in their order."""


class Tour(QObject):
    """Leads through the window.

    Attributes:
        card: what is read; hidden while there is no tour.
    """

    def __init__(self, window: MainWindow) -> None:
        """Begin at rest."""
        super().__init__(window)
        self._window = window
        self._veil = _Veil(window)
        self.card = Card(window)
        self._step = -1
        self.card.next.clicked.connect(lambda: self.go(self._step + 1))
        self.card.back.clicked.connect(lambda: self.go(self._step - 1))
        self.card.skip.clicked.connect(self.end)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._place)
        languages.changed.connect(self._later.start)
        themes.changed.connect(self._veil.update)
        window.installEventFilter(self)

    @property
    def step(self) -> int:
        """Which stop is shown, from 0; -1 while there is no tour."""
        return self._step

    def at_first(self) -> None:
        """Begin where nobody has seen it yet; called when a project is shown."""
        if self._window.settings.get(SETTING) is None:
            QTimer.singleShot(0, self, self.start)

    def start(self) -> None:
        """Begin with the first stop."""
        if not self._window.at_welcome:
            self._window.zen.leave()
            self.go(0)

    def go(self, step: int) -> None:
        """Show a stop; the tour ends behind the last one."""
        if not 0 <= step < len(STEPS):
            self.end()
            return
        self._step, stop = step, STEPS[step]
        dock = "training" if stop.part == TRAIN_BAR else stop.part
        if dock != CANVAS:
            self._window.workspace.docks.show(dock)
        self.card.show_step(stop, step, len(STEPS))
        for widget in (self._veil, self.card):
            widget.show()
            widget.raise_()
        self._place()
        self._later.start(60)  # a dock that has just come up has its size after the next layout
        self.card.next.setFocus()

    def end(self) -> None:
        """Put everything away, and remember that it was seen."""
        if self._step < 0:
            return
        self._step = -1
        self._veil.hide()
        self.card.hide()
        self._window.settings.set(SETTING, "seen")
        view = self._window.workspace.networks.view
        if view is not None and not self._window.at_welcome:
            view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self._step >= 0:
            self._later.start(0)
        return super().eventFilter(watched, event)

    def _part(self) -> QWidget:
        """Give what the stop lights up."""
        window, part = self._window, STEPS[self._step].part
        if part == CANVAS:
            return window.workspace.networks
        return window.toolbar.train_bar if part == TRAIN_BAR else window.workspace.docks[part]

    def _place(self) -> None:
        if self._step < 0:
            return
        window, part = self._window, self._part()
        lit = QRect(part.mapTo(window, QPoint(0, 0)), part.size()) if part.isVisible() else QRect()
        self._veil.setGeometry(window.rect())
        self._veil.light(lit)
        width = min(CARD, window.width() - 2 * SPACE)
        # Not `adjustSize`: it takes a wrapped text for as wide as it likes.
        self.card.resize(width, self.card.heightForWidth(width))
        self.card.move(beside(lit, self.card.rect(), window.rect()))


def beside(lit: QRect, card: QRect, room: QRect) -> QPoint:
    """Give where a card stands: beside, above or below what is lit up, else in its middle.

    Args:
        lit: what it speaks of.
        card: its size.
        room: where it must stay.
    """
    inner = room.adjusted(SPACE, SPACE, -SPACE, -SPACE)
    middle = lit.center() - card.center()
    places = (
        QPoint(lit.right() + SPACE, middle.y()),
        QPoint(lit.left() - SPACE - card.width(), middle.y()),
        QPoint(middle.x(), lit.top() - SPACE - card.height()),
        QPoint(middle.x(), lit.bottom() + SPACE),
    )
    # Below a bar, not in the bar beside it.
    for place in places if lit.height() > LOW else places[::-1]:
        moved = _inside(place, card, inner)
        if not QRect(moved, card.size()).intersects(lit):
            return moved
    return _inside(middle if lit.isValid() else inner.center() - card.center(), card, inner)


def _inside(place: QPoint, card: QRect, inner: QRect) -> QPoint:
    x = max(inner.left(), min(place.x(), inner.right() - card.width()))
    return QPoint(x, max(inner.top(), min(place.y(), inner.bottom() - card.height())))


class Card(QFrame):
    """What a stop says, with buttons to go on, back, or skip the rest."""

    def __init__(self, parent: QWidget) -> None:
        """Make it, hidden."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAutoFillBackground(True)
        self.title = label(role="heading", wrap=True)
        self.text = label(wrap=True)
        self.place = label(role="muted")
        self.skip, self.back, self.next = QPushButton(), QPushButton(), QPushButton()
        self.skip.setProperty("kind", "flat")
        self.next.setProperty("kind", "primary")
        live(self.skip.setText, "Skip")
        live(self.back.setText, "Back")
        live(self.next.setText, "Next")
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.place)
        row.addStretch(1)
        for button in (self.skip, self.back, self.next):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(SPACE_SMALL)
        column.addLayout(row)
        self.hide()

    def show_step(self, stop: Step, step: int, count: int) -> None:
        """Show a stop.

        Args:
            stop: what is said.
            step: which one it is, from 0.
            count: how many there are.
        """
        live(self.title.setText, "{text}", text=stop.title)
        live(self.text.setText, "{text}", text=stop.text)
        live(self.place.setText, "{step} of {count}", step=step + 1, count=count)
        live(self.next.setText, "Next" if step + 1 < count else "Begin")
        self.skip.setVisible(step + 1 < count)
        self.back.setVisible(step > 0)
        live(self.setAccessibleName, "{text}", text=stop.title)
        live(self.setAccessibleDescription, "{text}", text=stop.text)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep the keyboard in the card: Tab goes round its buttons, Esc leaves it."""
        buttons = [button for button in (self.skip, self.back, self.next) if button.isVisible()]
        if not buttons:  # it hides, and Qt looks for another place for the keyboard
            return super().focusNextPrevChild(next)
        held = [place for place, button in enumerate(buttons) if button.hasFocus()]
        goal = buttons[((held[0] if held else -1) + (1 if next else -1)) % len(buttons)]
        goal.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Skip the rest by Esc; Enter presses the button that has the keyboard, which Qt leaves to Space."""
        held = next((button for button in (self.skip, self.back) if button.hasFocus()), self.next)
        if event.key() == Qt.Key.Key_Escape:
            (self.skip if self.skip.isVisible() else self.next).click()
        elif is_enter(event):
            held.click()
        else:
            super().keyPressEvent(event)


class _Veil(QWidget):
    """Darkens the window but for one part; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lit = QRect()
        self.hide()

    def light(self, lit: QRect) -> None:
        """Leave a part undarkened."""
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken, and draw a line around the part."""
        around, hole = QPainterPath(), QPainterPath()
        around.addRect(QRectF(self.rect()))
        if self._lit.isValid():
            hole.addRoundedRect(QRectF(self._lit).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(around.subtracted(hole), QColor(0, 0, 0, 96))
        painter.setPen(QPen(QColor(theme().accent), 2.0))
        painter.drawPath(hole)
        painter.end()
