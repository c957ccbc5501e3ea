"""The classes of a text, each read once: what `__init__` makes, and by `forward.py` how it is called."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import MappingProxyType

from studio.blocks import Kind
from studio.compiler.instances import MAX_DEPTH
from studio.compiler.reading import beginning
from studio.compiler.reading.coded import Coded
from studio.compiler.reading.docstring import Sizes, Told, sample, told
from studio.compiler.reading.drawn import Definition, Entry, Made, Taken
from studio.compiler.reading.forward import Forward
from studio.compiler.reading.functions import Functions
from studio.compiler.reading.layers import own_layers, own_tree
from studio.compiler.reading.lists import Lists
from studio.compiler.reading.making import Maker
from studio.compiler.reading.text import (
    Text,
    UnreadableError,
    body,
    defaults_of,
    dotted,
    imports,
    refuse,
    twice,
)
from studio.compiler.reading.values import value_of, written
from studio.graph import Expression, Message, Value
from studio.project import Composite

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("tuple", "size"),
    ("float", "float"),
    ("bool", "bool"),
    ("str", "choice"),
)
"""How annotations begin, and the kinds of parameters they tell."""


NONE_BEFORE: Mapping[str, Composite] = MappingProxyType({})


class Classes:
    """Reads the classes of one text as they are asked for."""

    def __init__(self, text: Text, coded: Coded, before: Mapping[str, Composite] = NONE_BEFORE) -> None:
        """Look at the top of the text: imports, constants, and which classes there are.

        Args:
            text: the text.
            coded: the custom blocks in it.
            before: class to the composite whose source it was.
        """
        self.text = text
        self.before = before
        self.coded = coded
        self.imports = imports(text)
        self.scope: dict[str, Value] = {}
        self.found: dict[str, ast.ClassDef] = {}
        self.own: dict[str, str] = {}
        self.count = 0
        self.networks: frozenset[str] = frozenset()
        self._done: dict[str, Definition] = {}
        self._open: list[str] = []
        self.functions = Functions(text, self.imports, coded.blocks)
        for statement in body(text.tree.body):
            if not coded.takes(statement, text) and not self.functions.takes(statement):
                self._top(statement)
        self.functions.scope = self.scope

    def _top(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom():
                pass
            case ast.ClassDef(name=name):
                if name in own_layers() and ast.dump(statement) == own_tree(name):
                    self.own[name] = own_layers()[name]
                elif not any(dotted(base, self.imports) == "torch.nn.Module" for base in statement.bases):
                    self.text.note(
                        statement, Message("“{name}” is no nn.Module, so it is not read.", name=name)
                    )
                elif name in self.found:
                    self.text.note(statement, twice(name))
                else:
                    self.found[name] = statement
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                try:
                    self.scope[name] = value_of(value, self.scope, {})
                except UnreadableError as refusal:
                    self.text.note(refusal.node, refusal.message)
            case _:
                self.text.note(statement, refuse(statement).message)

    def alone(self) -> list[str]:
        """Give the classes that can be networks, in order: no other class of the text names them.

        One that cannot be made without being given something is a part that nothing uses, beside others.
        """
        named = {
            node.id
            for other in self.found.values()
            for node in ast.walk(other)
            if isinstance(node, ast.Name) and node.id != other.name
        }
        alone = [name for name in self.found if name not in named]
        return [name for name in alone if not _asks(self.found[name])] or alone

    def has(self, name: str) -> bool:
        """Tell whether a class has this name."""
        return name in self.found or name in self._done or name in own_layers()

    def add(self, definition: Definition) -> None:
        """Add a class that the text does not name: the layers of a Sequential."""
        self._done[definition.name] = definition

    def every(self) -> list[Definition]:
        """Give all that was read, each after what it is made of."""
        return [*self.functions.done.values(), *self._done.values()]

    def roots(self) -> list[Definition]:
        """Read everything; give the classes that no other is made of, in order."""
        read: list[Definition] = []
        for name, node in self.found.items():
            try:
                read.append(self.definition(name, node))
            except UnreadableError as refusal:
                self.text.note(refusal.node, refusal.message)
        used = {part.name for one in read for part in one.parts()}
        return [one for one in read if one.name not in used and one.name not in self.own]

    def definition(self, name: str, where: ast.AST) -> Definition:
        """Read a class.

        Raises:
            UnreadableError: it is made of itself.
        """
        if name in self._done:
            return self._done[name]
        if name in self._open or len(self._open) >= MAX_DEPTH:
            raise UnreadableError(where, Message("A composite cannot contain itself: “{name}”.", name=name))
        self._open.append(name)
        noted = len(self.text.unread)
        try:
            made = _Class(self, self.found[name]).read()
        finally:
            self._open.pop()
        if name in own_layers() and len(self.text.unread) > noted:
            del self.text.unread[noted:]
            self.text.note(
                self.found[name],
                Message(
                    "“{name}” is a layer of Netwright's own, and this copy of it was changed, which is not"
                    " read. Put it back as it was, or give the class another name.",
                    name=name,
                ),
            )
            self.own[name] = own_layers()[name]
        self._done[name] = made
        return made


class _Class:
    """Reads one class."""

    def __init__(self, classes: Classes, node: ast.ClassDef) -> None:
        self.classes = classes
        self.text = classes.text
        self.node = node
        self.made: dict[str, Made] = {}
        self.kept: dict[str, Value] = {}
        self.scope: dict[str, Value] = dict(classes.scope)
        self.lists = Lists(self._maker, self.scope, self._statement)
        known = classes.before.get(node.name)
        offered = known.parameters if known is not None else ()
        self.offered = {one.name for one in offered}
        read = frozenset(one.name for one in offered if one.from_input is not None)
        self.definition = Definition(node.name, node.lineno, read=read)

    def read(self) -> Definition:
        """Read `__init__`, then `forward`."""
        self._head()
        methods: dict[str, ast.FunctionDef] = {}
        for statement in body(self.node.body):
            if isinstance(statement, ast.FunctionDef):
                if statement.name in methods:
                    self.text.note(statement, twice(statement.name))
                methods[statement.name] = statement
            elif not (isinstance(statement, ast.AnnAssign) and statement.value is None):
                self._note(refuse(statement))
        for name, method in methods.items():
            if name not in ("__init__", "forward"):
                self.text.note(
                    method, Message("“{name}” is not read: only __init__ and forward are drawn.", name=name)
                )
        begin = methods.get("__init__")
        for method in methods.values():
            self._decorators(method)
        if begin is not None and self.node.name in self.classes.networks:
            self._settled(begin)
        elif begin is not None:
            self._arguments(begin)
        if begin is not None:
            for statement in body(begin.body):
                try:
                    self._statement(statement)
                except UnreadableError as refusal:
                    self._note(refusal)
        if "forward" in methods:
            self._entries(methods["forward"])
            reader = Forward(
                self.text,
                self.definition,
                self.made,
                self.kept,
                self.classes.scope,
                self.classes.imports,
                self.classes.coded.blocks,
                self.classes.functions,
            )
            reader.read(methods["forward"])
            self._ends(methods["forward"])
            reader.name_all()
        else:
            self.text.note(
                self.node, Message("“{name}” has no forward, so nothing of it is drawn.", name=self.node.name)
            )
        every = [one for made in self.made.values() for one in (made, *made.items)]
        self.definition.loose = [one for one in every if not one.calls and not _within(one, self.made)]
        self.definition.sized = self._sized(begin)
        return self.definition

    def _note(self, refusal: UnreadableError) -> None:
        self.text.note(refusal.node, refusal.message)

    def _head(self) -> None:
        """Name what stands at the head of the class beside `nn.Module`."""
        self._decorators(self.node)
        for base in self.node.bases:
            if dotted(base, self.classes.imports) not in ("torch.nn.Module", "object"):
                self.text.note(
                    base,
                    Message(
                        "“{name}” brings what is not drawn. Expected class {own}(nn.Module):.",
                        name=written(base),
                        own=self.node.name,
                    ),
                )
        for keyword in self.node.keywords:
            self.text.note(
                keyword.value,
                Message(
                    "“{name}” brings what is not drawn. Expected class {own}(nn.Module):.",
                    name=written(keyword.value),
                    own=self.node.name,
                ),
            )

    def _decorators(self, node: ast.ClassDef | ast.FunctionDef) -> None:
        for decorator in node.decorator_list:
            self.text.note(
                decorator,
                Message(
                    "“@{text}” changes what stands under it, which a drawing cannot hold. Take it out.",
                    text=written(decorator),
                ),
            )

    def _settled(self, method: ast.FunctionDef) -> None:
        """Put the defaults of a network's arguments in their places: a network takes none when it is made."""
        taken, known = method.args, defaults_of(method)
        for argument in [*taken.posonlyargs, *taken.args, *taken.kwonlyargs][1:]:
            if argument.arg not in known:
                self.text.note(
                    argument,
                    Message(
                        "A network takes nothing when it is made, so “{name}” must have a value: {name}=….",
                        name=argument.arg,
                    ),
                )
                continue
            try:
                self.scope[argument.arg] = value_of(known[argument.arg], self.classes.scope, {})
            except UnreadableError as refusal:
                self._note(refusal)
        for extra in (taken.vararg, taken.kwarg):
            if extra is not None:
                self.text.note(
                    extra,
                    Message(
                        "A network takes nothing when it is made, so “{name}” must have a value: {name}=….",
                        name=extra.arg,
                    ),
                )

    # -- __init__ -------------------------------------------------------------------------------------

    def _arguments(self, method: ast.FunctionDef) -> None:
        taken = method.args
        for extra in (taken.vararg, taken.kwarg):
            if extra is not None:
                self.text.note(
                    extra,
                    Message(
                        "“{name}” takes any arguments, which a composite cannot. Name each of them.",
                        name=("*" if extra is taken.vararg else "**") + extra.arg,
                    ),
                )
        places = [*taken.posonlyargs, *taken.args][1:]
        defaults: list[ast.expr | None] = [*taken.defaults[-len(places) :]] if places else []
        pairs = [
            *zip(places, [None] * (len(places) - len(defaults)) + defaults, strict=True),
            *zip(taken.kwonlyargs, taken.kw_defaults, strict=True),
        ]
        for argument, default in pairs:
            value: Value = None
            if default is not None:
                try:
                    value = value_of(default, self.classes.scope, {})
                except UnreadableError as refusal:
                    self._note(refusal)
            if isinstance(value, tuple) and not all(type(part) is int for part in value):
                self.text.note(
                    argument,
                    Message(
                        "“{name}” is {value}, but the parameters of a composite are numbers, yes or no,"
                        " texts, or several whole numbers. Write the value where it is used.",
                        name=argument.arg,
                        value=repr(value)[:60],
                    ),
                )
                value = None
            said = ast.unparse(argument.annotation) if argument.annotation is not None else ""
            self.definition.taken.append(Taken(argument.arg, _kind(said, value), value))
            self.scope[argument.arg] = Expression(argument.arg)

    def _sized(self, method: ast.FunctionDef | None) -> frozenset[str]:
        """Give the arguments that are there for sizes which the drawing reads off what arrives."""
        if method is None:
            return frozenset()
        mentioned = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
        used = self.definition.names_in_values()
        return frozenset(
            one.name
            for one in self.definition.taken
            if one.name not in used | self.offered and (one.name in mentioned or one.default is None)
        )

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"))
            ):
                pass
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=inner, attr="requires_grad_")) as call):
                self._frozen(inner, call)
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value):
                self._attribute(name, value, statement)
            case ast.AnnAssign(
                target=ast.Attribute(value=ast.Name(id="self"), attr=name), value=ast.expr() as value
            ):
                self._attribute(name, value, statement)
            case _ if self.lists.takes(statement):
                pass
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.scope[name] = value_of(value, self.scope, self.kept)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.scope[name] = value_of(value, self.scope, self.kept)
            case ast.Expr(value=ast.Call() as call) if (
                begun := beginning.way(call, self.classes.imports)
            ) is not None:
                beginning.read(call, begun, self.made, self.scope, self.kept)
            case ast.Expr(value=ast.Call() as call):
                raise UnreadableError(
                    statement,
                    Message(
                        "“{text}” does something to the module, which a drawing cannot hold. Take it out.",
                        text=written(call),
                    ),
                )
            case _:
                raise refuse(statement)

    def _maker(self) -> Maker:
        return Maker(self.text, self.classes, self.scope, self.kept, self.lists.found)

    def _frozen(self, inner: ast.expr, call: ast.Call) -> None:
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        match inner, given:
            case ast.Attribute(value=ast.Name(id="self"), attr=name), [ast.Constant(value=bool(trained))]:
                if name in self.made:
                    self.made[name].frozen = not trained
                    return
        raise UnreadableError(
            call,
            Message(
                "“{text}” is not read. Expected self.<layer>.requires_grad_(False) after the layer is made.",
                text=written(call),
            ),
        )

    def _attribute(self, name: str, value: ast.expr, statement: ast.stmt) -> None:
        if not isinstance(value, ast.Call) or dotted(value.func, {}) in (
            "min",
            "max",
            "round",
            "int",
            "float",
        ):
            self.kept[name] = value_of(value, self.scope, self.kept)
            self.made.pop(name, None)
            return
        if name in self.made:
            self.text.note(statement, twice(f"self.{name}"))
        made = self._maker().make(value, name)
        made.attribute = name
        made.label = self.text.comment(statement)
        self.made[name] = made
        self.kept.pop(name, None)

    # -- what enters and leaves ---------------------------------------------------------------------------

    def _entries(self, method: ast.FunctionDef) -> None:
        inner = self.node.name not in self.classes.networks
        inputs, _ = told(self._docstrings(method), inner)
        for extra in (method.args.vararg, method.args.kwarg):
            if extra is not None:
                self.text.note(
                    extra, Message("“{name}” takes any tensors. Name each of them.", name=extra.arg)
                )
        known_values = defaults_of(method)
        for argument in [*method.args.posonlyargs, *method.args.args, *method.args.kwonlyargs][1:]:
            if argument.arg in known_values:
                continue
            entry = Entry(argument.arg, argument.lineno)
            known = inputs.get(argument.arg)
            said = self.text.comment(argument)
            sizes: Sizes | Told = known or sample(said, argument.arg, inner)
            if known is not None:
                entry.label, entry.dtype = known.label, known.dtype
            entry.shape, entry.open = sizes.shape, sizes.open
            if sizes.wrong is not None and not inner and (known is not None or "×" in said):
                entry.wrong = True
                self.text.note(known.line if known is not None else argument, sizes.wrong)
            self.definition.entries.append(entry)

    def _docstrings(self, method: ast.FunctionDef) -> list[tuple[int, str]]:
        """Give the lines of what is told of the class and of forward, with their numbers."""
        found: list[tuple[int, str]] = []
        for node in (self.node, method):
            said = ast.get_docstring(node, clean=False) or ""
            last = node.body[0].end_lineno or 0
            start = node.body[0].lineno
            found += [(min(start + index, last), line) for index, line in enumerate(said.splitlines())]
        return found

    def _ends(self, method: ast.FunctionDef) -> None:
        """Give the outputs the names and labels that the docstring tells."""
        outputs = told(self._docstrings(method), self.node.name not in self.classes.networks)[1]
        exits = self.definition.exits
        if len(exits) == 1 and not exits[0].name:
            exits[0].name = outputs[0].name if len(outputs) == 1 else "y"
        for one in exits:
            one.label = next((other.label for other in outputs if other.name == one.name), "")


def _kind(said: str, value: Value) -> Kind:
    """Give the kind of a parameter by its annotation and its default."""
    for word, kind in _KINDS:
        if said.startswith(word) or ("tuple" in said and kind == "size"):
            return kind
    kinds: dict[type, Kind] = {bool: "bool", float: "float", str: "choice", tuple: "size"}
    return kinds.get(type(value), "int") if not said.startswith("int") else "int"


def _asks(node: ast.ClassDef) -> bool:
    """Tell whether a class must be given something when it is made."""
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            taken = method.args
            every = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs][1:]
            return any(one.arg not in defaults_of(method) for one in every)
    return False


def _within(made: Made, attributes: Mapping[str, Made]) -> bool:
    """Tell whether something is shown by what it is in, or by what is in it."""
    if made.items:
        return made.part is None or any(one.calls for one in made.items)
    return any(made in other.items and (other.part is not None) for other in attributes.values())
