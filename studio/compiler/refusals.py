"""Why a module did not run, in words as far as it can be told, and what no machine could hold."""

from __future__ import annotations

import dataclasses
import functools
import math
import os
import re
from collections.abc import Iterator, Mapping

from studio.blocks import Block, show
from studio.compiler.complaints import Complaint, text
from studio.compiler.custom import CustomError
from studio.compiler.measure import Arrivals
from studio.compiler.mends import setting
from studio.compiler.reasons import reason
from studio.compiler.tensors import Tensor
from studio.graph import Message, Node, Value
from studio.project import Fix

WEIGHT_LIMIT = 2**40
"""Weights beyond this many bytes (1 TiB) fit on no machine that Netwright runs on."""

_OVERFLOW = re.compile(r"size calculation overflowed with sizes=\[([\d, ]+)\]")


def refused(
    block: Block, node: Node, given: Arrivals, values: Mapping[str, Value], details: str
) -> Complaint:
    """Say in words why a module did not run; torch's own text goes to the details."""
    overflowed = _OVERFLOW.search(details)
    if overflowed is not None:
        # So many bytes have no number in torch: it gives the sizes, of four bytes each.
        return _beyond(4 * math.prod(int(size) for size in overflowed[1].split(",")))
    tensor = next((tensors[0] for tensors in given.values()), None)
    if tensor is not None and block.type == "reshape":
        return dataclasses.replace(_reshape(block, node, tensor, values), details=details)
    known = reason(block, node, given, values)
    if known is not None:
        return dataclasses.replace(known, details=details)
    arrived = ", ".join(str(each) for tensors in given.values() for each in tensors) or "–"
    return Complaint(
        "does_not_fit",
        Message(
            "“{block}” cannot work on {received} with these parameters. Check its sizes.",
            block=Message(block.title),
            received=arrived,
        ),
        port=next(iter(given), ""),
        expected=Message("sizes and parameters that fit each other"),
        received=Message("{sizes}", sizes=arrived),
        details=details,
    )


def untrusted(block: Block, node: Node) -> Complaint:
    """Say that the code of a block may not run yet."""
    return Complaint(
        "untrusted_code",
        Message(
            "“{block}” is code in this project, which may not run yet. Look at it, and trust the project if"
            " you trust who wrote it.",
            block=block.title,
        ),
        expected=Message("code that you trust"),
        received=Message("code that nobody looked at"),
        fixes=(Fix(Message("Look at the code and trust it…"), "trust", node.id),),
    )


def failed(block: Block, error: CustomError) -> Complaint:
    """Say what the code of a block did instead of its work."""
    last = error.details.strip().rpartition("\n")[2][:300]
    return Complaint(
        "custom_code",
        error.message,
        expected=Message("code that gives {count} {count:tensor|tensors}", count=len(block.outputs)),
        received=Message("{value}", value=last) if last else Message("something else"),
        details=error.details,
    )


def _reshape(block: Block, node: Node, tensor: Tensor, values: Mapping[str, Value]) -> Complaint:
    """Say that the numbers of a sample do not fill the shape that was asked for."""
    return Complaint(
        "reshape",
        Message(
            "{received} holds {count} {count:number|numbers} a sample, "
            "which {count:does|do} not fill {shape}.",
            received=str(tensor),
            count=tensor.elements(1),
            shape=show(values.get("shape")),
        ),
        parameter="shape",
        expected=Message("sizes whose product is {number}", number=tensor.elements(1)),
        received=Message("{value}", value=show(values.get("shape"))),
        fixes=(setting(block, node, "shape", (-1,)),),
    )


def _beyond(memory: int) -> Complaint:
    """Say that no machine has so much memory."""
    return Complaint(
        "too_large",
        Message(
            "This block alone would take {memory} GiB of memory. Use smaller sizes.", memory=_gib(memory)
        ),
        expected=Message("at most {memory} GiB", memory=_gib(WEIGHT_LIMIT)),
        received=Message("{memory} GiB", memory=_gib(memory)),
    )


def _gib(memory: int) -> str:
    """Write a number of bytes as GiB."""
    if memory < 2**60:
        gib = memory / 2**30
        return f"{gib:,.0f}" if gib >= 100 else f"{gib:.1f}"
    return f"10^{len(str(memory >> 30)) - 1}"


@functools.cache
def _memory_here() -> int | None:
    """Give the bytes of memory of this computer, or None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows has no such question
        return None


def size(parameters_count: int, outputs: Mapping[str, Tensor]) -> Iterator[Complaint]:
    """Refuse what no machine could hold, and warn of what this one cannot, with the memory it would take."""
    memory = 4 * parameters_count + sum(tensor.bytes(1) for tensor in outputs.values())
    here = _memory_here()
    if memory > WEIGHT_LIMIT:
        yield _beyond(memory)
    elif here is not None and memory > here:
        yield Complaint(
            "too_large_here",
            Message(
                "This block alone would take {memory} GiB of memory, and this computer has {here} GiB. "
                "Use smaller sizes, or train it on a larger machine.",
                memory=_gib(memory),
                here=_gib(here),
            ),
            expected=Message("at most {memory} GiB", memory=_gib(here)),
            received=Message("{memory} GiB", memory=_gib(memory)),
            warning=True,
        )
    for tensor in outputs.values():
        if any(dim.at(1) <= 0 for dim in tensor.shape):
            yield Complaint(
                "too_small",
                Message("Nothing is left of the tensor: it would be {sizes}.", sizes=str(tensor)),
                expected=Message("sizes of at least 1"),
                received=text(tensor),
            )
