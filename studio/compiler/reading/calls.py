"""How the arguments of a call reach a block: which are tensors for its ports, which are parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studio.blocks import Block
from studio.compiler.reading.layers import Given
from studio.compiler.signatures import Argument, called


@dataclass(frozen=True)
class Slot:
    """One argument of a target.

    Attributes:
        argument: its name and default.
        ports: the input ports that it feeds: one, or several as a tuple; none for a parameter.
        many: it takes a list of tensors.
    """

    argument: Argument
    ports: tuple[str, ...] = ()
    many: bool = False


def slots(block: Block, arguments: Iterable[Argument] | None = None) -> tuple[Slot, ...]:
    """Give what a target takes, with the ports that it feeds.

    Args:
        block: the declaration.
        arguments: what is called, where it is not the block's own target.
    """
    waiting: list[tuple[str, ...]] = []
    for port in block.inputs:
        if port.keyword:
            continue
        pack = tuple(other.name for other in block.inputs if port.pack and other.pack == port.pack)
        if (pack or (port.name,)) not in waiting:
            waiting.append(pack or (port.name,))
    keywords = {port.name for port in block.inputs if port.keyword}
    found: list[Slot] = []
    for argument in called(block) if arguments is None else arguments:
        if argument.name in keywords:
            found.append(Slot(argument, (argument.name,)))
        elif argument.name in block.parameters or not waiting:
            found.append(Slot(argument))
        else:
            ports = waiting.pop(0)
            first = block.input(ports[0])
            found.append(Slot(argument, ports, first is not None and first.many))
    return tuple(found)


def split(given: Given, taken: Iterable[Slot]) -> tuple[list[tuple[Slot, ast.expr]], Given]:
    """Part the arguments of a call: tensors with their slots, and the rest."""
    by_name: Mapping[str, Slot] = {slot.argument.name: slot for slot in taken if slot.ports}
    tensors = [(by_name[name], node) for name, node in given.values.items() if name in by_name]
    rest = {name: node for name, node in given.values.items() if name not in by_name}
    return tensors, Given(rest, given.complaints)
