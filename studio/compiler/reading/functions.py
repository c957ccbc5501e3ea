"""Functions that stand in a text: each is read as a composite, with its numbers as parameters."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from studio.blocks import Block, Kind
from studio.compiler.names import class_name
from studio.compiler.reading.drawn import Definition, Entry, Taken
from studio.compiler.reading.forward import Forward
from studio.compiler.reading.text import Text, UnreadableError, defaults_of, twice
from studio.compiler.reading.values import value_of, written
from studio.graph import Expression, Message, Value


class Functions:
    """The functions at the top of one text; each is read when it is first called."""

    def __init__(self, text: Text, imports: Mapping[str, str], coded: Mapping[str, Block]) -> None:
        """Begin with none."""
        self.text = text
        self.imports = imports
        self.coded = coded
        self.scope: Mapping[str, Value] = {}
        self.found: dict[str, ast.FunctionDef] = {}
        self.done: dict[str, Definition] = {}
        self._open: set[str] = set()

    def takes(self, statement: ast.stmt) -> bool:
        """Tell whether a statement at the top makes a function, or gives one another name."""
        match statement:
            case ast.FunctionDef(name=name):
                if name in self.found:
                    self.text.note(statement, twice(name))
                self.found[name] = statement
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)) if other in self.found:
                self.found[name] = self.found[other]
            case _:
                return False
        return True

    def definition(self, name: str, where: ast.AST) -> Definition | None:
        """Read a function; None where there is none of that name.

        Raises:
            UnreadableError: it calls itself.
        """
        function = self.found.get(name)
        if function is None:
            return None
        if function.name in self._open:
            raise UnreadableError(
                where, Message("A composite cannot contain itself: “{name}”.", name=function.name)
            )
        if function.name not in self.done:
            self._open.add(function.name)
            try:
                self.done[function.name] = self._read(function)
            finally:
                self._open.discard(function.name)
        return self.done[function.name]

    def _read(self, function: ast.FunctionDef) -> Definition:
        for decorator in function.decorator_list:
            self.text.note(
                decorator,
                Message(
                    "“@{text}” changes what stands under it, which a drawing cannot hold. Take it out.",
                    text=written(decorator),
                ),
            )
        taken = function.args
        for extra in (taken.vararg, taken.kwarg):
            if extra is not None:
                self.text.note(
                    extra, Message("“{name}” takes any tensors. Name each of them.", name=extra.arg)
                )
        known = defaults_of(function)
        name = class_name(function.name)
        made = Definition(name if name != function.name else f"{name}Function", function.lineno)
        scope = dict(self.scope)
        every = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs]
        for argument in every:
            said = ast.unparse(argument.annotation) if argument.annotation is not None else ""
            default = value_of(known[argument.arg], self.scope, {}) if argument.arg in known else None
            number = isinstance(default, int | float) and not isinstance(default, bool)
            if number or said in ("int", "float"):
                whole = said == "int" or (not said and isinstance(default, int))
                kind: Kind = "int" if whole else "float"
                value = default if isinstance(default, int | float) and number else None
                made.taken.append(Taken(argument.arg, kind, value))
                scope[argument.arg] = Expression(argument.arg)
            elif argument.arg not in known:
                made.entries.append(Entry(argument.arg, argument.lineno))
        made.order = tuple(one.arg for one in every)
        reader = Forward(self.text, made, {}, {}, scope, self.imports, self.coded, self)
        reader.read(function)
        if len(made.exits) == 1 and not made.exits[0].name:
            made.exits[0].name = "y"
        reader.name_all()
        return made
