"""Calls of layers and functions become blocks, and what they are given becomes wires."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Protocol

from studio.blocks import Block, find
from studio.compiler.reading.calls import Slot, slots, split
from studio.compiler.reading.drawn import Definition, Drawn, Made, Ref
from studio.compiler.reading.layers import Bound, arguments_of, bind, by_target, function_layer
from studio.compiler.reading.overwriting import HELD, overwrite
from studio.compiler.reading.results import (
    UNKNOWN_SIZE,
    Batch,
    Later,
    Lost,
    Number,
    Pieces,
    Result,
    Row,
    Several,
    Shape,
    Unsaid,
    indices,
    narrowed,
)
from studio.compiler.reading.text import RefusedError, Text, UnreadableError
from studio.compiler.reading.values import value_of, written
from studio.compiler.signatures import Argument
from studio.graph import Message, Value
from studio.project import limits


class Known(Protocol):
    """The functions that the text holds itself."""

    def definition(self, name: str, where: ast.AST) -> Definition | None:
        """Read one; None where there is none of that name."""


class Wiring(ABC):
    """Places blocks in a definition and wires what arrives at them."""

    def __init__(
        self,
        text: Text,
        definition: Definition,
        made: Mapping[str, Made],
        kept: Mapping[str, Value],
        scope: Mapping[str, Value],
        imports: Mapping[str, str],
        coded: Mapping[str, Block],
        functions: Known,
    ) -> None:
        """Begin with what `__init__` made and kept."""
        self.text = text
        self.definition = definition
        self.made = made
        self.kept = kept
        self.outer = scope
        self.scope = dict(scope)
        self.imports = imports
        self.coded = coded
        self.functions = functions
        self.names: dict[str, Result] = {entry.name: Ref(entry, "y") for entry in definition.entries}
        self.statement: ast.stmt | None = None
        self.hint = ""

    @abstractmethod
    def result(self, node: ast.expr) -> Result:
        """Give what an expression stands for.

        Raises:
            UnreadableError: nothing that a drawing can hold.
        """

    def attempt(self, node: ast.expr) -> Result:
        """Give what an expression stands for; where it cannot be read, that is noted and it is lost."""
        try:
            return self.result(node)
        except UnreadableError as refusal:
            self.text.note(refusal.node, refusal.message)
            return Lost()

    def tensor(self, result: Result, node: ast.AST) -> Ref | None:
        """Give the one tensor that a result is; None where it could not be read."""
        match result:
            case Ref():
                return result
            case Lost():
                return None
            case Later():
                return self.tensor(result.take(), node)
            case Unsaid(message):
                raise UnreadableError(node, message)
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

    def parts(self, result: Result, count: int, node: ast.expr) -> list[Result]:
        """Take a result apart into so many pieces."""
        match result:
            case Lost():
                return [Lost() for _ in range(count)]
            case Row(parts) if len(parts) == count:
                return list(parts)
            case Pieces(make):
                return make(count)
            case Shape():
                return [Batch(), *[UNKNOWN_SIZE] * (count - 1)]
            case Unsaid(message):
                raise UnreadableError(node, message)
            case Several(drawn, path) if drawn.made.part is None:
                there = sorted(indices(drawn, path))
                if len(there) == count:
                    return [narrowed(drawn, (*path, index)) for index in there]
                raise UnreadableError(
                    node,
                    Message(
                        "{count} {count:name|names} for {real} {real:result|results}. Give each one a name.",
                        count=count,
                        real=len(there),
                    ),
                )
        raise UnreadableError(
            node,
            Message("{count} {count:name|names} for one result. Give it one name.", count=count),
        )

    def layer(self, made: Made, node: ast.Call) -> Result:
        """Place a call of a layer or a composite."""
        if made.part is None and not made.bound:
            raise UnreadableError(
                node,
                Message(
                    "“{name}” is a list of layers. Go through it: for layer in self.{name}: x = layer(x).",
                    name=made.attribute,
                ),
            )
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
        if made.part is not None:
            for name in made.part.changed:
                self._changed(drawn, name, None, node)
        elif made.bound[0].inplace:
            self._changed(drawn, made.bound[0].block.inputs[0].name, self._given(drawn), node)
        return self._given(drawn)

    def function(self, name: str, call: ast.Call, node: ast.expr) -> Result:
        """Read the call of a function of torch, which is a block or does what a layer does."""
        part = None if name in self.coded else self.functions.definition(name, node)
        if part is not None:
            return self._own(part, call, node)
        hint, self.hint = self.hint, ""
        own = [self.coded[name]] if name in self.coded else by_target().get(name, ())
        blocks = [block for block in own if block.call == "function"]
        if not blocks:
            return self._as_layer(name, call, node, hint)
        block = blocks[0]
        taken = slots(block)
        arguments = [slot.argument for slot in taken]
        tensors, rest = split(arguments_of(call, arguments, name), taken)
        bound = bind(block, node, rest, arguments, self.scope, self.kept, name)
        return self.here((bound,), node, tensors, hint)

    def _own(self, part: Definition, call: ast.Call, node: ast.expr) -> Result:
        """Read the call of a function that stands in the text: a composite."""
        hint, self.hint = self.hint, ""
        given = arguments_of(call, [Argument(name) for name in part.order], part.name)
        numbers = {one.name for one in part.taken}
        entries = {one.name for one in part.entries}
        for place, message in given.complaints:
            self.text.note(place, message)
        values: dict[str, Value] = {}
        for name, value in given.values.items():
            if name in numbers:
                values[name] = value_of(value, self.scope, self.kept)
            elif name not in entries:
                self.text.note(
                    value,
                    Message("“{title}” is called without “{name}”. Take it out.", title=part.name, name=name),
                )
        drawn = self._drawn(Made(node.lineno, part=part, arguments=values), node, hint)
        tensors = {name: value for name, value in given.values.items() if name in entries}
        self._feed(drawn, [(Slot(Argument(name), (name,)), value) for name, value in tensors.items()])
        for name in part.changed:
            self._changed(drawn, name, None, node)
        return self._given(drawn)

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
        bound = bind(block, node, rest, arguments, self.scope, self.kept, name)
        result = self.here((bound,), node, tensors, hint)
        if bound.inplace:
            self._changed(self.definition.nodes[-1], block.inputs[0].name, result, node)
        return result

    def here(
        self, bound: tuple[Bound, ...], node: ast.expr, tensors: list[tuple[Slot, ast.expr]], hint: str
    ) -> Result:
        """Place a block whose parameters stand in its call; of several, what arrives chooses one."""
        for place, message in bound[0].complaints:
            self.text.note(place, message)
        drawn = self._drawn(Made(node.lineno, bound), node, hint)
        self._feed(drawn, tensors)
        return self._given(drawn)

    def _changed(self, drawn: Drawn, port: str, new: Result | None, node: ast.expr) -> None:
        """Take note that a block writes over what arrives at it."""
        for old in drawn.inputs.get(port, ()):
            self.overwritten(old, new if isinstance(new, Ref) else None, node)

    def overwritten(self, old: Ref, new: Ref | None, node: ast.AST) -> None:
        """Take note that a tensor was changed in place."""
        message = Message(
            "This tensor was changed in place in line {line}, and a drawing changes nothing in place."
            " Make a new tensor there, such as x = x + y.",
            line=getattr(node, "lineno", 0),
        )
        entry = overwrite(self.names, old, new, message)
        if entry is not None:
            self.definition.changed.add(entry.name)

    def held(self, node: ast.expr) -> ast.expr:
        """Read an expression now; what is given back stands for it in a block that is placed later."""
        name = f"{HELD}{len(self.names)}"
        self.names[name] = self.result(node)
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def _drawn(self, made: Made, node: ast.expr, hint: str) -> Drawn:
        if len(self.definition.nodes) >= limits.NODES:
            raise RefusedError(Message("A project has at most {limit} blocks.", limit=limits.NODES))
        comment = self.text.comment(self.statement) if self.statement is not None else ""
        label, colon, _ = comment.rpartition(": ")
        drawn = Drawn(made, node.lineno, hint, label if colon and hint else "")
        made.calls.append(drawn)
        return drawn

    def _feed(self, drawn: Drawn, tensors: list[tuple[Slot, ast.expr]]) -> None:
        """Wire what arrives; an argument that cannot be read leaves its port open."""
        for slot, node in tensors:
            try:
                self._wire(drawn, slot, self.result(node), node)
            except UnreadableError as refusal:
                self.text.note(refusal.node, refusal.message)
        self.definition.nodes.append(drawn)

    def _wire(self, drawn: Drawn, slot: Slot, result: Result, node: ast.expr) -> None:
        if isinstance(result, Number) and result.value is None:
            return
        if slot.many or len(slot.ports) > 1:
            if isinstance(result, Several):
                count = len(indices(result.drawn, result.path))
                parts = self.parts(result, count, node)
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
        ref = self.tensor(result, node)
        if ref is not None:
            drawn.inputs.setdefault(port, []).append(ref)

    def _given(self, drawn: Drawn) -> Result:
        """Give what a call gives: one tensor, or several results."""
        if drawn.made.part is not None:
            exits = drawn.made.part.exits
            return Ref(drawn, exits[0].name) if len(exits) == 1 else Several(drawn)
        return narrowed(drawn, ())

    def simple(
        self, kind: str, values: Mapping[str, Value], inputs: list[Ref], node: ast.expr, hint: str = ""
    ) -> Ref:
        """Place a block that no call names."""
        block = find(kind)
        assert block is not None
        drawn = self._drawn(Made(node.lineno, (Bound(block, {**block.defaults(), **values}),)), node, hint)
        drawn.inputs = {port.name: [ref] for port, ref in zip(block.inputs, inputs, strict=False)}
        self.definition.nodes.append(drawn)
        return Ref(drawn, block.outputs[0].name)
