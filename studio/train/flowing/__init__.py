"""What flows through a network for one sample, node by node, as small finished pictures."""
