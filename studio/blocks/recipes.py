"""What a step of training is, and the loop around it: how long, how much at once, what holds weights back."""

from typing import Literal

from studio.blocks.declare import block, input_port, output_port, param

Network = object
"""An input of a recipe is a role: one network of the project is bound to it in the plan."""

Told = object
"""An output of a recipe named `losses` or `metrics` says that it goes by those of the plan."""

# -- recipes --------------------------------------------------------------------------------------


@block(
    "studio.train.recipes.supervised.Supervised",
    type="supervised",
    group="recipe",
    role="recipe",
    title="Supervised",
)
class Supervised:
    """Show inputs, compare the outputs with the targets, lower the loss."""

    model: Network = input_port("The network that learns.")
    losses: Told = output_port("The losses of the plan, which it lowers.")
    metrics: Told = output_port("The metrics of the plan.")


# -- the loop -------------------------------------------------------------------------------------


@block("studio.train.loop.engine.run", type="loop", group="loop", role="loop", title="Training")
class Loop:
    """How long, how much at once, and on what."""

    epochs: int = param(5, low=1, high=1_000_000, doc="How often all training data is shown.")
    batch_size: int = param(64, low=1, high=1_000_000, doc="Samples in one step.")
    device: str = param("auto", doc="Where to compute: auto takes the fastest there is.")
    seed: int = param(0, low=0, doc="Number that all randomness starts from.")
    precision: Literal["float32", "bfloat16", "float16"] = param(
        "float32", doc="Numbers to compute with: the short ones are faster where the device has them."
    )
    accumulate: int = param(
        1,
        low=1,
        high=100_000,
        advanced=True,
        doc="Batches whose gradients are added up for one step, as if the batch were so many times as large.",
        title="Batches in a step",
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
    clip_value: float = param(
        None,
        low=1e-9,
        optional=True,
        advanced=True,
        doc="Largest number in a gradient; empty for no limit. Its length is limited after that.",
        title="Clipping by value",
    )
    l1: float = param(
        0.0,
        low=0,
        advanced=True,
        doc="Pull of weight matrices and filters to exactly 0; it is not counted in the loss that is shown.",
        title="L1 regularisation",
    )
    keep_zeros: bool = param(
        False,
        advanced=True,
        doc="Numbers of matrices and filters that are exactly 0 stay 0, as after a network was thinned out.",
        title="Zeros stay zeros",
    )
    mixup: float = param(
        0.0,
        low=0,
        high=100,
        advanced=True,
        doc="Mix pairs of samples and their losses; 0.2 is usual, more mixes more evenly, 0 is off.",
    )
    parallel: Literal["ddp", "fsdp"] = param(
        "ddp",
        advanced=True,
        doc="What several processes share: the samples (ddp), or the weights too, which takes less memory"
        " (fsdp).",
        title="Several processes",
    )
    workers: int = param(
        2,
        low=0,
        high=64,
        advanced=True,
        doc="Processes that read ahead, where the data stays on the disk; 0 reads in the training itself.",
        title="Reading processes",
    )
    patience: int = param(
        None,
        low=1,
        optional=True,
        advanced=True,
        doc="Stop after this many epochs without improvement; empty for never.",
    )
    monitor: str = param(
        "",
        advanced=True,
        doc="The figure that decides what is best, such as val_accuracy; empty for the loss.",
        title="Best by",
    )
    better: Literal["auto", "lower", "higher"] = param(
        "auto", advanced=True, doc="Which way this figure is better.", title="Better when"
    )
    validate_every: int = param(
        None,
        low=1,
        optional=True,
        advanced=True,
        doc="Steps between two looks at the validation data; empty for the end of each epoch.",
        title="Validate every",
    )
    ema: float = param(
        None,
        low=0,
        high=0.999999,
        optional=True,
        advanced=True,
        doc="Share that the average of the weights keeps in each step, such as 0.999; it is judged and kept"
        " as the best in place of the weights. Empty for none.",
        title="Average of weights",
    )
    compile: bool = param(
        False,
        advanced=True,
        doc="Try torch.compile on a copy before the first step, and keep it where it is measured faster.",
        title="Compile",
    )
    deterministic: bool = param(
        False, advanced=True, doc="Compute in the same order each time; stop where the device cannot."
    )
    checkpoint_seconds: float = param(
        10.0,
        low=0,
        advanced=True,
        unit="s",
        doc="Longest time between two checkpoints.",
        title="Checkpoint every",
    )
    tensorboard: bool = param(
        False,
        advanced=True,
        doc="Write a log for TensorBoard into the folder of the run.",
        title="TensorBoard log",
    )
