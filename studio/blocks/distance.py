"""Blocks that tell how alike two tensors are."""

from studio.blocks.declare import block, input_port, param


@block(
    "torch.nn.CosineSimilarity",
    type="cosine_similarity",
    group="distance",
    title="Cosine similarity",
    keywords=("angle", "siamese", "embedding"),
)
class CosineSimilarity:
    """Give the cosine of the angle between two vectors: 1 is the same direction, 0 is unrelated."""

    a: object = input_port("First vectors.", dtype="float")
    b: object = input_port("Second vectors.", dtype="float")
    dim: int = param(-1, low=-8, high=8, doc="The dimension of the vectors; the last is -1.")
    eps: float = param(1e-8, low=0, advanced=True, doc="Small number that keeps the division safe.")


@block(
    "torch.nn.PairwiseDistance",
    type="pairwise_distance",
    group="distance",
    title="Pairwise distance",
    keywords=("euclidean", "siamese", "embedding"),
)
class PairwiseDistance:
    """Give how far apart two vectors are, over the last dimension."""

    a: object = input_port("First vectors.", dtype="float")
    b: object = input_port("Second vectors.", dtype="float")
    p: float = param(
        2.0, low=1e-3, doc="Which distance: 2 is the straight line, 1 goes along the axes.", title="Order"
    )
    eps: float = param(1e-6, low=0, advanced=True, doc="Small number that keeps the root safe.")
    keepdim: bool = param(False, advanced=True, doc="Keep the dimension with size 1.", title="Keep dimension")


@block(
    "torch.cdist",
    type="cdist",
    group="distance",
    call="function",
    title="All distances",
    keywords=("euclidean", "clusters", "rbf"),
)
class AllDistances:
    """Give the distance of each row of one table from each row of another."""

    a: object = input_port("First vectors: batch, rows, features.", rank=(3,), dtype="float")
    b: object = input_port("Second vectors: batch, rows, features.", rank=(3,), dtype="float")
    p: float = param(
        2.0, low=0, doc="Which distance: 2 is the straight line, 1 goes along the axes.", title="Order"
    )
