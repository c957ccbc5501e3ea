"""Moves the weights of one network: gradients, clipping, the guard against what is no number, the step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import torch
from torch import nn

from studio.graph import Message
from studio.project import Choice
from studio.train.loop.holding import hold_zeros
from studio.train.loop.rates import look_ahead
from studio.train.machine.sharding import in_parts, is_in_parts, whole
from studio.train.plans.apart import moved_apart, refusals
from studio.train.plans.calls import APART, Call, Name, make, optimizer_call, schedule_call
from studio.train.recipe import Again, NotFiniteError, TrainError


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a step, whose samples are too many to be looked at together.

    Attributes:
        share: of the samples of the step.
        last: whether it is the last part.
    """

    share: float = 1.0
    last: bool = True


WHOLE = Part()

_SKIP_ON_DEVICE = ("cuda", "xpu")
"""Accelerators whose fused optimizers skip a step by a flag that never leaves the device."""


def make_optimizer(
    choice: Choice,
    groups: list[dict[str, Any]],
    device: torch.device,
    rest: list[dict[str, Any]] | None = None,
) -> torch.optim.Optimizer:
    """Make an optimizer over groups of parameters.

    Args:
        choice: which optimizer.
        groups: the parameters, or those that it moves itself.
        device: where it computes.
        rest: the parameters that another optimizer moves beside it, where it moves only some.
    """
    call = optimizer_call(
        choice, device, Name("weights", groups), None if rest is None else Name("rest", rest)
    )
    try:
        return cast(torch.optim.Optimizer, make(call))
    except RuntimeError:
        # No fused form for these weights after all.
        return cast(torch.optim.Optimizer, make(_plain(call)))


