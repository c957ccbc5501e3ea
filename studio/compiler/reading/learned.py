"""Tensors that are learned themselves: `self.token = nn.Parameter(torch.zeros(1, 1, 16))`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from studio.blocks import ParameterError, find
from studio.compiler.reading.drawn import Made
from studio.compiler.reading.layers import Bound
from studio.compiler.reading.text import UnreadableError, dotted
from studio.compiler.reading.values import Scope, value_of, written
from studio.graph import Initial, Message, Value, freeze

_BEGINNINGS: Mapping[str, Initial | None] = {
    "torch.empty": None,
    "torch.rand": Initial("uniform", freeze({"a": 0.0, "b": 1.0})),
    "torch.ones": Initial("ones"),
    "torch.zeros": Initial("zeros"),
    "torch.randn": None,
}


def learned(call: ast.Call, imports: Mapping[str, str], scope: Scope, kept: Scope) -> Made:
    """Read the call of `nn.Parameter` as the block that gives a tensor of its own.

    Args:
        call: the call.
        imports: what imported names stand for.
        scope: what names stand for.
        kept: what attributes of `self` stand for.

    Raises:
        UnreadableError: how it begins is not read.
    """
    trained: Value = True
    for keyword in call.keywords:
        if keyword.arg != "requires_grad":
            raise _refused(call)
        trained = value_of(keyword.value, scope, kept)
    if len(call.args) != 1 or not isinstance(trained, bool):
        raise _refused(call)
    numbers, factor = _factored(call.args[0], scope, kept)
    if not isinstance(numbers, ast.Call) or numbers.keywords:
        raise _refused(call)
    name, args = dotted(numbers.func, imports), list(numbers.args)
    values: dict[str, Value] = {}
    initial: Initial | None
    if name == "torch.full" and len(args) == 2:
        fill = value_of(args.pop(), scope, kept)
        initial = Initial("constant", freeze({"val": float(fill)})) if isinstance(fill, int | float) else None
        if initial is None:
            raise _refused(call)
    elif name in _BEGINNINGS:
        initial = _BEGINNINGS[name]
    else:
        raise _refused(call)
    if name == "torch.randn":
        values["std"] = abs(factor)
    elif factor != 1.0:
        raise _refused(call)
    found = tuple(value_of(one, scope, kept) for one in args)
    first = found[0] if found else None
    shape = first if len(found) == 1 and isinstance(first, tuple) else found
    block = find("parameter")
    assert block is not None
    try:
        values["shape"] = block.parameters["shape"].check(shape)
    except ParameterError as refusal:
        raise UnreadableError(call, refusal.message) from None
    bound = Bound(block, {**block.defaults(), **values})
    beginning = {} if initial is None else {"weight": initial}
    return Made(call.lineno, (bound,), frozen=not trained, initial=beginning, tensor=True)


def expanded(call: ast.Call, way: str, made: Made, is_batch: Callable[[ast.expr], bool]) -> ast.expr | None:
    """Read `self.token.expand(x.shape[0], -1, -1)`; gives what says how many there are.

    The first size of the tensor is dropped: the block repeats what is left for every sample.
    """
    shape = made.bound[0].parameters["shape"]
    if not isinstance(shape, tuple) or len(shape) < 2 or len(call.args) != len(shape) or call.keywords:
        return None
    batch, *rest = call.args
    match batch:
        case ast.Call(func=ast.Attribute(value=like, attr="size")):
            pass
        case ast.Subscript(value=ast.Attribute(value=like, attr="shape")):
            pass
        case _:
            return None
    kept = [ast.unparse(one) for one in rest]
    same = all(
        one == ("1" if way == "repeat" else "-1") or (way == "expand" and one == str(size))
        for one, size in zip(kept, shape[1:], strict=True)
    )
    if shape[0] != 1 or not same or not is_batch(batch):
        return None
    made.bound = (Bound(made.bound[0].block, {**made.bound[0].parameters, "shape": shape[1:]}),)
    return like


def _factored(node: ast.expr, scope: Scope, kept: Scope) -> tuple[ast.expr, float]:
    """Give what is multiplied by a number, and the number: `0.02 * torch.randn(16)`."""
    match node:
        case ast.BinOp(left=ast.Call() as call, op=ast.Mult(), right=number):
            pass
        case ast.BinOp(left=number, op=ast.Mult(), right=ast.Call() as call):
            pass
        case _:
            return node, 1.0
    factor = value_of(number, scope, kept)
    return (call, float(factor)) if isinstance(factor, int | float) else (node, 1.0)


def _refused(call: ast.Call) -> UnreadableError:
    return UnreadableError(
        call,
        Message(
            "“{text}” is not read. Expected nn.Parameter(…) around torch.zeros, torch.ones, torch.full,"
            " torch.rand or torch.randn of plain sizes, such as nn.Parameter(torch.zeros(1, 16)).",
            text=written(call),
        ),
    )
