"""The learning rate over time: every schedule of torch, and a warm-up.

`LambdaLR` and `MultiplicativeLR` take a Python function; a file holds a formula instead, which is computed
and never run. `SequentialLR` and `ChainedScheduler` are the two ways of the warm-up, `ReduceLROnPlateau` goes
by the loss. `SWALR` belongs to an average of weights (`torch.optim.swa_utils`), which no plan makes.
"""

from typing import Any, Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import Dims, Pair

_FACTOR = "The factor."


class _WarmUp:
    """A rise before the schedule begins."""

    warmup: int = param(
        0,
        low=0,
        high=100_000,
        advanced=True,
        doc="Epochs in which the rate rises first; 0 for none.",
        title="Warm-up",
    )
    warmup_from: float = param(
        0.1,
        low=1e-6,
        high=1,
        advanced=True,
        doc="Share of the rate that the warm-up begins with.",
        title="Warm-up from",
    )


class _WarmUpBeside(_WarmUp):
    """A rise before the schedule begins, or beside it."""

    warmup_beside: bool = param(
        False,
        advanced=True,
        doc="Let the schedule run during the warm-up instead of after it.",
        title="Both at once",
    )


def _formula(default: str) -> Any:
    return param(
        default,
        formula=True,
        doc=(
            "A formula with epoch and epochs, or step and steps: those that are behind, and all of the"
            " training. It may use + - * / // % **, min, max, round, abs, sqrt, exp, log, sin, cos and pi."
        ),
        title="Factor",
    )


def _momenta(low: float, high: float) -> Any:
    return param(
        (low, high),
        low=0,
        high=0.999999,
        advanced=True,
        doc="The least and the greatest momentum.",
        title="Momentum",
    )


def _turns() -> Any:
    return param(
        True,
        advanced=True,
        doc="Lower the momentum while the rate is high, where the optimizer has one.",
        title="Momentum too",
    )


@block("", type="constant", group="schedule", role="schedule", title="Constant", keywords=("none", "fixed"))
class Constant(_WarmUp):
    """Keep the learning rate as it is."""


@block(
    "torch.optim.lr_scheduler.StepLR",
    type="step_lr",
    group="schedule",
    role="schedule",
    title="Steps down",
    keywords=("staircase", "decay"),
)
class StepLR(_WarmUpBeside):
    """Multiply the learning rate by a factor every few epochs."""

    step_size: int = param(5, low=1, doc="Epochs between two changes.")
    gamma: float = param(0.5, low=0, high=1, doc=_FACTOR)


@block(
    "torch.optim.lr_scheduler.MultiStepLR",
    type="multi_step_lr",
    group="schedule",
    role="schedule",
    title="Steps at epochs",
    keywords=("milestones", "resnet"),
)
class MultiStepLR(_WarmUpBeside):
    """Multiply the learning rate by a factor at chosen epochs."""

    milestones: Dims = param((3, 5), low=1, doc="The epochs, such as 30, 60, 90.")
    gamma: float = param(0.1, low=0, high=1, doc=_FACTOR)


@block(
    "torch.optim.lr_scheduler.ExponentialLR",
    type="exponential_lr",
    group="schedule",
    role="schedule",
    title="Exponential",
    keywords=("decay",),
)
class ExponentialLR(_WarmUpBeside):
    """Multiply the learning rate by a factor every epoch."""

    gamma: float = param(0.95, low=0, high=1, doc=_FACTOR)


@block(
    "torch.optim.lr_scheduler.CosineAnnealingLR",
    type="cosine_lr",
    group="schedule",
    role="schedule",
    title="Cosine annealing",
    keywords=("half cosine",),
)
class CosineLR(_WarmUpBeside):
    """Lower the learning rate along half a cosine."""

    T_max: int = param(10, low=1, doc="Epochs until the lowest rate.", title="Length")
    eta_min: float = param(0.0, low=0, doc="The lowest rate.", title="Lowest rate")


@block(
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
    type="cosine_restarts",
    group="schedule",
    role="schedule",
    title="Cosine with restarts",
    keywords=("sgdr", "warm restarts"),
)
class CosineRestarts(_WarmUp):
    """Lower the learning rate along half a cosine, then begin again at the top."""

    T_0: int = param(10, low=1, doc="Epochs until the first restart.", title="First length")
    T_mult: int = param(1, low=1, high=100, doc="Factor on the length after each restart.", title="Longer by")
    eta_min: float = param(0.0, low=0, doc="The lowest rate.", title="Lowest rate")


@block(
    "torch.optim.lr_scheduler.LinearLR",
    type="linear_lr",
    group="schedule",
    role="schedule",
    title="Linear",
    keywords=("ramp", "warm-up"),
)
class LinearLR(_WarmUpBeside):
    """Lead the learning rate along a straight line from one share of it to another."""

    start_factor: float = param(1 / 3, low=1e-6, high=1, doc="Share at the beginning.", title="From")
    end_factor: float = param(1.0, low=0, high=1, doc="Share at the end.", title="To")
    total_iters: int = param(5, low=1, doc="Epochs that it takes.", title="Length")


