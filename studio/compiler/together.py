"""Why tensors that meet in one block do not go together, in words: keys and values, masks, states, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from studio.blocks import Block, show
from studio.compiler.arrivals import broadcasts, unlike
from studio.compiler.complaints import Complaint, text
from studio.compiler.measure import Arrivals
from studio.compiler.mends import bring, setting, smaller_first
from studio.compiler.tensors import BATCH, ONE, Dim, Tensor
from studio.graph import Message, Node, Value, freeze
from studio.project import Fix

Values = Mapping[str, Value]

_Reason = Callable[[Block, Node, Arrivals, Values], "Complaint | None"]

MASKS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "attention": {"attn_mask": ("query", "key")},
    "multihead_attention": {"attn_mask": ("query", "key"), "key_padding_mask": ("", "key")},
    "transformer_encoder_layer": {"src_mask": ("src", "src"), "src_key_padding_mask": ("", "src")},
    "transformer_decoder_layer": {
        "tgt_mask": ("tgt", "tgt"),
        "memory_mask": ("tgt", "memory"),
        "tgt_key_padding_mask": ("", "tgt"),
        "memory_key_padding_mask": ("", "memory"),
    },
    "transformer": {
        "src_mask": ("src", "src"),
        "tgt_mask": ("tgt", "tgt"),
        "memory_mask": ("tgt", "src"),
        "src_key_padding_mask": ("", "src"),
        "tgt_key_padding_mask": ("", "tgt"),
        "memory_key_padding_mask": ("", "src"),
    },
}
"""The masks of each block: whose places ask, and whose places are looked at; nobody asks a padding mask."""


def unmatched(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Tell why what arrives at several inputs does not go together; None where it is not known.

    Args:
        block: its declaration.
        node: the node.
        given: what arrives.
        values: its parameters, resolved.
    """
    found = _FIND.get(block.type)
    return found(block, node, given, values) if found is not None else None


def _sizes(*dims: Dim) -> str:
    return " × ".join(map(str, dims))


def _pair(block: Block, given: Arrivals) -> tuple[tuple[str, Tensor], tuple[str, Tensor]] | None:
    """Give what arrives at the first two inputs."""
    names = [port.name for port in block.inputs[:2]]
    if any(name not in given for name in names):
        return None
    one, other = names
    return (one, given[one][0]), (other, given[other][0])


