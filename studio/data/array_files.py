"""Reads arrays by name from .npz, .npy, .pt and .safetensors files; what they may hold is never run."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from studio.data.dataset import DataError
from studio.data.finding import natural
from studio.data.memory import require_memory
from studio.graph import Message

Array = npt.NDArray[np.generic]

SUFFIXES = frozenset((".npz", ".npy", ".pt", ".pth", ".safetensors"))
"""Endings of files that hold arrays."""

_MOST_ARRAYS = 1000
LONGEST_HEADER = 10_000
"""Bytes that an array may say of itself."""

_NAMES = "BOOL U8 I8 I16 U16 I32 U32 I64 U64 F16 BF16 F32 F64".split()
KINDS = dict(zip(_NAMES, "? u1 i1 i2 u2 i4 u4 i8 u8 f2 f4 f4 f8".split(), strict=True))
"""The kinds of numbers of safetensors; those that NumPy lacks are brought to float32."""


class Header(NamedTuple):
    """What an array says of itself before it is read."""

    shape: tuple[int, ...]
    kind: np.dtype[np.generic]


def headers_of(path: Path) -> dict[str, Header]:
    """Give what all arrays of a file say of themselves.

    Args:
        path: the file, or a folder of .npy files, which are named like their arrays.

    Raises:
        DataError: it cannot be read, or holds something else than arrays.
    """
    with refusing(path):
        if path.is_dir():
            return {one.stem: _of_npy(one) for one in _npy_files(path)}
        match path.suffix.lower():
            case ".npy":
                return {path.stem: _of_npy(path)}
            case ".pt" | ".pth":
                return {name: Header(tuple(t.shape), _kind(t)) for name, t in loaded(path).items()}
            case ".safetensors":
                return _of_safetensors(path)
        return _of_npz(path)


def arrays_of(path: Path, names: Iterable[str]) -> dict[str, Array]:
    """Read some arrays of a file, whose headers were looked at.

    Raises:
        DataError: it cannot be read any more.
    """
    wanted = list(names)
    with refusing(path):
        if path.is_dir():
            return {name: np.load(path / f"{name}.npy", allow_pickle=False) for name in wanted}
        match path.suffix.lower():
            case ".npy":
                return {path.stem: np.load(path, allow_pickle=False)}
            case ".pt" | ".pth":
                return {name: numbers_of(tensor) for name, tensor in loaded(path).items() if name in wanted}
            case ".safetensors":
                with _opened(path) as found:
                    return {name: numbers_of(found.get_tensor(name)) for name in wanted}
        with np.load(path, allow_pickle=False) as found:
            return {name: found[name] for name in wanted}


def size_of(headers: Mapping[str, Header]) -> int:
    """Give the bytes that arrays take."""
    return sum(int(np.prod(header.shape, dtype=object)) * header.kind.itemsize for header in headers.values())


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Tell in one sentence every way in which a file can be broken."""
    try:
        yield
    except PermissionError as error:
        raise DataError(Message("{file} may not be read.", file=path.name)) from error
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, KeyError, NotImplementedError,
            RuntimeError, SyntaxError, MemoryError, _safetensors_error()) as error:  # fmt: skip
        # What zipfile, numpy, torch and safetensors raise for files that are damaged or of another kind.
        if path.suffix.lower() in (".pt", ".pth", ".safetensors", ".npy") or path.is_dir():
            raise DataError(
                Message("{file} is damaged or not what its name says. Save it again.", file=path.name)
            ) from error
        raise DataError(
            Message("{file} is not a whole .npz file. Save it again with numpy.savez.", file=path.name)
        ) from error


# -- NumPy -----------------------------------------------------------------------------------------------


def _of_npz(path: Path) -> dict[str, Header]:
    with zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if info.filename.endswith(".npy")]
        if len(members) > _MOST_ARRAYS:
            raise DataError(
                Message("{file} holds more than {count} arrays.", file=path.name, count=_MOST_ARRAYS)
            )
        headers = {}
        for info in members:
            with archive.open(info) as packed:
                name = info.filename[:-4]
                headers[name] = _header(packed, info.file_size, name)  # type: ignore[arg-type]  # reads bytes
        return headers


