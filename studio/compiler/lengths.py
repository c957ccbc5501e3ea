"""How the sizes that a block gives follow a length that an Input leaves open, found by running the block.

A block is run for some lengths around the example. A size that grows by equal steps at equal distances is a
formula of the length, `times * ((T + shift) // stride) + plus`, which is what convolutions, poolings,
upsamplings and joins make of a length. A block that runs for the example alone does not take the length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from studio.blocks import show
from studio.compiler.complaints import Complaint, text
from studio.compiler.problems import Problem
from studio.compiler.tensors import BATCH, Dim, Length, Lengths, Tensor
from studio.graph import Graph, Message, NetwrightError, Value, freeze
from studio.project import Fix

Shapes = Mapping[str, tuple[tuple[int, ...], str]]
"""Output port to sizes and dtype, for one batch size and one choice of lengths."""

Run = Callable[[int, Lengths], Shapes | None]
"""Runs a block for a batch size and lengths; None where it does not run."""

FAR = 64
"""How far from the example a size must still be the same to be one that does not follow the length."""

LONGEST_STRIDE = 64
"""The longest stride in which a size may follow a length."""

BATCHES = (2, 3)
"""The two batch sizes that tell sizes of the batch from fixed ones."""


REFUSED, LEARNED = "fixed_length", "length_as_features"
"""Codes of what is told of blocks that do not take an open length."""


class NotForAnyLength(Exception):  # noqa: N818 - it tells of a block, and is no error of ours
    """A block does not take a length that differs from batch to batch, or no formula says what it gives.

    Attributes:
        name: the length.
        runs: it takes other lengths, and only the formula lacks.
    """

    def __init__(self, name: str, *, runs: bool = True) -> None:
        """Name the length."""
        self.name, self.runs = name, runs
        super().__init__(name)


def follow(outputs: Mapping[str, Tensor], lengths: Lengths, run: Run) -> dict[str, Tensor]:
    """Find how the outputs of a block follow the lengths that arrive.

    Args:
        outputs: what it gives for the examples of the lengths.
        lengths: the lengths that arrive, with their examples.
        run: runs it.

    Raises:
        NotForAnyLength: it runs for the example alone, or its sizes follow no formula.
    """
    found = dict(outputs)
    for name, example in lengths.items():
        around = _Around(name, example, run)
        for port, tensor in outputs.items():
            dims = list(found[port].shape)
            for index, dim in enumerate(tensor.shape):
                length = around.formula(port, index, dim)
                if length is not None and dims[index].length is not None:
                    raise NotForAnyLength(name)  # one size of two lengths
                if length is not None:
                    dims[index] = replace(dim, length=length)
            found[port] = replace(tensor, shape=tuple(dims))
    return found


class _Around:
    """A block, run for lengths around the example, once for each."""

    def __init__(self, name: str, example: int, run: Run) -> None:
        """Find on which side of the example, and how far from it, the block runs."""
        self._name, self._example, self._run = name, example, run
        self._seen: dict[tuple[int, int], Shapes | None] = {}
        steps = (step for step in (1, -1) if self._shapes(example + step) is not None)
        self._step = next(steps, 0)
        if not self._step:
            raise NotForAnyLength(name, runs=False)
        self._far = FAR
        while self._shapes(example + self._step * self._far) is None:
            self._far //= 2  # it ends at 1, for which the block ran

    def _shapes(self, length: int, batch: int = BATCHES[0]) -> Shapes | None:
        if (length, batch) not in self._seen:
            self._seen[length, batch] = self._run(batch, {self._name: length}) if length > 0 else None
        return self._seen[length, batch]

    def formula(self, port: str, index: int, dim: Dim) -> Length | None:
        """Give how a size follows the length; None for one that stays the same.

        Args:
            port: an output of the block.
            index: the dimension.
            dim: the size for the example.
        """

        def size(length: int, batch: int = BATCHES[0]) -> int:
            shapes = self._shapes(length, batch)
            if shapes is None or index >= len(shapes[port][0]):
                raise NotForAnyLength(self._name)
            return shapes[port][0][index]

        near, far = self._example + self._step, self._example + self._step * self._far
        if size(self._example) == size(near) == size(far):
            return None
        if not dim.per_batch:
            return self._fitted(far, size)
        low, high = BATCHES
        if dim.fixed or size(near, high) * low != size(near, low) * high:
            raise NotForAnyLength(self._name)
        return self._fitted(far, lambda length: size(length) // low)

    def _fitted(self, far: int, size: Callable[[int], int]) -> Length:
        """Find the formula from where the size grows, and hold it against every length that was tried."""
        grows: list[int] = []
        tried = [self._example]
        while len(grows) < 2:
            if len(tried) > 2 * LONGEST_STRIDE:
                raise NotForAnyLength(self._name)
            tried.append(tried[-1] + self._step)
            if size(tried[-1]) != size(tried[-2]):
                grows.append(max(tried[-2:]))
        first, second = sorted(grows)
        stride, times = second - first, size(first) - size(first - 1)
        # The formula grows at `first`; the rest goes into the shift where it can: T - 1, not (T + 1) - 2.
        plus = size(first) % times
        shift = stride * (size(first) // times) - first
        if stride == 1:
            plus, shift = plus + times * shift, 0
        found = Length(self._name, self._example, times, stride, shift, plus)
        if any(found.at(length) != size(length) for length in (*tried, far)):
            raise NotForAnyLength(self._name)
        return found


# -- what an Input leaves open -----------------------------------------------------------------------------


class LengthsError(NetwrightError):
    """The open lengths of an Input cannot be read."""


def unread(error: LengthsError, values: Mapping[str, Value]) -> Complaint:
    """Say that the open lengths of an Input cannot be read."""
    return Complaint(
        "bad_lengths",
        error.message,
        parameter="open",
        expected=Message("a name or - for each size, such as T, -"),
        received=Message("{value}", value=show(values["open"])),
    )


_OPEN = re.compile(r"(?P<times>[1-9]\d{0,3})?(?P<name>(?!B$)[A-Za-z][A-Za-z0-9_]{0,15})")


def entering(shape: tuple[int, ...], dtype: str, open_sizes: str) -> Tensor:
    """Give the tensor that enters by an Input.

    Args:
        shape: sizes of one sample; a size that is open is an example.
        dtype: kind of numbers.
        open_sizes: a name for each size that is open, in order, separated by commas; `-` for the others, and
            `16H` for multiples of 16.

    Raises:
        LengthsError: the names cannot be read, are more than there are sizes, or do not fit a size.
    """
    names = [part.strip() for part in open_sizes.split(",")] if open_sizes.strip() else []
    if len(names) > len(shape):
        raise LengthsError(
            Message(
                "{count} {count:size is|sizes are} named, and a sample has {sizes}. Name them in the order "
                "of the shape, with - for a size that stays as it is.",
                count=len(names),
                sizes=len(shape),
            )
        )
    names += ["-"] * (len(shape) - len(names))
    sizes = (_open(name, size) for name, size in zip(names, shape, strict=True))
    return Tensor((BATCH, *sizes), dtype)


def _names(open_sizes: str) -> set[str]:
    found = (_OPEN.fullmatch(part.strip()) for part in open_sizes.split(","))
    return {one["name"] for one in found if one is not None}


def _open(text: str, size: int) -> Dim:
    if text in ("", "-"):
        return Dim(0, size)
    found = _OPEN.fullmatch(text)
    if found is None:
        raise LengthsError(
            Message(
                "“{name}” cannot be the name of a length. Take letters and digits, such as T, or 16H for "
                "multiples of 16; B is the batch.",
                name=text,
            )
        )
    times = int(found["times"] or 1)
    if size % times:
        raise LengthsError(
            Message(
                "{name} stands for multiples of {times}, and its example {size} is none. Give another size.",
                name=text,
                times=times,
                size=size,
            )
        )
    return Dim(0, size, Length(found["name"], size // times, times))


def unequal(tensors: Mapping[str, Tensor]) -> Iterator[tuple[str, Complaint]]:
    """Give the Inputs that take another example for a length than the ones before, by id.

    Args:
        tensors: what enters, by the id of the Input.
    """
    examples: dict[str, int] = {}
    for key, tensor in tensors.items():
        for dim in tensor.shape:
            length = dim.length
            if length is not None and examples.setdefault(length.name, length.example) != length.example:
                yield (
                    key,
                    Complaint(
                        "lengths_differ",
                        Message(
                            "The length {name} is {here} here and {there} at another place. One name is one "
                            "length: give both the same size, or name this one otherwise.",
                            name=length.name,
                            here=length.example,
                            there=examples[length.name],
                        ),
                        parameter="shape",
                        expected=Message("{sizes}", sizes=str(examples[length.name])),
                        received=Message("{sizes}", sizes=str(length.example)),
                        fixes=(_as_before(key, tensor, examples),),
                    ),
                )


def _as_before(key: str, tensor: Tensor, examples: Mapping[str, int]) -> Fix:
    """Give the mend that lets an Input take the lengths that others of the same names have."""
    sizes = tuple(
        dim.length.at(examples[dim.length.name])
        if dim.length is not None and dim.length.name in examples
        else dim.fixed
        for dim in tensor.shape[1:]
    )
    label = Message("Set {parameter} to {value}", parameter=Message("Shape"), value=show(sizes))
    return Fix(label, "set", key, parameters=freeze({"shape": sizes}))


def without_echoes(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out that two sizes differ where both are written alike: one name has two lengths there."""
    return [
        problem
        for problem in problems
        if problem.code not in ("shapes_differ", "broadcast")
        or str(problem.expected) != str(problem.received)
    ]


