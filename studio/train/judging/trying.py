"""Tries a trained network on one sample: of the data, or of a person's own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import torch
from torch import nn

from studio.data import Dataset
from studio.data.pairs import SOURCE, WRITTEN, one_on
from studio.data.preprocessing import bilinear
from studio.data.tokens import PADDING, UNKNOWN, words_of
from studio.graph import Message
from studio.project import Plan
from studio.train.judging.answers import Kind, Part, Shown, looked_at, part_of, words_of_tokens
from studio.train.judging.pairing import paired, score
from studio.train.loop import measures
from studio.train.plans.calls import loss_call, make
from studio.train.plans.forms import Judged, form_of, judged_form, judged_output
from studio.train.plans.terms import output_of
from studio.train.recipe import TrainError
from studio.train.recipes.translation import answered as replied

MOST_VALUES = 64
"""How many numbers of an answer are given."""

_FEW = 4096
"""Rows on the disk that are looked at, to say what columns usually hold."""

MOST_NEXT = 10
"""How many of the tokens that may come next are given: the likeliest."""

_SIGNS = {
    " ": "\N{OPEN BOX}",
    "\N{LATIN CAPITAL LETTER G WITH DOT ABOVE}": "\N{OPEN BOX}",  # a space in learned pieces of words
    "\t": "\N{RIGHTWARDS ARROW TO BAR}",
    "\n": "\N{RETURN SYMBOL}",
    "\N{LATIN CAPITAL LETTER C WITH DOT ABOVE}": "\N{RETURN SYMBOL}",  # the end of a line in them
}

BEGIN = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
"""The sign of the place before the first token of what is written."""

WRITING, TRANSLATING = "language_model", "translation"
"""The recipe whose network says of each place of a text what comes next."""


@dataclass(frozen=True, eq=False)
class Tried:
    """One sample, ready for a network; each is equal to itself only.

    Attributes:
        inputs: field to a batch of one.
        shown: how a person looks at it.
        unknown: for each word of a text, whether the network never saw it.
        index: its place in its split; None for one of a person's own.
        part: its split.
        texts: for each field of a sample of several texts its tokens, up to its filling.
    """

    inputs: Mapping[str, torch.Tensor]
    shown: Shown
    unknown: tuple[bool, ...] = ()
    index: int | None = None
    part: Part = "test"
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What a network says of one sample.

    Attributes:
        kind: what is asked.
        chances: each class, or label, with its probability, in the order of the classes; of a text that
            goes on, the tokens that may come next, the likeliest first.
        numbers: numbers that were predicted, in the unit of the data; at most `MOST_VALUES`.
        classes: names of the classes.
        places: for each place the number of its class, row by row.
        sizes: of the places: (length,) or (height, width).
        sure: for each place how sure the network is.
        back: the sample as the network gives it back, where it does that.
    """

    kind: Kind
    chances: tuple[tuple[str, float], ...] = ()
    numbers: tuple[float, ...] = ()
    classes: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    sure: tuple[float, ...] = field(default=(), repr=False)
    back: Shown | None = None

    @property
    def likeliest(self) -> tuple[tuple[str, float], ...]:
        """Give the classes, the likeliest first."""
        return tuple(sorted(self.chances, key=lambda pair: -pair[1]))


# -- samples -------------------------------------------------------------------------------------------


def of_data(data: Dataset, part: Part, index: int) -> Tried:
    """Take a sample of the data."""
    one = dict(part_of(data, part).take(torch.tensor([index])).here().inputs)
    rows = {name: values[0] for name, values in one.items()}
    return Tried(one, looked_at(data, rows), index=index, part=part, texts=_texts(data, rows))


def _texts(data: Dataset, rows: Mapping[str, torch.Tensor]) -> dict[str, tuple[str, ...]]:
    """Give the tokens of each field, where a sample is several texts of different lengths."""
    several = len({len(row) for row in rows.values() if row.dim() == 1}) == len(rows) > 1
    if not several or data.preprocessing.kind != "tokens":
        return {}
    found = {
        name: words_of_tokens(data.preprocessing.vocabulary, row.tolist())
        for name, row in rows.items()
        if not row.is_floating_point()
    }
    # What is written up to a place begins with a filling: before the first token there is nothing.
    return {
        name: (BEGIN, *words[1:]) if len(words) > 1 and not int(rows[name][0]) else words
        for name, words in found.items()
    }


