"""What a training script stands on besides the plan: the network that leaves, and the run it repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.compiler.program import Program
from studio.compiler.source import literal
from studio.project import MODEL, LossTerm
from studio.train.machine.choices import Choices


@dataclass(frozen=True)
class Frame:
    """What the script stands on besides the plan.

    Attributes:
        module: the module that holds the network's class.
        class_name: the class.
        program: the network.
        rates: dotted module name to a factor on the learning rate.
        choices: threads and layout of the run that it repeats; None where there was none.
        normalises: whether the network normalises over the batch.
        called: how the script calls it; another name only where it uses that of the class for something else.
        apart: names of the weights that the optimizer moves itself, where another one moves the rest.
        others: whether there are weights besides.
        role: what the network is to the recipe.
        alone: whether it is the only network of the plan.
        data: the file beside the script that samples are saved in, where they are.
    """

    module: str
    class_name: str
    program: Program
    rates: Mapping[str, float]
    choices: Choices | None
    normalises: bool
    called: str = ""
    apart: frozenset[str] = frozenset()
    others: bool = True
    role: str = MODEL
    alone: bool = True
    data: str = "data.npz"

    def __post_init__(self) -> None:
        """Call the class by its own name, unless told otherwise."""
        object.__setattr__(self, "called", self.called or self.class_name)

    __hash__ = None  # type: ignore[assignment]

    @property
    def mark(self) -> str:
        """What names end in that belong to this network: nothing where there is no other one."""
        return "" if self.alone else f"_{self.role}"

    @property
    def model(self) -> str:
        """How the script writes the network while it trains."""
        return "model" if self.alone else f"model[{literal(self.role)}]"

    def output(self, term: LossTerm) -> str:
        """Give the name of the output that a loss judges."""
        return term.output or self.program.outputs[0][0]

    def written(self, term: LossTerm) -> str:
        """Give that output as the script writes it."""
        single = len(self.program.outputs) == 1
        return "outputs" if single else f"outputs[{literal(self.output(term))}]"

    def sizes(self, term: LossTerm) -> tuple[int, ...]:
        """Give the sizes of that output, without the batch."""
        tensors = {name: tensor for name, _, tensor in self.program.outputs}
        return tensors[self.output(term)].at(1)[1:]
