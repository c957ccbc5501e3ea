"""Runs a program of ours in a process of its own, watched: it can be cancelled and never runs for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.exchange.declare import ExchangeError
from studio.graph import Message

PATIENCE = 600.0
"""Seconds after which it is taken to hang."""

_GLANCE = 0.05
_SHOWN = 4000


class ProcessFailedError(ExchangeError):
    """The program ended with an error.

    Attributes:
        details: the end of what it wrote, for those who want it.
    """

    def __init__(self, message: Message, details: str) -> None:
        """Keep the sentence and what the program wrote."""
        super().__init__(message)
        self.details = details


def run(
    arguments: Sequence[str],
    *,
    isolated: bool,
    still_wanted: Callable[[], object],
    patience: float = PATIENCE,
) -> None:
    """Run Python and wait until it is done.

    Args:
        arguments: what comes after the interpreter.
        isolated: without the current folder, variables and settings of the person.
        still_wanted: asked again and again; what it raises ends the program and is passed on.
        patience: seconds until it is taken to hang.

    Raises:
        ProcessFailedError: it ended with an error, or did not end.
    """
    environment = dict(os.environ)
    if not isolated:
        home = str(Path(__file__).resolve().parents[2])
        paths = [home, *filter(None, [environment.get("PYTHONPATH", "")])]
        environment["PYTHONPATH"] = os.pathsep.join(paths)
    command = [sys.executable, "-I" if isolated else "-P", *arguments]
    with tempfile.TemporaryFile() as written:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, env=environment
        )
        try:
            _wait(process, still_wanted, patience)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        written.seek(max(0, written.seek(0, os.SEEK_END) - _SHOWN))
        said = written.read().decode("utf-8", "replace")
    if process.returncode:
        lines = said.strip().splitlines() or [f"exit code {process.returncode}"]
        raise ProcessFailedError(Message("{reason}", reason=lines[-1][:500]), said)


def _wait(process: subprocess.Popen[bytes], still_wanted: Callable[[], object], patience: float) -> None:
    until = time.monotonic() + patience
    while process.poll() is None:
        still_wanted()
        if time.monotonic() > until:
            raise ProcessFailedError(
                Message("It did not end within {seconds} seconds.", seconds=round(patience)), ""
            )
        try:
            process.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            continue
