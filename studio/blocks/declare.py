"""How a block is declared: once, in one class body, from which everything else is derived.

    @block("torch.nn.Conv2d", type="conv2d", group="convolution", rank=(4,))
    class Conv2d:
        '''Slide learned filters over an image.'''

        in_channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
        out_channels: int = param(32, low=1, doc="Number of filters.")
        kernel_size: Size2 = param(3, low=1, doc="Side of each filter.")

The palette, the form, the ports, the module, the source line, the saved form, the help text and the
contract test read the resulting `Block`. The target is a string, so that declaring needs no torch.
Losses, optimizers, initializers, data and all else of a plan are declared the same way with another role.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from studio.blocks.parameter import (
    BROWSED,
    KINDS,
    Dims,
    File,
    Folder,
    FromInput,
    Kind,
    Pair,
    Parameter,
    Place,
    Shape,
    Size1,
    Size2,
    Size3,
    Size4,
    Size6,
)
from studio.blocks.rules import Rule
from studio.graph import Message, NetwrightError, Value

Role = Literal["block", "loss", "optimizer", "schedule", "metric", "data", "recipe", "loop", "initializer"]
"""What a declared thing is for."""

Call = Literal["module", "function", "infix", "none"]
"""How a block runs: a module made once, a function, an operator between inputs, or not at all."""

Dtype = Literal["float", "int", "any"]
"""What numbers a port takes."""

Sizes = tuple[int, ...]
"""The sizes of one tensor, batch included."""

ShapeRule = Callable[[Mapping[str, Value], Mapping[str, Sizes]], Mapping[str, Sizes]]
"""Resolved parameters and input sizes to output sizes, for blocks that are slow on the meta device.

An optional input's name among the results gives the sizes that it must have.
"""

CostRule = Callable[[Mapping[str, Value], Mapping[str, Sizes]], int]
"""Resolved parameters and input sizes to multiply-adds of the whole batch."""

_C = TypeVar("_C", bound=type)


@dataclass(frozen=True, slots=True)
class Port:
    """Where a wire can end.

    Attributes:
        name: as in saved wires; permanent.
        doc: what arrives or leaves here.
        optional: an input that may stay unconnected.
        many: an input that takes any number of wires, in order.
        rank: the numbers of dimensions it takes, batch included; empty for any.
        dtype: the kind of numbers it takes or gives ("any": takes all, gives what came).
        keyword: an input that is passed by its name.
        pack: inputs of the same non-empty pack are passed together as one tuple.
        path: an output's place in what the module returns, such as (1, 0); empty for the whole.
        count: the parameter that says how many outputs of this kind there are: a number, or a list with an
            entry for each; empty for one. They are named after this one: `y1`, `y2`, ...
    """

    name: str
    doc: str = ""
    optional: bool = False
    many: bool = False
    rank: tuple[int, ...] = ()
    dtype: Dtype = "any"
    keyword: bool = False
    pack: str = ""
    path: tuple[int, ...] = ()
    count: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """The Python text of a custom block, and whether it may run."""

    text: str
    trusted: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Everything that is known about one declared thing.

    Attributes:
        type: permanent name in saved files.
        title: what the palette shows, in English.
        doc: one or two sentences of help, in English.
        target: dotted name of what is made or called, such as `torch.nn.Conv2d`.
        group: the family it is shown with.
        role: what it is for.
        call: how it runs.
        operator: the sign between the inputs of an `infix` block.
        inputs: its input ports in order.
        outputs: its output ports in order.
        parameters: its parameters by name, in the order of the form.
        rules: what must hold between parameters.
        keywords: further search words.
        fits: what it is for, such as `regression`; empty for everything. A plan offers what fits its data.
        link: address of its documentation.
        example: sizes of one sample (without the batch) at each input that suit the defaults; an input that
            is not named is left unconnected.
        replaces: earlier types that open as this one.
        shape_rule: output sizes where the meta device is too slow.
        cost_rule: multiply-adds where torch's counter does not know the block.
        known: False for a placeholder of a type that this version does not have.
        code: the text of a custom block; `target` is then the name of its class or function.
        plugin: the entry point of the package that brought it; empty for our own.
    """

    type: str
    title: str
    doc: str
    target: str
    group: str
    role: Role = "block"
    call: Call = "module"
    operator: str = ""
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))
    rules: tuple[Rule, ...] = ()
    keywords: tuple[str, ...] = ()
    link: str = ""
    example: Mapping[str, Sizes] = field(default_factory=lambda: MappingProxyType({}))
    replaces: tuple[str, ...] = ()
    shape_rule: ShapeRule | None = None
    cost_rule: CostRule | None = None
    known: bool = True
    fits: tuple[str, ...] = ()
    code: Code | None = None
    plugin: str = ""

    def input(self, name: str) -> Port | None:
        """Give an input port by name."""
        return next((port for port in self.inputs if port.name == name), None)

    def output(self, name: str) -> Port | None:
        """Give an output port by name."""
        return next((port for port in self.outputs if port.name == name), None)

    def editable(self) -> tuple[Parameter, ...]:
        """Give the parameters that a person sets, without those read off the inputs and fixed ones."""
        return tuple(
            parameter
            for parameter in self.parameters.values()
            if parameter.source is None and not parameter.fixed
        )

    def defaults(self) -> dict[str, Value]:
        """Give the default of every parameter that a person sets."""
        return {parameter.name: parameter.default for parameter in self.editable()}

    def spread(self, parameters: Mapping[str, Value]) -> Block:
        """Give the block as one node has it: with as many outputs as its parameters ask for.

        Args:
            parameters: what was set at the node; a computed value counts as the default here.
        """
        if not any(port.count for port in self.outputs):
            return self
        counts = tuple(_count(self, port, parameters) for port in self.outputs)
        return _spread(self.type, self.role, counts)