def _plain(call: Call) -> Call:
    first = tuple(_plain(each) if isinstance(each, Call) else each for each in call.first)
    return replace(call, first=first, named={k: v for k, v in call.named.items() if k != "fused"})


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
        clip_value: float | None = None,
        l1: float = 0.0,
        keep_zeros: bool = False,
        steps: int = 1,
        epochs: int = 1,
        scaler: torch.amp.GradScaler | None = None,
        together: Callable[[Sequence[nn.Parameter]], None] | None = None,
        alone: bool = True,
    ) -> None:
        """Make the optimizer.

        Args:
            role: whose learning it is.
            model: the network.
            optimizer: which optimizer.
            schedule: how the learning rate changes with the training, if it does.
            clip_norm: longest gradient allowed.
            rates: dotted module name to a factor on the learning rate of all within it.
            device: where the network computes.
            on_device: whether a loss that is no number is noticed by a flag on the device, which costs no
                waiting; chosen by the device when not given.
            clip_value: largest number allowed in a gradient.
            l1: how strongly matrices and filters are pulled to exactly 0.
            keep_zeros: whether numbers of matrices and filters that are exactly 0 are not moved.
            steps: steps of the whole training, for schedules that go by them.
            epochs: epochs of the whole training, for schedules that read them.
            scaler: keeps gradients of short numbers within what those can hold.
            together: averages gradients over several processes, before they are held within limits.
            alone: whether no other process learns the same; else a loss that is no number is found in the
                gradients, which all have alike.

        Raises:
            TrainError: the network has no weights to train, or none that this optimizer moves; or the formula
                of the schedule has no result.
        """
        self.role = role
        rate = cast(float, optimizer.resolved("optimizer")["lr"])
        apart = moved_apart(optimizer.type, model) if optimizer.type in APART else None
        groups = _groups(model, rates, rate, lambda name: apart is None or name in apart)
        rest = None if apart is None else _groups(model, rates, rate, lambda name: name not in apart)
        if not groups and not rest:
            raise TrainError(
                Message("The network has no weights that can be trained. Add a layer or unfreeze one.")
            )
        clipped = clip_norm is not None or clip_value is not None
        _require(optimizer, groups, rest, any(factor != 1.0 for factor in rates.values()), clipped)
        if optimizer.type == "sparse_adam":
            look_up_sparsely(model, apart or frozenset())
        self.parameters = [parameter for group in (*groups, *(rest or ())) for parameter in group["params"]]
        self.optimizer = make_optimizer(optimizer, groups, device, rest or None)
        if schedule is not None:
            look_ahead(schedule, epochs, steps)
        planned = schedule_call(schedule, optimizer, self.optimizer, steps, epochs)
        self.schedule: torch.optim.lr_scheduler.LRScheduler | None = None
        self._each_step = planned is not None and planned.each_step
        self._watches = planned is not None and planned.watches
        if planned is not None:
            self.schedule = make(planned.call)
        self._clip_norm, self._clip_value, self._l1 = clip_norm, clip_value, l1
        looked_up = apart if apart is not None and optimizer.type == "sparse_adam" else frozenset()
        self._shrunk = [
            weight
            for name, weight in model.named_parameters()
            if l1 and weight.requires_grad and weight.dim() > 1 and name not in looked_up
        ]
        if keep_zeros:
            hold_zeros(self.parameters)
        self.notes = _told(optimizer.type, apart, sum(len(group["params"]) for group in rest or ()))
        self._searches = isinstance(self.optimizer, torch.optim.LBFGS)
        skips = bool(self.optimizer.defaults.get("fused"))
        self.scaler = scaler
        # With a scaler the loss is looked at in each step: how it goes on depends on it.
        skips = skips and scaler is None
        self.deferred = skips and (device.type in _SKIP_ON_DEVICE if on_device is None else on_device)
        self._together, self._alone = together, alone
        self._in_parts = not alone and any(is_in_parts(weight) for weight in self.parameters)
        self.watched, self.norm = False, cast("torch.Tensor | None", None)
        self._added: list[torch.Tensor | None] | None = None
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

    @property
    def searches(self) -> bool:
        """Whether its optimizer looks at a batch several times."""
        return self._searches

    def learn(self, loss: torch.Tensor, again: Again | None = None, part: Part = WHOLE) -> None:
        """Take one step down the gradient of a loss.

        Args:
            loss: the loss.
            again: computes it anew; needed by an optimizer that looks at a batch several times.
            part: which part of a step it is; the weights move with the last one.

        Raises:
            NotFiniteError: the loss or a gradient is no number; no weight was changed.
            TrainError: an optimizer that looks several times left the finite numbers; nor was one then.
        """
        if self._searches:
            self._search(loss, again)
        else:
            self._lead_back(loss, part)
            if not part.last:
                return
            self._move()
        self._follow()

    def _move(self) -> None:
        """Let the optimizer move the weights; a scaler leaves them where gradients outgrew the numbers."""
        if self.scaler is None:
            self.optimizer.step()
        else:
            self.scaler.step(self.optimizer)
            self._rescale()

    def _rescale(self) -> None:
        scaler = cast(torch.amp.GradScaler, self.scaler)
        scaler.update()
        if scaler.get_scale() < 1:
            # It was halved again and again: the gradients are infinite by themselves.
            raise NotFiniteError(self.role, "gradient", math.inf)

    def _follow(self) -> None:
        """Let a schedule that goes by steps move the learning rate."""
        schedule = self.schedule if self._each_step else None
        # Where more steps come than were foreseen, as after a change of the data, the last rate stays.
        if schedule is not None and schedule.last_epoch < getattr(schedule, "total_steps", math.inf):
            schedule.step()

    def _search(self, loss: torch.Tensor, again: Again | None) -> None:
        """Take a step that computes the loss several times."""
        assert again is not None  # a recipe that learns from one loss can compute it again
        before = [parameter.detach().clone() for parameter in self.parameters]
        looks = 0

        def closure() -> Any:
            nonlocal looks
            looks += 1
            found = loss if looks == 1 else again()
            self._lead_back(found)
            return self._penalised(found.detach())

        try:
            self.optimizer.step(closure)
            left = not all(bool(torch.isfinite(parameter).all()) for parameter in self.parameters)
        except NotFiniteError:
            if looks == 1:
                raise
            left = True
        if left:
            with torch.no_grad():
                for parameter, kept in zip(self.parameters, before, strict=True):
                    parameter.copy_(kept)
            raise TrainError(
                Message(
                    "L-BFGS left the finite numbers while it looked for its step. Lower the learning rate, "
                    "choose the line search “strong_wolfe”, or take larger batches. The weights are those "
                    "from before this step."
                )
            )

    def _penalised(self, loss: torch.Tensor) -> torch.Tensor:
        """Add what pulls weights to 0."""
        if not self._shrunk:
            return loss
        return loss + self._l1 * torch.stack([weight.abs().sum() for weight in self._shrunk]).sum()

    def _lead_back(self, loss: torch.Tensor, part: Part = WHOLE) -> None:
        """Compute the gradients, held within their limits and guarded."""
        self._require_finite(loss)
        self.optimizer.zero_grad()
        self._go_on_adding()
        self._scaled(self._weighed(self._penalised(loss), part)).backward()
        if part.last:
            self._hold()
        else:
            self._lay_aside()

    def _weighed(self, loss: torch.Tensor, part: Part) -> torch.Tensor:
        return loss if part.share == 1.0 else loss * part.share

    def _scaled(self, loss: torch.Tensor) -> torch.Tensor:
        return loss if self.scaler is None else self.scaler.scale(loss)

    def _lay_aside(self) -> None:
        """Keep the gradients of a part of a step where no other loss adds to them."""
        self._added = [parameter.grad for parameter in self.parameters]
        for parameter in self.parameters:
            parameter.grad = None

    def _go_on_adding(self) -> None:
        """Have the next gradients added to those of the parts before."""
        if self._added is not None:
            for parameter, gradient in zip(self.parameters, self._added, strict=True):
                parameter.grad = gradient
            self._added = None

    def _require_finite(self, loss: torch.Tensor) -> None:
        if not self.deferred and self._alone:
            value = loss.item()
            if not math.isfinite(value):
                raise NotFiniteError(self.role, "loss", value)

    def _hold(self) -> None:
        """Hold the gradients within their limits, and guard them."""
        if self._together is not None:
            self._together(self.parameters)
        if self.scaler is not None:
            self.scaler.unscale_(self.optimizer)
        if self.watched:
            gradients = [p.grad for p in self.parameters if p.grad is not None and not p.grad.is_sparse]
            self.norm = nn.utils.get_total_norm(gradients) if gradients else None
        if self._clip_value is not None:
            nn.utils.clip_grad_value_(self.parameters, self._clip_value)
        if self._clip_norm is not None:
            norm = nn.utils.clip_grad_norm_(self.parameters, self._clip_norm)
            self._guard(norm)
        elif self.scaler is not None:
            return  # it looks for itself, and takes no step with what is infinite
        elif self.deferred:
            self._guard(nn.utils.get_total_norm([p.grad for p in self.parameters if p.grad is not None]))
        else:
            self._guard_by_sums()

    def _guard(self, norm: torch.Tensor) -> None:
        if self.scaler is not None:
            return
        if self.deferred:
            self._bad.logical_or_(~torch.isfinite(norm))
            return
        value = float(whole(norm))
        if not math.isfinite(value):
            raise NotFiniteError(self.role, "gradient", value)

    def _guard_by_sums(self) -> None:
        # A sum is no number as soon as one of its parts is none, and costs a third of a norm.
        sums = [parameter.grad.sum() for parameter in self.parameters if parameter.grad is not None]
        if self._in_parts:
            sums = [whole(one) for one in sums]
        total = sum(torch.stack(sums).tolist()) if sums else 0.0
        if not math.isfinite(total):
            raise NotFiniteError(self.role, "gradient", total)

    def next_epoch(self, value: float) -> None:
        """Let the schedule move the learning rate.

        Args:
            value: the loss of the epoch, by which some schedules go.
        """
        if self._watches:
            cast(torch.optim.lr_scheduler.ReduceLROnPlateau, self.schedule).step(value)
        elif self.schedule is not None and not self._each_step:
            self.schedule.step()

    def state(self) -> dict[str, Any]:
        """Give what must be kept to go on exactly."""
        return {
            "optimizer": whole(self.optimizer.state_dict())
            if self._in_parts
            else self.optimizer.state_dict(),
            "schedule": None if self.schedule is None else self.schedule.state_dict(),
            **({} if self.scaler is None else {"scaler": self.scaler.state_dict()}),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from what was kept."""
        kept = state["optimizer"]
        self.optimizer.load_state_dict(in_parts(kept, self.optimizer) if self._in_parts else kept)
        if self.scaler is not None and "scaler" in state:
            self.scaler.load_state_dict(state["scaler"])
        if self.schedule is not None and state["schedule"] is not None:
            # How long the whole training is, is for this training to say.
            own = {name: vars(self.schedule)[name] for name in _LENGTH if name in vars(self.schedule)}
            self.schedule.load_state_dict({**state["schedule"], **own})
            # It was called, in the training before: else the schedule warns of a wrong order.
            self.optimizer._opt_called = True  # type: ignore[attr-defined]


def learn_together(learners: Sequence[Learner], loss: torch.Tensor, part: Part = WHOLE) -> None:
    """Take one step of several networks down the gradient of one loss.

    Args:
        learners: of the networks; they share the scaler of the first.
        loss: the loss.
        part: which part of a step it is; the weights move with the last one.

    Raises:
        NotFiniteError: the loss or a gradient is no number; no weight was changed.
        TrainError: one of them has an optimizer that looks at a batch several times.
    """
    if any(learner._searches for learner in learners):
        raise TrainError(
            Message(
                "L-BFGS looks at a batch several times and moves one network, and here {count} networks "
                "learn from one loss. Choose another optimizer, such as Adam.",
                count=len(learners),
            )
        )
    learners[0]._require_finite(loss)
    first = learners[0]
    for learner in learners:
        learner.optimizer.zero_grad()
        learner._go_on_adding()
        loss = learner._penalised(loss)
    first._scaled(first._weighed(loss, part)).backward()
    if not part.last:
        for learner in learners:
            learner._lay_aside()
        return
    own = [learner.scaler for learner in learners]
    try:
        for learner in learners:
            learner.scaler = first.scaler
            learner._hold()
        for learner in learners:
            if first.scaler is None:
                learner.optimizer.step()
            else:
                first.scaler.step(learner.optimizer)
            learner._follow()
        if first.scaler is not None:
            first._rescale()
    finally:
        for learner, scaler in zip(learners, own, strict=True):
            learner.scaler = scaler


_LENGTH = ("total_steps", "_schedule_phases")
"""What a schedule that goes by steps knows of the length of the training."""


def look_up_sparsely(model: nn.Module, tables: frozenset[str]) -> None:
    """Have tables give gradients for those of their rows only that a batch looked up."""
    for name, module in model.named_modules():
        if f"{name}.weight".removeprefix(".") in tables:
            cast(nn.Embedding, module).sparse = True


def _told(optimizer: str, apart: frozenset[str] | None, others: int) -> tuple[Message, ...]:
    """Say which weights an optimizer moves, where another one moves the rest."""
    if apart is None or not others:
        return ()
    if optimizer == "muon":
        return (
            Message(
                "Optimizer: Muon moves {count} {count:matrix|matrices} of hidden layers, AdamW the other "
                "{others} {others:weight|weights}",
                count=len(apart),
                others=others,
            ),
        )
    return (
        Message(
            "Optimizer: SparseAdam moves {count} {count:table|tables} of embeddings, Adam the other "
            "{others} {others:weight|weights}",
            count=len(apart),
            others=others,
        ),
    )


def _require(
    choice: Choice,
    groups: list[dict[str, Any]],
    rest: list[dict[str, Any]] | None,
    own_rates: bool,
    clipped: bool,
) -> None:
    """Refuse an optimizer that cannot move these weights.

    Raises:
        TrainError: it cannot; another one is offered.
    """
    for refusal in refusals(choice.type, rest is None or bool(groups), own_rates, clipped):
        raise refusal


def _groups(
    model: nn.Module, rates: Mapping[str, float], rate: float, wanted: Callable[[str], bool]
) -> list[dict[str, Any]]:
    """Give trainable parameters grouped by the factor on their learning rate; those without one first."""
    found: dict[float, list[nn.Parameter]] = {}
    deepest_first = sorted(rates, key=len, reverse=True)
    for name, parameter in model.named_parameters():
        if parameter.requires_grad and wanted(name):
            place = next((place for place in deepest_first if name.startswith(place + ".")), None)
            found.setdefault(1.0 if place is None else rates[place], []).append(parameter)
    return [
        {"params": parameters} if factor == 1.0 else {"params": parameters, "lr": rate * factor}
        for factor, parameters in sorted(found.items(), key=lambda item: item[0] != 1.0)
    ]
