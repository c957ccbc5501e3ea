"""Everything the window can do, and by which keys."""
