"""Where the arrays of a file lie in it, to be read row by row from there; packed ones are unpacked once."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from studio.data.array_files import KINDS, LONGEST_HEADER, loaded, numbers_of, refusing
from studio.data.cached import made_once
from studio.data.finding import stamp
from studio.data.stored import BRAIN, Stored

_AT_ONCE = 1 << 24
_LOCAL = 30
"""Bytes of what a .zip says of a file right before it, without its name."""


def stored_of(path: Path, names: Iterable[str]) -> dict[str, Stored]:
    """Find some arrays of a file, whose headers were looked at.

    Args:
        path: the file, or a folder of .npy files.
        names: the arrays.

    Raises:
        DataError: it cannot be read any more, or there is no room to unpack it.
    """
    wanted = list(names)
    with refusing(path):
        if path.is_dir():
            return {name: _of_npy(path / f"{name}.npy") for name in wanted}
        match path.suffix.lower():
            case ".npy":
                return {path.stem: _of_npy(path)}
            case ".pt" | ".pth":
                return {name: _of_torch(path, name) for name in wanted}
            case ".safetensors":
                return _of_safetensors(path, wanted)
        return {name: _of_npz(path, name) for name in wanted}


def _of_npy(path: Path, begin: int = 0) -> Stored:
    """Find the numbers of a .npy file, or of one that begins somewhere in another."""
    with path.open("rb") as file:
        file.seek(begin)
        version = np.lib.format.read_magic(file)
        read = (
            np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        )
        shape, by_columns, kind = read(file, max_header_size=LONGEST_HEADER)
        offset = file.tell()
    if not by_columns or len(shape) < 2:
        return Stored(path, kind.str, tuple(shape), offset)
    # Its rows lie scattered: they are brought together once.
    count = int(np.prod(shape, dtype=object)) * kind.itemsize

    def make(folder: Path) -> None:
        found = np.memmap(path, kind, "r", offset, tuple(shape), order="F")
        step = max(_AT_ONCE * shape[0] // max(count, 1), 1)
        with (folder / "rows").open("wb") as file:
            for first in range(0, shape[0], step):
                file.write(np.ascontiguousarray(found[first : first + step]).tobytes())

    kept = made_once((stamp(path), begin, "rows"), count, make) / "rows"
    return Stored(kept, kind.str, tuple(shape))


def _of_npz(path: Path, name: str) -> Stored:
    member = f"{name}.npy"
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(member)
        if info.compress_type == zipfile.ZIP_STORED:
            with path.open("rb") as file:
                file.seek(info.header_offset)
                head = file.read(_LOCAL)
            lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            return _of_npy(path, info.header_offset + _LOCAL + lengths)

        def make(folder: Path) -> None:
            with archive.open(info) as packed, (folder / "array.npy").open("wb") as file:
                shutil.copyfileobj(packed, file, _AT_ONCE)

        return _of_npy(made_once((stamp(path), name), info.file_size, make) / "array.npy")


def _of_torch(path: Path, name: str) -> Stored:
    tensor = loaded(path)[name]
    kind = numbers_of(tensor[:0]).dtype

    def make(folder: Path) -> None:
        step = max(_AT_ONCE * len(tensor) // max(tensor.nbytes, 1), 1)
        with (folder / "rows").open("wb") as file:
            for first in range(0, len(tensor), step):
                file.write(np.ascontiguousarray(numbers_of(tensor[first : first + step])).tobytes())

    needed = tensor.numel() * kind.itemsize
    return Stored(made_once((stamp(path), name), needed, make) / "rows", kind.str, tuple(tensor.shape))


def _of_safetensors(path: Path, names: Iterable[str]) -> dict[str, Stored]:
    # The library has looked at the header already; it does not tell where the numbers lie.
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        said = json.loads(file.read(length))
    found = {}
    for name in names:
        about = said[name]
        kind = BRAIN if about["dtype"] == "BF16" else f"<{KINDS[about['dtype']]}".replace("<?", "?")
        found[name] = Stored(path, kind, tuple(about["shape"]), 8 + length + int(about["data_offsets"][0]))
    return found
