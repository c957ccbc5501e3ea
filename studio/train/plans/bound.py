"""What is known of a plan before anything is made: its networks by role, and what its data holds.

A recipe says by these facts alone whether its networks and its data fit together, so that a window can tell
while one draws, and a run before its first step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from studio.blocks import find
from studio.blocks.wording import role_label
from studio.compiler import Analyser, Problem, Report, Tensor
from studio.data import Facts, Field
from studio.graph import Message, Node, Value
from studio.project import Fix, GraphRef, Plan, Project
from studio.train.plans.matching import field_misfits, names_in
from studio.train.plans.mending import flattening, setting, sizing
from studio.train.recipe import TrainError

EITHER = "any"
"""Stands for a size of a tensor that may be what it is."""


@dataclass(frozen=True)
class Place:
    """An Input or Output of a network.

    Attributes:
        role: what the network is to the recipe.
        node: the block.
        tensor: what enters or leaves there.
        name: its identifier.
    """

    role: str
    node: Node
    tensor: Tensor
    name: str

    __hash__ = None  # type: ignore[assignment]

    @property
    def whole(self) -> bool:
        """Whether it holds whole numbers."""
        return not self.tensor.dtype.startswith("float")

    @property
    def sample(self) -> tuple[int, ...]:
        """Sizes of one sample."""
        return self.tensor.at(1)[1:]

    @property
    def numbers(self) -> int:
        """How many numbers one sample has."""
        return self.tensor.elements(1)


@dataclass(frozen=True)
class Bound:
    """The networks of a plan and its data.

    Attributes:
        project: the project.
        reports: role to what the compiler says of its network; none of them has errors.
        facts: what is known of the data.
        values: the parameters of the recipe.
    """

    project: Project
    reports: Mapping[str, Report]
    facts: Facts
    values: Mapping[str, Value]

    __hash__ = None  # type: ignore[assignment]

    def inputs(self, role: str) -> list[Place]:
        """Give the inputs of a role's network, in order."""
        report = self.reports[role]
        assert report.walk is not None  # the network has no errors
        return self._places(role, report.walk.inputs(), report.inputs)

    def outputs(self, role: str) -> list[Place]:
        """Give the outputs of a role's network, in order."""
        report = self.reports[role]
        assert report.walk is not None  # the network has no errors
        return self._places(role, report.walk.outputs(), report.outputs)

    def _places(self, role: str, nodes: Iterable[Node], tensors: Mapping[str, Tensor]) -> list[Place]:
        names = names_in(self.project, self.reports[role])
        return [Place(role, node, tensors[names[node.id]], names[node.id]) for node in nodes]

    def problem(
        self,
        at: str | Place,
        code: str,
        message: Message,
        *,
        expected: Message | None = None,
        received: Message | None = None,
        fixes: tuple[Fix, ...] = (),
        parameter: str = "",
        warning: bool = False,
    ) -> Problem:
        """Make a problem at a role's network, or at one of its inputs and outputs."""
        role, node = (at, "") if isinstance(at, str) else (at.role, at.node.id)
        return Problem(
            "warning" if warning else "error",
            code,
            self.reports[role].ref,
            node,
            message,
            parameter=parameter,
            expected=expected,
            received=received,
            fixes=fixes,
            about="plan",
        )

    # -- what several recipes ask -----------------------------------------------------------------------

    def count_misfits(self, role: str, low: int, high: int, outputs: int = 1) -> Iterator[Problem]:
        """Tell of a network with too many or too few inputs or outputs."""
        inputs, leaving = self.inputs(role), self.outputs(role)
        if not low <= len(inputs) <= high:
            yield self.problem(
                inputs[-1] if inputs else role,
                "role_inputs",
                Message(
                    "The network in the role “{role}” takes {expected} here, and it has {count} "
                    "{count:input|inputs}.",
                    role=said(role),
                    expected=_so_many(low, high),
                    count=len(inputs),
                ),
                expected=_so_many(low, high),
                received=Message("{count} {count:input|inputs}", count=len(inputs)),
            )
        if len(leaving) != outputs:
            yield self.problem(
                leaving[-1] if leaving else role,
                "role_outputs",
                Message(
                    "The network in the role “{role}” gives {expected} {expected:output|outputs} here, and "
                    "it has {count}.",
                    role=said(role),
                    expected=outputs,
                    count=len(leaving),
                ),
                expected=Message("{count} {count:output|outputs}", count=outputs),
                received=Message("{count} {count:output|outputs}", count=len(leaving)),
            )

    def field(self, place: Place) -> str | None:
        """Give the field of the data that an input is given; None where there is none for it."""
        return field_for(place.name, self.facts.inputs, place.node.name)

    def data_misfits(self, place: Place) -> Iterator[Problem]:
        """Tell of an input that the data does not fit."""
        field = self.field(place)
        yield from field_misfits(
            place.name,
            place.node,
            place.tensor,
            self.facts.inputs[field] if field is not None else None,
            self.facts,
            self.project,
            self.reports[place.role],
        )

    def alike(self, giving: Place, taking: Place) -> Iterator[Problem]:
        """Tell that what one network gives is not what another one takes; the giver is offered a mend."""
        gives, takes = giving.tensor, taking.tensor
        if gives.at(1) == takes.at(1):
            return
        yield from self.gives(
            giving,
            takes,
            Message(
                "What the {one} gives at “{output}” ({received}) is not what the {other} takes at “{input}” "
                "({expected}). Make them alike.",
                one=said(giving.role),
                output=giving.node.name,
                received=str(gives),
                other=said(taking.role),
                input=taking.node.name,
                expected=str(takes),
            ),
        )

    def gives(self, place: Place, wanted: Tensor, message: Message) -> Iterator[Problem]:
        """Tell that an output has other sizes than it must, with a mend where a single number does."""
        if place.tensor.at(1) == wanted.at(1) and place.tensor.at(2) == wanted.at(2):
            return
        report = self.reports[place.role]
        fix = sizing(self.project, report, place.node.id, wanted) or flattening(
            self.project, report, place.node.id, wanted
        )
        found = self.problem(
            place,
            "role_sizes",
            message,
            expected=Message("{sizes}", sizes=str(wanted)),
            received=Message("{sizes}", sizes=str(place.tensor)),
            fixes=(fix,) if fix is not None else (),
            parameter=next(iter(fix.parameters), "") if fix is not None else "",
        )
        yield replace(found, node=fix.node) if fix is not None else found

    def condition_misfits(self, place: Place, names: int) -> Iterator[Problem]:
        """Tell of an input for the class of a sample that cannot take it.

        Args:
            place: the input.
            names: how many different numbers it must tell apart, one for no class included.
        """
        classes = self.facts.classes
        if not classes:
            yield self.problem(
                place,
                "no_classes",
                Message(
                    "The input “{name}” takes the class of a sample, and this data has no classes. "
                    "Take the input out, or choose data with classes.",
                    name=place.node.name,
                ),
                expected=Message("data with classes"),
                received=Message("data without classes"),
            )
        elif place.whole and place.numbers == 1:
            yield from field_misfits(
                place.name,
                place.node,
                place.tensor,
                Field(place.sample, whole=True, largest=names - 1),
                self.facts,
                self.project,
                self.reports[place.role],
            )
        elif place.whole or place.sample != (classes,):
            yield self.problem(
                place,
                "condition_sizes",
                Message(
                    "The input “{name}” takes the class of a sample: one whole number, or {classes} numbers "
                    "of which one is 1. It takes {received}.",
                    name=place.node.name,
                    classes=classes,
                    received=str(place.tensor),
                ),
                expected=Message("B × {classes}, or whole numbers", classes=classes),
                received=Message("{sizes}", sizes=str(place.tensor)),
                fixes=(setting(place.node, "shape", (classes,), str(classes)),),
                parameter="shape",
            )


