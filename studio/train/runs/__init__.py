"""Runs: each from its data to its last weights, kept in a folder and in the table of all runs."""
