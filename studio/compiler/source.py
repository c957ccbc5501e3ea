"""The network as Python that an engineer would commit: plain torch, names from the canvas, shapes beside.

Nothing of a file's text reaches the code but checked identifiers and literals of typed values; labels
appear in comments only, on one line and without control characters.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator, Mapping

from studio.blocks import Block
from studio.compiler.analyse import Analyser
from studio.compiler.measure import arguments, target_of
from studio.compiler.names import class_name
from studio.compiler.program import Program, Source, Step, program
from studio.graph import Value
from studio.project import COMPOSITE, Project

WIDTH = 88
"""Longest line before a call is broken up, as Black has it."""

_RECURRENT_DEFAULTS: Mapping[str, Value] = {
    "num_layers": 1,
    "nonlinearity": "tanh",
    "bias": True,
    "batch_first": False,
    "dropout": 0.0,
    "bidirectional": False,
}
"""Recurrent layers take `*args`, so their defaults cannot be read off the signature."""


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
    classes: dict[str, tuple[str, list[str]]] = {}
    own: dict[str, str] = {}
    _class(ordered, classes, own)
    lines = [
        '"""A network drawn in Netwright, as plain PyTorch."""',
        "",
        "import torch",
        "from torch import nn",
    ]
    for text in own.values():
        lines += ["", "", *text.rstrip().splitlines()]
    for _, body in classes.values():
        lines += ["", "", *body]
    return "\n".join(lines) + "\n"


def _class(ordered: Program, classes: dict[str, tuple[str, list[str]]], own: dict[str, str]) -> str:
    """Write a program's class, after those it needs; programs that come out alike share one class.

    Returns:
        The class's name.
    """
    made = [(step, _construction(step, classes, own)) for step in ordered.attributes()]
    body = list(_body(ordered, made))
    key = "\n".join([class_name(ordered.ref.name), *body])
    if key in classes:
        return classes[key][0]
    stem = class_name(ordered.ref.name)
    taken = {name for name, _ in classes.values()} | set(own)
    if ordered.ref.place == "composite" and stem in taken | {"Main"}:
        number = 2
        while f"{stem}{number}" in taken:
            number += 1
        stem = f"{stem}{number}"
    elif stem in taken:
        stem += "Network"
    classes[key] = (stem, [f"class {stem}(nn.Module):", *body])
    return stem


def _body(ordered: Program, made: list[tuple[Step, str]]) -> Iterator[str]:
    yield f'    """{ordered.parameters:,} parameters; B is the batch size.'
    yield ""
    yield "    Inputs:"
    for _, name, tensor in ordered.inputs:
        yield f"        {name}: {tensor} ({tensor.dtype})"
    yield ""
    yield "    Outputs:"
    for name, _, tensor in ordered.outputs:
        yield f"        {name}: {tensor} ({tensor.dtype})"
    yield '    """'
    yield ""
    yield "    def __init__(self) -> None:"
    yield "        super().__init__()"
    for step, construction in made:
        yield from _broken(f"        self.{step.name} = ", construction, _label(step))
        if step.node.frozen:
            yield f"        self.{step.name}.requires_grad_(False)"
    yield ""
    taken = ", ".join(f"{name}: torch.Tensor" for _, name, _ in ordered.inputs)
    gives = "torch.Tensor" if len(ordered.outputs) == 1 else "dict[str, torch.Tensor]"
    yield f"    def forward(self, {taken}) -> {gives}:"
    yield from _forward(ordered)


