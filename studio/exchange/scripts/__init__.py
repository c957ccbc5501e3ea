"""Pieces of the training script that leaves with a model: plain Python, copied into it as they stand here.

What a piece imports from Netwright is copied along with it (`studio.exchange.copying`), so a piece may
import only what itself stands on nothing but public libraries.
"""
