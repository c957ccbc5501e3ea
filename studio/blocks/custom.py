"""A block that a person typed in Python: its ports and parameters are read off the text, never by running it.

The text is a small module: imports, helpers, and last the class or the function that is the block. A class
is a `torch.nn.Module`: the arguments of `__init__` are its parameters, those of `forward` its inputs. Of a
function, arguments that are tensors are inputs and the others are parameters.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import keyword
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from studio.blocks.declare import Block, Code, Port
from studio.blocks.parameter import Kind, Parameter
from studio.graph import Message, NetwrightError, Value

PREFIX = "custom."
"""Begins the type of every custom block; its name follows."""

LONGEST = 100_000
"""The most characters of the text of one block."""

LONGEST_NAME = 40
"""The most characters of the name of a block."""

DEEPEST = 100
"""How deep expressions and statements may stand in each other."""

MOST_NODES = 60_000
"""The most parts of the syntax tree."""

_Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"


class CodeError(NetwrightError):
    """The text is no block.

    Attributes:
        line: where that shows, from 1.
    """

    def __init__(self, line: int, message: Message) -> None:
        """Keep the line beside the sentence."""
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Custom:
    """What a text says of its block.

    Attributes:
        name: of its class or function.
        doc: its docstring, as one line.
        call: `module` for a class, `function` for a function.
        inputs: what it takes.
        outputs: what it gives.
        parameters: what a person sets, in order.
        line: where the class or function begins.
        defines: names that the text gives to classes, functions and values, to the line of each.
        imports: its import statements, one name each.
        body: the text without them.
    """

    name: str
    doc: str
    call: str
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    parameters: tuple[Parameter, ...]
    line: int
    defines: tuple[tuple[str, int], ...]
    imports: tuple[str, ...]
    body: str


@functools.lru_cache(maxsize=512)
def read_code(text: str) -> Custom:
    """Read what a text says of its block, without running it.

    Raises:
        CodeError: it is no block; the line and the reason are told.
    """
    tree = _parsed(text)
    definition = _last(tree)
    name = definition.name
    if not name.isascii() or name.startswith("_") or len(name) > LONGEST_NAME or keyword.issoftkeyword(name):
        raise CodeError(
            definition.lineno,
            Message(
                "Name the block with a letter first, then ASCII letters, digits and _, at most {limit}.",
                limit=LONGEST_NAME,
            ),
        )
    defines, imports, body = _parts(text, tree)
    if isinstance(definition, ast.ClassDef):
        call, inputs, outputs, parameters = "module", *_of_class(definition)
    else:
        call, inputs, outputs, parameters = "function", *_of_function(definition)
    if {port.name for port in inputs} & {port.name for port in outputs}:
        outputs = tuple(
            dataclasses.replace(port, name=f"y{index + 1}" if port.path else "y_")
            for index, port in enumerate(outputs)
        )
    doc = " ".join((ast.get_docstring(definition) or "").split())
    _refuse_twice(definition.lineno, inputs, outputs, parameters)
    return Custom(name, doc, call, inputs, outputs, parameters, definition.lineno, defines, imports, body)


@functools.lru_cache(maxsize=1024)
def block_of_code(name: str, text: str, trusted: bool) -> Block | None:
    """Give the declaration of a custom block; None where its text is none.

    Args:
        name: its name in the project.
        text: its code.
        trusted: whether the code of this project may run.
    """
    try:
        read = read_code(text)
    except CodeError:
        return None
    if read.name != name:
        return None
    return Block(
        type=PREFIX + name,
        title=name,
        doc=read.doc,
        target=name,
        group="custom",
        call="module" if read.call == "module" else "function",
        inputs=read.inputs,
        outputs=read.outputs,
        parameters=MappingProxyType({one.name: one for one in read.parameters}),
        code=Code(text, trusted),
    )


# -- the text -----------------------------------------------------------------------------------------


def _parsed(text: str) -> ast.Module:
    if len(text) > LONGEST:
        raise CodeError(
            1,
            Message(
                "The code has {count} characters; at most {limit} are taken.", count=len(text), limit=LONGEST
            ),
        )
    if "\0" in text:
        raise CodeError(1, Message("The code holds a character that Python does not read."))
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        line = error.lineno or 1
        raise CodeError(line, Message("This is no Python: {reason}.", reason=error.msg)) from None
    except (ValueError, MemoryError, RecursionError):
        raise CodeError(1, Message("The code is nested too deeply.")) from None
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    count = 0
    while waiting:
        node, depth = waiting.pop()
        count += 1
        if depth > DEEPEST or count > MOST_NODES:
            raise CodeError(1, Message("The code is nested too deeply."))
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return tree


def _last(tree: ast.Module) -> ast.ClassDef | ast.FunctionDef:
    found = [one for one in tree.body if isinstance(one, (ast.ClassDef, ast.FunctionDef))]
    if not found:
        raise CodeError(
            1, Message("Write a class of nn.Module with a forward, or a function that takes tensors.")
        )
    return found[-1]


def _parts(text: str, tree: ast.Module) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...], str]:
    """Give the names that are defined, the imports, and the text without these."""
    defines: dict[str, int] = {}
    imports: list[str] = []
    lines: list[str | None] = list(text.split("\n"))
    for statement in tree.body:
        match statement:
            case ast.Import(names=names):
                imports += [ast.unparse(ast.Import([alias])) for alias in names]
            case ast.ImportFrom(module=module, names=names, level=level):
                if level or any(alias.name == "*" for alias in names):
                    raise CodeError(
                        statement.lineno,
                        Message("Import names one by one, from packages that are installed."),
                    )
                imports += [ast.unparse(ast.ImportFrom(module, [alias], 0)) for alias in names]
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                defines.setdefault(name, statement.lineno)
            case ast.Assign() | ast.AnnAssign():
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        defines.setdefault(node.id, statement.lineno)
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                raise CodeError(
                    statement.lineno,
                    Message("Beside the block, only imports, functions, classes and values may stand here."),
                )
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            if ";" in (lines[statement.lineno - 1] or ""):
                raise CodeError(statement.lineno, Message("Give each statement a line of its own."))
            for number in range(statement.lineno - 1, statement.end_lineno or statement.lineno):
                lines[number] = None
    body = "\n".join(line for line in lines if line is not None).strip("\n")
    return tuple(defines.items()), tuple(dict.fromkeys(imports)), body


# -- the signature ------------------------------------------------------------------------------------

_Signature: TypeAlias = "tuple[tuple[Port, ...], tuple[Port, ...], tuple[Parameter, ...]]"


def _of_class(definition: ast.ClassDef) -> _Signature:
    methods = {one.name: one for one in definition.body if isinstance(one, ast.FunctionDef)}
    if not any(_dotted(base).rpartition(".")[2] == "Module" for base in definition.bases):
        raise CodeError(definition.lineno, Message("Derive “{name}” from nn.Module.", name=definition.name))
    forward = methods.get("forward")
    if forward is None:
        raise CodeError(
            definition.lineno,
            Message("“{name}” has no forward: write what it does with its inputs.", name=definition.name),
        )
    parameters: list[Parameter] = []
    if (begin := methods.get("__init__")) is not None:
        for one, default in _arguments(begin)[1:]:
            made = _parameter(one, default)
            if made is not None:
                parameters.append(made)
    inputs = tuple(
        port for one, default in _arguments(forward)[1:] if (port := _port(one, default)) is not None
    )
    return inputs, _outputs(forward), tuple(parameters)


def _of_function(definition: ast.FunctionDef) -> _Signature:
    inputs: list[Port] = []
    parameters: list[Parameter] = []
    for one, default in _arguments(definition):
        plain = default is None and one.annotation is None
        if plain or _is_tensor(one.annotation):
            port = _port(one, default)
            if port is not None:
                inputs.append(port)
        else:
            made = _parameter(one, default)
            if made is not None:
                parameters.append(made)
    return tuple(inputs), _outputs(definition), tuple(parameters)


def _arguments(function: _Function) -> list[tuple[ast.arg, ast.expr | None]]:
    """Give the arguments in order, each with its default."""
    given = function.args
    for star in (given.vararg, given.kwarg):
        if star is not None:
            raise CodeError(
                star.lineno,
                Message(
                    "Name each argument: a port or a field cannot be made from “*{name}”.", name=star.arg
                ),
            )
    positional = [*given.posonlyargs, *given.args]
    defaults = [None] * (len(positional) - len(given.defaults)) + list(given.defaults)
    return [*zip(positional, defaults, strict=True), *zip(given.kwonlyargs, given.kw_defaults, strict=True)]


def _dotted(node: ast.expr | None) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
        case ast.Constant(value=str(text)):
            return text
        case ast.Subscript(value=value):
            return _dotted(value)
    return ""


def _without_none(node: ast.expr | None) -> tuple[ast.expr | None, bool]:
    """Give an annotation without None, and whether None was among it."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return left, True
        case ast.BinOp(left=ast.Constant(value=None), op=ast.BitOr(), right=right):
            return right, True
        case ast.Subscript(value=value, slice=inner) if _dotted(value).rpartition(".")[2] == "Optional":
            return inner, True
    return node, False