def of_pixels(data: Dataset, pixels: Sequence[Sequence[float]]) -> Tried:
    """Take a drawing: rows of brightness from 0 (ground) to 1 (ink), of any size.

    Raises:
        NetwrightError: the network takes no pictures.
    """
    return _own(data, data.preprocessing.image(pixels))


def of_picture(data: Dataset, width: int, height: int, pixels: bytes) -> Tried:
    """Take a picture in colour: red, green, blue, row by row; stretched as pictures of folders are.

    Raises:
        NetwrightError: the network takes no pictures.
    """
    if data.preprocessing.kind != "image":
        data.preprocessing.image(((0.0,),))  # says that it takes none
    values = torch.frombuffer(bytearray(pixels), dtype=torch.uint8).reshape(1, height, width, 3)
    channels, tall, wide = data.preprocessing.shape
    image = values.permute(0, 3, 1, 2).float() / 255
    if height > tall or width > wide:
        image = nn.functional.interpolate(
            image, (tall, wide), mode="bilinear", align_corners=False, antialias=True
        )
    elif (height, width) != (tall, wide):
        image = bilinear(image, tall, wide)
    if channels == 1:
        weights = torch.tensor((0.299, 0.587, 0.114)).reshape(1, 3, 1, 1)
        image = (image * weights).sum(1, keepdim=True)
    return _own(data, data.preprocessing.normalised(image[0, :channels].clamp(0, 1)))


def of_text(data: Dataset, text: str, model: nn.Module | None = None) -> Tried:
    """Take a text, split into the tokens that the network knows.

    Args:
        data: what the network was trained on.
        text: the text.
        model: the network; one that reads a text and writes another is asked what it writes, which then is
            the second input.

    Raises:
        NetwrightError: the network takes no texts.
    """
    tokens = data.preprocessing.tokens(text)
    if model is not None and set(data.train.inputs) == {SOURCE, WRITTEN}:
        tried = _with_answer(data, tokens, model)
    else:
        tried = _own(data, tokens)
    unknown = tuple(number == UNKNOWN for number in tokens.tolist()[: len(tried.shown.words)])
    words = words_of(text)[: len(unknown)]
    if data.preprocessing.units == "words" and len(words) == len(unknown):
        # What the person wrote, where the network knows no word for it.
        tried = replace(tried, shown=Shown(words=tuple(words)))
    return replace(tried, unknown=unknown)


def _with_answer(data: Dataset, tokens: torch.Tensor, model: nn.Module) -> Tried:
    """Take a text with what a network writes to it, as far as that stands before each place."""
    fields = data.train.inputs
    was_training = model.training
    try:
        written = replied(model.eval(), data.preprocessing, tokens[None], room=fields[WRITTEN].shape[1])
    finally:
        model.train(was_training)
    known = {SOURCE: tokens, WRITTEN: one_on(written)[0]}
    rows = {name: known[name].to(values.dtype) for name, values in fields.items()}
    given = {name: row[None] for name, row in rows.items()}
    return Tried(given, looked_at(data, {SOURCE: tokens}), texts=_texts(data, rows))


def of_row(data: Dataset, cells: Mapping[str, float | str]) -> Tried:
    """Take a row of a table: a number or a word for each column, in the unit of the data.

    Raises:
        NetwrightError: the network takes no rows, or a cell is not what its column holds.
    """
    facts = data.preprocessing
    if facts.features:
        return _own(data, facts.row(cells))
    return _own(data, facts.vector([float(value) for value in cells.values()]))


def _own(data: Dataset, value: torch.Tensor) -> Tried:
    fields = data.train.inputs
    if len(fields) != 1:
        raise TrainError(
            Message(
                "This network has {count} inputs. Try samples of the data: one of your own has only one.",
                count=len(fields),
            )
        )
    ((name, values),) = fields.items()
    value = value.to(values.dtype)
    return Tried({name: value.unsqueeze(0)}, looked_at(data, {name: value}))


@dataclass(frozen=True)
class Column:
    """A column of a table, to be filled in.

    Attributes:
        name: of the column.
        usual: its mean in the training data, or the word that is the most frequent.
        low: the smallest number there.
        high: the largest.
        whole: whether all of them are whole numbers.
        words: the categories that it can hold; empty for numbers.
    """

    name: str
    usual: float | str
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    words: tuple[str, ...] = ()


