"""Other spellings of what the catalogue has: `F.normalize(x, dim=1)`, `x.norm(dim=1)`, `F.pad(x, (1, 1))`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.blocks import find
from studio.compiler.reading.calls import Slot
from studio.compiler.reading.drawn import Ref
from studio.compiler.reading.layers import Bound, Given, arguments_of, bind, by_target, layers
from studio.compiler.reading.results import Later, Lost, Pieces, Result, Row, Unsaid
from studio.compiler.reading.text import FOLLOWS, UnreadableError
from studio.compiler.reading.values import value_of, written
from studio.compiler.reading.wiring import Wiring
from studio.compiler.signatures import Argument
from studio.graph import Expression, Message, Value

_F: Final = "torch.nn.functional."

ALIASES: Mapping[str, str] = {
    "torch.absolute": "torch.abs",
    "torch.bmm": "torch.matmul",
    "torch.clip": "torch.clamp",
    "torch.concat": "torch.cat",
    "torch.concatenate": "torch.cat",
    "torch.linalg.matmul": "torch.matmul",
    "torch.mm": "torch.matmul",
    "torch.negative": "torch.neg",
    "torch.norm": "torch.linalg.norm",
    "torch.special.softmax": "torch.softmax",
    "torch.swapaxes": "torch.transpose",
    "torch.swapdims": "torch.transpose",
    f"{_F}tanh": "torch.tanh",
    f"{_F}sigmoid": "torch.sigmoid",
}
"""Names of torch for one and the same function."""

OPERATORS: Mapping[str, type[ast.operator]] = {
    "torch.add": ast.Add,
    "torch.div": ast.Div,
    "torch.divide": ast.Div,
    "torch.mul": ast.Mult,
    "torch.multiply": ast.Mult,
    "torch.sub": ast.Sub,
    "torch.subtract": ast.Sub,
    "torch.true_divide": ast.Div,
}
"""Functions that an operator stands for."""

_NEEDED: Final = object()


@dataclass(frozen=True)
class _Takes:
    """One argument of a function.

    Attributes:
        name: its name.
        to: the input port or the parameter that it is; empty for one that says nothing of its own.
        default: what the parameter is when it is not given; None leaves it as it is declared.
        only: the only values that it may have; empty for any.
    """

    name: str
    to: str = ""
    default: Any = None
    only: tuple[Value, ...] = ()


@dataclass(frozen=True)
class _Spelled:
    """A function and the block that it is.

    Attributes:
        block: its type.
        takes: what the function takes.
        fixed: parameters that it always sets.
    """

    block: str
    takes: tuple[_Takes, ...]
    fixed: Mapping[str, bool | float | None]


def _spelled(block: str, *takes: _Takes, **fixed: bool | float | None) -> _Spelled:
    return _Spelled(block, takes, fixed)


_X = _Takes("input", "x")
_KEEP = _Takes("keepdim", "keepdim", False)

SPELLED: Mapping[str, _Spelled] = {
    f"{_F}normalize": _spelled(
        "normalize",
        _X,
        _Takes("p", "p", 2.0),
        _Takes("dim", "dim", 1),
        _Takes("eps", only=(1e-12,)),
    ),
    "torch.linalg.norm": _spelled("norm", _X, _Takes("p", "ord", 2.0), _Takes("dim", "dim", _NEEDED), _KEEP),
    f"{_F}layer_norm": _spelled(
        "layer_norm",
        _X,
        _Takes("normalized_shape"),
        _Takes("weight", only=(None,)),
        _Takes("bias", only=(None,)),
        _Takes("eps", "eps", 1e-5),
        elementwise_affine=False,
    ),
    f"{_F}rms_norm": _spelled(
        "rms_norm",
        _X,
        _Takes("normalized_shape"),
        _Takes("weight", only=(None,)),
        _Takes("eps", "eps"),
        elementwise_affine=False,
    ),
    f"{_F}local_response_norm": _spelled(
        "local_response_norm",
        _X,
        _Takes("size", "size", _NEEDED),
        _Takes("alpha", "alpha", 1e-4),
        _Takes("beta", "beta", 0.75),
        _Takes("k", "k", 1.0),
    ),
    "torch.select": _spelled("select", _X, _Takes("dim", "dim", _NEEDED), _Takes("index", "index", _NEEDED)),
    "torch.clamp_max": _spelled("clamp", _X, _Takes("max", "max", _NEEDED), min=None),
    "torch.clamp_min": _spelled("clamp", _X, _Takes("min", "min", _NEEDED), max=None),
    "torch.rsqrt": _spelled("power", _X, exponent=-0.5),
    "torch.unflatten": _spelled(
        "unflatten", _X, _Takes("dim", "dim", _NEEDED), _Takes("sizes", "unflattened_size", _NEEDED)
    ),
    f"{_F}logsigmoid": _spelled("log_sigmoid", _X),
}
"""Functions that are one block each, under other names of their arguments."""

_PADS: Mapping[Value, str] = {
    "reflect": "reflection_pad",
    "replicate": "replication_pad",
    "circular": "circular_pad",
}


class Spellings(Wiring):
    """Reads the functions of torch that no block is named like."""

    def spelled(self, name: str, call: ast.Call, node: ast.Call) -> Result | None:
        """Read a call in another spelling than the source has; None where there is none of that name."""
        if name in OPERATORS and len(call.args) == 2 and not call.keywords:
            both = ast.BinOp(call.args[0], OPERATORS[name](), call.args[1])
            return self.result(ast.copy_location(both, node))
        short = ALIASES.get(name, name)
        if short in _OWN_WAY:
            return _OWN_WAY[short](self, short, call, node)
        if short in SPELLED:
            return self._one(SPELLED[short], short, call, node)
        return self.function(short, call, node) if short != name else None

    def _one(self, spelled: _Spelled, name: str, call: ast.Call, node: ast.Call) -> Result:
        given = self._arguments(name, call, tuple(one.name for one in spelled.takes))
        tensors: dict[str, ast.expr] = {}
        values: dict[str, ast.expr] = {key: ast.Constant(value) for key, value in spelled.fixed.items()}
        block = find(spelled.block)
        assert block is not None
        for one in spelled.takes:
            there = given.pop(one.name, None)
            if there is None and one.default is _NEEDED:
                raise UnreadableError(node, Message("“{title}” needs “{name}”.", title=name, name=one.name))
            if one.only and there is not None:
                if value_of(there, self.scope, self.kept) not in one.only:
                    raise UnreadableError(there, _without(name, one.name))
            elif block.input(one.to) is not None and there is not None:
                tensors[one.to] = there
            elif one.to and there is not None:
                values[one.to] = there
            elif one.to in block.parameters and one.default is not None:
                values[one.to] = ast.Constant(one.default)
            elif one.name == "normalized_shape" and there is not None:
                sizes = value_of(there, self.scope, self.kept)
                if isinstance(sizes, tuple) and len(sizes) > 1:
                    raise UnreadableError(there, _without(name, one.name))
        for key, value in values.items():
            if key == "ord" and isinstance(value, ast.Constant) and value.value in (None, "fro"):
                values[key] = ast.copy_location(ast.Constant(2.0), value)
        return self._block(spelled.block, values, tensors, name, node)

    def _arguments(self, name: str, call: ast.Call, takes: Sequence[str]) -> dict[str, ast.expr]:
        """Give the arguments of a call by name; one that the function does not take is named."""
        given = arguments_of(call, [Argument(one) for one in takes], name)
        for place, message in given.complaints:
            raise UnreadableError(place, message)
        for key, value in given.values.items():
            if key not in takes:
                raise UnreadableError(value, _without(name, key))
        return dict(given.values)

    def _block(
        self,
        kind: str,
        values: Mapping[str, ast.expr],
        tensors: Mapping[str, ast.expr],
        name: str,
        node: ast.Call,
    ) -> Result:
        """Place a block whose parameters and tensors are known by name."""
        return self._blocks((self._bound(kind, values, name, node),), tensors, node)

    def _bound(self, kind: str, values: Mapping[str, ast.expr], name: str, node: ast.Call) -> Bound:
        block = find(kind)
        assert block is not None
        return bind(block, node, Given(dict(values)), (), self.scope, self.kept, name)

    def _blocks(self, bound: tuple[Bound, ...], tensors: Mapping[str, ast.expr], node: ast.Call) -> Result:
        """Place a call that can be one of several blocks; what arrives decides."""
        hint, self.hint = self.hint, ""
        fed = [(Slot(Argument(port), (port,)), tensor) for port, tensor in tensors.items()]
        result = self.here(bound, node, fed, hint)
        self.definition.nodes[-1].guessed = written(node)
        return result

    def _number(self, node: ast.expr) -> Value:
        """Give the value of an argument that is no tensor."""
        for one in ast.walk(node):
            known = self.names.get(one.id) if isinstance(one, ast.Name) else None
            if isinstance(known, Lost | Unsaid):
                raise UnreadableError(node, known.message if isinstance(known, Unsaid) else FOLLOWS)
        return value_of(node, self.scope, self.kept)

    # -- functions with a way of their own ----------------------------------------------------------------

    def _einsum(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `torch.einsum("bif,bjf->bij", a, b)`."""
        equation, *tensors = call.args
        if len(tensors) == 1 and isinstance(tensors[0], ast.List | ast.Tuple):
            tensors = list(tensors[0].elts)
        if call.keywords or not 1 <= len(tensors) <= 3 or not isinstance(equation, ast.Constant):
            raise UnreadableError(
                node, Message("Expected an equation as a text, and one to three tensors behind it.")
            )
        fed = dict(zip("abc", tensors, strict=False))
        return self._block("einsum", {"equation": equation}, fed, name, node)

    def _extreme(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `x.max(dim=1)`, which gives values and places, and `torch.max(a, b)`."""
        own = name.removeprefix("torch.")
        if (
            len(call.args) == 2
            and not call.keywords
            and not isinstance(call.args[1], ast.Constant | ast.UnaryOp)
        ):
            a, b = call.args
            return self._block({"max": "maximum", "min": "minimum"}[own], {}, {"a": a, "b": b}, name, node)
        given = self._arguments(name, call, ("input", "dim", "keepdim"))
        if "dim" not in given:
            raise UnreadableError(node, Message("“{title}” needs “{name}”.", title=name, name="dim"))
        hint, self.hint = self.hint, ""
        tensor = {"x": self.held(given.pop("input"))}

        def values() -> Result:
            self.hint = hint
            return self._block(own, given, tensor, name, node)

        def places() -> Result:
            if own == "min":
                raise UnreadableError(node, Message("Where the smallest number stands is not drawn."))
            return self._block("argmax", given, tensor, name, node)

        return Row((Later(values), Later(places)))

    def _split(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `x.split(64, 1)`: as many pieces of one size as there are names for them."""
        given = self._arguments(name, call, ("tensor", "split_size_or_sections", "dim", "split_size"))
        size = given.get("split_size_or_sections", given.get("split_size"))
        whole = None if size is None else self._number(size)
        if size is None or not isinstance(whole, int | Expression) or isinstance(whole, bool):
            return self.function("torch.split", call, node)
        dim, tensor = given.get("dim", ast.Constant(0)), self.held(given["tensor"])

        def pieces(count: int) -> list[Result]:
            if isinstance(whole, Expression):
                raise UnreadableError(
                    node,
                    Message(
                        "How many pieces “{text}” gives is told only by a parameter of the class. Write"
                        " chunk({count}, dim=…) for {count} equal pieces.",
                        text=written(node),
                        count=count,
                    ),
                )
            sizes = ast.copy_location(ast.Tuple([size] * count, ast.Load()), node)
            values = {"split_size_or_sections": sizes, "dim": dim}
            made = self._block("split", values, {"x": tensor}, name, node)
            return self.parts(made, count, node)

        def piece(index: int) -> Result:
            if index < 0:
                raise UnreadableError(node, Message("Give each of the pieces a name first: a, b = …"))
            start, stop = (
                ast.copy_location(ast.BinOp(ast.Constant(place), ast.Mult(), size), node)
                for place in (index, index + 1)
            )
            values = {"dim": dim, "start": start, "stop": stop}
            return self._block("slice", values, {"x": tensor}, name, node)

        return Pieces(pieces, piece)

    def _unbind(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `x.unbind(1)`: as many places as there are names for them."""
        given = self._arguments(name, call, ("input", "dim"))
        tensor = self.tensor(self.result(given["input"]), node)
        dim = self._number(given.get("dim", ast.Constant(0)))
        if not isinstance(dim, int) or dim < 1:
            raise UnreadableError(node, _without(name, "dim"))

        def pieces(count: int) -> list[Result]:
            return [piece(place) for place in range(count)]

        def piece(index: int) -> Result:
            if tensor is None:
                return Lost()
            return self.simple("select", {"dim": dim, "index": index}, [tensor], node)

        return Pieces(pieces, piece)

    def _narrow(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `x.narrow(1, 2, 3)` as the range from 2 to 5."""
        given = self._arguments(name, call, ("input", "dim", "start", "length"))
        start, length = (self._number(given.get(one, ast.Constant(None))) for one in ("start", "length"))
        if "dim" not in given or not isinstance(start, int) or not isinstance(length, int) or start < 0:
            raise UnreadableError(node, Message("“{text}” takes nothing that is there.", text=written(node)))
        values = {"dim": given["dim"], "start": given["start"], "stop": ast.Constant(start + length)}
        return self._block("slice", values, {"x": given["input"]}, name, node)

    def _pad(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `F.pad(x, (1, 1))`; how many dimensions there are is told by what arrives."""
        given = self._arguments(name, call, ("input", "pad", "mode", "value"))
        pad = self._number(given.get("pad", ast.Constant(None)))
        mode = self._number(given.get("mode", ast.Constant("constant")))
        fill = self._number(given.get("value", ast.Constant(None)))
        pads = pad if isinstance(pad, tuple) else ()
        if not pads or len(pads) % 2 or len(pads) > 6 or mode not in ("constant", *_PADS):
            raise UnreadableError(node, Message("“{text}” takes nothing that is there.", text=written(node)))
        kind = _PADS.get(mode, "constant_pad" if fill else "zero_pad")
        bound = []
        for dims in range(len(pads) // 2, 4 if mode == "constant" else len(pads) // 2 + 1):
            sizes = (*pads, *[0] * (2 * dims - len(pads)))
            values = {"padding": _tuple(sizes, node), **({"value": given["value"]} if fill else {})}
            bound.append(self._bound(f"{kind}{dims}d", values, name, node))
        return self._blocks(tuple(bound), {"x": given["input"]}, node)

    def _instance_norm(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `F.instance_norm(x)`; how many dimensions there are is told by what arrives."""
        given = self._arguments(name, call, ("input", "eps"))
        values = {"eps": given["eps"]} if "eps" in given else {}
        bound = tuple(self._bound(f"instance_norm{dims}d", values, name, node) for dims in (1, 2, 3))
        return self._blocks(bound, {"x": given["input"]}, node)

    def _interpolate(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `F.interpolate(x, scale_factor=2)` as the layer Upsample."""
        tensor = next((one.value for one in call.keywords if one.arg == "input"), None)
        rest = [one for one in call.keywords if one.arg != "input"]
        args = list(call.args)
        if tensor is None:
            if not args:
                raise UnreadableError(node, Message("“{title}” needs “{name}”.", title=name, name="input"))
            tensor = args.pop(0)
        made = ast.copy_location(ast.Call(node.func, args, rest), node)
        bound = layers(by_target()["torch.nn.Upsample"], made, self.scope, self.kept, name)
        return self._blocks(bound, {"x": tensor}, node)

    def _one_hot(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `F.one_hot(x, 10).float()`: the block gives numbers that layers take."""
        raise UnreadableError(
            node,
            Message(
                "“{name}” gives whole numbers, which the block One-hot does not. Write {name}(…).float().",
                name=written(node.func),
            ),
        )

    def one_hot(self, call: ast.Call, node: ast.Call) -> Result:
        """Read what stands before `.float()`."""
        given = self._arguments(f"{_F}one_hot", call, ("tensor", "num_classes"))
        if "num_classes" not in given:
            raise UnreadableError(
                node, Message("“{title}” needs “{name}”.", title=f"{_F}one_hot", name="num_classes")
            )
        values = {"num_classes": given["num_classes"]}
        return self._block("one_hot", values, {"x": given["tensor"]}, f"{_F}one_hot", node)

    def _constant(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `torch.zeros(1, 16)`, `torch.ones(16)` and `torch.full((1, 16), 0.5)`."""
        value = {"torch.zeros": 0.0, "torch.ones": 1.0}.get(name)
        args = list(call.args)
        if value is None:
            given = self._arguments(name, call, ("size", "fill_value"))
            args, filled = [given["size"]], self._number(given["fill_value"])
            value = float(filled) if isinstance(filled, int | float) else None
        elif call.keywords:
            raise UnreadableError(node, _without(name, call.keywords[0].arg or "**"))
        sizes = self._number(args[0]) if len(args) == 1 else tuple(map(self._number, args))
        shape = sizes if isinstance(sizes, tuple) else (sizes,)
        values = {"shape": _tuple(shape, node), "value": ast.Constant(value)}
        return self._block("constant", values, {}, name, node)

    def _flip(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `x.flip(1)` and `x.flip(1, 2)`; a single dimension is a tuple of one."""
        given = {one.arg: one.value for one in call.keywords}
        dims = given.pop("dims", None)
        tensor, *rest = [*call.args, *([given.pop("input")] if "input" in given else [])]
        found = self._number(dims) if dims is not None else tuple(map(self._number, rest))
        if isinstance(found, tuple) and len(found) == 1 and isinstance(found[0], tuple):
            found = found[0]
        shape = found if isinstance(found, tuple) else (found,)
        if given or not shape:
            raise UnreadableError(node, Message("“{text}” takes nothing that is there.", text=written(node)))
        return self._block("flip", {"dims": _tuple(shape, node)}, {"x": tensor}, name, node)

    def _same(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read `x.contiguous()`, which changes no number."""
        if len(call.args) != 1 or call.keywords:
            raise UnreadableError(node, Message("“{text}” takes nothing that is there.", text=written(node)))
        found = self.result(call.args[0])
        return (
            Ref(found.source, found.port, node) if isinstance(found, Ref) and name == "torch.clone" else found
        )


_Read = Callable[[Spellings, str, ast.Call, ast.Call], Result]

_OWN_WAY: Mapping[str, _Read] = {
    "torch.clone": Spellings._same,
    "torch.contiguous": Spellings._same,
    "torch.einsum": Spellings._einsum,
    "torch.flip": Spellings._flip,
    "torch.full": Spellings._constant,
    "torch.max": Spellings._extreme,
    "torch.min": Spellings._extreme,
    "torch.narrow": Spellings._narrow,
    "torch.ones": Spellings._constant,
    "torch.split": Spellings._split,
    "torch.unbind": Spellings._unbind,
    "torch.zeros": Spellings._constant,
    f"{_F}instance_norm": Spellings._instance_norm,
    f"{_F}interpolate": Spellings._interpolate,
    f"{_F}one_hot": Spellings._one_hot,
    f"{_F}pad": Spellings._pad,
}
"""Functions that need a look of their own."""


def _tuple(values: Sequence[Value], node: ast.AST) -> ast.expr:
    """Give values as an expression that stands where another does."""
    text = repr(tuple(values))
    return ast.copy_location(ast.parse(text, mode="eval").body, node)


def _without(title: str, name: str) -> Message:
    return Message("“{title}” is called without “{name}”. Take it out.", title=title, name=name)
