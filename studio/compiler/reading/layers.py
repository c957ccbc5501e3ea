"""From a call such as `nn.Conv2d(1, 32, kernel_size=3)` to a block of the catalogue and its parameters."""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import torch
from torch import nn

from studio.blocks import Block, Parameter, ParameterError, every
from studio.compiler.measure import target_of
from studio.compiler.reading.text import UnreadableError
from studio.compiler.reading.values import Scope, value_of, written
from studio.compiler.signatures import Argument, constructor, takes
from studio.graph import Expression, Message, Value
from studio.graph.arithmetic import is_arithmetic
from studio.graph.model import same

OWN = "studio.nn."
"""Where our own layers are."""


@dataclass(frozen=True)
class Bound:
    """A block with the parameters that a call sets.

    Attributes:
        block: the declaration.
        parameters: every parameter that a person sets.
        complaints: what of the call the block does not take.
        inplace: it changes what arrives.
        apart: sizes that are one and the same in the block differ in the call, so that it is another block.
    """

    block: Block
    parameters: Mapping[str, Value]
    complaints: tuple[tuple[ast.AST, Message], ...] = ()
    inplace: bool = False
    apart: bool = False

    __hash__ = None  # type: ignore[assignment]

    def differing(self) -> dict[str, Value]:
        """Give the parameters that differ from the block's defaults."""
        defaults = self.block.defaults()
        return {name: value for name, value in self.parameters.items() if not same(value, defaults[name])}


@functools.cache
def by_target() -> Mapping[str, tuple[Block, ...]]:
    """Give the blocks of each dotted target; one whose sizes follow from each other comes first."""
    found: dict[str, list[Block]] = {}
    for block in every():
        if block.call in ("module", "function"):
            found.setdefault(block.target, []).append(block)
    return {target: tuple(sorted(blocks, key=_how_free)) for target, blocks in found.items()}


def _how_free(block: Block) -> int:
    return -len(_linked(block))


@functools.cache
def by_operator() -> Mapping[str, Block]:
    """Give the block of each operator."""
    return {block.operator: block for block in every() if block.call == "infix"}


@functools.cache
def own_layers() -> Mapping[str, str]:
    """Give the dotted target of each of our own layers, by the name of its class."""
    return {target.removeprefix(OWN): target for target in by_target() if target.startswith(OWN)}


@functools.cache
def own_tree(name: str) -> str:
    """Give the syntax tree of one of our own layers as text, to compare a copy of it with."""
    (block, *_) = by_target()[own_layers()[name]]
    (tree,) = ast.parse(inspect.getsource(target_of(block))).body
    return ast.dump(tree)


@functools.cache
def by_function() -> Mapping[str, Block]:
    """Give the layers without weights that torch has as functions too, by lower-case name: `relu`."""
    groups = ("activation", "pooling", "regularization", "shape", "padding", "distance")
    found: dict[str, Block] = {}
    for block in every():
        if block.call == "module" and block.group in groups and block.target.startswith("torch.nn."):
            found.setdefault(block.target.rpartition(".")[2].lower(), block)
    return found


def function_layer(name: str) -> tuple[Block, tuple[Argument, ...]] | None:
    """Give the layer that does what a function of torch does, and what the function takes.

    Args:
        name: the function's dotted name, such as `torch.nn.functional.relu`.
    """
    short = name.rpartition(".")[2]
    block = by_function().get(short.replace("_", ""))
    home = nn.functional if name.startswith("torch.nn.functional.") else torch
    function = getattr(home, short, None)
    if block is None or not name.startswith("torch.") or not callable(function):
        return None
    arguments = takes(function, f"torch.{short}", block)
    return (block, arguments) if arguments else None


@dataclass
class Given:
    """The arguments of a call by name.

    Attributes:
        values: name to expression.
        complaints: arguments that stand where none can.
    """

    values: dict[str, ast.expr] = field(default_factory=dict)
    complaints: list[tuple[ast.AST, Message]] = field(default_factory=list)


def arguments_of(call: ast.Call, taken: Iterable[Argument], title: str) -> Given:
    """Give the arguments of a call by name."""
    given = Given()
    places = [one.name for one in taken if not one.keyword_only]
    for index, value in enumerate(call.args):
        if isinstance(value, ast.Starred):
            given.complaints.append((value, _unpacked(written(value))))
        elif index >= len(places):
            given.complaints.append(
                (
                    value,
                    Message(
                        "“{title}” takes {count} {count:argument|arguments} by place; “{value}” is one more."
                        " Give it by its name.",
                        title=title,
                        count=len(places),
                        value=written(value),
                    ),
                )
            )
        else:
            given.values[places[index]] = value
    for keyword in call.keywords:
        if keyword.arg is None:
            given.complaints.append((keyword.value, _unpacked("**" + written(keyword.value))))
        else:
            given.values[keyword.arg] = keyword.value
    return given


def _unpacked(text: str) -> Message:
    return Message("“{text}” unpacks arguments that are not known here. Write each of them out.", text=text)


