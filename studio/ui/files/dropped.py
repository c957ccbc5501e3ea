"""What a file or folder is that somebody drops on the window, told by its name and its neighbours alone."""

from __future__ import annotations

import codecs
import itertools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.graph import Message
from studio.project.file import SUFFIX

Kind = Literal[
    "project", "pictures", "masks", "labels", "arrays", "table", "text", "texts", "weights", "other"
]

SOURCES: Mapping[Kind, str] = {
    "pictures": "image_folder",
    "masks": "image_masks",
    "labels": "image_table",
    "arrays": "arrays",
    "table": "table",
    "text": "text",
    "texts": "text_classes",
}
"""The source of data that reads what was dropped."""

PICTURES = frozenset(".bmp .gif .jpe .jpeg .jpg .pbm .pgm .png .pnm .ppm .tif .tiff .webp".split())
"""Endings of files that are taken for pictures; as `studio.data` has them, which would bring torch."""

WEIGHTS = frozenset((".safetensors", ".pt", ".pth", ".bin", ".ckpt"))
"""Endings of files that are read for weights."""

_LOOKED_AT, _LOOKED_AT_BELOW = 500, 50
"""How many entries of a folder are looked at, and of each folder in it."""

ARRAYS = frozenset((".npz", ".npy"))
"""Endings of files that are read for arrays; those of weights can be chosen as arrays in the plan."""

TABLES = frozenset((".csv", ".tsv", ".tab", ".parquet", ".pq"))
"""Endings of files that are read as tables."""

TEXTS = frozenset((".txt", ".text", ".md", ".rst", ".tex", ".log", ".srt"))
"""Endings of files that are read as texts."""

MASKS = frozenset("mask masks label labels annotation annotations segmentation seg gt target targets".split())
"""What people call a folder of masks beside a folder of pictures, in small letters."""

TIMES = frozenset("time date datetime timestamp day hour month year 时间 日期 日 月 年".split())
"""What people call a column that tells when, in small letters: such a table may be a time series."""

_HEAD_BYTES = 65536
"""How much of a table is looked at for names of pictures."""

_TABLE = Message("Tables are read as CSV, TSV or Parquet. Save it as one of these, and drop that file.")
_FOREIGN = Message(
    "It is a network of another program, which Netwright cannot read. Draw the network anew or paste its "
    "PyTorch code into the Code panel; then drop its weights as a .safetensors file."
)
_PROGRAM = Message(
    "It is Python code, which is never run from a file. Copy the class of the network into the Code "
    "panel: it is drawn from there."
)

OTHERS: Mapping[str, Message] = {
    ".onnx": Message(
        "It is an ONNX model. Netwright writes ONNX and does not read it yet: draw the network anew or "
        "paste its PyTorch code into the Code panel; then drop its weights as a .safetensors file."
    ),
    ".xlsx": _TABLE,
    ".json": _TABLE,
    ".jsonl": _TABLE,
    ".py": _PROGRAM,
    ".ipynb": _PROGRAM,
    ".pt2": _FOREIGN,
    ".h5": _FOREIGN,
    ".keras": _FOREIGN,
    ".tflite": _FOREIGN,
    ".pb": _FOREIGN,
    ".gguf": _FOREIGN,
    ".zip": Message("It is an archive. Unpack it and drop what is in it."),
    ".gz": Message("It is an archive. Unpack it and drop what is in it."),
    ".tar": Message("It is an archive. Unpack it and drop what is in it."),
}
"""What is said of files that are no data, weights or project, by their endings."""

_PICTURE = Message(
    "It is one picture. To learn from pictures, drop a folder with one folder of pictures for each class; "
    "to try a trained network on this one, drop it in the Evaluation panel."
)
_UNKNOWN = Message(
    "Netwright does not know such files. What can be dropped: projects, folders of pictures or texts, "
    "tables, texts, .npz arrays, and weights as .safetensors or .pt."
)


@dataclass(frozen=True)
class Found:
    """What was dropped.

    Attributes:
        kind: what is done with it.
        path: where it is.
        message: what is said of what cannot be used, and what to do instead.
        classes: how many folders of pictures or texts a folder holds, as far as was looked.
        masks: the folder of masks that belong to the pictures.
        timed: whether a column of a table tells when, so that it may be a time series.
    """

    kind: Kind
    path: Path
    message: Message | None = None
    classes: int = 0
    masks: Path | None = None
    timed: bool = False


