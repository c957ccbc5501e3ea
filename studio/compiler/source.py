"""The network as Python that an engineer would commit: plain torch, names from the canvas, shapes beside.

Nothing of a file's text reaches the code but checked identifiers and literals of typed values; labels
appear in comments only, on one line and without control characters.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from studio.blocks import typed
from studio.blocks.custom import Custom
from studio.compiler import initials
from studio.compiler.analyse import Analyser
from studio.compiler.custom import signature
from studio.compiler.families import Arguments, Family, Taken, constant, families
from studio.compiler.forward import forward
from studio.compiler.labels import labels
from studio.compiler.lines import Bracket, Line, Piece, flat, named, of, statement
from studio.compiler.literals import as_list, literal, literal_piece
from studio.compiler.measure import arguments, target_of
from studio.compiler.names import class_name
from studio.compiler.program import Program, Step, program
from studio.compiler.signatures import Argument, called, constructor
from studio.graph import Value
from studio.graph.arithmetic import is_arithmetic
from studio.project import COMPOSITE, Project

__all__ = ["Written", "literal", "source", "source_of", "written"]


@dataclass(frozen=True)
class Written:
    """A network as source.

    Attributes:
        text: the Python module.
        name: the class of the network.
        composites: composite to its class.
        places: composite, or the empty name for the network, to its blocks, to the numbers of their lines
            from 1; a block that passes through what arrives has none.
    """

    text: str
    name: str
    composites: Mapping[str, str]
    places: Mapping[str, Mapping[str, tuple[int, ...]]]

    __hash__ = None  # type: ignore[assignment]


def source(project: Project, network: str | None = None, analyser: Analyser | None = None) -> str:
    """Give one self-contained Python module that holds the network's class.

    Args:
        project: a snapshot.
        network: its name; the one that the plan trains first when not given.
        analyser: one that remembers, if there is one.

    Raises:
        CompileError: the network has errors.
    """
    return source_of(program(project, network, analyser))


def source_of(ordered: Program) -> str:
    """Give the Python module of a program."""
    return written(ordered).text


def written(ordered: Program) -> Written:
    """Give the Python module of a program, and what its classes are called."""
    module = _Module()
    found = families(ordered)
    module.take(found)
    for family in found:
        module.write(family)
    lines = [*typed.head(module.typed, module.packages), *typed.bodies(module.typed)]
    for text in module.own.values():
        lines += ["", "", *text.rstrip().splitlines()]
    number = 1 + sum(line.count("\n") + 1 for line in lines)
    places: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, one in module.classes.items():
        found_lines = places[name] = dict[str, tuple[int, ...]]()
        for line in ("", "", *one.lines):
            if isinstance(line, Line):
                found_lines[line.node] = (*found_lines.get(line.node, ()), number)
            lines.append(line)
            number += line.count("\n") + 1
    names = {name: one.name for name, one in module.classes.items()}
    return Written("\n".join(lines) + "\n", names.pop(""), names, places)


@dataclass(frozen=True)
class _Class:
    """One written class: its name, the family, its arguments, its text."""

    name: str
    family: Family
    taken: tuple[Taken, ...]
    lines: list[str]

    __hash__ = None  # type: ignore[assignment]


@dataclass
class _Module:
    """The classes written so far, by composite; the network's under the empty name."""

    classes: dict[str, _Class] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Custom] = field(default_factory=dict)
    packages: set[str] = field(default_factory=set)

    def take(self, found: list[Family]) -> None:
        """Take in the custom blocks of all families; their names are theirs."""
        for family in found:
            for step in family.first.steps:
                if step.block.code is not None:
                    self.typed[step.block.target] = signature(step.block)
                elif step.block.plugin:
                    self.packages.add(step.block.target.rpartition(".")[0])
        typed.refuse_clashes(self.typed)

    def write(self, family: Family) -> None:
        """Write a class, after those it needs."""
        name = self._name(family)
        body = _Body(family, self, Arguments.of(family, {*self._names(), *_OWN}))
        lines = [f"class {name}(nn.Module):", *body.lines()]
        self.classes[family.name if family.block else ""] = _Class(
            name, family, tuple(body.arguments.in_order()), lines
        )

    def _names(self) -> set[str]:
        return {one.name for one in self.classes.values()} | typed.names(self.typed)

    def _name(self, family: Family) -> str:
        stem, taken = class_name(family.name), self._names() | _OWN
        if family.block is None and stem in taken:
            stem += "Network"
        name, number = stem, 2
        while name in taken or (family.block is not None and name == "Main"):
            name = f"{stem}{number}"
            number += 1
        return name


