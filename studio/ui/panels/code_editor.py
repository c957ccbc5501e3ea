"""Python code in colours with its line numbers, to read or to edit, and marks on lines that are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from studio.graph import Message
from studio.ui.looks.theme import SPACE_SMALL, colour, fixed_font, themes
from studio.ui.widgets.plain import tip
from studio.ui.words.text import live, say

WAIT_MS = 150
"""Typing is let come to rest before colours are found anew."""

STEP = 4
"""How far Tab moves a line."""

_COLOURS = {
    "Keyword": "series3",
    "Name.Class": "series0",
    "Name.Function": "series0",
    "Name.Decorator": "series4",
    "Name.Builtin": "series5",
    "Literal.String": "series2",
    "Literal.Number": "series1",
    "Comment": "muted",
    "Operator.Word": "series3",
}

Span = tuple[int, int, str]
"""Where a piece of a line begins, how long it is, and its kind."""


class _Colours(QSyntaxHighlighter):
    """Colours a text by what Pygments says of it; undoing does not see the colours.

    Only lines that changed are read anew, where no text of several lines begins, ends or goes on there.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.spans: list[list[Span]] = [[]]
        self._inside: list[bool] = [False]
        self._lines: list[str] = [""]

    def find(self) -> None:
        """Find the colours of the text as it is."""
        old, lines = self._lines, self.document().toPlainText().split("\n")
        if lines == old:
            return
        start, most = 0, min(len(old), len(lines))
        while start < most and old[start] == lines[start]:
            start += 1
        end = 0
        while end < most - start and old[-1 - end] == lines[-1 - end]:
            end += 1
        touched = [*old[start : len(old) - end], *lines[start : len(lines) - end]]
        self._lines = lines
        goes_on = any(line.endswith("\\") for line in (*touched, *lines[max(start - 1, 0) : start]))
        if (
            goes_on
            or any(mark in line for line in touched for mark in ('"""', "'''"))
            or self._is_inside(start)
        ):
            self.spans, self._inside = _spans("\n".join(lines))
            self.rehighlight()
            return
        spans, inside = _spans("\n".join(lines[start : len(lines) - end])) if touched else ([], [])
        spans, inside = spans[: len(lines) - end - start], inside[: len(lines) - end - start]
        self.spans[start : len(old) - end] = spans
        self._inside[start : len(old) - end] = inside
        for number in range(start, len(lines) - end):
            self.rehighlightBlock(self.document().findBlockByNumber(number))

    def _is_inside(self, line: int) -> bool:
        return any(self._inside[line : line + 2])

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        for start, length, role in self.spans[number] if number < len(self.spans) else ():
            self.setFormat(start, length, _format(colour(_COLOURS[role]), bold=role == "Name.Class"))


def _spans(text: str) -> tuple[list[list[Span]], list[bool]]:
    """Give what is coloured on each line, and whether the line begins inside a text of several lines."""
    from pygments.lexers.python import PythonLexer  # 30 ms, and only here

    spans: list[list[Span]] = [[]]
    inside = [False]
    column = 0
    for kind, value in PythonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        name = str(kind).removeprefix("Token.")
        role = next((start for start in _COLOURS if name.startswith(start)), "")
        for number, part in enumerate(value.split("\n")):
            if number:
                spans.append([])
                inside.append(role == "Literal.String")
                column = 0
            length = len(part.encode("utf-16-le", "surrogatepass")) // 2  # as Qt counts
            if role and part:
                spans[-1].append((column, length, role))
            column += length
    return spans, inside


