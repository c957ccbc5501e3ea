"""Templates and their lessons: the page beside the canvas, the gallery, the ladder."""
