"""What stands around the canvases: docks, bars, the first page and the tour."""