def bind(
    block: Block,
    call: ast.AST,
    given: Given,
    taken: Iterable[Argument],
    scope: Scope,
    kept: Scope,
    title: str,
) -> Bound:
    """Find the parameters of a block from the arguments of a call.

    Args:
        block: the declaration.
        call: where the call stands.
        given: the arguments by name; those of tensors are taken out already.
        taken: what the target takes, with its defaults.
        scope: what names stand for.
        kept: what attributes of `self` stand for.
        title: what the target is called in sentences.
    """
    complaints = list(given.complaints)
    inplace = False
    parameters = block.defaults()
    missing = {one.name: one.default for one in taken if one.name not in given.values}
    for name, node in given.values.items():
        parameter = block.parameters.get(name)
        if parameter is None:
            if name != "inplace":
                complaints.append((node, _not_taken(block, name, title)))
            else:
                inplace = not (isinstance(node, ast.Constant) and node.value is False)
        elif parameter.source is None:
            try:
                value = value_of(node, scope, kept)
                checked = value if _may_stand(value, parameter) else parameter.check(value)
            except (UnreadableError, ParameterError) as refusal:
                place = refusal.node if isinstance(refusal, UnreadableError) else node
                complaints.append((place, refusal.message))
                continue
            if not parameter.fixed:
                parameters[name] = checked
            elif not same(checked, parameter.default):
                complaints.append((node, _fixed(parameter, title)))
    for name, parameter in block.parameters.items():
        # What was given in a way that is not read may well be this.
        if name in missing and parameter.source is None and not given.complaints:
            value = _plain(missing[name])
            try:
                checked = parameter.check(value)
            except ParameterError:
                complaints.append((call, _needed(parameter, title)))
                continue
            if not parameter.fixed:
                parameters[name] = checked
            elif not same(checked, parameter.default):
                complaints.append((call, _fixed(parameter, title)))
    apart = not _sizes_agree(block, given)
    if apart:
        complaints.append((call, _not_taken(block, _linked(block)[0], title)))
    return Bound(block, parameters, tuple(complaints), inplace, apart)


def layers(
    blocks: Iterable[Block], call: ast.Call, scope: Scope, kept: Scope, title: str, lazy: bool = False
) -> tuple[Bound, ...]:
    """Give the blocks that a constructor call can mean, the likeliest first.

    Those that take every argument, if there are any; else the one that leaves the fewest over.

    Args:
        blocks: what the class can be.
        call: the call.
        scope: what names stand for.
        kept: what attributes of `self` stand for.
        title: what the class is called in sentences.
        lazy: the class finds out by itself what arrives, as `nn.LazyLinear` does.
    """
    found: list[Bound] = []
    for block in blocks:
        read = {one.name for one in block.parameters.values() if one.source is not None and lazy}
        taken = tuple(one for one in constructor(block) if one.name not in read or one.name == "groups")
        found.append(bind(block, call, arguments_of(call, taken, title), taken, scope, kept, title))
    exact = tuple(one for one in found if not one.complaints)
    return exact or (min(found, key=lambda one: (one.apart, len(one.complaints))),)


def _plain(default: object) -> Value:
    """Give a default of torch as a value: the name of a function, a tuple for a list."""
    if default is inspect.Parameter.empty:
        return None
    if callable(default):
        return str(getattr(default, "__name__", ""))
    if isinstance(default, list):
        return tuple(default)
    return default if isinstance(default, bool | int | float | str | tuple) else None


def _linked(block: Block) -> list[str]:
    """Give the sizes that one dimension of one input settles together, as in a depthwise convolution."""
    places: dict[object, list[str]] = {}
    for name, parameter in block.parameters.items():
        if parameter.source is not None and not parameter.source.unless:
            places.setdefault((parameter.source.port, parameter.source.dim), []).append(name)
    return next((names for names in places.values() if len(names) > 1), [])


def _sizes_agree(block: Block, given: Given) -> bool:
    linked = _linked(block)
    texts = {ast.dump(given.values[name]) if name in given.values else "" for name in linked}
    return not linked or (len(texts) == 1 and "" not in texts)


def _not_taken(block: Block, name: str, title: str) -> Message:
    known = ", ".join(one.name for one in block.parameters.values() if not one.fixed)
    return Message(
        "“{title}” is drawn without “{name}”. It takes: {known}. Take “{name}” out.",
        title=title,
        name=name,
        known=known or "–",
    )


def _needed(parameter: Parameter, title: str) -> Message:
    return Message(
        "“{title}” needs “{name}”: {expected}. Write it as {name}=….",
        title=title,
        name=parameter.name,
        expected=parameter.expects(),
    )


def _fixed(parameter: Parameter, title: str) -> Message:
    return Message(
        "“{title}” is always drawn with {name}={value}. Write it so.",
        title=title,
        name=parameter.name,
        value=repr(parameter.default),
    )


def _may_stand(value: Value, parameter: Parameter) -> bool:
    """Tell whether a value is arithmetic that a parameter can be given; it is checked once it is computed."""
    if isinstance(value, tuple):
        return parameter.kind in ("size", "shape", "dims") and is_arithmetic(value)
    return isinstance(value, Expression)
