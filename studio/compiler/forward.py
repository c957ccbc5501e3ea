"""The statements of `forward`: one a block, with names from the canvas and shapes beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from studio.blocks import Port
from studio.blocks.typed import alias
from studio.compiler.lines import Bracket, Infix, Piece, fits, flat, named, of, statement
from studio.compiler.program import Program, Source, Step
from studio.project import COMPOSITE

Extra = Mapping[str, list[tuple[str, Piece]]]
"""Node id to the parameters that are passed at every call, by name."""


SHORT = 24
"""The longest name of one of the results of a composite, so that taking it out fits on a line."""


def forward(ordered: Program, extra: Extra, labels: Mapping[str, str]) -> Iterator[str]:
    """Write the statements of forward.

    A layer's result goes by the name of what it was made from when nothing reads that any more; the result
    of a function, and of a layer that is used again, goes by the block's own name. What a layer gives is of
    any type to a type checker, so the result that forward returns is said to be a tensor where it begins.

    Args:
        ordered: the program.
        extra: what is passed at every call besides tensors.
        labels: identifier to the comment of a block.
    """
    yield from _Forward(ordered, extra, labels).lines()


@dataclass(frozen=True)
class _Assigned:
    """One assignment of forward.

    Attributes:
        left: what stands before the equals sign.
        names: the variables in it.
        value: what is assigned.
        said: the comment.
        like: the variables that must be tensors for a type checker to take the value for one; an empty name
            where it never does, as of what a layer gives.
        before: a line that stands before it.
        loop: the head of the loop that it is the body of; empty for none.
        node: the id of the block that it is written for.
    """

    left: str
    names: frozenset[str]
    value: Piece
    said: str
    like: frozenset[str]
    before: str = ""
    loop: str = ""
    node: str = ""


class _Forward:
    """Writes one forward, knowing which variable holds which value."""

    def __init__(self, ordered: Program, extra: Extra, labels: Mapping[str, str]) -> None:
        self.ordered = ordered
        self.labels = labels
        self.extra = extra
        self.same: dict[Source, Source] = {}
        self.steps = [step for step in ordered.steps if not self._passes_on(step)]
        self.names: dict[Source, str] = {(key, "y"): name for key, name, _ in ordered.inputs}
        self.reserved = {step.name for step in ordered.steps} | set(self.names.values())
        self.layer = self._free("layer")
        self.parts: dict[Source, str] = {}
        self.last_read: dict[Source, int] = {}
        for index, step in enumerate(self.steps):
            for value in self._arriving(step):
                self.last_read[value] = index
        for _, value, _ in ordered.outputs:
            self.last_read[self._origin(value)] = len(self.steps)

    def lines(self) -> Iterator[str]:
        assigned = [
            replace(one, node=step.node.id)
            for index, step in enumerate(self.steps)
            for one in self._step(step, index)
        ]
        leaving = [(name, self.names[self._origin(value)]) for name, value, _ in self.ordered.outputs]
        only = leaving[0][1] if len(leaving) == 1 else ""
        if only and not self._is_tensor(only, assigned):
            first = next(number for number, one in enumerate(assigned) if only in one.names)
            if assigned[first].left == only:
                assigned[first] = replace(assigned[first], left=f"{only}: torch.Tensor")
            else:
                assigned[first] = replace(assigned[first], before=f"        {only}: torch.Tensor")
        for one in assigned:
            yield from of(one.node, [one.before] * bool(one.before))
            yield from of(one.node, [f"        {one.loop}"] * bool(one.loop))
            indent = 12 if one.loop else 8
            yield from of(one.node, statement(f"{one.left} = ", one.value, comment=one.said, indent=indent))
        if only:
            (end,) = self.ordered.ends.values()
            yield from of(end, [f"        return {only}"])
        else:
            parts = tuple(f'"{name}": {value}' for name, value in leaving)
            yield from statement("return ", Bracket("{", parts, "}", items=True))

    def _is_tensor(self, name: str, assigned: list[_Assigned]) -> bool:
        """Tell whether a type checker takes a variable for a tensor at the end."""
        tensors = {name for _, name, _ in self.ordered.inputs}
        known = set(tensors)
        for one in assigned:
            if one.like <= tensors:
                tensors |= one.names
            else:
                tensors -= one.names - known
        return name in tensors

    def _passes_on(self, step: Step) -> bool:
        """Tell whether a step is the sum or product of one tensor, which is that tensor."""
        arriving = [value for sources in step.inputs.values() for value in sources]
        if step.block.call == "infix" and len(arriving) == 1:
            self.same[step.node.id, step.block.outputs[0].name] = arriving[0]
            return True
        return False

    def _origin(self, value: Source) -> Source:
        while value in self.same:
            value = self.same[value]
        return value

    def _arriving(self, step: Step) -> list[Source]:
        return [self._origin(value) for sources in step.inputs.values() for value in sources]

    def _step(self, step: Step, index: int) -> Iterator[_Assigned]:
        target = self._target(step, index)
        first = self.names[self._arriving(step)[0]] if step.loops else ""
        call = self._call(step, target)
        like = _like(step, call)
        for value in self._arriving(step):
            if self.last_read[value] == index:
                self.names.pop(value, None)
        shapes = ", ".join(
            str(step.outputs[port.name]) for port in step.block.outputs if port.name in step.used
        )
        called = "" if step.has_module and step.owner == step.name else self.labels[step.name]
        said = f"{called}: {shapes}" if called else shapes
        ports = step.block.outputs
        if len(ports) == 1 and not ports[0].path:
            self.names[step.node.id, ports[0].name] = target
            if first not in ("", target):
                yield _Assigned(target, frozenset([target]), first, "", frozenset([first]))
            loop = f"for {self.layer} in self.{step.owner}:" if step.loops else ""
            yield _Assigned(target, frozenset([target]), call, said, like, loop=loop)
            return
        if step.node.type != COMPOSITE and len(ports) > 1:
            bound = {
                port.name: target if number == 0 and port.name in step.used else self._part(step, port.name)
                for number, port in enumerate(ports)
            }
            left = _unpacked(step, bound)
            if fits(f"        {left} = {flat(call)}"):
                names = frozenset(bound[port] for port in step.used)
                yield _Assigned(left, names, call, said, like)
                self._bind(step, bound)
                return
        keys = {port.name: _keys(step, port) for port in ports if port.name in step.used}
        bound = {port: self._part(step, called) for port, (_, called) in keys.items()}
        whole = step.name
        if not all(fits(f"        {bound[port]} = {whole}{keys[port][0]}") for port in keys):
            whole = self._free("parts")
        yield _Assigned(whole, frozenset([whole]), call, said, like)
        for port, (key, _) in keys.items():
            yield _Assigned(bound[port], frozenset([bound[port]]), f"{whole}{key}", "", like)
        self._bind(step, bound)

    def _bind(self, step: Step, bound: Mapping[str, str]) -> None:
        for port in step.used:
            self.names[step.node.id, port] = bound[port]

    def _target(self, step: Step, index: int) -> str:
        """Name the result: as what it is made from, where a layer is the last to read that."""
        first = self._arriving(step)[:1]
        if not first or not step.has_module or step.owner != step.name:
            return step.name
        if step.used != {step.block.outputs[0].name} or self.last_read[first[0]] != index:
            return step.name
        if step.loops and first[0] in self._arriving(step)[1:]:
            return step.name  # it is given to every round as it came
        name = self.names[first[0]]
        return name if sum(other == name for other in self.names.values()) == 1 else step.name

    def _part(self, step: Step, port: str) -> str:
        """Name one of several results, which no other value is called."""
        key = (step.node.id, port)
        if key not in self.parts:
            name = f"{step.name}_{port}"
            self.parts[key] = self._free(name[:SHORT].rstrip("_") if step.node.type == COMPOSITE else name)
            self.reserved.add(self.parts[key])
        return self.parts[key]

    def _free(self, name: str) -> str:
        while name in self.reserved:
            name += "_"
        return name

    def _call(self, step: Step, target: str) -> Piece:
        given = {
            port: [self.names[self._origin(value)] for value in sources]
            for port, sources in step.inputs.items()
        }
        if step.node.type == COMPOSITE:
            if len(given) == 1:
                return Bracket(f"self.{step.owner}(", (next(iter(given.values()))[0],))
            ports = step.arguments()
            if step.loops:  # what leaves a round enters the next one
                given[step.block.inputs[0].name] = [target]
            called = f"{self.layer}(" if step.loops else f"self.{step.owner}("
            return Bracket(called, tuple(f"{ports[port]}={found[0]}" for port, found in given.items()))
        if step.block.call == "infix":
            return Infix(step.block.operator, tuple(name for names in given.values() for name in names))
        parts: list[Piece] = [*_passed(step, given)]
        parts += [named(f"{name}=", value) for name, value in self.extra.get(step.node.id, [])]
        function = step.block.target.replace("torch.nn.", "nn.")
        if step.block.code is not None:
            function = alias(function)
        return Bracket(
            f"{function}(" if step.block.call == "function" else f"self.{step.owner}(", tuple(parts)
        )


def _like(step: Step, call: Piece) -> frozenset[str]:
    """Tell when a type checker takes a value for a tensor: see `_Assigned.like`."""
    if isinstance(call, Infix):
        return frozenset(call.parts)
    target = step.block.target
    typed = step.block.call == "function" and target.startswith("torch.") and "linalg" not in target
    return frozenset() if typed else frozenset([""])


def _passed(step: Step, given: Mapping[str, list[str]]) -> Iterator[Piece]:
    """Give the tensors of a call: in order, as a list or a tuple where the target takes one, or by name."""
    packs: set[str] = set()
    for port in step.block.inputs:
        names = given.get(port.name)
        if not names or port.pack in packs:
            continue
        if port.pack:
            packs.add(port.pack)
            together = [
                given[other.name][0]
                for other in step.block.inputs
                if other.pack == port.pack and other.name in given
            ]
            yield Bracket("(", tuple(together), items=True)
        else:
            value: Piece = Bracket("[", tuple(names), "]", items=True) if port.many else names[0]
            yield named(f"{port.name}=", value) if port.keyword else value


def _keys(step: Step, port: Port) -> tuple[str, str]:
    """Give how an output is taken out of a result that holds several, and what it is called."""
    if step.node.type == COMPOSITE:
        place = [known.name for known in step.block.outputs].index(port.name)
        name = step.inner[-1].outputs[place][0]
        return f'["{name}"]', name
    return "".join(f"[{part}]" for part in port.path), port.name


def _unpacked(step: Step, bound: Mapping[str, str]) -> str:
    """Give the left side of an assignment that unpacks a result, such as `x, (h, _)`."""
    tree: dict[int, object] = {}
    for port in step.block.outputs:
        level = tree
        for part in port.path[:-1]:
            inner = level.setdefault(part, {})
            assert isinstance(inner, dict)
            level = inner
        level[port.path[-1]] = bound[port.name] if port.name in step.used else "_"
    text = _tuple(tree)
    return text[1:-1] if len(tree) > 1 else text


def _tuple(tree: object) -> str:
    if isinstance(tree, dict):
        parts = [_tuple(tree[index]) for index in sorted(tree)]
        if all(part == "_" for part in parts):
            return "_"
        return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
    return str(tree)
