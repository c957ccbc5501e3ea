"""Why a window does not fit what it slides over, in words: too wide, too far spread, padded too much."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from studio.blocks import Block, show
from studio.compiler.complaints import Complaint, text
from studio.compiler.mends import setting
from studio.compiler.tensors import Tensor
from studio.graph import Message, Node, Value
from studio.project import Fix

Values = Mapping[str, Value]

SIDES: Mapping[int, Message] = {
    1: Message("at least {number} in length"),
    2: Message("at least {number} in height and width"),
    3: Message("at least {number} in depth, height and width"),
}
"""What a window needs, by the number of its dimensions."""

WINDOWS = frozenset({"convolution", "pooling"})
"""Families of blocks that slide a window."""


def misfit(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Tell why a window does not fit; None where it does, or where the block slides none.

    Args:
        block: its declaration.
        node: the node.
        tensor: what arrives.
        values: its parameters, resolved.
    """
    if block.type == "fold":
        return _folded(block, node, tensor, values)
    if "kernel_size" not in values or len(tensor.shape) < 3:
        return None
    if block.type.startswith("conv_transpose"):
        return _spread(block, node, tensor, values)
    if block.type.startswith("max_unpool"):
        return _unpooled(block, node, tensor, values)
    if block.type.startswith("fractional"):
        return _fraction(block, node, tensor, values)
    if block.group == "pooling" and "padding" in values:
        found = _padded(block, node, tensor, values)
        if found is not None:
            return found
    if block.group in WINDOWS or block.type == "unfold":
        return _mirrored(block, node, tensor, values) or _too_wide(block, node, tensor, values)
    return None


def each(values: Values, name: str, dims: int, otherwise: int) -> tuple[int, ...]:
    """Give a size for each dimension; a word counts as `otherwise`.

    Args:
        values: parameters, resolved.
        name: the parameter.
        dims: how many dimensions there are.
        otherwise: what counts where there is no number.
    """
    value = values.get(name)
    if isinstance(value, tuple):
        return tuple(part if isinstance(part, int) else otherwise for part in value)
    return (value if isinstance(value, int) and not isinstance(value, bool) else otherwise,) * dims


def plain(sizes: tuple[int, ...], like: Value) -> Value:
    """Give sizes as a person would set them: one number for all where one was set, the least of them."""
    if not isinstance(like, tuple):
        return min(sizes)
    return sizes


def _sides(tensor: Tensor) -> tuple[int, ...]:
    return tuple(dim.fixed for dim in tensor.shape[2:])


