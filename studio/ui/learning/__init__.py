"""Training as the window sees it: tried before, watched while it lasts, and gone on from later."""
