"""A lesson as a page: Markdown, equations and pictures laid out in the colours and fonts of the window.

Nothing on it is fetched or run: raw HTML is shown as text, a picture comes from the folder of the template or
not at all, and code is there to be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from studio.graph import NetwrightError
from studio.project.lesson import Link, Piece, link, pieces
from studio.ui.looks.theme import colour, fixed_font, font
from studio.ui.teaching.equations import made
from studio.ui.teaching.objects import NUMBER, OBJECT, PICTURE, Objects
from studio.ui.words.text import tr

THIN = "\u202f"
"""A little room at which no line is broken."""

JOINER = "\u2060"
"""Keeps two characters on one line."""

_FIRST, _LAST = 0xE000, 0xF8FF
"""Characters without a meaning, each of which stands for an equation while Markdown is read."""

LINES = 142.0
"""The height of a line, in hundredths of that of its letters."""

HEADINGS = {1: 1.5, 2: 1.22, 3: 1.08}
"""Sizes of headings against the text."""

_TIED = re.compile(r"(?<=[\d)]) (?=[%×])|(?<=×) (?=[\d(])")
"""Blanks at which no line is broken: in 95 % and 28 × 28."""

_STRAY = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}{OBJECT}]")


@dataclass(frozen=True)
class Source:
    """What a page is made of.

    Attributes:
        text: the lesson as Markdown.
        is_block: tells whether a code span names a block.
        picture: gives the file of a picture; None for one that is not shown.
    """

    text: str
    is_block: Callable[[str], bool]
    picture: Callable[[str], Path | None]

    __hash__ = None  # type: ignore[assignment]


def write(document: QTextDocument, source: Source, size: float) -> Objects:
    """Write a lesson into a document, in place of what it held.

    Args:
        document: where to.
        source: the lesson.
        size: of the letters, in pixels.

    Returns:
        What draws its equations and pictures; it lives with the document.
    """
    given = [
        piece if piece.equation else Piece(_TIED.sub("\u00a0", _STRAY.sub("", piece.text)))
        for piece in pieces(source.text)
    ]
    shown = [piece for piece in given if piece.equation][: _LAST - _FIRST]
    places = iter(range(len(shown)))
    parts = []
    for piece in given:
        number = next(places, None) if piece.equation else None
        if number is not None:
            parts.append(chr(_FIRST + number))
        else:
            parts.append(piece.text if not piece.equation else f"`{piece.text}`")
    document.clear()
    letters = font(round(size))
    document.setDefaultFont(letters)
    document.setIndentWidth(round(size * 1.7))
    features = QTextDocument.MarkdownFeature
    document.setMarkdown("".join(parts), features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    objects = Objects(document, size)
    whole = QTextCursor(document)
    whole.beginEditBlock()  # laid out once, when all is done
    writer = _Writer(document, source, objects, size)
    writer.lay_out()
    writer.put_objects(shown)
    writer.frame_code()
    writer.style_tables()
    whole.endEditBlock()
    return objects


class _Writer:
    """Gives a document that Qt has read from Markdown its looks, part by part."""

    def __init__(self, document: QTextDocument, source: Source, objects: Objects, size: float) -> None:
        self._document, self._source, self._objects, self._size = document, source, objects, size
        self._cursor = QTextCursor(document)

    # -- paragraphs -----------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Give every paragraph its distances, and every heading its size."""
        for block in _blocks(self._document):
            form, level = block.blockFormat(), block.blockFormat().headingLevel()
            listed, coded = block.textList() is not None, _is_code(block)
            form.setLineHeight(LINES if not coded else 125.0, _PROPORTIONAL)
            form.setTopMargin(0)
            form.setBottomMargin(0 if coded else self._size * (0.35 if listed else 0.75))
            if level:
                share = HEADINGS.get(level, 1.0)
                first = block.blockNumber() == 0
                form.setTopMargin(0 if first else self._size * (1.3 if level < 3 else 0.9))
                form.setBottomMargin(self._size * (0.55 if level > 1 else 0.8))
                form.setLineHeight(120.0, _PROPORTIONAL)
                self._resize(block, round(self._size * share))
            elif form.hasProperty(QTextFormat.Property.BlockQuoteLevel):
                form.setLeftMargin(self._size * 1.2)
                form.setRightMargin(self._size * 1.2)
            self._cursor.setPosition(block.position())
            self._cursor.setBlockFormat(form)

    def _resize(self, block: QTextBlock, pixels: int) -> None:
        letters = QTextCharFormat()
        letters.setFontFamilies(font(pixels, bold=True).families())
        letters.setProperty(QTextFormat.Property.FontPixelSize, pixels)
        letters.setFontWeight(QFont.Weight.Bold)
        letters.setForeground(QBrush(colour("text")))
        self._cursor.setPosition(block.position())
        self._cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.mergeCharFormat(letters)
        # What Qt's own sizes of headings add is taken back.
        for fragment in _fragments(block):
            form = fragment.charFormat()
            form.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            self._over(fragment)
            self._cursor.setCharFormat(form)

    # -- words ----------------------------------------------------------------------------------------

    def put_objects(self, shown: list[Piece]) -> None:
        """Style links and code, and put equations and pictures where they belong, from the end backwards."""
        for block in reversed(list(_blocks(self._document))):
            if _is_code(block):
                continue
            alone = _alone(block.text())
            for fragment in reversed(list(_fragments(block))):
                form = fragment.charFormat()
                if form.isImageFormat():
                    self._put_picture(fragment, block)
                    continue
                if form.fontFixedPitch() or form.anchorHref():
                    self._style(fragment)
                self._put_equations(fragment, shown)
            if alone and block.length() > 1:
                whole = block.blockFormat()
                whole.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                whole.setTopMargin(self._size * 0.6)
                whole.setBottomMargin(self._size * 1.2)
                whole.setLineHeight(100.0, _PROPORTIONAL)
                self._cursor.setPosition(block.position())
                self._cursor.setBlockFormat(whole)

    def _put_equations(self, fragment: QTextFragment, shown: list[Piece]) -> None:
        text, begin = fragment.text(), fragment.position()
        around = fragment.charFormat().font()
        for place in reversed(range(len(text))):
            number = ord(text[place]) - _FIRST
            if not 0 <= number < len(shown):
                continue
            at = begin + _width(text[:place])
            self._cursor.setPosition(at)
            self._cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
            piece = shown[number]
            equation = made(piece)
            if equation is not None:
                after = text[place + 1 : place + 2]
                joined = JOINER if after and not after.isspace() else ""
                if joined:  # a comma behind an equation begins no line
                    self._cursor.insertText(joined, fragment.charFormat())
                    self._cursor.setPosition(at)
                given = self._objects.format_of(piece, equation, around)
                self._cursor.insertText(OBJECT, given)
            else:
                self._cursor.insertText(piece.text, self._code())

    def _put_picture(self, fragment: QTextFragment, block: QTextBlock) -> None:
        form = fragment.charFormat().toImageFormat()
        said = str(form.property(QTextFormat.Property.ImageAltText) or "")
        file = self._source.picture(form.name())
        image = QImage(str(file)) if file is not None else QImage()
        self._over(fragment)
        if image.isNull():
            missing = QTextCharFormat()
            missing.setForeground(QBrush(colour("muted")))
            missing.setFontItalic(True)
            self._cursor.insertText(tr("[Picture not shown: {name}]", name=said or form.name()[:80]), missing)
            return
        self._objects.pictures.append(image)
        given = QTextCharFormat()
        given.setObjectType(PICTURE)
        given.setProperty(NUMBER, len(self._objects.pictures) - 1)
        given.setProperty(QTextFormat.Property.ImageAltText, said)
        self._cursor.insertText(OBJECT, given)
        if said:
            under = QTextCharFormat()
            under.setForeground(QBrush(colour("muted")))
            under.setProperty(QTextFormat.Property.FontPixelSize, round(self._size * 0.86))
            self._cursor.insertText(f"\u2028{said}", under)
        whole = block.blockFormat()
        whole.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        whole.setLineHeight(100.0, _PROPORTIONAL)
        whole.setTopMargin(self._size * 0.3)
        whole.setBottomMargin(self._size * 1.2)
        self._cursor.setBlockFormat(whole)

    def _style(self, fragment: QTextFragment) -> None:
        """Give code and links their looks; a link that leads nowhere is no link."""
        form, text = fragment.charFormat(), fragment.text()
        to = _read(form.anchorHref()) if form.anchorHref() else None
        if form.fontFixedPitch():
            if to is None and self._source.is_block(text.strip()):
                to = Link("block", text.strip())
            given = self._code()
            if form.fontWeight() > QFont.Weight.Normal:
                given.setFontWeight(QFont.Weight.Bold)
        else:
            given = QTextCharFormat(form)
            given.clearForeground()
            given.setFontUnderline(False)
        if to is not None:
            doing = to.kind in ("try", "branch", "open", "sweep", "lighter", "template")
            given.setAnchor(True)
            given.setAnchorHref(form.anchorHref() or f"block:{to.to}")
            given.setForeground(QBrush(colour("accent")))
            given.setFontUnderline(to.kind == "page")
            if doing or to.kind == "block":
                given.setBackground(QBrush(colour("accent_soft")))
            if doing:
                given.setFontWeight(QFont.Weight.DemiBold)
        else:
            given.setAnchor(False)
            given.clearProperty(QTextFormat.Property.AnchorHref)
        self._over(fragment)
        if to is None and not form.fontFixedPitch():
            self._cursor.setCharFormat(given)
            return
        if not given.hasProperty(_GROUND):
            self._cursor.insertText(text, given)
            return
        # A little room within the coloured ground, which belongs to it and is no place to break a line.
        room = QTextCharFormat(given)
        room.setFont(self._document.defaultFont(), QTextCharFormat.FontPropertiesInheritanceBehavior(1))
        for part, form in ((THIN, room), (text, given), (THIN, room)):
            self._cursor.insertText(part, form)

    def _code(self) -> QTextCharFormat:
        """Give the looks of code within a sentence."""
        letters = fixed_font(round(self._size * 0.92))
        given = QTextCharFormat()
        given.setFontFamilies(letters.families())
        given.setProperty(QTextFormat.Property.FontPixelSize, letters.pixelSize())
        given.setFontFixedPitch(True)
        given.setForeground(QBrush(colour("text")))
        given.setBackground(QBrush(colour("hover")))
        return given

    # -- what stands apart ------------------------------------------------------------------------------

    def frame_code(self) -> None:
        """Put blocks of code into frames, from the end backwards."""
        for first, last in reversed(_code_runs(self._document)):
            begin = self._document.findBlockByNumber(first)
            end = self._document.findBlockByNumber(last)
            lines = [self._document.findBlockByNumber(n).text() for n in range(first, last + 1)]
            self._cursor.setPosition(begin.position())
            self._cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
            self._cursor.removeSelectedText()
            thin = QTextBlockFormat()
            thin.setLineHeight(max(2.0, self._size * 0.4), _FIXED)
            self._cursor.setBlockFormat(thin)
            form = QTextFrameFormat()
            form.setPadding(self._size * 0.7)
            form.setBackground(QBrush(colour("field")))
            form.setBorder(1.0)
            form.setBorderBrush(QBrush(colour("border")))
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            self._cursor.insertFrame(form)
            letters = self._code()
            letters.clearBackground()
            even = QTextBlockFormat()
            even.setLineHeight(125.0, _PROPORTIONAL)
            self._cursor.setBlockFormat(even)
            self._cursor.insertText("\u2028".join(lines), letters)

    def style_tables(self) -> None:
        """Give tables thin lines, room around words and a head that stands out."""
        for frame in self._document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorder(1.0)
                form.setBorderBrush(QBrush(colour("border")))
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderCollapse(True)
                form.setCellPadding(self._size * 0.4)
                form.setCellSpacing(0.0)
                form.setTopMargin(self._size * 0.3)
                form.setBottomMargin(self._size * 0.9)
                form.setWidth(QTextLength())
                frame.setFormat(form)
                for row in range(frame.rows()):
                    for column in range(frame.columns()):
                        self._style_cell(frame, row, column)

    def _style_cell(self, table: QTextTable, row: int, column: int) -> None:
        cell = table.cellAt(row, column)
        form = cell.format()
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        if row == 0:
            form.setBackground(QBrush(colour("hover")))
        cell.setFormat(form)
        cursor = cell.firstCursorPosition()
        while cursor.position() <= cell.lastPosition():
            even = cursor.blockFormat()
            even.setBottomMargin(0)
            even.setLineHeight(120.0, _PROPORTIONAL)
            cursor.setBlockFormat(even)
            if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
                break

    def _over(self, fragment: QTextFragment) -> None:
        self._cursor.setPosition(fragment.position())
        self._cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)


_GROUND = QTextFormat.Property.BackgroundBrush
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def _read(href: str) -> Link | None:
    try:
        return link(href)
    except NetwrightError:
        return None


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        if fragment.isValid():
            yield fragment
        place += 1


def _is_code(block: QTextBlock) -> bool:
    form = block.blockFormat()
    return any(
        form.hasProperty(one)
        for one in (QTextFormat.Property.BlockCodeFence, QTextFormat.Property.BlockCodeLanguage)
    )


def _code_runs(document: QTextDocument) -> list[tuple[int, int]]:
    """Give the first and the last line of each block of code."""
    runs: list[tuple[int, int]] = []
    for block in _blocks(document):
        if _is_code(block):
            if runs and runs[-1][1] == block.blockNumber() - 1:
                runs[-1] = runs[-1][0], block.blockNumber()
            else:
                runs.append((block.blockNumber(), block.blockNumber()))
    return runs


def _alone(text: str) -> bool:
    """Tell whether a paragraph is a single equation."""
    stripped = text.strip()
    return len(stripped) == 1 and _FIRST <= ord(stripped) <= _LAST


def _width(text: str) -> int:
    """Give the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