def _forward(ordered: Program) -> Iterator[str]:
    """Write the statements of forward; a value's name is used again when nothing reads it any more."""
    last_read: dict[Source, int] = {}
    for index, step in enumerate(ordered.steps):
        for sources in step.inputs.values():
            for value in sources:
                last_read[value] = index
    for _, value, _ in ordered.outputs:
        last_read[value] = len(ordered.steps)
    names: dict[Source, str] = {(key, "y"): name for key, name, _ in ordered.inputs}
    reserved = {step.name for step in ordered.steps} | set(names.values())
    for index, step in enumerate(ordered.steps):
        arriving = [value for sources in step.inputs.values() for value in sources]
        call = _call(step, names)
        plain = step.block.outputs[0].name
        target = step.name
        if arriving and len(step.used) == 1 and next(iter(step.used)) == plain:
            first = arriving[0]
            if last_read[first] == index and sum(name == names[first] for name in names.values()) == 1:
                target = names.pop(first)
        for value in arriving:
            if last_read[value] == index:
                names.pop(value, None)
        bound = _targets(step, target, reserved)
        for port in step.used:
            names[step.node.id, port] = bound[1][port]
        shapes = ", ".join(
            str(step.outputs[port.name]) for port in step.block.outputs if port.name in step.used
        )
        yield f"        {bound[0]} = {call}  # {shapes}"
        for port, key in bound[2]:
            yield f'        {port} = {target}["{key}"]'
    leaving = [(name, names[value]) for name, value, _ in ordered.outputs]
    if len(leaving) == 1:
        yield f"        return {leaving[0][1]}"
    else:
        yield "        return {" + ", ".join(f'"{name}": {value}' for name, value in leaving) + "}"


def _targets(
    step: Step, target: str, reserved: set[str]
) -> tuple[str, dict[str, str], list[tuple[str, str]]]:
    """Name what a call gives.

    Returns:
        The left side of the assignment, the name of each used port, and (name, key) of entries to take
        out of a dict afterwards.
    """
    ports = step.block.outputs
    if len(ports) == 1:
        return target, {ports[0].name: target}, []
    named = {
        port.name: target
        if index == 0 and port.name in step.used
        else _free(f"{step.name}_{port.name}", reserved)
        for index, port in enumerate(ports)
    }
    if step.node.type == COMPOSITE:
        keys = {port.name: name for port, (name, _, _) in zip(ports, step.inner[-1].outputs, strict=True)}
        parts = {port.name: _free(f"{step.name}_{keys[port.name]}", reserved) for port in ports}
        return (
            target,
            parts,
            [(parts[port.name], keys[port.name]) for port in ports if port.name in step.used],
        )
    tree: dict[int, object] = {}
    for port in ports:
        level = tree
        for part in port.path[:-1]:
            inner = level.setdefault(part, {})
            assert isinstance(inner, dict)
            level = inner
        level[port.path[-1]] = named[port.name] if port.name in step.used else "_"
    return _unpack(tree)[1:-1] if len(tree) > 1 else _unpack(tree), named, []


def _unpack(tree: object) -> str:
    if isinstance(tree, dict):
        parts = [_unpack(tree[index]) for index in sorted(tree)]
        return "_" if all(part == "_" for part in parts) else "(" + ", ".join(parts) + ")"
    return str(tree)


def _free(name: str, reserved: set[str]) -> str:
    while name in reserved:
        name += "_"
    return name


def _call(step: Step, names: Mapping[Source, str]) -> str:
    given = {port: [names[value] for value in sources] for port, sources in step.inputs.items()}
    if step.node.type == COMPOSITE:
        if len(given) == 1:
            return f"self.{step.owner}({next(iter(given.values()))[0]})"
        ports = {
            port.name: name
            for port, (_, name, _) in zip(step.block.inputs, step.inner[0].inputs, strict=True)
        }
        return f"self.{step.owner}({', '.join(f'{ports[port]}={found[0]}' for port, found in given.items())})"
    parts: list[str] = []
    packs: dict[str, list[str]] = {}
    for port in step.block.inputs:
        values = given.get(port.name)
        if not values:
            continue
        value = f"[{', '.join(values)}]" if port.many and step.block.call != "infix" else ", ".join(values)
        if step.block.call == "infix":
            parts += values
        elif port.pack:
            if port.pack not in packs:
                parts.append(port.pack)
            packs.setdefault(port.pack, []).append(value)
        else:
            parts.append(f"{port.name}={value}" if port.keyword else value)
    parts = [f"({', '.join(packs[part])})" if part in packs else part for part in parts]
    if step.block.call == "infix":
        return f" {step.block.operator} ".join(parts)
    extra = arguments(step.block, step.values, at_call=step.block.call == "module")
    parts += [f"{name}={literal(value)}" for name, value in extra.items()]
    return (
        f"{step.block.target if step.block.call == 'function' else 'self.' + step.owner}({', '.join(parts)})"
    )


