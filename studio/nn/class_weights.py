"""What each class counts, so that rare ones count as much as frequent ones."""

import torch


def class_weights(target: torch.Tensor, classes: int) -> torch.Tensor:
    """Give `samples / (classes * samples of the class)` for each class."""
    counts = torch.bincount(target.flatten(), minlength=classes)
    return target.numel() / (classes * counts.clamp(min=1).float())
