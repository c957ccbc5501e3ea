"""What training makes small: every loss that compares one output with one target.

Of a pair, the network gives the one number that is compared: a distance for `HingeEmbeddingLoss`, a cosine
for what `CosineEmbeddingLoss` computes, a difference for `MarginRankingLoss`. Left out is what a plan has no
place for: triplets, which have no target (`TripletMarginLoss`, `TripletMarginWithDistanceLoss`), lengths of
sequences (`CTCLoss`), and losses with weights of their own (`LinearCrossEntropyLoss`,
`AdaptiveLogSoftmaxWithLoss`), as a last layer before the cross entropy is the same network.
"""

from typing import Any, Literal

from studio.blocks.declare import block, param

CLASSES = ("classification", "binary")
"""Data with one class for each sample."""

LABELS = (*CLASSES, "multilabel")
"""Data with a yes or no for each class, or one class for each sample."""


def _balance() -> Any:
    return param(
        False,
        doc="Weigh each class by how rare it is in the training data, so that all count alike.",
        title="Balance classes",
    )


@block(
    "torch.nn.CrossEntropyLoss",
    type="cross_entropy",
    group="classification",
    role="loss",
    title="Cross entropy",
    fits=CLASSES,
    keywords=("softmax", "log loss", "categorical"),
)
class CrossEntropy:
    """For one class out of many: takes raw scores (no softmax before it) and class numbers."""

    label_smoothing: float = param(0.0, low=0, high=1, doc="Share of certainty taken from the true class.")
    balance: bool = _balance()


@block(
    "studio.nn.FocalLoss",
    type="focal",
    group="classification",
    role="loss",
    title="Focal loss",
    fits=CLASSES,
    link="https://arxiv.org/abs/1708.02002",
    keywords=("imbalance", "hard samples", "retinanet"),
)
class Focal:
    """Cross entropy that looks away from samples that are already told well: for rare classes."""

    gamma: float = param(2.0, low=0, high=20, doc="How much it looks away; 0 is plain cross entropy.")
    balance: bool = _balance()


@block(
    "torch.nn.NLLLoss",
    type="nll",
    group="classification",
    role="loss",
    title="Negative log-likelihood",
    fits=CLASSES,
    keywords=("log softmax",),
)
class NegativeLogLikelihood:
    """For one class out of many: takes logarithms of chances, as LogSoftmax gives them, and class numbers."""

    balance: bool = _balance()


@block(
    "torch.nn.MultiMarginLoss",
    type="multi_margin",
    group="classification",
    role="loss",
    title="Multi-class hinge",
    fits=CLASSES,
    keywords=("svm", "margin"),
)
class MultiMargin:
    """For one class out of many, as in a support vector machine: the true score leads by a margin."""

    margin: float = param(1.0, low=0, doc="How far the true score shall lead.")
    p: Literal["1", "2"] = param(
        "1", doc="Whether what is missing counts as it is, or squared.", title="Power"
    )
    balance: bool = _balance()


@block(
    "torch.nn.BCEWithLogitsLoss",
    type="bce_with_logits",
    group="classification",
    role="loss",
    title="Binary cross entropy",
    fits=LABELS,
    keywords=("sigmoid", "yes or no", "multi-label"),
)
class BinaryCrossEntropy:
    """For yes or no, once or several times: takes raw scores (no sigmoid before it)."""

    pos_weight: float = param(
        None,
        low=1e-6,
        optional=True,
        doc="How many times a yes counts against a no; empty for once.",
        title="Weight of yes",
    )


@block(
    "torch.nn.BCELoss",
    type="bce",
    group="classification",
    role="loss",
    title="Binary cross entropy of chances",
    fits=LABELS,
    keywords=("sigmoid", "yes or no", "probability"),
)
class BinaryCrossEntropyOfChances:
    """For yes or no after a Sigmoid: takes chances from 0 to 1. The one for raw scores is more exact."""


@block(
    "torch.nn.SoftMarginLoss",
    type="soft_margin",
    group="classification",
    role="loss",
    title="Soft margin",
    fits=LABELS,
    keywords=("logistic", "yes or no"),
)
class SoftMargin:
    """For yes or no: the logistic loss of a raw score whose sign is the answer."""


@block(
    "torch.nn.MultiLabelSoftMarginLoss",
    type="multilabel_soft_margin",
    group="classification",
    role="loss",
    title="Multi-label soft margin",
    fits=LABELS,
    keywords=("several labels", "tags"),
)
class MultiLabelSoftMargin:
    """For several labels at once: a yes or no for each class, from raw scores."""


@block(
    "torch.nn.MultiLabelMarginLoss",
    type="multilabel_margin",
    group="classification",
    role="loss",
    title="Multi-label hinge",
    fits=LABELS,
    keywords=("several labels", "svm", "margin"),
)
class MultiLabelMargin:
    """For several labels at once: every true score shall lead every other one by 1."""


