"""Looks at the validation samples: losses and metrics of the networks as they are judged."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import torch

from studio.train.loop.measures import finite
from studio.train.machine.processes import shared_batch
from studio.train.recipe import Batch, Outcome, Tools
from studio.train.runs.preparing import Ready


def validated(ready: Ready, wanted: Callable[[], bool] = lambda: True) -> dict[str, float] | None:
    """Give the figures of the validation samples, by keys such as `val_loss`.

    Args:
        ready: what is worked with; its networks are left in evaluation mode.
        wanted: asked before each batch whether to go on.

    Returns:
        None where it was not wanted to the end.
    """
    recipe, tools = ready.recipe, ready.judge_tools()
    for model in ready.models.values():
        model.eval()
    metrics = recipe.metrics()
    totals: dict[str, torch.Tensor] = {}
    with ready.averages.shown() if ready.averages is not None else nullcontext():
        for batch in ready.validation.straight(ready.settings.batch_size):
            if not wanted():
                return None
            with torch.no_grad():
                outcome, size = _judged(ready, batch, tools)
                for name, loss in outcome.losses.items():
                    part = loss * size
                    totals[name] = part if name not in totals else totals[name] + part
                if outcome.output is not None and outcome.target is not None:
                    for metric in metrics.values():
                        metric.update(outcome.output, outcome.target)
    found = {f"val_{name}": float(total) / ready.validation.count for name, total in totals.items()}
    return found | finite({f"val_{key}": metric.compute() for key, metric in metrics.items()})


def _judged(ready: Ready, batch: Batch, tools: Tools) -> tuple[Outcome, int]:
    """Judge a batch, together with other processes where there are some."""
    if ready.processes is None:
        return ready.recipe.judge(batch, tools), batch.size
    mine, counted = shared_batch(batch, ready.processes)
    return ready.processes.judged(ready.recipe.judge(mine, tools), counted)
