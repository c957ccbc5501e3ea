"""Reads a torch file of plain types; what could run is refused, and torch's own long words stay within."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import torch


class NotPlainError(Exception):
    """The file is damaged or holds more than plain types; the text is torch's."""


def read_plain_types(path: Path) -> Any:
    """Give what a file holds: numbers, texts, lists, dicts and tensors.

    Raises:
        NotPlainError: it is damaged, or holds anything else.
    """
    with warnings.catch_warnings():
        # Of what it is about to refuse, such as a bare pickle or TorchScript, it warns at length besides.
        warnings.simplefilter("ignore")
        try:
            return torch.load(path, weights_only=True, map_location="cpu")
        except Exception as error:  # noqa: BLE001  # torch raises a dozen kinds
            raise NotPlainError(str(error)) from None
