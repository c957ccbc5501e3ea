"""Weights that no program can hide in, read by every framework, with the graph and its facts beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import torch
from safetensors.torch import save

from studio.exchange.declare import Files, file_format
from studio.exchange.subject import Subject
from studio.exchange.weights import CHECKSUM, checksum
from studio.graph import Message


def load(folder: str, name: str, facts: Mapping[str, Any]) -> Any:
    """Open it as a stranger who has the network's source."""
    import importlib
    from pathlib import Path

    from safetensors.torch import load_model

    model = getattr(importlib.import_module("network"), facts["class"])()
    load_model(model, Path(folder, name))
    return model.eval()


@file_format(
    "safetensors",
    order=10,
    title=Message("Weights (.safetensors)"),
    suffix=".safetensors",
    doc=Message(
        "Weights with the graph, class names and preprocessing beside them; read by every framework."
    ),
    opened_by=load,
)
def make(subject: Subject, name: str) -> Files:
    """Give the file; tied weights are kept once, as `safetensors.torch.save_model` keeps them."""
    weights, tied = untied(subject.state())
    facts = {
        "format": "pt",
        CHECKSUM: checksum(subject.state()),
        "netwright.graph": subject.graph(),
        "netwright.network": subject.network,
        "netwright.classes": json.dumps(subject.classes, ensure_ascii=False),
        "netwright.preprocessing": json.dumps(subject.preprocessing, ensure_ascii=False),
    }
    return {name: save(weights, {**facts, **tied})}


def untied(state: Mapping[str, torch.Tensor]) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """Give each tensor once, and for every further name of it the name that it is kept under."""
    kept: dict[str, torch.Tensor] = {}
    names: dict[object, str] = {}
    tied: dict[str, str] = {}
    for name in sorted(state):
        tensor = state[name]
        place = (tensor.data_ptr(), tensor.dtype, tuple(tensor.shape), tensor.stride())
        if tensor.numel() and place in names:
            tied[name] = names[place]
        else:
            names[place] = name
            # A part of a larger tensor is kept as a tensor of its own.
            kept[name] = tensor.clone().contiguous() if _is_part(tensor) else tensor.contiguous()
    return kept, tied


def _is_part(tensor: torch.Tensor) -> bool:
    return tensor.untyped_storage().nbytes() != tensor.nbytes
