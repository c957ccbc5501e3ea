"""The loop's parameters of a plan, checked and by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from studio.project import Plan
from studio.train.loop.goals import Better

Precision = Literal["float32", "bfloat16", "float16"]


@dataclass(frozen=True)
class Settings:
    """How long, how much at once, and on what; see the catalogue's loop for each."""

    epochs: int
    batch_size: int
    device: str
    seed: int
    precision: Precision
    threads: int
    clip_norm: float | None
    patience: int | None
    checkpoint_seconds: float
    clip_value: float | None
    l1: float
    keep_zeros: bool
    mixup: float
    accumulate: int
    ema: float | None
    compile: bool
    monitor: str
    better: Better
    validate_every: int | None
    deterministic: bool
    workers: int
    parallel: Literal["ddp", "fsdp"]

    @classmethod
    def of(cls, plan: Plan) -> Settings:
        """Take them from a plan.

        Raises:
            NetwrightError: a value is not what the loop takes.
        """
        values = plan.loop.resolved("loop")
        return cls(
            epochs=cast(int, values["epochs"]),
            batch_size=cast(int, values["batch_size"]),
            device=cast(str, values["device"]),
            seed=cast(int, values["seed"]),
            precision=cast(Precision, values["precision"]),
            threads=cast(int, values["threads"]),
            clip_norm=cast("float | None", values["clip_norm"]),
            patience=cast("int | None", values["patience"]),
            checkpoint_seconds=cast(float, values["checkpoint_seconds"]),
            clip_value=cast("float | None", values["clip_value"]),
            l1=cast(float, values["l1"]),
            keep_zeros=cast(bool, values["keep_zeros"]),
            mixup=cast(float, values["mixup"]),
            accumulate=cast(int, values["accumulate"]),
            ema=cast("float | None", values["ema"]),
            compile=cast(bool, values["compile"]),
            monitor=cast(str, values["monitor"]),
            better=cast(Better, values["better"]),
            validate_every=cast("int | None", values["validate_every"]),
            deterministic=cast(bool, values["deterministic"]),
            workers=cast(int, values["workers"]),
            parallel=cast(Literal["ddp", "fsdp"], values["parallel"]),
        )