def _is_tensor(annotation: ast.expr | None) -> bool:
    plain, _ = _without_none(annotation)
    if isinstance(plain, ast.Subscript) and _dotted(plain.value) in ("list", "tuple", "Sequence", "List"):
        return "Tensor" in ast.unparse(plain.slice)
    return "Tensor" in _dotted(plain)


def _port(one: ast.arg, default: ast.expr | None) -> Port | None:
    """Give the input that an argument is; None for one that keeps its default."""
    plain, _ = _without_none(one.annotation)
    if default is not None and not (isinstance(default, ast.Constant) and default.value is None):
        return None
    if one.annotation is not None and not _is_tensor(one.annotation):
        if default is not None:
            return None
        raise CodeError(
            one.lineno, Message("“{name}” is an input: annotate it as torch.Tensor.", name=one.arg)
        )
    many = isinstance(plain, ast.Subscript) and _dotted(plain.value) in ("list", "Sequence", "List")
    _refuse_name(one)
    return Port(one.arg, optional=default is not None, many=many, keyword=default is not None)


_KINDS: dict[str, Kind] = {"int": "int", "float": "float", "bool": "bool", "str": "text"}
_FRESH: dict[Kind, Value] = {"int": 1, "float": 1.0, "bool": False, "text": ""}
_BY_TYPE: dict[type, Kind] = {bool: "bool", int: "int", float: "float", str: "text", tuple: "shape"}