def _npy_files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.npy"), key=lambda path: natural(path.name))
    if not found or len(found) > _MOST_ARRAYS:
        raise DataError(
            Message("{folder} must hold .npy files, one for each input and target.npy.", folder=folder.name)
        )
    return found


def _of_npy(path: Path) -> Header:
    with path.open("rb") as file:
        return _header(file, path.stat().st_size, path.stem)


def _header(packed: BinaryIO, size: int, name: str) -> Header:
    """Read what an array says of itself.

    Raises:
        DataError: it holds Python objects, or claims more numbers than its file has.
    """
    version = np.lib.format.read_magic(packed)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, kind = read(packed, max_header_size=LONGEST_HEADER)
    if kind.hasobject:
        raise DataError(
            Message(
                "The array “{name}” holds Python objects, which could run a program. "
                "Save plain numbers or texts: array.astype(float) or array.astype(str).",
                name=name,
            )
        )
    count = 1
    for side in shape:
        count *= side
    if count * kind.itemsize > size:
        raise DataError(Message("The array “{name}” is cut off.", name=name))
    return Header(tuple(shape), kind)


# -- torch -----------------------------------------------------------------------------------------------


def loaded(path: Path) -> dict[str, torch.Tensor]:
    """Give the tensors of a file of torch; they stay in it where it is not packed.

    Raises:
        DataError: it holds something else, or too much.
    """
    zipped = zipfile.is_zipfile(path)
    if zipped:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            packed = [info for info in members if info.compress_type != zipfile.ZIP_STORED]
            require_memory(sum(info.file_size for info in packed))
    else:
        require_memory(2 * path.stat().st_size)
    try:
        found = torch.load(path, map_location="cpu", weights_only=True, mmap=zipped)
    except Exception as error:
        if type(error).__name__ != "UnpicklingError":  # the class lies in a module that we do not import
            raise
        raise DataError(
            Message(
                "{file} holds Python objects, which could run a program, or is damaged. Save plain tensors: "
                'torch.save({{"x": x, "target": target}}, "data.pt").',
                file=path.name,
            )
        ) from error
    if isinstance(found, torch.Tensor):
        found = {path.stem: found}
    if isinstance(found, (tuple, list)) and len(found) == 2:
        found = dict(zip(("x", "target"), found, strict=True))
    if not isinstance(found, Mapping) or not all(
        isinstance(name, str) and isinstance(value, torch.Tensor) for name, value in found.items()
    ):
        raise DataError(Message("{file} must hold tensors by name: a dict of them.", file=path.name))
    for name, tensor in found.items():
        if tensor.layout != torch.strided or tensor.is_quantized or tensor.is_complex():
            raise DataError(
                Message(
                    "The array “{name}” holds {kind}. Expected numbers.", name=name, kind=str(tensor.dtype)
                )
            )
        if tensor.numel() * tensor.element_size() > tensor.untyped_storage().nbytes():
            raise DataError(Message("The array “{name}” is cut off.", name=name))
    return dict(found)


def _kind(tensor: torch.Tensor) -> np.dtype[np.generic]:
    return numbers_of(tensor.detach()[:0] if tensor.dim() else tensor.detach()).dtype


def numbers_of(tensor: torch.Tensor) -> Array:
    """Give a tensor as NumPy has it; numbers that NumPy lacks become float32."""
    tensor = tensor.detach()
    if tensor.is_floating_point() and tensor.dtype not in (torch.float16, torch.float32, torch.float64):
        tensor = tensor.float()
    found: Array = tensor.numpy()
    return found


# -- safetensors -----------------------------------------------------------------------------------------


def _of_safetensors(path: Path) -> dict[str, Header]:
    headers = {}
    with _opened(path) as found:
        for name in found.keys():  # noqa: SIM118  # it is no dict
            piece = found.get_slice(name)
            kind = piece.get_dtype()
            if kind not in KINDS:
                raise DataError(
                    Message("The array “{name}” holds {kind}. Expected numbers.", name=name, kind=kind)
                )
            headers[name] = Header(tuple(piece.get_shape()), np.dtype(KINDS[kind]))
    return headers


def _opened(path: Path) -> Any:
    from safetensors import safe_open

    return safe_open(path, framework="pt")


def _safetensors_error() -> type[Exception]:
    from safetensors import SafetensorError

    return SafetensorError
