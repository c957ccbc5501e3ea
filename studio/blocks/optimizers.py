"""What moves the weights: every optimizer of torch, with torch's own defaults unless one is better.

SGD (rate 0.01, momentum 0.9) and RMSprop (rate 0.001) begin with what is usual for networks. Muon begins with
the size of step that lets one learning rate serve the weights that it leaves to AdamW.
"""

from typing import Any, Literal

from studio.blocks.declare import block, param
from studio.blocks.parameter import Pair
from studio.blocks.rules import Rule, Values
from studio.graph import Message, Value


def _rate(default: float) -> Any:
    return param(default, low=0, doc="How far each step goes.", title="Learning rate")


def _decay(default: float = 0.0) -> Any:
    return param(default, low=0, doc="Pull of all weights towards 0.")


def _momentum(default: float) -> Any:
    return param(default, low=0, high=1, doc="Share of the last step that is carried on.")


def _betas() -> Any:
    return param(
        (0.9, 0.999),
        low=0,
        high=0.999999,
        advanced=True,
        doc="How long the mean and the size of the gradients are remembered.",
    )


def _eps(default: float) -> Any:
    return param(default, low=0, advanced=True, doc="Keeps a division away from 0.", title="Epsilon")


def _decoupled() -> Any:
    return param(
        False,
        advanced=True,
        doc="Keep the weight decay out of the gradient, as AdamW does.",
        title="Decoupled",
    )


def _nesterov_mend(values: Values) -> Value:
    plain = values.get("momentum") == 0 or bool(values.get("dampening"))
    return False if plain else values.get("nesterov")


_NESTEROV = Rule(
    "no_momentum",
    "nesterov",
    "Looking ahead (Nesterov) needs momentum and no dampening.",
    _nesterov_mend,
    lambda _values: Message("no"),
)


def _etas_mend(values: Values) -> Value:
    etas = values.get("etas")
    match etas:
        case (int() | float() as shrink, int() | float() as grow) if shrink < 1 < grow:
            return etas
    return (0.5, 1.2)


_ETAS = Rule(
    "wrong_factors",
    "etas",
    "The first factor of Rprop must be below 1, and the second above 1.",
    _etas_mend,
    lambda _values: Message("numbers such as 0.5, 1.2"),
)


@block(
    "torch.optim.SGD",
    type="sgd",
    group="first order",
    role="optimizer",
    title="SGD",
    rules=(_NESTEROV,),
    keywords=("gradient descent", "momentum", "nesterov"),
)
class SGD:
    """Step down the gradient, with momentum when wanted."""

    lr: float = _rate(0.01)
    momentum: float = _momentum(0.9)
    weight_decay: float = _decay()
    nesterov: bool = param(False, advanced=True, doc="Look ahead before measuring the gradient.")
    dampening: float = param(
        0.0, low=0, high=1, advanced=True, doc="Share of each gradient that momentum leaves out."
    )


@block(
    "torch.optim.Adam",
    type="adam",
    group="adaptive",
    role="optimizer",
    title="Adam",
    keywords=("adaptive moments", "amsgrad"),
)
class Adam:
    """Give each weight a step of its own size: a good first choice."""

    lr: float = _rate(0.001)
    weight_decay: float = _decay()
    betas: Pair = _betas()
    eps: float = _eps(1e-8)
    amsgrad: bool = param(False, advanced=True, doc="Never let the measured size of the gradients shrink.")


@block(
    "torch.optim.AdamW",
    type="adamw",
    group="adaptive",
    role="optimizer",
    title="AdamW",
    keywords=("decoupled weight decay", "transformer"),
)
class AdamW:
    """Adam with a weight decay that does not mix with the gradient: the choice for Transformers."""

    lr: float = _rate(0.001)
    weight_decay: float = _decay(0.01)
    betas: Pair = _betas()
    eps: float = _eps(1e-8)
    amsgrad: bool = param(False, advanced=True, doc="Never let the measured size of the gradients shrink.")


