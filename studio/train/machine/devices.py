"""Where networks can compute: every accelerator that torch reports, and the processor, by name."""

from __future__ import annotations

import functools
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from studio.data.memory import memory
from studio.graph import Message, NetwrightError

AUTO = "auto"
"""Stands for the first accelerator, or the processor where there is none."""


@dataclass(frozen=True)
class Device:
    """One place to compute.

    Attributes:
        id: as torch names it: `cpu`, `cuda:0`, `mps`, `xpu:0`.
        name: for people.
        memory_total: bytes it has, if it says so.
        memory_free: bytes that are free now, if it says so.
    """

    id: str
    name: str
    memory_total: int | None = None
    memory_free: int | None = None

    @property
    def torch(self) -> torch.device:
        """The device as torch takes it."""
        return torch.device(self.id)

    @property
    def kind(self) -> str:
        """The family: `cpu`, `cuda`, `mps`, `xpu`."""
        return self.id.partition(":")[0]


class DeviceError(NetwrightError):
    """There is no such device on this machine."""


def devices() -> tuple[Device, ...]:
    """Give every place to compute: accelerators first, the processor last."""
    found = {device.id: device for device in _accelerators()}
    return (*found.values(), processor())


def choose(name: str) -> Device:
    """Give the device of a name.

    Args:
        name: an id of `devices()`, a family such as `cuda`, or `auto`.

    Raises:
        DeviceError: there is none.
    """
    known = devices()
    if name in (AUTO, ""):
        return known[0]
    for device in known:
        if name in (device.id, device.kind):
            return device
    raise DeviceError(
        Message(
            "There is no device “{name}” here. This machine has: {known}. Choose one of them, or auto.",
            name=name,
            known=", ".join(device.id for device in known),
        )
    )


def processor() -> Device:
    """Give the processor of this machine with its memory."""
    total, free = memory()
    return Device("cpu", processor_name(), total, free)


@functools.cache
def processor_name() -> str:
    """Give the name of the processor."""
    name = ""
    if sys.platform.startswith("linux"):
        try:
            for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
                if line.startswith("model name"):
                    name = line.partition(":")[2].strip()
                    break
        except OSError:
            name = ""
    elif sys.platform == "darwin":
        try:
            asked = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
            name = subprocess.run(
                asked, capture_output=True, text=True, timeout=5, check=False
            ).stdout.strip()
        except (OSError, subprocess.SubprocessError):
            name = ""
    return name or platform.processor() or platform.machine() or "CPU"


def processors() -> int:
    """Give how many processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _accelerators() -> Iterator[Device]:
    kinds: dict[str, None] = {}
    try:
        current = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
        if current is not None:
            kinds[current.type] = None
    except RuntimeError:  # a driver that does not fit: the machine computes on its processor
        pass
    for kind in ("cuda", "xpu", "mps"):
        kinds[kind] = None
    for kind in kinds:
        yield from _of_kind(kind)


def _of_kind(kind: str) -> Iterator[Device]:
    try:
        module: Any = torch.get_device_module(kind)
        if not module.is_available():
            return
        if kind == "mps":
            yield Device("mps", f"{processor_name()} (Metal)", *_memory(module, None))
            return
        for index in range(module.device_count()):
            yield Device(f"{kind}:{index}", str(module.get_device_name(index)), *_memory(module, index))
    except (RuntimeError, AttributeError, AssertionError):
        # Built without it, or its driver fails: as if it were not there.
        return


def _memory(module: Any, index: int | None) -> tuple[int | None, int | None]:
    """Give total and free memory; each accelerator has another way to ask, and some have none."""
    try:
        if index is None:
            total = int(module.recommended_max_memory())
            return total, max(total - int(module.driver_allocated_memory()), 0)
        free, total = module.mem_get_info(index)
        return int(total), int(free)
    except (RuntimeError, AttributeError, TypeError, ValueError):
        return None, None


def used_memory(device: torch.device) -> int | None:
    """Give the bytes that this program holds on an accelerator, or None where that is not told."""
    if device.type == "cpu":
        return None
    try:
        return int(torch.accelerator.memory_allocated(device))
    except (RuntimeError, AttributeError, TypeError):
        return None


def free_memory(device: torch.device) -> None:
    """Give unused memory of an accelerator back to it."""
    if device.type == "cpu":
        return
    try:
        torch.accelerator.empty_cache()
    except (RuntimeError, AttributeError):
        return


def wait_for(device: torch.device) -> None:
    """Wait until an accelerator has done all that it was given."""
    if device.type != "cpu":
        torch.accelerator.synchronize(device)


def has_bfloat16(device: torch.device) -> bool:
    """Tell whether a device computes with bfloat16 itself; one that only imitates it is slower with it."""
    try:
        if device.type == "cuda":
            return bool(torch.cuda.is_bf16_supported(including_emulation=False))
        if device.type != "cpu":
            return True
        return _processor_has_bfloat16()
    except (RuntimeError, AttributeError, TypeError):
        return False


@functools.cache
def _processor_has_bfloat16() -> bool:
    try:
        flags = Path("/proc/cpuinfo").read_text("utf-8", "replace").split()
        return any(flag in flags for flag in ("avx512_bf16", "amx_bf16", "bf16"))
    except OSError:
        # Elsewhere torch knows it of Intel's kind of processors.
        asked = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
        return bool(asked is not None and asked())


@functools.cache
def has_float16(device: torch.device) -> bool:
    """Tell whether a device computes with float16, forwards and backwards, as networks need it."""
    try:
        weights = torch.ones(4, 4, 3, 3, device=device, requires_grad=True)
        pictures = torch.ones(1, 4, 5, 5, device=device)
        with torch.autocast(device.type, dtype=torch.float16):
            given = torch.nn.functional.conv2d(pictures, weights).flatten(1) @ weights.view(36, 4)
        given.float().sum().backward()
        return given.dtype == torch.float16 and bool(torch.isfinite(weights.grad).all())  # type: ignore[arg-type]
    except (RuntimeError, TypeError, ValueError, NotImplementedError):
        return False
