"""The command that tells where networks can be trained here."""

from __future__ import annotations

import argparse

from studio.cli.command import Command, Parser
from studio.cli.table import columns
from studio.cli.voice import DONE, Voice, plain
from studio.graph import Message


def _nothing(parser: Parser) -> None:
    """Take no arguments."""


def _devices(arguments: argparse.Namespace, voice: Voice) -> int:
    from studio.data.memory import in_units
    from studio.train import devices
    from studio.train.machine.load import load_of

    found = [(device, load_of(device)) for device in devices()]
    if voice.json:
        voice.give(
            [
                {
                    "id": device.id,
                    "name": device.name,
                    "memory_total": device.memory_total,
                    "memory_free": device.memory_free,
                    "load": None if load is None else round(load, 3),
                }
                for device, load in found
            ]
        )
        return DONE
    rows = []
    for device, load in found:
        memory = "–"
        if device.memory_total is not None:
            free = "–" if device.memory_free is None else in_units(device.memory_free)
            memory = voice.text(
                Message("{free} of {total} free", free=free, total=in_units(device.memory_total))
            )
        busy = "–" if load is None else voice.text(Message("{share} busy", share=f"{load:.0%}"))
        rows.append((device.id, plain(device.name), memory, busy))
    for line in columns(rows):
        voice.line(line)
    return DONE


DEVICES = Command("devices", Message("List where networks can be trained here."), _nothing, _devices)
"""Name, memory and load of every device."""
