"""How a block's weights begin: what fits them, the numbers themselves, and the lines that write them.

Weights and biases are chosen apart. Of a block with many tensors the weights are its matrices and kernels:
the scales of a normalisation inside it stay as they are, as a layer that begins at 0 passes nothing on.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import torch
from torch import nn

from studio.blocks import Block, ParameterError, find, show
from studio.compiler.complaints import Complaint
from studio.compiler.lines import Bracket, statement
from studio.compiler.literals import literal
from studio.compiler.measure import Weight, target_of
from studio.graph import Initial, Message, Node, Value, freeze
from studio.project import Fix

PLACES: Final = ("weight", "bias")
"""What can begin in its own way, in the order in which it is drawn."""

LEAST: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("kaiming_normal", "kaiming_uniform", "xavier_normal", "xavier_uniform"), (2, 99)),
    "orthogonal": (2, 99),
    "eye": (2, 2),
    "sparse": (2, 2),
    "dirac": (3, 5),
}
"""The least and the largest number of dimensions of a tensor that can begin so; others take any."""


def parts(weights: Iterable[Weight]) -> dict[str, tuple[Weight, ...]]:
    """Give the tensors of a block that are its weights, and those that are its biases."""
    found = list(weights)
    biases = tuple(one for one in found if "bias" in one.name.rpartition(".")[2])
    others = [one for one in found if one not in biases]
    grown = [one for one in others if len(one.shape) > 1]
    return {"weight": tuple(grown or others), "bias": biases}


def resolved(initial: Initial) -> tuple[Block, dict[str, Value]] | None:
    """Give what is declared of a choice, and its parameters; None where this version does not know it.

    Raises:
        ParameterError: a parameter has a value that it does not take.
    """
    declared = find(initial.type, "initializer")
    if declared is None:
        return None
    values: dict[str, Value] = {}
    for parameter in declared.editable():
        values[parameter.name] = parameter.check(initial.parameters.get(parameter.name, parameter.default))
    return declared, values


# -- what does not fit -----------------------------------------------------------------------------------


def complaints(node: Node, weights: Iterable[Weight]) -> Iterator[Complaint]:
    """Say which choices do not fit the weights that a block has.

    Args:
        node: the block.
        weights: its learnable tensors.
    """
    known = parts(weights)
    if node.shares:
        yield Complaint(
            "nothing_to_begin",
            Message(
                "“{name}” uses the weights of another block, so its own initial values do not matter.",
                name=node.name,
            ),
            fixes=tuple(
                Fix(Message("Begin as PyTorch does"), "initial", node.id, place) for place in node.initial
            )[:1],
            warning=True,
        )
        return
    for place, initial in node.initial.items():
        reset = Fix(Message("Begin as PyTorch does"), "initial", node.id, place)
        if not known.get(place):
            yield Complaint(
                "nothing_to_begin",
                Message(
                    "“{name}” has no {part}, so it does not matter how it would begin.",
                    name=node.name,
                    part=NAMES[place],
                ),
                parameter=place,
                fixes=(reset,),
                warning=True,
            )
            continue
        found = _complaint(node, place, initial, known[place])
        if found is not None:
            message, expected, received = found
            yield Complaint("bad_initial", message, "", place, expected, received, (reset,))


NAMES: Mapping[str, Message] = {"weight": Message("weight"), "bias": Message("bias")}
"""What the parts are called in a sentence."""


def _complaint(
    node: Node, place: str, initial: Initial, tensors: tuple[Weight, ...]
) -> tuple[Message, Message | None, Message | None] | None:
    try:
        declared = resolved(initial)
    except ParameterError as error:
        return error.message, error.expected, Message("{value}", value=error.received)
    if declared is None:
        unknown = Message(
            "This version of Netwright does not know the initial values “{type}”. Choose others.",
            type=initial.type,
        )
        return unknown, None, Message("{value}", value=initial.type)
    block, values = declared
    low, high = LEAST.get(block.type, (0, 99))
    wrong = next((one for one in tensors if not low <= len(one.shape) <= high), None)
    if wrong is not None:
        needs = (
            Message("{low} to {high} dimensions", low=low, high=high)
            if low < high < 99
            else Message("{low} dimensions", low=low)
            if low == high
            else Message("at least {low} dimensions", low=low)
        )
        message = Message(
            "“{title}” needs {needs}, and the {part} of “{name}” has the sizes {sizes}."
            " Choose another way to begin.",
            title=Message(block.title),
            needs=needs,
            part=NAMES[place],
            name=node.name,
            sizes=show(wrong.shape),
        )
        return message, needs, Message("{value}", value=show(wrong.shape))
    groups = values.get("groups")
    if isinstance(groups, int) and any(one.shape[0] % groups for one in tensors):
        size = tensors[0].shape[0]
        message = Message(
            "The groups must divide the filters: {groups} does not divide {size}.", groups=groups, size=size
        )
        return message, Message("a divisor of {number}", number=size), Message("{value}", value=groups)
    return _empty_range(block, values)


def _empty_range(
    block: Block, values: Mapping[str, Value]
) -> tuple[Message, Message | None, Message | None] | None:
    low, high = values.get("a"), values.get("b")
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return None
    mean, std = values.get("mean"), values.get("std")
    middle = float(mean) if isinstance(mean, (int, float)) else low
    reach = 2 * float(std) if isinstance(std, (int, float)) else 0.0
    if low < high and low - reach <= middle <= high + reach:
        return None
    message = Message(
        "No number can be drawn from {low} to {high} around {middle}. Put the least below the greatest, and"
        " the middle between them.",
        low=show(low),
        high=show(high),
        middle=show(middle),
    )
    return message, Message("more than {number}", number=show(low)), Message("{value}", value=show(high))


# -- the numbers, and the lines that write them ----------------------------------------------------------


def _calls(
    node: Node, values: Mapping[str, Value], weights: Iterable[Weight]
) -> Iterator[tuple[Block, str, int | None, dict[str, Value]]]:
    """Give what is called, in order: the declaration, the tensor, its row where it is one, parameters."""
    known = parts(weights)
    for place in PLACES:
        found = resolved(node.initial[place]) if place in node.initial else None
        if found is None:
            continue
        for weight in known[place]:
            yield found[0], weight.name, None, found[1]
        padding = values.get("padding_idx")
        zeros = find("zeros", "initializer")
        if isinstance(padding, int) and place == "weight" and zeros is not None:
            yield zeros, known[place][0].name, padding, {}  # the vector that stands for nothing


def begin(node: Node, values: Mapping[str, Value], module: nn.Module) -> None:
    """Give the weights of a module the values that its node says, drawn from the generator in force.

    Args:
        node: the block.
        values: its parameters, resolved.
        module: its module, as torch made it.
    """
    if not node.initial:
        return
    weights = [Weight(name, tuple(tensor.shape)) for name, tensor in module.named_parameters()]
    for block, name, row, given in _calls(node, values, weights):
        tensor = module.get_parameter(name)
        fill: Callable[..., torch.Tensor] = target_of(block)
        with torch.no_grad():
            fill(tensor if row is None else tensor[row], **given)


def lines(
    attribute: str, node: Node, values: Mapping[str, Value], weights: Iterable[Weight]
) -> Iterator[str]:
    """Give the lines that give the weights of a layer their values.

    Args:
        attribute: what the layer is called in the module.
        node: the block.
        values: its parameters, resolved.
        weights: its learnable tensors.
    """
    for block, name, row, given in _calls(node, values, weights):
        at = f"self.{attribute}" + "".join(
            f"[{part}]" if part.isdecimal() else f".{part}" for part in name.split(".")
        )
        where = at if row is None else f"{at}[{row}]"
        yield from statement("", Bracket(f"nn.{_NN.sub('', block.target)}(", (where, *_given(block, given))))


_NN = re.compile(r"^torch\.nn\.")


def _given(block: Block, values: Mapping[str, Value]) -> Iterator[str]:
    """Give the arguments that differ from what torch takes without them."""
    signature: Mapping[str, Any] = inspect.signature(target_of(block)).parameters
    for name, value in values.items():
        default = signature[name].default
        if default is inspect.Parameter.empty:
            yield literal(value)
        elif value != default:
            yield f"{name}={literal(value)}"


def of(type: str, **parameters: Value) -> Initial:
    """Give a choice of how weights begin."""
    return Initial(type, freeze(parameters))
