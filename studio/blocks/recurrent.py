"""Layers that read a sequence step by step and carry a state.

Recurrent layers are slow on the meta device, so their output sizes are given by a rule here; the
contract test holds the rule against the real layer.
"""

from collections.abc import Mapping
from typing import Literal

from studio.blocks.declare import Sizes, block, fixed, from_input, input_port, output_port, param
from studio.blocks.rules import only_with
from studio.graph import Value

BETWEEN_LAYERS = (
    only_with("dropout", "num_layers", 2, "Dropout works between layers, so it needs at least two layers."),
)
"""What torch warns of."""


def _whole(values: Mapping[str, Value], name: str) -> int:
    value = values[name]
    return value if isinstance(value, int) else 0


def _sizes(values: Mapping[str, Value], inputs: Mapping[str, Sizes]) -> dict[str, Sizes]:
    batch, time = inputs["x"][0], inputs["x"][1]
    hidden = _whole(values, "hidden_size")
    directions = 2 if values["bidirectional"] else 1
    state = (_whole(values, "num_layers") * directions, batch, hidden)
    return {"y": (batch, time, hidden * directions), "h": state, "c": state, "h0": state, "c0": state}


def _multiply_adds(gates: int, values: Mapping[str, Value], inputs: Mapping[str, Sizes]) -> int:
    batch, time, width = inputs["x"]
    hidden = _whole(values, "hidden_size")
    directions = 2 if values["bidirectional"] else 1
    total = 0
    for layer in range(_whole(values, "num_layers")):
        arriving = width if layer == 0 else hidden * directions
        total += directions * gates * hidden * (arriving + hidden)
    return batch * time * total


def _rnn_cost(values: Mapping[str, Value], inputs: Mapping[str, Sizes]) -> int:
    return _multiply_adds(1, values, inputs)


def _lstm_cost(values: Mapping[str, Value], inputs: Mapping[str, Sizes]) -> int:
    return _multiply_adds(4, values, inputs)


def _gru_cost(values: Mapping[str, Value], inputs: Mapping[str, Sizes]) -> int:
    return _multiply_adds(3, values, inputs)


@block(
    "torch.nn.RNN",
    type="rnn",
    group="sequence",
    rules=BETWEEN_LAYERS,
    shape_rule=_sizes,
    cost_rule=_rnn_cost,
    keywords=("recurrent", "sequence", "time", "Elman"),
)
class RNN:
    """Read a sequence step by step, mixing each step with what was read before."""

    x: object = input_port("The sequence: batch, time, features.", rank=(3,), dtype="float")
    h0: object = input_port(
        "State to begin with; zeros when not connected.", optional=True, rank=(3,), dtype="float"
    )
    y: object = output_port("The state at every step of the top layer.", path=(0,))
    h: object = output_port("The last state of every layer.", path=(1,))
    input_size: int = from_input("x", dim=-1, doc="Features of each step.")
    hidden_size: int = param(32, low=1, doc="Size of the state.")
    num_layers: int = param(1, low=1, high=64, doc="Layers on top of each other.")
    nonlinearity: Literal["tanh", "relu"] = param("tanh", doc="The bend in each step.")
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")
    dropout: float = param(0.0, low=0, high=1, advanced=True, doc="Dropout between layers.")
    bidirectional: bool = param(False, doc="Also read from the end to the start.")


@block(
    "torch.nn.LSTM",
    type="lstm",
    group="sequence",
    rules=BETWEEN_LAYERS,
    shape_rule=_sizes,
    cost_rule=_lstm_cost,
    keywords=("recurrent", "sequence", "time", "memory"),
)
class LSTM:
    """Read a sequence with a memory cell that gates decide to keep, change or show."""

    x: object = input_port("The sequence: batch, time, features.", rank=(3,), dtype="float")
    h0: object = input_port(
        "State to begin with; zeros when not connected.",
        optional=True,
        rank=(3,),
        dtype="float",
        pack="state",
    )
    c0: object = input_port(
        "Cell to begin with; zeros when not connected.", optional=True, rank=(3,), dtype="float", pack="state"
    )
    y: object = output_port("The state at every step of the top layer.", path=(0,))
    h: object = output_port("The last state of every layer.", path=(1, 0))
    c: object = output_port("The last cell of every layer.", path=(1, 1))
    input_size: int = from_input("x", dim=-1, doc="Features of each step.")
    hidden_size: int = param(32, low=1, doc="Size of the state.")
    num_layers: int = param(1, low=1, high=64, doc="Layers on top of each other.")
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")
    dropout: float = param(0.0, low=0, high=1, advanced=True, doc="Dropout between layers.")
    bidirectional: bool = param(False, doc="Also read from the end to the start.")


