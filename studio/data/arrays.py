"""A person's own numbers: a NumPy .npz file, read without ever running what it may hold."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from studio.data.dataset import TARGET, DataError, Dataset, Facts, Field, Progress, Split, Task
from studio.data.memory import require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import split
from studio.graph import Message

Array = npt.NDArray[np.generic]

_MOST_CLASSES = 100_000
_MOST_ARRAYS = 1000
_LONGEST_HEADER = 10_000


@dataclass(frozen=True)
class Arrays:
    """Arrays by name: one for each input of the network, and `target`.

    Attributes:
        folder: the .npz file.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
    """

    folder: str
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True

    def fingerprint(self) -> Hashable:
        """Give the size and the time of the file."""
        info = _file(self.folder).stat()
        return info.st_size, info.st_mtime_ns

    def facts(self) -> Facts:
        """Read what the inputs say of themselves, and the target.

        Raises:
            DataError: the file is none, or its arrays do not fit together.
        """
        path = _file(self.folder)
        headers, arrays = _read(path, only=TARGET)
        inputs = _inputs(path.name, headers)
        task, classes, targets = _targets(arrays[TARGET])
        return Facts(
            {name: Field(header.shape[1:], _whole(name, header.kind)) for name, header in inputs.items()},
            {TARGET: Field(tuple(targets.shape[1:]), not targets.is_floating_point())},
            task,
            len(classes),
        )

    def load(self, progress: Progress) -> Dataset:
        """Read and check all arrays.

        Raises:
            DataError: the file is none, or its arrays do not fit together.
        """
        path = _file(self.folder)
        progress(Message("Reading arrays"), 0.0)
        headers, arrays = _read(path)
        inputs = {name: _tensor(name, arrays[name]) for name in _inputs(path.name, headers)}
        task, classes, targets = _targets(arrays[TARGET])
        first = next(iter(inputs.values()))
        facts = Preprocessing(
            "tokens" if first.dtype == torch.int64 and first.dim() == 2 else "vector", tuple(first.shape[1:])
        )
        whole = Split(inputs, {TARGET: targets})
        alike = targets if self.stratify and task != "regression" else None
        parts = split(whole, self.validation, self.test, alike, seed=self.split_seed)
        return Dataset(*parts, task, classes, facts, Message("Arrays of {file}", file=path.name))


def _file(name: str) -> Path:
    if not name:
        raise DataError(Message("No .npz file is chosen. Choose one in the training plan."))
    path = Path(name).expanduser()
    if not path.is_file():
        raise DataError(Message("There is no file {file}. Choose it again.", file=name))
    return path


class Header(NamedTuple):
    """What an array says of itself before it is read."""

    shape: tuple[int, ...]
    kind: np.dtype[np.generic]


def _read(path: Path, only: str = "") -> tuple[dict[str, Header], dict[str, Array]]:
    """Read the headers of all arrays, and the arrays; of them only one where one is named."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if info.filename.endswith(".npy")]
            if len(members) > _MOST_ARRAYS:
                raise DataError(
                    Message("{file} holds more than {count} arrays.", file=path.name, count=_MOST_ARRAYS)
                )
            # What is unpacked, once as read and once as tensors: a small file can claim an enormous size.
            wanted = [info for info in members if only in ("", info.filename[:-4])]
            require_memory(2 * sum(info.file_size for info in wanted))
            headers = {}
            for info in members:
                with archive.open(info) as packed:
                    headers[info.filename[:-4]] = _header(packed, info)  # type: ignore[arg-type]  # reads bytes
        with np.load(path, allow_pickle=False) as found:
            return headers, {info.filename[:-4]: found[info.filename[:-4]] for info in wanted}
    except PermissionError as error:
        raise DataError(Message("{file} may not be read.", file=path.name)) from error
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, KeyError, NotImplementedError,
            RuntimeError, SyntaxError, MemoryError) as error:  # fmt: skip
        # What zipfile and numpy raise for files that are damaged, encrypted or of another kind.
        raise DataError(
            Message("{file} is not a whole .npz file. Save it again with numpy.savez.", file=path.name)
        ) from error


