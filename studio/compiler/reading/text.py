"""A text as a syntax tree with its comments and imports; it is looked at and never run or imported."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from studio.graph import Message, NetwrightError

MAX_LETTERS = 1_000_000
"""The longest text: a network of thousands of layers is far shorter."""

MAX_DEPTH = 120
"""How deep expressions and statements may stand in each other."""

MAX_NODES = 400_000
"""The most parts of the syntax tree."""

MAX_UNREAD = 200
"""How many places are named; whoever has more of them reads the first ones first."""


@dataclass(frozen=True)
class Unread:
    """A place that could not be read.

    Attributes:
        line: its number, from 1.
        text: the line as it stands, without the space around it.
        message: what was expected, what was found, what to do.
    """

    line: int
    text: str
    message: Message


FOLLOWS = Message("This follows from a line that is named already.")
"""In place of a sentence of its own, where an earlier line was named that this one needs."""


class RefusedError(NetwrightError):
    """The text as a whole cannot be read.

    Attributes:
        line: where it shows; 0 when it is no single line.
    """

    def __init__(self, message: Message, line: int = 0) -> None:
        """Keep the line beside the sentence."""
        super().__init__(message)
        self.line = line


class UnreadableError(NetwrightError):
    """One statement or expression cannot be read.

    Attributes:
        node: where it stands.
    """

    def __init__(self, node: ast.AST, message: Message) -> None:
        """Keep the place beside the sentence."""
        super().__init__(message)
        self.node = node


@dataclass
class Text:
    """One text that is being read.

    Attributes:
        lines: its lines.
        tree: its syntax tree.
        comments: line number to the comment that ends there.
        unread: what could not be read so far.
    """

    lines: list[str]
    tree: ast.Module
    comments: Mapping[int, str]
    unread: list[Unread] = field(default_factory=list)

    def note(self, where: ast.AST | int, message: Message) -> None:
        """Take note of a place that cannot be read; each is named once, and what follows from it is not."""
        if message is FOLLOWS:
            return
        line = where if isinstance(where, int) else getattr(where, "lineno", 1)
        said = Unread(line, self.line(line), message)
        if len(self.unread) < MAX_UNREAD and said not in self.unread:
            self.unread.append(said)

    def line(self, number: int) -> str:
        """Give a line as it stands, cut where it is very long."""
        return self.lines[number - 1].strip()[:200] if 0 < number <= len(self.lines) else ""

    def comment(self, statement: ast.stmt | ast.arg) -> str:
        """Give the comment of a statement: behind its first or last line, else on a line of its own above."""
        for number in (statement.lineno, statement.end_lineno or statement.lineno):
            if number in self.comments:
                return self.comments[number]
        above = statement.lineno - 1
        return self.comments.get(above, "") if self.line(above).startswith("#") else ""


def parse(text: str) -> Text:
    """Read a text into its tree.

    Raises:
        RefusedError: it is no Python, or too much of it.
    """
    if len(text) > MAX_LETTERS:
        raise RefusedError(
            Message(
                "The text has {length} letters; at most {limit} are read.",
                length=f"{len(text):,}",
                limit=f"{MAX_LETTERS:,}",
            )
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        line = error.lineno or 0
        raise RefusedError(Message("This is no Python: {reason}.", reason=error.msg), line) from None
    except (ValueError, MemoryError, RecursionError):
        raise _too_deep() from None
    _within_limits(tree)
    return Text(text.split("\n"), tree, _comments(text))


def _within_limits(tree: ast.AST) -> None:
    """Refuse a tree that is deeper or larger than any network needs, before anything walks down it."""
    count = 0
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise _too_deep()
        for child in ast.iter_child_nodes(node):
            # A long sum leans to the left: it is read as one row, however long it is.
            row = isinstance(node, ast.BinOp) and child is node.left and isinstance(child, ast.BinOp)
            waiting.append((child, depth if row else depth + 1))


def _too_deep() -> RefusedError:
    return RefusedError(
        Message("The text is nested too deeply or is too large to be the source of a network.")
    )


def _comments(text: str) -> dict[int, str]:
    found: dict[int, str] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string.lstrip("#").strip()
    except (tokenize.TokenError, SyntaxError):  # the parser took it; comments only help
        return found
    return found


def imports(text: Text) -> dict[str, str]:
    """Give what each imported name stands for: `nn` for `torch.nn`."""
    found: dict[str, str] = {}
    for statement in text.tree.body:
        match statement:
            case ast.Import(names=names):
                for alias in names:
                    name = alias.asname or alias.name.split(".")[0]
                    found[name] = alias.name if alias.asname else name
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for alias in names:
                    if alias.name == "*":
                        text.note(
                            statement,
                            Message(
                                "Import names one by one: what * brings in is not known without running it."
                            ),
                        )
                    found[alias.asname or alias.name] = f"{module}.{alias.name}"
    return found


def dotted(node: ast.expr, known: Mapping[str, str]) -> str:
    """Give the full name that an expression such as `nn.Conv2d` stands for; empty when it is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([known.get(node.id, node.id), *reversed(parts)])


