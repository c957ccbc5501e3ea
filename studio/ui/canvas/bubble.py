"""A small text at the pointer: why a wire is refused, or what lies under the pointer."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.looks.theme import FONT_SMALL, font, theme

Kind = Literal["error", "tip"]

WIDEST = 360


class Bubble(QLabel):
    """A label over the canvas that lets the pointer through and shows its text letter by letter."""

    def __init__(self, parent: QWidget) -> None:
        """Make it, hidden."""
        super().__init__(parent)
        self._over = parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._over_soon = QTimer(self)
        self._over_soon.setSingleShot(True)
        self._over_soon.timeout.connect(self.hide)
        self.hide()

    def tell(
        self,
        text: str,
        at: QPointF,
        kind: Kind = "tip",
        beside: QRectF | None = None,
        *,
        seconds: float | None = None,
    ) -> None:
        """Show a text beside a point of the parent, inside it.

        Args:
            text: what to say.
            at: the point.
            kind: its colours.
            beside: what the text is about and may not cover.
            seconds: how long it stays; None until something hides it.
        """
        tokens = theme()
        back, edge = (
            (tokens.error_soft, tokens.error) if kind == "error" else (tokens.raised, tokens.border_strong)
        )
        style = (
            f"QLabel {{ background: {back}; color: {tokens.text}; border: 1px solid {edge};"
            " border-radius: 6px; padding: 6px 9px; }"
        )
        if style != self.styleSheet():
            self.setStyleSheet(style)
            self.setFont(font(FONT_SMALL + 1))
        if text != self.text() or not self.isVisible():
            self.setWordWrap(False)
            self.setMaximumWidth(WIDEST)
            self.setText(text)
            if self.sizeHint().width() > WIDEST:
                self.setWordWrap(True)
                self.resize(WIDEST, self.heightForWidth(WIDEST))
            else:
                self.adjustSize()
        space = self._over.rect()
        x = min(int(at.x()) + 18, space.right() - self.width() - 4)
        about = QRectF(at, at).adjusted(0.0, -14.0, 0.0, 20.0) if beside is None else beside
        y = int(about.bottom())
        if y + self.height() > space.bottom() - 4:
            y = int(about.top()) - self.height()
        self.move(max(x, 4), max(y, 4))
        self.show()
        self.raise_()
        if seconds is None:
            self._over_soon.stop()
        else:
            self._over_soon.start(round(seconds * 1000))

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait for nothing any more."""
        super().hideEvent(event)
        self._over_soon.stop()