_OWN = typed.ours()


class _Body:
    """Writes one class."""

    def __init__(self, family: Family, module: _Module, arguments: Arguments) -> None:
        self.family = family
        self.module = module
        self.arguments = arguments
        self.labels = labels(family.first)
        self.extra: dict[str, list[tuple[str, Piece]]] = {}

    def lines(self) -> Iterator[str]:
        """Give the text under the `class` line."""
        made = list(self._made())
        yield from self._docstring()
        taken = ["self", *(one.declared() for one in self.arguments.in_order())]
        yield from statement("def __init__", Bracket("(", tuple(taken)), end=" -> None:", indent=4)
        yield "        super().__init__()"
        yield from made
        yield ""
        first = self.family.first
        tensors = ["self", *(f"{name}: torch.Tensor" for _, name, _ in first.inputs)]
        gives = "torch.Tensor" if len(first.outputs) == 1 else "dict[str, torch.Tensor]"
        yield from statement("def forward", Bracket("(", tuple(tensors)), end=f" -> {gives}:", indent=4)
        yield from forward(first, self.extra, self.labels)

    def _docstring(self) -> Iterator[str]:
        first = self.family.first
        counts = sorted({use.parameters for use in self.family.uses})
        count = f"{counts[0]:,}" if len(counts) == 1 else f"{counts[0]:,} to {counts[-1]:,}"
        several = len({_shapes(use) for use in self.family.uses}) > 1
        yield f'    """{count} parameters; B is the batch size{", shapes are of the first use" * several}.'
        yield ""
        yield "    Inputs:"
        for node, name, tensor in first.inputs:
            yield from of(node, [f"        {name}: {tensor.written()} ({tensor.dtype}){self._called(name)}"])
        yield ""
        yield "    Outputs:"
        for name, _, tensor in first.outputs:
            line = f"        {name}: {tensor} ({tensor.dtype}){self._called(name)}"
            yield from of(first.ends[name], [line])
        yield '    """'
        yield ""

    def _called(self, name: str) -> str:
        return f", {self.labels[name]}" if self.labels[name] else ""

    def _made(self) -> Iterator[str]:
        """Write the modules in the order of the steps."""
        for index, step in enumerate(self.family.first.steps):
            steps = [use.steps[index] for use in self.family.uses]
            if step.has_module and step.owner == step.name:
                yield from of(step.node.id, self._own(step, steps))
            if step.node.type != COMPOSITE and step.block.call != "infix":
                yield from of(step.node.id, self._passed(steps))

    def _own(self, step: Step, steps: list[Step]) -> Iterator[str]:
        """Write the module of a step, how its weights begin, and that they are frozen."""
        yield from statement(f"self.{step.name} = ", self._module(steps), comment=self.labels[step.name])
        yield from initials.lines(step.name, step.node, step.values, step.weights)
        if step.node.frozen:
            yield f"        self.{step.name}.requires_grad_(False)"

    def _passed(self, steps: list[Step]) -> Iterator[str]:
        """Find what is passed at every call; what is no literal is kept in the module."""
        step = steps[0]
        at_call = step.block.call == "module"
        values = [arguments(one.block, one.values, at_call=at_call) for one in steps]
        taken = {one.name: one for one in called(step.block)} if values[0] else {}
        self.extra[step.node.id] = found = []
        for name in values[0]:
            vector = tuple(value[name] for value in values)
            given = step.node.parameters.get(name)
            argument = taken.get(name, Argument(name, None))
            if not is_arithmetic(given) and _is_default(vector, argument.default):
                continue
            value, plain = self.arguments.value_of(given, vector, name), literal_piece(vector[0])
            if argument.listed:
                value, plain = as_list(value), as_list(plain)
            if flat(value) != flat(plain):
                kept = self._free(f"{step.name}_{name}")
                yield from statement(f"self.{kept} = ", value)
                value = f"self.{kept}"
            found.append((name, value))

    def _free(self, name: str) -> str:
        taken = {step.name for step in self.family.first.steps}
        while name in taken:
            name += "_"
        return name

    def _module(self, steps: list[Step]) -> Piece:
        return self._composite(steps) if steps[0].node.type == COMPOSITE else self._layer(steps)

    def _layer(self, steps: list[Step]) -> Piece:
        """Give the expression that makes a layer: `nn.Conv2d(1, 32, kernel_size=3, padding=1)`."""
        step = steps[0]
        block, name = step.block, step.block.target.rpartition(".")[2]
        if block.code is not None:
            pass  # its text stands above
        elif block.plugin:
            name = block.target  # its package is imported above
        elif block.target.startswith("studio.nn."):
            self.module.own[name] = inspect.getsource(target_of(block))
        else:
            name = f"nn.{name}"
        values = [arguments(one.block, one.values, at_call=False) for one in steps]
        given: list[tuple[str, Piece, bool]] = []
        for argument in constructor(block):
            if not any(argument.name in one for one in values):
                continue
            vector: tuple[Value, ...] = tuple(one.get(argument.name) for one in values)
            typed = step.node.parameters.get(argument.name)
            if not is_arithmetic(typed) and _is_default(vector, argument.default):
                continue
            if block.parameters[argument.name].source is None:
                value = self.arguments.value_of(typed, vector, argument.name)
            else:
                value = self.arguments.read_off(vector, argument.name)
            given.append((argument.name, value, argument.required))
        return _call(f"{name}(", given)

    def _composite(self, steps: list[Step]) -> Piece:
        """Give the expression that makes a composite, as often as it is repeated."""
        rounds = [self._round(steps, number) for number in range(len(steps[0].inner))]
        if len(rounds) == 1:
            return rounds[0]
        if steps[0].loops:
            return Bracket("nn.ModuleList(", (_listed(rounds),))
        parts: list[Piece] = []
        at = 0
        while at < len(rounds):
            alike = 1
            while at + alike < len(rounds) and flat(rounds[at + alike]) == flat(rounds[at]):
                alike += 1
            one = rounds[at]
            parts.append(
                Bracket("*[", (one, f"for _ in range({alike})"), "]", comma=False) if alike > 1 else one
            )
            at += alike
        return Bracket("nn.Sequential(", tuple(parts))

    def _round(self, steps: list[Step], number: int) -> Piece:
        step = steps[0]
        made = self.module.classes[step.node.composite]
        places = [made.family.place(one.inner[number]) for one in steps]
        given: list[tuple[str, Piece, bool]] = []
        for one in made.taken:
            vector = tuple(one.vector[place] for place in places)
            typed = step.node.parameters.get(one.parameter) if one.parameter else None
            if not is_arithmetic(typed) and one.default and _all_read(vector, one.default):
                continue
            reads = one.parameter and step.block.parameters[one.parameter].reads is not None
            if one.parameter and not (reads and typed is None):
                value = self.arguments.value_of(typed, vector, one.parameter)
            else:
                value = self.arguments.read_off(vector, one.name)
            given.append((one.name, value, not one.default))
        return _call(f"{made.name}(", given)