def _construction(step: Step, classes: dict[str, tuple[str, list[str]]], own: dict[str, str]) -> str:
    if step.node.type == COMPOSITE:
        rounds = [_class(inner, classes, own) for inner in step.inner]
        if len(rounds) == 1:
            return f"{rounds[0]}()"
        if len(set(rounds)) == 1:
            return f"nn.Sequential(*({rounds[0]}() for _ in range({len(rounds)})))"
        return f"nn.Sequential({', '.join(f'{name}()' for name in rounds)})"
    return construction(step.block, step.values, own)


def construction(block: Block, values: Mapping[str, Value], own: dict[str, str]) -> str:
    """Give the expression that makes a block's module: `nn.Conv2d(1, 32, kernel_size=3, padding=1)`.

    Args:
        block: its declaration.
        values: its parameters, resolved.
        own: collects the source of our own layers by class name, to be written above.
    """
    target = target_of(block)
    name = block.target.rpartition(".")[2]
    if block.target.startswith("studio.nn."):
        own[name] = inspect.getsource(target)
    else:
        name = f"nn.{name}"
    signature = inspect.signature(target.__init__)
    recurrent = any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in signature.parameters.values())
    parts: list[str] = []
    for key, value in arguments(block, values, at_call=False).items():
        known = signature.parameters.get(key)
        required = (
            key in ("input_size", "hidden_size")
            if recurrent
            else known is not None and known.default is known.empty
        )
        if required and len(parts) < 2 and all("=" not in part for part in parts):
            parts.append(literal(value))
            continue
        default = (
            _RECURRENT_DEFAULTS.get(key) if recurrent else (known.default if known is not None else None)
        )
        if required or value != default or isinstance(value, bool) is not isinstance(default, bool):
            parts.append(f"{key}={literal(value)}")
    return f"{name}({', '.join(parts)})"


def literal(value: Value) -> str:
    """Give a typed value as a Python literal.

    Raises:
        ValueError: a number without a literal (inf, nan), or a value that is no plain one.
    """
    match value:
        case None | bool() | int() | str():
            return repr(value) if not isinstance(value, str) else _quoted(value)
        case float() if math.isfinite(value):
            return repr(value)
        case tuple():
            parts = [literal(part) for part in value]
            return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
    raise ValueError(f"{value!r} has no literal")


def _quoted(text: str) -> str:
    """Give a string literal in double quotes, in ASCII."""
    plain = ascii(text)
    return f'"{plain[1:-1]}"' if plain[0] == "'" and '"' not in plain else plain


def _label(step: Step) -> str:
    """Give the label as a comment where the identifier does not show it: Chinese, mostly."""
    if step.node.name == step.name or step.node.name.isascii():
        return ""
    return "".join(letter for letter in step.node.name[:60] if letter.isprintable())


def _broken(start: str, expression: str, label: str) -> Iterator[str]:
    """Give an assignment on one line, or with its arguments below when it is too long."""
    comment = f"  # {label}" if label else ""
    if len(start + expression) <= WIDTH or "(" not in expression:
        yield f"{start}{expression}{comment}"
        return
    head, _, rest = expression.partition("(")
    yield f"{start}{head}({comment}"
    inner = rest[:-1]
    if len(inner) + 12 <= WIDTH:
        yield f"            {inner}"
    else:
        for part in _split(inner):
            yield f"            {part},"
    yield "        )"


def _split(text: str) -> list[str]:
    """Split arguments at the commas that stand in no brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append(text[start:index].strip())
            start = index + 1
    return [*parts, text[start:].strip()]
