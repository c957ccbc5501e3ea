"""A look at one batch before the first step: does everything compute, and is the loss that of a guess?

Networks that know nothing should do about as well as one that gives every answer the same chance. A first
loss far above that means inputs, targets or initial values of a wrong size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn

from studio.graph import Message
from studio.train.runs.preparing import Ready

_FAR = 3.0
"""How many times the loss of a guess a first loss is that is worth a warning."""


@dataclass(frozen=True)
class Looked:
    """What a look gave.

    Attributes:
        messages: how the loss compares with a guess.
        warnings: what looks wrong.
    """

    messages: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()


def first_look(ready: Ready) -> Looked:
    """Show one batch to the networks, and learn nothing; call it in a stream of numbers of its own.

    Raises:
        Exception: what the first step, or the first look at the validation samples, would have met.
    """
    recipe, tools = ready.recipe, ready.judge_tools()
    size = min(ready.settings.batch_size, ready.train.count)
    if ready.processes is not None:
        # All look at what the first of them will learn from: networks in parts compute together only.
        size = -(-size // ready.processes.count)
    ready.train.shuffle(ready.settings.seed, 0)
    batch = ready.train.shuffled(0, size)
    guess = recipe.guess(batch)
    if guess is None:
        return Looked()
    with _fresh(ready.models), torch.no_grad():
        loss = float(recipe.judge(batch, tools).losses["loss"])
        for model in ready.models.values():
            model.eval()
        for checked in ready.validation.straight(size):
            outcome = recipe.judge(checked, tools)
            if outcome.output is not None and outcome.target is not None:
                for metric in recipe.metrics().values():
                    metric.update(outcome.output, outcome.target)
            break
    if not (math.isfinite(loss) and math.isfinite(guess.loss)):
        return Looked()  # the first step tells what is wrong, and where
    expected = f"{guess.text} = {guess.loss:.3f}" if guess.text else f"{guess.loss:.4g}"
    found = Message("Before the first step: the loss is {loss}, a guess has {expected}", loss=f"{loss:.4g}",
                    expected=expected)  # fmt: skip
    if loss <= _FAR * guess.loss or guess.loss <= 0:
        return Looked((found,))
    far = Message(
        "The loss of the first batch is {loss}, and a guess has {expected}: the network starts far off. "
        "Standardise the inputs and targets, or look at the initial values and for layers that make numbers "
        "large.",
        loss=f"{loss:.4g}",
        expected=expected,
    )
    return Looked((found,), (far,))


@contextmanager
def _fresh(models: Mapping[str, nn.Module]) -> Iterator[None]:
    """Have networks compute as in their first step, without dropout, and leave no trace."""
    buffers = [buffer for model in models.values() for buffer in model.buffers()]
    kept = [buffer.clone() for buffer in buffers]
    modes = [(module, module.training) for model in models.values() for module in model.modules()]
    for model in models.values():
        model.eval()
        for module in model.modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm):  # there is no public base class
                module.training = True  # its running statistics say nothing yet
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training
        with torch.no_grad():
            for buffer, before in zip(buffers, kept, strict=True):
                buffer.copy_(before)
