"""Layers that decide where to look."""

from studio.blocks.declare import block, fixed, from_input, input_port, output_port, param
from studio.blocks.rules import divides


@block(
    "torch.nn.MultiheadAttention",
    type="multihead_attention",
    group="attention",
    title="MultiheadAttention",
    rules=(divides("num_heads", "embed_dim", "The heads must divide the features of the query."),),
    keywords=("self-attention", "cross-attention", "transformer"),
)
class MultiheadAttention:
    """Let each place of the query gather from all places of the value, weighed by how well the keys fit."""

    query: object = input_port("Who asks: batch, time, features.", rank=(3,), dtype="float")
    key: object = input_port("What is compared with the query.", rank=(3,), dtype="float")
    value: object = input_port("What is gathered.", rank=(3,), dtype="float")
    y: object = output_port("What was gathered for each query.", path=(0,))
    weights: object = output_port("How much each query looked at each key, mean over the heads.", path=(1,))
    embed_dim: int = from_input("query", dim=-1, doc="Features of the query.")
    num_heads: int = param(4, low=1, doc="How many places each query can look at in its own way.")
    dropout: float = param(0.0, low=0, high=1, doc="Share of attention weights set to 0 while training.")
    bias: bool = param(True, advanced=True, doc="Add learned offsets.")
    kdim: int = from_input("key", dim=-1, unless="embed_dim", doc="Features of the key.")
    vdim: int = from_input("value", dim=-1, unless="embed_dim", doc="Features of the value.")
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")
