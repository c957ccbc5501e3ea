"""Follows `forward` statement by statement: each call becomes a block, each name a wire; nothing is run."""

from __future__ import annotations

import ast

from studio.compiler.reading.drawn import Drawn, Entry, Exit, Made, Ref
from studio.compiler.reading.expressions import Expressions
from studio.compiler.reading.results import Layer, Lost, Number, Result, Row
from studio.compiler.reading.text import UnreadableError, body, defaults_of, refuse, twice
from studio.compiler.reading.values import value_of
from studio.graph import Message


class Forward(Expressions):
    """Reads one forward into its definition."""

    gone = False
    lent: frozenset[str] = frozenset()
    """The names that have been given to something with a name of its own, and not to a result yet."""

    def read(self, method: ast.FunctionDef) -> None:
        """Follow the statements."""
        parameters = {one.name for one in self.definition.taken} if self.definition.order else set()
        for name, node in defaults_of(method).items():
            if name not in parameters:
                self._default(name, node)
        for statement in body(method.body):
            self.statement = statement
            if self.gone:
                self.text.note(statement, Message("This is never reached: forward has returned before."))
                break
            self._try(statement)
        if not self.gone or not (self.definition.exits or self.text.unread):
            self.text.note(method, Message("forward returns nothing. End it with return and a result."))

    def _default(self, name: str, node: ast.expr) -> None:
        """Draw an argument that has a plain value of its own with it."""
        try:
            self.scope[name] = value_of(node, self.outer, {})
        except UnreadableError as refusal:
            self.text.note(refusal.node, refusal.message)
            self.names[name] = Lost()

    def _try(self, statement: ast.stmt) -> None:
        try:
            self._statement(statement)
        except UnreadableError as refusal:
            self.text.note(refusal.node, refusal.message)
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    self.names[node.id] = Lost()
                self.gone = self.gone or isinstance(node, ast.Return)

    # -- statements -----------------------------------------------------------------------------------

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                fresh = isinstance(value, ast.Name) and bool(self._hinted(targets[0]))
                result = self._valued(value, targets[0])
                for target in targets:
                    self._assign(target, result)
                for name in [one.id for one in targets if isinstance(one, ast.Name)]:
                    self.lent = self.lent | {name} if fresh else self.lent - {name}
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, self._valued(value, target))
            case ast.AugAssign(target=ast.Name(id=name) as target, op=operator, value=value):
                both = ast.BinOp(ast.copy_location(ast.Name(name, ast.Load()), target), operator, value)
                old, new = self.names.get(name), self.result(ast.copy_location(both, statement))
                if isinstance(old, Ref) and isinstance(new, Ref):
                    self.overwritten(old, new, statement)
                self._assign(target, new)
            case ast.Return(value=ast.expr() as value):
                self.gone = True
                self._return(value)
            case ast.Expr(value=ast.Call() as value):
                self.result(value)
            case ast.For(
                target=ast.Name(id=name), iter=ast.Attribute(value=ast.Name(id="self"), attr=listed)
            ) if listed in self.made and self.made[listed].items:
                self._each(name, self.made[listed], statement)
            case _:
                raise refuse(statement)

    def _each(self, name: str, made: Made, loop: ast.For) -> None:
        """Follow a loop over the layers of a ModuleList, once for each of them."""
        first = made.part.entries[0].name if made.part is not None and made.part.entries else ""
        layers = [made] if first and _passes(loop, name, first) else made.items
        for layer in layers:
            self.names[name] = Layer(layer)
            self._follow(loop.body)
        self._follow(loop.orelse)

    def _follow(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            if self.gone:
                break
            self.statement = statement
            self._try(statement)

    def _valued(self, value: ast.expr, target: ast.expr) -> Result:
        """Read what is assigned, with the name that the block behind it is given."""
        self.hint = self._hinted(target)
        try:
            return self.result(value)
        finally:
            self.hint = ""

    def _hinted(self, target: ast.expr) -> str:
        names = [node.id for node in ast.walk(target) if isinstance(node, ast.Name) and node.id != "_"]
        if not names or (names[0] in self.names and names[0] not in self.lent):
            return ""
        return names[0]

    def _assign(self, target: ast.expr, result: Result) -> None:
        match target:
            case ast.Name(id=name) if isinstance(result, Number):
                self.names.pop(name, None)
                self.scope[name] = result.value
            case ast.Name(id=name):
                self.names[name] = result
                if isinstance(result, Ref) and isinstance(result.source, Drawn):
                    _restore(result.source, name, result.port)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part, one in zip(parts, self.parts(result, len(parts), target), strict=True):
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
                if key.value in {known.name for known in self.definition.exits}:
                    self.text.note(key, twice(key.value))
                    continue
                self._leave(key.value, one)
            return
        result = self.attempt(value)
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
            ref = self.tensor(self.result(node) if result is None else result, node)
        except UnreadableError as refusal:
            self.text.note(refusal.node, refusal.message)
            ref = None
        self.definition.exits.append(Exit(name, ref))

    # -- names ----------------------------------------------------------------------------------------

    def name_all(self) -> None:
        """Give every block its name: the attribute's, the one its result was given, or a fresh one."""
        ends: tuple[Entry | Exit, ...] = (*self.definition.entries, *self.definition.exits)
        taken = {one.name for one in ends} | set(self.made)
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


def _passes(loop: ast.For, name: str, first: str) -> bool:
    """Tell whether a loop only passes one tensor through each layer: `x = layer(x)`.

    What else a layer takes must be the same in every round: `x = layer(x=x, memory=memory)`.

    Args:
        loop: the loop.
        name: its variable.
        first: the first argument of a layer, which takes what the one before it gave.
    """
    match loop.body:
        case [
            ast.Assign(targets=[ast.Name(id=target)], value=ast.Call(func=ast.Name(id=called)) as call)
            | ast.AnnAssign(target=ast.Name(id=target), value=ast.Call(func=ast.Name(id=called)) as call)
        ] if called == name and not loop.orelse:
            passed = call.args[0] if call.args else None
            others = call.args[1:]
            for keyword in call.keywords:
                if keyword.arg == first:
                    passed = keyword.value
                else:
                    others.append(keyword.value)
            same = (isinstance(one, ast.Name) and one.id not in (target, name) for one in others)
            return isinstance(passed, ast.Name) and passed.id == target and all(same)
    return False


def _fresh(drawn: Drawn, taken: set[str]) -> str:
    part = drawn.made.part
    stem = drawn.made.attribute or (part.name.lower() if part is not None else drawn.block.type)
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
