"""How pictures are varied while they are learned from: what can be set, and before and after at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.graph import Message, Value, freeze
from studio.project import Choice
from studio.ui.looking.data_look import DataLook
from studio.ui.looks.icons import live_icon
from studio.ui.looks.theme import FONT_SMALL, SPACE, SPACE_SMALL, SPACE_TINY, colour, font, themes
from studio.ui.panels.data_page_drawing import image_of
from studio.ui.panels.form import Form
from studio.ui.widgets.plain import label
from studio.ui.words.text import languages, live, tr

if TYPE_CHECKING:
    from studio.data.previewing import Preview

PICTURES, EPOCHS = 8, 7
"""How many pictures are shown, and each of them how often varied."""

SIDE = 72
_FORM_WIDTH = 284


class Pairs(QWidget):
    """A row for each picture: as it is, and as the network sees it in some epochs."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self._rows: list[tuple[QImage, list[QImage]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        live(self.setAccessibleName, "Pictures before and after they are varied")
        themes.changed.connect(self.update)
        languages.changed.connect(self.update)

    def show_pairs(self, found: tuple[Preview, ...]) -> None:
        """Show pictures before and after."""
        self._rows = [(image_of(one.before), [image_of(after) for after in one.after]) for one in found]
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Take a row for each picture."""
        wide = (EPOCHS + 1) * (SIDE + SPACE_TINY) + SPACE
        return QSize(wide, self._head() + len(self._rows) * (SIDE + SPACE_TINY))

    def minimumSizeHint(self) -> QSize:
        """Show one variation at least."""
        return QSize(2 * SIDE + SPACE, self.sizeHint().height())

    def _head(self) -> int:
        return self.fontMetrics().height() + SPACE_TINY

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setFont(font(FONT_SMALL))
        painter.setPen(colour("muted"))
        head, middle = self._head(), Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(0, 0, SIDE, head), middle, tr("As it is"))
        left = SIDE + SPACE
        room = int((self.width() - left) / (SIDE + SPACE_TINY))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, self.width() - left, head), side, tr("As the network sees it"))
        for row, (before, after) in enumerate(self._rows):
            top = head + row * (SIDE + SPACE_TINY)
            self._draw(painter, QRectF(0, top, SIDE, SIDE), before)
            for place, image in enumerate(after[: max(room, 1)]):
                self._draw(painter, QRectF(left + place * (SIDE + SPACE_TINY), top, SIDE, SIDE), image)

    def _draw(self, painter: QPainter, room: QRectF, image: QImage) -> None:
        size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            room.center().x() - size.width() / 2,
            room.center().y() - size.height() / 2,
            size.width(),
            size.height(),
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < 2 * image.width())
        painter.drawImage(place, image)
        painter.setPen(QPen(colour("border"), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))


class VariationsView(QWidget):
    """The parameters of the variation, and what they come to, at once."""

    def __init__(self, data: DataLook) -> None:
        """Make it empty.

        Args:
            data: has the pictures.
        """
        super().__init__()
        self._data = data
        self._form: Form | None = None
        self._type = ""
        self._turn = 0
        self.pairs = Pairs()
        self.again = QPushButton()
        live(self.again.setText, "Draw others")
        live_icon(self.again, "refresh")
        self._says = label(role="muted", wrap=True)
        self._holder = QVBoxLayout()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, SPACE_SMALL, 0)
        column.setSpacing(SPACE_SMALL)
        column.addLayout(self._holder)
        column.addWidget(self._says)
        line = QHBoxLayout()
        line.addWidget(self.again)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE_SMALL, 0, 0)
        row.setSpacing(SPACE_SMALL)
        first, second = self._scrolled(left), self._scrolled(self.pairs)
        first.setFixedWidth(_FORM_WIDTH)
        live(first.setAccessibleName, "How pictures are varied")
        live(second.setAccessibleName, "Pictures before and after they are varied")
        row.addWidget(first)
        row.addWidget(second, 1)
        self.again.clicked.connect(self._next)
        data.shown.connect(self.pairs.show_pairs)
        data.varied.connect(self._ask)

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    # -- showing --------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Show what is looked at now."""
        choice = self._data.choice
        if choice is None or self._data.look is None:
            return
        from studio.data.look import varied_by

        names, declared = varied_by(choice), choice.declared("data")
        if not names or declared is None:
            return
        if choice.type != self._type:
            self._type = choice.type
            if self._form is not None:
                self._form.hide()
                self._form.deleteLater()
            self._form = Form([declared.parameters[name] for name in names], folded=False)
            self._form.edited.connect(self._set)
            self._form.reset.connect(self._reset)
            self._holder.addWidget(self._form)
        self._ask()

    def _ask(self) -> None:
        choice = self._data.choice
        if choice is None or self._form is None:
            return
        self._form.show_values(choice.parameters, choice.parameters.keys())
        from studio.data.look import varied_by

        if any(choice.parameters.get(name) not in (None, 0, "none") for name in varied_by(choice)):
            live(self._says.setText, "Each epoch draws anew. Only what is learned from is varied.")
        else:
            live(
                self._says.setText,
                "Nothing is varied yet. Mirror, shift or turn pictures a little, and a network learns from "
                "more than there is.",
            )
        start = self._turn * EPOCHS
        self._data.preview(range(PICTURES), range(start, start + EPOCHS))

    def _next(self) -> None:
        self._turn += 1
        self._ask()

    # -- edits ----------------------------------------------------------------------------------------

    def _set(self, name: str, value: Value) -> None:
        choice = self._data.choice
        if choice is not None:
            self._choose(choice.with_parameter(name, value), name)

    def _reset(self, name: str) -> None:
        choice = self._data.choice
        if choice is not None:
            kept = {key: value for key, value in choice.parameters.items() if key != name}
            self._choose(Choice(choice.type, freeze(kept)), name)

    def _choose(self, choice: Choice, name: str) -> None:
        self._data.choose(
            choice, Message("Change how pictures are varied"), f"plan:data:{choice.type}:{name}"
        )
