"""The view of a lesson: it scrolls, grows and shrinks, tells what is pressed, and loads nothing."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextCursor, QTextFrameFormat, QWheelEvent
from PySide6.QtWidgets import QTextBrowser

from studio.ui.looks.theme import FONT_BASE, SPACE
from studio.ui.teaching.objects import EQUATION, NUMBER, OBJECT, Objects
from studio.ui.teaching.page import THIN, Source, write
from studio.ui.words.text import live

SIZES = (60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""How large the letters can be, in hundredths of those of the window."""

WIDEST = 46
"""The most letters of a line, about, in sizes of a letter; what is wider is hard to read."""


class Reader(QTextBrowser):
    """Shows one lesson."""

    pressed = Signal(str, str)
    """A link was pressed: where it leads, and what the step is called that it stands in."""
    hovered = Signal(str)
    """The pointer is over a link: where it leads; empty where it left."""
    zoomed = Signal(int)
    """The letters have another size, in hundredths of the usual one."""
    moved = Signal(float)
    """Another part is read: how much of the lesson is above the lower edge, from 0 to 1."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        super().__init__()
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "page")
        live(self.setAccessibleName, "Lesson")
        self._source: Source | None = None
        self._objects: Objects | None = None
        self._percent = 100
        self._words = ""
        self.anchorClicked.connect(self._press)
        self.highlighted.connect(self._hover)
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._tell)

    @property
    def percent(self) -> int:
        """How large the letters are, in hundredths of the usual size."""
        return self._percent

    @property
    def objects(self) -> Objects | None:
        """What draws the equations and the pictures of the page."""
        return self._objects

    def show_source(self, source: Source | None, place: float | None = None) -> None:
        """Show a lesson.

        Args:
            source: what it is made of; None for an empty page.
            place: how much of it is above the upper edge, from 0 to 1; where it is when not given.
        """
        at = self.place if place is None else place
        self._source = source
        self._write()
        self.go(at)

    def renew(self) -> None:
        """Show the lesson in the colours, the fonts and the size of now, at the same place."""
        at = self.place
        self._write()
        self.go(at)

    def _write(self) -> None:
        size = (FONT_BASE + 1) * self._percent / 100
        if self._objects is not None:
            self._objects.deleteLater()  # else the document would keep the pictures of every lesson read
        self._objects = None
        if self._source is None:
            self.document().clear()
            return
        self.setUpdatesEnabled(False)
        try:
            self._objects = write(self.document(), self._source, size)
            self._set_margins()
        finally:
            self.setUpdatesEnabled(True)

    # -- where it is read -----------------------------------------------------------------------------

    @property
    def place(self) -> float:
        """How much of the lesson is above the upper edge, from 0 to 1."""
        bar = self.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        return bar.value() / whole if whole else 0.0

    def go(self, place: float) -> None:
        """Bring a place to the upper edge."""
        bar = self.verticalScrollBar()
        self.document().size()  # lays the page out, so that the bar knows how long it is
        bar.setValue(round(place * (bar.maximum() + bar.pageStep())))

    def _tell(self) -> None:
        bar = self.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        if self._objects is not None and whole:
            self.moved.emit((bar.value() + bar.pageStep()) / whole)

    # -- size -----------------------------------------------------------------------------------------

    def set_percent(self, percent: int) -> None:
        """Make the letters larger or smaller."""
        chosen = min(SIZES, key=lambda size: abs(size - percent))
        if chosen != self._percent:
            self._percent = chosen
            self.renew()
            self.zoomed.emit(chosen)

    def step(self, by: int) -> None:
        """Make the letters some steps larger or smaller."""
        at = SIZES.index(self._percent) + by
        self.set_percent(SIZES[min(max(at, 0), len(SIZES) - 1)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the size with Ctrl held; else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the size with Ctrl and +, - or 0."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        if held == Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        elif held == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_0:
            self.set_percent(100)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read, and the place."""
        at = self.place
        super().resizeEvent(event)
        self._set_margins()
        self.go(at)
        self._later.start(0)

    def sizeHint(self) -> QSize:
        """Wish for a readable width."""
        return QSize(400, 480)

    def minimumSizeHint(self) -> QSize:
        """Ask for a little room only."""
        return QSize(200, 120)

    def _set_margins(self) -> None:
        size = (FONT_BASE + 1) * self._percent / 100
        wide = self.viewport().width()
        aside = max(float(SPACE), (wide - WIDEST * size) / 2)
        root = self.document().rootFrame()
        form: QTextFrameFormat = root.frameFormat()
        form.setLeftMargin(aside)
        form.setRightMargin(aside)
        form.setTopMargin(SPACE)
        form.setBottomMargin(2 * SPACE)
        root.setFrameFormat(form)

    # -- links ------------------------------------------------------------------------------------------

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Load nothing: pictures are put into the page, and nothing is fetched."""
        return None

    def _step_at(self, cursor: QTextCursor) -> str:
        """Give what a paragraph is called: its first bold words, else those of its first link."""
        place, linked = cursor.block().begin(), ""
        while not place.atEnd():
            fragment = place.fragment()
            form, text = fragment.charFormat(), fragment.text().strip(f" {THIN}.:。：")
            if form.anchorHref() and not form.fontFixedPitch():
                linked = linked or text
            elif form.fontWeight() >= QFont.Weight.Bold and text:
                return text
            place += 1
        return linked

    def _press(self, url: QUrl) -> None:
        # By the mouse at the pointer; by the keyboard the link is what is chosen.
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.pressed.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded), self._step_at(cursor))

    def _hover(self, url: QUrl) -> None:
        self.hovered.emit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    # -- taking words along -------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text, with equations as they are written in LaTeX."""
        made = QMimeData()
        made.setText(self.text_of(self.textCursor()))
        return made

    def text_of(self, cursor: QTextCursor) -> str:
        """Give the chosen text, with equations as they are written."""
        text = cursor.selection().toPlainText()
        if OBJECT not in text or self._objects is None:
            return text
        reading, found = QTextCursor(self.document()), list[str]()
        for at in range(cursor.selectionStart(), cursor.selectionEnd()):
            reading.setPosition(at + 1)
            form = reading.charFormat()
            if form.objectType() == EQUATION:
                found.append(f"${self._objects.equations[int(form.property(NUMBER))][0].text}$")
            elif self.document().characterAt(at) == OBJECT:
                found.append("")
        parts = text.split(OBJECT)
        given = iter(found)
        return parts[0] + "".join(next(given, "") + part for part in parts[1:])
