"""Judges a trained network by samples that it never learned from, and tries it on a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import torch
from torch import nn

from studio.compiler import Analyser, build
from studio.data import Dataset, Split, Task, load
from studio.data.vision import torchvision
from studio.graph import Message
from studio.project import MODEL, GraphRef, Plan
from studio.train import measures
from studio.train.calls import loss_call, make
from studio.train.feed import Feed
from studio.train.forms import Judged, form_of, judged_form, judged_output
from studio.train.matching import matched
from studio.train.preparing import make_recipe
from studio.train.recipe import Outcome, TrainError
from studio.train.record import RunRecord, Which, read_record
from studio.train.supervised import Supervised
from studio.train.terms import output_of
from studio.train.weights import load_tensors

Part = Literal["train", "validation", "test"]
"""Which split is judged by."""

MOST_WRONG = 200
"""How many wrong samples are given, the most confident first."""

_BATCH = 256


@dataclass(frozen=True)
class WrongSample:
    """A sample that the network takes for another class.

    Attributes:
        index: its place in the split.
        true: number of its class.
        predicted: number of the class that it was taken for.
        confidence: the probability that the network gave to it.
    """

    index: int
    true: int
    predicted: int
    confidence: float


@dataclass(frozen=True)
class ClassFigures:
    """How well one class is told.

    Attributes:
        name: the class.
        count: samples of it.
        precision: of those that were taken for it, the share that is.
        recall: of those that are, the share that was taken for it.
        f1: the harmonic mean of both.
    """

    name: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Evaluation:
    """What came out.

    Attributes:
        task: what there was to learn.
        part: the split that was judged by.
        metrics: `loss` and the plan's metrics.
        classes: names of the classes; empty for numbers.
        confusion: samples of each class (row) by the class they were taken for (column).
        per_class: figures of each class.
        wrong: wrong samples, the most confident first.
        predicted: for numbers, what the network gave, in the unit of the data.
        true: for numbers, what was right.
        count: samples in all.
    """

    task: Task
    part: Part
    metrics: Mapping[str, float]
    classes: tuple[str, ...]
    confusion: list[list[int]]
    per_class: tuple[ClassFigures, ...]
    wrong: tuple[WrongSample, ...]
    predicted: tuple[float, ...]
    true: tuple[float, ...]
    count: int
    _data: Dataset = field(repr=False)

    __hash__ = None  # type: ignore[assignment]

    def image(self, index: int, name: str | None = None) -> tuple[int, int, int, bytes]:
        """Give a sample to look at: width, height, channels (1 or 3), and its bytes by rows.

        Args:
            index: its place in the split.
            name: which input, where there are several.

        Raises:
            PreprocessingError: the samples are no pictures.
        """
        inputs = self._split.inputs
        return self._data.preprocessing.pixels(inputs[name or next(iter(inputs))][index])

    def sample(self, index: int) -> dict[str, list[float]]:
        """Give the numbers of a sample, by input."""
        return {
            name: [float(value) for value in values[index].flatten().tolist()]
            for name, values in self._split.inputs.items()
        }

    def cell(self, true: int, predicted: int) -> tuple[int, ...]:
        """Give the wrong samples of one cell of the confusion matrix, as far as they are listed."""
        return tuple(
            found.index for found in self.wrong if (found.true, found.predicted) == (true, predicted)
        )

    @property
    def _split(self) -> Split:
        return part_of(self._data, self.part)

    def json(self) -> dict[str, object]:
        """Give the figures as JSON takes them."""
        return {
            "metrics": dict(self.metrics),
            "part": self.part,
            "samples": self.count,
            "classes": list(self.classes),
            "confusion": self.confusion,
            "per_class": [
                {"name": c.name, "count": c.count, "precision": c.precision, "recall": c.recall, "f1": c.f1}
                for c in self.per_class
            ],
        }


Subject = RunRecord | Path | str | tuple[nn.Module, Dataset, Plan]
"""A run, its folder, or a network with its data and its plan."""


def evaluate(
    subject: Subject,
    *,
    part: Part = "test",
    which: Which = "best",
    device: str = "cpu",
    progress: Callable[[float], None] = lambda _share: None,
) -> Evaluation:
    """Judge a network.

    Args:
        subject: a run, its folder, or a network with its data and its plan.
        part: the split to judge by; where it is empty, the validation samples are taken.
        which: for a run, the weights of its best epoch or its last ones.
        device: where to compute.
        progress: told the share that is done; whatever it raises ends it.

    Raises:
        NetwrightError: the run cannot be opened, or there is nothing to judge by.
    """
    if isinstance(subject, tuple):
        model, data, plan = subject
    else:
        model, data, plan = opened(subject, which)
    split = part_of(data, part)
    if len(split) == 0 and part == "test":
        part, split = "validation", data.validation
    if len(split) == 0:
        raise TrainError(
            Message("There are no samples to judge by. Set some aside for the test in the training plan.")
        )
    outcomes, recipe, loss = _computed(model, data, plan, part, device, progress)
    output, target = outcomes
    metrics = {"loss": loss}
    for key, metric in recipe.metrics().items():
        metric.update(output, target)
        metrics |= measures.finite({key: metric.compute()})
    if recipe.form == "numbers":
        return _numbers(data, part, metrics, output, target)
    return _classes(data, part, metrics, recipe.form, output)


def opened(run: RunRecord | Path | str, which: Which = "best") -> tuple[nn.Module, Dataset, Plan]:
    """Give the network of a run with its weights, the data, and the plan.

    Raises:
        NetwrightError: something of it is missing or damaged.
    """
    record = run if isinstance(run, RunRecord) else read_record(Path(run))
    project = record.project()
    name = project.main()
    analyser = Analyser()
    model = build(project, name, seed=0, analyser=analyser)
    load_tensors({MODEL: model}, record.weights(which, name), f"{which}.safetensors")
    data = matched(load(project.plan.data), project, analyser.analyse(project, GraphRef("network", name)))
    return model, data, project.plan


def part_of(data: Dataset, part: Part) -> Split:
    """Give one split of the data."""
    return {"train": data.train, "validation": data.validation, "test": data.test}[part]


def _computed(
    model: nn.Module,
    data: Dataset,
    plan: Plan,
    part: Part,
    device: str,
    progress: Callable[[float], None],
) -> tuple[tuple[torch.Tensor, torch.Tensor], Supervised, float]:
    """Give outputs and targets of all samples of a split, and the mean loss."""
    where = torch.device(device)
    was_training = model.training
    try:
        model.to(where).eval()
        recipe = make_recipe(plan, {MODEL: model}, data)
        if not isinstance(recipe, Supervised):
            raise TrainError(Message("Only supervised networks can be judged by samples."))
        feed = Feed(part_of(recipe.prepare(data), part), where, channels_last=False, keep=False)
        found: list[Outcome] = []
        total = done = 0.0
        with torch.no_grad():
            for batch in feed.straight(_BATCH):
                outcome = recipe.judge(batch, _Plain())
                assert outcome.output is not None  # the supervised recipe judges an output
                assert outcome.target is not None
                found.append(replace(outcome, output=outcome.output.cpu(), target=outcome.target.cpu()))
                total += float(outcome.losses["loss"]) * batch.size
                done += batch.size
                progress(done / feed.count)
    finally:
        model.train(was_training)
    output = torch.cat([outcome.output for outcome in found if outcome.output is not None])
    target = torch.cat([outcome.target for outcome in found if outcome.target is not None])
    return (output, target), recipe, total / feed.count


class _Plain:
    """The tools of a recipe that only judges."""

    def precision(self) -> torch.autocast:
        return torch.autocast("cpu", enabled=False)

    def learn(self, role: str, loss: torch.Tensor, again: Callable[[], torch.Tensor] | None = None) -> None:
        raise AssertionError("judging learns nothing")


def _numbers(
    data: Dataset, part: Part, metrics: Mapping[str, float], output: torch.Tensor, target: torch.Tensor
) -> Evaluation:
    facts = data.preprocessing

    def in_unit(values: torch.Tensor) -> tuple[float, ...]:
        return tuple((values.flatten().double() * facts.target_std + facts.target_mean).tolist())

    return Evaluation(
        data.task, part, metrics, (), [], (), (), in_unit(output), in_unit(target), len(output), data
    )


def _classes(
    data: Dataset, part: Part, metrics: Mapping[str, float], form: Judged, output: torch.Tensor
) -> Evaluation:
    true = next(iter(part_of(data, part).targets.values())).long()
    chances = measures.probabilities(form, output)
    if true.dim() != 1 or chances.dim() != 2:
        raise TrainError(Message("The confusion matrix needs one class for each sample."))
    confidence, predicted = chances.max(1)
    classes = data.classes
    confusion, per_class = _figures(predicted, true, classes)
    wrong = (predicted != true).nonzero().squeeze(1)
    wrong = wrong[confidence[wrong].argsort(descending=True, stable=True)][:MOST_WRONG]
    return Evaluation(
        task=data.task,
        part=part,
        metrics=metrics,
        classes=classes,
        confusion=confusion,
        per_class=per_class,
        wrong=tuple(
            WrongSample(index, int(true[index]), int(predicted[index]), float(confidence[index]))
            for index in wrong.tolist()
        ),
        predicted=(),
        true=(),
        count=len(true),
        _data=data,
    )


def _figures(
    predicted: torch.Tensor, true: torch.Tensor, classes: Sequence[str]
) -> tuple[list[list[int]], tuple[ClassFigures, ...]]:
    torchvision()  # torchmetrics imports it
    from torchmetrics.functional.classification import (
        multiclass_confusion_matrix,
        multiclass_f1_score,
        multiclass_precision,
        multiclass_recall,
    )

    count = len(classes)
    confusion = multiclass_confusion_matrix(predicted, true, count)
    figures = [
        score(predicted, true, count, average="none").tolist()
        for score in (multiclass_precision, multiclass_recall, multiclass_f1_score)
    ]
    return confusion.long().tolist(), tuple(
        ClassFigures(name, int(confusion[index].sum()), *(values[index] for values in figures))
        for index, name in enumerate(classes)
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
    return _chances(model, dataset, {"": image}, plan)


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
    inputs = part_of(dataset, part).inputs
    sample = {name: values[index : index + 1] for name, values in inputs.items()}
    return _chances(model, dataset, sample, plan)


def _chances(
    model: nn.Module, dataset: Dataset, inputs: Mapping[str, torch.Tensor], plan: Plan | None
) -> tuple[tuple[str, float], ...]:
    """Run one sample through a network; a network with one input takes it whatever its name."""
    where = next((parameter.device for parameter in model.parameters()), torch.device("cpu"))
    given = {name: values.to(where) for name, values in inputs.items()}
    was_training = model.training
    try:
        model.eval()
        with torch.no_grad():
            if len(given) == 1:
                output = nn.Module.__call__(model, *given.values())
            else:
                output = nn.Module.__call__(model, **given)
    finally:
        model.train(was_training)
    term = plan.losses[0] if plan is not None and plan.losses else None
    if isinstance(output, Mapping):
        output = next(iter(output.values())) if term is None else output[output_of(term, output)]
    if not dataset.classes or output.dim() > 2 or output[0].numel() not in (1, len(dataset.classes)):
        raise TrainError(Message("This network does not tell classes."))
    single = output[0].numel() == 1 and len(dataset.classes) == 2
    form: Judged = "logits" if single else "classes"
    if term is not None:
        loss = make(loss_call(term.choice))
        meant = judged_form(form_of(loss), dataset.task)
        form = form if meant == "numbers" else meant
        output = judged_output(loss, dataset.task)(output)
    chances = measures.probabilities(form, output.reshape(1, -1).cpu())[0].tolist()
    return tuple(sorted(zip(dataset.classes, chances, strict=True), key=lambda pair: -pair[1]))
