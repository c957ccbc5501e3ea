"""One class for all uses of a composite: what differs between the uses becomes an argument of the class.

A composite that is used with 16 and with 32 channels is one class that takes `in_channels`; its own
parameters are arguments too, and what was written as arithmetic over them stays arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from studio.blocks import Block, Parameter
from studio.compiler.lines import Bracket, Piece, flat
from studio.compiler.literals import arithmetic, literal, literal_piece
from studio.compiler.names import distinct
from studio.compiler.program import Program
from studio.graph import Expression, NetwrightError, Value
from studio.graph.arithmetic import computed, handed_down, is_arithmetic, names_in
from studio.graph.model import same
from studio.project import COMPOSITE

TELLING = 8
"""From this size on, equal numbers are taken for one size; smaller ones are equal by chance too often."""

Vector = tuple[Value, ...]
"""A value in each use of a composite, in order."""


@dataclass
class Family:
    """Every use of one composite, or the one use of the network.

    Attributes:
        name: of the composite or network.
        block: the declaration; None for the network.
        uses: its program in each place and round; all of them have the same steps.
    """

    name: str
    block: Block | None
    uses: list[Program] = field(default_factory=list)
    _places: dict[int, int] = field(default_factory=dict)

    def add(self, program: Program) -> None:
        """Take note of a use."""
        self._places[id(program)] = len(self.uses)
        self.uses.append(program)

    def place(self, program: Program) -> int:
        """Give which of the uses a program is."""
        return self._places[id(program)]

    @property
    def first(self) -> Program:
        """The program of the first use, which shapes in comments come from."""
        return self.uses[0]


def families(root: Program) -> list[Family]:
    """Give the composites of a network, each after those it is made of, and the network last."""
    found: dict[str, Family] = {}

    def visit(program: Program) -> None:
        for step in program.attributes():
            if step.node.type != COMPOSITE:
                continue
            for inner in step.inner:
                visit(inner)
            family = found.setdefault(step.node.composite, Family(step.node.composite, step.block))
            for inner in step.inner:
                family.add(inner)

    visit(root)
    whole = Family(root.ref.name, None)
    whole.add(root)
    return [*found.values(), whole]


@dataclass(frozen=True)
class Taken:
    """One argument of a class.

    Attributes:
        name: its identifier.
        vector: its value in each use.
        parameter: the parameter of the composite; empty for a size that is read off what arrives.
        default: its default as a literal; empty for none.
    """

    name: str
    vector: Vector
    parameter: str = ""
    default: str = ""

    __hash__ = None  # type: ignore[assignment]

    def declared(self) -> str:
        """Give the argument as `__init__` declares it."""
        kinds = sorted({_kind(value) for value in self.vector if value is not None}, key=_order)
        kind = "float" if kinds == ["float", "int"] else " | ".join(kinds)
        if any(value is None for value in self.vector):
            kind += " | None"
        return f"{self.name}: {kind} = {self.default}" if self.default else f"{self.name}: {kind}"


@dataclass
class Arguments:
    """Collects the arguments of one class while its body is written.

    Attributes:
        uses: the parameters of the composite in each use.
        taken: the arguments so far.
    """

    uses: list[Mapping[str, Value]]
    taken: list[Taken] = field(default_factory=list)
    _known: list[tuple[Vector, str]] = field(default_factory=list)
    _reserved: set[str] = field(default_factory=set)
    _used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, family: Family, reserved: Iterable[str]) -> Arguments:
        """Begin with the composite's own numbers.

        Args:
            family: the uses.
            reserved: names of classes, which no argument may hide.
        """
        made = cls([use.values for use in family.uses], _reserved={*reserved, "min", "max", "round"})
        offered = [] if family.block is None else list(family.block.parameters.values())
        names = distinct((one.name, one.name, "size") for one in offered)
        for parameter in offered:
            vector = tuple(values[parameter.name] for values in made.uses)
            made.taken.append(
                Taken(made._free(names[parameter.name]), vector, parameter.name, _default(parameter))
            )
        for step in family.first.steps:
            for value in step.node.parameters.values():
                made._used |= names_in(value)
        return made

    def in_order(self) -> list[Taken]:
        """Give the arguments as `__init__` takes them: those without a default first."""
        return sorted(self.taken, key=lambda one: (bool(one.default), bool(one.parameter)))

    def set_by(self, expression: Expression, vector: Vector) -> str:
        """Give a value that was written as arithmetic over the composite's parameters."""
        names = {one.parameter: one.name for one in self.taken if one.parameter}
        if not expression.names():
            return literal(vector[0])
        text = arithmetic(expression, names)
        if (name := handed_down(expression)) and not all(_is_number(values[name]) for values in self.uses):
            return text
        raw = [expression.compute(values) for values in self.uses]
        if any(isinstance(a, float) and not isinstance(b, float) for a, b in zip(raw, vector, strict=True)):
            text = f"int({text})"
        self._known.append((vector, text))
        return text

    def read_off(self, vector: Vector, name: str) -> Piece:
        """Give a value that the compiler worked out: a literal, or what else has this value in every use.

        Args:
            vector: its values.
            name: what a new argument for it would be called.
        """
        varies = not constant(vector)
        if varies or _telling(vector[0]):
            own = [
                (one.vector, one.name)
                for one in self.taken
                if one.parameter in self._used or (varies and not one.parameter)
            ]
            for other, text in (*own, *self._known):
                if _alike(other, vector):
                    return text
        if not varies:
            return literal_piece(vector[0])
        self.taken.append(Taken(self._free(name), vector))
        return self.taken[-1].name

    def value_of(self, value: Value, vector: Vector, name: str) -> Piece:
        """Give a value as it stands at a node: arithmetic, or whatever it was worked out to be."""
        if isinstance(value, Expression):
            return self.set_by(value, vector)
        if isinstance(value, tuple) and is_arithmetic(value):
            return self._sizes(value)
        return literal_piece(vector[0]) if constant(vector) else self.read_off(vector, name)

    def _sizes(self, value: tuple[Value, ...]) -> Piece:
        """Give a tuple in which some sizes are arithmetic."""
        parts: list[Piece] = []
        for part in value:
            vector = tuple(computed(part, values) for values in self.uses)
            whole = tuple(int(size) if isinstance(size, float) else size for size in vector)
            parts.append(self.value_of(part, whole, ""))
        return Bracket("(", tuple(parts), items=True) if len(parts) > 1 else f"({flat(parts[0])},)"

    def _free(self, name: str) -> str:
        taken = {one.name for one in self.taken} | self._reserved
        stem, number = name, 2
        while name in taken:
            name = f"{stem}_{number}"
            number += 1
        return name


def constant(vector: Vector) -> bool:
    """Tell whether a value is the same in every use."""
    return all(same(value, vector[0]) for value in vector)


def _default(parameter: Parameter) -> str:
    if parameter.default is None:
        return ""
    try:
        return literal(parameter.check(parameter.default))
    except NetwrightError:  # every use sets it
        return ""


def _kind(value: Value) -> str:
    """Give the type of a value as an annotation."""
    if isinstance(value, tuple):
        return f"tuple[{', '.join(map(_kind, value)) or '()'}]"
    return type(value).__name__


def _order(kind: str) -> tuple[bool, str]:
    return kind.startswith("tuple"), kind


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _alike(one: Vector, other: Vector) -> bool:
    return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))


def _telling(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= TELLING
