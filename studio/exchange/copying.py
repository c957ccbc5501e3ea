"""Copies definitions out of our own modules as text, with all that they stand on, into one plain script.

`copied("studio.exchange.scripts.digits", ["load_data"])` gives the imports of public libraries and the
definitions, each after those that it uses. Imports from Netwright are followed and copied too.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Copied:
    """What was copied.

    Attributes:
        imports: the import statements of public libraries, one name each.
        definitions: (module, name) to the text, in an order in which Python can read them.
    """

    imports: set[str] = field(default_factory=set)
    definitions: dict[tuple[str, str], str] = field(default_factory=dict)

    def import_lines(self) -> list[str]:
        """Give the imports as one sorts them: the standard library first, then the others."""
        ordered = sorted(_joined(self.imports), key=lambda line: (line.startswith("from"), line))
        standard = [line for line in ordered if _is_standard(line)]
        others = [line for line in ordered if not _is_standard(line)]
        return [*standard, *([""] if standard and others else []), *others]


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Give imports with one line for all names of a module."""
    names: dict[str, list[str]] = {}
    for line in sorted(lines):
        module, imports, name = line.partition(" import ")
        if imports:
            names.setdefault(module, []).append(name)
        else:
            yield line
    yield from (f"{module} import {', '.join(found)}" for module, found in names.items())


def copied(module: str, names: Iterable[str]) -> Copied:
    """Copy definitions of a module.

    Args:
        module: its dotted name.
        names: what to copy.

    Raises:
        ValueError: something is copied under a name that is taken already, or does not exist.
    """
    result = Copied()
    for name in names:
        _copy(module, name, result)
    return result


def copy_into(result: Copied, module: str, name: str) -> None:
    """Copy one more definition of a module beside others.

    Raises:
        ValueError: its name is taken already, or does not exist.
    """
    _copy(module, name, result)


def _copy(module: str, name: str, result: Copied) -> None:
    lines, statements = _parsed(module)
    statement = statements.get(name)
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Tuple):
        # Names that are bound together are copied together, under the first of them.
        name = next(found for found, one in statements.items() if one is statement)
    key = (module, name)
    if key in result.definitions:
        return
    match statement:
        case None:
            raise ValueError(f"{module} defines no {name}")
        case ast.ImportFrom(module=str(origin)) if origin.split(".")[0] == "studio":
            alias = next(alias for alias in statement.names if (alias.asname or alias.name) == name)
            if alias.asname is not None:
                raise ValueError(f"{module} imports {alias.name} under another name")
            _copy(origin, name, result)
            return
        case ast.ImportFrom() | ast.Import():
            result.imports.add(_import_of(statement, name))
            return
    if any(taken == name for _, taken in result.definitions):
        raise ValueError(f"{name} is defined twice: in {module} and in another module")
    result.definitions[key] = ""  # taken, so that a definition that uses itself ends
    used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    used |= {
        node.value.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    for other in sorted(used & statements.keys() - {name}):
        if statements[other] is not statement:
            _copy(module, other, result)
    del result.definitions[key]
    result.definitions[key] = _text(lines, statement)


def _import_of(statement: ast.Import | ast.ImportFrom, name: str) -> str:
    alias = next(alias for alias in statement.names if (alias.asname or alias.name.split(".")[0]) == name)
    renamed = f" as {alias.asname}" if alias.asname else ""
    if isinstance(statement, ast.ImportFrom):
        return f"from {statement.module} import {alias.name}{renamed}"
    return f"import {alias.name}{renamed}"


def _text(lines: list[str], statement: ast.stmt) -> str:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(each.lineno for each in decorators)])
    assert statement.end_lineno is not None
    return "\n".join(lines[first - 1 : statement.end_lineno])


@functools.cache
def _parsed(module: str) -> tuple[list[str], dict[str, ast.stmt]]:
    """Give the lines of a module, and the statement that each of its names comes from."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"there is no module {module}", name=module)
    text = Path(found.origin).read_text("utf-8")
    statements: dict[str, ast.stmt] = {}
    for statement in ast.parse(text).body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                statements[name] = statement
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                statements[name] = statement
            case ast.Assign(targets=[ast.Tuple(elts=elements)]):
                for element in elements:
                    if isinstance(element, ast.Name):
                        statements[element.id] = statement
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                for alias in names:
                    statements[alias.asname or alias.name.split(".")[0]] = statement
    return text.splitlines(), statements


def _is_standard(line: str) -> bool:
    return line.split()[1].split(".")[0] in sys.stdlib_module_names
