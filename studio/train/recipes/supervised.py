"""The supervised recipe: show inputs, compare outputs with targets, lower the loss.

With a seed `s` the whole training on a CPU in float32 is this loop, to the bit (`random_stream` tells the
draws, `choices` what else can change bits):

    model = Network()                                   # weights drawn from a generator seeded s
    torch.manual_seed(s + 1)                            # what dropout draws from
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001, ..., fused=True)
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):          # see `feed.batches` for a last batch of one
            optimizer.zero_grad()
            loss = criterion(model(x[places]), y[places])
            loss.backward()
            optimizer.step()
        schedule.step()

Mixup draws its share (`torch.distributions.Beta`) and then its order (`torch.randperm`) at the begin of each
step, from the stream that dropout draws from.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import torch
from torch import fx, nn

from studio.compiler import Dim, Tensor
from studio.data import Dataset, Split
from studio.data.dataset import is_elsewhere
from studio.graph import Message
from studio.nn import class_weights
from studio.project import MODEL, LossTerm, Plan
from studio.train.flowing.places import last_layer
from studio.train.judging import surfacing
from studio.train.loop import measures
from studio.train.loop.streaming import Fitted, refitted
from studio.train.made import Made
from studio.train.plans import forms
from studio.train.plans.calls import loss_call, make
from studio.train.plans.terms import ONLY, losses_of, model_in, output_of, target_of
from studio.train.recipe import Batch, Guess, Metric, Outcome, Recipe, Tools, TrainError
from studio.train.settings import Settings

_READERS = 8
_ROWS = 64
"""So many samples on the disk are read at a time where the classes of all are counted."""

_LOOKED_AT = (2, 3)
"""Two batches of these sizes are looked at before the first step: what differs grows with the batch."""


@dataclass(frozen=True)
class _Term:
    """One loss, bound to an output and a target."""

    planned: LossTerm
    loss: nn.Module
    title: Message
    form: forms.Form
    target: str
    weight: float
    balanced: bool


@dataclass(frozen=True)
class _Mix:
    """Pairs of samples that are shown as one.

    Attributes:
        share: how much of a pair is its first sample; at least a half.
        order: the second sample of each pair.
    """

    share: float
    order: torch.Tensor

    __hash__ = None  # type: ignore[assignment]

    def of(self, values: torch.Tensor) -> torch.Tensor:
        """Mix values of all samples."""
        return self.share * values + (1 - self.share) * values[self.order]


class Supervised(Recipe):
    """One network, one or several losses on its outputs."""

    streams = True

    def __init__(self, plan: Plan, models: Mapping[str, nn.Module], data: Dataset) -> None:
        """Bind the network and the losses to the data.

        Raises:
            TrainError: the plan names something that the network or the data does not have.
        """
        self.models = models
        self.classes = len(data.classes)
        self._model = model_in(models)
        self._fields = _bind(self._model, data.train.inputs)
        self._terms = tuple(_term(term, data) for term in losses_of(plan))
        self._metrics = plan.metrics
        self._mixup = Settings.of(plan).mixup
        # What the first output is judged as, and by; set before the first step.
        self._judged: Callable[[torch.Tensor], torch.Tensor] = lambda output: output
        self._judged_by = self._terms[0].target
        self._sizes: tuple[int, ...] = ()
        self._task = data.task
        self._data = data
        self._plane: surfacing.Plane | None = None

    # -- before the first step --------------------------------------------------------------------------

    def prepare(self, data: Dataset) -> Dataset:
        """Give the data with every target in the form that its loss needs; see `forms`.

        Raises:
            TrainError: an output does not fit its loss and target.
        """
        self._require_mixable(data.train)
        self._data, self._plane = data, surfacing.plane_of(data, data.train)
        smaller, larger = (self._looked_at(data.train, count) for count in _LOOKED_AT)
        device = _device_of(self._model)
        fits: dict[str, Any] = {}
        bound: list[_Term] = []
        for term in self._terms:
            output = _between(self._output(smaller, term), self._output(larger, term))
            sizes = tuple(data.train.targets[term.target].shape[1:])
            counts = isinstance(term.loss, nn.PoissonNLLLoss)
            facts = forms.Fitting(term.title, data.task, self.classes, output, sizes, counts)
            try:
                fit = forms.fitted(term.form, facts)
                if not bound:
                    fits["judged"] = (term.target, forms.judged_fit(term.form, facts))
                    self._sizes = output.at(1)[1:]
            except forms.FormError as error:
                raise TrainError(error.message, place=last_layer(self._model)) from error
            # Two losses may need one target in two forms: then each has its own.
            name = f"{term.target}\N{RIGHTWARDS ARROW}{len(bound)}"
            fits[name] = (term.target, fit)
            bound.append(replace(term, target=name, loss=term.loss.to(device)))
        self._terms = tuple(bound)
        self._judged = forms.judged_output(bound[0].loss, data.task)
        first = fits.pop("judged")
        self._judged_by = bound[0].target
        if bound[0].form != self.form:
            self._judged_by = "judged"
            fits["judged"] = first

        def ready(split: Split) -> Split:
            try:
                return refitted(split, {name: (name, one.dtype) for name, one in split.inputs.items()}, fits)
            except forms.FormError as error:
                raise TrainError(error.message, place=last_layer(self._model)) from error

        train = ready(data.train)
        for term in self._terms:
            if term.balanced:
                term.loss.weight = _weights(train, term.target, self.classes).to(device)
        return replace(data, train=train, validation=ready(data.validation), test=ready(data.test))

    def _require_mixable(self, split: Split) -> None:
        whole = [name for name, values in split.inputs.items() if not values.is_floating_point()]
        if self._mixup and whole:
            raise TrainError(
                Message(
                    "Mixup mixes numbers with a point, and “{name}” holds whole numbers, such as tokens. "
                    "Set Mixup to 0.",
                    name=whole[0],
                )
            )

    def _looked_at(self, split: Split, count: int) -> Any:
        """Give the outputs for a batch of so many samples; nothing is learned or drawn for good."""
        device = _device_of(self._model)
        first = torch.zeros(count, dtype=torch.int64)
        inputs = {name: values[first].to(device) for name, values in split.inputs.items()}
        was_training = self._model.training
        self._model.eval()
        with torch.no_grad():
            outputs = self._outputs(Batch(inputs, {}, count))
        self._model.train(was_training)
        return outputs

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn from one batch."""
        mix = self._mix(batch) if self._mixup else None
        if mix is not None:
            batch = replace(batch, inputs={name: mix.of(values) for name, values in batch.inputs.items()})
        outcome = self._computed(batch, tools, mix)
        tools.learn(MODEL, outcome.losses["loss"], lambda: self._computed(batch, tools, mix).losses["loss"])
        return outcome

    def _mix(self, batch: Batch) -> _Mix:
        """Draw how samples are mixed; the larger share is the sample itself, by which it is judged."""
        share = torch.distributions.Beta(self._mixup, self._mixup).sample().item()
        order = torch.randperm(batch.size).to(next(iter(batch.inputs.values())).device)
        return _Mix(max(share, 1 - share), order)

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Compute outputs and loss of one batch."""
        return self._computed(batch, tools, None)

    def _computed(self, batch: Batch, tools: Tools, mix: _Mix | None) -> Outcome:
        with tools.precision():
            outputs = self._outputs(batch)
        total: torch.Tensor | None = None
        for term in self._terms:
            output, target = self._output(outputs, term).float(), batch.targets[term.target]
            loss = term.loss(output, target)
            if mix is not None:
                loss = mix.share * loss + (1 - mix.share) * term.loss(output, target[mix.order])
            loss = loss if term.weight == 1.0 else term.weight * loss
            total = loss if total is None else total + loss
        assert total is not None  # there is at least one term
        judged = self._judged(self._output(outputs, self._terms[0]))
        return Outcome({"loss": total}, judged, batch.targets[self._judged_by])

    # -- knowing nothing --------------------------------------------------------------------------------

    def guess(self, batch: Batch) -> Guess | None:
        """Give the loss of equal chances, or of the mean of the numbers."""
        total = 0.0
        outputs = self._looked_at(Split(batch.inputs, batch.targets), 2)
        for term in self._terms:
            shape = (batch.size, *self._output(outputs, term).shape[1:])
            guessed = forms.guessed(term.form, shape, batch.targets[term.target], term.loss)
            if guessed is None:
                return None
            with torch.no_grad():
                total += term.weight * float(term.loss(guessed, batch.targets[term.target]))
        (term, *others) = self._terms
        plain = not others and term.weight == 1.0 and isinstance(term.loss, nn.CrossEntropyLoss)
        return Guess(total, f"ln({shape[1]})" if plain else "")

    # -- to look at -------------------------------------------------------------------------------------

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Show what is answered everywhere on the plane, where samples are two numbers."""
        if self._plane is None:
            return None

        device = _device_of(self._model)

        def judged(places: torch.Tensor) -> tuple[forms.Judged, torch.Tensor]:
            (field,) = self._fields.values()
            batch = Batch({field: places.to(device)}, {}, len(places))
            with tools.precision():
                outputs = self._outputs(batch)
            return self.form, self._judged(self._output(outputs, self._terms[0]))

        # A block of one's own may draw by chance: that must not change what is learned.
        with torch.random.fork_rng([device] if device.type == "cuda" else []):
            found = surfacing.surface_of(self._plane, self._data, judged)
        return None if found is None else Made("surface", Message("Answers on the plane"), surface=found)

    # -- judging ----------------------------------------------------------------------------------------

    @property
    def form(self) -> forms.Judged:
        """What the judged output means."""
        return forms.judged_form(self._terms[0].form, self._task)

    def samples(self, output: torch.Tensor, target: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Give for each sample whether it is right, or how far it is off."""
        wanted = {"accuracy" if "accuracy" in choice.type else choice.type for choice in self._metrics}
        found = measures.right(self.form, output, target)
        return {key: values for key, values in found.items() if key in wanted}

    def metrics(self) -> Mapping[str, Metric]:
        """Give the plan's metrics that say something of the judged output."""
        sizes = forms.judged_sizes(self._terms[0].form, self._sizes)
        made = (measures.metric(choice, self.form, self.classes, sizes) for choice in self._metrics)
        return dict(found for found in made if found is not None)

    # -- the network ------------------------------------------------------------------------------------

    def _outputs(self, batch: Batch) -> Any:
        # Not `self._model(...)`: a GraphModule's own call prints to the terminal when something fails.
        if len(self._fields) == 1:
            (field,) = self._fields.values()
            return nn.Module.__call__(self._model, batch.inputs[field])
        given = {name: batch.inputs[field] for name, field in self._fields.items()}
        return nn.Module.__call__(self._model, **given)

    def _output(self, outputs: Any, term: _Term) -> torch.Tensor:
        named = {ONLY: outputs} if isinstance(outputs, torch.Tensor) else outputs
        if isinstance(named, Mapping) and all(isinstance(value, torch.Tensor) for value in named.values()):
            found: torch.Tensor = named[output_of(term.planned, named)]
            return found
        raise TrainError(
            Message(
                "The network gives {received}. Expected a tensor, or several by name.",
                received=type(outputs).__name__,
            )
        )


def _weights(train: Split, name: str, classes: int) -> torch.Tensor:
    """Give what each class counts; classes that stay on the disk are read once for it."""
    stream = train.stream
    if not is_elsewhere(train.targets[name]) or not isinstance(stream, Fitted):
        return class_weights(train.targets[name], classes)

    def counted(places: torch.Tensor) -> torch.Tensor:
        found = stream.finished(stream.read_all(places.tolist()).targets)[name]
        return torch.bincount(found.flatten(), minlength=classes)

    with ThreadPoolExecutor(_READERS) as readers:
        counts = sum(readers.map(counted, torch.arange(len(train)).split(_ROWS)), torch.zeros(classes).long())
    return int(counts.sum()) / (classes * counts.clamp(min=1).float())


def _term(term: LossTerm, data: Dataset) -> _Term:
    """Make a loss and find its target."""
    values = term.choice.resolved("loss")
    declared = term.choice.declared("loss")
    assert declared is not None  # `resolved` has refused what is not declared
    name = target_of(term, data.train.targets)
    loss: nn.Module = make(loss_call(term.choice))
    balanced = bool(values.get("balance"))
    return _Term(term, loss, Message(declared.title), forms.form_of(loss), name, float(term.weight), balanced)


def _device_of(model: nn.Module) -> torch.device:
    return next(model.parameters(), torch.zeros(())).device


def _bind(model: nn.Module, fields: Mapping[str, torch.Tensor]) -> Mapping[str, str]:
    """Give the data field for each input of the network: by name, or directly where each side has one.

    Raises:
        TrainError: an input finds no field.
    """
    names = inputs_of(model)
    if len(names) == 1 and len(fields) == 1:
        return MappingProxyType({names[0]: next(iter(fields))})
    missing = [name for name in names if name not in fields]
    if missing:
        raise TrainError(
            Message(
                "The network takes {expected}, and the data gives {received}. "
                "Name the Input blocks like the fields of the data.",
                expected=", ".join(f"“{name}”" for name in names),
                received=", ".join(f"“{name}”" for name in fields),
            )
        )
    return MappingProxyType({name: name for name in names})


def inputs_of(model: nn.Module) -> list[str]:
    """Give the names of a network's inputs."""
    if isinstance(model, fx.GraphModule):
        return [str(node.target) for node in model.graph.nodes if node.op == "placeholder"]
    skipped = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        name
        for name, parameter in inspect.signature(model.forward).parameters.items()
        if parameter.kind not in skipped and parameter.default is inspect.Parameter.empty
    ] or ["x"]


def _between(smaller: torch.Tensor, larger: torch.Tensor) -> Tensor:
    """Give what two outputs have in common: sizes that differ grow with the batch."""
    low, high = _LOOKED_AT
    steps = [(b - a) // (high - low) for a, b in zip(smaller.shape, larger.shape, strict=False)]
    dims = (Dim(step, size - low * step) for step, size in zip(steps, smaller.shape, strict=False))
    return Tensor(tuple(dims), str(smaller.dtype).removeprefix("torch."))
