"""Further ways to learn: in contest, out of noise, from text, by reconstruction, by comparison, by acting."""

from typing import Literal

from studio.blocks.declare import block, input_port, param
from studio.blocks.recipes import Network

FIGURES = (
    "Generator loss",
    "Discriminator loss",
    "Real score",
    "Fake score",
    "Perplexity",
    "Bits per character",
    "Exact match",
    "Token accuracy",
    "Return",
    "Epsilon",
    "Q value",
    "Policy loss",
    "Value loss",
    "Entropy",
    "Reconstruction",
    "Divergence",
)
"""What the figures of these recipes are called: their keys, with spaces and a capital letter."""


@block(
    "studio.train.recipes.adversarial.Adversarial",
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
        0.0,
        low=0,
        high=0.5,
        title="Label smoothing",
        doc="How much less than 1 real samples count as real; 0.1 keeps it unsure.",
    )
    penalty: float = param(
        10.0,
        low=0,
        advanced=True,
        title="Gradient penalty",
        doc="Weight of the gradient penalty of the wasserstein loss.",
    )
    samples: int = param(20, low=0, high=256, advanced=True, doc="How many samples are shown after an epoch.")


@block(
    "studio.train.recipes.diffusion.Diffusion",
    type="diffusion",
    group="recipe",
    role="recipe",
    title="Diffusion",
    keywords=("ddpm", "ddim", "denoising", "score"),
    link="https://arxiv.org/abs/2006.11239",
)
class Diffusion:
    """A network learns to tell the noise that lies over samples, and makes samples by taking it away."""

    model: Network = input_port(
        "Takes noised samples, their time and, with a third input, their class; says what the noise is."
    )
    schedule: Literal["linear", "cosine"] = param(
        "linear",
        title="Noise schedule",
        doc="How noise grows with time: cosine leaves more of a sample for longer.",
    )
    times: int = param(
        1000,
        low=2,
        high=10_000,
        title="Timesteps",
        doc="How many times there are between a sample and pure noise.",
    )
    target: Literal["noise", "x0", "v"] = param(
        "noise", doc="What the network says: the noise, the sample (x0), or a mixture of both (v)."
    )
    loss: Literal["mse", "l1"] = param("mse", advanced=True, doc="How what it says is compared.")
    hidden: float = param(
        0.1,
        low=0,
        high=1,
        advanced=True,
        title="Hidden classes",
        doc="Share of samples whose class is hidden, so that others can be guided towards theirs.",
    )
    guidance: float = param(
        1.0, low=0, high=100, advanced=True, doc="How strongly samples are guided towards their class."
    )
    sampler: Literal["ddim", "ddpm"] = param(
        "ddim", doc="The way back from noise: ddim takes a few large steps, ddpm all small ones."
    )
    steps: int = param(50, low=1, high=10_000, doc="Steps of the way back of ddim.")
    eta: float = param(
        0.0, low=0, high=1, advanced=True, doc="How much fresh noise ddim adds on its way: 0 none, 1 as ddpm."
    )
    averaging: float = param(
        0.999,
        low=0,
        high=0.999999,
        optional=True,
        advanced=True,
        title="Average of weights",
        doc="How much of the moving average of the weights stays in each step; empty for no average.",
    )
    samples: int = param(20, low=0, high=256, advanced=True, doc="How many samples are shown after an epoch.")


@block(
    "studio.train.recipes.language_model.LanguageModel",
    type="language_model",
    group="recipe",
    role="recipe",
    title="Language model",
    keywords=("gpt", "next token", "text generation"),
    fits=("text",),
    link="https://www.jmlr.org/papers/v3/bengio03a.html",
)
class LanguageModel:
    """At each place of a text, a network says which token comes next; so it writes texts."""

    model: Network = input_port("Takes tokens and scores, at each place, every token that could come next.")
    prompt: str = param("", doc="How the texts begin that are shown after an epoch; it may be empty.")
    length: int = param(200, low=1, high=10_000, doc="How many tokens are added to each.")
    temperature: float = param(
        0.8,
        low=0,
        high=10,
        doc="0 takes the likeliest token, 1 draws as the network expects, more is wilder.",
    )
    top_k: int = param(
        0, low=0, high=1_000_000, doc="Draw from so many of the likeliest tokens only; 0 for all."
    )
    top_p: float = param(
        1.0, low=0, high=1, doc="Draw from the likeliest tokens that together have this share only."
    )
    samples: int = param(3, low=0, high=64, advanced=True, doc="How many texts are shown after an epoch.")


@block(
    "studio.train.recipes.translation.Translation",
    type="translation",
    group="recipe",
    role="recipe",
    title="Translation",
    keywords=("sequence to sequence", "seq2seq", "encoder decoder", "question answering", "summary"),
    link="https://arxiv.org/abs/1706.03762",
)
class Translation:
    """A network reads a text and writes another one, token by token: a translation, an answer, a summary."""

    model: Network = input_port(
        "Takes tokens in “source” and “written”, and scores at each place every token that could come next."
    )
    smoothing: float = param(
        0.0,
        low=0,
        high=0.5,
        title="Label smoothing",
        doc="How much of each answer is spread over all other tokens; 0.1 keeps the network less sure.",
    )
    samples: int = param(8, low=0, high=64, advanced=True, doc="How many answers are shown after an epoch.")


