"""What is wrong with what arrives at a block, in words, found before torch is asked.

Each check looks at one node and gives problems without a place; `analyse` adds the place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from studio.blocks import Block, Parameter, ParameterError, show
from studio.compiler.measure import Arrivals
from studio.compiler.tensors import Tensor
from studio.graph import Expression, ExpressionError, Message, Node, Value, freeze
from studio.project import Fix


@dataclass(frozen=True)
class Complaint:
    """A problem that does not know yet which graph it is in; see `Problem` for the fields."""

    code: str
    message: Message
    port: str = ""
    parameter: str = ""
    expected: Message | None = None
    received: Message | None = None
    fixes: tuple[Fix, ...] = ()
    details: str = ""
    warning: bool = False

    __hash__ = None  # type: ignore[assignment]


RANKS: Mapping[int, Message] = {
    1: Message("B"),
    2: Message("B × features"),
    3: Message("B × 2 sizes, such as channels × length or time × features"),
    4: Message("B × channels × height × width"),
    5: Message("B × channels × depth × height × width"),
}
"""What a number of dimensions usually means."""


def text(tensor: Tensor) -> Message:
    """Give a tensor's sizes as a sentence part."""
    return Message("{sizes}", sizes=str(tensor))


def parameters(
    block: Block, node: Node, scope: Mapping[str, Value]
) -> tuple[dict[str, Value], list[Complaint]]:
    """Check every parameter that a person sets.

    Args:
        block: the declaration.
        node: the node.
        scope: the parameters of the composite that the node stands in, for expressions.

    Returns:
        The values as the target takes them (defaults where the given one is wrong), and complaints.
    """
    values: dict[str, Value] = {}
    complaints: list[Complaint] = []
    for name in node.parameters:
        known = block.parameters.get(name)
        if known is None or known.source is not None:
            complaints.append(
                Complaint(
                    "unknown_parameter",
                    Message(
                        "“{block}” has no parameter “{name}” to set. It has: {known}.",
                        block=Message(block.title),
                        name=name,
                        known=", ".join(parameter.name for parameter in block.editable()) or "–",
                    ),
                    parameter=name,
                )
            )
    for parameter in block.editable():
        value = node.parameters.get(parameter.name, parameter.default)
        try:
            if isinstance(value, Expression):
                value = value.compute(scope)
            values[parameter.name] = parameter.check(value)
        except ParameterError as error:
            complaints.append(_bad_parameter(node, parameter, error))
            values[parameter.name] = parameter.default
        except ExpressionError as error:
            complaints.append(Complaint("bad_expression", error.message, parameter=parameter.name))
            values[parameter.name] = parameter.default
    return values, complaints


def _bad_parameter(node: Node, parameter: Parameter, error: ParameterError) -> Complaint:
    fix = Fix(
        Message(
            "Set {parameter} to {value}", parameter=Message(parameter.label), value=show(parameter.default)
        ),
        "set",
        node.id,
        parameters=freeze({parameter.name: parameter.default}),
    )
    return Complaint(
        "bad_parameter",
        error.message,
        parameter=parameter.name,
        expected=error.expected,
        received=Message("{value}", value=error.received),
        fixes=(fix,),
    )


def arrivals(block: Block, node: Node, given: Arrivals) -> Iterator[Complaint]:
    """Check the rank and the dtype of everything that arrives."""
    for port in block.inputs:
        for tensor in given.get(port.name, ()):
            if port.rank and len(tensor.shape) not in port.rank:
                yield _wrong_rank(node, port.name, port.rank, tensor)
            is_float = tensor.dtype.startswith(("float", "bfloat"))
            if port.dtype == "float" and not is_float:
                yield Complaint(
                    "wrong_dtype",
                    Message(
                        "This block computes with real numbers, but whole numbers arrive."
                        " Put an Embedding before it, or set the Input to float32."
                    ),
                    port=port.name,
                    expected=Message("real numbers (float32)"),
                    received=Message("{dtype}", dtype=tensor.dtype),
                    fixes=(Fix(Message("Insert Embedding"), "insert", node.id, port.name, "embedding"),),
                )
            if port.dtype == "int" and is_float:
                yield Complaint(
                    "wrong_dtype",
                    Message(
                        "This block looks numbers up in a table, so it needs whole numbers."
                        " Set the Input to int64."
                    ),
                    port=port.name,
                    expected=Message("whole numbers (int64)"),
                    received=Message("{dtype}", dtype=tensor.dtype),
                )


