"""The code of custom blocks within the source of a network: its imports on top, then each text as it is."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

from studio.blocks.custom import Custom
from studio.blocks.declare import every
from studio.graph import Message, NetwrightError

FIRST = ("import torch", "from torch import nn")
"""What every source imports."""


@functools.cache
def ours() -> frozenset[str]:
    """Give the classes of our own layers, which travel with the source."""
    return frozenset(
        made.target.rpartition(".")[2] for made in every() if made.target.startswith("studio.nn.")
    )


def head(texts: Mapping[str, Custom], packages: Iterable[str] = ()) -> list[str]:
    """Give the docstring and the imports of a source.

    Args:
        texts: the custom blocks in it.
        packages: modules that plugins bring its layers from.
    """
    wanted = [line for custom in texts.values() for line in custom.imports]
    future = sorted({line for line in wanted if line.startswith("from __future__ ")})
    wanted += [f"import {name}" for name in packages]
    rest = sorted({line for line in wanted if line not in (*future, *FIRST)})
    return [
        '"""A network drawn in Netwright, as plain PyTorch."""',
        "",
        *([*future, ""] if future else []),
        *(line for line in rest if not line.split()[1].startswith("torch")),
        *([""] if any(not line.split()[1].startswith("torch") for line in rest) else []),
        *FIRST,
        *(line for line in rest if line.split()[1].startswith("torch")),
    ]


def bodies(texts: Mapping[str, Custom]) -> Iterator[str]:
    """Give the lines of the texts themselves."""
    for custom in texts.values():
        yield from ("", "", *custom.body.split("\n"))
        if custom.call == "function":
            # Inside forward a result may be called as the function is.
            yield from ("", "", f"{alias(custom.name)} = {custom.name}")


def alias(name: str) -> str:
    """Give the name that forward calls a function by: no label of a block becomes it."""
    return f"_{name}"


def names(texts: Mapping[str, Custom]) -> set[str]:
    """Give every name that the texts take in a source."""
    found = {name for custom in texts.values() for name in _own(custom)}
    return found | {name for custom in texts.values() for line in custom.imports for name in _bound(line)}


def clash(texts: Iterable[tuple[str, Custom]]) -> tuple[str, Message] | None:
    """Give the block and the reason where texts cannot stand in one source; None where they can."""
    owners: dict[str, str] = {}
    bound: dict[str, str] = {name: line for line in FIRST for name in _bound(line)}
    for key, custom in texts:
        for name in _own(custom):
            if name in ours() or name in bound or name in owners:
                return key, Message(
                    "The name “{name}” in the code of “{block}” is taken: {other} has it. Rename it.",
                    name=name,
                    block=key,
                    other=f"“{owners[name]}”" if name in owners else "PyTorch",
                )
            owners[name] = key
        for line in custom.imports:
            for name in _bound(line):
                if bound.setdefault(name, line) != line or name in owners:
                    return key, Message(
                        "“{line}” in the code of “{block}” gives a name that stands for something else."
                        " Import it under another name.",
                        line=line,
                        block=key,
                    )
    return None


def refuse_clashes(texts: Mapping[str, Custom]) -> None:
    """Refuse texts that cannot stand in one source.

    Raises:
        NetwrightError: two of them use one name for different things.
    """
    found = clash(texts.items())
    if found is not None:
        raise NetwrightError(found[1])


def _own(custom: Custom) -> list[str]:
    """Give the names that a text takes, besides those of its imports."""
    return [*(name for name, _ in custom.defines), *([alias(custom.name)] * (custom.call == "function"))]


def _bound(line: str) -> list[str]:
    """Give the name that an import of one name brings."""
    if line.startswith("from __future__ "):
        return []
    words = line.split()
    return [words[-1]] if "as" in words else [words[-1].split(".")[0]]
