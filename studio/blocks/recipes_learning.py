"""Further ways to learn: in contest, out of noise, from text, by reconstruction, by comparison, by acting."""

from typing import Literal

from studio.blocks.declare import block, input_port, param
from studio.blocks.recipes import Network


@block(
    "studio.train.adversarial.Adversarial",
    type="adversarial",
    group="recipe",
    role="recipe",
    title="Adversarial (GAN)",
    keywords=("dcgan", "wgan", "generator", "discriminator"),
    link="https://arxiv.org/abs/1406.2661",
)
class Adversarial:
    """A generator makes samples out of noise, and a discriminator learns to tell them from real ones."""

    generator: Network = input_port("Makes samples out of noise; a second input takes a class.")
    discriminator: Network = input_port(
        "Scores how real a sample looks, one number; a second input takes a class."
    )
    loss: Literal["bce", "least_squares", "hinge", "wasserstein"] = param(
        "bce", doc="What the two play for: bce asks real or not, wasserstein needs a gradient penalty."
    )
    noise: Literal["normal", "uniform"] = param("normal", doc="What the noise is drawn from.")
    critic_steps: int = param(
        1, low=1, high=100, doc="Steps of the discriminator for each of the generator, each with new samples."
    )
    smoothing: float = param(
        0.0, low=0, high=0.5, doc="How much less than 1 real samples count as real; 0.1 keeps it unsure."
    )
    penalty: float = param(
        10.0, low=0, advanced=True, doc="Weight of the gradient penalty of the wasserstein loss."
    )
    samples: int = param(20, low=0, high=256, advanced=True, doc="How many samples are shown after an epoch.")