def columns_of(data: Dataset) -> tuple[Column, ...]:
    """Give the columns of the rows that a network takes, in the unit of the data."""
    facts = data.preprocessing
    if facts.kind != "vector" or len(data.train.inputs) != 1:
        return ()
    train = data.train
    if train.stream is not None:  # of rows that lie on the disk, some from all over it
        train = train.take(torch.linspace(0, len(train) - 1, min(len(train), _FEW)).long()).here()
    values = next(iter(train.inputs.values())).flatten(1).double()
    if facts.features:
        return tuple(_columns_of_table(data, values))
    if facts.mean and len(facts.mean) == values.shape[1]:
        values = values * torch.tensor(facts.std).double() + torch.tensor(facts.mean).double()
    count = values.shape[1]
    names = facts.columns if len(facts.columns) == count else tuple(map(str, range(1, count + 1)))
    return tuple(_column(name, values[:, number]) for number, name in enumerate(names))


def _column(name: str, values: torch.Tensor) -> Column:
    whole = bool(((values - values.round()).abs() < 1e-4).all())
    return Column(name, float(values.mean()), float(values.min()), float(values.max()), whole)


def _columns_of_table(data: Dataset, values: torch.Tensor) -> Iterator[Column]:
    place = 0
    usual = dict(looked_at(data, {"": values.mean(0)}).row)
    for feature in data.preprocessing.features:
        if feature.kind == "number":
            yield _column(feature.name, values[:, place] * feature.std + feature.mean)
        else:
            word = feature.word if feature.kind == "category" else usual[feature.name]
            yield Column(feature.name, word, words=feature.values)
        place += len(feature.titles)


# -- answers -------------------------------------------------------------------------------------------