def said(role: str) -> Message:
    """Give what a role is called, for people."""
    return Message(role_label(role))


def _so_many(low: int, high: int) -> Message:
    if low == high:
        return Message("{count} {count:input|inputs}", count=low)
    return Message("{low} or {high} inputs", low=low, high=high)


def field_for(name: str, fields: Iterable[str], label: str = "") -> str | None:
    """Give the field for an input: by name, or the only one there is."""
    known = list(fields)
    if name in known or label in known:
        return name if name in known else label
    return known[0] if len(known) == 1 else None


def role_mistakes(plan: Plan) -> Iterator[TrainError]:
    """Give every role of a recipe without a network, every network in a role that it does not have."""
    declared = plan.recipe.declared("recipe")
    if declared is None:
        return  # told as a recipe that is not known
    roles = {port.name: port for port in declared.inputs}
    for name, port in roles.items():
        if name not in plan.networks and not port.optional:
            yield TrainError(
                Message(
                    "The recipe “{recipe}” needs a network in the role “{role}”. Choose one in the plan.",
                    recipe=Message(declared.title),
                    role=said(name),
                )
            )
    for name, network in plan.networks.items():
        if name not in roles:
            yield TrainError(
                Message(
                    "The recipe “{recipe}” has no role “{role}”, in which the plan has the network "
                    "“{network}”. It has: {known}.",
                    recipe=Message(declared.title),
                    role=said(name),
                    network=network,
                    known=", ".join(roles) or "–",
                )
            )
    taken: dict[str, str] = {}
    for role, network in plan.networks.items():
        if network in taken:
            yield TrainError(
                Message(
                    "The network “{network}” stands in two roles, “{one}” and “{other}”. Give each its own.",
                    network=network,
                    one=said(taken[network]),
                    other=said(role),
                )
            )
        taken[network] = role


def bound_to(project: Project, analyser: Analyser, facts: Facts) -> Bound | None:
    """Give what a recipe's check looks at; None while a network is missing or has mistakes of its own."""
    plan = project.plan
    if find(plan.recipe.type, "recipe") is None:
        return None
    reports: dict[str, Report] = {}
    for role, name in plan.networks.items():
        ref = GraphRef("network", name)
        if name not in project.networks:
            return None
        report = analyser.analyse(project, ref)
        if not report.ok or report.walk is None or not report.nodes:
            return None
        reports[role] = report
    return Bound(project, reports, facts, plan.recipe.resolved("recipe"))
