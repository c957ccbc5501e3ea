"""Lines such as `nn.init.kaiming_normal_(self.conv1.weight)`: how the weights of a layer begin."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping

from studio.blocks import Block, ParameterError, every
from studio.compiler.initials import resolved
from studio.compiler.measure import target_of
from studio.compiler.reading.drawn import Made
from studio.compiler.reading.text import UnreadableError, dotted
from studio.compiler.reading.values import Scope, value_of, written
from studio.graph import Expression, Initial, Message, Value, freeze
from studio.graph.model import same, same_values


def way(call: ast.Call, imports: Mapping[str, str]) -> Block | None:
    """Give the declared way to begin that a call names; None where it names none."""
    target = dotted(call.func, imports)
    return next((block for block in every("initializer") if block.target == target), None)


def read(call: ast.Call, block: Block, made: Mapping[str, Made], scope: Scope, kept: Scope) -> None:
    """Note at a layer how its weights or biases begin.

    Args:
        call: what is called.
        block: the declared way.
        made: the layers that were made, by the name that `self` has them under.
        scope: what names stand for.
        kept: what attributes of `self` stand for.

    Raises:
        UnreadableError: it is not the tensor of a layer, or an argument is not read.
    """
    layer, path, row = _tensor(call, made)
    if row is not None:
        known = layer.bound[0].parameters.get("padding_idx")
        if block.type == "zeros" and same(known, row):
            return  # the vector that stands for nothing stays 0 by itself
        raise _refused(call)
    initial = Initial(block.type, freeze(_parameters(call, block, scope, kept)))
    part = "bias" if "bias" in path[-1] and not layer.tensor else "weight"
    before = layer.initial.get(part)
    if before is not None and before != initial:
        raise UnreadableError(
            call,
            Message(
                "“{text}” begins otherwise than another tensor of the layer."
                " All weights of a layer, and all of its biases, begin in one way.",
                text=written(call),
            ),
        )
    layer.initial = {**layer.initial, part: initial}


def same_way(one: Initial, other: Initial) -> bool:
    """Tell whether two choices draw the same, however much of their parameters was set by hand."""
    try:
        first, second = resolved(one), resolved(other)
    except ParameterError:
        return one == other
    if first is None or second is None:
        return one == other
    return first[0] is second[0] and same_values(first[1], second[1])


def _tensor(call: ast.Call, made: Mapping[str, Made]) -> tuple[Made, list[str], Value]:
    """Give the layer, the way to its tensor, and the row of the tensor where one is named."""
    node: ast.expr | None = call.args[0] if call.args else None
    row: Value = None
    match node:
        case ast.Subscript(value=ast.Attribute() as inner, slice=ast.Constant(value=int() as number)):
            node, row = inner, number
    path: list[str] = []
    while isinstance(node, ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute):
            path.insert(0, node.attr)
        elif isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
            path.insert(0, str(node.slice.value))
        else:
            raise _refused(call)
        node = node.value
    if not isinstance(node, ast.Name) or node.id != "self" or not path or path[0] not in made:
        raise _refused(call)
    layer = made[path[0]]
    if len(path) < 2 and not layer.tensor:
        raise _refused(call)
    if layer.part is not None or not layer.bound:
        raise _refused(call)
    return layer, path[1:], row


def _parameters(call: ast.Call, block: Block, scope: Scope, kept: Scope) -> dict[str, Value]:
    """Give the parameters that differ from those declared; what is not given is as torch has it."""
    names = list(inspect.signature(target_of(block)).parameters)[1:]
    given: dict[str, Value] = {}
    for name, argument in inspect.signature(target_of(block)).parameters.items():
        if name in block.parameters and argument.default is not inspect.Parameter.empty:
            given[name] = argument.default
    if len(call.args) - 1 > len(names):
        raise _refused(call)
    nodes = dict(zip(names, call.args[1:], strict=False))
    nodes.update({keyword.arg or "": keyword.value for keyword in call.keywords})
    for name, node in nodes.items():
        if name not in block.parameters:
            raise _refused(call)
        value = value_of(node, scope, kept)
        if isinstance(value, Expression):
            raise _refused(call)
        given[name] = value
    parameters: dict[str, Value] = {}
    for name, value in given.items():
        parameter = block.parameters[name]
        try:
            checked = parameter.check(value)
        except ParameterError as error:
            raise UnreadableError(call, error.message) from None
        if not same(checked, parameter.default):
            parameters[name] = checked
    return parameters


def _refused(call: ast.Call) -> UnreadableError:
    return UnreadableError(
        call,
        Message(
            "“{text}” is not read. Expected the weight or bias of one layer, such as"
            " nn.init.zeros_(self.fc1.bias), and plain numbers.",
            text=written(call),
        ),
    )
