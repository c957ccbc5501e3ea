"""The translation recipe: a network reads one text and writes another, token by token.

Sutskever et al. 2014; with attention as Vaswani et al. 2017. With a seed `s` the whole training is this loop:

    model = Transformer()                               # (B, S) and (B, T) tokens to scores (B, T, V)
    torch.manual_seed(s + 1)                            # what dropout draws from
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):
            scores = model(source[places], written[places])
            loss = cross_entropy(scores.flatten(0, 1), target[places].flatten(), ignore_index=PADDING)
            optimizer.zero_grad(); loss.backward(); optimizer.step()

While it learns, the network is told the right beginning of the answer (teacher forcing): `written` is the
answer one place on. An answer counts as exact where every token is the likeliest one; written token by token
it then comes out just so, as each next step begins with what was right before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import torch
from torch import nn
from torch.nn import functional

from studio.compiler import Problem, Tensor
from studio.data import Dataset, Preprocessing, Split
from studio.data.pairs import SOURCE, WRITTEN, end_of
from studio.data.tokens import PADDING, UNKNOWN
from studio.graph import Message
from studio.project import MODEL, Plan
from studio.train.loop.streaming import as_they_are, refitted
from studio.train.made import Made
from studio.train.plans.bound import Bound
from studio.train.plans.entries import Entry, called, device_of, entries
from studio.train.recipe import Batch, Metric, Outcome, Recipe, Tools, TrainError
from studio.train.recipes.ahead import refuse_looking_ahead

ANSWER = "answer"
"""The target that holds the tokens of the answer."""


class Translation(Recipe):
    """One network with two inputs: what is read, and what is written up to now."""

    streams = True

    def __init__(
        self, plan: Plan, models: Mapping[str, nn.Module], data: Dataset, *, smoothing: float, samples: int
    ) -> None:
        """Bind the network; see the declaration for the parameters."""
        self.models = models
        self._model = models[MODEL]
        self._entries = {entry.name: entry for entry in entries(self._model)}
        self._preprocessing = data.preprocessing
        self._smoothing, self._count = smoothing, samples
        self._room = 1
        self._shown: tuple[torch.Tensor, torch.Tensor] | None = None

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        facts = bound.facts.inputs
        if not {SOURCE, WRITTEN} <= facts.keys():
            yield bound.problem(
                MODEL,
                "no_pairs",
                Message(
                    "This recipe learns from pairs of texts, and the data gives {fields}. "
                    "Choose the data “Pairs of texts”.",
                    fields=", ".join(f"“{name}”" for name in facts),
                ),
                expected=Message("pairs of texts"),
                received=Message("{fields}", fields=", ".join(facts)),
            )
            return
        counts = list(bound.count_misfits(MODEL, 2, 2))
        yield from counts
        if counts:
            return
        places, (scores,) = bound.inputs(MODEL), bound.outputs(MODEL)
        misfits = [misfit for place in places for misfit in bound.data_misfits(place)]
        yield from misfits
        if misfits:
            return
        known = bound.facts.classes
        given, length = scores.tensor, facts[WRITTEN].sample[0]
        wanted = Tensor.of(length, known)
        sizes = given.at(1)
        if len(sizes) == 3 and sizes[1] == length and sizes[2] >= known:
            return  # more tokens than there are do no harm
        yield from bound.gives(
            scores,
            wanted,
            Message(
                "The network gives {received}, and it must score each of the {count} tokens at each place of "
                "the answer: {expected}. Set the last layer to {count} {count:feature|features}.",
                received=str(given),
                expected=str(wanted),
                count=known,
            ),
        )

    def prepare(self, data: Dataset) -> Dataset:
        """Give the pairs in the kind of numbers that the network takes, after a look whether it looks ahead.

        Raises:
            TrainError: it does, so that it would learn nothing; or the data holds no pairs.
        """
        for name in (SOURCE, WRITTEN):
            if name not in data.train.inputs or name not in self._entries:
                raise TrainError(
                    Message(
                        "This recipe needs the input “{name}”, of the data and of the network. The data "
                        "gives {fields}, the network takes {inputs}.",
                        name=name,
                        fields=", ".join(data.train.inputs),
                        inputs=", ".join(self._entries),
                    )
                )

        def ready(split: Split) -> Split:
            names = {name: (name, _kind(self._entries[name])) for name in (SOURCE, WRITTEN)}
            return refitted(split, names, {ANSWER: (next(iter(split.targets)), as_they_are)})

        made = replace(
            data, train=ready(data.train), validation=ready(data.validation), test=ready(data.test)
        )
        self._room = made.train.inputs[WRITTEN].shape[1]
        first = ready(data.train.take(torch.arange(min(1, len(data.train)))).here())
        source = first.inputs[SOURCE].to(device_of(self._model))
        refuse_looking_ahead(self._model, first.inputs[WRITTEN], lambda row: self._scores(source, row))
        part = data.validation if len(data.validation) else data.train
        seen = ready(part.take(torch.arange(min(self._count, len(part)))).here())
        self._shown = seen.inputs[SOURCE], seen.targets[ANSWER]
        return made

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn to write the answers of one batch."""
        found = self._looked_at(batch, tools)
        tools.learn(MODEL, found.losses["loss"], lambda: self._looked_at(batch, tools).losses["loss"])
        return found

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at one batch."""
        return self._looked_at(batch, tools)

    def _looked_at(self, batch: Batch, tools: Tools) -> Outcome:
        """Give the loss; and for each sample how many tokens are right, by how many there are."""
        with tools.precision():
            scores = self._scores(batch.inputs[SOURCE], batch.inputs[WRITTEN]).float()
        wanted = batch.targets[ANSWER].long()
        loss = functional.cross_entropy(
            scores.flatten(0, 1),
            wanted.flatten(),
            ignore_index=PADDING,
            label_smoothing=self._smoothing if self._model.training else 0.0,
        )
        counted = wanted != PADDING
        right = ((scores.argmax(2) == wanted) & counted).sum(1)
        return Outcome({"loss": loss}, right, counted.sum(1))

    def _scores(self, source: torch.Tensor, written: torch.Tensor) -> torch.Tensor:
        given = {SOURCE: source, WRITTEN: written}
        return called(self._model, *(given[name] for name in self._entries))

    def samples(self, output: torch.Tensor, target: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Give for each sample whether its answer is exact, and the share of its tokens that are right."""
        return {
            "exact_match": (output == target).float(),
            "token_accuracy": output.float() / target.clamp(min=1),
        }

    def metrics(self) -> Mapping[str, Metric]:
        """Give the share of exact answers and of right tokens."""
        return {name: _Share(self, name) for name in ("exact_match", "token_accuracy")}

    # -- to look at -------------------------------------------------------------------------------------

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Write the answers of some samples that are not learned from."""
        if self._shown is None or self._preprocessing.kind != "tokens" or not self._count:
            return None
        sources, wanted = self._shown

        def going_on(_rows: torch.Tensor) -> bool:
            tools.precision()  # refuses where nobody waits any more
            return True

        with tools.precision():
            rows = answered(self._model, self._preprocessing, sources, room=self._room, wanted=going_on)
        texts = tuple(
            _shown(*(self._preprocessing.words(row) for row in (source, row, right)))
            for source, row, right in zip(sources, rows, wanted, strict=True)
        )
        return Made("texts", Message("Written by the network"), texts=texts)


class _Share:
    """The mean of a figure of samples."""

    def __init__(self, recipe: Translation, name: str) -> None:
        self._recipe, self._name = recipe, name
        self._total, self._count = 0.0, 0

    def update(self, output: torch.Tensor, target: torch.Tensor) -> None:
        """Take how many tokens of some samples are right, and how many there are."""
        self._total += float(self._recipe.samples(output, target)[self._name].double().sum())
        self._count += len(output)

    def compute(self) -> float:
        """Give the mean over all samples."""
        return self._total / max(self._count, 1)


def answer(
    model: nn.Module,
    preprocessing: Preprocessing,
    text: str,
    *,
    told: Callable[[str], bool] | None = None,
) -> str:
    """Have a network answer a text: each token is the likeliest one after those before.

    Args:
        model: a network with the inputs `source` and `written`; it is left as it was.
        preprocessing: how its texts became tokens.
        text: what is read.
        told: told the answer after each token; a `False` ends it.

    Returns:
        The answer.

    Raises:
        PreprocessingError: the network takes no texts.
    """
    room = next(entry for entry in entries(model) if entry.name == WRITTEN).sample[0]

    def on(rows: torch.Tensor) -> bool:
        return told is None or told(preprocessing.words(rows[0]).rstrip()) is not False

    was_training = model.training
    model.eval()
    try:
        rows = answered(model, preprocessing, preprocessing.tokens(text)[None], room=room, wanted=on)
    finally:
        model.train(was_training)
    return preprocessing.words(rows[0]).rstrip()


@torch.no_grad()
def answered(
    model: nn.Module,
    preprocessing: Preprocessing,
    sources: torch.Tensor,
    *,
    room: int,
    wanted: Callable[[torch.Tensor], bool] = lambda _rows: True,
) -> torch.Tensor:
    """Write the answers to several texts at once.

    Args:
        model: the network, in evaluation mode.
        preprocessing: how its texts became tokens.
        sources: (count, tokens) of what is read.
        room: most tokens of an answer.
        wanted: asked after each token whether to go on.

    Returns:
        (count, tokens) on the processor, each with its end and `PADDING` behind it.
    """
    places = {entry.name: entry for entry in entries(model)}
    where, end = device_of(model), end_of(preprocessing)
    known = len(preprocessing.vocabulary)
    source = sources.to(where, _kind(places[SOURCE]))
    rows = torch.full((len(sources), room + 1), PADDING, dtype=_kind(places[WRITTEN]))
    going = torch.ones(len(sources), dtype=torch.bool)
    for place in range(room):
        given = {SOURCE: source, WRITTEN: rows[:, :room].to(where)}
        scores = called(model, *(given[name] for name in places))[:, place, :known].float().cpu()
        scores[:, : UNKNOWN + 1] = -torch.inf
        rows[going, place + 1] = scores.argmax(1).to(rows.dtype)[going]
        going &= rows[:, place + 1] != end
        if not bool(going.any()) or not wanted(rows[:, 1:]):
            break
    return rows[:, 1:].long()


def _kind(entry: Entry) -> torch.dtype:
    return torch.int64 if entry.tensor is None else entry.dtype


def _shown(source: str, found: str, right: str) -> str:
    source, found, right = source.strip(), found.strip(), right.strip()
    return f"{source} → {found}" if found == right else f"{source} → {found} ≠ {right}"