def _listed(rounds: list[Piece]) -> Bracket:
    """Give rounds as a list: one for all of them where they are alike."""
    if all(flat(one) == flat(rounds[0]) for one in rounds):
        return Bracket("[", (rounds[0], f"for _ in range({len(rounds)})"), "]", comma=False)
    return Bracket("[", tuple(rounds), "]", items=True)


def _call(start: str, given: list[tuple[str, Piece, bool]]) -> Bracket:
    """Give a call; the first two arguments go by their places where they must be given, others by name."""
    leading = 0
    while leading < min(2, len(given)) and given[leading][2]:
        leading += 1
    by_name = (named(f"{name}=", value) for name, value, _ in given[leading:])
    return Bracket(start, (*(value for _, value, _ in given[:leading]), *by_name))


def _all_read(vector: tuple[Value, ...], text: str) -> bool:
    return all(literal(value) == text for value in vector)


def _is_default(vector: tuple[Value, ...], default: object) -> bool:
    return (
        constant(vector) and vector[0] == default and isinstance(vector[0], bool) is isinstance(default, bool)
    )


def _shapes(ordered: Program) -> tuple[str, ...]:
    tensors = [*(one for _, _, one in ordered.inputs), *(one for _, _, one in ordered.outputs)]
    return (*map(str, tensors), *(str(one) for step in ordered.steps for one in step.outputs.values()))