def _parameter(one: ast.arg, default: ast.expr | None) -> Parameter | None:
    """Give the parameter that an argument is; None for one that keeps its default."""
    known, value = _literal(default)
    plain, optional = _without_none(one.annotation)
    kind: Kind | None
    choices: tuple[str, ...] = ()
    match plain:
        case None:
            kind = _BY_TYPE.get(type(value)) if known else None
        case ast.Subscript(value=of, slice=inner) if _dotted(of).rpartition(".")[2] == "Literal":
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            choices = tuple(
                part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            kind = "choice" if choices and len(choices) == len(parts) else None
        case ast.Subscript(value=of, slice=inner) if _dotted(of) in ("tuple", "Tuple", "list", "Sequence"):
            kind = "shape" if {n.id for n in ast.walk(inner) if isinstance(n, ast.Name)} == {"int"} else None
        case _:
            kind = _KINDS.get(_dotted(plain))
    if kind is None:
        if default is not None:
            return None
        raise CodeError(
            one.lineno,
            Message(
                "What “{name}” is cannot be told. Annotate it as int, float, bool, str, Literal[...] or"
                " tuple[int, ...], or give it a default.",
                name=one.arg,
            ),
        )
    if default is not None and not known:
        return None
    _refuse_name(one)
    if default is None:
        value = choices[0] if choices else (1,) if kind == "shape" else _FRESH[kind]
    made = Parameter(one.arg, kind, value, "", choices=choices, optional=optional, own=True)
    try:
        value = made.check(value)
    except NetwrightError as error:
        raise CodeError(one.lineno, error.message) from None
    return dataclasses.replace(made, default=value)


def _literal(node: ast.expr | None) -> tuple[bool, Value]:
    """Give the plain value that a default is, where it is one."""
    if node is None:
        return False, None
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False, None
    if isinstance(value, list):
        value = tuple(value)
    plain = value is None or isinstance(value, (bool, int, float, str))
    if isinstance(value, tuple):
        plain = all(isinstance(part, int) and not isinstance(part, bool) for part in value)
    return plain, value if plain else None


def _refuse_name(one: ast.arg) -> None:
    if not one.arg.isascii() or len(one.arg) > LONGEST_NAME:
        raise CodeError(one.lineno, Message("Name “{name}” with ASCII letters, digits and _.", name=one.arg))


def _refuse_twice(
    line: int, inputs: tuple[Port, ...], outputs: tuple[Port, ...], parameters: tuple[Parameter, ...]
) -> None:
    if not inputs:
        raise CodeError(line, Message("The block takes no tensor. Give it an input."))
    taken = {port.name for port in inputs} & {one.name for one in parameters}
    if taken:
        raise CodeError(
            line, Message("“{name}” is an input and a parameter. Rename one.", name=sorted(taken)[0])
        )
    if not outputs:
        raise CodeError(line, Message("The block gives no tensor. Return one."))


# -- what it gives ------------------------------------------------------------------------------------


def _outputs(function: _Function) -> tuple[Port, ...]:
    """Read the outputs off the annotation of what is returned, or else off the return statements."""
    given = function.returns
    if isinstance(given, ast.Subscript) and _dotted(given.value) in ("tuple", "Tuple"):
        parts = given.slice.elts if isinstance(given.slice, ast.Tuple) else [given.slice]
        if any(isinstance(part, ast.Constant) and part.value is Ellipsis for part in parts):
            raise CodeError(
                function.lineno, Message("Say how many tensors are returned: tuple[Tensor, Tensor].")
            )
        return _several(len(parts), _returned(function))
    if given is not None:
        if isinstance(given, ast.Constant) and given.value is None:
            return ()
        return (Port("y"),)
    named = _returned(function)
    lengths = {len(one.elts) if isinstance(one, ast.Tuple) else 0 for one in named}
    if len(lengths) > 1:
        raise CodeError(function.lineno, Message("Every return must give as many tensors as the others."))
    length = lengths.pop() if lengths else -1
    if length < 0:
        return ()
    return _several(length, named) if length else (Port("y"),)


def _several(count: int, returned: list[ast.expr]) -> tuple[Port, ...]:
    names = [f"y{index + 1}" for index in range(count)]
    if len(returned) == 1 and isinstance(returned[0], ast.Tuple):
        called = [part.id for part in returned[0].elts if isinstance(part, ast.Name)]
        if len(called) == count == len(set(called)) and all(name.isascii() for name in called):
            names = called
    return tuple(Port(name, path=(index,)) for index, name in enumerate(names))


def _returned(function: _Function) -> list[ast.expr]:
    """Give what a function returns, without the functions inside it."""
    return [one.value for one in _statements(function.body) if isinstance(one, ast.Return) and one.value]


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, ast.stmt):
            yield node
        waiting += [
            child
            for child in ast.iter_child_nodes(node)
            if isinstance(child, (ast.stmt, ast.excepthandler, ast.match_case))
        ]
