"""The code of custom blocks in a text: known by its syntax tree, and edited in an editor of its own."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from studio.blocks import Block
from studio.blocks.custom import CodeError, block_of_code, read_code
from studio.blocks.typed import alias
from studio.compiler.reading.text import Text
from studio.graph import Message


class Coded:
    """The custom blocks that the classes of one text can use.

    Attributes:
        blocks: what a class makes or forward calls them by, to the declaration.
    """

    def __init__(self, custom: Mapping[str, str], trusted: bool) -> None:
        """Begin with those of the project that the text was written from.

        Args:
            custom: its code by name.
            trusted: whether it may run; what its classes take is asked of themselves.
        """
        self.blocks: dict[str, Block] = {}
        self._trees: set[str] = set()
        self._owners: dict[str, str] = {}
        for name, text in custom.items() if trusted else ():
            block = block_of_code(name, text, trusted)
            if block is None:
                continue
            try:
                read = read_code(text)
                tree = ast.parse(read.body)
            except (CodeError, SyntaxError):
                continue
            self._trees |= {ast.dump(one) for one in tree.body}
            self._owners |= {defined: name for defined, _ in read.defines}
            self.blocks[name if read.call == "module" else alias(name)] = block
            self._owners[alias(name)] = name

    def takes(self, statement: ast.stmt, text: Text) -> bool:
        """Tell whether a statement at the top is code of a custom block; a changed one is named."""
        match statement:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                called = name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                called = name
            case _:
                return ast.dump(statement) in self._trees
        owner = self._owners.get(called)
        if owner is None:
            return False
        plain = ast.dump(ast.parse(f"{alias(owner)} = {owner}").body[0])
        if ast.dump(statement) not in {*self._trees, plain}:
            text.note(
                statement,
                Message(
                    "This is the code of the Python block “{name}”. Change it in its own editor: double-click"
                    " the block.",
                    name=owner,
                ),
            )
        return True
