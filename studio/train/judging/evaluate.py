"""Judges a trained network by samples that it never learned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import nn

from studio.compiler import Analyser, build
from studio.data import Dataset, Split, load
from studio.data.dataset import is_elsewhere
from studio.data.tokens import PADDING
from studio.graph import Message
from studio.project import MODEL, GraphRef, Plan
from studio.train.judging.answers import (
    MOST_COLUMNS,
    MOST_NUMBERS,
    Answers,
    ClassFigures,
    Evaluation,
    Kind,
    Part,
    WrongSample,
    confusion_of,
    figures_of,
    part_of,
    samples_of,
)
from studio.train.judging.tally import Counting
from studio.train.loop import measures
from studio.train.loop.feed import Feed
from studio.train.loop.streaming import RAW, feed_of, with_raw
from studio.train.plans.checking import SUPERVISED
from studio.train.plans.forms import Judged
from studio.train.plans.matching import matched
from studio.train.plans.terms import losses_of, target_of
from studio.train.recipe import Batch, Metric, Outcome, Recipe, TrainError
from studio.train.recipes.siamese import Siamese
from studio.train.recipes.supervised import Supervised
from studio.train.runs.preparing import make_recipe, recipe_class
from studio.train.runs.record import RunRecord, Which, read_record
from studio.train.runs.weights import load_tensors
from studio.train.settings import Settings

__all__ = ["ClassFigures", "Evaluation", "Part", "WrongSample", "evaluate", "opened", "part_of"]

_BATCH = 256

_AT_ONCE = 1 << 26
"""So many bytes of samples are judged at once at most."""

PLACES = ("sequence", "regions")
"""What has an answer for each place of a sample."""

Again = Callable[[int], Answers]

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
        part: the split to judge by; where there are no test samples, the validation samples are taken, and
            without those what was learned from.
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
        # Of data such as the two points of a first lesson all is learned from: better that than nothing.
        part, split = ("validation", data.validation) if len(data.validation) else ("train", data.train)
    if len(split) == 0:
        raise TrainError(
            Message("There are no samples to judge by. Set some aside for the test in the training plan.")
        )
    answers, metrics, again = _computed(model, data, plan, part, torch.device(device), progress)
    confusion = torch.zeros(0, 0)
    if answers.tally is not None:
        confusion = answers.tally.confusion
    elif answers.predicted.numel() and answers.kind in ("classes", "sequence", "regions"):
        pairs = answers.counting(answers.predicted), answers.counting(answers.truth)
        confusion = confusion_of(*pairs, len(data.classes))
    return Evaluation(
        task=data.task,
        part=part,
        metrics=metrics,
        classes=data.classes,
        confusion=confusion.long().tolist() if len(confusion) else [],
        per_class=figures_of(confusion, data.classes) if len(confusion) else (),
        wrong=samples_of(answers, answers.predicted != answers.truth) if answers.kind == "classes" else (),
        count=len(split),
        answers=answers,
        _data=data,
        again=again,
    )


def opened(run: RunRecord | Path | str, which: Which = "best") -> tuple[nn.Module, Dataset, Plan]:
    """Give the network of a run with its weights, the data, and the plan.

    Several networks are given as an `nn.ModuleDict` by their roles.

    Raises:
        NetwrightError: something of it is missing or damaged.
    """
    record = run if isinstance(run, RunRecord) else read_record(Path(run))
    project = record.project()
    plan, analyser = project.plan, Analyser()
    models: dict[str, nn.Module] = {}
    for role, name in (plan.networks or {MODEL: project.main()}).items():
        models[role] = build(project, name, seed=0, analyser=analyser)
        load_tensors({role: models[role]}, record.weights(which, name), f"{which}.safetensors")
    data = load(plan.data, may_stream=recipe_class(plan).streams)
    if plan.recipe.type == SUPERVISED:
        data = matched(data, project, analyser.analyse(project, GraphRef("network", project.main())))
    model = next(iter(models.values())) if len(models) == 1 else nn.ModuleDict(models)
    return model, data, plan


def networks_in(model: nn.Module, plan: Plan) -> dict[str, nn.Module]:
    """Give the networks of a plan by role, out of what `opened` gave."""
    if len(plan.networks) > 1 and isinstance(model, nn.ModuleDict):
        return dict(model.items())
    return {next(iter(plan.networks), MODEL): model}


def target_in(data: Dataset, part: Part, plan: Plan) -> torch.Tensor | None:
    """Give what a supervised network is judged by: the target of its first loss, as the data has it."""
    targets = part_of(data, part).targets
    return targets[target_of(losses_of(plan)[0], targets)] if targets else None


def _counted(truth: torch.Tensor, inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Tell which places count: not those without a class, nor those that fill a short sequence."""
    values = next(iter(inputs.values()))
    counted = truth >= 0
    if values.shape == truth.shape and truth.dim() == 2 and not values.is_floating_point():
        counted &= values != PADDING
    return counted


