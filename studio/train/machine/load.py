"""How busy a device is: so that a person can choose one that others do not use."""

from __future__ import annotations

import os
import subprocess

import torch

from studio.train.machine.devices import Device, processors

_WAIT = 2.0
"""Seconds that a driver's tool may take to answer."""


def load_of(device: Device) -> float | None:
    """Give how busy a device is, from 0 to 1; None where that is not told. It may take a second."""
    if device.kind == "cpu":
        return _of_processor()
    if device.kind == "cuda":
        return _of_cuda(device.torch.index or 0)
    return None


def _of_processor() -> float | None:
    try:
        # Of the last minute; what waits for a core counts too.
        return min(os.getloadavg()[0] / processors(), 1.0)
    except (OSError, AttributeError):
        return None


def _of_cuda(index: int) -> float | None:
    try:
        return torch.cuda.utilization(index) / 100
    except Exception:  # noqa: BLE001  # the library that tells it is not there, or is another version
        return _by_tool(index)


def _by_tool(index: int) -> float | None:
    """Ask the tool that comes with the driver."""
    asked = ["nvidia-smi", f"--id={index}", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=_WAIT, check=True).stdout
        return int(said.strip()) / 100
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