def _wrong_rank(node: Node, port: str, ranks: tuple[int, ...], tensor: Tensor) -> Complaint:
    expected = RANKS.get(ranks[0], Message("{count} dimensions", count=ranks[0]))
    fixes: tuple[Fix, ...] = ()
    if 2 in ranks and len(tensor.shape) > 2:
        fixes = (Fix(Message("Insert Flatten"), "insert", node.id, port, "flatten"),)
    elif ranks == (4,) and len(tensor.shape) == 3:
        sizes = tuple(dim.fixed for dim in tensor.shape[1:])
        fixes = (
            Fix(
                Message("Insert Reshape to {sizes}", sizes=f"1, {sizes[0]}, {sizes[1]}"),
                "insert",
                node.id,
                port,
                "reshape",
                freeze({"shape": (1, *sizes)}),
            ),
        )
    elif ranks == (4,) and len(tensor.shape) == 2:
        side = math.isqrt(tensor.shape[1].fixed)
        if side * side == tensor.shape[1].fixed:
            fixes = (
                Fix(
                    Message("Insert Reshape to {sizes}", sizes=f"1, {side}, {side}"),
                    "insert",
                    node.id,
                    port,
                    "reshape",
                    freeze({"shape": (1, side, side)}),
                ),
            )
    return Complaint(
        "wrong_rank",
        Message(
            "This block takes {expected}, but {received} arrives."
            " Insert Flatten or Reshape, or use the block for that many dimensions.",
            expected=expected,
            received=str(tensor),
        ),
        port=port,
        expected=expected,
        received=text(tensor),
        fixes=fixes,
    )


def inferred(block: Block, given: Arrivals, values: dict[str, Value]) -> Iterator[Complaint]:
    """Read the parameters that come from shapes into `values`, and complain where they cannot be read."""
    for parameter in block.parameters.values():
        source = parameter.source
        if source is None or source.port not in given:
            continue
        shape = given[source.port][0].shape
        if not -len(shape) <= source.dim < len(shape):
            yield Complaint(
                "wrong_rank",
                Message(
                    "This block reads its size off dimension {dim}, but {received} has no such dimension.",
                    dim=source.dim,
                    received=str(given[source.port][0]),
                ),
                port=source.port,
                received=text(given[source.port][0]),
            )
            continue
        dim = shape[source.dim]
        if dim.per_batch:
            yield Complaint(
                "batch_as_features",
                Message(
                    "This block would learn from the size of the batch, which changes; {received} arrives."
                    " Keep the batch first and another dimension where the block learns.",
                    received=str(given[source.port][0]),
                ),
                port=source.port,
                received=text(given[source.port][0]),
            )
            continue
        values[parameter.name] = (
            None if source.unless and values.get(source.unless) == dim.fixed else dim.fixed
        )


