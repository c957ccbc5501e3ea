"""What is tried before a training, on networks of its own: one batch, learning rates, batch sizes."""