def param(
    default: Value,
    *,
    doc: str,
    low: float | None = None,
    high: float | None = None,
    optional: bool = False,
    advanced: bool = False,
    at_call: bool = False,
    unit: str = "",
    title: str = "",
    formula: bool = False,
    words: tuple[str, ...] = (),
) -> Any:
    """Declare a parameter that a person sets.

    Args:
        default: its value in a fresh block.
        doc: one sentence on what it does.
        low: the least number it takes.
        high: the greatest number it takes.
        optional: whether it may be empty (None).
        advanced: whether the form shows it folded away.
        at_call: passed at every call instead of when the module is made.
        unit: what it is counted in, such as `px` or `s`.
        title: the label in the form; made from the name when not given.
        formula: a text that is a formula over the time of a training.
        words: what sizes may be instead of numbers, such as `same`.
    """
    given = (at_call, advanced, optional, unit, title, False, formula)
    return Parameter("", "int", default, doc, low, high, words, 1, None, *given)


def fixed(value: Value, *, doc: str) -> Any:
    """Declare a parameter that always has one value, which nobody sees or sets."""
    return Parameter("", "int", value, doc, fixed=True)


def from_input(port: str, *, dim: int, doc: str, unless: str = "") -> Any:
    """Declare a parameter that is read off the shape arriving at a port, so that nobody types it.

    Args:
        port: the input port.
        dim: which dimension, batch counted as 0; negative from the end.
        doc: one sentence on what it is.
        unless: a parameter of the same value, beside which this one is left out.
    """
    return Parameter("", "int", None, doc, source=FromInput(port, dim, unless))


def input_port(
    doc: str = "",
    *,
    optional: bool = False,
    many: bool = False,
    rank: tuple[int, ...] = (),
    dtype: Dtype = "any",
    keyword: bool = False,
    pack: str = "",
) -> Any:
    """Declare an input; a block that declares none has one, named `x`."""
    return _In(Port("", doc, optional, many, rank, dtype, keyword, pack))


def output_port(doc: str = "", *, path: tuple[int, ...] = (), dtype: Dtype = "any", count: str = "") -> Any:
    """Declare an output; a block that declares none has one, named `y`."""
    return _Out(Port("", doc, dtype=dtype, path=path, count=count))


@dataclass(frozen=True)
class _In:
    port: Port


@dataclass(frozen=True)
class _Out:
    port: Port


_REGISTRY: dict[tuple[Role, str], Block] = {}


def block(
    target: str,
    *,
    type: str,
    group: str,
    title: str = "",
    role: Role = "block",
    call: Call = "module",
    operator: str = "",
    rank: tuple[int, ...] = (),
    dtype: Dtype = "any",
    gives: Dtype = "any",
    rules: tuple[Rule, ...] = (),
    keywords: tuple[str, ...] = (),
    fits: tuple[str, ...] = (),
    link: str = "",
    example: Mapping[str, Sizes] | None = None,
    replaces: tuple[str, ...] = (),
    shape_rule: ShapeRule | None = None,
    cost_rule: CostRule | None = None,
) -> Callable[[_C], _C]:
    """Declare a block by a class; see the module's text for the form.

    Args:
        target: dotted name of the module class or function.
        type: permanent name in files.
        group: family in the palette.
        title: label; the class name when not given.
        role: what it is for.
        call: how it runs.
        operator: the sign of an `infix` block.
        rank: ranks that the default input `x` takes.
        dtype: numbers that the default input `x` takes.
        gives: numbers that the default output `y` gives.
        rules: what must hold between parameters.
        keywords: further search words.
        fits: what it is for; empty for everything.
        link: address of its documentation; made from a target of torch when not given.
        example: sizes of one sample at each input that suit the defaults; by rank when not given.
        replaces: earlier types that open as this one.
        shape_rule: output sizes where the meta device is too slow.
        cost_rule: multiply-adds where torch's counter does not know the block.

    Raises:
        ValueError: the type is declared twice, or a parameter has no kind that can be saved.
    """

    def register(cls: _C) -> _C:
        inputs: list[Port] = []
        outputs: list[Port] = []
        parameters: dict[str, Parameter] = {}
        hints = typing.get_type_hints(cls)
        for name, hint in hints.items():
            declared = getattr(cls, name)
            if isinstance(declared, _In):
                inputs.append(_named(declared.port, name))
            elif isinstance(declared, _Out):
                outputs.append(_named(declared.port, name))
            else:
                parameters[name] = _typed(declared, name, hint)
        if role == "block" and call != "none":
            inputs = inputs or [Port("x", rank=rank, dtype=dtype)]
            outputs = outputs or [Port("y", dtype=gives)]
        made = Block(
            type=type,
            title=title or cls.__name__,
            doc=inspect.cleandoc(cls.__doc__ or "").replace("\n", " "),
            target=target,
            group=group,
            role=role,
            call=call,
            operator=operator,
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            parameters=MappingProxyType(parameters),
            rules=rules,
            keywords=keywords,
            fits=fits,
            link=link or _documentation(target),
            example=MappingProxyType(dict(example) if example is not None else _example(inputs)),
            replaces=replaces,
            shape_rule=shape_rule,
            cost_rule=cost_rule,
        )
        for known in (type, *replaces):
            if (role, known) in _REGISTRY:
                raise ValueError(f"{role} {known!r} is declared twice")
            _REGISTRY[role, known] = made
        return cls

    return register


