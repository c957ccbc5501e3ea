"""Makes the text of a PDF be found: what Qt says of its letters, said as people write them.

Qt tells what each drawn sign stands for by the first letter that its font draws so: a radical in place of a
Chinese letter of the same form, a tab in place of a space. Whoever searches or copies would find nothing.
"""

from __future__ import annotations

import re
import unicodedata

_TABLE = re.compile(rb"beginbfrange\n.*?endbfrange", re.DOTALL)
_ROW = re.compile(rb"\[[0-9A-F<> ]*\]")
_LETTER = re.compile(rb"<([0-9A-F]{4})>")


def with_found_text(data: bytes) -> bytes:
    """Give a document as Qt writes it with letters that are found; nothing in it changes its place."""
    return _TABLE.sub(lambda table: _ROW.sub(_row, table[0]), data)


def _row(found: re.Match[bytes]) -> bytes:
    return _LETTER.sub(lambda letter: b"<%04X>" % _meant(int(letter[1], 16)), found[0])


def _meant(code: int) -> int:
    """Give the letter that is meant by one that is drawn alike."""
    if code == 0x09:
        return 0x20
    radical = 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF
    letter = unicodedata.normalize("NFKC", chr(code)) if radical else chr(code)
    return ord(letter) if len(letter) == 1 else code