@block(
    "studio.train.recipes.dqn.DQN",
    type="dqn",
    group="recipe",
    role="recipe",
    title="Deep Q learning (DQN)",
    keywords=("reinforcement", "q-learning", "replay", "control"),
    fits=("control",),
    link="https://arxiv.org/abs/1312.5602",
)
class DQN:
    """A network learns what each action is worth, by acting and by remembering what came of it."""

    q: Network = input_port("Takes what is seen and scores each action.")
    gamma: float = param(0.99, low=0, high=1, title="Discount", doc="What a reward one step later is worth.")
    memory: int = param(
        10_000, low=1, high=10_000_000, title="Replay memory", doc="How many steps are remembered."
    )
    warm_up: int = param(500, low=1, high=10_000_000, doc="Steps that are remembered before any learning.")
    every: int = param(
        1, low=1, high=10_000, title="Learn every", doc="Steps in the environment for each step of learning."
    )
    epsilon_start: float = param(
        1.0, low=0, high=1, title="First epsilon", doc="Chance of a random action at the beginning."
    )
    epsilon_end: float = param(
        0.05, low=0, high=1, title="Last epsilon", doc="Chance of a random action later on."
    )
    epsilon_steps: int = param(
        5000, low=1, high=1_000_000_000, doc="Steps in the environment over which that chance falls."
    )
    double: bool = param(
        True,
        title="Double DQN",
        doc="Let the network choose the best next action and its copy say what it is worth.",
    )
    target: Literal["soft", "hard"] = param(
        "soft", doc="How the copy follows: a little after each step, or wholly after many."
    )
    tau: float = param(0.005, low=0, high=1, advanced=True, doc="How far the copy follows in each soft step.")
    sync_every: int = param(
        500, low=1, high=10_000_000, advanced=True, doc="Steps of learning until the copy follows wholly."
    )
    loss: Literal["smooth_l1", "mse"] = param(
        "smooth_l1", advanced=True, doc="How what an action is thought to be worth is compared."
    )


@block(
    "studio.train.recipes.ppo.PPO",
    type="ppo",
    group="recipe",
    role="recipe",
    title="Policy gradient (PPO)",
    keywords=("reinforcement", "actor critic", "advantage", "gae", "control"),
    fits=("control",),
    link="https://arxiv.org/abs/1707.06347",
)
class PPO:
    """A policy learns to choose better actions than it did, but never far from what it did."""

    policy: Network = input_port("Takes what is seen and scores each action; actions are drawn by it.")
    value: Network = input_port("Takes what is seen and says what is still to be expected: one number.")
    gamma: float = param(0.99, low=0, high=1, title="Discount", doc="What a reward one step later is worth.")
    lam: float = param(
        0.95, low=0, high=1, title="Lambda (GAE)", doc="How far it is looked ahead: 0 one step, 1 to the end."
    )
    clip: float = param(0.2, low=0.001, high=1, doc="How far chances may move away from what they were.")
    entropy: float = param(0.01, low=0, high=10, doc="Reward for staying undecided, so that more is tried.")
    value_weight: float = param(0.5, low=0, high=100, advanced=True, doc="Weight of the value's loss.")
    environments: int = param(8, low=1, high=1024, doc="Environments side by side.")
    horizon: int = param(128, low=1, high=100_000, doc="Steps in each of them before learning from them.")
    passes: int = param(4, low=1, high=100, doc="How often what was met is learned from.")
    normalise: bool = param(
        True, advanced=True, doc="Bring the advantages of each batch to mean 0 and spread 1."
    )


@block(
    "studio.train.recipes.autoencoder.Autoencoder",
    type="autoencoder",
    group="recipe",
    role="recipe",
    title="Autoencoder",
    keywords=("vae", "variational", "denoising", "latent", "code"),
    link="https://arxiv.org/abs/1312.6114",
)
class Autoencoder:
    """An encoder writes a sample down in few numbers, and a decoder gives it back from them."""

    encoder: Network = input_port(
        "Takes a sample and gives its code; a variational one gives mean and log_variance."
    )
    decoder: Network = input_port("Takes a code and gives the sample back.")
    kind: Literal["plain", "denoising", "variational"] = param(
        "plain", doc="Whether samples are spoiled before they are shown, or codes are blurred."
    )
    loss: Literal["mse", "l1", "bce"] = param(
        "mse", doc="How what is given back is compared; bce takes raw scores of brightness."
    )
    noise: float = param(0.3, low=0, high=100, doc="Spread of the noise that denoising adds.")
    masked: float = param(0.0, low=0, high=1, doc="Share of numbers that denoising sets to 0.")
    beta: float = param(
        1.0, low=0, high=1000, doc="Weight of the pull that brings variational codes near the normal spread."
    )
    samples: int = param(16, low=0, high=256, advanced=True, doc="How many samples are shown after an epoch.")


@block(
    "studio.train.recipes.siamese.Siamese",
    type="siamese",
    group="recipe",
    role="recipe",
    title="Siamese",
    keywords=("contrastive", "triplet", "embedding", "metric learning", "similarity"),
    fits=("classification", "binary"),
    link="https://arxiv.org/abs/1503.03832",
)
class Siamese:
    """One network writes samples down so that like ones come near each other and unlike ones do not."""

    model: Network = input_port("Takes a sample and writes it down in one row of numbers.")
    loss: Literal["contrastive", "triplet", "cosine"] = param(
        "contrastive", doc="What brings samples together: pairs by distance or by cosine, or triplets."
    )
    margin: float = param(
        1.0, low=0, high=1000, doc="How far apart unlike samples shall be; of cosines, 0 to 0.5 is usual."
    )
    mining: Literal["hard", "semi_hard", "all"] = param(
        "hard", doc="Which triplets of a batch are learned from."
    )
    normalise: bool = param(True, doc="Bring every row of numbers to length 1.")