class _Collected:
    """What is kept of each batch: of the answers for places only the class and how sure it is.

    Of samples that lie on the disk, answers that are as large as the samples are only counted, and of very
    many numbers some are kept.
    """

    def __init__(self, kind: Kind, form: Judged, data: Dataset, count: int, *, streams: bool) -> None:
        self.kind, self._form = kind, form
        self._data, self._count = data, count
        self._truth: list[torch.Tensor] = []
        self._predicted: list[torch.Tensor] = []
        self._chances: list[torch.Tensor] = []
        self._confidence: list[torch.Tensor] = []
        self._counted: list[torch.Tensor] = []
        self.counting = Counting(len(data.classes)) if streams and kind in PLACES else None
        self._thins = streams and kind == "numbers"
        self._thinned: tuple[int, int] | None = None
        self._done = 0

    def take(
        self,
        output: torch.Tensor,
        target: torch.Tensor,
        classes: torch.Tensor,
        inputs: Mapping[str, torch.Tensor],
    ) -> None:
        """Take a batch.

        Args:
            output: what is judged.
            target: what it is judged by, in the form that the output has.
            classes: what is right, as the data has it.
            inputs: what the network was shown.
        """
        if self.kind == "numbers":
            self._take_numbers(target.float(), output.float().reshape(target.shape))
            return
        if self.kind == "labels":
            self._truth.append(classes > 0.5)
            self._chances.append(output.float().sigmoid() if self._form == "logits" else output.float())
            return
        if self.kind != "classes" and self._form != "classes":  # yes or no for each place
            yes = output.float().reshape(classes.shape)
            yes = yes.sigmoid() if self._form == "logits" else yes
            predicted, confidence = (yes > 0.5).long(), torch.maximum(yes, 1 - yes)
        else:
            chances = measures.probabilities(self._form, output)
            confidence, predicted = chances.max(1)
            if self.kind == "classes":
                self._chances.append(chances)
        if self.kind in PLACES:
            counted = _counted(classes, inputs)
            if self.counting is not None:
                self.counting.take(classes, predicted, confidence, counted)
                return
            self._counted.append(counted)
        small = torch.int64 if self.kind == "classes" else torch.int32
        self._truth.append(classes.to(small))
        self._predicted.append(predicted.to(small))
        self._confidence.append(confidence)

    def _take_numbers(self, true: torch.Tensor, said: torch.Tensor) -> None:
        width = true[0].numel()
        if self._thins and width > MOST_COLUMNS:
            every = -(-self._count * width // MOST_NUMBERS)
            self._thinned = every, width
            first = -self._done * width % every
            self._done += len(true)
            unit = self._data.preprocessing.in_unit
            true, said = (unit(values).flatten()[first::every].clone() for values in (true, said))
        self._truth.append(true)
        self._predicted.append(said)

    def answers(self) -> Answers:
        """Give all of it."""
        found = (self._truth, self._predicted, self._chances, self._confidence)
        truth, predicted, chances, sure = (torch.cat(each) if each else torch.zeros(0) for each in found)
        counted = torch.cat(self._counted) if self._counted else torch.zeros(0, dtype=torch.bool)
        tally = None if self.counting is None else self.counting.tally()
        return Answers(self.kind, truth, predicted, chances, sure, counted, tally, self._thinned)


def _kind_of(recipe: Recipe, outcome: Outcome, classes: torch.Tensor | None, count: int) -> Kind:
    """Tell what is judged, by the answers and the targets of a batch."""
    output, target = outcome.output, outcome.target
    form = _form_of(recipe)
    if form is None or output is None or target is None:
        return "loss"
    if form == "numbers":
        return "numbers" if output.numel() == target.numel() else "loss"
    if classes is None or not count:
        return "loss"
    places = tuple(classes.shape)
    if form != "classes" and len(places) == 2 and count == places[1] and output.shape == classes.shape:
        return "labels"
    if len(places) == 1 and output.dim() <= 2:
        return "classes"
    dense = output.dim() == len(places) + 1 and (places[0], *places[1:]) == (
        output.shape[0],
        *output.shape[2:],
    )
    if len(places) >= 2 and (dense if form == "classes" else output.numel() == classes.numel()):
        return "sequence" if len(places) == 2 else "regions"
    return "loss"


def _form_of(recipe: Recipe) -> Judged | None:
    """Give what the answers of a recipe mean; None where it gives none to judge."""
    if isinstance(recipe, Siamese) and recipe.judges_pairs:
        return "logits"
    return recipe.form if isinstance(recipe, Supervised) else None


def _computed(
    model: nn.Module,
    data: Dataset,
    plan: Plan,
    part: Part,
    where: torch.device,
    progress: Callable[[float], None],
) -> tuple[Answers, dict[str, float], Again | None]:
    """Give the answers for all samples of a split, with the mean losses and the metrics of the plan.

    Where samples lie on the disk, they are read batch by batch, and answers for places are only counted:
    then what gives those of one sample anew comes along.
    """
    was_training = model.training
    collected: _Collected | None = None
    metrics: Mapping[str, Metric] = {}
    totals: dict[str, float] = {}
    feed: Feed | None = None
    try:
        model.to(where).eval()
        recipe = make_recipe(plan, networks_in(model, plan), data)
        ready = part_of(recipe.prepare(data), part)
        raw = target_in(data, part, plan) if isinstance(recipe, Supervised) else None
        if raw is not None and is_elsewhere(raw):
            ready = with_raw(ready, target_of(losses_of(plan)[0], part_of(data, part).targets), raw)
        feed = feed_of(ready, where, keep=False, workers=Settings.of(plan).workers)
        done = 0
        with torch.no_grad():
            for batch in feed.straight(_batch_size(ready)):
                outcome = recipe.judge(batch, Plain())
                classes = outcome.target if raw is None else _raw(batch, raw, done)
                if collected is None:
                    kind = _kind_of(recipe, outcome, classes, len(data.classes))
                    form = _form_of(recipe) or "numbers"
                    collected = _Collected(kind, form, data, feed.count, streams=feed.streams)
                    metrics = recipe.metrics()
                if outcome.output is not None and outcome.target is not None:
                    output, target = outcome.output.cpu(), outcome.target.cpu()
                    for metric in metrics.values():
                        metric.update(output, target)
                    if collected.kind != "loss":
                        inputs = {name: values.cpu() for name, values in batch.inputs.items()}
                        collected.take(output, target, target if classes is None else classes.cpu(), inputs)
                for key, loss in outcome.losses.items():
                    totals[key] = totals.get(key, 0.0) + float(loss) * batch.size
                done += batch.size
                progress(done / feed.count)
    finally:
        model.train(was_training)
        if feed is not None:
            feed.close()
    assert collected is not None  # there is at least one sample
    figures = {key: total / feed.count for key, total in totals.items()}
    for key, metric in metrics.items():
        figures |= measures.finite({key: metric.compute()})
    if collected.counting is None:
        return collected.answers(), figures, None
    form, kind, source = _form_of(recipe) or "numbers", collected.kind, feed

    def again(index: int) -> Answers:
        one = _Collected(kind, form, data, 1, streams=False)
        training = model.training
        try:
            model.eval()
            with torch.no_grad():
                batch = source.one(index)
                outcome = recipe.judge(batch, Plain())
        finally:
            model.train(training)
        assert outcome.output is not None  # it had one when all were judged
        assert outcome.target is not None
        truth = outcome.target.cpu() if raw is None else _raw(batch, raw, index)
        inputs = {name: values.cpu() for name, values in batch.inputs.items()}
        one.take(outcome.output.cpu(), outcome.target.cpu(), truth, inputs)
        return one.answers()

    return collected.answers(), figures, again


def _raw(batch: Batch, raw: torch.Tensor, done: int) -> torch.Tensor:
    """Give a target of a batch as the data has it: what came along, or what is in the memory."""
    found = batch.targets.get(RAW)
    return raw[done : done + batch.size] if found is None else found.cpu()


def _batch_size(split: Split) -> int:
    """Give how many samples are judged at once: fewer of large ones."""
    size = max(split.bytes // max(len(split), 1), 1)
    return max(min(_BATCH, _AT_ONCE // size), 1)


class Plain:
    """The tools of a recipe that only judges."""

    def precision(self) -> torch.autocast:
        return torch.autocast("cpu", enabled=False)

    def learn(self, roles: object, loss: torch.Tensor, again: object = None) -> None:
        raise AssertionError("judging learns nothing")
