"""What `__init__` makes: a layer, a composite, or several of them one behind the other."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from typing import Protocol

from studio.blocks import every
from studio.compiler.instances import MAX_REPEAT
from studio.compiler.names import class_name
from studio.compiler.reading.coded import Coded
from studio.compiler.reading.drawn import Definition, Drawn, Entry, Exit, Made, Ref
from studio.compiler.reading.layers import arguments_of, by_target, layers
from studio.compiler.reading.learned import learned
from studio.compiler.reading.text import RefusedError, Text, UnreadableError, dotted, refuse
from studio.compiler.reading.values import Scope, value_of, written
from studio.compiler.signatures import REQUIRED, Argument
from studio.graph import Message, Value
from studio.graph.model import same
from studio.project import limits

_LIST = "torch.nn.ModuleList"
_SEQUENCE = "torch.nn.Sequential"
_LAZY = "torch.nn.Lazy"
_ORDERED = "collections.OrderedDict"
_PARAMETER = ("torch.nn.Parameter", "torch.nn.parameter.Parameter")


class Known(Protocol):
    """What the classes of a text know of each other."""

    imports: dict[str, str]
    found: dict[str, ast.ClassDef]
    own: dict[str, str]
    coded: Coded
    count: int

    def definition(self, name: str, where: ast.AST) -> Definition:
        """Read a class."""

    def has(self, name: str) -> bool:
        """Tell whether a class has this name."""

    def add(self, definition: Definition) -> None:
        """Add a class that the text does not name."""


class Maker:
    """Reads the calls of one `__init__` that make something."""

    def __init__(
        self,
        text: Text,
        classes: Known,
        scope: Scope,
        kept: Scope,
        lists: dict[str, list[Made]] | None = None,
    ) -> None:
        """Begin with what is known: classes, what names and attributes stand for, and lists of layers."""
        self.lists = {} if lists is None else lists
        self.text = text
        self.classes = classes
        self.scope = scope
        self.kept = kept

    def make(self, call: ast.Call, called: str) -> Made:
        """Read what makes a layer, a composite, or several of them one behind the other."""
        name = dotted(call.func, self.classes.imports)
        local = name in self.classes.found or name in self.classes.own
        if local and name not in self.classes.own:
            part = self.classes.definition(name, call)
            if name not in self.classes.own:
                return self._composite(part, call)
        if name == _LIST:
            return self._list(list(self.items(call, called)), call, called)
        if name in _PARAMETER:
            return learned(call, self.classes.imports, self.scope, self.kept)
        if name == _SEQUENCE:
            return self._sequence(list(self.items(call, called)), call, called)
        lazy = name.startswith(_LAZY)
        target = self.classes.own.get(name, name.replace(_LAZY, "torch.nn.") if lazy else name)
        coded = self.classes.coded.blocks
        blocks = [coded[name]] if name in coded else list(by_target().get(target, ()))
        blocks = [block for block in blocks if block.call == "module"]
        if not blocks:
            raise UnreadableError(call, _unknown(written(call.func)))
        bound = layers(blocks, call, self.scope, self.kept, written(call.func), lazy)
        for node, message in bound[0].complaints:
            self.text.note(node, message)
        return Made(call.lineno, bound)

    def _composite(self, part: Definition, call: ast.Call) -> Made:
        taken = [Argument(one.name, REQUIRED if one.default is None else one.default) for one in part.taken]
        given = arguments_of(call, taken, part.name)
        for node, message in given.complaints:
            self.text.note(node, message)
        values: dict[str, Value] = {}
        offered = {one.name for one in part.offered()}
        for name, node in given.values.items():
            if name not in {one.name for one in taken}:
                self.text.note(
                    node,
                    Message(
                        "“{title}” takes no “{name}”. It takes: {known}.",
                        title=part.name,
                        name=name,
                        known=", ".join(one.name for one in taken) or "–",
                    ),
                )
            elif name in offered:
                value = value_of(node, self.scope, self.kept)
                if value is None:
                    raise UnreadableError(
                        node, Message("Expected a value here, received {value}.", value=written(node))
                    )
                values[name] = value
        for one in taken:
            if one.required and one.name not in given.values:
                self.text.note(call, Message("“{title}” needs “{name}”.", title=part.name, name=one.name))
        return Made(call.lineno, part=part, arguments=values)

    def items(self, call: ast.Call, called: str) -> Iterator[Made]:
        """Give what stands in a Sequential, repeats written out."""
        parts: list[ast.expr] = []
        for part in call.args:
            inner = part.value if isinstance(part, ast.Starred) else part
            if isinstance(inner, ast.Call) and dotted(inner.func, self.classes.imports) == _ORDERED:
                inner = _in_order(inner)
            parts += inner.elts if isinstance(inner, ast.List | ast.Tuple) else [inner]
        for part in parts:
            match part:
                case ast.Name(id=name) if name in self.lists:
                    yield from self.lists.pop(name)  # whoever takes it again would share its layers
                case (
                    ast.ListComp(elt=ast.Call() as each, generators=[only])
                    | ast.GeneratorExp(elt=ast.Call() as each, generators=[only])
                ) if not only.ifs and not only.is_async:
                    count = self._count(only.iter)
                    made = self.make(each, called)
                    for _ in range(count):
                        self._counted()
                        yield Made(made.line, made.bound, made.part, made.arguments)
                case ast.Call():
                    self._counted()
                    yield self.make(part, called)
                case _:
                    raise refuse(part)

    def _counted(self) -> None:
        self.classes.count += 1
        if self.classes.count > limits.NODES:
            raise RefusedError(Message("A project has at most {limit} blocks.", limit=limits.NODES))

    def rounds(self, over: ast.expr) -> Iterator[Value]:
        """Give what a loop goes through: numbers from 0, or the parts of a tuple."""
        if isinstance(over, ast.Tuple | ast.List | ast.Name):
            values = value_of(over, self.scope, self.kept)
            if not isinstance(values, tuple):
                raise refuse(over)
        else:
            values = tuple(range(self._count(over)))
        for value in values:
            self._counted()
            yield value

    def _count(self, node: ast.expr) -> int:
        match node:
            case ast.Call(func=ast.Name(id="range"), args=[ast.expr() as limit], keywords=[]):
                count = value_of(limit, self.scope, self.kept)
                if isinstance(count, int) and not isinstance(count, bool) and 1 <= count <= MAX_REPEAT:
                    return count
        raise UnreadableError(
            node,
            Message(
                "Expected range(N) with a number from 1 to {most} here, received {value}.",
                most=MAX_REPEAT,
                value=written(node),
            ),
        )

    def _sequence(self, items: list[Made], call: ast.Call, called: str) -> Made:
        """Give a Sequential: a composite that repeats, or a composite of its own for layers that differ."""
        if not items:
            raise UnreadableError(call, Message("Nothing stands in this sequence. Put layers into it."))
        first = items[0]
        if first.part is not None and all(_alike(first, other) for other in items):
            return Made(call.lineno, part=first.part, arguments=first.arguments, repeat=len(items))
        chain = Definition(self._fresh(class_name(called)), call.lineno)
        value = Ref(Entry("x", call.lineno), "y")
        assert isinstance(value.source, Entry)
        chain.entries.append(value.source)
        for number, made in enumerate(items, start=1):
            drawn = Drawn(made, made.line, inputs={_first_input(made): [value]})
            drawn.key = f"{_stem(made)}{number}"
            made.calls.append(drawn)
            chain.nodes.append(drawn)
            value = Ref(drawn, _first_output(made))
        chain.exits.append(Exit("y", value))
        if first.part is None and first.bound and first.bound[0].inplace:
            chain.changed.add("x")
        if first.part is not None and first.part.changed:
            chain.changed.add("x")
        if chain.names_in_values():
            raise UnreadableError(
                call,
                Message(
                    "The layers of this sequence depend on an argument of the class. Write them as a class of"
                    " their own that takes it."
                ),
            )
        self.classes.add(chain)
        return Made(call.lineno, part=chain)

    def _list(self, items: list[Made], call: ast.Call, called: str) -> Made:
        """Give a ModuleList, which forward goes through."""
        if not items:
            raise UnreadableError(call, Message("Nothing stands in this sequence. Put layers into it."))
        for number, made in enumerate(items, start=1):
            made.attribute = f"{called}_{number}"
        first = items[0]
        if first.part is not None and all(_alike(first, other) for other in items):
            return Made(call.lineno, (), first.part, first.arguments, len(items), items=items)
        return Made(call.lineno, items=items)

    def _fresh(self, stem: str) -> str:
        name, number = stem, 2
        while self.classes.has(name):
            name = f"{stem}{number}"
            number += 1
        return name


def _in_order(call: ast.Call) -> ast.List:
    """Give the layers of an OrderedDict of pairs."""
    pairs = call.args[0] if len(call.args) == 1 and not call.keywords else None
    if isinstance(pairs, ast.List | ast.Tuple):
        values = [one.elts[1] for one in pairs.elts if isinstance(one, ast.Tuple) and len(one.elts) == 2]
        if len(values) == len(pairs.elts):
            return ast.copy_location(ast.List(values, ast.Load()), call)
    raise refuse(call)


def _alike(one: Made, other: Made) -> bool:
    """Tell whether two composites are the same one, made with the same parameters."""
    return (
        one.part is other.part
        and one.arguments.keys() == other.arguments.keys()
        and all(same(value, other.arguments[name]) for name, value in one.arguments.items())
    )


def _first_input(made: Made) -> str:
    if made.part is None:
        return made.bound[0].block.inputs[0].name if made.bound[0].block.inputs else "x"
    return made.part.entries[0].name if made.part.entries else "x"


def _first_output(made: Made) -> str:
    if made.part is None:
        return made.bound[0].block.outputs[0].name
    return made.part.exits[0].name if made.part.exits else "y"


def _stem(made: Made) -> str:
    return made.bound[0].block.type if made.part is None else made.part.name.lower()


def _unknown(name: str) -> Message:
    """Say that there is no such layer, and which one has nearly this name."""
    known = {
        block.target.rpartition(".")[2]: f"nn.{block.target.rpartition('.')[2]}"
        for block in every()
        if block.call == "module"
    }
    close = difflib.get_close_matches(name.rpartition(".")[2][:60], known, n=1)
    if close:
        return Message(
            "“{name}” is no layer that Netwright draws. Did you mean “{close}”?",
            name=name,
            close=known[close[0]],
        )
    return Message(
        "“{name}” is no layer that Netwright draws. Expected a layer of torch.nn that the palette has, or a"
        " class of this text.",
        name=name,
    )
