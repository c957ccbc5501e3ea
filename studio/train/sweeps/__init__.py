"""Sweeps: many runs of one project that look for the best settings."""
