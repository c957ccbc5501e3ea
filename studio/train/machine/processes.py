"""Several processes that train together, as `torchrun` starts them: each learns its share of every batch.

    torchrun --nproc-per-node=2 -m studio train FILE

Gradients are averaged by the numbers of samples, so the weights are those that one process would find, but
for the order in which numbers are added. The first process alone decides, writes and speaks.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from studio.train.control import Control
from studio.train.loop.learner import Part
from studio.train.recipe import Batch, Outcome

_PATIENCE = timedelta(days=30)
"""How long a process waits for the others: a pause may be long."""

_BUCKET = 1 << 23
"""Numbers of gradients that are sent at once."""


class Processes:
    """This process among the others.

    Attributes:
        rank: its number; 0 decides.
        count: how many there are.
    """

    def __init__(self, device: torch.device) -> None:
        """Meet the others.

        Args:
            device: where this one computes.
        """
        self.rank, self.count = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
        self._device = device
        if not dist.is_initialized():
            backend = "cpu:gloo,cuda:nccl" if device.type == "cuda" else "gloo"
            dist.init_process_group(backend, timeout=_PATIENCE)

    @property
    def first(self) -> bool:
        """Whether it decides, writes and speaks."""
        return self.rank == 0

    def leave(self) -> None:
        """Part from the others."""
        if dist.is_initialized():
            dist.destroy_process_group()

    # -- the share of this process ----------------------------------------------------------------------

    def share(self, start: int, end: int) -> tuple[int, int]:
        """Give the part of some samples that this process looks at; the first processes take what is over."""
        whole, over = divmod(end - start, self.count)
        begin = start + self.rank * whole + min(self.rank, over)
        return begin, begin + whole + (self.rank < over)

    def part(self, batch: tuple[int, int], step: tuple[int, int]) -> tuple[tuple[int, int], int, Part]:
        """Give what this process looks at of a batch.

        Args:
            batch: where its samples start and end.
            step: where those of the step do.

        Returns:
            Where to start and end; how many samples of it count; and how much they weigh. One that has no
            share looks at a sample that does not count, since all must compute together.
        """
        begin, end = self.share(*batch)
        counted = end - begin
        if not counted:
            begin, end = batch[0], batch[0] + 1
        weight = counted * self.count / (step[1] - step[0])
        return (begin, end), counted, Part(weight, batch[1] == step[1])

    # -- together ---------------------------------------------------------------------------------------

    def decided(self, flags: Sequence[bool]) -> list[bool]:
        """Give what the first process decides."""
        told = torch.tensor([int(flag) for flag in flags])
        dist.broadcast(told, 0)
        return [bool(flag) for flag in told.tolist()]

    def gather(self, value: Any) -> list[Any]:
        """Give what each process has: plain types and tensors."""
        found: list[Any] = [None] * self.count
        dist.all_gather_object(found, value)
        return found

    def add_up(self, parameters: Sequence[nn.Parameter]) -> None:
        """Average the gradients of all processes."""
        waiting: dict[torch.dtype, list[torch.Tensor]] = {}
        for parameter in parameters:
            # All send the same: a gradient that one has not is 0 there.
            gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
            parameter.grad = gradient.to_dense() if gradient.is_sparse else gradient
            waiting.setdefault(parameter.grad.dtype, []).append(parameter.grad)
        for gradients in waiting.values():
            while gradients:
                bucket, size = [gradients.pop(0)], 0
                while gradients and size + bucket[-1].numel() < _BUCKET:
                    size += bucket[-1].numel()
                    bucket.append(gradients.pop(0))
                flat = torch.cat([gradient.reshape(-1) for gradient in bucket])
                dist.all_reduce(flat)
                flat /= self.count
                for gradient, part in zip(bucket, flat.split([g.numel() for g in bucket]), strict=True):
                    gradient.copy_(part.view_as(gradient))

    def figures(
        self, figures: Mapping[str, Sequence[float]], sizes: Sequence[int]
    ) -> tuple[dict[str, list[float]], list[int]]:
        """Give the figures of steps over the samples of all processes, and how many those are.

        Args:
            figures: key to a figure for each step, of this process.
            sizes: how many samples of each step count here.
        """
        keys = sorted(self.gather(sorted(figures))[0])
        own = torch.tensor(sizes, dtype=torch.float64)
        none = [0.0] * len(sizes)
        rows = [torch.tensor(figures.get(key, none), dtype=torch.float64) for key in keys]
        # What does not count may be no number; what counts and is none shall be seen.
        table = torch.stack([own, *(torch.where(own > 0, own * row, 0.0) for row in rows)])
        dist.all_reduce(table)
        whole, *sums = table
        return {key: (row / whole).tolist() for key, row in zip(keys, sums, strict=True)}, [
            int(size) for size in whole.tolist()
        ]

    def judged(self, outcome: Outcome, counted: int) -> tuple[Outcome, int]:
        """Give what all processes found of a batch: means of losses, and every output in its order.

        Args:
            outcome: of this process.
            counted: how many samples of it count.
        """
        losses = {name: float(loss) for name, loss in outcome.losses.items()}
        output, target = (
            None if values is None else values[:counted].detach().cpu()
            for values in (outcome.output, outcome.target)
        )
        found = [one for one in self.gather((losses, output, target, counted)) if one[3]]
        size = sum(one[3] for one in found)
        means = {
            name: torch.tensor(sum(one[0][name] * one[3] for one in found) / size, device=self._device)
            for name in losses
        }
        outputs, targets = ([one[place] for one in found if one[place] is not None] for place in (1, 2))
        return Outcome(
            means,
            torch.cat(outputs).to(self._device) if outputs else None,
            torch.cat(targets).to(self._device) if targets else None,
        ), size

    def replicate(self, model: nn.Module, unused: bool) -> None:
        """Have the gradients of a network averaged while they are computed, by DistributedDataParallel.

        Its names and calls stay as they are: only while it learns, a call goes through the wrapper.

        Args:
            model: the network.
            unused: whether some weights get no gradient.
        """
        given = [self._device.index] if self._device.type == "cuda" else None
        # Older versions of torch have another name for it.
        known = inspect.signature(DistributedDataParallel).parameters
        buffers = "forward_sync_buffers" if "forward_sync_buffers" in known else "broadcast_buffers"
        kept: dict[str, Any] = {buffers: False}
        wrapper = DistributedDataParallel(model, device_ids=given, find_unused_parameters=unused, **kept)
        inside = False

        def call(*values: Any, **named: Any) -> Any:
            nonlocal inside
            if inside or not (model.training and torch.is_grad_enabled()):
                return model._call_impl(*values, **named)
            inside = True
            try:
                return wrapper(*values, **named)
            finally:
                inside = False

        model._compiled_call_impl = call


class Agreed(Control):
    """The buttons as the first process sees them: all see the same between two steps."""

    def __init__(self, own: Control, processes: Processes) -> None:
        """Follow a control.

        Args:
            own: of this process; that of the first one counts.
            processes: the others.
        """
        super().__init__()
        self._own, self._processes = own, processes
        self.attended = False

    def agree(self, report: bool, keep: bool) -> tuple[bool, bool]:
        """Take over what the first process wants, and give whether to report and to keep everything."""
        own = self._own
        pause, stop, interrupted, report, keep = self._processes.decided(
            [own.paused, own.stopped, own.interrupted, report, keep]
        )
        self._set(pause, stop, interrupted)
        return report, keep

    def rest(self) -> None:
        """Wait until the first process goes on; the others wait for its next decision."""
        if self._processes.first:
            self._own.rest()
        self.agree(False, False)


def started_together() -> bool:
    """Tell whether this process is one of several."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1 and "RANK" in os.environ


def own_device(device: str) -> str:
    """Give the device of this process: each takes an accelerator of its own."""
    kind = device.partition(":")[0]
    if kind in ("", "auto"):
        kind = "cuda" if torch.cuda.is_available() else "cpu"
    return f"{kind}:{os.environ.get('LOCAL_RANK', '0')}" if kind in ("cuda", "xpu") else kind


def shared_batch(batch: Batch, processes: Processes) -> tuple[Batch, int]:
    """Give the share of this process of a batch, and how many samples of it count."""
    begin, end = processes.share(0, batch.size)
    counted = end - begin
    if not counted:
        begin, end = 0, 1

    def cut(fields: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        return {name: values[begin:end] for name, values in fields.items()}

    return Batch(cut(batch.inputs), cut(batch.targets), end - begin), counted
