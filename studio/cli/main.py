"""The command line: finds the command, runs it, and gives the exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from studio import __version__
from studio.blocks import TROUBLES
from studio.cli import devices, judging, lighter, looking, picture, sweeping, taking, training
from studio.cli.command import Command, Parser
from studio.cli.demo import demonstrate
from studio.cli.voice import DONE, FAILED, INTERRUPTED, USAGE, UsageError, Voice, hush
from studio.graph import Message, NetwrightError
from studio.graph.text import LANGUAGES
from studio.project import ProjectError
from studio.project.file import FileError
from studio.project.trust import trust

COMMANDS: tuple[Command, ...] = (
    looking.TEMPLATES,
    taking.NEW,
    looking.BLOCKS,
    looking.CHECK,
    devices.DEVICES,
    training.TRAIN,
    judging.EVALUATE,
    taking.EXPORT,
    lighter.LIGHTEN,
    taking.CODE,
    picture.PICTURE,
    judging.RUNS,
    sweeping.SWEEP,
    taking.GUI,
)
"""Every command, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say.

    Args:
        arguments: without the program's name; those of the process when not given.

    Returns:
        The exit code: 0 done, 1 the work failed, 2 wrong usage or unreadable input, 130 interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = given[: given.index("--")] if "--" in given else given
    voice = Voice(language="en", json="--json" in options, verbose="--verbose" in options)
    return _guarded(given, voice)


def headless_demo(arguments: Sequence[str] = ()) -> int:
    """Do the main job without a screen: open the CNN template, train, judge, export, say where the files are.

    Args:
        arguments: the folder for the files, `exports` when not given; and what every command takes.

    Returns:
        The exit code, as that of `main`.
    """
    return main(["--headless", *arguments])


def _guarded(given: list[str], voice: Voice) -> int:
    """Run a command; whatever goes wrong becomes one line and an exit code."""
    try:
        voice, rest = _common(given, voice)
        for trouble in TROUBLES:
            voice.note(trouble.message)
        code = _dispatch(rest, voice)
        if code == FAILED:
            _tell_of_code(voice)
        return code
    except (UsageError, FileError, ProjectError) as error:
        voice.error(error.message, error)
        return USAGE
    except NetwrightError as error:
        voice.error(error.message, error, getattr(error, "details", ""))
        _tell_of_code(voice)
        return USAGE if error.unreadable else FAILED
    except KeyboardInterrupt:
        voice.error(Message("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output went away, as `head` does; that is no failure of ours.
        hush()
        return DONE
    except Exception as error:  # noqa: BLE001  # a person gets one line, and the traceback if they ask
        voice.error(
            Message(
                "Something unforeseen happened: {reason}. Run it again with --verbose for the details.",
                reason=f"{type(error).__name__}: {error}"[:300],
            ),
            error,
        )
        return FAILED


def _tell_of_code(voice: Voice) -> None:
    """Say how code of a project is let run, where it was not."""
    if trust.refused:
        voice.note(
            Message(
                "Code in the project did not run. If you know who wrote it, or understand it, add --trust."
            )
        )


def _common(arguments: list[str], voice: Voice) -> tuple[Voice, list[str]]:
    """Read what every command takes, wherever it stands; give the rest."""
    rest: list[str] = []
    language, chosen = voice.language, False
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":  # what follows are names, whatever they look like
            rest += [argument, *waiting]
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            language, chosen = value if equals else next(waiting, ""), True
            if language not in LANGUAGES:
                raise UsageError(
                    Message(
                        "--lang takes one of {known}, not “{text}”.",
                        known=", ".join(LANGUAGES),
                        text=language[:40],
                    )
                )
        elif argument == "--trust":
            trust.trust_all()
        elif argument not in ("--json", "--verbose"):
            rest.append(argument)
    return Voice(language, voice.json, voice.verbose, chosen), rest


def _dispatch(arguments: list[str], voice: Voice) -> int:
    if not arguments:
        raise UsageError(Message("Say what to do: netwright COMMAND. See: netwright --help"))
    if arguments[0] == "help" and len(arguments) > 1:
        return _dispatch([arguments[1], "--help"], voice)
    if arguments[0] in ("-h", "--help", "help"):
        voice.help(general_help(voice))
        return DONE
    if arguments[0] == "--headless":
        return _demonstrate(arguments[1:], voice)
    if arguments[0] == "--version":
        if voice.json:
            voice.give({"version": __version__})
        else:
            voice.line(f"netwright {__version__}")
        return DONE
    known = {command.name: command for command in COMMANDS}
    command = known.get(arguments[0])
    if command is None:
        raise UsageError(
            Message(
                "There is no command “{name}”. There are: {known}.",
                name=arguments[0][:60],
                known=", ".join(known),
            )
        )
    parser = Parser(f"netwright {command.name}", command.about, voice)
    command.arguments(parser)
    _common_help(parser)
    found = parser.read(arguments[1:])
    if found.help:
        voice.help(parser.format_help().rstrip())
        return DONE
    return command.run(found, voice)


def _demonstrate(arguments: list[str], voice: Voice) -> int:
    parser = Parser(
        "netwright --headless", Message("Train the CNN template on the digits and export it."), voice
    )
    parser.add_argument("folder", nargs="?", default="exports", metavar="DIR")
    training.length(parser)
    found = parser.read(arguments)
    if found.help:
        voice.help(parser.format_help().rstrip())
        return DONE
    return demonstrate(Path(found.folder), voice, found.epochs, found.max_steps)


def _common_help(parser: Parser) -> None:
    """Have the help of a command name what every command takes; `_common` has read it before."""
    parser.flag("--json", help=Message("print JSON and nothing else on standard output"))
    parser.option("--lang", metavar="|".join(LANGUAGES), help=Message("language of the texts"))
    parser.flag("--verbose", help=Message("add the details to errors"))
    parser.flag("--trust", help=Message("let the Python code in the project run, this once"))


def general_help(voice: Voice) -> str:
    """Give the help of the whole program."""
    widest = max(len(command.name) for command in COMMANDS)
    lines = [
        voice.text(Message("usage:")) + " netwright COMMAND ...",
        "",
        voice.text(Message("Draw, train and export neural networks. Without a command the window opens.")),
        "",
        *(f"  {command.name:{widest}}  {voice.text(command.about)}" for command in COMMANDS),
        "",
        voice.text(
            Message("Every command takes --json, --lang, --verbose and --trust, and has its own --help.")
        ),
    ]
    return "\n".join(lines)