@block(
    "torch.optim.NAdam",
    type="nadam",
    group="adaptive",
    role="optimizer",
    title="NAdam",
    keywords=("nesterov adam",),
)
class NAdam:
    """Adam that looks ahead along its momentum."""

    lr: float = _rate(0.002)
    weight_decay: float = _decay()
    betas: Pair = _betas()
    eps: float = _eps(1e-8)
    momentum_decay: float = param(
        0.004, low=0, advanced=True, doc="How fast the momentum comes to its full size."
    )
    decoupled_weight_decay: bool = _decoupled()


@block(
    "torch.optim.RAdam",
    type="radam",
    group="adaptive",
    role="optimizer",
    title="RAdam",
    keywords=("rectified adam", "warm-up"),
)
class RAdam:
    """Adam that takes plain steps until it has measured the gradients long enough: needs no warm-up."""

    lr: float = _rate(0.001)
    weight_decay: float = _decay()
    betas: Pair = _betas()
    eps: float = _eps(1e-8)
    decoupled_weight_decay: bool = _decoupled()


@block(
    "torch.optim.Adamax",
    type="adamax",
    group="adaptive",
    role="optimizer",
    title="Adamax",
    keywords=("adam", "infinity norm"),
)
class Adamax:
    """Adam that goes by the largest gradient instead of the mean square: calm where gradients are sparse."""

    lr: float = _rate(0.002)
    weight_decay: float = _decay()
    betas: Pair = _betas()
    eps: float = _eps(1e-8)


@block(
    "torch.optim.RMSprop",
    type="rmsprop",
    group="adaptive",
    role="optimizer",
    title="RMSprop",
    keywords=("root mean square",),
)
class RMSprop:
    """Divide each step by the recent size of the gradient."""

    lr: float = _rate(0.001)
    alpha: float = param(0.99, low=0, high=1, doc="How long the past is remembered.")
    momentum: float = _momentum(0.0)
    weight_decay: float = _decay()
    eps: float = _eps(1e-8)
    centered: bool = param(False, advanced=True, doc="Go by the spread of the gradients around their mean.")


@block(
    "torch.optim.Adagrad",
    type="adagrad",
    group="adaptive",
    role="optimizer",
    title="Adagrad",
    keywords=("accumulated gradient",),
)
class Adagrad:
    """Take ever smaller steps along weights that were moved often: for rare features."""

    lr: float = _rate(0.01)
    lr_decay: float = param(
        0.0, low=0, doc="How fast the learning rate falls with the steps.", title="Rate decay"
    )
    weight_decay: float = _decay()
    initial_accumulator_value: float = param(
        0.0, low=0, advanced=True, doc="What the sum of squared gradients begins with.", title="First sum"
    )
    eps: float = _eps(1e-10)


@block(
    "torch.optim.Adadelta",
    type="adadelta",
    group="adaptive",
    role="optimizer",
    title="Adadelta",
    keywords=("no learning rate",),
)
class Adadelta:
    """Measure the size of its steps by itself: its learning rate of 1 rarely needs a change."""

    lr: float = _rate(1.0)
    rho: float = param(0.9, low=0, high=1, doc="How long the past is remembered.")
    weight_decay: float = _decay()
    eps: float = _eps(1e-6)


@block(
    "torch.optim.Adafactor",
    type="adafactor",
    group="adaptive",
    role="optimizer",
    title="Adafactor",
    keywords=("little memory", "transformer", "factored"),
)
class Adafactor:
    """Like Adam, but remembers rows and columns instead of each weight: where memory is short."""

    lr: float = _rate(0.01)
    weight_decay: float = _decay()
    beta2_decay: float = param(
        -0.8, high=0, advanced=True, doc="How fast the past comes to count more; nearer to 0 is slower."
    )
    d: float = param(
        1.0, low=1, advanced=True, doc="Largest step, measured by its usual size.", title="Step limit"
    )


