"""The language model recipe: at each place of a text, the network says which token comes next.

Bengio et al. 2003; as GPT of Radford et al. 2018. With a seed `s` the whole training is this loop:

    model = GPT()                                       # tokens (B, T) to scores (B, T, V)
    torch.manual_seed(s + 1)                            # what dropout draws from
    for epoch in range(epochs):
        order = torch.randperm(n, generator=torch.Generator().manual_seed(s * 1_000_003 + epoch))
        for places in order.split(batch_size):
            scores = model(tokens[places])
            loss = cross_entropy(scores.flatten(0, 1), next_tokens[places].flatten(), ignore_index=PADDING)
            optimizer.zero_grad(); loss.backward(); optimizer.step()

`next_tokens` are the data's own targets, or the tokens themselves, one place on. Perplexity is `exp(loss)`;
bits for each character are `loss / log(2)` times the tokens that a character has on average.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import nn
from torch.nn import functional

from studio.compiler import Problem, Tensor
from studio.data import Dataset, Split
from studio.data.dataset import Sample, Stream
from studio.data.tokens import PADDING
from studio.graph import Message
from studio.project import MODEL, Plan
from studio.train.loop.streaming import as_they_are, changed, refitted
from studio.train.made import Made
from studio.train.plans.bound import Bound
from studio.train.plans.entries import called, entries
from studio.train.plans.matching import lengths_in
from studio.train.recipe import Batch, Metric, Outcome, Recipe, Tools
from studio.train.recipes.ahead import refuse_looking_ahead
from studio.train.recipes.generating import continued
from studio.train.recipes.given import field_of

NEXT = "next"
"""The target that holds the tokens that come next."""

_COUNTED = 100_000
"""So many tokens are read to tell how many characters one has."""


class LanguageModel(Recipe):
    """One network that continues texts."""

    streams = True

    def __init__(
        self,
        plan: Plan,
        models: Mapping[str, nn.Module],
        data: Dataset,
        *,
        prompt: str,
        length: int,
        temperature: float,
        top_k: int,
        top_p: float,
        samples: int,
    ) -> None:
        """Bind the network; see the declaration for the parameters."""
        self.models = models
        self._model = models[MODEL]
        self._entry = entries(self._model)[0]
        self._preprocessing = data.preprocessing
        self._prompt, self._length, self._count = prompt, length, samples
        self._temperature, self._top_k, self._top_p = temperature, top_k, top_p
        self._room = 1
        self._characters = 1.0

    # -- before the first step --------------------------------------------------------------------------

    @classmethod
    def misfits(cls, bound: Bound) -> Iterator[Problem]:
        """Give what does not fit."""
        counts = list(bound.count_misfits(MODEL, 1, 1))
        yield from counts
        if counts:
            return
        (place,), (scores,) = bound.inputs(MODEL), bound.outputs(MODEL)
        field = bound.field(place)
        facts = None if field is None else bound.facts.inputs[field]
        if facts is not None and not (facts.whole and len(facts.sample) == 1):
            yield bound.problem(
                place,
                "no_tokens",
                Message(
                    "A language model learns from rows of tokens, and this data gives {received}. "
                    "Choose data of texts.",
                    received=str(Tensor.of(*facts.sample)),
                ),
                expected=Message("whole numbers, one row a sample"),
                received=Message("{sizes}", sizes=str(Tensor.of(*facts.sample))),
            )
            return
        misfits = list(bound.data_misfits(place))
        yield from misfits
        if misfits or facts is None:
            return
        least = (facts.largest or 0) + 1
        known = bound.facts.classes if _same_sizes(bound, facts.sample) else least
        given, wanted = scores.tensor, Tensor.of(*facts.sample, max(known, least))
        settled = given.settled(lengths_in(bound.facts, bound.reports[MODEL]))
        if len(given.shape) == 3 and settled.shape[:2] == wanted.shape[:2]:
            if settled.shape[2].length is None and settled.shape[2].fixed >= max(known, least):
                return  # more tokens than there are do no harm
            wanted = replace(given, shape=(*given.shape[:2], wanted.shape[2]))
        yield from bound.gives(
            scores,
            wanted,
            Message(
                "The network gives {received}, and it must score each of the {count} tokens at each place: "
                "{expected}. Set the last layer to {count} {count:feature|features}.",
                received=str(given),
                expected=str(wanted),
                count=max(known, least),
            ),
        )

    def prepare(self, data: Dataset) -> Dataset:
        """Give the tokens with those that come next, after a look whether the network looks ahead.

        Raises:
            TrainError: it does, so that it would learn nothing.
        """
        field = field_of(self._entry, data.train)
        self._room = data.train.inputs[field].shape[1]
        dtype = torch.int64 if self._entry.tensor is None else self._entry.dtype

        def ready(split: Split) -> Split:
            tokens = split.inputs[field]
            for name, values in split.targets.items():
                if values.shape == tokens.shape and not values.is_floating_point():
                    return refitted(split, {"x": (field, dtype)}, {NEXT: (name, as_they_are)})
            stream = None if split.stream is None else _Shifted(split.stream, field)
            shifted = Split({field: tokens}, {NEXT: changed(tokens, _one_on)}, stream)
            return refitted(shifted, {"x": (field, dtype)}, {NEXT: (NEXT, as_they_are)})

        made = replace(
            data, train=ready(data.train), validation=ready(data.validation), test=ready(data.test)
        )
        counted = min(len(data.train), max(_COUNTED // self._room, 1))
        first = ready(data.train.take(torch.arange(counted)).here())
        if len(first):
            row = first.inputs["x"][:1]
            refuse_looking_ahead(self._model, row, lambda tokens: called(self._model, tokens))
        few = first.targets[NEXT]
        count = int((few != PADDING).sum())
        if self._preprocessing.kind == "tokens" and count:
            text = "".join(self._preprocessing.words(row) for row in few)
            self._characters = max(len(text), 1) / count
        return made

    # -- each step --------------------------------------------------------------------------------------

    def step(self, batch: Batch, tools: Tools) -> Outcome:
        """Learn to tell the next tokens of one batch."""
        loss = self._losses(batch, tools)[0]
        tools.learn(MODEL, loss, lambda: self._losses(batch, tools)[0])
        found = loss.detach()
        return Outcome({"loss": found, "perplexity": found.exp(), "bits_per_character": self._bits(found)})

    def judge(self, batch: Batch, tools: Tools) -> Outcome:
        """Look at one batch; the figures over all batches come of the sums."""
        loss, total, count = self._losses(batch, tools)
        return Outcome({"loss": loss}, total, count)

    def _losses(self, batch: Batch, tools: Tools) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Give the mean over all tokens, and for each sample the sum and how many they are."""
        with tools.precision():
            scores = called(self._model, batch.inputs["x"])
        wanted = batch.targets[NEXT]
        each = functional.cross_entropy(
            scores.float().flatten(0, 1), wanted.flatten().long(), ignore_index=PADDING, reduction="none"
        ).view(wanted.shape)
        total, count = each.sum(1), (wanted != PADDING).sum(1)
        return total.sum() / count.sum().clamp(min=1), total.detach(), count

    def _bits(self, loss: torch.Tensor) -> torch.Tensor:
        return loss / math.log(2) / self._characters

    def metrics(self) -> Mapping[str, Metric]:
        """Give perplexity and bits, over all tokens that are looked at."""
        return {"perplexity": _Spread(None), "bits_per_character": _Spread(self._characters)}

    # -- to look at -------------------------------------------------------------------------------------

    def make(self, tools: Tools, generator: torch.Generator) -> Made | None:
        """Continue the prompt, several times."""
        if self._preprocessing.kind != "tokens" or not self._count:
            return None
        begun = self._preprocessing.numbers(self._prompt) or [PADDING]

        def wanted(_rows: torch.Tensor) -> bool:
            tools.precision()  # refuses where nobody waits any more
            return True

        with tools.precision():
            rows = continued(
                self._model,
                torch.tensor([begun]).repeat(self._count, 1),
                self._length,
                room=self._room,
                temperature=self._temperature,
                top_k=self._top_k,
                top_p=self._top_p,
                generator=generator,
                known=len(self._preprocessing.vocabulary) or None,
                wanted=wanted,
            )
        texts = tuple(self._preprocessing.words(row) for row in rows)
        return Made("texts", Message("Continued by the network"), texts=texts)


