"""The docks around the canvas: what can be added, what is chosen, what is wrong, and how it trains."""
