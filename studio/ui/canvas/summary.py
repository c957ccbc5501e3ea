"""One line that says the most about a block: its sizes and what was set by hand."""

from __future__ import annotations

from studio.blocks import Block, Parameter
from studio.graph import Expression, Node, Value
from studio.ui.words.text import say, tr

BETWEEN = ", "


def summary(block: Block, node: Node) -> str:
    """Give the most telling parameters in the language in use.

    The first parameter is always told, as is a kernel; every other where it differs from its default.
    """
    told: list[str] = []
    for place, parameter in enumerate(block.editable()):
        value = node.parameters.get(parameter.name, parameter.unset)
        if value is None and parameter.reads is not None:
            continue  # the wires tell
        telling = (place == 0 and not parameter.advanced) or parameter.name == "kernel_size"
        if telling or value != parameter.default:
            text = _told(parameter, value)
            if text:
                told.append(text)
    return BETWEEN.join(told)


def sizes(value: Value) -> str:
    """Give sizes as people write them: `3×3`, `1 × 28 × 28`."""
    if isinstance(value, tuple):
        return " × ".join(number(part) for part in value)
    return number(value)


def number(value: Value) -> str:
    """Give a number, a text or an expression in few characters."""
    match value:
        case Expression(text=text):
            return text[:24]
        case bool():
            return tr("yes") if value else tr("no")
        case float():
            return f"{value:g}"
        case str():
            return value[:24]
        case None:
            return "–"
        case tuple():
            return ", ".join(number(part) for part in value)
    # A number from a file can have thousands of digits.
    return str(value) if abs(value) < 10**12 else f"{float(value):.0e}" if abs(value) < 10**300 else "…"


def _told(parameter: Parameter, value: Value) -> str:
    label = say(parameter.said)
    # In English there is little room: "num heads 4" is told as "heads 4", "hidden size 64" as "hidden 64".
    label = (label[:1].lower() + label[1:]).removeprefix("num ").removesuffix(" size")
    match parameter.kind:
        case "bool":
            return label if value is True else tr("no {what}", what=label)
        case "shape":
            return sizes(value)
        case "choice":
            return number(value)
        case "size":
            side = number(value) if not isinstance(value, tuple) else "×".join(map(number, value))
            if parameter.name == "kernel_size" and parameter.dims > 1:
                return "×".join([side] * parameter.dims) if not isinstance(value, tuple) else side
            return f"{label} {side}"
    if parameter.name.startswith("out_"):
        return f"→ {number(value)}"
    return f"{label} {number(value)}"
