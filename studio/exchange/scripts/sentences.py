"""Sentences about likes and dislikes, in Chinese and English, as token numbers."""

from __future__ import annotations

import torch

from studio.data.sentences import sentences
from studio.data.tokens import PADDING, UNKNOWN, words_of
from studio.exchange.scripts.splitting import Samples, split


def load_data(
    count: int, length: int, validation: float, test: float, split_seed: int = 0, stratify: bool = True
) -> tuple[Samples, ...]:
    """Give training, validation and test data; the words are numbered by those of the training part."""
    written = sentences(count)
    labels = torch.tensor([mood for _, mood in written])
    order = {"x": torch.arange(count)}, {"target": labels}
    parts = split(order, validation, test, labels if stratify else None, split_seed)
    words = {word for place in parts[0][0]["x"].tolist() for word in words_of(written[place][0])}
    numbers = {word: number for number, word in enumerate(["<padding>", "<unknown>", *sorted(words)])}
    rows = [[numbers.get(word, UNKNOWN) for word in words_of(text)][:length] for text, _ in written]
    tokens = torch.tensor([row + [PADDING] * (length - len(row)) for row in rows])
    return tuple(({"x": tokens[inputs["x"]]}, targets) for inputs, targets in parts)
