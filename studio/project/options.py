"""What every block has besides its parameters: frozen, its learning rate, passed over, how often it runs."""

from __future__ import annotations

from studio.blocks import Parameter

FROZEN = Parameter("frozen", "bool", False, "Training leaves its weights as they are.", title="Frozen")
RATE = Parameter(
    "rate_factor", "float", 1.0, "Its learning rate as a multiple of the plan's.", low=0, title="Rate factor"
)
BYPASS = Parameter("bypassed", "bool", False, "Let its input through unchanged.", title="Bypassed")
REPEAT = Parameter(
    "repeat",
    "int",
    1,
    "How often it runs in a row, each time with weights of its own.",
    low=1,
    high=1000,
    title="Repeat",
)
