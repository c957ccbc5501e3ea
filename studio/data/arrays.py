"""A person's own numbers: arrays by name in a file, one for each input of the network, and `target`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import torch

from studio.data import parts
from studio.data.array_files import Array, Header, arrays_of, headers_of, size_of
from studio.data.array_stores import stored_of
from studio.data.array_streams import (
    MOST_PLACED,
    Tick,
    broken,
    kept_in,
    stand_in,
    stands,
    target_in,
    too_large,
)
from studio.data.dataset import TARGET, DataError, Dataset, Facts, Field, Progress, Split, Task
from studio.data.finding import stamp
from studio.data.memory import fits_memory, require_memory
from studio.data.preprocessing import Preprocessing
from studio.data.splitting import Places, places
from studio.data.stored import Kept, KeptStream
from studio.graph import Message

_MOST_CLASSES = 100_000
_TARGETS = ("target", "targets", "y", "label", "labels")
ITSELF = "itself"
"""The use of data whose inputs are what is to be given back."""


T = TypeVar("T")


class _Piece(NamedTuple):
    """A field, or a part of one: an array, or some columns of it."""

    array: str
    part: int | None
    columns: slice | None = None


_Fields = dict[str, list[_Piece]]


@dataclass(frozen=True)
class Arrays:
    """Arrays by name: one for each input of the network, and `target`.

    Attributes:
        folder: the file, or a folder of .npy files.
        validation: share to check with.
        test: share to judge by.
        split_seed: another number gives other splits.
        stratify: whether each split gets its share of every class.
        learn: `labels` for the array `target`, or `itself` to give the inputs back.
    """

    folder: str
    validation: float
    test: float
    split_seed: int = 0
    stratify: bool = True
    learn: str = "labels"

    def fingerprint(self) -> Hashable:
        """Give the sizes and times of the files."""
        path = _file(self.folder)
        return tuple(map(stamp, sorted(path.glob("*.npy")))) if path.is_dir() else stamp(path)

    def facts(self) -> Facts:
        """Read what the inputs say of themselves, and the target.

        Raises:
            DataError: the file is none, or its arrays do not fit together.
        """
        path = _file(self.folder)
        headers = headers_of(path)
        fields = _fields(path, headers, self.learn)
        inputs = {
            name: Field(_shape(headers, found[0])[1:], _whole(name, headers[found[0].array].kind))
            for name, found in fields.items()
            if name != TARGET
        }
        if self.learn == ITSELF:
            return Facts(inputs, given_back(inputs), "regression", 0)
        needed = {piece.array: headers[piece.array] for piece in fields[TARGET]}
        if not _must_stay(_shape(headers, fields[TARGET][0]), needed):
            require_memory(2 * size_of(needed))
            whole = _joined(fields[TARGET], arrays_of(path, needed))
            task, classes, targets = targets_of(whole, _places_of(inputs))
            field = Field(tuple(targets.shape[1:]), not targets.is_floating_point())
            return Facts(inputs, {TARGET: field}, task, len(classes))
        target = target_in(_kept(path, fields, headers)[TARGET], _places_of(inputs), lambda _share: None)
        field = Field(target.kept.shape[1:], bool(target.classes))
        return Facts(inputs, {TARGET: field}, target.task, len(target.classes))

    def needed(self) -> int:
        """Give about how many bytes the arrays take while they are loaded."""
        path = _file(self.folder)
        headers = headers_of(path)
        found = _fields(path, headers, self.learn).values()
        return 2 * size_of({piece.array: headers[piece.array] for pieces in found for piece in pieces})

    def load(self, progress: Progress) -> Dataset:
        """Read and check all arrays.

        Raises:
            DataError: the file is none, or its arrays do not fit together.
        """
        path = _file(self.folder)
        progress(Message("Reading arrays"), 0.0)
        headers = headers_of(path)
        fields = _fields(path, headers, self.learn)
        needed = {piece.array: headers[piece.array] for found in fields.values() for piece in found}
        # What is unpacked, once as read and once as tensors: a small file can claim an enormous size.
        require_memory(2 * size_of(needed))
        arrays = arrays_of(path, needed)
        inputs = {
            name: _tensor(name, _joined(found, arrays)) for name, found in fields.items() if name != TARGET
        }
        task: Task = "regression"
        classes: tuple[str, ...] = ()
        targets = given_back(inputs)
        if self.learn != ITSELF:
            own = {
                name: Field(tuple(values.shape[1:]), not values.is_floating_point())
                for name, values in inputs.items()
            }
            task, classes, target = targets_of(_joined(fields[TARGET], arrays), _places_of(own))
            targets = {TARGET: target}
        return self._dataset(path, fields, headers, Split(inputs, targets), task, classes)

    def stream(self, progress: Progress) -> Dataset:
        """Look through all arrays, and leave them on the disk; see `load`."""
        path = _file(self.folder)
        headers = headers_of(path)
        fields = _fields(path, headers, self.learn)
        progress(Message("Reading arrays"), 0.0)
        kept = _kept(path, fields, headers)
        done, whole = 0.0, kept_in(kept)

        def tick(name: str) -> Tick:
            nonlocal done
            begun, share = done, kept_in({name: kept[name]}) / max(whole, 1)
            done += share
            return lambda looked: progress(Message("Looking through arrays"), begun + share * looked)

        read = {name: one for name, one in kept.items() if name != TARGET}
        inputs = {name: stands(name, one, tick(name)) for name, one in read.items()}
        task: Task = "regression"
        classes: tuple[str, ...] = ()
        answers: Mapping[str, Kept] = {}
        if self.learn == ITSELF:
            answers, targets = given_back(read), given_back(inputs)
        else:
            own = {name: Field(one.shape[1:], one.kind == torch.int64) for name, one in read.items()}
            places = _places_of(own)
            goal = kept[TARGET]
            needed = {piece.array: headers[piece.array] for piece in fields[TARGET]}
            if not _must_stay(goal.shape, needed):
                require_memory(2 * kept_in({TARGET: goal}))
                there = {part.array: one.rows(0, len(one))
                         for part, one in zip(fields[TARGET], goal.parts, strict=True)}  # fmt: skip
                task, classes, target = targets_of(_joined(fields[TARGET], there), places)
            else:
                found = target_in(goal, places, tick(TARGET))
                task, classes, target = found.task, found.classes, stand_in(found, tick(TARGET))
                answers = {TARGET: found.kept}
            targets = {TARGET: target}
        rows = np.arange(len(next(iter(inputs.values()))))
        split = Split(inputs, targets, KeptStream(read, answers, rows))
        return self._dataset(path, fields, headers, split, task, classes)

    def _dataset(
        self,
        path: Path,
        fields: _Fields,
        headers: Mapping[str, Header],
        whole: Split,
        task: Task,
        classes: tuple[str, ...],
    ) -> Dataset:
        first = next(iter(whole.inputs.values()))
        facts = Preprocessing(
            "tokens" if first.dtype == torch.int64 and first.dim() == 2 else "vector", tuple(first.shape[1:])
        )
        alike = whole.targets[TARGET] if task != "regression" else None
        chosen = self._dealt(fields, headers, alike, len(whole))
        train, validation, test = (whole.take(part) for part in chosen)
        title = Message("Arrays of {file}", file=path.name)
        return Dataset(train, validation, test, task, classes, facts, title)

    def _dealt(
        self, fields: _Fields, headers: Mapping[str, Header], classes: torch.Tensor | None, count: int
    ) -> Places:
        alike = classes if self.stratify and classes is not None and classes.dim() == 1 else None
        pieces = next(iter(fields.values()))
        if pieces[0].part is None:
            return places(count, self.validation, self.test, alike, seed=self.split_seed)
        given = [torch.full((headers[piece.array].shape[0],), piece.part or 0) for piece in pieces]
        return parts.completed(torch.cat(given), self.validation, self.test, alike, seed=self.split_seed)


def given_back(inputs: Mapping[str, T]) -> dict[str, T]:
    """Give inputs as targets: the only one as `target`, several under their own names."""
    return {TARGET: next(iter(inputs.values()))} if len(inputs) == 1 else dict(inputs)


def is_plain(folder: str, learn: str = "labels") -> bool:
    """Tell whether a file is a .npz whose arrays are the inputs and `target` under these names."""
    try:
        path = _file(folder)
        fields = _fields(path, headers_of(path), learn)
    except DataError:
        return True  # whoever reads it will say why it cannot be read
    same = all(len(found) == 1 and found[0] == _Piece(name, None) for name, found in fields.items())
    return path.suffix.lower() == ".npz" and learn != ITSELF and same


def _file(name: str) -> Path:
    if not name:
        raise DataError(Message("No file of arrays is chosen. Choose one in the training plan."))
    path = Path(name).expanduser()
    if not path.exists():
        raise DataError(Message("There is no file {file}. Choose it again.", file=name))
    return path


def _fields(path: Path, headers: Mapping[str, Header], learn: str) -> _Fields:
    """Give the fields with the arrays that they are made of, in order.

    Raises:
        DataError: there are none, there is no target, or they differ in length.
    """
    found: _Fields = {}
    named = {name: _named(name) for name in headers}
    if not all(part is not None for _, part in named.values()) or parts.TRAIN not in (
        part for _, part in named.values()
    ):
        named = {name: (name, None) for name in headers}
    for name, (field, part) in named.items():
        found.setdefault(field, []).append(_Piece(name, part))
    for pieces in found.values():
        pieces.sort(key=lambda piece: piece.part or 0)
    if TARGET not in found:
        other = next((name for name in _TARGETS if name in found), "")
        if other and learn != ITSELF:
            found[TARGET] = found.pop(other)
    only = next(iter(found.values()), [])
    if len(found) == 1 and TARGET not in found and learn != ITSELF and _is_table(path, headers, only):
        # The rows of a single array: its last column is what is to be predicted.
        found = {
            "x": [piece._replace(columns=slice(None, -1)) for piece in only],
            TARGET: [piece._replace(columns=slice(-1, None)) for piece in only],
        }
    inputs = {name: pieces for name, pieces in found.items() if name != TARGET}
    if not inputs or (TARGET not in found and learn != ITSELF):
        raise DataError(
            Message(
                "{file} must hold an array “target” and at least one input. It holds: {names}.",
                file=path.name,
                names=_names([*inputs, *([TARGET] if TARGET in found else [])]),
            )
        )
    used = inputs if learn == ITSELF else found
    lengths = {name: [_length(headers[piece.array]) for piece in pieces] for name, pieces in used.items()}
    alike = {
        tuple((piece.part, n) for piece, n in zip(used[name], ns, strict=True))
        for name, ns in lengths.items()
    }
    if len(alike) != 1 or any(0 in ns for ns in lengths.values()):
        told = ((name, n) for name, ns in lengths.items() for n in ns)
        raise DataError(
            Message(
                "All arrays of {file} must have the same number of samples (their first size): {lengths}.",
                file=path.name,
                lengths=", ".join(f"{name[:60]} {length}" for name, length in list(told)[:20]),
            )
        )
    return used


def _named(name: str) -> tuple[str, int | None]:
    """Give the field of an array and its part of the data: `x_train` is x for training."""
    for first, last in ((name.rpartition("_")[0], name.rpartition("_")[2]), name.partition("_")[::-2]):
        part = parts.part_of(last)
        if first and part is not None:
            return first, part
    return name, None


def _is_table(path: Path, headers: Mapping[str, Header], pieces: list[_Piece]) -> bool:
    return path.suffix.lower() in (".npy", ".pt", ".pth") and all(
        len(headers[piece.array].shape) == 2 and headers[piece.array].shape[1] > 1 for piece in pieces
    )


def _length(header: Header) -> int:
    return header.shape[0] if header.shape else 0


def _shape(headers: Mapping[str, Header], piece: _Piece) -> tuple[int, ...]:
    shape = headers[piece.array].shape
    return shape if piece.columns is None else (shape[0], shape[1] - 1)


def _kept(path: Path, fields: _Fields, headers: Mapping[str, Header]) -> dict[str, Kept]:
    """Give where the fields lie in their file.

    Raises:
        DataError: the parts of one differ in their sizes, or hold no numbers.
    """
    found = stored_of(path, {piece.array for pieces in fields.values() for piece in pieces})
    made = {}
    for name, pieces in fields.items():
        if len({_shape(headers, piece)[1:] for piece in pieces}) > 1:
            raise _uneven(pieces)
        if name != TARGET:
            _whole(name, headers[pieces[0].array].kind)
        columns = pieces[0].columns
        cut = None if columns is None else (columns.start, columns.stop)
        made[name] = Kept(tuple(found[piece.array] for piece in pieces), cut)
    return made


def _must_stay(shape: tuple[int, ...], needed: Mapping[str, Header]) -> bool:
    """Tell whether a target stays on the disk; one with a class for each sample never does."""
    several = len(shape) > 2 or shape[1:2] not in ((), (1,))
    numbers = all(header.kind.kind in ("biuf" if several else "f") for header in needed.values())
    return numbers and not fits_memory(2 * size_of(needed))


def _uneven(pieces: list[_Piece]) -> DataError:
    return DataError(Message("The parts of “{name}” differ in their sizes.", name=_named(pieces[0].array)[0]))


def _joined(pieces: list[_Piece], arrays: Mapping[str, Array]) -> Array:
    found = [
        arrays[piece.array] if piece.columns is None else arrays[piece.array][:, piece.columns]
        for piece in pieces
    ]
    if len({array.shape[1:] for array in found}) > 1:
        raise _uneven(pieces)
    return found[0] if len(found) == 1 else np.concatenate(found)


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
            raise too_large(name)
        return torch.from_numpy(array.astype(np.int64))
    with np.errstate(over="ignore"):
        values = torch.from_numpy(array.astype(np.float32))
    broken_rows = (~torch.isfinite(values)).reshape(len(values), -1).any(1)
    if bool(broken_rows.any()):
        raise broken(name, int(broken_rows.nonzero()[0]), int(broken_rows.sum()))
    return values


def _places_of(inputs: Mapping[str, Field]) -> frozenset[tuple[int, ...]]:
    """Give the sizes that a target with a class for each place has: each token, step or pixel of an input."""
    found: set[tuple[int, ...]] = set()
    for field in inputs.values():
        if field.whole and len(field.sample) == 1:  # tokens
            found.add(field.sample)
        elif len(field.sample) == 2:  # steps with some numbers each
            found.add(field.sample[:1])
        elif len(field.sample) > 2:  # channels, and then places
            found.add(field.sample[1:])
    return frozenset(found)


def targets_of(
    target: Array, places: frozenset[tuple[int, ...]] = frozenset()
) -> tuple[Task, tuple[str, ...], torch.Tensor]:
    """Tell what is to be learned from the kind of numbers of the target.

    Args:
        target: the numbers.
        places: sizes of targets with a class for each place.
    """
    if target.dtype.kind in "biu" and target.shape[1:2] == (1,) and target.shape[2:] in places:
        target = target[:, 0]  # masks with a channel
    if target.dtype.kind in "biu" and target.ndim > 1 and target.shape[1:] in places:
        values, numbers = np.unique(target, return_inverse=True)
        if len(values) <= MOST_PLACED:
            if target.dtype.kind == "b":
                return "classification", ("no", "yes"), torch.from_numpy(target.astype(np.int64))
            found = torch.from_numpy(numbers.astype(np.int64)).reshape(target.shape)
            return "classification", tuple(map(str, values.tolist())), found
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