def rules(block: Block, node: Node, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Check what must hold between parameters."""
    for rule in block.rules:
        if not rule.holds(values):
            dividend, divisor = values[rule.dividend], values[rule.divisor]
            assert isinstance(dividend, int)
            assert isinstance(divisor, int)
            fits = next(number for number in range(divisor, 0, -1) if dividend % number == 0)
            yield Complaint(
                "not_divisible",
                Message(
                    "{rule} {dividend} cannot be split into {divisor} equal parts.",
                    rule=Message(rule.says),
                    dividend=dividend,
                    divisor=divisor,
                ),
                parameter=rule.divisor,
                expected=Message("a divisor of {number}", number=dividend),
                received=Message("{value}", value=divisor),
                fixes=(
                    Fix(
                        Message(
                            "Set {parameter} to {value}",
                            parameter=Message(block.parameters[rule.divisor].label),
                            value=fits,
                        ),
                        "set",
                        node.id,
                        parameters=freeze({rule.divisor: fits}),
                    ),
                ),
            )


def dimensions(block: Block, node: Node, given: Arrivals, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Check that a named dimension exists; not every operation does so on the meta device."""
    rank = next((len(tensors[0].shape) for tensors in given.values()), 0)
    for name in ("dim", "start_dim", "end_dim"):
        dim = values.get(name)
        if rank and isinstance(dim, int) and not -rank <= dim < rank:
            label = block.parameters[name].label
            yield Complaint(
                "no_such_dimension",
                Message(
                    "There is no dimension {dim}: what arrives has {rank},"
                    " counted from 0 (the batch) or back from -1.",
                    dim=dim,
                    rank=rank,
                ),
                parameter=name,
                expected=Message(
                    "{what} from {low} to {high}", what=Message("a whole number"), low=-rank, high=rank - 1
                ),
                received=Message("{value}", value=dim),
                fixes=(
                    Fix(
                        Message("Set {parameter} to {value}", parameter=Message(label), value=-1),
                        "set",
                        node.id,
                        parameters=freeze({name: -1}),
                    ),
                ),
            )


def combination(block: Block, given: Arrivals, values: Mapping[str, Value]) -> Iterator[Complaint]:
    """Check tensors that meet in one block: equal shapes to add, equal sides to join."""
    tensors = [tensor for port in block.inputs for tensor in given.get(port.name, ())]
    if block.call == "infix" and len(tensors) > 1:
        first = tensors[0]
        for other in tensors[1:]:
            if other.shape == first.shape:
                continue
            if _broadcasts(first, other):
                yield Complaint(
                    "broadcast",
                    Message(
                        "{first} and {other} have different shapes."
                        " Torch repeats the smaller one to fit, which is legal but seldom meant.",
                        first=str(first),
                        other=str(other),
                    ),
                    warning=True,
                    expected=text(first),
                    received=text(other),
                )
            else:
                yield Complaint(
                    "shapes_differ",
                    Message(
                        "{first} and {other} cannot be combined number by number. Bring both to one"
                        " shape, for example with a Linear or a 1 × 1 Conv2d on the shorter way.",
                        first=str(first),
                        other=str(other),
                    ),
                    expected=text(first),
                    received=text(other),
                )
    if block.type == "concat" and len(tensors) > 1:
        yield from _joins(tensors, values)


def _broadcasts(a: Tensor, b: Tensor) -> bool:
    pairs = zip(reversed(a.shape), reversed(b.shape), strict=False)
    return all(
        x == y or (x.per_batch, x.fixed) == (0, 1) or (y.per_batch, y.fixed) == (0, 1) for x, y in pairs
    )


def _joins(tensors: list[Tensor], values: Mapping[str, Value]) -> Iterator[Complaint]:
    first, dim = tensors[0], values.get("dim")
    for other in tensors[1:]:
        if other.dtype != first.dtype:
            yield Complaint(
                "mixed_dtypes",
                Message("Tensors that are joined must hold the same kind of numbers."),
                expected=Message("{dtype}", dtype=first.dtype),
                received=Message("{dtype}", dtype=other.dtype),
            )
        elif len(other.shape) != len(first.shape) or (
            isinstance(dim, int)
            and -len(first.shape) <= dim < len(first.shape)
            and any(
                x != y
                for index, (x, y) in enumerate(zip(first.shape, other.shape, strict=True))
                if index != dim % len(first.shape)
            )
        ):
            yield Complaint(
                "shapes_differ",
                Message(
                    "{first} and {other} cannot be joined along dimension {dim}: all other sizes must agree.",
                    first=str(first),
                    other=str(other),
                    dim=show(dim if isinstance(dim, int) else None),
                ),
                expected=text(first),
                received=text(other),
            )


def refused(
    block: Block, node: Node, given: Arrivals, values: Mapping[str, Value], details: str
) -> Complaint:
    """Say in words why a module did not run, as far as it can be told; torch's text goes to the details."""
    tensor = next((tensors[0] for tensors in given.values()), None)
    window = values.get("kernel_size")
    if tensor is not None and window is not None and block.group in ("convolution", "pooling"):
        smallest = min((dim.fixed for dim in tensor.shape[2:]), default=0)
        sizes = window if isinstance(window, tuple) else (window,)
        padding = values.get("padding")
        pads = padding if isinstance(padding, tuple) else (padding,)
        widest = max((size for size in sizes if isinstance(size, int)), default=1)
        most = max((pad for pad in pads if isinstance(pad, int)), default=0)
        if block.group == "pooling" and most * 2 > widest:
            return Complaint(
                "padding_too_large",
                Message(
                    "A pooling window may be padded by at most half its side: {half} here.", half=widest // 2
                ),
                parameter="padding",
                expected=Message("at most {number}", number=widest // 2),
                received=Message("{value}", value=most),
                fixes=(
                    Fix(
                        Message(
                            "Set {parameter} to {value}", parameter=Message("Padding"), value=widest // 2
                        ),
                        "set",
                        node.id,
                        parameters=freeze({"padding": widest // 2}),
                    ),
                ),
                details=details,
            )
        if smallest + 2 * most < widest or smallest == 0:
            return Complaint(
                "too_small",
                Message(
                    "Nothing is left of the image: a window of {window} does not fit into {received}."
                    " Use fewer or smaller windows before, or add padding.",
                    window=show(window),
                    received=str(tensor),
                ),
                port=next(iter(given)),
                expected=Message("at least {number} in height and width", number=max(widest - 2 * most, 1)),
                received=text(tensor),
                fixes=(
                    (
                        Fix(
                            Message(
                                "Set {parameter} to {value}", parameter=Message("Kernel size"), value=smallest
                            ),
                            "set",
                            node.id,
                            parameters=freeze({"kernel_size": smallest}),
                        ),
                    )
                    if smallest > 0
                    else ()
                ),
                details=details,
            )
    if tensor is not None and block.type == "reshape":
        return Complaint(
            "reshape",
            Message(
                "{received} holds {count} numbers a sample, which do not fill {shape}.",
                received=str(tensor),
                count=tensor.elements(1),
                shape=show(values.get("shape")),
            ),
            parameter="shape",
            expected=Message("sizes whose product is {number}", number=tensor.elements(1)),
            received=Message("{value}", value=show(values.get("shape"))),
            fixes=(
                Fix(
                    Message("Set {parameter} to {value}", parameter=Message("Shape"), value="-1"),
                    "set",
                    node.id,
                    parameters=freeze({"shape": (-1,)}),
                ),
            ),
            details=details,
        )
    arrived = ", ".join(str(each) for tensors in given.values() for each in tensors) or "–"
    return Complaint(
        "does_not_fit",
        Message(
            "“{block}” cannot work on {received} with these parameters. Check its sizes.",
            block=Message(block.title),
            received=arrived,
        ),
        port=next(iter(given), ""),
        received=Message("{sizes}", sizes=arrived),
        details=details,
    )


WEIGHT_LIMIT = 2**40
"""Weights beyond this many bytes (1 TiB) fit on no machine that Netwright runs on."""


def size(parameters_count: int, outputs: Mapping[str, Tensor]) -> Iterator[Complaint]:
    """Refuse what no machine could hold, with the memory that it would take."""
    memory = 4 * parameters_count + sum(tensor.bytes(1) for tensor in outputs.values())
    if memory > WEIGHT_LIMIT:
        yield Complaint(
            "too_large",
            Message(
                "This block alone would take {memory} GiB of memory. Use smaller sizes.",
                memory=f"{memory / 2**30:,.0f}",
            ),
            expected=Message("at most {memory} GiB", memory=f"{WEIGHT_LIMIT / 2**30:,.0f}"),
            received=Message("{memory} GiB", memory=f"{memory / 2**30:,.0f}"),
        )
    for tensor in outputs.values():
        if any(dim.at(1) <= 0 for dim in tensor.shape):
            yield Complaint(
                "too_small",
                Message("Nothing is left of the tensor: it would be {sizes}.", sizes=str(tensor)),
                expected=Message("sizes of at least 1"),
                received=text(tensor),
            )
