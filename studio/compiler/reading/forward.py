"""Follows `forward` statement by statement: each call becomes a block, each name a wire; nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from studio.blocks import find
from studio.compiler.reading.calls import Slot, slots, split
from studio.compiler.reading.drawn import Definition, Drawn, Exit, Made, Ref
from studio.compiler.reading.layers import (
    Bound,
    arguments_of,
    bind,
    by_operator,
    by_target,
    function_layer,
)
from studio.compiler.reading.text import Text, UnreadableError, body, dotted, refuse
from studio.compiler.reading.values import value_of, written
from studio.compiler.signatures import Argument
from studio.graph import Message, Value

_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
}


@dataclass(frozen=True)
class Several:
    """What a call with several results gave, or a part of it."""

    drawn: Drawn
    path: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """A list or tuple of results."""

    parts: tuple[Result, ...]


@dataclass(frozen=True)
class Number:
    """A value that is no tensor."""

    value: Value


class Lost:
    """What could not be read; it is named once and then passed on silently."""


Result: TypeAlias = "Ref | Several | Row | Number | Lost"


class Forward:
    """Reads one forward into its definition."""

    def __init__(
        self,
        text: Text,
        definition: Definition,
        made: Mapping[str, Made],
        kept: Mapping[str, Value],
        scope: Mapping[str, Value],
        imports: Mapping[str, str],
    ) -> None:
        """Begin with what `__init__` made and kept."""
        self.text = text
        self.definition = definition
        self.made = made
        self.kept = kept
        self.scope = scope
        self.imports = imports
        self.names: dict[str, Result] = {entry.name: Ref(entry, "y") for entry in definition.entries}
        self.statement: ast.stmt | None = None
        self.hint = ""
        self.gone = False

    def read(self, method: ast.FunctionDef) -> None:
        """Follow the statements, then give every block its name."""
        for statement in body(method.body):
            self.statement = statement
            if self.gone:
                self.text.note(statement, Message("This is never reached: forward has returned before."))
                break
            try:
                self._statement(statement)
            except UnreadableError as refusal:
                self.text.note(refusal.node, refusal.message)
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        self.names[node.id] = Lost()
                    self.gone = self.gone or isinstance(node, ast.Return)
        if not self.gone:
            self.text.note(method, Message("forward returns nothing. End it with return and a result."))
        self._name_all()

    # -- statements -----------------------------------------------------------------------------------

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                result = self._valued(value, targets[0])
                for target in targets:
                    self._assign(target, result)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self._valued(value, target))
            case ast.AugAssign(target=ast.Name(id=name) as target, op=operator, value=value):
                both = ast.BinOp(ast.copy_location(ast.Name(name, ast.Load()), target), operator, value)
                self._assign(target, self._result(ast.copy_location(both, statement)))
            case ast.Return(value=ast.expr() as value):
                self.gone = True
                self._return(value)
            case ast.Expr(value=ast.Call() as value):
                self._result(value)
            case _:
                raise refuse(statement)

    def _valued(self, value: ast.expr, target: ast.expr) -> Result:
        """Read what is assigned, with the name that the block behind it is given."""
        self.hint = self._hinted(target)
        try:
            return self._result(value)
        finally:
            self.hint = ""

    def _hinted(self, target: ast.expr) -> str:
        names = [node.id for node in ast.walk(target) if isinstance(node, ast.Name) and node.id != "_"]
        return names[0] if names and names[0] not in self.names else ""

    def _assign(self, target: ast.expr, result: Result) -> None:
        match target:
            case ast.Name(id=name):
                self.names[name] = result
                if isinstance(result, Ref) and isinstance(result.source, Drawn):
                    _restore(result.source, name, result.port)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part, one in zip(parts, self._parts(result, len(parts), target), strict=True):
                    self._assign(part, one)
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                raise UnreadableError(
                    target,
                    Message(
                        "forward keeps “self.{name}”, but a drawing keeps nothing between calls."
                        " Use a name without self.",
                        name=name,
                    ),
                )
            case _:
                raise refuse(target)

    def _return(self, value: ast.expr) -> None:
        if isinstance(value, ast.Dict):
            for key, one in zip(value.keys, value.values, strict=True):
                if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                    raise UnreadableError(
                        key or value, Message('Expected the name of an output as a text, such as "y".')
                    )
                self._leave(key.value, one)
            return
        result = self._result(value)
        if isinstance(result, Row):
            nodes = value.elts if isinstance(value, ast.Tuple | ast.List) else [value] * len(result.parts)
            for number, (node, part) in enumerate(zip(nodes, result.parts, strict=True), start=1):
                name = node.id if isinstance(node, ast.Name) else f"y{number}"
                taken = {known.name for known in self.definition.exits}
                self._leave(name if name not in taken else f"y{number}", node, part)
        else:
            self._leave("", value, result)

    def _leave(self, name: str, node: ast.expr, result: Result | None = None) -> None:
        try:
            ref = self._tensor(self._result(node) if result is None else result, node)
        except UnreadableError as refusal:
            self.text.note(refusal.node, refusal.message)
            ref = None
        self.definition.exits.append(Exit(name, ref))

    # -- expressions -----------------------------------------------------------------------------------

    def _result(self, node: ast.expr) -> Result:
        match node:
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return Row(tuple(self._result(part) for part in parts))
            case ast.Call():
                return self._call(node)
            case ast.BinOp():
                return self._operation(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand) if not self._plain(node):
                return self._function("torch.neg", ast.Call(operand, [operand], []), node)
            case ast.Subscript(value=inner, slice=place):
                return self._place(self._result(inner), place, node)
            case ast.Constant() | ast.UnaryOp() | ast.Attribute():
                return Number(value_of(node, self.scope, self.kept))
            case ast.Name(id=name):
                if name in self.scope:
                    return Number(self.scope[name])
                raise UnreadableError(
                    node,
                    Message(
                        "“{name}” is given no value before this line. Known here: {known}.",
                        name=name,
                        known=", ".join(list(self.names)[:8]) or "–",
                    ),
                )
        raise refuse(node)

    def _plain(self, node: ast.expr) -> bool:
        """Tell whether an expression is a number, whatever it is made of."""
        return not any(
            (isinstance(one, ast.Name) and one.id in self.names)
            or (isinstance(one, ast.Attribute) and one.attr in self.made)
            for one in ast.walk(node)
        )

    def _tensor(self, result: Result, node: ast.AST) -> Ref | None:
        """Give the one tensor that a result is; None where it could not be read."""
        match result:
            case Ref():
                return result
            case Lost():
                return None
            case Several(drawn):
                part = drawn.made.part
                ports = drawn.block.outputs if part is None else part.exits
                names = ", ".join(port.name for port in ports)
                raise UnreadableError(
                    node,
                    Message(
                        "Several results arrive here ({names}), where one is expected. Unpack them first.",
                        names=names,
                    ),
                )
        what = written(node) if isinstance(node, ast.expr) else "…"
        raise UnreadableError(node, Message("Expected a tensor here, received {value}.", value=what))

    def _parts(self, result: Result, count: int, node: ast.expr) -> list[Result]:
        """Take a result apart into so many pieces."""
        match result:
            case Lost():
                return [Lost() for _ in range(count)]
            case Row(parts) if len(parts) == count:
                return list(parts)
            case Several(drawn, path) if drawn.made.part is None:
                indices = sorted(_indices(drawn, path))
                if len(indices) == count:
                    return [_narrowed(drawn, (*path, index)) for index in indices]
                raise UnreadableError(
                    node,
                    Message(
                        "{count} {count:name|names} for {real} {real:result|results}. Give each one a name.",
                        count=count,
                        real=len(indices),
                    ),
                )
        raise UnreadableError(
            node,
            Message("{count} {count:name|names} for one result. Give it one name.", count=count),
        )

    def _place(self, result: Result, place: ast.expr, node: ast.expr) -> Result:
        """Take one of several results, or a part of a tensor along its dimensions."""
        match result, place:
            case Lost(), _:
                return result
            case Several(drawn, path), ast.Constant(value=int(index)) if drawn.made.part is None:
                if index in _indices(drawn, path):
                    return _narrowed(drawn, (*path, index))
            case Several(drawn), ast.Constant(value=str(name)) if drawn.made.part is not None:
                known = [one.name for one in drawn.made.part.exits]
                if name in known:
                    return Ref(drawn, name)
                raise UnreadableError(
                    node,
                    Message(
                        "There is no result “{name}”. There are: {known}.",
                        name=name,
                        known=", ".join(known) or "–",
                    ),
                )
            case Row(parts), ast.Constant(value=int(index)) if 0 <= index < len(parts):
                return parts[index]
            case Ref(), _:
                return self._sliced(result, place, node)
        raise UnreadableError(node, Message("“{text}” takes nothing that is there.", text=written(node)))

    def _sliced(self, value: Ref, place: ast.expr, node: ast.expr) -> Ref:
        """Read `x[:, -1]` and `x[:, 2:5]` as blocks, from the last dimension to the first."""
        parts = place.elts if isinstance(place, ast.Tuple) else [place]
        for dim, part in reversed(list(enumerate(parts))):
            match part:
                case ast.Slice(lower=None, upper=None, step=None):
                    continue
                case ast.Slice(lower=start, upper=stop, step=step) if dim > 0:
                    numbers = [None if one is None else self._number(one) for one in (start, stop, step)]
                    kind, values = "slice", dict(zip(("start", "stop", "step"), numbers, strict=True))
                    values = {name: number for name, number in values.items() if number is not None}
                case ast.Constant(value=int()) | ast.UnaryOp() if dim > 0:
                    kind, values = "select", {"index": self._number(part)}
                case _:
                    raise UnreadableError(
                        node,
                        Message(
                            "“{text}” is not read. Expected x[:, place] or x[:, from:to], the batch whole.",
                            text=written(node),
                        ),
                    )
            value = self._simple(kind, {"dim": dim, **values}, [value], node)
        return value

    def _number(self, node: ast.expr) -> Value:
        return value_of(node, self.scope, self.kept)

    # -- calls ----------------------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Result:
        match node.func:
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                made = self.made.get(name)
                if made is None:
                    raise UnreadableError(
                        node,
                        Message(
                            "“self.{name}” is not made in __init__. Made there: {known}.",
                            name=name,
                            known=", ".join(list(self.made)[:8]) or "–",
                        ),
                    )
                return self._layer(made, node)
            case ast.Attribute(value=inner, attr=name) if not self._is_name(inner):
                return self._function(
                    f"torch.{name}", ast.Call(inner, [inner, *node.args], node.keywords), node
                )
        return self._function(dotted(node.func, self.imports), node, node)

    def _is_name(self, node: ast.expr) -> bool:
        """Tell whether an expression is the name of a module, and no tensor."""
        name = dotted(node, {})
        return bool(name) and name.split(".")[0] not in self.names

    def _layer(self, made: Made, node: ast.Call) -> Result:
        hint, self.hint = self.hint, ""
        drawn = self._drawn(made, node, hint)
        if made.part is not None:
            taken = tuple(Slot(Argument(entry.name), (entry.name,)) for entry in made.part.entries)
            title = made.part.name
        else:
            taken, title = slots(made.bound[0].block), made.attribute
        given = arguments_of(node, [slot.argument for slot in taken], title)
        tensors, rest = split(given, taken)
        self._feed(drawn, tensors)
        for place, message in rest.complaints:
            self.text.note(place, message)
        for name, value in rest.values.items():
            self.text.note(
                value,
                Message("“{title}” is called without “{name}”. Take it out.", title=title, name=name),
            )
        return self._given(drawn)

    def _function(self, name: str, call: ast.Call, node: ast.expr) -> Result:
        """Read the call of a function of torch, which is a block or does what a layer does."""
        hint, self.hint = self.hint, ""
        blocks = [block for block in by_target().get(name, ()) if block.call == "function"]
        if not blocks:
            return self._as_layer(name, call, node, hint)
        block = blocks[0]
        taken = slots(block)
        arguments = [slot.argument for slot in taken]
        tensors, rest = split(arguments_of(call, arguments, name), taken)
        bound = bind(block, node, rest, arguments, self.scope, self.kept, name)
        return self._made_here(bound, node, tensors, hint)

    def _as_layer(self, name: str, call: ast.Call, node: ast.expr, hint: str) -> Result:
        found = function_layer(name) or function_layer(name.replace("torch.", "torch.nn.functional.", 1))
        if found is None:
            raise UnreadableError(
                node,
                Message(
                    "“{name}” is no function that Netwright draws. Make a layer in __init__ and call it, or"
                    " use a function of torch that the palette has.",
                    name=written(node.func) if isinstance(node, ast.Call) else name,
                ),
            )
        block, arguments = found
        taken = slots(block, arguments)
        tensors, rest = split(arguments_of(call, arguments, name), taken)
        training = rest.values.pop("training", None)
        if any(one.name == "training" for one in arguments) and (
            training is None or ast.unparse(training) != "self.training"
        ):
            raise UnreadableError(
                node,
                Message("“{name}” works while judging too. Write training=self.training.", name=name),
            )
        return self._made_here(
            bind(block, node, rest, arguments, self.scope, self.kept, name), node, tensors, hint
        )

    def _made_here(
        self, bound: Bound, node: ast.expr, tensors: list[tuple[Slot, ast.expr]], hint: str
    ) -> Result:
        for place, message in bound.complaints:
            self.text.note(place, message)
        drawn = self._drawn(Made(node.lineno, (bound,)), node, hint)
        self._feed(drawn, tensors)
        return self._given(drawn)

    def _drawn(self, made: Made, node: ast.expr, hint: str) -> Drawn:
        comment = self.text.comment(self.statement) if self.statement is not None else ""
        label, colon, _ = comment.rpartition(": ")
        drawn = Drawn(made, node.lineno, hint, label if colon and hint else "")
        made.calls.append(drawn)
        return drawn

    def _feed(self, drawn: Drawn, tensors: list[tuple[Slot, ast.expr]]) -> None:
        """Wire what arrives; an argument that cannot be read leaves its port open."""
        for slot, node in tensors:
            try:
                self._wire(drawn, slot, self._result(node), node)
            except UnreadableError as refusal:
                self.text.note(refusal.node, refusal.message)
        self.definition.nodes.append(drawn)

    def _wire(self, drawn: Drawn, slot: Slot, result: Result, node: ast.expr) -> None:
        if isinstance(result, Number) and result.value is None:
            return
        if slot.many or len(slot.ports) > 1:
            if isinstance(result, Several):
                count = len(_indices(result.drawn, result.path))
                parts = self._parts(result, count, node)
            elif isinstance(result, Row):
                parts = list(result.parts)
            else:
                parts = [result]
            if not slot.many and len(parts) != len(slot.ports):
                raise UnreadableError(
                    node,
                    Message(
                        "Expected {names} together as one tuple here, received {value}.",
                        names=", ".join(slot.ports),
                        value=written(node),
                    ),
                )
            ports = slot.ports * len(parts) if slot.many else slot.ports
            for port, part in zip(ports, parts, strict=True):
                self._connect(drawn, port, part, node)
        else:
            self._connect(drawn, slot.ports[0], result, node)

    def _connect(self, drawn: Drawn, port: str, result: Result, node: ast.AST) -> None:
        ref = self._tensor(result, node)
        if ref is not None:
            drawn.inputs.setdefault(port, []).append(ref)

    def _given(self, drawn: Drawn) -> Result:
        """Give what a call gives: one tensor, or several results."""
        if drawn.made.part is not None:
            exits = drawn.made.part.exits
            return Ref(drawn, exits[0].name) if len(exits) == 1 else Several(drawn)
        return _narrowed(drawn, ())

    # -- operators --------------------------------------------------------------------------------------

    def _operation(self, node: ast.BinOp) -> Result:
        """Read a row of one operator as one block; a number beside a tensor scales or shifts it."""
        if self._plain(node):
            return Number(value_of(node, self.scope, self.kept))
        hint, self.hint = self.hint, ""
        sign = _SIGNS.get(type(node.op), "")
        block = by_operator().get(sign)
        row: list[ast.expr] = [node.right]
        first = node.left
        many = block is not None and block.inputs[0].many
        while many and isinstance(first, ast.BinOp) and isinstance(first.op, type(node.op)):
            row.append(first.right)
            first = first.left
        row = [first, *reversed(row)]
        if any(self._plain(part) for part in row):
            return self._with_number(node, sign, hint)
        if sign == "@":
            self.hint = hint
            return self._function("torch.matmul", ast.Call(node.left, [node.left, node.right], []), node)
        if block is None:
            raise UnreadableError(
                node, Message("“{text}” is no operation between tensors that is drawn.", text=written(node))
            )
        bound = Bound(block, block.defaults())
        ports = [block.inputs[0].name] * len(row) if many else [port.name for port in block.inputs]
        tensors = [(Slot(Argument(port), (port,)), part) for port, part in zip(ports, row, strict=True)]
        return self._made_here(bound, node, tensors, hint)

    def _with_number(self, node: ast.BinOp, sign: str, hint: str) -> Result:
        left = self._plain(node.left)
        number = self._number(node.left if left else node.right)
        inner = self._result(node.right if left else node.left)
        if isinstance(inner, Lost):
            return inner
        value = self._tensor(inner, node)
        assert value is not None
        known = number if isinstance(number, int | float) and not isinstance(number, bool) else None
        kind, values = "scale", dict[str, Value]()
        if known is not None:
            match sign, left:
                case "+", _:
                    values = {"offset": float(known)}
                case "-", False:
                    values = {"offset": -float(known)}
                case "-", True:
                    values = {"factor": -1.0, "offset": float(known)}
                case "*", _:
                    values = {"factor": float(known)}
                case "/", False if known:
                    values = {"factor": 1 / known}
                case "**", False:
                    kind, values = "power", {"exponent": float(known)}
        if not values:
            raise UnreadableError(
                node, Message("“{text}” is no operation between tensors that is drawn.", text=written(node))
            )
        return self._simple(kind, values, [value], node, hint)

    def _simple(
        self, kind: str, values: Mapping[str, Value], inputs: list[Ref], node: ast.expr, hint: str = ""
    ) -> Ref:
        """Place a block that no call names."""
        block = find(kind)
        assert block is not None
        drawn = self._drawn(Made(node.lineno, (Bound(block, {**block.defaults(), **values}),)), node, hint)
        drawn.inputs = {port.name: [ref] for port, ref in zip(block.inputs, inputs, strict=False)}
        self.definition.nodes.append(drawn)
        return Ref(drawn, block.outputs[0].name)

    # -- names ----------------------------------------------------------------------------------------

    def _name_all(self) -> None:
        """Give every block its name: the attribute's, the one its result was given, or a fresh one."""
        taken = {entry.name for entry in self.definition.entries} | set(self.made)
        for made in self.definition.everything():
            if made.attribute:
                owner = next((one for one in made.calls if one.hint in ("", made.attribute)), made.calls[0])
                owner.key = made.attribute
                for other in made.calls:
                    if other is not owner:
                        other.shares = owner
        waiting = [one for one in self.definition.nodes if not one.key]
        for one in waiting:
            if one.hint and one.hint not in taken:
                one.key = one.hint
                taken.add(one.hint)
        for one in waiting:
            if not one.key:
                one.key = _fresh(one, taken)
                taken.add(one.key)