def with_fixes(complaint: Complaint, graph: Graph) -> Complaint:
    """Offer to keep the length as it is that a complaint is about.

    Args:
        complaint: of any kind.
        graph: the graph; inside a composite the lengths come from outside, and nothing is offered.
    """
    if complaint.code not in (REFUSED, LEARNED):
        return complaint
    about = str(complaint.message.values["name"])
    fixes = []
    for node in graph.of_type("input"):
        parts = [part.strip() for part in str(node.parameters.get("open", "")).split(",")]
        if not any(about in _names(part) for part in parts):
            continue
        left = ["-" if about in _names(part) else part for part in parts]
        if all(part in ("", "-") for part in left):
            label = Message("Keep the sizes of “{name}” as they are", name=node.name)
            fixes.append(Fix(label, "reset", node.id, parameters=freeze({"open": None})))
        else:
            label = Message("Keep {length} of “{name}” as it is", length=about, name=node.name)
            fixes.append(Fix(label, "set", node.id, parameters=freeze({"open": ", ".join(left)})))
    return replace(complaint, fixes=tuple(fixes))


def refused(title: str, given: Mapping[str, tuple[Tensor, ...]], why: NotForAnyLength) -> Complaint:
    """Say that a block does not take a length that is open, or that no formula says what it gives."""
    name = why.name
    port, received = next(
        (port, tensor) for port, found in given.items() for tensor in found if name in tensor.lengths
    )
    if why.runs:
        message = Message(
            "“{block}” makes a size of {received} that no formula of {name} says, such as the product of two"
            " lengths. Let the Input keep {name} as it is.",
            block=Message(title),
            received=str(received),
            name=name,
        )
    else:
        message = Message(
            "“{block}” does not take {received} for every {name}: its own sizes were chosen for one length. "
            "Let the Input keep {name} as it is, or take a block that any length suits, such as a mean over "
            "it or an adaptive pooling.",
            block=Message(title),
            received=str(received),
            name=name,
        )
    return Complaint(
        REFUSED,
        message,
        port=port,
        expected=Message("one fixed size"),
        received=text(received),
    )


def length_as_features(title: str, received: Tensor, name: str, port: str) -> Complaint:
    """Say that a block would learn a number of weights that follows a length that is open."""
    return Complaint(
        LEARNED,
        Message(
            "“{block}” learns weights for each of the sizes that follow {name}, and {name} differs from"
            " batch to batch; {received} arrives. Let the Input keep {name} as it is, or take a mean over it"
            " before.",
            block=Message(title),
            received=str(received),
            name=name,
        ),
        port=port,
        expected=Message("one fixed size"),
        received=text(received),
    )
