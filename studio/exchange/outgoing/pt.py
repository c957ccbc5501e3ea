"""PyTorch's own file of plain types: it opens with `weights_only=True`, and nothing in it can run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import torch

from studio.exchange.declare import Files, file_format
from studio.exchange.subject import Subject
from studio.exchange.weights import CHECKSUM, checksum
from studio.graph import Message


def load(folder: str, name: str, facts: Mapping[str, Any]) -> Any:
    """Open it as a stranger who has the network's source."""
    import importlib
    from pathlib import Path

    import torch

    model = getattr(importlib.import_module("network"), facts["class"])()
    model.load_state_dict(torch.load(Path(folder, name), weights_only=True)["state_dict"])
    return model.eval()


@file_format(
    "pt",
    order=20,
    title=Message("PyTorch weights (.pt)"),
    suffix=".pt",
    doc=Message("Weights, class names and preprocessing as plain types; loads with weights_only=True."),
    opened_by=load,
)
def make(subject: Subject, name: str) -> Files:
    """Give the file."""
    return {name: packed(subject)}


def packed(subject: Subject) -> bytes:
    """Give the weights and all that belongs to them as a file of plain types."""
    stream = io.BytesIO()
    torch.save(
        {
            "state_dict": subject.state(),
            CHECKSUM: checksum(subject.state()),
            "classes": list(subject.classes),
            "preprocessing": dict(subject.preprocessing) if subject.preprocessing is not None else None,
            "network": subject.network,
            "graph": subject.graph(),
        },
        stream,
    )
    return stream.getvalue()
