"""What the expressions of forward stand for: names, calls, operators, places of a tensor."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from studio.compiler.reading.calls import Slot
from studio.compiler.reading.drawn import Drawn, Made, Ref
from studio.compiler.reading.layers import Bound, by_operator
from studio.compiler.reading.learned import expanded
from studio.compiler.reading.overwriting import HELD
from studio.compiler.reading.results import (
    UNKNOWN_SIZE,
    Batch,
    Later,
    Layer,
    Lost,
    Number,
    Pieces,
    Result,
    Row,
    Several,
    Shape,
    Unsaid,
    has_states,
    indices,
    is_state,
    last_state,
    narrowed,
)
from studio.compiler.reading.spellings import Spellings
from studio.compiler.reading.text import UnreadableError, dotted, refuse
from studio.compiler.reading.values import value_of, written
from studio.compiler.signatures import Argument
from studio.graph import Expression, Message, Value

_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
}


class Expressions(Spellings):
    """Finds out what an expression stands for."""

    def result(self, node: ast.expr) -> Result:
        """Give what an expression stands for."""
        match node:
            case ast.Name(id=name) if name in self.names:
                return self._known(self.names[name], node)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return Row(tuple(self.attempt(part) for part in parts))
            case ast.Call():
                return self._call(node)
            case ast.BinOp():
                return self._operation(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand) if not self._plain(node):
                return self.function("torch.neg", ast.Call(operand, [operand], []), node)
            case ast.Subscript(value=inner, slice=place):
                return self._place(self.result(inner), place, node)
            case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in self.made:
                made = self.made[name]
                return self._learned(made, node) if made.tensor else Layer(made)
            case ast.Attribute(value=inner, attr="mT") if not self._is_name(inner):
                call = ast.Call(inner, [inner, ast.Constant(-2), ast.Constant(-1)], [])
                return self.function("torch.transpose", call, node)
            case ast.Attribute(value=inner, attr="shape") if not self._is_name(inner):
                self.result(inner)
                return Shape()
            case ast.Attribute(value=inner, attr="values" | "indices" as part) if not self._is_name(inner):
                both = self.result(inner)
                if isinstance(both, Row) and len(both.parts) == 2:
                    return self._known(both.parts[part == "indices"], node)
                raise UnreadableError(
                    node, Message("“{text}” takes nothing that is there.", text=written(node))
                )
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
                        known=", ".join([one for one in self.names if not one.startswith(HELD)][:8]) or "–",
                    ),
                )
        raise refuse(node)

    def _known(self, result: Result, node: ast.expr) -> Result:
        """Give what is there, placed now where its block was waiting to be read."""
        if isinstance(result, Unsaid):
            raise UnreadableError(node, result.message)
        return result.take() if isinstance(result, Later) else result

    def _learned(self, made: Made, node: ast.expr) -> Result:
        """Give a tensor that is learned itself; its block is placed where it is first read."""
        if made.calls and "like" in made.calls[0].inputs:
            raise UnreadableError(
                node,
                Message(
                    "“self.{name}” is spread over the batch in one place and used as it is in another."
                    " Use it in one way.",
                    name=made.attribute,
                ),
            )
        if not made.calls:
            self.definition.nodes.append(self._drawn(made, node, ""))
        return Ref(made.calls[0], "y")

    def _plain(self, node: ast.expr) -> bool:
        """Tell whether an expression is a number, whatever it is made of."""
        return not any(
            (isinstance(one, ast.Name) and one.id in self.names)
            or (isinstance(one, ast.Attribute) and one.attr in self.made)
            or (isinstance(one, ast.Call) and dotted(one.func, self.imports).startswith("torch."))
            for one in ast.walk(node)
        )

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
                return self.layer(made, node)
            case ast.Name(id=name) if name in self.names:
                called = self.names[name]
                if isinstance(called, Layer):
                    return self.layer(called.made, node)
                if isinstance(called, Lost):
                    return called
            case ast.Attribute(value=ast.Call() as inner, attr="float") if not node.args and (
                dotted(inner.func, self.imports) == "torch.nn.functional.one_hot"
            ):
                return self.one_hot(inner, node)
            case ast.Attribute(value=inner, attr="size") if not self._is_name(inner):
                return self._size(node)
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr=name), attr=way) if (
                way in ("expand", "repeat") and name in self.made and self.made[name].tensor
            ):
                return self._spread(self.made[name], way, node)
            case ast.Attribute(value=inner, attr=name) if not self._is_name(inner):
                call = ast.Call(inner, [inner, *node.args], node.keywords)
                return self._of_torch(f"torch.{name}", call, node)
        return self._of_torch(dotted(node.func, self.imports), node, node)

    def _of_torch(self, name: str, call: ast.Call, node: ast.Call) -> Result:
        """Read the call of a function of torch, or of a tensor's method of the same name."""
        if name.endswith("_") and not name.endswith("__") and call.args:
            call.args[0] = self.held(call.args[0])
            old, new = self.result(call.args[0]), self._of_torch(name[:-1], call, node)
            if isinstance(old, Ref) and isinstance(new, Ref):
                self.overwritten(old, new, node)
            return new
        parts = list(call.args)
        if len(parts) == 2 and isinstance(parts[1], ast.Tuple | ast.List):
            parts = [parts[0], *parts[1].elts]
        match name, parts:
            case "torch.permute", [tensor, ast.Constant(value=0), *rest] if rest and not call.keywords:
                return self._formed("permute", "dims", tensor, rest, node)
            case "torch.reshape" | "torch.view", [tensor, batch, *rest] if rest and self._is_batch(batch):
                formed = self._formed("reshape", "shape", tensor, rest, node)
                if (
                    isinstance(formed, Ref)
                    and isinstance(formed.source, Drawn)
                    and ast.unparse(batch) == "-1"
                ):
                    formed.source.guessed = written(node)
                return formed
            case "torch.permute" | "torch.reshape" | "torch.view", [tensor, *rest] if (
                name != "torch.permute" or (not call.keywords)
            ):
                return self._refused(tensor, rest, node)
        spelled = self.spelled(name, call, node)
        return spelled if spelled is not None else self.function(name, call, node)

    def _refused(self, tensor: ast.expr, rest: list[ast.expr], node: ast.Call) -> Result:
        """Say why a tensor is not formed anew, unless that follows from what was named already."""
        if isinstance(self.result(tensor), Lost):
            return Lost()
        for part in rest:
            if not self._is_batch(part):
                self._number(part)
        raise UnreadableError(
            node,
            Message(
                "“{text}” does not keep the batch where it is. Expected x.permute(0, …), or"
                " x.reshape(x.shape[0], …) with the other sizes behind it.",
                text=written(node),
            ),
        )

    def _size(self, node: ast.Call) -> Result:
        """Read `x.size()` and `x.size(0)`, the batch; another size is known only once something arrives."""
        if not node.args and not node.keywords and isinstance(node.func, ast.Attribute):
            self.result(node.func.value)
            return Shape()
        place = value_of(node.args[0], self.scope, self.kept) if len(node.args) == 1 else None
        if node.keywords or place != 0:
            raise UnreadableError(node, UNKNOWN_SIZE.message)
        return Batch()

    def _is_batch(self, node: ast.expr) -> bool:
        """Tell whether a size is that of the batch: -1, `x.size(0)`, or a name for it."""
        if isinstance(node, ast.Name):
            return isinstance(self.names.get(node.id), Batch)
        text = ast.unparse(node)
        return text == "-1" or text.endswith((".size(0)", ".shape[0]"))

    def _spread(self, made: Made, way: str, node: ast.Call) -> Result:
        """Read `self.token.expand(x.shape[0], -1, -1)`: one for every sample of x."""
        like = expanded(node, way, made, self._is_batch)
        if like is None or made.calls:
            raise UnreadableError(
                node,
                Message(
                    "“{text}” is not read. Expected self.{name}.expand(x.shape[0], -1, …) of a tensor whose"
                    " first size is 1, and the tensor used nowhere else.",
                    text=written(node),
                    name=made.attribute,
                ),
            )
        hint, self.hint = self.hint, ""
        drawn = self._drawn(made, node, hint)
        self._feed(drawn, [(Slot(Argument("like"), ("like",)), like)])
        return Ref(drawn, "y")

    def _formed(self, kind: str, name: str, tensor: ast.expr, rest: list[ast.expr], node: ast.expr) -> Result:
        """Read `x.permute(0, 2, 1)` and `x.view(x.size(0), -1)`, which keep the batch in its place."""
        hint, self.hint = self.hint, ""
        values = tuple(self._number(part) for part in rest)
        ref = self.tensor(self.result(tensor), node)
        return Lost() if ref is None else self.simple(kind, {name: values}, [ref], node, hint)

    def _is_name(self, node: ast.expr) -> bool:
        """Tell whether an expression is the name of a module, and no tensor."""
        name = dotted(node, {})
        first, _, rest = name.partition(".")
        if first == "self" and rest in self.made:
            return not self.made[rest].tensor
        return bool(name) and first not in self.names

    def _place(self, result: Result, place: ast.expr, node: ast.expr) -> Result:
        """Take one of several results, or a part of a tensor along its dimensions."""
        match result, place:
            case Lost(), _:
                return result
            case Several(drawn, path), ast.Constant(value=int(index)) if drawn.made.part is None:
                if index in indices(drawn, path):
                    return narrowed(drawn, (*path, index))
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
                return self._known(parts[index], node)
            case Pieces(), ast.Constant(value=int(index)):
                return result.at(index)
            case Shape(), ast.Constant(value=int(index)):
                if index != 0:
                    raise UnreadableError(node, UNKNOWN_SIZE.message)
                return Batch()
            case Ref(source=Drawn() as drawn, port="h"), ast.Constant() | ast.UnaryOp() if has_states(drawn):
                number = self._number(place)
                last = last_state(drawn, number)
                if last is not None:
                    return self.simple("select", {"dim": 1, "index": -1}, [last], node)
                if is_state(drawn, number):
                    raise UnreadableError(
                        node,
                        Message(
                            "“{text}” is the state of one layer in one direction. Only that of the last layer"
                            " is drawn, where it reads in one direction. Use the results of all steps"
                            " instead, such as y[:, -1].",
                            text=written(node),
                        ),
                    )
            case Ref(), _:
                return self._sliced(result, place, node)
        raise UnreadableError(node, Message("“{text}” takes nothing that is there.", text=written(node)))

    def _sliced(self, value: Ref, place: ast.expr, node: ast.expr) -> Ref:
        """Read `x[:, -1]` and `x[:, 2:5]` as blocks, from the last dimension to the first."""
        parts = list(place.elts) if isinstance(place, ast.Tuple) else [place]
        if isinstance(parts[-1], ast.Constant) and parts[-1].value is ...:
            parts.pop()
        for index, part in reversed(list(enumerate(parts))):
            dim = sum(not (isinstance(one, ast.Constant) and one.value is None) for one in parts[:index])
            values: dict[str, Value]
            match part:
                case ast.Slice(lower=None, upper=None, step=None):
                    continue
                case ast.Slice(lower=start, upper=stop, step=step) if dim > 0:
                    numbers = [None if one is None else self._number(one) for one in (start, stop, step)]
                    kind, values = "slice", dict(zip(("start", "stop", "step"), numbers, strict=True))
                    values = {name: number for name, number in values.items() if number is not None}
                case ast.Constant(value=None) if dim > 0:
                    kind, values = "unsqueeze", {}
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
            value = self.simple(kind, {"dim": dim, **values}, [value], node)
        return value

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
            return self.function("torch.matmul", ast.Call(node.left, [node.left, node.right], []), node)
        if block is None:
            raise UnreadableError(
                node, Message("“{text}” is no operation between tensors that is drawn.", text=written(node))
            )
        bound = Bound(block, block.defaults())
        ports = [block.inputs[0].name] * len(row) if many else [port.name for port in block.inputs]
        tensors = [(Slot(Argument(port), (port,)), part) for port, part in zip(ports, row, strict=True)]
        return self.here((bound,), node, tensors, hint)

    def _with_number(self, node: ast.BinOp, sign: str, hint: str) -> Result:
        left = self._plain(node.left)
        number = self._number(node.left if left else node.right)
        inner = self.result(node.right if left else node.left)
        if isinstance(inner, Lost):
            return inner
        value = self.tensor(inner, node)
        assert value is not None
        known = number if isinstance(number, int | float) and not isinstance(number, bool) else None
        kind, values = "scale", dict[str, Value]()
        if isinstance(number, Expression):  # a number of the class that is told where it is used
            match sign, left:
                case "+", _:
                    values = {"offset": number}
                case "-", False:
                    values = {"offset": Expression(f"-({number.text})")}
                case "-", True:
                    values = {"factor": -1.0, "offset": number}
                case "*", _:
                    values = {"factor": number}
                case "/", False:
                    values = {"factor": Expression(f"1 / ({number.text})")}
                case "**", False:
                    kind, values = "power", {"exponent": number}
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
                case "/", True:
                    values = {"factor": float(known)}
                    value = self.simple("reciprocal", {}, [value], node)
                case "**", False:
                    kind, values = "power", {"exponent": float(known)}
        if not values:
            raise UnreadableError(
                node, Message("“{text}” is no operation between tensors that is drawn.", text=written(node))
            )
        return self.simple(kind, values, [value], node, hint)
