"""Tells apart how a text is encoded: UTF-8, UTF-16 or GBK; what is none of them is refused with its line."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from studio.data.dataset import DataError
from studio.graph import Message

TITLES = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GBK",
    "latin-1": "Latin-1",
}
"""What people call the encodings that Python knows under these names."""

_CHOSEN = {"gbk": "gb18030", "latin-1": "latin-1"}
_CHUNK = 1 << 20
_SAMPLE = 4096


def encoding_of(path: Path, chosen: str = "auto", tick: Callable[[], object] = lambda: None) -> str:
    """Give the encoding of a file, as Python calls it; the whole file is looked through piece by piece.

    Args:
        path: the file.
        chosen: what a person says: `utf-8`, `utf-16`, `gbk`, `latin-1`, or `auto`.
        tick: called now and then; whatever it raises stops the looking.

    Raises:
        DataError: it is no text in this encoding, or in any that is told apart.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    wide = _wide(head)
    if wide:
        likely = [wide]
    elif head.startswith(codecs.BOM_UTF8):
        likely = ["utf-8-sig"]
    else:
        likely = ["utf-8", "gb18030"]
    match chosen:
        case "utf-8":
            likely = ["utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"]
        case "utf-16":
            likely = [wide or "utf-16-le"]
        case "gbk" | "latin-1":
            likely = [_CHOSEN[chosen]]
    lines = [_wrong_line(path, encoding, tick) for encoding in likely]
    for encoding, line in zip(likely, lines, strict=True):
        if line is None:
            return encoding
    if chosen != "auto":
        raise DataError(
            Message(
                "Line {line} of {file} is not {encoding}. Choose another encoding.",
                line=lines[0],
                file=path.name,
                encoding=TITLES[likely[0]],
            )
        )
    raise DataError(
        Message(
            "Line {line} of {file} is neither UTF-8, UTF-16 nor GBK. Choose its encoding, "
            "or save it as UTF-8.",
            line=lines[0],
            file=path.name,
        )
    )


def _wide(head: bytes) -> str:
    """Give which UTF-16 a text begins in; its zero bytes tell where there is no mark."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even == odd:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _wrong_line(path: Path, encoding: str, tick: Callable[[], object]) -> int | None:
    """Give the first line that cannot be read, counted from 1; None where all can."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            tick()
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if "\0" in text:
                return line + text[: text.index("\0")].count("\n")
            line += text.count("\n")
            if not chunk:
                return None
