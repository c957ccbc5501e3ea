"""What is acted in: `reset` begins an episode and gives what is seen, `step` acts."""

from __future__ import annotations

import gymnasium


class CartPole:
    """The pole on a cart of gymnasium; each step is worth 1."""

    def __init__(self, limit: int) -> None:
        """Make it.

        Args:
            limit: an episode ends after so many steps.
        """
        self.cart, self.limit, self.steps = gymnasium.make("CartPole-v1").unwrapped, limit, 0

    def reset(self, seed: int) -> list[float]:
        """Begin an episode; give what is seen."""
        seen, _ = self.cart.reset(seed=seed)
        self.steps = 0
        return [float(number) for number in seen]

    def step(self, action: int) -> tuple[list[float], float, bool, bool]:
        """Push to the left (0) or to the right (1).

        Returns:
            What is seen then; what that is worth; whether the pole fell; whether time is up.
        """
        seen, reward, over, _, _ = self.cart.step(action)
        self.steps += 1
        cut = not over and self.steps >= self.limit
        return [float(number) for number in seen], float(reward), bool(over), cut