def _fresh(drawn: Drawn, taken: set[str]) -> str:
    stem = drawn.made.attribute or drawn.block.type
    number = 2 if drawn.made.attribute else 1
    separator = "_" if drawn.made.attribute else ""
    while f"{stem}{separator}{number}" in taken:
        number += 1
    return f"{stem}{separator}{number}"


def _restore(drawn: Drawn, name: str, port: str) -> None:
    """Find a function's name in the name of one of its results: `chunk1_y2` is the second of `chunk1`."""
    stem, _, last = name.rpartition("_")
    if stem and last == port and drawn.made.part is None and len(drawn.block.outputs) > 1:
        drawn.hint = stem


def _paths(drawn: Drawn) -> Iterator[tuple[tuple[int, ...], str]]:
    return ((port.path, port.name) for port in drawn.block.outputs)


def _indices(drawn: Drawn, path: tuple[int, ...]) -> set[int]:
    """Give the places that there are in a part of a result."""
    if drawn.made.part is not None:
        return set()
    return {one[len(path)] for one, _ in _paths(drawn) if one[: len(path)] == path and len(one) > len(path)}


def _narrowed(drawn: Drawn, path: tuple[int, ...]) -> Ref | Several:
    """Give the output at a place in a result, or the part of the result that is there."""
    for one, name in _paths(drawn):
        if one == path:
            return Ref(drawn, name)
    return Several(drawn, path)
