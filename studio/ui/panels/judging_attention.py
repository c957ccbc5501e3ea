"""Where the layers of a network look for one sample: as a map of places, and laid over the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from studio.project import Project
from studio.ui.looking.judging import Judge, Opened
from studio.ui.looks.theme import FONT_SMALL, SPACE_SMALL, colour, font, themes
from studio.ui.panels.judging_inside import InsideView
from studio.ui.panels.judging_sample import SampleLook, heat_image
from studio.ui.panels.judging_why import small_choice
from studio.ui.widgets.flow_pictures import colour_table
from studio.ui.words.figures import share
from studio.ui.words.text import live, tr

if TYPE_CHECKING:
    from studio.train.judging.inside import Attention, Looking
    from studio.train.judging.trying import Tried


OF_WORDS = (
    "Bright cells: the place of the row looks at that of the column. Click a row to see it in the "
    "sample. Rollout follows the looks back through all layers."
)
ON_PICTURE = "Bright cells are looked at; on the picture they are orange."
OVER_PICTURE = (
    "Bright cells: the part of the row looks at that of the column. Click a row to see it on the picture."
)
"""How a map is read: of words, of one look at a picture, and of all parts of a picture at each other."""


class AttentionMap(QWidget):
    """How much each place (row) looks at each other one (column)."""

    picked = Signal(int)
    """A row was clicked: its place."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self._looking: Looking | None = None
        self._rows: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._image = QImage()
        self._values: tuple[float, ...] = ()
        self._area = QRectF()
        self._at: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live(self.setAccessibleName, "Attention")
        themes.changed.connect(self.update)

    def show_head(self, looking: Looking | None, head: int) -> None:
        """Show one head of a layer."""
        self._looking, self._at = looking, None
        if looking is not None:
            self._values = looking.heads[min(head, len(looking.heads) - 1)]
            most = max(self._values, default=0.0) or 1.0
            data = bytes(round(255 * min(max(value / most, 0.0), 1.0)) for value in self._values)
            tall, wide = self._sizes(looking)
            image = QImage(data, wide, tall, wide, QImage.Format.Format_Indexed8)
            image.setColorTable(colour_table())
            self._image = image.convertToFormat(QImage.Format.Format_RGB32)
            self._rows, self._columns = (
                words if len(words) <= 48 else () for words in (looking.rows, looking.columns)
            )
        self.update()

    @staticmethod
    def _lies_on_picture(looking: Looking) -> bool:
        return looking.grid is not None and looking.queries == 1

    def _sizes(self, looking: Looking) -> tuple[int, int]:
        """Give the rows and columns of cells: those of the picture where one place looks at all of it."""
        if looking.grid is not None and self._lies_on_picture(looking):
            return looking.grid
        return looking.queries, looking.keys

    def sizeHint(self) -> QSize:
        """Take a square."""
        return QSize(220, 200)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(120, 100)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read a cell."""
        looking, area = self._looking, self._area
        self._at = None
        if looking is not None and area.contains(event.position()):
            place = event.position() - area.topLeft()
            tall, wide = self._sizes(looking)
            column = int(place.x() / area.width() * wide)
            row = int(place.y() / area.height() * tall)
            self._at = (min(row, tall - 1), min(column, wide - 1))
            value = self._values[self._at[0] * wide + self._at[1]]
            names = [
                f"“{words[place]}”" if words else str(place + 1)
                for place, words in zip(self._at, (self._rows, self._columns), strict=True)
            ]
            self.setToolTip(
                tr("Row {row}, column {column}: {share}", row=names[0], column=names[1], share=share(value))
                if self._lies_on_picture(looking)
                else tr("{query} looks at {key}: {share}", query=names[0], key=names[1], share=share(value))
            )
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick a row."""
        self.mouseMoveEvent(event)
        if self._at is not None and self._looking is not None and not self._lies_on_picture(self._looking):
            self.picked.emit(self._at[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, and the words beside and above them."""
        looking = self._looking
        if looking is None or self._image.isNull():
            return
        painter = QPainter(self)
        painter.setFont(font(FONT_SMALL))
        metrics = QFontMetricsF(painter.font())
        broad = [
            max(map(metrics.horizontalAdvance, words), default=0.0) for words in (self._rows, self._columns)
        ]
        beside, above = (min(most + 6, self.width() * 0.25) if most else 0.0 for most in broad)
        # Short words stand upright above their columns.
        tall, across = self._sizes(looking)
        lying = broad[1] + 4 > min((self.width() - beside) / across, max(self.height() / tall, 1.0))
        above = above if lying else min(above, metrics.height() + 4)
        wide, high = self.width() - beside - 2, self.height() - above - 2
        # Cells are squares, and a single row is high enough to be pointed at.
        side = min(wide / across, max(high / tall, 1.0))
        wide = side * across
        high = min(high, max(side * tall, 3 * metrics.height()))
        self._area = QRectF(beside, above, wide, high)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, wide < across)
        painter.drawImage(self._area, self._image)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for words, length, room, axis in ((self._rows, high, beside, 0), (self._columns, wide, above, 1)):
            if not words:
                continue
            step = length / len(words)
            every = 1 if axis and not lying else max(1, -int(-(metrics.height() - 2) // step))
            for number, word in enumerate(words):
                strong = self._at is not None and number == self._at[axis]
                painter.setPen(colour("text" if strong else "muted"))
                if number % every and not strong:
                    continue
                shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room - 6)
                if axis == 0:
                    painter.drawText(QRectF(0, above + number * step, beside - 4, step), right, shown)
                    continue
                if not lying:
                    place = QRectF(beside + number * step, 0, step, above)
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)
                    continue
                painter.save()
                painter.translate(beside + number * step, above - 4)
                painter.rotate(-90)
                painter.drawText(QRectF(0, 0, above, step), left, shown)
                painter.restore()


class AttentionView(InsideView):
    """Where the layers that attend look for one sample, and what that comes to through all of them."""

    ID: ClassVar[str] = "attention"
    TITLE: ClassVar[str] = "Attention"

    def __init__(self, judge: Judge) -> None:
        """Make it empty."""
        self.layer = small_choice(QComboBox(), "Which layer")
        self.heads = small_choice(QComboBox(), "Which head")
        super().__init__(judge, OF_WORDS, self.layer, self.heads)
        self.map, self.look = AttentionMap(), SampleLook()
        row = QHBoxLayout()
        row.setSpacing(SPACE_SMALL)
        row.addWidget(self.map, 1)
        row.addWidget(self.look, 1)
        self.body.addLayout(row, 1)
        self._found: Attention | None = None
        self._row: int | None = None
        self.map.picked.connect(self._pick)
        self.layer.activated.connect(self._draw)
        self.heads.activated.connect(self._draw)

    def fits(self, opened: Opened) -> bool:
        """Offer it where a layer attends."""
        if opened.model is None or opened.project is None:
            return False
        from studio.train.judging.making import translates, writes

        known = opened.plan, opened.data
        if not super().fits(opened) and not writes(*known) and not translates(*known):
            return False
        from studio.train.judging.attending import attends
        from studio.train.judging.inside import weighing

        project = opened.project
        return attends(opened.model) or any(weighing(project, project.main()))

    def _pick(self, row: int) -> None:
        """Show in the sample what one place looks at, or again what all of them do."""
        self._row = None if row == self._row else row
        self._draw()

    def inside(self, opened: Opened, project: Project, tried: Tried) -> object:
        """Give the sample and where the layers look in it."""
        from studio.train.judging.inside import attention

        return tried, attention(opened.model, project, project.main(), tried)

    def show_found(self, opened: Opened, found: Any) -> None:
        """Offer the layers, and draw the chosen one."""
        if self._found is not found[1]:
            self._row = None
        self._tried, self._found = found
        seen: Attention = found[1]
        titles = [one.title for one in seen.layers]
        if seen.rollout is not None:
            titles.append(tr("Rollout through all layers"))
        if [self.layer.itemText(row) for row in range(self.layer.count())] != titles:
            with QSignalBlocker(self.layer):
                self.layer.clear()
                self.layer.addItems(titles)
                self.layer.setCurrentIndex(len(titles) - 1)
        self._draw()

    def _draw(self) -> None:
        seen = self._found
        if seen is None:
            return
        place = self.layer.currentIndex()
        looking = seen.layers[place] if place < len(seen.layers) else seen.rollout
        if looking is None:
            return
        count = len(looking.heads)
        wanted = [tr("Mean of all heads"), *(tr("Head {number}", number=n) for n in range(1, count))]
        with QSignalBlocker(self.heads):
            if [self.heads.itemText(row) for row in range(self.heads.count())] != wanted[:count]:
                self.heads.clear()
                self.heads.addItems(wanted[:count])
            self.heads.setVisible(count > 1)
        self.map.show_head(looking, max(self.heads.currentIndex(), 0))
        values = seen.each
        if self._row is None and looking.queries == 1:
            values = looking.heads[max(self.heads.currentIndex(), 0)]
        over = looking.grid is not None or looking.columns == seen.words
        if self._row is not None and self._row < looking.queries and over:
            head = looking.heads[max(self.heads.currentIndex(), 0)]
            values = head[self._row * looking.keys : (self._row + 1) * looking.keys]
        most = max(values, default=0.0) or 1.0
        heat = tuple(value / most for value in values)
        shown = self._tried.shown
        if looking.grid is not None:
            live(self.says.setText, ON_PICTURE if looking.queries == 1 else OVER_PICTURE)
            self.look.show_sample(shown)
            if len(heat) == looking.keys:
                self.look.lay_over(heat_image(looking.grid[1], looking.grid[0], heat), soft=True)
            return
        live(self.says.setText, OF_WORDS)
        if seen.words:
            from studio.train.judging.answers import Shown

            shown = Shown(words=seen.words)
        self.look.show_sample(shown, heat if len(heat) == len(seen.words) else ())