def _header(packed: BinaryIO, info: zipfile.ZipInfo) -> Header:
    """Read what an array says of itself.

    Raises:
        DataError: it holds Python objects, or claims more numbers than its file has.
    """
    version = np.lib.format.read_magic(packed)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, kind = read(packed, max_header_size=_LONGEST_HEADER)
    name = info.filename[:-4]
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
    if count * kind.itemsize > info.file_size:
        raise DataError(Message("The array “{name}” is cut off.", name=name))
    return Header(tuple(shape), kind)


def _inputs(file: str, headers: Mapping[str, Header]) -> dict[str, Header]:
    """Give the arrays that are inputs, in order.

    Raises:
        DataError: there are none, there is no target, or they differ in length.
    """
    inputs = {name: header for name, header in headers.items() if name != TARGET}
    if not inputs or TARGET not in headers:
        raise DataError(
            Message(
                "{file} must hold an array “target” and at least one input. It holds: {names}.",
                file=file,
                names=_names([*inputs, *([TARGET] if TARGET in headers else [])]),
            )
        )
    lengths = {name: header.shape[0] if header.shape else 0 for name, header in headers.items()}
    if len(set(lengths.values())) != 1 or 0 in lengths.values():
        raise DataError(
            Message(
                "All arrays of {file} must have the same number of samples (their first size): {lengths}.",
                file=file,
                lengths=", ".join(f"{name[:60]} {length}" for name, length in list(lengths.items())[:20]),
            )
        )
    return inputs


def _whole(name: str, kind: np.dtype[np.generic]) -> bool:
    """Tell whether an array holds whole numbers.

    Raises:
        DataError: it holds no numbers at all.
    """
    if kind.kind not in "iubf":
        raise DataError(
            Message("The array “{name}” holds {kind}. Expected numbers.", name=name, kind=str(kind)[:40])
        )
    return kind.kind != "f"


def _tensor(name: str, array: Array) -> torch.Tensor:
    """Give whole numbers as int64, other numbers as float32."""
    if _whole(name, array.dtype):
        if array.dtype == np.uint64 and int(array.max(initial=0)) > np.iinfo(np.int64).max:
            raise DataError(Message("The array “{name}” has whole numbers that are too large.", name=name))
        return torch.from_numpy(array.astype(np.int64))
    with np.errstate(over="ignore"):
        values = torch.from_numpy(array.astype(np.float32))
    broken = (~torch.isfinite(values)).reshape(len(values), -1).any(1)
    if bool(broken.any()):
        raise DataError(
            Message(
                "The array “{name}” has missing or infinite numbers, first in sample {row} ({count} in all). "
                "Fill or remove them.",
                name=name,
                row=int(broken.nonzero()[0]),
                count=int(broken.sum()),
            )
        )
    return values


def _targets(target: Array) -> tuple[Task, tuple[str, ...], torch.Tensor]:
    """Tell what is to be learned from the kind of numbers of the target."""
    if target.ndim == 2 and target.shape[1] == 1:
        target = target[:, 0]
    if target.dtype.kind == "b" and target.ndim == 1:
        return "binary", ("no", "yes"), torch.from_numpy(target.astype(np.int64))
    if target.dtype.kind in "iuUS" and target.ndim == 1:
        values, numbers = np.unique(target, return_inverse=True)
        if len(values) > _MOST_CLASSES:
            raise DataError(
                Message(
                    "The target has {count} different values: too many for classes. "
                    "For numbers to predict, save it as float.",
                    count=len(values),
                )
            )
        names = tuple(
            (value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value))[:200]
            for value in values.tolist()
        )
        return "classification", names, torch.from_numpy(numbers.astype(np.int64))
    return "regression", (), _tensor(TARGET, target)


def _names(names: list[str]) -> str:
    return ", ".join(name[:60] for name in names[:20]) or "–"