class _Numbers(QWidget):
    """The numbers of the lines, beside them."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setFont(fixed_font())

    def sizeHint(self) -> QSize:
        """Take the room that the largest number needs."""
        digits = max(2, len(str(self._editor.blockCount())))
        return QSize(self.fontMetrics().horizontalAdvance("0") * digits + 2 * SPACE_SMALL, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines that are seen."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour("panel"))
        self._editor.paint_numbers(painter, event.rect(), self.width())
        painter.end()


class CodeEditor(QPlainTextEdit):
    """Shows Python code; a person may type in it while it is open."""

    leaving = Signal()
    """Esc was pressed: the keyboard goes on to what stands beside."""
    applied = Signal()
    """Ctrl+Enter was pressed: what is typed is to be taken."""

    def __init__(self) -> None:
        """Begin empty and shut."""
        super().__init__()
        self._wrong: dict[int, str] = {}
        self.lit: tuple[int, ...] = ()
        self.setReadOnly(True)
        self.setProperty("role", "code")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(fixed_font())
        live(self.setAccessibleName, "Python code")
        self._colours = _Colours(self.document())
        self._numbers = _Numbers(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._colours.find)
        self.document().contentsChanged.connect(self._timer.start)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._follow)
        themes.changed.connect(self._recolour)
        self._make_room()

    # -- the text -------------------------------------------------------------------------------------

    def show_text(self, text: str) -> None:
        """Show another text at the same place; what was typed before cannot be undone any more."""
        place, line = self.verticalScrollBar().value(), self.textCursor().blockNumber()
        self.setPlainText(text)
        self._timer.stop()
        self._colours.find()
        block = self.document().findBlockByNumber(line)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
        self.verticalScrollBar().setValue(place)

    def mark(self, wrong: Mapping[int, Message]) -> None:
        """Mark lines that are wrong, in place of those marked before.

        Args:
            wrong: number of a line, from 1, and what is wrong with it.
        """
        self._wrong = {line: say(message) for line, message in wrong.items()}
        self._show_marks()

    def light(self, lines: Iterable[int]) -> None:
        """Light the lines of what is chosen elsewhere, softly, in place of those lit before."""
        lit = tuple(lines)
        if lit != self.lit:
            self.lit = lit
            self._show_marks()

    def bring(self, first: int, last: int) -> None:
        """Bring lines into view, the first of them above all; the cursor stays where it is."""
        bar, page = self.verticalScrollBar(), self.verticalScrollBar().pageStep()
        top = bar.value() + 1
        if not (top <= first and min(last, first + page - 1) < top + page):
            bar.setValue(max(0, first - 1 - page // 3))

    def _show_marks(self) -> None:
        lit = [self._marked(line, wrong=False) for line in self.lit if line not in self._wrong]
        self.setExtraSelections([*lit, *(self._marked(line) for line in self._wrong)])
        self._numbers.update()

    def marked(self) -> Mapping[int, str]:
        """Give the lines that are marked, and what is said of them."""
        return self._wrong

    def go_to(self, line: int) -> None:
        """Put the cursor at the start of a line and bring it into view."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
            self.setFocus()

    # -- keys -----------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from training; leave undo to the window where nothing was typed; tell of marks."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if _takes_over(event):
                event.accept()
                return True
            document = self.document()
            if (event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()) or (
                event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            ):
                event.ignore()
                return False
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.viewport().mapFrom(self, event.pos())
            said = self._wrong.get(self.cursorForPosition(at).blockNumber() + 1, "")
            QToolTip.showText(event.globalPos(), tip(said), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Indent as Python wants it; Ctrl+Enter takes what is typed; Esc goes on to the buttons."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if _takes_over(event):
            self.applied.emit()
        elif self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.leaving.emit()
        elif event.key() == Qt.Key.Key_Tab and plain and not self.textCursor().hasSelection():
            cursor = self.textCursor()
            cursor.insertText(" " * (STEP - cursor.positionInBlock() % STEP))
        elif event.key() == Qt.Key.Key_Backtab or (event.key() == Qt.Key.Key_Tab and plain):
            self._shift(back=event.key() == Qt.Key.Key_Backtab)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._new_line()
        else:
            super().keyPressEvent(event)

    def _new_line(self) -> None:
        """Begin a line as far to the right as the last one, further behind a colon."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        space = before[: len(before) - len(before.lstrip(" "))]
        deeper = " " * STEP if before.rstrip().endswith((":", "(", "[", "{")) else ""
        cursor.insertText(f"\n{space}{deeper}")
        self.ensureCursorVisible()

    def _shift(self, *, back: bool) -> None:
        """Move the chosen lines to the right, or back."""
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            block = self.document().findBlockByNumber(number)
            line = QTextCursor(block)
            if not back:
                line.insertText(" " * STEP)
            else:
                space = len(block.text()) - len(block.text().lstrip(" "))
                line.setPosition(block.position() + min(space, STEP), QTextCursor.MoveMode.KeepAnchor)
                line.removeSelectedText()
        cursor.endEditBlock()

    # -- what is seen ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(
            QRect(inside.left(), inside.top(), self._numbers.sizeHint().width(), inside.height())
        )

    def paint_numbers(self, painter: QPainter, within: QRect, width: int) -> None:
        """Paint the numbers of the lines that are seen; a wrong line's stands out."""
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        height = self.fontMetrics().height()
        while block.isValid() and top <= within.bottom():
            number = block.blockNumber() + 1
            if block.isVisible() and number in self._wrong:
                painter.fillRect(QRect(0, round(top), width, height), colour("error_soft"))
            painter.setPen(colour("error" if number in self._wrong else "muted"))
            place = QRect(0, round(top), width - SPACE_SMALL, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(number))
            top += self.blockBoundingRect(block).height()
            block = block.next()

    def _make_room(self) -> None:
        self.setViewportMargins(self._numbers.sizeHint().width(), 0, 0, 0)

    def _follow(self, changed: QRect, scrolled: int) -> None:
        if scrolled:
            self._numbers.scroll(0, scrolled)
        else:
            self._numbers.update(0, changed.y(), self._numbers.width(), changed.height())

    def _marked(self, line: int, *, wrong: bool = True) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        ink = QTextCharFormat()
        ink.setBackground(colour("error_soft" if wrong else "accent_soft"))
        if wrong:
            ink.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            ink.setUnderlineColor(colour("error"))
        ink.setProperty(QTextFormat.Property.FullWidthSelection, True)
        made.format = ink
        cursor = QTextCursor(self.document().findBlockByNumber(max(line - 1, 0)))
        if wrong:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        made.cursor = cursor
        return made

    def _recolour(self) -> None:
        self._colours.rehighlight()
        self._show_marks()


def _takes_over(event: QKeyEvent) -> bool:
    """Tell whether keys are Ctrl+Enter, which elsewhere trains."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return (
        event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.ControlModifier
    )


def _format(ink: QColor, *, bold: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(ink)
    if bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
