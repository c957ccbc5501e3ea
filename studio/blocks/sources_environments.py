"""Environments to act in: where recipes such as DQN and PPO learn from what they meet."""

from typing import Any

from studio.blocks.declare import block, param


def _steps(default: int) -> Any:
    return param(
        default,
        low=16,
        high=100_000_000,
        title="Steps an epoch",
        doc="Steps in the environment that make an epoch.",
    )


def _checked() -> Any:
    return param(10, low=0, high=10_000, doc="Episodes that each epoch is checked with.")


def _judged() -> Any:
    return param(100, low=0, high=10_000, doc="Episodes for the final judgement.")


@block(
    "studio.data.environments.CartPole",
    type="cartpole",
    group="environments",
    role="data",
    title="Pole on a cart",
    keywords=("gymnasium", "reinforcement", "control", "cart-pole"),
    fits=("control",),
    link="https://gymnasium.farama.org/environments/classic_control/cart_pole/",
)
class CartPole:
    """A pole stands on a cart; push it left or right so that the pole does not fall. Each step is worth 1."""

    steps: int = _steps(5000)
    check_episodes: int = _checked()
    test_episodes: int = _judged()
    limit: int = param(
        500,
        low=1,
        high=1_000_000,
        title="Longest episode",
        doc="Steps after which an episode ends.",
        advanced=True,
    )


@block(
    "studio.data.environments.Grid",
    type="gridworld",
    group="environments",
    role="data",
    title="Grid world",
    keywords=("maze", "reinforcement", "control"),
    fits=("control",),
)
class Grid:
    """Cells in a square, a wall with one gap, and a goal in the far corner. Nothing has to be installed."""

    steps: int = _steps(2000)
    check_episodes: int = _checked()
    test_episodes: int = _judged()
    size: int = param(5, low=2, high=64, doc="Cells along each side.")
    limit: int = param(
        50,
        low=1,
        high=1_000_000,
        title="Longest episode",
        doc="Steps after which an episode ends.",
        advanced=True,
    )
