"""Tables that turn whole numbers into learned vectors."""

from studio.blocks.declare import block, param


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
