"""What a training plan is made of: losses, optimizers, schedules, metrics, recipes and the loop."""

from typing import Literal

from studio.blocks.declare import block, param

# -- losses ---------------------------------------------------------------------------------------


@block(
    "torch.nn.CrossEntropyLoss",
    type="cross_entropy",
    group="classification",
    role="loss",
    title="Cross entropy",
)
class CrossEntropy:
    """For one class out of many: takes raw scores (no softmax before it) and class numbers."""

    label_smoothing: float = param(0.0, low=0, high=1, doc="Share of certainty taken from the true class.")


@block(
    "torch.nn.BCEWithLogitsLoss",
    type="bce_with_logits",
    group="classification",
    role="loss",
    title="Binary cross entropy",
)
class BinaryCrossEntropy:
    """For yes or no, once or several times: takes raw scores (no sigmoid before it)."""


@block("torch.nn.MSELoss", type="mse", group="regression", role="loss", title="Mean squared error")
class MeanSquaredError:
    """For numbers: the mean of the squared differences."""


@block("torch.nn.L1Loss", type="l1", group="regression", role="loss", title="Mean absolute error")
class MeanAbsoluteError:
    """For numbers: the mean of the absolute differences; outliers weigh less."""


@block("torch.nn.HuberLoss", type="huber", group="regression", role="loss", title="Huber loss")
class Huber:
    """For numbers: squared when near, absolute when far."""

    delta: float = param(1.0, low=1e-9, doc="Where near ends.")


# -- optimizers -----------------------------------------------------------------------------------


@block("torch.optim.SGD", type="sgd", group="first order", role="optimizer", title="SGD")
class SGD:
    """Step down the gradient, with momentum when wanted."""

    lr: float = param(0.01, low=0, doc="How far each step goes.", title="Learning rate")
    momentum: float = param(0.9, low=0, high=1, doc="Share of the last step that is carried on.")
    weight_decay: float = param(0.0, low=0, doc="Pull of all weights towards 0.")
    nesterov: bool = param(False, advanced=True, doc="Look ahead before measuring the gradient.")


@block("torch.optim.Adam", type="adam", group="adaptive", role="optimizer", title="Adam")
class Adam:
    """Give each weight a step of its own size: a good first choice."""

    lr: float = param(0.001, low=0, doc="How far each step goes.", title="Learning rate")
    weight_decay: float = param(0.0, low=0, doc="Pull of all weights towards 0.")
    amsgrad: bool = param(False, advanced=True, doc="Never let the measured size of the gradients shrink.")


@block("torch.optim.AdamW", type="adamw", group="adaptive", role="optimizer", title="AdamW")
class AdamW:
    """Adam with a weight decay that does not mix with the gradient: the choice for Transformers."""

    lr: float = param(0.001, low=0, doc="How far each step goes.", title="Learning rate")
    weight_decay: float = param(0.01, low=0, doc="Pull of all weights towards 0.")


@block("torch.optim.RMSprop", type="rmsprop", group="adaptive", role="optimizer", title="RMSprop")
class RMSprop:
    """Divide each step by the recent size of the gradient."""

    lr: float = param(0.001, low=0, doc="How far each step goes.", title="Learning rate")
    alpha: float = param(0.99, low=0, high=1, doc="How long the past is remembered.")
    momentum: float = param(0.0, low=0, high=1, doc="Share of the last step that is carried on.")
    weight_decay: float = param(0.0, low=0, doc="Pull of all weights towards 0.")


# -- schedules: the learning rate over time, stepped once an epoch ----------------------------------


@block("", type="constant", group="schedule", role="schedule", title="Constant")
class Constant:
    """Keep the learning rate as it is."""


@block(
    "torch.optim.lr_scheduler.StepLR", type="step_lr", group="schedule", role="schedule", title="Steps down"
)
class StepLR:
    """Multiply the learning rate by a factor every few epochs."""

    step_size: int = param(5, low=1, doc="Epochs between two changes.")
    gamma: float = param(0.5, low=0, high=1, doc="The factor.")


@block(
    "torch.optim.lr_scheduler.ExponentialLR",
    type="exponential_lr",
    group="schedule",
    role="schedule",
    title="Exponential",
)
class ExponentialLR:
    """Multiply the learning rate by a factor every epoch."""

    gamma: float = param(0.95, low=0, high=1, doc="The factor.")


@block(
    "torch.optim.lr_scheduler.CosineAnnealingLR",
    type="cosine_lr",
    group="schedule",
    role="schedule",
    title="Cosine annealing",
)
class CosineLR:
    """Lower the learning rate along half a cosine."""

    T_max: int = param(10, low=1, doc="Epochs until the lowest rate.", title="Length")
    eta_min: float = param(0.0, low=0, doc="The lowest rate.", title="Lowest rate")


# -- metrics --------------------------------------------------------------------------------------


@block(
    "torchmetrics.classification.MulticlassAccuracy",
    type="accuracy",
    group="classification",
    role="metric",
    title="Accuracy",
)
class Accuracy:
    """Share of samples whose highest score is the true class."""


@block(
    "torchmetrics.classification.BinaryAccuracy",
    type="binary_accuracy",
    group="classification",
    role="metric",
    title="Binary accuracy",
)
class BinaryAccuracy:
    """Share of yes-or-no answers that are right."""


@block(
    "torchmetrics.regression.MeanAbsoluteError",
    type="mae",
    group="regression",
    role="metric",
    title="Mean absolute error",
)
class AbsoluteError:
    """How far the answers are off, on average."""


@block("torchmetrics.regression.R2Score", type="r2", group="regression", role="metric", title="R²")
class R2:
    """Share of the spread that the network explains: 1 is perfect, 0 is guessing the mean."""


# -- recipes --------------------------------------------------------------------------------------


@block(
    "studio.train.supervised.Supervised", type="supervised", group="recipe", role="recipe", title="Supervised"
)
class Supervised:
    """Show inputs, compare the outputs with the targets, lower the loss."""


# -- the loop -------------------------------------------------------------------------------------


@block("studio.train.engine.run", type="loop", group="loop", role="loop", title="Training")
class Loop:
    """How long, how much at once, and on what."""

    epochs: int = param(5, low=1, high=1_000_000, doc="How often all training data is shown.")
    batch_size: int = param(64, low=1, high=1_000_000, doc="Samples in one step.")
    device: str = param("auto", doc="Where to compute: auto takes the fastest there is.")
    seed: int = param(0, low=0, doc="Number that all randomness starts from.")
    precision: Literal["float32", "bfloat16"] = param(
        "float32", doc="Numbers to compute with: bfloat16 is faster where the device has it."
    )
    threads: int = param(0, low=0, high=1024, advanced=True, doc="Processor threads; 0 measures and chooses.")
    clip_norm: float = param(
        None,
        low=1e-9,
        optional=True,
        advanced=True,
        doc="Longest gradient allowed; empty for no limit.",
        title="Gradient clipping",
    )
    patience: int = param(
        None,
        low=1,
        optional=True,
        advanced=True,
        doc="Stop after this many epochs without improvement; empty for never.",
    )
    checkpoint_seconds: float = param(
        10.0,
        low=0,
        advanced=True,
        unit="s",
        doc="Longest time between two checkpoints.",
        title="Checkpoint every",
    )