def _one_on(tokens: torch.Tensor) -> torch.Tensor:
    """Give rows of tokens one place on."""
    return functional.pad(tokens[..., 1:], (0, 1), value=PADDING)


@dataclass(frozen=True)
class _Shifted:
    """Rows of tokens on the disk, with those that come next."""

    base: Stream
    field: str

    def read(self, place: int) -> Sample:
        """Read one row."""
        return self._shifted(self.base.read(place))

    def read_all(self, places: Sequence[int]) -> Sample:
        """Read several rows."""
        return self._shifted(self.base.read_all(places))

    def _shifted(self, read: Sample) -> Sample:
        tokens = read.inputs[self.field]
        return Sample({self.field: tokens}, {NEXT: _one_on(tokens)})

    def take(self, places: Sequence[int]) -> _Shifted:
        """Give some of the rows."""
        return _Shifted(self.base.take(places), self.field)


class _Spread:
    """Perplexity, or bits for each character."""

    def __init__(self, characters: float | None) -> None:
        self._characters = characters
        self._total, self._count = 0.0, 0

    def update(self, output: torch.Tensor, target: torch.Tensor) -> None:
        """Take the sums and counts of some samples."""
        self._total += float(output.double().sum())
        self._count += int(target.sum())

    def compute(self) -> float:
        """Give the value over all tokens."""
        mean = self._total / max(self._count, 1)
        return math.exp(min(mean, 700)) if self._characters is None else mean / math.log(2) / self._characters


def _same_sizes(bound: Bound, sample: tuple[int, ...]) -> bool:
    return any(field.whole and field.sample == sample for field in bound.facts.targets.values())
