"""Layers, losses and what else torch lacks, each self-contained so that an export can copy its source."""

from studio.nn.causal_mask import CausalMask
from studio.nn.class_weights import class_weights
from studio.nn.constant import Constant
from studio.nn.crop_to import CropTo
from studio.nn.dice_loss import DiceLoss
from studio.nn.einsum import Einsum
from studio.nn.focal_loss import FocalLoss
from studio.nn.gaussian_likelihood import GaussianLikelihood
from studio.nn.gaussian_noise import GaussianNoise
from studio.nn.gumbel_softmax import GumbelSoftmax
from studio.nn.learnable import Learnable
from studio.nn.learned_position import LearnedPosition
from studio.nn.normalize import Normalize
from studio.nn.one_hot import OneHot
from studio.nn.padding_mask import PaddingMask
from studio.nn.permute import Permute
from studio.nn.ranking_loss import RankingLoss
from studio.nn.reparameterize import Reparameterize
from studio.nn.reshape import Reshape
from studio.nn.rotary import Rotary
from studio.nn.scale import Scale
from studio.nn.select import Select
from studio.nn.self_attention import SelfAttention
from studio.nn.similarity_loss import SimilarityLoss
from studio.nn.sinusoidal_position import SinusoidalPosition
from studio.nn.slice import Slice
from studio.nn.squeeze_excitation import SqueezeExcitation
from studio.nn.stochastic_depth import StochasticDepth
from studio.nn.time_embedding import TimeEmbedding
from studio.nn.together import Together

__all__ = [
    "CausalMask",
    "Constant",
    "CropTo",
    "DiceLoss",
    "Einsum",
    "FocalLoss",
    "GaussianLikelihood",
    "GaussianNoise",
    "GumbelSoftmax",
    "Learnable",
    "LearnedPosition",
    "Normalize",
    "OneHot",
    "PaddingMask",
    "Permute",
    "RankingLoss",
    "Reparameterize",
    "Reshape",
    "Rotary",
    "Scale",
    "Select",
    "SelfAttention",
    "SimilarityLoss",
    "SinusoidalPosition",
    "Slice",
    "SqueezeExcitation",
    "StochasticDepth",
    "TimeEmbedding",
    "Together",
    "class_weights",
]