def find(type: str, role: Role = "block") -> Block | None:
    """Give the declaration of a type, or of what replaced it; None when this version has none."""
    return _REGISTRY.get((role, type))


def registered() -> dict[tuple[Role, str], Block]:
    """Give a copy of all that is declared."""
    return dict(_REGISTRY)


def restore(known: Mapping[tuple[Role, str], Block]) -> None:
    """Have these declarations and no others."""
    _REGISTRY.clear()
    _REGISTRY.update(known)


def every(role: Role = "block") -> tuple[Block, ...]:
    """Give all declarations of a role in the order they were declared."""
    return tuple(
        made for (its_role, name), made in _REGISTRY.items() if its_role == role and name == made.type
    )


def _named(port: Port, name: str) -> Port:
    return dataclasses.replace(port, name=name)


EXAMPLES: Mapping[int, Sizes] = {2: (16,), 3: (16, 16), 4: (16, 12, 12), 5: (16, 6, 6, 6)}
"""The sizes of one sample that stand for each number of dimensions."""


def _example(inputs: list[Port]) -> dict[str, Sizes]:
    found: dict[str, Sizes] = {}
    for port in inputs:
        if not port.optional:
            rank = 3 if not port.rank or 3 in port.rank else 4 if 4 in port.rank else port.rank[-1]
            found[port.name] = (7,) if port.dtype == "int" and not port.rank else EXAMPLES[rank]
    return found


def _count(block: Block, port: Port, parameters: Mapping[str, Value]) -> int:
    if not port.count:
        return 0
    parameter = block.parameters[port.count]
    value = parameters.get(port.count, parameter.default)
    try:
        value = parameter.check(value)
    except NetwrightError:  # told where it stands; until it is mended the block keeps its usual outputs
        value = parameter.default
    if isinstance(value, tuple):
        return len(value)
    return value if isinstance(value, int) else 1


@functools.lru_cache(maxsize=512)
def _spread(type: str, role: Role, counts: tuple[int, ...]) -> Block:
    block = _REGISTRY[role, type]
    outputs: list[Port] = []
    for port, count in zip(block.outputs, counts, strict=True):
        if not port.count:
            outputs.append(port)
        outputs += [
            dataclasses.replace(port, name=f"{port.name}{index + 1}", path=(*port.path, index), count="")
            for index in range(count)
        ]
    return dataclasses.replace(block, outputs=tuple(outputs))


def _typed(declared: object, name: str, hint: object) -> Parameter:
    if not isinstance(declared, Parameter):
        raise ValueError(f"{name} must be declared with param() or from_input()")
    choices: tuple[str, ...] = ()
    if typing.get_origin(hint) is Literal:
        kind, dims, choices = "choice", 1, tuple(str(choice) for choice in typing.get_args(hint))
    elif hint in KINDS:
        kind, dims = KINDS[hint]
    else:
        raise ValueError(f"{name} has type {hint}, which a file cannot hold")
    made = declared.named(name, typing.cast(Kind, kind), dims, choices)
    return dataclasses.replace(made, browse=BROWSED[hint]) if hint in BROWSED else made


def _documentation(target: str) -> str:
    if target.startswith("torch."):
        return f"https://docs.pytorch.org/docs/stable/generated/{target}.html"
    return ""


__all__ = [
    "Block",
    "Call",
    "Code",
    "CostRule",
    "Dims",
    "Dtype",
    "File",
    "Folder",
    "FromInput",
    "Message",
    "Pair",
    "Parameter",
    "Place",
    "Port",
    "Role",
    "Rule",
    "Shape",
    "ShapeRule",
    "Size1",
    "Size2",
    "Size3",
    "Size4",
    "Size6",
    "Sizes",
    "block",
    "every",
    "find",
    "fixed",
    "from_input",
    "input_port",
    "output_port",
    "param",
]
