"""Recipes: what one step of each kind of training is, one readable file each, and what some of them share."""