def outputs_of(model: nn.Module, inputs: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Run samples through a network as it stands; one with one input takes it whatever its name."""
    where = next((parameter.device for parameter in model.parameters()), torch.device("cpu"))
    given = {name: values.to(where) for name, values in inputs.items()}
    # Not `model(...)`: a GraphModule's own call prints to the terminal when something fails.
    if len(given) == 1:
        output = nn.Module.__call__(model, *given.values())
    else:
        output = nn.Module.__call__(model, **given)
    return dict(output) if isinstance(output, Mapping) else {"": output}


@dataclass(frozen=True)
class Reading:
    """How the output of a network is read.

    Attributes:
        form: what it means.
        output: its name, where there are several.
        judged: leads to what is judged.
    """

    form: Judged
    output: str
    loss: nn.Module | None

    __hash__ = None  # type: ignore[assignment]


def reading_of(outputs: Mapping[str, torch.Tensor], data: Dataset, plan: Plan | None) -> Reading:
    """Find how the output is read: by the first loss of the plan; raw scores where there is no plan."""
    term = plan.losses[0] if plan is not None and plan.losses else None
    name = next(iter(outputs)) if term is None or "" in outputs else output_of(term, outputs)
    if term is None:
        single = outputs[name][0].numel() == 1 and len(data.classes) == 2
        return Reading("logits" if single else "classes" if data.classes else "numbers", name, None)
    loss = make(loss_call(term.choice))
    form = judged_form(form_of(loss), data.task)
    if form == "numbers" and data.classes:  # numbers that stand for classes, such as one for each
        form = "classes"
    return Reading(form, name, loss)


def judged_of(outputs: Mapping[str, torch.Tensor], reading: Reading, data: Dataset) -> torch.Tensor:
    """Give what is judged of the outputs, in numbers of usual precision."""
    output = outputs[reading.output]
    if reading.loss is not None:
        output = judged_output(reading.loss, data.task)(output)
    return output.float()


def answer(model: nn.Module, data: Dataset, tried: Tried, plan: Plan | None = None) -> Answer:
    """Ask a network about one sample.

    Args:
        model: the network.
        data: what it was trained on.
        tried: the sample.
        plan: how it was trained: its first loss tells what the output means.

    Raises:
        NetwrightError: what the network gives cannot be read.
    """
    was_training = model.training
    try:
        model.eval()
        if plan is not None and paired(plan, data):
            chance = score(model, data, plan, *tried.inputs.values()).sigmoid().tolist()[0]
            found = zip(data.classes, (1 - chance, chance), strict=True)
            return Answer("classes", tuple(found), classes=data.classes)
        with torch.no_grad():
            outputs = outputs_of(model, tried.inputs)
    finally:
        model.train(was_training)
    if plan is not None and plan.recipe.type == TRANSLATING:
        # Scores of all tokens at each place: the places come first.
        scores = next(iter(outputs.values()))[0, :, : len(data.classes)].float().cpu()
        sure, places = scores.softmax(1).max(1)
        return _for_places(data.classes, places, sure)
    if plan is not None and plan.recipe.type == WRITING:
        return _next(data, next(iter(outputs.values())), tried)
    reading = reading_of(outputs, data, plan)
    output = judged_of(outputs, reading, data).cpu()
    facts, names = data.preprocessing, data.classes
    if reading.form == "numbers":
        flat = facts.in_unit(output).flatten()[:MOST_VALUES]
        return Answer("numbers", numbers=tuple(flat.tolist()))
    truth = next(iter(data.train.targets.values()), torch.zeros(0))
    if truth.dim() >= 2 and reading.form == "classes" and output.dim() == truth.dim() + 1:
        sure, places = output.softmax(1)[0].max(0)
        return _for_places(names, places, sure)
    yes = output.sigmoid() if reading.form == "logits" else output
    if truth.dim() == 2 and reading.form != "classes" and output[0].numel() == len(names):
        return Answer("labels", tuple(zip(names, yes[0].tolist(), strict=True)), classes=names)
    if truth.dim() >= 2 and reading.form != "classes" and output[0].numel() == truth[0].numel():
        yes = yes.reshape(truth.shape[1:])
        return _for_places(names, (yes > 0.5).long(), torch.maximum(yes, 1 - yes))
    if not names or output.dim() > 2 or output[0].numel() not in (1, len(names)):
        raise TrainError(Message("This network does not tell classes."))
    form = "logits" if reading.form == "classes" and output[0].numel() == 1 else reading.form
    chances = measures.probabilities(form, output.reshape(1, -1))[0].tolist()
    return Answer("classes", tuple(zip(names, chances, strict=True)), classes=names)


def _next(data: Dataset, scores: torch.Tensor, tried: Tried) -> Answer:
    """Give what a network expects behind the last token of a text."""
    ((_, tokens),) = tried.inputs.items()
    known = data.preprocessing.vocabulary
    last = max(int((tokens[0] != PADDING).sum()) - 1, 0)
    chances = scores[0, last, : len(known) or None].float().cpu()
    if len(chances) > UNKNOWN + 1:  # as it writes: fillings and what is unknown never come
        chances[: UNKNOWN + 1] = -torch.inf
    best = chances.softmax(0).topk(min(MOST_NEXT, len(chances)))
    numbers = best.indices.tolist()
    said = [readable(known[number]) if number < len(known) else str(number) for number in numbers]
    return Answer("loss", tuple(zip(said, best.values.tolist(), strict=True)))


def readable(token: str) -> str:
    """Write a token so that it can be seen: spaces and ends of lines have signs of their own."""
    for written, sign in _SIGNS.items():
        token = token.replace(written, sign)
    return token


def _for_places(names: tuple[str, ...], places: torch.Tensor, sure: torch.Tensor) -> Answer:
    return Answer(
        "sequence" if places.dim() == 1 else "regions",
        classes=names,
        places=tuple(places.flatten().tolist()),
        sizes=tuple(places.shape),
        sure=tuple(sure.flatten().tolist()),
    )


def predict(
    model: nn.Module, dataset: Dataset, pixels: Sequence[Sequence[float]], plan: Plan | None = None
) -> tuple[tuple[str, float], ...]:
    """Tell what a drawing is.

    Args:
        model: a network with one input, for pictures.
        dataset: what it was trained on: its classes and how a picture becomes an input.
        pixels: rows of brightness from 0 (ground) to 1 (ink), of any size.
        plan: how it was trained: its first loss tells what the output means; raw scores when not given.

    Returns:
        Every class with its probability, the likeliest first.

    Raises:
        NetwrightError: the network takes no pictures, or gives no classes.
    """
    image = dataset.preprocessing.image(pixels).unsqueeze(0)
    return _classes_of(answer(model, dataset, Tried({"": image}, Shown()), plan))


def predict_sample(
    model: nn.Module, dataset: Dataset, index: int, part: Part = "test", plan: Plan | None = None
) -> tuple[tuple[str, float], ...]:
    """Tell what a sample of the data is taken for.

    Args:
        model: a network trained on the data.
        dataset: the data.
        index: its place in the split.
        part: the split.
        plan: how it was trained; see `predict`.

    Returns:
        Every class with its probability, the likeliest first.

    Raises:
        NetwrightError: the network gives no classes.
    """
    return _classes_of(answer(model, dataset, of_data(dataset, part, index), plan))


def _classes_of(found: Answer) -> tuple[tuple[str, float], ...]:
    if found.kind not in ("classes", "labels") or not all(math.isfinite(p) for _, p in found.chances):
        raise TrainError(Message("This network does not tell classes."))
    return found.likeliest