def _by_place(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say that two tensors are paired place by place, and have other places."""
    pair = _pair(block, given)
    if pair is None:
        return None
    (_, first), (port, other) = pair
    if first.shape[:-1] == other.shape[:-1]:
        return None
    wanted = (*first.shape[:-1], *other.shape[-1:])
    return Complaint(
        "shapes_differ",
        Message(
            "“{name}” pairs {first} and {other} place by place: all sizes but the last must agree.",
            name=node.name,
            first=str(first),
            other=str(other),
        ),
        port=port,
        expected=Message("{sizes}", sizes=_sizes(*wanted)),
        received=text(other),
        fixes=tuple(bring(node, (port, 0), other, wanted)) if len(wanted) == len(other.shape) else (),
    )


def _by_number(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    pair = _pair(block, given)
    if pair is None or pair[0][1].shape == pair[1][1].shape:
        return None
    (one, first), (port, other) = pair
    return unlike(first, other, smaller_first(((one, 0), first), ((port, 0), other), node), port)


def _rows(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say that there are other tables than those they are paired with."""
    pair = _pair(block, given)
    if pair is None:
        return None
    one, two = pair[0][1].shape[:-2], pair[1][1].shape[:-2]
    if one == two or (block.type not in MASKS and broadcasts(Tensor(one), Tensor(two))):
        return None
    (_, first), (port, other) = pair
    return Complaint(
        "shapes_differ",
        Message(
            "“{name}” pairs {first} and {other}: all sizes but the last two must agree.",
            name=node.name,
            first=str(first),
            other=str(other),
        ),
        port=port,
        expected=Message("{sizes}", sizes=_sizes(*first.shape[:-2], *other.shape[-2:])),
        received=text(other),
    )


# -- attention -------------------------------------------------------------------------------------------


def _attended(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    query, key, value = (given[name][0] for name in ("query", "key", "value"))
    lead = query.shape[:-2]
    for port, tensor in (("key", key), ("value", value)):
        own = tensor.shape[:-2]
        repeated = block.type == "attention" and broadcasts(Tensor(lead), Tensor(own))
        if len(own) == len(lead) and (own == lead or repeated):
            lead = tuple(b if a == ONE else a for a, b in zip(lead, own, strict=True))
        else:
            return Complaint(
                "shapes_differ",
                Message(
                    "{query} asks, and {received} arrives at “{port}”: batch and heads must agree.",
                    query=str(query),
                    received=str(tensor),
                    port=port,
                ),
                port=port,
                expected=Message("{sizes}", sizes=_sizes(*lead, *tensor.shape[-2:])),
                received=text(tensor),
            )
    if key.shape[-2] != value.shape[-2]:
        return Complaint(
            "shapes_differ",
            Message(
                "Each place of the key needs its value: {key} has {count} of them, and {value} has {other}."
                " Let both come from the same sequence.",
                key=str(key),
                count=str(key.shape[-2]),
                value=str(value),
                other=str(value.shape[-2]),
            ),
            port="value",
            expected=Message("{sizes}", sizes=_sizes(*value.shape[:-2], key.shape[-2], value.shape[-1])),
            received=text(value),
        )
    return _masked(block, node, given, values)


def _masked(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say what is wrong with a mask."""
    for port, (asking, seen) in MASKS[block.type].items():
        if port not in given:
            continue
        mask, keys = given[port][0], given[seen][0].shape[-2]
        if not mask.dtype.startswith(("bool", "float")):
            return Complaint(
                "wrong_mask",
                Message(
                    "A mask says yes or no, or adds a number to each fit; whole numbers arrive at “{port}”."
                    " Make it with Causal mask or Padding mask.",
                    port=port,
                ),
                port=port,
                expected=Message("yes or no (bool), or float32"),
                received=Message("{dtype}", dtype=mask.dtype),
                fixes=(_unmasked(node, port),),
            )
        rows = given[asking][0].shape[-2] if asking else BATCH
        wanted = (rows, keys)
        fits = mask.shape == wanted
        if asking and len(mask.shape) > 2:
            fits = _each_head(block, mask, wanted, values, given[asking][0])
        elif block.type == "attention":
            fits = broadcasts(mask, Tensor(wanted))
        if not fits:
            return Complaint(
                "wrong_mask",
                Message(
                    "The mask at “{port}” must be {expected}, and {received} arrives.",
                    port=port,
                    expected=_sizes(*wanted),
                    received=str(mask),
                ),
                port=port,
                expected=Message("{sizes}", sizes=_sizes(*wanted)),
                received=text(mask),
                fixes=(_unmasked(node, port),),
            )
    return None


def _each_head(block: Block, mask: Tensor, wanted: tuple[Dim, Dim], values: Values, query: Tensor) -> bool:
    """Tell whether a mask of its own for each sample, or each head of it, fits."""
    if block.type == "attention":
        return broadcasts(mask, Tensor((*query.shape[:-2], *wanted)))
    heads = values.get("num_heads", values.get("nhead"))
    return mask.shape == (Dim(heads if isinstance(heads, int) else 1, 0), *wanted)


def _unmasked(node: Node, port: str) -> Fix:
    return Fix(Message("Remove the wire"), "disconnect", node.id, port)


def _translated(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    return _rows(block, node, given, values) or _masked(block, node, given, values)


# -- states ----------------------------------------------------------------------------------------------


def _carried(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say that the state of a recurrent layer, or of one step of it, has other sizes."""
    hidden = values.get("hidden_size")
    own = Dim(0, hidden if isinstance(hidden, int) else 1)
    layers = values.get("num_layers", 1)
    count = layers if isinstance(layers, int) else 1
    ways = 2 if values.get("bidirectional") else 1
    batch = given["x"][0].shape[0]
    wanted = (batch, own) if block.type.endswith("_cell") else (Dim(0, count * ways), batch, own)
    for port in ("h", "h0", "c0"):
        if port not in given or given[port][0].shape == wanted:
            continue
        state = given[port][0]
        fixes: list[Fix] = []
        last = state.shape[-1]
        # One parameter cannot suit two states that differ.
        one = len({given[name][0].shape for name in ("h", "h0", "c0") if name in given}) == 1
        if one and state.shape[:-1] == wanted[:-1] and not last.per_batch and last.fixed > 0:
            fixes.append(setting(block, node, "hidden_size", last.fixed))
        elif one and state.shape[1:] == wanted[1:] and len(wanted) == 3:
            rows = state.shape[0].fixed
            if rows > 0 and rows % ways == 0:
                fixes.append(setting(block, node, "num_layers", rows // ways))
        return Complaint(
            "wrong_state",
            Message(
                "The state that arrives at “{port}” of “{name}” must be {expected}, and {received} arrives."
                " Give both blocks states of one size.",
                port=port,
                name=node.name,
                expected=_sizes(*wanted),
                received=str(state),
            ),
            port=port,
            expected=Message("{sizes}", sizes=_sizes(*wanted)),
            received=text(state),
            fixes=tuple(fixes),
        )
    return None


# -- places and pictures ---------------------------------------------------------------------------------


def _gathered(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say that the places which are picked do not lie in what they are picked from."""
    tensor, index, dim = given["x"][0], given["index"][0], values.get("dim")
    rank = len(tensor.shape)
    if not isinstance(dim, int):
        return None
    along = dim % rank
    fixes: tuple[Fix, ...] = ()
    if len(index.shape) == rank and _within(index.shape, tensor.shape, along):
        return None
    widened = (*index.shape[:along], ONE, *index.shape[along:])
    if along and len(widened) == rank and _within(widened, tensor.shape, along):
        label = Message("Insert Unsqueeze")
        fixes = (Fix(label, "insert", node.id, "index", "unsqueeze", freeze({"dim": along})),)
    wanted = tuple(size if place != along else None for place, size in enumerate(tensor.shape))
    expected = " × ".join("n" if size is None else str(size) for size in wanted)
    return Complaint(
        "wrong_places",
        Message(
            "The places must have as many dimensions as {tensor}, and no size but that of dimension {dim} may"
            " be larger; {received} arrives.",
            tensor=str(tensor),
            dim=along,
            received=str(index),
        ),
        port="index",
        expected=Message("at most {sizes}", sizes=expected),
        received=text(index),
        fixes=fixes,
    )


def _within(inner: tuple[Dim, ...], outer: tuple[Dim, ...], along: int) -> bool:
    """Tell whether no size is larger than another one, but along one dimension."""
    pairs = enumerate(zip(inner, outer, strict=True))
    return all(
        (one.per_batch, one.fixed) <= (other.per_batch, other.fixed)
        for place, (one, other) in pairs
        if place != along
    )


def _cropped(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say that a picture is smaller than what is to be cut out of it."""
    tensor, like = given["x"][0], given["like"][0]
    size = tuple(dim.fixed for dim in like.shape[2:])
    if all(have.fixed >= want for have, want in zip(tensor.shape[2:], size, strict=True)):
        return None
    wanted = (*tensor.shape[:2], *like.shape[2:])
    return Complaint(
        "too_small",
        Message(
            "{received} is smaller than the {sizes} that are to be cut out of it. Let the larger image arrive"
            " at “x”, or resize it.",
            received=str(tensor),
            sizes=" × ".join(map(str, size)),
        ),
        port="x",
        expected=Message("at least {number} in height and width", number=show(size)),
        received=text(tensor),
        fixes=tuple(bring(node, ("x", 0), tensor, wanted)),
    )


def _put_back(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say that values and their places do not come from one pooling."""
    tensor, places = given["x"][0], given["places"][0]
    if tensor.shape == places.shape:
        return None
    return Complaint(
        "shapes_differ",
        Message(
            "Each value needs the place where it stood: {first} and {other} must be of one shape, from the"
            " same pooling.",
            first=str(tensor),
            other=str(places),
        ),
        port="places",
        expected=text(tensor),
        received=text(places),
        fixes=tuple(bring(node, ("x", 0), tensor, places.shape)),
    )


# -- Einstein's notation ---------------------------------------------------------------------------------

_EQUATION = re.compile(r"[A-Za-z]*(,[A-Za-z]*)*(->[A-Za-z]*)?")


def _multiplied(block: Block, node: Node, given: Arrivals, values: Values) -> Complaint | None:
    """Say which part of an equation cannot be read, or does not fit what arrives."""
    equation = str(values.get("equation", "")).replace(" ", "")
    tensors = [(port.name, given[port.name][0]) for port in block.inputs if port.name in given]
    left, _, right = equation.partition("->")
    terms = left.split(",")
    known = set(left)
    if (
        _EQUATION.fullmatch(equation) is None
        or len(terms) != len(tensors)
        or not set(right) <= known
        or len(set(right)) < len(right)
    ):
        return Complaint(
            "bad_equation",
            Message(
                "“{equation}” is no equation for {count} {count:tensor|tensors}. Write a letter for each"
                " dimension of each, with commas between them, then -> and letters of these for the result.",
                equation=equation,
                count=len(tensors),
            ),
            parameter="equation",
            expected=Message("such as {example}", example=_example(tensors)),
            received=Message("{value}", value=show(equation)),
            fixes=(setting(block, node, "equation", _example(tensors)),),
        )
    sizes: dict[str, tuple[Dim, Tensor]] = {}
    for (port, tensor), letters in zip(tensors, terms, strict=True):
        if len(letters) != len(tensor.shape):
            return Complaint(
                "bad_equation",
                Message(
                    "“{letters}” names {count} {count:dimension|dimensions}, and {received} arrives at"
                    " “{port}”.",
                    letters=letters,
                    count=len(letters),
                    received=str(tensor),
                    port=port,
                ),
                port=port,
                expected=Message("{count} {count:dimension|dimensions}", count=len(letters)),
                received=text(tensor),
                fixes=(setting(block, node, "equation", _example(tensors)),),
            )
        for place, (letter, dim) in enumerate(zip(letters, tensor.shape, strict=True)):
            size, first = sizes.setdefault(letter, (dim, tensor))
            if size != dim and not broadcasts(Tensor((size,)), Tensor((dim,))):
                wanted = (*tensor.shape[:place], size, *tensor.shape[place + 1 :])
                return Complaint(
                    "shapes_differ",
                    Message(
                        "The letter {letter} stands for {one} in {first} and for {two} in {other}: it must be"
                        " one size.",
                        letter=letter,
                        one=str(size),
                        first=str(first),
                        two=str(dim),
                        other=str(tensor),
                    ),
                    port=port,
                    expected=Message("{sizes}", sizes=_sizes(*wanted)),
                    received=text(tensor),
                    fixes=() if letter in letters[:place] else tuple(bring(node, (port, 0), tensor, wanted)),
                )
    return None


def _example(tensors: list[tuple[str, Tensor]]) -> str:
    """Give an equation that fits: each tensor with letters of its own, multiplied sample by sample."""
    free = iter("cdefghijklmnopqrstuvwxyz")
    terms = ["b" + "".join(next(free) for _ in tensor.shape[1:]) for _, tensor in tensors]
    result = "b" + "".join(term[1:] for term in terms)
    return f"{','.join(terms)}->{result}"


_FIND: Mapping[str, _Reason] = {
    "bilinear": _by_place,
    "matmul": _rows,
    "cdist": _rows,
    "pairwise_distance": _by_number,
    "cosine_similarity": _by_number,
    "reparameterize": _by_number,
    "attention": _attended,
    "multihead_attention": _attended,
    "transformer_encoder_layer": _masked,
    "transformer_decoder_layer": _translated,
    "transformer": _translated,
    **dict.fromkeys("rnn lstm gru rnn_cell lstm_cell gru_cell".split(), _carried),
    "gather": _gathered,
    "crop_to": _cropped,
    **dict.fromkeys((f"max_unpool{n}d" for n in (1, 2, 3)), _put_back),
    "einsum": _multiplied,
}
"""What is looked at, by the type of the block."""
