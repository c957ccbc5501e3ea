"""How the command line speaks: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import dataclass

from studio.graph.text import Message, NetwrightError, Translate, translator

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""The exit codes: done; the work failed; wrong usage or unreadable input; interrupted."""


class UsageError(NetwrightError):
    """What was asked for makes no sense, or cannot be read."""


@dataclass(frozen=True)
class Voice:
    """Speaks one language, to people or to programs.

    Attributes:
        language: a code of `LANGUAGES`.
        json: standard output carries JSON and nothing else.
        verbose: errors come with their details.
    """

    language: str
    json: bool
    verbose: bool

    @property
    def translate(self) -> Translate:
        """Gives sentences in the language."""
        return translator(self.language)

    def text(self, message: Message) -> str:
        """Give a sentence in the language, fit for a terminal: on one line, without control characters."""
        return plain(message.render(self.translate))

    def say(self, message: Message) -> None:
        """Say a sentence of the result to a person; a program gets the result as JSON instead."""
        if not self.json:
            self.line(self.text(message))

    def line(self, text: str) -> None:
        """Write one line of the result."""
        print(text, flush=True)

    def note(self, message: Message) -> None:
        """Say something beside the result."""
        print(self.text(message), file=sys.stderr, flush=True)

    def give(self, value: object) -> None:
        """Give the result to a program, as one line of JSON."""
        print(json.dumps(value, ensure_ascii=False, allow_nan=False), flush=True)

    def error(self, message: Message, error: BaseException | None = None, details: str = "") -> None:
        """Say in one line what went wrong; with `--verbose` also its details."""
        print(self.text(Message("Error: {reason}", reason=message)), file=sys.stderr)
        if self.verbose:
            if error is not None:
                traceback.print_exception(error, file=sys.stderr)
            if details:
                print(details, file=sys.stderr)
        sys.stderr.flush()


def plain(text: str) -> str:
    """Give a text without line ends and control characters, which a file could move the cursor with."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
