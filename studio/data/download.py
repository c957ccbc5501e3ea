"""Fetches one file over the net: whole and as expected, or not at all."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.data.dataset import DataError
from studio.graph import Message
from studio.project.atomic import write_atomically

_CHUNK = 1 << 16
_TIMEOUT = 20.0


def fetch(
    addresses: Sequence[str],
    path: Path,
    *,
    md5: str,
    largest: int,
    progress: Callable[[float], None],
    plain: bool = False,
) -> None:
    """Fetch a file from the first address that gives it.

    Args:
        addresses: where it may be, most wanted first; only https is used, unless `plain`.
        path: where it goes; its folder is made.
        md5: what the publisher says of its content.
        largest: more bytes than this are refused.
        progress: told the share that is there; whatever it raises stops the download.
        plain: use http, too: for sets that are published by nothing else. Their checksum still holds.

    Raises:
        DataError: no address gave it.
        AtomicWriteError: it could not be written.
    """
    reasons: list[str] = []
    for address in addresses:
        if not address.startswith(("https://", "http://") if plain else "https://"):
            continue
        try:
            content = _content(address, largest, progress)
        except (OSError, ValueError, urllib.error.URLError) as error:
            reasons.append(f"{address.split('/')[2]}: {getattr(error, 'reason', error)}"[:200])
            continue
        if hashlib.md5(content, usedforsecurity=False).hexdigest() != md5:
            reasons.append(f"{address.split('/')[2]}: checksum")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content, backup=False)
        return
    raise DataError(
        Message(
            "{file} could not be downloaded ({reasons}). Check the connection to the internet and try again, "
            "or get the file elsewhere and put it into {folder}.",
            file=path.name,
            reasons="; ".join(reasons) or "–",
            folder=str(path.parent),
        )
    )


def _content(address: str, largest: int, progress: Callable[[float], None]) -> bytes:
    request = urllib.request.Request(address, headers={"User-Agent": "netwright"})
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
        claimed = answer.headers.get("Content-Length", "")
        size = min(int(claimed), largest) if claimed.isdecimal() else largest
        parts: list[bytes] = []
        received = 0
        while part := answer.read(_CHUNK):
            parts.append(part)
            received += len(part)
            if received > largest:
                raise ValueError(f"more than {largest} bytes")
            progress(min(received / max(size, 1), 1.0))
    return b"".join(parts)
