"""A small world to walk in: cells in a square, a wall with one gap, and a goal in the far corner."""

from __future__ import annotations

import random

MOVES = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
"""What one can do, in the order of the actions: by how many rows and columns one moves."""

GOAL, STEP = 1.0, -0.02
"""What the goal is worth, and every step that does not reach it."""


class GridWorld:
    """One walker. It sees the cell that it stands in: one number for each cell, of which one is 1."""

    def __init__(self, size: int, limit: int) -> None:
        """Make the world.

        Args:
            size: cells along each side; from four on there is a wall.
            limit: an episode ends after so many steps.
        """
        self.size, self.limit = size, limit
        self.row = self.column = self.steps = 0

    def walls(self) -> frozenset[tuple[int, int]]:
        """Give the cells that nobody can enter: the middle column, but for its last cell."""
        if self.size < 4:
            return frozenset()
        return frozenset((row, self.size // 2) for row in range(self.size - 1))

    def reset(self, seed: int) -> list[float]:
        """Stand in a free cell that is not the goal; give what is seen there."""
        last = self.size - 1
        free = [
            (row, column)
            for row in range(self.size)
            for column in range(self.size)
            if (row, column) not in self.walls() and (row, column) != (last, last)
        ]
        self.row, self.column = random.Random(seed).choice(free)
        self.steps = 0
        return self._seen()

    def step(self, action: int) -> tuple[list[float], float, bool, bool]:
        """Move, unless there is a wall or the end of the world.

        Returns:
            What is seen then; what that is worth; whether the goal is reached; whether time is up.
        """
        rows, columns = list(MOVES.values())[action]
        row, column = self.row + rows, self.column + columns
        if 0 <= row < self.size and 0 <= column < self.size and (row, column) not in self.walls():
            self.row, self.column = row, column
        self.steps += 1
        there = self.row == self.column == self.size - 1
        return self._seen(), GOAL if there else STEP, there, not there and self.steps >= self.limit

    def _seen(self) -> list[float]:
        seen = [0.0] * (self.size * self.size)
        seen[self.row * self.size + self.column] = 1.0
        return seen

    def state(self) -> list[float]:
        """Give where the walker stands and how many steps it took."""
        return [float(self.row), float(self.column), float(self.steps)]

    def restore(self, state: list[float]) -> None:
        """Stand there."""
        self.row, self.column, self.steps = (int(number) for number in state)
