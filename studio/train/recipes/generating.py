"""Continues texts with a language model: token by token, each drawn from what the network expects next."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn

from studio.data import Preprocessing
from studio.data.tokens import PADDING, UNKNOWN
from studio.train.plans.entries import called, device_of, entries


def generate(
    model: nn.Module,
    preprocessing: Preprocessing,
    prompt: str,
    *,
    length: int = 200,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    seed: int | None = None,
    told: Callable[[str], bool] | None = None,
) -> str:
    """Continue a text.

    Args:
        model: the network; it is left as it was.
        preprocessing: how its texts became tokens.
        prompt: how the text begins; where it is empty, the network begins by itself.
        length: how many tokens are added.
        temperature: 0 takes the likeliest token each time, 1 draws as the network expects, more is wilder.
        top_k: only so many of the likeliest tokens are drawn from; 0 for all.
        top_p: only the likeliest tokens that together are expected with this share are drawn from.
        seed: what is drawn from; another one each time when not given.
        told: told the text after each token; a `False` ends it.

    Returns:
        The prompt as the network saw it, and what it added.

    Raises:
        PreprocessingError: the network takes no texts.
    """
    generator = torch.Generator()
    if seed is None:
        generator.seed()
    else:
        generator.manual_seed(seed)
    begun = preprocessing.numbers(prompt) or [PADDING]
    rows = torch.tensor([begun])

    def on(row: torch.Tensor) -> bool:
        return told is None or told(preprocessing.words(row[0])) is not False

    was_training = model.training
    model.eval()
    try:
        rows = continued(
            model,
            rows,
            length,
            room=preprocessing.shape[0],
            temperature=temperature,
            top_k=top_k,
            top_p=top_p,
            generator=generator,
            known=len(preprocessing.vocabulary) or None,
            wanted=on,
        )
    finally:
        model.train(was_training)
    return preprocessing.words(rows[0])


@torch.no_grad()
def continued(
    model: nn.Module,
    rows: torch.Tensor,
    length: int,
    *,
    room: int,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    generator: torch.Generator | None = None,
    known: int | None = None,
    wanted: Callable[[torch.Tensor], bool] = lambda _rows: True,
) -> torch.Tensor:
    """Continue rows of tokens, all at once.

    Args:
        model: the network, in evaluation mode.
        rows: (count, tokens), at least one token each.
        length: how many tokens each is continued by.
        room: how many tokens the network sees at once; older ones are forgotten.
        temperature: see `generate`.
        top_k: see `generate`.
        top_p: see `generate`.
        generator: what is drawn from.
        known: how many tokens there are, where the network scores more.
        wanted: asked after each token whether to go on.

    Returns:
        (count, tokens + length), on the processor.
    """
    (entry, *_) = entries(model)
    # Of a network that takes any length, what is not there need not be computed.
    filled = entry.tensor is not None and not entry.open
    where = device_of(model)
    for _ in range(length):
        seen = rows[:, -room:]
        last = seen.shape[1] - 1
        if filled and seen.shape[1] < room:
            seen = torch.nn.functional.pad(seen, (0, room - seen.shape[1]), value=PADDING)
        scores = called(model, seen.to(where))[:, last, :known].float().cpu()
        rows = torch.cat([rows, drawn(scores, temperature, top_k, top_p, generator)], 1)
        if not wanted(rows):
            break
    return rows


def drawn(
    scores: torch.Tensor,
    temperature: float = 1.0,
    top_k: int = 0,
    top_p: float = 1.0,
    generator: torch.Generator | None = None,
) -> torch.Tensor:
    """Draw the next token of each row; fillings and what is unknown never come.

    Args:
        scores: (count, tokens there are), raw.
        temperature: see `generate`.
        top_k: see `generate`.
        top_p: see `generate`.
        generator: what is drawn from.

    Returns:
        (count, 1).
    """
    scores = scores.clone()
    if scores.shape[1] > UNKNOWN + 1:
        scores[:, : UNKNOWN + 1] = -torch.inf
    if temperature <= 0:
        return scores.argmax(1, keepdim=True)
    scores = scores / temperature
    if 0 < top_k < scores.shape[1]:
        scores[scores < scores.topk(top_k, 1).values[:, -1:]] = -torch.inf
    chances = scores.softmax(1)
    if top_p < 1:
        ordered, order = chances.sort(dim=1, descending=True, stable=True)
        # The likeliest one stays in any case.
        beyond = ordered.cumsum(1) - ordered >= top_p
        chances = chances.masked_fill(torch.zeros_like(beyond).scatter(1, order, beyond), 0.0)
    return torch.multinomial(chances, 1, generator=generator)
