"""Layers that decide where to look."""

from typing import Literal

from studio.blocks.declare import block, fixed, from_input, input_port, output_port, param
from studio.blocks.rules import SMALLEST, divides


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
    key_padding_mask: object = input_port(
        "Which keys are only filling: batch, time; true is left out.", optional=True, rank=(2,), keyword=True
    )
    attn_mask: object = input_port(
        "Which key each query may not see: query, key; true is hidden.", optional=True, keyword=True
    )
    y: object = output_port("What was gathered for each query.", path=(0,))
    weights: object = output_port("How much each query looked at each key, mean over the heads.", path=(1,))
    embed_dim: int = from_input("query", dim=-1, doc="Features of the query.")
    num_heads: int = param(4, low=1, doc="How many places each query can look at in its own way.")
    dropout: float = param(0.0, low=0, high=1, doc="Share of attention weights set to 0 while training.")
    bias: bool = param(True, advanced=True, doc="Add learned offsets.")
    kdim: int = from_input("key", dim=-1, unless="embed_dim", doc="Features of the key.")
    vdim: int = from_input("value", dim=-1, unless="embed_dim", doc="Features of the value.")
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")


HEADS = (divides("num_heads", "features", "The heads must divide the features that arrive."),)
LAYER = (divides("nhead", "d_model", "The heads must divide the features that arrive."),)


@block(
    "torch.nn.functional.scaled_dot_product_attention",
    type="attention",
    group="attention",
    call="function",
    title="Attention",
    keywords=("scaled dot-product", "softmax", "flash"),
)
class Attention:
    """Weigh values by how well keys fit queries: softmax of q · k / √d, times v. Nothing is learned."""

    query: object = input_port(
        "Who asks: batch, time, features, or batch, heads, time, features.", rank=(3, 4), dtype="float"
    )
    key: object = input_port("What is compared with the query.", rank=(3, 4), dtype="float")
    value: object = input_port("What is gathered.", rank=(3, 4), dtype="float")
    attn_mask: object = input_port(
        "Which key each query may see (true), or a number added to each fit.", optional=True, keyword=True
    )
    is_causal: bool = param(False, doc="Let each place see only itself and what came before.", title="Causal")


@block(
    "studio.nn.SelfAttention",
    type="self_attention",
    group="attention",
    title="Self-attention",
    rank=(3,),
    dtype="float",
    rules=HEADS,
    link="https://arxiv.org/abs/1706.03762",
    keywords=("multi-head", "causal", "gpt", "transformer"),
)
class SelfAttention:
    """Let each place of a sequence gather from all places, or only from earlier ones, as in GPT."""

    features: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    num_heads: int = param(4, low=1, doc="How many places each query can look at in its own way.")
    causal: bool = param(False, doc="Let each place see only itself and what came before.")
    dropout: float = param(0.0, low=0, high=1, doc="Share of attention weights set to 0 while training.")
    bias: bool = param(True, advanced=True, doc="Add learned offsets.")


@block(
    "torch.nn.TransformerEncoderLayer",
    type="transformer_encoder_layer",
    group="attention",
    title="Transformer encoder layer",
    rules=LAYER,
    keywords=("bert", "self-attention", "feed-forward"),
)
class TransformerEncoderLayer:
    """Self-attention and two linear layers, each with a skip and a normalisation."""

    src: object = input_port("The sequence: batch, time, features.", rank=(3,), dtype="float")
    src_mask: object = input_port(
        "Which place each place may not see: time, time; true is hidden.",
        optional=True,
        rank=(2, 3),
        keyword=True,
    )
    src_key_padding_mask: object = input_port(
        "Which places are only filling: batch, time; true is left out.",
        optional=True,
        rank=(2,),
        keyword=True,
    )
    d_model: int = from_input("src", dim=-1, doc="Features arriving at the block.")
    nhead: int = param(4, low=1, doc="How many places each query can look at in its own way.", title="Heads")
    dim_feedforward: int = param(
        128, low=1, doc="Features between the two linear layers.", title="Inner features"
    )
    dropout: float = param(0.1, low=0, high=1, doc="Share of numbers set to 0 while training.")
    activation: Literal["relu", "gelu"] = param("relu", doc="The bend between the linear layers.")
    norm_first: bool = param(False, doc="Normalise before attention and linear layers, not after the skip.")
    layer_norm_eps: float = param(
        1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe."
    )
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")


