"""What was read of a class: the layers it makes, how they are called, what enters and what leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from studio.blocks import Block, Kind
from studio.compiler.reading.layers import Bound
from studio.graph import Initial, Value
from studio.graph.arithmetic import handed_down, names_in


@dataclass(frozen=True)
class Taken:
    """An argument of a class.

    Attributes:
        name: its name.
        kind: what a parameter of a composite is, as its annotation or its default says.
        default: its default; None without one.
    """

    name: str
    kind: Kind
    default: Value


@dataclass(eq=False)
class Made:
    """Something that `__init__` made, or a function that `forward` calls.

    Attributes:
        line: where.
        bound: the blocks that it can be, the likeliest first; empty for a composite.
        part: the class of a composite.
        arguments: what the composite is made with.
        repeat: how often the composite runs in a row.
        attribute: what `self` has it under; empty for a function.
        label: what a comment calls it.
        frozen: its weights are not trained.
        initial: how its weights and its biases begin.
        calls: what it was called for, in order.
        items: the layers of a ModuleList.
        tensor: it is a tensor itself, an nn.Parameter, and is not called.
        inplace: it changes what arrives.
    """

    line: int
    bound: tuple[Bound, ...] = ()
    part: Definition | None = None
    arguments: Mapping[str, Value] = field(default_factory=dict)
    repeat: int = 1
    attribute: str = ""
    label: str = ""
    frozen: bool = False
    initial: Mapping[str, Initial] = field(default_factory=dict)
    calls: list[Drawn] = field(default_factory=list)
    items: list[Made] = field(default_factory=list)
    tensor: bool = False
    inplace: bool = False


@dataclass(eq=False)
class Entry:
    """A tensor that enters: an argument of `forward`; wrong where the sizes told of it cannot be read."""

    name: str
    line: int
    label: str = ""
    shape: tuple[int, ...] | None = None
    open: str = ""
    dtype: str = ""
    wrong: bool = False


@dataclass(eq=False)
class Drawn:
    """One call of a layer or a function: a block on the canvas.

    Attributes:
        made: what is called.
        line: where.
        hint: the new name that the result is given; empty when it takes an older one.
        label: what a comment calls it.
        inputs: input port to what arrives, in order.
        key: its name, once all names are known.
        shares: the call whose weights it uses.
        chosen: which of the blocks it can be was chosen; None while that is open.
        guessed: its text, where what it means depends on what arrives; it is drawn only if that fits.
    """

    made: Made
    line: int
    hint: str = ""
    label: str = ""
    inputs: dict[str, list[Ref]] = field(default_factory=dict)
    key: str = ""
    shares: Drawn | None = None
    chosen: int | None = None
    guessed: str = ""

    @property
    def bound(self) -> Bound:
        """The block that it is taken for."""
        return self.made.bound[self.chosen or 0]

    @property
    def block(self) -> Block:
        """Its declaration, with as many outputs as its parameters ask for."""
        return self.bound.block.spread(self.bound.parameters)


@dataclass(frozen=True)
class Ref:
    """One output of a block, or an input of the network.

    Attributes:
        source: the block or the input.
        port: the output.
        copy: what made a copy of it, which is not changed along with it.
    """

    source: Drawn | Entry
    port: str
    copy: object = None


@dataclass(eq=False)
class Exit:
    """A tensor that leaves."""

    name: str
    ref: Ref | None
    label: str = ""


@dataclass(eq=False)
class Definition:
    """A class that was read.

    Attributes:
        name: the class.
        line: where it begins.
        taken: the arguments of `__init__`.
        entries: what `forward` takes.
        nodes: the calls in order.
        exits: what `forward` gives.
        loose: what was made and never called.
        sized: arguments that only say sizes which are read off what arrives.
        read: parameters that the drawing reads off what arrives where nobody sets them.
        changed: what forward takes and writes over.
        order: what a function takes, tensors and numbers, in order.
    """

    name: str
    line: int
    taken: list[Taken] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    nodes: list[Drawn] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    loose: list[Made] = field(default_factory=list)
    sized: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    changed: set[str] = field(default_factory=set)
    order: tuple[str, ...] = ()

    def offered(self) -> list[Taken]:
        """Give the arguments that are parameters of the composite."""
        return [one for one in self.taken if one.name not in self.sized]

    def everything(self) -> Iterator[Made]:
        """Give all that is made or called, each once."""
        seen: set[int] = set()
        for made in (*(node.made for node in self.nodes), *self.loose):
            if id(made) not in seen:
                seen.add(id(made))
                yield made

    def parts(self) -> Iterator[Definition]:
        """Give the classes that this one is made of."""
        return (made.part for made in self.everything() if made.part is not None)

    def values(self) -> Iterator[Value]:
        """Give every value that a block of this class is made with."""
        for made in self.everything():
            if made.part is None:
                yield from made.bound[0].parameters.values()
            else:
                known = {one.name for one in made.part.offered()}
                for name, value in made.arguments.items():
                    # A size that is handed on to where it would be read off says nothing of its own.
                    if name in known and not (name in made.part.read and handed_down(value)):
                        yield value

    def names_in_values(self) -> frozenset[str]:
        """Give the arguments that blocks are made with, other than for sizes that are read off."""
        return frozenset(name for value in self.values() for name in names_in(value))
