"""Lists of layers that `__init__` fills one by one, before a Sequential or a ModuleList takes them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from studio.compiler.reading.drawn import Made
from studio.compiler.reading.making import Maker
from studio.graph import Value


class Lists:
    """The lists of one `__init__`.

    Attributes:
        found: the layers in each, by its name.
    """

    def __init__(
        self, maker: Callable[[], Maker], scope: dict[str, Value], follow: Callable[[ast.stmt], None]
    ) -> None:
        """Begin with none.

        Args:
            maker: gives what reads a call that makes something.
            scope: what names stand for.
            follow: reads a statement of a loop.
        """
        self.found: dict[str, list[Made]] = {}
        self._maker = maker
        self._scope = scope
        self._follow = follow

    def takes(self, statement: ast.stmt) -> bool:
        """Read a statement that fills a list; False where it does something else."""
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.List(elts=parts))
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.List(elts=parts))
            ) if all(isinstance(one, ast.Call) for one in parts):
                self.found[name] = self._made(parts, name)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=ast.List(elts=parts)) if (
                name in self.found
            ):
                self.found[name] += self._made(parts, name)
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="append"),
                    args=[ast.Call() as call],
                    keywords=[],
                )
            ) if name in self.found:
                self.found[name] += self._made([call], name)
            case ast.For(target=ast.Name(id=name), iter=over, body=inner, orelse=[]) if all(
                _fills(one, self.found) for one in inner
            ):
                for value in self._maker().rounds(over):
                    self._scope[name] = value
                    for one in inner:
                        self._follow(one)
            case _:
                return False
        return True

    def _made(self, parts: list[ast.expr], name: str) -> list[Made]:
        call = ast.Call(ast.Name("list", ast.Load()), parts, [])
        return list(self._maker().items(ast.copy_location(call, parts[0]), name)) if parts else []


def _fills(statement: ast.stmt, lists: Mapping[str, list[Made]]) -> bool:
    """Tell whether a statement of a loop only fills lists of layers, or gives a number another name."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"))):
            return name in lists
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add()):
            return name in lists
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name not in lists
    return False
