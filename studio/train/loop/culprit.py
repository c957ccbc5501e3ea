"""After a step met a number that is none: finds the step, its batch and the place, by computing again."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from studio.train.failure import Explained, explain_not_finite
from studio.train.loop.workbench import Bystander
from studio.train.machine.compiling import as_drawn
from studio.train.recipe import Batch, NotFiniteError
from studio.train.runs.preparing import Ready

Span = tuple[int, int]
"""Where the samples of a step stand in the order of the epoch."""


def explained(ready: Ready, error: NotFiniteError, step: int, spans: Sequence[Span]) -> Explained:
    """Find the step and the place where a number became none.

    Args:
        ready: what is worked with; weights as they were before the step.
        error: what was noticed.
        step: how many steps were counted.
        spans: of the steps since the figures were last read.
    """
    with as_drawn(ready.models):
        batch, number, error = _culprit(ready, error, step, spans)
        rate = next(iter(ready.tools.learners.values())).rate
        return explain_not_finite(
            error,
            ready.models,
            batch,
            lambda: ready.recipe.step(batch, Bystander(ready.tools)),
            step=number,
            rate=rate,
        )


def _culprit(
    ready: Ready, error: NotFiniteError, step: int, spans: Sequence[Span]
) -> tuple[Batch, int, NotFiniteError]:
    """Give the batch and the number of the failed step, its gradients computed."""
    if not ready.tools.learners[error.role].deferred:
        batches = [ready.train.shuffled(*part) for part in ready.parts(*spans[-1])]
        return _bad(ready, batches), step + 1, error
    # It was noticed late, but no weight has changed since: the steps can be computed again.
    for number, span in enumerate(spans, step - len(spans) + 1):
        for part in ready.parts(*span):
            batch = ready.train.shuffled(*part)
            outcome = ready.recipe.step(batch, Bystander(ready.tools, gradients=True))
            value = float(outcome.losses["loss"].detach())
            if not math.isfinite(value):
                return batch, number, NotFiniteError(error.role, "loss", value)
            parameters = ready.tools.learners[error.role].parameters
            if any(p.grad is not None and not bool(torch.isfinite(p.grad).all()) for p in parameters):
                return batch, number, NotFiniteError(error.role, "gradient", math.nan)
    return ready.train.shuffled(*ready.parts(*spans[-1])[-1]), step, error


def _bad(ready: Ready, batches: Sequence[Batch]) -> Batch:
    """Give the first of the batches of one step whose loss is no number; the last where all are."""
    if len(batches) == 1:
        return batches[0]
    with torch.no_grad():
        for batch in batches:
            loss = ready.recipe.look(batch, Bystander(ready.tools)).losses["loss"]
            if not math.isfinite(float(loss)):
                return batch
    return batches[-1]