@block(
    "torch.nn.TransformerDecoderLayer",
    type="transformer_decoder_layer",
    group="attention",
    title="Transformer decoder layer",
    rules=LAYER,
    keywords=("translation", "cross-attention", "seq2seq"),
)
class TransformerDecoderLayer:
    """Self-attention, attention to what an encoder read, and two linear layers, each with a skip."""

    tgt: object = input_port("The sequence that is written: batch, time, features.", rank=(3,), dtype="float")
    memory: object = input_port("What the encoder read: batch, time, features.", rank=(3,), dtype="float")
    tgt_mask: object = input_port(
        "Which place each place may not see: time, time; true is hidden.",
        optional=True,
        rank=(2, 3),
        keyword=True,
    )
    memory_mask: object = input_port(
        "Which place of the memory each place may not see: time, time; true is hidden.",
        optional=True,
        rank=(2, 3),
        keyword=True,
    )
    tgt_key_padding_mask: object = input_port(
        "Which places of the written sequence are only filling: batch, time; true is left out.",
        optional=True,
        rank=(2,),
        keyword=True,
    )
    memory_key_padding_mask: object = input_port(
        "Which places of the memory are only filling: batch, time; true is left out.",
        optional=True,
        rank=(2,),
        keyword=True,
    )
    d_model: int = from_input("tgt", dim=-1, doc="Features arriving at the block.")
    nhead: int = param(4, low=1, doc="How many places each query can look at in its own way.", title="Heads")
    dim_feedforward: int = param(
        128, low=1, doc="Features between the two linear layers.", title="Inner features"
    )
    dropout: float = param(0.1, low=0, high=1, doc="Share of numbers set to 0 while training.")
    activation: Literal["relu", "gelu"] = param("relu", doc="The bend between the linear layers.")
    norm_first: bool = param(False, doc="Normalise before attention and linear layers, not after the skip.")
    layer_norm_eps: float = param(
        1e-5, low=SMALLEST, advanced=True, doc="Small number that keeps the division safe."
    )
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")


@block(
    "torch.nn.Transformer",
    type="transformer",
    group="attention",
    rules=LAYER,
    keywords=("translation", "encoder", "decoder", "seq2seq"),
)
class Transformer:
    """The whole Transformer as it was first published: an encoder reads, a decoder writes."""

    src: object = input_port("The sequence that is read: batch, time, features.", rank=(3,), dtype="float")
    tgt: object = input_port("The sequence that is written: batch, time, features.", rank=(3,), dtype="float")
    src_mask: object = input_port(
        "Which place each place that is read may not see: time, time; true is hidden.",
        optional=True,
        rank=(2, 3),
        keyword=True,
    )
    tgt_mask: object = input_port(
        "Which place each place may not see: time, time; true is hidden.",
        optional=True,
        rank=(2, 3),
        keyword=True,
    )
    memory_mask: object = input_port(
        "Which place of the memory each place may not see: time, time; true is hidden.",
        optional=True,
        rank=(2, 3),
        keyword=True,
    )
    src_key_padding_mask: object = input_port(
        "Which places of the read sequence are only filling: batch, time; true is left out.",
        optional=True,
        rank=(2,),
        keyword=True,
    )
    tgt_key_padding_mask: object = input_port(
        "Which places of the written sequence are only filling: batch, time; true is left out.",
        optional=True,
        rank=(2,),
        keyword=True,
    )
    memory_key_padding_mask: object = input_port(
        "Which places of the memory are only filling: batch, time; true is left out.",
        optional=True,
        rank=(2,),
        keyword=True,
    )
    d_model: int = from_input("src", dim=-1, doc="Features arriving at the block.")
    nhead: int = param(4, low=1, doc="How many places each query can look at in its own way.", title="Heads")
    num_encoder_layers: int = param(2, low=1, high=64, doc="Layers that read.", title="Encoder layers")
    num_decoder_layers: int = param(2, low=1, high=64, doc="Layers that write.", title="Decoder layers")
    dim_feedforward: int = param(
        128, low=1, doc="Features between the two linear layers.", title="Inner features"
    )
    dropout: float = param(0.1, low=0, high=1, doc="Share of numbers set to 0 while training.")
    activation: Literal["relu", "gelu"] = param("relu", doc="The bend between the linear layers.")
    norm_first: bool = param(False, doc="Normalise before attention and linear layers, not after the skip.")
    batch_first: bool = fixed(True, doc="Batch is the first dimension; Netwright always draws it so.")


@block(
    "studio.nn.CausalMask",
    type="causal_mask",
    group="attention",
    title="Causal mask",
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.Transformer.html",
    keywords=("triangular", "future", "autoregressive"),
)
class CausalMask:
    """Make the mask that hides the future of a sequence: true above the diagonal."""

    x: object = input_port(
        "A sequence of the wanted length: batch, time, or batch, time, features.", rank=(2, 3)
    )


@block(
    "studio.nn.PaddingMask",
    type="padding_mask",
    group="attention",
    title="Padding mask",
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html",
    keywords=("pad", "tokens", "length"),
)
class PaddingMask:
    """Make the mask that leaves out filling: true where a token is the padding token."""

    x: object = input_port("Tokens: batch, time.", rank=(2,), dtype="int")
    padding: int = param(0, low=0, doc="The token that fills.", title="Padding token")


@block(
    "studio.nn.SqueezeExcitation",
    type="squeeze_excitation",
    group="attention",
    title="Squeeze-excitation",
    rank=(4,),
    dtype="float",
    link="https://arxiv.org/abs/1709.01507",
    keywords=("se", "se block", "channel attention", "senet", "mobilenet"),
)
class SqueezeExcitation:
    """Weigh each channel by what the whole image says of it."""

    channels: int = from_input("x", dim=1, doc="Channels arriving at the block.")
    reduction: int = param(4, low=1, doc="How many times fewer channels stand in the middle.")
