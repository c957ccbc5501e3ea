"""What was found inside composites, remembered for as long as what they are made of stays the same.

A network often uses one composite many times with equal shapes: it is looked through once. After an edit of a
definition only what is made of it is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from studio.compiler.tensors import Tensor
from studio.graph import Value
from studio.project import Project
from studio.project.document import inside

MOST = 5_000
"""How many looks inside are remembered before they are forgotten all at once."""

Made = tuple[object, ...]
"""All that a composite is made of; equal as long as each part is the same object."""

Found = TypeVar("Found")


def same(one: Made | None, other: Made | None) -> bool:
    """Tell whether a composite is made of the same parts as before."""
    if one is None or other is None or len(one) != len(other):
        return False
    return all(part is its for part, its in zip(one, other, strict=True))


@dataclass
class Insides(Generic[Found]):
    """Remembers what was found by composite, parameters and arriving shapes."""

    _found: dict[object, tuple[Made, Found]] = field(default_factory=dict)
    _of: object = None
    _made: dict[str, Made] = field(default_factory=dict)

    def made_of(self, project: Project, name: str) -> Made:
        """Give all that a composite is made of: its definition and those inside it."""
        if self._of is not project.composites:
            self._of, self._made = project.composites, {}
        if name not in self._made:
            composite = project.composites.get(name)
            within = inside(project, composite.graph) if composite is not None else set()
            self._made[name] = tuple(project.composites.get(one) for one in sorted({name, *within}))
        return self._made[name]

    def all_of(self, project: Project, names: Iterable[str]) -> dict[str, Made]:
        """Give what each of some composites is made of, by its name."""
        return {name: self.made_of(project, name) for name in names}

    def find(
        self,
        project: Project,
        name: str,
        depth: int,
        tensors: Mapping[str, Tensor],
        values: Mapping[str, Value],
    ) -> Found | None:
        """Give what was found inside with these shapes and parameters, where that still holds."""
        known = self._found.get(_key(name, depth, tensors, values))
        return known[1] if known is not None and same(known[0], self.made_of(project, name)) else None

    def keep(
        self,
        project: Project,
        name: str,
        depth: int,
        tensors: Mapping[str, Tensor],
        values: Mapping[str, Value],
        found: Found,
    ) -> None:
        """Remember what was found inside."""
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[_key(name, depth, tensors, values)] = self.made_of(project, name), found

    def forget(self) -> None:
        """Forget everything: what runs inside blocks of a person's own may have changed."""
        self._found.clear()


def _key(name: str, depth: int, tensors: Mapping[str, Tensor], values: Mapping[str, Value]) -> object:
    kinds = tuple(type(value) for value in values.values())  # 1, 1.0 and True are equal keys
    return name, depth, tuple(tensors.items()), tuple(values.items()), kinds
