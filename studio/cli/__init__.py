"""Netwright without a screen: every command of `netwright`, in English and Chinese; never imports Qt."""

from __future__ import annotations

from studio.cli.main import headless_demo, main

__all__ = ["headless_demo", "main"]
