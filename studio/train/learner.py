"""Moves the weights of one network: gradients, clipping, the guard against what is no number, the step."""

from __future__ import annotations

import importlib
import inspect
import math
from collections.abc import Mapping
from typing import Any, cast

import torch
from torch import nn

from studio.graph import Message
from studio.project import Choice
from studio.train.recipe import NotFiniteError, TrainError

_SKIP_ON_DEVICE = ("cuda", "xpu")
"""Accelerators whose fused optimizers skip a step by a flag that never leaves the device."""


def optimizer_class(choice: Choice) -> type[torch.optim.Optimizer]:
    """Give the class of an optimizer of the plan."""
    choice.resolved("optimizer")
    declared = choice.declared("optimizer")
    assert declared is not None  # `resolved` has refused what is not declared
    module, _, name = declared.target.rpartition(".")
    return cast("type[torch.optim.Optimizer]", getattr(importlib.import_module(module), name))


def optimizer_arguments(choice: Choice, device: torch.device) -> dict[str, Any]:
    """Give all arguments of an optimizer but the parameters, as training makes it.

    The fused form is taken where there is one for the device: one pass over all weights. It rounds in
    another order, so whoever wants the same bits passes these same arguments.
    """
    arguments: dict[str, Any] = dict(choice.resolved("optimizer"))
    if "fused" in inspect.signature(optimizer_class(choice)).parameters and device.type in (
        "cpu",
        "cuda",
        "mps",
        "xpu",
    ):
        arguments["fused"] = True
    return arguments


def make_optimizer(
    choice: Choice, groups: list[dict[str, Any]], device: torch.device
) -> torch.optim.Optimizer:
    """Make an optimizer over groups of parameters."""
    made: Any = optimizer_class(choice)
    arguments = optimizer_arguments(choice, device)
    try:
        return cast(torch.optim.Optimizer, made(groups, **arguments))
    except RuntimeError:
        # No fused form for these weights after all.
        return cast(
            torch.optim.Optimizer, made(groups, **{k: v for k, v in arguments.items() if k != "fused"})
        )


def make_schedule(
    choice: Choice | None, optimizer: torch.optim.Optimizer
) -> torch.optim.lr_scheduler.LRScheduler | None:
    """Make the schedule of the learning rate, stepped once an epoch; None for a constant rate."""
    if choice is None:
        return None
    arguments: dict[str, Any] = dict(choice.resolved("schedule"))
    declared = choice.declared("schedule")
    if declared is None or not declared.target:
        return None
    module, _, name = declared.target.rpartition(".")
    made: Any = getattr(importlib.import_module(module), name)
    return cast(torch.optim.lr_scheduler.LRScheduler, made(optimizer, **arguments))


class Learner:
    """One role's way of learning."""

    def __init__(
        self,
        role: str,
        model: nn.Module,
        optimizer: Choice,
        schedule: Choice | None,
        *,
        clip_norm: float | None,
        rates: Mapping[str, float],
        device: torch.device,
        on_device: bool | None = None,
    ) -> None:
        """Make the optimizer.

        Args:
            role: whose learning it is.
            model: the network.
            optimizer: which optimizer.
            schedule: how the learning rate changes with the epochs, if it does.
            clip_norm: longest gradient allowed.
            rates: dotted module name to a factor on the learning rate of all within it.
            device: where the network computes.
            on_device: whether a loss that is no number is noticed by a flag on the device, which costs no
                waiting; chosen by the device when not given.

        Raises:
            TrainError: the network has no weights to train.
        """
        self.role = role
        groups = _groups(model, rates, cast(float, optimizer.resolved("optimizer")["lr"]))
        if not groups:
            raise TrainError(
                Message("The network has no weights that can be trained. Add a layer or unfreeze one.")
            )
        self.parameters = [parameter for group in groups for parameter in group["params"]]
        self.optimizer = make_optimizer(optimizer, groups, device)
        self.schedule = make_schedule(schedule, self.optimizer)
        self._clip_norm = clip_norm
        skips = bool(self.optimizer.defaults.get("fused"))
        self.deferred = skips and (device.type in _SKIP_ON_DEVICE if on_device is None else on_device)
        self._bad = torch.zeros((), device=device)
        if self.deferred:
            # Read by the fused step: 1 makes it leave weights and moments alone. It is never taken back.
            self.optimizer.found_inf = self._bad  # type: ignore[attr-defined]

    @property
    def rate(self) -> float:
        """The learning rate of the first group now."""
        return float(self.optimizer.param_groups[0]["lr"])

    @property
    def failed(self) -> torch.Tensor:
        """1 on the device from the first loss or gradient on that was no number."""
        return self._bad

    def learn(self, loss: torch.Tensor) -> None:
        """Take one step down the gradient of a loss.

        Raises:
            NotFiniteError: the loss or a gradient is no number; no weight was changed.
        """
        if not self.deferred:
            value = loss.item()
            if not math.isfinite(value):
                raise NotFiniteError(self.role, "loss", value)
        self.optimizer.zero_grad()
        loss.backward()
        if self._clip_norm is not None:
            norm = nn.utils.clip_grad_norm_(self.parameters, self._clip_norm)
            self._guard(norm)
        elif self.deferred:
            self._guard(nn.utils.get_total_norm([p.grad for p in self.parameters if p.grad is not None]))
        else:
            self._guard_by_sums()
        self.optimizer.step()

    def _guard(self, norm: torch.Tensor) -> None:
        if self.deferred:
            self._bad.logical_or_(~torch.isfinite(norm))
            return
        value = norm.item()
        if not math.isfinite(value):
            raise NotFiniteError(self.role, "gradient", value)

    def _guard_by_sums(self) -> None:
        # A sum is no number as soon as one of its parts is none, and costs a third of a norm.
        sums = [parameter.grad.sum() for parameter in self.parameters if parameter.grad is not None]
        total = sum(torch.stack(sums).tolist()) if sums else 0.0
        if not math.isfinite(total):
            raise NotFiniteError(self.role, "gradient", total)

    def next_epoch(self) -> None:
        """Let the schedule move the learning rate."""
        if self.schedule is not None:
            self.schedule.step()

    def state(self) -> dict[str, Any]:
        """Give what must be kept to go on exactly."""
        return {
            "optimizer": self.optimizer.state_dict(),
            "schedule": None if self.schedule is None else self.schedule.state_dict(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from what was kept."""
        self.optimizer.load_state_dict(state["optimizer"])
        if self.schedule is not None and state["schedule"] is not None:
            self.schedule.load_state_dict(dict(state["schedule"]))
            # It was called, in the training before: else the schedule warns of a wrong order.
            self.optimizer._opt_called = True  # type: ignore[attr-defined]


def _groups(model: nn.Module, rates: Mapping[str, float], rate: float) -> list[dict[str, Any]]:
    """Give trainable parameters grouped by the factor on their learning rate; those without one first."""
    found: dict[float, list[nn.Parameter]] = {}
    deepest_first = sorted(rates, key=len, reverse=True)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            place = next((place for place in deepest_first if name.startswith(place + ".")), None)
            found.setdefault(1.0 if place is None else rates[place], []).append(parameter)
    return [
        {"params": parameters} if factor == 1.0 else {"params": parameters, "lr": rate * factor}
        for factor, parameters in sorted(found.items(), key=lambda item: item[0] != 1.0)
    ]
