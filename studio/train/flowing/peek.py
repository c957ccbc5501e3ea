"""Shows what flows through a network for one sample: asked for between two steps, or of a network at rest.

A look is one forward pass of one sample in evaluation mode. It draws from no random numbers of the
training, touches no statistics and no gradient, and leaves every weight as it was, to the bit. Weights and
the gradients of the last step are only counted. While nobody asks, nothing of this is called.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from typing import Literal

import torch
from torch import nn

from studio.data import Dataset
from studio.data.preprocessing import Preprocessing, PreprocessingError
from studio.graph import Message, NetwrightError
from studio.project import MODEL, Project
from studio.train.flowing import showing
from studio.train.flowing.following import Attended, Path, Places, Ports, followed
from studio.train.flowing.showing import Numbers, Picture, Spread
from studio.train.loop import measures
from studio.train.loop.feed import Feed
from studio.train.recipe import Again, Batch, Outcome, Recipe, Roles, TrainError
from studio.train.recipes.supervised import Supervised

Part = Literal["train", "validation", "test"]
"""Which split a sample is of."""

What = Literal["values", "weights", "gradients"]
"""What is shown on the nodes."""


@dataclass(frozen=True)
class Ask:
    """What somebody wants to see.

    Attributes:
        project: what the network was made from.
        network: its name.
        wanted: the nodes, by their ways from the network.
        what: what flows, the weights, or their gradients.
        part: the split that the sample is of.
        index: its place in the split; beyond the end it is counted on from the start.
        of_class: take the first one of this class from there on.
        large: the nodes whose pictures are to be looked at closely, with all that is known of them.
        last: of composites that repeat, whether the last round is shown; else the first.
        own: a sample of a person's own instead: its inputs, as a batch of one.
    """

    project: Project = field(repr=False)
    network: str
    wanted: frozenset[Path]
    what: What = "values"
    part: Part = "train"
    index: int = 0
    of_class: int | None = None
    large: frozenset[Path] = frozenset()
    last: bool = True
    own: Mapping[str, torch.Tensor] | None = field(default=None, repr=False, compare=False)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Leaving:
    """What leaves a port of a node."""

    port: str
    numbers: Numbers
    picture: Picture


@dataclass(frozen=True)
class NodeView:
    """What is seen of one node.

    Attributes:
        leaving: what leaves it, by port.
        attention: the layers that attend in it, with how much each query looked at each key.
        weights: how its weights are distributed.
        gradients: how their gradients are.
    """

    leaving: tuple[Leaving, ...] = ()
    attention: tuple[tuple[str, Picture], ...] = ()
    weights: Spread | None = None
    gradients: Spread | None = None


@dataclass(frozen=True)
class Seen:
    """One look.

    Attributes:
        ask: what was asked for.
        nodes: what is seen of the nodes, as far as the sample reaches them.
        index: the place of the sample.
        counts: how many samples each split has.
        truth: the number of its class; None where it has none.
        classes: names of the classes.
        chances: each class with its probability, in the order of the classes.
        sample: the sample as a picture, where it is one.
        words: the sample as text, where it is that.
        step: how many steps had been trained.
        seconds: how long the look took.
        error: why there is nothing to see.
        details: of the error, to copy.
    """

    ask: Ask
    nodes: Mapping[Path, NodeView] = field(default_factory=dict)
    index: int = 0
    counts: Mapping[Part, int] = field(default_factory=dict)
    truth: int | None = None
    classes: tuple[str, ...] = ()
    chances: tuple[tuple[str, float], ...] = ()
    sample: Picture | None = None
    words: str = ""
    step: int = 0
    seconds: float = 0.0
    error: Message | None = None
    details: str = ""

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Known:
    """What is known of the samples besides their tensors.

    Attributes:
        classes: names of the classes.
        preprocessing: how a raw sample became an input.
        truths: by split, the class of each sample, where there are classes.
    """

    classes: tuple[str, ...]
    preprocessing: Preprocessing
    truths: Mapping[Part, torch.Tensor]

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, data: Dataset) -> Known:
        """Keep what is needed of a data set, and not its samples."""
        parts: dict[Part, torch.Tensor] = {}
        for part, split in (("train", data.train), ("validation", data.validation), ("test", data.test)):
            target = next(iter(split.targets.values()), None)
            if data.classes and target is not None and target.dim() == 1:
                parts[part] = target  # type: ignore[index]  # a part, by the tuple above
        return cls(data.classes, data.preprocessing, parts)


class _Looking:
    """The tools of a recipe that only looks."""

    def __init__(self, precision: Callable[[], AbstractContextManager[object]]) -> None:
        self.precision = precision

    def learn(self, roles: Roles, loss: torch.Tensor, again: Again | None = None) -> None:
        raise AssertionError("looking learns nothing")


class Viewer:
    """Looks into one network with its samples."""

    def __init__(
        self,
        recipe: Recipe,
        feeds: Mapping[Part, Feed],
        known: Known,
        precision: Callable[[], AbstractContextManager[object]] = nullcontext,
        *,
        rested: bool = False,
    ) -> None:
        """Look on.

        Args:
            recipe: the networks, and how a sample is shown to them.
            feeds: the samples of each split, prepared for the recipe.
            known: what is known of them.
            precision: the numbers that networks compute with.
            rested: whether nothing trains the network: then its gradients are those of the sample.
        """
        self._recipe = recipe
        self._feeds = {part: feed for part, feed in feeds.items() if feed.count}
        self._known = known
        self._tools = _Looking(precision)
        self._rested = rested

    def look(self, ask: Ask, step: int = 0) -> Seen:
        """Look once; whatever goes wrong is in the answer, and never reaches the training."""
        began = time.perf_counter()
        try:
            seen = self._seen(ask)
        except NetwrightError as error:
            seen = Seen(ask, error=error.message)
        except Exception as error:  # noqa: BLE001  # the training goes on whatever a look meets
            said = Message("This sample cannot be shown: {reason}.", reason=type(error).__name__)
            seen = Seen(ask, error=said, details=traceback.format_exc())
        return replace(seen, step=step, seconds=time.perf_counter() - began)

    def _seen(self, ask: Ask) -> Seen:
        part: Part = ask.part if ask.part in self._feeds else next(iter(self._feeds))
        index = self._index(ask, part)
        batch = self._feeds[part].one(index)
        if ask.own is not None:
            batch = self._own(batch, ask.own)
        model = self._model(ask)
        found: dict[Path, tuple[tuple[Leaving, ...], tuple[tuple[str, Picture], ...]]] = {}

        def noticed(path: Path, ports: Ports, attended: Attended) -> None:
            if ask.last or path not in found:
                found[path] = _drawn(ports, attended, path in ask.large)

        # Nothing is known of what would be right for a sample of one's own: it has no gradients.
        led_back = self._rested and ask.own is None and (ask.what == "gradients" or bool(ask.large))
        with _undisturbed(self._recipe.models), torch.set_grad_enabled(led_back):
            with followed(model, ask.project, ask.network, ask.wanted, noticed):
                outcome = self._recipe.look(batch, self._tools)
            if led_back:
                model.zero_grad(set_to_none=True)
                outcome.losses["loss"].backward()
        places = Places(model, ask.project, ask.network, last=ask.last)
        nodes = {path: _view(ask, places, path, *found.get(path, ((), ()))) for path in ask.wanted}
        if led_back:
            model.zero_grad(set_to_none=True)
        truth = self._known.truths.get(part) if ask.own is None else None
        return Seen(
            ask,
            {path: view for path, view in nodes.items() if view != NodeView()},
            index,
            {part: feed.count for part, feed in self._feeds.items()},
            None if truth is None else int(truth[index]),
            self._known.classes,
            self._chances(outcome),
            *self._as_it_is(batch),
        )

    def _own(self, like: Batch, own: Mapping[str, torch.Tensor]) -> Batch:
        """Put a sample of a person's own where one of the data stands.

        Raises:
            TrainError: the network takes other samples.
        """
        if len(own) == len(like.inputs) == 1 and own.keys() != like.inputs.keys():
            own = {next(iter(like.inputs)): next(iter(own.values()))}
        if {name: values.shape for name, values in own.items()} != {
            name: values.shape for name, values in like.inputs.items()
        }:
            raise TrainError(Message("The sample that was tried does not fit this network."))
        return replace(like, inputs={name: own[name].to(values) for name, values in like.inputs.items()})

    def _model(self, ask: Ask) -> nn.Module:
        models = self._recipe.models
        role = next((role for role, name in ask.project.plan.networks.items() if name == ask.network), MODEL)
        return models.get(role) or next(iter(models.values()))

    def _index(self, ask: Ask, part: Part) -> int:
        count = self._feeds[part].count
        index = ask.index % count
        truth = self._known.truths.get(part)
        if ask.of_class is not None and truth is not None:
            of_it = (truth == ask.of_class).nonzero().reshape(-1)
            if len(of_it):
                index = int(of_it[int(torch.searchsorted(of_it, index)) % len(of_it)])
        return index

    def _chances(self, outcome: Outcome) -> tuple[tuple[str, float], ...]:
        recipe, classes, output = self._recipe, self._known.classes, outcome.output
        if not classes or output is None or not isinstance(recipe, Supervised) or recipe.form == "numbers":
            return ()
        chances = measures.probabilities(recipe.form, output.detach().cpu())
        if chances.dim() != 2 or chances.shape[1] != len(classes):
            return ()
        return tuple(zip(classes, chances[0].tolist(), strict=True))

    def _as_it_is(self, batch: Batch) -> tuple[Picture | None, str]:
        values = next(iter(batch.inputs.values()))[0]
        with suppress(PreprocessingError):
            return showing.image(*self._known.preprocessing.pixels(values)), ""
        with suppress(PreprocessingError):
            return None, self._known.preprocessing.words(values)
        return None, ""


def _drawn(
    ports: Ports, attended: Attended, large: bool
) -> tuple[tuple[Leaving, ...], tuple[tuple[str, Picture], ...]]:
    """Draw what leaves a node, at once."""
    scale = showing.LARGE if large else showing.SMALL
    leaving = []
    for port, value in ports.items():
        single = showing.sample_of(value)
        leaving.append(Leaving(port, showing.numbers(single), showing.picture(single, scale)))
    return tuple(leaving), tuple((name, showing.attention(weights, scale)) for name, weights in attended)


def _view(
    ask: Ask,
    places: Places,
    path: Path,
    leaving: tuple[Leaving, ...],
    attention: tuple[tuple[str, Picture], ...],
) -> NodeView:
    """Put together what is seen of a node."""
    weights = gradients = None
    whole = path in ask.large
    if whole or ask.what != "values":
        module = places.module(path)
        parameters = [] if module is None else list(module.parameters())
        if whole or ask.what == "weights":
            weights = showing.spread(parameters)
        if whole or ask.what == "gradients":
            gradients = showing.spread(p.grad for p in parameters if p.grad is not None)
    return NodeView(leaving, attention, weights, gradients)


@contextmanager
def _undisturbed(models: Mapping[str, nn.Module]) -> Iterator[None]:
    """Have networks in evaluation mode, and find them afterwards exactly as they were."""
    modes = [(module, module.training) for model in models.values() for module in model.modules()]
    # Layers of a person's own may write what they like into their state, also while nothing is learned.
    own = [tensor for module, _ in modes if _is_custom(module) for tensor in module.state_dict().values()]
    kept = [tensor.clone() for tensor in own]
    for model in models.values():
        model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training
        with torch.no_grad():
            for tensor, before in zip(own, kept, strict=True):
                tensor.copy_(before)


def _is_custom(module: nn.Module) -> bool:
    return type(module).__module__.startswith("custom_")
