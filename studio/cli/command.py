"""What a command is, and how its arguments are read: helped and refused in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from studio.cli.voice import UsageError, Voice
from studio.graph import Message


class Parser(argparse.ArgumentParser):
    """Reads the arguments of one command; never prints or ends the program by itself."""

    def __init__(self, name: str, about: Message, voice: Voice) -> None:
        """Make a parser that knows only how to help.

        Args:
            name: the command as it is typed, such as `netwright train`.
            about: what it does.
            voice: the reader's language.
        """
        self.voice = voice
        super().__init__(
            prog=name,
            description=voice.text(about),
            formatter_class=_formatter(voice.text(Message("usage:"))),
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = voice.text(Message("arguments"))
        self._optionals.title = voice.text(Message("options"))
        self.flag("-h", "--help", help=Message("show this help"))

    def flag(self, *names: str, help: Message) -> None:
        """Add an option without a value."""
        self.add_argument(*names, action="store_true", help=_literal(self.voice.text(help)))

    def option(
        self,
        *names: str,
        help: Message,
        metavar: str,
        type: Callable[[str], object] = str,
        many: bool = False,
    ) -> None:
        """Add an option with a value."""
        self.add_argument(
            *names,
            type=type,
            metavar=metavar,
            action="append" if many else "store",
            default=[] if many else None,
            help=_literal(self.voice.text(help)),
        )

    def argument(self, name: str, help: Message) -> None:
        """Add a value that must be given; `read` refuses its absence in our own words."""
        self.add_argument(
            name, nargs="?", metavar=name.upper().replace("_", "|"), help=_literal(self.voice.text(help))
        )

    def format_help(self) -> str:
        """Give the help, with arguments that must be given not shown as if they need not."""
        text = super().format_help()
        for action in self._actions:
            if not action.option_strings and action.default is None:
                text = text.replace(f"[{action.metavar}]", str(action.metavar))
        return text

    def read(self, arguments: list[str]) -> argparse.Namespace:
        """Read arguments.

        Raises:
            UsageError: something is missing, unknown or malformed.
        """
        found, more = self.parse_known_args(arguments)
        if found.help:
            return found
        if more:
            raise UsageError(
                Message(
                    "“{argument}” is not understood. See: {command} --help",
                    argument=more[0],
                    command=self.prog,
                )
            )
        for action in self._actions:
            value = getattr(found, action.dest)
            if not action.option_strings and (value is None or (value == "" and action.default is None)):
                raise missing(str(action.metavar), self.prog)
            if action.option_strings and (value == "" or (isinstance(value, list) and "" in value)):
                raise _needs_value("/".join(action.option_strings), self.prog)
        return found

    def error(self, message: str) -> NoReturn:
        """Refuse what `argparse` refuses."""
        if needs := re.match(r"argument (\S+): expected one argument", message):
            raise _needs_value(needs[1], self.prog)
        if takes := re.match(r"argument (\S+): ignored explicit argument", message):
            raise UsageError(
                Message("{option} takes no value. See: {command} --help", option=takes[1], command=self.prog)
            )
        raise UsageError(Message("{reason}. See: {command} --help", reason=message, command=self.prog))


def _formatter(usage: str) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        """Writes `usage:` in the reader's language."""

        def add_usage(self, usage_text, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
            """Begin the usage line."""
            super().add_usage(usage_text, actions, groups, prefix or f"{usage} ")

    return Formatter


def _literal(text: str) -> str:
    return text.replace("%", "%%")


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: as it is typed.
        about: what it does, in one sentence.
        arguments: adds its arguments to a parser.
        run: does it, and gives the exit code.
    """

    name: str
    about: Message
    arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace, Voice], int]


def whole(option: str, low: int) -> Callable[[str], int]:
    """Give the reader of a whole number that is at least `low`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if number < low:
            raise UsageError(
                Message(
                    "{option} takes a whole number of at least {low}, not “{text}”.",
                    option=option,
                    low=low,
                    text=text[:40],
                )
            )
        return number

    return read


def required(value: str | None, option: str, command: str) -> str:
    """Give the value of an option that must be given.

    Raises:
        UsageError: it was not.
    """
    if value is None:
        raise missing(option, command)
    return value


def missing(argument: str, command: str) -> UsageError:
    """Say that something must be given."""
    return UsageError(
        Message("{argument} is missing. See: {command} --help", argument=argument, command=command)
    )


def _needs_value(option: str, command: str) -> UsageError:
    return UsageError(
        Message("{option} needs a value. See: {command} --help", option=option, command=command)
    )
