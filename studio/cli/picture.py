"""The command that draws a network's canvas into a file."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from studio import api
from studio.cli.command import Command, Parser, required
from studio.cli.voice import DONE, UsageError, Voice
from studio.graph import Message
from studio.project import GraphRef
from studio.project.write_error import readable


def _arguments(parser: Parser) -> None:
    parser.argument("file", help=Message("a project file"))
    parser.option(
        "-o",
        "--output",
        metavar="OUT",
        help=Message("the picture to write; its name ends in .svg, .png or .pdf"),
    )
    parser.option(
        "--network", metavar="NAME", help=Message("which network; the one that is trained if not given")
    )
    parser.flag("--dark", help=Message("light on dark"))


def _picture(arguments: argparse.Namespace, voice: Voice) -> int:
    target = required(arguments.output, "-o OUT", "netwright picture")
    # By name: the command line knows no Qt, and the window is there only where something is drawn.
    drawing = importlib.import_module("studio.ui.files.picture_file")
    if drawing.format_of(Path(target)) is None:
        raise UsageError(
            Message(
                "“{file}” names no kind of picture. Let its name end in .svg, .png or .pdf.",
                file=readable(target),
            )
        )
    project = api.load(arguments.file)
    network = arguments.network if arguments.network is not None else project.main()
    if network not in project.networks:
        raise UsageError(
            Message(
                "There is no network “{name}”. There are: {known}.",
                name=network[:60],
                known=", ".join(project.networks),
            )
        )
    from studio.compiler import analyse  # with torch: not before everything else is in order

    report = analyse(project, GraphRef("network", network))
    drawing.draw_network(project, network, report, Path(target), dark=arguments.dark, language=voice.language)
    if voice.json:
        voice.give({"file": target})
    voice.say(Message("Written: {file}", file=target))
    return DONE


PICTURE = Command("picture", Message("Draw a network as a picture for a paper."), _arguments, _picture)