@block(
    "torch.nn.GRU",
    type="gru",
    group="sequence",
    rules=BETWEEN_LAYERS,
    shape_rule=_sizes,
    cost_rule=_gru_cost,
    keywords=("recurrent", "sequence", "time", "gate"),
)
class GRU:
    """Read a sequence with gates that decide how much of the state is renewed."""

    x: object = input_port("The sequence: batch, time, features.", rank=(3,), dtype="float")
    h0: object = input_port(
        "State to begin with; zeros when not connected.", optional=True, rank=(3,), dtype="float"
    )
    y: object = output_port("The state at every step of the top layer.", path=(0,))
    h: object = output_port("The last state of every layer.", path=(1,))
    input_size: int = from_input("x", dim=-1, doc="Features of each step.")
    hidden_size: int = param(32, low=1, doc="Size of the state.")
    num_layers: int = param(1, low=1, high=64, doc="Layers on top of each other.")
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")
    dropout: float = param(0.0, low=0, high=1, advanced=True, doc="Dropout between layers.")
    bidirectional: bool = param(False, doc="Also read from the end to the start.")


@block(
    "torch.nn.RNNCell",
    type="rnn_cell",
    group="sequence",
    title="RNN cell",
    keywords=("one step", "recurrent"),
    example={"x": (16,)},
)
class RNNCell:
    """One step of an RNN: mix what arrives with the state."""

    x: object = input_port("What arrives: batch, features.", rank=(2,), dtype="float")
    h: object = input_port("The state; zeros when not connected.", optional=True, rank=(2,), dtype="float")
    input_size: int = from_input("x", dim=-1, doc="Features of each step.")
    hidden_size: int = param(32, low=1, doc="Size of the state.")
    nonlinearity: Literal["tanh", "relu"] = param("tanh", doc="The bend in each step.")
    bias: bool = param(True, doc="Add a learned offset.")


@block(
    "torch.nn.LSTMCell",
    type="lstm_cell",
    group="sequence",
    title="LSTM cell",
    keywords=("one step", "recurrent", "memory"),
    example={"x": (16,)},
)
class LSTMCell:
    """One step of an LSTM: gates decide what is kept, changed and shown."""

    x: object = input_port("What arrives: batch, features.", rank=(2,), dtype="float")
    h0: object = input_port(
        "The state; zeros when not connected.", optional=True, rank=(2,), dtype="float", pack="state"
    )
    c0: object = input_port(
        "The cell; zeros when not connected.", optional=True, rank=(2,), dtype="float", pack="state"
    )
    h: object = output_port("The new state.", path=(0,))
    c: object = output_port("The new cell.", path=(1,))
    input_size: int = from_input("x", dim=-1, doc="Features of each step.")
    hidden_size: int = param(32, low=1, doc="Size of the state.")
    bias: bool = param(True, doc="Add a learned offset.")


@block(
    "torch.nn.GRUCell",
    type="gru_cell",
    group="sequence",
    title="GRU cell",
    keywords=("one step", "recurrent", "gate"),
    example={"x": (16,)},
)
class GRUCell:
    """One step of a GRU: gates decide how much of the state is renewed."""

    x: object = input_port("What arrives: batch, features.", rank=(2,), dtype="float")
    h: object = input_port("The state; zeros when not connected.", optional=True, rank=(2,), dtype="float")
    input_size: int = from_input("x", dim=-1, doc="Features of each step.")
    hidden_size: int = param(32, low=1, doc="Size of the state.")
    bias: bool = param(True, doc="Add a learned offset.")
