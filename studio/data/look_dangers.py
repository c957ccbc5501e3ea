"""What in a data set will hurt a training or its judgement, said with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from studio.blocks import show
from studio.data.dataset import Dataset
from studio.data.look_columns import ColumnLook, can_correct, corrected
from studio.data.look_copies import Copies
from studio.data.look_telling import telling, twins
from studio.data.tokens import PADDING, UNKNOWN
from studio.graph import Message, Value
from studio.project import Choice

FEW_SAMPLES, FEW_OF_A_CLASS = 50, 10
UNEVEN = 10.0
"""So many times as large as the smallest class, the largest one is told."""

_MANY_MISSING, _MANY_UNKNOWN, _MANY_FILLED, _MANY_COPIES = 0.3, 0.05, 0.6, 0.05
_FAR_APART, _LARGE = 100.0, 100.0
_NAMED = 3


@dataclass(frozen=True)
class Mend:
    """What can be done about it with one click.

    Attributes:
        label: what it does.
        parameter: which parameter of the source it sets.
        value: what it sets it to.
    """

    label: Message
    parameter: str
    value: Value


@dataclass(frozen=True)
class Danger:
    """One thing that will hurt.

    Attributes:
        code: which kind of thing, for good.
        message: what it is, why it hurts, and what to do.
        mends: what a click does about it.
        grave: whether what comes of the training would be wrong, not only worse.
        column: the column that it is about.
    """

    code: str
    message: Message
    mends: tuple[Mend, ...] = ()
    grave: bool = False
    column: str = ""


def dangers_of(
    choice: Choice, dataset: Dataset, few: Dataset, columns: Sequence[ColumnLook], copies: Copies
) -> tuple[Danger, ...]:
    """Give everything that will hurt, the worst first.

    Args:
        choice: which data.
        dataset: the data.
        few: the same, with so many samples in the memory as its columns are told by.
        columns: what was found of these.
        copies: which samples are there more than once.
    """
    found = [
        *_numbers(dataset),
        *_copied(choice, dataset, copies),
        *_columns(choice, few, columns),
        *_classes(choice, dataset),
        *_scales(choice, few, columns),
        *_texts(choice, few),
        *_splits(choice, dataset),
    ]
    return tuple(sorted(found, key=lambda danger: not danger.grave))


# -- samples ---------------------------------------------------------------------------------------------


def _numbers(dataset: Dataset) -> Iterator[Danger]:
    parts = (dataset.train, dataset.validation, dataset.test)
    if dataset.train.stream is not None:
        return  # to look at all of it would take as long as an epoch
    for name in (*dataset.train.inputs, *dataset.train.targets):
        bad = 0
        for part in parts:
            values = part.inputs[name] if name in part.inputs else part.targets[name]
            if values.is_floating_point() and len(values):
                bad += int((~torch.isfinite(values)).reshape(len(values), -1).any(1).sum())
        if bad:
            yield Danger(
                "not_finite",
                Message(
                    "{count} {count:sample has|samples have} numbers in “{field}” that are missing or "
                    "infinite. One of them ends a training: fill or remove them.",
                    count=bad,
                    field=name,
                ),
                grave=True,
            )


def _copied(choice: Choice, dataset: Dataset, copies: Copies) -> Iterator[Danger]:
    if copies.test:
        said = Message(
            "{count} of {total} test samples are learned from or checked with too (the first: sample "
            "{first}). The network will look better than it is. Remove the copies from the data.",
            count=len(copies.test),
            total=len(dataset.test),
            first=copies.test[0],
        )
        yield Danger("test_copies", said, grave=len(copies.test) > len(dataset.test) * 0.01)
    if copies.validation:
        said = Message(
            "{count} of {total} validation samples are learned from too (the first: sample {first}). Each "
            "epoch will look better than it is. Remove the copies from the data.",
            count=len(copies.validation),
            total=len(dataset.validation),
            first=copies.validation[0],
        )
        yield Danger("validation_copies", said)
    if copies.torn and dataset.task != "regression" and _one_answer(dataset):
        yield Danger(
            "torn",
            Message(
                "{count} {count:input stands|inputs stand} in the data with different answers. No network "
                "can get them all right: look which answer is wrong.",
                count=copies.torn,
            ),
        )
    if copies.train > len(dataset.train) * _MANY_COPIES:
        yield Danger(
            "copies",
            Message(
                "{count} of {total} training samples are copies of others. They count several times in the "
                "loss: remove them, or know why they are there.",
                count=copies.train,
                total=len(dataset.train),
            ),
        )


def _one_answer(dataset: Dataset) -> bool:
    """Tell whether each sample has one answer, not one for each of its parts."""
    return all(values.dim() == 1 for values in dataset.train.targets.values())


def _splits(choice: Choice, dataset: Dataset) -> Iterator[Danger]:
    count = len(dataset.train)
    if count < FEW_SAMPLES:
        yield Danger(
            "few_samples",
            Message(
                "There {count:is|are} only {count} training {count:sample|samples}. A network will know "
                "them by heart: get more, or take a small network with dropout.",
                count=count,
            ),
        )
    if not len(dataset.validation):
        said = Message(
            "No sample is kept to check each epoch with: nobody sees when the network begins to learn by "
            "heart."
        )
        yield Danger("no_validation", said, _setting(choice, "validation", 0.1))
    if not len(dataset.test):
        said = Message("No sample is kept for the final judgement: nobody knows how good the network is.")
        yield Danger("no_test", said, _setting(choice, "test", 0.1))


# -- classes ---------------------------------------------------------------------------------------------


def _classes(choice: Choice, dataset: Dataset) -> Iterator[Danger]:
    if dataset.task == "regression" or len(dataset.train.targets) != 1:
        return
    (target,) = dataset.train.targets.values()
    if target.dim() != 1:
        return  # of masks and running text, a rare one is as it should be
    size = len(dataset.classes)
    counts = {
        name: torch.bincount(found.long().clamp(min=0), minlength=size).tolist() if len(found) else [0] * size
        for name, found in (
            ("train", target),
            ("test", next(iter(dataset.test.targets.values()))),
        )
    }
    learned = counts["train"]
    unseen = [dataset.classes[place] for place in range(size) if not learned[place] and counts["test"][place]]
    evenly = _setting(choice, "stratify", True)
    if unseen:
        yield Danger(
            "unseen_class",
            Message(
                "The network is judged by classes that it never learns: {names}. Give each split its share "
                "of every class.",
                names=_names(unseen),
            ),
            evenly,
            grave=True,
        )
    absent = [dataset.classes[place] for place in range(size) if not learned[place]]
    if len(absent) > len(unseen):
        yield Danger(
            "empty_class",
            Message("There are classes without a training sample: {names}. Add some.", names=_names(absent)),
        )
    few = [place for place in range(size) if 0 < learned[place] < FEW_OF_A_CLASS]
    if few and sum(learned) >= FEW_SAMPLES:
        yield Danger(
            "few_of_a_class",
            Message(
                "Fewer than {least} training samples: {names}. What is said of these classes will be a "
                "guess: add samples, or join classes.",
                least=FEW_OF_A_CLASS,
                names=_names([f"{dataset.classes[place]} ({learned[place]})" for place in few]),
            ),
        )
    there = [count for count in learned if count]
    if len(there) > 1 and max(there) > UNEVEN * min(there):
        most, least = learned.index(max(there)), learned.index(min(there))
        yield Danger(
            "uneven",
            Message(
                "“{most}” has {times} times as many samples as “{least}”. A network that always says "
                "“{most}” is right in {share} % of the samples: judge by balanced accuracy or F1, not by "
                "accuracy.",
                most=dataset.classes[most],
                least=dataset.classes[least],
                times=round(max(there) / min(there)),
                share=round(100 * max(there) / sum(there)),
            ),
        )


# -- columns ---------------------------------------------------------------------------------------------


def _columns(choice: Choice, dataset: Dataset, columns: Sequence[ColumnLook]) -> Iterator[Danger]:
    inputs = [column for column in columns if column.part == "input"]
    for column in inputs:
        if column.different is not None and column.different < 2:
            yield Danger(
                "constant",
                Message(
                    "“{name}” is the same in every row and tells nothing. Leave it out.", name=column.name
                ),
                _leaving(choice, column.name),
                column=column.name,
            )
        if column.counted and column.count >= FEW_SAMPLES:
            yield Danger(
                "counted",
                Message(
                    "“{name}” is another whole number in every row, as a number of the row is. It says "
                    "nothing of rows to come, and the network would learn the order of the table. Leave it "
                    "out, unless it is a time.",
                    name=column.name,
                ),
                _leaving(choice, column.name),
                column=column.name,
            )
        if column.missing > _MANY_MISSING * column.count:
            yield Danger(
                "missing",
                Message(
                    "{share} % of “{name}” are missing and would be guesses. Leave the column out, or get "
                    "what is missing.",
                    name=column.name,
                    share=round(100 * column.missing / column.count),
                ),
                _leaving(choice, column.name),
                column=column.name,
            )
    for name in telling(dataset):
        yield Danger(
            "telling",
            Message(
                "“{name}” alone tells the answer in every training row. If it is not known when the network "
                "is used, leave it out: the network would learn nothing else.",
                name=name,
            ),
            _leaving(choice, name),
            grave=True,
            column=name,
        )
    for one, other in twins(dataset):
        yield Danger(
            "twins",
            Message("“{one}” and “{other}” say the same in every row. One is enough.", one=one, other=other),
            _leaving(choice, other),
            column=other,
        )


def _scales(choice: Choice, dataset: Dataset, columns: Sequence[ColumnLook]) -> Iterator[Danger]:
    """Look at the numbers as the network gets them."""
    if dataset.train.stream is not None:
        return
    for name, values in dataset.train.inputs.items():
        if not values.is_floating_point() or not len(values):
            continue
        rows = values.reshape(-1, values.shape[-1]) if values.dim() in (2, 3) else values.reshape(-1, 1)
        if values.dim() == 3 and dataset.preprocessing.kind != "series":
            rows = values.reshape(-1, 1)
        spreads, middles = rows.std(0, correction=0), rows.mean(0).abs()
        known = spreads[torch.isfinite(spreads) & (spreads > 0)]
        if not len(known):
            continue
        mends = _setting(choice, "standardise", True)
        widest, narrowest = float(known.max()), float(known.min())
        one_hot = bool(dataset.preprocessing.features) and widest <= 1.5
        if len(known) > 1 and widest > _FAR_APART * narrowest and not one_hot:
            yield Danger(
                "scales",
                Message(
                    "The columns of “{field}” are of very different sizes: one spreads {times} times as far "
                    "as another, and the small ones will hardly be learned from. Standardise them, or put a "
                    "batch normalisation first.",
                    field=name,
                    times=f"{widest / narrowest:.0f}",
                ),
                mends,
            )
        elif float(torch.nan_to_num(middles).max()) > _LARGE or widest > _LARGE:
            yield Danger(
                "large",
                Message(
                    "The numbers of “{field}” are large (up to {largest}). Networks learn best from numbers "
                    "around 0: standardise them, or put a batch normalisation first.",
                    field=name,
                    largest=f"{float(torch.nan_to_num(rows).abs().max()):.4g}",
                ),
                mends,
            )
    if dataset.task == "regression" and len(dataset.train.targets) == 1:
        (target,) = dataset.train.targets.values()
        if len(target) and float(torch.nan_to_num(target.float()).abs().max()) > _LARGE:
            yield Danger(
                "large_target",
                Message(
                    "The numbers to predict are large (up to {largest}), and so will be the loss. "
                    "Standardise them, or divide them before.",
                    largest=f"{float(torch.nan_to_num(target.float()).abs().max()):.4g}",
                ),
                _setting(choice, "standardise", True),
            )


# -- texts -----------------------------------------------------------------------------------------------


def _texts(choice: Choice, dataset: Dataset) -> Iterator[Danger]:
    facts = dataset.preprocessing
    if facts.kind != "tokens" or not facts.vocabulary or len(dataset.train.inputs) != 1:
        return
    (train,) = dataset.train.inputs.values()
    (test,) = dataset.test.inputs.values()
    written = test != PADDING
    unknown = int(((test == UNKNOWN) & written).sum()) / max(int(written.sum()), 1)
    if unknown > _MANY_UNKNOWN and choice.type != "sentences":
        values = choice.resolved("data")
        size = values.get("vocabulary")
        mends = _setting(choice, "vocabulary", 2 * size) if isinstance(size, int) else ()
        yield Danger(
            "unknown_words",
            Message(
                "{share} % of the tokens of the test texts are unknown. Allow more tokens, or smaller ones, "
                "such as pieces of words.",
                share=round(100 * unknown),
            ),
            mends,
        )
    filled = float((train == PADDING).float().mean()) if len(train) else 0.0
    if filled > _MANY_FILLED:
        lengths = (train != PADDING).sum(1).float()
        long = max(int(lengths.max()), 1)
        yield Danger(
            "filled",
            Message(
                "{share} % of the tokens are filling: the longest text has {longest} tokens, and each is "
                "given {length}. Shorter ones train faster.",
                share=round(100 * filled),
                longest=long,
                length=train.shape[1],
            ),
            _setting(choice, "length", long) if long < train.shape[1] else (),
        )


# -- mends -----------------------------------------------------------------------------------------------


def _setting(choice: Choice, parameter: str, value: Value) -> tuple[Mend, ...]:
    """Give the mend that sets a parameter of the source, where it has it and it is another one."""
    declared = choice.declared("data")
    if declared is None or parameter not in declared.parameters:
        return ()
    if choice.resolved("data")[parameter] == value:
        return ()
    said = declared.parameters[parameter].said
    label = Message("Set {parameter} to {value}", parameter=said, value=show(value))
    return (Mend(label, parameter, value),)


def _leaving(choice: Choice, name: str) -> tuple[Mend, ...]:
    if not can_correct(choice) or '"' in name:
        return ()
    columns = corrected(choice, name, "ignore").parameters["columns"]
    return (Mend(Message("Leave “{name}” out", name=name), "columns", columns),)


def _names(names: Sequence[str]) -> str:
    return ", ".join(name[:40] for name in names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