def look(path: Path) -> Found:
    """Tell what a file or a folder is; what cannot be read is told too."""
    ending = path.suffix.lower()
    if ending == SUFFIX:
        return Found("project", path)
    try:
        if path.is_dir():
            return _folder(path)
        if not path.is_file():
            return Found("other", path, Message("There is no such file."))
    except OSError as error:
        return Found(
            "other",
            path,
            Message("It cannot be read: {reason}.", reason=error.strerror or type(error).__name__),
        )
    if ending in ARRAYS:
        return Found("arrays", path)
    if ending in TABLES:
        return (
            Found("labels", path) if _names_pictures(path) else Found("table", path, timed=_tells_when(path))
        )
    if ending in TEXTS:
        return Found("text", path)
    if ending in WEIGHTS:
        return Found("weights", path)
    return Found("other", path, _PICTURE if ending in PICTURES else OTHERS.get(ending, _UNKNOWN))


def _folder(path: Path) -> Found:
    """Tell what a folder holds: classes of pictures, one of those folders, or something else."""
    with os.scandir(path) as entries:
        inside = list(itertools.islice(entries, _LOOKED_AT))
    below = [Path(entry.path) for entry in inside if entry.is_dir() and not entry.name.startswith(".")]
    held = [folder for folder in below if _holds(folder, PICTURES, 3)]
    masks = [folder for folder in held if folder.name.casefold() in MASKS]
    if len(held) == 2 and len(masks) == 1:
        pictures = next(folder for folder in held if folder not in masks)
        return Found("masks", pictures, masks=masks[0])
    tables = sorted(
        Path(entry.path) for entry in inside if Path(entry.name).suffix.lower() in (".csv", ".tsv")
    )
    labels = next((table for table in tables[:_LOOKED_AT_BELOW] if _names_pictures(table)), None)
    if labels is not None:
        return Found("labels", labels)
    if held:
        return Found("pictures", path, classes=len(held))
    if any(Path(entry.name).suffix.lower() in PICTURES for entry in inside):
        return Found(
            "other",
            path,
            Message(
                "Its pictures stand beside each other, and nothing says what they show. Put those of each "
                "class into a folder of its own, and drop the folder that holds these."
            ),
        )
    projects = [entry.name for entry in inside if entry.name.endswith(SUFFIX)]
    if projects:
        said = Message("It holds projects, such as “{name}”. Drop one of them.", name=min(projects))
        return Found("other", path, said)
    classes = sum(_holds(folder, TEXTS, 3) for folder in below)
    if classes > 1:
        return Found("texts", path, classes=classes)
    if classes or any(Path(entry.name).suffix.lower() in TEXTS for entry in inside):
        return Found("text", path)
    return Found(
        "other",
        path,
        Message(
            "No pictures or texts were found in it. A folder is data when it holds one folder of pictures or "
            "texts for each class."
        ),
    )


def _names_pictures(table: Path) -> bool:
    """Tell whether a row of a table of text names a picture that is there, from the folder of the table."""
    cells = [cell for line in _rows(table)[1:4] for cell in line]
    named = [cell for cell in cells if Path(cell).suffix.lower() in PICTURES and len(cell) < 1000]
    try:
        return any((table.parent / cell).is_file() for cell in named)
    except (OSError, ValueError):
        return False


def _tells_when(table: Path) -> bool:
    return any(cell.casefold() in TIMES for line in _rows(table)[:1] for cell in line)


def _rows(table: Path) -> list[list[str]]:
    """Give the cells of the first rows of a table of text, roughly: it is read where it is used."""
    if table.suffix.lower() not in (".csv", ".tsv", ".tab"):
        return []
    try:
        with table.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return []
    for encoding in ("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "gbk"):
        # The last character may be cut, so that the end is let go; other damage means another encoding.
        text = codecs.getincrementaldecoder(encoding)("strict")
        try:
            lines = text.decode(head).splitlines()[:4]
        except UnicodeDecodeError:
            continue
        return [[cell.strip(" \"'") for cell in re.split(r"[,;\t|]", line)] for line in lines]
    return []


def _holds(folder: Path, endings: frozenset[str], deep: int) -> bool:
    """Tell whether files of some endings lie in a folder or below it."""
    try:
        with os.scandir(folder) as entries:
            inside = list(itertools.islice(entries, _LOOKED_AT_BELOW))
    except OSError:
        return False
    if any(entry.is_file() and Path(entry.name).suffix.lower() in endings for entry in inside):
        return True
    return deep > 1 and any(
        entry.is_dir() and _holds(Path(entry.path), endings, deep - 1) for entry in inside
    )
