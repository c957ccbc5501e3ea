"""The formats that a model leaves by, one in each file; adding a format is adding a file."""
