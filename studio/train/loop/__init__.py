"""The one loop: epochs, steps, batches, validation, best and last, and what is measured on the way."""
