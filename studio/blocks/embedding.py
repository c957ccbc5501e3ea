"""Tables that turn whole numbers into learned vectors."""

from typing import Literal

from studio.blocks.declare import block, from_input, param


@block(
    "torch.nn.Embedding",
    type="embedding",
    group="embedding",
    dtype="int",
    gives="float",
    keywords=("token", "word", "text", "lookup"),
)
class Embedding:
    """Look up a learned vector for each whole number, such as a word's index."""

    num_embeddings: int = param(1000, low=1, doc="How many different numbers there are (the vocabulary).")
    embedding_dim: int = param(16, low=1, doc="Length of each vector.")
    padding_idx: int = param(None, low=0, optional=True, advanced=True, doc="A number whose vector stays 0.")


@block(
    "torch.nn.EmbeddingBag",
    type="embedding_bag",
    group="embedding",
    dtype="int",
    gives="float",
    rank=(2,),
    keywords=("bag of words", "text", "fasttext"),
    example={"x": (7,)},
)
class EmbeddingBag:
    """Look up a learned vector for each whole number and merge them into one for the sample."""

    num_embeddings: int = param(1000, low=1, doc="How many different numbers there are (the vocabulary).")
    embedding_dim: int = param(16, low=1, doc="Length of each vector.")
    mode: Literal["sum", "mean", "max"] = param("mean", doc="How vectors are merged.")
    padding_idx: int = param(
        None, low=0, optional=True, advanced=True, doc="A number that is left out of the merging."
    )


@block(
    "studio.nn.LearnedPosition",
    type="learned_position",
    group="embedding",
    title="Learned positions",
    rank=(3,),
    dtype="float",
    link="https://arxiv.org/abs/1705.03122",
    keywords=("positional embedding", "bert", "gpt", "vit"),
)
class LearnedPosition:
    """Add a learned vector for each place of the sequence."""

    features: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    max_length: int = param(512, low=1, high=1_000_000, doc="The longest sequence.", title="Longest")


@block(
    "studio.nn.SinusoidalPosition",
    type="sinusoidal_position",
    group="embedding",
    title="Sinusoidal positions",
    rank=(3,),
    dtype="float",
    link="https://arxiv.org/abs/1706.03762",
    keywords=("positional encoding", "transformer", "sine"),
)
class SinusoidalPosition:
    """Add waves of many lengths that tell each place of the sequence from the others; nothing is learned."""

    base: float = param(
        10000.0, low=1, advanced=True, doc="How much longer the longest wave is than the shortest."
    )


@block(
    "studio.nn.Rotary",
    type="rotary",
    group="embedding",
    title="Rotary positions",
    rank=(3, 4),
    dtype="float",
    link="https://arxiv.org/abs/2104.09864",
    keywords=("rope", "positional", "llama"),
)
class Rotary:
    """Turn pairs of features by an angle that grows with the place, for queries and keys of attention."""

    base: float = param(
        10000.0, low=1, advanced=True, doc="How much slower the slowest pair turns than the fastest."
    )


@block(
    "studio.nn.TimeEmbedding",
    type="time_embedding",
    group="embedding",
    title="Time embedding",
    rank=(1,),
    gives="float",
    link="https://arxiv.org/abs/2006.11239",
    keywords=("diffusion", "timestep", "noise level"),
    example={"x": ()},
)
class TimeEmbedding:
    """Turn the step of a diffusion into a vector of waves."""

    features: int = param(64, low=2, high=65536, doc="Length of the vector.")
    base: float = param(
        10000.0, low=1, advanced=True, doc="How much longer the longest wave is than the shortest."
    )
