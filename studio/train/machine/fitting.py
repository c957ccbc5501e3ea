"""Refuses networks whose weights do not fit into the memory that is free, before any of them is made.

A system that runs out of memory ends programs without a word, and the window with them.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import nn

from studio.compiler import Analyser
from studio.data.memory import in_units, memory
from studio.graph import Message
from studio.project import Choice, GraphRef, Project
from studio.train.loop.learner import make_optimizer
from studio.train.plans.calls import APART
from studio.train.recipe import TrainError

COPIES = 2
"""The weights, and those of the best epoch."""


def require_fit(project: Project, analyser: Analyser, device: torch.device) -> None:
    """Refuse networks that are too large for this computer.

    Args:
        project: the project; the networks of its plan are looked at.
        analyser: one that remembers.
        device: where it trains; on an accelerator only the copies that are kept are in the memory.

    Raises:
        TrainError: they would take more memory than is free; it is placed at the largest block.
    """
    free = memory().free
    largest, at, count, needed = "", GraphRef("network", project.main()), 0, 0
    for role, name in project.plan.networks.items():
        ref = GraphRef("network", name)
        if ref not in project.refs():
            continue  # whoever builds it says so
        states = _states(project.plan.optimizers.get(role))
        # The gradients and what the optimizer remembers; all but the gradients once more in a checkpoint.
        copies = COPIES + 1 + states + (1 + states if device.type == "cpu" else 0)
        for node in analyser.analyse(project, ref).nodes.values():
            needed += 4 * copies * (node.parameters or 0)
            if (node.parameters or 0) > count:
                largest, at, count = node.id, ref, node.parameters or 0
    if free is None or needed <= free:
        return
    raise TrainError(
        Message(
            "To train this network would take {needed} of memory, and {free} are free. "
            "Use smaller sizes, most of all in “{node}”, or close other programs.",
            needed=in_units(needed),
            free=in_units(free),
            node=project.graph(at).nodes[largest].name,
        ),
        node=largest,
        graph=at,
        expected=Message("at most {memory}", memory=in_units(free)),
        received=Message("{memory}", memory=in_units(needed)),
    )


def _states(choice: Choice | None) -> int:
    """Count what an optimizer remembers of each weight, by letting it make a step."""
    if choice is None or choice.declared("optimizer") is None:
        return 0  # whoever makes it says so
    if choice.type == "lbfgs":
        # Two vectors for each step that it looks back, and four of its own.
        return 2 * cast(int, choice.resolved("optimizer")["history_size"]) + 4
    if choice.type in APART:
        return 2  # what moves the weights that it does not move itself remembers as much
    weight = nn.Parameter(torch.zeros(2))
    weight.grad = torch.zeros(2)
    optimizer = make_optimizer(choice, [{"params": [weight]}], torch.device("cpu"))
    optimizer.step()
    return sum(
        isinstance(value, torch.Tensor) and value.shape == weight.shape
        for value in optimizer.state[weight].values()
    )