def _too_wide(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that a window is wider than what it slides over, padding included."""
    sides = _sides(tensor)
    dims = len(sides)
    kernels, apart = each(values, "kernel_size", dims, 1), each(values, "dilation", dims, 1)
    if values.get("padding") == "same":
        return None
    # torch's own mean over a volume asks for a whole window inside, whatever is added around.
    paddings = (0,) * dims if block.type == "avg_pool3d" else each(values, "padding", dims, 0)
    spans = tuple((kernel - 1) * far + 1 for kernel, far in zip(kernels, apart, strict=True))
    rooms = tuple(side + 2 * padding for side, padding in zip(sides, paddings, strict=True))
    if all(span <= room for span, room in zip(spans, rooms, strict=True)) and min(sides) > 0:
        return None
    spread = any(far > 1 for far in apart)
    template = (
        Message(
            "Nothing is left of the image: a window of {window} with gaps between its places reaches over"
            " {span}, which does not fit into {received}. Set a smaller dilation, or add padding.",
            window=show(values["kernel_size"]),
            span=show(spans if len(set(spans)) > 1 else spans[0]),
            received=str(tensor),
        )
        if spread
        else Message(
            "Nothing is left of the image: a window of {window} does not fit into {received}."
            " Use fewer or smaller windows before, or add padding.",
            window=show(values["kernel_size"]),
            received=str(tensor),
        )
    )
    needed = max(max(span - 2 * pad, 1) for span, pad in zip(spans, paddings, strict=True))
    return Complaint(
        "too_small",
        template,
        port="x",
        expected=Message(SIDES[dims].template, number=needed),
        received=text(tensor),
        fixes=tuple(_narrower(block, node, values, kernels, apart, rooms)) if min(sides) > 0 else (),
    )


def _narrower(
    block: Block,
    node: Node,
    values: Values,
    kernels: tuple[int, ...],
    apart: tuple[int, ...],
    rooms: tuple[int, ...],
) -> Iterator[Fix]:
    """Offer a window that fits: its places nearer to each other, or fewer of them."""
    near = all(kernel <= room for kernel, room in zip(kernels, rooms, strict=True))
    if near and any(far > 1 for far in apart):
        fitting = tuple(
            max(1, min(far, (room - 1) // max(kernel - 1, 1)))
            for kernel, far, room in zip(kernels, apart, rooms, strict=True)
        )
        yield setting(block, node, "dilation", plain(fitting, values.get("dilation")))
    fewer = tuple(
        min(kernel, (room - 1) // far + 1) for kernel, far, room in zip(kernels, apart, rooms, strict=True)
    )
    yield setting(block, node, "kernel_size", plain(fewer, values["kernel_size"]))


def _mirrored(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that a convolution mirrors or repeats more than there is."""
    mode = values.get("padding_mode")
    sides = _sides(tensor)
    dims = len(sides)
    if mode not in ("reflect", "circular"):
        return None
    kernels, apart = each(values, "kernel_size", dims, 1), each(values, "dilation", dims, 1)
    same = tuple((kernel - 1) * far // 2 for kernel, far in zip(kernels, apart, strict=True))
    paddings = same if values.get("padding") == "same" else each(values, "padding", dims, 0)
    most = tuple(side - (1 if mode == "reflect" else 0) for side in sides)
    if all(padding <= limit for padding, limit in zip(paddings, most, strict=True)):
        return None
    return Complaint(
        "padding_too_large",
        Message(
            "{received} has numbers to repeat for a padding of at most {number} at each side.",
            received=str(tensor),
            number=min(most),
        ),
        parameter="padding",
        expected=Message("at most {number}", number=min(most)),
        received=Message("{value}", value=show(values.get("padding"))),
        fixes=(setting(block, node, "padding_mode", "zeros"),),
    )


def _padded(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that a pooling is padded by more than half its window."""
    dims = len(tensor.shape) - 2
    kernels, paddings = each(values, "kernel_size", dims, 1), each(values, "padding", dims, 0)
    halves = tuple(kernel // 2 for kernel in kernels)
    if all(padding <= half for padding, half in zip(paddings, halves, strict=True)):
        return None
    fitting = tuple(min(pair) for pair in zip(paddings, halves, strict=True))
    return Complaint(
        "padding_too_large",
        Message(
            "A pooling window may be padded by at most half its side: {half} here.",
            half=show(halves if len(set(halves)) > 1 else halves[0]),
        ),
        parameter="padding",
        expected=Message("at most {number}", number=show(halves if len(set(halves)) > 1 else halves[0])),
        received=Message("{value}", value=show(values.get("padding"))),
        fixes=(setting(block, node, "padding", plain(fitting, values.get("padding"))),),
    )


def _spread(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that a transposed convolution cuts off all that it makes."""
    sides = _sides(tensor)
    dims = len(sides)
    kernels, apart = each(values, "kernel_size", dims, 1), each(values, "dilation", dims, 1)
    steps, more = each(values, "stride", dims, 1), each(values, "output_padding", dims, 0)
    made = tuple(
        (side - 1) * step + far * (kernel - 1) + added + 1
        for side, step, far, kernel, added in zip(sides, steps, apart, kernels, more, strict=True)
    )
    return _cut_off(block, node, tensor, values, made)


def _unpooled(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that an unpooling cuts off all that it makes."""
    sides = _sides(tensor)
    dims = len(sides)
    kernels = each(values, "kernel_size", dims, 1)
    steps = each(values, "stride", dims, 0)
    made = tuple(
        (side - 1) * (step or kernel) + kernel
        for side, step, kernel in zip(sides, steps, kernels, strict=True)
    )
    return _cut_off(block, node, tensor, values, made)


def _cut_off(
    block: Block, node: Node, tensor: Tensor, values: Values, made: tuple[int, ...]
) -> Complaint | None:
    paddings = each(values, "padding", len(made), 0)
    if all(size - 2 * padding > 0 for size, padding in zip(made, paddings, strict=True)):
        return None
    fitting = tuple(
        max(0, min(padding, (size - 1) // 2)) for size, padding in zip(made, paddings, strict=True)
    )
    most = max(0, (min(made) - 1) // 2)
    return Complaint(
        "padding_too_large",
        Message(
            "“{name}” makes {sizes} of {received}, and its padding cuts off all of it. Set less padding.",
            name=node.name,
            sizes=" × ".join(map(str, made)),
            received=str(tensor),
        ),
        parameter="padding",
        expected=Message("at most {number}", number=most),
        received=Message("{value}", value=show(values.get("padding"))),
        fixes=(setting(block, node, "padding", plain(fitting, values.get("padding"))),),
    )


def _fraction(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that a fractional pooling has no room for windows beside each other."""
    sides = _sides(tensor)
    dims = len(sides)
    kernels, results = each(values, "kernel_size", dims, 1), each(values, "output_size", dims, 1)
    needed = tuple(kernel + result - 1 for kernel, result in zip(kernels, results, strict=True))
    if all(side > need for side, need in zip(sides, needed, strict=True)):
        return None
    fixes: list[Fix] = []
    room = tuple(side - kernel for side, kernel in zip(sides, kernels, strict=True))
    if min(room) >= 1:
        fitting = tuple(min(result, most) for result, most in zip(results, room, strict=True))
        fixes.append(setting(block, node, "output_size", plain(fitting, values.get("output_size"))))
    return Complaint(
        "too_small",
        Message(
            "“{name}” draws {results} places for a window of {window}, for which {received} is too small."
            " Ask for a smaller result.",
            name=node.name,
            results=show(values.get("output_size")),
            window=show(values["kernel_size"]),
            received=str(tensor),
        ),
        port="x",
        expected=Message(SIDES[dims].template, number=max(needed) + 1),
        received=text(tensor),
        fixes=tuple(fixes),
    )


def _folded(block: Block, node: Node, tensor: Tensor, values: Values) -> Complaint | None:
    """Say that there are not as many windows, or not as many numbers in each, as an image is made of."""
    kernels = each(values, "kernel_size", 2, 1)
    sides, paddings = each(values, "output_size", 2, 1), each(values, "padding", 2, 0)
    steps, apart = each(values, "stride", 2, 1), each(values, "dilation", 2, 1)
    counts = tuple(
        (side + 2 * padding - far * (kernel - 1) - 1) // step + 1
        for side, padding, far, kernel, step in zip(sides, paddings, apart, kernels, steps, strict=True)
    )
    numbers, windows = tensor.shape[1].fixed, tensor.shape[2].fixed
    area = math.prod(kernels)
    if min(counts) < 1:
        fitting = tuple(
            min(kernel, (side + 2 * padding - 1) // far + 1)
            for side, padding, far, kernel in zip(sides, paddings, apart, kernels, strict=True)
        )
        return Complaint(
            "too_small",
            Message(
                "A window of {window} does not fit into an image of {sizes}.",
                window=show(values.get("kernel_size")),
                sizes=show(values.get("output_size")),
            ),
            parameter="kernel_size",
            expected=Message("at most {number}", number=show(fitting)),
            received=Message("{value}", value=show(values.get("kernel_size"))),
            fixes=(setting(block, node, "kernel_size", plain(fitting, values.get("kernel_size"))),),
        )
    if numbers % area:
        return Complaint(
            "not_a_multiple",
            Message(
                "Each window of {window} holds {number} numbers a channel, and {received} has {count}.",
                window=show(values.get("kernel_size")),
                number=area,
                received=str(tensor),
                count=numbers,
            ),
            port="x",
            expected=Message("a multiple of {number}", number=area),
            received=Message("{value}", value=numbers),
        )
    if math.prod(counts) == windows:
        return None
    return Complaint(
        "wrong_count",
        Message(
            "An image of {sizes} is made of {count} {count:window|windows}, and {received} has {windows}.",
            sizes=show(values.get("output_size")),
            count=math.prod(counts),
            received=str(tensor),
            windows=windows,
        ),
        port="x",
        expected=Message("{count} {count:window|windows}", count=math.prod(counts)),
        received=Message("{value}", value=windows),
        fixes=tuple(_whole_image(block, node, values, windows, (kernels, paddings, steps, apart))),
    )


def _whole_image(
    block: Block, node: Node, values: Values, windows: int, sizes: tuple[tuple[int, ...], ...]
) -> Iterator[Fix]:
    """Offer the square image that so many windows make."""
    root = math.isqrt(windows)
    if root * root != windows:
        return
    made = tuple(
        (root - 1) * step + far * (kernel - 1) + 1 - 2 * padding
        for kernel, padding, step, far in zip(*sizes, strict=True)
    )
    if min(made) > 0:
        yield setting(block, node, "output_size", made if len(set(made)) > 1 else made[0])