@block(
    "torch.optim.ASGD",
    type="asgd",
    group="first order",
    role="optimizer",
    title="Averaged SGD",
    keywords=("polyak", "averaging"),
)
class ASGD:
    """SGD whose steps shrink over time, and which keeps the mean of the weights beside."""

    lr: float = _rate(0.01)
    weight_decay: float = _decay()
    lambd: float = param(
        1e-4, low=0, advanced=True, doc="How fast the steps shrink.", title="Decay of the steps"
    )
    alpha: float = param(0.75, low=0, advanced=True, doc="Power by which the steps shrink.", title="Power")
    t0: float = param(
        1e6, low=0, advanced=True, doc="Step from which the weights are averaged.", title="Average from"
    )


@block(
    "torch.optim.Rprop",
    type="rprop",
    group="first order",
    role="optimizer",
    title="Rprop",
    rules=(_ETAS,),
    keywords=("resilient", "sign", "full batch"),
)
class Rprop:
    """Go by the sign of the gradient alone: for small data shown all at once in each step."""

    lr: float = _rate(0.01)
    etas: Pair = param(
        (0.5, 1.2),
        low=1e-6,
        doc="Factors on a step: after the gradient turned round, and after it kept its sign.",
        title="Factors",
    )
    step_sizes: Pair = param((1e-6, 50.0), low=0, advanced=True, doc="The smallest and the largest step.")


@block(
    "torch.optim.LBFGS",
    type="lbfgs",
    group="second order",
    role="optimizer",
    title="L-BFGS",
    keywords=("quasi newton", "full batch", "curvature"),
)
class LBFGS:
    """Measure the curvature by looking at each batch several times: for small networks and large batches."""

    lr: float = _rate(1.0)
    max_iter: int = param(
        20, low=1, high=10_000, doc="How often a batch is looked at in one step.", title="Iterations"
    )
    history_size: int = param(
        100, low=1, high=1000, doc="Steps that the curvature is measured from; all are kept in the memory."
    )
    line_search_fn: Literal["none", "strong_wolfe"] = param(
        "none", doc="Whether each step looks for its best length.", title="Line search"
    )
    tolerance_grad: float = param(
        1e-7, low=0, advanced=True, doc="A gradient this small ends a step.", title="Smallest gradient"
    )
    tolerance_change: float = param(
        1e-9, low=0, advanced=True, doc="A change this small ends a step.", title="Smallest change"
    )


@block(
    "torch.optim.Muon",
    type="muon",
    group="second order",
    role="optimizer",
    title="Muon",
    fits=("hidden matrices",),
    keywords=("orthogonal", "newton schulz", "hidden layers", "matrix"),
)
class Muon:
    """Step along orthogonal matrices: for the matrices of hidden layers; AdamW moves all other weights."""

    lr: float = _rate(0.001)
    weight_decay: float = _decay(0.1)
    momentum: float = _momentum(0.95)
    nesterov: bool = param(True, advanced=True, doc="Look ahead before measuring the gradient.")
    ns_steps: int = param(
        5, low=1, high=99, advanced=True, doc="Rounds that make a step orthogonal.", title="Rounds"
    )
    adjust_lr_fn: Literal["original", "match_rms_adamw"] = param(
        "match_rms_adamw",
        advanced=True,
        doc="How steps are sized: as in the first paper, or like those of AdamW.",
        title="Size of steps",
    )


@block(
    "torch.optim.SparseAdam",
    type="sparse_adam",
    group="adaptive",
    role="optimizer",
    title="SparseAdam",
    fits=("embedding",),
    keywords=("embedding", "lookup table", "sparse gradients"),
)
class SparseAdam:
    """Adam that moves only the rows of embeddings that a batch looked up; Adam moves all other weights."""

    lr: float = _rate(0.001)
    betas: Pair = _betas()
    eps: float = _eps(1e-8)
