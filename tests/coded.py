"""Custom blocks that the tests of several rooms draw."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from studio.project import Project
from tests import drawing

GATE = '''\
import math

import torch
import torch.nn.functional as F
from torch import nn

GAIN = 2.0


class Gate(nn.Module):
    """Let through what is wanted."""

    def __init__(self, features: int = 8, gain: float = 2.0) -> None:
        super().__init__()
        self.fc = nn.Linear(features, features)
        self.gain = gain

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.sigmoid(self.fc(x)) * self.gain * math.sqrt(1.0)
'''
"""A class with weights of its own."""

SWISH = """\
import torch


def swish(x: torch.Tensor, beta: float = 1.0) -> torch.Tensor:
    return x * torch.sigmoid(beta * x)
"""
"""A function."""

RETURN = "        return x *"
"""Begins the line of GATE that the tests of mistakes write before."""


def failing(line: str) -> str:
    """Give the code of Gate with another line before its last."""
    return GATE.replace(RETURN, f"        {line}\n{RETURN}")


FAILING_LINE = GATE[: GATE.index(RETURN)].count("\n") + 1


def with_code(**texts: str) -> Project:
    """Give a project with code of custom blocks by name, nothing drawn."""
    return dataclasses.replace(Project(), custom=MappingProxyType(dict(sorted(texts.items()))))


def gated(gate: str = GATE) -> tuple[Project, list[str]]:
    """Draw a network of eight numbers through Gate, swish and a linear layer; gives the ids."""
    return drawing.chain(
        ("input", {"shape": (64,)}),
        ("custom.Gate", {"features": 64}),
        ("custom.swish", {"beta": 2.0}),
        ("linear", {"out_features": 10}),
        ("output", {}),
        project=with_code(Gate=gate, swish=SWISH),
    )
