"""Reads one picture from a file nobody vouches for: bounded, upright, or a reason why not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from PIL import Image, ImageOps, UnidentifiedImageError

from studio.data.dataset import DataError
from studio.graph import Message

FORMATS = ("BMP", "GIF", "JPEG", "PNG", "PPM", "TIFF", "WEBP")
"""What is read. Nothing that starts another program (PostScript) or that nobody trains on."""

SUFFIXES = frozenset(".bmp .gif .jpe .jpeg .jpg .pbm .pgm .png .pnm .ppm .tif .tiff .webp".split())
"""Endings of files that are taken for pictures."""

MAX_PIXELS = 64_000_000
"""A larger picture is refused before it is unpacked: a small file can hold an enormous one."""

_MAX_BYTES = 256 << 20
_DRAWING_SIDE = 256
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError)
"""What Pillow's decoders raise for damaged files."""


class Picture(NamedTuple):
    """A picture as it was read.

    Attributes:
        image: channels, height, width; brightness from 0 to 1.
        note: what was done to it that a person should know, or None.
    """

    image: torch.Tensor
    note: Message | None


def read_picture(path: Path, height: int, width: int, channels: int) -> Picture:
    """Read a picture at a size.

    Args:
        path: the file.
        height: of the result.
        width: of the result.
        channels: 1 for brightness only, 3 for red, green and blue.

    Raises:
        DataError: it cannot be used; the text says why, without naming the file.
    """
    mode = "L" if channels == 1 else "RGB"
    with _opened(path) as image:
        note = _note(image)
        image.draft(mode, (2 * width, 2 * height))  # a large JPEG is unpacked at a size near the wanted one
        ready = _plain(image, mode).resize((width, height), Image.Resampling.BILINEAR)
    array = np.asarray(ready, np.uint8).reshape(height, width, channels)
    return Picture(torch.from_numpy(array.copy()).permute(2, 0, 1).float() / 255, note)


def read_mask(path: Path, height: int, width: int) -> torch.Tensor:
    """Read what a mask says of each pixel, at a size: height, width; colours are told by one number each.

    Raises:
        DataError: it cannot be used; the text says why, without naming the file.
    """
    with _opened(path) as image:
        image.load()
        plain = image if image.mode in ("1", "L", "P", "I", "I;16", "RGB") else image.convert("RGB")
        if plain.mode == "1":
            plain = plain.convert("L")
        ready = plain.resize((width, height), Image.Resampling.NEAREST)
    array = np.asarray(ready).astype(np.int64)
    if array.ndim == 3:
        array = (array[..., 0] << 16) | (array[..., 1] << 8) | array[..., 2]
    return torch.from_numpy(array.reshape(height, width))


def read_drawing(path: str | Path) -> tuple[tuple[float, ...], ...]:
    """Read a photo or scan of one sign as rows of brightness, ink bright on a dark ground.

    Args:
        path: the file; dark ink on a light ground is turned round.

    Raises:
        DataError: it cannot be used.
    """
    with _opened(Path(path)) as image:
        image.draft("L", (_DRAWING_SIDE, _DRAWING_SIDE))
        ready = _plain(image, "L")
        ready.thumbnail((_DRAWING_SIDE, _DRAWING_SIDE), Image.Resampling.BILINEAR)
    page = np.asarray(ready, np.float32) / 255
    edge = np.concatenate([page[0], page[-1], page[:, 0], page[:, -1]])
    if float(np.median(edge)) > 0.5:
        page = 1 - page
    # Paper is never quite even: what is hardly brighter than it counts as ground.
    ground = float(np.median(np.minimum(page, np.median(page))))
    spread = max(float(page.max()) - ground, 1e-6)
    page = np.clip((page - ground) / spread, 0, 1)
    page[page < 0.25] = 0
    return tuple(tuple(float(value) for value in row) for row in page)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture, tell every way in which that can fail, and close it."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DataError(Message("the file is larger than {size} MB", size=_MAX_BYTES >> 20))
        with Image.open(path, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise DataError(_too_large(f"{image.width} × {image.height}"))
            yield image
    except UnidentifiedImageError as error:
        raise DataError(Message("it is not a picture of a known kind")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DataError(_too_large(f"> {2 * (Image.MAX_IMAGE_PIXELS or 0)}")) from error
    except FileNotFoundError as error:
        raise DataError(Message("the file is not there any more")) from error
    except PermissionError as error:
        raise DataError(Message("it may not be read")) from error
    except MemoryError as error:
        raise DataError(Message("there is too little memory to unpack it")) from error
    except _DAMAGED as error:
        raise DataError(Message("it is damaged or cut off")) from error


def _too_large(size: str) -> Message:
    return Message(
        "it has too many pixels ({size}); at most {limit} million are unpacked",
        size=size,
        limit=MAX_PIXELS // 1_000_000,
    )


def _note(image: Image.Image) -> Message | None:
    if getattr(image, "n_frames", 1) > 1:
        return Message("it is animated; only its first picture is used")
    if image.mode == "CMYK":
        return Message("it has printing colours (CMYK); they were converted")
    if image.mode.startswith(("I", "F")):
        return Message("it has more than 8 bits a colour; it was brought to 8")
    return None


def _plain(image: Image.Image, mode: str) -> Image.Image:
    """Give the picture upright, without transparency, with 8 bits a colour."""
    image.load()
    try:
        upright = ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001  # a damaged note on the rotation leaves the picture as it is
        upright = image
    if upright.mode.startswith(("I", "F")):
        upright = _eight_bits(upright)
    if upright.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in upright.info:
        coloured = upright.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        upright = Image.alpha_composite(paper, coloured)
    return upright if upright.mode == mode else upright.convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring whole numbers of 16 bits, or numbers of any range, to 8 bits."""
    values = np.asarray(image, np.float64)
    values = np.nan_to_num(values, posinf=0, neginf=0)
    if image.mode.startswith("I") and values.min() >= 0 and values.max() <= 65535:
        values = values / 257
    else:
        low, high = float(values.min()), float(values.max())
        values = (values - low) * (255 / (high - low) if high > low else 0)
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))
