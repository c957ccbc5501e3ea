"""How the command line speaks: results on standard output, everything else on standard error."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from dataclasses import dataclass
from typing import TextIO

from studio.graph.text import Message, NetwrightError, Translate, translator
from studio.project.write_error import reason_of

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""The exit codes: done; the work failed; wrong usage or unreadable input; interrupted."""


class UsageError(NetwrightError):
    """What was asked for makes no sense, or cannot be read."""


class OutputError(NetwrightError):
    """Standard output cannot be written, as on a full disk."""


@dataclass(frozen=True)
class Voice:
    """Speaks one language, to people or to programs.

    Attributes:
        language: a code of `LANGUAGES`.
        json: standard output carries JSON and nothing else.
        verbose: errors come with their details.
        chosen: whether a person asked for this language.
        aside: whether someone else speaks: then only errors are said.
    """

    language: str
    json: bool
    verbose: bool
    chosen: bool = False
    aside: bool = False

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
        """Write one line of the result.

        Raises:
            BrokenPipeError: whoever read it went away.
            OutputError: it cannot be written.
        """
        if self.aside:
            return
        try:
            print(_writable(text, sys.stdout), flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            hush()
            raise OutputError(
                Message("The output cannot be written: {reason}.", reason=reason_of(error))
            ) from error

    def note(self, message: Message) -> None:
        """Say something beside the result."""
        if not self.aside:
            self._aside(self.text(message))

    def help(self, text: str) -> None:
        """Write a help; to a program that waits for JSON it goes beside the result."""
        if self.json:
            self._aside(text)
        else:
            self.line(text)

    def give(self, value: object) -> None:
        """Give the result to a program, as one line of JSON."""
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        # Names of files can hold what no encoding can; JSON has a way to write it.
        self.line(text if _writable(text, sys.stdout) == text else json.dumps(value, allow_nan=False))

    def error(self, message: Message, error: BaseException | None = None, details: str = "") -> None:
        """Say in one line what went wrong; with `--verbose` also its details."""
        self._aside(self.text(Message("Error: {reason}", reason=message)))
        if self.verbose:
            if error is not None:
                self._aside("".join(traceback.format_exception(error)).rstrip())
            if details:
                self._aside(details)

    def _aside(self, text: str) -> None:
        # Where nobody can hear it, the work is still worth doing.
        with contextlib.suppress(OSError):
            print(_writable(text, sys.stderr), file=sys.stderr, flush=True)


def hush() -> None:
    """Send what is still to be written to nowhere, so that nothing complains about it at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _writable(text: str, stream: TextIO) -> str:
    """Give a text with a question mark for each letter that the stream cannot write."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def plain(text: str) -> str:
    """Give a text without line ends and control characters, which a file could move the cursor with."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
