"""Further figures of a judgement, as plain numbers: what the plan's metrics do not say."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from studio.train.judging.answers import ClassFigures, Evaluation
from studio.train.judging.curves import calibration, curves, labels
from studio.train.judging.forecasting import is_series, of_naive
from studio.train.judging.numbers import residuals
from studio.train.judging.places import wholly
from studio.train.loop import measures


def further(found: Evaluation) -> dict[str, float]:
    """Give figures by key, those that are numbers; see `judging.TITLES` for their names."""
    figures: dict[str, float] = {}
    each: Sequence[ClassFigures] = found.per_class
    if found.kind == "labels":
        told = labels(found)
        each = told.each
        figures["exact"] = told.exact
    if each:
        present = [one for one in each if one.count] or list(each)
        figures["mean_precision"] = sum(one.precision for one in present) / len(present)
        figures["mean_recall"] = sum(one.recall for one in present) / len(present)
        figures["mean_f1"] = sum(one.f1 for one in present) / len(present)
    if found.kind in ("classes", "labels") and found.answers.chances.dim() == 2:
        drawn = curves(found)
        figures["roc_area"], figures["pr_area"] = drawn.roc_area, drawn.pr_area
    if found.kind in ("classes", "labels", "sequence", "regions"):
        figures["calibration_error"] = calibration(found).error
    if found.kind in ("sequence", "regions"):
        counts = torch.tensor(found.confusion, dtype=torch.float64)
        figures["place_accuracy"] = float(counts.diag().sum() / counts.sum()) if len(counts) else math.nan
        if found.kind == "sequence":
            figures["exact"] = wholly(found)
        else:
            present = [one for one in each if one.count] or list(each)
            figures["mean_iou"] = sum(one.overlap for one in present) / max(len(present), 1)
    if found.kind == "numbers":
        left = residuals(found)
        figures["r2"] = left.r2
        if not found.units:
            figures |= {"mae": left.mae, "rmse": left.rmse, "bias": left.mean}
        if found.numbers:  # numbers of several kinds vary in ways of their own
            each_r2 = [residuals(found, number).r2 for number in range(len(found.numbers))]
            figures["r2"] = sum(each_r2) / len(each_r2)
    if found.kind == "numbers" and is_series(found.data):
        figures["of_naive"] = of_naive(found)
    return measures.finite({key: value for key, value in figures.items() if not math.isnan(value)})