@block(
    "torch.optim.lr_scheduler.ConstantLR",
    type="constant_lr",
    group="schedule",
    role="schedule",
    title="Lower at first",
    keywords=("constant factor", "warm-up"),
)
class ConstantLR(_WarmUpBeside):
    """Multiply the learning rate by a factor for the first epochs."""

    factor: float = param(1 / 3, low=1e-6, high=1, doc=_FACTOR)
    total_iters: int = param(5, low=1, doc="Epochs that it takes.", title="Length")


@block(
    "torch.optim.lr_scheduler.PolynomialLR",
    type="polynomial_lr",
    group="schedule",
    role="schedule",
    title="Polynomial",
    keywords=("power", "linear decay"),
)
class PolynomialLR(_WarmUpBeside):
    """Lower the learning rate to 0 along a power of the epochs that are left."""

    total_iters: int = param(5, low=1, doc="Epochs until the lowest rate.", title="Length")
    power: float = param(1.0, low=0, doc="1 is a straight line; more falls faster at first.")


@block(
    "torch.optim.lr_scheduler.ReduceLROnPlateau",
    type="plateau",
    group="schedule by result",
    role="schedule",
    title="Lower when stuck",
    keywords=("reduce on plateau", "patience"),
)
class Plateau:
    """Lower the learning rate when the validation loss stops falling, or the training loss if it is alone."""

    factor: float = param(0.1, low=1e-6, high=0.999999, doc=_FACTOR)
    patience: int = param(10, low=0, doc="Epochs without improvement that are waited for.")
    threshold: float = param(1e-4, low=0, advanced=True, doc="The least change that counts.")
    threshold_mode: Literal["rel", "abs"] = param(
        "rel",
        advanced=True,
        doc="Whether that change is a share of the loss or a number.",
        title="Counted as",
    )
    cooldown: int = param(0, low=0, advanced=True, doc="Epochs of rest after each change.")
    min_lr: float = param(0.0, low=0, advanced=True, doc="The lowest rate.", title="Lowest rate")


@block(
    "torch.optim.lr_scheduler.OneCycleLR",
    type="one_cycle",
    group="schedule by step",
    role="schedule",
    title="One cycle",
    keywords=("super-convergence", "fast.ai"),
)
class OneCycle:
    """Raise the rate to the optimizer's and lower it far below, once over the training, with every step."""

    pct_start: float = param(
        0.3, low=0.01, high=0.99, doc="Share of the training in which it rises.", title="Rise"
    )
    div_factor: float = param(25.0, low=1, doc="How many times lower it begins.", title="Begins lower by")
    final_div_factor: float = param(
        1e4, low=1, doc="How many times lower than that it ends.", title="Ends lower by"
    )
    anneal_strategy: Literal["cos", "linear"] = param(
        "cos", advanced=True, doc="Shape of the curve.", title="Curve"
    )
    three_phase: bool = param(
        False, advanced=True, doc="Fall as long as it rose, then go below.", title="Three phases"
    )
    cycle_momentum: bool = _turns()
    momenta: Pair = _momenta(0.85, 0.95)


@block(
    "torch.optim.lr_scheduler.CyclicLR",
    type="cyclic",
    group="schedule by step",
    role="schedule",
    title="Cyclic",
    keywords=("triangular", "clr"),
)
class Cyclic:
    """Move the rate up and down between a low one and the optimizer's learning rate, with every step."""

    low: float = param(
        0.1, low=0, high=1, doc="Share of the learning rate that is the lowest.", title="Lowest share"
    )
    step_size_up: int = param(200, low=1, doc="Steps that a rise takes.", title="Rise")
    step_size_down: int = param(
        None, low=1, optional=True, doc="Steps that a fall takes; empty for as many as a rise.", title="Fall"
    )
    mode: Literal["triangular", "triangular2", "exp_range"] = param(
        "triangular", doc="Whether the peaks stay, halve each time, or shrink with every step."
    )
    gamma: float = param(
        1.0, low=0, high=1, advanced=True, doc="Factor of each step on the peaks that shrink with every step."
    )
    cycle_momentum: bool = _turns()
    momenta: Pair = _momenta(0.8, 0.9)


@block(
    "torch.optim.lr_scheduler.LambdaLR",
    type="lambda_lr",
    group="schedule by formula",
    role="schedule",
    title="Formula",
    keywords=("lambda", "own curve", "custom"),
)
class LambdaLR:
    """Multiply the learning rate at the start by a formula, after each epoch or, with “step”, each step."""

    factor: str = _formula("0.95 ** epoch")


@block(
    "torch.optim.lr_scheduler.MultiplicativeLR",
    type="multiplicative_lr",
    group="schedule by formula",
    role="schedule",
    title="Compounding formula",
    keywords=("multiplicative", "own curve", "custom"),
)
class MultiplicativeLR:
    """Multiply the rate that is there by a formula, after each epoch or, with “step”, after each step."""

    factor: str = _formula("0.9 + 0.1 * epoch / epochs")