@block(
    "torch.nn.HingeEmbeddingLoss",
    type="hinge_embedding",
    group="classification",
    role="loss",
    title="Hinge of a distance",
    fits=("binary",),
    keywords=("siamese", "similar", "pairs"),
)
class HingeEmbedding:
    """For pairs: takes a distance, small where the answer is yes and beyond a margin where it is no."""

    margin: float = param(1.0, low=1e-6, doc="How far apart a no shall be; half of it parts yes from no.")


@block(
    "studio.nn.SimilarityLoss",
    type="cosine_embedding",
    group="classification",
    role="loss",
    title="Cosine embedding",
    fits=("binary",),
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.CosineEmbeddingLoss.html",
    keywords=("siamese", "similar", "pairs", "angle"),
)
class CosineEmbedding:
    """For pairs: takes a cosine, as Cosine similarity gives it: near 1 for yes, and small for no."""

    margin: float = param(0.0, low=-1, high=0.999, doc="The cosine that a pair with the answer no may have.")


@block(
    "studio.nn.RankingLoss",
    type="margin_ranking",
    group="classification",
    role="loss",
    title="Margin ranking",
    fits=("binary",),
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.MarginRankingLoss.html",
    keywords=("which is more", "pairs", "preference", "triplet"),
)
class MarginRanking:
    """For pairs: takes a difference of two scores or distances: above 0 for yes, and below 0 for no."""

    margin: float = param(1.0, low=0, doc="By how much one shall be more than the other.")


@block(
    "torch.nn.KLDivLoss",
    type="kl_div",
    group="classification",
    role="loss",
    title="KL divergence",
    fits=(*CLASSES, "regression"),
    keywords=("kullback leibler", "distribution", "distillation"),
)
class KLDivergence:
    """For shares that sum to 1: takes logarithms of chances, as LogSoftmax gives them."""


@block(
    "studio.nn.DiceLoss",
    type="dice",
    group="segmentation",
    role="loss",
    title="Dice loss",
    fits=("segmentation",),
    link="https://arxiv.org/abs/1606.04797",
    keywords=("overlap", "mask", "f1"),
)
class Dice:
    """For a class at every place: how far the areas of each class miss each other; takes raw scores."""

    smooth: float = param(1.0, low=1e-9, doc="Keeps a division away from 0.", title="Smoothing")


@block(
    "torch.nn.MSELoss",
    type="mse",
    group="regression",
    role="loss",
    title="Mean squared error",
    fits=("regression", "binary"),
    keywords=("l2", "least squares"),
)
class MeanSquaredError:
    """For numbers: the mean of the squared differences."""


@block(
    "torch.nn.L1Loss",
    type="l1",
    group="regression",
    role="loss",
    title="Mean absolute error",
    fits=("regression", "binary"),
    keywords=("mae", "robust"),
)
class MeanAbsoluteError:
    """For numbers: the mean of the absolute differences; outliers weigh less."""


@block(
    "torch.nn.HuberLoss",
    type="huber",
    group="regression",
    role="loss",
    title="Huber loss",
    fits=("regression", "binary"),
    keywords=("robust", "outliers"),
)
class Huber:
    """For numbers: squared when near, absolute when far."""

    delta: float = param(1.0, low=1e-9, doc="Where near ends.")


@block(
    "torch.nn.SmoothL1Loss",
    type="smooth_l1",
    group="regression",
    role="loss",
    title="Smooth L1",
    fits=("regression", "binary"),
    keywords=("robust", "outliers", "boxes"),
)
class SmoothL1:
    """For numbers: like Huber, but always as steep as the absolute difference when far."""

    beta: float = param(1.0, low=0, doc="Where near ends.")


@block(
    "torch.nn.PoissonNLLLoss",
    type="poisson_nll",
    group="regression",
    role="loss",
    title="Poisson likelihood",
    fits=("regression",),
    keywords=("counts", "rate"),
)
class PoissonLikelihood:
    """For counts of 0 and more: how unlikely they are at the rate that the network gives."""

    log_input: bool = param(
        True, doc="Whether the network gives the logarithm of the rate.", title="Logarithm of the rate"
    )
    full: bool = param(
        False, advanced=True, doc="Add the part that the network cannot change.", title="Whole value"
    )


@block(
    "studio.nn.GaussianLikelihood",
    type="gaussian_nll",
    group="regression",
    role="loss",
    title="Gaussian likelihood",
    fits=("regression",),
    link="https://docs.pytorch.org/docs/stable/generated/torch.nn.GaussianNLLLoss.html",
    keywords=("uncertainty", "variance", "gaussian nll"),
)
class GaussianLikelihood:
    """For numbers with their uncertainty: half of the outputs is the mean, the other half the spread."""

    full: bool = param(
        False, advanced=True, doc="Add the part that the network cannot change.", title="Whole value"
    )
    eps: float = param(
        1e-6, low=1e-12, advanced=True, doc="Keeps a division away from 0.", title="Least variance"
    )