def defaults_of(method: ast.FunctionDef) -> dict[str, ast.expr]:
    """Give the arguments of a function that have a default, with it."""
    taken = method.args
    places = [*taken.posonlyargs, *taken.args]
    found = dict(
        zip((one.arg for one in places[len(places) - len(taken.defaults) :]), taken.defaults, strict=False)
    )
    named = zip(taken.kwonlyargs, taken.kw_defaults, strict=True)
    return found | {one.arg: default for one, default in named if default is not None}


def body(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Give the statements of a body without its docstring."""
    for index, statement in enumerate(statements):
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not (index == 0 and is_text) and not isinstance(statement, ast.Pass):
            yield statement


WHAT: Mapping[type[ast.AST], Message] = {
    ast.Assign: Message("a value that is kept"),
    ast.AnnAssign: Message("a value that is kept"),
    ast.Break: Message("a loop"),
    ast.Continue: Message("a loop"),
    ast.Return: Message("a return"),
    ast.If: Message("a choice (if)"),
    ast.IfExp: Message("a choice (if)"),
    ast.Match: Message("a choice (match)"),
    ast.For: Message("a loop"),
    ast.AsyncFor: Message("a loop"),
    ast.While: Message("a loop"),
    ast.ListComp: Message("a loop"),
    ast.SetComp: Message("a loop"),
    ast.DictComp: Message("a loop"),
    ast.GeneratorExp: Message("a loop"),
    ast.With: Message("a with block"),
    ast.AsyncWith: Message("a with block"),
    ast.Try: Message("a try block"),
    ast.Raise: Message("an error that is raised"),
    ast.Assert: Message("a check (assert)"),
    ast.FunctionDef: Message("a function"),
    ast.AsyncFunctionDef: Message("a function"),
    ast.Lambda: Message("a function"),
    ast.ClassDef: Message("a class"),
    ast.Import: Message("an import"),
    ast.ImportFrom: Message("an import"),
    ast.Delete: Message("a name that is deleted"),
    ast.Global: Message("a global name"),
    ast.Nonlocal: Message("a global name"),
    ast.JoinedStr: Message("a text with values in it"),
    ast.Starred: Message("an unpacked list (*)"),
    ast.Compare: Message("a comparison"),
    ast.BoolOp: Message("a choice (and, or)"),
    ast.NamedExpr: Message("a name given inside an expression"),
    ast.Await: Message("something that is waited for"),
    ast.Yield: Message("a generator"),
    ast.YieldFrom: Message("a generator"),
    ast.Dict: Message("a dict"),
    ast.Set: Message("a set"),
    ast.Slice: Message("a range of places"),
    ast.Call: Message("a call"),
    ast.AugAssign: Message("a value that is changed"),
    ast.Subscript: Message("a place in a list"),
}
"""What a construct is called in a sentence."""


def twice(name: str) -> Message:
    """Say that what is made here was made before, and would be made for nothing."""
    return Message("“{name}” is made twice. Take one of the two out.", name=name)


def refuse(node: ast.AST) -> UnreadableError:
    """Say that a construct has no place in a drawing."""
    if isinstance(node, ast.Expr):
        node = node.value
    return UnreadableError(
        node,
        Message(
            "Here stands {what}, which a drawing cannot hold. Expected layers that are made and called"
            " one after the other.",
            what=WHAT.get(type(node), Message("something else")),
        ),
    )
